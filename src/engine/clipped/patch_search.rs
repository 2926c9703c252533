//! From where a hole in a wall can be continued: for each part of the hole the few ways by which what borders it looks most like
//! another place of the wall.
//!
//! Few ways continue nearly all of a picture (He and Sun, "Statistics of Patch Offsets for Image Completion", 2012). Here they are
//! looked for from what borders each part of the hole alone, first in coarse cells over the whole wall, then ever finer.

use super::layer::Layer;
use super::wall_cells::{Offset, WallCells, moved};

/// A part of the hole is a square of so many coarse cells.
const PART: usize = 8;
/// What borders a part is looked at within this of its middle, coarse cells, and as much farther as the border is away.
const AROUND: isize = 8;
/// At most so many cells of the border and of the part itself are looked at, in coarse cells and in finer ones.
const MOST_BORDER: usize = 36;
const MOST_INNER: usize = 12;
const MOST_FINE: usize = 120;
/// The fewest cells of a border that tell anything.
const FEWEST: usize = 6;
/// How far a way leads at most, coarse cells.
const REACH: isize = 45;
/// How many ways are kept for each part, and how far they differ at least, coarse cells.
const KEPT: usize = 2;
const APART: isize = 3;
/// By which share a way counts as worse for each coarse cell that it is long, and what it counts beside: light differs from place to
/// place.
const FARTHER: f32 = 0.006;
const FLOOR: f32 = 1e-4;
/// Which share of a part must be known at the other end.
const KNOWN: f32 = 0.8;

/// A way to continue a part of the hole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Way {
    /// The middle of the part, coarse cells.
    pub(super) middle: Offset,
    /// To where it leads, the finest cells, between them too.
    pub(super) offset: (f64, f64),
}

/// The wall in cells of three sizes, each twice the one before.
pub(super) struct Pyramid {
    pub(super) levels: [WallCells; 3],
}

impl Pyramid {
    pub(super) fn of(finest: WallCells) -> Self {
        let middle = finest.halved();
        let coarsest = middle.halved();
        Self { levels: [finest, middle, coarsest] }
    }

    /// The ways to continue a hole that is told in cells of the middle size.
    pub(super) fn ways(&self, hole: &Layer<bool>) -> Vec<Way> {
        let [_, _, coarse] = &self.levels;
        let frame = coarse.frame();
        let hole = Layer::of(frame, |column, row| {
            let (column, row) = (2 * column, 2 * row);
            let is_hole = |right: usize, down: usize| {
                let (column, row) = (column + right, row + down);
                column < hole.frame.columns
                    && row < hole.frame.rows
                    && hole.values.get(row * hole.frame.columns + column) == Some(&true)
            };
            is_hole(0, 0) || is_hole(1, 0) || is_hole(0, 1) || is_hole(1, 1)
        });
        let parts = (0..frame.rows).step_by(PART).flat_map(|row| {
            let columns = (0..frame.columns).step_by(PART);
            columns.map(move |column| (column, row))
        });
        parts.filter_map(|corner| Part::at(corner, &hole, coarse)).flat_map(|part| self.of_part(&part)).collect()
    }

    fn of_part(&self, part: &Part) -> Vec<Way> {
        let [finest, middle, coarse] = &self.levels;
        let found = part.searched(coarse);
        let finer = |(_, offset): (f32, Offset)| {
            let half = part.finer(middle, 2, MOST_FINE);
            let whole = part.finer(finest, 4, MOST_FINE * 2);
            let offset = best_around(middle, &half, doubled(offset));
            let offset = best_around(finest, &whole, doubled(offset));
            Way { middle: part.middle, offset: between(finest, &whole, offset) }
        };
        found.into_iter().map(finer).collect()
    }
}

/// A part of a hole, in coarse cells.
struct Part {
    middle: Offset,
    inner: Vec<Offset>,
    border: Vec<(Offset, [f32; 3])>,
    around: isize,
}

