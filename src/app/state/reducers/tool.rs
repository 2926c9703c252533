//! Tools, the history, and the chosen point.

use super::command::{apply, commit};
use super::{head, navigation};
use crate::app::state::action::ToolAction;
use crate::app::state::root::State;
use crate::app::state::slices::session::Busy;
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Editor, Handle};

pub(super) fn reduce(state: &mut State, action: ToolAction) {
    match action {
        ToolAction::Undo => undo(state),
        ToolAction::Redo => redo(state),
        ToolAction::Take(kind) => take(state, kind),
        ToolAction::Select(handle) => select(state, handle),
        ToolAction::Nudge(dx, dy) => nudge(state, dx, dy),
        ToolAction::RemoveSelected => remove_selected(state),
        ToolAction::Commit => commit(state),
    }
}

/// One step back.
pub(super) fn undo(state: &mut State) {
    step_history(state, Editor::undo);
}

/// One step forward.
pub(super) fn redo(state: &mut State) {
    step_history(state, Editor::redo);
}

/// Goes a step back or forward, to the side on which it was.
fn step_history(state: &mut State, go: fn(&mut Editor) -> bool) {
    // Pictures are made of what is shown.
    if state.session.busy == Some(Busy::Making) {
        return;
    }
    let editor = &mut state.editor;
    editor.controller.cancel(&mut editor.document);
    let side = editor.document.side();
    go(&mut editor.document);
    if editor.document.side() != side {
        navigation::side_changed(state);
    }
}

/// Takes a tool at the step to which it belongs.
pub(super) fn take(state: &mut State, kind: ToolKind) {
    let editor = &mut state.editor;
    editor.controller.cancel(&mut editor.document);
    editor.tools.take(kind);
    editor.controller.selected = None;
    editor.controller.pending_mark = None;
    state.preview.probed = None;
    if kind == ToolKind::Head {
        head::ensure(state);
    }
}

fn select(state: &mut State, handle: Handle) {
    let editor = &mut state.editor;
    editor.controller.selected = Some(handle);
    if let Some(point) = handle.position(editor.view(), editor.parameters()) {
        editor.viewport = editor.viewport.revealing(point);
    }
}

/// Moves the chosen point by photo pixels.
pub(super) fn nudge(state: &mut State, dx: f64, dy: f64) {
    let Some(handle) = state.editor.controller.selected else { return };
    let (view, parameters) = (state.view(), state.parameters());
    let Some(from) = handle.position(view, parameters) else { return };
    let to = from.moved(dx, dy);
    if let Some(command) = handle.moved_to(to, state.tool_settings().mirrored, view, parameters) {
        apply(state, command);
        state.editor.viewport = state.editor.viewport.revealing(to);
    }
}

