//! Whether patches continue a wall as it is: a ring of it that is known is left out, continued and held against what is seen there.

use super::layer::{Layer, weighted_means};
use super::patch_search::Pyramid;
use super::patches::Patches;
use super::sight::Sight;
use super::wall_cells::{WallCells, squared};

/// The ring is as broad as hair stands out, but at least so broad, mm.
const LEAST_MM: f64 = 6.0;
/// What is compared are means of so many cells to each side.
const ROUND: usize = 2;
/// The fewest cells of a ring that tell anything.
const FEWEST: usize = 60;

/// How far a wall that is continued where it is known, from so many photo pixels beside hair on, is off what is seen there: a standard
/// deviation of square roots of linear light. Beyond all where too little wall is known. Costs as much as to continue it.
pub(super) fn off_in_ring(sight: &Sight<'_>, pyramid: &Pyramid, from: f64) -> f32 {
    let ring = from as f32..(from + stands_out(sight)) as f32;
    let [finest, seen, _] = &pyramid.levels;
    let is_in_ring = |cells: &WallCells, column: usize, row: usize| {
        let place = cells.frame().middle(column, row);
        ring.contains(&sight.from_hair.at(place)) && sight.depth.at(place) < 0.0
    };
    let left = Layer::of(finest.frame(), |column, row| {
        if is_in_ring(finest, column, row) { 0.0 } else { finest.known.cell(column as isize, row as isize) }
    });
    let hole = Layer::of(seen.frame(), |column, row| {
        seen.is_known((column as isize, row as isize)) && is_in_ring(seen, column, row)
    });
    let patches = Patches::new(&Pyramid::of(finest.only(left)), &hole);
    off(seen, &hole, &patches)
}

/// How far hair stands out over the head, photo pixels.
fn stands_out(sight: &Sight<'_>) -> f64 {
    let hair = sight.depth.values.iter().zip(&sight.from_hair.values).filter(|(_, from_hair)| **from_hair == 0.0);
    f64::from(hair.fold(0.0_f32, |out, (depth, _)| out.max(-depth))).max(LEAST_MM * sight.mm)
}

fn off(seen: &WallCells, hole: &Layer<bool>, patches: &Patches) -> f32 {
    let shown = Layer::of(seen.frame(), |column, row| {
        let (right, down) = patches.way(column, row).unwrap_or_default();
        seen.tones.at_place(column as f64 + right, row as f64 + down)
    });
    let weights = hole.map(|is_hole| if is_hole { 1.0 } else { 0.0 });
    let (shown, _) = weighted_means(&shown, &weights, ROUND);
    let (truth, _) = weighted_means(&seen.tones, &weights, ROUND);
    let (mut sum, mut count) = (0.0, 0_usize);
    let cells = shown.values.iter().zip(&truth.values).zip(&hole.values).filter(|(_, is_hole)| **is_hole);
    for ((shown, truth), _) in cells {
        sum += squared(*shown, *truth);
        count += 1;
    }
    if count < FEWEST { f32::INFINITY } else { (sum / count as f32).sqrt() }
}
