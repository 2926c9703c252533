//! The request in a browser: the form with what is missing, the review, the delivery.

use crate::app::state::request::{RequestStamp, Review};
use crate::app::state::{Action, Effect, PreviewAction, RequestAction, SessionAction, Timer};
use crate::app::steps::SavePanel;
use crate::app::testing::{TestPage, photo_opened};
use crate::engine::calibration::Side;
use crate::engine::consult::{FieldError, FormField, Pictures};
use crate::engine::dots::BlueNoiseTile;
use crate::engine::i18n::{EN, field_error_text};
use crate::engine::ports::{Response, TransportError};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;
use yew::prelude::*;

fn value(page: &TestPage, selector: &str) -> String {
    page.one(selector).unchecked_into::<HtmlInputElement>().value()
}

#[wasm_bindgen_test]
async fn the_form_says_what_is_missing_once_it_was_looked_over() {
    let page = TestPage::show(html! { <SavePanel /> }, [photo_opened()]).await;
    assert!(page.all(".field-fault, [aria-invalid]").is_empty());
    page.press(EN.review_file).await;
    assert_eq!(page.texts(".field-fault[role=alert]"), [EN.fault_summary]);
    let name = page.one("#field-name");
    assert_eq!(name.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(name.get_attribute("aria-describedby").as_deref(), Some("field-name-fault"));
    assert_eq!(page.all("#field-name-fault, #field-email-fault, #field-to-clinic-fault, #field-adult-fault").len(), 4);
    let is_focus = |effect: &Effect| matches!(effect, Effect::Focus(selector) if selector == "#field-name");
    assert!(page.take_effects().iter().any(is_focus));

    page.type_in("#field-name", "Ada").await;
    assert!(page.all("#field-name-fault").is_empty());
    assert_eq!(page.store.read(|state| state.request.form.name.clone()), "Ada");
    page.one("#field-adult").unchecked_into::<HtmlInputElement>().click();
    page.settled().await;
    assert!(page.all("#field-adult-fault").is_empty());
}

fn reviewed() -> Vec<Action> {
    let typed = |field, text: &str| Action::from(RequestAction::SetField(field, text.to_owned()));
    let ticked = |field| Action::from(RequestAction::SetConsent(field, true));
    vec![
        photo_opened(),
        typed(FormField::Name, "Ada"),
        typed(FormField::Phone, "0301234567"),
        ticked(FormField::ToClinic),
        ticked(FormField::Adult),
        // A request tells figures: they are counted once there is a pattern of dots.
        PreviewAction::DotsGrown(1, BlueNoiseTile::grow(1).to_pairs().into()).into(),
        Action::Elapsed(Timer::FillIn),
        RequestAction::Review.into(),
    ]
}

/// A clinic that takes requests and can be called.
const CONFIG: &str = r#"{ "clinic": { "name": "Clinic", "phone": "030 1" },
    "request": { "endpoint": "https://clinic.example/requests" } }"#;

/// The panel with a review in place of the form, as if it had been rendered.
async fn review() -> TestPage {
    let configured = SessionAction::Configured(Some(CONFIG.to_owned()));
    let page = TestPage::show(html! { <SavePanel /> }, [configured.into()].into_iter().chain(reviewed())).await;
    let of = page.store.read(|state| Rc::new(state.editor.document.design().clone()));
    let pictures = vec![Pictures { side: Side::Front, before: Rc::from([1, 2, 3]), after: Rc::from([4, 5]) }];
    let stamp = RequestStamp { id: "an-id-123".to_owned(), made_at: "2026-11-22T21:05:00Z".to_owned() };
    page.dispatch(RequestAction::Rendered(of, Some(pictures), stamp)).await;
    page
}

#[wasm_bindgen_test]
async fn the_review_shows_what_goes_and_the_keys_follow_the_delivery() {
    let page = review().await;
    let has_review = page
        .store
        .read(|state| state.request.review.as_deref().is_some_and(|review: &Review| review.id() == "an-id-123"));
    assert!(has_review, "{}", page.markup());
    assert_eq!(page.texts("h1"), [EN.review_title]);
    assert_eq!(page.texts(".review-pictures figcaption"), [EN.before, EN.after]);
    assert!(page.all(".review-pictures img").iter().all(|image| image.get_attribute("src").is_some()));
    assert!(page.texts(".review-lines dd").contains(&"Ada".to_owned()));
    let region = page.one("#delivery");
    assert_eq!((region.class_name(), region.get_attribute("role").as_deref()), (String::new(), Some("status")));

    page.press(EN.send).await;
    assert_eq!(page.one("#delivery").class_name(), "notice info");
    assert_eq!(page.texts("#delivery p"), [EN.sending], "who can be called is told only after a failure");
    assert_eq!(page.one("#send").get_attribute("aria-disabled").as_deref(), Some("true"));
    page.press(EN.cancel).await;
    assert_eq!(page.one("#delivery").get_attribute("role").as_deref(), Some("alert"));
    assert_eq!(page.texts(".onward button"), [EN.review_edit, EN.save_instead, EN.retry]);
    page.press(EN.review_edit).await;
    assert_eq!(value(&page, "#field-name"), "Ada");
}

