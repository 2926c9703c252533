//! Numbers in figures.

/// A number with so many decimals.
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
    fn plain_numbers_have_no_more_decimals_than_they_need() {
        for value in [0.0, 1.0, -45.0, 0.12, 63.5, 85.6, 0.07, 1200.0, 1e9] {
            assert_eq!(plain(value), value.to_string());
        }
        assert_eq!((plain(0.1 + 0.2), plain(0.57 * 100.0)), ("0.3".to_owned(), "57".to_owned()));
    }
}
