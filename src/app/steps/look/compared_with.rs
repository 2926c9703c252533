//! What stands on the left of the before/after slider.

use super::variant_names::{VariantNames, shown_name};
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::LookAction;
use crate::app::widgets::Choice;
use yew::prelude::*;

/// The photo, or another variant, on the left of the slider; nothing where there is one variant alone.
#[component]
pub(super) fn ComparedWith() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let picked = use_selector(VariantNames::of);
    let with = *use_selector(|state| state.preview.compare.with);
    let Some(variants) = &*picked else { return html! {} };
    let others: Vec<usize> = variants.places().filter(|place| *place != variants.place).collect();
    let names = others.iter().map(|place| shown_name(&store, *place));
    let options: Vec<AttrValue> = [AttrValue::from(texts.variant_compare_photo)].into_iter().chain(names).collect();
    let chosen = match with {
        None => Some(0),
        Some(with) => others.iter().position(|place| *place == with).map(|index| index + 1),
    };
    let on_choose = store.callback(move |index: usize| {
        LookAction::CompareWith(index.checked_sub(1).and_then(|place| others.get(place)).copied())
    });
    html! { <Choice name="compare-with" label={texts.variant_compare} {options} {chosen} {on_choose} /> }
}
