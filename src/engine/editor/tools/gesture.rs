//! What a gesture is: the time from when the pointer goes down until it is lifted.

use super::{Snap, ToolSettings};
use crate::engine::editor::{CommandError, Editor, Handle};
use crate::engine::geometry::PhotoPoint;
use std::fmt::Debug;

/// A gesture that is under way. It leaves by [`Gesture::complete`], or is dropped when it is cancelled.
pub(super) trait Gesture: Debug {
    /// The pointer moved.
    fn moved(&mut self, context: &mut GestureContext<'_>, at: PhotoPoint) -> Result<(), CommandError>;

    /// The pointer was lifted.
    fn complete(self: Box<Self>, context: &mut GestureContext<'_>, at: PhotoPoint) -> Result<(), CommandError>;

    /// The same gesture once more.
    fn boxed(&self) -> Box<dyn Gesture>;

    /// The handle that is being dragged.
    fn dragged(&self) -> Option<Handle> {
        None
    }

    /// The line or outline as far as it is drawn.
    fn drawn(&self) -> &[PhotoPoint] {
        &[]
    }
}

impl Clone for Box<dyn Gesture> {
    fn clone(&self) -> Self {
        self.boxed()
    }
}

/// What the pointer's going down began, if anything.
pub(super) type Started = Result<Option<Box<dyn Gesture>>, CommandError>;

/// What a gesture works with.
pub(super) struct GestureContext<'a> {
    /// The design, to be changed.
    pub(super) editor: &'a mut Editor,
    /// The tool's settings.
    pub(super) settings: &'a ToolSettings,
    /// What a dragged handle of the line snaps to.
    pub(super) snap: &'a Snap,
    /// The handle that keys and buttons move.
    pub(super) selected: &'a mut Option<Handle>,
    /// The first mark, while the second is missing.
    pub(super) pending_mark: &'a mut Option<PhotoPoint>,
    /// Where shaved hair is looked at, while the bare skin beside it is missing.
    pub(super) pending_stubble: &'a mut Option<PhotoPoint>,
}

impl GestureContext<'_> {
    /// Nothing is selected any more: what a tap beside every handle does.
    pub(super) fn let_go(&mut self) -> Result<(), CommandError> {
        *self.selected = None;
        Ok(())
    }
}
