//! What the visitor agrees to.

use super::field_error::{FieldErrorLine, error_id, error_of};
use crate::app::hooks::{use_selector, use_store};
use crate::app::state::RequestAction;
use crate::app::widgets::Checkbox;
use crate::engine::consult::FormField;
use yew::prelude::*;

/// Properties of [`Consent`].
#[derive(Properties, PartialEq)]
pub(crate) struct ConsentProps {
    /// Which: that the data go to the clinic, the age, or news.
    pub(crate) field: FormField,
    /// What is agreed to.
    pub(crate) label: AttrValue,
}

/// What the visitor agrees to by a tick.
#[component]
pub(crate) fn Consent(props: &ConsentProps) -> Html {
    let store = use_store();
    let field = props.field;
    let checked = *use_selector(move |state| state.request.form.agrees(field));
    let error = (*use_selector(move |state| error_of(state, field))).clone();
    html! {
        <div class="field">
            <Checkbox
                label={props.label.clone()}
                {checked}
                on_change={store.callback(move |is_ticked| RequestAction::SetConsent(field, is_ticked))}
                id={field.element_id()}
                error_id={error.is_some().then(|| AttrValue::from(error_id(field)))}
            />
            <FieldErrorLine {field} {error} />
        </div>
    }
}
