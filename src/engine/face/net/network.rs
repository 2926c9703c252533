//! A net that was read: its steps in order, and carrying them out.

use super::elementwise::Activation;
use super::operation::{First, Operation};
use super::shape::Shape;
use std::mem;

/// One step: an operation on tensors that were computed before, and the tensor that it makes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub(super) operation: Operation,
    pub(super) activation: Activation,
    pub(super) input: usize,
    pub(super) second: Option<usize>,
    pub(super) output: usize,
}

/// A net of convolutions that looks at one picture. Made by [`super::read_net`], which checks all of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Net {
    /// Of every tensor; the first is the input.
    shapes: Vec<Shape>,
    steps: Vec<Step>,
    outputs: Vec<usize>,
    /// For each tensor the step that needs it last; none where it is an output or never needed.
    last_needed: Vec<Option<usize>>,
}

impl Net {
    /// A net of steps that were checked.
    pub(super) fn new(shapes: Vec<Shape>, steps: Vec<Step>, outputs: Vec<usize>) -> Self {
        let last_needed = (0..shapes.len())
            .map(|tensor| {
                let needs = |step: &Step| step.input == tensor || step.second == Some(tensor);
                steps.iter().rposition(needs).filter(|_| !outputs.contains(&tensor))
            })
            .collect();
        Self { shapes, steps, outputs, last_needed }
    }

    /// Shape of what it looks at.
    #[must_use]
    pub fn input(&self) -> Shape {
        self.shapes.first().copied().unwrap_or(Shape { height: 0, width: 0, channels: 0 })
    }

    /// Shapes of what it tells.
    pub fn outputs(&self) -> impl Iterator<Item = Shape> {
        self.outputs.iter().filter_map(|output| self.shapes.get(*output).copied())
    }

    /// What it tells of an input: the numbers of each output. `None` when the input has another number of numbers than
    /// [`Self::input`]. The same input gives the same bits on every machine. Costs 30 to 60 million multiplications and up
    /// to 10 MB for the nets of this program.
    #[must_use]
    pub fn run(&self, input: Vec<f32>) -> Option<Vec<Vec<f32>>> {
        if input.len() != self.input().len() {
            return None;
        }
        let mut tensors: Vec<Vec<f32>> = vec![Vec::new(); self.shapes.len()];
        *tensors.first_mut()? = input;
        for (place, step) in self.steps.iter().enumerate() {
            let shapes = [*self.shapes.get(step.input)?, *self.shapes.get(step.output)?];
            let is_last = |tensor: usize| self.last_needed.get(tensor) == Some(&Some(place));
            let gives_away = is_last(step.input) && step.second != Some(step.input);
            let given = if gives_away { mem::take(tensors.get_mut(step.input)?) } else { Vec::new() };
            let first = if gives_away { First::Given(given) } else { First::Lent(tensors.get(step.input)?) };
            let second = match step.second {
                Some(second) => tensors.get(second)?.as_slice(),
                None => &[],
            };
            let mut output = step.operation.run(first, second, shapes)?;
            step.activation.apply(&mut output);
            *tensors.get_mut(step.output)? = output;
            for tensor in [Some(step.input), step.second].into_iter().flatten().filter(|tensor| is_last(*tensor)) {
                *tensors.get_mut(tensor)? = Vec::new();
            }
        }
        self.outputs.iter().map(|output| tensors.get(*output).cloned()).collect()
    }
}
