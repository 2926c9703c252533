//! The button that opens a design.

use crate::app::hooks::{use_services, use_store};
use crate::app::state::SaveAction;
use crate::app::widgets::FileButton;
use web_sys::File;
use yew::prelude::*;

/// Properties of [`DesignButton`].
#[derive(Properties, PartialEq)]
pub(crate) struct DesignButtonProps {
    /// What it says.
    pub(crate) label: &'static str,
}

/// The button that opens a design.
#[component]
pub(crate) fn DesignButton(props: &DesignButtonProps) -> Html {
    let (store, services) = (use_store(), use_services());
    let on_file = store.callback(move |file: File| SaveAction::DesignPicked(services.pick(file)));
    html! {
        <FileButton id="design-file" label={props.label} accept="application/json,.json" class="quiet" {on_file} />
    }
}
