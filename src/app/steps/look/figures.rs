//! The figures of the design.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::figures::{detail_lines, main_lines};
use crate::app::widgets::{Fold, Note, Pairs};
use crate::engine::catalog::Parameter;
use yew::prelude::*;

/// The figures of the design in words, as soon as there is something to count.
#[component]
pub(super) fn FiguresSection() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let picked = use_selector(|state| state.preview.told_figures().cloned());
    let Some(figures) = &*picked else { return html! {} };
    let details = detail_lines(texts, figures, store.read(|state| state.parameters().get(Parameter::HairlineBand)));
    let more =
        (!details.is_empty()).then(|| html! { <Fold summary={texts.figures_more}><Pairs lines={details} /></Fold> });
    html! {
        <section class="figures" aria-labelledby="figures-title">
            <h2 id="figures-title">{ texts.figures_title }</h2>
            <Pairs lines={main_lines(texts, figures)} />
            { more }
            <Note>{ texts.figures_note }</Note>
        </section>
    }
}
