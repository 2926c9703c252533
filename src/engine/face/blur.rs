//! How blurred a picture is at the head, by its sharpest edges.
//!
//! An edge that is blurred by a Gaussian is as much less steep as that is wide. Blurred once more, by a Gaussian that is known, it
//! becomes less steep by a ratio that tells the first one (Zhuo and Sim, Pattern Recognition 2011), whatever the edge's contrast.
//! Most edges of a head are soft in themselves: shades, lips, a nose. So the sharper ones count, and what they are blurred by is what
//! the picture is blurred by. Lines that are finer than the blur look sharper than they are: the blur is told too small rather than
//! too large.

use super::found_face::FoundFace;
use super::picture::SourcePicture;
use crate::engine::geometry::{PhotoPx, PhotoRect};

/// Variance of a pixel's own square, and of the difference of its neighbours, which is taken for the steepness: between a third
/// across and a sixth aslant. Square pixels, as are all variances here.
const PIXEL: f32 = 1.0 / 12.0;
const DIFFERENCE: f32 = 0.25;
/// The variance of weighing a pixel's neighbours by 1, 2, 1.
const SMOOTHING: f32 = 0.5;
/// How often a picture is smoothed against its noise, and how often more to be compared with that.
const FIRST: u8 = 1;
const MORE: u8 = 4;
/// What is wider is looked at in a picture of half the size, too: it has less noise, but shows fine lines sharper than they are.
const WIDE: f32 = 1.0;
/// What a sharp picture's edges are blurred by: 0.35 pixels. Nine of ten sharp portraits are told to have less.
const SHARP: f32 = 0.12;
/// The contrast from which on an edge counts, levels.
const STRONG: f32 = 30.0;
/// The share of the strong edges that are sharper than what is told of all.
const SHARPER: f32 = 0.25;
/// Fewer edges say nothing.
const MIN_EDGES: usize = 60;
/// By how much an edge may be off the picture's rim, pixels: as far as smoothing reaches.
const RIM: usize = (FIRST + MORE) as usize + 1;
/// How much of a face's breadth is looked at beside it: ears.
const BESIDE: f64 = 0.15;
/// Pixels along a side that are looked at at the most.
const MAX_SIDE: f64 = 1024.0;
/// Where most pictures have a head, shares of their width and height.
const MIDDLE: [f64; 4] = [0.15, 0.05, 0.85, 0.70];

/// The part of a photo of that size where its blur is looked for: its face with the ears, or its middle, where most pictures have a
/// head; no more of it than can be looked at in a moment.
#[must_use]
pub fn blur_area(face: Option<&FoundFace>, (width, height): (f64, f64)) -> PhotoRect {
    let [left, above, right, below] = MIDDLE;
    let middle = PhotoRect::new(width * left, height * above, width * right, height * below);
    let area = face.map_or(middle, |face| {
        let around = PhotoRect::around(&face.landmarks.oval);
        around.inflated(BESIDE * (around.x1 - around.x0))
    });
    let most = PhotoRect::around([&area.middle()]).inflated(MAX_SIDE / 2.0);
    area.intersection(most).intersection(PhotoRect::of_size(width, height))
}

/// The standard deviation of a picture's blur, where it is a Gaussian. None where that is less than a sharp picture's, or where too few
/// edges are seen. Costs some hundred operations a pixel. The same picture gives the same bits on every machine.
#[must_use]
pub fn photo_blur(picture: &SourcePicture<'_>) -> PhotoPx {
    let variance = Levels::of(picture).blur_variance().map_or(0.0, |variance| variance - SHARP);
    PhotoPx(f64::from(variance.max(0.0).sqrt()) / picture.zoom)
}

/// Levels of pixels, row by row.
#[derive(Debug, Clone)]
struct Levels {
    values: Vec<f32>,
    width: usize,
}

impl Levels {
    fn of(picture: &SourcePicture<'_>) -> Self {
        let grey = |[r, g, b, _]: &[u8; 4]| (f32::from(*r) + 2.0 * f32::from(*g) + f32::from(*b)) / 4.0;
        let rows = (0..picture.height()).flat_map(|row| picture.row(row, 0..picture.width));
        Self { values: rows.map(grey).collect(), width: picture.width }
    }

