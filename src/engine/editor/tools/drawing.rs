//! Draws something in one go; what it becomes when the finger is lifted is the tool's.

use super::drag;
use super::gesture::{Gesture, GestureContext, Started};
use crate::engine::design::FillOp;
use crate::engine::editor::{CommandError, Editor, Handle};
use crate::engine::geometry::{Mm, PhotoPoint, Polyline, fit_handles};

/// How far the smooth line may leave the drawn one: a practitioner's pencil is about as wide (our estimate).
const TOLERANCE: Mm = Mm(1.5);
/// Handles that a hand can still oversee.
pub(super) const MAX_HANDLES: usize = 10;

/// Makes something of what was drawn.
pub(super) type Finish = fn(&mut GestureContext<'_>, &[PhotoPoint]) -> Result<(), CommandError>;

/// Something that is being drawn.
#[derive(Debug, Clone)]
struct Drawing {
    points: Vec<PhotoPoint>,
    finish: Finish,
    /// Whether a tap draws nothing and only lets go of what is selected.
    tap_lets_go: bool,
}

/// Draws from there.
pub(super) fn start(at: PhotoPoint, finish: Finish) -> Started {
    Ok(Some(Box::new(Drawing { points: vec![at], finish, tap_lets_go: false })))
}

/// Takes hold of a handle within reach, else draws from there.
pub(super) fn start_beside(
    context: &mut GestureContext<'_>,
    handles: Vec<Handle>,
    finish: Finish,
    at: PhotoPoint,
) -> Started {
    let dragging = drag::start_on_grip(context, handles, at)?;
    Ok(dragging.or_else(|| Some(Box::new(Drawing { points: vec![at], finish, tap_lets_go: true }))))
}

impl Drawing {
    fn reach(&mut self, at: PhotoPoint) {
        if at.is_finite() && self.points.last() != Some(&at) {
            self.points.push(at);
        }
    }

    /// Whether the pointer never went farther than that.
    fn is_tap(&self, tremble: f64) -> bool {
        let first = self.points.first().copied().unwrap_or_default();
        self.points.iter().all(|point| point.distance(first) <= tremble)
    }
}

impl Gesture for Drawing {
    fn moved(&mut self, _: &mut GestureContext<'_>, at: PhotoPoint) -> Result<(), CommandError> {
        self.reach(at);
        Ok(())
    }

    fn complete(mut self: Box<Self>, context: &mut GestureContext<'_>, at: PhotoPoint) -> Result<(), CommandError> {
        self.reach(at);
        if self.tap_lets_go && self.is_tap(context.settings.tremble()) {
            return context.let_go();
        }
        let (width, height) = context.editor.view().size();
        let drawn: Vec<_> = self.points.iter().map(|point| point.clamped(width, height)).collect();
        (self.finish)(context, &drawn)
    }

    fn boxed(&self) -> Box<dyn Gesture> {
        Box::new(self.clone())
    }

    fn drawn(&self) -> &[PhotoPoint] {
        &self.points
    }
}

/// The place of the newest fill operation, if it is of that kind.
pub(super) fn newest(editor: &Editor, is_it: fn(&FillOp) -> bool) -> Option<usize> {
    let fill = &editor.view().fill;
    fill.last().filter(|op| is_it(op)).map(|_| fill.len() - 1)
}

/// The handles of a drawn line; `None` for a line that is too short to be meant.
pub(super) fn handles(editor: &Editor, drawn: &[PhotoPoint], shortest: Mm) -> Option<Vec<PhotoPoint>> {
    let scale = editor.view().scale(editor.parameters()).px_per_mm;
    let length = Polyline::new(drawn.to_vec()).length();
    (length >= scale.px(shortest).0).then(|| fit_handles(drawn, scale.px(TOLERANCE).0, MAX_HANDLES))
}
