//! What the page looks like. Reads the state, sends messages, decides nothing.

mod advice;
mod choice;
mod density;
mod dialog;
mod element;
mod figures;
mod guides;
mod hairline;
mod head;
mod help;
mod look;
mod nudge;
mod photo;
mod questions;
mod request;
mod save;
mod shapes;
mod sides;
mod size;
mod slider;
mod special;
mod stage;
mod stages;
mod top;
mod variants;

use super::App;
use super::message::Msg;
use super::model::{Notice, NoticeKind, Question, Step};
use crate::engine::consult::Delivery;
use crate::engine::i18n::fill;
use element::{Content, Element, button, el, link_button};
use yew::prelude::*;

/// The whole page.
pub(super) fn page(app: &App, ctx: &Context<App>) -> Html {
    let panel = el("section.panel")
        .label(app.texts().panel_label)
        .add(notice(app, ctx))
        .add(panel(app, ctx))
        .add(advice::advice(app))
        .add(matches!(app.step, Step::Hairline | Step::Density).then(|| variants::choice(app, ctx)))
        .add(help::help(app))
        .add(onward(app, ctx))
        .add(footer(app, ctx));
    el("div.page")
        .class_if(!app.has_photos(), "without-photo")
        .attr("data-step", app.step.key())
        .attr("data-worker", app.worker.map(|worker| if worker { "ready" } else { "none" }))
        .add(top::bar(app, ctx))
        .add(el("main.work").add(stage::stage(app, ctx)).add(panel))
        .add(questions::question(app, ctx))
        .into()
}

fn panel(app: &App, ctx: &Context<App>) -> Element {
    match app.step {
        Step::Photo => photo::panel(app, ctx),
        Step::Size => size::panel(app, ctx),
        Step::Hairline => hairline::panel(app, ctx),
        Step::Density => density::panel(app, ctx),
        Step::Look => look::panel(app, ctx),
        Step::Save => save::panel(app, ctx),
    }
}

/// The head of a panel: what the step is, and one sentence about what to do.
fn heading<C: Content>(title: &'static str, say: C) -> Element {
    el("header.panel-head").add(el("h1").id("panel-title").attr("tabindex", "-1").add(title)).add(el("p.say").add(say))
}

/// A small button of a name and a drawing.
fn icon_button(name: &'static str, drawing: Element) -> Element {
    button("icon-button", drawing).label(name).attr("title", name)
}

fn notice(app: &App, ctx: &Context<App>) -> Element {
    // The region is always there, so that a screen reader hears what comes into it.
    let role = match &app.notice {
        Some(notice) if notice.kind == NoticeKind::Fault => "alert",
        _ => "status",
    };
    let shown = |notice: &Notice| {
        let close = button("icon-button", "×").label(app.texts().close);
        el("div.notice")
            .class(notice_class(notice.kind))
            .add(el("span.notice-mark").hidden())
            .add(el("p").add(notice.text.clone()))
            .add(close.on_click(ctx, || Msg::DismissNotice))
    };
    el("div").id("notice").attr("role", role).add(app.notice.as_ref().map(shown))
}

fn notice_class(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Good => "good",
        NoticeKind::Info => "info",
        NoticeKind::Fault => "fault-notice",
    }
}

/// Back and next.
fn onward(app: &App, ctx: &Context<App>) -> Option<Element> {
    if (!app.has_photos() && app.step == Step::Photo) || app.request.review.is_some() && app.step == Step::Save {
        return None;
    }
    let texts = app.texts();
    let back = |step| button("button quiet", texts.back).on_click(ctx, move || Msg::Go(step));
    let next = |step: Step| {
        let label = fill(texts.next, &[("step", step.name(texts))]);
        let is_done = app.can_work() && (app.step != Step::Density || app.has_fill());
        button("button", label).class_if(is_done, "primary").on_click(ctx, move || Msg::Go(step))
    };
    Some(el("div.onward").add(app.step.previous().map(back)).add(app.step.next().map(next)))
}

fn footer(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    el("footer.small-print")
        .add((!matches!(app.request.delivery, Delivery::Confirmed { .. })).then(|| el("p").add(texts.privacy_line)))
        .add(link_button(texts.delete_all).on_click(ctx, || Msg::Ask(Question::DeleteAll)))
}
