//! The fourth step: fill and paint.

use super::choice::Choice;
use super::element::{Element, button, el, fold, group, link_button, note, tick};
use super::slider::Slider;
use super::{guides, heading, nudge, special};
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::calibration::Side;
use crate::engine::catalog::{Norm, Norms};
use crate::engine::design::FillToHere;
use crate::engine::editor::tools::{BrushSettings, ToolKind};
use crate::engine::editor::{FillEnd, Grip};
use crate::engine::geometry::Mm;
use crate::engine::i18n::{Texts, fill, fixed};
use yew::prelude::*;

/// Diameter of the brush, mm.
const BRUSH_MM: (f64, f64) = (2.0, 60.0);
const TOOLS: [ToolKind; 3] = [ToolKind::Area, ToolKind::Brush, ToolKind::Eraser];

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let say = match (app.editor.view().hairline.is_some(), app.editor.side()) {
        _ if special::is_taken(app) => special::say(app),
        (true, _) => texts.density_say.to_owned(),
        (false, Side::Front) => texts.density_no_line.to_owned(),
        (false, _) => texts.density_side_say.to_owned(),
    };
    let tool = Choice {
        name: "density-tool",
        label: texts.density_tool,
        options: &[texts.density_tool_area, texts.density_tool_brush, texts.density_tool_eraser],
        chosen: TOOLS.iter().position(|tool| *tool == app.tools.density),
    };
    let is_area = app.tools.density == ToolKind::Area;
    let view = app.editor.view();
    let begins = view.fill.is_empty() || is_area && view.fill_to_here().is_none();
    let settings = if is_area {
        area(app, ctx)
    } else if special::is_taken(app) {
        special::panel(app, ctx)
    } else {
        brush(app, ctx)
    };
    let clear = || link_button(texts.density_clear).on_click(ctx, || Msg::ClearFill);
    group()
        .add(heading(texts.density_title, say))
        .add(begins.then(|| first_ways(app, ctx)))
        .add(tool.shown(ctx, |index| Msg::Tool(TOOLS.get(index).copied().unwrap_or(ToolKind::Area))))
        .add(special::choice(app, ctx))
        .add(settings)
        .add((!app.editor.view().fill.is_empty()).then(clear))
}

/// What a fill begins with.
fn first_ways(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let has_line = app.editor.view().hairline.is_some();
    let ways_note = if has_line { texts.density_ways_note } else { texts.density_ways_side };
    let is_shown = has_line || app.editor.side() != Side::Front;
    el("div.stack").add(ways(app, ctx, "button primary")).add(is_shown.then(|| note(ways_note)))
}

fn area(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let has_line = app.editor.view().hairline.is_some();
    let Some((_, fill_op)) = app.editor.view().fill_to_here() else { return group() };
    let choices: Vec<(Grip, String)> = (0..fill_op.boundary.len())
        .map(|index| (Grip::Boundary(index), guides::grip_name(app, Grip::Boundary(index))))
        .collect();
    let density = density_slider(texts, ["fill-density", texts.density_fill_value], fill_op.density);
    let again = fold(el("summary").add(texts.density_fill_again)).add(ways(app, ctx, "button"));
    group()
        .add(note(if fill_op.closed { texts.density_outline_note } else { texts.density_fill_note }))
        .add(density.shown(ctx, Msg::FillDensity))
        .add(has_line.then(|| rear_slider(texts, fill_op).shown(ctx, |percent| Msg::FillRear(1.0 - percent / 100.0))))
        .add(nudge::pad(app, ctx, &choices))
        .add(again)
        .add(link_button(texts.density_fill_remove).on_click(ctx, || Msg::FillToHere(false)))
}

/// The ways to fill. From the front all of them begin at the line; on the other sides an outline needs none.
fn ways(app: &App, ctx: &Context<App>, first: &'static str) -> Element {
    let texts = app.texts();
    let has_line = app.editor.view().hairline.is_some();
    let is_front = app.editor.side() == Side::Front;
    let band =
        || button("button", texts.density_fill).flag("disabled", !has_line).on_click(ctx, || Msg::FillToHere(true));
    let up_to = |class, name, end| {
        button(class, name).flag("disabled", is_front && !has_line).on_click(ctx, move || Msg::FillScalp(end))
    };
    el("div.row.fills")
        .add(up_to(first, texts.density_fill_hair, FillEnd::Hair))
        .add(up_to("button", texts.density_fill_head, FillEnd::Background))
        .add((is_front || has_line).then(band))
}

/// A slider of how much less dense the rear is than the front.
fn rear_slider(texts: &Texts, fill_op: &FillToHere) -> Slider {
    let percent = ((1.0 - fill_op.rear) * 100.0).round();
    Slider {
        id: "fill-rear",
        label: texts.density_rear,
        words: if percent > 0.0 {
            fill(texts.density_rear_value, &[("percent", &fixed(percent, 0))])
        } else {
            texts.density_rear_even.to_owned()
        },
        ends: Some([texts.density_rear_even, texts.density_rear_thinner]),
        range: (0.0, 100.0),
        step: 5.0,
        value: percent,
        settles: true,
    }
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
