//! The consultation request: form, review, sending.

use super::draft;
use super::navigation::focus_panel;
use crate::app::state::action::RequestAction;
use crate::app::state::effect::{DeliveryNews, Effect, SavedFile, SideRender, Timer};
use crate::app::state::figures::{photo_records, review_lines};
use crate::app::state::pictures::{caption, plan};
use crate::app::state::root::State;
use crate::app::state::slices::photos::{OpenPhoto, Orientation};
use crate::app::state::slices::request::{RequestStamp, Review, ReviewPart};
use crate::app::state::slices::session::{Busy, NoticeKind};
use crate::engine::calibration::Side;
use crate::engine::consult::{
    ConsentRecord, Contents, Delivery, DeliveryEvent, DetailChoice, FormField, Outcome, Pictures, REQUEST_FILE,
    RequestHead, field_answers, may_have_arrived, picture_budget, picture_bytes, standalone_file,
};
use crate::engine::design::{Design, View, file};
use crate::engine::dots::Field;
use crate::engine::export::{Format, scaled_to_side, sent_side};
use crate::engine::ports::{KeptRequest, Response, TransportError};
use serde_json::Value;
use std::rc::Rc;

/// No person fills in the form in less, not even with a browser that knows name and address: what is sent earlier goes then.
const FILL_IN_MS: u32 = 2_000;
/// How long a request that nobody confirmed is kept on the device.
const MAX_KEPT_MS: f64 = 86_400_000.0;
/// How much of its bytes a request that is too large for a server keeps.
const SHRUNK_SHARE: f64 = 0.4;

pub(super) fn reduce(state: &mut State, action: RequestAction) {
    match action {
        RequestAction::SetField(field, text) => set_field(state, field, text),
        RequestAction::SetConsent(field, is_ticked) => set_consent(state, field, is_ticked),
        RequestAction::ChooseDetail(choice) => choose_detail(state, choice),
        RequestAction::LeaveOut(part, is_left_out) => leave_out(state, part, is_left_out),
        RequestAction::Review => review(state),
        RequestAction::Rendered(of, pictures, stamp) => rendered(state, of, pictures, &stamp),
        RequestAction::LeaveReview => leave_review(state),
        RequestAction::Send => send(state),
        RequestAction::Renewed(stamp) => renewed(state, &stamp),
        RequestAction::Progressed(id, percent) => {
            if state.request.delivery.id() == Some(&*id) {
                follow(state, DeliveryEvent::Progressed(percent));
            }
        }
        RequestAction::Answered(id, attempt, outcome) => answered(state, &id, attempt, &outcome),
        RequestAction::Shrunk(id, pictures) => shrunk(state, &id, pictures),
        RequestAction::CameOnline => follow(state, DeliveryEvent::CameOnline),
        RequestAction::Cancel => cancel(state),
        RequestAction::SaveFile => {
            if let Some((name, bytes)) = standalone(state) {
                state.effect(Effect::SaveFile { file: SavedFile::Request, name, mime: REQUEST_FILE.0, bytes });
            }
        }
        RequestAction::ShareFile => {
            if let Some((name, bytes)) = standalone(state) {
                state.effect(Effect::ShareFile { file: SavedFile::Request, name, mime: REQUEST_FILE.0, bytes });
            }
        }
        RequestAction::KeptFound(kept, now_ms) => kept_found(state, kept, now_ms),
        RequestAction::ShowEarlier => show_earlier(state),
        RequestAction::ForgetEarlier => {
            state.request.earlier = None;
            state.effect(Effect::KeepRequest(None));
        }
    }
}

/// A field was changed: what was said of it holds no more.
fn edited(state: &mut State, field: FormField) {
    state.request.server_errors.retain(|(of, _)| *of != field);
    if !state.request.is_begun {
        state.request.is_begun = true;
        state.request.is_early = true;
        state.effect(Effect::StartTimer(Timer::FillIn, FILL_IN_MS));
    }
    state.request.changed();
}

