//! Operations that move numbers, or take one of many: pooling, padding, joining, enlarging.

use super::shape::Shape;

/// The greatest of each 2 x 2 places, channel by channel. Where the input has an odd side, its last row or column is left out.
pub(super) fn max_pool(input: &[f32], from: Shape, to: Shape) -> Option<Vec<f32>> {
    let mut output = Vec::with_capacity(to.len());
    for y in 0..to.height {
        for x in 0..to.width {
            let [a, b] = [2 * x, 2 * x + 1].map(|x| place(input, from, 2 * y, x));
            let [c, d] = [2 * x, 2 * x + 1].map(|x| place(input, from, 2 * y + 1, x));
            let rows = a?.iter().zip(b?).zip(c?.iter().zip(d?));
            output.extend(rows.map(|((a, b), (c, d))| a.max(*b).max(c.max(*d))));
        }
    }
    Some(output)
}

/// The mean of each channel over all places.
pub(super) fn mean(input: &[f32], from: Shape) -> Vec<f32> {
    let mut sums = vec![0.0; from.channels];
    for place in input.chunks_exact(from.channels.max(1)) {
        sums.iter_mut().zip(place).for_each(|(sum, value)| *sum += value);
    }
    let share = 1.0 / from.places().max(1) as f32;
    sums.iter_mut().for_each(|sum| *sum *= share);
    sums
}

/// Each place with zeros behind its channels, up to the channels of the output.
pub(super) fn pad_channels(input: &[f32], from: Shape, to: Shape) -> Vec<f32> {
    let mut output = vec![0.0; to.len()];
    let places = output.chunks_exact_mut(to.channels.max(1)).zip(input.chunks_exact(from.channels.max(1)));
    places.for_each(|(padded, place)| padded.iter_mut().zip(place).for_each(|(padded, value)| *padded = *value));
    output
}

/// One tensor behind the other.
pub(super) fn concatenate(first: &[f32], second: &[f32]) -> Vec<f32> {
    [first, second].concat()
}

/// A picture of another size: each place is mixed of its four nearest ones. Places are taken for squares whose middles are
/// compared (half-pixel centres).
pub(super) fn resize(input: &[f32], from: Shape, to: Shape) -> Option<Vec<f32>> {
    let mut output = Vec::with_capacity(to.len());
    for y in 0..to.height {
        let row = Between::of(y, to.height, from.height);
        for x in 0..to.width {
            let column = Between::of(x, to.width, from.width);
            let [a, b] = [column.before, column.after].map(|x| place(input, from, row.before, x));
            let [c, d] = [column.before, column.after].map(|x| place(input, from, row.after, x));
            let corners = a?.iter().zip(b?).zip(c?.iter().zip(d?));
            output.extend(corners.map(|((a, b), (c, d))| {
                let (above, below) = (a + (b - a) * column.share, c + (d - c) * column.share);
                above + (below - above) * row.share
            }));
        }
    }
    Some(output)
}

/// Where a row or column of one picture lies between two of another.
struct Between {
    before: usize,
    after: usize,
    /// How far it is on the way to the one after.
    share: f32,
}

impl Between {
    fn of(at: usize, new_side: usize, old_side: usize) -> Self {
        let middle = (at as f32 + 0.5) * (old_side as f32 / new_side as f32) - 0.5;
        let middle = middle.max(0.0);
        let last = old_side.saturating_sub(1);
        let before = (middle as usize).min(last);
        Self { before, after: (before + 1).min(last), share: middle - before as f32 }
    }
}

/// The channels at a place.
fn place(values: &[f32], shape: Shape, y: usize, x: usize) -> Option<&[f32]> {
    let start = (y * shape.width + x) * shape.channels;
    values.get(start..start + shape.channels)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn shape(height: usize, width: usize, channels: usize) -> Shape {
        Shape { height, width, channels }
    }

    /// 0, 1, 2, ...
    fn counted(shape: Shape) -> Vec<f32> {
        (0..shape.len()).map(|value| value as f32).collect()
    }

    #[test]
    fn the_greatest_of_four_is_taken_in_each_channel() {
        let values = [1.0, -8.0, 2.0, -7.0, 5.0, -6.0, 4.0, -5.0, 3.0, -9.0, 0.0, -1.0, 9.0, -9.0, 8.0, -9.0];
        assert_eq!(max_pool(&values, shape(2, 4, 2), shape(1, 2, 2)), Some(vec![3.0, -1.0, 9.0, -5.0]));
        assert_eq!(max_pool(&counted(shape(3, 3, 1)), shape(3, 3, 1), shape(1, 1, 1)), Some(vec![4.0]));
        assert_eq!(max_pool(&counted(shape(2, 2, 1)), shape(2, 2, 1), shape(2, 2, 1)), None);
    }

    #[test]
    fn means_are_of_each_channel() {
        assert_eq!(mean(&counted(shape(2, 2, 2)), shape(2, 2, 2)), [3.0, 4.0]);
    }

    #[test]
    fn zeros_come_behind_the_channels() {
        let padded = pad_channels(&counted(shape(1, 2, 2)), shape(1, 2, 2), shape(1, 2, 3));
        assert_eq!(padded, [0.0, 1.0, 0.0, 2.0, 3.0, 0.0]);
    }

    #[test]
    fn the_second_stands_behind_the_first() {
        assert_eq!(concatenate(&[1.0, 2.0], &[3.0]), [1.0, 2.0, 3.0]);
    }

    #[test]
    fn twice_as_large_is_mixed_by_quarters() {
        let doubled = resize(&[0.0, 4.0, 8.0, 12.0], shape(2, 2, 1), shape(4, 4, 1)).unwrap();
        let row = |start: f32| [start, start + 1.0, start + 3.0, start + 4.0];
        assert_eq!(doubled, [row(0.0), row(2.0), row(6.0), row(8.0)].concat());
    }
}
