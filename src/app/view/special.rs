//! Scars, patches, part lines and temples: their tools in the panel, their outlines on the picture.

use super::choice::Choice;
use super::density::density_slider;
use super::element::{Element, group, link_button, note};
use super::guides::{apart, curve_path, grip, screen_path, two_tone};
use super::nudge;
use super::slider::Slider;
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::catalog::{Norm, Norms};
use crate::engine::design::{Band, BandKind, FillOp, Hair, Patch, View};
use crate::engine::editor::Grip;
use crate::engine::editor::tools::ToolKind;
use crate::engine::geometry::{Mm, PhotoPx};
use crate::engine::i18n::{Texts, approx, fill};
use yew::prelude::*;

/// The tools of the step Density; temples belong to the step Hairline.
const TOOLS: [ToolKind; 3] = [ToolKind::Lasso, ToolKind::Scar, ToolKind::PartLine];

fn name(texts: &Texts, tool: ToolKind) -> &'static str {
    match tool {
        ToolKind::Lasso => texts.special_patch,
        ToolKind::Scar => texts.special_scar,
        ToolKind::Temple => texts.special_temple,
        _ => texts.special_part,
    }
}

/// What the tool made, by its places among the deeds of filling.
fn made(view: &View, tool: ToolKind) -> Vec<usize> {
    let is_made = |(place, op): (usize, &std::rc::Rc<FillOp>)| (tool.row().makes)(op).then_some(place);
    view.fill.iter().enumerate().filter_map(is_made).collect()
}

/// The name of a thing among its like: what it is, and its number from 1.
fn named(app: &App, place: usize) -> Option<(&'static str, String)> {
    let view = app.editor.view();
    let tool = ToolKind::that_makes(view.fill.get(place)?)?;
    let number = made(view, tool).iter().position(|each| *each == place)? + 1;
    Some((name(app.texts(), tool), number.to_string()))
}

/// The name of one of its points.
pub(super) fn grip_name(app: &App, place: usize, index: usize) -> String {
    let count = app.editor.view().fill.get(place).map_or(0, |op| op.points().len());
    let (what, number) = named(app, place).unwrap_or_default();
    let values =
        [("what", what), ("number", &*number), ("index", &*(index + 1).to_string()), ("count", &*count.to_string())];
    fill(app.texts().special_point, &values)
}

/// The points of a thing as grips.
fn grips_of(place: usize, op: &FillOp) -> Vec<Grip> {
    let is_patch = matches!(op, FillOp::Patch(_));
    (0..op.points().len())
        .map(|index| if is_patch { Grip::Patch(place, index) } else { Grip::Band(place, index) })
        .collect()
}

/// The one in the hand: that of the chosen point, else the newest.
fn in_hand(app: &App) -> Option<(usize, &FillOp)> {
    let view = app.editor.view();
    let made = made(view, tool(app));
    let chosen = match app.hand.selected {
        Some(Grip::Band(place, _) | Grip::Patch(place, _)) => Some(place).filter(|place| made.contains(place)),
        _ => None,
    };
    let place = chosen.or(made.last().copied())?;
    Some((place, view.fill.get(place)?.as_ref()))
}

/// The tool in the hand.
fn tool(app: &App) -> ToolKind {
    app.tools.at(app.step)
}

/// Whether one of their tools is in the hand.
pub(super) fn is_taken(app: &App) -> bool {
    tool(app) == ToolKind::Temple || TOOLS.contains(&tool(app))
}

/// The choice among their tools.
pub(super) fn choice(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let tool = Choice {
        name: "special-tool",
        label: texts.special,
        options: &TOOLS.map(|tool| name(texts, tool)),
        chosen: TOOLS.iter().position(|tool| *tool == app.tools.density),
    };
    tool.shown(ctx, |index| Msg::Tool(TOOLS.get(index).copied().unwrap_or(ToolKind::Lasso)))
}

/// What to draw with the tool in the hand.
pub(super) fn say(app: &App) -> String {
    let texts = app.texts();
    let count = approx(app.editor.norms().get(Norm::SessionsMore));
    let say = match tool(app) {
        ToolKind::Lasso => texts.special_patch_say,
        ToolKind::Scar => texts.special_scar_say,
        ToolKind::Temple => texts.special_temple_say,
        _ => texts.special_part_say,
    };
    fill(say, &[("count", &count)])
}

/// What can be set of what the tool in the hand made.
pub(super) fn panel(app: &App, ctx: &Context<App>) -> Element {
    let Some((place, op)) = in_hand(app) else { return group() };
    let hair_kept = tool(app) == ToolKind::PartLine && app.editor.design().look.hair == Hair::Kept;
    group().add(hair_kept.then(|| note(app.texts().special_part_hair))).add(settings(app, ctx, place, op))
}

