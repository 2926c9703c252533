//! Pointers on the stage: they move the view, or work the tool in hand.

use super::command::adapt_look;
use super::head;
use crate::app::state::root::State;
use crate::engine::editor::Treatment;
use crate::engine::editor::tools::{ToolKind, ToolSettings};
use crate::engine::editor::{Handle, PointerEvent, PointerKind, StageAct};
use crate::engine::geometry::PhotoPoint;

/// A pointer did something.
pub(super) fn handle(state: &mut State, event: PointerEvent) {
    if !state.has_open_photo() {
        return;
    }
    let settings = state.tool_settings();
    let pans = event.pans || state.editor.space_held || settings.kind == ToolKind::View;
    let editor = &mut state.editor;
    let viewport = editor.viewport;
    let act = editor.pointers.handle(PointerEvent { pans, ..event }, viewport);
    if event.kind == PointerKind::Mouse {
        editor.cursor = Some(viewport.to_photo(event.at));
        editor.cursor_of_keys = false;
    }
    match act {
        None => return,
        Some(StageAct::View(viewport)) => {
            editor.viewport = viewport;
            return;
        }
        Some(StageAct::ToolDown(at, pointer)) => {
            editor.controller.down(&mut editor.document, &settings, viewport.to_photo(at), pointer);
        }
        Some(StageAct::ToolMove(at)) => {
            editor.controller.moved(&mut editor.document, &settings, viewport.to_photo(at));
        }
        Some(StageAct::ToolUp(at)) => complete(state, &settings, viewport.to_photo(at)),
        Some(StageAct::ToolCancel) => editor.controller.cancel(&mut editor.document),
    }
    report(state);
}

/// Ends the gesture. A freehand line is drawn once; then its points are moved.
pub(super) fn complete(state: &mut State, settings: &ToolSettings, at: PhotoPoint) {
    let before = Treatment::of(state.editor.document.design());
    let editor = &mut state.editor;
    editor.controller.complete(&mut editor.document, settings, at);
    adapt_look(state, before);
    let controller = &state.editor.controller;
    let is_mark = matches!(controller.selected, Some(Handle::MarkA | Handle::MarkB | Handle::Glabella));
    let is_refused = controller.command_error.is_some();
    if settings.kind == ToolKind::Marks || settings.kind == ToolKind::Landmarks && is_mark {
        head::detect(state);
    }
    if settings.kind == ToolKind::Freehand && state.view().hairline.is_some() && !is_refused {
        state.editor.tools.line = ToolKind::Line;
    }
}