fn set_field(state: &mut State, field: FormField, text: String) {
    if let Some(typed) = state.request.form.text_mut(field) {
        *typed = text;
    }
    edited(state, field);
}

fn set_consent(state: &mut State, field: FormField, is_ticked: bool) {
    let consents = &mut state.request.form.consents;
    match field {
        FormField::ToClinic => consents.to_clinic = is_ticked,
        FormField::Adult => consents.adult = is_ticked,
        FormField::Marketing => consents.marketing = is_ticked,
        _ => {}
    }
    edited(state, field);
}

/// What is chosen of a table has no field of its own that a fault could be shown at.
fn choose_detail(state: &mut State, choice: DetailChoice) {
    state.request.form.details.choose(choice);
    state.request.changed();
}

/// A program that fills in everything fills in what no person sees. Nobody is locked out: what was filled in is taken away.
fn is_trapped(state: &mut State) -> bool {
    let trap = std::mem::take(&mut state.request.form.trap);
    if !trap.is_empty() {
        let text = state.texts().fault_trap;
        state.session.notify(NoticeKind::Fault, text);
    }
    !trap.is_empty()
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
    if is_trapped(state) {
        return;
    }
    let design = Rc::new(state.editor.document.design().clone());
    let sent_side = sent_side(design.views.each().count());
    let mut sides: Vec<SideRender> =
        design.views.each().filter_map(|(side, view)| side_render(state, (side, view), sent_side)).collect();
    // Noise is worse than no picture. The words and the design go all the same.
    if !state.session.capabilities.reads_back && !sides.is_empty() {
        sides.clear();
        let text = state.texts().review_noisy;
        state.session.notify(NoticeKind::Info, text);
    }
    let field = state.preview.field.as_ref().map(Field::afresh);
    let parameters = state.parameters().clone();
    let design_bytes = file::write(&design.chosen_alone()).map_or(0, |design| design.len());
    state.session.busy = Some(Busy::Making);
    let max_bytes = picture_budget(design_bytes);
    state.effect(Effect::RenderRequest { design, sides, field, parameters, max_bytes });
}

/// What it takes to render a side; `None` for one whose photo is not at hand.
fn side_render(state: &State, (side, view): (Side, &View), sent_side: u32) -> Option<SideRender> {
    let photo = view.photo.as_ref()?;
    let size = scaled_to_side(photo.width, photo.height, sent_side);
    // Before is the photo alone, so that the design can be laid on it again: it fits the photo's own proportions.
    let parts = [(None, false), caption(state, true)];
    let plans = parts.map(|part| plan(state, side, vec![part], size, Format::Jpeg));
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
    let made = pictures.and_then(|pictures| {
        // What is as it was when it was sent first is the same request: it goes under the same id, so that the clinic gets it once.
        let same = state.request.earlier.clone().and_then(|earlier| {
            let again = reviewed(state, of.clone(), pictures.clone(), &earlier.stamp)?;
            (again.contents == earlier.contents).then_some(again)
        });
        state.request.is_out = same.is_some();
        same.or_else(|| reviewed(state, of, pictures, stamp))
    });
    if made.is_none() {
        let text = state.texts().save_failed;
        state.session.notify(NoticeKind::Fault, text);
    }
    if let Some(same) = made.as_ref().filter(|_| state.request.is_out) {
        state.request.delivery = Delivery::Unconfirmed { id: same.stamp.id.clone(), cancelled: false };
        state.request.earlier = None;
    }
    state.request.review = made.map(Rc::new);
    focus_panel(state);
}

