//! Where the visitor's own hair is looked at: two discs of the size that is read.

use super::canvas::Canvas;
use super::shape::{Label, Shape};
use crate::app::state::handle_names::handle_name;
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Handle, PROBE_RADIUS};
use crate::engine::geometry::{PhotoPoint, ScreenPoint};

/// The least radius of a disc, CSS pixels.
const MIN_RADIUS: f64 = 6.0;

pub(super) fn draw(canvas: &mut Canvas) {
    let state = canvas.state;
    if state.tool() != ToolKind::Probe {
        return;
    }
    let scale = state.view().scale(state.parameters()).px_per_mm;
    let radius = (scale.px(PROBE_RADIUS).0 * state.editor.viewport.zoom()).max(MIN_RADIUS);
    let (stubble, skin) = (canvas.position(Handle::Stubble), canvas.position(Handle::Skin));
    // Names stand on the sides that are turned away from each other.
    let hair_is_left = stubble.zip(skin).is_some_and(|(stubble, skin)| stubble.x < skin.x);
    let texts = state.texts();
    let stubble = stubble.or(state.editor.controller.pending_stubble);
    disc(canvas, stubble, Handle::Stubble, (radius, hair_is_left, texts.probe_stubble_short));
    disc(canvas, skin, Handle::Skin, (radius, !hair_is_left, texts.probe_skin_short));
}

fn disc(
    canvas: &mut Canvas,
    point: Option<PhotoPoint>,
    handle: Handle,
    (radius, is_left, name): (f64, bool, &'static str),
) {
    let Some(at) = point.map(|point| canvas.seen(point)) else { return };
    let beside = radius + 6.0;
    let label = Label {
        at: ScreenPoint::new(if is_left { at.x - beside } else { at.x + beside }, at.y + 5.0),
        anchor: Some(if is_left { "end" } else { "start" }),
        class: "height-label height-range",
        text: name.to_owned(),
        range: None,
    };
    let is_chosen = canvas.state.editor.controller.selected == Some(handle);
    let name = handle_name(canvas.state, handle);
    canvas.shapes.push(Shape::Probe { at, radius, is_chosen, name, label });
}
