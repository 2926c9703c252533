//! Scars, patches, part lines and temples: the outlines of what the tool in hand made, and of what it is making.

use super::canvas::Canvas;
use super::shape::HandleForm;
use crate::app::state::handle_names::{handles_of, made};
use crate::app::state::root::State;
use crate::engine::design::{BandKind, FillOp};
use crate::engine::editor::Handle;
use crate::engine::editor::tools::{ToolGroup, ToolKind};

/// The place of the one in hand among the fill operations: that of the chosen point, else the newest.
fn in_hand(state: &State) -> Option<usize> {
    let made = made(state.view(), state.tool());
    let chosen = match state.editor.controller.selected {
        Some(Handle::Band(place, _) | Handle::Patch(place, _)) => Some(place).filter(|place| made.contains(place)),
        _ => None,
    };
    chosen.or(made.last().copied())
}

/// The outlines, with the points by which the one in hand is held.
pub(super) fn draw(canvas: &mut Canvas) {
    let (state, tool) = (canvas.state, canvas.state.tool());
    if tool.row().group != Some(ToolGroup::Special) && tool != ToolKind::Temple {
        return;
    }
    let chosen = in_hand(state);
    for place in made(state.view(), tool) {
        let Some(op) = state.view().fill.get(place) else { continue };
        outline(canvas, op);
        let form = if matches!(op.as_ref(), FillOp::Patch(_)) { HandleForm::Corner } else { HandleForm::Handle };
        let handles = if chosen == Some(place) { canvas.apart(handles_of(place, op)) } else { Vec::new() };
        for handle in handles {
            canvas.handle(handle, form);
        }
    }
    let drawn = state.editor.controller.drawn();
    if !drawn.is_empty() {
        canvas.polyline("hairline", drawn);
    }
}

/// The edges of the temples, where their tool is not in hand.
pub(super) fn temples(canvas: &mut Canvas) {
    let view = canvas.state.view();
    for place in made(view, ToolKind::Temple) {
        if let Some(FillOp::Band(band)) = view.fill.get(place).map(AsRef::as_ref) {
            canvas.smooth("hairline thin", &band.handles);
        }
    }
}

fn outline(canvas: &mut Canvas, op: &FillOp) {
    match op {
        FillOp::Patch(patch) => canvas.outline("boundary", &patch.outline),
        FillOp::Band(band) => {
            let (sides, middle): (&[f64], _) = match band.kind {
                BandKind::Temple => (&[-2.0], "hairline thin"),
                BandKind::Scar | BandKind::PartLine => (&[1.0, -1.0], "ruler"),
            };
            for side in sides {
                canvas.polyline("boundary thin", &band.edge(*side));
            }
            canvas.smooth(middle, &band.handles);
        }
        FillOp::ToHere(_) | FillOp::Stroke(_) => {}
    }
}
