//! The share of light that the ink leaves to each pixel.

use super::footprint::{DotFootprint, Factors, seen};
use super::halo::HaloTable;
use super::{Ink, PixelRect, SpecularMap};
use crate::engine::design::transmittance;
use crate::engine::dots::{Dot, Field};

/// Transmittance of the ink, a number from 0 to 1 a pixel, row by row.
///
/// It is drawn whole or in parts: the same pixel of the same dots has the same transmittance in either.
#[derive(Debug, Clone)]
pub struct Raster {
    rect: PixelRect,
    light: Vec<f32>,
    halos: HaloTable,
    factors: Factors,
    densities: Vec<f32>,
    left: LeftLut,
    kept: Vec<f32>,
}

impl Raster {
    /// A raster of that rectangle that leaves all the light.
    #[must_use]
    pub fn new(rect: PixelRect) -> Self {
        Self {
            rect,
            light: vec![1.0; rect.width * rect.height],
            halos: HaloTable::default(),
            factors: Factors::default(),
            densities: Vec::new(),
            left: LeftLut::default(),
            kept: Vec::new(),
        }
    }

    /// A raster that leaves the same light everywhere.
    #[cfg(test)]
    pub(super) fn even(rect: PixelRect, light: f32) -> Self {
        Self { light: vec![light; rect.width * rect.height], ..Self::new(rect) }
    }

    /// The rectangle.
    #[must_use]
    pub fn rect(&self) -> PixelRect {
        self.rect
    }

    /// The transmittance of each pixel in green, row by row; that of red and blue is its power by the ink's tint.
    #[must_use]
    pub fn light(&self) -> &[f32] {
        &self.light
    }

    /// Begins anew with another rectangle, keeping its memory.
    pub fn restart(&mut self, rect: PixelRect) {
        self.rect = rect;
        self.light.clear();
        self.light.resize(rect.width * rect.height, 1.0);
    }

    /// Draws every dot of a field that touches the raster. `zoom` is raster pixels per photo pixel, and `ink` is in raster
    /// pixels. Where the skin shines the shine is kept.
    pub fn draw(&mut self, field: &Field, ink: &Ink, zoom: f64, specular_map: Option<&SpecularMap>) {
        let rect = self.rect.reached_from(ink.reach().into(), zoom);
        self.halos.restart(self.rect, ink.halo_sigma, ink.halo_pitch);
        self.left.follow(ink.halo_crowding);
        field.each_dot(rect, |dot| {
            self.rasterize(&specular_map.map_or(dot, |specular_map| specular_map.over(dot)), ink, zoom as f32)
        });
        self.finish();
    }

    /// Draws these dots, likewise.
    pub fn draw_dots(&mut self, dots: impl Iterator<Item = Dot>, ink: &Ink, zoom: f32) {
        self.halos.restart(self.rect, ink.halo_sigma, ink.halo_pitch);
        self.left.follow(ink.halo_crowding);
        dots.for_each(|dot| self.rasterize(&dot, ink, zoom));
        self.finish();
    }

    /// Draws a dot's core and lays its halo down.
    fn rasterize(&mut self, dot: &Dot, ink: &Ink, zoom: f32) {
        let (x, y) = (dot.x * zoom, dot.y * zoom);
        self.halos.add(x, y, ink.halo_mass * dot.strength * dot.size * dot.size * seen(dot.shape));
        let footprint = DotFootprint::new(dot, ink, x - self.rect.x as f32, y - self.rect.y as f32);
        footprint.take(self.rect, &mut self.light, &mut self.factors);
    }

