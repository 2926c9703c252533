//! The consultation request: form, review, sending.

use super::draft;
use super::navigation::focus_panel;
use crate::app::state::action::RequestAction;
use crate::app::state::effect::{Effect, SavedFile, SideRender, Timer};
use crate::app::state::figures::review_lines;
use crate::app::state::pictures::{caption, plan};
use crate::app::state::root::State;
use crate::app::state::slices::photos::{OpenPhoto, Orientation};
use crate::app::state::slices::request::{RequestStamp, Review};
use crate::app::state::slices::session::{Busy, NoticeKind};
use crate::engine::calibration::Side;
use crate::engine::consult::{
    ConsentRecord, Delivery, FormField, Outcome, Pictures, RequestHead, payload, standalone_file,
};
use crate::engine::design::{Design, View, file};
use crate::engine::dots::Field;
use crate::engine::export::{Format, SENT_SIDE, scaled_to_side};
use crate::engine::ports::{Response, TransportError};
use std::rc::Rc;

pub(super) fn reduce(state: &mut State, action: RequestAction) {
    match action {
        RequestAction::SetField(field, text) => set_field(state, field, text),
        RequestAction::SetConsent(field, is_ticked) => set_consent(state, field, is_ticked),
        RequestAction::Review => review(state),
        RequestAction::Rendered(of, pictures, stamp) => rendered(state, of, pictures, &stamp),
        RequestAction::LeaveReview => {
            state.request.changed();
            focus_panel(state);
        }
        RequestAction::Send => send(state),
        RequestAction::Renewed(stamp) => renewed(state, &stamp),
        RequestAction::Answered(id, attempt, outcome) => answered(state, id, attempt, &outcome),
        RequestAction::Cancel => cancel(state),
        RequestAction::SaveFile => save_file(state),
    }
}

fn set_field(state: &mut State, field: FormField, text: String) {
    let form = &mut state.request.form;
    match field {
        FormField::Name => form.name = text,
        FormField::Email => form.email = text,
        FormField::Phone => form.phone = text,
        FormField::Message => form.message = text,
        FormField::ToClinic | FormField::Adult => {}
    }
    state.request.changed();
}

fn set_consent(state: &mut State, field: FormField, is_ticked: bool) {
    let consents = &mut state.request.form.consents;
    match field {
        FormField::ToClinic => consents.to_clinic = is_ticked,
        FormField::Adult => consents.adult = is_ticked,
        _ => {}
    }
    state.request.changed();
}

/// Makes what will be sent, or says what keeps it from being made.
fn review(state: &mut State) {
    if state.session.busy == Some(Busy::Making) {
        return;
    }
    state.request.checked = true;
    if let Some((field, _)) = state.request.form.errors().first() {
        return state.effect(Effect::Focus(format!("#{}", field.element_id())));
    }
    let texts = state.texts();
    if !state.editor.has_photos() {
        return state.session.notify(NoticeKind::Fault, texts.save_no_photo);
    }
    if !state.session.capabilities.reads_back {
        return state.session.notify(NoticeKind::Fault, texts.save_noisy);
    }
    let design = Rc::new(state.editor.document.design().clone());
    let sides = design.views.each().filter_map(|(side, view)| side_render(state, side, view)).collect();
    let field = state.preview.field.as_ref().map(Field::afresh);
    let parameters = state.parameters().clone();
    state.session.busy = Some(Busy::Making);
    state.effect(Effect::RenderRequest { design, sides, field, parameters });
}

/// What it takes to render a side; `None` for one whose photo is not at hand.
fn side_render(state: &State, side: Side, view: &View) -> Option<SideRender> {
    let photo = view.photo.as_ref()?;
    let size = scaled_to_side(photo.width, photo.height, SENT_SIDE);
    let plans = [false, true].map(|dotted| plan(state, side, vec![caption(state, dotted)], size, Format::Jpeg));
    let is_open = state.photos.open.as_ref().map(OpenPhoto::reference).as_ref() == Some(photo);
    let source = state.photos.store.source(&photo.digest)?;
    Some(SideRender { side, source, orientation: Orientation::from(photo), is_open, plans })
}

