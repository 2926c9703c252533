//! What is folded away until someone asks for it.

use yew::prelude::*;

/// Properties of [`Fold`].
#[derive(Properties, PartialEq)]
pub(crate) struct FoldProps {
    /// What it is about.
    pub(crate) summary: AttrValue,
    /// What is folded away.
    pub(crate) children: Html,
    /// Whether it is open when it comes into the page; later the visitor opens and closes it.
    #[prop_or_default]
    pub(crate) open: bool,
}

/// What is folded away until someone asks for it.
#[component]
pub(crate) fn Fold(props: &FoldProps) -> Html {
    html! {
        <details class="more" open={props.open}>
            <summary>{ &props.summary }</summary>
            { props.children.clone() }
        </details>
    }
}
