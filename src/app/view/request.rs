//! The consultation request: the form, the review, and what became of it.

use super::element::{Element, button, el, group, input_of, link_button, note, pairs, tick};
use super::heading;
use crate::app::App;
use crate::app::acts::field_id;
use crate::app::message::Msg;
use crate::app::model::{Busy, Review};
use crate::engine::consult::{Delivery, FieldFault, FormField};
use crate::engine::i18n::{field_fault, fill, verdict_text};
use crate::platform::files::ShownBlob;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlTextAreaElement};
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

pub(super) fn form(app: &App, ctx: &Context<App>) -> Element {
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
    let has_faults = app.request.checked && !app.request.form.faults().is_empty();
    let submit = el("button.button.primary").attr("type", "submit").flag("disabled", app.busy == Some(Busy::Making));
    el("form.request")
        .flag("novalidate", true)
        .attr("aria-labelledby", "request-title")
        .on(ctx, ListenerKind::onsubmit, |event| {
            event.prevent_default();
            Some(Msg::Review)
        })
        .add(el("h2").id("request-title").add(title))
        .add(el("p").add(say))
        .add(has_faults.then(|| el("p.field-fault").attr("role", "alert").add(texts.fault_summary)))
        .add(text_field(app, ctx, FormField::Name, "text", "name"))
        .add(text_field(app, ctx, FormField::Email, "email", "email"))
        .add(text_field(app, ctx, FormField::Phone, "tel", "tel"))
        .add(note(texts.field_contact_hint))
        .add(message_field(app, ctx))
        .add(consent(app, ctx, FormField::ToClinic))
        .add(consent(app, ctx, FormField::Adult))
        .add(submit.add(review))
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

fn fault_id(field: FormField) -> String {
    format!("{}-fault", field_id(field))
}

/// What is wrong with a field, if anything.
fn fault_line(app: &App, field: FormField) -> Option<Element> {
    let fault = fault_of(app, field)?;
    Some(el("p.field-fault").attr("id", fault_id(field)).add(field_fault(app.texts(), fault)))
}

/// The input of a field, which says so when something is wrong with it.
fn marked(app: &App, field: FormField, input: Element) -> Element {
    let has_fault = fault_of(app, field).is_some();
    input
        .id(field_id(field))
        .attr("aria-invalid", has_fault.then_some("true"))
        .attr("aria-describedby", has_fault.then(|| fault_id(field)))
}

/// A field in which something is typed, with its name above it.
fn named(app: &App, field: FormField, input: Element) -> Element {
    let form = &app.request.form;
    let value = match field {
        FormField::Name => &form.name,
        FormField::Email => &form.email,
        FormField::Phone => &form.phone,
        _ => &form.message,
    };
    el("div.field")
        .add(el("label").attr("for", field_id(field)).add(label(app, field)))
        .add(marked(app, field, input.value(value.clone())))
        .add(fault_line(app, field))
}

fn text_field(
    app: &App,
    ctx: &Context<App>,
    field: FormField,
    kind: &'static str,
    autocomplete: &'static str,
) -> Element {
    let typed = move |event: &Event| Some(Msg::Field(field, input_of(event)?.value()));
    let input = el("input").attr("type", kind).attr("autocomplete", autocomplete);
    named(app, field, input.on(ctx, ListenerKind::oninput, typed))
}

fn message_field(app: &App, ctx: &Context<App>) -> Element {
    let typed = |event: &Event| {
        let input = event.target()?.dyn_into::<HtmlTextAreaElement>().ok()?;
        Some(Msg::Field(FormField::Message, input.value()))
    };
    let input = el("textarea").attr("rows", "4").attr("placeholder", app.texts().field_message_hint);
    named(app, FormField::Message, input.on(ctx, ListenerKind::oninput, typed))
}

fn consent(app: &App, ctx: &Context<App>, field: FormField) -> Element {
    let consents = app.request.form.consents;
    let checked = if field == FormField::Adult { consents.adult } else { consents.to_clinic };
    let input = el("input").checked(checked).on_change(ctx, move || Msg::Consent(field, !checked));
    el("div.field").add(tick(marked(app, field, input), label(app, field))).add(fault_line(app, field))
}

pub(super) fn review(app: &App, ctx: &Context<App>, review: &Review) -> Element {
    if let Delivery::Confirmed { id } = &app.request.delivery {
        return sent(app, ctx, id);
    }
    let texts = app.texts();
    let title = if app.config.endpoint.is_some() { texts.review_title } else { texts.review_title_file };
    group().add(heading(title, texts.review_say)).add(contents(app, review)).add(delivery(app, ctx)).add(keys(app, ctx))
}

fn contents(app: &App, review: &Review) -> Element {
    let texts = app.texts();
    let weight = |bytes: usize, text: &str| note(fill(text, &[("size", &bytes.div_ceil(1000).to_string())]));
    let picture = |shown: &ShownBlob, name: &'static str| {
        let image = el("img").attr("src", shown.address().to_owned()).attr("alt", name);
        el("figure").add(image).add(el("figcaption").add(name))
    };
    let both = |(before, after): &(ShownBlob, ShownBlob)| {
        group().add(picture(before, texts.before)).add(picture(after, texts.after))
    };
    let bytes = review.pictures.iter().map(|side| side.before.len() + side.after.len()).sum();
    group()
        .add(el("div.review-pictures").each(review.shown.iter().map(both)))
        .add(weight(bytes, texts.review_pictures))
        .add(pairs("dl.review-lines", review.lines.clone()))
        .add(weight(review.design.len(), texts.review_design))
}

