//! Signed distances of simple bodies, and ways to blend them. Millimetres, negative inside.

use super::vector::{Bounds, Vec3, vec3};

/// The union of two bodies, with a fillet where their distances differ by less than `k` mm.
pub(super) fn join(a: f32, b: f32, k: f32) -> f32 {
    let h = (k - (a - b).abs()).at_least(0.0);
    a.at_most(b) - h * h * (0.25 / k)
}

/// The first body without the second, the new edge rounded over `k` mm.
pub(super) fn cut(a: f32, b: f32, k: f32) -> f32 {
    let h = (k - (a + b).abs()).at_least(0.0);
    a.at_least(-b) + h * h * (0.25 / k)
}

/// What two bodies share, the edge rounded over `k` mm.
pub(super) fn overlap(a: f32, b: f32, k: f32) -> f32 {
    cut(a, -b, k)
}

/// An ellipsoid with its axes along x, y and z, by its centre and its radii. The distance is exact on the surface and good
/// near it (Quilez).
pub(super) fn ellipsoid(p: Vec3, body: &[Vec3; 2]) -> f32 {
    ellipsoid_at(p.x, p.y, p.z, body)
}

fn ellipsoid_at(x: f32, y: f32, z: f32, [centre, radii]: &[Vec3; 2]) -> f32 {
    let inverse = vec3(1.0 / radii.x, 1.0 / radii.y, 1.0 / radii.z);
    let v = (vec3(x, y, z) - *centre).times(inverse);
    let k = v.length();
    k * (k - 1.0) / v.times(inverse).length().at_least(1e-6)
}

pub(super) fn sphere(p: Vec3, centre: Vec3, radius: f32) -> f32 {
    (p - centre).length() - radius
}

/// One end of a [`rod`]: its centre and radius.
pub(super) type End = (Vec3, f32);

/// A round rod between two spheres; its radius changes evenly.
pub(super) fn rod(p: Vec3, ends: &[End; 2]) -> f32 {
    rod_at(p.x, p.y, p.z, ends)
}

fn rod_at(x: f32, y: f32, z: f32, &[(a, radius_a), (b, radius_b)]: &[End; 2]) -> f32 {
    let (p, ab) = (vec3(x, y, z), b - a);
    let t = ((p - a).dot(ab) / ab.dot(ab)).clamp(0.0, 1.0);
    (p - a - ab * t).length() - (radius_a + (radius_b - radius_a) * t)
}

/// A body given by a function f of p / radii that grows evenly from its centre and is 1 on the surface: from f and its
/// slope, the distance.
pub(super) fn from_gauge(f: f32, slope: Vec3) -> f32 {
    f * (f - 1.0) / slope.length().at_least(1e-6)
}

/// How far a point lies outside a box, zero within.
pub(super) fn outside(p: Vec3, low: Vec3, high: Vec3) -> f32 {
    let beyond = |v: f32, low: f32, high: f32| (low - v).at_least(v - high).at_least(0.0);
    vec3(beyond(p.x, low.x, high.x), beyond(p.y, low.y, high.y), beyond(p.z, low.z, high.z)).length()
}

/// 0 up to `a`, 1 from `b` on, an S between; `a` may be the larger one.
pub(super) fn smoothstep(a: f32, b: f32, x: f32) -> f32 {
    let t = ((x - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// A smooth hill of height 1 at `centre` that ends `width` away.
pub(super) fn hill(x: f32, centre: f32, width: f32) -> f32 {
    let t = (x - centre) / width;
    let k = (1.0 - t * t).at_least(0.0);
    k * k
}

/// A hill of height 1 at `centre`, half as high `width` away, with long tails.
pub(super) fn bell(x: f32, centre: f32, width: f32) -> f32 {
    let t = (x - centre) / width;
    1.0 / (1.0 + t * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_joint_only_adds_and_a_cut_only_takes() {
        for (a, b) in [(1.0, 1.0), (0.0, 2.0), (3.0, -1.0), (-4.0, -4.5)] {
            assert!(join(a, b, 4.0) <= a.min(b), "{a} {b}");
            assert!(cut(a, b, 4.0) >= a, "{a} {b}");
        }
        assert_eq!(join(1.0, 9.0, 4.0), 1.0);
        assert_eq!(cut(1.0, 9.0, 4.0), 1.0);
        assert_eq!(overlap(1.0, 9.0, 4.0), 9.0);
    }

    #[test]
    fn an_ellipsoid_with_equal_radii_is_a_sphere() {
        let (p, centre) = (vec3(4.0, -2.0, 7.0), vec3(1.0, 1.0, 1.0));
        let (a, b) = (ellipsoid(p, &[centre, vec3(5.0, 5.0, 5.0)]), sphere(p, centre, 5.0));
        assert!((a - b).abs() < 1e-4, "{a} {b}");
    }
}
