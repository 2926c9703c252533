//! Names and what belongs to them, as a list.

use yew::prelude::*;

/// Properties of [`Pairs`].
#[derive(Properties, PartialEq)]
pub(crate) struct PairsProps {
    /// Names and what belongs to them.
    pub(crate) lines: Vec<(String, String)>,
    /// The list's classes.
    #[prop_or_default]
    pub(crate) class: Option<AttrValue>,
}

/// Names and what belongs to them, as a list.
#[component]
pub(crate) fn Pairs(props: &PairsProps) -> Html {
    let line = |(name, text): &(String, String)| html! { <div><dt>{ name }</dt><dd>{ text }</dd></div> };
    html! { <dl class={props.class.clone()}>{ for props.lines.iter().map(line) }</dl> }
}
