//! The endless ranked pattern.

use super::random::Random;

/// Side of the square that repeats, millimetres: longer than most treated areas, so that a repetition is hardly ever on the
/// same head and never beside itself.
pub const CARPET_SIDE: f32 = 128.0;
/// Places in the square.
pub const CARPET_POINTS: usize = 32_768;
/// Places per cm2: the greatest density that can be shown.
pub const CARPET_DENSITY: f64 = CARPET_POINTS as f64 / (CARPET_SIDE as f64 * CARPET_SIDE as f64 / 100.0);

/// Least distance of a new place to all before it, as a share of the distance in the closest packing of as many. At 0.547
/// of the plane covered no more fits (random sequential adsorption), which is 0.777 of that distance; this share leaves a
/// few darts in a hundred a place.
const CLOSENESS: f32 = 0.72;
/// Darts that may miss before a place is allowed to be a little closer.
const MAX_MISSES: u32 = 400;
/// How much closer then.
const RADIUS_DECAY: f32 = 0.985;

/// One place of the tile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Millimetres from the square's corner, 0 to [`CARPET_SIDE`].
    pub x: f32,
    /// Likewise.
    pub y: f32,
}

/// Places in the order of their rank: every beginning of the row is itself spread well, and the square joins itself on all
/// sides without a seam.
#[derive(Debug, Clone, PartialEq)]
pub struct BlueNoiseTile {
    places: Vec<Place>,
}

impl BlueNoiseTile {
    /// Throws darts with a radius that shrinks as their number grows. Some tenths of a second; the same in every build
    /// because only `+ - * /` and `sqrt` of single precision decide.
    #[must_use]
    pub fn grow(seed: u32) -> Self {
        let mut random = Random::new(u64::from(seed) ^ 0x5ca1_ab1e);
        let mut grid = Grid::new(radius(1));
        let mut places: Vec<Place> = Vec::with_capacity(CARPET_POINTS);
        while places.len() < CARPET_POINTS {
            let mut least = radius(places.len() + 1);
            if grid.too_coarse_for(least) {
                grid = Grid::new(least);
                places.iter().for_each(|place| grid.insert(*place));
            }
            let place = sample_candidate(&mut random, &grid, &mut least);
            grid.insert(place);
            places.push(place);
        }
        Self { places }
    }

    /// A tile grown elsewhere: pairs of x and y, in the order of rank. `None` when the number of places is wrong or one
    /// lies outside.
    #[must_use]
    pub fn from_pairs(pairs: &[f32]) -> Option<Self> {
        let inside = |value: f32| (0.0..CARPET_SIDE).contains(&value);
        let places: Option<Vec<Place>> = pairs
            .chunks_exact(2)
            .map(|pair| match *pair {
                [x, y] if inside(x) && inside(y) => Some(Place { x, y }),
                _ => None,
            })
            .collect();
        places.filter(|places| places.len() == CARPET_POINTS).map(|places| Self { places })
    }

    /// The places as pairs of x and y, in the order of rank.
    #[must_use]
    pub fn to_pairs(&self) -> Vec<f32> {
        self.places.iter().flat_map(|place| [place.x, place.y]).collect()
    }

    /// The places, in the order of rank: the place at index `i` shows where the density is more than
    /// `(i + 1) / CARPET_POINTS` of [`CARPET_DENSITY`].
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }
}

fn radius(count: usize) -> f32 {
    let area = CARPET_SIDE * CARPET_SIDE / count as f32;
    CLOSENESS * (area * 1.154_700_5).sqrt()
}

fn sample_candidate(random: &mut Random, grid: &Grid, least: &mut f32) -> Place {
    let mut misses = 0;
    loop {
        let place = Place { x: random.unit() * CARPET_SIDE, y: random.unit() * CARPET_SIDE };
        if grid.is_free(place, *least) {
            return place;
        }
        misses += 1;
        if misses == MAX_MISSES {
            misses = 0;
            *least *= RADIUS_DECAY;
        }
    }
}

/// Places by square cells at least as wide as the radius they were made for, on a torus.
struct Grid {
    cells: Vec<Vec<Place>>,
    side: usize,
    made_for: f32,
}

impl Grid {
    fn new(least: f32) -> Self {
        let side = ((CARPET_SIDE / least) as usize).max(1);
        Self { cells: vec![Vec::new(); side * side], side, made_for: least }
    }

    fn too_coarse_for(&self, least: f32) -> bool {
        least < self.made_for * 0.8
    }

    fn cell_of(&self, value: f32) -> usize {
        ((value / CARPET_SIDE * self.side as f32) as usize).min(self.side - 1)
    }

