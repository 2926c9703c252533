//! What is wrong with a field of the form.

use crate::app::hooks::use_texts;
use crate::app::state::State;
use crate::engine::consult::{FieldError, FormField};
use crate::engine::i18n::field_error_text;
use yew::prelude::*;

/// What is wrong with a field, once the form was looked over.
pub(super) fn error_of(state: &State, field: FormField) -> Option<FieldError> {
    let faults = state.request.checked.then(|| state.request.form.errors())?;
    faults.iter().find(|(of, _)| *of == field).map(|(_, fault)| *fault)
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
    pub(crate) error: Option<FieldError>,
}

/// What is wrong with a field, if anything.
#[component]
pub(crate) fn FieldErrorLine(props: &FieldErrorLineProps) -> Html {
    let texts = use_texts();
    html! {
        if let Some(error) = props.error {
            <p class="field-fault" id={error_id(props.field)}>{ field_error_text(texts, error) }</p>
        }
    }
}
