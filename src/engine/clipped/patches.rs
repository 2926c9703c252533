//! A wall continued by patches: each place of the hole shows another place of the wall.
//!
//! Each cell takes, of the ways found for the parts of the hole around it, one by which what is known nearby looks alike, and so that
//! borders between patches are seen least. What the patches' light differs from that beside them is spread as a membrane hangs.

use super::choice::Choice;
use super::layer::Layer;
use super::membrane::{Hold, Rest, membrane};
use super::patch::{NONE, Patch, best, few, found};
use super::patch_search::Pyramid;
use super::wall_cells::{Offset, WallCells};
use crate::engine::geometry::{PhotoPoint, PhotoRect};

/// Cells of the light that is made to agree, in cells; by how much it may change; and over how many of them that fades.
const GAIN_CELLS: usize = 5;
const GAIN: (f32, f32) = (0.75, 1.33);
const GAIN_WITHIN: f32 = 4.0;

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

impl Patches {
    /// Continues the wall of a pyramid into a hole, told in cells of its middle size.
    pub(super) fn new(pyramid: &Pyramid, hole: &Layer<bool>) -> Self {
        let [_, cells, _] = &pyramid.levels;
        let patches = few(hole, found(pyramid, hole));
        let mut choice = Choice::new(&patches, best(hole, &patches));
        choice.settle();
        let taken = choice.taken;
        let pitch = cells.frame().pitch;
        let ways = patches.iter().map(|patch| (patch.way().0 * pitch, patch.way().1 * pitch)).collect();
        let gain = gain(cells, hole, &taken, &patches);
        Self { taken, ways, gain }
    }

    /// Whether two cells take one patch.
    pub(super) fn are_one(&self, one: Offset, other: Offset) -> bool {
        self.taken.cell(one.0, one.1) == self.taken.cell(other.0, other.1)
    }

    /// Which cell of the wall the patch of a cell shows there, the nearest one.
    pub(super) fn source(&self, (column, row): Offset) -> Option<Offset> {
        let frame = self.taken.frame;
        let (right, down) = self.ways.get(usize::from(self.taken.cell(column, row)))?;
        let cells = |way: &f64| (way / frame.pitch + 0.5).floor() as isize;
        Some((column + cells(right), row + cells(down)))
    }

    /// What the patch of one cell shows in another, square roots of linear light; `None` where no patch lies.
    pub(super) fn tone(&self, cells: &WallCells, owner: Offset, (column, row): Offset) -> Option<[f32; 3]> {
        let frame = self.taken.frame;
        let (right, down) = self.ways.get(usize::from(self.taken.cell(owner.0, owner.1)))?;
        let place = frame.middle(column.max(0) as usize, row.max(0) as usize);
        let mut tone = cells.tones.at_place(column as f64 + right / frame.pitch, row as f64 + down / frame.pitch);
        tone.iter_mut().zip(self.gain.at(place)).for_each(|(tone, gain)| *tone *= gain.sqrt());
        Some(tone)
    }

    /// The light of a place, read from what the wall shows elsewhere; `None` where nothing continues it. Where patches meet, one goes
    /// over into the other within three cells.
    pub(super) fn at(&self, place: PhotoPoint, seen: impl Fn(PhotoPoint) -> [f32; 3]) -> Option<[f32; 3]> {
        let shares = self.shares(place);
        let (mut light, mut all) = ([0.0; 3], 0.0);
        for (patch, share) in shares.into_iter().filter(|(_, share)| *share > 0.0) {
            let (right, down) = self.ways.get(usize::from(patch)).copied()?;
            let seen = seen(place.moved(right, down));
            light.iter_mut().zip(seen).for_each(|(light, seen)| *light += seen * share);
            all += share;
        }
        let gain = self.gain.at(place);
        light.iter_mut().zip(gain).for_each(|(light, gain)| *light *= gain / f32::max(all, 1e-6));
        (all > 0.0).then_some(light)
    }

