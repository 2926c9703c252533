//! How bare skin is lit by the way it faces: a polynomial of low order in the skull's normals, fitted to what is seen; and how its
//! colour goes with its light.

use crate::engine::color::luminance;
use crate::engine::geometry::{median, quantile};
use glam::DVec3;

/// Terms of the polynomial.
const TERMS: usize = 7;
/// What skin keeps of its light where it is seen from the side, before anything is fitted (chosen on bald scalps that were hidden).
const FROM_THE_SIDE: f64 = 0.2;
/// How strongly the terms of a fit are held to that, beside samples (our estimate): what no sample tells stays as it is.
const HELD: [f64; TERMS] = [0.0, 0.001, 0.001, 0.001, 0.002, 0.002, 0.002];
/// The deviation at which a sample counts half, in each round of the fit: spots, brows and hair tell nothing of skin.
const HALF_AT: [f64; 6] = [0.3, 0.25, 0.2, 0.16, 0.13, 0.1];
const LAST_HALF_AT: f64 = 0.1;
/// The least cosine by which skin that turns away counts more.
const STEEPEST: f64 = 0.2;
/// The polynomial is followed as far as the directions of all samples but this share of them.
const FEW: f64 = 0.02;
/// The light that this share of the samples falls short of counts as the darkest; nothing is continued below this share of it, nor
/// above this multiple of the middle; how smoothly it comes near the darkest, as a share of that.
const DARKEST: f64 = 0.03;
const BELIEVED: (f64, f64) = (0.7, 1.8);
const SMOOTHLY: f64 = 0.3;
/// What is darker than this share of the middle is no skin.
const TOO_DARK: f64 = 0.2;
/// The least share of its channels that colour keeps as it gets darker, and the least darkness that tells of it.
const LEAST_COLOUR: f64 = 0.3;
const DARK_ENOUGH: f64 = 0.02;

/// A place of bare skin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    pub(super) normal: DVec3,
    /// Linear light.
    pub(super) light: [f32; 3],
}

/// Light of skin by how it faces.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shading {
    /// The colour of skin that faces the camera, usually lit.
    middle: [f64; 3],
    /// How the luminance differs from the usual.
    differs: [f64; TERMS],
    /// The least and greatest share to the right, up and to the camera that is followed.
    seen: (DVec3, DVec3),
    /// The least luminance, over the middle's.
    darkest: f64,
    /// How much of each channel's light is gained for each share of luminance that is lost.
    colour: [f64; 3],
}

impl Shading {
    /// The shading that fits the samples; `None` of too few.
    pub(super) fn fitted(samples: &[Sample]) -> Option<Self> {
        if samples.len() < 4 * TERMS {
            return None;
        }
        let mut middle = [0.0; 3];
        for (channel, middle) in middle.iter_mut().enumerate() {
            let light = |sample: &Sample| sample.light.get(channel).copied().map_or(0.0, f64::from);
            *middle = median(samples.iter().map(|sample| light(sample) / usual(sample.normal)))?;
        }
        let whole = f64::from(luminance(middle.map(|middle| middle as f32)));
        if middle.iter().any(|middle| *middle <= 0.0) {
            return None;
        }
        let lights: Vec<f64> = samples.iter().map(|sample| f64::from(luminance(sample.light)) / whole).collect();
        let along = |axis: fn(DVec3) -> f64, share| quantile(samples.iter().map(|sample| axis(sample.normal)), share);
        let bound = |share| Some(DVec3::new(along(|n| n.x, share)?, along(|n| n.y, share)?, along(|n| n.z, share)?));
        let seen = (bound(FEW)?, bound(1.0 - FEW)?);
        let darkest = quantile(lights.iter().copied().filter(|light| *light > TOO_DARK), DARKEST)?;
        let mut shading = Self { middle, differs: [0.0; TERMS], seen, darkest, colour: [0.0; 3] };
        for half_at in HALF_AT {
            shading.differs = shading.refined(samples, &lights, half_at)?;
        }
        shading.colour = shading.colours(samples);
        Some(shading)
    }

