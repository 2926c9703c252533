//! Angles whose sine and cosine are the same on every machine.

/// Sine and cosine of an angle, from sums and products alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Angle {
    /// Sine.
    pub sine: f64,
    /// Cosine.
    pub cosine: f64,
}

const RADIANS: f64 = std::f64::consts::PI / 180.0;

impl Angle {
    /// The angle of so many degrees. Right to 1e-12 between -360 and 360.
    #[must_use]
    pub fn degrees(degrees: f64) -> Self {
        // A quarter of the angle is small enough for a short series; it is then doubled twice.
        let x = degrees * RADIANS / 4.0;
        let square = x * x;
        let (mut sine, mut cosine, mut power, mut divisor) = (0.0, 0.0, 1.0, 1.0);
        for step in 0..12 {
            let sign = if step % 2 == 0 { 1.0 } else { -1.0 };
            cosine += sign * power / divisor;
            sine += sign * power * x / (divisor * f64::from(2 * step + 1));
            power *= square;
            divisor *= f64::from((2 * step + 1) * (2 * step + 2));
        }
        Self { sine, cosine }.doubled().doubled()
    }

    fn doubled(self) -> Self {
        Self { sine: 2.0 * self.sine * self.cosine, cosine: 1.0 - 2.0 * self.sine * self.sine }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sine_and_cosine_are_right() {
        for degrees in -360..=360 {
            let (angle, radians) = (Angle::degrees(f64::from(degrees)), f64::from(degrees).to_radians());
            assert!((angle.sine - radians.sin()).abs() < 1e-12, "{degrees}: {angle:?}");
            assert!((angle.cosine - radians.cos()).abs() < 1e-12, "{degrees}: {angle:?}");
        }
    }
}
