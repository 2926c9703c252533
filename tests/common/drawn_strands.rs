//! Hair drawn strand by strand onto a bald head whose picture and whose shape are known, and where it lies.
#![allow(dead_code, reason = "no test binary uses all of it")]

use hairline_designer::engine::color::{byte_of, light_of};
use sample_head::{SampleScene, Shape};

/// Where hair grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grows {
    /// Around the sides, with a bare top: up to 60 mm over the pupils.
    Fringe,
    /// Up to 85 mm over the pupils.
    Sides,
    /// The same, and thinly on top.
    ThinOnTop,
    /// At the sides, so high that it ends above the ears.
    AboveEars,
}

/// How hair is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HairStyle {
    pub(crate) grows: Grows,
    pub(crate) length_mm: f64,
    /// sRGB.
    pub(crate) colour: [u8; 3],
}

pub(crate) const BLACK: [u8; 3] = [28, 24, 24];
pub(crate) const BROWN: [u8; 3] = [74, 52, 38];
pub(crate) const BLOND: [u8; 3] = [176, 140, 92];
pub(crate) const GREY: [u8; 3] = [150, 148, 144];

/// Hairs of a cm2 of skin at the sides, and where it is thin.
const DENSITY: f64 = 170.0;
const THIN: f64 = 9.0;
/// How thick a hair is drawn, mm.
const THICK_MM: f64 = 0.09;
/// Which share of the light hair that covers all takes from the skin beside it, and how far its shadow falls, mm.
const SHADOW: f32 = 0.35;
const SHADOW_MM: f64 = 1.2;
/// The middle of the usual head's cranium.
const MIDDLE: [f64; 3] = [0.0, 38.0, -2.0];
/// Hair grows this far over the pupils where it is short: ears are below.
const LOWEST_MM: f64 = 16.0;
/// So far above ears it ends where it grows above them, mm.
const ABOVE_EARS_MM: f64 = 12.0;

/// A head with hair.
pub(crate) struct Hairy {
    /// RGBA.
    pub(crate) pixels: Vec<u8>,
    /// How much of each pixel is hair or lies between hairs, 0 to 255.
    pub(crate) shares: Vec<u8>,
}

/// A number that looks like chance, 0 to 1.
fn chance(key: u32, throw: u32) -> f64 {
    let mut value = key.wrapping_mul(0x9e37_79b9) ^ throw.wrapping_mul(0x85eb_ca6b);
    value = (value ^ (value >> 16)).wrapping_mul(0x7feb_352d);
    value = (value ^ (value >> 15)).wrapping_mul(0x846c_a68b);
    f64::from((value ^ (value >> 16)) >> 8) / 16_777_216.0
}

/// A picture that strands are drawn into: linear light, and how much of each pixel they have covered.
struct Canvas {
    light: Vec<[f32; 3]>,
    covered: Vec<f32>,
    width: usize,
    height: usize,
}

impl Canvas {
    /// Covers a share of a place with a colour.
    fn dab(&mut self, (x, y): (f64, f64), share: f64, colour: [f32; 3]) {
        let (x, y) = (x - 0.5, y - 0.5);
        for (column, row) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
            let (column, row) = (x.floor() + column, y.floor() + row);
            let near = (1.0 - (x - column).abs()) * (1.0 - (y - row).abs());
            let inside = column >= 0.0 && row >= 0.0 && column < self.width as f64 && row < self.height as f64;
            if inside {
                let at = row as usize * self.width + column as usize;
                let share = (share * near) as f32;
                self.light[at] = std::array::from_fn(|c| self.light[at][c] + (colour[c] - self.light[at][c]) * share);
                self.covered[at] += share;
            }
        }
    }

    /// How much is covered on the average around each pixel.
    fn around(&self, radius: usize) -> Vec<f32> {
        let along = |values: &[f32], step: usize, count: usize, at: usize| {
            let place = at / step % count;
            let (first, last) = (place.saturating_sub(radius), (place + radius).min(count - 1));
            let start = at - place * step;
            (first..=last).map(|other| values[start + other * step]).sum::<f32>() / (2 * radius + 1) as f32
        };
        let across: Vec<f32> = (0..self.covered.len()).map(|at| along(&self.covered, 1, self.width, at)).collect();
        (0..across.len()).map(|at| along(&across, self.width, self.height, at)).collect()
    }
}

/// A strand: its places in the picture, and its colour.
struct Strand {
    way: Vec<(f64, f64)>,
    colour: [f32; 3],
}

/// The head of a scene, whose bald picture that is, with hair.
pub(crate) fn with_hair<S: Shape>(scene: &SampleScene<S>, bald: &[u8], style: &HairStyle, seed: u32) -> Hairy {
    let (width, height) = (scene.width() as usize, scene.height() as usize);
    let light = bald.as_chunks::<4>().0.iter().map(|[r, g, b, _]| [*r, *g, *b].map(light_of)).collect();
    let mut canvas = Canvas { light, covered: vec![0.0; width * height], width, height };
    let strands = strands(scene, style, seed);
    let per_mm = scene.camera().px_per_mm;
    draw(&mut canvas, &strands, per_mm);
    // Once more, on skin that lies in the shadow of what was drawn.
    let shadow = canvas.around((SHADOW_MM * per_mm) as usize + 1);
    let shaded = |([r, g, b, _], shadow): (&[u8; 4], &f32)| {
        [*r, *g, *b].map(|byte| light_of(byte) * (1.0 - SHADOW * shadow.min(1.0)))
    };
    canvas.light = bald.as_chunks::<4>().0.iter().zip(&shadow).map(shaded).collect();
    canvas.covered = vec![0.0; width * height];
    draw(&mut canvas, &strands, per_mm);
    let near = canvas.around((0.4 * per_mm) as usize + 1);
    let shares = near.iter().map(|covered| (covered.min(1.0) * 1.5 * 255.0).min(255.0) as u8).collect();
    let pixels = canvas.light.iter().flat_map(|light| {
        let [red, green, blue] = light.map(byte_of);
        [red, green, blue, 255]
    });
    Hairy { pixels: pixels.collect(), shares }
}

