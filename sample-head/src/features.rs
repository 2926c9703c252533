//! Nose, mouth, lids and ears. Points are of the mirrored half (see [`super::anatomy::mirrored`]), millimetres.

use super::anatomy::{EYE, EYE_RADII, Field};
use super::shapes::{bell, cut, ellipsoid, hill, join, outside, overlap, rod, smoothstep, sphere};
use super::vector::{Bounds, Vec3, vec3};

/// Adds nose, mouth and lids to the face, each only where it can be felt.
pub(super) fn add(field: Field, q: Vec3) -> Field {
    let Field { mut distance, mut reach } = field;
    let from_nose = outside(q, vec3(-1.0, -64.0, 62.0), vec3(34.0, 36.0, 128.0));
    if from_nose > 0.0 {
        // the box leaves 12 mm of room around the nose
        reach = reach.at_most(from_nose + 12.0);
    } else {
        distance = join(distance, nose(q), 10.0);
    }
    // Lips and lids follow the face closely: leaving them out cannot let a line of sight through. Their boxes are wide
    // enough for the light that they take from their surroundings.
    if outside(q, vec3(-1.0, -112.0, 60.0), vec3(44.0, -46.0, 120.0)) <= 0.0 {
        distance = mouth(distance, q);
    }
    if outside(q, vec3(4.0, -32.0, 36.0), vec3(66.0, 36.0, 104.0)) <= 0.0 {
        distance = lids(distance, q);
    }
    Field { distance, reach }
}

fn nose(q: Vec3) -> f32 {
    let bridge = rod(q, &const { [(vec3(0.0, 12.0, 82.0), 5.0), (vec3(0.0, -30.0, 106.0), 5.8)] });
    let side = rod(q, &const { [(vec3(2.5, 6.0, 80.0), 4.5), (vec3(6.5, -31.0, 94.0), 7.5)] });
    let tip = sphere(q, vec3(2.4, -35.4, 107.6), 7.2);
    let wing = ellipsoid(q, &const { [vec3(11.6, -38.2, 96.5), vec3(6.0, 7.4, 9.5)] });
    let columella = rod(q, &const { [(vec3(0.0, -40.6, 108.0), 3.0), (vec3(0.0, -42.2, 94.0), 4.4)] });
    let d = join(bridge, side, 12.0);
    let d = join(d, tip, 7.0);
    let d = join(d, wing, 6.0);
    let d = join(d, columella, 4.0);
    cut(d, ellipsoid(nostril_axes(q), &const { [Vec3::ZERO, NOSTRIL_RADII] }), 1.6)
}

const NOSTRIL_RADII: Vec3 = vec3(3.1, 4.2, 6.4);

/// The point seen from the middle of the nostril, whose long axis turns towards the tip by 20 degrees.
fn nostril_axes(q: Vec3) -> Vec3 {
    let n = q - vec3(6.9, -43.9, 102.5);
    vec3(n.x * 0.94 + n.z * 0.34, n.y, -n.x * 0.34 + n.z * 0.94)
}

/// 1 inside a nostril, 0 outside.
pub(super) fn nostril(q: Vec3) -> f32 {
    if q.z < 86.0 || q.x > 14.0 {
        return 0.0;
    }
    let n = nostril_axes(q);
    let n = vec3(n.x / NOSTRIL_RADII.x, n.y / NOSTRIL_RADII.y, n.z / NOSTRIL_RADII.z);
    smoothstep(1.25, 0.75, n.length())
}

/// Half the width of the mouth.
const MOUTH_MM: f32 = 25.5;

/// Height of the line between the lips, `x` mm beside the midline.
fn mouth_line(x: f32) -> f32 {
    -71.5 - 0.7 * bell(x, 0.0, 4.5) + 0.8 * bell(x, 8.5, 6.0) + 0.0030 * x * x
}

/// Fullness of the lips, 1 in the middle, 0 in the corner of the mouth.
fn lip_fullness(x: f32) -> f32 {
    let k = (1.0 - x * x / (MOUTH_MM * MOUTH_MM)).at_least(0.0);
    0.6 * k.at_least(0.002).sqrt() + 0.4 * k
}

