//! The open eye: white, iris, pupil, the reflection of the window-like key light in the cornea, the wet lower rim.

use super::anatomy::EYE;
use super::features::lid_margins;
use super::light::Studio;
use super::noise;
use super::shapes::smoothstep;
use super::trace::Hit;
use super::vector::{Bounds, Vec3, vec3};

/// Radius of the visible iris: 11.7 mm across.
pub(super) const IRIS_MM: f32 = 11.7 / 2.0;

/// Radius of the pupil in room light.
pub(super) const PUPIL_MM: f32 = 2.1;

/// A spot of the eyeball, seen from the middle of its pupil.
struct Spot {
    /// Outwards, mm.
    dx: f32,
    /// Upwards, mm.
    dy: f32,
    /// From the middle of the pupil, mm.
    r: f32,
    /// -1 in the left half of the frontal picture, 1 in the right.
    side: f32,
}

/// The colour of a point of the eyeball, seen from the direction `view`.
pub(super) fn shade(studio: &Studio<'_>, hit: &Hit, view: Vec3) -> Vec3 {
    let side = if hit.p.x < 0.0 { -1.0 } else { 1.0 };
    let (dx, dy) = (hit.p.x * side - EYE.x, hit.p.y - EYE.y);
    let spot = Spot { dx, dy, r: (dx * dx + dy * dy).sqrt(), side };
    let in_iris = 1.0 - smoothstep(IRIS_MM - 0.35 - studio.pixel_mm, IRIS_MM + 0.25 + studio.pixel_mm, spot.r);
    let mut reflectance = white(&spot) * studio.complexion.white;
    if in_iris > 0.0 {
        reflectance = reflectance.lerp(iris(studio, &spot), in_iris);
    }
    // wet tissue carries light into the corners
    let lit = Hit { open: 0.35 + 0.65 * hit.open, ..*hit };
    let (upper, lower) = lid_margins(dx);
    let under_lid = smoothstep(0.0, 3.6, upper - dy);
    let over_lower = smoothstep(-0.3, 1.2, dy - lower);
    let shadow = (0.30 + 0.70 * under_lid) * (0.6 + 0.4 * over_lower);
    let matt = reflectance.times(studio.on_matt(&lit, hit.n, reflectance)) * shadow;
    let wet_rim = 1.0 - smoothstep(0.0, 0.55, (dy - lower - 0.25).abs());
    matt + vec3(0.77, 0.78, 0.81) * (window(studio, &spot, view) * under_lid)
        + vec3(0.16, 0.15, 0.15) * (wet_rim * hit.open)
}

/// The white with its reddish corners and the caruncle in the inner one.
fn white(spot: &Spot) -> Vec3 {
    let corner = smoothstep(6.0, 16.0, spot.dx.abs());
    let veins = noise::value(vec3(spot.dx * 0.5, spot.dy * 1.8, spot.side * 9.0), 77).abs();
    let caruncle = smoothstep(-11.5, -14.0, spot.dx + 0.3 * spot.dy.abs());
    vec3(0.66, 0.61, 0.56)
        .lerp(vec3(0.62, 0.42, 0.36), corner * (0.65 - 0.10 * veins))
        .lerp(vec3(0.55, 0.27, 0.22), caruncle)
}

/// Fibres from the pupil outwards, a dark ring at the edge, a glow opposite the window.
fn iris(studio: &Studio<'_>, spot: &Spot) -> Vec3 {
    let (ux, uy) = if spot.r > 1e-4 { (spot.dx / spot.r, spot.dy / spot.r) } else { (1.0, 0.0) };
    let fibres = noise::value(vec3(ux * 9.0, uy * 9.0, spot.r * 0.35 + spot.side * 31.0), 5)
        + 0.6 * noise::value(vec3(ux * 21.0, uy * 21.0, spot.r * 0.8 + spot.side * 17.0), 6);
    let inner = 1.0 - smoothstep(PUPIL_MM, PUPIL_MM + 1.9, spot.r);
    let ring = smoothstep(IRIS_MM - 1.7, IRIS_MM, spot.r);
    let key = studio.lamps.key;
    let glow = ((-spot.dx * spot.side * key.x - spot.dy * key.y) / IRIS_MM).clamp(-1.0, 1.0);
    let base = studio.complexion.iris;
    let fibrous = (base * (1.0 + 0.32 * fibres)).lerp(base * 1.55, 0.6 * inner);
    let pupil = 1.0 - smoothstep(PUPIL_MM - studio.pixel_mm, PUPIL_MM + studio.pixel_mm, spot.r);
    (fibrous * ((1.0 + 0.5 * glow) * (1.0 - 0.78 * ring))).lerp(Vec3::ONE * 0.004, pupil)
}

/// How much of the key light's square is mirrored towards the lens, 0 to 1.
fn window(studio: &Studio<'_>, spot: &Spot, view: Vec3) -> f32 {
    const CORNEA_MM: f32 = 8.2;
    const EYEBALL_MM: f32 = 17.0;
    const HALF_WIDTH: f32 = 0.18;
    const HALF_HEIGHT: f32 = 0.22;
    const SOFT: f32 = 0.05;
    let radius = if spot.r < IRIS_MM + 0.6 { CORNEA_MM } else { EYEBALL_MM };
    let (x, y) = (spot.dx * spot.side / radius, spot.dy / radius);
    let n = vec3(x, y, (1.0 - x * x - y * y).at_least(0.0).sqrt());
    let mirrored = n * (2.0 * n.dot(view)) - view;
    let key = studio.lamps.key;
    if mirrored.dot(key) <= 0.0 {
        return 0.0;
    }
    let across = vec3(key.z, 0.0, -key.x).unit();
    let upright = key.cross(across);
    let within = |v: f32, half: f32| 1.0 - smoothstep(half - SOFT, half + SOFT, v.abs());
    within(mirrored.dot(across), HALF_WIDTH) * within(mirrored.dot(upright), HALF_HEIGHT)
}
