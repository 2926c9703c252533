//! A slider from nothing to all.

use crate::app::widgets::Slider;
use crate::engine::i18n::{fill, fixed};
use yew::prelude::*;

/// Properties of [`PercentSlider`].
#[derive(Properties, PartialEq)]
pub(super) struct PercentSliderProps {
    /// Id in markup, unique on the page.
    pub(super) id: &'static str,
    /// What it sets.
    pub(super) label: &'static str,
    /// Its value in words, with a place for the percent.
    pub(super) words: &'static str,
    /// What stands at its two ends.
    pub(super) ends: [&'static str; 2],
    /// Its value, 0 to 1.
    pub(super) share: f64,
    /// Follows each move: the value, 0 to 1.
    pub(super) on_input: Callback<f64>,
    /// Follows when it is let go.
    #[prop_or_default]
    pub(super) on_commit: Option<Callback<()>>,
}

/// A slider from nothing to all.
#[component]
pub(super) fn PercentSlider(props: &PercentSliderProps) -> Html {
    let percent = props.share * 100.0;
    html! {
        <Slider
            id={props.id}
            label={props.label}
            words={fill(props.words, &[("percent", &fixed(percent, 0))])}
            ends={props.ends}
            range={(0.0, 100.0)}
            step=1.0
            value={percent}
            on_input={props.on_input.reform(|percent: f64| percent / 100.0)}
            on_commit={props.on_commit.clone()}
        />
    }
}
