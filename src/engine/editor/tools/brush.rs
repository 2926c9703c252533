//! Paints density, or takes it away.

use super::gesture::{Gesture, GestureContext, Started};
use crate::engine::design::{DESIGN_LIMITS, HairStroke, PaintKind, Stroke};
use crate::engine::editor::{Command, CommandError, Editor, PointerKind};
use crate::engine::geometry::PhotoPoint;

/// So far apart the points of a stroke are kept, as a share of the radius: closer ones change nothing that can be seen.
const SPACING: f64 = 0.12;

/// A stroke that is being made.
#[derive(Debug, Clone)]
struct Painting {
    /// The last of its points, and how many there are.
    last: PhotoPoint,
    count: usize,
    spacing: f64,
    /// Takes the stroke on to a point.
    extend: fn(PhotoPoint) -> Command,
}

/// The brush; the other end of a pen erases.
pub(super) fn start_brush(context: &mut GestureContext<'_>, at: PhotoPoint, pointer: PointerKind) -> Started {
    let erases = matches!(pointer, PointerKind::Pen { eraser: true });
    start(context, if erases { PaintKind::Eraser } else { PaintKind::Brush }, at)
}

/// The eraser.
pub(super) fn start_eraser(context: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    start(context, PaintKind::Eraser, at)
}

fn start(context: &mut GestureContext<'_>, paint: PaintKind, at: PhotoPoint) -> Started {
    let (editor, brush) = (&mut *context.editor, &context.settings.brush);
    let radius = editor.view().scale(editor.parameters()).px_per_mm.px(brush.radius).0;
    let stroke = Stroke {
        paint,
        radius,
        softness: brush.softness,
        density: brush.density,
        behind_line: brush.behind_line,
        points: vec![at],
    };
    begin(editor, (Command::AddStroke(stroke), Command::ExtendStroke), at, radius)
}

/// What says where hair is; the other end of a pen says where none is.
pub(super) fn start_hair(context: &mut GestureContext<'_>, at: PhotoPoint, pointer: PointerKind) -> Started {
    let erases = matches!(pointer, PointerKind::Pen { eraser: true });
    start_hair_stroke(context, if erases { PaintKind::Eraser } else { PaintKind::Brush }, at)
}

/// What says where no hair is.
pub(super) fn start_not_hair(context: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    start_hair_stroke(context, PaintKind::Eraser, at)
}

fn start_hair_stroke(context: &mut GestureContext<'_>, paint: PaintKind, at: PhotoPoint) -> Started {
    let (editor, brush) = (&mut *context.editor, &context.settings.brush);
    let radius = editor.view().scale(editor.parameters()).px_per_mm.px(brush.radius).0;
    let stroke = HairStroke { paint, radius, points: vec![at] };
    begin(editor, (Command::AddHairStroke(stroke), Command::ExtendHairStroke), at, radius)
}

/// Begins a stroke by the command that adds it; the other takes it on.
fn begin(
    editor: &mut Editor,
    (add, extend): (Command, fn(PhotoPoint) -> Command),
    at: PhotoPoint,
    radius: f64,
) -> Started {
    editor.begin();
    editor.apply(add).inspect_err(|_| editor.cancel())?;
    Ok(Some(Box::new(Painting { last: at, count: 1, spacing: (radius * SPACING).max(0.5), extend })))
}

impl Painting {
    fn reach(&mut self, editor: &mut Editor, at: PhotoPoint) -> Result<(), CommandError> {
        let is_near = self.last.distance(at) < self.spacing;
        if is_near || !at.is_finite() || self.count >= DESIGN_LIMITS.stroke_points {
            return Ok(());
        }
        (self.last, self.count) = (at, self.count + 1);
        editor.apply((self.extend)(at))
    }
}

impl Gesture for Painting {
    fn moved(&mut self, context: &mut GestureContext<'_>, at: PhotoPoint) -> Result<(), CommandError> {
        self.reach(context.editor, at)
    }

