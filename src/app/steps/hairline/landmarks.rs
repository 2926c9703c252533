//! The points of the face.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::handle_names::handle_name;
use crate::app::state::{State, ToolAction};
use crate::app::steps::point_pad::PointPad;
use crate::app::widgets::{Button, Note};
use crate::engine::calibration::Landmark;
use crate::engine::editor::Handle;
use yew::prelude::*;

/// What the panel is about.
#[derive(PartialEq)]
struct Model {
    /// Whether the marks are set on pupils: then they are called so.
    is_by_pupils: bool,
    /// Whether the chosen point was set by hand and can go back to where it is proposed.
    can_go_back: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        let view = state.view();
        Self {
            is_by_pupils: view.calibration.is_some_and(|calibration| calibration.reference.is_pupils()),
            can_go_back: state.editor.controller.selected.is_some_and(|handle| handle.removed(view).is_some()),
        }
    }
}

/// The points of the face with their names.
fn choices(state: &State) -> Vec<(Handle, String)> {
    let of_face = Landmark::ALL.into_iter().map(Handle::Landmark);
    of_face
        .chain([Handle::Glabella, Handle::MarkA, Handle::MarkB])
        .map(|handle| (handle, handle_name(state, handle)))
        .collect()
}

/// The points of the face, none of which has to be touched.
#[component]
pub(super) fn Landmarks() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let model = use_selector(Model::of);
    html! {
        <>
            <PointPad choices={store.read(choices)} />
            <Button disabled={!model.can_go_back} on_click={store.emit(ToolAction::RemoveSelected)}>
                { texts.landmarks_back }
            </Button>
            <Note>{ texts.landmarks_note }</Note>
        </>
    }
}
