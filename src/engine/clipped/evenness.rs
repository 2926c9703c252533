//! How even a wall is beside hair, and so by what it is continued.

use super::error::ClippedError;
use super::layer::Layer;
use super::sight::Sight;
use crate::engine::geometry::{PhotoPoint, median};

/// How far from the hair a wall tells how even it is, mm.
const NEAR_MM: f64 = 25.0;
/// The fewest cells there that tell anything.
const MIN_NEAR: usize = 20;
/// A wall that differs from its surroundings by this share in the middle, of places of some mm, is busy (our estimate).
const BUSY: f64 = 0.06;
/// And so is one of which not at least this share is one wall: doors or other people stand there (our estimate).
const SAME: f64 = 0.8;
/// And one with lines: less than the first of these shares is one wall, and in at least the second places 3 mm apart differ by more than
/// so much of their light. A wall in soft light differs here and there as well and has no edges: a portrait before one has them in 0.003
/// of its wall, a head before a door in 0.015.
const LINED: (f64, f64) = (0.97, 0.006);
const EDGE: f32 = 0.25;
const EDGE_MM: f64 = 3.0;
/// Within so many mm of hair and head edges count for none: there single hairs and the head's own edge are seen before the wall.
const CLEAR_MM: f64 = 10.0;

/// How even a wall is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evenness {
    /// A smooth wall continues it.
    Even,
    /// It goes on by patches if at all.
    Busy,
}

impl Evenness {
    /// Of the wall near hair: its light and which cells are seen; by which share they differ from those around, and which of them are of
    /// one wall.
    pub(super) fn of(
        sight: &Sight<'_>,
        (light, seen): (&Layer<[f32; 3]>, &Layer<f32>),
        (differs, is_same): (&Layer<f32>, &Layer<f32>),
    ) -> Result<Self, ClippedError> {
        let columns = differs.frame.columns;
        let is_near = |at: usize| is_near(sight, differs.frame.middle(at % columns, at / columns));
        let cells = differs.values.iter().zip(&is_same.values).enumerate();
        let near = cells.filter(|(at, (differs, _))| **differs < 1.0 && is_near(*at)).map(|(_, cell)| cell);
        let near: Vec<(f64, f32)> = near.map(|(differs, is_same)| (f64::from(*differs), *is_same)).collect();
        if near.len() < MIN_NEAR {
            return Err(ClippedError::NoWall);
        }
        let uneven = median(near.iter().map(|(differs, _)| *differs)).unwrap_or(1.0);
        let same = near.iter().filter(|(_, is_same)| *is_same > 0.0).count() as f64 / near.len() as f64;
        let has_lines = || same < LINED.0 && edges(sight, light, seen) >= LINED.1;
        Ok(if uneven <= BUSY && same >= SAME && !has_lines() { Self::Even } else { Self::Busy })
    }
}

fn is_near(sight: &Sight<'_>, at: PhotoPoint) -> bool {
    f64::from(sight.from_hair.at(at)) < NEAR_MM * sight.mm
}

/// Whether a place is clear of hair and head.
fn is_clear(sight: &Sight<'_>, at: PhotoPoint) -> bool {
    let clear = CLEAR_MM * sight.mm;
    f64::from(sight.from_hair.at(at)) >= clear && f64::from(sight.depth.at(at)) <= -clear
}

/// In which share of what is seen of a wall near hair, but not right beside hair and head, light changes over a few mm as at an edge.
fn edges(sight: &Sight<'_>, light: &Layer<[f32; 3]>, seen: &Layer<f32>) -> f64 {
    let frame = light.frame;
    let apart = frame.cells_of(EDGE_MM * sight.mm) as isize;
    let seen_light = |column: isize, row: isize| {
        let is_inside = column < frame.columns as isize && row < frame.rows as isize;
        let is_clear = || is_clear(sight, frame.middle(column as usize, row as usize));
        (is_inside && seen.cell(column, row) > 0.0 && is_clear()).then(|| light.cell(column, row))
    };
    let (mut edges, mut all) = (0.0, 0.0);
    for (column, row) in (0..frame.rows).flat_map(|row| (0..frame.columns).map(move |column| (column, row))) {
        let (x, y) = (column as isize, row as isize);
        let Some(here) = seen_light(x, y).filter(|_| is_near(sight, frame.middle(column, row))) else { continue };
        let beside = [seen_light(x + apart, y), seen_light(x, y + apart)];
        all += 1.0;
        edges += if beside.into_iter().flatten().any(|beside| is_edge(here, beside)) { 1.0 } else { 0.0 };
    }
    edges / f64::max(all, 1.0)
}

/// Whether two lights differ by so much of their mean, in one of three colours.
fn is_edge(one: [f32; 3], other: [f32; 3]) -> bool {
    one.iter().zip(other).any(|(one, other)| (one - other).abs() > EDGE * 0.5 * (one + other))
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{self, PX_PER_MM};
    use super::super::layer::Frame;
    use super::*;
    use crate::engine::calibration::Side;
    use crate::engine::catalog::Parameters;

    const FRAME: Frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: PX_PER_MM, columns: 80, rows: 80 };

    /// How even a wall of that light is in cells of one mm, with hair in its upper left corner, if so many of 100 cells are of one wall.
    fn evenness(light: impl Fn(usize, usize) -> f32, same: usize) -> Result<Evenness, ClippedError> {
        beside_head(-30.0, light, same)
    }

    /// The same so far outside of the outline, mm.
    fn beside_head(depth: f64, light: impl Fn(usize, usize) -> f32, same: usize) -> Result<Evenness, ClippedError> {
        let (view, parameters) = (drawn::view(Side::Front, 0.0), Parameters::default());
        let light = Layer::of(FRAME, |column, row| [light(column, row); 3]);
        let surface = view.surface(&parameters);
        let sight = drawn::sight(
            view.head.as_ref().unwrap(),
            &surface,
            (
                light.clone(),
                light.map(|_| (depth * PX_PER_MM) as f32),
                Layer::distances(FRAME, |column, row| column < 5 && row < 5),
            ),
        );
        let is_same = Layer::of(FRAME, |column, row| if (column * 37 + row * 73) % 100 < same { 1.0 } else { 0.0 });
        Evenness::of(&sight, (&light, &light.map(|_| 1.0)), (&light.map(|_| 0.01), &is_same))
    }

    #[test]
    fn a_wall_with_edges_is_busy_and_one_in_soft_light_is_even() {
        let soft = |column: usize, _: usize| 0.3 + 0.008 * column as f32;
        let of = |light: &dyn Fn(usize, usize) -> f32| [99, 93, 84, 75].map(|same| evenness(light, same).unwrap());
        assert_eq!(of(&soft), [Evenness::Even, Evenness::Even, Evenness::Even, Evenness::Busy]);
        assert_eq!(of(&line), [Evenness::Even, Evenness::Busy, Evenness::Busy, Evenness::Busy]);
    }

    /// A line down the wall, beyond what is right beside hair.
    fn line(column: usize, _: usize) -> f32 {
        if (12..15).contains(&column) { 0.2 } else { 0.5 }
    }

    #[test]
    fn edges_right_beside_hair_and_head_are_none_of_the_wall() {
        let hairs =
            |column: usize, row: usize| if column < 12 && row < 12 && (column + row) % 6 < 3 { 0.2 } else { 0.5 };
        assert_eq!(evenness(hairs, 93).unwrap(), Evenness::Even);
        let of = |depth: f64| beside_head(depth, line, 93).unwrap();
        assert_eq!((of(-9.0), of(-11.0)), (Evenness::Even, Evenness::Busy));
    }
}
