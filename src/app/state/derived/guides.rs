//! The guides on the face, and what handles of the line snap to.

use crate::app::state::root::State;
use crate::app::state::slices::editor::GuidesKey;
use crate::app::state::slices::step::Step;
use crate::engine::calibration::{GuideLine, Side};
use crate::engine::design::View;
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{SeenFace, front_line_on};

/// Brings the guides up to date with the face, and the snapping with the guides.
pub(super) fn update(state: &mut State) {
    let key = wanted(state);
    if key != state.editor.aids.drawn_for {
        let lines = lines(state, key.as_ref());
        state.editor.aids.set_lines(key, lines);
    }
    let has_face = state.view().eyes().is_some();
    let editor = &mut state.editor;
    if editor.tools.line == ToolKind::Landmarks && !has_face {
        editor.tools.line = ToolKind::Line;
    }
    editor.controller.snap = editor.aids.snap(editor.viewport.zoom());
}

/// What the guides are to be made for; `None` where none are shown.
fn wanted(state: &State) -> Option<GuidesKey> {
    if state.step() != Step::Hairline {
        return None;
    }
    let (document, shown) = (&state.editor.document, state.editor.aids.shown);
    let is_front = document.side() == Side::Front;
    let is_aided = !is_front || document.view().eyes().is_some() && shown.contains(&true);
    let bare = |view: &View| View { probe: None, fill: Vec::new(), ..view.clone() };
    is_aided.then(|| GuidesKey {
        shown,
        side: document.side(),
        view: View { hairline: None, ..bare(document.view()) },
        front: (!is_front).then(|| bare(&document.design().views.front)),
    })
}

fn lines(state: &State, key: Option<&GuidesKey>) -> Vec<GuideLine> {
    let (document, parameters) = (&state.editor.document, state.parameters());
    let line = |points| GuideLine { points, name: "", length: None };
    match key {
        None => Vec::new(),
        Some(key) if key.side == Side::Front => SeenFace::of(document.view(), parameters).guides(key.shown),
        Some(key) => front_line_on(&document.design().views, key.side, parameters).into_iter().map(line).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{opened, opened_file, play, with_line};
    use crate::app::state::{LineAction, PhotoAction, SessionAction, StageAction};
    use crate::engine::calibration::GUIDES;
    use crate::engine::catalog::SampleTone;

    #[test]
    fn each_guide_is_shown_and_hidden_at_its_step() {
        for place in 0..GUIDES.len() {
            let mut state = with_line();
            assert!(state.editor.aids.lines.is_empty());
            play(&mut state, LineAction::ToggleGuide(place));
            assert!(!state.editor.aids.lines.is_empty(), "{place}");
            play(&mut state, SessionAction::Go(Step::Density));
            assert!(state.editor.aids.lines.is_empty(), "{place} is seen at another step");
            play(&mut state, SessionAction::Go(Step::Hairline));
            assert!(!state.editor.aids.lines.is_empty(), "{place}");
            play(&mut state, LineAction::ToggleGuide(place));
            assert!(state.editor.aids.lines.is_empty(), "{place}");
        }
        let mut state = with_line();
        play(&mut state, LineAction::ToggleGuide(GUIDES.len()));
        assert!(state.editor.aids.lines.is_empty(), "there is no such guide");
    }

    #[test]
    fn guides_need_a_face() {
        let mut state = opened_file();
        play(&mut state, SessionAction::Go(Step::Hairline));
        play(&mut state, LineAction::ToggleGuide(0));
        assert!(state.editor.aids.lines.is_empty());
        play(&mut state, crate::app::state::ScaleAction::PlaceMarks);
        assert!(!state.editor.aids.lines.is_empty(), "they follow the marks");
    }

    #[test]
    fn handles_snap_to_guides_unless_a_switch_or_a_key_says_no() {
        let mut state = with_line();
        play(&mut state, LineAction::ToggleGuide(0));
        let snaps = |state: &State| !state.editor.controller.snap.lines.is_empty();
        assert!(snaps(&state));
        let near = state.editor.controller.snap.within.0 * state.editor.viewport.zoom();
        play(&mut state, StageAction::Zoom(3.0, None));
        assert!((state.editor.controller.snap.within.0 * state.editor.viewport.zoom() - near).abs() < 1e-9);
        play(&mut state, LineAction::SetSnapping(false));
        assert!(!snaps(&state));
        play(&mut state, LineAction::SetSnapping(true));
        play(&mut state, StageAction::SuspendSnapping);
        assert!(!snaps(&state));
        play(&mut state, StageAction::KeyUp("Alt".to_owned()));
        assert!(snaps(&state));
    }

    #[test]
    fn the_front_line_is_seen_on_other_sides() {
        let mut state = with_line();
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        play(&mut state, PhotoAction::SamplePicked(SampleTone::default()));
        play(&mut state, SessionAction::Go(Step::Hairline));
        assert!(!state.editor.aids.lines.is_empty());
        let mut state = opened();
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        play(&mut state, PhotoAction::SamplePicked(SampleTone::default()));
        play(&mut state, SessionAction::Go(Step::Hairline));
        assert!(state.editor.aids.lines.is_empty(), "there is no front line");
    }
}
