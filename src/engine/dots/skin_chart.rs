//! Where the tile's places lie on a head and in its picture, whatever is painted on them.

use super::dot::Dot;
use super::random::{Noise, Random};
use super::tile::{BlueNoiseTile, CARPET_DENSITY, CARPET_POINTS, CARPET_SIDE};
use crate::engine::calibration::{ChartSample, Surface};
use crate::engine::geometry::{PhotoPoint, PhotoRect};

/// Side of a block of places, millimetres: small enough that a brush touches few that it does not change.
pub(super) const BLOCK_SIDE: f64 = 8.0;
/// Blocks along the tile's side.
const BLOCKS: i32 = (CARPET_SIDE as f64 / BLOCK_SIDE) as i32;
/// Blocks on each side of the chart's middle at most: a picture of a person is no reason to chart a field.
const MAX_BLOCKS: f64 = 120.0;
/// By how much a block's rectangle is widened for its sides' curvature, as a share of its size.
const CURVED_SIDES: f64 = 0.06;

/// How much the dots of a treatment differ in size: a hand is no machine (our estimate).
const SIZE_SPREAD: f32 = 0.15;
/// How much they differ in absorption (our estimate).
const STRENGTH_SPREAD: f32 = 0.20;

/// Length over which skin takes more or less ink, mm, and by how much, times [`Noise::gradient`]: stubble is no even tone, and
/// neither is a hand's pressure. Chosen so that the local contrast of each octave of scale is that of closely shaved heads on
/// portraits. Of one length alone: what longer waves bring is seen as clouds, not as stubble.
const UPTAKE_WAVE: (f64, f64) = (4.5, 0.8);
/// What skin takes at least, as a share of the usual.
const LEAST_UPTAKE: f64 = 0.1;
/// Lengths of the waves of a natural front line, mm, and their shares in its depth: the mounds and bays that surgeons call
/// macro-irregularity, and smaller ones (our estimate of their measure).
const WAVES: [(f64, f64); 2] = [(26.0, 0.55), (9.0, 0.25)];
/// The share of the depth by which single dots stand forward or back: micro-irregularity.
const SINGLES: f64 = 0.20;

/// A row and a column of the chart's blocks.
pub(super) type Cell = (i32, i32);

/// A place of the tile on the head.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// The dot that would show, behind every edge.
    pub(super) dot: Dot,
    /// The dot shows where the density is above this, dots per cm2 of skin.
    pub(super) threshold: f32,
    /// How far an irregular edge stands back here, as a share of its greatest depth, 0 to 1.
    pub(super) back: f32,
}

impl Candidate {
    pub(super) fn at(&self) -> PhotoPoint {
        self.dot.at()
    }

    /// Cosine of the angle between the skin and the picture.
    pub(super) fn facing(&self) -> f64 {
        let [xx, xy, yy] = self.dot.shape.map(f64::from);
        let area = (xx * yy - xy * xy).max(0.0).sqrt();
        // What is seen larger for being near, or smaller for being far, is no slope: the long side of the form tells.
        let middle = (xx + yy) / 2.0;
        let long = middle + ((xx - yy) * (xx - yy) / 4.0 + xy * xy).sqrt();
        area / long.max(1e-6)
    }
}

/// A head's surface under a picture, cut into blocks.
#[derive(Debug, Clone)]
pub(super) struct SkinChart {
    pub(super) surface: Surface,
    pub(super) size: (f64, f64),
    pub(super) seed: u32,
    /// The rectangle of the picture in which each block is seen, of all that are seen, row by row.
    blocks: Vec<(Cell, PhotoRect)>,
}

impl SkinChart {
    pub(super) fn new(surface: Surface, size: (f64, f64), seed: u32) -> Self {
        let picture = PhotoRect::of_size(size.0, size.1);
        let reach = (surface.chart_reach(size) / BLOCK_SIDE).ceil().min(MAX_BLOCKS) as i32;
        let side = |index: i32| f64::from(index) * BLOCK_SIDE;
        let corners: Vec<Vec<PhotoPoint>> = (-reach..=reach)
            .map(|row| (-reach..=reach).map(|column| surface.point(side(column), side(row))).collect())
            .collect();
        let mut blocks = Vec::new();
        for (row, pair) in corners.windows(2).enumerate() {
            let [above, below] = pair else { continue };
            for (column, (upper, lower)) in above.windows(2).zip(below.windows(2)).enumerate() {
                let around = PhotoRect::around(upper).union(PhotoRect::around(lower));
                let rect = around.inflated((around.width() + around.height()) * CURVED_SIDES);
                if !rect.intersection(picture).is_empty() {
                    blocks.push(((row as i32 - reach, column as i32 - reach), rect));
                }
            }
        }
        Self { surface, size, seed, blocks }
    }

    pub(super) fn same(&self, surface: &Surface, size: (f64, f64), seed: u32) -> bool {
        self.surface == *surface && self.size == size && self.seed == seed
    }

    /// The blocks that may be seen in a rectangle of the picture, row by row.
    pub(super) fn within(&self, rect: PhotoRect) -> impl Iterator<Item = (Cell, PhotoRect)> {
        self.blocks.iter().copied().filter(move |(_, block)| !block.intersection(rect).is_empty())
    }

