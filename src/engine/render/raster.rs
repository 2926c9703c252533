//! The share of light that the ink leaves to each pixel.

use super::Ink;
use crate::engine::color::{DISPLAY_GAMMA, encode, light_of};
use crate::engine::dots::{Dot, Field};
use crate::engine::geometry::PhotoRect;
use std::sync::LazyLock;

/// A rectangle of whole pixels of a picture to be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PixelRect {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: usize,
    /// Height.
    pub height: usize,
}

impl PixelRect {
    /// The smallest rectangle of whole pixels around a rectangle of the photo drawn at `zoom` pixels a photo pixel, cut to a
    /// picture of that size.
    #[must_use]
    pub fn covering(rect: PhotoRect, zoom: f64, width: usize, height: usize) -> Self {
        let low = |value: f64, most: usize| (value * zoom).floor().clamp(0.0, most as f64);
        let high = |value: f64, most: usize| (value * zoom).ceil().clamp(0.0, most as f64);
        let (x0, y0) = (low(rect.x0, width), low(rect.y0, height));
        let (x1, y1) = (high(rect.x1, width), high(rect.y1, height));
        Self { x: x0 as i32, y: y0 as i32, width: (x1 - x0).max(0.0) as usize, height: (y1 - y0).max(0.0) as usize }
    }

    /// Whether it holds no pixel.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// The smallest rectangle around both; an empty one counts as nothing.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        if self.is_empty() {
            return other;
        }
        if other.is_empty() {
            return self;
        }
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width as i32).max(other.x + other.width as i32);
        let bottom = (self.y + self.height as i32).max(other.y + other.height as i32);
        Self { x, y, width: (right - x) as usize, height: (bottom - y) as usize }
    }
}

/// Transmittance of the ink, a number from 0 to 1 a pixel, row by row.
#[derive(Debug, Clone)]
pub struct Raster {
    rect: PixelRect,
    light: Vec<f32>,
    across: [Vec<f32>; 2],
}

impl Raster {
    /// A raster of that rectangle that leaves all the light.
    #[must_use]
    pub fn new(rect: PixelRect) -> Self {
        Self { rect, light: vec![1.0; rect.width * rect.height], across: [Vec::new(), Vec::new()] }
    }

    /// The rectangle.
    #[must_use]
    pub fn rect(&self) -> PixelRect {
        self.rect
    }

    /// The transmittance of each pixel, row by row.
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
    /// pixels.
    pub fn draw(&mut self, field: &Field, ink: &Ink, zoom: f64) {
        let reach = f64::from(ink.reach());
        let photo = |value: f64| value / zoom;
        let rect = PhotoRect {
            x0: photo(f64::from(self.rect.x) - reach),
            y0: photo(f64::from(self.rect.y) - reach),
            x1: photo(f64::from(self.rect.x) + self.rect.width as f64 + reach),
            y1: photo(f64::from(self.rect.y) + self.rect.height as f64 + reach),
        };
        field.each_dot(rect, |dot| self.stamp(dot, ink, zoom as f32));
    }

    /// Draws one dot.
    pub fn stamp(&mut self, dot: Dot, ink: &Ink, zoom: f32) {
        let (x, y) = (dot.x * zoom - self.rect.x as f32, dot.y * zoom - self.rect.y as f32);
        let skirt = Gaussian::new(ink.skirt_sigma, ink.skirt_peak * dot.strength);
        let core_sigma = ink.core_sigma * dot.size;
        // A larger dot of the same ink takes more light; its core cannot take more than all.
        let core = Gaussian::new(core_sigma, (ink.core_peak * dot.strength).min(1.0));
        self.take(x, y, &skirt);
        self.take(x, y, &core);
    }

    /// Takes the light of one Gaussian, integrated over each pixel: the integral is a product of one factor for the column
    /// and one for the row.
    fn take(&mut self, x: f32, y: f32, gaussian: &Gaussian) {
        let Self { rect, light, across } = self;
        let [columns, rows] = across;
        let Some(first_column) = gaussian.factors(x, rect.width, columns) else { return };
        let Some(first_row) = gaussian.factors(y, rect.height, rows) else { return };
        for (index, row_factor) in rows.iter().enumerate() {
            let start = (first_row + index) * rect.width + first_column;
            let Some(line) = light.get_mut(start..start + columns.len()) else { continue };
            let taken = gaussian.mass * row_factor;
            for (left, column_factor) in line.iter_mut().zip(columns.iter()) {
                *left *= 1.0 - taken * column_factor;
            }
        }
    }

    /// The picture that a browser multiplies onto the photo: the transmittance raised to 1 / 2.2 as RGBA bytes, row by row.
    /// Rounding is spread by a pattern so that the mean of faint ink is kept.
    pub fn overlay(&self, ink: &Ink, bytes: &mut Vec<u8>) {
        bytes.clear();
        bytes.reserve(self.light.len() * 4);
        let tables = ink.tint.map(|tint| Table::new(tint / DISPLAY_GAMMA));
        for (row, line) in self.light.chunks(self.rect.width.max(1)).enumerate() {
            for (column, light) in line.iter().enumerate() {
                if *light >= 1.0 {
                    bytes.extend_from_slice(&[255; 4]);
                    continue;
                }
                let offset = spread(self.rect.x + column as i32, self.rect.y + row as i32);
                let [r, g, b] = &tables;
                bytes.extend_from_slice(&[r.byte(*light, offset), g.byte(*light, offset), b.byte(*light, offset), 255]);
            }
        }
    }

