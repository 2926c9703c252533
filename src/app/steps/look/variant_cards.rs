//! The variants as cards.

use super::variant_card::VariantCard;
use super::variant_names::{VariantNames, shown_name};
use crate::app::hooks::{use_selector, use_store, use_texts};
use yew::prelude::*;

/// The variants as cards, to work on another one.
#[component]
pub(super) fn VariantCards() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let picked = use_selector(VariantNames::of);
    let Some(variants) = &*picked else { return html! {} };
    let card = |place: usize| {
        html! {
            <VariantCard key={place} {place} name={shown_name(&store, place)} is_chosen={variants.place == place} />
        }
    };
    html! {
        <fieldset class="choice">
            <legend>{ texts.variants_label }</legend>
            <div class="cards">{ for variants.places().map(card) }</div>
        </fieldset>
    }
}
