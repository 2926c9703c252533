//! What a step of a net can be, on which shapes, and how it is carried out.

use super::convolution::{Filter, Window, convolve, convolve_depthwise, double};
use super::elementwise::{add, goes_with, hard_swish, logistic_of_each, multiply, prelu, relu};
use super::layout::{concatenate, max_pool, mean, pad_channels, resize};
use super::shape::Shape;

/// An operation with the numbers that it learned.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operation {
    /// See [`convolve`].
    Convolution(Window, Filter),
    /// Weights and beginnings: see [`convolve_depthwise`].
    Depthwise(Window, Vec<f32>, Vec<f32>),
    /// Weights and beginnings: see [`double`].
    Doubling(Vec<f32>, Vec<f32>),
    /// The slopes below 0.
    Prelu(Vec<f32>),
    /// See [`relu`].
    Relu,
    /// See [`add`].
    Add,
    /// See [`multiply`].
    Multiply,
    /// See [`max_pool`].
    MaxPool,
    /// See [`mean`].
    Mean,
    /// See [`pad_channels`].
    PadChannels,
    /// The same numbers in another shape.
    Reshape,
    /// See [`concatenate`].
    Concatenate,
    /// See [`hard_swish`].
    HardSwish,
    /// See [`logistic_of_each`].
    Logistic,
    /// See [`resize`].
    Resize,
}

/// The greatest window: no net here has more than 5, and a window's zeros cost memory.
const MAX_KERNEL: usize = 7;

impl Operation {
    /// Whether it takes two tensors.
    pub(super) const fn takes_two(&self) -> bool {
        matches!(self, Self::Add | Self::Multiply | Self::Concatenate)
    }

    /// Whether it makes that shape of these: the first input, the second where there is one.
    pub(super) fn fits(&self, from: Shape, second: Option<Shape>, to: Shape) -> bool {
        let second_fits = match (self, second) {
            (Self::Add | Self::Multiply, Some(second)) => goes_with(from, second),
            (Self::Concatenate, Some(second)) => {
                second.height == 1 && second.channels == from.channels && to.width == from.width + second.width
            }
            (_, second) => second.is_none() && !self.takes_two(),
        };
        second_fits && self.fits_first(from, to)
    }

    fn fits_first(&self, from: Shape, to: Shape) -> bool {
        let same_size = (to.height, to.width) == (from.height, from.width);
        match self {
            Self::Convolution(window, _) => window_fits(*window, from, to),
            Self::Depthwise(window, ..) => window_fits(*window, from, to) && from.channels == to.channels,
            Self::Doubling(..) => (to.height, to.width) == (2 * from.height, 2 * from.width),
            Self::Prelu(_) | Self::Relu | Self::Add | Self::Multiply | Self::HardSwish | Self::Logistic => from == to,
            Self::MaxPool => (to.height, to.width) == (from.height / 2, from.width / 2) && from.channels == to.channels,
            Self::Mean => to.places() == 1 && from.channels == to.channels,
            Self::PadChannels => same_size && from.channels <= to.channels,
            Self::Reshape => from.len() == to.len(),
            Self::Concatenate => from.height == 1 && to.height == 1 && from.channels == to.channels,
            Self::Resize => from.channels == to.channels,
        }
    }

    /// Multiplications that it needs for a result of that shape.
    pub(super) fn work(&self, from: Shape, to: Shape) -> u64 {
        let for_each = match self {
            Self::Convolution(window, _) => window.kernel * window.kernel * from.channels,
            Self::Depthwise(window, ..) => window.kernel * window.kernel,
            Self::Doubling(..) => from.channels,
            Self::Resize => 3,
            Self::Mean => from.places(),
            _ => 1,
        };
        // A word of 32 bits may be too short for the product.
        to.len() as u64 * for_each as u64
    }

    /// Carries it out. `None` where the shapes are none that [`Self::fits`].
    pub(super) fn run(&self, first: First<'_>, second: &[f32], [from, to]: [Shape; 2]) -> Option<Vec<f32>> {
        let input = first.values();
        match self {
            Self::Convolution(window, filter) => convolve(input, [from, to], *window, filter),
            Self::Depthwise(window, weights, bias) => convolve_depthwise(input, [from, to], *window, (weights, bias)),
            Self::Doubling(weights, bias) => double(input, [from, to], (weights, bias)),
            Self::MaxPool => max_pool(input, from, to),
            Self::Mean => Some(mean(input, from)),
            Self::PadChannels => Some(pad_channels(input, from, to)),
            Self::Concatenate => Some(concatenate(input, second)),
            Self::Resize => resize(input, from, to),
            Self::Prelu(_)
            | Self::Relu
            | Self::Add
            | Self::Multiply
            | Self::Reshape
            | Self::HardSwish
            | Self::Logistic => {
                let mut values = first.into_values();
                self.change(&mut values, second);
                Some(values)
            }
        }
    }

