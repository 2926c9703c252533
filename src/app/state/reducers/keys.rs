//! Keys: shortcuts of the tools, the view, and the keyboard's cursor on the stage.

use super::viewport::{zoom, zoom_fit, zoom_full};
use super::{look, pointer, tool};
use crate::app::state::action::KeyStroke;
use crate::app::state::root::State;
use crate::engine::editor::tools::{TOOLS, ToolInput, ToolKind};
use crate::engine::editor::{PointerKind, ZOOM_STEP};

/// Photo pixels of one press of an arrow key, and with Shift.
const NUDGE: (f64, f64) = (1.0, 10.0);
/// How far the keyboard's cursor goes, CSS pixels, and with Shift.
const CURSOR_STEP: (f64, f64) = (8.0, 40.0);

/// A key was pressed.
pub(super) fn pressed(state: &mut State, stroke: &KeyStroke) {
    let key = stroke.key.to_ascii_lowercase();
    match (stroke.command, key.as_str()) {
        (true, "z") if stroke.shift => tool::redo(state),
        (true, "z") => tool::undo(state),
        (true, "y") => tool::redo(state),
        (true, _) => {}
        (_, "+" | "=") => zoom(state, ZOOM_STEP, None),
        (_, "-") => zoom(state, 1.0 / ZOOM_STEP, None),
        (_, "0") => zoom_fit(state),
        (_, "1") => zoom_full(state),
        (_, "c") => look::hold_before(state, true),
        (_, " ") if stroke.on_stage => state.editor.space_held = true,
        (_, "escape") => escape(state),
        (_, "delete" | "backspace") => tool::remove_selected(state),
        (_, "enter") if stroke.on_stage => press(state),
        (_, "arrowleft") => arrow(state, (-1.0, 0.0), stroke.shift),
        (_, "arrowright") => arrow(state, (1.0, 0.0), stroke.shift),
        (_, "arrowup") => arrow(state, (0.0, -1.0), stroke.shift),
        (_, "arrowdown") => arrow(state, (0.0, 1.0), stroke.shift),
        (_, letter) => shortcut(state, letter),
    }
}

/// A key was released.
pub(super) fn released(state: &mut State, key: &str) {
    match key.to_ascii_lowercase().as_str() {
        "c" => look::hold_before(state, false),
        " " => state.editor.space_held = false,
        "alt" | "shift" => state.editor.aids.free = false,
        _ => {}
    }
}

/// Takes the tool of that letter, where the step has it. The letter of the head's outline puts it down again.
fn shortcut(state: &mut State, letter: &str) {
    let is_its = |key: char| letter.len() == 1 && letter.starts_with(key);
    let Some(row) = TOOLS.iter().find(|row| row.shortcut.is_some_and(is_its)) else { return };
    let step = state.step().tools();
    if step.is_some() && row.step == step && state.is_usable(row.kind) {
        let is_put_down = row.kind == ToolKind::Head && state.editor.tools.size == ToolKind::Head;
        tool::take(state, if is_put_down { ToolKind::Marks } else { row.kind });
    }
}

fn escape(state: &mut State) {
    let editor = &mut state.editor;
    if editor.controller.is_busy() {
        editor.controller.cancel(&mut editor.document);
    } else {
        editor.controller.selected = None;
        editor.cursor = None;
    }
}

/// An arrow key moves the chosen point, the view, or the keyboard's cursor with what it draws.
fn arrow(state: &mut State, (x, y): (f64, f64), is_far: bool) {
    if state.editor.controller.selected.is_some() && !state.editor.controller.is_busy() {
        let by = if is_far { NUDGE.1 } else { NUDGE.0 };
        return tool::nudge(state, x * by, y * by);
    }
    let settings = state.tool_settings();
    let by = if is_far { CURSOR_STEP.1 } else { CURSOR_STEP.0 };
    let editor = &mut state.editor;
    if settings.kind == ToolKind::View {
        editor.viewport = editor.viewport.panned(-x * by, -y * by);
        return;
    }
    let (width, height) = editor.view().size();
    let step = by / editor.viewport.zoom();
    let from = editor.cursor.unwrap_or_else(|| editor.viewport.to_photo(editor.middle()));
    let to = from.moved(x * step, y * step).clamped(width, height);
    editor.cursor = Some(to);
    editor.cursor_of_keys = true;
    editor.viewport = editor.viewport.revealing(to);
    if editor.controller.is_busy() {
        editor.controller.moved(&mut editor.document, &settings, to);
        pointer::report(state);
    }
}

