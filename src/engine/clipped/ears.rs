//! Ears whose upper edge hair hides, outside of the outline: they end where the hair did, as if they were cut.

use super::sight::Sight;
use crate::engine::face::PersonMask;

/// Where ears stand, in halves of the head's outline from its middle: across, and from how far down to how far up.
const ACROSS: f64 = 1.35;
const HEIGHTS: (f64, f64) = (-0.6, 0.35);
/// How far outside of the outline, and between which distances from hair, mm: right beside hair it is not sure where the person ends.
const OUTSIDE_MM: f64 = 1.0;
const BESIDE_MM: (f64, f64) = (1.5, 7.0);

/// How much of the person is left beside hair outside of the outline where ears are, mm2: an outline goes around ears whose edge is seen
/// as a whole, and not around those of which hair hides a part. Nothing where nobody was looked for.
pub(super) fn cut_ears(sight: &Sight<'_>) -> f64 {
    let frame = sight.light.frame;
    let outside = -(OUTSIDE_MM * sight.mm) as f32;
    let beside = (BESIDE_MM.0 * sight.mm) as f32..(BESIDE_MM.1 * sight.mm) as f32;
    let left = sight.layer(|at, depth, from_hair| {
        let (right, up) = sight.axes.shares(at);
        let is_ear = || right.abs() < ACROSS && (HEIGHTS.0..HEIGHTS.1).contains(&up);
        let is_person =
            || sight.person.and_then(|person| person.share(at)).is_some_and(|share| share > PersonMask::EDGE);
        depth < outside && beside.contains(&from_hair) && is_ear() && is_person()
    });
    let side = frame.pitch / sight.mm;
    left.values.iter().map(|left| f64::from(*left)).sum::<f64>() * side * side
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{self, PX_PER_MM};
    use super::super::layer::{Frame, Layer};
    use super::*;
    use crate::engine::calibration::Side;
    use crate::engine::catalog::Parameters;
    use crate::engine::face::PersonMask;
    use crate::engine::geometry::PhotoPoint;

    /// What is cut of a person's part of so many mm across and down that stands so far below hair beside the head, and so deep inside
    /// the outline, mm.
    fn cut((across, down): (f64, f64), below: f64, depth: f64) -> f64 {
        let (view, parameters) = (drawn::view(Side::Front, 0.0), Parameters::default());
        let head = view.head.as_ref().unwrap();
        let beside = head.on_outline(1.05, 0.0);
        let origin = beside.moved(-40.0, -60.0).rounded();
        let frame = Frame { origin, pitch: 1.0, columns: 120, rows: 140 };
        let is_hair = |at: PhotoPoint| at.x > beside.x && at.y < beside.y;
        let top = beside.y + below * PX_PER_MM;
        let is_ear = |at: PhotoPoint| {
            (0.0..across * PX_PER_MM).contains(&(at.x - beside.x)) && (0.0..down * PX_PER_MM).contains(&(at.y - top))
        };
        let size = view.photo.as_ref().map(|photo| (f64::from(photo.width), f64::from(photo.height))).unwrap();
        let person = PersonMask::drawn(size, |at| is_hair(at) || is_ear(at));
        let surface = view.surface(&parameters);
        let seen = drawn::sight(
            head,
            &surface,
            (
                Layer::of(frame, |_, _| [0.5; 3]),
                Layer::of(frame, |_, _| (depth * PX_PER_MM) as f32),
                Layer::distances(frame, |column, row| is_hair(frame.middle(column, row))),
            ),
        );
        let sight = Sight { person: Some(&person), ..seen };
        cut_ears(&sight)
    }

    #[test]
    fn what_of_an_ear_stands_out_below_hair_is_cut() {
        let cut_off = cut((10.0, 20.0), 0.0, -4.0);
        assert!((40.0..80.0).contains(&cut_off), "ten mm of the five and a half beside hair: {cut_off}");
        assert_eq!(cut((10.0, 20.0), 0.0, 4.0), 0.0, "the outline goes around it");
        let [none, far] = [cut((0.0, 0.0), 0.0, -4.0), cut((10.0, 20.0), 8.0, -4.0)];
        assert!(none < 5.0 && far < 5.0, "no ear: {none}; hair ends above it: {far}");
    }
}
