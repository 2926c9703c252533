//! The background behind the hair that stands out over the head: continued from beside it.

use super::layer::{Layer, pooled, weighted_means};
use super::membrane::{Hold, membrane};
use super::sight::Sight;

use crate::engine::calibration::Side;
use crate::engine::geometry::{PhotoPoint, median};

/// Side of the cells in which the light of a wall is kept, mm.
const CELL_MM: f64 = 1.0;
/// A wall counts from so far outside of the outline, mm.
const OUTSIDE_MM: f64 = 2.0;
/// How surely a person must be seen at a place that is no wall.
const PERSON: f64 = 0.25;
/// Where nobody was looked for, ears are taken to stand out within these halves of the outline: across, and up.
const EARS: (f64, f64) = (1.35, 0.3);
/// Over which radius a wall is averaged, mm. A place that differs from that by more than the first of these shares is something else
/// to begin with; then what differs by more than so many times what is usual, or the least share.
const AROUND_MM: f64 = 14.0;
const OTHER: f32 = 0.4;
const TIMES: f32 = 4.0;
const LEAST: f32 = 0.03;
/// How far inside the outline a wall goes on, so that the new edge has wall under all of it, mm.
const BEYOND_MM: f64 = 4.0;
/// How far from the hair a wall tells how even it is, mm.
const NEAR_MM: f64 = 25.0;
/// The fewest cells there that tell anything.
const MIN_NEAR: f32 = 20.0;
/// Rounds in which what is no wall is left out.
const ROUNDS: usize = 4;

/// The background.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wall {
    /// Linear light.
    pub(super) light: Layer<[f32; 3]>,
    /// 1 for each cell of what was looked at that shows bare wall.
    pub(super) bare: Layer<f32>,
    /// By which share it differs from its surroundings, root mean square.
    pub(super) uneven: f32,
}

impl Wall {
    /// The wall around a head; `None` where none is seen.
    pub(super) fn new(sight: &Sight<'_>) -> Option<Self> {
        let outside = -(OUTSIDE_MM * sight.mm) as f32;
        let bare = sight.layer(|at, depth, from_hair| {
            depth <= outside && from_hair >= sight.bare_from(at, depth) && !is_person(sight, at)
        });
        let times = sight.light.frame.cells_of(CELL_MM * sight.mm);
        let (light, counts) = pooled(&sight.light, &bare, times);
        let mut weights = counts.map(|count| if count > 0.4 { 1.0 } else { 0.0 });
        let mut others = OTHER;
        for _ in 0..ROUNDS {
            let differs = differences(sight, &light, &weights);
            let usual =
                median(differs.values.iter().filter(|differs| **differs < 1.0).map(|differs| f64::from(*differs)));
            others = others.min((usual.unwrap_or(1.0) as f32 * TIMES).max(LEAST));
            let same = weights.values.iter().zip(&differs.values);
            weights.values = same.map(|(weight, differs)| if *differs > others { 0.0 } else { *weight }).collect();
        }
        let beyond = (BEYOND_MM * sight.mm) as f32;
        let known = Layer::of(light.frame, |column, row| {
            let (x, y) = (column as isize, row as isize);
            if weights.cell(x, y) > 0.0 {
                return Hold::Known(light.cell(x, y));
            }
            let is_behind = sight.depth.at(light.frame.middle(column, row)) < beyond;
            if is_behind { Hold::Free } else { Hold::Outside }
        });
        let uneven = unevenness(sight, &light, &weights)?;
        let light = membrane(&known).map(Option::unwrap_or_default);
        Some(Self { light, bare, uneven })
    }
}

/// By which share each cell that counts differs from those around it; 1 where none counts.
fn differences(sight: &Sight<'_>, light: &Layer<[f32; 3]>, weights: &Layer<f32>) -> Layer<f32> {
    let (around, sums) = weighted_means(light, weights, light.frame.cells_of(AROUND_MM * sight.mm));
    Layer::of(light.frame, |column, row| {
        let (column, row) = (column as isize, row as isize);
        let is_known = weights.cell(column, row) > 0.0 && sums.cell(column, row) > 4.0;
        let (seen, around) = (light.cell(column, row), around.cell(column, row));
        let differs = seen.iter().zip(around).map(|(seen, around)| (seen / around.max(1e-4) - 1.0).abs());
        if is_known { differs.fold(0.0, f32::max) } else { 1.0 }
    })
}

/// How uneven a wall is near hair, root mean square; `None` where hardly any is seen.
fn unevenness(sight: &Sight<'_>, light: &Layer<[f32; 3]>, weights: &Layer<f32>) -> Option<f32> {
    let differs = differences(sight, light, weights);
    let (mut sum, mut count) = (0.0, 0.0);
    for (at, (differs, weight)) in differs.values.iter().zip(&weights.values).enumerate() {
        let middle = light.frame.middle(at % light.frame.columns, at / light.frame.columns);
        if *weight > 0.0 && f64::from(sight.from_hair.at(middle)) < NEAR_MM * sight.mm {
            sum += differs * differs;
            count += 1.0;
        }
    }
    (count > MIN_NEAR).then(|| (sum / count).sqrt())
}

fn is_person(sight: &Sight<'_>, at: PhotoPoint) -> bool {
    let (right, up) = sight.head.shares(at);
    let is_ear = sight.head.side != Side::Top && right.abs() < EARS.0 && up < EARS.1;
    sight.person.map_or(is_ear, |person| person.share(at).is_some_and(|share| share > PERSON))
}
