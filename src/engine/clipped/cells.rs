//! The part of an analysis image around a head, in cells of about half a millimetre, with what is seen in each.

use crate::engine::editor::AnalysisImage;
use crate::engine::geometry::{PhotoPoint, PhotoRect};

/// What is seen in a cell: light in levels; red and blue beside green, hundredths of the light; and how rough it is around,
/// hundredths of the light. Shading changes the first and hardly the others.
pub(super) type CellLook = [f32; 4];

/// Cells to a millimetre, at least; an analysis image of fewer pixels has a cell of each.
const CELLS_PER_MM: f64 = 1.4;
/// From how far away roughness is taken, mm.
const ROUGH_WITHIN_MM: f64 = 1.8;
/// Levels added to the light, so that noise in black is no colour and no roughness.
pub(super) const BLACK: f32 = 24.0;
/// The most cells of a grid.
const MAX_CELLS: usize = 2_000_000;
/// Rec. 709 weights of red, green and blue, here of levels.
const LIGHT: [f32; 3] = [0.2126, 0.7152, 0.0722];

/// A grid of cells over a part of a photo.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cells {
    /// Cells in a row.
    pub(super) columns: usize,
    /// Rows of cells.
    pub(super) rows: usize,
    /// Upper left corner.
    origin: PhotoPoint,
    /// Side of a cell, photo pixels.
    pub(super) side: f64,
    /// Red, green and blue, levels, row by row.
    pub(super) colors: Vec<[f32; 3]>,
    /// What is seen in each, row by row.
    pub(super) looks: Vec<CellLook>,
}

impl Cells {
    /// The cells that lie in a part of a photo, of so many photo pixels to a millimetre. `None` where the part has none.
    pub(super) fn new(image: &AnalysisImage, part: PhotoRect, px_per_mm: f64) -> Option<Self> {
        let height = image.pixels.len() / 4 / image.width.max(1);
        let within = ((px_per_mm * image.zoom / CELLS_PER_MM) as usize).clamp(1, 16);
        let edge = |at: f64, most: usize| (at * image.zoom).max(0.0).min(most as f64) as usize;
        let (left, right) = (edge(part.x0, image.width), edge(part.x1, image.width));
        let (top, bottom) = (edge(part.y0, height), edge(part.y1, height));
        let (columns, rows) = ((right.max(left) - left) / within, (bottom.max(top) - top) / within);
        if columns < 3 || rows < 3 || columns.checked_mul(rows)? > MAX_CELLS {
            return None;
        }
        let mean = |place: usize| {
            let (x, y) = (left + place % columns * within, top + place / columns * within);
            let mut sum = [0.0_f32; 3];
            for row in y..y + within {
                let at = (row * image.width + x) * 4;
                let pixels = image.pixels.get(at..at + within * 4).unwrap_or_default().as_chunks::<4>().0;
                for [red, green, blue, _] in pixels {
                    sum.iter_mut().zip([red, green, blue]).for_each(|(sum, level)| *sum += f32::from(*level));
                }
            }
            sum.map(|sum| sum / (within * within) as f32)
        };
        let colors: Vec<[f32; 3]> = (0..columns * rows).map(mean).collect();
        let side = within as f64 / image.zoom;
        let origin = PhotoPoint::new(left as f64 / image.zoom, top as f64 / image.zoom);
        let mut cells = Self { columns, rows, origin, side, colors, looks: Vec::new() };
        cells.looks = cells.seen((ROUGH_WITHIN_MM * px_per_mm / side + 0.5) as usize);
        Some(cells)
    }

    /// The middle of a cell in the photo.
    pub(super) fn middle(&self, place: usize) -> PhotoPoint {
        let (column, row) = ((place % self.columns) as f64, (place / self.columns) as f64);
        self.origin.moved((column + 0.5) * self.side, (row + 0.5) * self.side)
    }

    /// The cell at a place of the photo; `None` beside the grid.
    pub(super) fn place(&self, at: PhotoPoint) -> Option<usize> {
        let (x, y) = ((at.x - self.origin.x) / self.side, (at.y - self.origin.y) / self.side);
        let is_inside = (0.0..self.columns as f64).contains(&x) && (0.0..self.rows as f64).contains(&y);
        is_inside.then_some(y as usize * self.columns + x as usize)
    }