/// Removes the chosen point.
pub(super) fn remove_selected(state: &mut State) {
    let Some(handle) = state.editor.controller.selected else { return };
    if let Some(command) = handle.removed(state.view()) {
        state.editor.controller.selected = None;
        apply(state, command);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::effect::{Dirty, Effect, PictureUse};
    use crate::app::state::fixture::{after, asks, opened, opened_file, play, pointer, started, with_fill, with_line};
    use crate::app::state::slices::step::Step;
    use crate::app::state::{FillAction, PhotoAction, SaveAction, SessionAction, StageAction};
    use crate::engine::calibration::Side;
    use crate::engine::catalog::SampleTone;
    use crate::engine::editor::PointerPhase;
    use crate::engine::geometry::PhotoPoint;

    #[test]
    fn steps_go_back_and_forward_and_each_is_shown() {
        let mut state = with_fill();
        let after_all = state.editor.document.design().clone();
        for action in [ToolAction::Undo, ToolAction::Redo] {
            let effects = play(&mut state, action);
            assert!(asks!(effects, Effect::Repaint(_)) && asks!(effects, Effect::StartTimer(..)), "{effects:?}");
            let has_dots = !state.visible_dots().is_empty();
            assert_eq!((has_dots, state.preview.told_figures().is_some()), (state.editor.has_fill(), has_dots));
        }
        assert_eq!(*state.editor.document.design(), after_all);
        let mut state = opened();
        play(&mut state, ToolAction::Undo);
        assert!(state.has_open_photo() && state.view().calibration.is_some(), "there is no step to take back");
    }

    #[test]
    fn nothing_is_taken_back_while_pictures_are_made_of_it() {
        for action in [ToolAction::Undo, ToolAction::Redo] {
            let mut state = with_fill();
            play(&mut state, FillAction::Clear);
            play(&mut state, ToolAction::Undo);
            after(&mut state, SaveAction::SavePicture(PictureUse::After));
            let before = state.editor.document.design().clone();
            assert!(after(&mut state, action.clone()).is_empty(), "{action:?}");
            assert_eq!(*state.editor.document.design(), before);
        }
    }

    #[test]
    fn a_step_is_taken_back_on_the_side_where_it_was() {
        let mut state = with_fill();
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        play(&mut state, PhotoAction::SamplePicked(SampleTone::default()));
        let load = state.photos.load;
        let effects = play(&mut state, ToolAction::Undo);
        assert_eq!(state.editor.document.side(), Side::Front);
        assert!(asks!(effects, Effect::HidePicture) && asks!(effects, Effect::OpenPhoto { .. }));
        assert!(!state.editor.has_fill() && state.photos.load > load && state.has_open_photo());
    }

    #[test]
    fn a_gesture_under_way_is_given_up_and_the_step_before_it_taken_back() {
        let mut state = with_fill();
        play(&mut state, ToolAction::Take(ToolKind::Eraser));
        let at = state.view().hairline.as_ref().unwrap().handles[2];
        let event = pointer(&state, PointerPhase::Down, at);
        play(&mut state, event);
        assert_eq!(state.view().fill.len(), 2);
        play(&mut state, ToolAction::Undo);
        assert_eq!((state.view().fill.len(), state.editor.document.in_gesture()), (0, false));
    }

    #[test]
    fn each_tool_is_taken_at_its_step_and_what_was_chosen_is_put_down() {
        for (kind, step) in [
            (ToolKind::Marks, Step::Size),
            (ToolKind::Head, Step::Size),
            (ToolKind::Line, Step::Hairline),
            (ToolKind::Freehand, Step::Hairline),
            (ToolKind::Temple, Step::Hairline),
            (ToolKind::Landmarks, Step::Hairline),
            (ToolKind::Area, Step::Density),
            (ToolKind::Brush, Step::Density),
            (ToolKind::Eraser, Step::Density),
            (ToolKind::Lasso, Step::Density),
            (ToolKind::PartLine, Step::Density),
            (ToolKind::Scar, Step::Density),
            (ToolKind::View, Step::Look),
            (ToolKind::Probe, Step::Look),
        ] {
            let mut state = with_line();
            play(&mut state, SessionAction::Go(step));
            play(&mut state, ToolAction::Select(Handle::Handle(1)));
            state.editor.controller.pending_mark = Some(PhotoPoint::new(1.0, 1.0));
            play(&mut state, ToolAction::Take(kind));
            assert_eq!((state.tool(), state.tool_settings().kind), (kind, kind), "{step:?}");
            assert_eq!(
                (state.editor.controller.selected, state.editor.controller.pending_mark),
                (None, None),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn points_of_the_face_need_a_face() {
        let mut state = opened_file();
        play(&mut state, SessionAction::Go(Step::Hairline));
        play(&mut state, ToolAction::Take(ToolKind::Landmarks));
        assert_eq!(state.tool(), ToolKind::Freehand);
    }

    #[test]
    fn where_there_is_no_line_one_is_drawn() {
        let mut state = opened();
        play(&mut state, SessionAction::Go(Step::Hairline));
        for side in [Side::Front, Side::Left] {
            play(&mut state, PhotoAction::ShowSide(side));
            play(&mut state, PhotoAction::SamplePicked(SampleTone::default()));
            play(&mut state, SessionAction::Go(Step::Hairline));
            assert_eq!((state.tool(), state.tool_settings().kind), (ToolKind::Freehand, ToolKind::Freehand));
            assert!(!state.is_usable(ToolKind::Line), "there is nothing to move");
        }
        let mut state = with_line();
        play(&mut state, SessionAction::Go(Step::Hairline));
        assert!(state.tool() == ToolKind::Line && state.is_usable(ToolKind::Line));
    }

    #[test]
    fn there_is_a_head_to_take_hold_of() {
        let mut state = opened_file();
        play(&mut state, SessionAction::Go(Step::Size));
        assert_eq!(state.view().head, None);
        play(&mut state, ToolAction::Take(ToolKind::Head));
        assert!(state.view().head.is_some_and(|head| !head.by_hand));
        assert!(!state.has_unsaved_work(), "what the program sees is no work");
    }

    #[test]
    fn a_point_that_is_chosen_is_brought_into_sight() {
        let mut state = with_line();
        play(&mut state, StageAction::Zoom(12.0, None));
        let before = state.editor.viewport;
        let effects = play(&mut state, ToolAction::Select(Handle::Handle(0)));
        assert_eq!(state.editor.controller.selected, Some(Handle::Handle(0)));
        assert!(state.editor.viewport != before && asks!(effects, Effect::Repaint(Dirty::All)));
        play(&mut state, ToolAction::Select(Handle::Handle(99)));
        play(&mut state, crate::app::state::LineAction::Remove);
        assert_eq!(state.editor.controller.selected, None, "what is gone is not chosen");
    }

    #[test]
    fn the_chosen_point_is_moved_with_its_counterpart() {
        let mut state = with_line();
        let handles = |state: &State| state.view().hairline.as_ref().unwrap().handles.clone();
        let before = handles(&state);
        play(&mut state, ToolAction::Nudge(5.0, -7.0));
        assert_eq!(handles(&state), before, "nothing is chosen");
        play(&mut state, ToolAction::Select(Handle::Handle(1)));
        play(&mut state, ToolAction::Nudge(5.0, -7.0));
        let (moved, last) = (handles(&state), before.len() - 2);
        assert!((moved[1].x - before[1].x - 5.0).abs() < 0.02 && (moved[1].y - before[1].y + 7.0).abs() < 0.02);
        // Across the midline of the face, which goes through the middle between the pupils.
        let midline = state.view().eyes().unwrap().x;
        assert!((moved[1].x + moved[last].x - 2.0 * midline).abs() < 0.02, "{before:?} {moved:?}");
        play(&mut state, ToolAction::Undo);
        assert_eq!(handles(&state), before);
    }

    #[test]
    fn the_chosen_point_is_removed() {
        let mut state = with_line();
        let count = |state: &State| state.view().hairline.as_ref().unwrap().handles.len();
        let before = count(&state);
        play(&mut state, ToolAction::RemoveSelected);
        assert_eq!(count(&state), before);
        play(&mut state, ToolAction::Select(Handle::Handle(1)));
        play(&mut state, ToolAction::RemoveSelected);
        assert_eq!((count(&state), state.editor.controller.selected), (before - 1, None));
        play(&mut state, ToolAction::Select(Handle::MarkA));
        play(&mut state, ToolAction::RemoveSelected);
        assert_eq!(state.editor.controller.selected, Some(Handle::MarkA), "a mark stays");
    }

    #[test]
    fn without_a_photo_there_is_nothing_to_do() {
        for action in [
            ToolAction::Undo,
            ToolAction::Redo,
            ToolAction::Select(Handle::Handle(0)),
            ToolAction::Nudge(1.0, 1.0),
            ToolAction::RemoveSelected,
            ToolAction::Commit,
        ] {
            let mut state = started();
            let before = state.editor.document.design().clone();
            let effects = play(&mut state, action.clone());
            assert!(!asks!(effects, Effect::StartTimer(..) | Effect::GrowDots(_)), "{action:?}: {effects:?}");
            assert_eq!(*state.editor.document.design(), before);
        }
    }
}
