//! The shape of the head as one signed distance: skull, face, neck, and where the finer [`features`] join them.
//!
//! The head is built from the left half's mirror image and bent a little, so that it is not perfectly symmetrical.
//! Proportions: pupils 63 mm apart (Dodgson), width over the cheekbones 134 +- 4.6 mm, outer corners of the eyes 98 mm
//! apart, glabella to nose base 64.8 mm and on to the chin 76.4 mm (men, J. Korean Assoc. Maxillofac. Plast. Reconstr.
//! Surg. 2019), head length 195 +- 8 mm (UK adults).

use super::build::Shape;
use super::features;
use super::shapes::{cut, ellipsoid, from_gauge, join, overlap, rod, smoothstep};
use super::vector::{Bounds, Vec3, vec3};

/// Half the distance between the pupils.
pub(super) const PUPIL_X_MM: f64 = 31.5;

/// The front of the eyes, and so the plane that the picture's scale holds in.
pub(super) const PICTURE_PLANE_Z_MM: f64 = 79.0;

/// Height of the glabella, the middle between the brows.
pub(super) const GLABELLA_Y_MM: f64 = 19.0;

/// Height of the nose base: glabella to subnasale is 64.8 mm.
pub(super) const NOSE_BASE_Y_MM: f64 = GLABELLA_Y_MM - 64.8;

/// The middle of the right eyeball. It is larger than a real one so that it fills the opening of the lids.
pub(super) const EYE: Vec3 = vec3(PUPIL_X_MM as f32, 0.0, 62.0);

/// Radii of the eyeball; `EYE.z + EYE_RADII.z` is the picture plane.
pub(super) const EYE_RADII: Vec3 = vec3(19.0, 17.0, 17.0);

/// What is known of the surface from one point.
#[derive(Clone, Copy)]
pub(super) struct Field {
    /// To the parts of the surface that lie near, mm, negative inside.
    pub(super) distance: f32,
    /// Parts that were left out because they lie far away are not nearer than this, mm.
    pub(super) reach: f32,
}

impl Field {
    /// How far one can go from the point in any direction without passing through the surface, mm.
    pub(super) fn step(self) -> f32 {
        self.distance.at_most(self.reach)
    }

    /// What is known of the usual head, for a head of another build.
    fn of<S: Shape>(self, shape: &S) -> Self {
        Self { distance: shape.own_mm(self.distance), reach: shape.own_mm(self.reach) }
    }
}

/// All skin.
pub(super) fn skin<S: Shape>(shape: &S, p: Vec3) -> Field {
    let q = mirrored(shape.usual(p));
    let Field { mut distance, mut reach } = head(shape, q);
    if q.y > 40.0 {
        reach = reach.at_most(q.y);
    } else if q.z > 50.0 && q.y > -86.0 {
        reach = reach.at_most(q.z - 34.0);
    } else {
        distance = join(distance, neck(q), 12.0);
    }
    let from_ear = (q - features::EAR_MIDDLE).length() - features::EAR_SPAN_MM;
    if from_ear > 10.0 {
        reach = reach.at_most(from_ear);
    } else {
        distance = join(distance, features::ear(q), 4.0);
    }
    Field { distance, reach }.of(shape)
}

/// The head's skin without ears and neck: what the outline of the truth goes round.
pub(super) fn bare_head<S: Shape>(shape: &S, p: Vec3) -> Field {
    head(shape, mirrored(shape.usual(p))).of(shape)
}

/// The two eyeballs, mm.
pub(super) fn eyeballs<S: Shape>(shape: &S, p: Vec3) -> f32 {
    let q = shape.usual(p);
    shape.own_mm(ellipsoid(vec3(q.x.abs(), q.y, q.z), &const { [EYE, EYE_RADII] }))
}

/// The point of the ideal, symmetrical right half that stands for `p`: the lower face is shifted by 0.7 mm, the mouth
/// slants by 0.7 degrees, one ear sits 1.8 mm higher. The eyes are left where the truth has them.
pub(super) fn mirrored(p: Vec3) -> Vec3 {
    let low = lowness(p.y);
    let x = p.x + SHIFT_MM * low;
    let side = smoothstep(58.0, 74.0, x.abs()) * if x < 0.0 { -1.0 } else { 1.0 };
    // the half millimetre rounds the crease that a plain mirror would leave in the midline
    vec3((x * x + 0.25).sqrt(), p.y + 0.012 * x * low + 0.9 * side, p.z)
}

/// How far the middle of the face lies beside x = 0 at a height, mm.
pub(super) fn midline_x(y: f32) -> f32 {
    -SHIFT_MM * lowness(y)
}

const SHIFT_MM: f32 = 0.7;

/// 0 at the eyes, 1 from the mouth down.
fn lowness(y: f32) -> f32 {
    smoothstep(-5.0, -65.0, y)
}

fn head<S: Shape>(shape: &S, q: Vec3) -> Field {
    let reach = if q.y > CROWN_Y_MM {
        q.y - 60.0
    } else if q.y > SKULL_BASE_Y_MM {
        f32::MAX
    } else {
        -41.0 - q.y
    };
    features::add(Field { distance: masses(shape, q), reach }, q)
}

