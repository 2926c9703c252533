//! From transmittance to picture bytes. Rounding is spread over neighbouring pixels, so that the mean of ink that is fainter
//! than a level is kept.

use super::{Ink, Raster};
use crate::engine::color::{encode, light_of};

impl Raster {
    /// The picture that a browser multiplies onto the photo, as RGBA bytes, row by row: the transmittance, raised to one over
    /// the power of light that the photo's bytes follow.
    pub fn overlay(&self, ink: &Ink, bytes: &mut Vec<u8>) {
        bytes.clear();
        bytes.resize(self.light().len() * 4, u8::MAX);
        let [red, green, blue] = ink.tint;
        let [r, g, b] = ink.display;
        let tables = [red / r, green / g, blue / b].map(PowLut::new);
        let rect = self.rect();
        let lines = self.light().chunks(rect.width.max(1)).zip(bytes.chunks_mut(rect.width.max(1) * 4));
        for (row, (line, out)) in lines.enumerate() {
            for (column, (light, pixel)) in line.iter().zip(out.chunks_exact_mut(4)).enumerate() {
                if *light >= 1.0 {
                    continue;
                }
                let offset = spread(rect.x + column as i32, rect.y + row as i32);
                for (byte, powers) in pixel.iter_mut().zip(&tables) {
                    *byte = powers.byte(*light, offset);
                }
            }
        }
    }

    /// Darkens the pixels of the raster's rectangle exactly, in linear light. `pixels` is RGBA, row by row, of the same
    /// size.
    pub fn darken(&self, ink: &Ink, pixels: &mut [u8]) {
        let rect = self.rect();
        let lines = self.light().chunks(rect.width.max(1)).zip(pixels.chunks_mut(rect.width.max(1) * 4));
        for (row, (line, photo)) in lines.enumerate() {
            for (column, (light, pixel)) in line.iter().zip(photo.chunks_exact_mut(4)).enumerate() {
                if *light >= 1.0 {
                    continue;
                }
                let offset = spread(rect.x + column as i32, rect.y + row as i32);
                for (channel, tint) in pixel.iter_mut().zip(ink.tint) {
                    *channel = dither(light_of(*channel) * power(*light, tint), offset);
                }
            }
        }
    }
}

/// The byte below or above a light: over all offsets from 0 to 1, the mean of their light is that light.
fn dither(light: f32, offset: f32) -> u8 {
    let below = (encode(light) * 255.0) as u8;
    let (low, high) = (light_of(below), light_of(below.saturating_add(1)));
    if light - low + offset * (high - low) >= high - low { below.saturating_add(1) } else { below }
}

/// A number from 0 to 1 for each pixel, to be added before rounding down: the R2 sequence (Roberts 2018), which spreads
/// rounding evenly without a visible pattern.
fn spread(x: i32, y: i32) -> f32 {
    let step = (x as u32).wrapping_mul(0xc13f_a9a9).wrapping_add((y as u32).wrapping_mul(0x91e1_0da5));
    (step >> 8) as f32 / 16_777_216.0
}

/// Double precision is there anyway, for the colours.
fn power(base: f32, exponent: f32) -> f32 {
    f64::from(base).powf(exponent.into()) as f32
}

/// A power of a number from 0 to 1, times 255, by a table.
struct PowLut(Vec<f32>);

/// Entries of a table of powers: its error is far below a level.
const STEPS: usize = 1024;

impl PowLut {
    fn new(power: f32) -> Self {
        Self((0..=STEPS + 1).map(|step| 255.0 * self::power(step as f32 / STEPS as f32, power)).collect())
    }

    fn byte(&self, light: f32, offset: f32) -> u8 {
        let place = light.max(0.0) * STEPS as f32;
        let index = place as usize;
        let share = place - index as f32;
        let low = self.0.get(index).copied().unwrap_or(255.0);
        let high = self.0.get(index + 1).copied().unwrap_or(255.0);
        (low + (high - low) * share + offset) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::color::DISPLAY_GAMMA;
    use crate::engine::render::PixelRect;

    const RECT: PixelRect = PixelRect { x: 0, y: 0, width: 200, height: 200 };
    const INK: Ink = Ink {
        core_sigma: 1.0,
        blur_sigma: 0.0,
        core_peak: 0.6,
        halo_sigma: 4.0,
        halo_pitch: 0.0,
        halo_mass: 5.0,
        halo_crowding: 0.0,
        tint: [1.0; 3],
        display: [DISPLAY_GAMMA; 3],
    };

    fn mean(bytes: &[u8]) -> f64 {
        bytes.chunks(4).map(|pixel| f64::from(pixel[1])).sum::<f64>() / 40_000.0
    }

    #[test]
    fn rounding_keeps_the_mean_of_faint_ink() {
        let raster = Raster::even(RECT, 0.999_5);
        let mut bytes = Vec::new();
        raster.overlay(&INK, &mut bytes);
        let exact = 255.0 * 0.999_5_f64.powf(1.0 / 2.2);
        assert!((mean(&bytes) - exact).abs() < 0.01, "{} {exact}", mean(&bytes));
        let mut photo = [180, 140, 120, 255].repeat(40_000);
        raster.darken(&INK, &mut photo);
        let mean = photo.chunks(4).map(|pixel| f64::from(light_of(pixel[1]))).sum::<f64>() / 40_000.0;
        let exact = f64::from(light_of(140)) * 0.999_5;
        assert!((mean / exact - 1.0).abs() < 2e-5, "{mean} {exact}");
    }

    #[test]
    fn the_overlay_is_close_to_linear_light() {
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
    }

    #[test]
    fn untouched_pixels_are_untouched() {
        let mut photo = [1, 2, 3, 255].repeat(40_000);
        let before = photo.clone();
        Raster::new(RECT).darken(&INK, &mut photo);
        assert_eq!(photo, before);
    }
}
