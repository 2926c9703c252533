//! What can be set of the area that is filled.

use super::fill_ways::FillWays;
use super::rear_slider::RearSlider;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::handle_names::handle_name;
use crate::app::state::{FillAction, State};
use crate::app::steps::density_slider::DensitySlider;
use crate::app::steps::point_pad::PointPad;
use crate::app::widgets::{Fold, LinkButton, Note};
use crate::engine::calibration::Side;
use crate::engine::editor::Handle;
use yew::prelude::*;

/// What the settings are about.
#[derive(PartialEq)]
struct Model {
    has_line: bool,
    is_front: bool,
    is_closed: bool,
    density: f64,
    rear: f64,
    /// How many points its boundary has.
    points: usize,
}

impl Model {
    fn of(state: &State) -> Option<Self> {
        let view = state.view();
        let (_, fill) = view.area_fill()?;
        Some(Self {
            has_line: view.hairline.is_some(),
            is_front: state.editor.document.side() == Side::Front,
            is_closed: fill.closed,
            density: fill.density,
            rear: fill.rear,
            points: fill.boundary.len(),
        })
    }

    /// The points of the boundary with their names.
    fn choices(&self, state: &State) -> Vec<(Handle, String)> {
        (0..self.points).map(Handle::Boundary).map(|handle| (handle, handle_name(state, handle))).collect()
    }
}

/// What can be set of the area that is filled; nothing where there is none.
#[component]
pub(super) fn AreaSettings() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let picked = use_selector(Model::of);
    let Some(model) = &*picked else { return html! {} };
    let Model { has_line, is_front, .. } = *model;
    let rear = has_line.then(|| html! { <RearSlider rear={model.rear} /> });
    html! {
        <>
            <Note>{ if model.is_closed { texts.density_outline_note } else { texts.density_fill_note } }</Note>
            <DensitySlider
                id="fill-density"
                label={texts.density_fill_value}
                density={model.density}
                on_input={store.callback(FillAction::SetDensity)}
            />
            { rear }
            <PointPad choices={store.read(|state| model.choices(state))} />
            <Fold summary={texts.density_fill_again}><FillWays {has_line} {is_front} /></Fold>
            <LinkButton on_click={store.emit(FillAction::SetBehindLine(false))}>{ texts.density_fill_remove }</LinkButton>
        </>
    }
}
