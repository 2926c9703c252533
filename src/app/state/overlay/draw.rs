//! What lies over the picture at each step.

use super::canvas::Canvas;
use super::shape::Shape;
use super::{fill, head, line, probe, size};
use crate::app::state::root::State;
use crate::app::state::slices::step::Step;
use crate::engine::editor::tools::{ToolCursor, ToolGroup, ToolKind};
use crate::engine::geometry::{PhotoPoint, ScreenSize};

/// What lies over the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlay {
    /// The size of the stage.
    pub size: ScreenSize,
    /// From below to above.
    pub shapes: Vec<Shape>,
}

/// What lies over the picture; nothing without a photo, and while before is held.
#[must_use]
pub fn overlay(state: &State) -> Option<Overlay> {
    if !state.has_open_photo() || state.preview.compare.held {
        return None;
    }
    let mut canvas = Canvas::new(state);
    match state.step() {
        Step::Size if state.tool() == ToolKind::Head => head::draw(&mut canvas),
        Step::Size => size::draw(&mut canvas),
        Step::Hairline => line::draw(&mut canvas),
        Step::Density => fill::draw(&mut canvas),
        Step::Look => {
            split(&mut canvas);
            probe::draw(&mut canvas);
            hair_stroke(&mut canvas);
        }
        Step::Photo => split(&mut canvas),
        Step::Save => {}
    }
    cursor(&mut canvas);
    Some(Overlay { size: state.editor.viewport.stage(), shapes: canvas.shapes })
}

/// Where before ends and after begins, if both are seen.
fn split(canvas: &mut Canvas) {
    let split = canvas.state.split();
    let (width, height) = canvas.state.view().size();
    let at = |y: f64| PhotoPoint::new(width * split, y);
    if split > 0.0 && split < 1.0 {
        canvas.polyline("split", &[at(0.0), at(height)]);
    }
}

/// The stroke that is being made and says where hair is: what comes of it is seen once it is made.
fn hair_stroke(canvas: &mut Canvas) {
    let is_making =
        canvas.state.tool().row().group == Some(ToolGroup::Hair) && canvas.state.editor.document.in_gesture();
    if let Some(stroke) = canvas.state.view().own_hair.last().filter(|_| is_making) {
        canvas.polyline("hair-stroke", &stroke.points);
    }
}

/// The brush as large as it paints, or the keyboard's cursor.
fn cursor(canvas: &mut Canvas) {
    let state = canvas.state;
    let Some(at) = state.editor.cursor.map(|point| canvas.seen(point)) else { return };
    canvas.shapes.push(match state.tool().row().cursor {
        ToolCursor::Ring => {
            let radius = state.view().scale(state.parameters()).px_per_mm.px(state.editor.brush.radius).0;
            Shape::Brush(at, radius * state.editor.viewport.zoom())
        }
        ToolCursor::Crosshair if state.editor.cursor_of_keys => Shape::Cursor(at),
        ToolCursor::Crosshair | ToolCursor::Grab => return,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{after, opened, opened_file, person, play, with_fill};
    use crate::app::state::{Action, LookAction, PhotoAction, SessionAction, StageAction, Timer};
    use crate::engine::geometry::ScreenPoint;

    /// A first idea whose split moves.
    fn with_idea() -> State {
        let mut state = opened_file();
        let sought = PhotoAction::PersonSought(state.photos.load, Some(person()));
        play(&mut state, sought);
        for _ in 0..10 {
            after(&mut state, Action::Elapsed(Timer::Reveal));
        }
        state
    }

    /// The edge between before and after is drawn in that place of the photo, and nothing else.
    #[track_caller]
    fn check_split_alone(state: &State, split: f64) {
        let (width, height) = state.view().size();
        let mut expected = Canvas::new(state);
        expected.polyline("split", &[PhotoPoint::new(width * split, 0.0), PhotoPoint::new(width * split, height)]);
        assert_eq!(overlay(state).unwrap().shapes, expected.shapes);
    }

    #[test]
    fn the_edge_of_a_first_idea_is_drawn_and_nothing_else() {
        let mut state = with_idea();
        let split = state.split();
        assert!(split > 0.0 && split < 1.0, "{split}");
        check_split_alone(&state, split);
        play(&mut state, LookAction::Split(0.3));
        play(&mut state, StageAction::Hover(Some(ScreenPoint::new(400.0, 300.0))));
        check_split_alone(&state, 0.3);
    }

    #[test]
    fn nothing_is_drawn_where_only_one_is_seen() {
        let mut state = with_idea();
        for split in [0.0, 1.0] {
            play(&mut state, LookAction::Split(split));
            assert_eq!(overlay(&state).unwrap().shapes, [], "{split}");
        }
        play(&mut state, LookAction::Split(0.5));
        play(&mut state, LookAction::HoldBefore(true));
        assert_eq!(overlay(&state), None);
        play(&mut state, LookAction::HoldBefore(false));
        play(&mut state, PhotoAction::DeclineIdea);
        play(&mut state, SessionAction::Go(Step::Photo));
        assert_eq!(overlay(&state).unwrap().shapes, []);
    }

    #[test]
    fn what_is_no_first_idea_is_not_compared_where_a_photo_is_chosen() {
        for mut state in [opened(), with_fill()] {
            state.preview.compare.split = 0.5;
            play(&mut state, SessionAction::Go(Step::Photo));
            assert_eq!(overlay(&state).unwrap().shapes, []);
        }
    }

    #[test]
    fn the_edge_is_drawn_where_the_look_is_chosen() {
        let mut state = with_fill();
        play(&mut state, SessionAction::Go(Step::Look));
        play(&mut state, LookAction::Split(0.4));
        check_split_alone(&state, 0.4);
    }
}
