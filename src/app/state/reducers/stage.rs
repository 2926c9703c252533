//! The stage: its size, its view, what pointers and keys do on it.

use super::{keys, pointer, viewport};
use crate::app::state::action::StageAction;
use crate::app::state::effect::{Effect, Timer};
use crate::app::state::root::State;

/// How long the hint on the wheel is shown.
const WHEEL_HINT_MS: u32 = 1_600;

pub(super) fn reduce(state: &mut State, action: StageAction) {
    match action {
        StageAction::Resized(size, pixel_ratio) => viewport::resize(state, size, pixel_ratio),
        StageAction::Pointer(event) => pointer::handle(state, event),
        StageAction::Hover(at) => {
            let viewport = state.editor.viewport;
            state.editor.cursor = at.filter(|_| state.has_open_photo()).map(|at| viewport.to_photo(at));
            state.editor.cursor_of_keys = false;
        }
        StageAction::Zoom(factor, around) => viewport::zoom(state, factor, around),
        StageAction::ZoomFit => viewport::zoom_fit(state),
        StageAction::ZoomFull => viewport::zoom_full(state),
        StageAction::Key(stroke) => keys::pressed(state, &stroke),
        StageAction::KeyUp(key) => keys::released(state, &key),
        StageAction::SuspendSnapping => state.editor.aids.free = true,
        StageAction::WheelLeftToPage => {
            state.session.wheel_hint = state.has_open_photo();
            state.effect(Effect::StartTimer(Timer::WheelHint, WHEEL_HINT_MS));
        }
    }
}