/// Above this height there is nothing but the skull.
const CROWN_Y_MM: f32 = 95.0;

/// Below this height the skull, which ends at -41, cannot be felt any more.
const SKULL_BASE_Y_MM: f32 = -66.0;

/// Skull and face without features. Parts are left out at heights where they cannot touch the blend any more.
fn masses<S: Shape>(shape: &S, q: Vec3) -> f32 {
    let mut d = if q.y > SKULL_BASE_Y_MM { skull(shape, q) } else { f32::MAX };
    if q.y > CROWN_Y_MM {
        return d;
    }
    if q.y < 48.0 {
        d = join(d, mid_face(q), 18.0);
    }
    if q.y < -2.0 {
        d = join(d, lower_face(q), 16.0);
    }
    if q.y > -70.0 {
        d = brows_and_sockets(d, q);
    }
    d
}

fn skull<S: Shape>(shape: &S, q: Vec3) -> f32 {
    let forehead = ellipsoid(q, &[vec3(0.0, 50.0, 40.0 - shape.forehead()), vec3(58.0, 46.0, 54.0)]);
    join(cranium(shape, q), forehead, 20.0)
}

/// An egg a little squarer than an ellipsoid: the mean of the 2-parameter and the 4-parameter of p / radii.
fn cranium<S: Shape>(shape: &S, q: Vec3) -> f32 {
    const INVERSE: Vec3 = vec3(1.0 / 75.0, 1.0 / 79.0, 1.0 / 97.0);
    const SQUARE: f32 = 0.20;
    let square = SQUARE + shape.squareness();
    let v = (q - vec3(0.0, 38.0, -2.0)).times(INVERSE);
    let s = v.times(v);
    let fourth = s.length().at_least(1e-9);
    let f = ((1.0 - square) * (s.x + s.y + s.z) + square * fourth).sqrt().at_least(1e-6);
    let weight = Vec3::ONE * (1.0 - square) + s * (square / fourth);
    from_gauge(f, v.times(INVERSE).times(weight))
}

fn mid_face(q: Vec3) -> f32 {
    let maxilla = ellipsoid(q, &const { [vec3(0.0, -34.0, 40.0), vec3(50.0, 50.0, 50.0)] });
    let side = ellipsoid(q, &const { [vec3(30.0, -38.0, 18.0), vec3(34.0, 56.0, 46.0)] });
    let cheek = ellipsoid(q, &const { [vec3(38.0, -46.0, 44.0), vec3(22.0, 34.0, 32.0)] });
    let cheekbone = ellipsoid(q, &const { [vec3(42.0, -20.0, 55.0), vec3(20.0, 13.0, 19.0)] });
    let arch = rod(q, &const { [(vec3(50.0, -17.0, 48.0), 7.0), (vec3(59.0, -13.0, 8.0), 7.0)] });
    let d = join(maxilla, side, 16.0);
    let d = join(d, cheek, 18.0);
    let d = join(d, cheekbone, 20.0);
    join(d, arch, 18.0)
}

fn lower_face(q: Vec3) -> f32 {
    let muzzle = ellipsoid(q, &const { [vec3(0.0, -68.0, 54.0), vec3(35.0, 34.0, 39.5)] });
    // the underside of the jaw slants up from the chin to the throat
    let underside = (q.y + 122.0) * -0.934 + (q.z - 80.0) * -0.358;
    let jaw = overlap(jaw_bowl(q), underside, 9.0);
    let angle = rod(q, &const { [(vec3(45.0, -56.0, 4.0), 12.0), (vec3(42.0, -74.0, 14.0), 11.0)] });
    let chin = ellipsoid(q, &const { [vec3(0.0, -105.5, 74.5), vec3(22.0, 14.5, 14.0)] });
    let d = join(muzzle, jaw, 8.0);
    let d = join(d, angle, 14.0);
    join(d, chin, 16.0)
}

/// Round from above, nearly square from the side, so that the jaw line reaches the chin without a waist.
fn jaw_bowl(q: Vec3) -> f32 {
    const INVERSE: Vec3 = vec3(1.0 / 53.0, 1.0 / 64.0, 1.0 / 70.0);
    const SQUARE: f32 = 0.75;
    let v = (q - vec3(0.0, -63.0, 20.0)).times(INVERSE);
    let s = v.times(v);
    let fourth = (s.y * s.y + s.z * s.z).sqrt().at_least(1e-9);
    let f = (s.x + (1.0 - SQUARE) * (s.y + s.z) + SQUARE * fourth).sqrt().at_least(1e-6);
    let weight = vec3(1.0, 1.0 - SQUARE + SQUARE * s.y / fourth, 1.0 - SQUARE + SQUARE * s.z / fourth);
    from_gauge(f, v.times(INVERSE).times(weight))
}