    /// Carries out what changes each number in its place.
    fn change(&self, values: &mut [f32], second: &[f32]) {
        match self {
            Self::Prelu(slopes) => prelu(values, slopes),
            Self::Relu => relu(values),
            Self::Add => add(values, second),
            Self::Multiply => multiply(values, second),
            Self::HardSwish => hard_swish(values),
            Self::Logistic => logistic_of_each(values),
            _ => {}
        }
    }
}

/// The first input of a step.
pub(super) enum First<'a> {
    /// Nobody needs it any more.
    Given(Vec<f32>),
    /// It is needed again.
    Lent(&'a [f32]),
}

impl First<'_> {
    fn values(&self) -> &[f32] {
        match self {
            Self::Given(values) => values,
            Self::Lent(values) => values,
        }
    }

    fn into_values(self) -> Vec<f32> {
        match self {
            Self::Given(values) => values,
            Self::Lent(values) => values.to_vec(),
        }
    }
}

/// Whether a window has a sensible size, and the output does not reach beyond the input by more than a window.
fn window_fits(window: Window, from: Shape, to: Shape) -> bool {
    let (height, width) = window.padded(from, to);
    (1..=MAX_KERNEL).contains(&window.kernel)
        && (1..=window.kernel.max(2)).contains(&window.stride)
        && window.top < window.kernel
        && window.left < window.kernel
        && height < from.height + 2 * window.kernel
        && width < from.width + 2 * window.kernel
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn shape(height: usize, width: usize, channels: usize) -> Shape {
        Shape { height, width, channels }
    }

    #[track_caller]
    fn fits(operation: &Operation, from: Shape, second: Option<Shape>, to: Shape, expected: bool) {
        assert_eq!(operation.fits(from, second, to), expected, "{operation:?}: {from:?} {second:?} {to:?}");
    }

    #[test]
    fn only_shapes_that_fit_are_taken() {
        let from = shape(4, 6, 3);
        for (operation, good, bad) in [
            (Operation::Relu, from, shape(4, 6, 4)),
            (Operation::MaxPool, shape(2, 3, 3), shape(2, 3, 2)),
            (Operation::MaxPool, shape(2, 3, 3), shape(4, 6, 3)),
            (Operation::Mean, shape(1, 1, 3), shape(1, 2, 3)),
            (Operation::PadChannels, shape(4, 6, 5), shape(4, 6, 2)),
            (Operation::Reshape, shape(1, 72, 1), shape(1, 71, 1)),
            (Operation::Resize, shape(9, 1, 3), shape(9, 1, 2)),
            (Operation::Doubling(Vec::new(), Vec::new()), shape(8, 12, 1), shape(8, 6, 1)),
        ] {
            fits(&operation, from, None, good, true);
            fits(&operation, from, None, bad, false);
            fits(&operation, from, Some(from), good, false);
        }
    }

    #[test]
    fn two_inputs_are_asked_for_where_two_are_needed() {
        let (from, list) = (shape(4, 6, 3), |length| shape(1, length, 5));
        fits(&Operation::Add, from, Some(from), from, true);
        fits(&Operation::Multiply, from, Some(shape(1, 1, 3)), from, true);
        fits(&Operation::Add, from, None, from, false);
        fits(&Operation::Add, from, Some(shape(1, 1, 2)), from, false);
        fits(&Operation::Concatenate, list(4), Some(list(3)), list(7), true);
        fits(&Operation::Concatenate, list(4), Some(list(3)), list(8), false);
        fits(&Operation::Concatenate, list(4), None, list(4), false);
    }

    #[test]
    fn a_window_must_lie_on_its_input() {
        let good = Window { kernel: 3, stride: 2, top: 1, left: 1 };
        let [from, to] = [shape(8, 8, 3), shape(4, 4, 5)];
        assert!(window_fits(good, from, to));
        for bad in [
            Window { kernel: 0, ..good },
            Window { kernel: 8, ..good },
            Window { stride: 0, ..good },
            Window { stride: 4, ..good },
            Window { top: 3, ..good },
            Window { left: 255, ..good },
        ] {
            assert!(!window_fits(bad, from, to), "{bad:?}");
        }
        assert!(!window_fits(good, from, shape(9, 4, 5)));
        assert!(!window_fits(good, from, shape(4, 9, 5)));
    }
}
