//! What is good to know at a step, folded under its panel.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::State;
use crate::app::state::step::Step;
use crate::app::widgets::{Fold, Note};
use crate::engine::i18n::{HelpRow, fill};
use yew::prelude::*;

/// The step, and whether a request is being reviewed there.
fn model(state: &State) -> (Step, bool) {
    (state.step(), state.request.review.is_some() && state.step() == Step::Save)
}

/// The questions of the step with their answers. Nothing beside the review, which is to be read alone.
#[component]
pub(crate) fn Help() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let (step, is_reviewing) = *use_selector(model);
    if is_reviewing {
        return html! {};
    }
    let help = store.read(|state| state.session.language.help);
    let rows = match step {
        Step::Photo => help.photo,
        Step::Size => help.size,
        Step::Hairline => help.hairline,
        Step::Density => help.density,
        Step::Look => help.look,
        Step::Save => help.save,
    };
    let shown = |row: &HelpRow| {
        html! {
            <div>
                <dt>{ row.question }</dt>
                <dd>
                    <p>{ row.answer }</p>
                    <Note>{ fill(texts.help_source, &[("source", row.source)]) }</Note>
                </dd>
            </div>
        }
    };
    // Each step has a fold of its own: what was opened at one is not open at the next.
    html! {
        <Fold key={step.id()} summary={texts.help_title}>
            <dl class="help">{ for rows.iter().map(shown) }</dl>
        </Fold>
    }
}
