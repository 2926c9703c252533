//! The button that levels the photo.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{PhotoAction, State};
use crate::app::widgets::{Button, Note};
use crate::engine::editor::levelling;
use crate::engine::i18n::{fill, plain};
use yew::prelude::*;

/// By how many degrees the eyes lean, where they do.
fn lean(state: &State) -> Option<f64> {
    let degrees = levelling(state.view()).filter(|_| state.has_open_photo())?;
    Some(degrees.abs().round())
}

/// The button that levels the photo; nothing where the eyes are level.
#[component]
pub(crate) fn LevelButton() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let Some(degrees) = *use_selector(lean) else { return html! {} };
    html! {
        <div class="stack">
            <Button on_click={store.emit(PhotoAction::Level)}>{ texts.size_level }</Button>
            <Note>{ fill(texts.size_level_note, &[("degrees", &plain(degrees))]) }</Note>
        </div>
    }
}
