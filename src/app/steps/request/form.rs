//! The form of the request.

use super::consent::Consent;
use super::message_field::MessageField;
use super::text_field::TextField;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::session::Busy;
use crate::app::state::{RequestAction, State};
use crate::app::widgets::Note;
use crate::engine::consult::FormField;
use crate::engine::i18n::fill;
use yew::prelude::*;

/// What is shown besides the fields.
#[derive(PartialEq)]
struct Model {
    /// The clinic's name; empty where none is configured.
    clinic: String,
    /// Requests are sent, not saved.
    has_endpoint: bool,
    has_errors: bool,
    is_making: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        let (config, request) = (&state.session.config, &state.request);
        Self {
            clinic: config.contact.name.trim().to_owned(),
            has_endpoint: config.endpoint.is_some(),
            has_errors: request.checked && !(request.form.errors().is_empty() && request.server_errors.is_empty()),
            is_making: state.session.busy == Some(Busy::Making),
        }
    }
}

/// The form of the request.
#[component]
pub(crate) fn RequestForm() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let model = use_selector(Model::of);
    let title = match &*model.clinic {
        "" => texts.send_title.to_owned(),
        clinic => fill(texts.send_title_named, &[("clinic", clinic)]),
    };
    let (say, review) =
        if model.has_endpoint { (texts.send_say, texts.review) } else { (texts.send_say_file, texts.review_file) };
    let onsubmit = {
        let store = store.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            store.dispatch(RequestAction::Review);
        }
    };
    html! {
        <form class="request" novalidate=true aria-labelledby="request-title" {onsubmit}>
            <h2 id="request-title">{ title }</h2>
            <p>{ say }</p>
            if model.has_errors {
                <p class="field-fault" role="alert">{ texts.fault_summary }</p>
            }
            <TextField field={FormField::Name} label={texts.field_name} kind="text" autocomplete="name" />
            <TextField field={FormField::Email} label={texts.field_email} kind="email" autocomplete="email" />
            <TextField field={FormField::Phone} label={texts.field_phone} kind="tel" autocomplete="tel" />
            <Note>{ texts.field_contact_hint }</Note>
            <MessageField />
            <Consent field={FormField::ToClinic} label={store.read(|state| state.session.consent_text())} />
            <Consent field={FormField::Adult} label={texts.consent_adult} />
            <button class="button primary" type="submit" disabled={model.is_making}>{ review }</button>
        </form>
    }
}
