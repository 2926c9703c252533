//! The frame of a face on its skin: midline and up, along the surface of the head.

use super::{FaceFrame, Surface};
use crate::engine::geometry::{Mm, PhotoPoint};
use glam::DVec3;

/// The frame of a face on its skin. A place of it is told as practitioners measure: so many mm from the midline, straight
/// through the head, and so many mm up along the skin from the level of the glabella.
///
/// It asks of the surface only lengths and where on the head a place lies. On a plain surface it is the [`FaceFrame`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SkinFrame {
    face: FaceFrame,
    surface: Surface,
    /// Where the glabella lies beside the plane of symmetry of the skull and above its middle, mm; `None` on a plain surface.
    glabella: Option<(f64, f64)>,
}

/// A place of the surface's chart.
type Place = (f64, f64);

/// How near a search for a place comes to it, mm, by steps of what length its effect is looked at, how far it goes at once
/// and how often.
const NEAR: f64 = 0.01;
const STEP: f64 = 0.5;
const MAX_STEP: f64 = 25.0;
const MAX_STEPS: usize = 12;
/// Pieces of the way along which a height is measured.
const HEIGHT_PIECES: i32 = 16;
/// The outermost place that is looked for, as a share of half the skull's breadth: beyond it skin is hardly seen from the
/// front.
const OUTERMOST: f64 = 0.88;
/// The scale at which a direction on the unit sphere is looked for: about the size of a head, mm.
const SPHERE: f64 = 90.0;

impl SkinFrame {
    /// The frame of a face on that surface.
    #[must_use]
    pub fn new(face: FaceFrame, surface: Surface) -> Self {
        let mut frame = Self { face, surface, glabella: None };
        let place = surface.chart(face.glabella);
        frame.glabella = frame.beside_middle(place, DVec3::X).zip(frame.beside_middle(place, DVec3::Y));
        frame
    }

    /// The frame in the plane of the picture.
    #[must_use]
    pub fn face(&self) -> &FaceFrame {
        &self.face
    }

    /// The surface of the head.
    #[must_use]
    pub fn surface(&self) -> &Surface {
        &self.surface
    }

    /// Where the place so far to the right of the midline and up along the skin is seen. What lies so far to a side that the
    /// front hardly shows it is brought nearer. Costs about a hundred thousand operations.
    #[must_use]
    pub fn at(&self, right: Mm, up: Mm) -> PhotoPoint {
        if self.glabella.is_none() {
            return self.face.at(right, up);
        }
        let right = self.reachable(right.0);
        let foot = self.at_level(right, 0.0, self.face.at(Mm(right), Mm(0.0)));
        let apart = |place: Place| (self.beside(place) - right, self.signed(foot, place) - up.0);
        // Upwards in the chart is upwards on the head, nearly.
        self.seen(solved((foot.0, foot.1 - up.0), apart))
    }

    /// How far a place that is seen lies to the right of the midline, and how far up along the skin.
    #[must_use]
    pub fn coordinates(&self, point: PhotoPoint) -> (Mm, Mm) {
        if self.glabella.is_none() {
            return self.face.coordinates(point);
        }
        let place = self.surface.chart(point);
        let right = self.beside(place);
        (Mm(right), Mm(self.signed(self.at_level(right, 0.0, point), place)))
    }

    /// How far a place that is seen lies to the right of the midline.
    #[must_use]
    pub fn right(&self, point: PhotoPoint) -> Mm {
        if self.glabella.is_none() {
            self.face.coordinates(point).0
        } else {
            Mm(self.beside(self.surface.chart(point)))
        }
    }

    /// Where the place so far to the right of the midline and straight above the level of the glabella is seen; what the front
    /// hardly shows is brought nearer.
    #[must_use]
    pub fn straight_at(&self, right: Mm, up: Mm) -> PhotoPoint {
        let near = self.face.at(right, up);
        if self.glabella.is_none() { near } else { self.seen(self.at_level(self.reachable(right.0), up.0, near)) }
    }

    /// How far straight above the level of the glabella a place that is seen lies.
    #[must_use]
    pub fn straight_up(&self, point: PhotoPoint) -> Mm {
        if self.glabella.is_none() { self.face.coordinates(point).1 } else { Mm(self.above(self.surface.chart(point))) }
    }

