//! Pictures and designs as files.

use super::opening::open_design;
use crate::app::state::action::SaveAction;
use crate::app::state::effect::{Effect, PictureUse, SavedFile};
use crate::app::state::pictures::{caption, plan};
use crate::app::state::root::State;
use crate::app::state::slices::session::{Busy, Dialog, NoticeKind};
use crate::app::state::slices::waiting_picture::WaitingPicture;
use crate::engine::design::DESIGN_LIMITS;
use crate::engine::design::file::{self, DesignFileError};
use crate::engine::export::Format;
use crate::engine::i18n::{design_file_error_text, fill};
use std::rc::Rc;

pub(super) fn reduce(state: &mut State, action: SaveAction) {
    match action {
        SaveAction::SetFormat(format) => state.format = format,
        SaveAction::SavePicture(picture) => save_picture(state, picture),
        SaveAction::PictureSaved(name, is_saved) => {
            state.session.busy = None;
            told(state, &name, is_saved);
        }
        SaveAction::SaveDesign => save_design(state),
        SaveAction::FileSaved(file, name, is_saved) => file_saved(state, file, &name, is_saved),
        SaveAction::DesignPicked(picked) => {
            // A giant is refused by its size and never read.
            if picked.bytes > DESIGN_LIMITS.file_bytes as u64 {
                let error = DesignFileError::TooLarge(picked.bytes as usize);
                let text = design_file_error_text(state.texts(), &error);
                return state.session.notify(NoticeKind::Fault, text);
            }
            state.effect(Effect::ReadDesign(picked));
        }
        SaveAction::DesignRead(bytes) => design_read(state, bytes.as_deref()),
    }
}

fn design_read(state: &mut State, bytes: Option<&[u8]>) {
    let Some(bytes) = bytes else {
        let text = state.texts().photo_unreadable;
        return state.session.notify(NoticeKind::Fault, text);
    };
    match file::read(bytes) {
        Err(error) => {
            let text = design_file_error_text(state.texts(), &error);
            state.session.notify(NoticeKind::Fault, text);
        }
        Ok(design) if state.editor.document.has_unsaved_work() => {
            state.session.dialog = Some(Dialog::OpenDesign(Rc::new(design)));
        }
        Ok(design) => open_design(state, &design),
    }
}

fn picture_name(state: &State, picture: PictureUse) -> String {
    state.format.file_name(match picture {
        PictureUse::After => "after",
        PictureUse::Both => "before-after",
    })
}

fn save_picture(state: &mut State, picture: PictureUse) {
    if state.session.busy == Some(Busy::Making) {
        return;
    }
    // What is saved has its hair clipped wholly, not roughly.
    if state.is_clipping() {
        state.session.busy = Some(Busy::Making);
        let photo = state.photos.open.as_ref().map(|photo| photo.digest.clone()).unwrap_or_default();
        state.waiting_picture = Some(WaitingPicture { picture, photo });
        return;
    }
    make_picture(state, picture);
}

/// Saves the picture that waited for hair to be clipped, if it is. Where its photo gave way to another it is dropped.
pub(super) fn save_what_waits(state: &mut State) {
    let Some(waiting) = &state.waiting_picture else { return };
    let is_of_open = state.photos.open.as_ref().is_some_and(|photo| photo.digest == waiting.photo);
    if is_of_open && state.is_clipping() {
        return;
    }
    let picture = waiting.picture;
    state.waiting_picture = None;
    if state.session.busy == Some(Busy::Making) {
        state.session.busy = None;
    }
    if is_of_open {
        make_picture(state, picture);
    }
}

fn make_picture(state: &mut State, picture: PictureUse) {
    let texts = state.texts();
    let Some(photo) = &state.photos.open else { return state.session.notify(NoticeKind::Fault, texts.save_no_photo) };
    if !state.session.capabilities.reads_back {
        return state.session.notify(NoticeKind::Fault, texts.save_noisy);
    }
    let reference = photo.reference();
    let captions = match picture {
        PictureUse::After => vec![caption(state, true)],
        PictureUse::Both => {
            let (text, has_dots) = caption(state, true);
            let text = text.map(|text| format!("{} · {text}", texts.after));
            vec![caption(state, false), (text, has_dots)]
        }
    };
    let side = state.editor.document.side();
    let plan = plan(state, side, captions, (reference.width, reference.height), state.format);
    let (dots, name, is_clipped) = (state.visible_dots(), picture_name(state, picture), state.is_hair_clipped());
    state.session.busy = Some(Busy::Making);
    state.effect(Effect::SavePicture { plan, dots, name, is_clipped });
}

