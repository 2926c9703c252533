//! The dense core of one dot, as shares of pixels.

use super::ink::{CORE_REACH, widened};
use super::{Ink, PixelRect};
use crate::engine::dots::Dot;
use std::sync::LazyLock;

/// A core as it is seen: a Gaussian in two dimensions, in pixels of a raster.
#[derive(Debug, Clone, Copy)]
pub(super) struct DotFootprint {
    x: f32,
    y: f32,
    /// Standard deviations across and down, and the covariance.
    across: f32,
    down: f32,
    covariance: f32,
    /// The light taken, in pixels of full darkness.
    mass: f32,
}

/// The area of a small circle on the skin as it is seen, relative to one that faces the camera.
pub(super) fn seen([xx, xy, yy]: [f32; 3]) -> f32 {
    (xx * yy - xy * xy).max(0.0).sqrt()
}

/// A share of one dimension: a normal distribution.
#[derive(Debug, Clone, Copy)]
struct Normal {
    middle: f32,
    sigma: f32,
}

/// How many standard deviations of a core are told apart where it is hardly wider than a pixel: what lies beyond, less than
/// a thousandth, is counted in the outermost pixels.
const TINY_REACH: f32 = 3.3;
/// Up to these widths such a core touches two and three pixels a side at most. No pixel can tell its form, only its mass.
const TINIEST: f32 = 0.5 / TINY_REACH;
const TINY: f32 = 1.0 / TINY_REACH;

/// Room for the factors of one core.
#[derive(Debug, Clone, Default)]
pub(super) struct Factors {
    columns: Vec<f32>,
    rows: Vec<f32>,
}

/// Below this a Gaussian is narrower than any pixel can tell.
const MIN_SIGMA: f32 = 1e-3;
/// Below this covariance, in square pixels, no pixel can tell which way a core leans.
const MIN_LEAN: f32 = 0.02;

impl DotFootprint {
    /// The core of a dot whose middle lies there, in pixels of the raster. A turned-away core is as dark in its middle as a
    /// facing one and takes as much less light as it is seen smaller.
    pub(super) fn new(dot: &Dot, ink: &Ink, x: f32, y: f32) -> Self {
        let [xx, xy, yy] = dot.shape;
        let sigma = ink.core_sigma * dot.size;
        let variance = sigma * sigma;
        let seen = seen(dot.shape);
        let is_tiny = widened(sigma, ink.blur_sigma) <= TINY;
        let (wide, tall) = if is_tiny { (seen.sqrt(), seen.sqrt()) } else { (xx.sqrt(), yy.sqrt()) };
        // A darker dot of the same ink takes more light, but no more than all.
        let peak = (ink.core_peak * dot.strength).clamp(0.0, 1.0);
        Self {
            x,
            y,
            // The photo's blur does not lean with the skin.
            across: widened(sigma * wide, ink.blur_sigma).max(MIN_SIGMA),
            down: widened(sigma * tall, ink.blur_sigma).max(MIN_SIGMA),
            covariance: variance * xy,
            mass: peak * std::f32::consts::TAU * variance * seen,
        }
    }

    /// Takes its light from each pixel of a raster of that size.
    pub(super) fn take(&self, rect: PixelRect, light: &mut [f32], factors: &mut Factors) {
        if !(self.mass > 0.0 && self.x.is_finite() && self.y.is_finite()) {
            return;
        }
        let tiny = match self.across {
            sigma if sigma != self.down || sigma > TINY => None,
            sigma if sigma > TINIEST => self.take_tiny::<3>(rect, light),
            _ => self.take_tiny::<2>(rect, light),
        };
        if tiny.is_some() {
            return;
        }
        let (across, down) =
            (Normal { middle: self.x, sigma: self.across }, Normal { middle: self.y, sigma: self.down });
        let Factors { columns, rows } = factors;
        let Some(first_row) = down.shares(rect.height, rows) else { return };
        if self.covariance.abs() > MIN_LEAN {
            return self.take_leaning(rect, light, (first_row, rows), columns);
        }
        let Some(first_column) = across.shares(rect.width, columns) else { return };
        for (index, share) in rows.iter().enumerate() {
            darken(rest(light, (first_row + index) * rect.width + first_column), columns, self.mass * share);
        }
    }

