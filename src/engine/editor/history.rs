//! Steps to undo and redo.

use crate::engine::calibration::Side;
use crate::engine::design::{DESIGN_LIMITS, Design};
use std::collections::VecDeque;

/// The document as it is or was, with the number of the change that made it so: documents of one number are the same.
#[derive(Debug, Clone)]
pub(super) struct Revision {
    /// The document.
    pub(super) design: Design,
    /// The number of the change.
    pub(super) number: u64,
}

/// Documents before and after, each with the side that was worked on. A step costs little: documents share their strokes.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    past: VecDeque<(Revision, Side)>,
    future: VecDeque<(Revision, Side)>,
}

impl History {
    /// Remembers the document as it was before a step on a side.
    pub(super) fn record(&mut self, before: Revision, side: Side) {
        self.future.clear();
        self.past.push_back((before, side));
        if self.past.len() > DESIGN_LIMITS.undo_steps {
            self.past.pop_front();
        }
    }

    /// Puts the document back by one step; says on which side that was, if there was one.
    pub(super) fn undo(&mut self, now: &mut Revision) -> Option<Side> {
        let (before, side) = self.past.pop_back()?;
        self.future.push_back((std::mem::replace(now, before), side));
        Some(side)
    }

    /// Puts the document forward by one step; says on which side that was, if there was one.
    pub(super) fn redo(&mut self, now: &mut Revision) -> Option<Side> {
        let (after, side) = self.future.pop_back()?;
        self.past.push_back((std::mem::replace(now, after), side));
        Some(side)
    }

    /// Changes every document that is remembered, with the side that was worked on: what cannot be taken back was always so.
    pub(super) fn rewrite(&mut self, mut change: impl FnMut(&mut Revision, &mut Side)) {
        let remembered = self.past.iter_mut().chain(&mut self.future);
        remembered.for_each(|(revision, side)| change(revision, side));
    }

    /// Forgets the steps that change nothing any more, or nothing but the look of what has no work, once every document was changed.
    pub(super) fn forget_idle(&mut self, now: &Revision) {
        let is_idle = |one: &Design, other: &Design| one == other || !one.has_work() && !other.has_work();
        for steps in [&mut self.past, &mut self.future] {
            let mut kept = VecDeque::new();
            for (revision, side) in steps.drain(..).rev() {
                let nearer = kept.front().map_or(now, |(nearer, _)| nearer);
                if !is_idle(&revision.design, &nearer.design) {
                    kept.push_front((revision, side));
                }
            }
            *steps = kept;
        }
    }

    /// Whether there is a step to undo.
    pub(super) fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step to redo.
    pub(super) fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}
