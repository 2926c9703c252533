//! The questions that can be asked.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::session::Dialog as DensitySample;
use crate::app::state::{SessionAction, State};
use crate::app::widgets::Dialog;
use crate::engine::i18n::{Texts, age_of, fill};
use yew::prelude::*;

/// What is asked, without what the answer needs.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Question {
    NewPhoto,
    OpenDesign,
    DeleteAll,
    RemovePhoto,
    /// Holds when the draft was kept, milliseconds since 1970.
    Draft(f64),
}

/// A question in words, and what it is told apart by.
struct Wording {
    key: &'static str,
    title: &'static str,
    say: String,
    yes: &'static str,
    no: &'static str,
}

impl Question {
    fn of(state: &State) -> Option<Self> {
        Some(match state.session.dialog.as_ref()? {
            DensitySample::NewPhoto(_) => Self::NewPhoto,
            DensitySample::OpenDesign(_) => Self::OpenDesign,
            DensitySample::DeleteAll => Self::DeleteAll,
            DensitySample::RemovePhoto => Self::RemovePhoto,
            DensitySample::Draft(draft) => Self::Draft(draft.kept_at_ms),
        })
    }

    fn wording(self, t: &Texts) -> Wording {
        let (key, title, say, yes, no) = match self {
            Self::NewPhoto => ("photo", t.ask_new_title, t.ask_new_say, t.ask_new_yes, t.ask_new_no),
            Self::OpenDesign => ("design", t.ask_open_title, t.ask_open_say, t.ask_open_yes, t.ask_open_no),
            Self::DeleteAll => ("delete", t.ask_delete_title, t.ask_delete_say, t.ask_delete_yes, t.cancel),
            Self::RemovePhoto => ("remove", t.ask_remove_title, t.ask_remove_say, t.side_remove, t.cancel),
            Self::Draft(_) => ("draft", t.draft_title, t.draft_say, t.draft_yes, t.draft_no),
        };
        let say = match self {
            Self::Draft(kept_at_ms) => fill(say, &[("when", &age_of(kept_at_ms))]),
            _ => say.to_owned(),
        };
        Wording { key, title, say, yes, no }
    }
}

/// The question that must be answered before anything else, if any. Another question is another dialog.
#[component]
pub(crate) fn Questions() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let question = use_selector(Question::of);
    let Some(Wording { key, title, say, yes, no }) = question.map(|question| question.wording(texts)) else {
        return html! {};
    };
    html! {
        <Dialog {key} {title} {yes} {no} on_answer={store.callback(SessionAction::Answer)}>{ say }</Dialog>
    }
}
