//! A patch of a wall: what stands a certain way off, and how well that fits where it may be taken.

use super::layer::{Frame, Layer, box_sums};
use super::patch_search::{Pyramid, Way};
use super::wall_cells::{Offset, WallCells, squared};

/// How far around its part a way may be taken, cells.
const REACH: isize = 24;
/// How far beside the hole it is held against what is known, cells.
const BESIDE: usize = 8;
/// Radii in cells in which what is known tells how well a way fits, and how much each counts.
const RADII: [(usize, f32); 2] = [(5, 6.0), (16, 0.6)];
/// How much what is farther counts.
const FAR: f32 = 0.01;
/// How much all that counts, and what a patch differs from what is known under it.
const NEAR_BY: f32 = 0.1;
const RIM: f32 = 1.5;
/// A patch is taken if it betters the whole by such a share and by that; where none is, it is as bad as that; and at most so many are.
const BETTERS: f32 = 0.004;
const PRICE: f32 = 0.02;
const UNFIT: f32 = 1.0;
const MOST_PATCHES: usize = 48;
/// How often it is looked for ways.
const PASSES: usize = 3;
/// No patch.
pub(super) const NONE: u16 = u16::MAX;

/// A patch that can be taken: its way in cells, where it may be taken, and how badly it fits in each cell there.
pub(super) struct Patch {
    way: (f64, f64),
    left: usize,
    top: usize,
    costs: Layer<f32>,
    /// What it shows there.
    tones: Layer<[f32; 3]>,
}

impl Patch {
    /// What lies so far from a hole, cells, where it may be taken around parts of the hole with those middles.
    pub(super) fn new(cells: &WallCells, hole: &Layer<bool>, way: (f64, f64), areas: &[Offset]) -> Self {
        let frame = cells.frame();
        let low = |of: fn(&Offset) -> isize| (areas.iter().map(of).min().unwrap_or(0) - REACH).max(0) as usize;
        let high = |of: fn(&Offset) -> isize, count: usize| {
            ((areas.iter().map(of).max().unwrap_or(0) + REACH).max(0) as usize).min(count)
        };
        let (left, top) = (low(|at| at.0), low(|at| at.1));
        let (right, bottom) = (high(|at| at.0, frame.columns), high(|at| at.1, frame.rows));
        let within = (top..bottom).flat_map(|row| (left..right).map(move |column| (column, row)));
        let within = within.filter(|(column, row)| hole.values.get(row * frame.columns + column) == Some(&true));
        let (left, top, right, bottom) = within.fold((right, bottom, left, top), |span, (column, row)| {
            (span.0.min(column), span.1.min(row), span.2.max(column + 1), span.3.max(row + 1))
        });
        let (left, top) = (left.saturating_sub(BESIDE), top.saturating_sub(BESIDE));
        let (right, bottom) = ((right + BESIDE).min(frame.columns), (bottom + BESIDE).min(frame.rows));
        let part = Frame {
            origin: frame.origin.moved(left as f64 * frame.pitch, top as f64 * frame.pitch),
            columns: right.saturating_sub(left),
            rows: bottom.saturating_sub(top),
            ..frame
        };
        let nearest = ((way.0 + 0.5).floor() as isize, (way.1 + 0.5).floor() as isize);
        let place = |column: usize, row: usize| ((left + column) as isize, (top + row) as isize);
        let tones = Layer::of(part, |column, row| {
            let at = place(column, row);
            cells.tones.at_place(at.0 as f64 + way.0, at.1 as f64 + way.1)
        });
        let is_shown = |(column, row): Offset| cells.is_known((column + nearest.0, row + nearest.1));
        let differs = Layer::of(part, |column, row| {
            let at = place(column, row);
            let is_both = cells.is_known(at) && is_shown(at);
            if is_both {
                [squared(cells.tones.cell(at.0, at.1), tones.cell(column as isize, row as isize)), 1.0]
            } else {
                [0.0, 0.0]
            }
        });
        let whole = differs
            .values
            .iter()
            .fold((0.0, 0.0), |(sum, count), [differs, known]| (sum + differs * FAR, count + known * FAR));
        let sums = RADII.map(|(radius, _)| box_sums(part, &differs.values, radius));
        let costs = Layer::of(part, |column, row| {
            let at = place(column, row);
            let is_hole = hole.cell(at.0, at.1);
            if !is_hole || !is_shown(at) {
                return f32::INFINITY;
            }
            let (mut sum, mut count) = (0.0, 0.0);
            for (sums, (_, weight)) in sums.iter().zip(RADII) {
                let [differs, known] = sums.get(row * part.columns + column).copied().unwrap_or_default();
                sum += differs * weight;
                count += known * weight;
            }
            sum += whole.0;
            count += whole.1;
            let [differs, _] = differs.cell(column as isize, row as isize);
            if count > 0.0 { NEAR_BY * sum / count + RIM * differs } else { f32::INFINITY }
        });
        Self { way, left, top, costs, tones }
    }

    /// Its first cell, in cells of the whole wall.
    pub(super) fn origin(&self) -> Offset {
        (self.left as isize, self.top as isize)
    }

    pub(super) fn frame(&self) -> Frame {
        self.costs.frame
    }

