//! The keys on the picture: before, and the view.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{LookAction, StageAction, State};
use crate::app::widgets::{Icon, IconButton};
use crate::engine::editor::ZOOM_STEP;
use yew::prelude::*;

/// The keys on the picture.
#[component]
pub(super) fn Toolbar() -> Html {
    let (store, texts) = (use_store(), use_texts());
    html! {
        <div class="stage-keys">
            <HoldButton />
            <span class="zoom-keys">
                <IconButton label={texts.zoom_out} on_click={store.emit(StageAction::Zoom(1.0 / ZOOM_STEP, None))}>
                    <Icon path="M5 14h14" />
                </IconButton>
                <IconButton label={texts.zoom_in} on_click={store.emit(StageAction::Zoom(ZOOM_STEP, None))}>
                    <Icon path="M5 14h14M12 7v14" />
                </IconButton>
                <IconButton label={texts.zoom_fit} on_click={store.emit(StageAction::ZoomFit)}>
                    <Icon path="M5 10V7h4M15 7h4v3M19 18v3h-4M9 21H5v-3" />
                </IconButton>
                <IconButton class="text" label={texts.zoom_full_label} on_click={store.emit(StageAction::ZoomFull)}>
                    { texts.zoom_full }
                </IconButton>
            </span>
        </div>
    }
}

/// The button that shows the photo without the design as long as it is held.
#[component]
fn HoldButton() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let held = use_selector(|state: &State| (state.preview.compare.held, state.differs_from_before()));
    let (is_held, has_before) = *held;
    let hold = LookAction::HoldBefore(true);
    let release = LookAction::HoldBefore(false);
    let onkeydown = {
        let store = store.clone();
        Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), " " | "Enter") {
                store.dispatch(LookAction::HoldBefore(true));
            }
        })
    };
    html! {
        <button
            type="button"
            class={classes!("button", "hold", is_held.then_some("held"))}
            aria-pressed={is_held.to_string()}
            // While it is held it must hear that it is let go.
            disabled={!has_before && !is_held}
            onpointerdown={store.emit(hold)}
            {onkeydown}
            onpointerup={store.emit(release.clone())}
            onpointercancel={store.emit(release.clone())}
            onpointerleave={store.emit(release.clone())}
            onkeyup={store.emit(release.clone())}
            onblur={store.emit(release)}
        >
            { texts.compare_hold }
        </button>
    }
}
