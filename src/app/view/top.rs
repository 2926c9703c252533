//! The bar above: name, steps, undo and redo.

use super::element::{Element, el};
use super::icon_button;
use crate::app::App;
use crate::app::message::Msg;
use crate::app::model::Step;
use yew::prelude::*;

pub(super) fn bar(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let clinic = app.config.contact.name.trim();
    let name = if clinic.is_empty() { texts.title } else { clinic };
    let undo = icon_button(texts.undo, icon("M9 7 4 12l5 5M4 12h10a6 6 0 0 1 0 12h-2"))
        .flag("disabled", !app.editor.can_undo())
        .on_click(ctx, || Msg::Undo);
    let redo = icon_button(texts.redo, icon("m15 7 5 5-5 5M20 12H10a6 6 0 0 0 0 12h2"))
        .flag("disabled", !app.editor.can_redo())
        .on_click(ctx, || Msg::Redo);
    let steps = el("ol.steps").each(Step::ALL.into_iter().map(|step| item(app, ctx, step)));
    el("header.bar")
        .add(el("p.brand").add(name.to_owned()))
        .add(el("nav").label(texts.steps_label).add(steps))
        .add(el("div.history").add(undo).add(redo))
}

fn item(app: &App, ctx: &Context<App>, step: Step) -> Element {
    let texts = app.texts();
    let current = app.step == step;
    let done = is_done(app, step);
    let number = if done && !current { "✓".to_owned() } else { (step.index() + 1).to_string() };
    let key = el("button")
        .attr("type", "button")
        .attr("aria-current", current.then_some("step"))
        .on_click(ctx, move || Msg::Go(step))
        .add(el("span.step-number").hidden().add(number))
        .add(el("span.step-name").add(step.name(texts)))
        .add(done.then(|| el("span.for-readers").add(format!(" ({})", texts.step_done))));
    el("li.step").class_if(current, "current").class_if(done, "done").add(key)
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
pub(super) fn icon(path: &'static str) -> Element {
    el("svg.icon").attr("viewBox", "0 2 24 24").hidden().attr("focusable", "false").add(el("path").attr("d", path))
}
