//! The fourth step: fill and paint.

use super::choice::Choice;
use super::element::{Element, button, el, group, link_button, note, tick};
use super::slider::Slider;
use super::{guides, heading, nudge, special};
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::catalog::{Norm, Norms};
use crate::engine::editor::Grip;
use crate::engine::editor::tools::{BrushSettings, ToolKind};
use crate::engine::geometry::Mm;
use crate::engine::i18n::{Texts, fill, fixed};
use yew::prelude::*;

/// Diameter of the brush, mm.
const BRUSH_MM: (f64, f64) = (2.0, 60.0);
const TOOLS: [ToolKind; 3] = [ToolKind::Area, ToolKind::Brush, ToolKind::Eraser];

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let has_line = app.editor.view().hairline.is_some();
    let say = match has_line {
        _ if special::is_taken(app) => special::say(app),
        true => texts.density_say.to_owned(),
        false => texts.density_no_line.to_owned(),
    };
    let tool = Choice {
        name: "density-tool",
        label: texts.density_tool,
        options: &[texts.density_tool_area, texts.density_tool_brush, texts.density_tool_eraser],
        chosen: TOOLS.iter().position(|tool| *tool == app.tools.density),
    };
    let settings = if app.tools.density == ToolKind::Area {
        area(app, ctx)
    } else if special::is_taken(app) {
        special::panel(app, ctx)
    } else {
        brush(app, ctx)
    };
    let clear = || link_button(texts.density_clear).on_click(ctx, || Msg::ClearFill);
    group()
        .add(heading(texts.density_title, say))
        .add(tool.shown(ctx, |index| Msg::Tool(TOOLS.get(index).copied().unwrap_or(ToolKind::Area))))
        .add(special::choice(app, ctx))
        .add(settings)
        .add((!app.editor.view().fill.is_empty()).then(clear))
}

fn area(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let Some((_, fill_op)) = app.editor.view().fill_to_here() else {
        let fill = button("button primary", texts.density_fill)
            .flag("disabled", app.editor.view().hairline.is_none())
            .on_click(ctx, || Msg::FillToHere(true));
        return el("div.stack").add(fill).add(note(texts.density_fill_note));
    };
    let choices: Vec<(Grip, String)> = (0..fill_op.boundary.len())
        .map(|index| (Grip::Boundary(index), guides::grip_name(app, Grip::Boundary(index))))
        .collect();
    let density = density_slider(texts, ["fill-density", texts.density_fill_value], fill_op.density);
    group()
        .add(note(texts.density_fill_note))
        .add(density.shown(ctx, Msg::FillDensity))
        .add(nudge::pad(app, ctx, &choices))
        .add(link_button(texts.density_fill_remove).on_click(ctx, || Msg::FillToHere(false)))
}

/// A slider of dots per cm2.
pub(super) fn density_slider(texts: &Texts, [id, label]: [&'static str; 2], value: f64) -> Slider {
    Slider {
        id,
        label,
        words: fill(texts.density_unit, &[("value", &fixed(value, 0))]),
        ends: Some([texts.density_sparse, texts.density_dense]),
        range: Norms::range(Norm::Density),
        step: 5.0,
        value,
        settles: true,
    }
}

fn brush(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let brush = app.brush;
    let density = || {
        let slider = density_slider(texts, ["brush-density", texts.brush_value], brush.density);
        slider.shown(ctx, move |density| Msg::Brush(BrushSettings { density, ..brush }))
    };
    let across = brush.radius.0 * 2.0;
    let size = Slider {
        id: "brush-size",
        label: texts.brush_size,
        words: fill(texts.brush_size_unit, &[("value", &fixed(across, 0))]),
        ends: None,
        range: BRUSH_MM,
        step: 1.0,
        value: across,
        settles: false,
    };
    let percent = brush.softness * 100.0;
    let softness = Slider {
        id: "brush-softness",
        label: texts.brush_softness,
        words: fixed(percent, 0) + " %",
        ends: None,
        range: (0.0, 100.0),
        step: 5.0,
        value: percent,
        settles: false,
    };
    let behind = el("input")
        .checked(brush.behind_line)
        .on_change(ctx, move || Msg::Brush(BrushSettings { behind_line: !brush.behind_line, ..brush }));
    group()
        .add(note(texts.brush_help))
        .add((app.tools.density == ToolKind::Brush).then(density))
        .add(size.shown(ctx, move |across| Msg::Brush(BrushSettings { radius: Mm(across / 2.0), ..brush })))
        .add(softness.shown(ctx, move |percent| Msg::Brush(BrushSettings { softness: percent / 100.0, ..brush })))
        .add(tick(behind, texts.brush_behind))
}
