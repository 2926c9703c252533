//! A skull before a camera: how large it is and where it stands, from its outline in the picture.

use super::head::rotation;
use super::skull::{BROADER, HIGHER, SkullSize, USUAL_CHIN, USUAL_LENGTH};
use super::{Head, HeadParameters, Side};
use crate::engine::geometry::Angle;
use glam::{DMat3, DVec3};

/// Steps of the search for the outermost place that a lens sees: each squares what is left.
const OUTLINE_STEPS: usize = 4;
/// Rounds in which size and place settle: each hangs on the other.
const ROUNDS: usize = 8;
/// Between which multiples of the usual size a skull is believed: an outline that fits no skull makes no needle of it.
const BELIEVED: (f64, f64) = (0.5, 2.0);
/// The most that one round changes a size: where an outline contradicts itself it stays in sight.
const MOST_CHANGE: f64 = 1.5;
/// As which share of its usual proportion the axis is taken along which a side is looked at: a slope that is told wrong adds
/// more skin where it is too steep than it takes where it is too flat, and so much less makes areas true on the average (of
/// heads of real shape). From above, from behind, and from the left and the right.
const HIDDEN_HEIGHT: f64 = 0.94;
const HIDDEN_LENGTH: f64 = 0.93;
const HIDDEN_BREADTH: f64 = 0.97;
/// How much higher and broader a head is expected that is longer than usual (of 600 heads of real shape; beside the length
/// the other axis that is seen tells nothing of them): shares of the share.
const HIGHER_WHERE_LONGER: f64 = 0.86;
const BROADER_WHERE_LONGER: f64 = 0.52;
/// The least distance from the camera to what it sees, mm: in front of the lens, and nothing is divided by nothing.
pub(super) const NEAREST: f64 = 1.0;
/// What an extent counts as where none is left, mm.
const TINY: f64 = 1e-3;
/// The least cosine of a pitch by which a seen height is put upright.
const STEEP: f64 = 0.3;

/// A skull before a camera, in the camera's axes: x to the right, y up, z to the viewer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PlacedSkull {
    pub(super) size: SkullSize,
    /// From the camera's axes to the head's.
    pub(super) rotation: DMat3,
    /// Its middle.
    pub(super) middle: DVec3,
    /// Distance of the camera from the plane in which the scale holds.
    pub(super) camera: f64,
}

/// What is known of the face in the same plane as the outline: mm up from the outline's middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SeenFace {
    /// The middle between the pupils.
    pub(super) eyes: f64,
    /// The chin, where it was set.
    pub(super) chin: Option<f64>,
}

impl PlacedSkull {
    /// A skull of that size whose pupils lie where the camera's axis meets the plane of the scale.
    pub(super) fn at_eyes(size: SkullSize, rotation: DMat3, camera: f64) -> Self {
        Self { size, rotation, middle: rotation.transpose_mul_vec3(size.middle()), camera }
    }

    /// The skull whose outline is the head's. With a face its pupils lie in the plane of the scale, at their height; else the
    /// scale holds where the skull is nearest to the camera. Both sides of the outline are met, and its top.
    pub(super) fn fitted(
        head: &Head,
        rotation: DMat3,
        (across, up): (f64, f64),
        known: (Option<SeenFace>, &HeadParameters),
    ) -> Self {
        let (face, parameters) = known;
        let usual = SkullSize::usual(parameters.length.0);
        let camera = head.camera.0.max(NEAREST);
        let mut skull = Self { size: usual, rotation, middle: DVec3::ZERO, camera };
        let before = USUAL_CHIN.1 * usual.length / USUAL_LENGTH;
        let chin = face.and_then(|face| Some(-height_over_eyes(face.chin? - face.eyes, before, rotation, camera)));
        for _ in 0..ROUNDS {
            let from_eyes = rotation.transpose_mul_vec3(skull.size.middle());
            skull.middle.z = if face.is_some() { from_eyes.z } else { -skull.nearest() };
            let (right, left) = (skull.reach(DVec3::X), skull.reach(DVec3::NEG_X));
            skull.middle.x += skull.at_depth((left - right) / 2.0);
            let broader = across / ((right + left) / 2.0).max(TINY);
            let (top, bottom) = (skull.reach(DVec3::Y), skull.reach(DVec3::NEG_Y));
            let higher = match face {
                Some(SeenFace { eyes, .. }) => {
                    skull.middle.y = eyes + from_eyes.y;
                    let top = skull.reach(DVec3::Y) + skull.size.height * HIGHER;
                    (up - eyes) / (top - eyes).max(TINY)
                }
                None if head.side == Side::Top => {
                    skull.middle.y += skull.at_depth((bottom - top) / 2.0);
                    up / ((top + bottom) / 2.0).max(TINY)
                }
                None => up / (top + skull.size.height * HIGHER).max(TINY),
            };
            skull.size = resized(head.side, (skull.size, usual), (broader, higher), chin);
        }
        skull
    }

