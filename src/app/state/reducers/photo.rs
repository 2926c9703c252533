//! Photos and sides: chosen, turned, shown, taken away.

use super::command::apply;
use super::first_idea;
use super::navigation::{go, show_side};
use super::opening::photo_opened;
use super::scale::move_to;
use crate::app::state::action::PhotoAction;
use crate::app::state::effect::Effect;
use crate::app::state::root::State;
use crate::app::state::slices::photos::{Orientation, PhotoSource};
use crate::app::state::slices::session::{Dialog, NoticeKind};
use crate::app::state::slices::step::Step;
use crate::engine::catalog::SampleHead;
use crate::engine::editor::{Command, levelling};

pub(super) fn reduce(state: &mut State, action: PhotoAction) {
    match action {
        PhotoAction::Picked(Some(file)) => choose(state, PhotoSource::File(file)),
        PhotoAction::Picked(None) => {
            let text = state.texts().photo_none;
            state.session.notify(NoticeKind::Fault, text);
        }
        PhotoAction::SamplePicked(tone) => {
            let side = state.editor.document.side();
            choose(state, PhotoSource::Sample(SampleHead { tone, side }));
        }
        PhotoAction::Opened(load, opened) => photo_opened(state, load, opened),
        PhotoAction::PersonSought(load, person) => first_idea::person_sought(state, load, person),
        PhotoAction::DeclineIdea => first_idea::decline(state),
        PhotoAction::ClipIdea(is_clipped) => first_idea::clip(state, is_clipped),
        PhotoAction::MoveTo(side) => {
            move_to(state, side);
            let moved = state.view().photo.clone();
            state.photos.face_sought_in.retain(|(sought, _)| Some(sought) != moved.as_ref());
            first_idea::seek_person(state);
            focus_panel(state);
        }
        PhotoAction::Rotate => {
            if state.no_idea().is_some() {
                focus_panel(state);
            }
            apply(state, Command::TurnPhoto);
        }
        PhotoAction::Level => {
            if let Some(degrees) = levelling(state.view()) {
                apply(state, Command::LevelPhoto(degrees));
            }
        }
        PhotoAction::ShowSide(side) => show_side(state, side),
    }
}

/// What was pressed may go with what was said.
fn focus_panel(state: &mut State) {
    state.effect(Effect::Focus("#panel-title".to_owned()));
}

/// Opens the photo that the visitor chose, after a question where that would take work away.
fn choose(state: &mut State, source: PhotoSource) {
    let is_other_tone = matches!(source, PhotoSource::Sample(_)) && state.sample_tone().is_some();
    let is_wanted = is_other_tone || state.is_photo_missing();
    let document = &state.editor.document;
    if document.has_unsaved_work() && document.design().has_work_on(document.side()) && !is_wanted {
        state.session.dialog = Some(Dialog::NewPhoto(source));
    } else {
        // The same head in another tone stands as it stood.
        let before = state.view().photo.as_ref().filter(|_| is_other_tone);
        let orientation = before.map_or_else(Orientation::default, Orientation::from);
        // Another photo is no part of what was sent.
        state.drafts.is_sent = false;
        state.open_photo(source, orientation);
    }
}

