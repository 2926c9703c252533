//! The frame of a face seen from the front: midline and up, in the plane of the picture.

use super::Scale;
use crate::engine::geometry::{Mm, PhotoPoint, PhotoPx};

/// Where the face stands in the picture: the glabella is its origin, `x` goes to the right along the pupils, `up` to the top
/// of the head. Lengths are measured in the plane of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceFrame {
    pub(super) glabella: PhotoPoint,
    right: (f64, f64),
    scale: Scale,
}

impl FaceFrame {
    /// The frame of a face with its pupils there, its glabella there, at that scale.
    #[must_use]
    pub fn new(pupils: (PhotoPoint, PhotoPoint), glabella: PhotoPoint, scale: Scale) -> Self {
        let (left, right) = if pupils.0.x <= pupils.1.x { pupils } else { (pupils.1, pupils.0) };
        let length = left.distance(right);
        let axis = if length > 0.0 { ((right.x - left.x) / length, (right.y - left.y) / length) } else { (1.0, 0.0) };
        Self { glabella, right: axis, scale }
    }

    /// The glabella that the pupils suggest: on the midline, that far above them.
    #[must_use]
    pub fn glabella_guess(pupils: (PhotoPoint, PhotoPoint), scale: Scale, above: Mm) -> PhotoPoint {
        let middle = pupils.0.lerp(pupils.1, 0.5);
        Self::new(pupils, middle, scale).at(Mm(0.0), above)
    }

    /// The point so far to the right of the midline and above the glabella.
    #[must_use]
    pub fn at(&self, right: Mm, up: Mm) -> PhotoPoint {
        let (x, y) = (self.scale.px_per_mm.px(right).0, self.scale.px_per_mm.px(up).0);
        self.glabella.moved(self.right.0 * x + self.right.1 * y, self.right.1 * x - self.right.0 * y)
    }

    /// The way up of the face in the picture, a unit vector in photo pixels.
    #[must_use]
    pub fn up(&self) -> (f64, f64) {
        (self.right.1, -self.right.0)
    }

    /// How far a point lies to the right of the midline and above the glabella, in the plane of the picture.
    #[must_use]
    pub fn coordinates(&self, point: PhotoPoint) -> (Mm, Mm) {
        let (dx, dy) = (point.x - self.glabella.x, point.y - self.glabella.y);
        let right = dx * self.right.0 + dy * self.right.1;
        let up = dx * self.right.1 - dy * self.right.0;
        (self.scale.px_per_mm.mm(PhotoPx(right)), self.scale.px_per_mm.mm(PhotoPx(up)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::geometry::PxPerMm;

    fn frame(pupils: ((f64, f64), (f64, f64))) -> FaceFrame {
        let scale = Scale { px_per_mm: PxPerMm::new(4.0).unwrap(), least: 1.0, most: 1.0, rough: false };
        let at = |(x, y): (f64, f64)| PhotoPoint::new(x, y);
        FaceFrame::new((at(pupils.0), at(pupils.1)), PhotoPoint::new(200.0, 300.0), scale)
    }

    #[test]
    fn up_is_up_in_an_upright_face() {
        assert_eq!(frame(((100.0, 380.0), (300.0, 380.0))).at(Mm(10.0), Mm(25.0)), PhotoPoint::new(240.0, 200.0));
    }

    #[test]
    fn up_follows_a_tilted_face() {
        // The head leans by a quarter turn to the right: its right eye is lowest.
        let point = frame(((200.0, 200.0), (200.0, 400.0))).at(Mm(0.0), Mm(25.0));
        assert_eq!(point, PhotoPoint::new(300.0, 300.0));
    }

    #[test]
    fn the_order_of_the_marks_does_not_matter() {
        let (one, two) = (frame(((100.0, 380.0), (300.0, 380.0))), frame(((300.0, 380.0), (100.0, 380.0))));
        assert_eq!(one.at(Mm(3.0), Mm(4.0)), two.at(Mm(3.0), Mm(4.0)));
    }

    #[test]
    fn coordinates_are_the_inverse_of_at() {
        let frame = frame(((100.0, 380.0), (300.0, 350.0)));
        let (right, up) = frame.coordinates(frame.at(Mm(-12.0), Mm(63.0)));
        assert!((right.0 + 12.0).abs() < 1e-9 && (up.0 - 63.0).abs() < 1e-9, "{right:?} {up:?}");
    }
}
