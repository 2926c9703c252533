//! Convolutions: nearly all of a net's work.

use super::shape::Shape;
use std::borrow::Cow;

/// Output channels that are computed side by side.
const LANES: usize = 8;
/// Output places that are computed side by side: each weight is read once for all of them.
const PLACES: usize = 4;

/// The window that slides over the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// Rows and columns.
    pub(super) kernel: usize,
    /// How far it moves from one output place to the next.
    pub(super) stride: usize,
    /// Rows of zeros above the input.
    pub(super) top: usize,
    /// Columns of zeros to the left of it.
    pub(super) left: usize,
}

impl Window {
    /// The size of the input with the zeros around it that the output asks for: rows, columns.
    pub(super) const fn padded(self, from: Shape, to: Shape) -> (usize, usize) {
        (self.side(to.height, from.height + self.top), self.side(to.width, from.width + self.left))
    }

    /// What so many steps of the window need, but not less than is there.
    const fn side(self, steps: usize, there: usize) -> usize {
        let needed = steps.saturating_sub(1) * self.stride + self.kernel;
        if needed > there { needed } else { there }
    }
}

/// The weights of a convolution, ordered for computing [`LANES`] output channels at once.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Filter {
    /// Tile by tile of output channels; in a tile row by row, which is window row, window column, input channel; in a row
    /// the tile's output channels. The last tile is filled up with zeros.
    weights: Vec<f32>,
    /// What each output channel begins with, filled up likewise.
    bias: Vec<[f32; LANES]>,
    /// Rows of a tile.
    rows: usize,
}

impl Filter {
    /// A filter from its weights, row by row, a column per output channel; `None` where there are not as many as rows and
    /// channels say.
    pub(super) fn new(weights: &[f32], bias: &[f32], rows: usize) -> Option<Self> {
        let channels = bias.len();
        if channels == 0 || rows == 0 || rows.checked_mul(channels)? != weights.len() {
            return None;
        }
        let tiles = channels.div_ceil(LANES);
        let mut ordered = Vec::with_capacity(tiles * rows * LANES);
        for tile in 0..tiles {
            for row in weights.chunks_exact(channels) {
                ordered.extend(lanes(row, tile));
            }
        }
        let bias = (0..tiles).map(|tile| lanes(bias, tile)).collect();
        Some(Self { weights: ordered, bias, rows })
    }

    /// Weights and beginnings of each tile.
    fn tiles(&self) -> impl Iterator<Item = (&[f32], &[f32; LANES])> {
        self.weights.chunks_exact(self.rows * LANES).zip(&self.bias)
    }
}

/// A tile's part of values that stand channel by channel, filled up with zeros.
fn lanes(channels: &[f32], tile: usize) -> [f32; LANES] {
    let mut lanes = [0.0; LANES];
    lanes.iter_mut().zip(channels.iter().skip(tile * LANES)).for_each(|(lane, value)| *lane = *value);
    lanes
}

/// A convolution: each output channel is a weighted sum of all input channels within the window.
pub(super) fn convolve(input: &[f32], [from, to]: [Shape; 2], window: Window, filter: &Filter) -> Option<Vec<f32>> {
    let (padded, width) = pad(input, [from, to], window)?;
    let row = width * from.channels;
    // Where the window begins for each output place.
    let step = window.stride * from.channels;
    let starts: Vec<usize> =
        (0..to.height).flat_map(|y| (0..to.width).map(move |x| y * window.stride * row + x * step)).collect();
    let run = Run { values: &padded, rows: window.kernel, row, length: window.kernel * from.channels };
    let mut output = vec![0.0; to.len()];
    for (tile, (weights, bias)) in filter.tiles().enumerate() {
        let first = tile * LANES;
        let here = LANES.min(to.channels.checked_sub(first)?);
        let mut places = output.chunks_exact_mut(to.channels.max(1));
        let mut store = |sums: &[f32; LANES]| {
            let channels = places.next()?.get_mut(first..first + here)?;
            channels.iter_mut().zip(sums).for_each(|(channel, sum)| *channel = *sum);
            Some(())
        };
        let mut groups = starts.chunks_exact(PLACES);
        for group in &mut groups {
            let sums = run.sums(group.first_chunk::<PLACES>()?, weights, bias)?;
            sums.iter().try_for_each(&mut store)?;
        }
        for start in groups.remainder() {
            let [sums] = run.sums(&[*start], weights, bias)?;
            store(&sums)?;
        }
    }
    Some(output)
}