    fn height(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// The blur's variance, square pixels; below zero where the picture is sharper than its pixels should be.
    fn blur_variance(&self) -> Option<f32> {
        let here = sharper(self.variances())?;
        let there = if here > WIDE { self.halved().blur_variance() } else { None };
        Some(there.map_or(here, |there| here.max(4.0 * there)))
    }

    /// The variance of the blur at each strong edge.
    fn variances(&self) -> Vec<f32> {
        let first = self.smoothed(FIRST);
        let second = first.smoothed(MORE);
        let mut variances = Vec::new();
        for row in RIM..self.height().saturating_sub(RIM) {
            for column in RIM..self.width.saturating_sub(RIM) {
                let at = row * self.width + column;
                let Some(whole) = first.edge(&second, at).filter(|whole| first.contrast(at, *whole) >= STRONG) else {
                    continue;
                };
                variances.push(whole - f32::from(FIRST) * SMOOTHING - PIXEL - DIFFERENCE);
            }
        }
        variances
    }

    /// How much the levels change over an edge of that variance.
    fn contrast(&self, at: usize, variance: f32) -> f32 {
        self.steepness(at) * (std::f32::consts::TAU * variance).sqrt()
    }

    /// The variance of an edge whose steepest place is there, from the same levels smoothed once more; `None` where no edge is.
    fn edge(&self, smoothed: &Self, at: usize) -> Option<f32> {
        let step = self.step(at);
        let three = |levels: &Self| [at - step, at, at + step].map(|at| levels.steepness(at));
        let [before, steepest, after] = three(self);
        if steepest <= before || steepest < after {
            return None;
        }
        // The steepest place is between pixels: on a parabola through three.
        let off = (before - after) / (2.0 * (before - 2.0 * steepest + after));
        let there = |[before, middle, after]: [f32; 3]| {
            middle + off * (after - before) / 2.0 + off * off * (before - 2.0 * middle + after) / 2.0
        };
        let ratio = there(three(self)) / there(three(smoothed));
        let square = ratio * ratio;
        (square > 1.0).then(|| f32::from(MORE) * SMOOTHING / (square - 1.0))
    }

    /// From a pixel to the next across an edge that runs through it.
    fn step(&self, at: usize) -> usize {
        let (across, down) = self.slope(at);
        let (wide, tall) = (across.abs(), down.abs());
        match () {
            () if wide > 2.0 * tall => 1,
            () if tall > 2.0 * wide => self.width,
            () if (across > 0.0) == (down > 0.0) => self.width + 1,
            () => self.width - 1,
        }
    }

    fn steepness(&self, at: usize) -> f32 {
        let (across, down) = self.slope(at);
        (across * across + down * down).sqrt()
    }

    fn slope(&self, at: usize) -> (f32, f32) {
        let level = |at: usize| self.values.get(at).copied().unwrap_or(0.0);
        ((level(at + 1) - level(at - 1)) / 2.0, (level(at + self.width) - level(at - self.width)) / 2.0)
    }

    fn smoothed(&self, times: u8) -> Self {
        let mut levels = self.clone();
        for _ in 0..times {
            levels = levels.smoothed_along(1).smoothed_along(self.width);
        }
        levels
    }

    fn smoothed_along(&self, step: usize) -> Self {
        let level = |at: usize, or: f32| self.values.get(at).copied().unwrap_or(or);
        let mixed =
            |(at, own): (usize, &f32)| (level(at.wrapping_sub(step), *own) + 2.0 * own + level(at + step, *own)) / 4.0;
        Self { values: self.values.iter().enumerate().map(mixed).collect(), width: self.width }
    }

    fn halved(&self) -> Self {
        let (columns, rows) = (self.width / 2, self.height() / 2);
        let mean = |place: usize| {
            let at = (place / columns * self.width + place % columns) * 2;
            let four = [at, at + 1, at + self.width, at + self.width + 1];
            four.iter().filter_map(|at| self.values.get(*at)).sum::<f32>() / 4.0
        };
        Self { values: (0..columns * rows).map(mean).collect(), width: columns }
    }
}

/// What the sharper ones of the edges are blurred by; `None` of too few.
fn sharper(mut variances: Vec<f32>) -> Option<f32> {
    if variances.len() < MIN_EDGES {
        return None;
    }
    variances.sort_by(f32::total_cmp);
    variances.get((variances.len() as f32 * SHARPER) as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 240;

    /// Chance that is the same each time, 0 to 1.
    struct Chance(u64);

    impl Chance {
        fn next(&mut self) -> f64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 40) as f64 / (1_u64 << 24) as f64
        }

        /// A bell of that standard deviation, of four numbers.
        fn bell(&mut self, sigma: f64) -> f64 {
            ((0..4).map(|_| self.next()).sum::<f64>() - 2.0) * 3.0_f64.sqrt() * sigma
        }
    }

    /// Dark discs of several contrasts on light skin, level by level: eyes, brows and a head's rim have edges in all directions. Each
    /// pixel is the mean of its square.
    fn discs() -> Vec<f64> {
        let discs = [
            (60.0, 60.0, 30.0, 90.0),
            (170.0, 70.0, 41.0, 130.0),
            (75.0, 165.0, 52.0, 60.0),
            (180.0, 180.0, 25.0, 100.0),
        ];
        let level = |x: f64, y: f64| {
            let dark = discs.iter().filter(|(cx, cy, r, _)| (x - cx).powi(2) + (y - cy).powi(2) < r * r);
            190.0 - dark.map(|(.., by)| by).sum::<f64>()
        };
        let fine = |at: usize, step: usize| at as f64 + (step as f64 + 0.5) / 8.0;
        let mean =
            |x: usize, y: usize| (0..64).map(|step| level(fine(x, step % 8), fine(y, step / 8))).sum::<f64>() / 64.0;
        (0..SIDE * SIDE).map(|at| mean(at % SIDE, at / SIDE)).collect()
    }

