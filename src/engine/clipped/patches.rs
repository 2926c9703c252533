//! A wall continued by patches: each place of the hole shows another place of the wall.
//!
//! Each cell takes, of the ways found for the parts of the hole around it, the one by which what is known nearby looks most alike, the
//! nearer the more; then neighbours are made to agree where patches meet (iterated conditional modes: Besag, "On the Statistical
//! Analysis of Dirty Pictures", 1986). What the patches' light differs from that beside them is spread as a membrane hangs.

use super::layer::{Frame, Layer, box_sums};
use super::membrane::{Hold, Rest, membrane};
use super::patch_search::{Pyramid, Way};
use super::wall_cells::{Offset, WallCells, moved, squared};
use crate::engine::geometry::{PhotoPoint, PhotoRect};

/// How far around its part a way may be taken, cells.
const REACH: isize = 22;
/// Radii in cells in which what is known tells how well a way fits, and how much each counts.
const RADII: [(usize, f32); 3] = [(4, 8.0), (10, 2.0), (20, 0.4)];
/// How much what is farther counts.
const FAR: f32 = 0.01;
/// A patch is taken if it betters the whole by such a share and by that; where none is, it is as bad as that; and at most so many are.
const BETTERS: f32 = 0.004;
const PRICE: f32 = 0.02;
const UNFIT: f32 = 1.0;
const MOST_PATCHES: usize = 48;
/// How much it counts beside that what a patch differs from what is known under it.
const RIM: f32 = 1.5;
/// How much a border between two patches counts beside how well each fits.
const SEAM: f32 = 1.5;
const ANY_SEAM: f32 = 0.002;
const ROUNDS: usize = 4;
const EXCHANGES: usize = 2;
/// Cells of the light that is made to agree, in cells; by how much it may change; and over how many of them that fades.
const GAIN_CELLS: usize = 5;
const GAIN: (f32, f32) = (0.75, 1.33);
const GAIN_WITHIN: f32 = 4.0;
/// How often it is looked for ways.
const PASSES: usize = 3;
/// No patch.
const NONE: u16 = u16::MAX;

/// A hole in a wall, and what stands in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Patches {
    /// Which patch each cell takes.
    taken: Layer<u16>,
    /// How far from each place what it shows lies, photo pixels.
    ways: Vec<(f64, f64)>,
    /// How much lighter what is shown is made.
    gain: Layer<[f32; 3]>,
}

/// A patch that can be taken: its way in cells, where it may be taken, and how badly it fits in each cell there.
struct Patch {
    way: (f64, f64),
    left: usize,
    top: usize,
    costs: Layer<f32>,
    /// What it shows there.
    tones: Layer<[f32; 3]>,
}

impl Patches {
    /// Continues the wall of a pyramid into a hole, told in cells of its middle size.
    pub(super) fn new(pyramid: &Pyramid, hole: &Layer<bool>) -> Self {
        let [_, cells, _] = &pyramid.levels;
        let patches = few(hole, found(pyramid, hole));
        let mut choice = Choice { taken: best(hole, &patches), patches: &patches };
        for _ in 0..EXCHANGES {
            (0..ROUNDS).for_each(|round| choice.agree(round));
            choice.exchange();
        }
        (0..ROUNDS).for_each(|round| choice.agree(round));
        let Choice { taken, .. } = choice;
        let pitch = cells.frame().pitch;
        let ways: Vec<(f64, f64)> = patches.iter().map(|patch| (patch.way.0 * pitch, patch.way.1 * pitch)).collect();
        let gain = gain(cells, hole, &taken, &patches);
        Self { taken, ways, gain }
    }

    /// How far from each cell what it shows lies, in cells; `None` where nothing continues it.
    pub(super) fn way(&self, column: usize, row: usize) -> Option<(f64, f64)> {
        let pitch = self.taken.frame.pitch;
        let patch = self.taken.cell(column as isize, row as isize);
        self.ways.get(usize::from(patch)).map(|(right, down)| (right / pitch, down / pitch))
    }

