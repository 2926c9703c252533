//! The way to the clinic: sending, and what follows from each answer.

use super::kept::keep;
use super::review::{leave_review, reviewed};
use super::version;
use crate::app::state::effect::{DeliveryNews, Effect, Timer};
use crate::app::state::reducers::draft;
use crate::app::state::root::State;
use crate::app::state::slices::request::{RequestStamp, RequestState, Review};
use crate::engine::consult::{
    Contents, Delivery, DeliveryEvent, Outcome, Pictures, field_answers, may_have_arrived, picture_bytes,
};
use crate::engine::ports::{Response, TransportError};
use std::rc::Rc;

/// How much of its bytes a request that is too large for a server keeps.
const SHRUNK_SHARE: f64 = 0.4;

/// Goes on to what follows from an event, and asks for what that state needs.
pub(super) fn follow(state: &mut State, event: DeliveryEvent) {
    let next = state.request.delivery.after(event);
    let before = std::mem::replace(&mut state.request.delivery, next.clone());
    if before == next {
        return;
    }
    match &next {
        Delivery::Sending { id, attempt, percent: 0 } => {
            if !before.is_busy() || matches!(before, Delivery::Held { .. }) {
                announce(state, DeliveryNews::Sending, id);
            }
            dispatch(state, *attempt);
        }
        Delivery::Waiting { wait_ms, .. } => state.effect(Effect::StartTimer(Timer::Retry, *wait_ms)),
        Delivery::Shrinking { .. } => shrink(state),
        Delivery::Confirmed { .. } if state.staff.is_some() => version::confirmed(state),
        Delivery::Confirmed { id, .. } => confirmed(state, id),
        _ => {}
    }
    if let Some(reason) = next.failure().filter(|reason| before.failure() != Some(reason)) {
        announce(state, DeliveryNews::Failed(reason), next.id().unwrap_or_default());
    }
    // A try that is repeated is announced where it is shown; only the end of it draws the visitor there.
    if before.is_busy() && !next.is_busy() && next != Delivery::Idle {
        state.effect(Effect::Focus("#delivery".to_owned()));
    }
    if matches!(next, Delivery::Refused { .. }) && state.staff.is_none() {
        refused(state);
    }
}

/// Tells the clinic's page around the program what became of a visitor's request.
fn announce(state: &mut State, news: DeliveryNews, id: &str) {
    if state.staff.is_none() {
        state.effect(Effect::Announce(news, id.to_owned()));
    }
}

/// The only place from which anything leaves the device.
fn dispatch(state: &mut State, attempt: u32) {
    if let Some((id, payload)) = version::outgoing(state) {
        return state.effect(Effect::Send { id, attempt, payload });
    }
    let Some((review, endpoint)) = state.request.review.clone().zip(state.session.config.endpoint.clone()) else {
        return;
    };
    let payload = review.contents.payload(&endpoint);
    if attempt == 1 && !state.request.is_out {
        keep(state, &review);
    }
    state.effect(Effect::Send { id: review.stamp.id.clone(), attempt, payload });
}

pub(super) fn send(state: &mut State) {
    if state.session.config.endpoint.is_none() {
        return;
    }
    let Some(review) = state.request.review.clone() else { return };
    match &state.request.delivery {
        Delivery::Refused { outcome: Outcome::IdTaken, .. } => state.effect(Effect::RenewRequest),
        _ if state.request.is_early => follow(state, DeliveryEvent::SentEarly(review.id())),
        _ => follow(state, DeliveryEvent::Sent(review.id())),
    }
}

/// Sends the version of that id.
pub(crate) fn send_version(state: &mut State, id: &str) {
    follow(state, DeliveryEvent::Sent(id));
}

/// The form was begun long enough ago for a person.
pub(crate) fn filled_in(state: &mut State) {
    state.request.is_early = false;
    if matches!(state.request.delivery, Delivery::Held { .. }) {
        follow(state, DeliveryEvent::Elapsed);
    }
}

/// The same request under another id, sent at once: the visitor pressed Send for it.
pub(super) fn renewed(state: &mut State, stamp: &RequestStamp) {
    // A second press of Send may have asked for another id: the first one sends.
    let is_waited_for = matches!(state.request.delivery, Delivery::Refused { outcome: Outcome::IdTaken, .. });
    let Some(review) = state.request.review.clone().filter(|_| is_waited_for) else { return };
    let Some(of) = review.of.clone() else { return leave_review(state) };
    state.request.review = reviewed(state, of, review.made.clone(), stamp).map(Rc::new);
    state.request.is_out = false;
    follow(state, DeliveryEvent::Sent(&stamp.id));
}

