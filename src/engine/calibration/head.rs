//! How the skull stands in the picture: its outline as an ellipse, which side is seen, how it leans, and how far the camera is.

use super::FaceFrame;
use crate::engine::geometry::{Angle, Mm, PhotoPoint, PhotoPx, PhotoRect, PxPerMm};
use glam::{DMat3, DVec3, Vec3Swizzles};
use serde::{Deserialize, Serialize};

/// The side of the head that a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub enum Side {
    /// The face.
    #[default]
    Front,
    /// The crown, with the forehead at the lower edge.
    Top,
    /// The head's left side: the nose points to the left of the picture.
    Left,
    /// The head's right side: the nose points to the right of the picture.
    Right,
    /// The back of the head.
    Back,
}

/// The skull in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Head {
    /// The side that is seen: in a file the one whose view it is in, whatever stands here.
    pub side: Side,
    /// Middle of the skull's outline.
    pub centre: PhotoPoint,
    /// Half the outline's extent along the head's own horizontal, photo pixels.
    pub half_width: f64,
    /// Half the outline's extent along the head's own vertical, photo pixels.
    pub half_height: f64,
    /// How far the head leans in the picture, degrees clockwise.
    #[serde(rename = "tilt")]
    pub roll: f64,
    /// How far it is turned to the right of the picture from the plain view of its side, degrees.
    #[serde(rename = "turn")]
    pub yaw: f64,
    /// How far its top leans to the viewer, degrees: a face with its chin down.
    #[serde(rename = "nod")]
    pub pitch: f64,
    /// From the camera to the plane in which the scale holds, mm.
    pub camera: Mm,
    /// Whether the visitor set the outline: then it is not guessed again.
    pub by_hand: bool,
}

/// What a head is taken to be where its picture does not tell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeadParameters {
    /// Length of the head, glabella to back, mm.
    pub length: Mm,
    /// Distance of the camera.
    pub camera: Mm,
}

/// Half the breadth of the skull over half its length (our estimate: the cranium is 8 to 10 mm broader on each side than
/// the face at its cheekbones, 134 mm of 195).
pub const BREADTH_OVER_LENGTH: f64 = 0.77;
/// Half the height of the vault over half its length (our estimate).
pub const HEIGHT_OVER_LENGTH: f64 = 0.81;
/// How far the eyes stand behind the foremost point of the skull, over half its length (our estimate: 16 of 97 mm).
const EYES_BEHIND: f64 = 0.165;
/// How far the eyes stand below the skull's middle, over half its length (our estimate: 36 of 97 mm).
const EYES_BELOW: f64 = 0.37;
/// By how many mm the height of the crown over the eyes differs among heads of one breadth, one standard deviation (our
/// estimate), and how far people pitch in a portrait, degrees (our estimate).
const CROWN_SPREAD: f64 = 8.0;
const NOD_SPREAD: f64 = 10.0;
/// However far the pitch, it is never more unlikely than this many squared deviations: some photos are taken from above.
const MIN_LIKELY_NOD: f64 = 9.0;
/// How much the seen breadth counts against the usual one for the height that is expected: hair at the sides widens heads.
const BREADTH_BELIEVED: f64 = 0.5;
/// Degrees beyond which a pitch is not guessed.
const MAX_NOD: f64 = 45.0;
/// The share of the turn seen in the eyes' place that is believed (our estimate: faces are not quite symmetrical).
const TURN_BELIEVED: f64 = 0.8;

/// The share of the skull's outline within which the skin's colour is taken: farther out it turns away.
const SKIN_WITHIN: f64 = 0.65;
/// Pieces of the outline that the rectangle is put around.
const UPPER_PIECES: usize = 24;

/// Head axes, seen from the front: x to the right of the picture, y up, z to the viewer.
impl Side {
    /// All sides.
    pub const ALL: [Self; 5] = [Self::Front, Self::Top, Self::Left, Self::Right, Self::Back];

    /// From the picture of this side to the head's axes. Columns: what points to the right, up and to the viewer.
    fn to_head(self) -> DMat3 {
        match self {
            Self::Front => DMat3::IDENTITY,
            Self::Top => DMat3::from_cols(DVec3::X, DVec3::NEG_Z, DVec3::Y),
            Self::Left => DMat3::from_cols(DVec3::NEG_Z, DVec3::Y, DVec3::X),
            Self::Right => DMat3::from_cols(DVec3::Z, DVec3::Y, DVec3::NEG_X),
            Self::Back => DMat3::from_cols(DVec3::NEG_X, DVec3::Y, DVec3::NEG_Z),
        }
    }

