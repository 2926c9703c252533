//! The fine texture of skin or of a wall: a small square of it, and as much more of it as is wanted.
//!
//! A sample is laid down again and again with a random part of it at each corner of a net of triangles; between the corners its parts
//! are mixed so that their contrast is kept (Heitz and Neyret, "High-Performance By-Example Noise using a Histogram-Preserving
//! Blending Operator", 2018; the values are near enough to a normal distribution to be mixed as they are).

use super::layer::{Frame, Layer, weighted_means};
use crate::engine::color::{light_of, luminance};
use crate::engine::geometry::{PhotoPoint, median};
use crate::engine::render::PixelRect;

/// How far apart the corners of the net stand, as a share of the sample's side.
const SPACING: f64 = 0.3;
/// Height of a triangle of side one.
const HEIGHT: f64 = 0.866_025_403_784_438_6;
/// A value farther from its surroundings is cut: no spot may show again and again.
const MOST: f32 = 0.3;
/// Of what is coarser than three texels no more is kept than so many times the middle of it: no wrinkle may show again and again.
const COARSE: f32 = 2.0;
/// How much the colour of a texture differs from place to place at most beside its light, in the middle of all places: pores and
/// creases are shades of one colour, and what is more is a camera's noise.
const COLOURED: f32 = 0.3;
/// Sizes of grain that a sample is kept at.
const LEVELS: usize = 6;
/// Of all squares that could be the sample, the one is taken whose coarse unevenness is greater than in this share of them: neither
/// where the photo is blurred or burnt out, nor wrinkles, which would show again and again.
const UNEVENNESS: f64 = 0.1;

/// A sample of texture: by which share each place is lighter than its surroundings.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grain {
    /// Photo pixels of a texel.
    pitch: f64,
    /// The sample at each size, row by row, each half as large as the one before.
    levels: Vec<Layer<[f32; 3]>>,
    /// Between corners, texels, and to how many texels places are rounded, so that nothing is blurred by reading between texels.
    spacing: f64,
    whole: f64,
    seed: u32,
    gain: f32,
    /// Where in the photo it was taken.
    source: Option<Source>,
}

/// Where a sample was taken.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Source {
    /// The sample with what counts as around it.
    rect: PixelRect,
    /// How far around a place counts, photo pixels.
    around: usize,
}

/// A part of a sample: its middle, texels, and how it is turned.
#[derive(Debug, Clone, Copy)]
struct Part {
    at: (f64, f64),
    turn: u32,
}

/// The sample's place in what was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SampleAt {
    pub(super) column: usize,
    pub(super) row: usize,
    pub(super) side: usize,
}

/// By which share each cell that counts is lighter than the mean around it up to that radius; 0 where it does not count.
pub(super) fn residual(light: &Layer<[f32; 3]>, weights: &Layer<f32>, radius: usize) -> Layer<[f32; 3]> {
    let (once, sums) = weighted_means(light, weights, radius);
    let known = sums.map(|sum| if sum > 0.0 { 1.0 } else { 0.0 });
    let (smooth, _) = weighted_means(&once, &known, radius / 2 + 1);
    let share = |((light, smooth), weight): (([f32; 3], [f32; 3]), f32)| {
        let mut share = [0.0; 3];
        for ((share, light), smooth) in share.iter_mut().zip(light).zip(smooth) {
            *share = if weight > 0.0 && smooth > 1e-4 { (light / smooth - 1.0).clamp(-MOST, MOST) } else { 0.0 };
        }
        share
    };
    let lights = light.values.iter().copied().zip(smooth.values.iter().copied());
    Layer { frame: light.frame, values: lights.zip(weights.values.iter().copied()).map(share).collect() }
}

/// A square of cells that all count, of little unevenness: as large as wanted, or smaller down to a third; `None` where there is none.
pub(super) fn sample_at(residual: &Layer<[f32; 3]>, weights: &Layer<f32>, wanted: usize) -> Option<SampleAt> {
    let (coarse, _) = weighted_means(residual, &weights.map(|_| 1.0), 1);
    [wanted, wanted * 3 / 4, wanted / 2, wanted / 3]
        .into_iter()
        .filter(|side| *side >= 8)
        .find_map(|side| square(&coarse, weights, side))
}

