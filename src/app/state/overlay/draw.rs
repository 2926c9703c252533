//! What lies over the picture at each step.

use super::canvas::Canvas;
use super::shape::Shape;
use super::{fill, head, line, probe, size};
use crate::app::state::root::State;
use crate::app::state::slices::step::Step;
use crate::engine::editor::tools::{ToolCursor, ToolGroup, ToolKind};
use crate::engine::geometry::{PhotoPoint, ScreenSize};

/// What lies over the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlay {
    /// The size of the stage.
    pub size: ScreenSize,
    /// From below to above.
    pub shapes: Vec<Shape>,
}

/// What lies over the picture; nothing without a photo, and while before is held.
#[must_use]
pub fn overlay(state: &State) -> Option<Overlay> {
    if !state.has_open_photo() || state.preview.compare.held {
        return None;
    }
    let mut canvas = Canvas::new(state);
    match state.step() {
        Step::Size if state.tool() == ToolKind::Head => head::draw(&mut canvas),
        Step::Size => size::draw(&mut canvas),
        Step::Hairline => line::draw(&mut canvas),
        Step::Density => fill::draw(&mut canvas),
        Step::Look => {
            split(&mut canvas);
            probe::draw(&mut canvas);
            hair_stroke(&mut canvas);
        }
        Step::Photo | Step::Save => {}
    }
    cursor(&mut canvas);
    Some(Overlay { size: state.editor.viewport.stage(), shapes: canvas.shapes })
}

/// Where before ends and after begins.
fn split(canvas: &mut Canvas) {
    let split = canvas.state.split();
    let (width, height) = canvas.state.view().size();
    let at = |y: f64| PhotoPoint::new(width * split, y);
    if split > 0.0 {
        canvas.polyline("split", &[at(0.0), at(height)]);
    }
}

/// The stroke that is being made and says where hair is: what comes of it is seen once it is made.
fn hair_stroke(canvas: &mut Canvas) {
    let is_making =
        canvas.state.tool().row().group == Some(ToolGroup::Hair) && canvas.state.editor.document.in_gesture();
    if let Some(stroke) = canvas.state.view().own_hair.last().filter(|_| is_making) {
        canvas.polyline("hair-stroke", &stroke.points);
    }
}

/// The brush as large as it paints, or the keyboard's cursor.
fn cursor(canvas: &mut Canvas) {
    let state = canvas.state;
    let Some(at) = state.editor.cursor.map(|point| canvas.seen(point)) else { return };
    canvas.shapes.push(match state.tool().row().cursor {
        ToolCursor::Ring => {
            let radius = state.view().scale(state.parameters()).px_per_mm.px(state.editor.brush.radius).0;
            Shape::Brush(at, radius * state.editor.viewport.zoom())
        }
        ToolCursor::Crosshair if state.editor.cursor_of_keys => Shape::Cursor(at),
        ToolCursor::Crosshair | ToolCursor::Grab => return,
    });
}