    fn blurred(levels: &[f64], sigma: f64) -> Vec<f64> {
        let reach = (4.0 * sigma).ceil() as i64;
        let weight = |by: i64| if sigma > 0.0 { (-((by * by) as f64) / (2.0 * sigma * sigma)).exp() } else { 1.0 };
        let whole: f64 = (-reach..=reach).map(weight).sum();
        let side = SIDE as i64;
        let along = |levels: &[f64], (right, down): (i64, i64)| -> Vec<f64> {
            let place = |at: i64| at.clamp(0, side - 1);
            let near = |at: i64, by: i64| {
                levels[(place(at / side + by * down) * side + place(at % side + by * right)) as usize] * weight(by)
            };
            (0..side * side).map(|at| (-reach..=reach).map(|by| near(at, by)).sum::<f64>() / whole).collect()
        };
        along(&along(levels, (1, 0)), (0, 1))
    }

    fn told(levels: &[f64], width: usize) -> f64 {
        let grey = |level: &f64| [*level as u8, *level as u8, *level as u8, 255];
        let pixels: Vec<u8> = levels.iter().flat_map(grey).collect();
        photo_blur(&SourcePicture { pixels: &pixels, width, zoom: 1.0 }).0
    }

    fn noisy(levels: Vec<f64>, sigma: f64) -> Vec<f64> {
        let mut chance = Chance(5);
        levels.into_iter().map(|level| (level + chance.bell(sigma) + 0.5).clamp(0.0, 255.0)).collect()
    }

    #[test]
    fn a_blur_is_told_within_a_fifth_with_noise_too() {
        let discs = discs();
        for noise in [0.0, 4.0] {
            for sigma in [0.8, 1.0, 1.5, 2.0, 3.0, 4.5, 6.0] {
                let told = told(&noisy(blurred(&discs, sigma), noise), SIDE);
                assert!((told / sigma - 1.0).abs() < 0.2, "{sigma} under noise of {noise}: {told}");
            }
        }
    }

    #[test]
    fn a_sharp_picture_has_none() {
        for noise in [0.0, 4.0, 8.0] {
            assert_eq!(told(&noisy(discs(), noise), SIDE), 0.0, "under noise of {noise}");
        }
        assert!(told(&blurred(&discs(), 0.5), SIDE) < 0.5);
    }

    #[test]
    fn an_enlarged_picture_is_blurred_by_as_much() {
        let discs = discs();
        for by in [2, 3, 4] {
            let between = |at: usize| {
                let place = ((at as f64 + 0.5) / f64::from(by as u32) - 0.5).clamp(0.0, (SIDE - 2) as f64);
                (place as usize, place.fract())
            };
            let wide = SIDE * by;
            let levels: Vec<f64> = (0..wide * wide)
                .map(|at| {
                    let ((x, right), (y, down)) = (between(at % wide), between(at / wide));
                    let row = |y: usize| discs[y * SIDE + x] * (1.0 - right) + discs[y * SIDE + x + 1] * right;
                    row(y) * (1.0 - down) + row(y + 1) * down
                })
                .collect();
            // From the way between two pixels alone, a twelfth of a squared pixel, to that of an edge that a pixel mixes, a quarter.
            let share = told(&levels, wide) / f64::from(by as u32);
            assert!((0.288..0.55).contains(&share), "{by}: {share} of a pixel");
        }
    }

    #[test]
    fn the_blocks_of_a_jpeg_do_not_hide_a_blur() {
        for sigma in [1.5, 3.0] {
            let mut levels = blurred(&discs(), sigma);
            for (at, level) in levels.iter_mut().enumerate() {
                let (column, row) = (at % SIDE / 8, at / SIDE / 8);
                *level += ((column * 7 + row * 5) % 5) as f64 * 2.0 - 4.0;
            }
            let told = told(&levels, SIDE);
            assert!((told / sigma - 1.0).abs() < 0.25, "{sigma}: {told}");
        }
    }

    #[test]
    fn nothing_is_told_of_skin_or_of_nothing() {
        let shaded: Vec<f64> = (0..SIDE * SIDE).map(|at| 120.0 + (at % SIDE) as f64 / 3.0).collect();
        assert_eq!(told(&noisy(shaded, 6.0), SIDE), 0.0);
        // Spots of a tenth of the contrast, as soft as skin has them.
        let spots: Vec<f64> = blurred(&discs(), 5.0).iter().map(|level| 150.0 + level / 10.0).collect();
        assert_eq!(told(&spots, SIDE), 0.0);
        assert_eq!([told(&[], 0), told(&[9.0], 1), told(&[0.0, 255.0].repeat(20), 10)], [0.0; 3]);
    }

    #[test]
    fn no_more_is_looked_at_than_can_be_in_a_moment() {
        let area = blur_area(None, (4000.0, 3000.0));
        assert_eq!((area.x1 - area.x0, area.y1 - area.y0), (MAX_SIDE, MAX_SIDE));
        assert_eq!(blur_area(None, (400.0, 300.0)), PhotoRect::new(60.0, 15.0, 340.0, 210.0));
    }
}