/// Of squares of a side the one that is to be the sample.
fn square(residual: &Layer<[f32; 3]>, weights: &Layer<f32>, side: usize) -> Option<SampleAt> {
    let frame = residual.frame;
    let half = side / 2;
    let of_cell = |(value, weight): (&[f32; 3], &f32)| {
        let [_, green, _] = value;
        [green * green, if *weight > 0.0 { 0.0 } else { 1.0 }]
    };
    let cells: Vec<[f32; 2]> = residual.values.iter().zip(&weights.values).map(of_cell).collect();
    let sums = super::layer::box_sums(frame, &cells, half);
    let step = (side / 6).max(1);
    let rows = (half..frame.rows.saturating_sub(half)).step_by(step);
    let places = rows.flat_map(|row| (half..frame.columns.saturating_sub(half)).step_by(step).map(move |c| (c, row)));
    let mut found: Vec<(f32, SampleAt)> = places
        .filter_map(|(column, row)| {
            let [uneven, missing] = sums.get(row * frame.columns + column).copied()?;
            let at = SampleAt { column: column - half, row: row - half, side: 2 * half };
            (missing == 0.0).then_some((uneven, at))
        })
        .collect();
    found.sort_by(|a, b| f32::total_cmp(&a.0, &b.0));
    found.get((found.len() as f64 * UNEVENNESS) as usize).map(|(_, at)| *at)
}

impl Grain {
    /// No texture.
    pub(super) fn none() -> Self {
        Self { pitch: 1.0, levels: Vec::new(), spacing: 1.0, whole: 1.0, seed: 0, gain: 0.0, source: None }
    }

