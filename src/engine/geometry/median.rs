//! The middle one of many numbers, and others by their rank.

/// The middle one of the numbers in the order of [`f64::total_cmp`], of an even count the upper of the two; `None` of none.
#[must_use]
pub fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    quantile(values, 0.5)
}

/// The number that a share of all the numbers, 0 to 1, lies below, in the order of [`f64::total_cmp`]; `None` of none.
#[must_use]
pub fn quantile(values: impl Iterator<Item = f64>, share: f64) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    let last = values.len().checked_sub(1)?;
    let at = ((values.len() as f64 * share) as usize).min(last);
    Some(*values.select_nth_unstable_by(at, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_numbers_lie_below_the_median() {
        assert_eq!(median([3.5, -2.0, 7.25].into_iter()), Some(3.5));
        assert_eq!(median([2.0, 1.0].into_iter()), Some(2.0), "of two it is the upper");
        assert_eq!(median(std::iter::empty()), None);
    }

    #[test]
    fn a_share_of_the_numbers_lies_below_a_quantile() {
        let of = |share: f64| quantile((0..10).rev().map(f64::from), share);
        assert_eq!([of(0.0), of(0.3), of(0.95), of(1.0)], [0.0, 3.0, 9.0, 9.0].map(Some));
        assert_eq!(quantile(std::iter::empty(), 0.3), None);
    }

    #[test]
    fn what_is_no_number_lies_beyond_all_that_are() {
        for numbers in [[1.0, 2.0, f64::NAN], [1.0, f64::NAN, 2.0], [f64::NAN, 1.0, 2.0], [2.0, f64::NAN, 1.0]] {
            assert_eq!(median(numbers.into_iter()), Some(2.0), "{numbers:?}");
        }
    }
}
