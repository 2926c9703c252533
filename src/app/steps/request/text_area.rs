//! A field of the form in which several lines are typed.

use super::field_error::{FieldErrorLine, error_id, error_of};
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::RequestAction;
use crate::engine::consult::FormField;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Properties of [`TextArea`].
#[derive(Properties, PartialEq)]
pub(crate) struct TextAreaProps {
    /// Which.
    pub(crate) field: FormField,
    /// Its name.
    pub(crate) label: &'static str,
    /// What may be written there.
    pub(crate) hint: &'static str,
    /// How many lines are seen.
    pub(crate) rows: &'static str,
}

/// A field in which several lines are typed, and which may stay empty.
#[component]
pub(crate) fn TextArea(props: &TextAreaProps) -> Html {
    let (texts, store) = (use_texts(), use_store());
    let field = props.field;
    let typed = use_selector(move |state| state.request.form.text(field).to_owned());
    let error = (*use_selector(move |state| error_of(state, field))).clone();
    let oninput = move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlTextAreaElement>() {
            store.dispatch(RequestAction::SetField(field, input.value()));
        }
    };
    html! {
        <div class="field">
            <label for={field.element_id()}>{ format!("{} ({})", props.label, texts.optional) }</label>
            <textarea
                rows={props.rows}
                placeholder={props.hint}
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
