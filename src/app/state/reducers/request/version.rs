//! A version beside the visitor's design: its pictures, and what follows once the clinic has it.

use super::review::render;
use crate::app::state::effect::Effect;
use crate::app::state::root::State;
use crate::app::state::slices::request::RequestStamp;
use crate::app::state::slices::session::{Busy, NoticeKind};
use crate::engine::consult::{Pictures, Version};
use crate::engine::design::{Design, file};
use crate::engine::ports::Payload;
use std::rc::Rc;

/// Has the pictures of a version made, unless that is under way.
pub(crate) fn make(state: &mut State) {
    if state.session.busy != Some(Busy::Making) {
        render(state);
    }
}

/// The pictures of that design were made, or not: whether there is a version to be sent.
pub(super) fn made(state: &mut State, of: Rc<Design>, pictures: Option<Vec<Pictures>>, stamp: &RequestStamp) -> bool {
    state.session.busy = None;
    if *of != *state.editor.document.design() {
        make(state);
        return false;
    }
    let text = state.texts().save_failed;
    let made = file::write(&of).ok().zip(pictures);
    let (Some(staff), Some((design, pictures))) = (state.staff.as_mut(), made) else {
        state.session.notify(NoticeKind::Fault, text);
        return false;
    };
    let pictures = pictures.into_iter().map(|side| (side.side, side.after)).collect();
    let version = Version { id: stamp.id.clone(), name: staff.name.clone(), of, design, pictures };
    staff.version = Some(Rc::new(version));
    true
}

/// The version that goes, with its id.
pub(super) fn outgoing(state: &State) -> Option<(String, Payload)> {
    let staff = state.staff.as_ref()?;
    let version = staff.version.as_ref()?;
    Some((version.id.clone(), version.payload(&staff.link, &staff.permit.csrf)))
}

/// What the receiver said of a version, by the status of its answer.
pub(super) fn answered(state: &mut State, status: Option<u16>) {
    let Some(staff) = &mut state.staff else { return };
    staff.status = status;
    // Who logs in anew has another token.
    staff.permit.is_stale |= matches!(status, Some(401 | 403));
    if status == Some(409) {
        // The next one gets another id.
        staff.version = None;
    }
}

/// The clinic has the version: what is drawn is saved, unless it was changed meanwhile.
pub(super) fn confirmed(state: &mut State) {
    let version = state.staff.as_ref().and_then(|staff| staff.version.clone());
    if version.is_some_and(|version| *version.of == *state.editor.document.design()) {
        state.editor.document.mark_saved();
    }
    state.session.notice = None;
    state.effect(Effect::Focus("#delivery".to_owned()));
}
