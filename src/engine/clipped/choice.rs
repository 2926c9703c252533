//! Which patch each cell of a hole takes, so that borders between patches are seen least.
//!
//! One patch after another is laid over whatever cells are cheaper with it, which a cut of the grid tells all at once (expansion moves:
//! Boykov, Veksler and Zabih, "Fast Approximate Energy Minimization via Graph Cuts", 2001; of patches: Kwatra and others, "Graphcut
//! Textures", 2003).

use super::cheapest_cut::{BESIDE, CheapestCut};
use super::layer::Layer;
use super::patch::{NONE, Patch};
use super::wall_cells::{Offset, moved, squared};

/// How much a border between two patches counts beside how badly each fits; and any border, however little it is seen.
const SEAM: f32 = 1.0;
const ANY_SEAM: f32 = 0.002;
/// How bad it is to take a patch where it shows nothing.
const UNFIT: f32 = 40.0;
/// How often every patch is laid over the others.
const ROUNDS: usize = 2;
/// By which share the whole must get cheaper for a change.
const CHEAPER: f32 = 0.9999;

/// The patch of each cell.
pub(super) struct Choice<'a> {
    patches: &'a [Patch],
    pub(super) taken: Layer<u16>,
    /// The part in which each change took place: its first cell, and the one after its last.
    changes: Vec<(Offset, Offset)>,
}

/// A cell that may take another patch.
#[derive(Debug, Clone, Copy)]
struct Changeable {
    own: u16,
    /// How much dearer the other one is, but for borders.
    dearer: f32,
    /// How different both look.
    differs: f32,
}

impl<'a> Choice<'a> {
    /// Starts with a patch for each cell of a hole.
    pub(super) fn new(patches: &'a [Patch], taken: Layer<u16>) -> Self {
        Self { patches, taken, changes: Vec::new() }
    }

    /// Lets patches spread as long as all in all that costs less.
    pub(super) fn settle(&mut self) {
        let mut tried = vec![None; self.patches.len()];
        for _ in 0..ROUNDS {
            for (index, (patch, tried)) in self.patches.iter().zip(&mut tried).enumerate() {
                let since = tried.unwrap_or(0);
                let is_new = tried.is_none() || self.changes.iter().skip(since).any(|part| patch.is_over(*part));
                *tried = Some(self.changes.len());
                if is_new {
                    self.spread(patch, index as u16);
                }
            }
        }
    }

    fn at(&self, (column, row): Offset) -> u16 {
        let frame = self.taken.frame;
        let is_inside = (0..frame.columns as isize).contains(&column) && (0..frame.rows as isize).contains(&row);
        if is_inside { self.taken.cell(column, row) } else { NONE }
    }

    /// How badly a patch fits.
    fn fit(&self, index: u16, place: Offset) -> f32 {
        self.patches.get(usize::from(index)).map_or(UNFIT, |patch| patch.cost(place).min(UNFIT))
    }

    /// How much it is seen that two neighbours take these patches.
    fn seam(&self, (one, other): (u16, u16), here: Offset, beside: Offset) -> f32 {
        let patches = (self.patches.get(usize::from(one)), self.patches.get(usize::from(other)));
        let (Some(first), Some(second)) = patches else { return 0.0 };
        let differs = |place: Offset| squared(first.tone(place), second.tone(place));
        if one == other { 0.0 } else { border(differs(here) + differs(beside)) }
    }

