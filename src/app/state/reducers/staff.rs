//! A request that the clinic's staff opened: asked for, shown, and saved beside the visitor's design.

use super::navigation::{go, side_changed};
use super::request::{make_version, send_version};
use crate::app::state::action::StaffAction;
use crate::app::state::effect::Effect;
use crate::app::state::root::State;
use crate::app::state::slices::session::NoticeKind;
use crate::app::state::slices::staff::{Opening, Permit};
use crate::app::state::slices::step::Step;
use crate::engine::calibration::Side;
use crate::engine::consult::{Delivery, MAX_VERSION_NAME, OpenedRequest};
use crate::engine::i18n::open_error_text;
use crate::engine::ports::{Response, TransportError};
use std::rc::Rc;

pub(super) fn reduce(state: &mut State, action: StaffAction) {
    match action {
        StaffAction::OpenAgain => ask(state),
        StaffAction::Answered(answered) => self::answered(state, &answered),
        StaffAction::PicturesFetched(pictures) => show(state, &pictures),
        StaffAction::SetName(name) => set_name(state, &name),
        StaffAction::Save => save(state),
    }
}

/// Asks the receiver for the request.
pub(super) fn ask(state: &mut State) {
    let Some(staff) = &mut state.staff else { return };
    if !staff.is_open() {
        staff.opening = Opening::Asked;
    }
    let link = staff.link.clone();
    state.effect(Effect::OpenRequest(link));
}

/// The receiver answered, or not. Where the design is open already, it was asked for a new token alone.
fn answered(state: &mut State, answered: &Result<Response, TransportError>) {
    let Some(staff) = &mut state.staff else { return };
    let read = OpenedRequest::read(&staff.link, answered);
    if let Ok(opened) = &read {
        let OpenedRequest { csrf, may_save, .. } = opened.clone();
        staff.permit = Permit { csrf, may_save, is_stale: false };
    }
    match (read, staff.is_open()) {
        (Ok(_), true) => save(state),
        (Err(error), true) => {
            let text = open_error_text(state.texts(), &error);
            state.session.notify(NoticeKind::Fault, text);
        }
        (Ok(opened), false) => {
            let pictures = opened.pictures.clone();
            staff.opening = Opening::Fetching(Rc::new(opened));
            state.effect(Effect::FetchPictures(pictures));
        }
        (Err(error), false) => staff.opening = Opening::Failed(error),
    }
}

/// Shows the design on the pictures that came.
fn show(state: &mut State, pictures: &[(Side, Rc<[u8]>)]) {
    let Some(staff) = &mut state.staff else { return };
    let Opening::Fetching(opened) = &staff.opening else { return };
    let (design, missing) = opened.laid_on(pictures);
    staff.opening = Opening::Open;
    staff.missing.clone_from(&missing);
    let bytes: Vec<Rc<[u8]>> = pictures.iter().map(|(_, bytes)| bytes.clone()).collect();
    let first = design.views.each().map(|(side, _)| side).find(|side| !missing.contains(side));
    state.photos.store.put_bytes(&bytes);
    state.photos.store.retain_of(&design);
    state.editor.document.reset(design);
    if let Some(side) = first {
        state.editor.document.turn_to(side);
    }
    side_changed(state);
    go(state, if first.is_some() { Step::Look } else { Step::Photo });
}

fn set_name(state: &mut State, name: &str) {
    if let Some(staff) = &mut state.staff {
        staff.name = name.chars().take(MAX_VERSION_NAME).collect();
    }
}

