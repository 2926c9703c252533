//! Values on a grid over a part of the photo.

use crate::engine::geometry::PhotoPoint;

/// A grid over a part of the photo.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    /// Upper left corner of the first cell.
    pub(super) origin: PhotoPoint,
    /// Side of a cell, photo pixels.
    pub(super) pitch: f64,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl Frame {
    /// The middle of a cell.
    pub(super) fn middle(&self, column: usize, row: usize) -> PhotoPoint {
        self.origin.moved((column as f64 + 0.5) * self.pitch, (row as f64 + 0.5) * self.pitch)
    }

    /// Columns and rows from the middle of the first cell.
    pub(super) fn place(&self, point: PhotoPoint) -> (f64, f64) {
        ((point.x - self.origin.x) / self.pitch - 0.5, (point.y - self.origin.y) / self.pitch - 0.5)
    }

    pub(super) fn cells(&self) -> usize {
        self.columns * self.rows
    }

    /// Cells of so many times the side that cover this one.
    pub(super) fn coarser(&self, times: usize) -> Self {
        let fewer = |count: usize| count.div_ceil(times).max(1);
        Self { pitch: self.pitch * times as f64, columns: fewer(self.columns), rows: fewer(self.rows), ..*self }
    }

    /// Cells of so many pixels across, at least one.
    pub(super) fn cells_of(&self, pixels: f64) -> usize {
        ((pixels / self.pitch + 0.5) as usize).max(1)
    }
}

/// Values on a grid, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layer<T> {
    pub(super) frame: Frame,
    pub(super) values: Vec<T>,
}

/// What can be mixed.
pub(super) trait Mix: Copy + Default {
    /// This and the other, of which that share.
    fn mixed(self, other: Self, share: f32) -> Self;
}

impl Mix for f32 {
    fn mixed(self, other: Self, share: f32) -> Self {
        self + (other - self) * share
    }
}

impl Mix for [f32; 3] {
    fn mixed(self, other: Self, share: f32) -> Self {
        let [a, b, c] = self;
        let [d, e, f] = other;
        [a + (d - a) * share, b + (e - b) * share, c + (f - c) * share]
    }
}

impl<T: Copy + Default> Layer<T> {
    /// A layer of what is told of each column and row.
    pub(super) fn of(frame: Frame, value: impl Fn(usize, usize) -> T) -> Self {
        let rows = 0..frame.rows;
        let values = rows.flat_map(|row| (0..frame.columns).map(move |column| (column, row)));
        Self { frame, values: values.map(|(column, row)| value(column, row)).collect() }
    }

    /// A layer of the values of this one, changed.
    pub(super) fn map<U>(&self, change: impl Fn(T) -> U) -> Layer<U> {
        Layer { frame: self.frame, values: self.values.iter().map(|value| change(*value)).collect() }
    }

    /// A layer of the values of this one and of another one of the same cells.
    pub(super) fn with<U: Copy, V>(&self, other: &Layer<U>, mix: impl Fn(T, U) -> V) -> Layer<V> {
        let pairs = self.values.iter().zip(&other.values);
        Layer { frame: self.frame, values: pairs.map(|(value, other)| mix(*value, *other)).collect() }
    }

    /// The value of a cell, beyond the edge that of the nearest.
    pub(super) fn cell(&self, column: isize, row: isize) -> T {
        let nearest = |at: isize, count: usize| at.clamp(0, count.max(1) as isize - 1) as usize;
        let at = nearest(row, self.frame.rows) * self.frame.columns + nearest(column, self.frame.columns);
        self.values.get(at).copied().unwrap_or_default()
    }
}

impl<T: Mix> Layer<T> {
    /// The value at a place, between the middles of cells in straight lines.
    pub(super) fn at(&self, point: PhotoPoint) -> T {
        let (x, y) = self.frame.place(point);
        self.at_place(x, y)
    }

    /// The same so many columns and rows from the middle of the first cell.
    pub(super) fn at_place(&self, x: f64, y: f64) -> T {
        let (column, row) = (x.floor(), y.floor());
        let (right, down) = ((x - column) as f32, (y - row) as f32);
        let (column, row) = (column as isize, row as isize);
        let above = self.cell(column, row).mixed(self.cell(column + 1, row), right);
        let below = self.cell(column, row + 1).mixed(self.cell(column + 1, row + 1), right);
        above.mixed(below, down)
    }
}

