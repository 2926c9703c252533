//! Draws the front line in one go; when the finger is lifted it becomes a smooth curve with few handles.

use super::drawing;
use super::gesture::{GestureContext, Started};
use crate::engine::design::Hairline;
use crate::engine::editor::{Command, CommandError, PointerKind};
use crate::engine::geometry::{Mm, PhotoPoint};

/// A shorter line is a slip of the finger.
const SHORTEST: Mm = Mm(15.0);

pub(super) fn start(_: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    drawing::start(at, finish)
}

fn finish(context: &mut GestureContext<'_>, drawn: &[PhotoPoint]) -> Result<(), CommandError> {
    let mut handles = drawing::handles(context.editor, drawn, SHORTEST).ok_or(CommandError::TooFewHandles)?;
    if handles.first().zip(handles.last()).is_some_and(|(first, last)| first.x > last.x) {
        // A line runs from left to right, whichever way it was drawn: behind it is above it.
        handles.reverse();
    }
    context.editor.apply(Command::SetHairline(Some(Hairline::smooth(handles))))
}

#[cfg(test)]
mod tests {
    use super::super::drawing::MAX_HANDLES;
    use super::super::gestures::{drag, opened};
    use super::super::{ToolController, ToolKind};
    use super::*;
    use crate::engine::editor::Editor;

    fn draw(way: impl Iterator<Item = (f64, f64)>) -> (Editor, ToolController) {
        let (mut editor, mut controller) = opened();
        drag(&mut editor, &mut controller, ToolKind::Freehand, &way.collect::<Vec<_>>());
        (editor, controller)
    }

    #[test]
    fn a_drawn_arch_becomes_a_line_from_left_to_right() {
        let arch = |i: i32| (f64::from(1200 - i * 8), 500.0 + (f64::from(i) - 50.0).powi(2) / 8.0);
        let (editor, controller) = draw((0..=100).map(arch));
        assert_eq!(controller.command_error, None);
        let handles = &editor.view().hairline.as_ref().unwrap().handles;
        assert!(handles.len() <= MAX_HANDLES && handles.first().unwrap().x < handles.last().unwrap().x);
    }

    #[test]
    fn a_slip_of_the_finger_draws_nothing() {
        let (editor, controller) = draw((0..5).map(|i| (800.0 + f64::from(i), 500.0)));
        assert_eq!(controller.command_error, Some(CommandError::TooFewHandles));
        assert!(editor.view().hairline.is_none() && !editor.in_gesture());
    }
}
