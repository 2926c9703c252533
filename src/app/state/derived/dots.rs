//! The dots of the side that is shown.

use crate::app::state::effect::Effect;
use crate::app::state::root::State;
use crate::app::state::slices::step::Step;
use crate::engine::dots::Field;

/// The pattern of dots is grown when there is something to put them on; where a worker does it, while the visitor still looks for
/// a photo.
pub(super) fn grow_if_needed(state: &mut State) {
    let seed = state.editor.document.design().seed;
    let has_pattern = state.preview.field.as_ref().map(Field::seed) == Some(seed);
    let is_time = state.has_open_photo() || state.session.worker == Some(true);
    if is_time && !has_pattern && !state.preview.growing {
        state.preview.growing = true;
        state.effect(Effect::GrowDots(seed));
    }
}

/// Brings the dots up to date with the document, and notes where they changed.
pub(super) fn sync(state: &mut State) {
    let document = &state.editor.document;
    // A head or a mark that is being moved carries all dots along: they follow when it is let go.
    if state.session.step == Step::Size && document.in_gesture() {
        return;
    }
    let Some(field) = &mut state.preview.field else { return };
    let part = field.sync_side(document.design(), document.side(), document.parameters());
    state.preview.changed_part = state.preview.changed_part.union(part);
}
