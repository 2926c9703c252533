//! What can be set of what the tool in hand made.

use super::band_width::BandWidth;
use super::special_density::SpecialDensity;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::handle_names::{handle_name, handles_of, made, named};
use crate::app::state::{FillAction, State};
use crate::app::steps::point_pad::PointPad;
use crate::app::widgets::{LinkButton, Note};
use crate::engine::design::Hair;
use crate::engine::editor::Handle;
use crate::engine::editor::tools::ToolKind;
use crate::engine::i18n::fill;
use yew::prelude::*;

/// What the panel is about.
#[derive(PartialEq)]
struct Model {
    /// The place among the fill operations of the one in hand.
    place: usize,
    /// Places of all that the tool made, each with the number of its points.
    made: Vec<(usize, usize)>,
    /// Whether the tool draws part lines, and hair is kept.
    has_kept_parts: bool,
}

impl Model {
    fn of(state: &State) -> Option<Self> {
        let (view, tool) = (state.view(), state.tool());
        let places = made(view, tool);
        // The one in hand is that of the chosen point, else the newest.
        let chosen = match state.editor.controller.selected {
            Some(Handle::Band(place, _) | Handle::Patch(place, _)) => {
                Some(place).filter(|place| places.contains(place))
            }
            _ => None,
        };
        let place = chosen.or(places.last().copied())?;
        let points = |place: usize| view.fill.get(place).map_or(0, |op| op.points().len());
        let look = &state.editor.document.design().look;
        let has_kept_parts = tool == ToolKind::PartLine && look.hair == Hair::Kept;
        Some(Self { place, made: places.into_iter().map(|place| (place, points(place))).collect(), has_kept_parts })
    }
}

/// The points of all that the tool made, with their names.
fn choices(state: &State, made: &[(usize, usize)]) -> Vec<(Handle, String)> {
    let fill = &state.view().fill;
    made.iter()
        .filter_map(|(place, _)| Some((*place, fill.get(*place)?)))
        .flat_map(|(place, op)| handles_of(place, op))
        .map(|handle| (handle, handle_name(state, handle)))
        .collect()
}

/// What can be set of what the tool in hand made: a scar, patch, part line or temple.
#[component]
pub(in crate::app::steps) fn SpecialPanel() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let model = use_selector(Model::of);
    let Some(Model { place, made, has_kept_parts }) = &*model else { return html! {} };
    let (choices, named) = store.read(|state| (choices(state, made), named(state, *place)));
    let (what, number) = named.unwrap_or_default();
    let remove = fill(texts.special_remove, &[("what", &what.to_lowercase()), ("number", &number)]);
    let hair_note = has_kept_parts.then(|| html! { <Note>{ texts.special_part_hair }</Note> });
    html! {
        <>
            { hair_note }
            <BandWidth place={*place} />
            <SpecialDensity place={*place} />
            <PointPad {choices} />
            <Note>{ texts.special_again }</Note>
            <LinkButton on_click={store.emit(FillAction::Remove(*place))}>{ remove }</LinkButton>
        </>
    }
}