    /// Which patches show a place, and how much of it each: the cells around it weighted by a square spline.
    fn shares(&self, place: PhotoPoint) -> [(u16, f32); 9] {
        let (x, y) = self.taken.frame.place(place);
        let (column, row) = ((x + 0.5).floor(), (y + 0.5).floor());
        let (across, along) = (spline((x - column) as f32), spline((y - row) as f32));
        let (column, row) = (column as isize, row as isize);
        let mut shares = [(NONE, 0.0); 9];
        for (down, along) in (-1..).zip(along) {
            for (right, across) in (-1..).zip(across) {
                let patch = self.taken.cell(column + right, row + down);
                let place = shares.iter_mut().find(|(kept, share)| *kept == patch || *share == 0.0);
                if let Some(kept) = place.filter(|_| patch != NONE) {
                    *kept = (patch, kept.1 + across * along);
                }
            }
        }
        shares
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

/// How much three neighbours count for a place that far from the middle one, -0.5 to 0.5.
fn spline(at: f32) -> [f32; 3] {
    let (before, after) = (0.5 - at, 0.5 + at);
    [0.5 * before * before, 0.75 - at * at, 0.5 * after * after]
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

#[cfg(test)]
mod tests {
    use super::super::layer::Frame;
    use super::super::patch_search::Pyramid;
    use super::*;

    const FRAME: Frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: 240, rows: 200 };

    fn is_hole(column: usize, row: usize) -> bool {
        (80..130).contains(&column) && (60..120).contains(&row)
    }

    /// Light of a wall with joints every 40 pixels.
    fn tiles(column: usize, row: usize) -> [f32; 3] {
        if column % 40 < 4 || row % 40 < 4 { [0.2; 3] } else { [0.6, 0.6, 0.5] }
    }

    fn continued(wall: fn(usize, usize) -> [f32; 3]) -> Patches {
        let light = Layer::of(FRAME, wall);
        let known = Layer::of(FRAME, |column, row| {
            let is_inner = (84..126).contains(&column) && (64..116).contains(&row);
            if is_inner { 0.0 } else { 1.0 }
        });
        let pyramid = Pyramid::of(WallCells::new(&light, &known, 1));
        let hole = Layer::of(FRAME.coarser(2), |column, row| is_hole(2 * column, 2 * row));
        Patches::new(&pyramid, &hole)
    }

    #[test]
    fn joints_go_on_through_a_hole_and_nothing_is_shown_beside_it() {
        let patches = continued(tiles);
        for row in (0..200).step_by(3) {
            for column in (0..240).step_by(3) {
                let middle = FRAME.middle(column, row);
                let seen = |place: PhotoPoint| {
                    let is_unknown = (86.0..124.0).contains(&place.x) && (66.0..114.0).contains(&place.y);
                    assert!(!is_unknown, "{place:?}");
                    tiles(place.x as usize, place.y as usize)
                };
                let is_far = !(76..134).contains(&column) || !(56..124).contains(&row);
                match patches.at(middle, seen) {
                    None => assert!(!is_hole(column, row), "{column} {row}"),
                    Some(light) => {
                        assert!(!is_far, "{column} {row}");
                        let off = (light[1] - tiles(column, row)[1]).abs();
                        assert!(off < 0.05 || !is_hole(column, row), "{column} {row}: {light:?}");
                    }
                }
            }
        }
        let shown = patches.shown();
        assert!(shown.x0 >= -2.0 && shown.x1 <= 242.0 && shown.x1 - shown.x0 > 40.0, "{shown:?}");
    }

    #[test]
    fn a_single_line_goes_on_through_a_hole() {
        let rail = |_: usize, row: usize| if (86..94).contains(&row) { [0.1; 3] } else { [0.5; 3] };
        let patches = continued(rail);
        for (column, row) in (80..130).flat_map(|column| (60..120).map(move |row| (column, row))) {
            let seen = |place: PhotoPoint| rail(place.x as usize, place.y as usize);
            let light = patches.at(FRAME.middle(column, row), seen).unwrap();
            // Its edge may lie half a pixel off.
            let is_edge = [86, 94].into_iter().any(|edge: usize| (edge - 1..=edge).contains(&row));
            assert!(is_edge || (light[1] - rail(column, row)[1]).abs() < 0.05, "{column} {row}: {light:?}");
        }
    }

    #[test]
    fn what_is_shown_is_made_as_light_as_what_lies_beside_it() {
        // A wall that gets lighter to the right, continued from 60 cells to the left.
        let lighter = |column: f32| 0.4 + 0.002 * column;
        let light = Layer::of(FRAME, |column, _| [lighter(column as f32); 3]);
        let known = Layer::of(FRAME, |column, row| {
            let is_inner = (90..120).contains(&column) && (64..116).contains(&row);
            if is_inner { 0.0 } else { 1.0 }
        });
        let (cells, hole) = (WallCells::new(&light, &known, 1), Layer::of(FRAME, is_hole));
        let patch = Patch::new(&cells, &hole, (-60.0, 0.0), &[(105, 90)]);
        let gain = gain(&cells, &hole, &hole.map(|is_hole| if is_hole { 0 } else { NONE }), &[patch]);
        let at = |column: usize| gain.at(FRAME.middle(column, 90))[0];
        let wanted = |column: f32| lighter(column) / lighter(column - 60.0);
        assert!(
            (at(84) - wanted(84.0)).abs() < 0.02 && (at(125) - wanted(125.0)).abs() < 0.02,
            "{} {}",
            at(84),
            at(125)
        );
        assert!(at(105) > 1.01 && at(105) < 1.22, "it fades: {}", at(105));
        assert_eq!(at(30), 1.0);
    }

    #[test]
    fn one_patch_goes_over_into_another_within_three_cells() {
        let frame = Frame { columns: 12, rows: 4, pitch: 2.0, ..FRAME };
        let taken = Layer::of(frame, |column, _| u16::from(column >= 6));
        let gain = Layer::of(frame, |_, _| [1.0; 3]);
        let patches = Patches { taken, ways: vec![(100.0, 0.0), (0.0, 0.0)], gain };
        let share = |x: f64| patches.at(PhotoPoint::new(x, 4.0), |place| [if place.x > 50.0 { 1.0 } else { 0.0 }; 3]);
        let shares: Vec<f32> = (18..=30).map(|step| share(f64::from(step) / 2.0).unwrap()[0]).collect();
        assert!(shares.windows(2).all(|pair| pair[1] <= pair[0] && pair[0] - pair[1] < 0.27), "{shares:?}");
        assert_eq!((shares[0], shares[6], shares[12]), (1.0, 0.5, 0.0), "{shares:?}");
    }
}
