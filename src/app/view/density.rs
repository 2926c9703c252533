//! The fourth step: fill and paint.

use super::choice::Choice;
use super::slider::Slider;
use super::{guides, heading, nudge, send, special};
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

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let has_line = app.editor.view().hairline.is_some();
    let say = match has_line {
        _ if special::is_taken(app) => special::say(app),
        true => texts.density_say.to_owned(),
        false => texts.density_no_line.to_owned(),
    };
    let options: Vec<AttrValue> =
        vec![texts.density_tool_area.into(), texts.density_tool_brush.into(), texts.density_tool_eraser.into()];
    let on_tool = ctx.link().callback(|index: usize| Msg::Tool(TOOLS.get(index).copied().unwrap_or(ToolKind::Area)));
    let chosen = TOOLS.iter().position(|tool| *tool == app.tools.density);
    let on_clear = send(ctx, || Msg::ClearFill);
    html! {
        <>
            { heading(texts.density_title, &say) }
            <Choice name="density-tool" label={texts.density_tool} {options} {chosen} on_choose={on_tool} />
            { special::choice(app, ctx) }
            if app.tools.density == ToolKind::Area {
                { area(app, ctx) }
            } else if special::is_taken(app) {
                { special::panel(app, ctx) }
            } else {
                { brush(app, ctx) }
            }
            if !app.editor.view().fill.is_empty() {
                <button type="button" class="link-button" onclick={on_clear}>{ texts.density_clear }</button>
            }
        </>
    }
}

fn area(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let Some((_, fill_op)) = app.editor.view().fill_to_here() else {
        let on_fill = send(ctx, || Msg::FillToHere(true));
        let disabled = app.editor.view().hairline.is_none();
        return html! {
            <div class="stack">
                <button type="button" class="button primary" {disabled} onclick={on_fill}>{ texts.density_fill }</button>
                <p class="note">{ texts.density_fill_note }</p>
            </div>
        };
    };
    let on_remove = send(ctx, || Msg::FillToHere(false));
    let choices: Vec<(Grip, String)> = (0..fill_op.boundary.len())
        .map(|index| (Grip::Boundary(index), guides::grip_name(app, Grip::Boundary(index))))
        .collect();
    let on_density = ctx.link().callback(Msg::FillDensity);
    html! {
        <>
            <p class="note">{ texts.density_fill_note }</p>
            { density_slider(ctx, texts, "fill-density", texts.density_fill_value, fill_op.density, on_density) }
            { nudge::pad(app, ctx, &choices) }
            <button type="button" class="link-button" onclick={on_remove}>{ texts.density_fill_remove }</button>
        </>
    }
}

/// A slider of dots per cm2.
pub(super) fn density_slider(
    ctx: &Context<App>,
    texts: &'static Texts,
    id: &'static str,
    label: &'static str,
    value: f64,
    on_input: Callback<f64>,
) -> Html {
    let (least, most) = Norms::range(Norm::Density);
    let words = fill(texts.density_unit, &[("value", &fixed(value, 0))]);
    let ends = Some((AttrValue::from(texts.density_sparse), AttrValue::from(texts.density_dense)));
    let on_settled = ctx.link().callback(|()| Msg::Settled);
    html! { <Slider {id} {label} {words} {ends} {least} {most} step={5.0} {value} {on_input} {on_settled} /> }
}

fn brush(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let brush = app.brush;
    let with = |change: fn(BrushSettings, f64) -> BrushSettings| {
        ctx.link().callback(move |value| Msg::Brush(change(brush, value)))
    };
    let on_size = with(|brush, value| BrushSettings { radius: Mm(value / 2.0), ..brush });
    let on_softness = with(|brush, value| BrushSettings { softness: value / 100.0, ..brush });
    let on_density = with(|brush, value| BrushSettings { density: value, ..brush });
    let on_behind =
        ctx.link().callback(move |_: Event| Msg::Brush(BrushSettings { behind_line: !brush.behind_line, ..brush }));
    let across = brush.radius.0 * 2.0;
    let size_words = fill(texts.brush_size_unit, &[("value", &fixed(across, 0))]);
    let softness = brush.softness * 100.0;
    html! {
        <>
            <p class="note">{ texts.brush_help }</p>
            if app.tools.density == ToolKind::Brush {
                { density_slider(ctx, texts, "brush-density", texts.brush_value, brush.density, on_density) }
            }
            <Slider id="brush-size" label={texts.brush_size} words={size_words} least={BRUSH_MM.0} most={BRUSH_MM.1} step={1.0}
                value={across} on_input={on_size} />
            <Slider id="brush-softness" label={texts.brush_softness} words={fixed(softness, 0) + " %"} least={0.0} most={100.0} step={5.0}
                value={softness} on_input={on_softness} />
            <label class="tick"><input type="checkbox" checked={brush.behind_line} onchange={on_behind} /><span>{ texts.brush_behind }</span></label>
        </>
    }
}
