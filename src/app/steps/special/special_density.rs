//! A slider of how dense a scar, patch, part line or temple is.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{FillAction, State};
use crate::app::steps::density_slider::DensitySlider;
use crate::engine::design::{Band, FillOp, Patch};
use yew::prelude::*;

/// Properties of [`SpecialDensity`].
#[derive(Properties, PartialEq)]
pub(super) struct SpecialDensityProps {
    /// The thing's place among the fill operations.
    pub(super) place: usize,
}

fn density(state: &State, place: usize) -> Option<f64> {
    match state.view().fill.get(place)?.as_ref() {
        FillOp::Band(band) => Some(band.density),
        FillOp::Patch(patch) => Some(patch.density),
        FillOp::ToHere(_) | FillOp::Stroke(_) => None,
    }
}

/// The thing with so many dots per cm2.
fn with_density(state: &State, place: usize, density: f64) -> Option<FillAction> {
    let op = match state.view().fill.get(place)?.as_ref().clone() {
        FillOp::Band(band) => FillOp::Band(Band { density, ..band }),
        FillOp::Patch(patch) => FillOp::Patch(Patch { density, ..patch }),
        FillOp::ToHere(_) | FillOp::Stroke(_) => return None,
    };
    Some(FillAction::Change(place, op))
}

/// A slider of dots per cm2 of a scar, patch, part line or temple.
#[component]
pub(super) fn SpecialDensity(props: &SpecialDensityProps) -> Html {
    let (store, texts) = (use_store(), use_texts());
    let place = props.place;
    let picked = use_selector(move |state| density(state, place));
    let Some(density) = *picked else { return html! {} };
    let on_input = Callback::from(move |density| {
        if let Some(action) = store.read(|state| with_density(state, place, density)) {
            store.dispatch(action);
        }
    });
    html! { <DensitySlider id="special-density" label={texts.special_density} {density} {on_input} /> }
}