/// How the values under a window lie: so many rows of one length, one row of the picture apart.
struct Run<'a> {
    values: &'a [f32],
    rows: usize,
    row: usize,
    length: usize,
}

impl Run<'_> {
    /// The weighted sums of the windows that begin there, of one tile of channels.
    fn sums<const N: usize>(
        &self,
        starts: &[usize; N],
        weights: &[f32],
        bias: &[f32; LANES],
    ) -> Option<[[f32; LANES]; N]> {
        let mut sums = [*bias; N];
        for (row, weights) in weights.chunks_exact(self.length * LANES).enumerate().take(self.rows) {
            let mut values = [&self.values[..0]; N];
            for (values, start) in values.iter_mut().zip(starts) {
                let start = start + row * self.row;
                *values = self.values.get(start..start + self.length)?;
            }
            for (i, weights) in weights.as_chunks::<LANES>().0.iter().enumerate() {
                for (sums, values) in sums.iter_mut().zip(&values) {
                    let value = *values.get(i)?;
                    sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += value * weight);
                }
            }
        }
        Some(sums)
    }
}

/// A convolution of each channel alone. The weights stand window row by window row, column by column, channel by channel.
pub(super) fn convolve_depthwise(
    input: &[f32],
    [from, to]: [Shape; 2],
    window: Window,
    (weights, bias): (&[f32], &[f32]),
) -> Option<Vec<f32>> {
    let (padded, width) = pad(input, [from, to], window)?;
    let channels = from.channels;
    let mut output = Vec::with_capacity(to.len());
    for y in 0..to.height {
        for x in 0..to.width {
            let start = output.len();
            output.extend_from_slice(bias);
            let sums = output.get_mut(start..)?;
            for (row, weights) in weights.chunks_exact((window.kernel * channels).max(1)).enumerate() {
                let first = ((y * window.stride + row) * width + x * window.stride) * channels;
                let values = padded.get(first..first + window.kernel * channels)?;
                let columns = values.chunks_exact(channels.max(1)).zip(weights.chunks_exact(channels.max(1)));
                for (values, weights) in columns {
                    let terms = values.iter().zip(weights);
                    sums.iter_mut().zip(terms).for_each(|(sum, (value, weight))| *sum += value * weight);
                }
            }
        }
    }
    Some(output)
}

/// A transposed convolution whose window has 2 x 2 places and moves by 2: each input place becomes 2 x 2 output places,
/// each by weights of its own.
pub(super) fn double(input: &[f32], [from, to]: [Shape; 2], (weights, bias): (&[f32], &[f32])) -> Option<Vec<f32>> {
    let mut output = Vec::with_capacity(to.len());
    let corner = from.channels * to.channels;
    for y in 0..to.height {
        for x in 0..to.width {
            let start = ((y / 2) * from.width + x / 2) * from.channels;
            let values = input.get(start..start + from.channels)?;
            let first = ((y % 2) * 2 + x % 2) * corner;
            let weights = weights.get(first..first + corner)?;
            for (channel, bias) in bias.iter().enumerate() {
                let of_channel = weights.iter().skip(channel).step_by(to.channels.max(1));
                output.push(values.iter().zip(of_channel).fold(*bias, |sum, (value, weight)| sum + value * weight));
            }
        }
    }
    Some(output)
}