    /// Darkens the pixels of the raster's rectangle exactly, in linear light. `pixels` is RGBA, row by row, of the same
    /// size.
    pub fn darken(&self, ink: &Ink, pixels: &mut [u8]) {
        for (row, (line, photo)) in
            self.light.chunks(self.rect.width.max(1)).zip(pixels.chunks_mut(self.rect.width.max(1) * 4)).enumerate()
        {
            for (column, (light, pixel)) in line.iter().zip(photo.chunks_exact_mut(4)).enumerate() {
                if *light >= 1.0 {
                    continue;
                }
                let offset = spread(self.rect.x + column as i32, self.rect.y + row as i32);
                for (channel, tint) in pixel.iter_mut().zip(ink.tint) {
                    let value = encode(light_of(*channel) * light.powf(tint)) * 255.0;
                    *channel = (value + offset) as u8;
                }
            }
        }
    }
}

/// A number from 0 to 1 for each pixel, to be added before rounding down: the R2 sequence (Roberts 2018), which spreads
/// rounding evenly without a visible pattern.
fn spread(x: i32, y: i32) -> f32 {
    let step = (x as u32).wrapping_mul(0xc13f_a9a9).wrapping_add((y as u32).wrapping_mul(0x91e1_0da5));
    (step >> 8) as f32 / 16_777_216.0
}

struct Gaussian {
    sigma: f32,
    /// Integral over the plane, in pixels.
    mass: f32,
}

/// Below this a Gaussian is narrower than any pixel can tell.
const LEAST_SIGMA: f32 = 1e-3;
/// How many standard deviations are drawn.
const REACH: f32 = 3.7;

impl Gaussian {
    fn new(sigma: f32, peak: f32) -> Self {
        let sigma = sigma.max(LEAST_SIGMA);
        Self { sigma, mass: peak * std::f32::consts::TAU * sigma * sigma }
    }

    /// The share of the Gaussian in each pixel of a row of `count`, from the first pixel that it touches on. `None` when it
    /// touches none.
    fn factors(&self, middle: f32, count: usize, factors: &mut Vec<f32>) -> Option<usize> {
        let reach = self.sigma * REACH;
        let first = (middle - reach).floor().max(0.0);
        let last = (middle + reach).floor().min(count as f32 - 1.0);
        factors.clear();
        if !middle.is_finite() || first > last {
            return None;
        }
        let per_sigma = 1.0 / self.sigma;
        let mut before = below((first - middle) * per_sigma);
        for pixel in first as usize..=last as usize {
            let after = below(((pixel + 1) as f32 - middle) * per_sigma);
            factors.push(after - before);
            before = after;
        }
        Some(first as usize)
    }
}

/// Steps of the table of the normal distribution per standard deviation.
const STEPS: usize = 256;
/// How far the table goes, standard deviations.
const FARTHEST: f32 = 4.0;

/// The share of a normal distribution below a number of standard deviations.
fn below(deviations: f32) -> f32 {
    static TABLE: LazyLock<Vec<f32>> = LazyLock::new(|| {
        let last = (2.0 * FARTHEST) as usize * STEPS;
        let density = |step: f64| (-step * step / 2.0).exp() / std::f64::consts::TAU.sqrt();
        // Simpson's rule from step to step, scaled so that the whole is one.
        let width = 1.0 / STEPS as f64;
        let at = |index: usize| index as f64 * width - f64::from(FARTHEST);
        let mut sums = vec![0.0_f64];
        for index in 0..last {
            let (a, b) = (at(index), at(index + 1));
            let piece = (density(a) + 4.0 * density((a + b) / 2.0) + density(b)) * width / 6.0;
            sums.push(sums.last().copied().unwrap_or(0.0) + piece);
        }
        let whole = sums.last().copied().unwrap_or(1.0);
        sums.into_iter().map(|sum| (sum / whole) as f32).collect()
    });
    let place = ((deviations + FARTHEST) * STEPS as f32).clamp(0.0, 2.0 * FARTHEST * STEPS as f32);
    let (index, share) = (place as usize, place.fract());
    let low = TABLE.get(index).copied().unwrap_or(1.0);
    let high = TABLE.get(index + 1).copied().unwrap_or(1.0);
    low + (high - low) * share
}

/// A power of a number from 0 to 1, times 255, by a table.
struct Table(Vec<f32>);

/// Entries of a power table: its error is far below a level.
const POWER_STEPS: usize = 1024;

impl Table {
    fn new(power: f32) -> Self {
        Self((0..=POWER_STEPS + 1).map(|step| 255.0 * (step as f32 / POWER_STEPS as f32).powf(power)).collect())
    }

