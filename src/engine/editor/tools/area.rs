//! Drags the upper boundary of the fill.

use super::drag;
use super::gesture::{GestureContext, Started};
use crate::engine::editor::{Handle, PointerKind};
use crate::engine::geometry::PhotoPoint;

pub(super) fn start(context: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    let handles = context.editor.view().area_fill().map_or(0, |(_, fill)| fill.boundary.len());
    drag::start(context, (0..handles).map(Handle::Boundary).collect(), drag::let_go, at)
}
