//! Which of the variants is saved as a picture and sent.

use crate::app::hooks::{use_selector, use_texts};
use crate::app::steps::look::Variants;
use crate::app::widgets::Note;
use yew::prelude::*;

/// Which of the variants is saved as a picture and sent; nothing where there is one alone.
#[component]
pub(crate) fn ChosenVariant() -> Html {
    let texts = use_texts();
    let is_choice = *use_selector(|state| state.editor.document.design().variants() > 1);
    html! {
        if is_choice {
            <div class="stack">
                <Variants />
                <Note>{ texts.variant_chosen }</Note>
            </div>
        }
    }
}