impl Layer<f32> {
    /// How far each cell lies from the nearest one of which that is true, photo pixels: by steps to the eight neighbours (chamfer
    /// distances, up to 8 % too long). Where there is none, very far.
    pub(super) fn distances(frame: Frame, is_there: impl Fn(usize, usize) -> bool) -> Self {
        let far = (frame.columns + frame.rows) as f32 * 2.0;
        Self::of(frame, |column, row| if is_there(column, row) { 0.0 } else { far })
            .with_ways()
            .map(|cells| cells * frame.pitch as f32)
    }

    /// Of each cell the least value of all with the way to it, cells, by the same steps.
    pub(super) fn with_ways(mut self) -> Self {
        let columns = self.frame.columns.max(1);
        let mut before = vec![f32::INFINITY; columns];
        for line in self.values.chunks_mut(columns) {
            step_over(&before, line);
            steps_along(line.iter_mut());
            before.copy_from_slice(line);
        }
        before.fill(f32::INFINITY);
        for line in self.values.chunks_mut(columns).rev() {
            step_over(&before, line);
            steps_along(line.iter_mut().rev());
            before.copy_from_slice(line);
        }
        self
    }
}

/// Steps from the three nearest cells of the row before to each of a row.
fn step_over(before: &[f32], line: &mut [f32]) {
    let diagonal = 2.0_f32.sqrt();
    line.iter_mut().zip(before).for_each(|(value, before)| *value = value.min(before + 1.0));
    line.iter_mut().skip(1).zip(before).for_each(|(value, before)| *value = value.min(before + diagonal));
    line.iter_mut().zip(before.iter().skip(1)).for_each(|(value, before)| *value = value.min(before + diagonal));
}

/// Steps from each cell to the next.
fn steps_along<'a>(line: impl Iterator<Item = &'a mut f32>) {
    let mut before = f32::INFINITY;
    for value in line {
        *value = value.min(before + 1.0);
        before = *value;
    }
}

/// The mean of the values over a square of that radius in cells around each cell, each value counted by its weight; and the sum of
/// the weights. Costs the same for every radius.
pub(super) fn weighted_means<const N: usize>(
    values: &Layer<[f32; N]>,
    weights: &Layer<f32>,
    radius: usize,
) -> (Layer<[f32; N]>, Layer<f32>) {
    let frame = values.frame;
    let weighted = values.values.iter().zip(&weights.values).map(|(value, weight)| value.map(|value| value * weight));
    let sums = box_sums(frame, &weighted.collect::<Vec<_>>(), radius);
    let shares: Vec<[f32; 1]> = weights.values.iter().map(|weight| [*weight]).collect();
    let shares: Vec<f32> = box_sums(frame, &shares, radius).into_iter().map(|[weight]| weight).collect();
    let mean = |(sum, weight): (&[f32; N], &f32)| sum.map(|sum| if *weight > 0.0 { sum / weight } else { 0.0 });
    let means = sums.iter().zip(&shares).map(mean).collect();
    (Layer { frame, values: means }, Layer { frame, values: shares })
}

/// The mean light of what counts in cells of so many times the side, and which share of each counts.
pub(super) fn pooled(light: &Layer<[f32; 3]>, weights: &Layer<f32>, times: usize) -> (Layer<[f32; 3]>, Layer<f32>) {
    let frame = light.frame.coarser(times);
    let columns = light.frame.columns.max(1);
    let mut sums = vec![[0.0_f32; 4]; frame.cells()];
    for (at, (light, weight)) in light.values.iter().zip(&weights.values).enumerate() {
        let (column, row) = (at % columns, at / columns);
        if let Some(sum) = sums.get_mut(row / times * frame.columns + column / times) {
            let [r, g, b] = *light;
            let [sr, sg, sb, sw] = *sum;
            *sum = [sr + r * weight, sg + g * weight, sb + b * weight, sw + weight];
        }
    }
    let mean = |[r, g, b, weight]: &[f32; 4]| {
        if *weight > 0.0 { [r / weight, g / weight, b / weight] } else { [0.0; 3] }
    };
    let all = (times * times) as f32;
    let means = sums.iter().map(mean).collect();
    let shares = sums.iter().map(|[_, _, _, weight]| weight / all).collect();
    (Layer { frame, values: means }, Layer { frame, values: shares })
}

/// So many columns are summed at once: what lies side by side is read together.
const TOGETHER: usize = 16;

