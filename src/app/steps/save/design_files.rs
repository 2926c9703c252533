//! Saves the design, and opens another one.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{SaveAction, State};
use crate::app::steps::design_button::DesignButton;
use crate::app::widgets::{Button, Note};
use yew::prelude::*;

/// Whether a photo is open, and whether drafts cannot be kept.
fn model(state: &State) -> (bool, bool) {
    (state.has_open_photo(), state.drafts.are_off)
}

/// The buttons that save the design and open one, and what is said about keeping.
#[component]
pub(crate) fn DesignFiles() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let (is_open, drafts_are_off) = *use_selector(model);
    html! {
        <div class="stack">
            <div class="row">
                <Button disabled={!is_open} on_click={store.emit(SaveAction::SaveDesign)}>{ texts.save_design }</Button>
                <DesignButton label={texts.save_open} />
            </div>
            <Note>{ texts.save_design_note }</Note>
            if drafts_are_off {
                <Note>{ texts.draft_off }</Note>
            }
        </div>
    }
}
