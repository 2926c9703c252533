//! Drags the points of the face, the marks of the scale among them.

use super::drag;
use super::gesture::{GestureContext, Started};
use crate::engine::calibration::Landmark;
use crate::engine::editor::{Handle, PointerKind};
use crate::engine::geometry::PhotoPoint;

pub(super) fn start(context: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    let of_face = Landmark::ALL.into_iter().map(Handle::Landmark);
    let handles = of_face.chain([Handle::Glabella, Handle::MarkA, Handle::MarkB]).collect();
    drag::start(context, handles, drag::let_go, at)
}
