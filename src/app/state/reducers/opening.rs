//! Opens photos and designs.

use super::command::apply;
use super::navigation::{go, side_changed};
use super::unrecorded::keeping_saved;
use super::{first_idea, head};
use crate::app::state::effect::Effect;
use crate::app::state::root::State;
use crate::app::state::slices::photos::{OpenPhoto, Orientation, PhotoError};
use crate::app::state::slices::session::NoticeKind;
use crate::app::state::slices::step::Step;
use crate::engine::catalog::SampleHead;
use crate::engine::design::{Design, PhotoRef};
use crate::engine::editor::tools::ToolController;
use crate::engine::editor::{Command, Viewport};

/// A photo was opened, or not and why.
pub(super) fn photo_opened(state: &mut State, load: u32, opened: Result<Box<OpenPhoto>, PhotoError>) {
    if load != state.photos.load {
        return state.effect(Effect::DropPicture(load));
    }
    state.session.busy = None;
    let texts = state.texts();
    let opened = match opened {
        Ok(opened) => *opened,
        Err(error) => {
            state.photos.failed = state.view().photo.clone();
            return state.session.notify(NoticeKind::Fault, error.text(texts));
        }
    };
    state.photos.failed = None;
    // Of a picture that was sent the size is nobody's to choose.
    if let Some(remark) = opened.remark(texts).filter(|_| state.staff.is_none()) {
        state.session.notify(NoticeKind::Info, remark);
    }
    place(state, opened);
    state.photos.store.retain_of(state.editor.document.design());
    head::detect_in_opened(state);
    first_idea::seek_person(state);
    state.editor.viewport = Viewport::fitted(state.editor.viewport.stage(), state.view().size());
    // The same photo may have been opened anew.
    state.preview.painted = None;
}

/// Puts an opened photo under the side: the same photo as before, one in its place, or a new one.
fn place(state: &mut State, opened: OpenPhoto) {
    let (reference, texts) = (opened.reference(), state.texts());
    let is_same = state.view().is_on(&opened.digest);
    let is_missing = state.is_photo_missing();
    let is_other_tone = state.sample_tone().is_some() && SampleHead::named(&opened.digest).is_some();
    state.photos.store.put(opened.stored());
    if is_same {
        if is_missing {
            state.session.notify(NoticeKind::Good, texts.design_opened);
        }
        fit_size(state, &reference);
    } else if is_missing {
        apply_to_document(state, Command::FitPhoto(reference));
        state.session.notify(NoticeKind::Info, texts.design_other_photo);
    } else if is_other_tone {
        // What is drawn on the sample head fits it in every tone.
        apply_to_document(state, Command::MatchPhoto(reference));
    } else {
        state.editor.controller = ToolController::default();
        state.photos.face_sought_in.retain(|(photo, _)| photo.digest != reference.digest);
        apply_to_document(state, Command::OpenPhoto(reference));
        if let Some(head) = SampleHead::named(&opened.digest) {
            mark_sample(state, head);
        }
    }
    state.photos.open = Some(opened);
    state.effect(Effect::ShowPicture(state.photos.load));
}

/// A design may say another size of its photo than the browser finds: what is drawn is fitted to it, or the photo would be asked
/// for again and again.
fn fit_size(state: &mut State, opened: &PhotoRef) {
    let is_turned_alike = |photo: &PhotoRef| Orientation::from(photo) == Orientation::from(opened);
    if state.view().photo.as_ref().is_some_and(|photo| photo != opened && is_turned_alike(photo)) {
        let command = Command::FitPhoto(opened.clone());
        keeping_saved(state, |state| apply_to_document(state, command));
    }
}

fn apply_to_document(state: &mut State, command: Command) {
    let outcome = state.editor.document.apply(command);
    state.session.report(outcome);
}

/// The sample head comes with its marks: its size is known.
fn mark_sample(state: &mut State, head: SampleHead) {
    let Some(marks) = head.marks() else { return };
    let commands = [Some(Command::Calibrate(Some(marks.calibration))), marks.glabella.map(Command::SetGlabella)];
    keeping_saved(state, |state| {
        for command in commands.into_iter().flatten() {
            let outcome = state.editor.document.apply_to_history(command);
            state.session.report(outcome);
        }
    });
}

