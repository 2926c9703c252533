//! How much it is seen that a wall was continued: where patches end in sight of each other or of what the photo shows beside hair, and
//! where none lies.

use super::layer::{Frame, Layer, box_sums};
use super::patches::Patches;
use super::sight::Sight;
use super::wall_cells::{Offset, WallCells, moved, squared};

/// From which difference on a border is seen, square roots of linear light; and before texture from so many times what places of what
/// is shown there differ that lie [`APART`] cells from each other, within so many cells (our estimates). A border across folds is hidden
/// by what changes along them alone.
pub(super) const SEEN: f32 = 0.06;
const TIMES: f32 = 2.0;
const APART: isize = 3;
const AROUND: usize = 4;
/// A wall is not continued if more than so many mm of borders are seen, each counted by how much.
pub(super) const SEEN_MM: f64 = 10.0;
/// So far outside of the outline nothing of the head is seen any more; and the photo is looked at up to so far beyond the rim, mm.
const OUTSIDE_MM: f64 = 2.0;
const BEYOND_RIM_MM: f64 = 2.0;

/// What tells how much borders are seen before a wall.
pub(super) struct Seams<'a> {
    sight: &'a Sight<'a>,
    cells: &'a WallCells,
    /// How much places of the wall differ around each cell, squared: those of a row, and those of a column.
    contrast: Layer<[f32; 2]>,
}

impl<'a> Seams<'a> {
    /// Before the wall that is seen in these cells. Costs some ten operations for each.
    pub(super) fn new(sight: &'a Sight<'a>, cells: &'a WallCells) -> Self {
        Self { sight, cells, contrast: contrast(cells) }
    }

    /// How much borders of patches are seen in a hole outside of the head, photo pixels: with each other and with the photo. Each counts
    /// by its length as often as it is stronger than one that is just not seen, and each cell without a patch as one.
    pub(super) fn of_patches(&self, hole: &Layer<bool>, patches: &Patches) -> f64 {
        self.sum(hole, |here| {
            let Some(shown) = patches.tone(self.cells, here, here) else { return 1.0 };
            let own = self.contrast_of(patches, here);
            let border = |way: Offset, along: fn([f32; 2]) -> f32| {
                let beside = moved(here, way);
                let hides = |contrast| along(contrast).min(mean(contrast));
                excess(self.border(patches, here, beside), hides(own).min(hides(self.contrast_of(patches, beside))))
            };
            self.with_photo(here, shown, own) + border((1, 0), |[row, _]| row) + border((0, 1), |[_, column]| column)
        })
    }

    fn sum(&self, hole: &Layer<bool>, seen: impl Fn(Offset) -> f32) -> f64 {
        let frame = hole.frame;
        let cells = hole.values.iter().enumerate().filter(|(_, is_hole)| **is_hole);
        let cells = cells.map(|(at, _)| (at % frame.columns, at / frame.columns));
        let outside = cells.filter(|(column, row)| self.sight.depth.at(frame.middle(*column, *row)) < 0.0);
        frame.pitch * outside.map(|(column, row)| f64::from(seen((column as isize, row as isize)))).sum::<f64>()
    }

    /// How much a cell's new tone is seen beside what the photo shows there.
    fn with_photo(&self, here: Offset, shown: [f32; 3], contrast: [f32; 2]) -> f32 {
        self.cells
            .tone(here)
            .or_else(|| left_tone(self.sight, self.cells.frame(), here))
            .map_or(0.0, |tone| excess(squared(tone, shown), mean(contrast)))
    }

    /// How much places differ around what a patch shows in a cell.
    fn contrast_of(&self, patches: &Patches, here: Offset) -> [f32; 2] {
        patches.source(here).map_or([0.0; 2], |(column, row)| self.contrast.cell(column, row))
    }

    /// How different two neighbours' patches look, squared: where one goes on in place of the other unseen, there is no border.
    fn border(&self, patches: &Patches, here: Offset, beside: Offset) -> f32 {
        if patches.are_one(here, beside) {
            return 0.0;
        }
        let differs = |place: Offset| {
            let both = patches.tone(self.cells, here, place).zip(patches.tone(self.cells, beside, place));
            both.map_or(0.0, |(one, other)| squared(one, other))
        };
        differs(here).min(differs(beside))
    }
}

