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
