//! A field of the form in which one line is typed.

use super::field_error::{FieldErrorLine, error_id, error_of};
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::RequestAction;
use crate::engine::consult::FormField;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`TextField`].
#[derive(Properties, PartialEq)]
pub(crate) struct TextFieldProps {
    /// Which: name, e-mail or telephone.
    pub(crate) field: FormField,
    /// Its name.
    pub(crate) label: &'static str,
    /// The type of its input.
    pub(crate) kind: &'static str,
    /// What the browser may fill in.
    pub(crate) autocomplete: &'static str,
}

/// A field in which one line is typed, with its name above it.
#[component]
pub(crate) fn TextField(props: &TextFieldProps) -> Html {
    let (texts, store) = (use_texts(), use_store());
    let field = props.field;
    let typed = use_selector(move |state| state.request.form.text(field).to_owned());
    let error = (*use_selector(move |state| error_of(state, field))).clone();
    let oninput = move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            store.dispatch(RequestAction::SetField(field, input.value()));
        }
    };
    html! {
        <div class="field">
            <label for={field.element_id()}>
                { props.label }
                if field == FormField::ReplyWhen {
                    { format!(" ({})", texts.optional) }
                }
            </label>
            <input
                type={props.kind}
                autocomplete={props.autocomplete}
                tabindex={(field == FormField::Trap).then_some("-1")}
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
