//! Numbers in figures.

/// A number with so many decimals: the nearest, in the middle between two the even one.
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$}")
}

/// A number with as few decimals as say it to a billionth: `1`, `0.12`. What arithmetic leaves beyond that is not shown.
#[must_use]
pub fn plain(value: f64) -> String {
    ((value * 1e9).round() / 1e9).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_rounded_to_its_decimals() {
        let cases =
            [(0.5, 0, "0"), (1.5, 0, "2"), (-0.25, 1, "-0.2"), (9.95, 1, "9.9"), (0.145, 2, "0.14"), (7.0, 2, "7.00")];
        for (value, decimals, text) in cases {
            assert_eq!(fixed(value, decimals), text, "{value} with {decimals} decimals");
        }
    }

    #[test]
    fn plain_numbers_have_no_more_decimals_than_they_need() {
        for value in [0.0, 1.0, -45.0, 0.12, 63.5, 85.6, 0.07, 1200.0, 1e9] {
            assert_eq!(plain(value), value.to_string());
        }
        assert_eq!((plain(0.1 + 0.2), plain(0.57 * 100.0)), ("0.3".to_owned(), "57".to_owned()));
    }
}
