//! A slider of how much less dense the rear is than the front.

use crate::app::hooks::{use_store, use_texts};
use crate::app::state::{FillAction, ToolAction};
use crate::app::widgets::Slider;
use crate::engine::i18n::{fill, fixed};
use yew::prelude::*;

/// Properties of [`RearSlider`].
#[derive(Properties, PartialEq)]
pub(super) struct RearSliderProps {
    /// The share of the density at the rear, 0 to 1.
    pub(super) rear: f64,
}

/// A slider of how much less dense the rear is than the front.
#[component]
pub(super) fn RearSlider(props: &RearSliderProps) -> Html {
    let (store, texts) = (use_store(), use_texts());
    let percent = ((1.0 - props.rear) * 100.0).round();
    let words = if percent > 0.0 {
        fill(texts.density_rear_value, &[("percent", &fixed(percent, 0))])
    } else {
        texts.density_rear_even.to_owned()
    };
    html! {
        <Slider
            id="fill-rear"
            label={texts.density_rear}
            {words}
            ends={[texts.density_rear_even, texts.density_rear_thinner]}
            range={(0.0, 100.0)}
            step=5.0
            value={percent}
            on_input={store.callback(|percent: f64| FillAction::SetRear(1.0 - percent / 100.0))}
            on_commit={store.emit(ToolAction::Commit)}
        />
    }
}
