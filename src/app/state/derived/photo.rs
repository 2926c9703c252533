//! What the photo shows: the right picture for the design, highlights of the skin, the visitor's own hair, and what is wrong with it.

use crate::app::state::effect::Effect;
use crate::app::state::root::State;
use crate::app::state::slices::photos::{OpenPhoto, Orientation};
use crate::engine::design::Probe;
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Command, MarkedFace, PROBE_RADIUS, PhotoSample, check_photo};
use crate::engine::render::SpecularMap;
use std::rc::Rc;

/// The picture is another one, or turned, when the design says so: another side, a step that was taken back.
pub(super) fn follow(state: &mut State) {
    let wanted = state.view().photo.clone();
    let shown = state.photos.open.as_ref().map(OpenPhoto::reference);
    if state.session.busy.is_some() || shown == wanted {
        return;
    }
    let digest = |photo: &Option<crate::engine::design::PhotoRef>| photo.as_ref().map(|photo| photo.digest.clone());
    if shown.is_some() && digest(&wanted) != digest(&shown) {
        state.photos.open = None;
        state.preview.specular_map.clear();
        state.effect(Effect::HidePicture);
    }
    if wanted == state.photos.failed {
        return;
    }
    let known = wanted.and_then(|photo| Some((state.photos.store.source(&photo.digest)?, Orientation::from(&photo))));
    if let Some((source, orientation)) = known {
        state.open_photo(source, orientation);
    }
}

/// Finds where the skin shines, once for each photo and place of the head in it.
pub(super) fn find_highlights(state: &mut State) {
    let Some(photo) = &state.photos.open else { return };
    let key = (photo.load, state.view().head_in_force(state.parameters()).upper_skull());
    if !state.preview.specular_map.is_of(&key) {
        let pixels = photo.pixels.as_ref();
        let specular_map = pixels.map(|pixels| SpecularMap::of(&pixels.pixels, pixels.width, pixels.zoom, key.1));
        state.preview.specular_map.set(key, specular_map.map(Rc::new));
    }
}

/// Reads from the photo how much of the light the visitor's own shaved hair takes, once its places are set or moved.
pub(super) fn read_probe(state: &mut State) {
    if state.tool() != ToolKind::Probe || state.editor.document.in_gesture() {
        return;
    }
    let probe = state.view().probe;
    let places = probe.map(|probe| (probe.stubble, probe.skin));
    if state.preview.probed == places {
        return;
    }
    state.preview.probed = places;
    let Some((probe, pixels)) = probe.zip(state.photos.pixels()) else { return };
    let radius = state.view().scale(state.parameters()).px_per_mm.px(PROBE_RADIUS).0;
    let darkening = pixels.darkening(probe.stubble, probe.skin, radius).unwrap_or_default();
    let outcome = state.editor.document.apply_unrecorded(Command::SetProbe(Some(Probe { darkening, ..probe })));
    state.session.report(outcome);
}

/// Looks at the photo once it is opened, and again whenever its eyes are marked otherwise.
pub(super) fn check(state: &mut State) {
    let Some(photo) = &state.photos.open else { return };
    // While another turn of the photo is being made, the marks are ahead of the picture.
    if state.view().photo.as_ref() != Some(&photo.reference()) {
        return;
    }
    let face = MarkedFace::of(state.view(), state.parameters());
    let seen = Some((photo.load, face));
    if state.preview.photo_notes.seen == seen {
        return;
    }
    let (digest, size) = (photo.digest.clone(), state.view().size());
    let faults = photo
        .pixels
        .as_ref()
        .map(|analysis_image| check_photo(&PhotoSample { analysis_image, size, face }))
        .unwrap_or_default();
    let notes = &mut state.preview.photo_notes;
    notes.seen = seen;
    notes.found.retain(|(of, _)| *of != digest);
    notes.found.push((digest, faults));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{opened, opened_file, play, with_fill};
    use crate::app::state::slices::step::Step;
    use crate::app::state::{PhotoAction, ScaleAction, SessionAction, ToolAction};
    use crate::engine::editor::Handle;
    use std::rc::Rc;

    #[test]
    fn highlights_are_looked_for_once_a_photo_and_place_of_the_head() {
        let mut state = opened();
        let specular_map = |state: &State| state.preview.specular_map.value().cloned().flatten().expect("highlights");
        let before = specular_map(&state);
        play(&mut state, SessionAction::Go(Step::Hairline));
        play(&mut state, crate::app::state::LineAction::ChooseShape(0));
        assert!(Rc::ptr_eq(&before, &specular_map(&state)));
        let head = state.view().head.unwrap();
        play(&mut state, ScaleAction::ChangeHead(crate::engine::calibration::Head { half_width: 300.0, ..head }));
        assert!(Rc::ptr_eq(&before, &specular_map(&state)), "the slider is held");
        play(&mut state, ToolAction::Commit);
        assert!(!Rc::ptr_eq(&before, &specular_map(&state)));
    }

    #[test]
    fn a_photo_whose_pixels_cannot_be_read_has_neither_highlights_nor_remarks() {
        let mut state = opened_file();
        state.photos.open.as_mut().unwrap().pixels = None;
        state.preview = Default::default();
        play(&mut state, ScaleAction::PlaceMarks);
        assert!(matches!(state.preview.specular_map.value(), Some(None)));
        assert!(state.preview.photo_notes.found.iter().all(|(_, faults)| faults.is_empty()));
    }

    #[test]
    fn remarks_on_a_photo_follow_the_marks_and_are_kept_while_another_is_shown() {
        let mut state = opened();
        let digest = state.photos.open.as_ref().unwrap().digest.clone();
        let leans = |state: &State| {
            let faults = state.preview.photo_notes.of(&digest).iter();
            faults.filter(|fault| matches!(fault, crate::engine::editor::PhotoIssue::Tilted(_))).count()
        };
        assert_eq!(leans(&state), 0);
        play(&mut state, SessionAction::Go(Step::Size));
        play(&mut state, ToolAction::Select(Handle::MarkA));
        play(&mut state, ToolAction::Nudge(0.0, 60.0));
        assert_eq!(leans(&state), 1);
        play(&mut state, PhotoAction::ShowSide(crate::engine::calibration::Side::Back));
        assert_eq!(leans(&state), 1);
        play(&mut state, PhotoAction::ShowSide(crate::engine::calibration::Side::Front));
        play(&mut state, ToolAction::Undo);
        assert_eq!(leans(&state), 0);
    }

    #[test]
    fn marks_ahead_of_their_picture_say_nothing() {
        use crate::app::state::fixture::after;
        let mut state = with_fill();
        let before = state.preview.photo_notes.seen;
        after(&mut state, PhotoAction::Rotate);
        assert_eq!(state.preview.photo_notes.seen, before, "the turned picture is still being made");
        assert!(before.is_some());
    }
}
