//! The marks of the scale: set without a pointer, moved by taps, removed.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::handle_names::handle_name;
use crate::app::state::{ScaleAction, State};
use crate::app::steps::point_pad::PointPad;
use crate::app::widgets::{Button, LinkButton, Note};
use crate::engine::editor::Handle;
use crate::engine::editor::tools::ToolKind;
use yew::prelude::*;

/// What is shown of the marks.
#[derive(PartialEq)]
struct Model {
    /// Whether the marks are the pupils; `None` where there are none.
    on_pupils: Option<bool>,
    /// The skull's outline is in hand, not the marks.
    is_fitting: bool,
    is_open: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        Self {
            on_pupils: state.view().calibration.map(|calibration| calibration.reference.is_pupils()),
            is_fitting: state.editor.tools.size == ToolKind::Head,
            is_open: state.has_open_photo(),
        }
    }
}

/// The marks of the scale.
#[component]
pub(crate) fn Marks() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let model = use_selector(Model::of);
    let Some(on_pupils) = model.on_pupils else {
        return html! {
            <Button disabled={!model.is_open} on_click={store.emit(ScaleAction::PlaceMarks)}>
                { texts.size_place }
            </Button>
        };
    };
    let brow = on_pupils.then_some(Handle::Glabella);
    let choices: Vec<(Handle, String)> = store.read(|state| {
        let marks = [Handle::MarkA, Handle::MarkB].into_iter().chain(brow);
        marks.map(|handle| (handle, handle_name(state, handle))).collect()
    });
    html! {
        <>
            if on_pupils && !model.is_fitting {
                <Note>{ texts.size_brow_note }</Note>
            }
            if !model.is_fitting {
                <PointPad {choices} />
            }
            <LinkButton on_click={store.emit(ScaleAction::ClearMarks)}>{ texts.size_clear }</LinkButton>
        </>
    }
}
