//! The way back and on.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::step::Step;
use crate::app::state::{SessionAction, State};
use crate::app::widgets::Button;
use crate::engine::i18n::fill;
use yew::prelude::*;

/// Where the visitor is.
#[derive(PartialEq)]
struct Model {
    /// The one before it, and what it is called.
    previous: Option<(Step, &'static str)>,
    /// The one after it, and what it is called.
    next: Option<(Step, &'static str)>,
    /// There is nowhere to go yet, or the review has its own keys.
    is_hidden: bool,
    /// The step has what it is for: the next one is what to do now.
    is_done: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        let step = state.step();
        let has_nothing = !state.editor.has_photos() && step == Step::Photo;
        let named = |step: Step| (step, state.step_name(step));
        Self {
            previous: step.previous().map(named),
            next: step.next().map(named),
            is_hidden: has_nothing || (state.is_reviewing() && step == Step::Save),
            is_done: state.has_open_photo() && (step < Step::Density || state.editor.has_fill()),
        }
    }
}

/// The way to the step before and to the next one.
#[component]
pub(crate) fn Onward() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let model = use_selector(Model::of);
    if model.is_hidden {
        return html! {};
    }
    let go = |step: Step| store.emit(SessionAction::Go(step));
    html! {
        <div class="onward">
            if let Some((step, name)) = model.previous {
                // A side of the head is called alike.
                <Button class="quiet" label={fill(texts.back_label, &[("step", name)])} on_click={go(step)}>
                    { texts.back }
                </Button>
            }
            if let Some((step, name)) = model.next {
                <Button class={classes!(model.is_done.then_some("primary"))} on_click={go(step)}>
                    { fill(texts.next, &[("step", name)]) }
                </Button>
            }
        </div>
    }
}