    /// Takes the light of all halos: in each pixel the mean of what is left at the places that are read within it.
    fn finish(&mut self) {
        let Self { rect, light, halos, densities, left: table, kept, .. } = self;
        halos.blur();
        let per_side = halos.per_side();
        if per_side == 1 {
            for (row, line) in (rect.y..).zip(light.chunks_mut(rect.width.max(1))) {
                if halos.read(rect.x, (row, 0), rect.width, densities) {
                    let inked = line.iter_mut().zip(densities.iter()).filter(|(_, density)| **density > 0.0);
                    inked.for_each(|(left, density)| *left *= table.at(*density));
                }
            }
            return;
        }
        for (row, line) in (rect.y..).zip(light.chunks_mut(rect.width.max(1))) {
            kept.clear();
            for within in 0..per_side {
                if halos.read(rect.x, (row, within), rect.width, densities) {
                    kept.resize(rect.width, per_side as f32 * within as f32);
                    for (kept, densities) in kept.iter_mut().zip(densities.chunks_exact(per_side)) {
                        // Where no halo lies all the light is left, and much of a picture is so.
                        *kept += match densities.iter().all(|density| *density == 0.0) {
                            true => per_side as f32,
                            false => densities.iter().map(|density| table.at(*density)).sum::<f32>(),
                        };
                    }
                } else if !kept.is_empty() {
                    kept.iter_mut().for_each(|kept| *kept += per_side as f32);
                }
            }
            let places = (per_side * per_side) as f32;
            for (left, kept) in line.iter_mut().zip(kept.iter()).filter(|(_, kept)| **kept < places) {
                *left *= kept / places;
            }
        }
    }
}

/// Steps of the table of transmittances per unit of optical density, and how far it goes.
const STEPS: f32 = 256.0;
const DENSEST: f32 = 8.0;

/// What summed densities of halos leave of the light, by a table whose error is below 2e-6.
#[derive(Debug, Clone, Default)]
struct LeftLut {
    crowding: f32,
    left: Vec<f32>,
}

impl LeftLut {
    /// Makes the table for halos that add up like that.
    fn follow(&mut self, crowding: f32) {
        if self.crowding != crowding || self.left.is_empty() {
            let steps = 0..=(DENSEST * STEPS) as usize + 1;
            let density = |step: usize| f64::from(step as f32 / STEPS);
            self.left = steps.map(|step| transmittance(density(step), crowding.into()) as f32).collect();
            self.crowding = crowding;
        }
    }

