//! The button that opens the sample head.

use crate::app::hooks::{use_store, use_texts};
use crate::app::state::PhotoAction;
use crate::engine::catalog::SampleTone;
use yew::prelude::*;

/// Properties of [`SampleButton`].
#[derive(Properties, PartialEq)]
pub(crate) struct SampleButtonProps {
    /// Its classes: `button` or `link-button`.
    pub(crate) class: Classes,
    /// What a pointer that rests on it is told.
    #[prop_or_default]
    pub(crate) title: Option<AttrValue>,
}

/// The button that opens the sample head.
#[component]
pub(crate) fn SampleButton(props: &SampleButtonProps) -> Html {
    let (texts, store) = (use_texts(), use_store());
    html! {
        <button
            type="button"
            class={props.class.clone()}
            title={props.title.clone()}
            onclick={store.emit(PhotoAction::SamplePicked(SampleTone::default()))}
        >
            { texts.photo_sample }
        </button>
    }
}