fn save_design(state: &mut State) {
    let name = Format::Design.file_name("design");
    match file::write(state.editor.document.design()) {
        Ok(design) => {
            let (file, mime) = (SavedFile::Design, Format::Design.row().mime);
            state.effect(Effect::SaveFile { file, name, mime, bytes: design.into_bytes() });
        }
        Err(_) => told(state, &name, false),
    }
}

fn file_saved(state: &mut State, file: SavedFile, name: &str, is_saved: bool) {
    if is_saved {
        state.editor.document.mark_saved();
    }
    match file {
        SavedFile::Request if is_saved => {
            let text = fill(state.texts().sent_file, &[("name", name)]);
            state.session.notify(NoticeKind::Good, text);
        }
        _ => told(state, name, is_saved),
    }
}

fn told(state: &mut State, name: &str, is_saved: bool) {
    let texts = state.texts();
    if is_saved {
        state.session.notify(NoticeKind::Good, fill(texts.save_done, &[("name", name)]));
    } else {
        state.session.notify(NoticeKind::Fault, texts.save_failed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{after, asks, check_told, opened, started, with_fill, with_line};
    use crate::app::state::slices::photos::PickedFile;
    use crate::app::state::slices::step::Step;
    use crate::engine::design::Design;

    #[test]
    fn the_kind_of_picture_is_chosen() {
        let mut state = opened();
        for format in [Format::Jpeg, Format::Png] {
            assert!(after(&mut state, SaveAction::SetFormat(format)).is_empty());
            assert_eq!(state.format, format);
        }
    }

    #[test]
    fn a_picture_is_made_of_what_is_seen() {
        for (picture, format, name, captions) in [
            (PictureUse::After, Format::Png, "after", vec![true]),
            (PictureUse::Both, Format::Jpeg, "before-after", vec![false, true]),
        ] {
            let mut state = with_fill();
            after(&mut state, SaveAction::SetFormat(format));
            let effects = after(&mut state, SaveAction::SavePicture(picture));
            let [Effect::SavePicture { plan, dots, name: file, .. }] = &effects[..] else { panic!("{effects:?}") };
            assert_eq!(*file, format.file_name(name));
            assert_eq!(plan.pictures.iter().map(|(_, dotted)| *dotted).collect::<Vec<_>>(), captions);
            assert_eq!((plan.mime.as_str(), dots.len()), (format.row().mime, state.visible_dots().len()));
            assert!(!dots.is_empty() && plan.notes.iter().any(|(key, _)| key == "Hairline-Design"));
            assert!(plan.pictures.iter().all(|(text, dotted)| {
                text.as_ref().is_some_and(|text| text.contains(state.texts().simulation) == *dotted)
            }));
            assert_eq!(state.session.busy, Some(Busy::Making));
        }
    }

    #[test]
    fn what_keeps_a_picture_from_being_made_is_told() {
        let mut state = started();
        assert!(after(&mut state, SaveAction::SavePicture(PictureUse::After)).is_empty());
        check_told(&state, NoticeKind::Fault, state.texts().save_no_photo);
        let mut state = with_line();
        state.session.capabilities.reads_back = false;
        assert!(after(&mut state, SaveAction::SavePicture(PictureUse::Both)).is_empty());
        check_told(&state, NoticeKind::Fault, state.texts().save_noisy);
        assert_eq!(state.session.busy, None);
    }

    #[test]
    fn one_picture_is_made_at_a_time() {
        let mut state = with_fill();
        after(&mut state, SaveAction::SavePicture(PictureUse::After));
        assert!(after(&mut state, SaveAction::SavePicture(PictureUse::Both)).is_empty());
    }

    #[test]
    fn what_became_of_a_picture_is_told() {
        for is_saved in [true, false] {
            let mut state = with_fill();
            after(&mut state, SaveAction::SavePicture(PictureUse::After));
            // Another kind may be chosen while the picture is made.
            after(&mut state, SaveAction::SetFormat(Format::Jpeg));
            let name = Format::Png.file_name("after");
            assert!(after(&mut state, SaveAction::PictureSaved(name, is_saved)).is_empty());
            assert_eq!(state.session.busy, None);
            let texts = state.texts();
            match is_saved {
                true => check_told(
                    &state,
                    NoticeKind::Good,
                    &fill(texts.save_done, &[("name", &Format::Png.file_name("after"))]),
                ),
                false => check_told(&state, NoticeKind::Fault, texts.save_failed),
            }
            assert!(state.has_unsaved_work(), "a picture is no design");
        }
    }

    #[test]
    fn a_design_is_saved_once_the_file_is() {
        for is_saved in [true, false] {
            let mut state = with_fill();
            let effects = after(&mut state, SaveAction::SaveDesign);
            let [Effect::SaveFile { file, name, mime, bytes }] = &effects[..] else { panic!("{effects:?}") };
            assert_eq!(
                (*file, name, *mime),
                (SavedFile::Design, &Format::Design.file_name("design"), Format::Design.row().mime)
            );
            assert_eq!(file::read(bytes).as_ref(), Ok(state.editor.document.design()));
            assert!(state.has_unsaved_work());
            after(&mut state, SaveAction::FileSaved(*file, name.clone(), is_saved));
            assert_eq!(state.has_unsaved_work(), !is_saved);
            let texts = state.texts();
            match is_saved {
                true => check_told(&state, NoticeKind::Good, &fill(texts.save_done, &[("name", name)])),
                false => check_told(&state, NoticeKind::Fault, texts.save_failed),
            }
        }
    }

    #[test]
    fn a_saved_request_is_told_in_its_own_words() {
        for is_saved in [true, false] {
            let mut state = with_fill();
            after(&mut state, SaveAction::FileSaved(SavedFile::Request, "request.html".to_owned(), is_saved));
            let texts = state.texts();
            match is_saved {
                true => check_told(&state, NoticeKind::Good, &fill(texts.sent_file, &[("name", "request.html")])),
                false => check_told(&state, NoticeKind::Fault, texts.save_failed),
            }
        }
    }

    #[test]
    fn a_giant_is_refused_by_its_size_and_never_read() {
        let most = DESIGN_LIMITS.file_bytes as u64;
        for (bytes, is_read) in [(1, true), (most, true), (most + 1, false), (u64::from(u32::MAX), false)] {
            let mut state = started();
            let effects = after(&mut state, SaveAction::DesignPicked(PickedFile { number: 1, bytes }));
            assert_eq!(asks!(effects, Effect::ReadDesign(_)), is_read, "{bytes}");
            assert_eq!(state.session.notice.is_some(), !is_read, "{bytes}");
        }
    }

    #[test]
    fn a_file_that_is_no_design_is_told_and_changes_nothing() {
        let mut state = with_line();
        let before = state.editor.document.design().clone();
        assert!(after(&mut state, SaveAction::DesignRead(None)).is_empty());
        check_told(&state, NoticeKind::Fault, state.texts().photo_unreadable);
        let error = file::read(b"{").unwrap_err();
        assert!(after(&mut state, SaveAction::DesignRead(Some(b"{".to_vec().into()))).is_empty());
        check_told(&state, NoticeKind::Fault, &design_file_error_text(state.texts(), &error));
        assert_eq!((state.editor.document.design(), state.session.dialog.is_none()), (&before, true));
    }

    #[test]
    fn a_design_on_top_of_unsaved_work_is_asked_about() {
        let mut state = with_line();
        let before = state.editor.document.design().clone();
        let design = Design::new(state.parameters(), 1);
        let bytes = file::write(&design).unwrap().into_bytes();
        let effects = after(&mut state, SaveAction::DesignRead(Some(bytes.into())));
        assert!(effects.is_empty(), "{effects:?}");
        assert_eq!(state.session.dialog, Some(Dialog::OpenDesign(Rc::new(design))));
        assert_eq!((state.editor.document.design(), state.step()), (&before, Step::Hairline));
    }
}
