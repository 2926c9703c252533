//! The background behind the hair that stands out over the head: continued from beside it.

use super::ears::cut_ears;
use super::error::ClippedError;
use super::evenness::Evenness;
use super::layer::{Layer, pooled, weighted_means};
use super::patch_search::Pyramid;
use super::patches::Patches;
use super::sight::{Detail, Sight};
use super::soft_wall::{hung, soft_wall};
use super::strands::from_strands;
use super::wall_cells::{BEYOND_MM, CELL_MM, COUNTS, HOLE_MM, WallCells};
use super::wall_seams::{SEEN_MM, Seams};
use crate::engine::geometry::{PhotoPoint, median};

/// A wall counts from so far outside of the outline, mm.
const OUTSIDE_MM: f64 = 2.0;
/// Over which radius a wall is averaged, mm. A place that differs from that by more than the first of these shares is something else
/// to begin with; then what differs by more than so many times what is usual, or the least share.
const AROUND_MM: f64 = 14.0;
const OTHER: f32 = 0.4;
const TIMES: f32 = 4.0;
const LEAST: f32 = 0.03;
/// Side of the finest cells in which patches are looked for, mm.
const PATCH_CELL_MM: f64 = 0.5;
/// How far around a single hair they stand, and how far around it no wall is seen, mm.
const STRAND_HOLE_MM: f64 = 3.6;
const STRAND_MM: f64 = 0.6;
/// A wall that is not even is not continued if the head's edge was met farther outside of where it was looked for, or if its outline
/// has a deeper dent above the ears: there a line of the wall or a part of it is taken for the head; or if more of ears than so many
/// mm2 would be left cut (chosen on drawn walls and portraits before them); before a soft wall as much as is seen before even ones.
const WIDENED_MM: f64 = 2.5;
const DENT_MM: f64 = 1.0;
const CUT_EARS_MM2: f64 = 5.0;
const CUT_EARS_SOFT_MM2: f64 = 13.0;
/// Rounds in which what is no wall is left out.
const ROUNDS: usize = 4;

/// The background.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wall {
    /// Linear light.
    pub(super) light: Layer<[f32; 3]>,
    /// 1 for each cell of what was looked at that shows bare wall.
    pub(super) bare: Layer<f32>,
    /// How far each cell of what was looked at is from single hairs before it, photo pixels, where it is not even.
    pub(super) from_strands: Option<Layer<f32>>,
    /// What continues it where it is neither even nor soft.
    pub(super) patches: Option<Patches>,
}

impl Wall {
    /// The wall around a head.
    pub(super) fn new(sight: &Sight<'_>) -> Result<Self, ClippedError> {
        let outside = -(OUTSIDE_MM * sight.mm) as f32;
        let bare = sight.layer(|at, depth, from_hair| {
            depth <= outside && from_hair >= sight.bare_from(at, depth) && !sight.is_person(at)
        });
        let times = sight.light.frame.cells_of(CELL_MM * sight.mm);
        let (light, counts) = pooled(&sight.light, &bare, times);
        let mut weights = counts.map(|count| if count > COUNTS { 1.0 } else { 0.0 });
        let seen = weights.clone();
        let mut others = OTHER;
        for _ in 0..ROUNDS {
            let differs = differences(sight, &light, &weights);
            let usual =
                median(differs.values.iter().filter(|differs| **differs < 1.0).map(|differs| f64::from(*differs)));
            others = others.min((usual.unwrap_or(1.0) as f32 * TIMES).max(LEAST));
            let same = weights.values.iter().zip(&differs.values);
            weights.values = same.map(|(weight, differs)| if *differs > others { 0.0 } else { *weight }).collect();
        }
        let evenness = Evenness::of(sight, (&light, &seen), (&differences(sight, &light, &seen), &weights))?;
        let light = hung(sight, &light, &weights).map(Option::unwrap_or_default);
        let even = Self { light, bare, from_strands: None, patches: None };
        match evenness {
            Evenness::Even => Ok(even),
            Evenness::Busy => even.not_even(sight).ok_or(ClippedError::BusyWall),
        }
    }

    /// What continues it where it is not even; `None` where that would be seen.
    fn not_even(self, sight: &Sight<'_>) -> Option<Self> {
        let is_of_wall = sight.widened > WIDENED_MM * sight.mm || sight.dent > DENT_MM * sight.mm;
        let cut_ears = cut_ears(sight);
        if is_of_wall || cut_ears > CUT_EARS_SOFT_MM2 {
            return None;
        }
        let from_strands = from_strands(sight, &self.bare);
        let clear = (STRAND_MM * sight.mm) as f32;
        let each = self.bare.values.iter().zip(&from_strands.values);
        let values = each.map(|(bare, from)| if *from < clear { 0.0 } else { *bare }).collect();
        let bare = Layer { frame: self.bare.frame, values };
        if let Some(light) = soft_wall(sight, &bare) {
            return Some(Self { light, bare, from_strands: Some(from_strands), patches: None });
        }
        if sight.detail == Detail::Rough || cut_ears > CUT_EARS_MM2 {
            return None;
        }
        let patches = continued(sight, &bare, &from_strands)?;
        Some(Self { light: self.light, bare, from_strands: Some(from_strands), patches: Some(patches) })
    }
}

/// The bare wall continued to where hair stands out before it, and single hairs; `None` where that would be seen.
fn continued(sight: &Sight<'_>, bare: &Layer<f32>, from_strands: &Layer<f32>) -> Option<Patches> {
    let pyramid = Pyramid::of(cells(sight, bare));
    let [_, cells, _] = &pyramid.levels;
    let hole = hole(sight, cells, |middle| f64::from(from_strands.at(middle)) < STRAND_HOLE_MM * sight.mm);
    let patches = Patches::new(&pyramid, &hole);
    let seen = Seams::new(sight, cells).of_patches(&hole, &patches);
    (seen <= SEEN_MM * sight.mm).then_some(patches)
}

/// The bare wall in the finest cells.
fn cells(sight: &Sight<'_>, bare: &Layer<f32>) -> WallCells {
    WallCells::new(&sight.light, bare, sight.light.frame.cells_of(PATCH_CELL_MM * sight.mm))
}

/// Which cells are continued: around hair, and where that is true of their middle, up to under the head's edge.
fn hole(sight: &Sight<'_>, cells: &WallCells, is_more: impl Fn(PhotoPoint) -> bool) -> Layer<bool> {
    let (beyond, around) = ((BEYOND_MM * sight.mm) as f32, (HOLE_MM * sight.mm) as f32);
    Layer::of(cells.frame(), |column, row| {
        let middle = cells.frame().middle(column, row);
        sight.depth.at(middle) < beyond && (sight.from_hair.at(middle) < around || is_more(middle))
    })
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
