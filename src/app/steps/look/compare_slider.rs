//! The before/after slider.

use super::percent_slider::PercentSlider;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::LookAction;
use yew::prelude::*;

/// How much of the photo shows before.
#[component]
pub(crate) fn CompareSlider() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let split = use_selector(|state| state.preview.compare.split);
    html! {
        <PercentSlider
            id="compare"
            label={texts.compare_slider}
            words={texts.compare_value}
            ends={[texts.compare_only_after, texts.compare_only_before]}
            share={*split}
            on_input={store.callback(LookAction::Split)}
        />
    }
}
