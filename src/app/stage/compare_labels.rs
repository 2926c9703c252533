//! The names of what is compared, on both sides of the split.

use crate::app::hooks::use_selector;
use crate::app::state::State;
use crate::engine::i18n::variant_name;
use yew::prelude::*;

/// The names on the left and on the right.
fn names(state: &State) -> Option<(String, Option<String>)> {
    let split = state.split();
    if !state.has_open_photo() || split <= 0.0 {
        return None;
    }
    let (texts, design) = (state.texts(), state.editor.document.design());
    let compare = &state.preview.compare;
    let (left, right) = match compare.with.filter(|_| !compare.held) {
        Some(other) => (variant_name(texts, design, other), variant_name(texts, design, design.place.into())),
        None => (texts.before.to_owned(), texts.after.to_owned()),
    };
    Some((left, (split < 1.0).then_some(right)))
}

/// The names of what is compared.
#[component]
pub(super) fn CompareLabels() -> Html {
    let names = use_selector(names);
    let Some((left, right)) = &*names else { return Html::default() };
    html! {
        <>
            <span class="stage-word at-left" aria-hidden="true">{ left }</span>
            { for right.iter().map(|right| html! { <span class="stage-word at-right" aria-hidden="true">{ right }</span> }) }
        </>
    }
}
