//! Line drawings.

use yew::prelude::*;

/// Properties of [`Icon`].
#[derive(Properties, PartialEq)]
pub(crate) struct IconProps {
    /// The drawing as a path, in 24 by 28 units.
    pub(crate) path: &'static str,
}

/// A line drawing; whoever shows it gives it a name.
#[component]
pub(crate) fn Icon(props: &IconProps) -> Html {
    html! {
        <svg class="icon" viewBox="0 2 24 24" aria-hidden="true" focusable="false"><path d={props.path} /></svg>
    }
}