fn draw(canvas: &mut Canvas, strands: &[Strand], per_mm: f64) {
    let thick = THICK_MM * per_mm;
    for Strand { way, colour } in strands {
        for ends in way.windows(2) {
            let (a, b) = (ends[0], ends[1]);
            let length = ((b.0 - a.0) * (b.0 - a.0) + (b.1 - a.1) * (b.1 - a.1)).sqrt();
            let steps = (length * 2.0).ceil().max(1.0) as usize;
            for step in 0..steps {
                let t = (step as f64 + 0.5) / steps as f64;
                let place = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
                canvas.dab(place, (thick * length / steps as f64).min(0.9), *colour);
            }
        }
    }
}

/// How many hairs grow on a cm2 at a place of the head.
fn density(grows: Grows, [x, y, z]: [f64; 3], length_mm: f64) -> f64 {
    let top = if grows == Grows::Fringe { 60.0 } else { 85.0 };
    // Behind the temples: the line goes back as it goes up.
    let is_behind = x.abs() > 0.95 * z + 0.25 * (y - 30.0);
    let above = if grows == Grows::AboveEars { ABOVE_EARS_MM + length_mm } else { 0.5 * length_mm };
    let is_side = is_behind && (LOWEST_MM + above..top).contains(&y);
    let is_top = grows == Grows::ThinOnTop && y > 70.0 && z < 55.0;
    if is_side {
        DENSITY
    } else if is_top {
        THIN
    } else {
        0.0
    }
}

fn strands<S: Shape>(scene: &SampleScene<S>, style: &HairStyle, seed: u32) -> Vec<Strand> {
    let camera = scene.camera();
    let pitch = 0.5 * camera.px_per_mm;
    let (columns, rows) = ((f64::from(scene.width()) / pitch) as u32, (f64::from(scene.height()) / pitch) as u32);
    let mut strands = Vec::new();
    for cell in 0..columns * rows {
        let key = cell ^ seed.wrapping_mul(0x51ed_270b);
        let place = |throw: u32| {
            let x = (f64::from(cell % columns) + chance(key, throw)) * pitch;
            (x, (f64::from(cell / columns) + chance(key, throw + 1)) * pitch)
        };
        let (x, y) = place(1);
        let Some(root) = scene.surface(x, y) else { continue };
        let density = density(style.grows, root, style.length_mm);
        if density <= 0.0 {
            continue;
        }
        let normal = unit(difference(root, MIDDLE));
        let facing = dot(normal, camera.toward).max(0.12);
        let expected = density * 0.0025 / facing;
        let count = (expected + chance(key, 3)) as u32;
        for hair in 0..count {
            let (x, y) = place(10 + 2 * hair);
            if let Some(root) = scene.surface(x, y) {
                strands.push(strand(scene, root, style, key ^ (hair + 1).wrapping_mul(0x0123_4567)));
            }
        }
    }
    // The ones behind first.
    strands.sort_by(|a: &(f64, Strand), b: &(f64, Strand)| f64::total_cmp(&a.0, &b.0));
    strands.into_iter().map(|(_, strand)| strand).collect()
}

fn strand<S: Shape>(scene: &SampleScene<S>, root: [f64; 3], style: &HairStyle, key: u32) -> (f64, Strand) {
    let normal = unit(difference(root, MIDDLE));
    let down = [0.5 * (chance(key, 1) - 0.5), -1.0 + 0.4 * (chance(key, 2) - 0.5), -0.5 + 0.5 * (chance(key, 3) - 0.5)];
    let along = unit(difference(down, scaled(normal, dot(down, normal))));
    let length = style.length_mm * (0.7 + 0.6 * chance(key, 4));
    let stands = 0.25 + 0.2 * chance(key, 5);
    let at = |t: f64| {
        let out = length * stands * (1.0 - (1.0 - t) * (1.0 - t));
        let place = sum(root, sum(scaled(normal, out), scaled(along, 0.85 * length * t)));
        scene.camera().project(place)
    };
    let shade = (0.55 + 0.9 * chance(key, 6)) as f32;
    let colour = style.colour.map(|byte| (light_of(byte) * shade).min(1.0));
    let near = dot(difference(root, MIDDLE), scene.camera().toward);
    (near, Strand { way: (0..=6).map(|step| at(f64::from(step) / 6.0)).collect(), colour })
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn sum(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

fn scaled(a: [f64; 3], k: f64) -> [f64; 3] {
    a.map(|value| value * k)
}

fn difference(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    sum(a, scaled(b, -1.0))
}

fn unit(a: [f64; 3]) -> [f64; 3] {
    scaled(a, 1.0 / dot(a, a).sqrt())
}
