//! Sets the marks of the scale by two taps, and drags them.

use super::drag;
use super::gesture::{GestureContext, Started};
use crate::engine::calibration::Calibration;
use crate::engine::editor::{Command, CommandError, Handle, PointerKind};
use crate::engine::geometry::PhotoPoint;

pub(super) fn start(context: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    drag::start(context, vec![Handle::MarkA, Handle::MarkB, Handle::Glabella], tapped, at)
}

fn tapped(context: &mut GestureContext<'_>, at: PhotoPoint) -> Result<(), CommandError> {
    if context.editor.view().calibration.is_some() {
        return context.let_go();
    }
    let Some(first) = context.pending_mark.take() else {
        *context.pending_mark = Some(at);
        return Ok(());
    };
    let (a, b) = if first.x <= at.x { (first, at) } else { (at, first) };
    *context.selected = Some(Handle::MarkB);
    let reference = context.settings.reference;
    let outcome = context.editor.apply(Command::Calibrate(Some(Calibration { reference, a, b })));
    if outcome.is_err() {
        *context.pending_mark = Some(first);
    }
    outcome
}