    /// Weighted least squares of the luminance, held to the usual.
    fn refined(&self, samples: &[Sample], lights: &[f64], half_at: f64) -> Option<[f64; TERMS]> {
        let (mut matrix, mut right, mut all) = ([[0.0; TERMS]; TERMS], [0.0; TERMS], 0.0);
        for (sample, light) in samples.iter().zip(lights) {
            let usual = usual(sample.normal);
            let terms = self.terms(sample.normal).map(|term| term * usual);
            let off = (light / self.share(sample.normal) - 1.0) / half_at;
            // A pixel of skin that turns away stands for more of it.
            let weight = 1.0 / ((1.0 + off * off) * sample.normal.z.max(STEEPEST));
            for ((row, right), a) in matrix.iter_mut().zip(&mut right).zip(terms) {
                row.iter_mut().zip(terms).for_each(|(cell, b)| *cell += weight * a * b);
                *right += weight * a * (light - usual);
            }
            all += weight;
        }
        for (term, (row, held)) in matrix.iter_mut().zip(HELD).enumerate() {
            if let Some(cell) = row.get_mut(term) {
                *cell += held * all;
            }
        }
        solved(matrix, right)
    }

    /// How the colour of the samples goes with their light, each channel by the middle of all.
    fn colours(&self, samples: &[Sample]) -> [f64; 3] {
        let mut colour = [0.0; 3];
        for (channel, (colour, middle)) in colour.iter_mut().zip(self.middle).enumerate() {
            let (mut sum, mut all) = (0.0, 0.0);
            for sample in samples {
                let share = self.share(sample.normal);
                let light = sample.light.get(channel).copied().map_or(0.0, f64::from) / middle;
                let whole = self.share_of(sample);
                let (dark, gained) = (1.0 - whole, light / whole.max(1e-6) - 1.0);
                // What is far from the shading is no skin.
                let off = (whole / share - 1.0) / LAST_HALF_AT;
                let weight = 1.0 / (1.0 + off * off + 25.0 * gained * gained);
                sum += weight * dark * gained;
                all += weight * (dark * dark + DARK_ENOUGH);
            }
            *colour = sum / all.max(1e-9);
        }
        colour
    }

    /// The luminance of a sample over the middle's.
    fn share_of(&self, sample: &Sample) -> f64 {
        f64::from(luminance(sample.light)) / f64::from(luminance(self.middle.map(|middle| middle as f32)))
    }

    /// The luminance of skin that faces like that, over the middle's.
    fn share(&self, normal: DVec3) -> f64 {
        let change: f64 = self.differs.iter().zip(self.terms(normal)).map(|(share, term)| share * term).sum();
        let share = (usual(normal) * (1.0 + change)).min(BELIEVED.1);
        at_least(share, self.darkest * BELIEVED.0, self.darkest * SMOOTHLY)
    }

    /// The light of skin that faces like that.
    pub(super) fn light(&self, normal: DVec3) -> [f32; 3] {
        let share = self.share(normal);
        let mut light = [0.0; 3];
        for ((light, middle), colour) in light.iter_mut().zip(self.middle).zip(self.colour) {
            *light = (middle * share * (1.0 + colour * (1.0 - share)).max(LEAST_COLOUR)) as f32;
        }
        light
    }

    /// The polynomial's terms of a direction, each about even over the visible half of a head.
    fn terms(&self, normal: DVec3) -> [f64; TERMS] {
        let (least, most) = self.seen;
        let DVec3 { x, y, z } = normal.max(least).min(most);
        [1.0, x, y, z - 0.7, x * x - 0.25, y * y - 0.25, x * y]
    }
}

/// The light of skin by how it faces where nothing else is known, 1 where it faces the camera.
fn usual(normal: DVec3) -> f64 {
    FROM_THE_SIDE + (1.0 - FROM_THE_SIDE) * normal.z.max(0.0)
}

/// A value that comes near a bound and never below it.
fn at_least(value: f64, bound: f64, smoothly: f64) -> f64 {
    let over = value - bound;
    bound + (over + (over * over + smoothly * smoothly).sqrt()) / 2.0
}

