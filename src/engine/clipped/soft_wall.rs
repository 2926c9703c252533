//! A wall that is not even but has no edges either, as one out of focus: continued as a membrane hangs.
//!
//! Whether that would be seen is tried on the wall itself: what lies beside the hole, as far as the hole is deep, is kept aside and told
//! by the rest. Light that comes out otherwise is seen by nobody; what changes within some mm and is lost is.

use super::layer::{Layer, pooled};
use super::membrane::{Hold, membrane};
use super::sight::Sight;
use super::wall_cells::{BEYOND_MM, CELL_MM, COUNTS, HOLE_MM, moved, squared};
use super::wall_seams::{SEEN, SEEN_MM, ends_seen};

/// How far apart the places are between which the change of the wall is compared, mm.
const APART_MM: f64 = 3.0;
/// The most that is lost of a soft wall: by how much changes between such places are off, in the mean, in units of what is just seen and
/// beyond that (chosen on photos: of walls that are much out of focus 0 to 0.014 is lost, of others 0.05 to 1.7).
const LOST: f64 = 0.02;

/// A soft wall, linear light in cells; `None` where a membrane would be seen. Costs two membranes.
pub(super) fn soft_wall(sight: &Sight<'_>, bare: &Layer<f32>) -> Option<Layer<[f32; 3]>> {
    let (light, counts) = pooled(&sight.light, bare, sight.light.frame.cells_of(CELL_MM * sight.mm));
    let seen = counts.map(|count| if count > COUNTS { 1.0 } else { 0.0 });
    let aside = beside_hole(sight, &seen);
    let left = seen.values.iter().zip(&aside.values).map(|(seen, aside)| if *aside { 0.0 } else { *seen });
    let tried = hung(sight, &light, &Layer { frame: seen.frame, values: left.collect() });
    if lost(&light, &tried, (&aside, light.frame.cells_of(APART_MM * sight.mm) as isize)) > LOST {
        return None;
    }
    let light = hung(sight, &light, &seen).map(Option::unwrap_or_default);
    (ends_seen(sight, &light, &seen) <= SEEN_MM * sight.mm).then_some(light)
}

/// Which seen cells lie as near to the hole as it is deep there.
fn beside_hole(sight: &Sight<'_>, seen: &Layer<f32>) -> Layer<bool> {
    let frame = seen.frame;
    let deep = Layer::distances(frame, |column, row| seen.cell(column as isize, row as isize) > 0.0);
    let around = (HOLE_MM * sight.mm) as f32;
    let reach = Layer::of(frame, |column, row| {
        let middle = frame.middle(column, row);
        let is_hole = sight.depth.at(middle) < 0.0 && sight.from_hair.at(middle) < around;
        let deep = deep.cell(column as isize, row as isize) / frame.pitch as f32;
        if is_hole { -2.0 * deep } else { 0.0 }
    });
    let from_reach = reach.with_ways();
    let each = from_reach.values.iter().zip(&seen.values);
    Layer { frame, values: each.map(|(from, seen)| *from < 0.0 && *seen > 0.0).collect() }
}

/// The membrane that is held by the cells that count, up to under the head's edge.
pub(super) fn hung(sight: &Sight<'_>, light: &Layer<[f32; 3]>, counts: &Layer<f32>) -> Layer<Option<[f32; 3]>> {
    let beyond = (BEYOND_MM * sight.mm) as f32;
    let holds = Layer::of(light.frame, |column, row| {
        let (x, y) = (column as isize, row as isize);
        if counts.cell(x, y) > 0.0 {
            return Hold::Known(light.cell(x, y));
        }
        let is_behind = sight.depth.at(light.frame.middle(column, row)) < beyond;
        if is_behind { Hold::Free } else { Hold::Outside }
    });
    membrane(&holds, None)
}

