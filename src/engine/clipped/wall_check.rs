//! Whether patches continue a wall as it is: a ring of it that is known is left out, continued and held against what is seen there.

use super::layer::{Layer, weighted_means};
use super::patch_search::Pyramid;
use super::patches::Patches;
use super::sight::Sight;
use super::wall_cells::{WallCells, squared};

/// The ring is as broad as hair stands out, but at least so broad, mm.
const LEAST_MM: f64 = 6.0;
/// Of squares of that side, mm, every so-manieth is looked at.
const TILE_MM: f64 = 22.0;
const EVERY: usize = 3;
/// What is compared are means of so many cells to each side.
const ROUND: usize = 2;
/// The fewest cells of a ring that tell anything.
const FEWEST: usize = 60;

/// How far a wall that is continued where it is known, from so many photo pixels beside hair on, is off what is seen there: a standard
/// deviation of square roots of linear light. Beyond all where too little wall is known. Only some squares of the ring are looked
/// at: costs a third of continuing it.
pub(super) fn off_in_ring(sight: &Sight<'_>, pyramid: &Pyramid, from: f64) -> f32 {
    let ring = from as f32..(from + stands_out(sight)) as f32;
    let [finest, seen, _] = &pyramid.levels;
    let is_in_ring = |cells: &WallCells, column: usize, row: usize| {
        let place = cells.frame().middle(column, row);
        let tile = |at: f64| (at / (TILE_MM * sight.mm)) as usize;
        (tile(place.x) + tile(place.y)).is_multiple_of(EVERY)
            && ring.contains(&sight.from_hair.at(place))
            && sight.depth.at(place) < 0.0
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

#[cfg(test)]
mod tests {
    use super::super::drawn::{self, PX_PER_MM, noise};
    use super::super::layer::Frame;
    use super::*;
    use crate::engine::calibration::Side;
    use crate::engine::catalog::Parameters;
    use crate::engine::geometry::PhotoPoint;

    /// How far off a wall is, of which so much around hair in its middle is seen, cells.
    fn off(light: impl Fn(usize, usize) -> f32, seen: f32) -> f32 {
        let frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: 260, rows: 260 };
        let (view, parameters) = (drawn::view(Side::Front, 0.0), Parameters::default());
        let from_hair =
            Layer::distances(frame, |column, row| (110..150).contains(&column) && (100..160).contains(&row));
        let sight = Sight {
            light: Layer::of(frame, |column, row| [light(column, row); 3]),
            depth: Layer::of(frame, |_, _| -30.0),
            from_hair,
            head: view.head.as_ref().unwrap(),
            surface: &view.surface(&parameters),
            person: None,
            mm: PX_PER_MM,
            softness: 2.0,
        };
        let bare = sight.layer(|_, _, from_hair| from_hair > 6.0 && from_hair < seen);
        off_in_ring(&sight, &Pyramid::of(WallCells::new(&sight.light, &bare, 1)), 12.0)
    }

    #[test]
    fn what_goes_on_by_a_rule_is_hardly_off_and_what_does_not_is() {
        let checks = |column: usize, row: usize| if (column / 12 + row / 12).is_multiple_of(2) { 0.2 } else { 0.6 };
        let by_lot = |column: usize, row: usize| if noise(column / 12, row / 12) < 0.5 { 0.05 } else { 0.9 };
        let (rule, lot) = (off(checks, 500.0), off(by_lot, 500.0));
        assert!(rule < 0.03 && lot > 0.15 && lot.is_finite(), "{rule} {lot}");
    }

    #[test]
    fn where_too_little_wall_is_seen_nothing_is_told() {
        assert_eq!(off(|_, _| 0.5, 13.0), f32::INFINITY);
    }
}
