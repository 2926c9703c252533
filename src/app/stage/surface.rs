//! The picture and what lies on it, and the events of pointers and the wheel there.

use super::compare_labels::CompareLabels;
use super::input::{self, WheelMeaning};
use super::loupe::Loupe;
use super::overlay::OverlayView;
use crate::app::hooks::{use_element_size, use_selector, use_services, use_store, use_texts};
use crate::app::state::StageAction;
use crate::engine::editor::PointerPhase;
use crate::platform::dom;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// The picture and what lies on it.
#[component]
pub(super) fn Surface() -> Html {
    let (store, services, texts) = (use_store(), use_services(), use_texts());
    let canvas = use_node_ref();
    let tool = use_selector(|state| state.tool());
    {
        let (store, services, canvas) = (store.clone(), services, canvas.clone());
        use_effect_with((), move |()| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                services.stage.attach(canvas, &store, &services.pictures);
            }
            move || services.stage.detach()
        });
    }
    let on_size = store.callback(|size| StageAction::Resized(size, dom::visible_pixel_ratio()));
    let stage = use_element_size(on_size);
    let pointer = |phase| {
        let (store, canvas) = (store.clone(), canvas.clone());
        Callback::from(move |event: PointerEvent| input::pointer(&store, &canvas, &event, phase))
    };
    let onwheel = {
        let (store, canvas) = (store.clone(), canvas.clone());
        Callback::from(move |event: WheelEvent| match input::wheel(&canvas, &event) {
            Some(WheelMeaning::Zoom(factor, at)) => {
                event.prevent_default();
                store.dispatch(StageAction::Zoom(factor, Some(at)));
            }
            Some(WheelMeaning::Scroll) => store.dispatch(StageAction::WheelLeftToPage),
            None => {}
        })
    };
    html! {
        <div
            class={classes!("stage", format!("tool-{tool:?}").to_ascii_lowercase())}
            id="stage"
            ref={stage}
            tabindex="0"
            role="application"
            aria-label={texts.stage_label}
            aria-describedby="stage-help"
            onpointerdown={pointer(PointerPhase::Down)}
            onpointermove={pointer(PointerPhase::Move)}
            onpointerup={pointer(PointerPhase::Up)}
            onpointercancel={pointer(PointerPhase::Cancel)}
            onpointerleave={store.emit(StageAction::Hover(None))}
            {onwheel}
        >
            <canvas class="picture" ref={canvas} aria-hidden="true"></canvas>
            <OverlayView />
            <Loupe />
            <CompareLabels />
        </div>
    }
}
