//! Why no first idea is laid on the photo, and how to go on.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::photos::NoIdea;
use crate::app::state::step::Step;
use crate::app::state::{PhotoAction, SessionAction, State};
use crate::app::widgets::{Button, Note};
use crate::engine::calibration::Side;
use crate::engine::face::FaceError;
use crate::engine::i18n::{Texts, face_error_text, side_name};
use yew::prelude::*;

/// What is said, and which ways are offered.
#[derive(PartialEq)]
struct Model {
    reason: Option<NoIdea>,
    /// The sides that have no photo yet.
    free_sides: Vec<Side>,
}

impl Model {
    fn of(state: &State) -> Self {
        let views = &state.editor.document.design().views;
        let is_free = |side: &Side| views.of(*side).photo.is_none();
        Self { reason: state.no_idea(), free_sides: Side::ALL.into_iter().filter(is_free).collect() }
    }

    /// The sides that the photo may show: from those no face is seen.
    fn sides(&self) -> &[Side] {
        let is_no_face = matches!(self.reason, Some(NoIdea::NoFace(FaceError::NoFace | FaceError::TurnedAway)));
        if is_no_face { &self.free_sides } else { &[] }
    }
}

fn text(texts: &Texts, reason: NoIdea) -> &'static str {
    match reason {
        NoIdea::NotSought => texts.face_not_sought,
        NoIdea::NoFace(error) => face_error_text(texts, error),
        NoIdea::UnderHair => texts.idea_hair,
    }
}

/// Why no first idea is laid on the photo, and how to go on. The place is always there, so that a screen reader hears what comes into
/// it.
#[component]
pub(crate) fn NoIdeaNote() -> Html {
    let texts = use_texts();
    let model = use_selector(Model::of);
    html! {
        <>
            <p class="say no-idea" role="status">{ model.reason.map(|reason| text(texts, reason)) }</p>
            if let Some(reason) = model.reason {
                <WaysOn {reason} sides={model.sides().to_vec()} />
            }
        </>
    }
}

/// Properties of [`WaysOn`].
#[derive(Properties, PartialEq)]
struct WaysOnProps {
    reason: NoIdea,
    sides: Vec<Side>,
}

#[component]
fn WaysOn(props: &WaysOnProps) -> Html {
    let (texts, store) = (use_texts(), use_store());
    let to = |step: Step, text: &'static str, class: &'static str| {
        html! { <Button {class} on_click={store.emit(SessionAction::Go(step))}>{ text }</Button> }
    };
    let side = |side: &Side| {
        html! { <Button on_click={store.emit(PhotoAction::MoveTo(*side))}>{ side_name(texts, *side) }</Button> }
    };
    html! {
        <div class="ways">
            { match props.reason {
                NoIdea::UnderHair => html! {
                    <>
                        { to(Step::Hairline, texts.idea_hair_line, "primary") }
                        { to(Step::Density, texts.idea_hair_paint, "") }
                    </>
                },
                NoIdea::NoFace(FaceError::NotUpright) => html! {
                    <Button class="primary" on_click={store.emit(PhotoAction::Rotate)}>{ texts.photo_rotate }</Button>
                },
                NoIdea::NoFace(_) | NoIdea::NotSought => to(Step::Size, texts.face_tap, "primary"),
            } }
            if !props.sides.is_empty() {
                <Note>{ texts.face_side }</Note>
                <div class="row" role="group" aria-label={texts.face_side}>{ for props.sides.iter().map(side) }</div>
            }
        </div>
    }
}
