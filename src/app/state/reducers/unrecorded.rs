//! Changes that are no step of the visitor's own.

use crate::app::state::root::State;
use crate::engine::editor::{Command, Editor};

/// Does a command that follows of itself from the step before: it is no step of its own.
pub(super) fn apply_unrecorded(state: &mut State, command: Command) {
    let outcome = state.editor.document.apply_unrecorded(command);
    state.session.report(outcome);
}

/// What the program found or did by itself is no work of the visitor: where everything was saved, it still is.
pub(super) fn keeping_saved(state: &mut State, change: impl FnOnce(&mut State)) {
    let was_saved = !state.editor.document.has_unsaved_work();
    change(state);
    if was_saved {
        Editor::mark_saved(&mut state.editor.document);
    }
}
