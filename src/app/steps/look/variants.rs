//! The variants side by side, and what can be done to the one that is worked on.

use super::variant_cards::VariantCards;
use super::variant_settings::VariantSettings;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{State, VariantAction};
use crate::app::widgets::{Button, Note};
use crate::engine::design::DESIGN_LIMITS;
use yew::prelude::*;

/// What is offered.
#[derive(PartialEq)]
struct Model {
    has_several: bool,
    can_add: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        let count = state.editor.document.design().variants();
        Self { has_several: count > 1, can_add: count < DESIGN_LIMITS.variants && state.editor.has_drawing() }
    }
}

/// The variants side by side, and what can be done to the one that is worked on.
#[component]
pub(in crate::app) fn Variants() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let model = use_selector(Model::of);
    let several = model.has_several.then(|| html! { <><VariantCards /><VariantSettings /></> });
    let add = model.can_add.then(|| {
        html! {
            <div class="stack">
                <Button on_click={store.emit(VariantAction::Copy)}>{ texts.variant_add }</Button>
                <Note>{ texts.variant_add_note }</Note>
            </div>
        }
    });
    html! {
        <section class="variants">
            { several }
            { add }
        </section>
    }
}
