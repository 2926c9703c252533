//! Hashes and value noise for the sample's skin, iris and hairs: whole-number arithmetic and products only, so that
//! all machines agree to the last bit.

use super::vector::{Vec3, vec3};

/// A well-mixed 32-bit number from a 32-bit number (the finaliser of MurmurHash3).
pub(super) fn hash(mut h: u32) -> u32 {
    h ^= h >> 16;
    h = h.wrapping_mul(0x85eb_ca6b);
    h ^= h >> 13;
    h = h.wrapping_mul(0xc2b2_ae35);
    h ^ (h >> 16)
}

/// A number in [0, 1) from a hash.
pub(super) fn unit(h: u32) -> f32 {
    (h >> 8) as f32 * (1.0 / 16_777_216.0)
}

fn lattice(h: u32) -> f32 {
    let mut h = h;
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 12)).wrapping_mul(0x297a_2d39);
    (h >> 8) as f32 * (2.0 / 16_777_216.0) - 1.0
}

fn floor(x: f32) -> i32 {
    let i = x as i32;
    if (i as f32) > x { i - 1 } else { i }
}

/// Smooth value noise in [-1, 1] with its gradient; the lattice has the spacing 1.
pub(super) fn value_and_slope(p: Vec3, seed: u32) -> (f32, Vec3) {
    let (ix, iy, iz) = (floor(p.x), floor(p.y), floor(p.z));
    let (fx, fy, fz) = (p.x - ix as f32, p.y - iy as f32, p.z - iz as f32);
    let (x0, y0, z0) = (
        (ix as u32).wrapping_mul(0x9e37_79b1) ^ seed,
        (iy as u32).wrapping_mul(0x85eb_ca77),
        (iz as u32).wrapping_mul(0xc2b2_ae3d),
    );
    let x1 = (ix as u32).wrapping_add(1).wrapping_mul(0x9e37_79b1) ^ seed;
    let y1 = y0.wrapping_add(0x85eb_ca77);
    let z1 = z0.wrapping_add(0xc2b2_ae3d);
    let at = |a: u32, b: u32, c: u32| lattice(a.wrapping_add(b).wrapping_add(c));
    let (sx, sy, sz) = (fx * fx * (3.0 - 2.0 * fx), fy * fy * (3.0 - 2.0 * fy), fz * fz * (3.0 - 2.0 * fz));
    let (dx, dy, dz) = (6.0 * fx * (1.0 - fx), 6.0 * fy * (1.0 - fy), 6.0 * fz * (1.0 - fz));
    let (a, b, c, d) = (at(x0, y0, z0), at(x1, y0, z0), at(x0, y1, z0), at(x1, y1, z0));
    let (e, f, g, h) = (at(x0, y0, z1), at(x1, y0, z1), at(x0, y1, z1), at(x1, y1, z1));
    let (k0, k1, k2, k3) = (a, b - a, c - a, e - a);
    let (k4, k5, k6) = (a - b - c + d, a - c - e + g, a - b - e + f);
    let k7 = -a + b + c - d + e - f - g + h;
    let value = k0 + k1 * sx + k2 * sy + k3 * sz + k4 * sx * sy + k5 * sy * sz + k6 * sz * sx + k7 * sx * sy * sz;
    let slope = vec3(
        dx * (k1 + k4 * sy + k6 * sz + k7 * sy * sz),
        dy * (k2 + k5 * sz + k4 * sx + k7 * sz * sx),
        dz * (k3 + k6 * sx + k5 * sy + k7 * sx * sy),
    );
    (value, slope)
}

/// Smooth value noise in [-1, 1].
pub(super) fn value(p: Vec3, seed: u32) -> f32 {
    value_and_slope(p, seed).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_is_that_of_the_value() {
        const STEP: f32 = 1e-3;
        for i in 0..200 {
            let p = vec3(i as f32 * 0.37 - 31.0, i as f32 * -0.21 + 4.0, i as f32 * 0.113);
            let (here, slope) = value_and_slope(p, 5);
            assert!(here.abs() <= 1.0, "{p:?}: {here}");
            let rise = value(p + vec3(STEP, 0.0, 0.0), 5) - value(p - vec3(STEP, 0.0, 0.0), 5);
            assert!((rise / (2.0 * STEP) - slope.x).abs() < 0.02, "{p:?}: {rise} {slope:?}");
        }
    }

    #[test]
    fn noise_is_even_handed_and_depends_on_its_seed() {
        let sample = |seed: u32| (0..4000).map(move |i| value(vec3(i as f32 * 1.7, i as f32 * 0.9, 0.4), seed));
        let mean = sample(1).sum::<f32>() / 4000.0;
        assert!(mean.abs() < 0.03, "{mean}");
        assert!(sample(1).zip(sample(2)).any(|(a, b)| (a - b).abs() > 0.5));
    }
}
