//! The draft on the device: kept a moment after each change, offered at the next start, deleted on demand.

use super::navigation::go;
use super::opening::open_design;
use crate::app::state::action::DraftAction;
use crate::app::state::effect::{Effect, Timer};
use crate::app::state::root::State;
use crate::app::state::slices::photos::PhotoStore;
use crate::app::state::slices::preview::Preview;
use crate::app::state::slices::request::RequestState;
use crate::app::state::slices::session::{Dialog, NoticeKind};
use crate::app::state::slices::step::Step;
use crate::engine::design::{Design, file};
use crate::engine::i18n::draft_error_text;
use crate::engine::ports::{Draft, DraftError};
use std::rc::Rc;

/// Milliseconds of a day.
const DAY_MS: f64 = 86_400_000.0;

pub(super) fn reduce(state: &mut State, action: DraftAction) {
    match action {
        DraftAction::Found(found, now_ms) => offer(state, found, now_ms),
        DraftAction::Kept(kept) => self::kept(state, kept),
        DraftAction::Deleted(outcome) => deleted(state, outcome),
    }
}

fn offer(state: &mut State, found: Result<Option<Draft>, DraftError>, now_ms: f64) {
    let draft = match found {
        Ok(Some(draft)) => draft,
        Ok(None) => return,
        Err(_) => {
            state.drafts.are_off = true;
            return;
        }
    };
    let age = now_ms - draft.kept_at_ms;
    let allowed = f64::from(state.session.config.draft_days) * DAY_MS;
    if age > allowed || age < -DAY_MS {
        return forget(state);
    }
    if file::read(draft.design.as_bytes()).is_err() {
        let text = state.texts().draft_broken;
        return state.session.notify(NoticeKind::Info, text);
    }
    if state.has_open_photo() {
        return;
    }
    if state.drafts.resumes {
        open(state, &draft);
    } else {
        state.session.dialog = Some(Dialog::Draft(Rc::new(draft)));
    }
}

/// Goes on with a draft, at the step to which it had come.
pub(super) fn open(state: &mut State, draft: &Draft) {
    let Ok(design) = file::read(draft.design.as_bytes()) else {
        let text = state.texts().draft_broken;
        return state.session.notify(NoticeKind::Fault, text);
    };
    state.photos.store.put_bytes(draft.photos.as_deref().unwrap_or_default());
    open_design(state, &design);
    if !state.is_photo_missing() {
        state.session.notice = None;
        go(state, step_reached(&design));
    }
}

/// How far a design has come.
fn step_reached(design: &Design) -> Step {
    let Some((_, view)) = design.views.each().next() else { return Step::Photo };
    match (&view.hairline, view.fill.is_empty(), view.calibration) {
        (_, false, _) => Step::Look,
        (Some(_), true, _) => Step::Density,
        (None, true, Some(_)) => Step::Hairline,
        (None, true, None) => Step::Size,
    }
}

/// Keeps what is drawn.
pub(super) fn keep(state: &mut State) {
    let design = state.editor.document.design();
    if !design.has_work() {
        return;
    }
    let Ok(design) = file::write(design) else { return kept(state, Err(DraftError::Failed)) };
    // Photos weigh a thousand times what a design does: they are written when they are others.
    let digests = state.photos.store.digests();
    let photos = (state.drafts.kept_photos != digests).then(|| state.photos.store.bytes());
    state.drafts.kept_photos = digests;
    state.effect(Effect::KeepDraft { design, photos });
}

fn kept(state: &mut State, kept: Result<(), DraftError>) {
    let Err(fault) = kept else { return };
    state.drafts.kept_photos.clear();
    // Said once: a visitor who knows it need not hear it after every stroke.
    state.drafts.are_off = true;
    let text = draft_error_text(state.texts(), fault);
    state.session.notify(NoticeKind::Info, text);
}

/// Deletes the draft without a word.
pub(super) fn forget(state: &mut State) {
    state.drafts.kept_photos.clear();
    state.effect(Effect::ForgetDraft);
}

