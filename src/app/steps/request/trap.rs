//! A field that no person sees and no key reaches: what fills it in is a program.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::RequestAction;
use crate::engine::consult::FormField;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The field. Browsers are asked not to fill it in, and nothing in its name invites them to.
#[component]
pub(crate) fn Trap() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let field = FormField::Trap;
    let typed = use_selector(|state| state.request.form.trap.clone());
    let oninput = move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            store.dispatch(RequestAction::SetField(field, input.value()));
        }
    };
    html! {
        <div class="trap" aria-hidden="true">
            <label for={field.element_id()}>{ texts.field_trap }</label>
            <input
                type="text"
                id={field.element_id()}
                tabindex="-1"
                autocomplete="off"
                value={(*typed).clone()}
                {oninput}
            />
        </div>
    }
}