/// The input with zeros around it, and its columns; the input itself where none are needed.
fn pad<'a>(input: &'a [f32], [from, to]: [Shape; 2], window: Window) -> Option<(Cow<'a, [f32]>, usize)> {
    let (height, width) = window.padded(from, to);
    if (height, width) == (from.height, from.width) {
        return Some((Cow::Borrowed(input), width));
    }
    let mut padded = vec![0.0; height * width * from.channels];
    let rows = input.chunks_exact((from.width * from.channels).max(1));
    for (y, row) in rows.enumerate() {
        let start = ((y + window.top) * width + window.left) * from.channels;
        padded.get_mut(start..start + row.len())?.copy_from_slice(row);
    }
    Some((Cow::Owned(padded), width))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn shape(height: usize, width: usize, channels: usize) -> Shape {
        Shape { height, width, channels }
    }

    /// Small whole numbers in no order that a mistake could keep.
    fn numbers(count: usize, salt: usize) -> Vec<f32> {
        (0..count).map(|i| ((i * 37 + salt * 11) % 19) as f32 - 9.0).collect()
    }

    fn at(values: &[f32], shape: Shape, (y, x): (isize, isize), channel: usize) -> f32 {
        let inside = |at: isize, side: usize| usize::try_from(at).ok().filter(|at| *at < side);
        let (Some(y), Some(x)) = (inside(y, shape.height), inside(x, shape.width)) else { return 0.0 };
        values[(y * shape.width + x) * shape.channels + channel]
    }

    /// Each output number by its definition; `weight(ky, kx, from, to)`.
    fn by_definition(
        input: &[f32],
        [from, to]: [Shape; 2],
        window: Window,
        bias: &[f32],
        weight: impl Fn(usize, usize, usize, usize) -> f32,
    ) -> Vec<f32> {
        let mut output = Vec::new();
        for i in 0..to.len() {
            let (y, x, c) = (i / to.channels / to.width, i / to.channels % to.width, i % to.channels);
            let mut sum = bias[c];
            for k in 0..window.kernel * window.kernel * from.channels {
                let (ky, kx) = (k / from.channels / window.kernel, k / from.channels % window.kernel);
                let seen = |at: usize, k: usize, pad: usize| (at * window.stride + k) as isize - pad as isize;
                let place = (seen(y, ky, window.top), seen(x, kx, window.left));
                let channel = k % from.channels;
                sum += at(input, from, place, channel) * weight(ky, kx, channel, c);
            }
            output.push(sum);
        }
        output
    }

    const WINDOWS: [(Window, Shape, (usize, usize)); 6] = [
        (Window { kernel: 1, stride: 1, top: 0, left: 0 }, shape(3, 5, 3), (3, 5)),
        (Window { kernel: 3, stride: 1, top: 1, left: 1 }, shape(4, 5, 3), (4, 5)),
        (Window { kernel: 3, stride: 2, top: 0, left: 0 }, shape(6, 8, 2), (3, 4)),
        (Window { kernel: 3, stride: 2, top: 1, left: 0 }, shape(5, 5, 2), (3, 2)),
        (Window { kernel: 5, stride: 2, top: 1, left: 1 }, shape(8, 8, 1), (4, 4)),
        (Window { kernel: 2, stride: 2, top: 0, left: 0 }, shape(6, 6, 9), (3, 3)),
    ];

    #[test]
    fn a_convolution_is_what_its_definition_says() {
        for (window, from, (height, width)) in WINDOWS {
            for channels in [1, 7, 8, 9, 17] {
                let to = shape(height, width, channels);
                let rows = window.kernel * window.kernel * from.channels;
                let (input, weights, bias) =
                    (numbers(from.len(), 1), numbers(rows * channels, 2), numbers(channels, 3));
                let filter = Filter::new(&weights, &bias, rows).unwrap();
                let found = convolve(&input, [from, to], window, &filter).unwrap();
                let expected = by_definition(&input, [from, to], window, &bias, |ky, kx, a, b| {
                    weights[((ky * window.kernel + kx) * from.channels + a) * channels + b]
                });
                assert_eq!(found, expected, "{window:?} {from:?} {to:?}");
            }
        }
    }

    #[test]
    fn a_depthwise_convolution_is_what_its_definition_says() {
        for (window, from, (height, width)) in WINDOWS {
            let to = shape(height, width, from.channels);
            let weights = numbers(window.kernel * window.kernel * from.channels, 2);
            let (input, bias) = (numbers(from.len(), 1), numbers(from.channels, 3));
            let found = convolve_depthwise(&input, [from, to], window, (&weights, &bias)).unwrap();
            let expected = by_definition(&input, [from, to], window, &bias, |ky, kx, a, b| {
                if a == b { weights[(ky * window.kernel + kx) * from.channels + a] } else { 0.0 }
            });
            assert_eq!(found, expected, "{window:?} {from:?}");
        }
    }

    #[test]
    fn a_doubled_picture_has_each_place_four_times_by_other_weights() {
        let (from, to) = (shape(1, 2, 2), shape(2, 4, 1));
        // Upper left, upper right, lower left, lower right: two input channels each.
        let weights = [1.0, 10.0, 2.0, 20.0, 3.0, 30.0, 4.0, 40.0];
        let found = double(&[1.0, 2.0, 3.0, 4.0], [from, to], (&weights, &[0.5])).unwrap();
        assert_eq!(found, [21.5, 42.5, 43.5, 86.5, 63.5, 84.5, 129.5, 172.5]);
    }

    #[test]
    fn weights_that_do_not_fit_make_no_filter() {
        assert_eq!(Filter::new(&[1.0; 6], &[0.0; 2], 2), None);
        assert_eq!(Filter::new(&[], &[], 0), None);
        assert!(Filter::new(&[1.0; 6], &[0.0; 2], 3).is_some());
    }
}
