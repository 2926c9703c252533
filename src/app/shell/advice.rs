//! What is worth a look at a step: quiet, and in nobody's way.

use crate::app::hooks::{use_selector, use_texts};
use crate::app::state::State;
use crate::app::state::step::Step;
use crate::app::widgets::{Fold, Note};
use crate::engine::i18n::{advice_text, fill};
use crate::engine::measure::{About, Advised};
use yew::prelude::*;

/// The step, and the advice that belongs to it.
#[derive(PartialEq)]
struct Model {
    step: Step,
    advice: Vec<Advised>,
}

impl Model {
    fn of(state: &State) -> Self {
        Self { step: state.step(), advice: advice(state).unwrap_or_default() }
    }
}

fn advice(state: &State) -> Option<Vec<Advised>> {
    let about = match state.step() {
        Step::Hairline => About::Line,
        Step::Density => About::Density,
        Step::Look => About::Look,
        Step::Photo | Step::Size | Step::Save => return None,
    };
    let is_about = |advised: &&Advised| advised.rule().is_some_and(|rule| rule.about == about);
    Some(state.preview.figures.as_ref()?.advice.iter().filter(is_about).copied().collect())
}

/// The advice that belongs to the step, if there is any.
#[component]
pub(crate) fn Advice() -> Html {
    let texts = use_texts();
    let model = use_selector(Model::of);
    if model.advice.is_empty() {
        return html! {};
    }
    let said = |advised: &Advised| html! { <li>{ advice_text(texts, *advised) }</li> };
    let sources = model.advice.iter().filter_map(|advised| advised.rule());
    let source = |source: &str| html! { <Note>{ fill(texts.help_source, &[("source", source)]) }</Note> };
    // Each step has a fold of its own: what was opened at one is not open at the next.
    html! {
        <section class="advice" key={model.step.id()} aria-labelledby="advice-title">
            <h2 id="advice-title">{ texts.advice_title }</h2>
            <ul>{ for model.advice.iter().map(said) }</ul>
            <Fold summary={texts.advice_sources}>{ for sources.map(|rule| source(rule.source)) }</Fold>
        </section>
    }
}
