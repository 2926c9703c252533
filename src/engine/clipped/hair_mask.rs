//! How much of each place of a photo is the visitor's own hair.

use crate::engine::geometry::PhotoPoint;
use serde::{Deserialize, Serialize};

/// How much of each place of a photo is the visitor's own hair: a grid over the whole photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HairMask {
    /// 0 to 255, row by row.
    #[serde(with = "serde_bytes")]
    pub shares: Vec<u8>,
    /// Cells of a row.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
    /// Cells per photo pixel (the zoom of the analysis image it was found in; one cell is one pixel of it).
    pub zoom: f64,
}

impl HairMask {
    /// The share of hair at a place, 0 to 1: between the middles of cells in straight lines, 0 beyond the photo.
    #[must_use]
    pub fn share(&self, point: PhotoPoint) -> f64 {
        let (x, y) = (point.x * self.zoom, point.y * self.zoom);
        let is_inside = (0.0..self.columns as f64).contains(&x) && (0.0..self.rows as f64).contains(&y);
        if !is_inside {
            return 0.0;
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (column, row) = (x.floor(), y.floor());
        let (right, down) = (x - column, y - row);
        let line = |row: f64| {
            let (left, beside) = (self.cell(column, row), self.cell(column + 1.0, row));
            left + (beside - left) * right
        };
        let (above, below) = (line(row), line(row + 1.0));
        (above + (below - above) * down) / 255.0
    }

    /// The nearest cell's number.
    fn cell(&self, column: f64, row: f64) -> f64 {
        let nearest = |at: f64, count: usize| (at.max(0.0) as usize).min(count.saturating_sub(1));
        let at = nearest(row, self.rows) * self.columns + nearest(column, self.columns);
        self.shares.get(at).copied().map_or(0.0, f64::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_read_between_cells_and_is_nothing_beyond_the_photo() {
        let mask = HairMask { shares: vec![0, 255, 0, 255], columns: 2, rows: 2, zoom: 0.5 };
        let at = |x: f64, y: f64| mask.share(PhotoPoint::new(x, y));
        assert_eq!((at(1.0, 1.0), at(3.0, 1.0), at(2.0, 2.0)), (0.0, 1.0, 0.5));
        assert_eq!((at(0.0, 0.0), at(3.9, 3.9)), (0.0, 1.0));
        assert_eq!((at(-0.1, 1.0), at(4.1, 1.0), at(3.0, 4.0)), (0.0, 0.0, 0.0));
    }
}
