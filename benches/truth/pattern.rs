//! The pattern of dots: its spectrum and its nearest pairs at every tenth of the ranking.

use crate::Row;
use hairline_designer::engine::dots::{BlueNoiseTile, CARPET_POINTS, CARPET_SIDE, Place};
use std::f64::consts::{PI, TAU};

/// Carpets whose spectra are averaged, as is usual for the anisotropy of a pattern: of a single one it would be that of
/// noise.
const SEEDS: std::ops::Range<u32> = 1..11;
const DIRECTIONS: usize = 60;
/// Rings of the spectrum in shares of the mean frequency.
const RINGS: [f64; 12] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 0.95, 1.1, 1.3, 1.5, 2.0];
/// The rings below half the mean frequency.
const LOW: usize = 5;
/// The rings where the spectrum has reached its plateau.
const PLATEAU: usize = 2;

pub(crate) fn rows() -> Vec<Row> {
    let carpets: Vec<BlueNoiseTile> = SEEDS.map(BlueNoiseTile::grow).collect();
    (1..=10).flat_map(|tenth| of_tenth(&carpets, tenth)).collect()
}

fn of_tenth(carpets: &[BlueNoiseTile], tenth: usize) -> [Row; 3] {
    let count = CARPET_POINTS * tenth / 10;
    let mean_frequency = (count as f64).sqrt();
    let rings: Vec<Vec<f64>> = RINGS.iter().map(|share| ring(carpets, count, mean_frequency * share)).collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let plateau = rings.iter().rev().take(PLATEAU).map(|ring| mean(ring)).sum::<f64>() / PLATEAU as f64;
    let low = rings.iter().take(LOW).map(|ring| mean(ring)).fold(0.0, f64::max) / plateau;
    let anisotropy = |ring: &Vec<f64>| {
        let middle = mean(ring);
        let spread =
            ring.iter().map(|power| (power - middle) * (power - middle)).sum::<f64>() / (ring.len() - 1) as f64;
        10.0 * (spread / (middle * middle)).log10()
    };
    let worst = rings.iter().map(anisotropy).fold(f64::NEG_INFINITY, f64::max);
    let nearest = carpets.iter().map(|tile| nearest_pair(tile, count)).fold(f64::INFINITY, f64::min);
    let name = |what: &str| format!("dots, first {tenth} tenths of the ranking: {what}");
    [
        Row::at_most(name("greatest low-frequency power over the plateau"), low, 0.11, "", "at most 0.11"),
        Row::at_least(name("nearest pair over the closest packing's"), nearest, 0.62, "", "at least 0.62"),
        Row::at_most(name("worst anisotropy of a ring"), worst, -5.0, " dB", "below -5 dB"),
    ]
}

/// The power in each direction at a frequency, averaged over the carpets.
fn ring(carpets: &[BlueNoiseTile], count: usize, frequency: f64) -> Vec<f64> {
    let one = |direction: usize| {
        let angle = PI * (direction as f64 + 0.5) / DIRECTIONS as f64;
        let (u, v) = ((frequency * angle.cos()).round(), (frequency * angle.sin()).round());
        carpets.iter().map(|tile| power(tile.places(), count, u, v)).sum::<f64>() / carpets.len() as f64
    };
    (0..DIRECTIONS).map(one).collect()
}

fn power(places: &[Place], count: usize, u: f64, v: f64) -> f64 {
    let side = f64::from(CARPET_SIDE);
    let (mut re, mut im) = (0.0, 0.0);
    for place in places.iter().take(count) {
        let (sine, cosine) = (TAU * (u * f64::from(place.x) + v * f64::from(place.y)) / side).sin_cos();
        re += cosine;
        im += sine;
    }
    (re * re + im * im) / count as f64
}

/// The distance of the nearest pair over that of the closest packing of as many.
fn nearest_pair(tile: &BlueNoiseTile, count: usize) -> f64 {
    let side = f64::from(CARPET_SIDE);
    let packed = (side * side / count as f64 * 2.0 / 3.0_f64.sqrt()).sqrt();
    let cells = (side / packed) as usize;
    let cell = |value: f32| ((f64::from(value) / side * cells as f64) as usize).min(cells - 1);
    let mut grid: Vec<Vec<Place>> = vec![Vec::new(); cells * cells];
    for place in tile.places().iter().take(count) {
        if let Some(bucket) = grid.get_mut(cell(place.y) * cells + cell(place.x)) {
            bucket.push(*place);
        }
    }
    let mut least = packed;
    for (index, bucket) in grid.iter().enumerate() {
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1), (cells - 1, 1)] {
            let (x, y) = ((index % cells + dx) % cells, (index / cells + dy) % cells);
            let Some(other) = grid.get(y * cells + x) else { continue };
            for (i, a) in bucket.iter().enumerate() {
                for b in other.iter().skip(if (dx, dy) == (0, 0) { i + 1 } else { 0 }) {
                    least = least.min(torus_distance(*a, *b));
                }
            }
        }
    }
    least / packed
}

fn torus_distance(a: Place, b: Place) -> f64 {
    let across = |a: f32, b: f32| {
        let d = f64::from((a - b).abs());
        d.min(f64::from(CARPET_SIDE) - d)
    };
    let (dx, dy) = (across(a.x, b.x), across(a.y, b.y));
    (dx * dx + dy * dy).sqrt()
}
