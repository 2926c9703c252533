//! The panel of the first step.

use super::choosers::PhotoChoosers;
use super::idea::idea;
use super::no_idea::NoIdeaNote;
use super::opened::Opened;
use super::photo_check::PhotoCheck;
use super::sample_button::SampleButton;
use super::tone_swatches::ToneSwatches;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::session::Dialog;
use crate::app::state::{SessionAction, State};
use crate::app::steps::design_button::DesignButton;
use crate::app::widgets::{Fold, LinkButton, Note, PanelHead};
use crate::engine::calibration::Side;
use crate::engine::i18n::side_help;
use yew::prelude::*;

/// What the panel shows.
#[derive(PartialEq)]
struct Model {
    side: Side,
    /// The side has a photo.
    has_photo: bool,
    /// It is shown.
    is_open: bool,
    /// It is the sample head.
    is_sample: bool,
    /// It is not at hand.
    is_missing: bool,
    /// A first idea is laid on it.
    has_idea: bool,
    /// None is, and it is said why.
    is_told_why: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        Self {
            side: state.editor.document.side(),
            has_photo: state.view().photo.is_some(),
            is_open: state.has_open_photo(),
            is_sample: state.sample_tone().is_some(),
            is_missing: state.is_photo_missing(),
            has_idea: state.is_idea_shown(),
            is_told_why: state.no_idea().is_some(),
        }
    }
}

/// Choose a photo.
#[component]
pub(crate) fn PhotoPanel() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let model = use_selector(Model::of);
    let title = match (model.has_idea, model.is_open) {
        (true, _) => texts.idea_title,
        (false, true) => texts.photo_title_open,
        (false, false) => texts.photo_title,
    };
    let say = match model.side {
        _ if model.has_idea => texts.idea_say,
        _ if model.is_missing => texts.design_needs_photo,
        _ if model.is_told_why => "",
        _ if model.is_open => texts.photo_say_open,
        Side::Front => texts.photo_say,
        side => side_help(texts, side),
    };
    let tip = |tip: &'static str| html! { <li>{ tip }</li> };
    let tips = [texts.photo_tip_1, texts.photo_tip_2, texts.photo_tip_3];
    html! {
        <>
            // It stays, with the keyboard's focus, when a first idea comes.
            <PanelHead {title}>{ say }</PanelHead>
            if model.has_idea {
                { idea(texts, &store) }
            }
            <NoIdeaNote />
            <div class="ways">
                <PhotoChoosers ids={["photo-file", "camera-file"]} />
                <SampleButton class="button" title={texts.photo_sample_note} />
                if model.is_sample {
                    <ToneSwatches />
                }
                <DesignButton label={texts.photo_open_design} />
                <Note>{ texts.photo_private }</Note>
            </div>
            <Opened />
            <PhotoCheck />
            <Fold summary={texts.photo_tips_title} open={!model.is_open}>
                <ul>{ for tips.into_iter().map(tip) }</ul>
            </Fold>
            if model.has_photo {
                <LinkButton on_click={store.emit(SessionAction::OpenDialog(Dialog::RemovePhoto))}>
                    { texts.side_remove }
                </LinkButton>
            }
        </>
    }
}
