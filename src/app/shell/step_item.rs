//! A step in the bar above.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::step::Step;
use crate::app::state::{SessionAction, State};
use yew::prelude::*;

/// Properties of [`StepItem`].
#[derive(Properties, PartialEq)]
pub(crate) struct StepItemProps {
    /// Which step.
    pub(crate) step: Step,
}

/// Whether there is what the step is for.
fn is_done(state: &State, step: Step) -> bool {
    let view = state.view();
    match step {
        Step::Photo => state.has_open_photo(),
        Step::Size => view.calibration.is_some(),
        Step::Hairline => view.hairline.is_some(),
        Step::Density => !view.fill.is_empty(),
        Step::Look | Step::Save => false,
    }
}

/// A step in the bar above: the way to it, whether it is the one that is shown, and whether it is done.
#[component]
pub(crate) fn StepItem(props: &StepItemProps) -> Html {
    let (texts, store) = (use_texts(), use_store());
    let step = props.step;
    let (is_current, is_done, name) =
        *use_selector(move |state| (state.step() == step, is_done(state, step), state.step_name(step)));
    let number = if is_done && !is_current { "✓".to_owned() } else { (step.index() + 1).to_string() };
    html! {
        <li class={classes!("step", is_current.then_some("current"), is_done.then_some("done"))}>
            <button
                type="button"
                aria-current={is_current.then_some("step")}
                onclick={store.emit(SessionAction::Go(step))}
            >
                <span class="step-number" aria-hidden="true">{ number }</span>
                <span class="step-name">{ name }</span>
                if is_done {
                    <span class="for-readers">{ format!(" ({})", texts.step_done) }</span>
                }
            </button>
        </li>
    }
}
