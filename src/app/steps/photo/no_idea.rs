//! Why no first idea is laid on the photo, and how to go on.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::photos::NoIdea;
use crate::app::state::step::Step;
use crate::app::state::{Action, PhotoAction, SessionAction, State};
use crate::app::widgets::Button;
use crate::engine::calibration::Side;
use crate::engine::face::FaceError;
use crate::engine::i18n::{Texts, face_error_text, fill, side_name};
use yew::prelude::*;

/// What is said, and which ways are offered.
#[derive(PartialEq)]
struct Model {
    reason: NoIdea,
    /// The side on which the photo lies.
    side: Side,
    /// The sides that have no photo yet.
    free_sides: Vec<Side>,
}

impl Model {
    fn of(state: &State) -> Option<Self> {
        let document = &state.editor.document;
        let is_free = |side: &Side| document.design().views.of(*side).photo.is_none();
        let free_sides = Side::ALL.into_iter().filter(is_free).collect();
        state.no_idea().map(|reason| Self { reason, side: document.side(), free_sides })
    }

    fn text(&self, texts: &Texts) -> String {
        match self.reason {
            NoIdea::NotSought => texts.face_not_sought.to_owned(),
            NoIdea::NoFace(error) => face_error_text(texts, error).to_owned(),
            NoIdea::UnderHair => texts.idea_hair.to_owned(),
            NoIdea::Frontal => fill(texts.frontal_say, &[("side", side_name(texts, self.side))]),
        }
    }

    /// What the visitor can do, the best first.
    fn ways(&self, texts: &Texts) -> Vec<(&'static str, Action)> {
        let go = |step: Step| Action::from(SessionAction::Go(step));
        match self.reason {
            NoIdea::UnderHair => {
                vec![(texts.idea_hair_line, go(Step::Hairline)), (texts.idea_hair_paint, go(Step::Density))]
            }
            NoIdea::NoFace(FaceError::NotUpright) => {
                vec![(texts.photo_rotate, PhotoAction::Rotate.into()), (texts.face_tap, go(Step::Size))]
            }
            NoIdea::NoFace(_) | NoIdea::NotSought => vec![(texts.face_tap, go(Step::Size))],
            NoIdea::Frontal if self.free_sides.contains(&Side::Front) => {
                vec![(texts.frontal_move, PhotoAction::MoveTo(Side::Front).into())]
            }
            NoIdea::Frontal => Vec::new(),
        }
    }

    /// The sides that the photo may show: from those no face is seen.
    fn sides(&self, texts: &Texts) -> Vec<(&'static str, Action)> {
        let is_no_face = matches!(self.reason, NoIdea::NoFace(FaceError::NoFace | FaceError::TurnedAway));
        let sides = self.free_sides.iter().filter(|_| is_no_face);
        sides.map(|side| (side_name(texts, *side), PhotoAction::MoveTo(*side).into())).collect()
    }
}

/// Why no first idea is laid on the photo, and how to go on. The place is always there, so that a screen reader hears what comes into
/// it.
#[component]
pub(crate) fn NoIdeaNote() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let model = use_selector(Model::of);
    let model = model.as_ref().as_ref();
    let button = |((text, action), class): ((&'static str, Action), &'static str)| {
        html! { <Button {class} on_click={store.emit(action)}>{ text }</Button> }
    };
    let ways = model.map(|model| model.ways(texts)).unwrap_or_default();
    let sides = model.map(|model| model.sides(texts)).unwrap_or_default();
    html! {
        <>
            <p class="say no-idea" role="status">{ model.map(|model| model.text(texts)) }</p>
            if !ways.is_empty() {
                <div class="ways">
                    { for ways.into_iter().zip(["primary", ""]).map(button) }
                    if !sides.is_empty() {
                        <fieldset class="row">
                            <legend class="note">{ texts.face_side }</legend>
                            { for sides.into_iter().map(|side| button((side, ""))) }
                        </fieldset>
                    }
                </div>
            }
        </>
    }
}
