//! Drags the points of the face, the marks of the scale among them.

use super::drag;
use super::gesture::{GestureContext, Started};
use crate::engine::calibration::Landmark;
use crate::engine::editor::{Grip, PointerKind};
use crate::engine::geometry::PhotoPoint;

pub(super) fn start(context: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    let of_face = Landmark::ALL.into_iter().map(Grip::Landmark);
    let grips = of_face.chain([Grip::Glabella, Grip::MarkA, Grip::MarkB]).collect();
    drag::start(context, grips, drag::let_go, at)
}