/// How much the end of a smooth wall is seen where the photo shows at the end of the rim what is not known as wall, photo pixels.
pub(super) fn ends_seen(sight: &Sight<'_>, light: &Layer<[f32; 3]>, seen: &Layer<f32>) -> f64 {
    let frame = light.frame;
    let each = (0..frame.cells()).map(|at| (at, ((at % frame.columns) as isize, (at / frame.columns) as isize)));
    let unknown = each.filter(|(at, _)| seen.values.get(*at) == Some(&0.0));
    let ends = unknown.filter_map(|(_, here)| {
        let shown = light.cell(here.0, here.1).map(f32::sqrt);
        left_tone(sight, frame, here).map(|tone| f64::from(excess(squared(tone, shown), 0.0)))
    });
    frame.pitch * ends.sum::<f64>()
}

/// What the photo still shows of a cell at the end of the rim, square roots of linear light. Ears are the person's, and beside them
/// any wall may end.
fn left_tone(sight: &Sight<'_>, frame: Frame, (column, row): Offset) -> Option<[f32; 3]> {
    let middle = frame.middle(column.max(0) as usize, row.max(0) as usize);
    let depth = sight.depth.at(middle);
    let (whole, none) = sight.rim(middle, depth);
    let is_rim = (0.5 * (whole + none)..none + (BEYOND_RIM_MM * sight.mm) as f32).contains(&sight.from_hair.at(middle));
    let is_outside = f64::from(depth) < -OUTSIDE_MM * sight.mm;
    let is_ear = || sight.person.is_some() && sight.is_person(middle) && sight.is_beside_ears(middle);
    (is_rim && is_outside && !is_ear())
        .then(|| mean_light(sight, frame, (column, row)))?
        .map(|light| light.map(f32::sqrt))
}

fn mean([row, column]: [f32; 2]) -> f32 {
    (row + column) / 2.0
}

/// How many times over what is not seen a difference is, where places differ so much around it, both squared.
fn excess(differs: f32, contrast: f32) -> f32 {
    (differs / (TIMES * TIMES * contrast).max(SEEN * SEEN)).sqrt().max(1.0) - 1.0
}

/// The mean light of what is no hair in a cell of a coarser grid.
fn mean_light(sight: &Sight<'_>, frame: Frame, (column, row): Offset) -> Option<[f32; 3]> {
    let times = sight.light.frame.cells_of(frame.pitch) as isize;
    let span = |at: isize| at * times..(at + 1) * times;
    let (mut sum, mut count) = ([0.0; 3], 0.0);
    for (x, y) in span(row).flat_map(|y| span(column).map(move |x| (x, y))) {
        if sight.from_hair.cell(x, y) > 0.0 {
            sum.iter_mut().zip(sight.light.cell(x, y)).for_each(|(sum, light)| *sum += light);
            count += 1.0;
        }
    }
    (count > 0.0).then(|| sum.map(|sum| sum / count))
}

