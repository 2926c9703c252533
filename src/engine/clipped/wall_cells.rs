//! A wall in cells of several sizes: what is seen of it, and where.

use super::layer::{Frame, Layer, pooled};

/// A cell counts where at least so much of it is seen.
const SEEN: f32 = 0.6;

/// A way from one cell to another: columns to the right and rows down.
pub(super) type Offset = (isize, isize);

/// What is seen of a wall in cells of one size.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WallCells {
    /// Square roots of linear light, so that equal steps look about equal; black where nothing is seen.
    pub(super) tones: Layer<[f32; 3]>,
    /// 1 where wall is seen, else 0.
    pub(super) known: Layer<f32>,
    light: Layer<[f32; 3]>,
}

impl WallCells {
    /// The wall in cells of so many times the side of the light's. What counts of the light has a weight of 1.
    pub(super) fn new(light: &Layer<[f32; 3]>, weights: &Layer<f32>, times: usize) -> Self {
        let (light, shares) = pooled(light, weights, times);
        let known = shares.map(|share| if share >= SEEN { 1.0 } else { 0.0 });
        let tones = light.map(|light| light.map(f32::sqrt));
        Self { tones, known, light }
    }

    /// The same in cells of twice the side.
    pub(super) fn halved(&self) -> Self {
        Self::new(&self.light, &self.known, 2)
    }

    /// The same with only those cells known.
    pub(super) fn only(&self, known: Layer<f32>) -> Self {
        Self { known, ..self.clone() }
    }

    pub(super) fn frame(&self) -> Frame {
        self.tones.frame
    }

    /// Mean linear light of a cell.
    pub(super) fn light(&self, (column, row): Offset) -> [f32; 3] {
        self.light.cell(column, row)
    }

    /// Whether a cell lies on the grid and wall is seen in it.
    pub(super) fn is_known(&self, (column, row): Offset) -> bool {
        let frame = self.tones.frame;
        let is_inside = (0..frame.columns as isize).contains(&column) && (0..frame.rows as isize).contains(&row);
        is_inside && self.known.cell(column, row) > 0.0
    }

    /// How different two cells look: the sum of the squared differences of their tones; `None` where one of them is not known.
    pub(super) fn difference(&self, one: Offset, other: Offset) -> Option<f32> {
        if !self.is_known(one) || !self.is_known(other) {
            return None;
        }
        Some(squared(self.tones.cell(one.0, one.1), self.tones.cell(other.0, other.1)))
    }

    /// How different two groups of cells look that lie so far apart, in the mean of those that are known in both, at most as many as
    /// are counted; a group of which too little is known in the other is as different as can be. Stops where it is worse than that.
    pub(super) fn mean_difference(&self, cells: &[Offset], way: Offset, worst: f32) -> f32 {
        let most = worst * cells.len() as f32;
        let (mut sum, mut count) = (0.0, 0.0_f32);
        for cell in cells {
            if let Some(difference) = self.difference(*cell, moved(*cell, way)) {
                sum += difference;
                count += 1.0;
                if sum > most {
                    return f32::INFINITY;
                }
            }
        }
        if count < ENOUGH * cells.len() as f32 || count == 0.0 { f32::INFINITY } else { sum / count }
    }
}

/// Which share of a group must be known in the other.
const ENOUGH: f32 = 0.7;

/// A cell so far from another.
pub(super) fn moved((column, row): Offset, (right, down): Offset) -> Offset {
    (column + right, row + down)
}

/// The sum of the squared differences of two tones.
pub(super) fn squared(one: [f32; 3], other: [f32; 3]) -> f32 {
    one.iter().zip(other).map(|(one, other)| (one - other) * (one - other)).sum()
}