pub(super) fn answered(state: &mut State, id: &str, attempt: u32, answered: &Result<Response, TransportError>) {
    let is_waited_for = matches!(&state.request.delivery, Delivery::Sending { id: sent, attempt: of, .. } if sent == id && *of == attempt);
    if !is_waited_for {
        return;
    }
    if state.staff.is_some() {
        // A version that is too large stays so: its pictures are as small as those of a request.
        follow(state, DeliveryEvent::Ended { attempt, answered, is_shrunk: true });
        return version::answered(state, answered.as_ref().ok().map(|answer| answer.status));
    }
    state.request.is_out |= may_have_arrived(answered, id);
    let is_shrunk = state.request.review.as_ref().is_some_and(|review| review.is_shrunk);
    if let Ok(answer) = answered {
        state.request.server_errors = field_answers(answer);
    }
    follow(state, DeliveryEvent::Ended { attempt, answered, is_shrunk });
    if let Delivery::Refused { outcome: Outcome::Misconfigured, .. } = state.request.delivery {
        let why = answered
            .as_ref()
            .map_or_else(|_| "its answer cannot be read".to_owned(), |a| format!("status {}", a.status));
        state.effect(Effect::Warn(format!("hairline-designer: the endpoint did not take a request ({why})")));
    }
}

/// The server has it: nothing of the visitor is needed any more, on the device or on the page.
fn confirmed(state: &mut State, id: &str) {
    state.effect(Effect::Announce(DeliveryNews::Sent, id.to_owned()));
    let delivery = state.request.delivery.clone();
    state.request = RequestState { delivery, ..Default::default() };
    state.session.notice = None;
    state.editor.document.mark_saved();
    // What is drawn stays on the page as long as the visitor wants, but not on the device.
    state.drafts.is_sent = true;
    state.effect(Effect::StopTimer(Timer::KeepDraft));
    draft::forget(state);
}

/// The server does not take it: what it said of fields is shown at them.
fn refused(state: &mut State) {
    if !state.request.is_out {
        state.effect(Effect::KeepRequest(None));
    }
    if let Some((field, _)) = state.request.server_errors.first() {
        let first = format!("#{}", field.element_id());
        state.request.changed();
        state.request.checked = true;
        state.effect(Effect::Focus(first));
    }
}

/// Asks for smaller pictures; a request without any cannot be smaller.
fn shrink(state: &mut State) {
    let Some(review) = state.request.review.clone() else { return };
    if review.contents.pictures.is_empty() {
        return follow(state, DeliveryEvent::Shrunk(false));
    }
    let pictures = review.contents.pictures.clone();
    let max_bytes = (picture_bytes(&pictures) as f64 * SHRUNK_SHARE) as usize;
    state.effect(Effect::ShrinkRequest { id: review.stamp.id.clone(), pictures, max_bytes });
}

pub(super) fn shrunk(state: &mut State, id: &str, pictures: Option<Vec<Pictures>>) {
    if !matches!(&state.request.delivery, Delivery::Shrinking { id: of, .. } if of == id) {
        return;
    }
    let smaller = pictures.zip(state.request.review.clone()).map(|(pictures, review)| {
        let contents = Contents { pictures: pictures.clone(), ..review.contents.clone() };
        Rc::new(Review { contents, made: pictures, is_shrunk: true, ..(*review).clone() })
    });
    let is_smaller = smaller.is_some();
    if let Some(review) = smaller {
        keep(state, &review);
        state.request.review = Some(review);
    }
    follow(state, DeliveryEvent::Shrunk(is_smaller));
}

/// The time until the next try is over.
pub(crate) fn retry(state: &mut State) {
    if matches!(state.request.delivery, Delivery::Waiting { .. }) {
        follow(state, DeliveryEvent::Elapsed);
    }
}