    fn at(&self, density: f32) -> f32 {
        let place = density.min(DENSEST) * STEPS;
        let index = place as usize;
        let share = place - index as f32;
        let low = self.left.get(index).copied().unwrap_or(0.0);
        let high = self.left.get(index + 1).copied().unwrap_or(0.0);
        low + (high - low) * share
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::{HAIR_DENSITY, Parameters, Shade};
    use crate::engine::design::Appearance;
    use crate::engine::dots::{BlueNoiseTile, CARPET_DENSITY, CARPET_POINTS, CARPET_SIDE};
    use crate::engine::geometry::Mm;

    const RECT: PixelRect = PixelRect { x: 0, y: 0, width: 200, height: 200 };
    const FACING: [f32; 3] = [1.0, 0.0, 1.0];
    const LEANING: [f32; 3] = [0.9, 0.25, 0.6];

    fn ink(core_sigma: f32) -> Ink {
        let halo_mass = 0.05 * std::f32::consts::TAU * (core_sigma * 4.0).powi(2);
        Ink {
            core_sigma,
            blur_sigma: 0.0,
            core_peak: 0.6,
            halo_sigma: core_sigma * 4.0,
            halo_pitch: 0.0,
            halo_mass,
            halo_crowding: 0.0,
            tint: [1.0; 3],
            display: [2.2; 3],
        }
    }

    fn dot(x: f32, y: f32) -> Dot {
        Dot { x, y, size: 1.0, strength: 1.0, shape: [1.0, 0.0, 1.0] }
    }

    fn taken(raster: &Raster) -> f64 {
        raster.light().iter().map(|light| 1.0 - f64::from(*light)).sum()
    }

    fn drawn(rect: PixelRect, ink: &Ink, dots: &[Dot]) -> Raster {
        let mut raster = Raster::new(rect);
        raster.draw_dots(dots.iter().copied(), ink, 1.0);
        raster
    }

    #[test]
    fn a_dot_takes_its_light_at_any_size_and_place() {
        for sigma in [0.05, 0.2, 0.45, 1.0, 4.0] {
            for offset in [0.0, 0.25, 0.5, 0.93] {
                let ink = ink(sigma);
                let raster = drawn(RECT, &ink, &[dot(100.0 + offset, 100.0 + offset / 2.0)]);
                // Densities add: what the core takes the halo cannot take again.
                let share = taken(&raster) / f64::from(ink.core_mass() + ink.halo_mass);
                assert!((0.94..=1.0).contains(&share), "sigma {sigma}, offset {offset}: {share}");
            }
        }
    }

    #[test]
    fn skin_that_is_turned_away_loses_as_much_less_as_it_is_seen_smaller() {
        let ink = ink(0.5);
        let facing = taken(&drawn(RECT, &ink, &[dot(100.3, 99.8)]));
        for (shape, share) in [([1.0, 0.0, 0.25], 0.5), ([0.25, 0.0, 1.0], 0.5), ([0.625, 0.375, 0.625], 0.5)] {
            let turned = taken(&drawn(RECT, &ink, &[Dot { shape, ..dot(100.3, 99.8) }]));
            assert!((turned / facing - share).abs() < 0.01, "{shape:?}: {}", turned / facing);
        }
    }

    #[test]
    fn dots_that_are_nowhere_take_nothing() {
        let far = [dot(-500.0, 100.0), dot(f32::NAN, 100.0), Dot { strength: f32::NAN, ..dot(90.0, 90.0) }];
        assert_eq!(taken(&drawn(RECT, &ink(2.0), &far)), 0.0);
    }

    #[test]
    fn pieces_of_a_picture_are_the_picture() {
        let dots: Vec<Dot> = (0..300_u32)
            .map(|i| dot((i * 71 % 230) as f32 * 0.97 - 8.0, (i * 113 % 227) as f32 * 0.96 - 6.0))
            .collect();
        for sigma in [0.1, 0.7, 3.0] {
            let whole = drawn(RECT, &ink(sigma), &dots);
            let piece = drawn(PixelRect { x: 90, y: 95, width: 40, height: 20 }, &ink(sigma), &dots);
            for y in 0..20 {
                for x in 0..40 {
                    let (a, b) = (piece.light()[y * 40 + x], whole.light()[(y + 95) * 200 + x + 90]);
                    assert!((a - b).abs() < 1e-4, "sigma {sigma}, {x} {y}: {a} {b}");
                }
            }
        }
    }

    #[test]
    fn a_sketch_takes_as_much_light_as_the_whole() {
        let (look, parameters) = (Appearance::new(&Parameters::default()), Parameters::default());
        let tile = BlueNoiseTile::grow(5);
        // As dense as stubble stands.
        let count = (CARPET_POINTS as f64 * HAIR_DENSITY / CARPET_DENSITY) as usize;
        // What is summed up within a pixel differs most where a pixel holds whole dots. So close up that a halo is wider than four
        // pixels both are the same.
        for (px_per_mm, within) in [(0.7_f32, 0.0145), (1.5, 0.0035), (4.0, 0.004), (12.0, 1e-6)] {
            let side = 160.0_f32.min(CARPET_SIDE * px_per_mm);
            let places = tile.places().iter().take(count).map(|place| (place.x * px_per_mm, place.y * px_per_mm));
            let places = places.filter(|(x, y)| *x < side && *y < side);
            let dots: Vec<Dot> = places.map(|(x, y)| dot(20.0 + x, 20.0 + y)).collect();
            let [whole, sketch] =
                [Ink::new, Ink::sketch].map(|make| make(&look, &parameters, px_per_mm.into(), Mm(0.0)));
            let [of_whole, of_sketch] = [whole, sketch].map(|ink| taken(&drawn(RECT, &ink, &dots)));
            let off = of_sketch / of_whole - 1.0;
            assert!(off.abs() < within, "{px_per_mm}: {of_sketch} beside {of_whole}, by {off}");
            assert!(sketch.halo_pitch >= 1.0 && whole.halo_pitch < 1.0, "{px_per_mm}: {sketch:?} beside {whole:?}");
        }
    }

    /// A field of the shades' density, and the ink of a new design for it: so many pixels a millimetre, under a blur. Its dots differ as
    /// a hand's do, and are seen in that shape.
    fn field(px_per_mm: f32, side: f32, blur: Mm, shape: [f32; 3]) -> (Vec<Dot>, Ink) {
        let (look, parameters) = (Appearance::new(&Parameters::default()), Parameters::default());
        let tile = BlueNoiseTile::grow(5);
        let count = (CARPET_POINTS as f64 * Shade::REFERENCE_DENSITY / CARPET_DENSITY) as usize;
        let places = tile.places().iter().take(count).map(|place| (place.x * px_per_mm, place.y * px_per_mm));
        let places = places.filter(|(x, y)| *x < side && *y < side);
        let varied = |at: usize, by: f32| 1.0 - by + 2.0 * by * (at * 7 % 19) as f32 / 18.0;
        let dots = places.enumerate().map(|(at, (x, y))| Dot {
            size: varied(at, 0.15),
            strength: varied(at / 19, 0.2),
            shape,
            ..dot(20.0 + x, 20.0 + y)
        });
        let dots = dots.collect();
        (dots, Ink::new(&look, &parameters, px_per_mm.into(), blur))
    }

    #[test]
    fn blurred_dots_take_as_much_light_as_sharp_ones() {
        for px_per_mm in [1.8_f32, 4.0, 10.0] {
            // How halos add up is worked out for skin that faces the camera.
            for (shape, within) in [(FACING, 0.005), (LEANING, 0.03)] {
                let all = |blur: f64| {
                    let (dots, ink) = field(px_per_mm, 160.0_f32.min(CARPET_SIDE * px_per_mm), Mm(blur), shape);
                    taken(&drawn(RECT, &ink, &dots))
                };
                let sharp = all(0.0);
                for blur in [0.05, 0.15, 0.3, 2.0] {
                    let off = all(blur) / sharp - 1.0;
                    println!("{blur} mm at {px_per_mm} pixels a mm, {shape:?}: by {off:.4}");
                    assert!(off.abs() < within, "{blur} mm at {px_per_mm} pixels a mm, {shape:?}: by {off}");
                }
            }
        }
    }

    #[test]
    fn dots_are_blurred_as_a_photo_of_them_would_be() {
        let (px_per_mm, blur) = (10.0, 0.2);
        let [(dots, sharp), (_, blurred)] = [0.0, blur].map(|blur| field(px_per_mm, 160.0, Mm(blur), LEANING));
        let [sharp, blurred] = [sharp, blurred].map(|ink| drawn(RECT, &ink, &dots));
        let variance = (f64::from(px_per_mm) * blur).powi(2);
        let weight = |by: i32| (-f64::from(by * by) / (2.0 * variance)).exp();
        let (mut worst, mut softened) = (0.0_f64, 0.0_f64);
        for (x, y) in (40..160).step_by(3).flat_map(|x| (40..160).step_by(3).map(move |y| (x, y))) {
            let (mut sum, mut whole) = (0.0, 0.0);
            for (right, down) in (-8..=8).flat_map(|right| (-8..=8).map(move |down| (right, down))) {
                let weight = weight(right) * weight(down);
                sum += weight * f64::from(sharp.light()[((y + down) * 200 + x + right) as usize]);
                whole += weight;
            }
            let at = (y * 200 + x) as usize;
            worst = worst.max((sum / whole - f64::from(blurred.light()[at])).abs());
            softened = softened.max(f64::from(blurred.light()[at] - sharp.light()[at]));
        }
        assert!(worst < 0.02 && softened > 0.2, "{worst}, where up to {softened} is softened");
    }

    #[test]
    fn the_table_of_transmittances_is_exact_enough() {
        let mut table = LeftLut::default();
        table.follow(0.0);
        for step in 0..4000 {
            let density = step as f32 * 0.001_7;
            assert!((table.at(density) - (-density).exp()).abs() < 2e-6, "{density}");
        }
        assert!(table.at(1e9) < 4e-4);
    }
}
