//! The stage with all that stands on it.

use super::busy::BusyLine;
use super::sides::{SidesStrip, VacantSide};
use super::status::StageStatus;
use super::surface::Surface;
use super::toolbar::Toolbar;
use super::welcome::Welcome;
use crate::app::hooks::{use_selector, use_texts};
use crate::app::state::State;
use yew::prelude::*;

/// What stands on the stage besides the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Content {
    /// An open photo.
    Photo,
    /// A photo that is being opened.
    Coming,
    /// The side that is shown has no photo, another side has one.
    VacantSide,
    /// No side has a photo yet.
    Welcome,
}

impl Content {
    fn of(state: &State) -> Self {
        if state.has_open_photo() {
            Self::Photo
        } else if state.is_photo_coming() {
            Self::Coming
        } else if state.editor.has_photos() {
            Self::VacantSide
        } else {
            Self::Welcome
        }
    }
}

/// The stage.
#[component]
pub(in crate::app) fn Stage() -> Html {
    let texts = use_texts();
    let content = *use_selector(Content::of);
    let is_empty = matches!(content, Content::VacantSide | Content::Welcome);
    html! {
        <section class={classes!("stage-frame", is_empty.then_some("empty"))}>
            <Surface />
            <p class="for-readers" id="stage-help">{ texts.stage_help }</p>
            <StageStatus />
            {
                match content {
                    Content::Photo => html! { <Toolbar /> },
                    Content::Coming => Html::default(),
                    Content::VacantSide => html! { <VacantSide /> },
                    Content::Welcome => html! { <Welcome /> },
                }
            }
            <SidesStrip />
            <BusyLine />
        </section>
    }
}
