//! The bar above: name, steps, undo and redo.

use super::send;
use crate::app::App;
use crate::app::message::Msg;
use crate::app::model::Step;
use yew::prelude::*;

pub(super) fn bar(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let clinic = app.config.contact.name.trim();
    let name = if clinic.is_empty() { texts.title } else { clinic };
    let on_undo = send(ctx, || Msg::Undo);
    let on_redo = send(ctx, || Msg::Redo);
    html! {
        <header class="bar">
            <p class="brand">{ name }</p>
            <nav aria-label={texts.steps_label}>
                <ol class="steps">{ for Step::ALL.into_iter().map(|step| item(app, ctx, step)) }</ol>
            </nav>
            <div class="history">
                <button type="button" class="icon-button" aria-label={texts.undo} title={texts.undo}
                    disabled={!app.editor.can_undo()} onclick={on_undo}>{ icon("M9 7 4 12l5 5M4 12h10a6 6 0 0 1 0 12h-2") }</button>
                <button type="button" class="icon-button" aria-label={texts.redo} title={texts.redo}
                    disabled={!app.editor.can_redo()} onclick={on_redo}>{ icon("m15 7 5 5-5 5M20 12H10a6 6 0 0 0 0 12h2") }</button>
            </div>
        </header>
    }
}

fn item(app: &App, ctx: &Context<App>, step: Step) -> Html {
    let texts = app.texts();
    let on_go = send(ctx, move || Msg::Go(step));
    let current = app.step == step;
    let done = is_done(app, step);
    let class = classes!("step", current.then_some("current"), done.then_some("done"));
    html! {
        <li {class}>
            <button type="button" onclick={on_go} aria-current={current.then_some("step")}>
                <span class="step-number" aria-hidden="true">{ if done && !current { "✓".to_owned() } else { (step.index() + 1).to_string() } }</span>
                <span class="step-name">{ step.name(texts) }</span>
                if done { <span class="for-readers">{ format!(" ({})", texts.step_done) }</span> }
            </button>
        </li>
    }
}

fn is_done(app: &App, step: Step) -> bool {
    let view = app.editor.view();
    match step {
        Step::Photo => app.photo.is_some(),
        Step::Size => view.calibration.is_some(),
        Step::Hairline => view.hairline.is_some(),
        Step::Density => !view.fill.is_empty(),
        Step::Look | Step::Save => false,
    }
}

/// A line drawing of 24 by 28 units.
pub(super) fn icon(path: &'static str) -> Html {
    html! {
        <svg class="icon" viewBox="0 2 24 24" aria-hidden="true" focusable="false"><path d={path} /></svg>
    }
}
