//! The line with its handles, the guides, the points of the face, temples.

use super::canvas::Canvas;
use super::shape::{HandleForm, Label, Shape};
use super::special;
use crate::engine::calibration::{GuideLine, Landmark};
use crate::engine::design::Hairline;
use crate::engine::editor::Handle;
use crate::engine::editor::tools::ToolKind;
use crate::engine::geometry::{Mm, ScreenPoint};
use crate::engine::i18n::{fixed, range};
use crate::engine::measure::line_height;

pub(super) fn draw(canvas: &mut Canvas) {
    let editor = &canvas.state.editor;
    for line in &editor.aids.lines {
        guide(canvas, line);
    }
    let (tool, drawn) = (editor.tools.line, editor.controller.drawn());
    let is_drawing = tool == ToolKind::Freehand && !drawn.is_empty();
    if let Some(line) = editor.view().hairline.as_ref().filter(|_| !is_drawing) {
        canvas.spline("hairline", &line.pieces());
        height(canvas, line);
        if tool == ToolKind::Line {
            handles(canvas, line);
        }
    }
    match tool {
        ToolKind::Temple => special::draw(canvas),
        _ if !drawn.is_empty() => canvas.polyline("hairline", drawn),
        ToolKind::Landmarks => landmarks(canvas),
        _ => special::temples(canvas),
    }
}

fn handles(canvas: &mut Canvas, line: &Hairline) {
    for handle in canvas.apart((0..line.handles.len()).map(Handle::Handle).collect()) {
        let is_corner = matches!(handle, Handle::Handle(place) if line.is_corner(place));
        canvas.handle(handle, if is_corner { HandleForm::Square } else { HandleForm::Handle });
    }
}

/// A guide on the face, with its name or its millimetres.
fn guide(canvas: &mut Canvas, line: &GuideLine) {
    let Some((first, last)) = line.points.first().zip(line.points.last()) else { return };
    if line.points.len() == 1 {
        canvas.shapes.push(Shape::GuidePoint(canvas.seen(*first)));
    } else {
        canvas.polyline("guide", &line.points);
    }
    // A name stands beside its point, a length in the field that it measures.
    match line.length {
        Some(Mm(length)) => canvas.guide_label(*last, (4.0, 16.0), "start", fixed(length, 0) + " mm"),
        None if !line.name.is_empty() => canvas.guide_label(*first, (8.0, 4.0), "start", line.name.to_owned()),
        None => {}
    }
}

/// The points of the face, each with a short name.
fn landmarks(canvas: &mut Canvas) {
    canvas.handle(Handle::MarkA, HandleForm::Corner);
    canvas.handle(Handle::MarkB, HandleForm::Corner);
    canvas.handle(Handle::Glabella, HandleForm::Cross);
    let texts = canvas.state.texts();
    for landmark in Landmark::ALL {
        let handle = Handle::Landmark(landmark);
        let Some(point) = canvas.position(handle) else { continue };
        let (name, is_left) = match landmark {
            Landmark::CanthusLeft => (texts.mark_canthus, true),
            Landmark::CanthusRight => (texts.mark_canthus, false),
            Landmark::NoseBase => (texts.mark_nose, false),
            Landmark::Chin => (texts.mark_chin, false),
            Landmark::TempleLeft => (texts.mark_temple, true),
            Landmark::TempleRight => (texts.mark_temple, false),
            Landmark::Vertex => (texts.mark_vertex, false),
        };
        let (right, anchor) = if is_left { (-10.0, "end") } else { (10.0, "start") };
        canvas.handle(handle, HandleForm::Corner);
        canvas.guide_label(point, (right, 4.0), anchor, name.to_owned());
    }
}

/// The height in millimetres beside the line while a handle is dragged.
fn height(canvas: &mut Canvas, line: &Hairline) {
    let state = canvas.state;
    let is_dragged = matches!(state.editor.controller.dragged(), Some(Handle::Handle(_)));
    let Some(height) = line_height(state.view(), state.parameters()).filter(|_| is_dragged) else { return };
    let middle = line.handles.get(line.handles.len() / 2).copied().unwrap_or_default();
    let glabella = canvas.position(Handle::Glabella).unwrap_or(middle);
    let (top, bottom) = (canvas.seen(middle), canvas.seen(glabella));
    let along = height.along_skin_mm;
    canvas.polyline("ruler", &[middle, glabella]);
    canvas.shapes.push(Shape::Label(Label {
        at: ScreenPoint::new(bottom.x + 12.0, (top.y + bottom.y) / 2.0),
        anchor: None,
        class: "height-label",
        text: fixed(along.value, 0) + " mm",
        range: Some(range("{least} – {most} mm", along.least, along.most)),
    }));
}