    /// A place on the head (x to the right of the face's picture, y up, z to the front) as a plain picture of this side shows
    /// it: right, up, near.
    #[must_use]
    pub fn as_seen(self, place: DVec3) -> DVec3 {
        self.to_head().transpose_mul_vec3(place)
    }

    /// The usual half axes along the head's x, y and z for a length, mm.
    fn usual_axes(length: Mm) -> DVec3 {
        let half = length.0 / 2.0;
        DVec3::new(half * BREADTH_OVER_LENGTH, half * HEIGHT_OVER_LENGTH, half)
    }

    /// Half extents of the outline of a usual head seen from this side, mm.
    #[must_use]
    pub fn usual_outline(self, length: Mm) -> (f64, f64) {
        let axes = Self::usual_axes(length);
        let DMat3 { x_axis: across, y_axis: up, .. } = self.to_head();
        ((across * axes).length(), (up * axes).length())
    }
}

/// From the picture to the head's axes. Columns: what points to the right, up and to the viewer.
pub(super) fn rotation(head: &Head) -> DMat3 {
    let DMat3 { x_axis: right, y_axis: up, z_axis: front } = head.side.to_head();
    // The angles' sines and cosines are ours: they are the same on every machine.
    let (yaw, pitch) = (Angle::degrees(head.yaw), Angle::degrees(head.pitch));
    let turned_right = right * yaw.cosine + front * yaw.sine;
    let turned_front = right * -yaw.sine + front * yaw.cosine;
    DMat3::from_cols(
        turned_right,
        up * pitch.cosine + turned_front * -pitch.sine,
        up * pitch.sine + turned_front * pitch.cosine,
    )
}

/// The half axes of the skull along the head's x, y and z, mm: two from the outline, the third from the parameters.
/// `across` and `up` are half the extents of the outline, mm.
pub(super) fn half_axes(head: &Head, across: f64, up: f64, length: Mm) -> DVec3 {
    let DMat3 { x_axis, y_axis, .. } = rotation(head);
    // The axis along which the side is looked at is hidden: it goes last, and back to its place at the end.
    let hidden_last = |vector: DVec3| match head.side {
        Side::Front | Side::Back => vector,
        Side::Top => vector.xzy(),
        Side::Left | Side::Right => vector.yzx(),
    };
    let in_place = |vector: DVec3| match head.side {
        Side::Front | Side::Back => vector,
        Side::Top => vector.xzy(),
        Side::Left | Side::Right => vector.zxy(),
    };
    let usual = hidden_last(Side::usual_axes(length));
    // The length is the only axis with a parameter of its own; the others go with what is seen of the head's size.
    let (usual_x, usual_y) = head.side.usual_outline(length);
    let size = ((across / usual_x) * (up / usual_y)).sqrt();
    let depth = usual.z * if matches!(head.side, Side::Front | Side::Back) { 1.0 } else { size };
    // Two equations for the squares of the two seen axes: each extent squared is the sum of the axes' shares squared.
    let (x, y) = (hidden_last(x_axis * x_axis), hidden_last(y_axis * y_axis));
    let (seen_across, seen_up) = (across * across - x.z * depth * depth, up * up - y.z * depth * depth);
    let determinant = x.x * y.y - x.y * y.x;
    let (first, second) = if determinant.abs() < 0.05 {
        (seen_across, seen_up)
    } else {
        ((seen_across * y.y - seen_up * x.y) / determinant, (seen_up * x.x - seen_across * y.x) / determinant)
    };
    // An outline that fits no skull is kept from making a needle of it.
    let likely = |squared: f64, usual: f64| squared.max(0.0).sqrt().clamp(usual * 0.5, usual * 2.0);
    in_place(DVec3::new(likely(first, usual.x), likely(second, usual.y), depth))
}

impl Head {
    /// A head of usual size in the middle of a picture of that size, as large as the scale says.
    #[must_use]
    pub fn usual(side: Side, size: (f64, f64), scale: PxPerMm, parameters: &HeadParameters) -> Self {
        let (across, up) = side.usual_outline(parameters.length);
        let centre = PhotoPoint::new(size.0 / 2.0, size.1 / 2.0);
        Self::at(side, centre, (scale.px(Mm(across)).0, scale.px(Mm(up)).0), parameters)
    }

    fn at(side: Side, centre: PhotoPoint, (half_width, half_height): (f64, f64), parameters: &HeadParameters) -> Self {
        let (roll, yaw, pitch) = (0.0, 0.0, 0.0);
        Self { side, centre, half_width, half_height, roll, yaw, pitch, camera: parameters.camera, by_hand: false }
    }