impl Part {
    fn at((left, top): (usize, usize), hole: &Layer<bool>, cells: &WallCells) -> Option<Self> {
        let frame = hole.frame;
        let places = (top..(top + PART).min(frame.rows))
            .flat_map(|row| (left..(left + PART).min(frame.columns)).map(move |column| (column, row)));
        let inner: Vec<Offset> = places
            .filter(|(column, row)| hole.values.get(row * frame.columns + column) == Some(&true))
            .map(|(column, row)| (column as isize, row as isize))
            .collect();
        let count = inner.len() as isize;
        if count == 0 {
            return None;
        }
        let sum = inner.iter().fold((0, 0), |sum, cell| moved(sum, *cell));
        let middle = (sum.0 / count, sum.1 / count);
        let mut around = AROUND;
        loop {
            let border = within(cells, middle, around);
            if border.len() >= MOST_BORDER * 2 || around >= 3 * AROUND {
                let enough = border.len() >= FEWEST;
                let (border, inner) = (thinned(&border, MOST_BORDER), thinned(&inner, MOST_INNER));
                return enough.then_some(Self { middle, inner, border, around });
            }
            around += 2;
        }
    }

    /// The best ways in coarse cells, with how different what they lead to is.
    fn searched(&self, cells: &WallCells) -> Vec<(f32, Offset)> {
        let mut best: Vec<(f32, Offset)> = Vec::new();
        let frame = cells.frame();
        let span = |at: isize, count: usize| (-at).max(-REACH)..(count as isize - at).min(REACH + 1);
        for down in span(self.middle.1, frame.rows) {
            for right in span(self.middle.0, frame.columns) {
                let way = (right, down);
                if !self.is_known_at(cells, way) {
                    continue;
                }
                let length = ((right * right + down * down) as f32).sqrt();
                let worst = if best.len() < KEPT { f32::INFINITY } else { best.last().map_or(f32::INFINITY, |b| b.0) };
                let worse = 1.0 + FARTHER * length;
                let difference = (cells.mean_difference(&self.border, way, worst) + FLOOR) * worse;
                if difference < worst {
                    keep(&mut best, (difference, way));
                }
            }
        }
        best
    }

    /// Whether enough of the part is known at the other end of a way.
    fn is_known_at(&self, cells: &WallCells, way: Offset) -> bool {
        let missing = ((1.0 - KNOWN) * self.inner.len() as f32) as usize;
        let unknown = self.inner.iter().filter(|cell| !cells.is_known(moved(**cell, way)));
        unknown.take(missing + 1).count() <= missing
    }

    /// What borders it, in cells that are smaller by a factor.
    fn finer(&self, cells: &WallCells, times: isize, most: usize) -> Vec<(Offset, [f32; 3])> {
        let middle = (self.middle.0 * times + times / 2, self.middle.1 * times + times / 2);
        thinned(&within(cells, middle, self.around * times), most)
    }
}

/// Puts a way among the best, best first, of such that lie near each other only one.
fn keep(best: &mut Vec<(f32, Offset)>, new: (f32, Offset)) {
    let is_near = |(_, way): &(f32, Offset)| {
        let (right, down) = (way.0 - new.1.0, way.1 - new.1.1);
        right.abs() < APART && down.abs() < APART
    };
    if best.iter().any(|kept| is_near(kept) && kept.0 <= new.0) {
        return;
    }
    best.retain(|kept| !is_near(kept));
    let at = best.partition_point(|kept| kept.0 <= new.0);
    best.insert(at, new);
    best.truncate(KEPT);
}

/// The known cells of a square.
fn within(cells: &WallCells, middle: Offset, around: isize) -> Vec<(Offset, [f32; 3])> {
    let rows = middle.1 - around..=middle.1 + around;
    let places = rows.flat_map(|row| (middle.0 - around..=middle.0 + around).map(move |column| (column, row)));
    places.filter_map(|cell| Some((cell, cells.tone(cell)?))).collect()
}

