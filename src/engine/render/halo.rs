//! The halos of all dots at once.
//!
//! A halo is so wide and so faint that a hundred thousand of them need not be drawn one by one. Each gives its optical
//! density to the nine nearest nodes of a grid, which is then blurred to the halo's width and read between its nodes. The
//! grid's pitch is a power of two of pixels, a quarter at least, and its nodes stand at fixed places of the picture, so that a part of a picture
//! has the same nodes as the whole. A sketch has a pitch of a pixel at least. Nothing of the density is lost: each step's weights add up to one.
//!
//! A halo is drawn round, also where the skin is seen at an angle: light is scattered within the skin, and what is seen of
//! a halo there is too faint to show its form. Its mass follows the angle.

use super::PixelRect;

/// The share of a blur's weight that may be cut off at its ends.
const CUT_OFF: f64 = 3e-4;
/// Terms of the series of a blur's weights: far more than the widest one needs.
const TERMS: u32 = 60;

/// How far from its middle a halo of that standard deviation can be felt, pixels.
pub(super) fn reach(sigma: f32, finest: f32) -> f32 {
    let pitch = pitch(sigma, finest);
    // From the middle to the farthest of three nodes, as many as the blur is long, one more between nodes.
    (weights(blur_variance(sigma, pitch)).len() as f32 + 1.5) * pitch
}

/// The variance of a halo of that standard deviation as it is read, square pixels: where a pitch is at most a pixel, a node's own
/// square widens it, and giving to nine nodes widens it to a quarter of a squared pitch at least.
pub(super) fn drawn_variance(sigma: f64, finest: f32) -> f64 {
    let (variance, pitch) = (sigma * sigma, f64::from(pitch(sigma as f32, finest)));
    if pitch <= 1.0 { (variance + pitch * pitch / 12.0).max(pitch * pitch / 4.0) } else { variance }
}

/// The finest pitch, pixels: halos are hardly wider than a pixel of most photos, and light has to be averaged within it.
pub(super) const FINEST: f32 = 0.25;
/// The same of a sketch: a sixteenth of the nodes.
pub(super) const FINEST_OF_SKETCH: f32 = 1.0;

/// The power of two that is a half to a quarter of a standard deviation, and at least the finest, pixels.
fn pitch(sigma: f32, finest: f32) -> f32 {
    let mut pitch = finest.max(FINEST);
    while sigma > pitch * 4.0 && pitch < 1e6 {
        pitch *= 2.0;
    }
    pitch
}

/// The variance that is left for the blur, in squared pitches: giving to nine nodes has spread the density by a quarter, and
/// reading between nodes spreads it by a sixth. Up to a pitch of one pixel nothing is read between nodes, and the node's own
/// square takes a twelfth.
fn blur_variance(sigma: f32, pitch: f32) -> f64 {
    let spread = if pitch <= 1.0 { 0.25 - 1.0 / 12.0 } else { 0.25 + 1.0 / 6.0 };
    (f64::from(sigma / pitch).powi(2) - spread).max(0.0)
}

/// The blur's weights from the middle outwards: those of a discrete Gaussian of exactly that variance,
/// e^-v I_n(v) (Lindeberg 1990), cut off and brought back to a sum of one over both sides.
fn weights(variance: f64) -> Vec<f32> {
    let mut weights = Vec::new();
    let mut whole = 0.0;
    while whole < 1.0 - CUT_OFF && weights.len() < TERMS as usize {
        let place = weights.len() as u32;
        let weight = (-variance).exp() * bessel(place, variance);
        whole += if place == 0 { weight } else { 2.0 * weight };
        weights.push(weight);
    }
    weights.into_iter().map(|weight| (weight / whole) as f32).collect()
}

/// The modified Bessel function of the first kind, by its series.
fn bessel(order: u32, x: f64) -> f64 {
    let half = x / 2.0;
    let mut term = (1..=order).fold(1.0, |term, step| term * half / f64::from(step));
    let mut sum = term;
    for step in 1..TERMS {
        term *= half * half / (f64::from(step) * f64::from(step + order));
        sum += term;
    }
    sum
}

/// The grid over a rectangle of pixels and a margin around it.
#[derive(Debug, Clone, Default)]
pub(super) struct HaloTable {
    /// Nodes per pixel, one over the pitch.
    per_pixel: f32,
    /// Weights of the blur from the middle outwards.
    weights: Vec<f32>,
    /// The node in the upper left corner, counted from the picture's.
    column: i32,
    row: i32,
    columns: usize,
    rows: usize,
    /// Optical density, summed over pixels until it is blurred, then a pixel's own.
    cells: Vec<f32>,
    across: Vec<f32>,
    /// The rows in which anything lies.
    touched: Option<(usize, usize)>,
}

