//! A box to tick, and what it means.

use yew::prelude::*;

/// Properties of [`Checkbox`].
#[derive(Properties, PartialEq)]
pub(crate) struct CheckboxProps {
    /// What it means.
    pub(crate) label: AttrValue,
    /// Whether it is ticked.
    pub(crate) checked: bool,
    /// Follows a tick: whether it is ticked now.
    pub(crate) on_change: Callback<bool>,
    /// Its id in markup.
    #[prop_or_default]
    pub(crate) id: Option<AttrValue>,
    /// The id of what says what is wrong with it, where something is.
    #[prop_or_default]
    pub(crate) error_id: Option<AttrValue>,
}

/// A box to tick, and what it means.
#[component]
pub(crate) fn Checkbox(props: &CheckboxProps) -> Html {
    let is_ticked = !props.checked;
    let onchange = props.on_change.reform(move |_: Event| is_ticked);
    html! {
        <label class="tick">
            <input
                type="checkbox"
                id={props.id.clone()}
                checked={props.checked}
                aria-invalid={props.error_id.is_some().then_some("true")}
                aria-describedby={props.error_id.clone()}
                {onchange}
            />
            <span>{ &props.label }</span>
        </label>
    }
}
