//! The head that a face and the skull's outline in the picture suggest.

use super::head::rotation;
use super::placed_skull::{NEAREST, PlacedSkull, height_over_eyes};
use super::skull::{SkullSize, USUAL_CHIN, USUAL_LENGTH, USUAL_NOSE_BASE, USUAL_PUPILS};
use super::{FaceFrame, Head, HeadParameters, Side};
use crate::engine::geometry::{Angle, Mm, PhotoPoint, PhotoPx, PxPerMm};
use glam::{DMat3, DVec3};

/// By how many mm the height of the top over the eyes differs among heads of one breadth and one distance between the
/// pupils, one standard deviation (of heads of real shape), and how far people pitch in a portrait, degrees (our estimate: heads
/// that are held as it comes differ by about 5).
const CROWN_SPREAD: f64 = 5.2;
const NOD_SPREAD: f64 = 6.0;
/// However far the pitch, it is never more unlikely than this many squared deviations: some photos are taken from above.
const MIN_LIKELY_NOD: f64 = 9.0;
/// How much higher a head is expected that is broader than usual, and one whose pupils lie farther apart than usual (of heads
/// of real shape): shares of the shares.
const HIGHER_WHERE_BROADER: f64 = 0.25;
const HIGHER_WHERE_EYES_APART: f64 = 0.54;
/// How much deeper under the pupils the chin is expected on a broader head and on one whose pupils lie farther apart, and the
/// base of the nose with the chin and on a broader head: shares of the shares. The next two are how far they differ from that,
/// mm, one standard deviation, with 3 mm for the mark. (All of 600 heads of real shape.)
const CHIN_DEEPER: (f64, f64) = (0.546, 0.187);
const NOSE_BASE_DEEPER: (f64, f64) = (0.413, 0.61);
const CHIN_SPREAD: f64 = 5.5;
const NOSE_BASE_SPREAD: f64 = 3.5;
/// The same of the height where both are known: with breadth, pupils, chin and nose base.
const HIGHER_WITH_FACE: (f64, f64, f64, f64) = (0.178, 0.314, 0.272, -0.093);
/// Rounds in which the breadth settles: a lens sees a broader skull from farther off.
const ROUNDS: usize = 4;
/// Degrees beyond which a pitch is not guessed.
const MAX_NOD: f64 = 45.0;
/// The share of the turn seen in the eyes' place that is believed (our estimate: faces are not quite symmetrical).
const TURN_BELIEVED: f64 = 0.8;

impl Head {
    /// The head that a face suggests, from its eyes alone, looking into the camera.
    #[must_use]
    pub fn of_face(
        face: &FaceFrame,
        pupils: (PhotoPoint, PhotoPoint),
        scale: PxPerMm,
        parameters: &HeadParameters,
    ) -> Self {
        Self::of_turned_face(face, pupils, scale, (0.0, 0.0), parameters)
    }

    /// The head that a face suggests which is turned by that yaw and pitch, degrees, from its eyes alone.
    #[must_use]
    pub fn of_turned_face(
        face: &FaceFrame,
        pupils: (PhotoPoint, PhotoPoint),
        scale: PxPerMm,
        (yaw, pitch): (f64, f64),
        parameters: &HeadParameters,
    ) -> Self {
        let usual = SkullSize::usual(parameters.length.0);
        let turned = rotation(&Self { yaw, pitch, ..Self::plain(Side::Front, (0.0, 0.0), parameters) });
        let skull = PlacedSkull::at_eyes(usual, turned, parameters.camera.0.max(NEAREST));
        let middle = (skull.reach(DVec3::X) - skull.reach(DVec3::NEG_X)) / 2.0;
        let edges = [middle - skull.half_breadth(), middle + skull.half_breadth(), skull.top()];
        let [left, right, top] = edges.map(|edge| scale.px(Mm(edge)).0);
        Self { roll: tilt_of(face), yaw, pitch, ..Self::over_eyes(face, pupils, (left, right, top), (skull, scale)) }
    }