impl HaloTable {
    /// Empties the grid and lays it over a rectangle, for halos of that standard deviation and a pitch of at least that, pixels.
    pub(super) fn restart(&mut self, rect: PixelRect, sigma: f32, finest: f32) {
        let pitch = pitch(sigma, finest);
        self.per_pixel = 1.0 / pitch;
        self.weights = weights(blur_variance(sigma, pitch));
        let margin = self.margin() as i32;
        let ends = |start: i32, length: usize| {
            let half = 0.5 / self.per_side() as f32;
            let first = between(self.node(start as f32 + half)).0 - margin;
            let last = between(self.node((start + length as i32) as f32 - half)).0 + 1 + margin;
            (first, (last - first + 1).max(0) as usize)
        };
        let ((column, columns), (row, rows)) = (ends(rect.x, rect.width), ends(rect.y, rect.height));
        (self.column, self.columns, self.row, self.rows) = (column, columns, row, rows);
        self.cells.clear();
        self.cells.resize(columns * rows, 0.0);
        self.touched = None;
    }

    /// How many nodes are laid out beyond the rectangle: as many as a blur reaches, and those of a halo that is given to
    /// three of which that is the last.
    fn margin(&self) -> usize {
        self.weights.len() + 1
    }

    /// How many densities are read along a pixel's side.
    pub(super) fn per_side(&self) -> usize {
        self.per_pixel.max(1.0) as usize
    }

    /// A place of the picture in nodes. Node number 0 is in the middle of the first square of the grid.
    fn node(&self, pixel: f32) -> f32 {
        pixel * self.per_pixel - 0.5
    }

    /// Lays down a halo of that mass around a place of the picture.
    pub(super) fn add(&mut self, x: f32, y: f32, mass: f32) {
        if !(x.is_finite() && y.is_finite() && mass.is_finite()) {
            return;
        }
        let (column, across) = between(self.node(x) + 0.5);
        let (row, down) = between(self.node(y) + 0.5);
        let Some((column, row)) =
            inside(column.wrapping_sub(self.column), self.columns).zip(inside(row.wrapping_sub(self.row), self.rows))
        else {
            return;
        };
        let (first, last) = self.touched.unwrap_or((row, row));
        self.touched = Some((first.min(row), last.max(row + 2)));
        let (columns, rows) = (spline(across), spline(down));
        for (row, share) in (row..).zip(&rows) {
            let place = row * self.columns + column;
            if let Some(cells) = self.cells.get_mut(place..).and_then(|cells| cells.first_chunk_mut::<3>()) {
                cells.iter_mut().zip(&columns).for_each(|(cell, column)| *cell += mass * share * column);
            }
        }
    }

    /// Blurs what was laid down, and makes it the density of a pixel.
    pub(super) fn blur(&mut self) {
        let Some((first, last)) = self.touched else { return };
        let (columns, margin) = (self.columns, self.margin());
        let Some(inner) = columns.checked_sub(2 * margin).filter(|inner| *inner > 0) else { return };
        let per_square = self.per_pixel * self.per_pixel;
        let Self { cells, across, weights, .. } = self;
        across.clear();
        across.resize(columns * self.rows, 0.0);
        let lines = cells.chunks(columns).zip(across.chunks_mut(columns)).take(last + 1).skip(first);
        for (line, out) in lines {
            let out = out.get_mut(margin..margin + inner).unwrap_or_default();
            for (step, weight) in weights.iter().enumerate() {
                let before = line.get(margin - step..).unwrap_or_default();
                let after = line.get(margin + step..).unwrap_or_default();
                gather(out, before, (step > 0).then_some(after), weight * per_square);
            }
        }
        let from = first.saturating_sub(margin).max(margin);
        let to = (last + margin + 1).min(self.rows.saturating_sub(margin));
        for row in from..to {
            let Some(out) = cells.get_mut(row * columns..(row + 1) * columns) else { continue };
            out.fill(0.0);
            for (step, weight) in weights.iter().enumerate() {
                let line = |row: usize| across.get(row * columns..(row + 1) * columns).unwrap_or_default();
                gather(out, line(row - step), (step > 0).then(|| line(row + step)), *weight);
            }
        }
        self.touched = Some((from, to.saturating_sub(1)));
    }

