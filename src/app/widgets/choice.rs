//! One of a few: radio buttons that look like a row of keys.

use yew::prelude::*;

/// Properties of [`Choice`].
#[derive(Properties, PartialEq)]
pub(crate) struct ChoiceProps {
    /// Name in markup, unique on the page.
    pub(crate) name: &'static str,
    /// What is chosen.
    pub(crate) label: AttrValue,
    /// What there is to choose.
    pub(crate) options: Vec<AttrValue>,
    /// The place of the chosen one.
    pub(crate) chosen: Option<usize>,
    /// Follows a choice: its place.
    pub(crate) on_choose: Callback<usize>,
    /// Further classes: `swatches`, `stacked`.
    #[prop_or_default]
    pub(crate) class: Classes,
}

/// One of a few.
#[component]
pub(crate) fn Choice(props: &ChoiceProps) -> Html {
    let option = |(index, text): (usize, &AttrValue)| {
        let is_chosen = props.chosen == Some(index);
        html! {
            <label key={index} class={classes!("key", is_chosen.then_some("chosen"))} data-index={index.to_string()}>
                <input
                    type="radio"
                    name={props.name}
                    checked={is_chosen}
                    onchange={props.on_choose.reform(move |_: Event| index)}
                />
                <span>{ text }</span>
            </label>
        }
    };
    html! {
        <fieldset class={classes!("choice", props.class.clone())}>
            <legend>{ &props.label }</legend>
            <div class="keys">{ for props.options.iter().enumerate().map(option) }</div>
        </fieldset>
    }
}