/// Where it is said what became of the request.
fn delivery_region(role: &'static str) -> Element {
    el("div").id("delivery").attr("role", role).attr("tabindex", "-1")
}

fn delivery(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let (failed, text) = match &app.request.delivery {
        Delivery::Idle | Delivery::Confirmed { .. } => return delivery_region("status"),
        Delivery::Sending { .. } => (false, texts.sending.to_owned()),
        Delivery::Waiting { wait_ms, .. } => {
            let seconds = wait_ms.div_ceil(1000).to_string();
            (false, fill(texts.sending_again, &[("seconds", &seconds)]))
        }
        Delivery::Unconfirmed { cancelled: true, .. } => (true, texts.cancelled.to_owned()),
        Delivery::Unconfirmed { .. } => (true, texts.unconfirmed.to_owned()),
        Delivery::Refused { verdict, .. } => (true, verdict_text(texts, *verdict).to_owned()),
    };
    let contact = [&app.config.contact.phone, &app.config.contact.email];
    let contact: Vec<&str> = contact.iter().map(|way| way.trim()).filter(|way| !way.is_empty()).collect();
    let contact = (failed && !contact.is_empty())
        .then(|| el("p").add(fill(texts.contact_line, &[("contact", &contact.join(", "))])));
    let cancel = || link_button(texts.cancel).on_click(ctx, || Msg::CancelSend);
    let said = el("div").add(el("p").add(text)).add(contact).add(app.request.delivery.is_busy().then(cancel));
    delivery_region(if failed { "alert" } else { "status" })
        .class("notice")
        .class(if failed { "fault-notice" } else { "info" })
        .add(el("span.notice-mark").hidden())
        .add(said)
}

fn keys(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let busy = app.request.delivery.is_busy();
    let tried = matches!(app.request.delivery, Delivery::Unconfirmed { .. } | Delivery::Refused { .. });
    let word = match (&app.request.delivery, busy) {
        (_, true) => texts.sending,
        (Delivery::Unconfirmed { .. }, _) => texts.retry,
        _ => texts.send,
    };
    let save = |classes: &'static str, text: &'static str| button(classes, text).on_click(ctx, || Msg::SaveRequest);
    let onward = if app.config.endpoint.is_none() {
        save("button primary", texts.send_to_file)
    } else {
        let send = button("button primary", word)
            .id("send")
            .attr("aria-disabled", busy.then_some("true"))
            .on_click(ctx, || Msg::Send);
        group().add(tried.then(|| save("button", texts.save_instead))).add(send)
    };
    let edit = button("button quiet", texts.review_edit).flag("disabled", busy).on_click(ctx, || Msg::LeaveReview);
    el("div.onward").add(edit).add(onward)
}

fn sent(app: &App, ctx: &Context<App>, id: &str) -> Element {
    let texts = app.texts();
    group()
        .add(heading(texts.sent_title, fill(texts.sent_say, &[("id", id)])))
        .add(delivery_region("status"))
        .add(button("button", texts.back).on_click(ctx, || Msg::LeaveReview))
}
