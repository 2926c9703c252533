//! How the skull stands in the picture: its outline as an ellipse, which side is seen, how it leans, and how far the camera is.

use super::skull::SkullSize;
use crate::engine::geometry::{Angle, Mm, PhotoPoint, PhotoRect, PxPerMm};
use glam::{DMat3, DVec3};
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

/// Whether hair stands on the top of the head, so that the top is seen higher than the skull's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub enum HairOnTop {
    /// Nobody looked: areas may be larger than they are told.
    #[default]
    Unknown,
    /// The top is bare or shaved: what is seen is the skull.
    Bare,
    /// Hair stands there: a found outline is lowered by its usual height.
    Hair,
}

impl HairOnTop {
    fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }

    /// By how much the top is seen too high.
    #[must_use]
    pub fn height(self) -> Mm {
        Mm(if self == Self::Hair { HAIR_HEIGHT } else { 0.0 })
    }
}

/// How much higher than the skull hair on it is seen, mm (our estimate, of short hair).
const HAIR_HEIGHT: f64 = 8.0;

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
    /// Whether that distance was told, so that it is no guess even where it is the usual one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub camera_told: bool,
    /// Whether the visitor set the outline: then it is not guessed again.
    pub by_hand: bool,
    /// Whether its outline was looked for and not seen, or only one that the scale contradicts: a usual head stands here, or a
    /// doubtful one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outline_unseen: bool,
    /// Whether hair stands on top.
    #[serde(default, skip_serializing_if = "HairOnTop::is_unknown")]
    pub hair_on_top: HairOnTop,
}

/// What a head is taken to be where its picture does not tell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeadParameters {
    /// Length of the head, glabella to back, mm.
    pub length: Mm,
    /// Distance of the camera.
    pub camera: Mm,
}

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

    /// Half extents of the outline of a usual head seen from this side, mm.
    #[must_use]
    pub fn usual_outline(self, length: Mm) -> (f64, f64) {
        let axes = SkullSize::usual(length.0).half_axes();
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

impl Head {
    /// A head of usual size in the middle of a picture of that size, as large as the scale says.
    #[must_use]
    pub fn usual(side: Side, size: (f64, f64), scale: PxPerMm, parameters: &HeadParameters) -> Self {
        let (across, up) = side.usual_outline(parameters.length);
        let centre = PhotoPoint::new(size.0 / 2.0, size.1 / 2.0);
        Self::at(side, centre, (scale.px(Mm(across)).0, scale.px(Mm(up)).0), parameters)
    }

    /// A head seen straight from a side, of which only the outline's halves matter.
    pub(super) fn plain(side: Side, halves: (f64, f64), parameters: &HeadParameters) -> Self {
        Self::at(side, PhotoPoint::new(0.0, 0.0), halves, parameters)
    }

    pub(super) fn at(
        side: Side,
        centre: PhotoPoint,
        (half_width, half_height): (f64, f64),
        parameters: &HeadParameters,
    ) -> Self {
        Self {
            side,
            centre,
            half_width,
            half_height,
            roll: 0.0,
            yaw: 0.0,
            pitch: 0.0,
            camera: parameters.camera,
            camera_told: false,
            by_hand: false,
            outline_unseen: false,
            hair_on_top: HairOnTop::Unknown,
        }
    }

    /// Whether nobody knows where its outline is, so that figures are rough.
    #[must_use]
    pub fn is_guess(&self) -> bool {
        self.outline_unseen && !self.by_hand
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
        let HeadAxes { centre, turn: Angle { sine, cosine }, half_width, half_height } = self.axes();
        let (x, y) = (right * half_width, -up * half_height);
        centre.moved(x * cosine - y * sine, x * sine + y * cosine)
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
        self.axes().shares(point)
    }

    /// Its axes, for many places.
    #[must_use]
    pub fn axes(&self) -> HeadAxes {
        let Self { centre, half_width, half_height, .. } = *self;
        HeadAxes { centre, turn: Angle::degrees(self.roll), half_width, half_height }
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

/// The axes of a head's outline in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeadAxes {
    centre: PhotoPoint,
    turn: Angle,
    half_width: f64,
    half_height: f64,
}

impl HeadAxes {
    /// How many half widths to the head's right a point of the picture lies, and how many half heights up.
    #[must_use]
    pub fn shares(&self, point: PhotoPoint) -> (f64, f64) {
        let Angle { sine, cosine } = self.turn;
        let (x, y) = (point.x - self.centre.x, point.y - self.centre.y);
        ((x * cosine + y * sine) / self.half_width, (x * sine - y * cosine) / self.half_height)
    }
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