    /// The place so far beside the midline and straight above the level of the glabella.
    fn at_level(&self, right: f64, up: f64, near: PhotoPoint) -> Place {
        solved(self.surface.chart(near), |place| (self.beside(place) - right, self.above(place) - up))
    }

    fn above(&self, place: Place) -> f64 {
        let level = self.glabella.map_or(0.0, |(_, level)| level);
        self.beside_middle(place, DVec3::Y).unwrap_or(level) - level
    }

    /// Length along the skin up from a place at the level of the glabella, below zero where the other lies under it.
    fn signed(&self, foot: Place, place: Place) -> f64 {
        self.along(self.seen(foot), self.seen(place)) * if self.above(place) < 0.0 { -1.0 } else { 1.0 }
    }

    fn beside(&self, place: Place) -> f64 {
        let middle = self.glabella.map_or(0.0, |(middle, _)| middle);
        self.beside_middle(place, DVec3::X).unwrap_or(middle) - middle
    }

    /// The nearest distance from the midline that the front shows.
    fn reachable(&self, right: f64) -> f64 {
        let Some(DVec3 { y, .. }) = self.direction(self.surface.chart(self.face.glabella)) else { return right };
        let aside = if right < 0.0 { -OUTERMOST } else { OUTERMOST };
        let front = (1.0 - y * y - aside * aside).max(0.0).sqrt();
        let outermost = self.beside(self.place(DVec3::new(aside, y, front))).abs();
        // No clamp: that panics where the outermost place is not known.
        right.max(-outermost).min(outermost)
    }

    /// The length along the skin straight from one point of the picture to another, mm.
    pub(super) fn along(&self, from: PhotoPoint, to: PhotoPoint) -> f64 {
        let step = |index: i32| from.lerp(to, f64::from(index) / f64::from(HEIGHT_PIECES));
        self.surface.length(&(0..=HEIGHT_PIECES).map(step).collect::<Vec<_>>()).0
    }

    /// How far a place lies from the plane through the middle of the skull, along the axis that it is square to, mm.
    fn beside_middle(&self, (right, down): Place, axis: DVec3) -> Option<f64> {
        Some(self.surface.on_head_mm(right, down)?.dot(axis))
    }

    fn direction(&self, (right, down): Place) -> Option<DVec3> {
        self.surface.on_head(right, down)
    }

    /// The place of the chart in a direction from the skull's middle.
    fn place(&self, direction: DVec3) -> Place {
        let flat = |DVec3 { x, y, z }: DVec3| (SPHERE * x / (1.0 + z).max(0.05), SPHERE * y / (1.0 + z).max(0.05));
        let (x, y) = flat(direction);
        let apart = |place: Place| {
            let (u, v) = self.direction(place).map_or((x, y), flat);
            (u - x, v - y)
        };
        solved((2.0 * x, -2.0 * y), apart)
    }

    fn seen(&self, (right, down): Place) -> PhotoPoint {
        self.surface.point(right, down)
    }
}

/// The place near a beginning from which nothing is apart in either of two ways, by Newton's steps; the nearest that was
/// found where there is none.
pub(super) fn solved(start: Place, apart: impl Fn(Place) -> (f64, f64)) -> Place {
    let (mut u, mut v) = start;
    for _ in 0..MAX_STEPS {
        let (f, g) = apart((u, v));
        if f.abs().max(g.abs()) < NEAR {
            break;
        }
        let ((fu, gu), (fv, gv)) = (apart((u + STEP, v)), apart((u, v + STEP)));
        let (fu, gu, fv, gv) = ((fu - f) / STEP, (gu - g) / STEP, (fv - f) / STEP, (gv - g) / STEP);
        let determinant = fu * gv - fv * gu;
        if determinant.abs() < 1e-6 {
            break;
        }
        u -= ((f * gv - g * fv) / determinant).clamp(-MAX_STEP, MAX_STEP);
        v -= ((g * fu - f * gu) / determinant).clamp(-MAX_STEP, MAX_STEP);
    }
    (u, v)
}

#[cfg(test)]
mod tests {
    use super::super::{Head, HeadParameters, Scale, Side};
    use super::*;
    use crate::engine::geometry::{Angle, PxPerMm};