    /// The optical densities of the pixels of a row, from the column `x` on, into `densities`: those of one of the rows within
    /// it, [`Self::per_side`] for each pixel. `false` where there is none.
    pub(super) fn read(&self, x: i32, (y, within): (i32, usize), width: usize, densities: &mut Vec<f32>) -> bool {
        densities.clear();
        let per_side = self.per_side();
        let half = 0.5 / per_side as f32;
        let (row, down) = between(self.node(y as f32 + half * (2 * within + 1) as f32));
        let (column, mut across) = between(self.node(x as f32 + half));
        let (Ok(row), Ok(mut column)) = (usize::try_from(row - self.row), usize::try_from(column - self.column)) else {
            return false;
        };
        let Some((first, last)) = self.touched.filter(|(first, last)| (*first..=last + 1).contains(&(row + 1))) else {
            return false;
        };
        let line = |row: usize| {
            let seen = (first..=last).contains(&row);
            self.cells.get(row * self.columns..(row + 1) * self.columns).filter(|_| seen).unwrap_or_default()
        };
        if self.per_pixel >= 1.0 {
            densities.extend(line(row).get(column..column + width * per_side).unwrap_or_default());
            return !densities.is_empty();
        }
        let (above, below) = (line(row), line(row + 1));
        let mixed = |column: usize| {
            let value = |line: &[f32]| line.get(column).copied().unwrap_or(0.0);
            value(above) * (1.0 - down) + value(below) * down
        };
        let (mut left, mut right) = (mixed(column), mixed(column + 1));
        for _ in 0..width {
            densities.push(left + (right - left) * across);
            across += self.per_pixel;
            if across >= 1.0 {
                across -= 1.0;
                column += 1;
                (left, right) = (right, mixed(column + 1));
            }
        }
        true
    }
}

/// The first of three nodes in a row of `count`, from the middle one. What lies astride the grid's rim is not needed.
fn inside(middle: i32, count: usize) -> Option<usize> {
    usize::try_from(middle.wrapping_sub(1)).ok().filter(|first| first + 2 < count)
}

/// The shares of three nodes in what lies so far, 0 to 1, on the way from the first border of the middle one's square to the
/// other: the quadratic B-spline. Its spread, a quarter, is the same wherever that is.
fn spline(share: f32) -> [f32; 3] {
    let rest = 1.0 - share;
    [rest * rest / 2.0, 0.5 + share * rest, share * share / 2.0]
}

/// The node at or before a place, and how far the place is on the way to the next.
fn between(place: f32) -> (i32, f32) {
    let whole = place.clamp(-1e9, 1e9) as i32;
    let node = if whole as f32 > place { whole - 1 } else { whole };
    (node, place - node as f32)
}