    /// The light of a place, read from what the wall shows elsewhere; `None` where nothing continues it.
    pub(super) fn at(&self, place: PhotoPoint, seen: impl Fn(PhotoPoint) -> [f32; 3]) -> Option<[f32; 3]> {
        let (x, y) = self.taken.frame.place(place);
        let (column, row) = (x.floor(), y.floor());
        let (right, down) = (sharper(x - column), sharper(y - row));
        let (column, row) = (column as isize, row as isize);
        let corners = [
            (0, 0, (1.0 - right) * (1.0 - down)),
            (1, 0, right * (1.0 - down)),
            (0, 1, (1.0 - right) * down),
            (1, 1, right * down),
        ];
        let corners = corners.map(|(right, down, share)| (self.taken.cell(column + right, row + down), share));
        let mut shares: [(u16, f32); 4] = [(NONE, 0.0); 4];
        for (patch, share) in corners.into_iter().filter(|(patch, share)| *patch != NONE && *share > 0.0) {
            if let Some(kept) = shares.iter_mut().find(|(kept, _)| *kept == patch || *kept == NONE) {
                *kept = (patch, kept.1 + share);
            }
        }
        let (mut light, mut all) = ([0.0; 3], 0.0);
        for (patch, share) in shares.into_iter().filter(|(patch, _)| *patch != NONE) {
            let (right, down) = self.ways.get(usize::from(patch)).copied()?;
            let seen = seen(place.moved(right, down));
            light.iter_mut().zip(seen).for_each(|(light, seen)| *light += seen * share);
            all += share;
        }
        let gain = self.gain.at(place);
        light.iter_mut().zip(gain).for_each(|(light, gain)| *light *= gain / f32::max(all, 1e-6));
        (all > 0.0).then_some(light)
    }

    /// The part of the photo that they show, photo pixels.
    pub(super) fn shown(&self) -> PhotoRect {
        let frame = self.taken.frame;
        let mut corners = Vec::new();
        for (at, patch) in self.taken.values.iter().enumerate() {
            if let Some((right, down)) = self.ways.get(usize::from(*patch)) {
                corners.push(frame.middle(at % frame.columns, at / frame.columns).moved(*right, *down));
            }
        }
        if corners.is_empty() {
            PhotoRect::of_size(0.0, 0.0)
        } else {
            PhotoRect::around(&corners).inflated(frame.pitch * 1.5)
        }
    }
}

/// From 0 to 1 over the middle third.
fn sharper(share: f64) -> f32 {
    (((share - 0.5) * 1.6 + 0.5).clamp(0.0, 1.0)) as f32
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

impl Patch {
    fn new(cells: &WallCells, hole: &Layer<bool>, way: (f64, f64), areas: &[Offset]) -> Self {
        let frame = cells.frame();
        let low = |of: fn(&Offset) -> isize| (areas.iter().map(of).min().unwrap_or(0) - REACH).max(0) as usize;
        let high = |of: fn(&Offset) -> isize, count: usize| {
            ((areas.iter().map(of).max().unwrap_or(0) + REACH).max(0) as usize).min(count)
        };
        let (left, top) = (low(|at| at.0), low(|at| at.1));
        let (right, bottom) = (high(|at| at.0, frame.columns), high(|at| at.1, frame.rows));
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
            if count > 0.0 { sum / count + RIM * differs } else { f32::INFINITY }
        });
        Self { way, left, top, costs, tones }
    }

    /// Which cells of the whole wall its own are.
    fn places(&self, columns: usize) -> impl Iterator<Item = usize> {
        let (left, top, width) = (self.left, self.top, self.costs.frame.columns.max(1));
        (0..self.costs.values.len()).map(move |at| (top + at / width) * columns + left + at % width)
    }

    /// How badly it fits in a cell: infinitely where it cannot be taken.
    fn cost(&self, (column, row): Offset) -> f32 {
        let (column, row) = (column - self.left as isize, row - self.top as isize);
        let frame = self.costs.frame;
        let is_inside = (0..frame.columns as isize).contains(&column) && (0..frame.rows as isize).contains(&row);
        if is_inside { self.costs.cell(column, row) } else { f32::INFINITY }
    }

    /// What it shows in a cell; beside its own that of the nearest.
    fn tone(&self, (column, row): Offset) -> [f32; 3] {
        self.tones.cell(column - self.left as isize, row - self.top as isize)
    }
}