#[wasm_bindgen_test]
async fn the_form_begins_empty_and_every_field_has_a_name() {
    let page = TestPage::show(html! { <SavePanel /> }, []).await;
    page.named("form", EN.send_title);
    for label in [EN.field_name, EN.field_email, EN.field_phone] {
        let input: HtmlInputElement = page.named("form input:not([type=radio])", label).unchecked_into();
        assert_eq!(input.value(), "", "{label}");
    }
    page.named("form textarea", &format!("{} ({})", EN.field_message, EN.optional));
    page.named("form input[type=checkbox]", EN.consent_adult);
    assert!(page.all("form input[type=checkbox]:checked").is_empty());
    let types = ["#field-name", "#field-email", "#field-phone"].map(|field| page.input(field).type_());
    assert_eq!(types, ["text", "email", "tel"]);
}

#[wasm_bindgen_test]
async fn each_field_says_what_is_wrong_with_it() {
    let typed = |field, text: String| Action::from(RequestAction::SetField(field, text));
    let actions = [
        photo_opened(),
        typed(FormField::Name, "A".repeat(255)),
        typed(FormField::Email, "ada".to_owned()),
        typed(FormField::Phone, "12".to_owned()),
        typed(FormField::Message, "m".repeat(4_001)),
    ];
    let page = TestPage::show(html! { <SavePanel /> }, actions).await;
    page.press(EN.review_file).await;
    let faults = [
        ("#field-name", FieldError::TooLong(254)),
        ("#field-email", FieldError::NotAnEmail),
        ("#field-phone", FieldError::NotAPhone),
        ("#field-message", FieldError::TooLong(4_000)),
        ("#field-to-clinic", FieldError::NotAgreed),
        ("#field-adult", FieldError::NotAgreed),
    ];
    for (field, error) in faults {
        let input = page.one(field);
        assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"), "{field}");
        let described = input.get_attribute("aria-describedby").unwrap();
        assert_eq!(page.texts(&format!("#{described}")), [field_error_text(&EN, error)], "{field}");
    }
}

/// The panel when the clinic answered like that.
async fn answered(answer: Result<Response, TransportError>) -> TestPage {
    let page = review().await;
    page.press(EN.send).await;
    page.dispatch(RequestAction::Answered("an-id-123".to_owned(), 1, answer)).await;
    page
}

fn response(status: u16, body: &str) -> Result<Response, TransportError> {
    Ok(Response { status, retry_after_s: None, body: body.to_owned() })
}

#[wasm_bindgen_test]
async fn a_refused_request_says_why_and_how_the_clinic_is_reached_otherwise() {
    let page = answered(response(422, "")).await;
    let contact = EN.contact_line.replace("{contact}", "030 1");
    assert_eq!(page.texts("#delivery.fault-notice[role=alert] p"), [EN.refused_fields.to_owned(), contact]);
    assert_eq!(page.texts(".onward button"), [EN.review_edit, EN.save_instead, EN.send]);
    assert!(page.all("[aria-disabled], button:disabled").is_empty(), "{}", page.markup());
}

#[wasm_bindgen_test]
async fn a_request_that_is_tried_again_can_be_stopped() {
    let page = answered(Err(TransportError::NoAnswer)).await;
    let region = page.one("#delivery");
    assert_eq!(
        (region.class_name(), region.get_attribute("role").as_deref()),
        ("notice info".to_owned(), Some("status"))
    );
    assert!(page.named(".onward button", EN.review_edit).has_attribute("disabled"));
    page.press(EN.cancel).await;
    assert_eq!(page.texts("#delivery[role=alert] p")[0], EN.cancelled);
}

#[wasm_bindgen_test]
async fn who_tries_it_out_is_told_where_the_staff_read_it() {
    let body = r#"{"id": "an-id-123", "staff_page": "/inbox/requests/an-id-123"}"#;
    let page = answered(response(200, body)).await;
    let link = page.one("p a[href^='/inbox']");
    assert_eq!(link.get_attribute("href").as_deref(), Some("/inbox/requests/an-id-123"));
}

#[wasm_bindgen_test]
async fn a_request_that_the_clinic_has_leaves_its_id_and_an_empty_form() {
    let page = answered(response(200, r#"{"id": "an-id-123"}"#)).await;
    assert!(page.all("a[href^='/inbox']").is_empty(), "a visitor has nothing to do there");
    assert_eq!(page.texts("h1"), [EN.sent_title]);
    assert_eq!(page.texts("p.say"), [EN.sent_say.replace("{id}", "an-id-123")]);
    assert!(page.all("#send, .review-lines").is_empty());
    page.press(EN.back).await;
    assert_eq!(value(&page, "#field-name"), "", "what was sent is not kept");
}
