//! The third step: the line.

use super::choice::Choice;
use super::element::{Element, button, el, group, link_button, tick};
use super::{guides, heading, nudge};
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Grip, LineStyle};
use crate::engine::i18n::{fill, fixed, range};
use crate::engine::measure::line_height;
use yew::prelude::*;

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let drawing = app.tools.line == ToolKind::Freehand;
    let say = match (&app.editor.view().hairline, drawing) {
        (_, true) => texts.line_say_draw,
        (None, false) => texts.line_say_none,
        (Some(_), false) => texts.line_say,
    };
    let tool = Choice {
        name: "line-tool",
        label: texts.line_tool,
        options: &[texts.line_tool_points, texts.line_tool_draw],
        chosen: Some(usize::from(drawing)),
    };
    group()
        .add(heading(texts.line_title, say))
        .add(height(app))
        .add(proposals(app, ctx))
        .add(tool.shown(ctx, |index| Msg::Tool(if index == 0 { ToolKind::Line } else { ToolKind::Freehand })))
        .add(editing(app, ctx))
}

fn proposals(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let proposal = |name: &'static str, style: LineStyle| {
        button("button", name)
            .class_if(app.editor.view().hairline.is_none(), "primary")
            .flag("disabled", app.photo.is_none())
            .on_click(ctx, move || Msg::Propose(style))
    };
    let row = el("div.row")
        .add(proposal(texts.line_propose_man, LineStyle::Man))
        .add(proposal(texts.line_propose_woman, LineStyle::Woman));
    el("fieldset.choice").add(el("legend").add(texts.line_propose)).add(row)
}

/// The height of the line, as large as it matters.
fn height(app: &App) -> Option<Element> {
    let texts = app.texts();
    app.editor.view().hairline.as_ref()?;
    let Some(height) = line_height(app.editor.view(), app.editor.norms()) else {
        return Some(el("p.readout.rough").add(texts.line_height_none));
    };
    let along = height.along_skin_mm;
    let whole = |value: f64| fixed(value, 0);
    let value = fill(texts.line_height_value, &[("along", &whole(along.value))]);
    let more = el("p.note")
        .add(range(texts.line_height_range, along.least, along.most))
        .add(". ")
        .add(fill(texts.line_height_flat, &[("flat", &whole(height.in_picture_mm.value))]))
        .add(".");
    let shown = el("div.readout")
        .id("line-height")
        .attr("data-flat", fixed(height.in_picture_mm.value, 2))
        .add(el("p.readout-label").add(texts.line_height))
        .add(el("p.readout-value").add(value))
        .add(more);
    Some(shown)
}

fn editing(app: &App, ctx: &Context<App>) -> Option<Element> {
    let texts = app.texts();
    let line = app.editor.view().hairline.as_ref()?;
    let turned = !app.mirrored;
    let mirror = el("input").checked(app.mirrored).on_change(ctx, move || Msg::Mirror(turned));
    let choices: Vec<(Grip, String)> = (0..line.handles.len())
        .map(|index| (Grip::Handle(index), guides::grip_name(app, Grip::Handle(index))))
        .collect();
    let removable = matches!(app.hand.selected, Some(Grip::Handle(_))) && line.handles.len() > 2;
    let remove = button("button", texts.line_point_remove).flag("disabled", !removable);
    let points = el("div.row")
        .add(button("button", texts.line_point_add).on_click(ctx, || Msg::AddHandle))
        .add(remove.on_click(ctx, || Msg::RemoveGrip));
    let shown = group()
        .add(tick(mirror, texts.line_mirror))
        .add(nudge::pad(app, ctx, &choices))
        .add(points)
        .add(link_button(texts.line_remove).on_click(ctx, || Msg::RemoveLine));
    Some(shown)
}
