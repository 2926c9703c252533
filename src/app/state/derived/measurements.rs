//! The figures of the design: over all sides, each measured when it changed.

use crate::app::state::effect::{Effect, Timer};
use crate::app::state::root::State;
use crate::app::state::slices::preview::SideMeasurement;
use crate::engine::calibration::Side;
use crate::engine::design::View;
use crate::engine::dots::Field;
use crate::engine::measure::{Figures, Survey};
use std::rc::Rc;

/// How long the page rests before a side that is not shown is measured.
const REST_MS: u32 = 120;

/// Counts and measures the side that is shown; the others follow when the page rests.
pub(super) fn update(state: &mut State) {
    let side = state.editor.document.side();
    if let Some(field) = &state.preview.field
        && state.has_open_photo()
        && !is_known(state, side, state.view())
    {
        let measured = measure(state, side, field);
        remember(state, measured);
    }
    state.preview.figures = figures(state).map(Rc::new);
    if stale_side(state).is_some() {
        state.effect(Effect::StartTimer(Timer::MeasureSides, REST_MS));
    }
}

/// Measures a side that is not shown.
pub(in crate::app::state) fn measure_next_side(state: &mut State) {
    let Some((side, field)) = stale_side(state).zip(state.preview.field.as_ref()) else { return };
    let mut field = field.afresh();
    field.sync_side(state.editor.document.design(), side, state.parameters());
    let measured = measure(state, side, &field);
    remember(state, measured);
    update(state);
}

fn measure(state: &State, side: Side, field: &Field) -> SideMeasurement {
    let design = state.editor.document.design();
    let view = design.views.of(side).clone();
    let survey = Rc::new(Survey::of(field, &view, state.parameters()));
    SideMeasurement { side, view, look: design.look.clone(), survey }
}

fn remember(state: &mut State, measured: SideMeasurement) {
    state.preview.measurements.retain(|known| known.side != measured.side);
    state.preview.measurements.push(measured);
}

/// Whether the measurement of a side is of what is there now.
fn is_known(state: &State, side: Side, view: &View) -> bool {
    let look = &state.editor.document.design().look;
    state.preview.measurements.iter().any(|known| known.side == side && known.view == *view && known.look == *look)
}

/// A side with something on it whose measurement is not of what is there now.
fn stale_side(state: &State) -> Option<Side> {
    let document = &state.editor.document;
    let is_stale = |(side, view): &(Side, &View)| {
        *side != document.side() && !view.fill.is_empty() && !is_known(state, *side, view)
    };
    state.preview.field.as_ref().and_then(|_| document.design().views.each().find(is_stale)).map(|(side, _)| side)
}

fn figures(state: &State) -> Option<Figures> {
    let document = &state.editor.document;
    let design = document.design();
    let is_there = |side: Side| !design.views.of(side).fill.is_empty() || side == document.side();
    let of_side = |side: Side| state.preview.measurements.iter().find(|known| known.side == side && is_there(side));
    let surveys: Vec<_> =
        Side::ALL.into_iter().filter_map(of_side).map(|known| (known.side, known.survey.clone())).collect();
    (!surveys.is_empty() && state.editor.has_photos()).then(|| Figures::over(design, &surveys, state.parameters()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{after, asks, opened, play, with_fill};
    use crate::app::state::{Action, FillAction, LineAction, LookAction, PhotoAction};
    use crate::engine::catalog::SampleTone;
    use crate::engine::design::Appearance;

    /// Front and top have a photo and a fill; the top is shown.
    fn two_sides() -> State {
        let mut state = with_fill();
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        play(&mut state, PhotoAction::SamplePicked(SampleTone::default()));
        play(&mut state, LineAction::ChooseShape(0));
        play(&mut state, FillAction::SetBehindLine(true));
        state
    }

    fn sides(state: &State) -> Vec<Side> {
        state
            .preview
            .figures
            .as_ref()
            .map_or(Vec::new(), |figures| figures.sides.iter().map(|side| side.side).collect())
    }

    #[test]
    fn nothing_is_told_of_a_photo_without_a_fill() {
        let state = opened();
        assert!(state.preview.told_figures().is_none());
        assert!(with_fill().preview.told_figures().is_some_and(|figures| figures.dots.value > 100.0));
    }

    #[test]
    fn a_side_that_is_not_shown_is_counted_as_it_was_measured() {
        let mut state = with_fill();
        let dots = state.preview.figures.as_ref().unwrap().dots.value;
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        assert_eq!(state.preview.figures.as_ref().map(|figures| figures.dots.value), Some(dots));
        assert_eq!(sides(&two_sides()).first(), Some(&Side::Front));
    }

    #[test]
    fn sides_that_are_not_shown_are_measured_when_the_visitor_rests() {
        let mut state = with_fill();
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        play(&mut state, PhotoAction::SamplePicked(SampleTone::default()));
        let look = state.editor.document.design().look.clone();
        let effects = play(&mut state, LookAction::Choose(Appearance { session: 1, ..look }));
        assert!(asks!(effects, Effect::StartTimer(Timer::MeasureSides, REST_MS)));
        let is_stale = |state: &State| stale_side(state) == Some(Side::Front);
        assert!(is_stale(&state));
        let effects = after(&mut state, Action::Elapsed(Timer::MeasureSides));
        assert!(!asks!(effects, Effect::StartTimer(Timer::MeasureSides, _)), "none is left");
        let looks: Vec<u8> = state.preview.measurements.iter().map(|known| known.look.session).collect();
        assert!(!is_stale(&state) && looks.iter().all(|session| *session == 1), "{looks:?}");
        assert!(after(&mut state, Action::Elapsed(Timer::MeasureSides)).is_empty());
    }

    #[test]
    fn a_slider_that_is_held_measures_nothing() {
        let mut state = with_fill();
        let before = state.preview.figures.clone().unwrap();
        play(&mut state, FillAction::SetDensity(60.0));
        assert!(Rc::ptr_eq(&before, state.preview.figures.as_ref().unwrap()));
        play(&mut state, crate::app::state::ToolAction::Commit);
        assert!(state.preview.figures.as_ref().unwrap().dots.value < before.dots.value);
    }
}
