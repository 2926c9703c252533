//! An arm of glasses.

use super::silhouette::to_piece;
use crate::engine::design::HairStroke;
use crate::engine::geometry::PhotoPoint;

/// An arm of glasses that lies over hair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arm {
    /// Along its middle.
    pub(super) line: (PhotoPoint, PhotoPoint),
    /// Half of how thick it is, and over how much it fades beside that, photo pixels.
    pub(super) half: f64,
    pub(super) fades: f64,
}

impl Arm {
    /// How much of a place it covers, 0 to 1.
    #[must_use]
    pub fn share(&self, at: PhotoPoint) -> f64 {
        ((self.half + self.fades - self.far(at)) / self.fades).clamp(0.0, 1.0)
    }

    /// Whether a stroke runs over it.
    pub(super) fn is_under(&self, stroke: &HairStroke) -> bool {
        let ends = stroke.points.iter().zip(stroke.points.iter().skip(1).chain(stroke.points.last()));
        ends.into_iter().any(|(from, to)| {
            let steps = (from.distance(*to) / stroke.radius.max(1.0)).ceil() as usize;
            let mut places = (0..=steps).map(|step| from.lerp(*to, step as f64 / steps.max(1) as f64));
            places.any(|at| self.far(at) < stroke.radius + self.half)
        })
    }

    /// How far a place is from its middle, photo pixels.
    fn far(&self, at: PhotoPoint) -> f64 {
        to_piece(self.line, at).sqrt()
    }
}