    /// Lays a patch over all cells that all in all are cheaper with it.
    fn spread(&mut self, patch: &Patch, index: u16) {
        let frame = patch.frame();
        let place = |at: usize| moved(patch.origin(), ((at % frame.columns) as isize, (at / frame.columns) as isize));
        let cells: Vec<Option<Changeable>> =
            (0..frame.cells()).map(|at| self.changeable(patch, index, place(at))).collect();
        if cells.iter().all(Option::is_none) {
            return;
        }
        let mut cut = CheapestCut::new(frame.columns, frame.rows);
        for (at, cell) in cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            cut.dearer(at, cell.dearer);
            for (direction, way) in BESIDE.into_iter().enumerate() {
                let (here, beside) = (place(at), moved(place(at), way));
                let next = at.wrapping_add_signed(way.1 * frame.columns as isize + way.0);
                let is_inside = patch.has(beside);
                match cells.get(next).copied().flatten().filter(|_| is_inside) {
                    Some(next_cell) if direction % 2 == 0 => {
                        let border = self.border_of((cell, here), (&next_cell, beside), index);
                        cut.dearer(at, border[1] - border[0]);
                        cut.dearer(next, -border[1]);
                        cut.parted(at, direction, border[2] + border[1] - border[0]);
                    }
                    Some(_) => (),
                    None => {
                        let other = self.at(beside);
                        let of = |patch: u16| self.seam((patch, other), here, beside);
                        cut.dearer(at, of(index) - of(cell.own));
                    }
                }
            }
        }
        let changed: Vec<bool> =
            cut.changed().into_iter().zip(&cells).map(|(changed, cell)| changed && cell.is_some()).collect();
        self.take(patch, index, &changed);
    }

    /// What it tells of a cell that another patch may be taken there.
    fn changeable(&self, patch: &Patch, index: u16, place: Offset) -> Option<Changeable> {
        let (own, cost) = (self.at(place), patch.cost(place));
        if own == NONE || own == index || cost >= UNFIT {
            return None;
        }
        let differs = squared(patch.tone(place), self.patches.get(usize::from(own))?.tone(place));
        Some(Changeable { own, dearer: cost - self.fit(own, place), differs })
    }

    /// How much the border of two cells is seen: as they are, if the first takes the other patch, and if the second does.
    fn border_of(
        &self,
        (cell, here): (&Changeable, Offset),
        (next, beside): (&Changeable, Offset),
        index: u16,
    ) -> [f32; 3] {
        if cell.own == next.own {
            let border = border(cell.differs + next.differs);
            return [0.0, border, border];
        }
        [(cell.own, next.own), (index, next.own), (cell.own, index)].map(|both| self.seam(both, here, beside))
    }

    /// Takes a patch in some cells of its own, if that is cheaper.
    fn take(&mut self, patch: &Patch, index: u16, changed: &[bool]) {
        let frame = patch.frame();
        let places: Vec<Offset> = (0..frame.cells())
            .filter(|at| changed.get(*at) == Some(&true))
            .map(|at| moved(patch.origin(), ((at % frame.columns) as isize, (at / frame.columns) as isize)))
            .collect();
        let before: Vec<u16> = places.iter().map(|place| self.at(*place)).collect();
        let cost = self.cost_of(patch, &places, changed);
        places.iter().for_each(|place| self.set(*place, index));
        if self.cost_of(patch, &places, changed) >= cost * CHEAPER {
            places.iter().zip(before).for_each(|(place, before)| self.set(*place, before));
            return;
        }
        let none = ((isize::MAX, isize::MAX), (isize::MIN, isize::MIN));
        self.changes.push(places.iter().fold(none, |(first, last), (column, row)| {
            ((first.0.min(*column), first.1.min(*row)), (last.0.max(column + 1), last.1.max(row + 1)))
        }));
    }

    fn set(&mut self, (column, row): Offset, index: u16) {
        let at = row as usize * self.taken.frame.columns + column as usize;
        if let Some(taken) = self.taken.values.get_mut(at) {
            *taken = index;
        }
    }

    /// What some cells of a patch and their borders cost.
    fn cost_of(&self, patch: &Patch, places: &[Offset], changed: &[bool]) -> f32 {
        let (origin, columns) = (patch.origin(), patch.frame().columns as isize);
        let is_one = |(column, row): Offset| {
            patch.has((column, row))
                && changed.get(((row - origin.1) * columns + column - origin.0) as usize) == Some(&true)
        };
        let cost = |place: &Offset| {
            let own = self.at(*place);
            let borders = BESIDE.map(|way| {
                let beside = moved(*place, way);
                let share = if is_one(beside) { 0.5 } else { 1.0 };
                share * self.seam((own, self.at(beside)), *place, beside)
            });
            self.fit(own, *place) + borders.iter().sum::<f32>()
        };
        places.iter().map(cost).sum()
    }
}

fn border(differs: f32) -> f32 {
    ANY_SEAM + SEAM * differs
}

#[cfg(test)]
mod tests {
    use super::super::layer::Frame;
    use super::super::wall_cells::WallCells;
    use super::*;
    use crate::engine::geometry::PhotoPoint;

    const FRAME: Frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: 200, rows: 60 };

    fn is_hole(column: usize, row: usize) -> bool {
        (80..100).contains(&column) && (20..40).contains(&row)
    }

    /// Patches from 60 cells to the left and to the right of a hole, in a wall of that light.
    fn patches(light: impl Fn(usize) -> f32) -> (Layer<bool>, [Patch; 2]) {
        let light = Layer::of(FRAME, |column, _| [light(column); 3]);
        let known = Layer::of(FRAME, |column, row| if is_hole(column, row) { 0.0 } else { 1.0 });
        let cells = WallCells::new(&light, &known, 1);
        let hole = Layer::of(FRAME, is_hole);
        let patches = [-60.0, 60.0].map(|way| Patch::new(&cells, &hole, (way, 0.0), &[(90, 30)]));
        (hole, patches)
    }

    fn settled(patches: &[Patch], taken: Layer<u16>) -> Layer<u16> {
        let mut choice = Choice::new(patches, taken);
        choice.settle();
        choice.taken
    }

    /// What starts as a mix of both.
    fn mixed(hole: &Layer<bool>) -> Layer<u16> {
        Layer::of(FRAME, |column, row| match hole.cell(column as isize, row as isize) {
            true => ((column * 7 + row * 3) % 5 < 2).into(),
            false => NONE,
        })
    }

    #[test]
    fn of_patches_that_look_alike_one_is_left() {
        let (hole, patches) = patches(|_| 0.5);
        let taken = settled(&patches, mixed(&hole));
        let first = taken.cell(80, 20);
        assert!(first != NONE && (20..40).all(|row| (80..100).all(|column| taken.cell(column, row) == first)));
        assert_eq!(taken.cell(70, 30), NONE, "no hole");
    }

    #[test]
    fn patches_meet_where_both_look_alike() {
        // Dark on the left and light on the right, and each shows that on its side; both show the same in two columns alone.
        let (hole, patches) = patches(|column| match column {
            33 | 34 => 0.5,
            0..85 => 0.1,
            153 | 154 => 0.5,
            _ => 0.9,
        });
        let taken = settled(&patches, mixed(&hole));
        for row in 20..40 {
            let border: Vec<isize> =
                (80..99).filter(|column| taken.cell(*column, row) != taken.cell(*column + 1, row)).collect();
            assert_eq!(border, [93], "row {row}");
            assert_eq!((taken.cell(80, row), taken.cell(99, row)), (0, 1), "row {row}");
        }
    }
}
