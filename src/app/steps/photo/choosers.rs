//! The buttons that open a photo.

use crate::app::hooks::{use_selector, use_services, use_store, use_texts};
use crate::app::state::{PhotoAction, State};
use crate::app::widgets::FileButton;
use web_sys::File;
use yew::prelude::*;

/// Properties of [`PhotoChoosers`].
#[derive(Properties, PartialEq)]
pub(crate) struct PhotoChoosersProps {
    /// The ids of the two inputs in markup: file and camera.
    pub(crate) ids: [&'static str; 2],
    /// Whether they are the main thing to be seen.
    #[prop_or_default]
    pub(crate) is_large: bool,
}

/// The buttons that open a photo: from the device, and from its camera.
#[component]
pub(crate) fn PhotoChoosers(props: &PhotoChoosersProps) -> Html {
    let (texts, store, services) = (use_texts(), use_store(), use_services());
    let is_open = *use_selector(State::has_open_photo);
    let on_file = store.callback(move |file: File| PhotoAction::Picked(Some(services.pick(file))));
    let [file_id, camera_id] = props.ids;
    let large = props.is_large.then_some("large");
    let label = if is_open { texts.photo_change } else { texts.photo_choose };
    html! {
        <>
            <FileButton
                id={file_id}
                {label}
                accept="image/*"
                class={classes!((!is_open).then_some("primary"), large)}
                on_file={on_file.clone()}
            />
            <FileButton
                id={camera_id}
                label={texts.photo_take}
                accept="image/*"
                is_camera=true
                class={classes!("only-touch", large)}
                {on_file}
            />
        </>
    }
}
