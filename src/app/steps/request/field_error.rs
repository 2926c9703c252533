//! What is wrong with a field of the form.

use crate::app::state::State;
use crate::engine::consult::FormField;
use crate::engine::i18n::field_error_text;
use yew::prelude::*;

/// What is wrong with a field, once the form was looked over: what the program finds, else what the clinic's server said.
pub(super) fn error_of(state: &State, field: FormField) -> Option<AttrValue> {
    let faults = state.request.checked.then(|| state.request.form.errors())?;
    let own = faults.iter().find(|(of, _)| *of == field);
    let own = own.map(|(_, fault)| field_error_text(state.texts(), *fault).into());
    own.or_else(|| state.request.server_error(field).map(|said| said.to_owned().into()))
}

/// The id in markup of what says what is wrong with a field.
pub(super) fn error_id(field: FormField) -> String {
    format!("{}-fault", field.element_id())
}

/// Properties of [`FieldErrorLine`].
#[derive(Properties, PartialEq)]
pub(crate) struct FieldErrorLineProps {
    /// The field.
    pub(crate) field: FormField,
    /// What is wrong with it.
    pub(crate) error: Option<AttrValue>,
}

/// What is wrong with a field, if anything.
#[component]
pub(crate) fn FieldErrorLine(props: &FieldErrorLineProps) -> Html {
    html! {
        if let Some(error) = &props.error {
            <p class="field-fault" id={error_id(props.field)}>{ error }</p>
        }
    }
}