    /// The texture of a square, its contrast changed by a factor.
    pub(super) fn new(residual: &Layer<[f32; 3]>, at: SampleAt, seed: u32, gain: f32) -> Self {
        let SampleAt { column, row, side } = at;
        let frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: side, rows: side };
        let sample = Layer::of(frame, |right, down| residual.cell((column + right) as isize, (row + down) as isize));
        let sample = without_lines(&sample);
        let mut mean = [0.0; 3];
        for value in &sample.values {
            mean.iter_mut().zip(value).for_each(|(mean, value)| *mean += value / (side * side) as f32);
        }
        let mut levels = vec![less_coloured(&sample.map(|value| less(value, mean)))];
        while levels.len() < LEVELS {
            let Some(last) = levels.last().filter(|last| last.frame.columns >= 4) else { break };
            levels.push(halved(last));
        }
        let spacing = side as f64 * SPACING;
        let mut whole = 1.0;
        while whole * 12.0 <= spacing && whole < 8.0 {
            whole *= 2.0;
        }
        Self { pitch: residual.frame.pitch, levels, spacing, whole, seed, gain, source: None }
    }

    /// The same, which remembers where in the photo its square was taken; so many photo pixels counted as around a place.
    pub(super) fn taken(self, frame: Frame, at: SampleAt, around: f64) -> Self {
        let around = around.max(1.0) as usize;
        let cell = |cells: usize| (cells as f64 * frame.pitch) as usize;
        let (x, y) = (frame.origin.x + cell(at.column) as f64, frame.origin.y + cell(at.row) as f64);
        let corner = |place: f64| place as i32 - around as i32;
        let side = cell(at.side) + 2 * around;
        let rect = PixelRect { x: corner(x), y: corner(y), width: side, height: side };
        Self { source: Some(Source { rect, around }), ..self }
    }

    /// Where in the photo its sample lies with what counts as around it, where that is all inside a photo of that size; `None` where
    /// the photo has no more to show than what was looked at.
    pub(super) fn wanted(&self, (width, height): (usize, usize)) -> Option<PixelRect> {
        let Source { rect, .. } = self.source.filter(|_| self.pitch > 1.0)?;
        let is_inside = rect.x >= 0
            && rect.y >= 0
            && rect.x as usize + rect.width <= width
            && rect.y as usize + rect.height <= height;
        is_inside.then_some(rect)
    }

    /// The same texture from the photo's own pixels there, RGBA row by row.
    pub(super) fn finer(&self, pixels: &[u8]) -> Option<Self> {
        let Source { rect, around } = self.source?;
        let colours = pixels.as_chunks::<4>().0;
        if colours.len() != rect.width * rect.height {
            return None;
        }
        let frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: rect.width, rows: rect.height };
        let light = colours.iter().map(|[red, green, blue, _]| [*red, *green, *blue].map(light_of)).collect();
        let light = Layer { frame, values: light };
        let residual = residual(&light, &Layer::of(frame, |_, _| 1.0), around);
        let at = SampleAt { column: around, row: around, side: rect.width - 2 * around };
        Some(Self { source: self.source, ..Self::new(&residual, at, self.seed, self.gain) })
    }

    /// The same with another contrast: the middle of its deviations in green becomes that, as far as its change is believed.
    pub(super) fn with_contrast(self, wanted: Option<f32>, (least, most): (f32, f32)) -> Self {
        let sample = self.levels.first().map_or(&[][..], |sample| &sample.values);
        let seen = median(sample.iter().map(|[_, green, _]| f64::from(green.abs())));
        let gain = match (wanted, seen) {
            (Some(wanted), Some(seen)) if seen > 0.0 => (wanted / seen as f32).max(least).min(most),
            _ => 1.0,
        };
        Self { gain: self.gain * gain, ..self }
    }

    /// Which size of grain belongs to pixels of so many photo pixels.
    pub(super) fn level(&self, pixel: f64) -> usize {
        let mut texels = pixel / self.pitch;
        let mut level = 0;
        while texels > 1.5 && level + 1 < self.levels.len() {
            texels *= 0.5;
            level += 1;
        }
        level
    }

    /// By which share a place is lighter than its surroundings.
    pub(super) fn at(&self, point: PhotoPoint, level: usize) -> [f32; 3] {
        let Some(sample) = self.levels.get(level) else { return [0.0; 3] };
        let (x, y) = (point.x / self.pitch, point.y / self.pitch);
        let (across, down) = (x / self.spacing, y / (self.spacing * HEIGHT));
        let along = across - down * 0.5;
        let (column, row) = (along.floor(), down.floor());
        let (right, below) = (along - column, down - row);
        let (column, row) = (column as i32, row as i32);
        let upper = right + below < 1.0;
        let corners = if upper {
            [(column, row, 1.0 - right - below), (column + 1, row, right), (column, row + 1, below)]
        } else {
            let (left, above) = (1.0 - right, 1.0 - below);
            [(column + 1, row + 1, right + below - 1.0), (column + 1, row, above), (column, row + 1, left)]
        };
        let size = (1_u32 << level) as f64;
        let (mut sum, mut squares) = ([0.0; 3], 0.0);
        for (column, row, share) in corners {
            let share = share as f32;
            let Part { at: (u, v), turn } = self.part(column, row);
            let (corner_x, corner_y) = self.corner(column, row);
            let (right, down) = turned(turn, x - corner_x, y - corner_y);
            let value = sample.at_place((u + right) / size - 0.5, (v + down) / size - 0.5);
            sum.iter_mut().zip(value).for_each(|(sum, value)| *sum += share * value);
            squares += share * share;
        }
        let gain = self.gain / squares.sqrt();
        sum.map(|sum| sum * gain)
    }

    /// Where a corner of the net lies, texels.
    fn corner(&self, column: i32, row: i32) -> (f64, f64) {
        let x = (f64::from(column) + f64::from(row) * 0.5) * self.spacing;
        let y = f64::from(row) * HEIGHT * self.spacing;
        (self.rounded(x), self.rounded(y))
    }

    fn rounded(&self, texels: f64) -> f64 {
        (texels / self.whole + 0.5).floor() * self.whole
    }

    /// Which part of the sample lies at a corner: by chance, and so far inside that all around it is sample too.
    fn part(&self, column: i32, row: i32) -> Part {
        let side = self.levels.first().map_or(1, |sample| sample.frame.columns) as f64;
        let mixed = mixed((column as u32).wrapping_mul(0x9e37_79b9) ^ mixed(row as u32 ^ self.seed));
        let margin = self.spacing + self.whole;
        let room = (side - 2.0 * margin).max(0.0);
        let share = |bits: u32| f64::from(bits & 0xfff) / 4096.0;
        let at = (self.rounded(margin + room * share(mixed)), self.rounded(margin + room * share(mixed >> 12)));
        Part { at, turn: mixed >> 24 }
    }
}