/// All patches that can be taken.
fn found(pyramid: &Pyramid, hole: &Layer<bool>) -> Vec<Patch> {
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
fn few(hole: &Layer<bool>, mut patches: Vec<Patch>) -> Vec<Patch> {
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
fn best(hole: &Layer<bool>, patches: &[Patch]) -> Layer<u16> {
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

const BESIDE: [Offset; 4] = [(1, 0), (-1, 0), (0, 1), (0, -1)];

/// How much a border between two patches is seen between two cells.
fn seam((one, other): (&Patch, &Patch), here: Offset, beside: Offset) -> f32 {
    ANY_SEAM + SEAM * (squared(one.tone(here), other.tone(here)) + squared(one.tone(beside), other.tone(beside)))
}

/// The patch of each cell.
struct Choice<'a> {
    patches: &'a [Patch],
    taken: Layer<u16>,
}

impl Choice<'_> {
    fn at(&self, (column, row): Offset) -> u16 {
        self.taken.cell(column, row)
    }

    /// How much it costs to take a patch in a cell, beside neighbours that have others; those of which that is true change with it.
    fn cost(&self, place: Offset, index: u16, changes: impl Fn(u16) -> bool) -> f32 {
        let Some(patch) = self.patches.get(usize::from(index)) else { return f32::INFINITY };
        let mut cost = patch.cost(place);
        for way in BESIDE {
            let beside = moved(place, way);
            let other = self.at(beside);
            if other == index || changes(other) {
                continue;
            }
            if let Some(other) = self.patches.get(usize::from(other)) {
                cost += seam((patch, other), place, beside);
            }
        }
        cost
    }

    /// Lets each cell take the patch of a neighbour where all in all that is seen less.
    fn agree(&mut self, round: usize) {
        let (columns, count) = (self.taken.frame.columns, self.taken.values.len());
        for step in 0..count {
            let at = if round.is_multiple_of(2) { step } else { count - 1 - step };
            let place = ((at % columns) as isize, (at / columns) as isize);
            let own = self.at(place);
            let beside = BESIDE.map(|way| self.at(moved(place, way)));
            if own == NONE || beside.iter().all(|other| *other == own || *other == NONE) {
                continue;
            }
            let mut kept = (self.cost(place, own, |_| false), own);
            for other in beside.into_iter().filter(|other| *other != NONE && *other != own) {
                let cost = self.cost(place, other, |_| false);
                if cost < kept.0 {
                    kept = (cost, other);
                }
            }
            if let Some(value) = self.taken.values.get_mut(at) {
                *value = kept.1;
            }
        }
    }

    /// Lets all cells of one patch take another where all in all that is seen less: what no cell alone can leave.
    fn exchange(&mut self) {
        let columns = self.taken.frame.columns;
        for own in 0..self.patches.len() as u16 {
            let places = self.taken.values.iter().enumerate().filter(|(_, patch)| **patch == own);
            let places: Vec<Offset> =
                places.map(|(at, _)| ((at % columns) as isize, (at / columns) as isize)).collect();
            let cost = |index: u16, most: f32| {
                let mut sum = 0.0;
                for place in &places {
                    sum += self.cost(*place, index, |other| other == own);
                    if sum >= most {
                        return f32::INFINITY;
                    }
                }
                sum
            };
            let mut kept = (cost(own, f32::INFINITY), own);
            for other in (0..self.patches.len() as u16).filter(|other| *other != own) {
                let cost = cost(other, kept.0);
                if cost < kept.0 {
                    kept = (cost, other);
                }
            }
            self.taken.values.iter_mut().filter(|patch| **patch == own).for_each(|patch| *patch = kept.1);
        }
    }
}

/// How much lighter the patches are made, so that they agree with what is known under them and beside them.
fn gain(cells: &WallCells, hole: &Layer<bool>, taken: &Layer<u16>, patches: &[Patch]) -> Layer<[f32; 3]> {
    let frame = taken.frame.coarser(GAIN_CELLS);
    let mut sums = vec![([0.0_f32; 3], [0.0_f32; 3]); frame.cells()];
    let mut is_hole = vec![false; frame.cells()];
    for (at, patch) in taken.values.iter().enumerate() {
        let place = ((at % taken.frame.columns) as isize, (at / taken.frame.columns) as isize);
        let large = place.1 as usize / GAIN_CELLS * frame.columns + place.0 as usize / GAIN_CELLS;
        let Some(is_hole) = is_hole.get_mut(large) else { continue };
        *is_hole |= hole.values.get(at) == Some(&true);
        let (Some(patch), true) = (patches.get(usize::from(*patch)), cells.is_known(place)) else { continue };
        let Some((seen, shown)) = sums.get_mut(large) else { continue };
        let tone = patch.tone(place);
        seen.iter_mut().zip(cells.light(place)).for_each(|(sum, light)| *sum += light);
        shown.iter_mut().zip(tone).for_each(|(sum, tone)| *sum += tone * tone);
    }
    let held =
        sums.iter().zip(&is_hole).map(|((seen, shown), is_hole)| match (shown.iter().all(|s| *s > 0.0), is_hole) {
            (true, _) => {
                let mut gain = *seen;
                gain.iter_mut().zip(shown).for_each(|(gain, shown)| *gain = (*gain / shown).clamp(GAIN.0, GAIN.1));
                Hold::Known(gain)
            }
            (false, true) => Hold::Free,
            (false, false) => Hold::Outside,
        });
    let held = Layer { frame, values: held.collect() };
    membrane(&held, Some(Rest { value: 1.0, within: GAIN_WITHIN })).map(|gain| gain.unwrap_or([1.0; 3]))
}
