//! What stands on the stage before there is a photo.

use super::example::Example;
use crate::app::hooks::use_texts;
use crate::app::steps::photo::{PhotoChoosers, SampleButton, ToneSwatches};
use crate::app::widgets::Note;
use yew::prelude::*;

/// An example of what comes of it, and the ways to a photo.
#[component]
pub(super) fn Welcome() -> Html {
    let texts = use_texts();
    html! {
        <div class="welcome">
            <Example />
            <div class="welcome-keys">
                <PhotoChoosers ids={["stage-file", "stage-camera"]} is_large=true />
                <SampleButton class="link-button" />
                <ToneSwatches />
            </div>
            <Note class="only-mouse">{ texts.photo_drop }</Note>
            <Note>{ texts.photo_private }</Note>
        </div>
    }
}
