//! A remark beside something.

use yew::prelude::*;

/// Properties of [`Note`].
#[derive(Properties, PartialEq)]
pub(crate) struct NoteProps {
    /// What it says.
    pub(crate) children: Html,
    /// Its id in markup.
    #[prop_or_default]
    pub(crate) id: Option<AttrValue>,
    /// Further classes: `grow`, `only-mouse`.
    #[prop_or_default]
    pub(crate) class: Classes,
}

/// A remark beside something.
#[component]
pub(crate) fn Note(props: &NoteProps) -> Html {
    html! { <p class={classes!("note", props.class.clone())} id={props.id.clone()}>{ props.children.clone() }</p> }
}
