//! Steps to undo and redo.

use crate::engine::calibration::Side;
use crate::engine::design::{DESIGN_LIMITS, Design};
use std::collections::VecDeque;

/// Documents before and after, each with the side that was worked on. A step costs little: documents share their strokes.
#[derive(Debug, Clone, Default)]
pub struct History {
    past: VecDeque<(Design, Side)>,
    future: Vec<(Design, Side)>,
}

impl History {
    /// Remembers the document as it was before a step on a side.
    pub fn record(&mut self, before: Design, side: Side) {
        self.future.clear();
        self.past.push_back((before, side));
        if self.past.len() > DESIGN_LIMITS.undo_steps {
            self.past.pop_front();
        }
    }

    /// Puts the document back by one step; says on which side that was, if there was one.
    pub fn undo(&mut self, design: &mut Design) -> Option<Side> {
        let (before, side) = self.past.pop_back()?;
        self.future.push((std::mem::replace(design, before), side));
        Some(side)
    }

    /// Puts the document forward by one step; says on which side that was, if there was one.
    pub fn redo(&mut self, design: &mut Design) -> Option<Side> {
        let (after, side) = self.future.pop()?;
        self.past.push_back((std::mem::replace(design, after), side));
        Some(side)
    }

    /// Changes every document that is remembered, with the side that was worked on: what cannot be taken back was always so.
    pub fn rewrite(&mut self, change: impl Fn(&mut Design, &mut Side)) {
        let remembered = self.past.iter_mut().chain(&mut self.future);
        remembered.for_each(|(design, side)| change(design, side));
    }

    /// Whether there is a step to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}
