//! The form of the request.

use super::consent::Consent;
use super::more_about::MoreAbout;
use super::reply_choice::ReplyChoice;
use super::text_area::TextArea;
use super::text_field::TextField;
use super::trap::Trap;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::session::Busy;
use crate::app::state::{RequestAction, State};
use crate::app::widgets::Note;
use crate::engine::consult::{FormConfig, FormField, Question};
use crate::engine::i18n::{Texts, fill};
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
    /// What the clinic asks and says.
    config: FormConfig,
    /// How the clinic can be reached otherwise.
    contact: Option<String>,
}

impl Model {
    fn of(state: &State) -> Self {
        let (config, request) = (&state.session.config, &state.request);
        let is_faultless = request.form.errors().is_empty() && request.server_errors.is_empty();
        Self {
            clinic: config.contact.name.trim().to_owned(),
            has_endpoint: config.endpoint.is_some(),
            has_errors: request.checked && !is_faultless,
            is_making: state.session.busy == Some(Busy::Making),
            config: config.form.clone(),
            contact: state.session.contact_line(),
        }
    }

    fn title(&self, texts: &Texts) -> String {
        match &*self.clinic {
            "" => texts.send_title.to_owned(),
            clinic => fill(texts.send_title_named, &[("clinic", clinic)]),
        }
    }

    /// What stands above the fields: the clinic's own words, else ours.
    fn intro(&self, texts: &Texts) -> String {
        let ours = if self.has_endpoint { texts.send_say } else { texts.send_say_file };
        let said = if self.config.intro.is_empty() { ours } else { &self.config.intro };
        match &*self.config.reply_within {
            "" => said.to_owned(),
            time => format!("{said} {}", fill(texts.reply_within, &[("time", time)])),
        }
    }
}

/// The form of the request; where the clinic's set-up is wrong, how it can be reached instead.
#[component]
pub(crate) fn RequestForm() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let model = use_selector(Model::of);
    let title = html! { <h2 id="request-title">{ model.title(texts) }</h2> };
    if model.config.has_bad_endpoint {
        return html! {
            <section class="request" aria-labelledby="request-title">
                { title }
                <p>{ texts.form_broken }</p>
                if let Some(contact) = &model.contact {
                    <p>{ contact }</p>
                }
            </section>
        };
    }
    let onsubmit = {
        let store = store.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            store.dispatch(RequestAction::Review);
        }
    };
    html! {
        <form class="request" novalidate=true aria-labelledby="request-title" {onsubmit}>
            { title }
            <p>{ model.intro(texts) }</p>
            if model.has_errors {
                <p class="field-fault" role="alert">{ texts.fault_summary }</p>
            }
            <Fields has_reply={model.config.questions.contains(&Question::Reply)} />
            <Consents config={model.config.clone()} />
            <button class="button primary" type="submit" disabled={model.is_making}>
                { if model.has_endpoint { texts.review } else { texts.review_file } }
            </button>
        </form>
    }
}

/// Properties of [`Fields`].
#[derive(Properties, PartialEq)]
struct FieldsProps {
    /// Whether the clinic asks how it should answer.
    has_reply: bool,
}

/// What the visitor writes and chooses.
#[component]
fn Fields(props: &FieldsProps) -> Html {
    let texts = use_texts();
    html! {
        <>
            <TextField field={FormField::Name} label={texts.field_name} kind="text" autocomplete="name" />
            <TextField field={FormField::Email} label={texts.field_email} kind="email" autocomplete="email" />
            <TextField field={FormField::Phone} label={texts.field_phone} kind="tel" autocomplete="tel" />
            <Note>{ texts.field_contact_hint }</Note>
            if props.has_reply {
                <ReplyChoice />
            }
            <TextArea field={FormField::Message} label={texts.field_message} hint={texts.field_message_hint} rows="4" />
            <Trap />
            <MoreAbout />
        </>
    }
}

/// Properties of [`Consents`].
#[derive(Properties, PartialEq)]
struct ConsentsProps {
    /// The clinic's words.
    config: FormConfig,
}

/// What the visitor agrees to, each by a tick of its own.
#[component]
fn Consents(props: &ConsentsProps) -> Html {
    let (texts, store) = (use_texts(), use_store());
    let config = &props.config;
    html! {
        <>
            <Consent field={FormField::ToClinic} label={store.read(|state| state.session.consent_text())} />
            if let Some(notice) = &config.privacy_notice {
                <p>
                    <a href={notice.address().to_owned()} target="_blank" rel="noopener noreferrer">
                        { texts.privacy_notice }
                    </a>
                </p>
            }
            <Consent field={FormField::Adult} label={texts.consent_adult} />
            if !config.marketing.is_empty() {
                <Consent field={FormField::Marketing} label={config.marketing.clone()} />
            }
        </>
    }
}
