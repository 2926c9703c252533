//! Drags the handles of the front line; a tap on the line adds a handle there.

use super::drag;
use super::gesture::{GestureContext, Started};
use crate::engine::design::{DESIGN_LIMITS, Hairline};
use crate::engine::editor::{Command, CommandError, Handle, PointerKind};
use crate::engine::geometry::PhotoPoint;

pub(super) fn start(context: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    let handles = context.editor.view().hairline.as_ref().map_or(0, |line| line.handles.len());
    drag::start(context, (0..handles).map(Handle::Handle).collect(), tapped, at)
}

fn tapped(context: &mut GestureContext<'_>, at: PhotoPoint) -> Result<(), CommandError> {
    *context.selected = None;
    let reach = context.settings.reach.0;
    let Some(line) = &context.editor.view().hairline else { return Ok(()) };
    let Some(near) = line.curve().project(at).filter(|near| near.distance <= reach) else { return Ok(()) };
    if line.handles.len() >= DESIGN_LIMITS.handles {
        return Err(CommandError::TooMany("handles"));
    }
    let place = place_between(&line.handles, line, near.nearest);
    *context.selected = Some(Handle::Handle(place));
    let line = line.with_handle(place, near.nearest);
    context.editor.apply(Command::SetHairline(Some(line)))
}

/// The place among the handles of a point of the line: behind every handle that the line passes before it.
fn place_between(handles: &[PhotoPoint], line: &Hairline, point: PhotoPoint) -> usize {
    let curve = line.curve();
    let along = |point: PhotoPoint| curve.project(point).map_or(0.0, |near| near.piece as f64 + near.t);
    let here = along(point);
    handles.iter().filter(|handle| along(**handle) < here).count().clamp(1, handles.len().saturating_sub(1).max(1))
}