    /// The head that a face suggests, from its eyes alone.
    #[must_use]
    pub fn of_face(
        face: &FaceFrame,
        pupils: (PhotoPoint, PhotoPoint),
        scale: PxPerMm,
        parameters: &HeadParameters,
    ) -> Self {
        let half = parameters.length.0 / 2.0;
        let middle = pupils.0.lerp(pupils.1, 0.5);
        // The eyes are nearer to the camera than the skull's outline, which is so much smaller.
        let farther = parameters.camera.0 / (parameters.camera.0 + half * (1.0 - EYES_BEHIND));
        let seen = |mm: f64| scale.px(Mm(mm * farther)).0;
        let (up_x, up_y) = face.up();
        let above = seen(half * EYES_BELOW);
        let centre = middle.moved(up_x * above, up_y * above);
        let (across, up) = Side::Front.usual_outline(parameters.length);
        Self { roll: tilt_of(face), ..Self::at(Side::Front, centre, (seen(across), seen(up)), parameters) }
    }

    /// The head that a face and the skull's outline suggest. The outline is given in the plane of the picture, in pixels
    /// from the middle between the pupils along the face's axes: the left and the right edge, and the top.
    #[must_use]
    pub fn of_outline(
        face: &FaceFrame,
        pupils: (PhotoPoint, PhotoPoint),
        scale: PxPerMm,
        (left, right, top): (f64, f64, f64),
        parameters: &HeadParameters,
    ) -> Self {
        let half = parameters.length.0 / 2.0;
        let middle = pupils.0.lerp(pupils.1, 0.5);
        let farther = parameters.camera.0 / (parameters.camera.0 + half * (1.0 - EYES_BEHIND));
        let mm = |px: f64| scale.mm(PhotoPx(px)).0 / farther;
        let breadth = mm(right - left) / 2.0;
        let usual = half * BREADTH_OVER_LENGTH;
        let pitch = guessed_nod(mm(top), usual + (breadth - usual) * BREADTH_BELIEVED, half);
        let forward = half * (1.0 - EYES_BEHIND);
        let yaw = TURN_BELIEVED * arcsine_degrees((-mm(left + right) / 2.0 / forward).clamp(-0.5, 0.5));
        let up = crown(pitch, breadth, half).1;
        let (up_x, up_y) = face.up();
        let rise = top - scale.px(Mm(up * farther)).0;
        let aside = (left + right) / 2.0;
        let centre = middle.moved(up_x * rise - up_y * aside, up_y * rise + up_x * aside);
        let halves = ((right - left) / 2.0, scale.px(Mm(up * farther)).0);
        let tenths = |value: f64| (value * 10.0).round() / 10.0;
        Self {
            roll: tenths(tilt_of(face)),
            yaw: tenths(yaw),
            pitch: tenths(pitch),
            ..Self::at(Side::Front, centre, halves, parameters)
        }
    }

    /// The points where the outline is taken hold of: middle, top, right, left, in photo pixels.
    #[must_use]
    pub fn handles(&self) -> [PhotoPoint; 4] {
        let on = |x: f64, y: f64| self.on_outline(x, y);
        [self.centre, on(0.0, 1.0), on(1.0, 0.0), on(-1.0, 0.0)]
    }

    /// A point so many half widths to the head's right in the picture and so many half heights up.
    #[must_use]
    pub fn on_outline(&self, right: f64, up: f64) -> PhotoPoint {
        let Angle { sine, cosine } = Angle::degrees(self.roll);
        let (x, y) = (right * self.half_width, -up * self.half_height);
        self.centre.moved(x * cosine - y * sine, x * sine + y * cosine)
    }

    /// The rectangle around the upper half of the skull well within its outline, where its skin is looked at: no wall stands
    /// in its corners.
    #[must_use]
    pub fn upper_skull(&self) -> PhotoRect {
        let within = |point: PhotoPoint| self.centre.lerp(point, SKIN_WITHIN);
        let upper = self.outline(UPPER_PIECES).into_iter().filter(|point| point.y <= self.centre.y).map(within);
        PhotoRect::around(&upper.collect::<Vec<_>>())
    }

    /// How many half widths to the head's right a point of the picture lies, and how many half heights up.
    #[must_use]
    pub fn shares(&self, point: PhotoPoint) -> (f64, f64) {
        let Angle { sine, cosine } = Angle::degrees(self.roll);
        let (x, y) = (point.x - self.centre.x, point.y - self.centre.y);
        ((x * cosine + y * sine) / self.half_width, (x * sine - y * cosine) / self.half_height)
    }