fn reviewed(state: &State, of: Rc<Design>, made: Vec<Pictures>, stamp: &RequestStamp) -> Option<Review> {
    let left_out = &state.request.left_out;
    let consents = consents(state, &stamp.made_at);
    // Without a photo there are neither figures nor a design.
    let figures = state.preview.figures.as_ref();
    let design = figures.filter(|_| !left_out.contains(&ReviewPart::Design));
    let photos = if left_out.contains(&ReviewPart::PhotoNotes) { Vec::new() } else { photo_records(state) };
    let config = &state.session.config;
    let head = RequestHead {
        id: &stamp.id,
        clinic: &config.contact.name,
        configuration: &config.version,
        made_at: &stamp.made_at,
        language: state.session.language.tag,
        form: &state.request.form,
        consents: &consents,
        design: design.map(|figures| (&**figures, &of.look)),
        photos: &photos,
        lines: &[],
        notice: state.texts().simulation,
    };
    let lines = review_lines(state, &head);
    let request = RequestHead { lines: &lines, ..head }.json().ok()?;
    let design = design.map(|_| file::write(&of.chosen_alone())).transpose().ok()?;
    let goes = |pictures: &&Pictures| !left_out.contains(&ReviewPart::Pictures(pictures.side));
    let pictures = made.iter().filter(goes).cloned().collect();
    let contents = Contents { request, design, pictures };
    Some(Review { contents, made, stamp: stamp.clone(), lines, of: Some(of), is_shrunk: false })
}

fn consents(state: &State, now: &str) -> Vec<ConsentRecord> {
    let texts = state.texts();
    let form = &state.session.config.form;
    let asked = [
        ("send", FormField::ToClinic, state.session.consent_text()),
        ("adult", FormField::Adult, texts.consent_adult.to_owned()),
        ("marketing", FormField::Marketing, form.marketing.clone()),
    ];
    let given = asked.into_iter().filter(|(_, field, text)| state.request.form.agrees(*field) && !text.is_empty());
    let record = |(key, _, text)| ConsentRecord {
        key,
        text,
        version: state.session.config.consent_version.clone(),
        given_at: now.to_owned(),
    };
    given.map(record).collect()
}

/// Leaves a part out of what will be sent, or takes it in again. What was sent before stays as it was sent.
fn leave_out(state: &mut State, part: ReviewPart, is_left_out: bool) {
    let Some(review) = state.request.review.clone().filter(|_| state.request.delivery == Delivery::Idle) else {
        return;
    };
    let left_out = &mut state.request.left_out;
    left_out.retain(|other| *other != part);
    if is_left_out {
        left_out.push(part);
    }
    if let Some(of) = review.of.clone() {
        state.request.review = reviewed(state, of, review.made.clone(), &review.stamp).map(Rc::new);
    }
}

fn leave_review(state: &mut State) {
    state.request.changed();
    focus_panel(state);
}

/// Goes on to what follows from an event, and asks for what that state needs.
fn follow(state: &mut State, event: DeliveryEvent) {
    let next = state.request.delivery.after(event);
    let before = std::mem::replace(&mut state.request.delivery, next.clone());
    if before == next {
        return;
    }
    match &next {
        Delivery::Sending { id, attempt, percent: 0 } => {
            if !before.is_busy() || matches!(before, Delivery::Held { .. }) {
                state.effect(Effect::Announce(DeliveryNews::Sending, id.clone()));
            }
            dispatch(state, *attempt);
        }
        Delivery::Waiting { wait_ms, .. } => state.effect(Effect::StartTimer(Timer::Retry, *wait_ms)),
        Delivery::Shrinking { .. } => shrink(state),
        Delivery::Confirmed { id } => confirmed(state, id),
        _ => {}
    }
    if let Some(reason) = next.failure().filter(|reason| before.failure() != Some(reason)) {
        state.effect(Effect::Announce(DeliveryNews::Failed(reason), next.id().unwrap_or_default().to_owned()));
    }
    // A try that is repeated is announced where it is shown; only the end of it draws the visitor there.
    if before.is_busy() && !next.is_busy() && next != Delivery::Idle {
        state.effect(Effect::Focus("#delivery".to_owned()));
    }
    if matches!(next, Delivery::Refused { .. }) {
        refused(state);
    }
}