    /// The head that a face and what is seen of its skull suggest.
    #[must_use]
    pub fn of_outline(
        face: &FaceFrame,
        pupils: (PhotoPoint, PhotoPoint),
        scale: PxPerMm,
        seen: &SeenOutline,
        parameters: &HeadParameters,
    ) -> Self {
        let &SeenOutline { left, right, top, lower_face } = seen;
        let mm = |px: f64| scale.mm(PhotoPx(px)).0;
        let camera = parameters.camera.0.max(NEAREST);
        let usual = SkullSize::usual(parameters.length.0);
        let eyes_apart = mm(pupils.0.distance(pupils.1)) / (USUAL_PUPILS * usual.length / USUAL_LENGTH) - 1.0;
        let mut expected = Expected { usual, eyes_apart, breadth: usual.breadth, camera };
        for _ in 0..ROUNDS {
            let size = expected.skull(expected.share_higher());
            let seen = PlacedSkull::at_eyes(size, DMat3::IDENTITY, camera).half_breadth();
            expected.breadth = size.breadth * mm(right - left) / 2.0 / seen;
        }
        let lower_face = lower_face.map(|(nose_base, chin)| (mm(nose_base), mm(chin)));
        let (pitch, size) = expected.guessed_nod(mm(top), lower_face);
        let behind = -size.middle().z;
        let aside = -mm(left + right) / 2.0 * (camera + behind) / camera / behind;
        let yaw = TURN_BELIEVED * arcsine_degrees(aside.clamp(-0.5, 0.5));
        let tenths = |value: f64| (value * 10.0).round() / 10.0;
        let (yaw, pitch) = (tenths(yaw), tenths(pitch));
        let skull = PlacedSkull::at_eyes(size, nodding(pitch), camera);
        let edges = (left, right, top);
        Self { roll: tenths(tilt_of(face)), yaw, pitch, ..Self::over_eyes(face, pupils, edges, (skull, scale)) }
    }

    /// A head over a face's eyes whose outline has those edges, and its middle where that of a skull is seen.
    fn over_eyes(
        face: &FaceFrame,
        pupils: (PhotoPoint, PhotoPoint),
        (left, right, top): (f64, f64, f64),
        (skull, scale): (PlacedSkull, PxPerMm),
    ) -> Self {
        let share = skull.camera / (skull.camera - skull.middle.z).max(NEAREST);
        // However the top was seen, it lies over the middle.
        let rise = scale.px(Mm(skull.middle.y * share)).0.min(top * 0.9);
        let aside = (left + right) / 2.0;
        let (up_x, up_y) = face.up();
        let centre = pupils.0.lerp(pupils.1, 0.5).moved(up_x * rise - up_y * aside, up_y * rise + up_x * aside);
        let parameters = HeadParameters { length: Mm(skull.size.length), camera: Mm(skull.camera) };
        Self::at(Side::Front, centre, ((right - left) / 2.0, top - rise), &parameters)
    }
}

/// What is seen of a head in the plane of the picture, in pixels from the middle between the pupils along the face's axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeenOutline {
    /// The outline's left edge: a negative number.
    pub left: f64,
    /// Its right edge.
    pub right: f64,
    /// Its top.
    pub top: f64,
    /// How far below the pupils the base of the nose and the chin are seen, where both are known.
    pub lower_face: Option<(f64, f64)>,
}

/// What a breadth and a distance of the pupils let expect of a head.
struct Expected {
    usual: SkullSize,
    /// By which share the pupils are farther apart than usual.
    eyes_apart: f64,
    breadth: f64,
    camera: f64,
}

impl Expected {
    /// By which share it is broader than usual.
    fn broader(&self) -> f64 {
        self.breadth / self.usual.breadth - 1.0
    }

    /// By which share it is expected higher than usual.
    fn share_higher(&self) -> f64 {
        HIGHER_WHERE_BROADER * self.broader() + HIGHER_WHERE_EYES_APART * self.eyes_apart
    }

    fn skull(&self, higher: f64) -> SkullSize {
        SkullSize::new(self.breadth, self.usual.height * (1.0 + higher), None)
    }

    /// The pitch that best explains how high the top is seen over the pupils and how deep nose and chin below them, mm, given
    /// that most people hold their head level, and the skull that is then expected: the least sum of squared deviations and
    /// of the pitch's own unlikeliness, over whole half degrees.
    fn guessed_nod(&self, top: f64, lower_face: Option<(f64, f64)>) -> (f64, SkullSize) {
        let squared = |value: f64| value * value;
        let likely = |pitch: f64| {
            let (higher, unlike) = self.by_face(lower_face, pitch);
            let size = self.skull(higher);
            let off = (top - PlacedSkull::at_eyes(size, nodding(pitch), self.camera).top()) / CROWN_SPREAD;
            let far = squared(pitch / NOD_SPREAD);
            (squared(off) + unlike + far / (1.0 + far / MIN_LIKELY_NOD), size)
        };
        let steps = (MAX_NOD * 2.0) as i32;
        let nods = (-steps..=steps).map(|step| f64::from(step) / 2.0).map(|pitch| (pitch, likely(pitch)));
        let best = nods.min_by(|(_, (a, _)), (_, (b, _))| a.total_cmp(b));
        best.map_or((0.0, self.skull(self.share_higher())), |(pitch, (_, size))| (pitch, size))
    }

