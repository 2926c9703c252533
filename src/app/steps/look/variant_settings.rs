//! The name of the variant that is worked on, and how to remove it.

use super::variant_names::{VariantNames, shown_name};
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::VariantAction;
use crate::app::widgets::{Fold, LinkButton};
use crate::engine::design::DESIGN_LIMITS;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The name of the variant that is worked on, and how to remove it.
#[component]
pub(super) fn VariantSettings() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let update = use_force_update();
    let picked = use_selector(VariantNames::of);
    let Some(variants) = &*picked else { return html! {} };
    let shown_name = shown_name(&store, variants.place);
    let own_name = variants.names.get(variants.place).cloned().unwrap_or_default();
    let onchange = {
        let store = store.clone();
        Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                store.dispatch(VariantAction::Name(input.value()));
                // What was refused or cut short gives way to the name that it has.
                update.force_update();
            }
        })
    };
    html! {
        <Fold summary={shown_name.clone()}>
            <div class="field">
                <label for="variant-name">{ texts.variant_name_field }</label>
                <input
                    id="variant-name"
                    type="text"
                    autocomplete="off"
                    maxlength={DESIGN_LIMITS.name_chars.to_string()}
                    placeholder={shown_name}
                    value={own_name}
                    {onchange}
                />
            </div>
            <LinkButton on_click={store.emit(VariantAction::Remove)}>{ texts.variant_remove }</LinkButton>
        </Fold>
    }
}
