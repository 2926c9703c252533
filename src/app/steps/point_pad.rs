//! Moves the chosen point by taps, for who cannot or will not drag.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::ToolAction;
use crate::engine::editor::Handle;
use yew::prelude::*;

/// CSS pixels of one tap.
const STEP: f64 = 2.0;

/// Properties of [`PointPad`].
#[derive(Properties, PartialEq)]
pub(crate) struct PointPadProps {
    /// The points that can be chosen without a pointer on the picture, with their names.
    pub(crate) choices: Vec<(Handle, String)>,
}

/// The pad, with a choice among the points.
#[component]
pub(crate) fn PointPad(props: &PointPadProps) -> Html {
    let texts = use_texts();
    html! {
        <div class="nudge" role="group" aria-label={texts.nudge_label}>
            <PointChoice choices={props.choices.clone()} />
            <Arrows />
        </div>
    }
}

/// Which point is chosen, and the way to the one before and after it.
#[component]
fn PointChoice(props: &PointPadProps) -> Html {
    let (texts, store) = (use_texts(), use_store());
    let selected = use_selector(|state| state.editor.controller.selected);
    let choices = &props.choices;
    let chosen = selected.and_then(|handle| choices.iter().position(|(choice, _)| *choice == handle));
    let name = chosen.and_then(|index| choices.get(index)).map_or(texts.nudge_none, |(_, name)| name.as_str());
    let [previous, next] = neighbours(chosen, choices.len()).map(|index| choices.get(index).map(|(handle, _)| *handle));
    let key = |label: &'static str, sign: &'static str, handle: Handle| {
        let onclick = store.emit(ToolAction::Select(handle));
        html! { <button type="button" class="key-button" aria-label={label} {onclick}>{ sign }</button> }
    };
    html! {
        <div class="nudge-which">
            if let Some(handle) = previous {
                { key(texts.nudge_previous, "‹", handle) }
            }
            <p aria-live="polite">{ name.to_owned() }</p>
            if let Some(handle) = next {
                { key(texts.nudge_next, "›", handle) }
            }
        </div>
    }
}

/// The places before and after the chosen one, round and round; the last and the first where none is chosen.
fn neighbours(chosen: Option<usize>, count: usize) -> [usize; 2] {
    let last = count.saturating_sub(1);
    match chosen {
        None => [last, 0],
        Some(0) => [last, 1 % count.max(1)],
        Some(index) => [index - 1, (index + 1) % count.max(1)],
    }
}

/// The keys that move the point.
#[component]
fn Arrows() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let is_any_chosen = *use_selector(|state| state.editor.controller.selected.is_some());
    let arrow = |label: &'static str, sign: &'static str, class: &'static str, (dx, dy): (f64, f64)| {
        let store = store.clone();
        // The same way on the screen, whatever the zoom.
        let onclick = move |_: MouseEvent| {
            let step = STEP / store.read(|state| state.editor.viewport.zoom());
            store.dispatch(ToolAction::Nudge(dx * step, dy * step));
        };
        html! {
            <button
                type="button"
                class={classes!("key-button", class)}
                aria-label={label}
                disabled={!is_any_chosen}
                {onclick}
            >
                { sign }
            </button>
        }
    };
    html! {
        <div class="nudge-keys">
            { arrow(texts.nudge_left, "←", "left", (-1.0, 0.0)) }
            { arrow(texts.nudge_up, "↑", "up", (0.0, -1.0)) }
            { arrow(texts.nudge_down, "↓", "down", (0.0, 1.0)) }
            { arrow(texts.nudge_right, "→", "right", (1.0, 0.0)) }
        </div>
    }
}