    /// Whether a cell of the whole wall is one of its own.
    pub(super) fn has(&self, (column, row): Offset) -> bool {
        let (column, row) = (column - self.left as isize, row - self.top as isize);
        let frame = self.costs.frame;
        (0..frame.columns as isize).contains(&column) && (0..frame.rows as isize).contains(&row)
    }

    /// Whether it lies over or beside some of the cells from one to before another.
    pub(super) fn is_over(&self, (first, end): (Offset, Offset)) -> bool {
        let (left, top) = self.origin();
        let (right, bottom) = (left + self.costs.frame.columns as isize, top + self.costs.frame.rows as isize);
        left <= end.0 && first.0 <= right && top <= end.1 && first.1 <= bottom
    }

    /// How far what it shows lies, cells.
    pub(super) fn way(&self) -> (f64, f64) {
        self.way
    }

    /// Which cells of the whole wall its own are.
    fn places(&self, columns: usize) -> impl Iterator<Item = usize> {
        let (left, top, width) = (self.left, self.top, self.costs.frame.columns.max(1));
        (0..self.costs.values.len()).map(move |at| (top + at / width) * columns + left + at % width)
    }

    /// How badly it fits in a cell: infinitely where it cannot be taken.
    pub(super) fn cost(&self, (column, row): Offset) -> f32 {
        let (column, row) = (column - self.left as isize, row - self.top as isize);
        let frame = self.costs.frame;
        let is_inside = (0..frame.columns as isize).contains(&column) && (0..frame.rows as isize).contains(&row);
        if is_inside { self.costs.cell(column, row) } else { f32::INFINITY }
    }

    /// What it shows in a cell; beside its own that of the nearest.
    pub(super) fn tone(&self, (column, row): Offset) -> [f32; 3] {
        self.tones.cell(column - self.left as isize, row - self.top as isize)
    }
}

/// Ways in cells that are the same, with the middles of the parts they were found for, in cells.
fn merged(ways: &[Way]) -> Vec<((f64, f64), Vec<Offset>)> {
    let mut merged: Vec<((f64, f64), Vec<Offset>)> = Vec::new();
    for Way { middle, offset } in ways {
        let way = (offset.0 / 2.0, offset.1 / 2.0);
        let middle = (2 * middle.0 + 1, 2 * middle.1 + 1);
        let is_same = |(other, _): &&mut ((f64, f64), Vec<Offset>)| {
            (other.0 - way.0).abs() < 0.3 && (other.1 - way.1).abs() < 0.3
        };
        match merged.iter_mut().find(is_same) {
            Some((_, middles)) => middles.push(middle),
            None => merged.push((way, vec![middle])),
        }
    }
    merged
}

/// All patches that can be taken.
pub(super) fn found(pyramid: &Pyramid, hole: &Layer<bool>) -> Vec<Patch> {
    let [_, cells, _] = &pyramid.levels;
    let (mut found, mut left) = (Vec::new(), hole.clone());
    for _ in 0..PASSES {
        // Where none fits whole parts of the hole, smaller parts may find one.
        let new = merged(&pyramid.ways(&left));
        found.extend(new.into_iter().map(|(way, areas)| Patch::new(cells, hole, way, &areas)));
        let reached = best(hole, &found);
        let is_left = hole.values.iter().zip(&reached.values).map(|(hole, patch)| *hole && *patch == NONE);
        left.values = is_left.collect();
        if !left.values.contains(&true) {
            break;
        }
    }
    found
}

/// The few patches that nearly all of the hole is continued by: one after another the one that betters most, as long as it betters
/// enough.
pub(super) fn few(hole: &Layer<bool>, mut patches: Vec<Patch>) -> Vec<Patch> {
    let columns = hole.frame.columns;
    let mut kept: Layer<f32> = hole.map(|is_hole| if is_hole { UNFIT } else { 0.0 });
    let mut few = Vec::new();
    let mut all: f32 = kept.values.iter().sum();
    while few.len() < MOST_PATCHES {
        let betters = |patch: &Patch| {
            let cells = patch.places(columns).zip(&patch.costs.values);
            cells.map(|(place, cost)| (kept.values.get(place).copied().unwrap_or(0.0) - cost).max(0.0)).sum::<f32>()
        };
        let mut best = (0.0, 0);
        for (index, patch) in patches.iter().enumerate() {
            let betters = betters(patch);
            if betters > best.0 {
                best = (betters, index);
            }
        }
        if best.0 <= BETTERS * all + PRICE {
            break;
        }
        let patch = patches.swap_remove(best.1);
        for (place, cost) in patch.places(columns).zip(&patch.costs.values) {
            if let Some(kept) = kept.values.get_mut(place) {
                *kept = kept.min(*cost);
            }
        }
        all -= best.0;
        few.push(patch);
    }
    few
}

/// The patch that fits best in each cell of the hole.
pub(super) fn best(hole: &Layer<bool>, patches: &[Patch]) -> Layer<u16> {
    let mut taken = hole.map(|_| (f32::INFINITY, NONE));
    let columns = hole.frame.columns;
    for (index, patch) in patches.iter().enumerate().take(usize::from(NONE)) {
        for (place, cost) in patch.places(columns).zip(&patch.costs.values) {
            if let Some(kept) = taken.values.get_mut(place).filter(|kept| *cost < kept.0) {
                *kept = (*cost, index as u16);
            }
        }
    }
    taken.map(|(_, patch)| patch)
}
