//! The bar above: name, steps, undo and redo.

use super::step_item::StepItem;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::step::Step;
use crate::app::state::{State, ToolAction};
use crate::app::widgets::{Icon, IconButton};
use yew::prelude::*;

/// An arrow back.
const UNDO: &str = "M9 7 4 12l5 5M4 12h10a6 6 0 0 1 0 12h-2";
/// An arrow forward.
const REDO: &str = "m15 7 5 5-5 5M20 12H10a6 6 0 0 0 0 12h2";

/// The bar above.
#[component]
pub(crate) fn TopBar() -> Html {
    let texts = use_texts();
    let clinic = use_selector(|state| state.session.config.contact.name.trim().to_owned());
    let name = if clinic.is_empty() { texts.title } else { clinic.as_str() };
    let item = |step: Step| html! { <StepItem {step} /> };
    html! {
        <header class="bar">
            <p class="brand">{ name.to_owned() }</p>
            <nav aria-label={texts.steps_label}>
                <ol class="steps">{ for Step::ALL.into_iter().map(item) }</ol>
            </nav>
            <History />
        </header>
    }
}

/// Whether there is a step to take back, and one to take again.
fn history(state: &State) -> (bool, bool) {
    let document = &state.editor.document;
    (document.can_undo(), document.can_redo())
}

/// Undo and redo.
#[component]
fn History() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let (can_undo, can_redo) = *use_selector(history);
    html! {
        <div class="history">
            <IconButton label={texts.undo} disabled={!can_undo} on_click={store.emit(ToolAction::Undo)}>
                <Icon path={UNDO} />
            </IconButton>
            <IconButton label={texts.redo} disabled={!can_redo} on_click={store.emit(ToolAction::Redo)}>
                <Icon path={REDO} />
            </IconButton>
        </div>
    }
}
