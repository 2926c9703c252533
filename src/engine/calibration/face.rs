//! The frame of a face seen from the front: midline, up, and heights along the forehead.

use super::{Estimate, Scale};
use crate::engine::geometry::{Mm, PhotoPoint, PhotoPx};

/// Where the face stands in the picture: the glabella is its origin, `x` goes to the right along the pupils, `up` to the top
/// of the head. Lengths are measured in the plane of the picture.
///
/// Heights *along the skin* take the forehead as part of a sphere with the diameter of the head's length. That is our
/// estimate: the plane and a sphere a fifth smaller bound the range that is stated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceFrame {
    glabella: PhotoPoint,
    right: (f64, f64),
    scale: Scale,
    head_radius: Mm,
}

/// The spheres that bound the forehead: no curvature at all, and a radius smaller by this factor.
const STEEPEST_FOREHEAD: f64 = 0.8;

impl FaceFrame {
    /// The frame of a face with its pupils there, its glabella there, at that scale.
    #[must_use]
    pub fn new(pupils: (PhotoPoint, PhotoPoint), glabella: PhotoPoint, scale: Scale, head_length: Mm) -> Self {
        let (left, right) = if pupils.0.x <= pupils.1.x { pupils } else { (pupils.1, pupils.0) };
        let length = left.distance(right);
        let axis = if length > 0.0 { ((right.x - left.x) / length, (right.y - left.y) / length) } else { (1.0, 0.0) };
        Self { glabella, right: axis, scale, head_radius: head_length / 2.0 }
    }

    /// The glabella that the pupils suggest: on the midline, that far above them.
    #[must_use]
    pub fn glabella_guess(pupils: (PhotoPoint, PhotoPoint), scale: Scale, above: Mm) -> PhotoPoint {
        let middle = pupils.0.lerp(pupils.1, 0.5);
        Self::new(pupils, middle, scale, Mm(1.0)).at(Mm(0.0), above)
    }

    /// The point so far to the right of the midline and above the glabella.
    #[must_use]
    pub fn at(&self, right: Mm, up: Mm) -> PhotoPoint {
        let (x, y) = (self.scale.px_per_mm.px(right).0, self.scale.px_per_mm.px(up).0);
        self.glabella.moved(self.right.0 * x + self.right.1 * y, self.right.1 * x - self.right.0 * y)
    }

    /// How far a point lies to the right of the midline and above the glabella, in the plane of the picture.
    #[must_use]
    pub fn coordinates(&self, point: PhotoPoint) -> (Mm, Mm) {
        let (dx, dy) = (point.x - self.glabella.x, point.y - self.glabella.y);
        let right = dx * self.right.0 + dy * self.right.1;
        let up = dx * self.right.1 - dy * self.right.0;
        (self.scale.px_per_mm.mm(PhotoPx(right)), self.scale.px_per_mm.mm(PhotoPx(up)))
    }

    /// The height in the plane of the picture at which a height along the skin is seen.
    #[must_use]
    pub fn seen_height(&self, along_skin: Mm) -> Mm {
        let radius = self.head_radius.0.max(1.0);
        // A quarter of a circle is as far as the front can be seen.
        Mm(radius * (along_skin.0 / radius).clamp(0.0, std::f64::consts::FRAC_PI_2).sin())
    }

    /// The height along the skin of a point at that height in the plane of the picture, with the range that scale and
    /// curvature leave.
    #[must_use]
    pub fn skin_height(&self, seen: Mm) -> Estimate {
        let arc = |radius: f64| {
            let ratio = (seen.0 / radius).clamp(0.0, 1.0);
            radius * ratio.asin()
        };
        let value = arc(self.head_radius.0.max(1.0));
        let steepest = arc(self.head_radius.0.max(1.0) * STEEPEST_FOREHEAD).max(value);
        let flat = seen.0.max(0.0).min(value);
        Estimate { least: flat * self.scale.least, value, most: steepest * self.scale.most }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::geometry::PxPerMm;

    fn frame(pupils: ((f64, f64), (f64, f64))) -> FaceFrame {
        let scale = Scale { px_per_mm: PxPerMm::new(4.0).unwrap(), least: 1.0, most: 1.0, rough: false };
        let at = |(x, y): (f64, f64)| PhotoPoint::new(x, y);
        FaceFrame::new((at(pupils.0), at(pupils.1)), PhotoPoint::new(200.0, 300.0), scale, Mm(195.0))
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

    #[test]
    fn the_forehead_shows_seventy_five_millimetres_as_sixty_eight() {
        let frame = frame(((100.0, 380.0), (300.0, 380.0)));
        // 97.5 sin(75 / 97.5) = 67.8
        assert!((frame.seen_height(Mm(75.0)).0 - 67.8).abs() < 0.05, "{:?}", frame.seen_height(Mm(75.0)));
        let back = frame.skin_height(frame.seen_height(Mm(75.0)));
        assert!((back.value - 75.0).abs() < 1e-9 && back.least < 75.0 && back.most > 75.0, "{back:?}");
    }
}
