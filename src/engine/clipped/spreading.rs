//! Makes one picture of what each cell says for itself: neighbours of one look agree, and an edge between them parts them.
//!
//! A random walk that ends at each cell with a small chance and there tells what that cell says: the share of the walks that say
//! so is what a cell and its surroundings say. It is the solution of a system of linear equations, to which Gauss and Seidel's
//! rounds come near.

use super::cells::Cells;

/// The chance with which a walk ends at a cell, over that to go on to a neighbour of the same look.
const ENDS: f32 = 0.12;
/// How different two colours are over which walks seldom go, levels (Euclidean; our estimate).
const EDGE: f32 = 16.0;
/// What a cell says of hair and of background, 0 to 1.
pub(super) type Said = [f32; 2];

/// The easiness to go from each cell to its right and to its lower neighbour.
pub(super) struct Spreading {
    columns: usize,
    right: Vec<f32>,
    down: Vec<f32>,
    /// One over the sum of a cell's easinesses and the chance to end there.
    share: Vec<f32>,
}

impl Spreading {
    pub(super) fn new(cells: &Cells) -> Self {
        let color = |place: usize| cells.colors.get(place).copied().unwrap_or_default();
        let ease = |from: usize, to: usize| {
            let squared: f32 = color(from).iter().zip(color(to)).map(|(a, b)| (a - b) * (a - b)).sum();
            let tail = 1.0 / (1.0 + squared / (EDGE * EDGE));
            tail * tail
        };
        let (columns, count) = (cells.columns, cells.colors.len());
        let right = (0..count).map(|at| if (at + 1) % columns == 0 { 0.0 } else { ease(at, at + 1) });
        let down = (0..count).map(|at| if at + columns >= count { 0.0 } else { ease(at, at + columns) });
        let mut spreading = Self { columns, right: right.collect(), down: down.collect(), share: Vec::new() };
        let sum = |at| spreading.ways(at).into_iter().map(|(ease, _)| ease).sum::<f32>();
        spreading.share = (0..count).map(|at| 1.0 / (ENDS + sum(at))).collect();
        spreading
    }

    /// How easy it is to go from a cell to each of its neighbours, and where they are; to one that isn't there, not at all.
    fn ways(&self, at: usize) -> [(f32, usize); 4] {
        let ease = |eases: &[f32], at: Option<usize>| at.and_then(|at| eases.get(at)).copied().unwrap_or(0.0);
        let (left, above) = (at.checked_sub(1), at.checked_sub(self.columns));
        [
            (ease(&self.right, Some(at)), at + 1),
            (ease(&self.down, Some(at)), at + self.columns),
            (ease(&self.right, left), left.unwrap_or(at)),
            (ease(&self.down, above), above.unwrap_or(at)),
        ]
    }

    /// What cells and their surroundings say, of what each cell says, after so many rounds.
    pub(super) fn spread(&self, said: &[Said], rounds: usize) -> Vec<Said> {
        let mut values = said.to_vec();
        for round in 0..rounds {
            // From both ends in turn, so that nothing drifts.
            let there = 0..values.len();
            if round % 2 == 0 {
                there.for_each(|at| self.settle(said, &mut values, at));
            } else {
                there.rev().for_each(|at| self.settle(said, &mut values, at));
            }
        }
        values
    }

    fn settle(&self, said: &[Said], values: &mut [Said], at: usize) {
        let [mut hair, mut wall] = said.get(at).copied().unwrap_or_default().map(|said| ENDS * said);
        for (ease, neighbour) in self.ways(at) {
            let [its_hair, its_wall] = values.get(neighbour).copied().unwrap_or_default();
            hair += ease * its_hair;
            wall += ease * its_wall;
        }
        if let (Some(value), Some(share)) = (values.get_mut(at), self.share.get(at)) {
            *value = [hair * share, wall * share];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::editor::AnalysisImage;
    use crate::engine::geometry::PhotoRect;

    #[test]
    fn a_lonely_cell_is_outvoted_and_an_edge_holds() {
        let side = 40;
        let pixels =
            (0..side * side).flat_map(|at| if at % side < 20 { [60, 50, 40, 255] } else { [200, 160, 140, 255] });
        let image = AnalysisImage::new(pixels.collect(), side, 1.0);
        let cells = Cells::new(&image, PhotoRect::of_size(40.0, 40.0), 1.0).unwrap();
        let at = |x: usize, y: usize| y * side + x;
        let mut said: Vec<Said> =
            (0..side * side).map(|at| if at % side < 20 { [1.0, 0.0] } else { [0.0, 1.0] }).collect();
        (said[at(10, 20)], said[at(30, 20)]) = ([0.0, 1.0], [1.0, 0.0]);
        let spread = Spreading::new(&cells).spread(&said, 24);
        assert!(spread.iter().all(|[hair, wall]| (hair + wall - 1.0).abs() < 1e-4));
        let spread: Vec<f32> = spread.iter().map(|[hair, _]| *hair).collect();
        assert!(spread[at(10, 20)] > 0.8 && spread[at(30, 20)] < 0.2, "{} {}", spread[at(10, 20)], spread[at(30, 20)]);
        assert!(spread[at(19, 5)] > 0.95 && spread[at(20, 5)] < 0.05, "{} {}", spread[at(19, 5)], spread[at(20, 5)]);
    }
}