/// Shows a design on its photo: the open one if it is the same, else one that is at hand, or the one the visitor chooses next.
pub(super) fn open_design(state: &mut State, design: &Design) {
    state.drafts.is_sent = false;
    let (shown, first) = (state.editor.document.side(), design.views.each().next());
    let open = state.photos.open.as_ref().map(OpenPhoto::reference);
    if first.is_some_and(|(side, view)| side == shown && view.photo == open) {
        apply(state, Command::Load(Box::new(design.clone())));
        state.editor.document.mark_saved();
    } else {
        state.editor.document.reset(design.clone());
        side_changed(state);
    }
    let texts = state.texts();
    if !state.editor.has_photos() || state.is_photo_missing() {
        go(state, Step::Photo);
        state.session.notify(NoticeKind::Info, texts.design_needs_photo);
    } else {
        state.session.notify(NoticeKind::Good, texts.design_opened);
    }
    state.preview.painted = None;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{
        PHOTO, after, asks, check_told, file, opened, photo, play, started, told, with_fill, with_form, with_line,
    };
    use crate::app::state::slices::photos::PhotoSource;
    use crate::app::state::{PhotoAction, RequestAction, SaveAction, ToolAction};
    use crate::engine::calibration::Side;
    use crate::engine::design::file::write;

    fn read(design: &Design) -> SaveAction {
        SaveAction::DesignRead(Some(write(design).unwrap().into_bytes().into()))
    }

    /// A design with a line on a photo that is not at hand.
    fn elsewhere() -> Design {
        let mut design = with_line().editor.document.design().clone();
        design.views.front.photo.as_mut().unwrap().digest = "fnv1a64-6-85944171f73967e8".to_owned();
        design
    }

    #[test]
    fn a_remark_on_the_photos_size_is_told() {
        for (original, is_told) in [(PHOTO, false), ((200, 300), true), ((4800, 6000), true)] {
            let mut state = started();
            after(&mut state, PhotoAction::Picked(Some(file(1))));
            let photo = photo(state.photos.load, &PhotoSource::File(file(1)), Orientation::default());
            let load = photo.load;
            play(&mut state, PhotoAction::Opened(load, Ok(Box::new(OpenPhoto { original, ..photo }))));
            assert_eq!(told(&state).map(|(kind, _)| kind), is_told.then_some(NoticeKind::Info), "{original:?}");
        }
    }

    #[test]
    fn a_design_on_the_open_photo_can_be_taken_back() {
        let mut state = opened();
        let design = with_fill().editor.document.design().clone();
        let effects = play(&mut state, read(&design));
        assert!(!asks!(effects, Effect::OpenPhoto { .. } | Effect::HidePicture), "{effects:?}");
        assert_eq!(*state.editor.document.design(), design);
        check_told(&state, NoticeKind::Good, state.texts().design_opened);
        assert!(!state.has_unsaved_work(), "it lies in a file");
        play(&mut state, ToolAction::Undo);
        assert_eq!(state.view().hairline, None);
    }

    #[test]
    fn a_design_on_another_photo_at_hand_opens_it() {
        let mut state = started();
        let design = with_fill().editor.document.design().clone();
        let effects = play(&mut state, read(&design));
        assert!(asks!(effects, Effect::OpenPhoto { .. }) && state.has_open_photo());
        assert_eq!(*state.editor.document.design(), design, "the head stays as it stood under the drawing");
        assert!(!state.has_unsaved_work() && !state.editor.document.can_undo());
    }

    #[test]
    fn a_design_without_its_photo_asks_for_it() {
        let mut state = opened();
        play(&mut state, read(&elsewhere()));
        assert_eq!((state.step(), state.has_open_photo(), state.is_photo_missing()), (Step::Photo, false, true));
        check_told(&state, NoticeKind::Info, state.texts().design_needs_photo);
        let mut state = opened();
        let empty = Design::new(state.parameters(), 1);
        play(&mut state, read(&empty));
        check_told(&state, NoticeKind::Info, state.texts().design_needs_photo);
    }

    #[test]
    fn a_missing_photo_is_looked_for_no_more_than_once() {
        let mut state = opened();
        play(&mut state, read(&elsewhere()));
        let effects = play(&mut state, ToolAction::Undo);
        assert!(!asks!(effects, Effect::OpenPhoto { .. } | Effect::HidePicture), "{effects:?}");
    }

    #[test]
    fn the_photo_of_a_design_is_recognised_and_another_is_fitted() {
        let digest = crate::engine::design::photo_digest(&4_u32.to_le_bytes());
        for (number, is_same) in [(4, true), (5, false)] {
            let mut state = started();
            let mut design = elsewhere();
            design.views.front.photo.as_mut().unwrap().digest.clone_from(&digest);
            play(&mut state, read(&design));
            let effects = play(&mut state, PhotoAction::Picked(Some(file(number))));
            assert!(asks!(effects, Effect::ShowPicture(_)), "{effects:?}");
            assert_eq!(state.view().hairline, design.views.front.hairline);
            assert_eq!(state.view().is_on(&digest), is_same);
            let texts = state.texts();
            match is_same {
                true => check_told(&state, NoticeKind::Good, texts.design_opened),
                false => check_told(&state, NoticeKind::Info, texts.design_other_photo),
            }
        }
    }

    #[test]
    fn a_photo_of_another_size_than_the_design_says_is_fitted_and_asked_for_once() {
        let mut state = started();
        let mut design = with_line().editor.document.design().clone();
        let photo = design.views.front.photo.as_mut().unwrap();
        *photo = PhotoRef { width: 600, height: 750, ..photo.clone() };
        let effects = play(&mut state, read(&design));
        let opened = effects.iter().filter(|effect| matches!(effect, Effect::OpenPhoto { .. })).count();
        assert_eq!(opened, 1);
        assert_eq!(state.photos.open.as_ref().map(OpenPhoto::reference), state.view().photo);
        let middle = |line: &crate::engine::design::Hairline| line.handles[line.handles.len() / 2].x;
        let (before, now) = (design.views.front.hairline.unwrap(), state.view().hairline.clone().unwrap());
        assert!((middle(&now) - 2.0 * middle(&before)).abs() < 0.1, "{now:?}");
        assert!(!state.has_unsaved_work());
    }

    #[test]
    fn a_design_lies_on_the_picture_that_was_sent_as_on_the_photo() {
        let mut sender = with_form();
        play(&mut sender, PhotoAction::ShowSide(Side::Top));
        play(&mut sender, PhotoAction::SamplePicked(crate::engine::catalog::SampleTone::default()));
        let effects = after(&mut sender, RequestAction::Review);
        let [Effect::RenderRequest { design, sides, .. }] = &effects[..] else { panic!("{effects:?}") };
        let before = sides[0].plans[0].layout();
        assert!(before.width < PHOTO.0, "the picture is as large as the photo");

        let mut state = started();
        let mut sent = (**design).clone();
        sent.views.front.photo.as_mut().unwrap().digest = "fnv1a64-6-85944171f73967e8".to_owned();
        play(&mut state, read(&sent));
        after(&mut state, PhotoAction::Picked(Some(file(5))));
        let size = (before.width, before.height);
        let picture = photo(state.photos.load, &PhotoSource::File(file(5)), Orientation::default());
        let load = picture.load;
        let picture = OpenPhoto { original: size, working: size, ..picture };
        play(&mut state, PhotoAction::Opened(load, Ok(Box::new(picture))));
        let (wider, taller) = (f64::from(size.0) / f64::from(PHOTO.0), f64::from(size.1) / f64::from(PHOTO.1));
        assert!((wider - taller).abs() < 1.0 / f64::from(size.0), "{wider} is not {taller}");
        let (there, here) = (&sent.views.front.hairline.unwrap(), state.view().hairline.clone().unwrap());
        for (there, here) in there.handles.iter().zip(&here.handles) {
            let (x, y) = (there.x * wider - here.x, there.y * taller - here.y);
            assert!(x.hypot(y) < 0.1, "{here:?} is not at the share of {there:?}");
        }
    }

    #[test]
    fn a_design_that_begins_on_another_side_shows_it() {
        let mut state = opened();
        play(&mut state, PhotoAction::ShowSide(Side::Back));
        play(&mut state, PhotoAction::SamplePicked(crate::engine::catalog::SampleTone::default()));
        let mut design = state.editor.document.design().clone();
        design.views.front = crate::engine::design::View::default();
        let mut other = opened();
        let load = other.photos.load;
        let effects = play(&mut other, read(&design));
        assert_eq!(other.editor.document.side(), Side::Back);
        assert!(asks!(effects, Effect::OpenPhoto { .. }) && other.has_open_photo());
        assert!(other.photos.load > load);
    }
}