    fn insert(&mut self, place: Place) {
        let index = self.cell_of(place.y) * self.side + self.cell_of(place.x);
        if let Some(cell) = self.cells.get_mut(index) {
            cell.push(place);
        }
    }

    fn is_free(&self, place: Place, least: f32) -> bool {
        let (column, row) = (self.cell_of(place.x), self.cell_of(place.y));
        let squared = least * least;
        let around = |middle: usize| {
            // On a grid of fewer than three cells the neighbours on both sides are the same.
            let count = self.side.min(3);
            (0..count).map(move |step| (middle + self.side + step - usize::from(count == 3)) % self.side)
        };
        around(row).all(|y| {
            around(column).all(|x| {
                self.cells
                    .get(y * self.side + x)
                    .is_none_or(|cell| cell.iter().all(|other| distance_squared(*other, place) >= squared))
            })
        })
    }
}

fn distance_squared(a: Place, b: Place) -> f32 {
    let across = |a: f32, b: f32| {
        let d = (a - b).abs();
        d.min(CARPET_SIDE - d)
    };
    let (dx, dy) = (across(a.x, b.x), across(a.y, b.y));
    dx * dx + dy * dy
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    static TILE: LazyLock<BlueNoiseTile> = LazyLock::new(|| BlueNoiseTile::grow(1));

    fn hexagonal(count: usize) -> f32 {
        (CARPET_SIDE * CARPET_SIDE / count as f32 * 1.154_700_5).sqrt()
    }

    fn nearest_pair(places: &[Place]) -> f32 {
        let mut grid = Grid::new(hexagonal(places.len()));
        places.iter().for_each(|place| grid.insert(*place));
        let near = |place: &Place| {
            let mut least = hexagonal(places.len());
            for other in places_around(&grid, *place) {
                let d = distance_squared(*place, other);
                if d > 0.0 {
                    least = least.min(d.sqrt());
                }
            }
            least
        };
        places.iter().map(near).fold(f32::INFINITY, f32::min)
    }

    fn places_around(grid: &Grid, place: Place) -> Vec<Place> {
        let (column, row) = (grid.cell_of(place.x), grid.cell_of(place.y));
        let mut found = Vec::new();
        for dy in 0..3 {
            for dx in 0..3 {
                let (x, y) = ((column + grid.side + dx - 1) % grid.side, (row + grid.side + dy - 1) % grid.side);
                found.extend(&grid.cells[y * grid.side + x]);
            }
        }
        found
    }

    #[test]
    fn every_tenth_of_the_ranking_keeps_its_distance() {
        for tenth in 1..=10 {
            let count = CARPET_POINTS * tenth / 10;
            let share = nearest_pair(&TILE.places()[..count]) / hexagonal(count);
            assert!(share >= 0.62, "{count} places: nearest pair at {share} of the closest packing");
        }
    }

    /// Radially averaged power of the places at whole frequencies of the square, relative to white noise.
    fn power(places: &[Place], frequency: f64) -> f64 {
        let directions = 48;
        let sum: f64 = (0..directions)
            .map(|step| {
                let angle = std::f64::consts::PI * (f64::from(step) + 0.5) / f64::from(directions);
                let (u, v) = ((frequency * angle.cos()).round(), (frequency * angle.sin()).round());
                let (mut re, mut im) = (0.0, 0.0);
                for place in places {
                    let phase = std::f64::consts::TAU * (u * f64::from(place.x) + v * f64::from(place.y))
                        / f64::from(CARPET_SIDE);
                    re += phase.cos();
                    im += phase.sin();
                }
                (re * re + im * im) / places.len() as f64
            })
            .sum();
        sum / f64::from(directions)
    }

    #[test]
    fn beginnings_of_the_ranking_are_blue() {
        for count in [CARPET_POINTS / 10, CARPET_POINTS / 2] {
            let places = &TILE.places()[..count];
            let mean_frequency = (count as f64).sqrt();
            let low = [0.1, 0.2, 0.3, 0.4, 0.5].map(|share| power(places, mean_frequency * share));
            let average = low.iter().sum::<f64>() / low.len() as f64;
            assert!(average < 0.11, "{count} places: {low:?}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_carpet_and_another_seed_another() {
        assert_eq!(BlueNoiseTile::grow(1), *TILE);
        assert_ne!(BlueNoiseTile::grow(2), *TILE);
    }

    #[test]
    fn a_carpet_survives_its_pairs() {
        assert_eq!(BlueNoiseTile::from_pairs(&TILE.to_pairs()), Some(TILE.clone()));
        assert_eq!(BlueNoiseTile::from_pairs(&[1.0, 2.0]), None);
        let mut wild = TILE.to_pairs();
        wild[7] = f32::NAN;
        assert_eq!(BlueNoiseTile::from_pairs(&wild), None);
    }
}
