//! Buttons that add a point to the line, remove the chosen one, or make a corner of it.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{LineAction, State, ToolAction};
use crate::app::widgets::Button;
use crate::engine::editor::Handle;
use yew::prelude::*;

/// What can be done to the chosen point.
#[derive(PartialEq, Default)]
struct Model {
    can_remove: bool,
    can_be_corner: bool,
    is_corner: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        let (Some(Handle::Handle(place)), Some(line)) = (state.editor.controller.selected, &state.view().hairline)
        else {
            return Self::default();
        };
        let points = line.handles.len();
        Self {
            can_remove: points > 2,
            can_be_corner: place > 0 && place + 1 < points,
            is_corner: line.is_corner(place),
        }
    }
}

/// Buttons that add a point to the line, remove the chosen one, or make a corner of it.
#[component]
pub(super) fn LinePoints() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let model = use_selector(Model::of);
    let corner = if model.is_corner { texts.line_point_smooth } else { texts.line_point_corner };
    html! {
        <div class="row points">
            <Button on_click={store.emit(LineAction::AddHandle)}>{ texts.line_point_add }</Button>
            <Button disabled={!model.can_remove} on_click={store.emit(ToolAction::RemoveSelected)}>
                { texts.line_point_remove }
            </Button>
            <Button disabled={!model.can_be_corner} on_click={store.emit(LineAction::ToggleCorner)}>{ corner }</Button>
        </div>
    }
}
