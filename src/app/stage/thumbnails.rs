//! Small pictures of the design: at each stage of the treatment, and of each variant.

use super::painter::{InkMaker, Painter, Scene};
use super::scene::{layer, scene};
use crate::app::effects::Services;
use crate::app::state::preview::Finish;
use crate::app::state::{Dirty, State};
use crate::app::store::Store;
use crate::engine::catalog::STAGES;
use crate::engine::design::{Appearance, Months};
use crate::engine::editor::Viewport;
use crate::engine::geometry::{Mm, ScreenPoint, ScreenSize};
use crate::engine::measure::close_up;
use crate::platform::canvas::StageCanvas;
use web_sys::HtmlCanvasElement;

/// Width and height of a stage's picture, CSS pixels: seven stand side by side on a phone.
pub(in crate::app) const TILE: (u32, u32) = (44, 96);
/// Width and height of the picture of a variant, CSS pixels: two stand side by side on a phone.
pub(in crate::app) const CARD: (u32, u32) = (150, 170);
/// So much skin is seen across a stage's picture, at least and at most: some dots side by side, and still the dots and not the
/// head. In between the photo is shown at 100 %.
const ACROSS: (Mm, Mm) = (Mm(7.0), Mm(20.0));
/// Half the width of the part that a variant's picture shows, over half the width of the head.
const AROUND_THE_HEAD: f64 = 1.15;

/// Draws the design as it looks at a stage of the treatment. A picture that cannot be drawn stays empty; the stage has its name.
pub(in crate::app) fn draw_stage_tile(store: &Store, services: &Services, stage: usize, canvas: HtmlCanvasElement) {
    let Some(picture) = services.pictures.shown() else { return };
    let clipped = services.pictures.clipped();
    store.read(|state| {
        if let Some(scene) = scene(state, &picture, clipped.as_ref()) {
            let _ = paint_tile(state, scene, stage, canvas);
        }
    });
}

fn paint_tile(state: &State, scene: Scene, stage: usize, canvas: HtmlCanvasElement) -> Option<()> {
    let (view, parameters) = (state.view(), state.parameters());
    let tile = ScreenSize::new(TILE.0.into(), TILE.1.into());
    let across = |length: Mm| tile.width / view.scale(parameters).px_per_mm.px(length).0;
    let zoom = (1.0 / scene.ratio).max(across(ACROSS.1)).min(across(ACROSS.0));
    let part = close_up(view, state.preview.field.as_ref()?, tile.width / zoom, tile.height / zoom)?;
    let viewport = Viewport::fitted(tile, scene.size).zoomed_to(zoom, ScreenPoint::default());
    let (zoom, offset) = (viewport.zoom(), viewport.offset());
    let viewport = viewport.panned(-part.x0 * zoom - offset.x, -part.y0 * zoom - offset.y);
    let look = Appearance { months: Months(STAGES.get(stage)?.months), ..state.editor.document.design().look.clone() };
    let dots = scene.dots.map(|dots| {
        layer(state, scene.clipped, dots.field, InkMaker { look: &look, finish: Finish::Whole, ..dots.maker })
    });
    let mut painter = Painter::new(StageCanvas::new(canvas).ok()?);
    painter.paint(&Scene { dots, before: None, viewport, split: 0.0, ..scene }, Dirty::All).ok()
}

/// Draws a variant of the design. A picture that cannot be drawn stays empty; the variant has its name.
pub(in crate::app) fn draw_variant_card(store: &Store, services: &Services, place: usize, canvas: HtmlCanvasElement) {
    let Some(picture) = services.pictures.shown() else { return };
    let clipped = services.pictures.clipped();
    store.read(|state| {
        if let Some(scene) = scene(state, &picture, clipped.as_ref()) {
            let _ = paint_card(state, scene, place, canvas);
        }
    });
}

fn paint_card(state: &State, scene: Scene, place: usize, canvas: HtmlCanvasElement) -> Option<()> {
    let (document, parameters) = (&state.editor.document, state.parameters());
    let design = document.design().with_variant(place).chosen_alone();
    let view = design.views.of(document.side());
    let mut field = state.preview.field.as_ref()?.afresh();
    field.sync_side(&design, document.side(), parameters);
    let tile = ScreenSize::new(CARD.0.into(), CARD.1.into());
    // The upper half of the head fills the card.
    let head = view.head_in_force(parameters);
    let zoom = tile.width / (2.0 * head.half_width * AROUND_THE_HEAD);
    let viewport = Viewport::fitted(tile, scene.size).zoomed_to(zoom, ScreenPoint::default()).around(head.centre);
    let px_per_mm = view.scale(parameters).px_per_mm.get();
    let maker = InkMaker { look: &design.look, parameters, px_per_mm, blur: state.blur(view), finish: Finish::Whole };
    let mut painter = Painter::new(StageCanvas::new(canvas).ok()?);
    let dots = Some(layer(state, scene.clipped, &field, maker));
    painter.paint(&Scene { dots, before: None, viewport, split: 0.0, ..scene }, Dirty::All).ok()
}