    /// A core that touches `N` pixels a side at most and none beyond the raster, as most do in a photo that is seen whole.
    /// Hardly other numbers than for any other core, in a fraction of the time.
    fn take_tiny<const N: usize>(&self, rect: PixelRect, light: &mut [f32]) -> Option<()> {
        let widths = (self.across * TINY_REACH, 1.0 / self.across);
        let (column, columns) = few_shares::<N>(self.x, widths, rect.width)?;
        let (row, rows) = few_shares::<N>(self.y, widths, rect.height)?;
        for (row, share) in (row..).zip(&rows) {
            darken(rest(light, row * rect.width + column), &columns, self.mass * share);
        }
        Some(())
    }

    /// Row by row: where the core leans, its middle moves from row to row, and what is seen of it in one row is narrower
    /// than the whole.
    fn take_leaning(&self, rect: PixelRect, light: &mut [f32], rows: (usize, &[f32]), columns: &mut Vec<f32>) {
        let lean = self.covariance / (self.down * self.down);
        let narrowed = (self.across * self.across - lean * self.covariance).max(0.0);
        for (row, share) in (rows.0..).zip(rows.1) {
            if *share < MIN_SHARE {
                continue;
            }
            let (mean, variance) = within(row as f32, self.y, self.down, *share);
            let sigma = (narrowed + lean * lean * variance).sqrt().max(MIN_SIGMA);
            let across = Normal { middle: self.x + lean * mean, sigma };
            if let Some(first) = across.shares(rect.width, columns) {
                darken(rest(light, row * rect.width + first), columns, self.mass * share);
            }
        }
    }
}

/// The share of a core below which a row of it is not drawn.
const MIN_SHARE: f32 = 1e-5;

/// Mean and variance of the part of a normal distribution that lies in one pixel, seen from the distribution's middle.
fn within(pixel: f32, middle: f32, sigma: f32, share: f32) -> (f32, f32) {
    let density = |z: f32| (-z * z / 2.0).exp() / std::f32::consts::TAU.sqrt();
    let (a, b) = ((pixel - middle) / sigma, (pixel + 1.0 - middle) / sigma);
    let mean = (density(a) - density(b)) / share;
    let variance = 1.0 + (a * density(a) - b * density(b)) / share - mean * mean;
    // Far out, where the share is small, rounding must not lead out of the pixel. No clamp: that panics where a dot stands
    // nowhere.
    (mean.max(a).min(b) * sigma, variance.max(0.0).min((b - a) * (b - a) / 4.0) * sigma * sigma)
}

fn rest(light: &mut [f32], start: usize) -> &mut [f32] {
    light.get_mut(start..).unwrap_or_default()
}

/// Takes light from the first pixels of a row.
fn darken(line: &mut [f32], columns: &[f32], taken: f32) {
    for (left, share) in line.iter_mut().zip(columns) {
        *left *= 1.0 - taken * share;
    }
}

/// The shares of a normal distribution in the first pixel that it touches and those behind it, `N` in all, which must hold
/// it. Its widths are its reach and one over its standard deviation. `None` when they do not lie within a row of `count`.
fn few_shares<const N: usize>(middle: f32, (reach, per_sigma): (f32, f32), count: usize) -> Option<(usize, [f32; N])> {
    let start = middle - reach;
    let first = start.max(0.0) as usize;
    if start < 0.0 || first + N > count {
        return None;
    }
    let mut before = 0.0;
    let shares = std::array::from_fn(|place| {
        let edge = (first + place + 1) as f32 - middle;
        let after = if place + 1 < N { below(edge * per_sigma) } else { 1.0 };
        after - std::mem::replace(&mut before, after)
    });
    Some((first, shares))
}

