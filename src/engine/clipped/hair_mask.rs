//! How much of each place of a photo is the visitor's own hair.

use crate::engine::geometry::PhotoPoint;
use serde::{Deserialize, Serialize};

/// What a cell says that is hair and nothing else.
const WHOLE: f64 = 255.0;

/// How much of each place of a photo is the visitor's own hair: a grid over the whole photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HairMask {
    /// 0 to 255, row by row.
    #[serde(with = "serde_bytes")]
    pub shares: Vec<u8>,
    /// Cells in a row.
    pub columns: usize,
    /// Rows of cells.
    pub rows: usize,
    /// Cells per photo pixel: the zoom of the analysis image that the hair was found in, one cell is one pixel of it.
    pub zoom: f64,
}

impl HairMask {
    /// How much of a place is hair, 0 to 1, mixed of the four nearest cells; nothing beyond the photo.
    #[must_use]
    pub fn share(&self, at: PhotoPoint) -> f64 {
        let (x, y) = (at.x * self.zoom, at.y * self.zoom);
        if !(0.0..=self.columns as f64).contains(&x) || !(0.0..=self.rows as f64).contains(&y) {
            return 0.0;
        }
        let place = |at: f64, count: usize| (at - 0.5).max(0.0).min(count.saturating_sub(1) as f64);
        let (x, y) = (place(x, self.columns), place(y, self.rows));
        let (left, top) = (x.floor(), y.floor());
        let row = |y: f64| self.cell(left, y) + (self.cell(left + 1.0, y) - self.cell(left, y)) * (x - left);
        row(top) + (row(top + 1.0) - row(top)) * (y - top)
    }

    /// The share of a cell; beyond the grid that of the nearest.
    fn cell(&self, column: f64, row: f64) -> f64 {
        let within = |at: f64, count: usize| (at as usize).min(count.saturating_sub(1));
        let place = within(row, self.rows) * self.columns + within(column, self.columns);
        self.shares.get(place).map_or(0.0, |share| f64::from(*share) / WHOLE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four cells of two photo pixels each way; the right ones are hair, the lower one of them half.
    fn mask() -> HairMask {
        HairMask { shares: vec![0, 255, 0, 128], columns: 2, rows: 2, zoom: 0.5 }
    }

    #[test]
    fn a_place_between_cells_is_a_mix_of_them() {
        let share = |x: f64, y: f64| (mask().share(PhotoPoint::new(x, y)) * 255.0).round();
        assert_eq!([share(1.0, 1.0), share(3.0, 1.0), share(3.0, 3.0)], [0.0, 255.0, 128.0]);
        assert_eq!([share(2.0, 1.0), share(3.0, 2.0)], [128.0, 192.0]);
        assert_eq!([share(4.0, 0.0), share(0.0, 4.0)], [255.0, 0.0], "the rim is as its nearest cell");
    }

    #[test]
    fn beyond_the_photo_is_no_hair() {
        for (x, y) in [(-0.1, 1.0), (4.1, 1.0), (3.0, -0.1), (3.0, 4.1), (f64::NAN, 1.0), (3.0, f64::INFINITY)] {
            assert_eq!(mask().share(PhotoPoint::new(x, y)), 0.0, "{x} {y}");
        }
        let empty = HairMask { shares: Vec::new(), columns: 0, rows: 0, zoom: 1.0 };
        assert_eq!(empty.share(PhotoPoint::new(0.0, 0.0)), 0.0);
    }

    #[test]
    fn a_mask_survives_its_file() {
        let text = serde_json::to_string(&mask()).unwrap();
        assert_eq!(serde_json::from_str::<HairMask>(&text).unwrap(), mask());
    }
}
