//! Values spread from where they are known to where they are not, as a membrane hangs between its holders: Laplace's equation, with
//! free edges where the region ends.

use super::layer::Layer;

/// Rounds of relaxation at each size of grid, from the coarsest on; the coarser ones have done the far work.
const ROUNDS: usize = 40;
const COARSEST_ROUNDS: usize = 200;
/// How far each step goes beyond the mean of its neighbours.
const OVER: f32 = 1.8;
/// A grid of so few cells is not made coarser.
const FEW: usize = 24;

/// What a cell of a region is to a membrane.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) enum Hold<const N: usize> {
    /// No part of the region: nothing passes.
    #[default]
    Outside,
    /// To be found.
    Free,
    /// Known.
    Known([f32; N]),
}

/// How a membrane is drawn to a value of its own where nothing holds it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rest {
    pub(super) value: f32,
    /// Over how many cells what a holder says fades to some third.
    pub(super) within: f32,
}

impl Rest {
    /// The share of it in the mean of four neighbours.
    fn share(self) -> f32 {
        1.0 / (4.0 * self.within * self.within + 1.0)
    }

    /// The same on cells of twice the side.
    fn halved(self) -> Self {
        Self { within: self.within * 0.5, ..self }
    }
}

/// The membrane over a region; nothing outside and where nothing known is connected. Costs about 60 steps for each cell and is within
/// some hundredths of the range of what is known.
pub(super) fn membrane<const N: usize>(holds: &Layer<Hold<N>>, rest: Option<Rest>) -> Layer<Option<[f32; N]>> {
    let is_large = holds.frame.columns > FEW && holds.frame.rows > FEW;
    let coarse = is_large.then(|| membrane(&halved(holds), rest.map(Rest::halved)));
    let mut values = Layer::of(holds.frame, |column, row| match holds.cell(column as isize, row as isize) {
        Hold::Outside => None,
        Hold::Known(value) => Some(value),
        Hold::Free => coarse.as_ref().and_then(|coarse| coarse.cell(column as isize / 2, row as isize / 2)),
    });
    relax((&mut values, holds), rest, if is_large { ROUNDS } else { COARSEST_ROUNDS });
    values
}

/// The region on cells of twice the side: known where anything is known, as the mean of that.
fn halved<const N: usize>(holds: &Layer<Hold<N>>) -> Layer<Hold<N>> {
    Layer::of(holds.frame.coarser(2), |column, row| {
        let (mut sum, mut known, mut free) = ([0.0; N], 0.0, false);
        for (right, down) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let (column, row) = (2 * column + right, 2 * row + down);
            if column >= holds.frame.columns || row >= holds.frame.rows {
                continue;
            }
            match holds.cell(column as isize, row as isize) {
                Hold::Outside => (),
                Hold::Free => free = true,
                Hold::Known(value) => {
                    known += 1.0;
                    sum.iter_mut().zip(value).for_each(|(sum, value)| *sum += value);
                }
            }
        }
        match (known > 0.0, free) {
            (true, _) => Hold::Known(sum.map(|sum| sum / known)),
            (false, true) => Hold::Free,
            (false, false) => Hold::Outside,
        }
    })
}

fn relax<const N: usize>(
    (values, holds): (&mut Layer<Option<[f32; N]>>, &Layer<Hold<N>>),
    rest: Option<Rest>,
    rounds: usize,
) {
    let is_free = |at: &usize| holds.values.get(*at) == Some(&Hold::Free);
    let free: Vec<usize> = (0..holds.values.len()).filter(is_free).collect();
    for round in 0..rounds {
        for step in 0..free.len() {
            // There and back, so that no direction is preferred.
            let Some(&at) = free.get(if round % 2 == 0 { step } else { free.len() - 1 - step }) else { continue };
            let Some(mean) = mean_beside(values, at) else { continue };
            let mean = rest.map_or(mean, |rest| mean.map(|mean| mean + (rest.value - mean) * rest.share()));
            let Some(value) = values.values.get_mut(at) else { continue };
            let old = value.unwrap_or(mean);
            let mut new = old;
            new.iter_mut().zip(mean).for_each(|(new, mean)| *new += (mean - *new) * OVER);
            *value = Some(new);
        }
    }
}

/// The mean of the neighbours that have a value.
fn mean_beside<const N: usize>(values: &Layer<Option<[f32; N]>>, at: usize) -> Option<[f32; N]> {
    let (columns, rows) = (values.frame.columns, values.frame.rows);
    let (column, row) = (at % columns, at / columns);
    let left = (column > 0).then(|| at - 1);
    let right = (column + 1 < columns).then_some(at + 1);
    let above = (row > 0).then(|| at - columns);
    let below = (row + 1 < rows).then_some(at + columns);
    let (mut sum, mut count) = ([0.0; N], 0.0_f32);
    for beside in [left, right, above, below].into_iter().flatten() {
        if let Some(Some(value)) = values.values.get(beside) {
            sum.iter_mut().zip(value).for_each(|(sum, value)| *sum += value);
            count += 1.0;
        }
    }
    (count > 0.0).then(|| sum.map(|sum| sum / count))
}

#[cfg(test)]
mod tests {
    use super::super::layer::Frame;
    use super::*;
    use crate::engine::geometry::PhotoPoint;

    fn frame(columns: usize, rows: usize) -> Frame {
        Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns, rows }
    }

    #[test]
    fn a_slope_goes_on_straight_between_its_holders() {
        let holds = Layer::of(frame(160, 90), |column, _| match column {
            0 => Hold::Known([0.0]),
            159 => Hold::Known([159.0]),
            _ => Hold::Free,
        });
        let values = membrane(&holds, None);
        for (column, row) in [(10, 3), (80, 40), (120, 89)] {
            let [value] = values.cell(column, row).unwrap();
            assert!((value - column as f32).abs() < 5.0, "{column} {row}: {value}");
        }
    }

    #[test]
    fn far_from_its_holders_a_membrane_comes_to_rest() {
        let holds = Layer::of(frame(160, 90), |column, _| if column == 0 { Hold::Known([2.0]) } else { Hold::Free });
        let values = membrane(&holds, Some(Rest { value: 1.0, within: 20.0 }));
        let at = |column| values.cell(column, 45).unwrap()[0];
        assert!(at(2) > 1.7 && (at(20) - 1.4).abs() < 0.1 && at(120) < 1.05, "{} {} {}", at(2), at(20), at(120));
    }

    #[test]
    fn nothing_passes_where_the_region_ends() {
        let holds = Layer::of(frame(140, 70), |column, _| match column {
            0 => Hold::Known([2.0]),
            139 => Hold::Known([5.0]),
            50..90 => Hold::Outside,
            _ => Hold::Free,
        });
        let values = membrane(&holds, None);
        for (column, wanted) in [(1, 2.0), (49, 2.0), (90, 5.0), (138, 5.0)] {
            let [value] = values.cell(column, 30).unwrap();
            assert!((value - wanted).abs() < 1e-3, "{column}: {value}");
        }
        assert_eq!(values.cell(70, 30), None);
    }
}