/// Adds so much of one or two rows to another.
fn gather(out: &mut [f32], before: &[f32], after: Option<&[f32]>, weight: f32) {
    match after {
        None => out.iter_mut().zip(before).for_each(|(sum, a)| *sum += a * weight),
        Some(after) => {
            out.iter_mut().zip(before.iter().zip(after)).for_each(|(sum, (a, b))| *sum += (a + b) * weight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECT: PixelRect = PixelRect { x: 300, y: 500, width: 240, height: 200 };

    /// The densities that are read in a rectangle: how many along a pixel's side, and they, row by row.
    fn read(halos: &HaloTable, rect: PixelRect) -> (usize, Vec<f32>) {
        let (mut row, mut all) = (Vec::new(), Vec::new());
        let per_side = halos.per_side();
        for place in 0..rect.height * per_side {
            let y = rect.y + (place / per_side) as i32;
            halos.read(rect.x, (y, place % per_side), rect.width, &mut row);
            row.resize(rect.width * per_side, 0.0);
            all.extend_from_slice(&row);
        }
        (per_side, all)
    }

    fn drawn(rect: PixelRect, (sigma, finest): (f32, f32), places: &[(f32, f32)]) -> (usize, Vec<f32>) {
        let mut halos = HaloTable::default();
        halos.restart(rect, sigma, finest);
        places.iter().for_each(|(x, y)| halos.add(*x, *y, 1.0));
        halos.blur();
        read(&halos, rect)
    }

    #[test]
    fn weights_have_their_sum_and_their_variance() {
        for variance in [0.0, 0.1, 0.23, 1.0, 3.7, 7.9] {
            let weights = weights(variance);
            let sides = |value: fn(usize, f32) -> f32| {
                weights
                    .iter()
                    .enumerate()
                    .map(|(n, w)| if n == 0 { value(n, *w) } else { 2.0 * value(n, *w) })
                    .sum::<f32>()
            };
            assert!((sides(|_, w| w) - 1.0).abs() < 1e-6, "{variance}");
            let spread = f64::from(sides(|n, w| w * (n * n) as f32));
            assert!((spread - variance).abs() < 0.03 * variance + 1e-6, "{variance}: {spread}");
        }
    }

    #[test]
    fn the_pitch_is_a_half_to_a_quarter_of_the_width() {
        for sigma in [0.1, 1.0, 2.8, 2.9, 12.8, 100.0_f32] {
            for finest in [FINEST, FINEST_OF_SKETCH] {
                let pitch = pitch(sigma, finest);
                let ratio = sigma / pitch;
                assert!(ratio <= 4.0 && (ratio > 2.0 || pitch == finest), "{sigma}: {ratio}");
            }
        }
    }

    #[test]
    fn a_halo_keeps_its_mass_its_middle_and_its_width() {
        for sigma in [0.05, 0.3, 0.8, 1.7, 2.9, 5.0, 12.8_f32] {
            for (offset, finest) in
                [0.0, 0.25, 0.5, 0.93].into_iter().flat_map(|offset| [(offset, FINEST), (offset, FINEST_OF_SKETCH)])
            {
                let (x, y) = (420.0 + offset * 3.0, 600.0 + offset);
                let (per_side, densities) = drawn(RECT, (sigma, finest), &[(x, y)]);
                let moment = |value: &dyn Fn(f64, f64) -> f64| {
                    let (row, side) = (240 * per_side, per_side as f64);
                    let place = |index: usize| (index as f64 + 0.5) / side;
                    let at = |index: usize| (place(index % row) + 300.0, place(index / row) + 500.0);
                    let moments =
                        densities.iter().enumerate().map(|(index, d)| f64::from(*d) * value(at(index).0, at(index).1));
                    moments.sum::<f64>() / (side * side)
                };
                let mass = moment(&|_, _| 1.0);
                assert!((mass - 1.0).abs() < 1e-4, "sigma {sigma}, offset {offset}: mass {mass}");
                let middle = (moment(&|x, _| x), moment(&|_, y| y));
                let off = (middle.0 - f64::from(x)).hypot(middle.1 - f64::from(y));
                assert!(off < 0.01, "sigma {sigma}, offset {offset}: {middle:?}");
                let variance = moment(&|_, at| (at - f64::from(y)).powi(2)) - 1.0 / 12.0;
                let sigma = f64::from(sigma);
                let margin = 0.25 + 0.05 * sigma * sigma;
                assert!((variance - sigma * sigma).abs() < margin, "sigma {sigma}, offset {offset}: {variance}");
            }
        }
    }

    #[test]
    fn a_part_has_the_bits_of_the_whole() {
        let places: Vec<(f32, f32)> = (0..400_u32)
            .map(|i| (290.0 + (i * 37 % 260) as f32 * 1.03, 490.0 + (i * 53 % 220) as f32 * 0.97))
            .collect();
        for sigma in [0.3, 1.7, 5.0, 12.8] {
            let (per_side, whole) = drawn(RECT, (sigma, FINEST), &places);
            for part in [
                PixelRect { x: 333, y: 541, width: 41, height: 23 },
                PixelRect { x: 300, y: 500, width: 1, height: 1 },
                PixelRect { x: 539, y: 651, width: 1, height: 49 },
            ] {
                let (_, piece) = drawn(part, (sigma, FINEST), &places);
                let row = part.width * per_side;
                let (left, above) = ((part.x - 300) as usize * per_side, (part.y - 500) as usize * per_side);
                for (index, density) in piece.iter().enumerate() {
                    let (x, y) = (left + index % row, above + index / row);
                    let same = whole[y * 240 * per_side + x];
                    assert_eq!(density.to_bits(), same.to_bits(), "sigma {sigma}, {part:?}, {index}");
                }
            }
        }
    }

    #[test]
    fn places_that_are_nowhere_are_nothing() {
        let far = [(f32::NAN, 600.0), (400.0, f32::INFINITY), (-1e9, 1e9), (3e38, -3e38)];
        assert!(drawn(RECT, (3.0, FINEST), &far).1.iter().all(|density| *density == 0.0));
    }
}