fn mouth(d: f32, q: Vec3) -> f32 {
    let d = join(d, lips(q), 5.5) + 0.9 * lip_seam(q, 0.75);
    // the groove between nose and lip, with a ridge on either side
    let between = smoothstep(-47.0, -52.0, q.y) * smoothstep(-66.0, -60.0, q.y);
    let (groove, ridge) = (bell(q.x, 0.0, 3.2), bell(q.x, 6.0, 3.0));
    let below_lip = hill(q.x, 0.0, 34.0) * hill(q.y, -91.0, 13.0);
    d + between * (0.7 * groove * groove - 0.35 * ridge * ridge) + 1.6 * below_lip
}

/// Two rolls that follow the arch of the teeth and sink into the face at the corners.
fn lips(q: Vec3) -> f32 {
    let fullness = lip_fullness(q.x);
    let corner = q.x * q.x / (MOUTH_MM * MOUTH_MM);
    let front = 93.4 - q.x * q.x / 56.0 - 5.0 * corner * corner * corner * corner;
    let (height, depth) = (4.3 * fullness + 0.4, 4.8 * fullness + 0.6);
    let upper = roll(q.y - mouth_line(q.x) - 0.9 * height, q.z - front, (height, depth));
    let (height, depth) = (5.2 * fullness + 0.4, 5.2 * fullness + 0.5);
    let lower = roll(q.y - lower_lip_line(q.x) + 0.86 * height, q.z - front + 0.8, (height, depth));
    join(upper, lower, 0.8).at_least(q.x - 29.0)
}

/// The lower lip does not follow the cupid's bow.
fn lower_lip_line(x: f32) -> f32 {
    -71.6 + 0.0016 * x * x
}

/// An ellipse across the lip; 0.8 allows for its radii changing along the lip.
fn roll(y: f32, z: f32, (height, depth): (f32, f32)) -> f32 {
    (vec3(0.0, y / height, z / depth).length() - 1.0) * height.at_most(depth) * 0.8
}

/// 1 in the seam between the lips, falling to a quarter `half_mm` above and below it.
pub(super) fn lip_seam(q: Vec3, half_mm: f32) -> f32 {
    if q.z < 70.0 {
        return 0.0;
    }
    let k = bell(q.y, mouth_line(q.x), half_mm);
    k * k * smoothstep(27.0, 21.0, q.x)
}

/// 1 on the red of the lips, 0 beside it.
pub(super) fn lip_red(q: Vec3) -> f32 {
    if q.z < 70.0 || q.x > 27.0 || q.y > -55.0 || q.y < -90.0 {
        return 0.0;
    }
    let fullness = lip_fullness(q.x);
    let top = mouth_line(q.x) + (7.4 - 1.1 * bell(q.x, 0.0, 3.5)) * fullness;
    let bottom = -71.6 - 9.0 * fullness;
    smoothstep(top + 1.0, top - 1.0, q.y) * smoothstep(bottom - 1.3, bottom + 1.3, q.y) * smoothstep(26.0, 23.0, q.x)
}

/// From the pupil to the inner and to the outer corner of the eye: the outer corners are 98 mm apart.
const INNER_CORNER_MM: f32 = 15.0;
const OUTER_CORNER_MM: f32 = 17.5;

/// Heights of the upper and the lower lid's margin over the pupil, `dx` mm to the side of it (outwards positive).
pub(super) fn lid_margins(dx: f32) -> (f32, f32) {
    let u = (dx + INNER_CORNER_MM) / (INNER_CORNER_MM + OUTER_CORNER_MM);
    let s = (4.0 * u * (1.0 - u)).at_least(-3.0);
    let arc = if s > 0.0 { 0.55 * s + 0.45 * s.sqrt() } else { s };
    // the outer corner lies 2.6 mm higher; the upper lid is highest inwards, the lower lowest outwards
    let corners = -1.8 + 2.6 * u;
    (corners + 5.1 * arc * (1.12 - 0.24 * u), corners - 4.9 * arc * (0.80 + 0.34 * u))
}