/// A sample without what is coarse and strong.
fn without_lines(sample: &Layer<[f32; 3]>) -> Layer<[f32; 3]> {
    let (coarse, _) = weighted_means(sample, &sample.map(|_| 1.0), 1);
    let middle = median(coarse.values.iter().map(|[_, green, _]| f64::from(green.abs()))).unwrap_or(0.0) as f32;
    let most = COARSE * middle;
    let over = |coarse: [f32; 3]| coarse.map(|share| share - share.max(-most).min(most));
    let values = sample.values.iter().zip(&coarse.values).map(|(value, coarse)| less(*value, over(*coarse)));
    Layer { frame: sample.frame, values: values.collect() }
}

/// A sample whose colour differs no more than is believed.
fn less_coloured(sample: &Layer<[f32; 3]>) -> Layer<[f32; 3]> {
    let colour = |value: [f32; 3]| value.map(|share| share - luminance(value));
    let of_light = median(sample.values.iter().map(|value| f64::from(luminance(*value).abs())));
    let of_colour = median(sample.values.iter().map(|value| f64::from(luminance(colour(*value).map(f32::abs)))));
    let (Some(of_light), Some(of_colour)) = (of_light, of_colour.filter(|colour| *colour > 0.0)) else {
        return sample.clone();
    };
    let kept = (f64::from(COLOURED) * of_light / of_colour).min(1.0) as f32;
    sample.map(|value| less(value, colour(value).map(|colour| colour * (1.0 - kept))))
}

fn less([a, b, c]: [f32; 3], [d, e, f]: [f32; 3]) -> [f32; 3] {
    [a - d, b - e, c - f]
}

/// A way turned by half or not: texture runs as it does in the sample, and across it nothing is woven.
fn turned(turn: u32, x: f64, y: f64) -> (f64, f64) {
    if turn & 1 == 0 { (x, y) } else { (-x, -y) }
}

fn halved(sample: &Layer<[f32; 3]>) -> Layer<[f32; 3]> {
    let frame = Frame { columns: sample.frame.columns / 2, rows: sample.frame.rows / 2, ..sample.frame };
    Layer::of(frame, |column, row| {
        let (column, row) = (2 * column as isize, 2 * row as isize);
        let mut sum = [0.0; 3];
        for (right, down) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let value = sample.cell(column + right, row + down);
            sum.iter_mut().zip(value).for_each(|(sum, value)| *sum += value * 0.25);
        }
        sum
    })
}

