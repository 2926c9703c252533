//! The hand on the picture: which gesture is under way, and what is taken hold of.

use super::gesture::{Gesture, GestureContext};
use super::{Snap, ToolKind, ToolSettings};
use crate::engine::editor::{CommandError, Editor, Handle, PointerKind};
use crate::engine::geometry::PhotoPoint;

/// The hand: the gesture that is under way, and what is taken hold of.
#[derive(Debug, Clone, Default)]
pub struct ToolController {
    gesture: Option<Box<dyn Gesture>>,
    /// The tool of the last gesture.
    kind: ToolKind,
    /// The handle that keys and buttons move.
    pub selected: Option<Handle>,
    /// The first mark, while the second is missing.
    pub pending_mark: Option<PhotoPoint>,
    /// What a dragged handle of the line snaps to.
    pub snap: Snap,
    /// Where shaved hair is looked at, while the bare skin beside it is missing.
    pub pending_stubble: Option<PhotoPoint>,
    /// Why the last gesture did nothing, if it could not.
    pub command_error: Option<CommandError>,
}

impl ToolController {
    /// The pointer went down.
    pub fn down(&mut self, editor: &mut Editor, settings: &ToolSettings, at: PhotoPoint, pointer: PointerKind) {
        self.cancel(editor);
        self.command_error = None;
        if self.kind != settings.kind {
            // Another tool begins anew.
            self.pending_stubble = None;
            self.kind = settings.kind;
        }
        let (_, mut context) = self.parts(editor, settings);
        let started = (settings.kind.row().start)(&mut context, at, pointer);
        self.gesture = self.keep(started).flatten();
    }

    /// The pointer moved.
    pub fn moved(&mut self, editor: &mut Editor, settings: &ToolSettings, at: PhotoPoint) {
        let (gesture, mut context) = self.parts(editor, settings);
        let outcome = gesture.as_mut().map_or(Ok(()), |gesture| gesture.moved(&mut context, at));
        self.keep(outcome);
    }

    /// The pointer was lifted: the gesture is one step.
    pub fn complete(&mut self, editor: &mut Editor, settings: &ToolSettings, at: PhotoPoint) {
        let (gesture, mut context) = self.parts(editor, settings);
        let outcome = gesture.take().map_or(Ok(()), |gesture| gesture.complete(&mut context, at));
        self.keep(outcome);
    }

    /// The gesture never was.
    pub fn cancel(&mut self, editor: &mut Editor) {
        if self.gesture.take().is_some() {
            editor.cancel();
        }
    }

    /// Whether a gesture is under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.gesture.is_some()
    }

    /// The handle that is being dragged.
    #[must_use]
    pub fn dragged(&self) -> Option<Handle> {
        self.gesture.as_ref().and_then(|gesture| gesture.dragged())
    }

    /// The freehand line or outline as far as it is drawn.
    #[must_use]
    pub fn drawn(&self) -> &[PhotoPoint] {
        self.gesture.as_ref().map_or(&[], |gesture| gesture.drawn())
    }

    /// The gesture, and what it works with.
    fn parts<'a>(
        &'a mut self,
        editor: &'a mut Editor,
        settings: &'a ToolSettings,
    ) -> (&'a mut Option<Box<dyn Gesture>>, GestureContext<'a>) {
        let Self { gesture, selected, pending_mark, snap, pending_stubble, .. } = self;
        (gesture, GestureContext { editor, settings, snap, selected, pending_mark, pending_stubble })
    }

    fn keep<T>(&mut self, outcome: Result<T, CommandError>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(command_error) => {
                self.command_error = Some(command_error);
                None
            }
        }
    }
}