fn brows_and_sockets(d: f32, q: Vec3) -> f32 {
    let ridge = rod(q, &const { [(vec3(9.0, 16.5, 87.5), 7.2), (vec3(46.0, 19.5, 66.0), 7.5)] });
    let temple = ellipsoid(q, &const { [vec3(94.0, 12.0, 52.0), vec3(24.0, 40.0, 40.0)] });
    let socket = ellipsoid(q, &const { [vec3(31.0, 2.0, 98.0), vec3(20.0, 15.0, 19.5)] });
    let inner_corner = ellipsoid(q, &const { [vec3(19.0, -1.0, 92.0), vec3(7.0, 9.0, 17.0)] });
    let d = join(d, ridge, 11.0);
    let d = cut(d, temple, 34.0);
    let d = cut(d, socket, 12.0);
    cut(d, inner_corner, 10.0)
}

/// Neck, shoulders, the top of the chest.
fn neck(q: Vec3) -> f32 {
    let flatter = vec3(q.x, q.y, q.z * 0.95);
    let column = rod(flatter, &const { [(vec3(0.0, -50.0, -24.0), 51.0), (vec3(0.0, -200.0, -42.0), 55.0)] });
    let shoulder = rod(q, &const { [(vec3(46.0, -160.0, -52.0), 22.0), (vec3(170.0, -196.0, -44.0), 36.0)] });
    let sternomastoid = rod(q, &const { [(vec3(56.0, -50.0, -22.0), 8.0), (vec3(10.0, -190.0, 14.0), 7.0)] });
    // below the frontal picture; seen from above it closes the space between the shoulders
    let chest = ellipsoid(q, &const { [vec3(0.0, -238.0, -22.0), vec3(190.0, 72.0, 88.0)] });
    let d = join(column, shoulder, 44.0);
    let d = join(d, sternomastoid, 10.0);
    let d = join(d, chest, 30.0);
    if q.y > UPPERMOST_TRUNK_Y_MM { d } else { join(d, trunk(q), 20.0) }
}

/// Above this height shoulders and chest are nearer than the trunk, and no blend with it is felt.
const UPPERMOST_TRUNK_Y_MM: f32 = -156.0;

/// What is seen below the shoulders from above: upper arm, ribs, belly.
fn trunk(q: Vec3) -> f32 {
    let arm = rod(q, &const { [(vec3(176.0, -208.0, -46.0), 36.0), (vec3(202.0, -480.0, -40.0), 32.0)] });
    // broader than deep; the squeezed distance is not too large
    let narrower = vec3(q.x * 0.62, q.y, q.z);
    let ribs = rod(narrower, &const { [(vec3(0.0, -310.0, -26.0), 88.0), (vec3(0.0, -480.0, -30.0), 84.0)] });
    join(arm, ribs, 10.0)
}

#[cfg(test)]
mod tests {
    use super::super::build::{BuiltHead, Usual, tests::BUILDS};
    use super::*;

    /// How far the bare head reaches from a point inside it.
    fn reach(from: Vec3, dir: Vec3) -> f32 {
        let mut t = 0.0;
        while bare_head(&Usual, from + dir * t).distance < 0.0 {
            t += 0.05;
        }
        t
    }

    #[test]
    fn the_head_has_human_proportions() {
        let width = |y: f32| {
            let half =
                |side: f32| (-40..70).map(|z| reach(vec3(0.0, y, z as f32), vec3(side, 0.0, 0.0))).fold(0.0, f32::max);
            half(1.0) + half(-1.0)
        };
        let cheekbones = width(-15.0);
        assert!((cheekbones - 134.0).abs() < 4.6, "{cheekbones}");
        let front = reach(vec3(0.0, GLABELLA_Y_MM as f32, 0.0), vec3(0.0, 0.0, 1.0));
        let back = (20..60).map(|y| reach(vec3(0.0, y as f32, 0.0), vec3(0.0, 0.0, -1.0))).fold(0.0, f32::max);
        assert!((front + back - 195.0).abs() < 4.0, "{front} + {back}");
    }

    #[test]
    fn what_is_left_out_is_farther_than_said() {
        keeps_its_word(&Usual);
        for build in BUILDS {
            keeps_its_word(&BuiltHead::of(build));
        }
    }

    fn keeps_its_word<S: Shape>(shape: &S) {
        // from every point around the head, no step may end inside it
        let mut state = 1_u32;
        let mut random = || {
            state = super::super::noise::hash(state.wrapping_add(0x9e37_79b9));
            super::super::noise::unit(state) * 2.0 - 1.0
        };
        for _ in 0..20_000 {
            let p = vec3(random() * 130.0, random() * 160.0, random() * 150.0);
            let step = skin(shape, p).step();
            let dir = vec3(random(), random(), random()).unit();
            if step > 0.5 {
                let inside = skin(shape, p + dir * (step * 0.9)).distance;
                assert!(inside > -0.5, "{p:?} {dir:?} {step}: {inside}");
            }
        }
    }

    #[test]
    fn the_eyes_look_out_between_the_lids() {
        for x in [-31.5, 31.5] {
            let front = vec3(x, 0.0, PICTURE_PLANE_Z_MM as f32);
            assert!(eyeballs(&Usual, front).abs() < 1e-3);
            let gap = skin(&Usual, front).distance;
            assert!(gap > 1.0, "{gap}");
        }
    }
}