/// Tells why the hand could not do what it was to do.
pub(super) fn report(state: &mut State) {
    let outcome = state.editor.controller.command_error.take().map_or(Ok(()), Err);
    if outcome.is_err() || !state.editor.controller.is_busy() {
        state.session.report(outcome);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::effect::{Dirty, Effect, Timer};
    use crate::app::state::fixture::{
        after, asks, check_told, drag, opened, opened_file, play, pointer, started, with_fill, with_line,
    };
    use crate::app::state::slices::session::NoticeKind;
    use crate::app::state::slices::step::Step;
    use crate::app::state::{SessionAction, StageAction, ToolAction};
    use crate::engine::design::Hair;
    use crate::engine::editor::PointerPhase;
    use crate::engine::geometry::ScreenPoint;

    const BOW: [(f64, f64); 5] = [(380.0, 480.0), (480.0, 400.0), (600.0, 380.0), (720.0, 400.0), (820.0, 480.0)];

    #[test]
    fn without_a_photo_pointers_do_nothing() {
        let mut state = started();
        let event = pointer(&state, PointerPhase::Down, PhotoPoint::new(1.0, 1.0));
        assert!(after(&mut state, event).is_empty());
        assert!(!state.editor.pointers.any_down() && state.editor.cursor.is_none());
        after(&mut state, StageAction::Hover(Some(ScreenPoint::new(5.0, 5.0))));
        assert_eq!(state.editor.cursor, None);
    }

    #[test]
    fn a_mouse_that_hovers_is_known_by_its_place_in_the_photo() {
        let mut state = opened();
        let at = ScreenPoint::new(300.0, 250.0);
        assert!(after(&mut state, StageAction::Hover(Some(at))).is_empty());
        assert_eq!(state.editor.cursor, Some(state.editor.viewport.to_photo(at)));
        after(&mut state, StageAction::Hover(None));
        assert_eq!(state.editor.cursor, None);
    }

    #[test]
    fn the_view_is_moved_by_the_middle_button_the_space_bar_and_where_no_tool_is() {
        for (step, pans, space_held) in
            [(Step::Density, true, false), (Step::Density, false, true), (Step::Look, false, false)]
        {
            let mut state = with_fill();
            play(&mut state, SessionAction::Go(step));
            state.editor.space_held = space_held;
            let (design, before) = (state.editor.document.design().clone(), state.editor.viewport.offset());
            let from = PhotoPoint::new(600.0, 600.0);
            for (phase, at) in [(PointerPhase::Down, from), (PointerPhase::Move, from.moved(40.0, 0.0))] {
                let StageAction::Pointer(event) = pointer(&state, phase, at) else { unreachable!() };
                let effects = after(&mut state, StageAction::Pointer(PointerEvent { pans, ..event }));
                assert_eq!(asks!(effects, Effect::Repaint(Dirty::All)), phase == PointerPhase::Move, "{step:?}");
            }
            assert!(state.editor.viewport.offset().x > before.x);
            assert_eq!(*state.editor.document.design(), design);
        }
    }

    #[test]
    fn a_freehand_line_is_drawn_once_then_its_points_are_moved() {
        let mut state = opened();
        play(&mut state, SessionAction::Go(Step::Hairline));
        play(&mut state, ToolAction::Take(ToolKind::Freehand));
        let effects = drag(&mut state, &BOW);
        assert!(state.view().hairline.is_some() && asks!(effects, Effect::StartTimer(Timer::KeepDraft, _)));
        assert_eq!(state.tool(), ToolKind::Line);
        play(&mut state, ToolAction::Undo);
        assert_eq!(state.view().hairline, None);
    }

    #[test]
    fn a_line_that_is_too_short_is_refused_and_drawn_again() {
        for mut state in [opened(), with_line()] {
            let before = state.view().hairline.clone();
            play(&mut state, SessionAction::Go(Step::Hairline));
            play(&mut state, ToolAction::Take(ToolKind::Freehand));
            drag(&mut state, &[(600.0, 400.0), (601.0, 400.0)]);
            check_told(&state, NoticeKind::Fault, state.texts().refuse_short_line);
            assert_eq!((state.tool(), &state.view().hairline), (ToolKind::Freehand, &before));
            drag(&mut state, &BOW);
            assert!(state.session.notice.is_none() && state.view().hairline != before);
        }
    }

    #[test]
    fn two_taps_mark_the_eyes_and_the_head_is_looked_for() {
        let mut state = opened_file();
        play(&mut state, SessionAction::Go(Step::Size));
        drag(&mut state, &[(442.0, 725.0)]);
        assert!(state.editor.controller.pending_mark.is_some() && state.view().head.is_none());
        drag(&mut state, &[(757.0, 725.0)]);
        assert_eq!(
            state.view().calibration.map(|marks| marks.reference),
            Some(crate::engine::editor::average_pupils(state.parameters()))
        );
        assert!(state.view().head.is_some());
        play(&mut state, ToolAction::Undo);
        assert_eq!((state.view().calibration, state.view().head), (None, None), "both are one step");
    }

    #[test]
    fn a_part_line_keeps_the_hair_in_the_same_step() {
        let mut state = with_fill();
        play(&mut state, ToolAction::Take(ToolKind::PartLine));
        let before = state.editor.document.design().clone();
        drag(&mut state, &[(500.0, 300.0), (560.0, 302.0), (640.0, 300.0), (700.0, 300.0)]);
        assert_eq!((state.view().fill.len(), state.editor.document.design().look.hair), (2, Hair::Kept));
        play(&mut state, ToolAction::Undo);
        assert_eq!(*state.editor.document.design(), before);
    }

    #[test]
    fn a_stroke_shows_as_it_goes_and_is_measured_when_it_ends() {
        let mut state = with_fill();
        play(&mut state, ToolAction::Take(ToolKind::Eraser));
        let at = state.view().hairline.as_ref().unwrap().handles[2].moved(0.0, -30.0);
        let figures = state.preview.figures.clone().unwrap();
        for (phase, at) in [(PointerPhase::Down, at), (PointerPhase::Move, at.moved(60.0, 0.0))] {
            let event = pointer(&state, phase, at);
            let effects = after(&mut state, event);
            assert!(asks!(effects, Effect::Repaint(_)) && effects.len() == 1, "{effects:?}");
            assert!(std::rc::Rc::ptr_eq(&figures, state.preview.figures.as_ref().unwrap()));
        }
        let event = pointer(&state, PointerPhase::Up, at.moved(60.0, 0.0));
        let effects = after(&mut state, event);
        assert!(asks!(effects, Effect::StartTimer(Timer::KeepDraft, _)));
        assert!(state.preview.figures.as_ref().unwrap().dots.value < figures.dots.value);
    }

    #[test]
    fn a_pointer_that_is_lost_leaves_no_trace() {
        let mut state = with_fill();
        play(&mut state, ToolAction::Take(ToolKind::Brush));
        let (before, dots) =
            (state.editor.document.design().clone(), state.preview.field.as_ref().unwrap().fingerprint());
        for (phase, x) in [(PointerPhase::Down, 500.0), (PointerPhase::Move, 600.0), (PointerPhase::Cancel, 600.0)] {
            let event = pointer(&state, phase, PhotoPoint::new(x, 420.0));
            play(&mut state, event);
        }
        assert_eq!((state.editor.document.design(), state.editor.document.in_gesture()), (&before, false));
        assert_eq!(state.preview.field.as_ref().unwrap().fingerprint(), dots);
    }
}