    fn byte(&self, light: f32, offset: f32) -> u8 {
        let place = light.clamp(0.0, 1.0) * POWER_STEPS as f32;
        let (index, share) = (place as usize, place.fract());
        let low = self.0.get(index).copied().unwrap_or(255.0);
        let high = self.0.get(index + 1).copied().unwrap_or(255.0);
        (low + (high - low) * share + offset) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECT: PixelRect = PixelRect { x: 0, y: 0, width: 200, height: 200 };

    fn ink(core_sigma: f32) -> Ink {
        Ink { core_sigma, core_peak: 0.6, skirt_sigma: core_sigma * 4.0, skirt_peak: 0.05, tint: [1.0; 3] }
    }

    fn dot(x: f32, y: f32) -> Dot {
        Dot { x, y, size: 1.0, strength: 1.0 }
    }

    fn taken(raster: &Raster) -> f64 {
        raster.light().iter().map(|light| 1.0 - f64::from(*light)).sum()
    }

    #[test]
    fn a_dot_takes_its_light_at_any_size_and_place() {
        for sigma in [0.05, 0.2, 0.45, 1.0, 4.0] {
            for offset in [0.0, 0.25, 0.5, 0.93] {
                let mut raster = Raster::new(RECT);
                let ink = ink(sigma);
                raster.stamp(dot(100.0 + offset, 100.0 + offset / 2.0), &ink, 1.0);
                let expected = ink.taken_px();
                // The two Gaussians overlap: what the core takes the skirt cannot take again.
                let share = taken(&raster) / expected;
                assert!((0.94..=1.0).contains(&share), "sigma {sigma}, offset {offset}: {share}");
            }
        }
    }

    #[test]
    fn a_dot_at_the_rim_is_cut_and_not_lost() {
        let mut raster = Raster::new(RECT);
        raster.stamp(dot(0.0, 100.0), &ink(2.0), 1.0);
        let share = taken(&raster) / ink(2.0).taken_px();
        assert!((0.45..0.52).contains(&share), "{share}");
        raster.restart(RECT);
        raster.stamp(dot(-500.0, 100.0), &ink(2.0), 1.0);
        raster.stamp(dot(f32::NAN, 100.0), &ink(2.0), 1.0);
        assert_eq!(taken(&raster), 0.0);
    }

    #[test]
    fn pieces_of_a_picture_are_the_picture() {
        let mut whole = Raster::new(RECT);
        let piece_rect = PixelRect { x: 90, y: 95, width: 40, height: 20 };
        let mut piece = Raster::new(piece_rect);
        for raster in [&mut whole, &mut piece] {
            raster.stamp(dot(101.3, 99.1), &ink(3.0), 1.0);
        }
        for y in 0..20 {
            for x in 0..40 {
                let (a, b) = (piece.light()[y * 40 + x], whole.light()[(y + 95) * 200 + x + 90]);
                assert!((a - b).abs() < 1e-5, "{x} {y}: {a} {b}");
            }
        }
    }

    #[test]
    fn rounding_keeps_the_mean_of_faint_ink() {
        let mut raster = Raster::new(RECT);
        raster.light.fill(0.999_5);
        let ink = ink(1.0);
        let mut bytes = Vec::new();
        raster.overlay(&ink, &mut bytes);
        let mean = bytes.chunks(4).map(|pixel| f64::from(pixel[1])).sum::<f64>() / 40_000.0;
        let exact = 255.0 * 0.999_5_f64.powf(1.0 / 2.2);
        assert!((mean - exact).abs() < 0.01, "{mean} {exact}");
        let mut photo = [180, 140, 120, 255].repeat(40_000);
        raster.darken(&ink, &mut photo);
        let mean = photo.chunks(4).map(|pixel| f64::from(pixel[0])).sum::<f64>() / 40_000.0;
        let exact = 255.0 * f64::from(encode(light_of(180) * 0.999_5));
        assert!((mean - exact).abs() < 0.01, "{mean} {exact}");
    }

    #[test]
    fn the_overlay_is_close_to_linear_light() {
        let ink = ink(1.0);
        let mut worst: f64 = 0.0;
        for byte in 60..=250_u8 {
            for light in [0.95, 0.8, 0.65] {
                let overlay = f64::from(light as f32).powf(1.0 / f64::from(DISPLAY_GAMMA));
                let shown = f64::from(byte) * overlay;
                let exact = f64::from(encode(light_of(byte) * light as f32)) * 255.0;
                worst = worst.max((shown - exact).abs());
            }
        }
        assert!(worst < 3.0, "worst error {worst} levels");
        assert_eq!(ink.tint, [1.0; 3]);
    }

    #[test]
    fn untouched_pixels_are_untouched() {
        let raster = Raster::new(RECT);
        let mut photo = [1, 2, 3, 255].repeat(40_000);
        let before = photo.clone();
        raster.darken(&ink(1.0), &mut photo);
        assert_eq!(photo, before);
    }
}
