//! The background behind the hair that stands out over the head: continued from beside it.

use super::error::ClippedError;
use super::layer::{Layer, pooled, weighted_means};
use super::membrane::{Hold, membrane};
use super::patch_search::Pyramid;
use super::patches::Patches;
use super::sight::{Detail, Sight};
use super::strands::from_strands;
use super::wall_cells::WallCells;
use super::wall_seams::Seams;
use crate::engine::geometry::{PhotoPoint, median};

/// Side of the cells in which the light of a wall is kept, mm.
const CELL_MM: f64 = 1.0;
/// A wall counts from so far outside of the outline, mm.
const OUTSIDE_MM: f64 = 2.0;
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
const MIN_NEAR: usize = 20;
/// A wall that differs from its surroundings by this share in the middle, of places of some mm, is continued by patches (our estimate).
const BUSY: f64 = 0.06;
/// And so is one of which not at least this share is one wall: doors or other people stand there (our estimate). Where more than that
/// and less than the second share is, patches are tried first: there are lines.
const SAME: (f64, f64) = (0.88, 0.97);
/// Side of the finest cells in which patches are looked for, mm; and how far around hair they stand.
const PATCH_CELL_MM: f64 = 0.5;
const HOLE_MM: f64 = 6.0;
/// How far around a single hair they stand, and how far around it no wall is seen, mm.
const STRAND_HOLE_MM: f64 = 3.6;
const STRAND_MM: f64 = 0.6;
/// A wall is not continued if more than so many mm of borders are seen, each counted by how much; if the head's edge was met farther
/// outside of where it was looked for, or if its outline has a deeper dent above the ears: there a line of the wall or a part of it is
/// taken for the head (chosen on drawn walls and portraits before them).
const SEEN_MM: f64 = 10.0;
const WIDENED_MM: f64 = 2.5;
const DENT_MM: f64 = 1.0;
/// Rounds in which what is no wall is left out.
const ROUNDS: usize = 4;

/// The background.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wall {
    /// Linear light.
    pub(super) light: Layer<[f32; 3]>,
    /// 1 for each cell of what was looked at that shows bare wall.
    pub(super) bare: Layer<f32>,
    /// What continues it where it is not even.
    pub(super) busy: Option<BusyWall>,
}

/// How even a wall is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Evenness {
    Even,
    /// Even but for lines.
    Lined,
    Busy,
}

/// A wall that is not even.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BusyWall {
    pub(super) patches: Patches,
    /// How far each cell of what was looked at is from single hairs before it, photo pixels.
    pub(super) from_strands: Layer<f32>,
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
        let mut weights = counts.map(|count| if count > 0.4 { 1.0 } else { 0.0 });
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
        let beyond = (BEYOND_MM * sight.mm) as f32;
        let known = Layer::of(light.frame, |column, row| {
            let (x, y) = (column as isize, row as isize);
            if weights.cell(x, y) > 0.0 {
                return Hold::Known(light.cell(x, y));
            }
            let is_behind = sight.depth.at(light.frame.middle(column, row)) < beyond;
            if is_behind { Hold::Free } else { Hold::Outside }
        });
        let evenness = evenness(sight, &differences(sight, &light, &seen), &weights)?;
        let light = membrane(&known, None).map(Option::unwrap_or_default);
        let busy = match (evenness, sight.detail) {
            (Evenness::Even, _) => None,
            (Evenness::Lined, Detail::Rough) => smooth(sight, &bare, &light).map(|()| None)?,
            (Evenness::Lined, Detail::Whole) => match BusyWall::new(sight, &bare) {
                None => smooth(sight, &bare, &light).map(|()| None)?,
                busy => busy,
            },
            (Evenness::Busy, Detail::Whole) => Some(BusyWall::new(sight, &bare).ok_or(ClippedError::BusyWall)?),
            (Evenness::Busy, Detail::Rough) => return Err(ClippedError::BusyWall),
        };
        Ok(Self { light, bare, busy })
    }
}

impl BusyWall {
    /// A wall that is not even, of which that is bare, continued by patches; `None` where that would be seen.
    fn new(sight: &Sight<'_>, bare: &Layer<f32>) -> Option<Self> {
        let from_strands = from_strands(sight, bare);
        let clear = (STRAND_MM * sight.mm) as f32;
        let clear =
            bare.values.iter().zip(&from_strands.values).map(|(bare, from)| if *from < clear { 0.0 } else { *bare });
        let bare = Layer { frame: bare.frame, values: clear.collect() };
        let patches = continued(sight, &bare, &from_strands)?;
        Some(Self { patches, from_strands })
    }
}

/// The bare wall continued to where hair stands out before it, and single hairs; `None` where that would be seen.
fn continued(sight: &Sight<'_>, bare: &Layer<f32>, from_strands: &Layer<f32>) -> Option<Patches> {
    if sight.widened > WIDENED_MM * sight.mm || sight.dent > DENT_MM * sight.mm {
        return None;
    }
    let pyramid = Pyramid::of(cells(sight, bare));
    let [_, cells, _] = &pyramid.levels;
    let hole = hole(sight, cells, |middle| f64::from(from_strands.at(middle)) < STRAND_HOLE_MM * sight.mm);
    let patches = Patches::new(&pyramid, &hole);
    is_unseen(sight, Seams::new(sight, cells).of_patches(&hole, &patches)).then_some(patches)
}

/// Whether a smooth wall of that light can stand where hair stood out before what is bare.
fn smooth(sight: &Sight<'_>, bare: &Layer<f32>, light: &Layer<[f32; 3]>) -> Result<(), ClippedError> {
    let cells = cells(sight, bare).halved();
    let seen = Seams::new(sight, &cells).of_smooth(&hole(sight, &cells, |_| false), light);
    if is_unseen(sight, seen) { Ok(()) } else { Err(ClippedError::BusyWall) }
}

fn is_unseen(sight: &Sight<'_>, seen: f64) -> bool {
    seen <= SEEN_MM * sight.mm
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

/// Whether the wall near hair is one wall, and even enough.
fn evenness(sight: &Sight<'_>, differs: &Layer<f32>, weights: &Layer<f32>) -> Result<Evenness, ClippedError> {
    let columns = differs.frame.columns;
    let is_near = |at: usize| {
        let middle = differs.frame.middle(at % columns, at / columns);
        f64::from(sight.from_hair.at(middle)) < NEAR_MM * sight.mm
    };
    let cells = differs.values.iter().zip(&weights.values).enumerate();
    let near = cells.filter(|(at, (differs, _))| **differs < 1.0 && is_near(*at)).map(|(_, cell)| cell);
    let near: Vec<(f64, f32)> = near.map(|(differs, weight)| (f64::from(*differs), *weight)).collect();
    let same = near.iter().filter(|(_, weight)| *weight > 0.0).count();
    let uneven = median(near.iter().map(|(differs, _)| *differs)).unwrap_or(1.0);
    if near.len() < MIN_NEAR {
        return Err(ClippedError::NoWall);
    }
    let same = same as f64 / near.len() as f64;
    Ok(match uneven <= BUSY {
        true if same >= SAME.1 => Evenness::Even,
        true if same >= SAME.0 => Evenness::Lined,
        _ => Evenness::Busy,
    })
}
