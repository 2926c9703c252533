//! The message to the clinic.

use super::field_error::{FieldErrorLine, error_id, error_of};
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::RequestAction;
use crate::engine::consult::FormField;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// The message to the clinic, which may stay empty.
#[component]
pub(crate) fn MessageField() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let field = FormField::Message;
    let typed = use_selector(|state| state.request.form.message.clone());
    let error = (*use_selector(move |state| error_of(state, field))).clone();
    let oninput = move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlTextAreaElement>() {
            store.dispatch(RequestAction::SetField(field, input.value()));
        }
    };
    html! {
        <div class="field">
            <label for={field.element_id()}>{ format!("{} ({})", texts.field_message, texts.optional) }</label>
            <textarea
                rows="4"
                placeholder={texts.field_message_hint}
                id={field.element_id()}
                aria-invalid={error.is_some().then_some("true")}
                aria-describedby={error.is_some().then(|| error_id(field))}
                value={(*typed).clone()}
                {oninput}
            />
            <FieldErrorLine {field} {error} />
        </div>
    }
}
