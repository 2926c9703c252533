//! The surface of the skin: where it is redder or browner, its mottling and pores, the shadow of shaved sides.

use super::anatomy;
use super::features;
use super::noise;
use super::shapes::smoothstep;
use super::tone::Complexion;
use super::trace::Hit;
use super::vector::{Bounds, Vec3, vec3};

/// The skin at one point.
pub(super) struct Surface {
    /// Linear-light reflectance.
    pub(super) reflectance: Vec3,
    /// The surface normal with pores and fine relief, unit length.
    pub(super) normal: Vec3,
    /// 0 a mirror, 1 chalk.
    pub(super) roughness: f32,
    /// Strength of the shine, 1 is usual.
    pub(super) specular_map: f32,
}

/// Value noise at the sizes that skin varies in.
struct Texture {
    /// Patches of 2 cm and 8 mm.
    patches: f32,
    /// Mottling of 3 mm, 1.3 mm and less.
    mottling: f32,
    /// Dark pores, 0 to 1, about half a millimetre apart.
    pores: f32,
    /// Slope of the fine relief, mm a mm.
    relief: Vec3,
}

impl Texture {
    fn at(p: Vec3) -> Self {
        const GRAIN_MM: f32 = 0.95;
        const PORE_MM: f32 = 0.43;
        let (grain, grain_slope) = noise::value_and_slope(p * (1.0 / GRAIN_MM), 7);
        let (pore, pore_slope) = noise::value_and_slope(p * (1.0 / PORE_MM), 8);
        Self {
            patches: noise::value(p * (1.0 / 21.0), 1) + 0.5 * noise::value(p * (1.0 / 8.5), 2),
            mottling: noise::value(p * (1.0 / 2.9), 3)
                + 0.6 * noise::value(p * (1.0 / 1.3), 4)
                + 0.25 * grain
                + 0.3 * pore,
            pores: smoothstep(0.35, 0.95, pore + 0.4 * grain),
            // hills of 24 and 13 micrometres
            relief: grain_slope * (0.024 / GRAIN_MM) + pore_slope * (0.013 / PORE_MM),
        }
    }
}

/// The skin where a line of sight meets it.
pub(super) fn at(complexion: &Complexion, hit: &Hit) -> Surface {
    let q = anatomy::mirrored(hit.p);
    let texture = Texture::at(hit.p);
    let lips = features::lip_red(q);
    let nostril = features::nostril(q);
    let mut reflectance = pigmented(complexion, q, &texture);
    reflectance = reflectance.lerp(complexion.stubble, complexion.shaved * shaved(q, hit.p, &texture));
    reflectance = tinted(reflectance, lip_tint(hit.p), lips);
    reflectance = tinted(reflectance, vec3(0.34, 0.20, 0.17), nostril);
    reflectance = tinted(reflectance, vec3(0.42, 0.27, 0.25), features::lip_seam(q, 0.6));
    let oily = near(q, vec3(0.0, 40.0, 90.0), 60.0) + near(q, vec3(0.0, -20.0, 104.0), 34.0);
    let across = texture.relief - hit.n * texture.relief.dot(hit.n);
    Surface {
        reflectance,
        normal: (hit.n - across).unit(),
        roughness: 0.56 - 0.10 * oily.at_most(1.0) - 0.16 * lips,
        specular_map: (1.0 - nostril) * (0.85 + 0.10 * texture.mottling - 0.25 * texture.pores) * (1.0 + 0.2 * lips),
    }
}

/// The skin's colour with its local shares of blood and melanin.
fn pigmented(complexion: &Complexion, q: Vec3, texture: &Texture) -> Vec3 {
    let ear = smoothstep(70.0, 84.0, q.x) * smoothstep(30.0, 10.0, q.y) * smoothstep(-70.0, -45.0, q.y);
    let blood = 0.12
        + 0.028 * texture.patches
        + 0.022 * texture.mottling
        + 0.13 * near(q, vec3(38.0, -32.0, 70.0), 40.0) // cheek
        + 0.14 * near(q, vec3(0.0, -38.0, 106.0), 24.0) // nose
        + 0.10 * near(q, vec3(0.0, -106.0, 90.0), 26.0) // chin
        + 0.10 * near(q, vec3(32.0, -3.0, 78.0), 22.0) // lids
        + 0.20 * ear;
    let blood = blood * complexion.translucency;
    let melanin = 0.028 * texture.patches
        + 0.030 * texture.mottling
        + 0.09 * texture.pores
        + 0.10 * near(q, vec3(28.0, -9.0, 78.0), 16.0); // under the eye
    // close to exp(-k) for the small k that occur
    let through = |k: f32| 1.0 / (1.0 + k + 0.5 * k * k);
    complexion.skin.times(vec3(
        through(0.12 * blood + 0.55 * melanin),
        through(blood + 0.85 * melanin),
        through(0.9 * blood + 1.15 * melanin),
    ))
}

/// How much of the shadow of shaved hair lies over a point of the temples and sides, 0 to 1. `p` is where on the head
/// the point `q` of the mirrored half really is.
fn shaved(q: Vec3, p: Vec3, texture: &Texture) -> f32 {
    let asymmetry = 5.0 * texture.patches;
    let side = smoothstep(60.0, 26.0, q.z + asymmetry)
        * smoothstep(72.0, 34.0, q.y + asymmetry)
        * smoothstep(-34.0, -8.0, q.y - 0.35 * (q.z - 20.0).abs());
    if side < 0.01 || features::on_ear(q) {
        return 0.0;
    }
    let follicles = smoothstep(0.1, 0.7, noise::value(p * (1.0 / 0.62), 31));
    side * (0.20 + 0.16 * follicles)
}

/// The red of the lips with their fine upright lines.
fn lip_tint(p: Vec3) -> Vec3 {
    let lines = noise::value(vec3(p.x * 1.6, p.y * 0.25, 3.0), 21);
    vec3(0.85, 0.655, 0.65) * (1.0 + 0.05 * lines)
}

fn tinted(colour: Vec3, tint: Vec3, share: f32) -> Vec3 {
    if share > 0.0 { colour.lerp(colour.times(tint), share) } else { colour }
}

/// 1 at a point, 0 from `radius` mm on.
fn near(q: Vec3, centre: Vec3, radius: f32) -> f32 {
    let d = q - centre;
    let k = (1.0 - d.dot(d) / (radius * radius)).at_least(0.0);
    k * k
}
