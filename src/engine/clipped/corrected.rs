//! What a mask of hair says besides what was found: what the visitor said, and what is left of it on the head.

use super::HairMask;
use super::layer::{Frame, Layer, weighted_means};
use crate::engine::design::{HairStroke, PaintKind};
use crate::engine::geometry::{PhotoPoint, PhotoRect};

impl HairMask {
    /// Keeps of the hair at each place such a share.
    pub(super) fn keep(&mut self, share: impl Fn(PhotoPoint) -> f64) {
        let middle = middle_of(self.columns, self.zoom);
        for (place, cell) in self.shares.iter_mut().enumerate().filter(|(_, cell)| **cell > 0) {
            let kept = share(middle(place));
            *cell = (f64::from(*cell) * kept + 0.5) as u8;
        }
    }

    /// Takes at each place such a share of another mask of the same places.
    pub(super) fn mix(&mut self, other: &Self, share: impl Fn(PhotoPoint) -> f64) {
        let middle = middle_of(self.columns, self.zoom);
        for (place, (cell, other)) in self.shares.iter_mut().zip(&other.shares).enumerate() {
            if *cell != *other {
                let share = share(middle(place));
                *cell = (f64::from(*cell) * (1.0 - share) + f64::from(*other) * share + 0.5) as u8;
            }
        }
    }

    /// Spreads its edges over so many photo pixels to both sides, to a share of it at the edge itself.
    pub(super) fn spread(&mut self, reach: f64, at_edge: f64) {
        let bounds = self.bounds();
        if bounds.is_empty() {
            return;
        }
        let radius = ((reach / 2.0 * self.zoom + 0.5) as usize).max(1);
        // Beyond that no cell is another, and all of a nearer one's surroundings lie within.
        let cells = |low: f64, high: f64, count: usize| {
            let (low, high) = ((low * self.zoom) as usize, (high * self.zoom + 0.5) as usize);
            low.saturating_sub(3 * radius)..(high + 3 * radius).min(count)
        };
        let (columns, rows) = (cells(bounds.x0, bounds.x1, self.columns), cells(bounds.y0, bounds.y1, self.rows));
        let origin = PhotoPoint::new(columns.start as f64 / self.zoom, rows.start as f64 / self.zoom);
        let frame = Frame { origin, pitch: 1.0 / self.zoom, columns: columns.len(), rows: rows.len() };
        let at = |column: usize, row: usize| (rows.start + row) * self.columns + columns.start + column;
        let share = |column, row| [f32::from(self.shares.get(at(column, row)).copied().unwrap_or(0))];
        let shares = Layer::of(frame, share);
        let all = shares.map(|_| 1.0);
        let (once, _) = weighted_means(&shares, &all, radius);
        let (twice, _) = weighted_means(&once, &all, radius);
        let times = (at_edge / 0.5) as f32;
        let lines = self.shares.chunks_mut(self.columns.max(1)).skip(rows.start).take(rows.len());
        for (line, new) in lines.zip(twice.values.chunks(columns.len().max(1))) {
            let cells = line.iter_mut().skip(columns.start).zip(new);
            cells.for_each(|(cell, [share])| *cell = (share * times + 0.5) as u8);
        }
    }

    /// The rectangle of the photo in which there is hair.
    pub(super) fn bounds(&self) -> PhotoRect {
        let columns = self.columns.max(1);
        let hair = self.shares.iter().enumerate().filter(|(_, cell)| **cell > 0);
        let corner = |column: usize, row: usize| PhotoPoint::new(column as f64 / self.zoom, row as f64 / self.zoom);
        hair.fold(PhotoRect::EMPTY, |rect, (place, _)| {
            let (column, row) = (place % columns, place / columns);
            rect.with(corner(column, row)).with(corner(column + 1, row + 1))
        })
    }

    /// Takes places for hair, or for none, where the visitor said so.
    pub(super) fn correct(&mut self, stroke: &HairStroke) {
        let cover = stroke.cover();
        let said = if stroke.paint == PaintKind::Brush { 255.0 } else { 0.0 };
        let reach = PhotoRect::around(&stroke.points).inflated(stroke.radius);
        let cells = |low: f64, high: f64, count: usize| {
            let cell = |at: f64| (at * self.zoom).max(0.0) as usize;
            cell(low).min(count)..(cell(high) + 1).min(count)
        };
        let (columns, rows) = (cells(reach.x0, reach.x1, self.columns), cells(reach.y0, reach.y1, self.rows));
        let middle = middle_of(self.columns, self.zoom);
        let across = self.columns;
        for place in rows.flat_map(|row| columns.clone().map(move |column| row * across + column)) {
            let share = cover(middle(place));
            if let Some(cell) = self.shares.get_mut(place) {
                *cell = (f64::from(*cell) + (said - f64::from(*cell)) * share + 0.5) as u8;
            }
        }
    }
}

/// Where in the photo the middle of each cell lies, in rows of so many at so many a photo pixel.
fn middle_of(columns: usize, zoom: f64) -> impl Fn(usize) -> PhotoPoint {
    let (columns, middle) = (columns.max(1), move |cell: usize| (cell as f64 + 0.5) / zoom);
    move |place| PhotoPoint::new(middle(place % columns), middle(place / columns))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_is_spread_to_both_sides() {
        let shares = (0..40 * 20).map(|at| if at % 40 < 20 { 255 } else { 0 }).collect();
        let mut mask = HairMask { shares, columns: 40, rows: 20, zoom: 0.5 };
        mask.spread(12.0, 0.8);
        let share = |x: f64| mask.share(PhotoPoint::new(x, 20.0));
        assert!((share(40.0) - 0.8).abs() < 0.05, "{}", share(40.0));
        assert!(
            share(26.0) > 0.99 && share(47.0) < 0.5 && share(47.0) > 0.05 && share(54.0) < 0.02,
            "{:?}",
            mask.shares
        );
    }

    #[test]
    fn what_the_visitor_said_counts() {
        let stroke = |paint, x: f64, y: f64| HairStroke { paint, radius: 0.9, points: vec![PhotoPoint::new(x, y)] };
        let mut mask = HairMask { shares: vec![0, 255, 0, 128], columns: 2, rows: 2, zoom: 0.5 };
        mask.correct(&stroke(PaintKind::Brush, 1.0, 1.0));
        mask.correct(&stroke(PaintKind::Eraser, 3.0, 3.0));
        assert_eq!(mask.shares, [255, 255, 0, 0]);
        assert_eq!(mask.bounds(), PhotoRect::new(0.0, 0.0, 4.0, 2.0));
        mask.keep(|place| if place.x < 2.0 { 0.5 } else { 1.0 });
        assert_eq!(mask.shares, [128, 255, 0, 0]);
        mask.correct(&stroke(PaintKind::Brush, -50.0, 900.0));
        assert_eq!(mask.shares, [128, 255, 0, 0], "beside the photo nothing is said");
    }
}
