//! The middle one of many numbers.

/// The middle one of the numbers in the order of [`f64::total_cmp`], of an even count the upper of the two; `None` of none.
#[must_use]
pub fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
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
    fn what_is_no_number_lies_beyond_all_that_are() {
        for numbers in [[1.0, 2.0, f64::NAN], [1.0, f64::NAN, 2.0], [f64::NAN, 1.0, 2.0], [2.0, f64::NAN, 1.0]] {
            assert_eq!(median(numbers.into_iter()), Some(2.0), "{numbers:?}");
        }
    }
}
