//! Draws the edge of a temple or sideburn; drags the handles of such edges.

use super::gesture::{GestureContext, Started};
use super::{band, drawing};
use crate::engine::calibration::Side;
use crate::engine::design::BandKind;
use crate::engine::editor::{CommandError, Editor, PointerKind};
use crate::engine::geometry::{PhotoPoint, Polyline};

pub(super) fn start(context: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    let handles = band::handles_of_kind(context.editor, BandKind::Temple);
    drawing::start_beside(context, handles, finish, at)
}

fn finish(context: &mut GestureContext<'_>, drawn: &[PhotoPoint]) -> Result<(), CommandError> {
    let mut handles = band::handles(context.editor, drawn)?;
    if !has_hair_to_the_left(context.editor, &handles) {
        handles.reverse();
    }
    band::add(context, BandKind::Temple, handles)
}

/// Whether the hair lies to the left of the way along an edge of a temple: it lies away from the middle of the face.
fn has_hair_to_the_left(editor: &Editor, handles: &[PhotoPoint]) -> bool {
    let view = editor.view();
    let face = match view.head_in_force(editor.parameters()) {
        // Seen from the side the face is at the picture's edge to which the nose points.
        head if head.side == Side::Left => head.on_outline(-1.0, 0.0),
        head if head.side == Side::Right => head.on_outline(1.0, 0.0),
        head => view.eyes().unwrap_or(head.centre),
    };
    Polyline::new(handles.to_vec()).project(face).is_none_or(|near| near.side < 0.0)
}
