//! What it means that a head's outline was not seen.

use crate::app::hooks::{use_selector, use_texts};
use crate::app::state::State;
use crate::app::widgets::Note;
use yew::prelude::*;

/// Says that the head stands where nobody saw it, and what to do; nothing where its outline was seen or set.
#[component]
pub(in crate::app) fn UnseenOutline() -> Html {
    let texts = use_texts();
    if !*use_selector(State::is_outline_unseen) {
        return html! {};
    }
    html! { <Note>{ texts.outline_unseen }</Note> }
}
