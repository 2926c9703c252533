//! The consultation request: the form, the review, and what became of it.

use super::{heading, send};
use crate::app::App;
use crate::app::acts::field_id;
use crate::app::message::Msg;
use crate::app::model::{Busy, Review};
use crate::engine::consult::{Delivery, FieldFault, FormField};
use crate::engine::i18n::{field_fault, fill, verdict_text};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

pub(super) fn form(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let title = if app.config.contact.name.trim().is_empty() {
        texts.send_title.to_owned()
    } else {
        fill(texts.send_title_named, &[("clinic", app.clinic_name())])
    };
    let (say, review) = if app.config.endpoint.is_some() {
        (texts.send_say, texts.review)
    } else {
        (texts.send_say_file, texts.review_file)
    };
    let on_submit = ctx.link().callback(|event: SubmitEvent| {
        event.prevent_default();
        Msg::Review
    });
    let faults = app.request.checked && !app.request.form.faults().is_empty();
    html! {
        <form class="request" novalidate=true onsubmit={on_submit} aria-labelledby="request-title">
            <h2 id="request-title">{ title }</h2>
            <p>{ say }</p>
            if faults { <p class="field-fault" role="alert">{ texts.fault_summary }</p> }
            { text_field(app, ctx, FormField::Name, "text", "name") }
            { text_field(app, ctx, FormField::Email, "email", "email") }
            { text_field(app, ctx, FormField::Phone, "tel", "tel") }
            <p class="note">{ texts.field_contact_hint }</p>
            { message_field(app, ctx) }
            { consent(app, ctx, FormField::ToClinic) }
            { consent(app, ctx, FormField::Adult) }
            <button type="submit" class="button primary" disabled={app.busy == Some(Busy::Making)}>{ review }</button>
        </form>
    }
}

fn fault_of(app: &App, field: FormField) -> Option<FieldFault> {
    let faults = app.request.checked.then(|| app.request.form.faults())?;
    faults.iter().find(|(of, _)| *of == field).map(|(_, fault)| *fault)
}

fn label(app: &App, field: FormField) -> String {
    let texts = app.texts();
    match field {
        FormField::Name => texts.field_name.to_owned(),
        FormField::Email => texts.field_email.to_owned(),
        FormField::Phone => texts.field_phone.to_owned(),
        FormField::Message => format!("{} ({})", texts.field_message, texts.optional),
        FormField::ToClinic => app.consent_text(),
        FormField::Adult => texts.consent_adult.to_owned(),
    }
}

fn fault_line(app: &App, field: FormField) -> (Option<String>, Html) {
    let Some(fault) = fault_of(app, field) else { return (None, Html::default()) };
    let id = format!("{}-fault", field_id(field));
    let line = html! { <p id={id.clone()} class="field-fault">{ field_fault(app.texts(), fault) }</p> };
    (Some(id), line)
}

fn value(app: &App, field: FormField) -> String {
    let form = &app.request.form;
    match field {
        FormField::Name => form.name.clone(),
        FormField::Email => form.email.clone(),
        FormField::Phone => form.phone.clone(),
        _ => form.message.clone(),
    }
}

fn text_field(app: &App, ctx: &Context<App>, field: FormField, kind: &'static str, autocomplete: &'static str) -> Html {
    let id = field_id(field);
    let (described, line) = fault_line(app, field);
    let on_input = ctx.link().batch_callback(move |event: InputEvent| {
        let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
        Some(Msg::Field(field, input.value()))
    });
    html! {
        <div class="field">
            <label for={id}>{ label(app, field) }</label>
            <input {id} type={kind} {autocomplete} value={value(app, field)} oninput={on_input}
                aria-invalid={described.is_some().then_some("true")} aria-describedby={described} />
            { line }
        </div>
    }
}

fn message_field(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let field = FormField::Message;
    let id = field_id(field);
    let (described, line) = fault_line(app, field);
    let on_input = ctx.link().batch_callback(move |event: InputEvent| {
        let input = event.target()?.dyn_into::<HtmlTextAreaElement>().ok()?;
        Some(Msg::Field(field, input.value()))
    });
    html! {
        <div class="field">
            <label for={id}>{ label(app, field) }</label>
            <textarea {id} rows="4" value={value(app, field)} placeholder={texts.field_message_hint} oninput={on_input}
                aria-invalid={described.is_some().then_some("true")} aria-describedby={described} />
            { line }
        </div>
    }
}

fn consent(app: &App, ctx: &Context<App>, field: FormField) -> Html {
    let id = field_id(field);
    let (described, line) = fault_line(app, field);
    let consents = app.request.form.consents;
    let checked = if field == FormField::Adult { consents.adult } else { consents.to_clinic };
    let on_change = ctx.link().callback(move |_: Event| Msg::Consent(field, !checked));
    html! {
        <div class="field">
            <label class="tick">
                <input {id} type="checkbox" {checked} onchange={on_change}
                    aria-invalid={described.is_some().then_some("true")} aria-describedby={described} />
                <span>{ label(app, field) }</span>
            </label>
            { line }
        </div>
    }
}

