//! Collects shapes; knows where things are seen and which handles stand apart.

use super::shape::{HandleForm, Label, Shape, polyline_path, spline_path};
use crate::app::state::handle_names::handle_name;
use crate::app::state::root::State;
use crate::engine::editor::Handle;
use crate::engine::geometry::{PhotoPoint, ScreenPoint, Spline, spline_bezier};
use std::collections::VecDeque;

/// So far from each other the corners of an outline are shown, CSS pixels.
const APART: f64 = 26.0;

/// Shapes in the making.
pub(super) struct Canvas<'a> {
    pub(super) state: &'a State,
    pub(super) shapes: Vec<Shape>,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(state: &'a State) -> Self {
        Self { state, shapes: Vec::new() }
    }

    /// Where a point of the photo is seen.
    pub(super) fn seen(&self, point: PhotoPoint) -> ScreenPoint {
        self.state.editor.viewport.to_screen(point)
    }

    /// Straight pieces.
    pub(super) fn polyline(&mut self, class: &'static str, points: &[PhotoPoint]) {
        let path = polyline_path(points, |point| self.seen(point));
        self.shapes.push(Shape::Curve { class, path });
    }

    /// Straight pieces that close.
    pub(super) fn outline(&mut self, class: &'static str, points: &[PhotoPoint]) {
        let path = polyline_path(points, |point| self.seen(point)) + "Z";
        self.shapes.push(Shape::Curve { class, path });
    }

    /// Cubic pieces.
    pub(super) fn spline(&mut self, class: &'static str, pieces: &Spline) {
        let path = spline_path(pieces, |point| self.seen(point));
        self.shapes.push(Shape::Curve { class, path });
    }

    /// The smooth curve through points.
    pub(super) fn smooth(&mut self, class: &'static str, points: &[PhotoPoint]) {
        self.spline(class, &spline_bezier(points));
    }

    /// Letters beside a point.
    pub(super) fn guide_label(
        &mut self,
        point: PhotoPoint,
        (right, down): (f64, f64),
        anchor: &'static str,
        text: String,
    ) {
        let at = self.seen(point);
        self.shapes.push(Shape::Label(Label {
            at: ScreenPoint::new(at.x + right, at.y + down),
            anchor: Some(anchor),
            class: "height-label guide-label",
            text,
            range: None,
        }));
    }

    /// A handle, where the view has it.
    pub(super) fn handle(&mut self, handle: Handle, form: HandleForm) {
        let Some(at) = self.position(handle).map(|point| self.seen(point)) else { return };
        let is_chosen = self.state.editor.controller.selected == Some(handle);
        let name = Some(handle_name(self.state, handle));
        self.shapes.push(Shape::Handle { form, at, is_chosen, name });
    }

    /// Where a handle is on the photo.
    pub(super) fn position(&self, handle: Handle) -> Option<PhotoPoint> {
        handle.position(self.state.view(), self.state.parameters())
    }

    /// The handles that stand apart on the screen, and the chosen one: points close together would hide what lies under them.
    /// Every one of them can be taken hold of, seen or not.
    pub(super) fn apart(&self, mut handles: Vec<Handle>) -> Vec<Handle> {
        let mut shown: Vec<(PhotoPoint, Handle)> = Vec::new();
        // From both ends inwards: what stands opposite each other is shown alike.
        let (mut rest, mut at_end) = (VecDeque::from(handles.clone()), false);
        while let Some(handle) = if at_end { rest.pop_back() } else { rest.pop_front() } {
            at_end = !at_end;
            let Some(at) = self.position(handle) else { continue };
            let zoom = self.state.editor.viewport.zoom();
            let is_free = |(other, _): &(PhotoPoint, Handle)| at.distance(*other) * zoom >= APART;
            if self.state.editor.controller.selected == Some(handle) || shown.iter().all(is_free) {
                shown.push((at, handle));
            }
        }
        handles.retain(|handle| shown.iter().any(|(_, kept)| kept == handle));
        handles
    }
}
