//! Steps to undo and redo.

use crate::engine::design::{DESIGN_LIMITS, Design};
use std::collections::VecDeque;

/// Documents before and after. A step costs little: documents share their strokes.
#[derive(Debug, Clone, Default)]
pub struct History {
    past: VecDeque<Design>,
    future: Vec<Design>,
}

impl History {
    /// Remembers the document as it was before a step.
    pub fn record(&mut self, before: Design) {
        self.future.clear();
        self.past.push_back(before);
        if self.past.len() > DESIGN_LIMITS.undo_steps {
            self.past.pop_front();
        }
    }

    /// Puts the document back by one step; says whether there was one.
    pub fn undo(&mut self, design: &mut Design) -> bool {
        let Some(before) = self.past.pop_back() else { return false };
        self.future.push(std::mem::replace(design, before));
        true
    }

    /// Puts the document forward by one step; says whether there was one.
    pub fn redo(&mut self, design: &mut Design) -> bool {
        let Some(after) = self.future.pop() else { return false };
        self.past.push_back(std::mem::replace(design, after));
        true
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
