//! Drags the upper boundary of the fill.

use super::drag;
use super::gesture::{GestureContext, Started};
use crate::engine::editor::{Grip, PointerKind};
use crate::engine::geometry::PhotoPoint;

pub(super) fn start(context: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    let handles = context.editor.view().fill_to_here().map_or(0, |(_, fill)| fill.boundary.len());
    drag::start(context, (0..handles).map(Grip::Boundary).collect(), drag::let_go, at)
}
