//! Takes hold of a handle and moves it. A tool says which handles there are, and what a tap beside all of them does.

use super::gesture::{Gesture, GestureContext, Started};
use crate::engine::editor::{CommandError, Editor, Handle};
use crate::engine::geometry::PhotoPoint;

/// What a tap beside every handle does.
pub(super) type Tapped = fn(&mut GestureContext<'_>, PhotoPoint) -> Result<(), CommandError>;

/// A pointer that is down, on a handle or beside all of them.
#[derive(Debug, Clone)]
struct Dragging {
    handle: Option<Handle>,
    /// From the pointer to the middle of the handle: a handle does not jump under the finger.
    hold: (f64, f64),
    start: PhotoPoint,
    moving: bool,
    tapped: Tapped,
}

/// Takes hold of the nearest of the handles within reach.
pub(super) fn start(context: &mut GestureContext<'_>, handles: Vec<Handle>, tapped: Tapped, at: PhotoPoint) -> Started {
    let found = nearest(context, handles, at);
    if found.is_some() {
        *context.selected = found.map(|(handle, _)| handle);
    }
    let hold = found.map_or((0.0, 0.0), |(_, position)| (position.x - at.x, position.y - at.y));
    context.editor.begin();
    let handle = found.map(|(handle, _)| handle);
    Ok(Some(Box::new(Dragging { handle, hold, start: at, moving: false, tapped })))
}

/// Likewise; `None` where no handle is within reach.
pub(super) fn start_on_grip(context: &mut GestureContext<'_>, handles: Vec<Handle>, at: PhotoPoint) -> Started {
    if nearest(context, handles.clone(), at).is_none() {
        return Ok(None);
    }
    start(context, handles, let_go, at)
}

/// Lets go of what is selected.
pub(super) fn let_go(context: &mut GestureContext<'_>, _: PhotoPoint) -> Result<(), CommandError> {
    context.let_go()
}

fn nearest(context: &GestureContext<'_>, handles: Vec<Handle>, at: PhotoPoint) -> Option<(Handle, PhotoPoint)> {
    let editor: &Editor = context.editor;
    handles
        .into_iter()
        .filter_map(|handle| Some((handle, handle.position(editor.view(), editor.parameters())?)))
        .filter(|(_, position)| position.distance(at) <= context.settings.reach.0)
        .min_by(|a, b| a.1.distance_squared(at).total_cmp(&b.1.distance_squared(at)))
}

impl Gesture for Dragging {
    fn moved(&mut self, context: &mut GestureContext<'_>, at: PhotoPoint) -> Result<(), CommandError> {
        let Some(handle) = self.handle else { return Ok(()) };
        self.moving |= at.distance(self.start) > context.settings.tremble();
        if !self.moving {
            return Ok(());
        }
        let to = at.moved(self.hold.0, self.hold.1);
        let to = if matches!(handle, Handle::Handle(_)) { context.snap.drawn(to) } else { to };
        let editor = &mut *context.editor;
        match handle.moved_to(to, context.settings.mirrored, editor.view(), editor.parameters()) {
            Some(command) => editor.apply(command),
            None => Ok(()),
        }
    }

    fn complete(mut self: Box<Self>, context: &mut GestureContext<'_>, at: PhotoPoint) -> Result<(), CommandError> {
        let outcome = match self.handle {
            Some(_) => self.moved(context, at),
            None if at.distance(self.start) <= context.settings.reach.0 => (self.tapped)(context, at),
            None => Ok(()),
        };
        context.editor.complete();
        outcome
    }

    fn boxed(&self) -> Box<dyn Gesture> {
        Box::new(self.clone())
    }

    fn dragged(&self) -> Option<Handle> {
        self.handle.filter(|_| self.moving)
    }
}

#[cfg(test)]
mod tests {
    use super::super::gestures::{drag, opened, settings, tap};
    use super::super::{ToolController, ToolKind};
    use super::*;
    use crate::engine::editor::Command;
    use crate::engine::editor::{LineStyle, PointerKind, proposed_line};

    fn with_line() -> (Editor, ToolController) {
        let (mut editor, mut controller) = opened();
        tap(&mut editor, &mut controller, ToolKind::Marks, 926.0, 1000.0);
        tap(&mut editor, &mut controller, ToolKind::Marks, 674.0, 1000.0);
        let line = proposed_line(editor.view(), editor.parameters(), LineStyle::Man);
        editor.apply(Command::SetHairline(Some(line))).unwrap();
        (editor, controller)
    }

    fn handles(editor: &Editor) -> Vec<PhotoPoint> {
        editor.view().hairline.as_ref().unwrap().handles.clone()
    }

    #[test]
    fn two_taps_set_the_marks_in_either_order() {
        let (editor, _) = with_line();
        let calibration = editor.view().calibration.unwrap();
        assert_eq!((calibration.a.x, calibration.b.x), (674.0, 926.0));
    }

    #[test]
    fn taps_on_one_spot_keep_the_first_mark_and_say_why() {
        let (mut editor, mut controller) = opened();
        tap(&mut editor, &mut controller, ToolKind::Marks, 500.0, 500.0);
        tap(&mut editor, &mut controller, ToolKind::Marks, 501.0, 500.0);
        assert!(editor.view().calibration.is_none());
        assert!(
            controller.pending_mark.is_some() && matches!(controller.command_error, Some(CommandError::Calibration(_)))
        );
    }

    #[test]
    fn a_drag_moves_a_handle_without_a_jump_and_its_mirror_alike() {
        let (mut editor, mut controller) = with_line();
        let before = handles(&editor);
        let start = (before[1].x + 5.0, before[1].y + 5.0);
        drag(
            &mut editor,
            &mut controller,
            ToolKind::Line,
            &[start, (start.0 - 10.0, start.1), (start.0 - 30.0, start.1 - 40.0)],
        );
        let after = handles(&editor);
        assert!((after[1].x - (before[1].x - 30.0)).abs() < 0.02 && (after[1].y - (before[1].y - 40.0)).abs() < 0.02);
        assert!((after[5].x - (before[5].x + 30.0)).abs() < 0.02 && (after[5].y - (before[5].y - 40.0)).abs() < 0.02);
        assert!(editor.undo());
        assert_eq!(handles(&editor), before, "one gesture is one step");
    }

    #[test]
    fn a_tremble_only_selects() {
        let (mut editor, mut controller) = with_line();
        let before = handles(&editor);
        drag(
            &mut editor,
            &mut controller,
            ToolKind::Line,
            &[(before[2].x, before[2].y), (before[2].x + 2.0, before[2].y)],
        );
        assert_eq!((handles(&editor), controller.selected), (before, Some(Handle::Handle(2))));
    }

    #[test]
    fn a_tap_on_the_line_adds_a_handle_there() {
        let (mut editor, mut controller) = with_line();
        let line = editor.view().hairline.clone().unwrap();
        let between = line.curve().project(line.handles[2].lerp(line.handles[3], 0.5)).unwrap().nearest;
        tap(&mut editor, &mut controller, ToolKind::Line, between.x, between.y + 8.0);
        let Some(Handle::Handle(place)) = controller.selected else { panic!("nothing was selected") };
        assert_eq!(handles(&editor).len(), 8);
        assert!(handles(&editor)[place].distance(between) < 12.0);
    }

    #[test]
    fn cancel_restores_the_line() {
        let (mut editor, mut controller) = with_line();
        let before = handles(&editor);
        let settings = settings(ToolKind::Line);
        controller.down(&mut editor, &settings, before[3], PointerKind::Mouse);
        controller.moved(&mut editor, &settings, PhotoPoint::new(10.0, 10.0));
        assert_ne!(handles(&editor), before);
        controller.cancel(&mut editor);
        assert_eq!(handles(&editor), before);
    }

    #[test]
    fn a_handle_cannot_leave_the_picture() {
        let (mut editor, mut controller) = with_line();
        let before = handles(&editor);
        drag(&mut editor, &mut controller, ToolKind::Line, &[(before[0].x, before[0].y), (-5000.0, 9000.0)]);
        assert_eq!(handles(&editor)[0], PhotoPoint::new(0.0, 2000.0));
    }
}