/// At most so many of some cells, spread evenly.
fn thinned<T: Copy>(cells: &[T], most: usize) -> Vec<T> {
    // An odd step over rows of all lengths: no columns of them.
    let step = cells.len().div_ceil(most).max(1);
    cells.iter().step_by(step).copied().collect()
}

fn doubled((right, down): Offset) -> Offset {
    (2 * right, 2 * down)
}

/// The best of a way and its neighbours.
fn best_around(cells: &WallCells, border: &[(Offset, [f32; 3])], way: Offset) -> Offset {
    let mut best = (cells.mean_difference(border, way, f32::INFINITY), way);
    for _ in 0..2 {
        let middle = best.1;
        for (right, down) in [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)] {
            let way = moved(middle, (right, down));
            let difference = cells.mean_difference(border, way, best.0);
            if difference < best.0 {
                best = (difference, way);
            }
        }
        if best.1 == middle {
            break;
        }
    }
    best.1
}

/// A way between cells: the lowest place of the parabolas through the differences at it and at its neighbours.
fn between(cells: &WallCells, border: &[(Offset, [f32; 3])], way: Offset) -> (f64, f64) {
    let at = |right: isize, down: isize| cells.mean_difference(border, moved(way, (right, down)), f32::INFINITY);
    let here = at(0, 0);
    let lowest = |before: f32, after: f32| {
        let bend = before - 2.0 * here + after;
        if bend > 1e-9 && bend.is_finite() && here >= 0.0 {
            // No difference is less than nothing.
            let most = (2.0 * here / bend).sqrt().min(0.5);
            f64::from(((before - after) / (2.0 * bend)).clamp(-most, most))
        } else {
            0.0
        }
    };
    (way.0 as f64 + lowest(at(-1, 0), at(1, 0)), way.1 as f64 + lowest(at(0, -1), at(0, 1)))
}

#[cfg(test)]
mod tests {
    use super::super::layer::Frame;
    use super::*;
    use crate::engine::geometry::PhotoPoint;

    /// Checks of 20 and 28 finest cells, seen but for a hole of 24 by 40 cells; and that hole in cells of the middle size.
    fn checks() -> (Pyramid, Layer<bool>) {
        let frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: 200, rows: 180 };
        let is_hole = |column: usize, row: usize| (80..104).contains(&column) && (60..100).contains(&row);
        let light = Layer::of(frame, |column, row| {
            let share = if (column / 10 + row / 14) % 2 == 0 { 0.2 } else { 0.6 };
            [share, 0.8 * share + 0.1 * (column % 20) as f32 / 20.0, share]
        });
        let known = Layer::of(frame, |column, row| if is_hole(column, row) { 0.0 } else { 1.0 });
        let pyramid = Pyramid::of(WallCells::new(&light, &known, 1));
        let hole = Layer::of(frame.coarser(2), |column, row| is_hole(2 * column, 2 * row));
        (pyramid, hole)
    }

    #[test]
    fn ways_lead_to_where_a_pattern_comes_again() {
        let (pyramid, hole) = checks();
        let ways = pyramid.ways(&hole);
        assert!(ways.len() > 4, "{}", ways.len());
        let off = |way: f64, pitch: f64| (way / pitch - (way / pitch).round()).abs() * pitch;
        for Way { middle, offset: (right, down) } in ways {
            let (across, along) = (off(right, 20.0), off(down, 28.0));
            let (half_across, half_along) = (off(right - 10.0, 20.0), off(down - 14.0, 28.0));
            let is_again = across.max(along) < 0.3 || half_across.max(half_along) < 0.3;
            assert!(is_again && right.abs().max(down.abs()) > 10.0, "{middle:?}: {right} {down}");
        }
    }

    #[test]
    fn where_nothing_is_known_no_way_is_found() {
        let (pyramid, hole) = checks();
        let [finest, ..] = &pyramid.levels;
        let blind = Pyramid::of(WallCells::new(&finest.tones, &finest.known.map(|_| 0.0), 1));
        assert_eq!(blind.ways(&hole), []);
        assert_eq!(pyramid.ways(&hole.map(|_| false)), []);
    }
}