    /// By which share a head that pitches so is higher than usual, told by its lower face too, and how unlike a usual face
    /// that one then is, in squared deviations.
    fn by_face(&self, lower_face: Option<(f64, f64)>, pitch: f64) -> (f64, f64) {
        let Some((nose_base, chin)) = lower_face else { return (self.share_higher(), 0.0) };
        let size = self.usual.length / USUAL_LENGTH;
        let share = |seen: f64, (usual, before): (f64, f64)| {
            let depth = -height_over_eyes(-seen, before * size, nodding(pitch), self.camera);
            depth / (usual * size) - 1.0
        };
        let (chin, nose_base) = (share(chin, USUAL_CHIN), share(nose_base, USUAL_NOSE_BASE));
        let (broader, apart) = (self.broader(), self.eyes_apart);
        let chin_off = (chin - CHIN_DEEPER.0 * broader - CHIN_DEEPER.1 * apart) * USUAL_CHIN.0 / CHIN_SPREAD;
        let nose_off = (nose_base - NOSE_BASE_DEEPER.0 * broader - NOSE_BASE_DEEPER.1 * chin) * USUAL_NOSE_BASE.0
            / NOSE_BASE_SPREAD;
        let (by_breadth, by_eyes, by_chin, by_nose) = HIGHER_WITH_FACE;
        let higher = by_breadth * broader + by_eyes * apart + by_chin * chin + by_nose * nose_base;
        (higher, chin_off * chin_off + nose_off * nose_off)
    }
}

/// From the picture to the axes of a head that pitches and does nothing else.
fn nodding(pitch: f64) -> DMat3 {
    let Angle { sine, cosine } = Angle::degrees(pitch);
    DMat3::from_cols(DVec3::X, DVec3::new(0.0, cosine, -sine), DVec3::new(0.0, sine, cosine))
}

/// The lean of a face in the picture, degrees clockwise.
fn tilt_of(face: &FaceFrame) -> f64 {
    let (up_x, up_y) = face.up();
    let lean = arcsine_degrees(up_x.clamp(-1.0, 1.0));
    if up_y <= 0.0 { lean } else { 180.0 - lean }
}

/// Only places of heads that are then rounded hang on this, so the last bit does not matter.
fn arcsine_degrees(value: f64) -> f64 {
    value.atan2((1.0 - value * value).max(0.0).sqrt()).to_degrees()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::Scale;

    /// The pitch of a head of usual breadth whose outline is that of one so much lower than usual that looks straight ahead,
    /// from 1 m at 4 pixels a mm, and whose nose base and chin are seen as those of a usual face that pitches so.
    fn pitch_of(lower: f64, face_pitch: Option<f64>) -> f64 {
        let parameters = HeadParameters { length: Mm(USUAL_LENGTH), camera: Mm(1000.0) };
        let px_per_mm = PxPerMm::new(4.0).unwrap();
        let scale = Scale { px_per_mm, least: 1.0, most: 1.0, rough: false };
        let pupils = [-2.0, 2.0].map(|side| PhotoPoint::new(400.0 + side * USUAL_PUPILS, 500.0));
        let pupils = (pupils[0], pupils[1]);
        let face = FaceFrame::new(pupils, PhotoPoint::new(400.0, 420.0), scale);
        let usual = SkullSize::usual(USUAL_LENGTH);
        let size = SkullSize::new(usual.breadth, usual.height - lower, None);
        let skull = PlacedSkull::at_eyes(size, nodding(0.0), 1000.0);
        let half = skull.half_breadth() * 4.0;
        let seen = |(depth, before): (f64, f64), pitch: f64| {
            let place = nodding(pitch).transpose_mul_vec3(DVec3::new(0.0, -depth, before));
            -place.y * 1000.0 / (1000.0 - place.z) * 4.0
        };
        let lower_face = face_pitch.map(|pitch| (seen(USUAL_NOSE_BASE, pitch), seen(USUAL_CHIN, pitch)));
        let outline = SeenOutline { left: -half, right: half, top: skull.top() * 4.0, lower_face };
        Head::of_outline(&face, pupils, px_per_mm, &outline, &parameters).pitch
    }

    #[test]
    fn the_lower_face_tells_a_low_head_from_one_that_looks_up() {
        let by_outline = pitch_of(9.0, None);
        let [up, level, down] = [-10.0, 0.0, 10.0].map(|pitch| pitch_of(9.0, Some(pitch)));
        assert!(by_outline < -2.0, "the outline alone says {by_outline}");
        assert!(up < level && level < down, "{up} {level} {down}");
        assert!(down > by_outline + 0.9, "{down}, by the outline {by_outline}");
    }

    #[test]
    fn a_usual_face_is_level() {
        assert!(pitch_of(0.0, Some(0.0)).abs() <= 0.5 && pitch_of(0.0, None).abs() <= 0.5);
    }
}
