//! What can be done to the line and its points.

use super::halves::Halves;
use super::line_points::LinePoints;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::handle_names::handle_name;
use crate::app::state::{LineAction, State};
use crate::app::steps::point_pad::PointPad;
use crate::app::widgets::{Checkbox, LinkButton};
use crate::engine::editor::Handle;
use yew::prelude::*;

/// What the line is.
#[derive(PartialEq)]
struct Model {
    /// How many points it has.
    points: usize,
    /// Whether both halves of it are seen.
    has_halves: bool,
    is_mirrored: bool,
}

impl Model {
    fn of(state: &State) -> Option<Self> {
        let points = state.view().hairline.as_ref()?.handles.len();
        Some(Self { points, has_halves: state.editor.shows_both_halves(), is_mirrored: state.editor.mirrored })
    }

    /// The points with their names.
    fn choices(&self, state: &State) -> Vec<(Handle, String)> {
        (0..self.points).map(Handle::Handle).map(|handle| (handle, handle_name(state, handle))).collect()
    }
}

/// What can be done to the line and its points; nothing without a line.
#[component]
pub(super) fn LineEditing() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let picked = use_selector(Model::of);
    let Some(model) = &*picked else { return html! {} };
    let mirror = model.has_halves.then(|| {
        let on_change = store.callback(LineAction::SetMirrored);
        html! { <Checkbox label={texts.line_mirror} checked={model.is_mirrored} {on_change} /> }
    });
    let halves = model.has_halves.then(|| html! { <Halves /> });
    html! {
        <>
            { mirror }
            <PointPad choices={store.read(|state| model.choices(state))} />
            <LinePoints />
            <LinkButton on_click={store.emit(LineAction::Remove)}>{ texts.line_remove }</LinkButton>
            { halves }
        </>
    }
}