fn rendered(state: &mut State, of: Rc<Design>, pictures: Option<Vec<Pictures>>, stamp: &RequestStamp) {
    // Everything was deleted meanwhile.
    if !state.request.checked {
        return;
    }
    state.session.busy = None;
    let has_changed = *of != *state.editor.document.design();
    if has_changed || !state.request.form.errors().is_empty() {
        return review(state);
    }
    let made = pictures.and_then(|pictures| reviewed(state, of, pictures, stamp));
    if made.is_none() {
        let text = state.texts().save_failed;
        state.session.notify(NoticeKind::Fault, text);
    }
    state.request.review = made.map(Rc::new);
    focus_panel(state);
}

fn reviewed(state: &State, of: Rc<Design>, pictures: Vec<Pictures>, stamp: &RequestStamp) -> Option<Review> {
    let consents = consents(state, &stamp.made_at);
    let head = RequestHead {
        id: &stamp.id,
        clinic: &state.session.config.contact.name,
        made_at: &stamp.made_at,
        language: state.session.language.tag,
        form: &state.request.form,
        consents: &consents,
        figures: state.preview.figures.as_ref()?,
        look: &of.look,
        notice: state.texts().simulation,
    };
    let request = head.json().ok()?;
    let design = file::write(&of.chosen_alone()).ok()?;
    Some(Review { pictures, request, design, id: stamp.id.clone(), lines: review_lines(state), of })
}

fn consents(state: &State, now: &str) -> Vec<ConsentRecord> {
    let record = |key, text: String| ConsentRecord {
        key,
        text,
        version: state.session.config.consent_version.clone(),
        given_at: now.to_owned(),
    };
    let texts = state.texts();
    vec![record("send", state.session.consent_text()), record("adult", texts.consent_adult.to_owned())]
}

/// The only place from which anything leaves the device.
fn dispatch(state: &mut State, attempt: u32) {
    let Some((review, endpoint)) = state.request.review.clone().zip(state.session.config.endpoint.as_ref()) else {
        return;
    };
    let payload = payload(endpoint, &review.request, &review.design, &review.pictures);
    state.request.delivery = Delivery::Sending { id: review.id.clone(), attempt };
    state.effect(Effect::Send { id: review.id.clone(), attempt, payload });
}

fn send(state: &mut State) {
    match &state.request.delivery {
        delivery if delivery.is_busy() => {}
        Delivery::Refused { outcome: Outcome::IdTaken, .. } => state.effect(Effect::RenewRequest),
        _ => dispatch(state, 1),
    }
}

/// The same request under another id, sent at once: the visitor pressed Send for it.
fn renewed(state: &mut State, stamp: &RequestStamp) {
    // A second press of Send may have asked for another id: the first one sends.
    let is_waited_for = matches!(state.request.delivery, Delivery::Refused { outcome: Outcome::IdTaken, .. });
    let Some(review) = state.request.review.clone().filter(|_| is_waited_for) else { return };
    state.request.review = reviewed(state, review.of.clone(), review.pictures.clone(), stamp).map(Rc::new);
    dispatch(state, 1);
}

fn answered(state: &mut State, id: String, attempt: u32, outcome: &Result<Response, TransportError>) {
    if !matches!(&state.request.delivery, Delivery::Sending { id: sent, .. } if *sent == id) {
        return;
    }
    let next = Delivery::after(id, attempt, outcome);
    match &next {
        Delivery::Waiting { wait_ms, .. } => state.effect(Effect::StartTimer(Timer::Retry, *wait_ms)),
        Delivery::Confirmed { id } => {
            state.effect(Effect::AnnounceSent(id.clone()));
            state.request.form = Default::default();
            state.request.checked = false;
            state.session.notice = None;
            // The draft and the photo are not needed any more: the clinic has them.
            state.editor.document.mark_saved();
            state.effect(Effect::StopTimer(Timer::KeepDraft));
            draft::forget(state);
        }
        _ => {}
    }
    let is_over = !next.is_busy();
    state.request.delivery = next;
    // A try that is repeated is announced where it is shown; only the end of it draws the visitor there.
    if is_over {
        state.effect(Effect::Focus("#delivery".to_owned()));
    }
}