    /// How far its outline reaches in a direction of the picture, mm in the plane where the scale holds.
    pub(super) fn reach(&self, towards: DVec3) -> f64 {
        self.outermost(towards).dot(towards)
    }

    /// Where its outline reaches farthest in a direction of the picture, mm in the plane where the scale holds.
    fn outermost(&self, towards: DVec3) -> DVec3 {
        let mut seen = DVec3::ZERO;
        for _ in 0..OUTLINE_STEPS {
            // A plane through the lens that touches the skull has its outermost place on it.
            let normal = towards + DVec3::new(0.0, 0.0, seen.dot(towards) / self.camera);
            let place = self.middle + self.rotation.transpose_mul_vec3(self.size.farthest(self.rotation * normal));
            seen = place.with_z(0.0) * (self.camera / (self.camera - place.z).max(NEAREST));
        }
        seen
    }

    /// How far above the camera's axis its top is seen, mm in the plane where the scale holds.
    pub(super) fn top(&self) -> f64 {
        self.reach(DVec3::Y) + self.size.height * HIGHER
    }

    /// How far to the right of its middle its side is seen.
    pub(super) fn half_breadth(&self) -> f64 {
        (self.reach(DVec3::X) + self.reach(DVec3::NEG_X)) / 2.0 * BROADER
    }

    /// How far it comes towards the camera from its middle, mm.
    fn nearest(&self) -> f64 {
        self.rotation.z_axis.dot(self.size.farthest(self.rotation.z_axis))
    }

    /// A length in the plane of the scale at the depth of the middle.
    fn at_depth(&self, mm: f64) -> f64 {
        mm * (self.camera - self.middle.z) / self.camera
    }
}

/// How high over the eyes a place of the midline lies in the head's axes that is seen so high over them in the plane of the
/// pupils and lies so far before them, mm.
pub(super) fn height_over_eyes(seen: f64, before: f64, rotation: DMat3, camera: f64) -> f64 {
    // Where the picture's up and the way to the lens point in the head's axes.
    let (up, near) = (rotation.y_axis, rotation.z_axis);
    (seen * (camera - before * near.z) - camera * before * up.z)
        / (camera * up.y.max(STEEP) + seen * near.y).max(camera * STEEP / 2.0)
}

/// The skull made broader and higher as it is seen from a side. What the side does not show goes with what it shows.
fn resized(
    side: Side,
    (size, usual): (SkullSize, SkullSize),
    (broader, higher): (f64, f64),
    chin: Option<f64>,
) -> SkullSize {
    let change = |factor: f64| factor.clamp(1.0 / MOST_CHANGE, MOST_CHANGE);
    let (broader, higher) = (change(broader), change(higher));
    // No clamp: that panics where a size is no number.
    let believed = |mm: f64, usual: f64| mm.max(usual * BELIEVED.0).min(usual * BELIEVED.1);
    let breadth = |factor: f64| believed(size.breadth * factor, usual.breadth);
    let height = |factor: f64| believed(size.height * factor, usual.height);
    let length = |factor: f64| believed(size.length * factor, usual.length);
    // Of a longer head by how much it is longer: height and breadth go with the length, and little with each other.
    let with_length = |usual_mm: f64, share: f64, length: f64| usual_mm * (1.0 + share * (length / usual.length - 1.0));
    match side {
        Side::Front => SkullSize::new(breadth(broader / BROADER), height(higher), chin),
        Side::Back => {
            let size = SkullSize::new(breadth(broader / BROADER), height(higher), None);
            SkullSize { length: size.length * HIDDEN_LENGTH, ..size }
        }
        Side::Top => {
            let (breadth, length) = (breadth(broader / BROADER), length(higher));
            let height = HIDDEN_HEIGHT * with_length(usual.height, HIGHER_WHERE_LONGER, length);
            SkullSize { breadth, height, length }
        }
        Side::Left | Side::Right => {
            let (length, height) = (length(broader), height(higher));
            let breadth = HIDDEN_BREADTH * with_length(usual.breadth, BROADER_WHERE_LONGER, length);
            SkullSize { breadth, height, length }
        }
    }
}

/// The outline of a usual skull beside the ellipse of its breadth and height: foreheads lean back, and a head is broadest
/// behind its middle.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineForm {
    /// Its corners in halves of the ellipse, right and up, counter-clockwise from the right.
    corners: Vec<DVec3>,
}

/// Corners of an outline's form.
const CORNERS: usize = 72;

