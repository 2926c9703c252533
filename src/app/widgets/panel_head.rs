//! The head of a panel.

use yew::prelude::*;

/// Properties of [`PanelHead`].
#[derive(Properties, PartialEq)]
pub(crate) struct PanelHeadProps {
    /// What the step is.
    pub(crate) title: AttrValue,
    /// One sentence about what to do.
    pub(crate) children: Html,
}

/// The head of a panel: what the step is, and one sentence about what to do. The keyboard's focus comes here with each step.
#[component]
pub(crate) fn PanelHead(props: &PanelHeadProps) -> Html {
    html! {
        <header class="panel-head">
            <h1 id="panel-title" tabindex="-1">{ &props.title }</h1>
            <p class="say">{ props.children.clone() }</p>
        </header>
    }
}