/// Takes the photo of the side away; the first side that has one is shown.
pub(super) fn remove(state: &mut State) {
    let outcome = state.editor.document.apply(Command::RemovePhoto);
    state.session.report(outcome);
    state.photos.store.retain_of(state.editor.document.design());
    let next = state.editor.document.design().views.each().next().map(|(side, _)| side);
    go(state, Step::Photo);
    show_side(state, next.unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{
        after, asks, check_told, dots, file, opened, opened_file, photo, play, sample_digest, started, told, with_fill,
        with_line,
    };
    use crate::app::state::slices::photos::{OpenPhoto, PhotoError};
    use crate::app::state::slices::session::Busy;
    use crate::app::state::{PreviewAction, SaveAction, SavedFile, ScaleAction, SessionAction, ToolAction};
    use crate::engine::calibration::{Calibration, Reference, Side};
    use crate::engine::catalog::SAMPLE_TONES;
    use crate::engine::design::{Design, photo_digest};
    use crate::engine::geometry::{Mm, PhotoPoint};
    use crate::engine::photo::{PhotoFileError, PhotoKind};
    use std::rc::Rc;

    fn load_of(effects: &[Effect]) -> u32 {
        let load = |effect: &Effect| if let Effect::OpenPhoto { load, .. } = effect { Some(*load) } else { None };
        effects.iter().find_map(load).unwrap_or_else(|| panic!("no photo is opened: {effects:?}"))
    }

    fn file_photo(load: u32, number: u32) -> Result<Box<OpenPhoto>, PhotoError> {
        Ok(Box::new(photo(load, &PhotoSource::File(file(number)), Orientation::default())))
    }

    #[test]
    fn something_that_is_no_file_is_told() {
        let mut state = started();
        assert!(after(&mut state, PhotoAction::Picked(None)).is_empty());
        check_told(&state, NoticeKind::Fault, state.texts().photo_none);
    }

    #[test]
    fn a_file_is_opened_shown_and_stored() {
        let mut state = started();
        let load = load_of(&after(&mut state, PhotoAction::Picked(Some(file(7)))));
        assert_eq!((state.session.busy, state.has_open_photo()), (Some(Busy::Opening), false));
        let effects = after(&mut state, PhotoAction::Opened(load, file_photo(load, 7)));
        assert!(asks!(effects, Effect::ShowPicture(shown) if *shown == load));
        assert!(asks!(effects, Effect::GrowDots(1)), "{effects:?}");
        assert!(asks!(effects, Effect::Repaint(_)));
        assert_eq!(
            (state.session.busy, state.view().photo.clone()),
            (None, state.photos.open.as_ref().map(OpenPhoto::reference))
        );
        assert_eq!(state.photos.store.bytes(), [Rc::from(7_u32.to_le_bytes().to_vec())]);
        assert_eq!(state.editor.viewport, state.editor.viewport.fit());
        assert!(!asks!(after(&mut state, PreviewAction::DotsGrown(1, dots(1))), Effect::GrowDots(_)));
    }

    #[test]
    fn the_sample_head_comes_with_its_marks_and_is_no_work() {
        let state = opened();
        assert_eq!(state.view().calibration, SampleHead::default().marks().map(|marks| marks.calibration));
        assert!(state.view().head.is_some() && !state.editor.document.can_undo() && !state.has_unsaved_work());
        assert_eq!((state.sample_tone(), state.sample_shown()), (Some(SAMPLE_TONES[1]), Some(SAMPLE_TONES[1])));
        assert_eq!(state.photos.store.bytes(), Vec::<Rc<[u8]>>::new());
    }

    #[test]
    fn the_last_choice_wins() {
        let mut state = started();
        let early = load_of(&after(&mut state, PhotoAction::Picked(Some(file(1)))));
        let late = load_of(&after(&mut state, PhotoAction::Picked(Some(file(2)))));
        let effects = after(&mut state, PhotoAction::Opened(early, file_photo(early, 1)));
        assert!(matches!(effects.as_slice(), [Effect::DropPicture(load)] if *load == early), "{effects:?}");
        assert_eq!((state.session.busy, state.has_open_photo()), (Some(Busy::Opening), false));
        after(&mut state, PhotoAction::Opened(early, Err(PhotoError::NoMemory)));
        assert_eq!((state.session.busy, told(&state)), (Some(Busy::Opening), None));
        after(&mut state, PhotoAction::Opened(late, file_photo(late, 2)));
        assert!(state.view().is_on(&photo_digest(&2_u32.to_le_bytes())));
    }

    #[test]
    fn what_keeps_a_photo_from_being_opened_is_told_and_leaves_everything() {
        for error in [
            PhotoError::Unreadable,
            PhotoError::SampleLost,
            PhotoError::Refused(PhotoFileError::Empty),
            PhotoError::Undecodable(PhotoKind::Heic),
            PhotoError::Undecodable(PhotoKind::Avif),
            PhotoError::NoMemory,
        ] {
            let mut state = with_line();
            let before = state.editor.document.design().clone();
            play(&mut state, SaveAction::FileSaved(SavedFile::Design, String::new(), true));
            let load = load_of(&after(&mut state, PhotoAction::Picked(Some(file(1)))));
            let effects = after(&mut state, PhotoAction::Opened(load, Err(error)));
            assert!(effects.is_empty(), "{error:?}: {effects:?}");
            check_told(&state, NoticeKind::Fault, &error.text(state.texts()));
            assert_eq!((state.session.busy, state.editor.document.design()), (None, &before));
            assert!(state.has_open_photo());
        }
    }

    #[test]
    fn a_photo_that_fails_is_not_asked_for_again_by_itself() {
        let mut state = opened();
        let mut design = state.editor.document.design().clone();
        design.views.front.photo.as_mut().unwrap().digest =
            SampleHead { tone: SAMPLE_TONES[4], side: Side::Front }.digest();
        let open =
            SaveAction::DesignRead(Some(crate::engine::design::file::write(&design).unwrap().into_bytes().into()));
        let load = load_of(&after(&mut state, open));
        assert!(!state.has_open_photo());
        assert!(after(&mut state, PhotoAction::Opened(load, Err(PhotoError::SampleLost))).is_empty());
        let mut effects = Vec::new();
        for step in Step::ALL {
            effects.extend(after(&mut state, SessionAction::Go(step)));
        }
        check_told(&state, NoticeKind::Fault, state.texts().photo_sample_lost);
        effects.extend(after(&mut state, ScaleAction::ClearMarks));
        effects.extend(after(&mut state, ToolAction::Undo));
        assert!(!asks!(effects, Effect::OpenPhoto { .. } | Effect::HidePicture), "{effects:?}");
        // Who asks for it gets it.
        let effects = after(&mut state, PhotoAction::SamplePicked(SAMPLE_TONES[4]));
        assert!(asks!(effects, Effect::OpenPhoto { .. }));
        after(&mut state, PhotoAction::Opened(load_of(&effects), Err(PhotoError::SampleLost)));
        after(&mut state, PhotoAction::ShowSide(Side::Top));
        let effects = after(&mut state, PhotoAction::ShowSide(Side::Front));
        assert!(asks!(effects, Effect::OpenPhoto { .. }), "coming back to the side is another try: {effects:?}");
    }

    #[test]
    fn another_photo_on_top_of_unsaved_work_is_asked_about() {
        let mut state = with_line();
        let effects = after(&mut state, PhotoAction::Picked(Some(file(3))));
        assert!(effects.is_empty(), "{effects:?}");
        assert_eq!(state.session.dialog, Some(Dialog::NewPhoto(PhotoSource::File(file(3)))));
        assert_eq!(state.session.busy, None);
        let effects = play(&mut state, SessionAction::Answer(Some(true)));
        assert!(asks!(effects, Effect::ShowPicture(_)));
        assert_eq!(state.view().hairline, None, "it was drawn on the photo before");
        assert!(!state.editor.document.can_undo() && !state.editor.document.can_redo(), "every step was on that photo");
    }

    #[test]
    fn the_head_in_another_tone_keeps_the_drawing_and_its_turn() {
        let mut state = with_line();
        play(&mut state, PhotoAction::Rotate);
        let line = state.view().hairline.clone();
        let effects = play(&mut state, PhotoAction::SamplePicked(SAMPLE_TONES[3]));
        assert!(asks!(effects, Effect::OpenPhoto { orientation: Orientation { quarters: 1, .. }, .. }), "{effects:?}");
        assert_eq!((state.sample_tone(), state.view().hairline.clone()), (Some(SAMPLE_TONES[3]), line));
        assert_eq!(state.session.dialog, None);
        assert_eq!(state.photos.store.digests(), [SampleHead { tone: SAMPLE_TONES[3], side: Side::Front }.digest()]);
    }

    #[test]
    fn a_turn_opens_the_photo_turned_and_so_does_taking_it_back() {
        let mut state = with_line();
        let effects = after(&mut state, PhotoAction::Rotate);
        let load = load_of(&effects);
        assert!(!asks!(effects, Effect::HidePicture), "the picture stays until the turned one is there");
        assert!(state.has_open_photo());
        // What is undone meanwhile is followed when the photo is there.
        assert!(!asks!(after(&mut state, ToolAction::Undo), Effect::OpenPhoto { .. }));
        let source = PhotoSource::Sample(SampleHead::default());
        let turned = photo(load, &source, Orientation { quarters: 1, level: 0.0 });
        let effects = play(&mut state, PhotoAction::Opened(load, Ok(Box::new(turned))));
        assert!(asks!(effects, Effect::OpenPhoto { orientation: Orientation { quarters: 0, .. }, .. }));
        assert_eq!(state.photos.open.as_ref().map(OpenPhoto::reference), state.view().photo);
        play(&mut state, ToolAction::Redo);
        assert_eq!(state.photos.open.as_ref().unwrap().orientation.quarters, 1);
        assert_eq!(state.photos.open.as_ref().map(OpenPhoto::reference), state.view().photo);
    }

    #[test]
    fn a_turn_while_pictures_are_made_is_followed_afterwards() {
        let mut state = with_line();
        after(&mut state, SaveAction::SavePicture(crate::app::state::PictureUse::After));
        assert!(!asks!(after(&mut state, PhotoAction::Rotate), Effect::OpenPhoto { .. }));
        let effects = play(&mut state, SaveAction::PictureSaved("hairline-after.png".to_owned(), true));
        assert!(asks!(effects, Effect::OpenPhoto { .. }));
        assert_eq!(state.photos.open.as_ref().map(OpenPhoto::reference), state.view().photo);
    }

    #[test]
    fn only_eyes_that_lean_are_levelled() {
        let mut state = opened();
        assert!(!asks!(after(&mut state, PhotoAction::Level), Effect::OpenPhoto { .. }));
        let reference = Reference::TypedPupils { distance: Mm(63.0) };
        let (a, b) = (PhotoPoint::new(442.0, 700.0), PhotoPoint::new(757.0, 750.0));
        let marks = crate::engine::editor::Command::Calibrate(Some(Calibration { reference, a, b }));
        state.editor.document.apply(marks).unwrap();
        let effects = after(&mut state, PhotoAction::Level);
        assert!(asks!(effects, Effect::OpenPhoto { orientation, .. } if orientation.level < -5.0), "{effects:?}");
    }

    #[test]
    fn a_side_without_a_photo_asks_for_one() {
        let mut state = with_fill();
        let effects = play(&mut state, PhotoAction::ShowSide(Side::Left));
        assert_eq!((state.editor.document.side(), state.step()), (Side::Left, Step::Photo));
        assert!(asks!(effects, Effect::HidePicture) && !asks!(effects, Effect::OpenPhoto { .. }), "{effects:?}");
        assert!(!state.has_open_photo() && !state.is_photo_coming());
        let effects = play(&mut state, PhotoAction::SamplePicked(SAMPLE_TONES[1]));
        assert!(asks!(effects, Effect::OpenPhoto { source: PhotoSource::Sample(head), .. } if head.side == Side::Left));
        play(&mut state, SessionAction::Go(Step::Density));
        let effects = play(&mut state, PhotoAction::ShowSide(Side::Front));
        assert!(asks!(effects, Effect::HidePicture) && asks!(effects, Effect::OpenPhoto { .. }));
        assert_eq!(state.step(), Step::Density, "a side that has its photo keeps the step");
        assert!(state.view().is_on(&sample_digest()) && state.has_open_photo());
    }

    #[test]
    fn the_side_that_is_shown_is_not_shown_again() {
        let mut state = with_fill();
        let load = state.photos.load;
        assert!(after(&mut state, PhotoAction::ShowSide(Side::Front)).is_empty());
        assert_eq!(state.photos.load, load);
    }

    #[test]
    fn no_other_side_while_pictures_are_made() {
        let mut state = with_fill();
        after(&mut state, SaveAction::SavePicture(crate::app::state::PictureUse::After));
        assert!(after(&mut state, PhotoAction::ShowSide(Side::Top)).is_empty());
        assert_eq!((state.editor.document.side(), state.session.busy), (Side::Front, Some(Busy::Making)));
    }

    #[test]
    fn a_photo_that_is_opened_for_another_side_comes_too_late() {
        let mut state = opened();
        let load = load_of(&after(&mut state, PhotoAction::Picked(Some(file(5)))));
        after(&mut state, PhotoAction::ShowSide(Side::Back));
        assert_eq!(state.session.busy, None);
        let effects = after(&mut state, PhotoAction::Opened(load, file_photo(load, 5)));
        assert!(asks!(effects, Effect::DropPicture(late) if *late == load));
        assert!(state.view().photo.is_none() && state.photos.store.digests() == [sample_digest()]);
    }

    #[test]
    fn a_photo_that_is_removed_is_forgotten_and_another_side_shown() {
        let mut state = opened_file();
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        play(&mut state, PhotoAction::SamplePicked(SAMPLE_TONES[1]));
        play(&mut state, PhotoAction::ShowSide(Side::Front));
        state.session.dialog = Some(Dialog::RemovePhoto);
        let effects = play(&mut state, SessionAction::Answer(Some(true)));
        assert_eq!((state.editor.document.side(), state.step()), (Side::Top, Step::Photo));
        assert!(asks!(effects, Effect::HidePicture) && asks!(effects, Effect::ShowPicture(_)));
        assert!(state.photos.store.bytes().is_empty(), "its bytes are gone");
        state.session.dialog = Some(Dialog::RemovePhoto);
        let effects = play(&mut state, SessionAction::Answer(Some(true)));
        assert_eq!((state.editor.document.side(), state.has_open_photo()), (Side::Front, false));
        assert!(asks!(effects, Effect::HidePicture));
        assert_eq!(state.editor.document.design().views, Design::new(state.parameters(), 1).views);
    }
}
