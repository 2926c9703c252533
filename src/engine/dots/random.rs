//! Numbers from a seed, the same everywhere.

use std::f64::consts::FRAC_1_SQRT_2;

/// SplitMix64 (Steele, Lea, Flood 2014): whole numbers only, so every machine agrees.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in [0, 1), a multiple of 2^-24: exact in f32.
    pub(super) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / 16_777_216.0
    }
}

/// The directions in which gradient noise may rise at a place: eight, evenly around.
const RISES: [(f64, f64); 8] = [
    (1.0, 0.0),
    (FRAC_1_SQRT_2, FRAC_1_SQRT_2),
    (0.0, 1.0),
    (-FRAC_1_SQRT_2, FRAC_1_SQRT_2),
    (-1.0, 0.0),
    (-FRAC_1_SQRT_2, -FRAC_1_SQRT_2),
    (0.0, -1.0),
    (FRAC_1_SQRT_2, -FRAC_1_SQRT_2),
];

/// Smooth random hills on a plane, the same everywhere, from what is random at whole numbers and by cubic steps between.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noise(u64);

impl Noise {
    pub(super) fn new(seed: u32) -> Self {
        Self(u64::from(seed) ^ 0x1d0b_57ee)
    }

    /// Value noise, from 0 to 1; 0.5 in the mean.
    pub(super) fn at(&self, x: f64, y: f64) -> f64 {
        let unit = |key| f64::from(Random::new(key).unit());
        self.between(x, y, |key, _, _| unit(key))
    }

    /// Gradient noise (Perlin, "An Image Synthesizer", 1985), from -0.71 to 0.71; 0 in the mean of any few squares. It has hills
    /// of about one length alone, where value noise has longer ones too.
    pub(super) fn gradient(&self, x: f64, y: f64) -> f64 {
        self.between(x, y, |key, dx, dy| {
            let (right, down) = RISES.get((Random::new(key).next() >> 61) as usize).copied().unwrap_or_default();
            right * dx + down * dy
        })
    }

    /// Between what the four whole numbers around a place say of it: each from a random key of its own and the way from it.
    fn between(&self, x: f64, y: f64, value: impl Fn(u64, f64, f64) -> f64) -> f64 {
        let (column, row) = (x.floor(), y.floor());
        let step = |t: f64| t * t * (3.0 - 2.0 * t);
        let (right, down) = (step(x - column), step(y - row));
        let value = |dx: f64, dy: f64| {
            let key = (((row + dy) as i64 as u64) << 32) ^ ((column + dx) as i64 as u32 as u64);
            value(self.0 ^ key.wrapping_mul(0x9e37_79b9_7f4a_7c15), x - column - dx, y - row - dy)
        };
        let across = |dy: f64| value(0.0, dy) + (value(1.0, dy) - value(0.0, dy)) * right;
        across(0.0) + (across(1.0) - across(0.0)) * down
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gradient_noise_is_smooth_even_and_of_one_length() {
        let noise = Noise::new(1);
        let row: Vec<f64> = (0..20_000).map(|step| noise.gradient(f64::from(step) * 0.05, 0.37)).collect();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        assert!(mean(&row).abs() < 0.02, "{}", mean(&row));
        assert!(row.iter().all(|value| value.abs() <= 0.71));
        assert!(row.windows(2).all(|pair| (pair[1] - pair[0]).abs() < 0.11));
        // Over squares of five lengths hardly anything of it is left; of value noise more than twice as much.
        let uneven = |value: &dyn Fn(f64, f64) -> f64| {
            let place = |index: i32| f64::from(index) * 0.25;
            let square = |(column, row): (i32, i32)| -> Vec<f64> {
                let at = |index: i32| value(place(column * 20 + index % 20), place(row * 20 + index / 20));
                (0..400).map(at).collect()
            };
            let squares: Vec<Vec<f64>> = (0..400).map(|index| square((index % 20, index / 20))).collect();
            let spread = |values: &[f64]| {
                let middle = mean(values);
                (values.iter().map(|value| (value - middle).powi(2)).sum::<f64>() / values.len() as f64).sqrt()
            };
            let means: Vec<f64> = squares.iter().map(|square| mean(square)).collect();
            spread(&means) / spread(&squares.concat())
        };
        let (gradients, values) = (uneven(&|x, y| noise.gradient(x, y)), uneven(&|x, y| noise.at(x, y)));
        assert!(gradients < 0.5 * values, "{gradients} {values}");
    }
}
