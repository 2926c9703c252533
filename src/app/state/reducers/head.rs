//! How the skull stands in the picture: looked for in the photo, unless a hand has set it.

use super::unrecorded::{apply_unrecorded, keeping_saved};
use crate::app::state::root::State;
use crate::engine::calibration::{Head, Side};
use crate::engine::catalog::{PARAMETERS, Parameter, Parameters};
use crate::engine::editor::{Command, seen_head};
use crate::engine::geometry::Mm;

/// What the photo shows and from where it was taken, as far as it was said.
#[must_use]
pub(super) fn taken(state: &State) -> (Side, Mm) {
    (state.editor.document.side(), state.editor.camera_distance())
}

/// The skull as the photo shows it, when it was taken from there.
#[must_use]
pub(super) fn seen(state: &State, side: Side, camera: Mm) -> Head {
    let mut numbers = state.session.config.parameters.clone();
    numbers.extend(PARAMETERS.get(Parameter::CameraDistance as usize).map(|row| (row.key.to_owned(), camera.0)));
    let (parameters, _) = Parameters::with_overrides(&numbers);
    seen_head(state.view(), &parameters, side, state.photos.pixels().as_deref())
}

/// Looks for the skull anew, as soon as anything says where it may be and unless a hand has set it. What is seen goes with
/// the step that led to it.
pub(super) fn detect(state: &mut State) {
    let view = state.view();
    let is_wanted = view.calibration.is_some() || view.head.is_some();
    if is_wanted && !view.head.is_some_and(|head| head.by_hand) {
        set_seen(state);
    }
}

/// The same after a design or a photo was opened. A head that stands under what is drawn stays; on a side without a face it is a
/// guess until the photo was seen.
pub(super) fn detect_in_opened(state: &mut State) {
    keeping_saved(state, |state| {
        if state.view().head.is_none() || !state.view().has_drawing() {
            detect(state);
        }
    });
}

/// There is a head to be taken hold of from now on.
pub(super) fn ensure(state: &mut State) {
    if state.view().head.is_none() {
        set_seen(state);
    }
}

fn set_seen(state: &mut State) {
    let (side, camera) = taken(state);
    let head = seen(state, side, camera);
    apply_unrecorded(state, Command::SetHead(Some(head)));
}
