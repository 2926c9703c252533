//! What is worth a look at a step: quiet, and in nobody's way.

use super::element::{Element, el, fold, note};
use crate::app::App;
use crate::app::model::Step;
use crate::engine::i18n::{advice_text, fill};
use crate::engine::measure::{About, Advised, Rule};

/// The advice that belongs to the step, if there is any.
pub(super) fn advice(app: &App) -> Option<Element> {
    let about = match app.step {
        Step::Hairline => About::Line,
        Step::Density => About::Density,
        Step::Look => About::Look,
        Step::Photo | Step::Size | Step::Save => return None,
    };
    let told = |advised: &Advised| Some((*advised, advised.rule().filter(|rule| rule.about == about)?));
    let told: Vec<(Advised, &Rule)> = app.figures.as_ref()?.advice.iter().filter_map(told).collect();
    if told.is_empty() {
        return None;
    }
    let texts = app.texts();
    let said = told.iter().map(|(advised, _)| el("li").add(advice_text(texts, *advised)));
    let sources = told.iter().map(|(_, rule)| note(fill(texts.help_source, &[("source", rule.source)])));
    // Each step has a fold of its own: what was opened at one is not open at the next.
    let shown = el("section.advice")
        .keyed(app.step.key())
        .attr("aria-labelledby", "advice-title")
        .add(el("h2").id("advice-title").add(texts.advice_title))
        .add(el("ul").each(said))
        .add(fold(el("summary").add(texts.advice_sources)).each(sources));
    Some(shown)
}
