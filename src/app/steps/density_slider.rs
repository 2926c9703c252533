//! A slider of dots per cm2.

use crate::app::hooks::{use_store, use_texts};
use crate::app::state::ToolAction;
use crate::app::widgets::Slider;
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::i18n::{fill, fixed};
use yew::prelude::*;

/// Properties of [`DensitySlider`].
#[derive(Properties, PartialEq)]
pub(super) struct DensitySliderProps {
    /// Id in markup, unique on the page.
    pub(super) id: &'static str,
    /// What it sets.
    pub(super) label: &'static str,
    /// Dots per cm2.
    pub(super) density: f64,
    /// Follows each move.
    pub(super) on_input: Callback<f64>,
}

/// A slider of dots per cm2; let go, what it changed is one step.
#[component]
pub(super) fn DensitySlider(props: &DensitySliderProps) -> Html {
    let (store, texts) = (use_store(), use_texts());
    html! {
        <Slider
            id={props.id}
            label={props.label}
            words={fill(texts.density_unit, &[("value", &fixed(props.density, 0))])}
            ends={[texts.density_sparse, texts.density_dense]}
            range={Parameters::range(Parameter::Density)}
            step=5.0
            value={props.density}
            on_input={props.on_input.clone()}
            on_commit={store.emit(ToolAction::Commit)}
        />
    }
}
