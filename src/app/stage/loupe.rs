//! Shows the surroundings of the point that is dragged, enlarged, in the corner where the finger is not.

use super::renderer::draw_loupe;
use crate::app::hooks::{use_selector, use_services, use_store};
use crate::app::state::State;
use crate::engine::editor::{Handle, Viewport};
use crate::engine::geometry::PhotoPoint;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// Width and height of the loupe's canvas, device pixels.
const SIDE: &str = "240";

/// What the loupe shows.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Dragged {
    point: PhotoPoint,
    viewport: Viewport,
    /// Whether it stands in the left corner.
    at_left: bool,
    /// Handles of the line are large enough for a mouse.
    only_touch: bool,
}

impl Dragged {
    fn of(state: &State) -> Option<Self> {
        let is_small = |handle: &Handle| {
            matches!(handle, Handle::MarkA | Handle::MarkB | Handle::Glabella | Handle::Landmark(_) | Handle::Handle(_))
        };
        let handle = state.editor.controller.dragged().filter(is_small)?;
        let point = handle.position(state.view(), state.parameters())?;
        let viewport = state.editor.viewport;
        let at_left = viewport.to_screen(point).x > viewport.stage().width / 2.0;
        Some(Self { point, viewport, at_left, only_touch: matches!(handle, Handle::Handle(_)) })
    }
}

/// The loupe, while a small point is dragged.
#[component]
pub(super) fn Loupe() -> Html {
    let (store, services) = (use_store(), use_services());
    let canvas = use_node_ref();
    let dragged = *use_selector(Dragged::of);
    {
        let canvas = canvas.clone();
        use_effect_with(dragged, move |dragged| {
            if let Some((dragged, canvas)) = dragged.zip(canvas.cast::<HtmlCanvasElement>()) {
                draw_loupe(&store, &services.pictures, canvas, dragged.point);
            }
        });
    }
    let Some(Dragged { at_left, only_touch, .. }) = dragged else { return Html::default() };
    let corner = if at_left { "at-left" } else { "at-right" };
    html! {
        <div class={classes!("loupe", corner, only_touch.then_some("only-touch"))} aria-hidden="true">
            <canvas ref={canvas} width={SIDE} height={SIDE}></canvas>
            <svg viewBox="0 0 120 120">
                <path d="M60 30v22M60 68v22M30 60h22M68 60h22" />
                <circle cx="60" cy="60" r="6" />
            </svg>
        </div>
    }
}
