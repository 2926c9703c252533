//! The third step: the line.

use super::choice::Choice;
use super::element::{Element, button, el, fold, group, link_button, note, tick};
use super::slider::Slider;
use super::{guides, heading, nudge, shapes, special};
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::calibration::{GUIDES, Landmark, Side};
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Grip, Half, RecipePart};
use crate::engine::geometry::Mm;
use crate::engine::i18n::{fill, fixed, guide_name, range};
use crate::engine::measure::line_height;
use yew::prelude::*;

/// The tools, those that need a face last.
const TOOLS: [ToolKind; 4] = [ToolKind::Line, ToolKind::Freehand, ToolKind::Temple, ToolKind::Landmarks];
/// How uneven a line can be made, mm: more is a mistake of the hand (our estimate; no face is quite alike on both sides).
const UNEVEN: (f64, f64) = (0.0, 4.0);
const UNEVEN_STEP: f64 = 0.5;

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let say = match (app.tools.line, &app.editor.view().hairline) {
        (ToolKind::Freehand, _) => texts.line_say_draw.to_owned(),
        (ToolKind::Temple, _) => special::say(app),
        (ToolKind::Landmarks, _) => texts.landmarks_say.to_owned(),
        (_, None) if app.editor.side() != Side::Front => texts.line_say_side.to_owned(),
        (_, None) => texts.line_say_none.to_owned(),
        (_, Some(_)) => texts.line_say.to_owned(),
    };
    let names = [texts.line_tool_points, texts.line_tool_draw, texts.line_tool_temple, texts.line_tool_landmarks];
    let count = if app.editor.view().eyes().is_some() { TOOLS.len() } else { TOOLS.len() - 1 };
    let tool = Choice {
        name: "line-tool",
        label: texts.line_tool,
        options: names.get(..count).unwrap_or_default(),
        chosen: TOOLS.iter().position(|tool| *tool == app.tools.line),
    };
    let of_tool = match app.tools.line {
        ToolKind::Temple => Some(temples(app, ctx)),
        ToolKind::Landmarks => Some(landmarks(app, ctx)),
        _ => editing(app, ctx),
    };
    group()
        .add(heading(texts.line_title, say))
        .add(height(app))
        .add(shapes::panel(app, ctx))
        .add(tool.shown(ctx, |index| Msg::Tool(TOOLS.get(index).copied().unwrap_or(ToolKind::Line))))
        .add(of_tool)
        .add(guide_lines(app, ctx))
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
    let more = note(range(texts.line_height_range, along.least, along.most));
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
    let chosen = match app.hand.selected {
        Some(Grip::Handle(place)) => Some(place),
        _ => None,
    };
    let removable = chosen.is_some() && line.handles.len() > 2;
    let remove = button("button", texts.line_point_remove).flag("disabled", !removable);
    let is_inner = chosen.is_some_and(|place| place > 0 && place + 1 < line.handles.len());
    let is_corner = chosen.is_some_and(|place| line.is_corner(place));
    let corner = button("button", if is_corner { texts.line_point_smooth } else { texts.line_point_corner })
        .flag("disabled", !is_inner)
        .on_click(ctx, || Msg::TurnCorner);
    let points = el("div.row.points")
        .add(button("button", texts.line_point_add).on_click(ctx, || Msg::AddHandle))
        .add(remove.on_click(ctx, || Msg::RemoveGrip))
        .add(corner);
    let shown = group()
        .add(app.shows_both_halves().then(|| tick(mirror, texts.line_mirror)))
        .add(nudge::pad(app, ctx, &choices))
        .add(points)
        .add(link_button(texts.line_remove).on_click(ctx, || Msg::RemoveLine))
        .add(halves(app, ctx));
    Some(shown)
}

/// How the two halves of the line compare; none in profile, where only one is seen.
fn halves(app: &App, ctx: &Context<App>) -> Option<Element> {
    let texts = app.texts();
    app.shows_both_halves().then_some(())?;
    let copy = |name: &'static str, half: Half| button("button", name).on_click(ctx, move || Msg::MakeAlike(half));
    let row = el("div.row").add(copy(texts.line_alike_left, Half::Left)).add(copy(texts.line_alike_right, Half::Right));
    let Mm(value) = app.recipe().map_or(Mm(0.0), |recipe| recipe.unevenness);
    let slider = Slider {
        id: "line-uneven",
        label: texts.line_uneven,
        words: fill(texts.shape_mm, &[("value", &fixed(value, 1))]),
        ends: None,
        range: UNEVEN,
        step: UNEVEN_STEP,
        value,
        settles: true,
    };
    let uneven = slider.shown(ctx, |mm| Msg::Recipe(RecipePart::Unevenness, mm));
    let alike = el("fieldset.choice").add(el("legend").add(texts.line_alike)).add(row);
    Some(
        fold(el("summary").add(texts.line_halves))
            .add(el("div.stack").add(alike).add(uneven).add(note(texts.line_uneven_note))),
    )
}

/// Temples and sideburns.
fn temples(app: &App, ctx: &Context<App>) -> Element {
    let add = || button("button", app.texts().temple_add).on_click(ctx, || Msg::TemplePeaks);
    let is_front = app.editor.side() == Side::Front && app.photo.is_some();
    group().add(is_front.then(add)).add(special::panel(app, ctx))
}

/// The points of the face, none of which has to be touched.
fn landmarks(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let of_face = Landmark::ALL.into_iter().map(Grip::Landmark);
    let choices: Vec<(Grip, String)> = of_face
        .chain([Grip::Glabella, Grip::MarkA, Grip::MarkB])
        .map(|grip| (grip, guides::grip_name(app, grip)))
        .collect();
    let is_set = app.hand.selected.is_some_and(|grip| grip.removed(app.editor.view()).is_some());
    let back = button("button", texts.landmarks_back).flag("disabled", !is_set).on_click(ctx, || Msg::RemoveGrip);
    group().add(nudge::pad(app, ctx, &choices)).add(back).add(note(texts.landmarks_note))
}

/// Which guides are shown, and whether handles snap to them.
fn guide_lines(app: &App, ctx: &Context<App>) -> Option<Element> {
    let texts = app.texts();
    app.editor.view().eyes().filter(|_| app.editor.side() == Side::Front)?;
    let of_guide = |(place, guide)| {
        let is_shown = app.aids.shown.get(place).copied().unwrap_or_default();
        let input = el("input").checked(is_shown).on_change(ctx, move || Msg::Guide(place));
        tick(input, guide_name(texts, guide))
    };
    let snaps = !app.aids.passes;
    let snap = el("input").checked(snaps).on_change(ctx, move || Msg::Snap(!snaps));
    let list = el("div").each(GUIDES.into_iter().enumerate().map(of_guide)).add(tick(snap, texts.guides_snap));
    Some(
        fold(el("summary").add(texts.guides))
            .add(list)
            .add(note(texts.guides_note))
            .add(note(texts.guides_pass).class("only-mouse")),
    )
}