    /// The column of a place; of one beside the grid the first or the last.
    pub(super) fn column(&self, at: PhotoPoint) -> usize {
        (((at.x - self.origin.x) / self.side).max(0.0) as usize).min(self.columns - 1)
    }

    /// A value at a place of the photo, mixed of those of the four nearest cells; nothing beyond the grid.
    pub(super) fn mixed(&self, values: &[f32], at: PhotoPoint) -> f32 {
        let (x, y) = ((at.x - self.origin.x) / self.side - 0.5, (at.y - self.origin.y) / self.side - 0.5);
        if !(-0.5..self.columns as f64).contains(&x) || !(-0.5..self.rows as f64).contains(&y) {
            return 0.0;
        }
        let (left, top) = (x.floor().max(0.0), y.floor().max(0.0));
        let (across, down) = ((x - left).max(0.0) as f32, (y - top).max(0.0) as f32);
        let cell = |column: usize, row: usize| {
            let place = row.min(self.rows - 1) * self.columns + column.min(self.columns - 1);
            values.get(place).copied().unwrap_or(0.0)
        };
        let (left, top) = (left as usize, top as usize);
        let row = |row: usize| cell(left, row) + (cell(left + 1, row) - cell(left, row)) * across;
        row(top) + (row(top + 1) - row(top)) * down
    }

    fn seen(&self, reach: usize) -> Vec<CellLook> {
        let light = |color: &[f32; 3]| color.iter().zip(LIGHT).map(|(level, weight)| level * weight).sum::<f32>();
        let lights: Vec<f32> = self.colors.iter().map(light).collect();
        let rough = self.rough(&lights, reach.max(1));
        let each = self.colors.iter().zip(lights).zip(rough);
        each.map(|(([red, green, blue], light), rough)| {
            let share = 100.0 / (light + BLACK);
            [light, (red - green) * share, (blue - green) * share, rough * share]
        })
        .collect()
    }

    /// How much the light differs around each cell, one standard deviation: in the evenest of the squares of which the cell is the
    /// middle or a corner, as an edge beside it is no roughness.
    fn rough(&self, lights: &[f32], reach: usize) -> Vec<f32> {
        let sums = Sums::new(lights, self.columns);
        let squares: Vec<f32> = lights.iter().map(|light| light * light).collect();
        let squares = Sums::new(&squares, self.columns);
        let variance = |(left, top): (usize, usize), (right, bottom): (usize, usize)| {
            let count = ((right - left) * (bottom - top)) as f64;
            let mean = sums.within((left, top), (right, bottom)) / count;
            squares.within((left, top), (right, bottom)) / count - mean * mean
        };
        let half = reach.div_ceil(2);
        let each = (0..lights.len()).map(|place| {
            let (column, row) = (place % self.columns, place / self.columns);
            let reaches = [(reach, 0, reach, 0), (0, reach, reach, 0), (reach, 0, 0, reach), (0, reach, 0, reach)];
            let least = reaches.into_iter().chain([(half, half, half, half)]).map(|(left, right, up, down)| {
                let from = (column.saturating_sub(left), row.saturating_sub(up));
                variance(from, ((column + right + 1).min(self.columns), (row + down + 1).min(self.rows)))
            });
            least.fold(f64::INFINITY, f64::min).max(0.0).sqrt() as f32
        });
        each.collect()
    }
}

/// Sums over rectangles of a grid in four looks each.
struct Sums {
    sums: Vec<f64>,
    columns: usize,
}

impl Sums {
    fn new(values: &[f32], columns: usize) -> Self {
        let wide = columns + 1;
        let mut sums = vec![0.0; wide * (values.len() / columns + 1)];
        for (row, values) in values.chunks_exact(columns).enumerate() {
            let mut sum = 0.0;
            let (above, below) = sums.split_at_mut((row + 1) * wide);
            let above = above.get(row * wide + 1..).unwrap_or_default();
            let below = below.get_mut(1..).unwrap_or_default();
            for ((value, above), below) in values.iter().zip(above).zip(below) {
                sum += f64::from(*value);
                *below = sum + above;
            }
        }
        Self { sums, columns: wide }
    }

    /// The sum from a corner up to before another.
    fn within(&self, (left, top): (usize, usize), (right, bottom): (usize, usize)) -> f64 {
        let at = |x: usize, y: usize| self.sums.get(y * self.columns + x).copied().unwrap_or(0.0);
        at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top)
    }
}