/// A number that looks like chance.
fn mixed(mut value: u32) -> u32 {
    value = (value ^ (value >> 16)).wrapping_mul(0x7feb_352d);
    value = (value ^ (value >> 15)).wrapping_mul(0x846c_a68b);
    value ^ (value >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: 96, rows: 96 };

    fn speckles() -> (Layer<[f32; 3]>, Layer<f32>) {
        let light = Layer::of(FRAME, |column, row| {
            let chance = mixed(column as u32 * 977 + row as u32 * 131_071) % 1000;
            [0.4 + 0.04 * (chance as f32 / 500.0 - 1.0); 3]
        });
        (light, Layer::of(FRAME, |_, _| 1.0))
    }

    fn contrast(values: impl Iterator<Item = f32>) -> f32 {
        let values: Vec<f32> = values.collect();
        (values.iter().map(|value| value * value).sum::<f32>() / values.len() as f32).sqrt()
    }

    #[test]
    fn as_much_texture_as_is_wanted_has_the_contrast_of_the_sample_at_every_size() {
        let (light, weights) = speckles();
        let residual = residual(&light, &weights, 6);
        let at = sample_at(&residual, &weights, 64).unwrap();
        let grain = Grain::new(&residual, at, 7, 1.0);
        for level in 0..2 {
            let size = f64::from(1_u32 << level);
            let place = |index: i32| f64::from(index % 200) * size + size / 2.0;
            let more = (0..40_000).map(|index| grain.at(PhotoPoint::new(place(index), place(index / 200)), level)[1]);
            let (more, sample) = (contrast(more), contrast(grain.levels[level].values.iter().map(|value| value[1])));
            assert!((more / sample - 1.0).abs() < 0.1, "level {level}: {more} of {sample}");
        }
    }

    #[test]
    fn creases_run_one_way() {
        let slanted = Layer::of(FRAME, |column, row| {
            let dark = mixed((column + row) as u32 / 2) % 1000;
            [0.4 + 0.04 * (dark as f32 / 500.0 - 1.0); 3]
        });
        let weights = slanted.map(|_| 1.0);
        let residual = residual(&slanted, &weights, 6);
        let grain = Grain::new(&residual, sample_at(&residual, &weights, 64).unwrap(), 7, 1.0);
        let changes = |(right, down): (f64, f64)| {
            let place = |index: i32| (f64::from(index % 200) + 0.5, f64::from(index / 200) + 0.5);
            contrast((0..40_000).map(place).map(|(x, y)| {
                grain.at(PhotoPoint::new(x + right, y + down), 0)[1] - grain.at(PhotoPoint::new(x, y), 0)[1]
            }))
        };
        let (along, across) = (changes((2.0, -2.0)), changes((2.0, 2.0)));
        assert!(along < 0.5 * across, "{along} along creases, {across} across");
    }

    #[test]
    fn a_texture_differs_in_light_more_than_in_colour() {
        let (light, weights) = speckles();
        let noisy = Layer::of(FRAME, |column, row| {
            let chance = mixed(column as u32 * 7919 + row as u32 * 15_485_863) % 1000;
            let [red, green, blue] = light.cell(column as isize, row as isize);
            let colour = 0.06 * (chance as f32 / 500.0 - 1.0);
            [red + colour, green - colour * 0.3, blue]
        });
        let colour = |light: &Layer<[f32; 3]>| {
            let residual = residual(light, &weights, 6);
            let grain = Grain::new(&residual, sample_at(&residual, &weights, 64).unwrap(), 7, 1.0);
            let values = &grain.levels[0].values;
            let of_light = contrast(values.iter().map(|value| luminance(*value)));
            contrast(values.iter().map(|value| value[0] - luminance(*value))) / of_light
        };
        let (grey, noisy) = (colour(&light), colour(&noisy));
        assert!(grey < 0.01 && (0.1..0.8).contains(&noisy), "{grey} {noisy}");
    }

    #[test]
    fn a_place_has_its_texture_whatever_was_asked_before_and_another_seed_another_one() {
        let (light, weights) = speckles();
        let residual = residual(&light, &weights, 6);
        let at = sample_at(&residual, &weights, 64).unwrap();
        let grain = |seed| Grain::new(&residual, at, seed, 1.0);
        let here = PhotoPoint::new(300.5, 412.5);
        let value = grain(7).at(here, 0);
        grain(7).at(here.moved(9.0, 9.0), 0);
        assert_eq!(grain(7).at(here, 0), value);
        assert_ne!(grain(8).at(here, 0), value);
    }

    #[test]
    fn the_photos_own_pixels_make_the_texture_finer() {
        let (light, weights) = speckles();
        let coarse = residual(&light, &weights, 6);
        let at = sample_at(&coarse, &weights, 32).unwrap();
        let photo = Frame { pitch: 4.0, ..FRAME };
        let coarse = Layer { frame: photo, ..coarse };
        let grain = Grain::new(&coarse, at, 7, 0.8).taken(photo, at, 20.0);
        let rect = grain.wanted((384, 384)).unwrap();
        assert_eq!((rect.x, rect.width), (at.column as i32 * 4 - 20, at.side * 4 + 40));
        assert_eq!(grain.wanted((rect.x as usize + rect.width - 1, 384)), None);
        let pixel = |index: usize| [120, 110, 100 + (mixed(index as u32) % 20) as u8, 255];
        let pixels: Vec<u8> = (0..rect.width * rect.height).flat_map(pixel).collect();
        let finer = grain.finer(&pixels).unwrap();
        assert_eq!((finer.pitch, finer.gain, finer.levels[0].frame.columns), (1.0, 0.8, at.side * 4));
        assert_eq!((finer.level(1.0), grain.level(4.0), finer.level(4.0)), (0, 0, 2));
        assert_eq!(grain.finer(&pixels[4..]), None);
    }

    #[test]
    fn a_sample_is_taken_only_where_all_counts() {
        let (light, _) = speckles();
        let weights = Layer::of(FRAME, |column, _| if (30..70).contains(&column) { 1.0 } else { 0.0 });
        let residual = residual(&light, &weights, 6);
        let at = sample_at(&residual, &weights, 64).unwrap();
        assert!(at.side == 32 && at.column >= 30 && at.column + at.side <= 70, "{at:?}");
        assert_eq!(sample_at(&residual, &weights.map(|_| 0.0), 64), None);
    }
}
