//! Numbers in figures. The standard library's printing of floats is exact for every float and weighs more than all texts
//! together; here whole numbers do the same for those that a person is shown.

use crate::engine::json::json_of;
/// The most decimals that are ever shown.
const MOST_DECIMALS: u32 = 3;
/// Bits of the fraction that are looked at: those of every number from 1 on.
const FRACTION_BITS: u32 = 52;

/// A number with so many decimals, at most [`MOST_DECIMALS`], as `{:.n}` prints it: the nearest, in the middle between two
/// the even one. Right below 2^64; what is larger, or no number, is said as the nearest there.
#[must_use]
pub fn fixed(value: f64, decimals: u32) -> String {
    let decimals = decimals.min(MOST_DECIMALS);
    let (size, scale) = (value.abs(), 10_u64.pow(decimals));
    let fraction = (size - size.trunc()) * (1_u64 << FRACTION_BITS) as f64;
    // What a number below 1 has beyond those bits counts too.
    let tail = fraction.fract() * scale as f64;
    let scaled = fraction as u64 * scale + tail as u64;
    let (below, rest) = (scaled >> FRACTION_BITS, scaled & ((1 << FRACTION_BITS) - 1));
    let middle = 1_u64 << (FRACTION_BITS - 1);
    let over = rest > middle || rest == middle && tail.fract() > 0.0;
    let is_odd = if decimals == 0 { size as u64 } else { below } % 2 == 1;
    let nearest = below + u64::from(over || rest == middle && is_odd);
    let whole = (size as u64).saturating_add(nearest / scale);
    let sign = if value.is_sign_negative() { "-" } else { "" };
    match decimals {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{:0width$}", nearest % scale, width = decimals as usize),
    }
}

/// A number with as few decimals as bring the same number back, at most nine: `1`, `0.12`.
#[must_use]
pub fn plain(value: f64) -> String {
    let text = json_of(&value);
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_the_standard_library_does() {
        let mut state = 1_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let corners = [
            0.0,
            -0.0,
            0.004_999_999_999_999_999,
            0.5,
            1.5,
            2.5,
            -0.5,
            0.25,
            0.75,
            0.125,
            0.375,
            0.05,
            0.145,
            9.95,
            0.995,
            1e-300,
            99.9995,
        ];
        let halves = (0..4_000).map(|step| f64::from(step) / 1000.0 - 2.0);
        let many: Vec<f64> = (0..100_000).map(|_| (random() - 0.3) * 10_f64.powf(random() * 12.0 - 6.0)).collect();
        for value in corners.into_iter().chain(halves).chain(many) {
            assert_eq!(fixed(value, 0), format!("{value:.0}"), "{value:?}");
            assert_eq!(fixed(value, 1), format!("{value:.1}"), "{value:?}");
            assert_eq!(fixed(value, 2), format!("{value:.2}"), "{value:?}");
            assert_eq!(fixed(value, 3), format!("{value:.3}"), "{value:?}");
        }
    }

    #[test]
    fn plain_numbers_have_no_more_decimals_than_they_need() {
        for value in [0.0, 1.0, -45.0, 0.12, 63.5, 85.6, 0.07, 1200.0, 1e9] {
            assert_eq!(plain(value), value.to_string());
        }
        assert_eq!(plain(0.1 + 0.2), "0.3");
    }
}