    /// A face of 4 pixels a millimetre on a skull that is turned, nods and leans by so many degrees.
    fn on_skin(yaw: f64, pitch: f64, roll: f64) -> SkinFrame {
        let parameters = HeadParameters { length: Mm(195.0), camera: Mm(1000.0) };
        let scale = PxPerMm::new(4.0).unwrap();
        let head = Head { yaw, pitch, roll, ..Head::usual(Side::Front, (1600.0, 2000.0), scale, &parameters) };
        let Angle { sine, cosine } = Angle::degrees(roll);
        // The eyes stand 81 mm before and 36 mm below the middle of the skull, which is 75 mm broad and 79 mm high.
        let (turned, nodding) = (Angle::degrees(yaw), Angle::degrees(pitch));
        let eyes = head.on_outline(1.08 * turned.sine, -0.46 * nodding.cosine - 1.03 * nodding.sine);
        let pupil = |side: f64| eyes.moved(side * 126.0 * cosine, side * 126.0 * sine);
        let pupils = (pupil(-1.0), pupil(1.0));
        let scale = Scale { px_per_mm: scale, least: 1.0, most: 1.0, rough: false };
        let glabella = FaceFrame::glabella_guess(pupils, scale, Mm(20.0));
        let surface = Surface::of_head(&head, scale.px_per_mm, Some(eyes), &parameters);
        SkinFrame::new(FaceFrame::new(pupils, glabella, scale), surface)
    }

    #[test]
    fn a_place_on_the_skin_is_found_again() {
        for (yaw, pitch, roll) in [(0.0, 0.0, 0.0), (8.0, -8.0, 5.0), (-20.0, 15.0, 40.0)] {
            let frame = on_skin(yaw, pitch, roll);
            let places =
                [(-58.0, 45.0), (58.0, 20.0), (-49.0, 85.0), (49.0, 70.0), (-20.0, 5.0), (0.0, 95.0), (31.5, 95.0)];
            for (right, up) in places {
                let (x, y) = frame.coordinates(frame.at(Mm(right), Mm(up)));
                let off = (x.0 - right).abs().max((y.0 - up).abs());
                assert!(off < 0.1, "{yaw} {pitch} {roll}, {right} {up}: {x:?} {y:?}");
            }
        }
    }

    #[test]
    fn a_level_head_is_symmetric_and_its_midline_straight() {
        let frame = on_skin(0.0, 0.0, 0.0);
        for up in [20.0, 75.0] {
            assert!((frame.at(Mm(0.0), Mm(up)).x - 800.0).abs() < 0.05);
            let (left, right) = (frame.at(Mm(-49.0), Mm(up)), frame.at(Mm(49.0), Mm(up)));
            assert!((left.x + right.x - 1600.0).abs() < 0.1 && (left.y - right.y).abs() < 0.1, "{left:?} {right:?}");
            // The side of the head lies farther from the camera than the pupils and is seen smaller.
            assert!((right.x - 800.0) / 4.0 < 49.0 && (right.x - 800.0) / 4.0 > 46.0, "{right:?}");
        }
    }

    #[test]
    fn what_the_front_does_not_show_is_brought_nearer() {
        let frame = on_skin(0.0, 0.0, 0.0);
        let (far, farther) = (frame.at(Mm(90.0), Mm(20.0)), frame.at(Mm(200.0), Mm(20.0)));
        assert!(far.is_finite() && far.distance(farther) < 0.1, "{far:?} {farther:?}");
    }

    #[test]
    fn on_a_plain_surface_the_skin_is_the_picture() {
        let scale = Scale { px_per_mm: PxPerMm::new(4.0).unwrap(), least: 1.0, most: 1.0, rough: false };
        let pupils = (PhotoPoint::new(100.0, 380.0), PhotoPoint::new(300.0, 350.0));
        let face = FaceFrame::new(pupils, PhotoPoint::new(200.0, 300.0), scale);
        let skin = SkinFrame::new(face, Surface::plain(PxPerMm::new(4.0).unwrap()));
        assert_eq!(skin.at(Mm(-12.0), Mm(63.0)), face.at(Mm(-12.0), Mm(63.0)));
        assert_eq!(skin.coordinates(PhotoPoint::new(3.0, 4.0)), face.coordinates(PhotoPoint::new(3.0, 4.0)));
    }
}