/// Saves what is drawn as a version. What was made of it before goes again as it was, so that the clinic gets it once.
fn save(state: &mut State) {
    let Some(staff) = state.staff.as_ref().filter(|staff| staff.is_open() && staff.permit.may_save) else { return };
    let delivery = &state.request.delivery;
    if delivery.is_busy() || matches!(delivery, Delivery::Confirmed { .. }) {
        return;
    }
    if staff.permit.is_stale {
        return ask(state);
    }
    match staff.version_of(state.editor.document.design()).map(|version| version.id.clone()) {
        Some(id) => send_version(state, &id),
        None => make_version(state),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::effect::Timer;
    use crate::app::state::fixture::{
        after, answered_with, asked, asks, given, person, play, response, sent, stamp, with_fill,
    };
    use crate::app::state::slices::session::Busy;
    use crate::app::state::slices::step::Step;
    use crate::app::state::{Action, LineAction, PhotoAction, RequestAction, SessionAction, ToolAction};
    use crate::engine::consult::{OpenError, RequestLink};
    use crate::engine::design::file;
    use crate::engine::ports::Payload;

    /// A picture of the size of the fixture's photos.
    fn picture() -> Rc<[u8]> {
        include_bytes!("../../../../assets/sample/sample-head-1.webp").as_slice().into()
    }

    #[test]
    fn the_staff_s_last_step_sends_nothing() {
        let (own, staff) = (with_fill(), asked());
        assert_eq!(own.step_name(Step::Save), own.texts().step_save);
        assert_eq!(staff.step_name(Step::Save), staff.texts().version_panel);
        assert_eq!(staff.step_name(Step::Look), staff.texts().step_look);
    }

    /// The request was asked for, and given with the design that [`with_fill`] has.
    fn fetching() -> State {
        let mut state = asked();
        play(&mut state, SessionAction::Configured(None));
        play(&mut state, StaffAction::Answered(given(&with_fill())));
        state
    }

    /// The same, and its picture came.
    fn open() -> State {
        let mut state = fetching();
        play(&mut state, StaffAction::PicturesFetched(vec![(Side::Front, picture())]));
        state
    }

    /// The version that is sent by an effect.
    fn payload(effects: &[Effect]) -> &Payload {
        let payload = effects.iter().find_map(|effect| match effect {
            Effect::Send { payload, .. } => Some(payload),
            _ => None,
        });
        payload.unwrap_or_else(|| panic!("nothing is sent: {effects:?}"))
    }

    fn confirm(state: &mut State) -> Vec<Effect> {
        let id = state.request.delivery.id().unwrap_or_default().to_owned();
        answered_with(state, 1, response(201, &format!(r#"{{ "id": "{id}", "stored": true }}"#)))
    }

    #[test]
    fn a_request_is_asked_for_in_place_of_a_draft() {
        let mut state = asked();
        let effects = play(&mut state, SessionAction::Configured(None));
        assert!(
            asks!(effects, Effect::OpenRequest(link) if Some(link) == RequestLink::new("7K2M-9QXR-4TDA", None).as_ref())
        );
        assert!(!asks!(effects, Effect::LoadDraft), "{effects:?}");
        let effects = play(&mut state, StaffAction::Answered(given(&with_fill())));
        let expected = (Side::Front, "/inbox/requests/7K2M-9QXR-4TDA/files/before.jpg".to_owned());
        assert!(asks!(effects, Effect::FetchPictures(pictures) if *pictures == [expected.clone()]), "{effects:?}");
    }

    #[test]
    fn the_visitors_design_lies_on_the_picture_that_was_sent() {
        let mut state = fetching();
        let effects = play(&mut state, StaffAction::PicturesFetched(vec![(Side::Front, picture())]));
        assert!(asks!(effects, Effect::OpenPhoto { .. }) && state.has_open_photo());
        assert!(!asks!(effects, Effect::FindPerson { .. }), "{effects:?}");
        let (drawn, sent) = (state.view(), with_fill());
        assert_eq!((&drawn.hairline, drawn.fill.len()), (&sent.view().hairline, sent.view().fill.len()));
        assert_eq!((state.step(), state.session.notice.clone(), state.has_unsaved_work()), (Step::Look, None, false));
        let load = state.photos.load;
        play(&mut state, PhotoAction::PersonSought(load, Some(person())));
        assert!(!state.is_idea_shown() && !state.has_unsaved_work());
    }

    #[test]
    fn nothing_is_kept_on_the_clinics_machine() {
        let mut state = open();
        let mut effects = play(&mut state, LineAction::ChooseShape(1));
        effects.extend(play(&mut state, Action::Elapsed(Timer::KeepDraft)));
        effects.extend(play(&mut state, StaffAction::Save));
        effects.extend(confirm(&mut state));
        effects.extend(play(&mut state, ToolAction::Undo));
        state.session.dialog = Some(crate::app::state::session::Dialog::DeleteAll);
        effects.extend(play(&mut state, SessionAction::Answer(Some(true))));
        assert!(!effects.iter().any(Effect::is_of_store), "{effects:?}");
        assert!(!asks!(effects, Effect::StartTimer(Timer::KeepDraft, _) | Effect::Announce(..)), "{effects:?}");
    }

    #[test]
    fn a_side_whose_picture_is_missing_is_named_and_kept() {
        let mut state = fetching();
        play(&mut state, StaffAction::PicturesFetched(Vec::new()));
        let staff = state.staff.as_ref().unwrap();
        assert_eq!((state.step(), &staff.missing[..], staff.is_open()), (Step::Photo, &[Side::Front][..], true));
        assert_eq!(state.view().hairline, with_fill().view().hairline);
    }

    #[test]
    fn what_cannot_be_opened_says_why_and_can_be_tried_again() {
        for (answer, error) in [
            (response(401, "{}"), OpenError::LoggedOut),
            (response(404, "{}"), OpenError::NotFound),
            (response(200, "<html>"), OpenError::NoAnswer),
            (Err(TransportError::Offline), OpenError::Offline),
        ] {
            let mut state = asked();
            play(&mut state, StaffAction::Answered(answer));
            assert_eq!(state.staff.as_ref().unwrap().opening, Opening::Failed(error));
            assert!(asks!(play(&mut state, StaffAction::OpenAgain), Effect::OpenRequest(_)));
            assert_eq!(state.staff.as_ref().unwrap().opening, Opening::Asked);
            play(&mut state, StaffAction::PicturesFetched(vec![(Side::Front, picture())]));
            assert!(!state.editor.has_photos(), "pictures that nobody waits for are shown");
        }
    }

    #[test]
    fn a_version_is_made_and_sent_by_one_press_and_saved_once_it_is_confirmed() {
        let mut state = open();
        play(&mut state, LineAction::ChooseShape(1));
        assert!(state.has_unsaved_work());
        play(&mut state, StaffAction::SetName("Higher".repeat(20)));
        let effects = play(&mut state, StaffAction::Save);
        assert!(asks!(effects, Effect::RenderRequest { sides, .. } if sides.len() == 1));
        assert_eq!(sent(&effects), [("first", 1)]);
        let payload = payload(&effects);
        assert_eq!(payload.endpoint, "/inbox/requests/7K2M-9QXR-4TDA/versions");
        let said: serde_json::Value = serde_json::from_slice(&payload.parts[0].bytes).unwrap();
        assert_eq!((&said["id"], &said["csrf"]), (&"first".into(), &"token".into()));
        assert_eq!(said["name"].as_str().map(|name| name.chars().count()), Some(MAX_VERSION_NAME));
        assert_eq!(file::read(&payload.parts[1].bytes).as_ref(), Ok(state.editor.document.design()));
        let names: Vec<&str> = payload.parts.iter().map(|part| part.name).collect();
        assert_eq!(names, ["version", "design", "after"]);
        assert!(play(&mut state, StaffAction::Save).is_empty(), "it is under way");
        confirm(&mut state);
        assert!(!state.has_unsaved_work() && !state.is_reviewing());
        assert!(play(&mut state, StaffAction::Save).is_empty(), "it is saved");
        play(&mut state, LineAction::ChooseShape(2));
        assert_eq!(state.request.delivery, Delivery::Idle, "what is drawn now is not saved");
        assert!(state.has_unsaved_work());
    }

    #[test]
    fn the_same_design_goes_again_under_the_same_id_and_another_one_does_not() {
        let mut state = open();
        play(&mut state, LineAction::ChooseShape(1));
        let first = play(&mut state, StaffAction::Save);
        after(&mut state, RequestAction::Cancel);
        assert!(matches!(state.request.delivery, Delivery::Unconfirmed { .. }));
        let again = play(&mut state, StaffAction::Save);
        assert!(!asks!(again, Effect::RenderRequest { .. }));
        assert_eq!((sent(&again), payload(&again)), (vec![("first", 1)], payload(&first)));
        after(&mut state, RequestAction::Cancel);
        play(&mut state, StaffAction::SetName("Other".to_owned()));
        assert!(asks!(after(&mut state, StaffAction::Save), Effect::RenderRequest { .. }));
        assert_eq!(state.session.busy, Some(Busy::Making));
    }

    #[test]
    fn a_design_that_changes_while_it_is_made_is_made_again_and_one_that_changes_on_its_way_stays_unsaved() {
        let mut state = open();
        play(&mut state, LineAction::ChooseShape(1));
        let effects = after(&mut state, StaffAction::Save);
        let [Effect::RenderRequest { design, .. }] = &effects[..] else { panic!("{effects:?}") };
        play(&mut state, LineAction::ChooseShape(2));
        let again = after(&mut state, RequestAction::Rendered(design.clone(), Some(Vec::new()), stamp("first")));
        assert!(asks!(again, Effect::RenderRequest { .. }) && sent(&again).is_empty(), "{again:?}");
        let mut state = open();
        play(&mut state, LineAction::ChooseShape(1));
        play(&mut state, StaffAction::Save);
        play(&mut state, LineAction::ChooseShape(2));
        confirm(&mut state);
        assert!(state.has_unsaved_work());
    }

    #[test]
    fn who_logged_in_anew_saves_the_same_version_by_a_new_token() {
        for status in [401, 403] {
            let mut state = open();
            play(&mut state, LineAction::ChooseShape(1));
            play(&mut state, StaffAction::Save);
            let effects = answered_with(&mut state, 1, response(status, "{}"));
            assert!(asks!(effects, Effect::Focus(selector) if selector == "#delivery"), "{effects:?}");
            assert!(!asks!(effects, Effect::Warn(_)), "{effects:?}");
            let effects = play(&mut state, StaffAction::Save);
            assert!(asks!(effects, Effect::OpenRequest(_)) && sent(&effects).is_empty(), "{effects:?}");
            let line = state.view().hairline.clone();
            let renewed =
                given(&with_fill()).map(|answer| Response { body: answer.body.replace("token", "new"), ..answer });
            let effects = play(&mut state, StaffAction::Answered(renewed));
            assert_eq!((sent(&effects), &state.view().hairline), (vec![("first", 1)], &line));
            assert!(String::from_utf8_lossy(&payload(&effects).parts[0].bytes).contains(r#""csrf":"new""#));
        }
    }

    #[test]
    fn each_refusal_leaves_what_is_drawn_and_a_taken_id_is_not_used_again() {
        for status in [404, 409, 413, 422] {
            let mut state = open();
            play(&mut state, LineAction::ChooseShape(1));
            play(&mut state, StaffAction::Save);
            answered_with(&mut state, 1, response(status, r#"{ "errors": { "name": "No." } }"#));
            assert!(state.has_unsaved_work() && state.request.server_errors.is_empty(), "{status}");
            assert_eq!(state.staff.as_ref().unwrap().status, Some(status));
            let effects = after(&mut state, StaffAction::Save);
            assert_eq!(asks!(effects, Effect::RenderRequest { .. }), status == 409, "{status}: {effects:?}");
        }
    }

    #[test]
    fn who_may_not_save_saves_nothing() {
        let mut state = open();
        state.staff.as_mut().unwrap().permit.may_save = false;
        play(&mut state, LineAction::ChooseShape(1));
        assert!(play(&mut state, StaffAction::Save).is_empty());
        assert!(play(&mut asked(), StaffAction::Save).is_empty(), "nothing is open");
    }
}
