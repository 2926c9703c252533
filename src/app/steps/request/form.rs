//! The form of the request.

use super::consent::Consent;
use super::more_about::Asked;
use super::text_area::TextArea;
use super::text_field::TextField;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::session::Busy;
use crate::app::state::{RequestAction, State};
use crate::app::widgets::{Choice, Note};
use crate::engine::consult::{DetailChoice, Details, FormConfig, FormField, Question, ReplyBy};
use crate::engine::i18n::{Texts, fill, reply_by_name};
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
    /// What was chosen.
    details: Details,
    /// The words of the first consent.
    consent: String,
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
            details: request.form.details.clone(),
            consent: state.session.consent_text(),
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
    let asked = Asked { texts, store: &store, details: &model.details };
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
            { fields(&asked, &model.config.questions) }
            { consents(&asked, &model) }
            <button class="button primary" type="submit" disabled={model.is_making}>
                { if model.has_endpoint { texts.review } else { texts.review_file } }
            </button>
        </form>
    }
}

/// What the visitor writes and chooses.
fn fields(asked: &Asked, questions: &[Question]) -> Html {
    let texts = asked.texts;
    // How to answer is asked with the ways to answer, not among the folded questions.
    let has_more = questions.iter().any(|question| *question != Question::Reply);
    html! {
        <>
            <TextField field={FormField::Name} label={texts.field_name} kind="text" autocomplete="name" />
            <TextField field={FormField::Email} label={texts.field_email} kind="email" autocomplete="email" />
            <TextField field={FormField::Phone} label={texts.field_phone} kind="tel" autocomplete="tel" />
            <Note>{ texts.field_contact_hint }</Note>
            if questions.contains(&Question::Reply) {
                { reply(asked) }
            }
            <TextArea field={FormField::Message} label={texts.field_message} hint={texts.field_message_hint} rows="4" />
            // No person sees this field and no key reaches it: what fills it in is a program.
            <div class="trap" aria-hidden="true">
                <TextField field={FormField::Trap} label={texts.field_trap} kind="text" autocomplete="off" />
            </div>
            if has_more {
                { asked.more(questions) }
            }
        </>
    }
}

/// How and when the visitor would like to be answered.
fn reply(asked: &Asked) -> Html {
    let texts = asked.texts;
    let choose = |place: usize| {
        RequestAction::ChooseDetail(DetailChoice::ReplyBy(ReplyBy::ALL.get(place).copied().unwrap_or_default()))
    };
    html! {
        <>
            <Choice
                name="reply-by"
                label={texts.field_reply_by}
                options={ReplyBy::ALL.map(|way| AttrValue::from(reply_by_name(texts, way))).to_vec()}
                chosen={ReplyBy::ALL.iter().position(|way| *way == asked.details.reply_by)}
                on_choose={asked.store.callback(choose)}
            />
            <TextField field={FormField::ReplyWhen} label={texts.field_reply_when} kind="text" autocomplete="off" />
        </>
    }
}

/// What the visitor agrees to, each by a tick of its own.
fn consents(asked: &Asked, model: &Model) -> Html {
    let texts = asked.texts;
    html! {
        <>
            <Consent field={FormField::ToClinic} label={model.consent.clone()} />
            if let Some(notice) = &model.config.privacy_notice {
                <p>
                    <a href={notice.address().to_owned()} target="_blank" rel="noopener noreferrer">
                        { texts.privacy_notice }
                    </a>
                </p>
            }
            <Consent field={FormField::Adult} label={texts.consent_adult} />
            if !model.config.marketing.is_empty() {
                <Consent field={FormField::Marketing} label={model.config.marketing.clone()} />
            }
        </>
    }
}