/// A skin 2.2 mm thick over the eyeball, with a crease in the upper lid and the opening between the margins.
fn lids(d: f32, q: Vec3) -> f32 {
    let e = q - EYE;
    let shell = ellipsoid(q, &[EYE, EYE_RADII + Vec3::ONE * 2.2]);
    // the lower lid runs into the cheek, the upper one meets the brow in a fold
    let fold = smoothstep(-7.0, 3.0, e.y) * smoothstep(-15.0, -8.0, e.x);
    let d = join(d, shell, 8.0 - 5.0 * fold);
    let (upper, lower) = lid_margins(e.x);
    let along = (1.0 - e.x * e.x / (19.0 * 19.0)).at_least(0.0);
    let crease = bell(e.y, upper + 3.3 * along, 1.1);
    let opening = ((e.y - upper).at_least(lower - e.y) * 0.85).at_least(-2.0 - e.z);
    cut(d + 1.2 * along * crease * crease, opening, 1.0)
}

/// The ear lies within [`EAR_SPAN_MM`] of here.
pub(super) const EAR_MIDDLE: Vec3 = vec3(76.0, -14.0, -12.0);

/// See [`EAR_MIDDLE`].
pub(super) const EAR_SPAN_MM: f32 = 38.0;

/// A plate with a rolled rim, standing off the head by 26 degrees.
pub(super) fn ear(q: Vec3) -> f32 {
    const SCALE: f32 = 0.95;
    const UP: Vec3 = vec3(0.0599, 0.9780, -0.1996);
    const BACK: Vec3 = vec3(0.4354, -0.2055, -0.8765);
    const OUT: Vec3 = vec3(0.8983, 0.0344, 0.4381);
    let from_root = (q - vec3(68.0, -15.0, -6.0)) * (1.0 / SCALE);
    let (back, up) = (from_root.dot(BACK), from_root.dot(UP));
    let bend = 2.5 - 0.006 * (back - 8.0) * (back - 8.0);
    let e = vec3(back, up, from_root.dot(OUT) - bend);
    let d = ear_plate(e);
    let d = join(d, ellipsoid(e, &const { [vec3(5.5, -25.0, 0.0), vec3(7.0, 7.0, 3.2)] }), 4.0); // lobe
    let d = join(d, ellipsoid(e, &const { [vec3(1.0, -4.0, -6.0), vec3(11.0, 19.0, 7.0)] }), 4.0); // root
    let d = cut(d, ellipsoid(e, &const { [vec3(4.0, -5.0, 5.0), vec3(8.0, 11.0, 8.5)] }), 2.0); // concha
    SCALE * join(d, ellipsoid(e, &const { [vec3(-4.0, -6.0, 3.0), vec3(4.5, 7.0, 3.0)] }), 3.0) // tragus
}

/// Plate, helix and antihelix in the ear's own axes: back, up, out.
fn ear_plate(Vec3 { x: back, y: up, z: out }: Vec3) -> f32 {
    // an egg that narrows towards the lobe
    let narrow = 1.0 - 0.35 * smoothstep(5.0, -28.0, up);
    let gauge = vec3((back - 11.0) / (18.5 * narrow), (up - 0.5) / 31.0, 0.0).length();
    let rim = (gauge - 1.0) * 19.0 * narrow;
    let plate = overlap(out.abs() - 1.6, rim + 2.0, 2.0);
    let roll = 3.1 - 0.9 * smoothstep(-5.0, -24.0, up);
    let helix = vec3(rim + 3.0, out - 1.2, 0.0).length() - roll;
    let antihelix = overlap(vec3(rim + 10.0, out - 1.0, 0.0).length() - 2.6, 3.0 - back, 3.0);
    join(join(plate, helix, 2.0), antihelix, 3.0)
}

/// Whether a point of the skin lies on an ear.
pub(super) fn on_ear(q: Vec3) -> bool {
    q.x > 64.0 && ear(q) < 1.2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lids_leave_the_pupil_free_and_meet_at_the_corners() {
        let (upper, lower) = lid_margins(0.0);
        assert!(upper > 3.5 && upper < 5.85, "{upper}");
        assert!(lower < -3.5 && lower > -5.85, "{lower}");
        for corner in [-INNER_CORNER_MM, OUTER_CORNER_MM] {
            let (upper, lower) = lid_margins(corner);
            assert!((upper - lower).abs() < 1e-3, "{corner}: {upper} {lower}");
        }
    }

    #[test]
    fn the_lips_are_red_and_the_chin_is_not() {
        assert!(lip_red(vec3(3.0, -67.0, 98.0)) > 0.9);
        assert!(lip_red(vec3(3.0, -76.0, 98.0)) > 0.9);
        assert_eq!(lip_red(vec3(3.0, -95.0, 92.0)), 0.0);
    }
}