    /// The places of a block, and the skin that each stands for at the greatest density, cm2.
    pub(super) fn places(&self, (row, column): Cell, tile: &BlueNoiseTile, bucket: &[u32]) -> Vec<(Candidate, f32)> {
        let edge = Noise::new(self.seed);
        let uptake = Noise::new(!self.seed);
        let (left, top) = (f64::from(column) * BLOCK_SIDE, f64::from(row) * BLOCK_SIDE);
        let corner = |u: f64, v: f64| self.surface.spot(left + u * BLOCK_SIDE, top + v * BLOCK_SIDE);
        let corners = [corner(0.0, 0.0), corner(1.0, 0.0), corner(0.0, 1.0), corner(1.0, 1.0)];
        let origin = |index: i32| f64::from(index.div_euclid(BLOCKS)) * f64::from(CARPET_SIDE);
        let (width, height) = self.size;
        let place = |index: &u32| {
            let place = tile.places().get(*index as usize)?;
            let (u, v) = (origin(column) + f64::from(place.x), origin(row) + f64::from(place.y));
            let point = self.surface.point(u, v);
            let inside = (0.0..width).contains(&point.x) && (0.0..height).contains(&point.y);
            inside.then(|| {
                let spot = mixed(&corners, (u - left) / BLOCK_SIDE, (v - top) / BLOCK_SIDE);
                let uneven = Uneven { edge: waves(&edge, &WAVES, u, v), uptake: uptake_at(&uptake, u, v) };
                self.candidate(*index, point, &spot, uneven)
            })
        };
        bucket.iter().filter_map(place).collect()
    }

    fn candidate(&self, index: u32, point: PhotoPoint, spot: &ChartSample, uneven: Uneven) -> (Candidate, f32) {
        let mut random = Random::new((u64::from(self.seed) << 32) | u64::from(index));
        let mut spread = |by: f32| 1.0 + (random.unit() * 2.0 - 1.0) * by;
        let (size, strength) = (spread(SIZE_SPREAD), spread(STRENGTH_SPREAD));
        let strength = strength * uneven.uptake as f32;
        let [xx, xy, yy] = spot.shape.map(|value| value as f32);
        let dot = Dot { x: point.x as f32, y: point.y as f32, size, strength, shape: [xx, xy, yy] };
        let rank = (f64::from(index) + 0.5) / CARPET_POINTS as f64 * CARPET_DENSITY;
        let back = (uneven.edge + SINGLES * f64::from(random.unit())) as f32;
        let candidate = Candidate { dot, threshold: (rank / spot.area) as f32, back };
        (candidate, (spot.area / CARPET_DENSITY) as f32)
    }
}

/// The tile's places sorted into the blocks of its square.
pub(super) fn buckets(tile: &BlueNoiseTile) -> Vec<Vec<u32>> {
    let mut buckets = vec![Vec::new(); (BLOCKS * BLOCKS) as usize];
    for (index, place) in tile.places().iter().enumerate() {
        let cell = |value: f32| ((f64::from(value) / BLOCK_SIDE) as i32).min(BLOCKS - 1);
        if let Some(bucket) = buckets.get_mut((cell(place.y) * BLOCKS + cell(place.x)) as usize) {
            bucket.push(index as u32);
        }
    }
    buckets
}

/// The bucket whose places a block shows.
pub(super) fn bucket_of((row, column): Cell) -> usize {
    (row.rem_euclid(BLOCKS) * BLOCKS + column.rem_euclid(BLOCKS)) as usize
}

/// What smooth hills say of a place.
#[derive(Debug, Clone, Copy)]
struct Uneven {
    /// How far the edge stands back, as a share of its depth.
    edge: f64,
    /// How much ink the skin takes, as a share of the usual.
    uptake: f64,
}

/// Hills of several lengths, each from 0 to its share.
fn waves(noise: &Noise, lengths: &[(f64, f64)], u: f64, v: f64) -> f64 {
    lengths.iter().map(|(length, share)| share * noise.at(u / length, v / length)).sum()
}

/// How much ink skin takes at a place, as a share of the usual: 1 in the mean.
fn uptake_at(noise: &Noise, u: f64, v: f64) -> f64 {
    let (length, share) = UPTAKE_WAVE;
    (1.0 + share * noise.gradient(u / length, v / length)).max(LEAST_UPTAKE)
}

/// Between the four corners of a block, in straight lines.
fn mixed(corners: &[ChartSample; 4], x: f64, y: f64) -> ChartSample {
    let [a, b, c, d] = corners;
    let mix = |value: fn(&ChartSample) -> f64| {
        let (above, below) = (value(a) + (value(b) - value(a)) * x, value(c) + (value(d) - value(c)) * x);
        above + (below - above) * y
    };
    let shape = [mix(|spot| spot.shape[0]), mix(|spot| spot.shape[1]), mix(|spot| spot.shape[2])];
    ChartSample { point: a.point, area: mix(|spot| spot.area).max(1e-3), shape }
}
