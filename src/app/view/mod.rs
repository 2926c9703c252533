//! What the page looks like. Reads the state, sends messages, decides nothing.

mod choice;
mod density;
mod dialog;
mod figures;
mod guides;
mod hairline;
mod head;
mod look;
mod nudge;
mod photo;
mod questions;
mod request;
mod save;
mod size;
mod slider;
mod special;
mod stage;
mod stages;
mod top;

use super::App;
use super::message::Msg;
use super::model::{NoticeKind, Question, Step};
use crate::engine::i18n::fill;
use yew::prelude::*;

/// The whole page.
pub(super) fn page(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let class = classes!("page", app.photo.is_none().then_some("without-photo"));
    html! {
        <div {class} data-step={app.step.key()} data-worker={app.worker.map(|worker| if worker { "ready" } else { "none" })}>
            { top::bar(app, ctx) }
            <main class="work">
                { stage::stage(app, ctx) }
                <section class="panel" aria-label={texts.panel_label}>
                    { notice(app, ctx) }
                    { panel(app, ctx) }
                    { onward(app, ctx) }
                    { footer(app, ctx) }
                </section>
            </main>
            { questions::question(app, ctx) }
        </div>
    }
}

fn panel(app: &App, ctx: &Context<App>) -> Html {
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
pub(super) fn heading(title: &str, say: &str) -> Html {
    html! {
        <header class="panel-head">
            <h1 id="panel-title" tabindex="-1">{ title }</h1>
            <p class="say">{ say }</p>
        </header>
    }
}

/// A callback that sends a message.
pub(super) fn send<E>(ctx: &Context<App>, make: impl Fn() -> Msg + 'static) -> Callback<E> {
    ctx.link().callback(move |_| make())
}

fn notice(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let on_close = send(ctx, || Msg::DismissNotice);
    // The region is always there, so that a screen reader hears what comes into it.
    let role = match &app.notice {
        Some(notice) if notice.kind == NoticeKind::Fault => "alert",
        _ => "status",
    };
    html! {
        <div id="notice" {role}>
            if let Some(notice) = &app.notice {
                <div class={classes!("notice", notice_class(notice.kind))}>
                    <span class="notice-mark" aria-hidden="true"></span>
                    <p>{ &notice.text }</p>
                    <button type="button" class="icon-button" aria-label={texts.close} onclick={on_close}>{ "×" }</button>
                </div>
            }
        </div>
    }
}

fn notice_class(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Good => "good",
        NoticeKind::Info => "info",
        NoticeKind::Fault => "fault-notice",
    }
}

/// Back and next.
fn onward(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let back = app.step.previous().map(|step| {
        let on_back = send(ctx, move || Msg::Go(step));
        html! { <button type="button" class="button quiet" onclick={on_back}>{ texts.back }</button> }
    });
    let next = app.step.next().map(|step| {
        let on_next = send(ctx, move || Msg::Go(step));
        let label = fill(texts.next, &[("step", step.name(texts))]);
        let class = classes!("button", app.can_work().then_some("primary"));
        html! { <button type="button" {class} onclick={on_next}>{ label }</button> }
    });
    if (app.photo.is_none() && app.step == Step::Photo) || app.request.review.is_some() && app.step == Step::Save {
        return Html::default();
    }
    html! { <div class="onward">{ back }{ next }</div> }
}

fn footer(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let on_delete = send(ctx, || Msg::Ask(Question::DeleteAll));
    html! {
        <footer class="small-print">
            <p>{ texts.privacy_line }</p>
            <button type="button" class="link-button" onclick={on_delete}>{ texts.delete_all }</button>
        </footer>
    }
}
