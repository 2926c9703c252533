//! Moves the chosen point by taps, for who cannot or will not drag.

use super::element::{Element, button, el};
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::editor::Grip;
use yew::prelude::*;

/// CSS pixels of one tap.
const STEP: f64 = 2.0;

/// The pad, or how to get it. `choices` are the points that can be chosen without a pointer on the picture.
pub(super) fn pad(app: &App, ctx: &Context<App>, choices: &[(Grip, String)]) -> Element {
    let texts = app.texts();
    let step = STEP / app.viewport.zoom();
    let arrow = |label: &'static str, sign: &'static str, class: &'static str, dx: f64, dy: f64| {
        button("key-button", sign)
            .class(class)
            .label(label)
            .flag("disabled", app.hand.selected.is_none())
            .on_click(ctx, move || Msg::Nudge(dx * step, dy * step))
    };
    let chosen = app.hand.selected.and_then(|grip| choices.iter().position(|(choice, _)| *choice == grip));
    let step_to = |by: usize| {
        let count = choices.len().max(1);
        let next = chosen.map_or(if by == 1 { 0 } else { count - 1 }, |index| (index + by) % count);
        choices.get(next).map(|(grip, _)| *grip)
    };
    let chooser = |label: &'static str, sign: &'static str, grip: Option<Grip>| {
        grip.map(|grip| button("key-button", sign).label(label).on_click(ctx, move || Msg::Select(grip)))
    };
    let name = chosen.and_then(|index| choices.get(index)).map_or(texts.nudge_none, |(_, name)| name.as_str());
    let which = el("div.nudge-which")
        .add(chooser(texts.nudge_previous, "‹", step_to(choices.len().saturating_sub(1))))
        .add(el("p").attr("aria-live", "polite").add(name.to_owned()))
        .add(chooser(texts.nudge_next, "›", step_to(1)));
    let keys = el("div.nudge-keys")
        .add(arrow(texts.nudge_left, "←", "left", -1.0, 0.0))
        .add(arrow(texts.nudge_up, "↑", "up", 0.0, -1.0))
        .add(arrow(texts.nudge_down, "↓", "down", 0.0, 1.0))
        .add(arrow(texts.nudge_right, "→", "right", 1.0, 0.0));
    el("div.nudge").attr("role", "group").label(texts.nudge_label).add(which).add(keys)
}