pub(super) fn cancel(state: &mut State) {
    state.effect(Effect::StopTimer(Timer::Retry));
    state.effect(Effect::CancelSend);
    state.request.is_out |= matches!(state.request.delivery, Delivery::Sending { .. });
    follow(state, DeliveryEvent::Cancelled);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{
        after, answered_with, asks, play, response, reviewed, sent, stamp, told, with_fill, with_form,
    };
    use crate::app::state::session::NoticeKind;
    use crate::app::state::{Action, RequestAction, ToolAction};
    use crate::engine::calibration::Side;
    use crate::engine::consult::{FormField, RETRY_AFTER_MS};

    #[test]
    fn one_press_sends_once_and_a_second_not_again() {
        let mut state = reviewed();
        let effects = after(&mut state, RequestAction::Send);
        assert_eq!(sent(&effects), [("first", 1)]);
        let payload = effects.iter().find_map(|effect| match effect {
            Effect::Send { payload, .. } => Some(payload),
            _ => None,
        });
        let payload = payload.unwrap();
        assert_eq!((payload.endpoint.as_str(), payload.parts.len()), ("https://clinic.example/requests", 4));
        assert!(state.has_unsaved_work() && state.request.delivery.is_busy());
        assert!(after(&mut state, RequestAction::Send).is_empty());
        answered_with(&mut state, 1, Err(TransportError::TimedOut));
        assert!(after(&mut state, RequestAction::Send).is_empty(), "it is tried again by itself");
    }

    #[test]
    fn nothing_is_sent_without_a_review_or_an_endpoint() {
        let mut state = with_form();
        assert!(after(&mut state, RequestAction::Send).is_empty());
        let mut state = with_fill();
        state.request = reviewed().request;
        state.request.review = state.request.review.clone().map(|review| {
            Rc::new(Review { of: Some(Rc::new(state.editor.document.design().clone())), ..(*review).clone() })
        });
        assert!(after(&mut state, RequestAction::Send).is_empty(), "the clinic has no endpoint");
        assert_eq!(state.request.delivery, Delivery::Idle);
    }

    #[test]
    fn a_request_is_tried_again_under_its_id_until_it_is_left_unconfirmed() {
        let mut state = reviewed();
        after(&mut state, RequestAction::Send);
        for (attempt, wait_ms) in (1..).zip(RETRY_AFTER_MS) {
            let effects = answered_with(&mut state, attempt, Err(TransportError::NoAnswer));
            assert!(
                matches!(&effects[..], [Effect::StartTimer(Timer::Retry, ms)] if *ms == wait_ms),
                "the focus stays where it is: {effects:?}"
            );
            let effects = after(&mut state, Action::Elapsed(Timer::Retry));
            assert_eq!(sent(&effects), [("first", attempt + 1)]);
            assert!(after(&mut state, Action::Elapsed(Timer::Retry)).is_empty(), "it is under way already");
        }
        let effects = answered_with(&mut state, 4, Err(TransportError::NoAnswer));
        assert!(asks!(effects, Effect::Focus(selector) if selector == "#delivery"), "{effects:?}");
        assert!(asks!(effects, Effect::Announce(DeliveryNews::Failed("unconfirmed"), id) if id == "first"));
        assert_eq!(state.request.delivery, Delivery::Unconfirmed { id: "first".to_owned(), cancelled: false });
        assert_eq!(sent(&after(&mut state, RequestAction::Send)), [("first", 1)], "the clinic gets one request");
    }

    #[test]
    fn a_confirmed_request_is_announced_and_the_draft_forgotten() {
        let mut state = reviewed();
        state.session.notify(NoticeKind::Info, "before");
        after(&mut state, RequestAction::Send);
        let effects = answered_with(&mut state, 1, response(201, r#"{ "id": "first" }"#));
        assert!(asks!(effects, Effect::Announce(DeliveryNews::Sent, id) if id == "first"));
        assert!(asks!(effects, Effect::StopTimer(Timer::KeepDraft)) && asks!(effects, Effect::ForgetDraft));
        assert!(asks!(effects, Effect::Focus(selector) if selector == "#delivery"));
        assert!(!asks!(effects, Effect::StartTimer(..)), "{effects:?}");
        assert_eq!(state.request.delivery, Delivery::Confirmed { id: "first".to_owned(), staff_page: None });
        assert!(state.request.form.is_untouched() && !state.request.checked && told(&state).is_none());
        assert!(!state.has_unsaved_work() && state.editor.has_fill(), "what is drawn stays on the page");
        assert!(state.request.review.is_none(), "what was sent is not kept");
        let effects = play(&mut state, ToolAction::Undo);
        assert!(!asks!(effects, Effect::StartTimer(Timer::KeepDraft, _)), "what was sent is kept again: {effects:?}");
    }

    #[test]
    fn a_refusal_is_shown_and_keeps_everything() {
        for (status, outcome) in [(400, Outcome::BadFields), (404, Outcome::Misconfigured)] {
            let mut state = reviewed();
            after(&mut state, RequestAction::Send);
            let effects = answered_with(&mut state, 1, response(status, ""));
            assert!(asks!(effects, Effect::Focus(selector) if selector == "#delivery"), "{effects:?}");
            assert!(asks!(effects, Effect::KeepRequest(None)), "the server does not have it: {effects:?}");
            assert_eq!(asks!(effects, Effect::Warn(_)), status == 404, "{effects:?}");
            assert_eq!(state.request.delivery, Delivery::Refused { id: "first".to_owned(), outcome });
            assert!(state.request.review.is_some() && state.request.form.name == "Ada");
        }
    }

    #[test]
    fn an_answer_that_nobody_waits_for_changes_nothing() {
        let mut state = reviewed();
        let late = || RequestAction::Answered("first".to_owned(), 1, response(201, r#"{ "id": "first" }"#));
        assert!(after(&mut state, late()).is_empty());
        assert_eq!(state.request.delivery, Delivery::Idle);
        after(&mut state, RequestAction::Send);
        let other = RequestAction::Answered("other".to_owned(), 1, response(201, r#"{ "id": "other" }"#));
        assert!(after(&mut state, other).is_empty());
        assert!(state.request.delivery.is_busy());
        after(&mut state, RequestAction::Cancel);
        assert!(after(&mut state, late()).is_empty());
        assert_eq!(state.request.delivery, Delivery::Unconfirmed { id: "first".to_owned(), cancelled: true });
    }

    #[test]
    fn a_request_that_is_cancelled_is_not_tried_again_by_itself() {
        for is_waiting in [false, true] {
            let mut state = reviewed();
            after(&mut state, RequestAction::Send);
            if is_waiting {
                answered_with(&mut state, 1, Err(TransportError::NoAnswer));
            }
            let effects = after(&mut state, RequestAction::Cancel);
            assert!(
                asks!(effects, Effect::StopTimer(Timer::Retry)) && asks!(effects, Effect::CancelSend),
                "{effects:?}"
            );
            assert_eq!(state.request.delivery, Delivery::Unconfirmed { id: "first".to_owned(), cancelled: true });
            assert!(after(&mut state, Action::Elapsed(Timer::Retry)).is_empty());
            assert_eq!(sent(&after(&mut state, RequestAction::Send)), [("first", 1)]);
        }
        let mut state = reviewed();
        after(&mut state, RequestAction::Cancel);
        assert_eq!(state.request.delivery, Delivery::Idle, "nothing was under way");
    }

    /// The clinic has another request under the id.
    fn id_taken() -> State {
        let mut state = reviewed();
        after(&mut state, RequestAction::Send);
        answered_with(&mut state, 1, response(409, ""));
        assert!(matches!(state.request.delivery, Delivery::Refused { outcome: Outcome::IdTaken, .. }));
        state
    }

    #[test]
    fn a_request_whose_id_is_taken_is_sent_under_another() {
        let mut state = id_taken();
        let effects = play(&mut state, RequestAction::Send);
        assert!(asks!(effects, Effect::RenewRequest));
        assert_eq!(sent(&effects), [("second", 1)]);
        let review = state.request.review.as_ref().unwrap();
        let request: serde_json::Value = serde_json::from_str(&review.contents.request).unwrap();
        assert_eq!((review.id(), &request["id"], review.contents.pictures.len()), ("second", &"second".into(), 1));
    }

    #[test]
    fn two_presses_under_a_taken_id_send_once() {
        let mut state = id_taken();
        let mut effects = after(&mut state, RequestAction::Send);
        effects.extend(after(&mut state, RequestAction::Send));
        effects.extend(after(&mut state, RequestAction::Renewed(stamp("second"))));
        effects.extend(after(&mut state, RequestAction::Renewed(stamp("third"))));
        assert_eq!(sent(&effects), [("second", 1)]);
    }

    #[test]
    fn a_new_id_for_a_request_that_is_gone_sends_nothing() {
        let mut state = id_taken();
        after(&mut state, RequestAction::Send);
        after(&mut state, RequestAction::LeaveReview);
        assert!(after(&mut state, RequestAction::Renewed(stamp("second"))).is_empty());
        assert_eq!(state.request.delivery, Delivery::Idle);
    }

    #[test]
    fn what_the_server_says_of_a_field_leads_to_it() {
        let mut state = reviewed();
        after(&mut state, RequestAction::Send);
        let said = r#"{ "errors": { "phone": "We call landlines only.", "email": "No such host." } }"#;
        let effects = answered_with(&mut state, 1, response(422, said));
        let focus = effects.iter().filter_map(|effect| match effect {
            Effect::Focus(selector) => Some(selector.as_str()),
            _ => None,
        });
        assert_eq!(focus.collect::<Vec<_>>().last(), Some(&"#field-email"), "{effects:?}");
        assert!(asks!(effects, Effect::Announce(DeliveryNews::Failed("refused"), _)));
        assert!(state.request.review.is_none() && state.request.form.name == "Ada", "the form is shown as it was");
        assert_eq!(state.request.server_error(FormField::Email), Some("No such host."));
        after(&mut state, RequestAction::SetField(FormField::Email, "ada@example.com".to_owned()));
        assert_eq!(state.request.server_error(FormField::Email), None, "it was changed");
        assert!(state.request.server_error(FormField::Phone).is_some());
    }

    #[test]
    fn a_request_that_is_too_large_is_made_smaller_once() {
        let mut state = reviewed();
        after(&mut state, RequestAction::Send);
        let effects = answered_with(&mut state, 1, response(413, ""));
        let [Effect::ShrinkRequest { id, pictures, max_bytes }] = &effects[..] else { panic!("{effects:?}") };
        assert_eq!((id.as_str(), pictures.len(), *max_bytes), ("first", 1, 2));
        let one = Pictures { side: Side::Front, before: [1].into(), after: [2].into() };
        let smaller = RequestAction::Shrunk("first".to_owned(), Some(vec![one.clone()]));
        let effects = after(&mut state, smaller.clone());
        assert_eq!(sent(&effects), [("first", 2)], "the same id, as nothing arrived");
        assert_eq!(state.request.review.as_ref().map(|review| review.contents.pictures.clone()), Some(vec![one]));
        assert!(after(&mut state, smaller).is_empty(), "it is under way");
        let effects = answered_with(&mut state, 2, response(413, ""));
        assert!(!asks!(effects, Effect::ShrinkRequest { .. }));
        assert_eq!(state.request.delivery, Delivery::Refused { id: "first".to_owned(), outcome: Outcome::TooLarge });
    }

    #[test]
    fn without_a_network_nothing_goes_before_the_visitor_says_so() {
        let mut state = reviewed();
        after(&mut state, RequestAction::Send);
        let effects = answered_with(&mut state, 1, Err(TransportError::Offline));
        assert!(asks!(effects, Effect::Announce(DeliveryNews::Failed("offline"), _)), "{effects:?}");
        assert!(!asks!(effects, Effect::StartTimer(..)));
        assert!(after(&mut state, RequestAction::CameOnline).is_empty(), "nothing is sent in the background");
        assert_eq!(state.request.delivery, Delivery::Offline { id: "first".to_owned(), is_back: true });
        assert!(!state.request.is_out, "nothing left the device");
        assert_eq!(sent(&after(&mut state, RequestAction::Send)), [("first", 1)]);
    }

    #[test]
    fn what_is_sent_faster_than_a_person_can_goes_a_moment_later() {
        let mut state = reviewed();
        state.request.is_early = true;
        assert!(after(&mut state, RequestAction::Send).is_empty());
        assert_eq!(state.request.delivery, Delivery::Held { id: "first".to_owned() });
        let effects = after(&mut state, Action::Elapsed(Timer::FillIn));
        assert_eq!(sent(&effects), [("first", 1)]);
        assert!(asks!(effects, Effect::Announce(DeliveryNews::Sending, _)));
    }

    #[test]
    fn progress_of_another_request_is_none_of_this_one() {
        let mut state = reviewed();
        after(&mut state, RequestAction::Send);
        after(&mut state, RequestAction::Progressed("other".to_owned(), 80));
        after(&mut state, RequestAction::Progressed("first".to_owned(), 40));
        assert_eq!(state.request.delivery, Delivery::Sending { id: "first".to_owned(), attempt: 1, percent: 40 });
    }
}