impl Normal {
    /// Its share in each pixel of a row of `count`, from the first pixel that it touches on. `None` when it touches none.
    fn shares(self, count: usize, shares: &mut Vec<f32>) -> Option<usize> {
        let reach = self.sigma * CORE_REACH;
        let first = (self.middle - reach).floor().max(0.0);
        let last = (self.middle + reach).floor().min(count as f32 - 1.0);
        shares.clear();
        if first > last {
            return None;
        }
        let per_sigma = 1.0 / self.sigma;
        let mut before = below((first - self.middle) * per_sigma);
        for pixel in first as usize..=last as usize {
            let after = below(((pixel + 1) as f32 - self.middle) * per_sigma);
            shares.push(after - before);
            before = after;
        }
        Some(first as usize)
    }
}

/// Steps of the table of the normal distribution per standard deviation.
const STEPS: usize = 256;
/// Entries of the table: two at each end are level, so that what lies beyond is read without asking.
const ENTRIES: usize = 2 * CORE_REACH as usize * STEPS + 3;

/// The share of a normal distribution below a number of standard deviations.
fn below(deviations: f32) -> f32 {
    static TABLE: LazyLock<[f32; ENTRIES]> = LazyLock::new(normal_table);
    let place = (deviations + CORE_REACH) * STEPS as f32 + 1.0;
    let index = (place as usize).min(ENTRIES - 2);
    let share = place - index as f32;
    let (low, high) = (TABLE.get(index), TABLE.get(index + 1));
    let (low, high) = (low.copied().unwrap_or(1.0), high.copied().unwrap_or(1.0));
    low + (high - low) * share
}

