//! Numbers from a seed, the same everywhere.

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

/// Smooth random hills on a plane, the same everywhere: values at whole numbers, between them by cubic steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noise(u64);

impl Noise {
    pub(super) fn new(seed: u32) -> Self {
        Self(u64::from(seed) ^ 0x1d0b_57ee)
    }

    /// From 0 to 1; 0.5 in the mean.
    pub(super) fn at(&self, x: f64, y: f64) -> f64 {
        let (column, row) = (x.floor(), y.floor());
        let step = |t: f64| t * t * (3.0 - 2.0 * t);
        let (right, down) = (step(x - column), step(y - row));
        let value = |dx: f64, dy: f64| {
            let key = (((row + dy) as i64 as u64) << 32) ^ ((column + dx) as i64 as u32 as u64);
            f64::from(Random::new(self.0 ^ key.wrapping_mul(0x9e37_79b9_7f4a_7c15)).unit())
        };
        let across = |dy: f64| value(0.0, dy) + (value(1.0, dy) - value(0.0, dy)) * right;
        across(0.0) + (across(1.0) - across(0.0)) * down
    }
}