/// Removes photo, design and form from the page, and everything from the device.
pub(super) fn delete_all(state: &mut State) {
    state.photos.load += 1;
    for timer in [Timer::KeepDraft, Timer::Retry, Timer::FillIn, Timer::MeasureSides] {
        state.effect(Effect::StopTimer(timer));
    }
    state.effect(Effect::CancelSend);
    state.effect(Effect::HidePicture);
    state.photos.open = None;
    state.photos.store = PhotoStore::default();
    state.editor.clear();
    // A pattern that is growing for the design before serves the next one.
    state.preview = Preview { growing: state.preview.growing, ..Preview::default() };
    state.session.busy = None;
    state.request = RequestState::default();
    state.drafts.is_sent = false;
    go(state, Step::Photo);
    delete(state);
}

/// Deletes the draft, and tells what came of it.
pub(super) fn delete(state: &mut State) {
    state.drafts.kept_photos.clear();
    state.request.earlier = None;
    state.effect(Effect::DeleteDraft);
}

fn deleted(state: &mut State, outcome: Result<(), DraftError>) {
    let texts = state.texts();
    match outcome {
        Ok(()) | Err(DraftError::NoStore) => state.session.notify(NoticeKind::Good, texts.deleted),
        Err(fault) => state.session.notify(NoticeKind::Fault, draft_error_text(texts, fault)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::PreviewAction;
    use crate::app::state::fixture::{
        after, asks, check_told, file, opened, opened_file, photo, play, reviewed, started, told, with_fill, with_line,
    };
    use crate::app::state::fixture::{dots, stamp};
    use crate::app::state::slices::photos::{Orientation, PhotoSource};
    use crate::app::state::slices::session::Busy;
    use crate::app::state::{Action, PhotoAction, RequestAction, SaveAction, SessionAction};
    use crate::engine::consult::Delivery;

    /// When the drafts of these tests were kept.
    const KEPT_AT_MS: f64 = 1.7e12;

    fn draft_of(state: &State) -> Draft {
        let design = file::write(state.editor.document.design()).unwrap();
        Draft { kept_at_ms: KEPT_AT_MS, design, photos: Some(state.photos.store.bytes()) }
    }

    fn found(draft: Draft, days_later: f64) -> DraftAction {
        DraftAction::Found(Ok(Some(draft)), KEPT_AT_MS + days_later * DAY_MS)
    }

    #[test]
    fn a_draft_is_offered_as_long_as_it_may_be_kept() {
        let draft = draft_of(&with_line());
        for (days_later, is_offered) in [(0.0, true), (6.9, true), (7.1, false), (-0.9, true), (-1.1, false)] {
            let mut state = started();
            let effects = after(&mut state, found(draft.clone(), days_later));
            assert_eq!(state.session.dialog.is_some(), is_offered, "{days_later} days later");
            assert_eq!(asks!(effects, Effect::ForgetDraft), !is_offered, "{days_later} days later: {effects:?}");
            assert_eq!(told(&state), None);
        }
    }

    #[test]
    fn the_clinic_says_how_long_a_draft_is_kept() {
        let mut state = started();
        play(&mut state, SessionAction::Configured(Some(r#"{ "draft_days": 1 }"#.to_owned())));
        assert!(asks!(after(&mut state, found(draft_of(&with_line()), 1.5)), Effect::ForgetDraft));
        assert_eq!(state.session.dialog, None);
    }

    #[test]
    fn a_draft_too_old_takes_nothing_from_who_draws_already() {
        let mut state = with_line();
        let effects = after(&mut state, found(draft_of(&with_line()), 9.0));
        assert!(asks!(effects, Effect::ForgetDraft));
        assert!(!asks!(effects, Effect::StopTimer(_)), "what is drawn is still to be kept: {effects:?}");
    }

    #[test]
    fn without_a_draft_or_a_store_nothing_is_said() {
        for (found, are_off) in [(Ok(None), false), (Err(DraftError::NoStore), true), (Err(DraftError::Failed), true)] {
            let mut state = started();
            assert!(after(&mut state, DraftAction::Found(found.clone(), KEPT_AT_MS)).is_empty(), "{found:?}");
            assert_eq!((state.drafts.are_off, told(&state), state.session.dialog.is_none()), (are_off, None, true));
        }
    }

    #[test]
    fn a_draft_that_cannot_be_read_is_told() {
        let broken = Draft { kept_at_ms: KEPT_AT_MS, design: "{".to_owned(), photos: None };
        let mut state = started();
        assert!(after(&mut state, found(broken.clone(), 0.0)).is_empty());
        check_told(&state, NoticeKind::Info, state.texts().draft_broken);
        state.session.dialog = Some(Dialog::Draft(Rc::new(broken)));
        after(&mut state, SessionAction::Answer(Some(true)));
        check_told(&state, NoticeKind::Fault, state.texts().draft_broken);
    }

    #[test]
    fn who_has_a_photo_already_is_not_asked() {
        let mut state = opened();
        after(&mut state, found(draft_of(&with_line()), 0.0));
        assert_eq!(state.session.dialog, None);
    }

    #[test]
    fn a_draft_goes_on_where_it_had_come() {
        let unmarked = opened_file();
        for (drawn, step) in [
            (unmarked, Step::Size),
            (opened(), Step::Hairline),
            (with_line(), Step::Density),
            (with_fill(), Step::Look),
        ] {
            let mut state = started();
            state.session.dialog = Some(Dialog::Draft(Rc::new(draft_of(&drawn))));
            play(&mut state, SessionAction::Answer(Some(true)));
            assert_eq!(state.step(), step);
            assert_eq!(state.view(), drawn.view());
            assert!(state.has_open_photo() && told(&state).is_none(), "{:?}", told(&state));
        }
    }

    #[test]
    fn a_draft_without_its_photo_asks_for_it() {
        let mut state = started();
        let draft = Draft { photos: None, ..draft_of(&opened_file()) };
        state.session.dialog = Some(Dialog::Draft(Rc::new(draft)));
        play(&mut state, SessionAction::Answer(Some(true)));
        assert_eq!(state.step(), Step::Photo);
        check_told(&state, NoticeKind::Info, state.texts().design_needs_photo);
    }

    fn kept(state: &mut State) -> Vec<Effect> {
        after(state, Action::Elapsed(Timer::KeepDraft))
    }

    #[test]
    fn what_is_drawn_is_kept_when_the_visitor_rests() {
        let mut state = opened_file();
        assert!(kept(&mut state).is_empty(), "nothing is drawn");
        let effects = play(&mut state, crate::app::state::ScaleAction::PlaceMarks);
        assert!(asks!(effects, Effect::StartTimer(Timer::KeepDraft, wait) if *wait > 0));
        let bytes = state.photos.store.bytes();
        let effects = kept(&mut state);
        let design = file::write(state.editor.document.design()).unwrap();
        assert!(
            matches!(&effects[..], [Effect::KeepDraft { design: kept, photos }] if *kept == design && *photos == Some(bytes)),
            "{effects:?}"
        );
        after(&mut state, DraftAction::Kept(Ok(())));
        let effects = kept(&mut state);
        assert!(matches!(&effects[..], [Effect::KeepDraft { photos: None, .. }]), "the same photos: {effects:?}");
        assert_eq!(told(&state), None);
    }

    #[test]
    fn a_draft_that_cannot_be_kept_is_told_once_and_not_tried_again() {
        for fault in [DraftError::NoStore, DraftError::Full, DraftError::Failed] {
            let mut state = with_line();
            kept(&mut state);
            after(&mut state, DraftAction::Kept(Err(fault)));
            check_told(&state, NoticeKind::Info, &draft_error_text(state.texts(), fault));
            assert!(state.drafts.are_off && state.drafts.kept_photos.is_empty());
            let effects = play(&mut state, crate::app::state::LineAction::Remove);
            assert!(!asks!(effects, Effect::StartTimer(Timer::KeepDraft, _)), "{fault:?}: {effects:?}");
        }
    }

    #[test]
    fn what_was_deleted_is_told() {
        for (outcome, kind) in [
            (Ok(()), NoticeKind::Good),
            (Err(DraftError::NoStore), NoticeKind::Good),
            (Err(DraftError::Full), NoticeKind::Fault),
            (Err(DraftError::Failed), NoticeKind::Fault),
        ] {
            let mut state = started();
            assert!(after(&mut state, DraftAction::Deleted(outcome)).is_empty());
            assert_eq!(told(&state).map(|(kind, _)| kind), Some(kind), "{outcome:?}");
        }
    }

    fn delete_everything(state: &mut State) -> Vec<Effect> {
        state.session.dialog = Some(Dialog::DeleteAll);
        after(state, SessionAction::Answer(Some(true)))
    }

    #[test]
    fn nothing_is_left_when_everything_is_deleted() {
        let mut state = reviewed();
        state.request.delivery = Delivery::Waiting { id: "first".to_owned(), attempt: 1, wait_ms: 1000 };
        let effects = delete_everything(&mut state);
        for timer in [Timer::KeepDraft, Timer::Retry, Timer::MeasureSides] {
            assert!(asks!(effects, Effect::StopTimer(stopped) if *stopped == timer), "{timer:?} runs on");
        }
        assert!(asks!(effects, Effect::CancelSend) && asks!(effects, Effect::HidePicture));
        assert!(asks!(effects, Effect::DeleteDraft) && asks!(effects, Effect::Repaint(_)));
        assert!(!asks!(effects, Effect::StartTimer(..) | Effect::OpenPhoto { .. }), "{effects:?}");
        assert_eq!(
            (state.step(), state.session.busy, state.request.clone()),
            (Step::Photo, None, RequestState::default())
        );
        assert!(!state.has_open_photo() && !state.editor.has_photos() && !state.has_unsaved_work());
        assert!(state.photos.store.digests().is_empty() && state.preview.figures.is_none());
        assert!(kept(&mut state).is_empty());
        assert!(after(&mut state, Action::Elapsed(Timer::Retry)).is_empty());
        assert!(after(&mut state, Action::Elapsed(Timer::MeasureSides)).is_empty());
    }

    #[test]
    fn what_arrives_after_everything_was_deleted_changes_nothing() {
        let mut state = with_fill();
        state.photos.load += 1;
        let load = state.photos.load;
        state.session.busy = Some(Busy::Opening);
        delete_everything(&mut state);
        let late = photo(load, &PhotoSource::File(file(1)), Orientation::default());
        let effects = after(&mut state, PhotoAction::Opened(load, Ok(Box::new(late))));
        assert!(asks!(effects, Effect::DropPicture(_)) && !state.has_open_photo());

        let mut state = reviewed();
        let of = state.request.review.clone().unwrap().of.clone().unwrap();
        state.session.busy = Some(Busy::Making);
        delete_everything(&mut state);
        let effects = after(&mut state, RequestAction::Rendered(of, Some(Vec::new()), stamp("late")));
        assert!(effects.is_empty(), "{effects:?}");
        assert!(!state.request.checked && state.request.review.is_none(), "no field is marked as missing");
    }

    #[test]
    fn a_pattern_that_grows_while_everything_is_deleted_is_not_grown_twice() {
        let mut state = started();
        after(&mut state, PhotoAction::Picked(Some(file(1))));
        let load = state.photos.load;
        let opened = photo(load, &PhotoSource::File(file(1)), Orientation::default());
        assert!(asks!(after(&mut state, PhotoAction::Opened(load, Ok(Box::new(opened)))), Effect::GrowDots(1)));
        delete_everything(&mut state);
        after(&mut state, PhotoAction::Picked(Some(file(2))));
        let load = state.photos.load;
        let opened = photo(load, &PhotoSource::File(file(2)), Orientation::default());
        let effects = after(&mut state, PhotoAction::Opened(load, Ok(Box::new(opened))));
        assert!(!asks!(effects, Effect::GrowDots(_)), "{effects:?}");
        after(&mut state, PreviewAction::DotsGrown(1, dots(1)));
        assert!(state.preview.field.is_some());
    }

    #[test]
    fn a_design_that_was_opened_keeps_its_photos_in_the_next_draft() {
        let mut state = opened_file();
        let design = file::write(state.editor.document.design()).unwrap();
        play(&mut state, SaveAction::DesignRead(Some(design.into_bytes().into())));
        play(&mut state, crate::app::state::ScaleAction::PlaceMarks);
        assert!(matches!(&kept(&mut state)[..], [Effect::KeepDraft { photos: Some(photos), .. }] if photos.len() == 1));
    }
}