/// By how much changes of light over so many cells are off in the mean where a wall was kept aside; without end where none was.
fn lost(light: &Layer<[f32; 3]>, told: &Layer<Option<[f32; 3]>>, (aside, apart): (&Layer<bool>, isize)) -> f64 {
    let frame = light.frame;
    let tones = |(column, row): (isize, isize)| {
        let is_inside = column < frame.columns as isize && row < frame.rows as isize;
        let told = told.cell(column, row).filter(|_| is_inside && aside.cell(column, row))?;
        Some([light.cell(column, row), told].map(|light| light.map(|light| light.max(0.0).sqrt())))
    };
    let change = |one: [f32; 3], other: [f32; 3]| {
        [0, 1, 2].map(|colour: usize| {
            other.get(colour).copied().unwrap_or_default() - one.get(colour).copied().unwrap_or_default()
        })
    };
    let (mut sum, mut count) = (0.0, 0.0);
    for at in 0..frame.cells() {
        let here = ((at % frame.columns) as isize, (at / frame.columns) as isize);
        let Some([seen, told]) = tones(here) else { continue };
        for way in [(apart, 0), (0, apart)] {
            let Some([seen_there, told_there]) = tones(moved(here, way)) else { continue };
            let off = squared(change(seen, seen_there), change(told, told_there)).sqrt();
            sum += f64::from((off / SEEN).max(1.0) - 1.0);
            count += 1.0;
        }
    }
    if count > 0.0 { sum / count } else { f64::INFINITY }
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{self, PX_PER_MM, noise};
    use super::super::layer::Frame;
    use super::*;
    use crate::engine::calibration::Side;
    use crate::engine::catalog::Parameters;
    use crate::engine::geometry::PhotoPoint;

    const SIDE: usize = 260;

    /// A wall behind hair of 20 mm by 30 mm in its middle, continued; of it that is bare which is so far from the left edge, pixels.
    fn continued(light: impl Fn(usize, usize) -> f32, from: f64) -> Option<Layer<[f32; 3]>> {
        let frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: SIDE, rows: SIDE };
        let (view, parameters) = (drawn::view(Side::Front, 0.0), Parameters::default());
        let is_hair = |column, row| (110..150).contains(&column) && (100..160).contains(&row);
        let surface = view.surface(&parameters);
        let seen = |column, row| if is_hair(column, row) { 0.02 } else { light(column, row) };
        let sight = drawn::sight(
            view.head.as_ref().unwrap(),
            &surface,
            (
                Layer::of(frame, |column, row| [seen(column, row); 3]),
                Layer::of(frame, |_, _| -30.0),
                Layer::distances(frame, is_hair),
            ),
        );
        let bare = sight.layer(|at, _, from_hair| from_hair > 6.0 && at.x > from);
        soft_wall(&sight, &bare)
    }

    /// A wall that gets lighter over so many pixels, in the hair's middle.
    fn lighter_over(pixels: f32) -> impl Fn(usize, usize) -> f32 {
        move |column, _| 0.2 + 0.4 * ((column as f32 + 0.5 - 130.0) / pixels + 0.5).clamp(0.0, 1.0)
    }

    #[test]
    fn a_wall_without_edges_is_soft_and_one_with_edges_is_not() {
        let soft = continued(lighter_over(120.0), 0.0).unwrap();
        for column in [112, 130, 148] {
            let light = soft.at(PhotoPoint::new(column as f64, 130.0))[1];
            let known = lighter_over(120.0)(column, 130);
            assert!((light - known).abs() < 0.04, "{column}: {light}, known {known}");
        }
        assert!(continued(lighter_over(2.0), 0.0).is_none(), "an edge");
        let by_lot = |column: usize, row: usize| if noise(column / 8, row / 8) < 0.5 { 0.2 } else { 0.4 };
        assert!(continued(by_lot, 0.0).is_none(), "spots");
    }

    #[test]
    fn edges_far_from_the_hole_do_not_count() {
        let framed = |column: usize, row: usize| if column < 40 || row < 30 { 0.9 } else { 0.4 };
        assert!(continued(framed, 0.0).is_some());
    }

    #[test]
    fn a_soft_wall_that_ends_in_sight_is_none() {
        let beside = |column: usize, _: usize| if column < 130 { 0.1 } else { 0.5 };
        assert!(continued(beside, 131.0).is_none(), "the photo shows darker things beside hair");
        assert!(continued(|_, _| 0.5, 131.0).is_some(), "or the same");
        assert!(continued(|_, _| 0.5, 1e4).is_none(), "no wall is known");
    }

    #[test]
    fn as_much_is_kept_aside_as_the_hole_is_deep() {
        let frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: PX_PER_MM, columns: 100, rows: 20 };
        let (view, parameters) = (drawn::view(Side::Front, 0.0), Parameters::default());
        let surface = view.surface(&parameters);
        // Hair at the left edge, 11 cells to both sides of the wall's begin.
        let sight = drawn::sight(
            view.head.as_ref().unwrap(),
            &surface,
            (
                Layer::of(frame, |_, _| [0.5; 3]),
                Layer::of(frame, |_, _| -30.0),
                Layer::distances(frame, |column, _| column < 8),
            ),
        );
        let aside = beside_hole(&sight, &Layer::of(frame, |column, _| if column < 11 { 0.0 } else { 1.0 }));
        let kept: Vec<isize> = (0..100).filter(|column| aside.cell(*column, 10)).collect();
        assert_eq!((kept.first(), kept.last()), (Some(&11), Some(&21)), "{kept:?}");
    }
}
