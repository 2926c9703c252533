//! The part of the photo that is on the stage, and how large it is seen.

use crate::app::state::root::State;
use crate::engine::geometry::{ScreenPoint, ScreenSize};

/// Device pixels per CSS pixel that are painted at most: more cost time and show nothing.
const MAX_PIXEL_RATIO: f64 = 2.5;

/// The stage has another size, and so many device pixels per CSS pixel.
pub(super) fn resize(state: &mut State, size: ScreenSize, pixel_ratio: f64) {
    state.editor.pixel_ratio = pixel_ratio.min(MAX_PIXEL_RATIO);
    state.editor.viewport = state.editor.viewport.resized(size, state.view().size());
}

/// Zooms around a point, or around what the visitor looks at.
pub(super) fn zoom(state: &mut State, factor: f64, around: Option<ScreenPoint>) {
    let around = around.unwrap_or_else(|| state.editor.place_of_interest());
    state.editor.viewport = state.editor.viewport.zoomed(factor, around);
}

/// The whole photo again.
pub(super) fn zoom_fit(state: &mut State) {
    state.editor.viewport = state.editor.viewport.fit();
}

/// One photo pixel per device pixel.
pub(super) fn zoom_full(state: &mut State) {
    let editor = &mut state.editor;
    let zoomed = editor.viewport.zoomed_to(1.0 / editor.pixel_ratio, editor.place_of_interest());
    editor.viewport = editor.point_of_interest().map_or(zoomed, |point| zoomed.revealing(point));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::effect::{Dirty, Effect};
    use crate::app::state::fixture::{asks, opened, play, with_line};
    use crate::app::state::{StageAction, ToolAction};
    use crate::engine::editor::Handle;

    #[test]
    fn a_stage_of_another_size_fits_a_fitted_photo_again() {
        let mut state = opened();
        let size = ScreenSize::new(400.0, 300.0);
        let effects = play(&mut state, StageAction::Resized(size, 1.0));
        assert_eq!((state.editor.viewport.stage(), state.editor.viewport), (size, state.editor.viewport.fit()));
        assert!(asks!(effects, Effect::Repaint(Dirty::All)));
        assert!(!asks!(play(&mut state, StageAction::Resized(size, 1.0)), Effect::Repaint(_)), "nothing changed");
        play(&mut state, StageAction::Zoom(3.0, None));
        let zoom = state.editor.viewport.zoom();
        play(&mut state, StageAction::Resized(ScreenSize::new(500.0, 300.0), 1.0));
        assert_eq!(state.editor.viewport.zoom(), zoom);
    }

    #[test]
    fn finer_pixels_than_can_be_seen_are_not_painted() {
        for (told, expected) in [(1.0, 1.0), (2.0, 2.0), (2.5, 2.5), (4.0, 2.5)] {
            let mut state = opened();
            play(&mut state, StageAction::Resized(ScreenSize::new(400.0, 300.0), told));
            assert_eq!(state.editor.pixel_ratio, expected, "{told}");
        }
    }

    #[test]
    fn zooming_holds_the_point_that_is_pointed_at_or_looked_at() {
        let mut state = with_line();
        let at = ScreenPoint::new(300.0, 200.0);
        let held = state.editor.viewport.to_photo(at);
        play(&mut state, StageAction::Zoom(2.0, Some(at)));
        assert!(state.editor.viewport.to_photo(at).distance(held) < 1e-6);
        play(&mut state, StageAction::ZoomFit);
        assert_eq!(state.editor.viewport, state.editor.viewport.fit());
        play(&mut state, ToolAction::Select(Handle::Handle(1)));
        let (place, point) = (state.editor.place_of_interest(), state.editor.point_of_interest().unwrap());
        play(&mut state, StageAction::Zoom(2.0, None));
        assert!(state.editor.viewport.to_photo(place).distance(point) < 1e-6);
    }

    #[test]
    fn a_photo_is_seen_pixel_by_pixel() {
        let mut state = with_line();
        play(&mut state, StageAction::ZoomFull);
        assert!((state.editor.viewport.zoom() * state.editor.pixel_ratio - 1.0).abs() < 1e-9);
        let middle = state.editor.point_of_interest().unwrap();
        let visible = state.editor.viewport.visible();
        assert!(visible.x0 < middle.x && middle.x < visible.x1 && visible.y0 < middle.y && middle.y < visible.y1);
    }
}
