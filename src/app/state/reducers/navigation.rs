//! From step to step and from side to side.

use crate::app::state::effect::Effect;
use crate::app::state::root::State;
use crate::app::state::slices::session::{Busy, NoticeKind};
use crate::app::state::slices::step::Step;
use crate::engine::calibration::Side;
use crate::engine::geometry::{Mm, PhotoPoint};

/// How much is seen around a design when it fills the stage.
const AROUND_DESIGN: Mm = Mm(18.0);

/// Goes to a step. An open gesture ends; what belongs to the step that is left is put down.
pub(super) fn go(state: &mut State, step: Step) {
    state.editor.leave_step();
    state.preview.compare.held = false;
    state.session.step = step;
    // What was done is not said again beside the next thing.
    state.session.notice = state.session.notice.take().filter(|notice| notice.kind != NoticeKind::Good);
    focus_panel(state);
}

/// The keyboard's focus goes to the head of the panel.
pub(super) fn focus_panel(state: &mut State) {
    state.effect(Effect::Focus("#panel-title".to_owned()));
}

/// What is drawn fills the stage, unless the visitor looks closer already.
pub(super) fn reveal_design(state: &mut State) {
    let view = state.view();
    let margin = view.scale(state.parameters()).px_per_mm.px(AROUND_DESIGN).0;
    let viewport = state.editor.viewport;
    let (stage, part) = (viewport.stage(), view.drawn().inflated(margin));
    let zoom = (stage.width / (part.x1 - part.x0)).min(stage.height / (part.y1 - part.y0));
    if !view.fill.is_empty() && viewport == viewport.fit() {
        let middle = PhotoPoint::new((part.x0 + part.x1) / 2.0, (part.y0 + part.y1) / 2.0);
        state.editor.viewport = viewport.zoomed_to(zoom, state.editor.middle()).around(middle);
    }
}

/// Shows another side. One without a photo asks for it.
pub(super) fn show_side(state: &mut State, side: Side) {
    // Pictures are made of what is shown.
    if side == state.editor.document.side() || state.session.busy == Some(Busy::Making) {
        return;
    }
    state.editor.controller.cancel(&mut state.editor.document);
    state.editor.document.turn_to(side);
    // What was remarked on the side that was shown goes with it.
    state.session.notice = state.session.notice.take().filter(|notice| notice.kind != NoticeKind::Info);
    side_changed(state);
    if state.view().photo.is_none() || state.is_photo_missing() {
        go(state, Step::Photo);
    }
}

/// Another side is shown than before.
pub(super) fn side_changed(state: &mut State) {
    // What is still being opened belongs to the side that was shown.
    state.photos.load += 1;
    state.photos.failed = None;
    state.session.busy = None;
    state.preview.probed = None;
    state.editor.side_changed();
}
