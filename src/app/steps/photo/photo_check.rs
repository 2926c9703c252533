//! What the photo itself says against it.

use crate::app::hooks::{use_selector, use_texts};
use crate::app::state::State;
use crate::app::widgets::Note;
use crate::engine::editor::PhotoIssue;
use crate::engine::i18n::photo_issue_text;
use yew::prelude::*;

fn faults(state: &State) -> Vec<PhotoIssue> {
    let of = |digest: &str| state.preview.photo_notes.of(digest).to_vec();
    state.photos.open.as_ref().map(|photo| of(&photo.digest)).unwrap_or_default()
}

/// What the photo itself says against it. It holds nothing up. The place is always there, so that a screen reader hears what
/// comes into it.
#[component]
pub(crate) fn PhotoCheck() -> Html {
    let texts = use_texts();
    let faults = use_selector(faults);
    let remark = |fault: &PhotoIssue| html! { <li>{ photo_issue_text(texts, *fault) }</li> };
    html! {
        <div class="photo-check" role="status">
            if !faults.is_empty() {
                <Note>{ texts.check_lead }</Note>
                <ul>{ for faults.iter().map(remark) }</ul>
            }
        </div>
    }
}
