//! The first idea with the visitor's own hair cut short.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{PhotoAction, State};
use crate::app::widgets::{Checkbox, Note};
use crate::engine::design::Hair;
use yew::prelude::*;

/// Shows the first idea with the visitor's own hair cut short, or says why it cannot be.
#[component]
pub(super) fn ClippedIdea() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let clipped =
        use_selector(|state: &State| (state.editor.document.design().look.hair == Hair::Clipped, state.not_clipped()));
    let (is_clipped, not_clipped) = *clipped;
    let why = not_clipped.filter(|_| is_clipped).map(|why| html! { <Note>{ why.text(texts) }</Note> });
    html! {
        <div class="stack">
            <Checkbox
                id="idea-clipped"
                label={texts.idea_clipped}
                checked={is_clipped}
                on_change={store.callback(PhotoAction::ClipIdea)}
            />
            <div role="status">{ why }</div>
        </div>
    }
}
