//! The head that a face and the skull's outline in the picture suggest.

use super::placed_skull::{NEAREST, PlacedSkull};
use super::skull::{SkullSize, USUAL_LENGTH, USUAL_PUPILS};
use super::{FaceFrame, Head, HeadParameters, Side};
use crate::engine::geometry::{Angle, Mm, PhotoPoint, PhotoPx, PxPerMm};
use glam::{DMat3, DVec3};

/// By how many mm the height of the top over the eyes differs among heads of one breadth and one distance between the
/// pupils, one standard deviation (of heads of real shape), and how far people pitch in a portrait, degrees (our estimate).
const CROWN_SPREAD: f64 = 5.2;
const NOD_SPREAD: f64 = 10.0;
/// However far the pitch, it is never more unlikely than this many squared deviations: some photos are taken from above.
const MIN_LIKELY_NOD: f64 = 9.0;
/// How much higher a head is expected that is broader than usual, and one whose pupils lie farther apart than usual (of heads
/// of real shape): shares of the shares.
const HIGHER_WHERE_BROADER: f64 = 0.25;
const HIGHER_WHERE_EYES_APART: f64 = 0.54;
/// Rounds in which the breadth settles: a lens sees a broader skull from farther off.
const ROUNDS: usize = 4;
/// Degrees beyond which a pitch is not guessed.
const MAX_NOD: f64 = 45.0;
/// The share of the turn seen in the eyes' place that is believed (our estimate: faces are not quite symmetrical).
const TURN_BELIEVED: f64 = 0.8;

impl Head {
    /// The head that a face suggests, from its eyes alone.
    #[must_use]
    pub fn of_face(
        face: &FaceFrame,
        pupils: (PhotoPoint, PhotoPoint),
        scale: PxPerMm,
        parameters: &HeadParameters,
    ) -> Self {
        let usual = SkullSize::usual(parameters.length.0);
        let skull = PlacedSkull::at_eyes(usual, DMat3::IDENTITY, parameters.camera.0.max(NEAREST));
        let (half_breadth, top) = (scale.px(Mm(skull.half_breadth())).0, scale.px(Mm(skull.top())).0);
        Self {
            roll: tilt_of(face),
            ..Self::over_eyes(face, pupils, (-half_breadth, half_breadth, top), (skull, scale))
        }
    }

    /// The head that a face and the skull's outline suggest. The outline is given in the plane of the picture, in pixels
    /// from the middle between the pupils along the face's axes: the left and the right edge, and the top.
    #[must_use]
    pub fn of_outline(
        face: &FaceFrame,
        pupils: (PhotoPoint, PhotoPoint),
        scale: PxPerMm,
        edges: (f64, f64, f64),
        parameters: &HeadParameters,
    ) -> Self {
        let (left, right, top) = edges;
        let mm = |px: f64| scale.mm(PhotoPx(px)).0;
        let camera = parameters.camera.0.max(NEAREST);
        let usual = SkullSize::usual(parameters.length.0);
        let eyes_apart = mm(pupils.0.distance(pupils.1)) / (USUAL_PUPILS * usual.length / USUAL_LENGTH) - 1.0;
        let mut expected = usual;
        for _ in 0..ROUNDS {
            let seen = PlacedSkull::at_eyes(expected, DMat3::IDENTITY, camera).half_breadth();
            let breadth = expected.breadth * mm(right - left) / 2.0 / seen;
            let more = HIGHER_WHERE_BROADER * (breadth / usual.breadth - 1.0) + HIGHER_WHERE_EYES_APART * eyes_apart;
            expected = SkullSize::new(breadth, usual.height * (1.0 + more), None);
        }
        let pitch = guessed_nod(mm(top), expected, camera);
        let behind = -expected.middle().z;
        let aside = -mm(left + right) / 2.0 * (camera + behind) / camera / behind;
        let yaw = TURN_BELIEVED * arcsine_degrees(aside.clamp(-0.5, 0.5));
        let tenths = |value: f64| (value * 10.0).round() / 10.0;
        let (yaw, pitch) = (tenths(yaw), tenths(pitch));
        let skull = PlacedSkull::at_eyes(expected, nodding(pitch), camera);
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

/// The pitch that best explains how high the top is seen over the pupils, mm, given that most people hold their head level:
/// the least of `((seen - expected) / spread)^2` and the pitch's own unlikeliness, over whole half degrees.
fn guessed_nod(top: f64, expected: SkullSize, camera: f64) -> f64 {
    let cost = |pitch: f64| {
        let off = (top - PlacedSkull::at_eyes(expected, nodding(pitch), camera).top()) / CROWN_SPREAD;
        let far = (pitch / NOD_SPREAD) * (pitch / NOD_SPREAD);
        off * off + far / (1.0 + far / MIN_LIKELY_NOD)
    };
    let steps = (MAX_NOD * 2.0) as i32;
    let nods = (-steps..=steps).map(|step| f64::from(step) / 2.0);
    nods.min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap_or(0.0)
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
