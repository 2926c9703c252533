//! How much it is seen that a wall was continued by patches: where they end in sight of each other or of the wall beside them, and
//! where none lies.

use super::layer::Layer;
use super::patches::Patches;
use super::sight::Sight;
use super::wall_cells::{Offset, WallCells, moved, squared};
use crate::engine::geometry::median;

/// From which difference on a border is seen, square roots of linear light; and before much texture from so many times what places of
/// the wall within [`NEAR_MM`] of hair differ in the middle that lie [`APART`] cells from each other (our estimates).
const SEEN: f32 = 0.06;
const TIMES: f32 = 2.0;
const NEAR_MM: f64 = 25.0;
const APART: isize = 3;

/// How long the borders are that are seen outside of the head, photo pixels: of patches with each other and with the wall beside them.
/// Each cell without a patch counts as one. Costs some ten operations for each cell.
pub(super) fn seen_borders(sight: &Sight<'_>, cells: &WallCells, hole: &Layer<bool>, patches: &Patches) -> f64 {
    let frame = cells.frame();
    let least = least_seen(sight, cells);
    let is_seen = |differs: f32| differs > least * least;
    let mut seen = 0;
    for (at, _) in hole.values.iter().enumerate().filter(|(_, is_hole)| **is_hole) {
        let (column, row) = (at % frame.columns, at / frame.columns);
        let here = (column as isize, row as isize);
        if sight.depth.at(frame.middle(column, row)) >= 0.0 {
            continue;
        }
        let Some(shown) = patches.tone(cells, here, here) else {
            seen += 1;
            continue;
        };
        let is_rim_seen = cells.tone(here).is_some_and(|tone| is_seen(squared(tone, shown)));
        let borders = [(1, 0), (0, 1)].map(|way| is_seen(border(cells, patches, here, moved(here, way))));
        seen += [is_rim_seen, borders[0], borders[1]].into_iter().filter(|is_seen| *is_seen).count();
    }
    seen as f64 * frame.pitch
}

/// How different two neighbours' patches look, squared: where one goes on in place of the other unseen, there is no border.
fn border(cells: &WallCells, patches: &Patches, here: Offset, beside: Offset) -> f32 {
    if patches.are_one(here, beside) {
        return 0.0;
    }
    let differs = |place: Offset| {
        let both = patches.tone(cells, here, place).zip(patches.tone(cells, beside, place));
        both.map_or(0.0, |(one, other)| squared(one, other))
    };
    differs(here).min(differs(beside))
}

/// From which difference on a border is seen before this wall.
fn least_seen(sight: &Sight<'_>, cells: &WallCells) -> f32 {
    let frame = cells.frame();
    let differs = (0..frame.cells()).filter_map(|at| {
        let (column, row) = (at % frame.columns, at / frame.columns);
        let here = (column as isize, row as isize);
        let is_near = f64::from(sight.from_hair.at(frame.middle(column, row))) < NEAR_MM * sight.mm;
        let tone = cells.tone(here).filter(|_| is_near)?;
        let (across, along) = (cells.tone(moved(here, (APART, 0)))?, cells.tone(moved(here, (0, APART)))?);
        Some(f64::from((0.5 * (squared(tone, across) + squared(tone, along))).sqrt()))
    });
    SEEN.max(median(differs).unwrap_or(0.0) as f32 * TIMES)
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{self, PX_PER_MM, noise};
    use super::super::layer::Frame;
    use super::super::patch_search::Pyramid;
    use super::super::sight::Detail;
    use super::*;
    use crate::engine::calibration::Side;
    use crate::engine::catalog::Parameters;
    use crate::engine::geometry::PhotoPoint;

    /// How long borders are seen of a wall that is continued behind hair in its middle, mm, if so much around hair is seen of it; so deep
    /// inside the head.
    fn seen(light: impl Fn(usize, usize) -> f32, around: f32, depth: f32) -> f64 {
        let frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: 260, rows: 260 };
        let (view, parameters) = (drawn::view(Side::Front, 0.0), Parameters::default());
        let is_hair = |column, row| (110..150).contains(&column) && (100..160).contains(&row);
        let sight = Sight {
            light: Layer::of(frame, |column, row| [light(column, row); 3]),
            depth: Layer::of(frame, |_, _| depth),
            from_hair: Layer::distances(frame, is_hair),
            head: view.head.as_ref().unwrap(),
            surface: &view.surface(&parameters),
            person: None,
            mm: PX_PER_MM,
            softness: 2.0,
            detail: Detail::Whole,
            widened: 0.0,
        };
        let bare = sight.layer(|_, _, from_hair| from_hair > 6.0 && from_hair < around);
        let pyramid = Pyramid::of(WallCells::new(&sight.light, &bare, 1));
        let [_, cells, _] = &pyramid.levels;
        let hole = Layer::of(cells.frame(), |column, row| {
            f64::from(sight.from_hair.at(cells.frame().middle(column, row))) < 12.0
        });
        seen_borders(&sight, cells, &hole, &Patches::new(&pyramid, &hole)) / PX_PER_MM
    }

    fn by_lot(column: usize, row: usize) -> f32 {
        if noise(column / 12, row / 12) < 0.5 { 0.05 } else { 0.9 }
    }

    #[test]
    fn what_goes_on_by_a_rule_is_not_seen_and_what_does_not_is() {
        let checks = |column: usize, row: usize| if (column / 12 + row / 12).is_multiple_of(2) { 0.2 } else { 0.6 };
        let (rule, lot) = (seen(checks, 500.0, -30.0), seen(by_lot, 500.0, -30.0));
        assert!(rule < 3.0 && lot > 12.0, "{rule} {lot}");
        assert_eq!(seen(by_lot, 500.0, 3.0), 0.0, "the head covers it");
    }

    #[test]
    fn a_hole_without_patches_is_seen() {
        let seen = seen(|_, _| 0.5, 0.0, -30.0);
        assert!(seen > 500.0, "{seen}");
    }
}
