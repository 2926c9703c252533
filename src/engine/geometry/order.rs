//! Numbers in order. The standard library's sorting is large, and made anew for each kind of number and of question: here
//! it is made once, and small, for whole numbers that lie as what they stand for.

/// The number, or the bound that it lies beyond. What is no number stays none.
///
/// Unlike the standard `clamp` it has no case that stops the program, nor what is needed to print floats for it.
#[must_use]
pub fn bounded<T: PartialOrd>(value: T, least: T, most: T) -> T {
    if value < least {
        least
    } else if value > most {
        most
    } else {
        value
    }
}

/// The numbers from the lowest to the highest, in the order of [`f64::total_cmp`].
#[must_use]
pub fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let keys = sorted_keys(values.map(|value| key(value.to_bits(), 63)).collect());
    keys.into_iter().map(|key| f64::from_bits(if key >> 63 == 1 { key ^ 1 << 63 } else { !key })).collect()
}

/// The middle one of sorted numbers, of an even count the upper of the two; `None` of none.
#[must_use]
pub fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let sorted = sorted(values);
    sorted.get(sorted.len() / 2).copied()
}

/// The places of the numbers from the lowest to the highest; equal ones stay as they stood.
#[must_use]
pub fn rising(values: impl Iterator<Item = f32>) -> Vec<usize> {
    let keyed = |(place, value): (usize, f32)| key(value.to_bits().into(), 31) << 32 | place as u64;
    let keys = sorted_keys(values.enumerate().map(keyed).collect());
    keys.into_iter().map(|key| key as u32 as usize).collect()
}

/// A float's bits, whose sign is the bit of that place, as a whole number that is the higher the higher the float.
fn key(bits: u64, sign: u32) -> u64 {
    if bits >> sign == 1 { !bits & (u64::MAX >> (63 - sign)) } else { bits | 1 << sign }
}

/// Sorts bit by bit, the lowest first, each time leaving equal ones as they stand. Costs 64 looks at each key.
#[inline(never)]
fn sorted_keys(mut keys: Vec<u64>) -> Vec<u64> {
    for bit in 0..u64::BITS {
        let is_set = |key: &&u64| **key >> bit & 1 == 1;
        let ones: Vec<u64> = keys.iter().filter(is_set).copied().collect();
        keys.retain(|key| !is_set(&key));
        keys.extend(ones);
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: [f64; 9] = [3.5, -0.0, 7.25, f64::INFINITY, -2.0, 0.0, 3.5, f64::NEG_INFINITY, -1e-300];

    #[test]
    fn numbers_are_sorted_as_the_standard_library_does() {
        let mut expected = NUMBERS;
        expected.sort_by(f64::total_cmp);
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&sorted(NUMBERS.into_iter())), bits(&expected));
        assert_eq!(median(NUMBERS.into_iter()).map(f64::to_bits), Some(0.0_f64.to_bits()));
        assert_eq!(median([2.0, 1.0].into_iter()), Some(2.0));
        assert_eq!(median(std::iter::empty()), None);
    }

    #[test]
    fn places_rise_with_their_numbers_and_equal_ones_stay() {
        let numbers = NUMBERS.map(|number| number as f32);
        let mut expected: Vec<usize> = (0..numbers.len()).collect();
        expected.sort_by(|a, b| numbers[*a].total_cmp(&numbers[*b]));
        assert_eq!(rising(numbers.into_iter()), expected);
    }

    #[test]
    fn a_bounded_number_is_a_clamped_one() {
        for value in NUMBERS {
            assert_eq!(bounded(value, -1.0, 4.0), value.clamp(-1.0, 4.0), "{value}");
        }
        assert!(bounded(f64::NAN, -1.0, 4.0).is_nan());
    }
}
