//! The variants by their names.

use super::variant_names::{VariantNames, shown_name};
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::VariantAction;
use crate::app::widgets::Choice;
use yew::prelude::*;

/// The variants by their names, to work on another one; nothing where there is one alone.
#[component]
pub(in crate::app) fn VariantChoice() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let picked = use_selector(VariantNames::of);
    let Some(variants) = &*picked else { return html! {} };
    let options: Vec<AttrValue> = variants.places().map(|place| shown_name(&store, place)).collect();
    html! {
        <Choice
            name="variant"
            label={texts.variants_label}
            {options}
            chosen={variants.place}
            on_choose={store.callback(VariantAction::Choose)}
        />
    }
}
