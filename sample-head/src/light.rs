//! The studio: a large window-like key light from the upper left, a weak fill from the right, a rim light from behind,
//! light from all around. The lamps stand by the camera and move with it. Linear light throughout.

use super::camera::Camera;
use super::eyes;
use super::hairs::Hairs;
use super::shapes::smoothstep;
use super::skin::{self, Surface};
use super::tone::Complexion;
use super::trace::{Hit, Material};
use super::vector::{Bounds, Vec3, vec3};

/// Where the lamps stand: directions from the head, head's axes, unit length.
#[derive(Clone, Copy)]
pub(super) struct Lamps {
    pub(super) key: Vec3,
    fill: Vec3,
    rim: Vec3,
    /// To the lens.
    lens: Vec3,
}

const KEY_LIGHT: Vec3 = vec3(0.80, 0.765, 0.73);
const FILL_LIGHT: Vec3 = vec3(0.13, 0.138, 0.15);
const RIM_LIGHT: Vec3 = vec3(0.26, 0.27, 0.29);
const LIGHT_FROM_BELOW: Vec3 = vec3(0.07, 0.058, 0.054);
const LIGHT_FROM_ABOVE: Vec3 = vec3(0.17, 0.178, 0.19);
const LIGHT_FROM_LENS: f32 = 0.085;

/// Mirror reflectance of skin seen straight on: refractive index 1.4.
const SKIN_F0: f32 = 0.028;

impl Lamps {
    pub(super) fn beside(camera: &Camera) -> Self {
        Self {
            key: camera.direction(-0.42, 0.54, 0.73),
            fill: camera.direction(0.62, 0.08, 0.78),
            rim: camera.direction(0.82, 0.31, -0.49),
            lens: camera.direction(0.0, 0.0, 1.0),
        }
    }
}

/// Everything that turns a seen point into a colour.
pub(super) struct Studio<'a> {
    pub(super) lamps: Lamps,
    pub(super) hairs: &'a Hairs,
    pub(super) complexion: &'a Complexion,
    /// Size of a pixel on the head, mm.
    pub(super) pixel_mm: f32,
}

impl Studio<'_> {
    /// The colour of a point of the head, seen from the direction `view` (unit length, towards the lens). The hit's place is
    /// that of the usual head, whose skin and hairs it has.
    pub(super) fn shade(&self, hit: &Hit, view: Vec3) -> Vec3 {
        let colour = match hit.material {
            Material::Skin => self.skin(hit, view),
            Material::Eye => eyes::shade(self, hit, view),
        };
        let covered = self.hairs.cover(hit.p, self.pixel_mm);
        if covered <= 0.0 {
            return colour;
        }
        let hair = self.complexion.hair;
        colour.lerp(hair.times(self.on_matt(hit, hit.n, hair)), covered)
    }

    /// The light that a matt surface sends back, as a share of its reflectance. `fine` is the normal with its pores.
    ///
    /// Light goes some millimetres through skin, red farthest: so red follows the smooth normal more than the fine one,
    /// reaches farther round into the shadow, and shadows have a red rim.
    pub(super) fn on_matt(&self, hit: &Hit, fine: Vec3, reflectance: Vec3) -> Vec3 {
        let facing = |lamp: Vec3, wrap: f32, smooth: f32| {
            let cosine = fine.dot(lamp) * (1.0 - smooth) + hit.n.dot(lamp) * smooth;
            ((cosine + wrap) / (1.0 + wrap)).at_least(0.0)
        };
        let lamps = &self.lamps;
        let key = vec3(facing(lamps.key, 0.30, 0.75), facing(lamps.key, 0.17, 0.35), facing(lamps.key, 0.12, 0.15));
        let half_shadow = hit.key * (1.0 - hit.key);
        let shadow = vec3(hit.key + 0.22 * half_shadow, hit.key + 0.06 * half_shadow, hit.key);
        let around = LIGHT_FROM_BELOW.lerp(LIGHT_FROM_ABOVE, 0.5 + 0.5 * fine.y)
            + Vec3::ONE * (LIGHT_FROM_LENS * (0.5 + 0.5 * fine.dot(lamps.lens)))
            + FILL_LIGHT * facing(lamps.fill, 0.25, 0.4)
            + RIM_LIGHT * facing(lamps.rim, 0.1, 0.5);
        // light that a fold keeps bounces between its walls, so bright skin is less dark in there
        let bounced = reflectance.map(|r| hit.open * (1.0 + 0.9 * r * (1.0 - hit.open)));
        (KEY_LIGHT.times(key).times(shadow) + around.times(bounced)) * self.complexion.exposure
    }

    fn skin(&self, hit: &Hit, view: Vec3) -> Vec3 {
        let Surface { reflectance, normal, roughness, specular_map } = skin::at(self.complexion, hit);
        let matt = reflectance.times(self.on_matt(hit, normal, reflectance));
        let lamps = &self.lamps;
        let shine = |lamp: Vec3| glint(normal, lamp, view, roughness);
        let grazing = fifth_power(1.0 - normal.dot(view).clamp(0.0, 1.0));
        let sky = 0.22 + 0.3 * smoothstep(-0.2, 1.0, normal.y);
        let mirrored = shine(lamps.key) * 1.9 * hit.key
            + (shine(lamps.fill) * 0.35 + shine(lamps.rim) * 0.5) * hit.open
            + (SKIN_F0 + 0.5 * grazing) * hit.open * hit.open * sky;
        matt + vec3(1.0, 0.98, 0.96) * (mirrored * specular_map)
    }
}

/// The highlight of a lamp on a rough surface: microfacets after Trowbridge and Reitz (GGX), Schlick's Fresnel term.
fn glint(n: Vec3, lamp: Vec3, view: Vec3, roughness: f32) -> f32 {
    let to_lamp = n.dot(lamp);
    if to_lamp <= 0.0 {
        return 0.0;
    }
    let to_view = n.dot(view).at_least(0.05);
    let half = (lamp + view).unit();
    let alpha = roughness * roughness;
    let cosine = n.dot(half).at_least(0.0);
    let q = cosine * cosine * (alpha * alpha - 1.0) + 1.0;
    let facets = alpha * alpha / (std::f32::consts::PI * q * q);
    let k = 0.5 * alpha;
    let masking = 1.0 / ((to_lamp * (1.0 - k) + k) * (to_view * (1.0 - k) + k));
    let fresnel = SKIN_F0 + (1.0 - SKIN_F0) * fifth_power(1.0 - view.dot(half).at_least(0.0));
    0.25 * facets * masking * fresnel * to_lamp
}

fn fifth_power(x: f32) -> f32 {
    let square = x * x;
    square * square * x
}