    /// The outline as so many points, clockwise from the top.
    #[must_use]
    pub fn outline(&self, count: usize) -> Vec<PhotoPoint> {
        let point = |step: usize| {
            let Angle { sine, cosine } = Angle::degrees(360.0 * step as f64 / count.max(1) as f64 - 180.0);
            self.on_outline(-sine, -cosine)
        };
        (0..count).map(point).collect()
    }
}

/// How high the crown stands over the pupils in the picture, and half the outline's height, mm, for a pitch in degrees.
fn crown(pitch: f64, breadth: f64, half: f64) -> (f64, f64) {
    let Angle { sine, cosine } = Angle::degrees(pitch);
    let height = breadth * HEIGHT_OVER_LENGTH / BREADTH_OVER_LENGTH;
    let up = (height * height * cosine * cosine + half * half * sine * sine).sqrt();
    let middle =
        half * EYES_BELOW * (breadth / (half * BREADTH_OVER_LENGTH)) * cosine + half * (1.0 - EYES_BEHIND) * sine;
    (middle + up, up)
}

/// The pitch that best explains the crown's height, given that most people hold their head level: the least of
/// `((seen - expected) / spread)^2` and the pitch's own unlikeliness, over whole half degrees.
fn guessed_nod(top: f64, breadth: f64, half: f64) -> f64 {
    let cost = |pitch: f64| {
        let off = (top - crown(pitch, breadth, half).0) / CROWN_SPREAD;
        let far = (pitch / NOD_SPREAD) * (pitch / NOD_SPREAD);
        off * off + far / (1.0 + far / MIN_LIKELY_NOD)
    };
    let steps = (MAX_NOD * 2.0) as i32;
    let nods = (-steps..=steps).map(|step| f64::from(step) / 2.0);
    nods.min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap_or(0.0)
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

/// How far the eyes stand before the skull's middle, mm towards the camera, when they are seen so many mm above it in the
/// picture. `half` is half the skull's length.
pub(super) fn eyes_before(rotation: &DMat3, half: f64, seen_up: f64) -> f64 {
    let DMat3 { y_axis: up, z_axis: towards, .. } = rotation;
    let forward = half * (1.0 - EYES_BEHIND);
    let height = if up.y.abs() > 0.2 { (seen_up - up.z * forward) / up.y } else { -half * EYES_BELOW };
    // No clamp: that panics where the half axis is no number.
    towards.y * height.max(-half).min(half) + towards.z * forward
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_upper_skull_has_its_corners_on_the_head() {
        let parameters = HeadParameters { length: Mm(195.0), camera: Mm(1000.0) };
        let head = Head::usual(Side::Front, (1600.0, 2000.0), PxPerMm::new(4.0).unwrap(), &parameters);
        let upper = head.upper_skull();
        let (x0, y0, x1, y1) = (upper.x0, upper.y0, upper.x1, upper.y1);
        // The outline's pieces need not end at the middle's height.
        let low = head.centre.y - y1;
        assert!((-0.01..0.3 * head.half_height).contains(&low), "{low}");
        assert!(x0 < head.centre.x && x1 > head.centre.x, "{x0} {x1}");
        for corner in [(x0, y0), (x1, y0), (x0, y1), (x1, y1)] {
            let (right, up) = head.shares(PhotoPoint::new(corner.0, corner.1));
            assert!(right * right + up * up < 1.0, "{corner:?} lies beside the head");
        }
    }

    #[test]
    fn shares_of_the_outline_are_read_back() {
        let parameters = HeadParameters { length: Mm(195.0), camera: Mm(1000.0) };
        let usual = Head::usual(Side::Front, (800.0, 900.0), PxPerMm::new(3.0).unwrap(), &parameters);
        let head = Head { roll: 25.0, ..usual };
        let (right, up) = head.shares(head.on_outline(0.7, -0.4));
        assert!((right - 0.7).abs() < 1e-9 && (up + 0.4).abs() < 1e-9, "{right} {up}");
    }

    #[test]
    fn each_side_sees_its_own_part_of_the_head() {
        let seen = Side::ALL.map(|side| side.as_seen(DVec3::Z));
        let nose_seen = [DVec3::Z, DVec3::NEG_Y, DVec3::NEG_X, DVec3::X, DVec3::NEG_Z];
        assert_eq!(seen, nose_seen);
    }
}