/// The time until the next try is over.
pub(super) fn retry(state: &mut State) {
    if let Delivery::Waiting { attempt, .. } = state.request.delivery {
        dispatch(state, attempt + 1);
    }
}

fn cancel(state: &mut State) {
    state.effect(Effect::StopTimer(Timer::Retry));
    state.effect(Effect::CancelSend);
    if let Delivery::Sending { id, .. } | Delivery::Waiting { id, .. } = state.request.delivery.clone() {
        state.request.delivery = Delivery::Unconfirmed { id, cancelled: true };
    }
}

/// The request as one file, for a clinic without an address or a visitor without a network.
fn save_file(state: &mut State) {
    let Some(review) = &state.request.review else { return };
    let Review { lines, request, design, pictures, .. } = &**review;
    let bytes = standalone_file(state.texts().title, lines, request, design, pictures).into_bytes();
    let (file, name) = (SavedFile::Request, "hairline-request.html".to_owned());
    state.effect(Effect::SaveFile { file, name, mime: "text/html", bytes });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{
        after, asks, check_told, play, rendered as pictures, reviewed, stamp, started, told, with_fill, with_form,
    };
    use crate::app::state::slices::step::Step;
    use crate::app::state::{Action, PhotoAction, SaveAction, SessionAction, ToolAction};
    use crate::engine::consult::RETRY_AFTER_MS;
    use crate::engine::design::Appearance;

    fn answer(status: u16, body: &str) -> Result<Response, TransportError> {
        Ok(Response { status, retry_after_s: None, body: body.to_owned() })
    }

    fn answered_with(state: &mut State, attempt: u32, outcome: Result<Response, TransportError>) -> Vec<Effect> {
        let id = state.request.delivery.id().unwrap_or_default().to_owned();
        after(state, RequestAction::Answered(id, attempt, outcome))
    }

    /// The ids and tries of what is sent.
    fn sent(effects: &[Effect]) -> Vec<(&str, u32)> {
        let sent = |effect| match effect {
            &Effect::Send { ref id, attempt, .. } => Some((id.as_str(), attempt)),
            _ => None,
        };
        effects.iter().filter_map(sent).collect()
    }

    #[test]
    fn what_is_typed_and_ticked_is_in_the_form_and_drops_the_review() {
        for field in [FormField::Name, FormField::Email, FormField::Phone, FormField::Message] {
            let mut state = reviewed();
            state.request.delivery = Delivery::Unconfirmed { id: "first".to_owned(), cancelled: false };
            assert!(after(&mut state, RequestAction::SetField(field, "typed".to_owned())).is_empty());
            let form = &state.request.form;
            let typed =
                [&form.name, &form.email, &form.phone, &form.message].into_iter().filter(|text| *text == "typed");
            assert_eq!(typed.count(), 1, "{field:?}");
            assert_eq!((state.request.review.is_none(), &state.request.delivery), (true, &Delivery::Idle), "{field:?}");
        }
        for field in [FormField::ToClinic, FormField::Adult] {
            let mut state = reviewed();
            after(&mut state, RequestAction::SetField(field, "typed".to_owned()));
            assert!(state.request.form.consents.to_clinic && state.request.form.consents.adult, "a text is no consent");
            after(&mut state, RequestAction::SetConsent(field, false));
            let consents = state.request.form.consents;
            assert_eq!((consents.to_clinic, consents.adult), (field == FormField::Adult, field == FormField::ToClinic));
            assert_eq!(state.request.review, None);
        }
    }

    #[test]
    fn a_form_with_a_fault_is_led_to_it() {
        let mut state = with_form();
        after(&mut state, RequestAction::SetField(FormField::Email, "ada".to_owned()));
        let effects = after(&mut state, RequestAction::Review);
        assert!(matches!(&effects[..], [Effect::Focus(selector)] if selector == "#field-email"), "{effects:?}");
        assert!(state.request.checked && state.session.busy.is_none());
    }

    #[test]
    fn nothing_is_rendered_without_a_photo_or_without_true_pixels() {
        let filled = with_form().request.form;
        let mut state = started();
        state.request.form = filled;
        assert!(after(&mut state, RequestAction::Review).is_empty());
        check_told(&state, NoticeKind::Fault, state.texts().save_no_photo);
        let mut state = with_form();
        state.session.capabilities.reads_back = false;
        assert!(after(&mut state, RequestAction::Review).is_empty());
        check_told(&state, NoticeKind::Fault, state.texts().save_noisy);
        assert_eq!(state.session.busy, None);
    }

    #[test]
    fn a_review_renders_both_pictures_of_each_side() {
        let mut state = with_form();
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        play(&mut state, PhotoAction::SamplePicked(crate::engine::catalog::SampleTone::default()));
        let effects = after(&mut state, RequestAction::Review);
        assert_eq!(state.session.busy, Some(Busy::Making));
        let [Effect::RenderRequest { design, sides, field, .. }] = &effects[..] else { panic!("{effects:?}") };
        assert_eq!(**design, *state.editor.document.design());
        let told: Vec<_> = sides.iter().map(|side| (side.side, side.is_open)).collect();
        assert_eq!(told, [(Side::Front, false), (Side::Top, true)]);
        assert!(field.is_some());
        for side in sides {
            let dotted: Vec<bool> =
                side.plans.iter().flat_map(|plan| &plan.pictures).map(|(_, dotted)| *dotted).collect();
            assert_eq!(dotted, [false, true], "{:?}", side.side);
            let longer = side.plans.iter().map(|plan| plan.size.0.max(plan.size.1)).max();
            assert!(longer.is_some_and(|longer| longer <= SENT_SIDE), "{longer:?}");
        }
    }

    #[test]
    fn two_presses_of_review_render_once() {
        let mut state = with_form();
        after(&mut state, RequestAction::Review);
        assert!(after(&mut state, RequestAction::Review).is_empty());
        assert_eq!(state.session.busy, Some(Busy::Making));
    }

    #[test]
    fn a_review_shows_what_will_go_and_takes_the_focus() {
        let mut state = with_form();
        let effects = play(&mut state, RequestAction::Review);
        assert!(asks!(effects, Effect::Focus(selector) if selector == "#panel-title"));
        let review = state.request.review.clone().unwrap();
        assert_eq!((review.id.as_str(), review.pictures.len(), state.session.busy), ("first", 1, None));
        let values: Vec<&str> = review.lines.iter().map(|(_, value)| value.as_str()).collect();
        assert!(
            values.contains(&"Clinic") && values.contains(&"Ada") && values.contains(&"ada@example.org"),
            "{values:?}"
        );
        assert!(!values.contains(&""), "what is not filled in is not listed");
        let request: serde_json::Value = serde_json::from_str(&review.request).unwrap();
        let text = review.request.as_str();
        assert_eq!(request["id"], "first");
        assert!(text.contains("2026-01-02T03:04:05Z") && text.contains(&state.session.consent_text()), "{text}");
        assert_eq!(file::read(review.design.as_bytes()).unwrap().views, review.of.views);
    }

    #[test]
    fn pictures_that_cannot_be_made_are_told() {
        let mut state = with_form();
        after(&mut state, RequestAction::Review);
        let of = Rc::new(state.editor.document.design().clone());
        after(&mut state, RequestAction::Rendered(of, None, stamp("first")));
        check_told(&state, NoticeKind::Fault, state.texts().save_failed);
        assert_eq!((state.request.review.is_none(), state.session.busy), (true, None));
    }

    #[test]
    fn a_design_that_changed_while_its_pictures_were_made_is_rendered_again() {
        let mut state = with_form();
        let effects = after(&mut state, RequestAction::Review);
        let Some(Effect::RenderRequest { design, sides, .. }) = effects.first() else { panic!("{effects:?}") };
        assert!(after(&mut state, ToolAction::Undo).is_empty(), "what is rendered is not undone");
        let look = Appearance { softness: 0.1, ..design.look.clone() };
        play(&mut state, crate::app::state::LookAction::Choose(look.clone()));
        let effects = after(&mut state, RequestAction::Rendered(design.clone(), Some(pictures(sides)), stamp("first")));
        assert!(asks!(effects, Effect::RenderRequest { design, .. } if design.look == look), "{effects:?}");
        assert!(state.request.review.is_none() && state.session.busy == Some(Busy::Making));
    }

    #[test]
    fn a_consent_that_is_taken_back_while_the_pictures_are_made_is_asked_for() {
        let mut state = with_form();
        let effects = after(&mut state, RequestAction::Review);
        let Some(Effect::RenderRequest { design, sides, .. }) = effects.first() else { panic!("{effects:?}") };
        after(&mut state, RequestAction::SetConsent(FormField::ToClinic, false));
        let effects = after(&mut state, RequestAction::Rendered(design.clone(), Some(pictures(sides)), stamp("first")));
        assert!(matches!(&effects[..], [Effect::Focus(selector)] if selector == "#field-to-clinic"), "{effects:?}");
        assert_eq!((state.request.review.is_none(), state.session.busy), (true, None));
    }

    #[test]
    fn a_review_of_another_design_is_dropped_unless_it_is_on_its_way() {
        for (delivery, stays) in [
            (Delivery::Idle, false),
            (Delivery::Unconfirmed { id: "first".to_owned(), cancelled: false }, false),
            (Delivery::Sending { id: "first".to_owned(), attempt: 1 }, true),
            (Delivery::Waiting { id: "first".to_owned(), attempt: 1, wait_ms: 1 }, true),
        ] {
            let mut state = reviewed();
            state.request.delivery = delivery.clone();
            play(&mut state, ToolAction::Undo);
            assert_eq!(state.request.review.is_some(), stays, "{delivery:?}");
        }
    }

    #[test]
    fn leaving_the_review_goes_back_to_the_form() {
        let mut state = reviewed();
        let effects = after(&mut state, RequestAction::LeaveReview);
        assert!(asks!(effects, Effect::Focus(selector) if selector == "#panel-title"));
        assert_eq!((state.request.review.is_none(), state.request.form.name.as_str()), (true, "Ada"));
    }

    #[test]
    fn one_press_sends_once_and_a_second_not_again() {
        let mut state = reviewed();
        let effects = after(&mut state, RequestAction::Send);
        assert_eq!(sent(&effects), [("first", 1)]);
        let Some(Effect::Send { payload, .. }) = effects.first() else { panic!("{effects:?}") };
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
        state.request.review =
            state.request.review.clone().map(|review| {
                Rc::new(Review { of: Rc::new(state.editor.document.design().clone()), ..(*review).clone() })
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
        assert!(matches!(&effects[..], [Effect::Focus(selector)] if selector == "#delivery"), "{effects:?}");
        assert_eq!(state.request.delivery, Delivery::Unconfirmed { id: "first".to_owned(), cancelled: false });
        assert_eq!(sent(&after(&mut state, RequestAction::Send)), [("first", 1)], "the clinic gets one request");
    }

    #[test]
    fn a_confirmed_request_is_announced_and_the_draft_forgotten() {
        let mut state = reviewed();
        state.session.notify(NoticeKind::Info, "before");
        after(&mut state, RequestAction::Send);
        let effects = answered_with(&mut state, 1, answer(201, r#"{ "id": "first" }"#));
        assert!(asks!(effects, Effect::AnnounceSent(id) if id == "first"));
        assert!(asks!(effects, Effect::StopTimer(Timer::KeepDraft)) && asks!(effects, Effect::ForgetDraft));
        assert!(asks!(effects, Effect::Focus(selector) if selector == "#delivery"));
        assert!(!asks!(effects, Effect::StartTimer(..)), "{effects:?}");
        assert_eq!(state.request.delivery, Delivery::Confirmed { id: "first".to_owned() });
        assert!(state.request.form.is_untouched() && !state.request.checked && told(&state).is_none());
        assert!(!state.has_unsaved_work() && state.editor.has_fill(), "what is drawn stays on the page");
    }

    #[test]
    fn a_refusal_is_shown_and_keeps_everything() {
        for (status, outcome) in [(400, Outcome::BadFields), (404, Outcome::Misconfigured), (413, Outcome::TooLarge)] {
            let mut state = reviewed();
            after(&mut state, RequestAction::Send);
            let effects = answered_with(&mut state, 1, answer(status, ""));
            assert!(matches!(&effects[..], [Effect::Focus(_)]), "{effects:?}");
            assert_eq!(state.request.delivery, Delivery::Refused { id: "first".to_owned(), outcome });
            assert!(state.request.review.is_some() && state.request.form.name == "Ada");
        }
    }

    #[test]
    fn an_answer_that_nobody_waits_for_changes_nothing() {
        let mut state = reviewed();
        let late = || RequestAction::Answered("first".to_owned(), 1, answer(201, r#"{ "id": "first" }"#));
        assert!(after(&mut state, late()).is_empty());
        assert_eq!(state.request.delivery, Delivery::Idle);
        after(&mut state, RequestAction::Send);
        let other = RequestAction::Answered("other".to_owned(), 1, answer(201, r#"{ "id": "other" }"#));
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
            assert!(matches!(&effects[..], [Effect::StopTimer(Timer::Retry), Effect::CancelSend]), "{effects:?}");
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
        answered_with(&mut state, 1, answer(409, ""));
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
        let request: serde_json::Value = serde_json::from_str(&review.request).unwrap();
        assert_eq!((review.id.as_str(), &request["id"], review.pictures.len()), ("second", &"second".into(), 1));
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
    fn a_request_can_be_saved_as_one_file() {
        let mut state = reviewed();
        let effects = after(&mut state, RequestAction::SaveFile);
        let [Effect::SaveFile { file, name, mime, bytes }] = &effects[..] else { panic!("{effects:?}") };
        assert_eq!((*file, name.as_str(), *mime), (SavedFile::Request, "hairline-request.html", "text/html"));
        assert!(String::from_utf8_lossy(bytes).contains("ada@example.org"));
        assert!(state.has_unsaved_work(), "it is not saved yet");
        after(&mut state, SaveAction::FileSaved(SavedFile::Request, name.clone(), true));
        assert!(!state.has_unsaved_work());
        assert!(after(&mut with_form(), RequestAction::SaveFile).is_empty(), "nothing was reviewed");
    }

    #[test]
    fn a_variant_is_named_in_the_review() {
        let mut state = with_form();
        play(&mut state, crate::app::state::VariantAction::Copy);
        play(&mut state, crate::app::state::VariantAction::Name("Higher".to_owned()));
        play(&mut state, SessionAction::Go(Step::Save));
        play(&mut state, RequestAction::Review);
        let review = state.request.review.clone().unwrap();
        assert!(review.lines.iter().any(|(_, value)| value.contains("Higher")), "{:?}", review.lines);
        assert_eq!(file::read(review.design.as_bytes()).unwrap().variants(), 1, "the others stay with the visitor");
    }
}
