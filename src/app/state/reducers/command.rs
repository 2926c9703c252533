//! Commands to the document, and what goes with them.

use super::head;
use super::unrecorded::apply_unrecorded;
use crate::app::state::root::State;
use crate::engine::editor::{Command, Treatment};

/// Does a command as one step, or as part of the gesture that is open, and tells what it was refused for.
pub(super) fn apply(state: &mut State, command: Command) {
    let moves_marks = matches!(command, Command::Calibrate(_) | Command::SetGlabella(_));
    let is_other = matches!(command, Command::Load(_) | Command::RemoveVariant);
    let before = Treatment::of(state.editor.document.design());
    let outcome = state.editor.document.apply(command);
    if outcome.is_ok() && moves_marks {
        head::detect(state);
    }
    // Another design has the look that was chosen for it.
    if is_other {
        state.preview.compare.with = None;
    } else {
        adapt_look(state, before);
    }
    state.session.report(outcome);
}

/// Does a command as part of a gesture that a slider or a key began, which [`commit`] ends.
pub(super) fn apply_in_gesture(state: &mut State, command: Command) {
    state.editor.document.begin();
    apply(state, command);
}

/// Ends the open gesture: what it changed is one step.
pub(super) fn commit(state: &mut State) {
    state.editor.aids.end_slide();
    state.editor.document.complete();
}

/// The look follows what came to be treated, or is no more: the last session, and what becomes of the visitor's own hair. It
/// goes with the step that led to it.
pub(super) fn adapt_look(state: &mut State, before: Treatment) {
    let now = Treatment::of(state.editor.document.design());
    if now != before {
        let look = now.look(before, &state.editor.document.design().look);
        apply_unrecorded(state, Command::SetLook(look));
    }
}
