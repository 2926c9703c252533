//! The line, where the fill ends, and scars, patches and parts.

use super::canvas::Canvas;
use super::shape::HandleForm;
use super::special;
use crate::engine::design::{AreaFill, Hairline, ON_LINE};
use crate::engine::editor::Handle;
use crate::engine::editor::tools::ToolKind;
use crate::engine::geometry::PhotoPoint;

pub(super) fn draw(canvas: &mut Canvas) {
    let view = canvas.state.view();
    if let Some(line) = &view.hairline {
        canvas.spline("hairline thin", &line.pieces());
    }
    if let Some((_, fill)) = view.area_fill() {
        boundary(canvas, fill);
    }
    special::draw(canvas);
}

/// Where the fill ends: a curve from one end of the line to the other, or an outline of its own.
fn boundary(canvas: &mut Canvas, fill: &AreaFill) {
    let line = canvas.state.view().hairline.as_ref();
    let mut handles: Vec<Handle> = Vec::new();
    if fill.closed {
        // What lies on the line goes with the line.
        let curve = line.map(Hairline::curve);
        let is_own = |corner: &PhotoPoint| {
            curve.as_ref().and_then(|curve| curve.project(*corner)).is_none_or(|near| near.distance > ON_LINE)
        };
        let own = fill.boundary.iter().enumerate().filter(|(_, corner)| is_own(corner));
        handles.extend(own.map(|(place, _)| Handle::Boundary(place)));
        handles = canvas.apart(handles);
        canvas.outline("boundary", &fill.boundary);
    } else {
        let ends = line.and_then(|line| line.handles.first().zip(line.handles.last()));
        let mut points: Vec<PhotoPoint> = ends.map(|(first, _)| *first).into_iter().collect();
        points.extend(&fill.boundary);
        points.extend(ends.map(|(_, last)| *last));
        handles.extend((0..fill.boundary.len()).map(Handle::Boundary));
        canvas.smooth("boundary", &points);
    }
    if canvas.state.editor.tools.density == ToolKind::Area {
        let form = if fill.closed { HandleForm::Corner } else { HandleForm::Handle };
        for handle in handles {
            canvas.handle(handle, form);
        }
    }
}
