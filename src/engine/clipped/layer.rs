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
    pub(super) fn with_ways(self) -> Self {
        let mut layer = self;
        let (columns, rows) = (layer.frame.columns as isize, layer.frame.rows as isize);
        let diagonal = 2.0_f32.sqrt();
        for backwards in [false, true] {
            for step in 0..columns * rows {
                let at = if backwards { columns * rows - 1 - step } else { step };
                let (column, row) = (at % columns, at / columns);
                let sign = if backwards { 1 } else { -1 };
                let ways = [(sign, 0, 1.0), (0, sign, 1.0), (sign, sign, diagonal), (-sign, sign, diagonal)];
                let least = ways.into_iter().fold(layer.cell(column, row), |least, (right, down, way)| {
                    least.min(layer.cell(column + right, row + down) + way)
                });
                if let Some(value) = layer.values.get_mut(at as usize) {
                    *value = least;
                }
            }
        }
        layer
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

/// Sums over squares of that radius, less at the edges.
pub(super) fn box_sums<const N: usize>(frame: Frame, values: &[[f32; N]], radius: usize) -> Vec<[f32; N]> {
    let (columns, rows) = (frame.columns, frame.rows);
    let mut across = vec![[0.0; N]; values.len()];
    for (line, out) in values.chunks(columns.max(1)).zip(across.chunks_mut(columns.max(1))) {
        sums_along(line.iter().copied(), radius, |at, sum| {
            if let Some(value) = out.get_mut(at) {
                *value = sum;
            }
        });
    }
    let mut whole = vec![[0.0; N]; values.len()];
    for column in 0..columns {
        let line = (0..rows).map(|row| across.get(row * columns + column).copied().unwrap_or([0.0; N]));
        sums_along(line, radius, |row, sum| {
            if let Some(value) = whole.get_mut(row * columns + column) {
                *value = sum;
            }
        });
    }
    whole
}

/// Sums of the values up to that radius before and after each, of a line.
fn sums_along<const N: usize>(
    line: impl Iterator<Item = [f32; N]>,
    radius: usize,
    mut take: impl FnMut(usize, [f32; N]),
) {
    // Sums from the beginning in double precision: what is taken off again leaves no rest that is seen.
    let mut sums = vec![[0.0_f64; N]];
    let mut sum = [0.0_f64; N];
    for value in line {
        sum.iter_mut().zip(value).for_each(|(sum, value)| *sum += f64::from(value));
        sums.push(sum);
    }
    let count = sums.len() - 1;
    let sum_to = |end: usize| sums.get(end).copied().unwrap_or([0.0; N]);
    for at in 0..count {
        let (first, last) = (sum_to(at.saturating_sub(radius)), sum_to((at + radius + 1).min(count)));
        let mut between = [0.0; N];
        between.iter_mut().zip(last.iter().zip(first)).for_each(|(out, (last, first))| *out = (last - first) as f32);
        take(at, between);
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
