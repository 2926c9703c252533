//! A button that opens the browser's file dialog.

use super::input::input_of;
use crate::platform::files;
use web_sys::File;
use yew::prelude::*;

/// Properties of [`FileButton`].
#[derive(Properties, PartialEq)]
pub(crate) struct FileButtonProps {
    /// Id in markup, unique on the page.
    pub(crate) id: &'static str,
    /// What it says.
    pub(crate) label: AttrValue,
    /// Kinds of file that the browser's dialog offers.
    pub(crate) accept: &'static str,
    /// Follows a choice.
    pub(crate) on_file: Callback<File>,
    /// Whether it opens the camera.
    #[prop_or_default]
    pub(crate) is_camera: bool,
    /// Further classes: `primary`, `quiet`, `large`, `only-touch`.
    #[prop_or_default]
    pub(crate) class: Classes,
}

/// A button that opens the browser's file dialog: a label around an input that is there for keyboard and screen reader but not
/// to be seen.
#[component]
pub(crate) fn FileButton(props: &FileButtonProps) -> Html {
    let onchange = {
        let on_file = props.on_file.clone();
        Callback::from(move |event: Event| {
            let Some(input) = input_of(&event) else { return };
            let file = files::first(input.files());
            // The same file can be chosen again.
            input.set_value("");
            if let Some(file) = file {
                on_file.emit(file);
            }
        })
    };
    html! {
        <label class={classes!("file-button", "button", props.class.clone())}>
            <input
                type="file"
                id={props.id}
                accept={props.accept}
                capture={props.is_camera.then_some("user")}
                {onchange}
            />
            <span>{ &props.label }</span>
        </label>
    }
}
