//! The exponential function by sums and products, so that every machine finds the same bits.

/// log2(e).
const LOG2_E: f32 = std::f32::consts::LOG2_E;
/// The natural logarithm of 2 in two parts: the first has few digits, so that a whole number of them is exact.
const LN_2_HIGH: f32 = 0.693_359_4;
const LN_2_LOW: f32 = -0.000_212_194_44;
/// Beyond it the result leaves the range of normal numbers.
const LIMIT: f32 = 80.0;
/// Bits of a number's fraction, and what is added to its exponent.
const FRACTION_BITS: u32 = 23;
const EXPONENT_BIAS: i32 = 127;

/// e to the power of `x`, right to three parts in ten million. What is beyond ±80 is taken for ±80; NaN stays NaN.
pub(super) fn exp(x: f32) -> f32 {
    let x = x.clamp(-LIMIT, LIMIT);
    // x = n ln 2 + r with |r| at most half of ln 2, where a short series is enough.
    let n = (x * LOG2_E).round();
    let r = (x - n * LN_2_HIGH) - n * LN_2_LOW;
    let series =
        1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0))))));
    let power_of_2 = f32::from_bits((n as i32 + EXPONENT_BIAS).unsigned_abs() << FRACTION_BITS);
    series * power_of_2
}

/// 1 / (1 + e^-x): any number to a share between 0 and 1.
pub(in crate::engine::face) fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_exponential_function() {
        for step in -8_000..=8_000 {
            let x = step as f32 / 100.0;
            let (found, wanted) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((found / wanted - 1.0).abs() < 3e-7, "e^{x}: {found}, not {wanted}");
        }
    }

    #[test]
    fn what_is_out_of_range_stays_finite() {
        for x in [f32::INFINITY, f32::MAX, 81.0, -81.0, f32::MIN, f32::NEG_INFINITY] {
            assert!(exp(x).is_finite() && exp(x) > 0.0, "{x}: {}", exp(x));
        }
        assert!(exp(f32::NAN).is_nan());
        assert_eq!(logistic(0.0), 0.5);
    }
}
