//! What stands on the stage before there is a photo.

use crate::app::hooks::use_texts;
use crate::app::steps::photo::{PhotoChoosers, SampleButton, ToneSwatches};
use crate::app::widgets::Note;
use yew::prelude::*;

/// A head with a dotted line, and the ways to a photo.
#[component]
pub(super) fn Welcome() -> Html {
    let texts = use_texts();
    html! {
        <div class="welcome">
            <svg class="welcome-mark" viewBox="0 0 120 132" aria-hidden="true" focusable="false">
                <path class="skull" d="M60 8C30 8 18 32 18 58c0 40 22 66 42 66s42-26 42-66C102 32 90 8 60 8Z" />
                <path class="dots" d="M24 52c4-20 16-29 36-29s32 9 36 29" />
                <path class="dots" d="M30 40c6-14 15-22 30-22s24 8 30 22" />
            </svg>
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
