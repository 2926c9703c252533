//! A wall in cells of several sizes: what is seen of it, and where.

use super::layer::{Frame, Layer, pooled};

/// Side of the cells in which the light of a wall is kept, mm; and a cell counts of which more than this share is bare.
pub(super) const CELL_MM: f64 = 1.0;
pub(super) const COUNTS: f32 = 0.4;
/// How far inside the outline a wall goes on, so that the new edge has wall under all of it, mm.
pub(super) const BEYOND_MM: f64 = 4.0;
/// How far around hair a wall is continued, mm.
pub(super) const HOLE_MM: f64 = 6.0;

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

    pub(super) fn frame(&self) -> Frame {
        self.tones.frame
    }

    /// Mean linear light of a cell.
    pub(super) fn light(&self, (column, row): Offset) -> [f32; 3] {
        self.light.cell(column, row)
    }

    /// Whether a cell lies on the grid and wall is seen in it.
    pub(super) fn is_known(&self, place: Offset) -> bool {
        self.tone(place).is_some()
    }

    /// What a cell shows; `None` where no wall is seen or the grid has ended.
    pub(super) fn tone(&self, (column, row): Offset) -> Option<[f32; 3]> {
        let frame = self.tones.frame;
        let is_inside = (0..frame.columns as isize).contains(&column) && (0..frame.rows as isize).contains(&row);
        if !is_inside {
            return None;
        }
        let at = row as usize * frame.columns + column as usize;
        let is_known = self.known.values.get(at).is_some_and(|known| *known > 0.0);
        if is_known { self.tones.values.get(at).copied() } else { None }
    }

    /// How different a group of cells looks from those that lie so far from them, in the mean of those that are known there; a group of
    /// which too little is known there is as different as can be. Stops where it is worse than that.
    pub(super) fn mean_difference(&self, group: &[(Offset, [f32; 3])], way: Offset, worst: f32) -> f32 {
        let most = worst * group.len() as f32;
        let (mut sum, mut count) = (0.0, 0_usize);
        for (cell, tone) in group {
            if let Some(other) = self.tone(moved(*cell, way)) {
                sum += squared(*tone, other);
                count += 1;
                if sum > most {
                    return f32::INFINITY;
                }
            }
        }
        let count = count as f32;
        if count < ENOUGH * group.len() as f32 || count == 0.0 { f32::INFINITY } else { sum / count }
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
