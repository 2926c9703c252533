//! From the browser's events on the stage to actions.

use crate::app::state::StageAction;
use crate::app::store::Store;
use crate::engine::editor::{PointerKind, PointerPhase};
use crate::engine::geometry::ScreenPoint;
use crate::platform::dom;
use web_sys::Element;
use yew::prelude::*;

/// Zoom of a wheel's turn per pixel, and of a pinch on a touch pad.
const WHEEL_SPEED: f64 = 0.0015;
const PINCH_SPEED: f64 = 0.01;
/// Pixels of a line, for wheels that count lines.
const LINE_PX: f64 = 16.0;
/// The right button belongs to the browser.
const RIGHT_BUTTON: i16 = 2;
/// The eraser of a pen, as a button and among the buttons that are down.
const PEN_ERASER: (i16, u16) = (5, 32);
/// The middle button among those that are down: it moves the view.
const MIDDLE_DOWN: u16 = 4;

/// Tells the store what a pointer did. A mouse without a button down hovers.
pub(super) fn pointer(store: &Store, canvas: &NodeRef, event: &PointerEvent, phase: PointerPhase) {
    let is_hover = phase == PointerPhase::Move && event.buttons() == 0 && event.pointer_type() == "mouse";
    if is_hover {
        let at = on_stage(canvas, event.client_x(), event.client_y());
        return store.dispatch(StageAction::Hover(at));
    }
    if let Some(event) = pointer_event(canvas, event, phase) {
        store.dispatch(StageAction::Pointer(event));
    }
}

/// A place of the window on the stage.
fn on_stage(canvas: &NodeRef, x: i32, y: i32) -> Option<ScreenPoint> {
    let rect = canvas.cast::<Element>()?.get_bounding_client_rect();
    Some(ScreenPoint::new(f64::from(x) - rect.left(), f64::from(y) - rect.top()))
}

fn pointer_event(
    canvas: &NodeRef,
    event: &PointerEvent,
    phase: PointerPhase,
) -> Option<crate::engine::editor::PointerEvent> {
    let at = on_stage(canvas, event.client_x(), event.client_y())?;
    if phase == PointerPhase::Down {
        if event.button() == RIGHT_BUTTON {
            return None;
        }
        // A pointer that is gone already cannot be held, and will not move either.
        let _ = canvas.cast::<Element>()?.set_pointer_capture(event.pointer_id());
    }
    let kind = match event.pointer_type().as_str() {
        "touch" => PointerKind::Touch,
        "pen" => PointerKind::Pen { eraser: event.buttons() & PEN_ERASER.1 != 0 || event.button() == PEN_ERASER.0 },
        _ => PointerKind::Mouse,
    };
    let pans = event.buttons() & MIDDLE_DOWN != 0;
    Some(crate::engine::editor::PointerEvent { id: event.pointer_id(), kind, phase, at, pans })
}

/// What a turn of the wheel over the picture means.
pub(super) enum WheelMeaning {
    /// Zoom by a factor around a point.
    Zoom(f64, ScreenPoint),
    /// The page scrolls: in a frame the wheel belongs to the clinic's page, unless Ctrl is held or two fingers pinch.
    Scroll,
}

/// What a turn of the wheel means. A pinch on a touch pad comes as a turn with Ctrl.
pub(super) fn wheel(canvas: &NodeRef, event: &WheelEvent) -> Option<WheelMeaning> {
    let is_deliberate = event.ctrl_key() || event.meta_key();
    if dom::is_framed() && !is_deliberate {
        return Some(WheelMeaning::Scroll);
    }
    let at = on_stage(canvas, event.client_x(), event.client_y())?;
    let unit = if event.delta_mode() == WheelEvent::DOM_DELTA_LINE { LINE_PX } else { 1.0 };
    let speed = if event.ctrl_key() { PINCH_SPEED } else { WHEEL_SPEED };
    let factor = (-event.delta_y() * unit * speed).clamp(-1.0, 1.0).exp();
    Some(WheelMeaning::Zoom(factor, at))
}
