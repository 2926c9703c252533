//! Brings up to date what is derived: from the document and the photo follow dots, highlights, figures, guides and remarks. Each
//! is kept with what it was derived from, so nothing has to be told that something changed.

mod clipped;
mod compared;
mod dots;
mod guides;
mod measurements;
mod paint;
mod photo;

pub(super) use measurements::measure_next_side;

use super::effect::{Effect, Timer};
use super::root::State;
use super::slices::preview::Settled;
use crate::engine::consult::Delivery;
use crate::engine::dots::Field;
use crate::engine::editor::tools::ToolKind;

/// How long after a change the draft is kept: long enough to wait for the end of a run of changes.
const KEEP_AFTER_MS: u32 = 400;

/// Brings everything up to date. What has not changed costs a comparison.
pub(super) fn update(state: &mut State) {
    photo::follow(state);
    dots::grow_if_needed(state);
    if state.preview.settled != Some(settled(state)) {
        follow_document(state);
        state.preview.settled = Some(settled(state));
    }
    guides::update(state);
    clipped::update(state);
    compared::update(state);
    paint::update(state);
}

fn settled(state: &State) -> Settled {
    let document = &state.editor.document;
    Settled {
        version: document.version(),
        side: document.side(),
        in_gesture: document.in_gesture(),
        picture: state.photos.open.as_ref().map(|photo| photo.load),
        pattern: state.preview.field.as_ref().map(Field::seed),
        probing: state.tool() == ToolKind::Probe,
    }
}

/// The document, the photo or the pattern of dots is another one than before.
fn follow_document(state: &mut State) {
    photo::read_probe(state);
    dots::sync(state);
    if !state.editor.document.in_gesture() {
        photo::find_highlights(state);
        photo::check(state);
        measurements::update(state);
        if !state.drafts.are_off && !state.drafts.is_sent && state.staff.is_none() && state.has_open_photo() {
            state.effect(Effect::StartTimer(Timer::KeepDraft, KEEP_AFTER_MS));
        }
    }
    drop_stale_review(state);
    drop_stale_version(state);
    let editor = &mut state.editor;
    let (view, parameters) = (editor.document.view(), editor.document.parameters());
    editor.controller.selected =
        editor.controller.selected.filter(|handle| handle.position(view, parameters).is_some());
}

/// What was reviewed is of another design, unless it is on its way.
fn drop_stale_review(state: &mut State) {
    let design = state.editor.document.design();
    let of = state.request.review.as_ref().and_then(|review| review.of.as_deref());
    if of.is_some_and(|of| of != design) && !state.request.delivery.is_busy() {
        state.request.changed();
    }
}

/// What was said of a version is of another design.
fn drop_stale_version(state: &mut State) {
    let Some(staff) = &state.staff else { return };
    if staff.version_of(state.editor.document.design()).is_none() && !state.request.delivery.is_busy() {
        state.request.delivery = Delivery::Idle;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{after, asks, opened, play, with_fill};
    use crate::app::state::step::Step;
    use crate::app::state::{LineAction, SessionAction, StageAction, ToolAction};

    #[test]
    fn what_is_up_to_date_is_left_alone() {
        let mut state = with_fill();
        let before = state.preview.settled;
        for action in [StageAction::Zoom(1.5, None), StageAction::Hover(None), StageAction::ZoomFit] {
            assert!(!asks!(after(&mut state, action), Effect::StartTimer(..) | Effect::GrowDots(_)));
        }
        assert_eq!(state.preview.settled, before);
    }

    #[test]
    fn a_change_is_kept_a_moment_later_unless_drafts_are_off() {
        for are_off in [false, true] {
            let mut state = opened();
            state.drafts.are_off = are_off;
            play(&mut state, SessionAction::Go(Step::Hairline));
            let effects = play(&mut state, LineAction::ChooseShape(0));
            assert_eq!(asks!(effects, Effect::StartTimer(Timer::KeepDraft, KEEP_AFTER_MS)), !are_off);
            let effects = play(&mut state, ToolAction::Undo);
            assert_eq!(asks!(effects, Effect::StartTimer(Timer::KeepDraft, KEEP_AFTER_MS)), !are_off);
        }
    }
}