/// Sums over squares of that radius, less at the edges.
pub(super) fn box_sums<const N: usize>(frame: Frame, values: &[[f32; N]], radius: usize) -> Vec<[f32; N]> {
    let columns = frame.columns.max(1);
    let mut across = vec![[0.0; N]; values.len()];
    for (line, out) in values.chunks(columns).zip(across.chunks_mut(columns)) {
        let mut out = out.iter_mut();
        sums_along(line.iter().map(|value| [*value]), radius, |[sum]| {
            out.next().into_iter().for_each(|out| *out = sum);
        });
    }
    let mut whole = vec![[0.0; N]; values.len()];
    for first in (0..columns).step_by(TOGETHER) {
        let columns_of = |line: &[[f32; N]]| {
            let mut some = [[0.0; N]; TOGETHER];
            some.iter_mut().zip(line.iter().skip(first)).for_each(|(some, value)| *some = *value);
            some
        };
        let mut out = whole.chunks_mut(columns);
        sums_along(across.chunks(columns).map(columns_of), radius, |sums| {
            let line = out.next().into_iter().flat_map(|line| line.iter_mut().skip(first));
            line.zip(sums).for_each(|(out, sum)| *out = sum);
        });
    }
    whole
}

/// Sums of the values up to that radius before and after each, of some lines side by side.
fn sums_along<const N: usize, const LINES: usize>(
    lines: impl Iterator<Item = [[f32; N]; LINES]>,
    radius: usize,
    mut take: impl FnMut([[f32; N]; LINES]),
) {
    // Sums from the beginning in double precision: what is taken off again leaves no rest that is seen.
    let mut sum = [[0.0_f64; N]; LINES];
    let mut sums = vec![sum];
    for values in lines {
        let each = sum.as_flattened_mut().iter_mut().zip(values.as_flattened());
        each.for_each(|(sum, value)| *sum += f64::from(*value));
        sums.push(sum);
    }
    let last = sums.len() - 1;
    for at in 0..last {
        let ends = (sums.get(at.saturating_sub(radius)), sums.get((at + radius + 1).min(last)));
        let (Some(first), Some(last)) = ends else { continue };
        let mut between = [[0.0; N]; LINES];
        let each = between.as_flattened_mut().iter_mut().zip(last.as_flattened().iter().zip(first.as_flattened()));
        each.for_each(|(between, (last, first))| *between = (last - first) as f32);
        take(between);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { origin: PhotoPoint::new(10.0, 20.0), pitch: 2.0, columns: 9, rows: 7 };

    #[test]
    fn a_layer_is_read_between_its_cells_and_goes_on_beyond_its_edge() {
        let layer = Layer::of(FRAME, |column, row| column as f32 + 10.0 * row as f32);
        assert_eq!(layer.at(PhotoPoint::new(11.0, 21.0)), 0.0);
        assert_eq!(layer.at(PhotoPoint::new(12.0, 22.0)), 5.5);
        assert_eq!(layer.at(PhotoPoint::new(-50.0, 21.0)), 0.0);
        assert_eq!(layer.at(FRAME.middle(4, 3)), 34.0);
    }

    #[test]
    fn distances_are_those_to_the_nearest_cell() {
        let layer = Layer::distances(FRAME, |column, row| (column, row) == (2, 2));
        assert_eq!(layer.at(FRAME.middle(2, 2)), 0.0);
        assert_eq!(layer.at(FRAME.middle(6, 2)), 8.0);
        let exact = 2.0 * (9.0_f32 + 16.0).sqrt();
        let near = layer.at(FRAME.middle(6, 5));
        assert!(near >= exact && near < exact * 1.09, "{near} for {exact}");
    }

    #[test]
    fn means_count_by_weight_and_are_cut_at_the_edge() {
        let values = Layer::of(FRAME, |column, _| [column as f32]);
        let weights = Layer::of(FRAME, |column, _| if column == 3 { 0.0 } else { 1.0 });
        let (means, sums) = weighted_means(&values, &weights, 1);
        assert_eq!((means.cell(0, 0), sums.cell(0, 0)), ([0.5], 4.0));
        assert_eq!((means.cell(3, 3), sums.cell(3, 3)), ([3.0], 6.0));
        assert_eq!((means.cell(2, 3), sums.cell(2, 3)), ([1.5], 6.0));
    }
}
