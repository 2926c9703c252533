//! Operations that treat each number for itself, or two tensors number by number.

use super::exp::logistic;
use super::shape::Shape;

/// What is done to each number right after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Activation {
    /// Nothing.
    None,
    /// What is below 0 becomes 0.
    Relu,
    /// What is below 0 becomes 0, what is above 6 becomes 6.
    Relu6,
}

impl Activation {
    /// Applies it in place.
    pub(super) fn apply(self, values: &mut [f32]) {
        match self {
            Self::None => {}
            Self::Relu => relu(values),
            Self::Relu6 => values.iter_mut().for_each(|value| *value = value.clamp(0.0, 6.0)),
        }
    }
}

/// What is below 0 becomes 0.
pub(super) fn relu(values: &mut [f32]) {
    values.iter_mut().for_each(|value| *value = value.max(0.0));
}

/// What is below 0 is multiplied by its channel's slope.
pub(super) fn prelu(values: &mut [f32], slopes: &[f32]) {
    // There are no chunks of nothing.
    for place in values.chunks_exact_mut(slopes.len().max(1)) {
        for (value, slope) in place.iter_mut().zip(slopes) {
            if *value < 0.0 {
                *value *= slope;
            }
        }
    }
}

/// x times a ramp that rises from 0 at -3 to 1 at 3.
pub(super) fn hard_swish(values: &mut [f32]) {
    values.iter_mut().for_each(|value| *value *= (*value + 3.0).clamp(0.0, 6.0) / 6.0);
}

/// Each number to a share between 0 and 1.
pub(super) fn logistic_of_each(values: &mut [f32]) {
    values.iter_mut().for_each(|value| *value = logistic(*value));
}

/// Adds another tensor of the same shape, or one that has a single place, to every place.
pub(super) fn add(values: &mut [f32], other: &[f32]) {
    for place in values.chunks_exact_mut(other.len().max(1)) {
        place.iter_mut().zip(other).for_each(|(value, other)| *value += other);
    }
}

/// Multiplies by another tensor of the same shape, or every place by one that has a single place.
pub(super) fn multiply(values: &mut [f32], other: &[f32]) {
    for place in values.chunks_exact_mut(other.len().max(1)) {
        place.iter_mut().zip(other).for_each(|(value, other)| *value *= other);
    }
}

/// Whether a second tensor can be added to a first one, or multiply it: it has its shape, or one number for each channel.
pub(super) fn goes_with(first: Shape, second: Shape) -> bool {
    first == second || (second.places() == 1 && second.channels == first.channels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn changes(change: impl Fn(&mut [f32]), values: &[f32], expected: &[f32]) {
        let mut found = values.to_vec();
        change(&mut found);
        assert_eq!(found, expected, "{values:?}");
    }

    #[test]
    fn each_number_is_treated_for_itself() {
        changes(relu, &[-1.5, 0.0, 7.5], &[0.0, 0.0, 7.5]);
        changes(|values| Activation::Relu.apply(values), &[-1.5, 7.5], &[0.0, 7.5]);
        changes(|values| Activation::Relu6.apply(values), &[-1.5, 2.5, 7.5], &[0.0, 2.5, 6.0]);
        changes(|values| Activation::None.apply(values), &[-1.5, 7.5], &[-1.5, 7.5]);
        changes(hard_swish, &[-4.0, -3.0, 0.0, 1.5, 3.0, 5.0], &[0.0, 0.0, 0.0, 1.125, 3.0, 5.0]);
        changes(|values| prelu(values, &[0.5, -2.0]), &[-1.0, -1.0, 4.0, 4.0], &[-0.5, 2.0, 4.0, 4.0]);
        let mut shares = [-2.0, 0.0, 2.0];
        logistic_of_each(&mut shares);
        for (found, expected) in shares.iter().zip([0.119_202_92, 0.5, 0.880_797_1]) {
            assert!((found - expected).abs() < 1e-6, "{shares:?}");
        }
    }

    #[test]
    fn two_tensors_meet_number_by_number_or_channel_by_channel() {
        changes(|values| add(values, &[1.0, 2.0, 3.0, 4.0]), &[1.0, 1.0, 1.0, 1.0], &[2.0, 3.0, 4.0, 5.0]);
        changes(|values| add(values, &[1.0, -1.0]), &[1.0, 1.0, 2.0, 2.0], &[2.0, 0.0, 3.0, 1.0]);
        changes(|values| multiply(values, &[1.0, 2.0, 3.0, 4.0]), &[2.0, 2.0, 2.0, 2.0], &[2.0, 4.0, 6.0, 8.0]);
        changes(|values| multiply(values, &[0.5, -1.0]), &[1.0, 1.0, 2.0, 2.0], &[0.5, -1.0, 1.0, -2.0]);
    }

    #[test]
    fn only_what_fits_goes_together() {
        let shape = |height, width, channels| Shape { height, width, channels };
        assert!(goes_with(shape(4, 5, 6), shape(4, 5, 6)));
        assert!(goes_with(shape(4, 5, 6), shape(1, 1, 6)));
        for other in [shape(4, 5, 3), shape(1, 1, 5), shape(5, 4, 6), shape(1, 5, 6)] {
            assert!(!goes_with(shape(4, 5, 6), other), "{other:?}");
        }
    }
}