/// The solution of symmetric equations (Cholesky); `None` where there is none.
fn solved(matrix: [[f64; TERMS]; TERMS], right: [f64; TERMS]) -> Option<[f64; TERMS]> {
    let mut lower = [[0.0; TERMS]; TERMS];
    for i in 0..TERMS {
        for j in 0..=i {
            let (row_i, row_j) = (lower.get(i)?, lower.get(j)?);
            let known: f64 = row_i.iter().zip(row_j).take(j).map(|(a, b)| a * b).sum();
            let rest = matrix.get(i)?.get(j)? - known;
            let diagonal = *lower.get(j)?.get(j)?;
            let value = match (i == j, rest > 0.0) {
                (true, false) => return None,
                (true, true) => rest.sqrt(),
                (false, _) => rest / diagonal,
            };
            *lower.get_mut(i)?.get_mut(j)? = value;
        }
    }
    let mut halfway = right;
    for i in 0..TERMS {
        let known: f64 = lower.get(i)?.iter().zip(halfway).take(i).map(|(a, b)| a * b).sum();
        let value = halfway.get_mut(i)?;
        *value = (*value - known) / lower.get(i)?.get(i)?;
    }
    let mut solution = halfway;
    for i in (0..TERMS).rev() {
        let known: f64 = (i + 1..TERMS).filter_map(|j| Some(lower.get(j)?.get(i)? * solution.get(j)?)).sum();
        let value = solution.get_mut(i)?;
        *value = (*value - known) / lower.get(i)?.get(i)?;
    }
    Some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Skin lit from the upper left, seen on half of a ball.
    fn seen(x: f64, y: f64) -> Option<Sample> {
        let z = (1.0 - x * x - y * y).max(0.0).sqrt();
        let normal = DVec3::new(x, y, z);
        let light = 0.25 * usual(normal) * (1.0 - 0.3 * x + 0.2 * y);
        (z > 0.3).then_some(Sample { normal, light: [light as f32, light as f32 * 0.7, light as f32 * 0.5] })
    }

    fn samples() -> Vec<Sample> {
        let places = (-9..=4).flat_map(|x| (-2..=9).map(move |y| (f64::from(x) * 0.1, f64::from(y) * 0.1)));
        places.filter_map(|(x, y)| seen(x, y)).collect()
    }

    #[test]
    fn light_goes_on_to_where_nothing_is_seen() {
        let shading = Shading::fitted(&samples()).unwrap();
        for (x, y) in [(-0.5, 0.5), (0.0, 0.0), (0.6, 0.2), (0.55, -0.3)] {
            let truth = seen(x, y).unwrap();
            let told = shading.light(truth.normal);
            for (told, truth) in told.iter().zip(truth.light) {
                assert!((told / truth - 1.0).abs() < 0.15, "{x} {y}: {told} for {truth}");
            }
        }
    }

    #[test]
    fn skin_gets_darker_as_it_turns_up_beyond_what_is_seen() {
        // Lit from the camera, seen on a forehead.
        let lit = |x: f64, y: f64| {
            let normal = DVec3::new(x, y, (1.0 - x * x - y * y).sqrt());
            let light = normal.z as f32;
            Sample { normal, light: [0.5 * light, 0.35 * light, 0.25 * light] }
        };
        let forehead: Vec<Sample> =
            (-7..=7).flat_map(|x| (0..=4).map(move |y| lit(f64::from(x) * 0.1, f64::from(y) * 0.1))).collect();
        let shading = Shading::fitted(&forehead).unwrap();
        for up in [0.6, 0.8, 0.9] {
            let crown = lit(0.0, up);
            let share = shading.light(crown.normal)[0] / crown.light[0];
            assert!((0.9..1.4).contains(&share), "{up}: {share}");
        }
    }

    #[test]
    fn brows_among_the_samples_do_not_darken_the_skin() {
        let mut spoilt = samples();
        for sample in spoilt.iter_mut().step_by(8) {
            sample.light = [0.02; 3];
        }
        let (clean, spoilt) = (Shading::fitted(&samples()).unwrap(), Shading::fitted(&spoilt).unwrap());
        let normal = DVec3::new(-0.3, 0.4, 0.86);
        let share = spoilt.light(normal)[0] / clean.light(normal)[0];
        assert!((share - 1.0).abs() < 0.04, "{share}");
        assert_eq!(Shading::fitted(&samples()[..10]), None);
    }
}