/// The only place from which anything leaves the device.
fn dispatch(state: &mut State, attempt: u32) {
    let Some((review, endpoint)) = state.request.review.clone().zip(state.session.config.endpoint.clone()) else {
        return;
    };
    let payload = review.contents.payload(&endpoint);
    if attempt == 1 && !state.request.is_out {
        keep(state, &review);
    }
    state.effect(Effect::Send { id: review.stamp.id.clone(), attempt, payload });
}

/// Keeps what is sent on the device until the clinic has it: when the page is closed meanwhile, the same can go again.
fn keep(state: &mut State, review: &Review) {
    let Some(endpoint) = &state.session.config.endpoint else { return };
    let (names, parts) =
        review.contents.payload(endpoint).parts.into_iter().map(|part| (part.name.to_owned(), part.bytes)).unzip();
    let kept = KeptRequest {
        // The effect knows what time it is.
        kept_at_ms: 0.0,
        endpoint: endpoint.address().to_owned(),
        lines: written_lines(&review.lines),
        names,
        parts,
    };
    state.effect(Effect::KeepRequest(Some(Box::new(kept))));
}

fn send(state: &mut State) {
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

/// The form was begun long enough ago for a person.
pub(super) fn filled_in(state: &mut State) {
    state.request.is_early = false;
    if matches!(state.request.delivery, Delivery::Held { .. }) {
        follow(state, DeliveryEvent::Elapsed);
    }
}

/// The same request under another id, sent at once: the visitor pressed Send for it.
fn renewed(state: &mut State, stamp: &RequestStamp) {
    // A second press of Send may have asked for another id: the first one sends.
    let is_waited_for = matches!(state.request.delivery, Delivery::Refused { outcome: Outcome::IdTaken, .. });
    let Some(review) = state.request.review.clone().filter(|_| is_waited_for) else { return };
    let Some(of) = review.of.clone() else { return leave_review(state) };
    state.request.review = reviewed(state, of, review.made.clone(), stamp).map(Rc::new);
    state.request.is_out = false;
    follow(state, DeliveryEvent::Sent(&stamp.id));
}

fn answered(state: &mut State, id: &str, attempt: u32, answered: &Result<Response, TransportError>) {
    let is_waited_for = matches!(&state.request.delivery, Delivery::Sending { id: sent, attempt: of, .. } if sent == id && *of == attempt);
    if !is_waited_for {
        return;
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
    state.request = crate::app::state::request::RequestState { delivery, ..Default::default() };
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

fn shrunk(state: &mut State, id: &str, pictures: Option<Vec<Pictures>>) {
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
pub(super) fn retry(state: &mut State) {
    if matches!(state.request.delivery, Delivery::Waiting { .. }) {
        follow(state, DeliveryEvent::Elapsed);
    }
}

fn cancel(state: &mut State) {
    state.effect(Effect::StopTimer(Timer::Retry));
    state.effect(Effect::CancelSend);
    state.request.is_out |= matches!(state.request.delivery, Delivery::Sending { .. });
    follow(state, DeliveryEvent::Cancelled);
}

/// A request that was sent before the page was closed, and that nobody confirmed.
fn kept_found(state: &mut State, kept: Option<KeptRequest>, now_ms: f64) {
    let Some(kept) = kept else { return };
    let endpoint = state.session.config.endpoint.as_ref().map(|endpoint| endpoint.address());
    let is_fresh = (0.0..=MAX_KEPT_MS).contains(&(now_ms - kept.kept_at_ms));
    let is_for_this_clinic = endpoint == Some(&*kept.endpoint);
    let review = restored(&kept).filter(|_| is_fresh && is_for_this_clinic);
    let Some(review) = review else { return state.effect(Effect::KeepRequest(None)) };
    state.request.earlier = Some(Rc::new(review));
    let text = state.texts().earlier_found;
    state.session.notify(NoticeKind::Info, text);
}

fn restored(kept: &KeptRequest) -> Option<Review> {
    let contents = Contents::of_parts(&kept.names, &kept.parts)?;
    let (id, made_at) = contents.id_and_time()?;
    Some(Review {
        made: contents.pictures.clone(),
        contents,
        stamp: RequestStamp { id, made_at },
        lines: read_lines(&kept.lines)?,
        of: None,
        is_shrunk: false,
    })
}

fn written_lines(lines: &[(String, String)]) -> String {
    let line = |(name, text): &(String, String)| Value::from(vec![name.clone(), text.clone()]);
    Value::from(lines.iter().map(line).collect::<Vec<_>>()).to_string()
}

fn read_lines(json: &str) -> Option<Vec<(String, String)>> {
    let lines: Value = serde_json::from_str(json).ok()?;
    let text = |line: &Value, at: usize| line.get(at)?.as_str().map(str::to_owned);
    lines.as_array()?.iter().map(|line| Some((text(line, 0)?, text(line, 1)?))).collect()
}

/// Shows the request that nobody confirmed, as it was sent: it can go again.
fn show_earlier(state: &mut State) {
    let Some(earlier) = state.request.earlier.take() else { return };
    state.request.changed();
    state.request.delivery = Delivery::Unconfirmed { id: earlier.stamp.id.clone(), cancelled: false };
    state.request.is_out = true;
    state.request.review = Some(earlier);
    focus_panel(state);
}

/// The request as one file, with its name: for a clinic without an address or a visitor without a network.
fn standalone(state: &State) -> Option<(String, Vec<u8>)> {
    let review = state.request.review.as_ref()?;
    let bytes = standalone_file(state.texts().title, &review.lines, &review.contents).into_bytes();
    Some((REQUEST_FILE.1.to_owned(), bytes))
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
        let fields = [FormField::Name, FormField::Email, FormField::Phone, FormField::Message];
        for field in fields.into_iter().chain([FormField::ReplyWhen, FormField::Scars]) {
            let mut state = reviewed();
            state.request.delivery = Delivery::Unconfirmed { id: "first".to_owned(), cancelled: false };
            assert!(after(&mut state, RequestAction::SetField(field, "typed".to_owned())).is_empty());
            let form = &state.request.form;
            let typed = [&form.name, &form.email, &form.phone, &form.message, &form.reply_when, &form.scars];
            assert_eq!(typed.into_iter().filter(|text| *text == "typed").count(), 1, "{field:?}");
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
    fn words_alone_are_a_request_and_noise_is_no_picture() {
        let filled = with_form().request.form;
        let mut state = started();
        state.request.form = filled;
        let effects = play(&mut state, RequestAction::Review);
        assert!(asks!(effects, Effect::RenderRequest { sides, .. } if sides.is_empty()), "{effects:?}");
        let review = state.request.review.clone().unwrap();
        assert_eq!((review.contents.design.is_none(), review.contents.pictures.len()), (true, 0));
        let request: serde_json::Value = serde_json::from_str(&review.contents.request).unwrap();
        assert_eq!((&request["fields"]["name"], request.get("figures")), (&"Ada".into(), None));

        let mut state = with_form();
        state.session.capabilities.reads_back = false;
        let effects = play(&mut state, RequestAction::Review);
        assert!(asks!(effects, Effect::RenderRequest { sides, .. } if sides.is_empty()), "noise would be sent");
        check_told(&state, NoticeKind::Info, state.texts().review_noisy);
        let review = state.request.review.clone().unwrap();
        assert_eq!((review.contents.design.is_some(), review.contents.pictures.len()), (true, 0));
    }

    #[test]
    fn each_part_can_be_left_out_and_taken_in_again() {
        let parts = |state: &State| {
            let contents = state.request.review.as_ref().unwrap().contents.clone();
            let request: serde_json::Value = serde_json::from_str(&contents.request).unwrap();
            let has = |key: &str| request.get(key).is_some();
            (contents.pictures.len(), contents.design.is_some(), [has("figures"), has("look"), has("photos")])
        };
        let whole = (1, true, [true; 3]);
        let mut state = reviewed();
        assert_eq!(parts(&state), whole);
        let whole_review = state.request.review.clone();
        for (part, without) in [
            (ReviewPart::Pictures(Side::Front), (0, true, [true; 3])),
            (ReviewPart::Design, (1, false, [false, false, true])),
            (ReviewPart::PhotoNotes, (1, true, [true, true, false])),
        ] {
            after(&mut state, RequestAction::LeaveOut(part, true));
            assert_eq!(parts(&state), without, "{part:?}");
            after(&mut state, RequestAction::LeaveOut(part, false));
            assert_eq!(state.request.review, whole_review, "{part:?} is lost");
        }
        after(&mut state, RequestAction::Send);
        after(&mut state, RequestAction::LeaveOut(ReviewPart::Design, true));
        assert_eq!(parts(&state), whole, "what is on its way stays as it is");
    }

    #[test]
    fn what_was_reviewed_goes_as_it_was_read_and_nothing_that_is_left_out() {
        let mut state = reviewed();
        let sent = |state: &State| {
            let review = state.request.review.clone().unwrap();
            let request: serde_json::Value = serde_json::from_str(&review.contents.request).unwrap();
            let lines: Vec<(String, String)> = serde_json::from_value(request["lines"].clone()).unwrap();
            assert_eq!(lines, review.lines);
            lines
        };
        let has = |lines: &[(String, String)], name: &str| lines.iter().any(|(other, _)| other == name);
        let digest = state.view().photo.as_ref().unwrap().digest.clone();
        let tells_photo = |lines: &[(String, String)]| lines.iter().any(|(_, text)| text.contains(&digest));
        let texts = state.texts();
        let whole = sent(&state);
        assert!(has(&whole, texts.field_name) && has(&whole, texts.figures_dots) && has(&whole, texts.look_shade));
        assert!(tells_photo(&whole));
        after(&mut state, RequestAction::LeaveOut(ReviewPart::Design, true));
        let without = sent(&state);
        let design = [texts.figures_dots, texts.figures_area, texts.look_shade, texts.line_height, texts.advice_notes];
        assert!(design.iter().all(|name| !has(&without, name)) && has(&without, texts.field_name), "{without:?}");
        after(&mut state, RequestAction::LeaveOut(ReviewPart::PhotoNotes, true));
        assert!(!tells_photo(&sent(&state)));
    }

    #[test]
    fn a_program_that_fills_in_everything_is_stopped_and_a_person_is_not() {
        let mut state = with_form();
        after(&mut state, RequestAction::SetField(FormField::Trap, "https://spam.example".to_owned()));
        assert!(after(&mut state, RequestAction::Review).is_empty());
        check_told(&state, NoticeKind::Fault, state.texts().fault_trap);
        assert!(
            asks!(after(&mut state, RequestAction::Review), Effect::RenderRequest { .. }),
            "a second press goes on"
        );
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
            let captions: Vec<usize> = side.plans.iter().map(|plan| plan.layout().captions.len()).collect();
            assert_eq!(captions, [0, 1], "the photo goes alone, the simulation is called so");
            let longer = side.plans.iter().map(|plan| plan.size.0.max(plan.size.1)).max();
            assert!(longer.is_some_and(|longer| longer <= sent_side(2)), "{longer:?}");
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
        assert_eq!((review.id(), review.contents.pictures.len(), state.session.busy), ("first", 1, None));
        let values: Vec<&str> = review.lines.iter().map(|(_, value)| value.as_str()).collect();
        assert!(
            values.contains(&"Clinic") && values.contains(&"Ada") && values.contains(&"ada@example.org"),
            "{values:?}"
        );
        assert!(!values.contains(&""), "what is not filled in is not listed");
        let request: serde_json::Value = serde_json::from_str(&review.contents.request).unwrap();
        let text = review.contents.request.as_str();
        assert_eq!(request["id"], "first");
        assert!(text.contains("2026-01-02T03:04:05Z") && text.contains(&state.session.consent_text()), "{text}");
        let design = file::read(review.contents.design.as_deref().unwrap().as_bytes()).unwrap();
        assert_eq!(Some(design.views), review.of.as_ref().map(|of| of.views.clone()));
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
            (Delivery::Sending { id: "first".to_owned(), attempt: 1, percent: 0 }, true),
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
        let effects = answered_with(&mut state, 1, answer(201, r#"{ "id": "first" }"#));
        assert!(asks!(effects, Effect::Announce(DeliveryNews::Sent, id) if id == "first"));
        assert!(asks!(effects, Effect::StopTimer(Timer::KeepDraft)) && asks!(effects, Effect::ForgetDraft));
        assert!(asks!(effects, Effect::Focus(selector) if selector == "#delivery"));
        assert!(!asks!(effects, Effect::StartTimer(..)), "{effects:?}");
        assert_eq!(state.request.delivery, Delivery::Confirmed { id: "first".to_owned() });
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
            let effects = answered_with(&mut state, 1, answer(status, ""));
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
        let design = review.contents.design.as_deref().unwrap();
        assert_eq!(file::read(design.as_bytes()).unwrap().variants(), 1, "the others stay with the visitor");
    }

    /// A request that is under way, after the first try got no answer.
    fn unconfirmed() -> State {
        let mut state = reviewed();
        after(&mut state, RequestAction::Send);
        after(&mut state, RequestAction::Cancel);
        state
    }

    #[test]
    fn an_edited_request_that_may_have_arrived_is_another_one_and_the_first_is_named() {
        let mut state = unconfirmed();
        after(&mut state, RequestAction::LeaveReview);
        assert_eq!(state.request.earlier.as_ref().map(|earlier| earlier.id()), Some("first"));
        after(&mut state, RequestAction::SetField(FormField::Message, "Soon?".to_owned()));
        review_as(&mut state, "second");
        assert_eq!(
            (state.request.review.as_ref().map(|review| review.id()), state.request.is_out),
            (Some("second"), false)
        );
        assert_eq!(state.request.delivery, Delivery::Idle, "it was not sent");
        assert!(state.request.earlier.is_some(), "nobody says that the clinic may get both");
        assert_eq!(sent(&after(&mut state, RequestAction::Send)), [("second", 1)]);
    }

    #[test]
    fn a_changed_design_after_no_answer_is_another_request() {
        let mut state = unconfirmed();
        play(&mut state, ToolAction::Undo);
        assert_eq!((state.request.review.is_none(), state.request.delivery.clone()), (true, Delivery::Idle));
        assert_eq!(state.request.earlier.as_ref().map(|earlier| earlier.id()), Some("first"));
    }

    #[test]
    fn a_request_that_was_looked_at_again_and_not_changed_is_the_same() {
        let mut state = unconfirmed();
        after(&mut state, RequestAction::LeaveReview);
        review_as(&mut state, "second");
        assert_eq!(state.request.review.as_ref().map(|review| review.id()), Some("first"));
        assert_eq!(state.request.delivery, Delivery::Unconfirmed { id: "first".to_owned(), cancelled: false });
        assert!(state.request.earlier.is_none() && state.request.is_out);
        assert_eq!(sent(&after(&mut state, RequestAction::Send)), [("first", 1)]);
    }

    /// Reviews what is drawn and written; the browser would give the request this id.
    fn review_as(state: &mut State, id: &str) {
        let effects = after(state, RequestAction::Review);
        let Some(Effect::RenderRequest { design, sides, .. }) = effects.first() else { panic!("{effects:?}") };
        after(state, RequestAction::Rendered(design.clone(), Some(pictures(sides)), stamp(id)));
    }

    /// What the device keeps of a request that is sent.
    fn kept() -> KeptRequest {
        let effects = after(&mut reviewed(), RequestAction::Send);
        let kept = effects.iter().find_map(|effect| match effect {
            Effect::KeepRequest(Some(kept)) => Some((**kept).clone()),
            _ => None,
        });
        kept.expect("what is sent is kept")
    }

    #[test]
    fn a_request_is_kept_until_it_is_known_to_have_arrived_and_goes_again_after_a_reload() {
        let whole = reviewed().request.review.unwrap().contents.clone();
        let mut state = started();
        play(&mut state, SessionAction::Configured(Some(crate::app::state::fixture::CONFIG.to_owned())));
        assert!(after(&mut state, RequestAction::KeptFound(Some(kept()), 5_000.0)).is_empty());
        check_told(&state, NoticeKind::Info, state.texts().earlier_found);
        after(&mut state, RequestAction::ShowEarlier);
        assert_eq!(state.request.delivery, Delivery::Unconfirmed { id: "first".to_owned(), cancelled: false });
        let review = state.request.review.clone().unwrap();
        assert_eq!(review.contents, whole, "other bytes would go");
        assert!(review.lines.iter().any(|(_, value)| value == "Ada"), "{:?}", review.lines);
        assert_eq!(sent(&after(&mut state, RequestAction::Send)), [("first", 1)]);
        assert!(asks!(answered_with(&mut state, 1, answer(200, r#"{ "id": "first" }"#)), Effect::ForgetDraft));
    }

    #[test]
    fn a_kept_request_that_is_old_or_of_another_clinic_is_forgotten() {
        let elsewhere = KeptRequest { endpoint: "https://other.example/in".to_owned(), ..kept() };
        let broken = KeptRequest { names: Vec::new(), ..kept() };
        for (kept, now_ms, stays) in [
            (kept(), 0.0, true),
            (kept(), MAX_KEPT_MS, true),
            (kept(), MAX_KEPT_MS + 1.0, false),
            (kept(), -1.0, false),
            (elsewhere, 0.0, false),
            (broken, 0.0, false),
        ] {
            let mut state = started();
            play(&mut state, SessionAction::Configured(Some(crate::app::state::fixture::CONFIG.to_owned())));
            let effects = after(&mut state, RequestAction::KeptFound(Some(kept), now_ms));
            assert_eq!(state.request.earlier.is_some(), stays, "at {now_ms}");
            assert_eq!(asks!(effects, Effect::KeepRequest(None)), !stays, "at {now_ms}: {effects:?}");
        }
        let mut state = unconfirmed();
        after(&mut state, RequestAction::LeaveReview);
        assert!(asks!(after(&mut state, RequestAction::ForgetEarlier), Effect::KeepRequest(None)));
        assert!(state.request.earlier.is_none());
    }

    #[test]
    fn what_the_server_says_of_a_field_leads_to_it() {
        let mut state = reviewed();
        after(&mut state, RequestAction::Send);
        let said = r#"{ "errors": { "phone": "We call landlines only.", "email": "No such host." } }"#;
        let effects = answered_with(&mut state, 1, answer(422, said));
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
        let effects = answered_with(&mut state, 1, answer(413, ""));
        let [Effect::ShrinkRequest { id, pictures, max_bytes }] = &effects[..] else { panic!("{effects:?}") };
        assert_eq!((id.as_str(), pictures.len(), *max_bytes), ("first", 1, 2));
        let one = Pictures { side: Side::Front, before: [1].into(), after: [2].into() };
        let smaller = RequestAction::Shrunk("first".to_owned(), Some(vec![one.clone()]));
        let effects = after(&mut state, smaller.clone());
        assert_eq!(sent(&effects), [("first", 2)], "the same id, as nothing arrived");
        assert_eq!(state.request.review.as_ref().map(|review| review.contents.pictures.clone()), Some(vec![one]));
        assert!(after(&mut state, smaller).is_empty(), "it is under way");
        let effects = answered_with(&mut state, 2, answer(413, ""));
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