fn settings(app: &App, ctx: &Context<App>, place: usize, op: &FillOp) -> Element {
    let texts = app.texts();
    let view = app.editor.view();
    let choices: Vec<(Grip, String)> = made(view, tool(app))
        .into_iter()
        .filter_map(|place| Some((place, view.fill.get(place)?)))
        .flat_map(|(place, op)| grips_of(place, op))
        .map(|grip| (grip, super::guides::grip_name(app, grip)))
        .collect();
    let (what, number) = named(app, place).unwrap_or_default();
    let remove = fill(texts.special_remove, &[("what", &what.to_lowercase()), ("number", &number)]);
    group()
        .add(width(app, ctx, place, op))
        .add(density(ctx, texts, place, op))
        .add(nudge::pad(app, ctx, &choices))
        .add(note(texts.special_again))
        .add(link_button(remove).on_click(ctx, move || Msg::RemoveFill(place)))
}

fn width(app: &App, ctx: &Context<App>, place: usize, op: &FillOp) -> Option<Element> {
    let FillOp::Band(band) = op else { return None };
    let texts = app.texts();
    let scale = app.editor.view().scale(app.editor.norms()).px_per_mm;
    let value = scale.mm(PhotoPx(band.width)).0;
    let slider = Slider {
        id: "special-width",
        label: if band.kind == BandKind::Temple { texts.special_depth } else { texts.special_width },
        words: fill(texts.special_width_value, &[("value", &approx(value))]),
        ends: None,
        range: Norms::range(ToolKind::that_makes(op).and_then(|tool| tool.row().width).unwrap_or(Norm::ScarWidth)),
        step: 0.5,
        value,
        settles: true,
    };
    let band = band.clone();
    let widened = move |mm| FillOp::Band(Band { width: scale.px(Mm(mm)).0, ..band.clone() });
    Some(slider.shown(ctx, move |mm| Msg::ChangeFill(place, widened(mm))))
}

fn density(ctx: &Context<App>, texts: &'static Texts, place: usize, op: &FillOp) -> Option<Element> {
    let value = match op {
        FillOp::Band(band) => band.density,
        FillOp::Patch(patch) => patch.density,
        FillOp::ToHere(_) | FillOp::Stroke(_) => return None,
    };
    let op = op.clone();
    let changed = move |density| match op.clone() {
        FillOp::Band(band) => FillOp::Band(Band { density, ..band }),
        FillOp::Patch(patch) => FillOp::Patch(Patch { density, ..patch }),
        other => other,
    };
    let slider = density_slider(texts, ["special-density", texts.special_density], value);
    Some(slider.shown(ctx, move |density| Msg::ChangeFill(place, changed(density))))
}

/// The outlines of what the tool in the hand made, with the points by which it is held, and of what it is making.
pub(super) fn outlines(app: &App) -> Option<Element> {
    if !is_taken(app) {
        return None;
    }
    let view = app.editor.view();
    let in_hand = in_hand(app).map(|(place, _)| place);
    let outline = |place: usize| {
        let op = view.fill.get(place)?;
        let form = if matches!(op.as_ref(), FillOp::Patch(_)) { "handle corner" } else { "handle" };
        let grips = if in_hand == Some(place) { apart(app, grips_of(place, op)) } else { Vec::new() };
        Some(group().add(shape(app, op)).each(grips.into_iter().filter_map(|which| grip(app, which, form))))
    };
    let drawn = app.hand.drawn();
    let drawing = (!drawn.is_empty()).then(|| two_tone(screen_path(app, drawn), "hairline"));
    Some(group().each(made(view, tool(app)).into_iter().filter_map(outline)).add(drawing))
}

fn shape(app: &App, op: &FillOp) -> Option<Element> {
    match op {
        FillOp::Patch(patch) => Some(two_tone(screen_path(app, &patch.outline) + "Z", "boundary")),
        FillOp::Band(band) => {
            let (sides, middle): (&[f64], _) = match band.kind {
                BandKind::Temple => (&[-2.0], "hairline thin"),
                BandKind::Scar | BandKind::PartLine => (&[1.0, -1.0], "ruler"),
            };
            let edge = |side: &f64| two_tone(screen_path(app, &band.edge(*side)), "boundary thin");
            Some(group().each(sides.iter().map(edge)).add(two_tone(curve_path(app, &band.handles), middle)))
        }
        FillOp::ToHere(_) | FillOp::Stroke(_) => None,
    }
}

/// The edges of the temples, where their tool is not in the hand.
pub(super) fn temples(app: &App) -> Option<Element> {
    let view = app.editor.view();
    let edge = |place: usize| match view.fill.get(place)?.as_ref() {
        FillOp::Band(band) => Some(two_tone(curve_path(app, &band.handles), "hairline thin")),
        _ => None,
    };
    Some(group().each(made(view, ToolKind::Temple).into_iter().filter_map(edge)))
}
