//! Moves the view: nothing of the design.

use super::gesture::{GestureContext, Started};
use crate::engine::editor::PointerKind;
use crate::engine::geometry::PhotoPoint;

pub(super) fn start(_: &mut GestureContext<'_>, _: PhotoPoint, _: PointerKind) -> Started {
    Ok(None)
}