impl OutlineForm {
    /// The form of a usual head seen straight from a side.
    #[must_use]
    pub fn of(side: Side, parameters: &HeadParameters) -> Self {
        let usual = Head::plain(side, side.usual_outline(parameters.length), parameters);
        let halves = (usual.half_width, usual.half_height);
        let skull = PlacedSkull::fitted(&usual, rotation(&usual), halves, (None, parameters));
        let higher = if side == Side::Top { 1.0 } else { skull.top() / skull.reach(DVec3::Y).max(TINY) };
        let corner = |step: usize| {
            let Angle { sine, cosine } = Angle::degrees(360.0 * step as f64 / CORNERS as f64 - 180.0);
            let seen = skull.outermost(DVec3::new(cosine, sine, 0.0));
            // The fit runs a little within the broadest and the highest places.
            DVec3::new(seen.x * BROADER / halves.0, seen.y * higher / halves.1, 0.0)
        };
        Self { corners: (0..CORNERS).map(corner).collect() }
    }

    /// As which share of the ellipse the outline is met in a direction of halves of the ellipse.
    #[must_use]
    pub fn share(&self, right: f64, up: f64) -> f64 {
        let beside = |corner: &DVec3| right * corner.y - up * corner.x;
        let next = self.corners.iter().cycle().skip(1);
        let met = self.corners.iter().zip(next).find(|(a, b)| beside(a) <= 0.0 && beside(b) > 0.0);
        met.map_or(1.0, |(a, b)| {
            let between = a.lerp(*b, beside(a) / (beside(a) - beside(b)));
            (between.x * right + between.y * up) / (right * right + up * up).max(TINY)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::skull::radius;
    use super::*;

    #[test]
    fn an_outline_reaches_as_far_as_any_place_is_seen() {
        let size = SkullSize::usual(195.0);
        for camera in [400.0, 1000.0, 1e9] {
            let skull = PlacedSkull { size, rotation: DMat3::IDENTITY, middle: DVec3::new(5.0, -9.0, -80.0), camera };
            for towards in [DVec3::X, DVec3::NEG_X, DVec3::Y, DVec3::NEG_Y] {
                let places = (0..180 * 90).map(|index| {
                    let turn = Angle::degrees(f64::from(index % 180) * 2.0 - 180.0);
                    let rise = Angle::degrees(f64::from(index / 180) * 2.0 - 90.0);
                    let direction = DVec3::new(turn.sine * rise.cosine, rise.sine, turn.cosine * rise.cosine);
                    let place = skull.middle + size.half_axes() * direction * radius(direction);
                    place.dot(towards) * camera / (camera - place.z)
                });
                let most = places.fold(f64::MIN, f64::max);
                let reach = skull.reach(towards);
                assert!((reach - most).abs() < 0.1, "{camera} {towards}: {reach}, truly {most}");
            }
        }
    }

    #[test]
    fn a_height_over_the_eyes_is_read_back_from_where_it_is_seen() {
        for (pitch, camera) in [(0.0, 1000.0), (-12.0, 400.0), (45.0, 1000.0)] {
            let Angle { sine, cosine } = Angle::degrees(pitch);
            let rotation = DMat3::from_cols(DVec3::X, DVec3::new(0.0, cosine, -sine), DVec3::new(0.0, sine, cosine));
            let place = rotation.transpose_mul_vec3(DVec3::new(0.0, -112.0, 9.6));
            let seen = place.y * camera / (camera - place.z);
            let height = height_over_eyes(seen, 9.6, rotation, camera);
            assert!((height + 112.0).abs() < 1e-9, "{pitch} {camera}: {height}");
        }
    }

    #[test]
    fn what_is_hidden_from_above_goes_with_the_length() {
        let usual = SkullSize::usual(195.0);
        let seen = |broader: f64, longer: f64| resized(Side::Top, (usual, usual), (broader, longer), None).height;
        let (plain, broad, long) = (seen(1.0, 1.0), seen(1.1, 1.0), seen(1.0, 1.1));
        assert!((broad - plain).abs() < 1e-9, "{plain} {broad}");
        assert!((long / plain - 1.086).abs() < 1e-9, "{plain} {long}");
    }

    #[test]
    fn an_outline_has_the_form_of_the_head() {
        let parameters =
            HeadParameters { length: crate::engine::geometry::Mm(195.0), camera: crate::engine::geometry::Mm(1000.0) };
        for side in Side::ALL {
            let form = OutlineForm::of(side, &parameters);
            assert!((form.share(0.0, 1.0) - 1.0).abs() < 0.03, "{side:?}: {}", form.share(0.0, 1.0));
            assert!((form.share(1.0, 0.0) - 1.0).abs() < 0.05, "{side:?}: {}", form.share(1.0, 0.0));
        }
        let (above, left) = (OutlineForm::of(Side::Top, &parameters), OutlineForm::of(Side::Left, &parameters));
        assert!(above.share(0.8, 0.6) > above.share(0.8, -0.6) + 0.03, "a head is broadest behind its middle");
        assert!(left.share(-0.8, 0.6) < left.share(0.8, 0.6) - 0.03, "a forehead leans back");
    }
}