/// How much places of a wall differ around each cell, squared, in its row and in its column; nothing where it is not seen.
fn contrast(cells: &WallCells) -> Layer<[f32; 2]> {
    let frame = cells.frame();
    let differs = Layer::of(frame, |column, row| {
        let here = (column as isize, row as isize);
        let differs = |way| {
            let differs = cells.tone(here).zip(cells.tone(moved(here, way))).map(|(one, other)| squared(one, other));
            differs.map_or([0.0, 0.0], |differs| [differs, 1.0])
        };
        let [[across, row], [along, column]] = [(APART, 0), (0, APART)].map(differs);
        [across, row, along, column]
    });
    let share = |sum: f32, count: f32| if count > 0.0 { sum / count } else { 0.0 };
    let sums = box_sums(frame, &differs.values, AROUND).into_iter();
    let means = sums.map(|[across, row, along, column]| [share(across, row), share(along, column)]);
    Layer { frame, values: means.collect() }
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{self, PX_PER_MM, noise};
    use super::super::patch_search::Pyramid;
    use super::*;
    use crate::engine::calibration::Side;
    use crate::engine::catalog::Parameters;
    use crate::engine::geometry::PhotoPoint;

    /// The borders that are seen of a wall behind hair in its middle, if so much around hair is seen of it; so deep inside the head.
    fn seen_of(
        light: impl Fn(usize, usize) -> f32,
        (around, depth): (f32, f32),
        of: impl Fn(&Sight<'_>, &Pyramid, &Layer<bool>) -> f64,
    ) -> f64 {
        let frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: 260, rows: 260 };
        let (view, parameters) = (drawn::view(Side::Front, 0.0), Parameters::default());
        let is_hair = |column, row| (110..150).contains(&column) && (100..160).contains(&row);
        let surface = view.surface(&parameters);
        let sight = drawn::sight(
            view.head.as_ref().unwrap(),
            &surface,
            (
                Layer::of(frame, |column, row| [light(column, row); 3]),
                Layer::of(frame, |_, _| depth),
                Layer::distances(frame, is_hair),
            ),
        );
        let bare = sight.layer(|_, _, from_hair| from_hair > 6.0 && from_hair < around);
        let pyramid = Pyramid::of(WallCells::new(&sight.light, &bare, 1));
        let [_, cells, _] = &pyramid.levels;
        let hole = Layer::of(cells.frame(), |column, row| {
            f64::from(sight.from_hair.at(cells.frame().middle(column, row))) < 12.0
        });
        of(&sight, &pyramid, &hole) / PX_PER_MM
    }

    /// Those of its patches, mm.
    fn seen(light: impl Fn(usize, usize) -> f32, around: f32, depth: f32) -> f64 {
        seen_of(light, (around, depth), |sight, pyramid, hole| {
            let [_, cells, _] = &pyramid.levels;
            Seams::new(sight, cells).of_patches(hole, &Patches::new(pyramid, hole))
        })
    }

    /// Those between a new wall of one light all over and the photo's wall of another, of which so much around hair is known, mm.
    fn seen_with_photo(new: f32, light: f32, around: f32) -> f64 {
        seen_of(
            |_, _| light,
            (around, -30.0),
            |sight, pyramid, hole| {
                let [_, cells, _] = &pyramid.levels;
                let seams = Seams::new(sight, cells);
                seams.sum(hole, |here| seams.with_photo(here, [new.sqrt(); 3], [0.0; 2]))
            },
        )
    }

    fn by_lot(side: usize) -> impl Fn(usize, usize) -> f32 {
        move |column, row| if noise(column / side, row / side) < 0.5 { 0.05 } else { 0.9 }
    }

    #[test]
    fn what_goes_on_by_a_rule_is_not_seen_and_what_does_not_is() {
        let checks = |column: usize, row: usize| if (column / 12 + row / 12).is_multiple_of(2) { 0.2 } else { 0.6 };
        let (rule, lot) = (seen(checks, 500.0, -30.0), seen(by_lot(12), 500.0, -30.0));
        assert!(rule < 1.0 && lot > 5.0, "{rule} {lot}");
        assert_eq!(seen(by_lot(12), 500.0, 3.0), 0.0, "the head covers it");
    }

    #[test]
    fn texture_has_contrast_around_each_cell_and_an_even_wall_has_none() {
        let frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: 60, rows: 60 };
        let of = |light: &dyn Fn(usize, usize) -> f32| {
            let light = Layer::of(frame, |column, row| [light(column, row); 3]);
            contrast(&WallCells::new(&light, &light.map(|_| 1.0), 1)).cell(30, 30)
        };
        // Both tones are 0.73 apart in each of three colours, and half of all pairs differ.
        let (texture, even) = (of(&by_lot(3)), of(&|_, _| 0.5));
        assert!(texture.iter().all(|way| (0.4..1.2).contains(way)) && even == [0.0; 2], "{texture:?} {even:?}");
        let folds = of(&|column, _| if column / 3 % 2 == 0 { 0.05 } else { 0.9 });
        assert!(folds[0] > 0.4 && folds[1] == 0.0, "nothing changes along folds: {folds:?}");
    }

    #[test]
    fn a_border_counts_by_how_much_it_is_seen() {
        let seen = [0.5, 1.0, 2.0, 3.0].map(|times| excess((times * SEEN) * (times * SEEN), 0.0));
        let off = seen.iter().zip([0.0, 0.0, 1.0, 2.0]).map(|(seen, wanted)| (seen - wanted).abs());
        assert!(off.fold(0.0, f32::max) < 1e-4, "{seen:?}");
        assert!((excess(0.16, 0.01) - 1.0).abs() < 1e-4, "twice what places around it differ by twice");
    }

    #[test]
    fn what_the_photo_shows_beside_hair_counts_where_no_wall_is_known_too() {
        let (known, unknown) = (seen_with_photo(0.5, 0.2, 500.0), seen_with_photo(0.5, 0.2, 0.0));
        assert!(known > 100.0 && unknown > 100.0, "{known} {unknown}");
        assert_eq!((seen_with_photo(0.2, 0.2, 500.0), seen_with_photo(0.2, 0.2, 0.0)), (0.0, 0.0));
    }

    #[test]
    fn a_hole_without_patches_is_seen() {
        let seen = seen(|_, _| 0.5, 0.0, -30.0);
        assert!(seen > 500.0, "{seen}");
    }
}
