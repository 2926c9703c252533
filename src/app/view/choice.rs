//! One of a few: radio buttons that look like a row of keys.

use yew::prelude::*;

/// Properties of [`Choice`].
#[derive(Properties, PartialEq)]
pub(super) struct ChoiceProps {
    /// Name in markup, unique on the page.
    pub(super) name: AttrValue,
    /// What is chosen.
    pub(super) label: AttrValue,
    /// What there is to choose.
    pub(super) options: Vec<AttrValue>,
    /// The place of the chosen one.
    pub(super) chosen: Option<usize>,
    /// How the options look besides their words.
    #[prop_or_default]
    pub(super) kind: Classes,
    /// One was chosen.
    pub(super) on_choose: Callback<usize>,
}

/// A choice.
#[component]
pub(super) fn Choice(props: &ChoiceProps) -> Html {
    let option = |(index, text): (usize, &AttrValue)| {
        let on_choose = props.on_choose.reform(move |_: Event| index);
        let checked = props.chosen == Some(index);
        html! {
            <label class={classes!("key", checked.then_some("chosen"))} data-index={index.to_string()}>
                <input type="radio" name={props.name.clone()} {checked} onchange={on_choose} />
                <span>{ text }</span>
            </label>
        }
    };
    html! {
        <fieldset class={classes!("choice", props.kind.clone())}>
            <legend>{ &props.label }</legend>
            <div class="keys">{ for props.options.iter().enumerate().map(option) }</div>
        </fieldset>
    }
}