pub(super) fn review(app: &App, ctx: &Context<App>) -> Html {
    let Some(review) = &app.request.review else { return Html::default() };
    if let Delivery::Confirmed { id } = &app.request.delivery {
        return sent(app, ctx, id);
    }
    let texts = app.texts();
    let title = if app.config.endpoint.is_some() { texts.review_title } else { texts.review_title_file };
    html! {
        <>
            { heading(title, texts.review_say) }
            { contents(app, review) }
            { delivery(app, ctx) }
            { keys(app, ctx) }
        </>
    }
}

fn contents(app: &App, review: &Review) -> Html {
    let texts = app.texts();
    let kilobytes = |bytes: usize| bytes.div_ceil(1000).to_string();
    let pictures = kilobytes(review.pictures.before.len() + review.pictures.after.len());
    html! {
        <>
            <div class="review-pictures">
                <figure><img src={review.shown.0.address().to_owned()} alt={texts.before} /><figcaption>{ texts.before }</figcaption></figure>
                <figure><img src={review.shown.1.address().to_owned()} alt={texts.after} /><figcaption>{ texts.after }</figcaption></figure>
            </div>
            <p class="note">{ fill(texts.review_pictures, &[("size", &pictures)]) }</p>
            <dl class="review-lines">
                { for app.review_lines().iter().map(|(name, text)| html! { <div><dt>{ name }</dt><dd>{ text }</dd></div> }) }
            </dl>
            <p class="note">{ fill(texts.review_design, &[("size", &kilobytes(review.design.len()))]) }</p>
        </>
    }
}

fn delivery(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let (class, text) = match &app.request.delivery {
        Delivery::Idle | Delivery::Confirmed { .. } => {
            return html! { <div id="delivery" role="status" tabindex="-1"></div> };
        }
        Delivery::Sending { .. } => ("info", texts.sending.to_owned()),
        Delivery::Waiting { wait_ms, .. } => {
            let seconds = wait_ms.div_ceil(1000).to_string();
            ("info", fill(texts.sending_again, &[("seconds", &seconds)]))
        }
        Delivery::Unconfirmed { cancelled: true, .. } => ("fault-notice", texts.cancelled.to_owned()),
        Delivery::Unconfirmed { .. } => ("fault-notice", texts.unconfirmed.to_owned()),
        Delivery::Refused { verdict, .. } => ("fault-notice", verdict_text(texts, *verdict).to_owned()),
    };
    let failed = class == "fault-notice";
    let contact = [&app.config.contact.phone, &app.config.contact.email];
    let contact: Vec<&str> = contact.iter().map(|way| way.trim()).filter(|way| !way.is_empty()).collect();
    let on_cancel = send(ctx, || Msg::CancelSend);
    html! {
        <div id="delivery" role={if failed { "alert" } else { "status" }} tabindex="-1" class={classes!("notice", class)}>
            <span class="notice-mark" aria-hidden="true"></span>
            <div>
                <p>{ text }</p>
                if failed && !contact.is_empty() { <p>{ fill(texts.contact_line, &[("contact", &contact.join(", "))]) }</p> }
                if app.request.delivery.is_busy() {
                    <button type="button" class="link-button" onclick={on_cancel}>{ texts.cancel }</button>
                }
            </div>
        </div>
    }
}

fn keys(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let on_edit = send(ctx, || Msg::LeaveReview);
    let on_save = send(ctx, || Msg::SaveRequest);
    let on_send = send(ctx, || Msg::Send);
    let busy = app.request.delivery.is_busy();
    let tried = matches!(app.request.delivery, Delivery::Unconfirmed { .. } | Delivery::Refused { .. });
    let word = match (&app.request.delivery, busy) {
        (_, true) => texts.sending,
        (Delivery::Unconfirmed { .. }, _) => texts.retry,
        _ => texts.send,
    };
    html! {
        <div class="onward">
            <button type="button" class="button quiet" disabled={busy} onclick={on_edit}>{ texts.review_edit }</button>
            if app.config.endpoint.is_none() {
                <button type="button" class="button primary" onclick={on_save}>{ texts.send_to_file }</button>
            } else {
                if tried { <button type="button" class="button" onclick={on_save}>{ texts.save_instead }</button> }
                <button type="button" class="button primary" id="send" aria-disabled={busy.then_some("true")} onclick={on_send}>{ word }</button>
            }
        </div>
    }
}

fn sent(app: &App, ctx: &Context<App>, id: &str) -> Html {
    let texts = app.texts();
    let on_back = send(ctx, || Msg::LeaveReview);
    html! {
        <>
            { heading(texts.sent_title, &fill(texts.sent_say, &[("id", id)])) }
            <div id="delivery" role="status" tabindex="-1"></div>
            <button type="button" class="button" onclick={on_back}>{ texts.back }</button>
        </>
    }
}
