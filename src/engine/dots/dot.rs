//! One dot.

use crate::engine::geometry::PhotoPoint;

/// A dot that shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// Where, in photo pixels.
    pub x: f32,
    /// Likewise, downwards.
    pub y: f32,
    /// Its size relative to the look's, about 0.7 to 1.15.
    pub size: f32,
    /// Its absorption relative to the look's, about 0.2 to 1.9.
    pub strength: f32,
    /// How a small circle on the skin is seen there: the covariance (xx, xy, yy) of its image relative to that of a circle
    /// that faces the camera in the plane where the scale holds, which has 1, 0, 1.
    pub shape: [f32; 3],
}

impl Dot {
    /// Where it stands.
    #[must_use]
    pub fn at(&self) -> PhotoPoint {
        PhotoPoint::new(self.x.into(), self.y.into())
    }
}