/// Enter on the stage: what a press of the pointer at the cursor would do. A line or stroke that was begun ends with the next
/// Enter.
fn press(state: &mut State) {
    let settings = state.tool_settings();
    let editor = &mut state.editor;
    let at = editor.cursor.unwrap_or_else(|| editor.viewport.to_photo(editor.middle()));
    editor.cursor = Some(at);
    editor.cursor_of_keys = true;
    if editor.controller.is_busy() {
        pointer::complete(state, &settings, at);
    } else {
        editor.controller.down(&mut editor.document, &settings, at, PointerKind::Mouse);
        if settings.kind.row().input == ToolInput::Handles {
            pointer::complete(state, &settings, at);
        }
    }
    pointer::report(state);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{PHOTO, after, asks, opened, opened_file, play, with_fill, with_line};
    use crate::app::state::slices::step::Step;
    use crate::app::state::{Effect, LineAction, SessionAction, StageAction, ToolAction};
    use crate::engine::editor::Handle;

    fn stroke(key: &str) -> KeyStroke {
        KeyStroke { key: key.to_owned(), shift: false, command: false, on_stage: true }
    }

    fn press_key(state: &mut State, key: &str) -> Vec<Effect> {
        play(state, StageAction::Key(stroke(key)))
    }

    #[test]
    fn command_keys_go_through_the_history() {
        let command = |key: &str, shift| StageAction::Key(KeyStroke { shift, command: true, ..stroke(key) });
        let mut state = with_fill();
        for (key, shift, has_fill) in [("z", false, false), ("Z", true, true), ("z", false, false), ("y", false, true)]
        {
            play(&mut state, command(key, shift));
            assert_eq!(state.editor.has_fill(), has_fill, "{key}");
        }
        assert!(after(&mut state, command("b", false)).is_empty(), "other commands are the browser's");
        assert_ne!(state.tool(), ToolKind::Brush);
    }

    #[test]
    fn keys_zoom() {
        let mut state = opened();
        let fit = state.editor.viewport.zoom();
        for (key, expected) in
            [("+", fit * ZOOM_STEP), ("=", fit * ZOOM_STEP.powi(2)), ("-", fit * ZOOM_STEP), ("0", fit), ("1", 0.5)]
        {
            press_key(&mut state, key);
            assert!(
                (state.editor.viewport.zoom() / expected - 1.0).abs() < 1e-9,
                "{key}: {}",
                state.editor.viewport.zoom()
            );
        }
    }

    #[test]
    fn keys_are_held_until_they_are_released() {
        let mut state = with_line();
        press_key(&mut state, "c");
        assert!(state.preview.compare.held && state.split() == 1.0);
        play(&mut state, StageAction::KeyUp("C".to_owned()));
        assert!(!state.preview.compare.held);
        play(&mut state, StageAction::Key(KeyStroke { on_stage: false, ..stroke(" ") }));
        assert!(!state.editor.space_held, "a space bar elsewhere presses a button");
        press_key(&mut state, " ");
        assert!(state.editor.space_held);
        play(&mut state, StageAction::KeyUp(" ".to_owned()));
        assert!(!state.editor.space_held);
        for key in ["Alt", "Shift"] {
            play(&mut state, StageAction::SuspendSnapping);
            assert!(state.editor.aids.free);
            play(&mut state, StageAction::KeyUp("x".to_owned()));
            assert!(state.editor.aids.free);
            play(&mut state, StageAction::KeyUp(key.to_owned()));
            assert!(!state.editor.aids.free, "{key}");
        }
    }

    #[test]
    fn a_letter_takes_a_tool_of_its_step_alone() {
        for step in Step::ALL {
            for (row, key) in TOOLS.iter().filter_map(|row| Some((row, row.shortcut?))) {
                let mut state = with_line();
                play(&mut state, SessionAction::Go(step));
                let before = state.editor.tools;
                press_key(&mut state, &key.to_string());
                let mut taken = before;
                taken.take(row.kind);
                let belongs = taken.at(step) == row.kind && !matches!(row.kind, ToolKind::View);
                let expected = if belongs && !matches!(step, Step::Photo | Step::Save) { taken } else { before };
                assert_eq!(state.editor.tools, expected, "{key} at {step:?}");
            }
        }
    }

    #[test]
    fn letters_take_no_tool_that_cannot_work() {
        let mut state = opened_file();
        play(&mut state, SessionAction::Go(Step::Hairline));
        press_key(&mut state, "g");
        assert_eq!(state.tool(), ToolKind::Freehand, "no face is marked");
        let mut state = opened();
        state.session.capabilities.reads_back = false;
        play(&mut state, SessionAction::Go(Step::Look));
        press_key(&mut state, "m");
        assert_eq!(state.tool(), ToolKind::View, "the browser does not give the photo's pixels");
        let mut state = with_fill();
        press_key(&mut state, "brush");
        assert_eq!(state.tool(), ToolKind::Area);
    }

    #[test]
    fn the_letter_of_the_head_puts_it_down_again() {
        let mut state = opened();
        play(&mut state, SessionAction::Go(Step::Size));
        for expected in [ToolKind::Head, ToolKind::Marks] {
            press_key(&mut state, "h");
            assert_eq!(state.tool(), expected);
        }
    }

    #[test]
    fn escape_gives_up_the_gesture_then_the_choice() {
        let mut state = with_fill();
        play(&mut state, ToolAction::Take(ToolKind::Brush));
        let before = state.editor.document.design().clone();
        state.editor.cursor = state.view().hairline.as_ref().map(|line| line.handles[1]);
        press_key(&mut state, "Enter");
        assert!(state.editor.controller.is_busy() && *state.editor.document.design() != before);
        let effects = press_key(&mut state, "Escape");
        assert!(!state.editor.controller.is_busy() && *state.editor.document.design() == before);
        assert!(asks!(effects, Effect::Repaint(_)), "the stroke is gone from the stage");
        play(&mut state, ToolAction::Select(Handle::Handle(1)));
        press_key(&mut state, "Escape");
        assert_eq!((state.editor.controller.selected, state.editor.cursor), (None, None));
    }

    #[test]
    fn delete_removes_the_chosen_point() {
        for key in ["Delete", "Backspace"] {
            let mut state = with_line();
            let count = |state: &State| state.view().hairline.as_ref().unwrap().handles.len();
            let before = count(&state);
            play(&mut state, ToolAction::Select(Handle::Handle(1)));
            press_key(&mut state, key);
            assert_eq!(count(&state), before - 1, "{key}");
        }
    }

    #[test]
    fn arrows_move_the_chosen_point() {
        for (key, shift, (x, y)) in [
            ("ArrowLeft", false, (-1.0, 0.0)),
            ("ArrowRight", true, (10.0, 0.0)),
            ("ArrowUp", false, (0.0, -1.0)),
            ("ArrowDown", true, (0.0, 10.0)),
        ] {
            let mut state = with_line();
            play(&mut state, LineAction::SetMirrored(false));
            play(&mut state, ToolAction::Select(Handle::Handle(1)));
            let at = |state: &State| state.view().hairline.as_ref().unwrap().handles[1];
            let before = at(&state);
            play(&mut state, StageAction::Key(KeyStroke { shift, ..stroke(key) }));
            assert!(at(&state).distance(before.moved(x, y)) < 0.02, "{key}: {before:?} to {:?}", at(&state));
        }
    }

    #[test]
    fn arrows_move_the_view_where_no_tool_is_in_the_hand() {
        let mut state = with_fill();
        play(&mut state, SessionAction::Go(Step::Look));
        let before = state.editor.viewport.offset();
        press_key(&mut state, "ArrowLeft");
        assert_eq!(state.editor.viewport.offset().x, before.x + CURSOR_STEP.0);
        assert_eq!(state.editor.cursor, None);
    }

    #[test]
    fn arrows_move_a_cursor_that_stays_in_the_photo_and_draws_between_two_enters() {
        let mut state = with_fill();
        play(&mut state, ToolAction::Take(ToolKind::Brush));
        press_key(&mut state, "ArrowUp");
        let first = state.editor.cursor.unwrap();
        assert!(
            (first.y - (f64::from(PHOTO.1) / 2.0 - CURSOR_STEP.0 / state.editor.viewport.zoom())).abs() < 1e-6,
            "{first:?}"
        );
        press_key(&mut state, "Enter");
        let far = KeyStroke { shift: true, ..stroke("ArrowUp") };
        for _ in 0..3 {
            play(&mut state, StageAction::Key(far.clone()));
        }
        assert!(state.editor.document.in_gesture());
        press_key(&mut state, "Enter");
        assert!(!state.editor.document.in_gesture() && state.view().fill.len() == 2, "one stroke");
        for _ in 0..30 {
            play(&mut state, StageAction::Key(far.clone()));
        }
        assert_eq!(state.editor.cursor.map(|at| at.y), Some(0.0));
    }

    #[test]
    fn enter_taps_with_a_tool_that_sets_points() {
        let mut state = opened_file();
        play(&mut state, SessionAction::Go(Step::Size));
        press_key(&mut state, "Enter");
        assert!(state.editor.controller.pending_mark.is_some() && !state.editor.controller.is_busy());
        play(&mut state, StageAction::Key(KeyStroke { shift: true, ..stroke("ArrowRight") }));
        press_key(&mut state, "Enter");
        assert!(state.view().calibration.is_some() && state.view().head.is_some());
        let before = state.editor.document.design().clone();
        play(&mut state, StageAction::Key(KeyStroke { on_stage: false, ..stroke("Enter") }));
        assert_eq!(*state.editor.document.design(), before);
    }
}
