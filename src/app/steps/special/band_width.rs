//! A slider of how wide a scar or part line is, or how deep a temple.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{FillAction, State, ToolAction};
use crate::app::widgets::Slider;
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::design::{Band, FillOp};
use crate::engine::editor::tools::ToolKind;
use crate::engine::geometry::{Mm, PhotoPx};
use crate::engine::i18n::{approx, fill};
use yew::prelude::*;

/// Distance of two widths, mm.
const STEP_MM: f64 = 0.5;

/// Properties of [`BandWidth`].
#[derive(Properties, PartialEq)]
pub(super) struct BandWidthProps {
    /// The band's place among the fill operations.
    pub(super) place: usize,
}

fn band(state: &State, place: usize) -> Option<&Band> {
    match state.view().fill.get(place)?.as_ref() {
        FillOp::Band(band) => Some(band),
        _ => None,
    }
}

/// The tool that made the band, and its width.
fn width(state: &State, place: usize) -> Option<(ToolKind, Mm)> {
    let tool = ToolKind::that_makes(state.view().fill.get(place)?)?;
    let scale = state.view().scale(state.parameters()).px_per_mm;
    Some((tool, scale.mm(PhotoPx(band(state, place)?.width))))
}

/// The band as wide as that.
fn widened(state: &State, place: usize, width: Mm) -> Option<FillAction> {
    let width = state.view().scale(state.parameters()).px_per_mm.px(width).0;
    Some(FillAction::Change(place, FillOp::Band(Band { width, ..band(state, place)?.clone() })))
}

/// A slider of a band's width; nothing where there is no band.
#[component]
pub(super) fn BandWidth(props: &BandWidthProps) -> Html {
    let (store, texts) = (use_store(), use_texts());
    let place = props.place;
    let picked = use_selector(move |state| width(state, place));
    let Some((tool, Mm(value))) = *picked else { return html! {} };
    let on_input = {
        let store = store.clone();
        Callback::from(move |mm| {
            if let Some(action) = store.read(|state| widened(state, place, Mm(mm))) {
                store.dispatch(action);
            }
        })
    };
    html! {
        <Slider
            id="special-width"
            label={if tool == ToolKind::Temple { texts.special_depth } else { texts.special_width }}
            words={fill(texts.special_width_value, &[("value", &approx(value))])}
            range={Parameters::range(tool.row().width.unwrap_or(Parameter::ScarWidth))}
            step={STEP_MM}
            {value}
            {on_input}
            on_commit={store.emit(ToolAction::Commit)}
        />
    }
}