    fn complete(mut self: Box<Self>, context: &mut GestureContext<'_>, at: PhotoPoint) -> Result<(), CommandError> {
        let outcome = self.reach(context.editor, at);
        context.editor.complete();
        outcome
    }

    fn boxed(&self) -> Box<dyn Gesture> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ToolController, ToolKind, ToolSettings};
    use super::*;
    use crate::engine::catalog::Parameters;
    use crate::engine::design::{FillOp, PhotoRef};

    fn opened() -> Editor {
        let mut editor = Editor::new(Parameters::default(), 1);
        let photo = PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: String::new() };
        editor.apply(Command::OpenPhoto(photo)).unwrap();
        editor
    }

    fn settings() -> ToolSettings {
        super::super::gestures::settings(ToolKind::Brush)
    }

    fn strokes(editor: &Editor) -> Vec<Stroke> {
        let stroke = |op: &std::rc::Rc<FillOp>| match op.as_ref() {
            FillOp::Stroke(stroke) => Some(stroke.clone()),
            _ => None,
        };
        editor.view().fill.iter().filter_map(stroke).collect()
    }

    #[test]
    fn a_stroke_is_one_step_with_its_way() {
        let mut editor = opened();
        let mut controller = ToolController::default();
        controller.down(&mut editor, &settings(), PhotoPoint::new(100.0, 100.0), PointerKind::Mouse);
        for x in 101..200 {
            controller.moved(&mut editor, &settings(), PhotoPoint::new(f64::from(x), 100.0));
        }
        controller.complete(&mut editor, &settings(), PhotoPoint::new(200.0, 100.0));
        let made = strokes(&editor);
        assert_eq!((made.len(), made[0].paint), (1, PaintKind::Brush));
        assert!(made[0].points.len() > 5 && made[0].points.len() < 40, "{} points", made[0].points.len());
        assert!(editor.undo());
        assert!(strokes(&editor).is_empty());
    }

    #[test]
    fn a_tap_is_a_dab() {
        let mut editor = opened();
        let mut controller = ToolController::default();
        controller.down(&mut editor, &settings(), PhotoPoint::new(100.0, 100.0), PointerKind::Touch);
        controller.complete(&mut editor, &settings(), PhotoPoint::new(100.0, 100.0));
        assert_eq!(strokes(&editor)[0].points, [PhotoPoint::new(100.0, 100.0)]);
    }

    #[test]
    fn a_second_finger_leaves_no_trace() {
        let mut editor = opened();
        let before = editor.design().clone();
        let mut controller = ToolController::default();
        controller.down(&mut editor, &settings(), PhotoPoint::new(100.0, 100.0), PointerKind::Touch);
        controller.moved(&mut editor, &settings(), PhotoPoint::new(300.0, 100.0));
        controller.cancel(&mut editor);
        assert_eq!(*editor.design(), before);
        assert!(!editor.can_undo());
    }

    #[test]
    fn the_other_end_of_a_pen_erases() {
        let mut editor = opened();
        let mut controller = ToolController::default();
        controller.down(&mut editor, &settings(), PhotoPoint::new(100.0, 100.0), PointerKind::Pen { eraser: true });
        controller.complete(&mut editor, &settings(), PhotoPoint::new(120.0, 100.0));
        assert_eq!(strokes(&editor)[0].paint, PaintKind::Eraser);
    }

    #[test]
    fn painting_on_no_photo_is_refused_and_leaves_no_gesture() {
        let mut editor = Editor::new(Parameters::default(), 1);
        let mut controller = ToolController::default();
        controller.down(&mut editor, &settings(), PhotoPoint::new(1.0, 1.0), PointerKind::Mouse);
        assert_eq!(controller.command_error, Some(CommandError::NoPhoto));
        assert!(!controller.is_busy() && !editor.in_gesture());
    }
}
