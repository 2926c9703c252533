//! How the skull stands in the picture: what the photo shows, from where it was taken, and the outline fitted by hand.

use super::choice::Choice;
use super::element::{Element, el, fold, group, link_button, note};
use super::guides::{self, grip, screen_path, two_tone};
use super::nudge;
use super::slider::Slider;
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::calibration::{Head, Side, scalp_lines};
use crate::engine::design::DESIGN_LIMITS;
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Grip, HeadGrip};
use crate::engine::geometry::Mm;
use crate::engine::i18n::{fill, plain};
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

/// Distances of the camera that can be told, as they are said to a visitor.
const CAMERAS: [Mm; 3] = [Mm(400.0), Mm(1_000.0), Mm(2_000.0)];
/// Pieces of the outline as it is drawn.
const OUTLINE_PIECES: usize = 72;
/// Whether the outline is in the hand.
pub(super) fn is_fitting(app: &App) -> bool {
    app.tools.size == ToolKind::Head
}

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Option<Element> {
    app.photo.as_ref()?;
    let texts = app.texts();
    let (side, camera) = app.taken();
    let sides = Choice {
        name: "side",
        label: texts.size_side,
        options: &[texts.side_front, texts.side_top, texts.side_left, texts.side_right, texts.side_back],
        chosen: Side::ALL.iter().position(|each| *each == side),
    };
    let off = |place: usize| CAMERAS.get(place).map_or(f64::MAX, |each| (each.0 / camera.0).max(camera.0 / each.0));
    let cameras = Choice {
        name: "camera",
        label: texts.size_camera,
        options: &[texts.size_camera_near, texts.size_camera_steps, texts.size_camera_far],
        chosen: (0..CAMERAS.len()).min_by(|a, b| off(*a).total_cmp(&off(*b))),
    };
    let cameras = cameras.shown(ctx, move |index| Msg::Taken(side, CAMERAS.get(index).copied().unwrap_or(camera)));
    let shown = group()
        .add(sides.shown(ctx, move |index| Msg::Taken(Side::ALL.get(index).copied().unwrap_or_default(), camera)))
        .add(el("div.stack").add(cameras.class("stacked")).add(note(texts.size_camera_note)))
        .add(fit(app, ctx));
    Some(shown)
}

/// The fold with the outline's tool: while it is open, the outline is in the hand.
fn fit(app: &App, ctx: &Context<App>) -> Element {
    let open = is_fitting(app);
    let summary = el("summary").add(app.texts().head_fit).on(ctx, ListenerKind::onclick, move |event| {
        // Whether the fold is open follows from the tool, not the other way round.
        event.prevent_default();
        Some(Msg::Tool(if open { ToolKind::Marks } else { ToolKind::Head }))
    });
    let controls = || controls(app, ctx, app.editor.view().head_in_force(app.editor.norms()));
    fold(summary).flag("open", open).add(open.then(controls))
}

fn controls(app: &App, ctx: &Context<App>, head: Head) -> Element {
    let texts = app.texts();
    let choices = HeadGrip::ALL.map(|which| (Grip::Head(which), guides::grip_name(app, Grip::Head(which))));
    let turn = lean(
        ["head-turn", texts.head_turn],
        [texts.head_turn_left, texts.head_turn_none, texts.head_turn_right],
        head.turn,
    );
    let nod =
        lean(["head-nod", texts.head_nod], [texts.head_nod_away, texts.head_nod_none, texts.head_nod_near], head.nod);
    let guess = || link_button(texts.head_guess).on_click(ctx, || Msg::GuessHead);
    el("div.stack")
        .add(note(texts.head_say))
        .add(nudge::pad(app, ctx, &choices))
        .add(turn.shown(ctx, move |turn| Msg::Head(Head { turn, ..head })))
        .add(nod.shown(ctx, move |nod| Msg::Head(Head { nod, ..head })))
        .add(head.by_hand.then(guess))
}

/// An angle by which the head leans to one side or the other, with the words for below, at and above nothing.
fn lean([id, label]: [&'static str; 2], [below, none, above]: [&'static str; 3], degrees: f64) -> Slider {
    let rounded = degrees.round();
    let text = if rounded < 0.0 {
        below
    } else if rounded > 0.0 {
        above
    } else {
        none
    };
    let most = DESIGN_LIMITS.head_degrees;
    Slider {
        id,
        label,
        words: fill(text, &[("degrees", &plain(rounded.abs()))]),
        ends: None,
        range: (-most, most),
        step: 1.0,
        value: degrees,
        settles: true,
    }
}

/// The outline with its grips, and lines that show how the scalp curves under it.
pub(super) fn outline(app: &App) -> Element {
    let (view, norms) = (app.editor.view(), app.editor.norms());
    let head = view.head_in_force(norms);
    let ring = head.outline(OUTLINE_PIECES);
    let lines = scalp_lines(&head, &view.surface(norms));
    let form = |which| if which == HeadGrip::Centre { "cross" } else { "handle" };
    group()
        .each(lines.iter().map(|line| two_tone(screen_path(app, line), "scalp")))
        .add(two_tone(screen_path(app, &ring) + "Z", "skull"))
        .each(HeadGrip::ALL.into_iter().filter_map(|which| grip(app, Grip::Head(which), form(which))))
}