/// The distribution by Simpson's rule from step to step, scaled so that the whole is one.
fn normal_table() -> [f32; ENTRIES] {
    let width = 1.0 / STEPS as f64;
    let at = |entry: usize| (entry as f64 - 1.0) * width - f64::from(CORE_REACH);
    let density = |z: f64| (-z * z / 2.0).exp();
    let piece = |entry: usize| density(at(entry)) + 4.0 * density(at(entry) + width / 2.0) + density(at(entry + 1));
    let inner = 1..ENTRIES - 2;
    let whole: f64 = inner.clone().map(piece).sum();
    let mut sum = 0.0;
    std::array::from_fn(|entry| {
        let share = sum / whole;
        if inner.contains(&entry) {
            sum += piece(entry);
        }
        share as f32
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECT: PixelRect = PixelRect { x: 0, y: 0, width: 120, height: 120 };

    fn light_of(shape: [f32; 3], sigma: f32, (x, y): (f32, f32)) -> Vec<f32> {
        let ink = Ink {
            core_sigma: sigma,
            blur_sigma: 0.0,
            core_peak: 0.6,
            halo_sigma: 1.0,
            halo_pitch: 0.0,
            halo_mass: 0.0,
            halo_crowding: 0.0,
            tint: [1.0; 3],
            display: [2.2; 3],
        };
        let dot = Dot { x, y, size: 1.1, strength: 0.9, shape };
        let mut light = vec![1.0; 120 * 120];
        DotFootprint::new(&dot, &ink, x, y).take(RECT, &mut light, &mut Factors::default());
        light
    }

    /// The light taken, and the covariance of where.
    fn moments(light: &[f32]) -> (f64, [f64; 3]) {
        let at = |index: usize| ((index % 120) as f64 + 0.5, (index / 120) as f64 + 0.5);
        let sum = |value: &dyn Fn(f64, f64) -> f64| {
            let taken = light.iter().enumerate().map(|(index, left)| (at(index), 1.0 - f64::from(*left)));
            taken.map(|((x, y), taken)| taken * value(x, y)).sum::<f64>()
        };
        let mass = sum(&|_, _| 1.0);
        let (x, y) = (sum(&|x, _| x) / mass, sum(&|_, y| y) / mass);
        let pixel = 1.0 / 12.0;
        let xx = sum(&|at, _| (at - x).powi(2)) / mass - pixel;
        let yy = sum(&|_, at| (at - y).powi(2)) / mass - pixel;
        (mass, [xx, sum(&|a, b| (a - x) * (b - y)) / mass, yy])
    }

    #[test]
    fn a_core_keeps_its_mass_and_its_form_at_any_size_lean_and_place() {
        for shape in [[1.0, 0.0, 1.0], [1.0, 0.0, 0.2], [0.7, 0.45, 0.5], [0.5, -0.48, 0.6_f32]] {
            for sigma in [0.05, 0.2, 0.45, 1.0, 4.0_f32] {
                for offset in [0.0, 0.25, 0.5, 0.93] {
                    let (mass, covariance) = moments(&light_of(shape, sigma, (60.0 + offset, 60.0 + offset / 3.0)));
                    let variance = (f64::from(sigma) * 1.1).powi(2);
                    let [xx, xy, yy] = shape.map(f64::from);
                    let expected = 0.54 * std::f64::consts::TAU * variance * (xx * yy - xy * xy).sqrt();
                    let name = format!("shape {shape:?}, sigma {sigma}, offset {offset}: {mass} {covariance:?}");
                    assert!((mass / expected - 1.0).abs() < 2e-3, "{name}, expected {expected}");
                    if sigma >= 1.0 {
                        for (seen, exact) in covariance.iter().zip(shape.map(|value| f64::from(value) * variance)) {
                            assert!((seen - exact).abs() < 0.02 * variance + 0.02, "{name}, expected {exact}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn no_pixel_loses_more_than_the_middle_of_the_core() {
        for shape in [[1.0, 0.0, 1.0], [0.7, 0.45, 0.5], [1.0, 0.99, 1.0], [1.0, 1.0, 1.0], [1.0, 0.0, 0.0]] {
            for sigma in [0.5, 4.0] {
                let light = light_of(shape, sigma, (60.3, 59.8));
                assert!(light.iter().all(|left| (0.44..=1.0).contains(left)), "{shape:?}, {sigma}");
            }
        }
    }

    #[test]
    fn a_core_at_the_rim_is_cut_and_not_lost() {
        let taken = |x: f32, y: f32| moments(&light_of([1.0, 0.0, 1.0], 2.0, (x, y))).0;
        let share = taken(0.0, 60.0) / taken(60.0, 60.0);
        assert!((share - 0.5).abs() < 0.01, "{share}");
        for (x, y) in [(-500.0, 60.0), (f32::NAN, 60.0), (60.0, f32::NAN), (1e30, -1e30)] {
            for shape in [[1.0, 0.0, 1.0], [0.7, 0.45, 0.5]] {
                assert!(light_of(shape, 2.0, (x, y)).iter().all(|left| *left == 1.0), "{shape:?} at {x} {y}");
            }
        }
    }

    #[test]
    fn a_pixel_beside_a_core_that_is_nowhere_does_not_stop_the_program() {
        let (mean, variance) = within(3.0, f32::NAN, 2.0, 0.5);
        assert!(mean.is_nan() && variance == 0.0, "{mean} {variance}");
    }

    #[test]
    fn the_table_is_the_normal_distribution() {
        let exact =
            [(-1e6, 0.0), (-4.0, 0.0), (-1.0, 0.158_655), (0.0, 0.5), (1.96, 0.975_002), (4.0, 1.0), (1e6, 1.0)];
        for (deviations, share) in exact {
            assert!((below(deviations) - share).abs() < 4e-5, "{deviations}: {}", below(deviations));
        }
        assert_eq!((below(-4.1), below(4.0), below(1e7)), (0.0, 1.0, 1.0));
    }

    #[test]
    fn a_core_without_a_form_is_nothing() {
        for shape in [[f32::NAN, 0.0, 1.0], [-1.0, 0.0, 1.0], [1.0, 5.0, 1.0]] {
            assert!(light_of(shape, 2.0, (60.0, 60.0)).iter().all(|left| *left == 1.0), "{shape:?}");
        }
    }
}
