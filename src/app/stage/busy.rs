//! What is under way over the picture, or why there is none.

use crate::app::hooks::{use_selector, use_texts};
use crate::app::state::State;
use crate::app::state::session::Busy;
use crate::engine::i18n::Texts;
use yew::prelude::*;

/// What is said over the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Model {
    busy: Option<Busy>,
    is_growing: bool,
    is_clipping: bool,
    is_face_sought: bool,
    wheel_hint: bool,
    /// There is a photo, and nothing to show it on.
    is_hidden: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        Self {
            busy: state.session.busy,
            is_face_sought: state.photos.face_sought.is_some(),
            is_growing: state.are_dots_coming(),
            is_clipping: state.is_clipping(),
            wheel_hint: state.session.wheel_hint,
            is_hidden: state.session.is_canvas_missing && state.has_open_photo(),
        }
    }

    fn text(self, texts: &Texts) -> Option<&'static str> {
        match self {
            Self { busy: Some(Busy::Opening), .. } => Some(texts.loading),
            Self { busy: Some(Busy::Detecting(_)), .. } => Some(texts.seeking),
            // A picture that cannot be seen cannot be zoomed either.
            Self { is_hidden: true, .. } => Some(texts.canvas_missing),
            Self { is_face_sought: true, .. } => Some(texts.face_sought),
            Self { is_growing: true, .. } => Some(texts.growing),
            Self { is_clipping: true, .. } => Some(texts.clipping),
            Self { wheel_hint: true, .. } => Some(texts.wheel_hint),
            _ => None,
        }
    }
}

/// What is under way, or why the picture is not shown. The line is always there, so that a screen reader hears what comes into it.
#[component]
pub(super) fn BusyLine() -> Html {
    let texts = use_texts();
    let text = use_selector(Model::of).text(texts);
    html! { <p class={classes!("busy", text.map(|_| "shown"))} role="status">{ text }</p> }
}
