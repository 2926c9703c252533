//! The look of the ink, the visitor's own hair as its measure, and the comparison of before and after.

use super::command::{apply, apply_in_gesture, commit};
use super::tool;
use crate::app::state::action::LookAction;
use crate::app::state::root::State;
use crate::engine::design::Appearance;
use crate::engine::editor::Command;
use crate::engine::editor::tools::ToolKind;

/// Where the slider stands when a variant is compared with and it stood at one end.
const HALF: f64 = 0.5;

pub(super) fn reduce(state: &mut State, action: LookAction) {
    match action {
        LookAction::Change(look) => apply_in_gesture(state, Command::SetLook(look)),
        LookAction::Choose(look) => choose(state, look),
        LookAction::TakeSuggestion(look) => {
            choose(state, look);
            tool::take(state, ToolKind::View);
        }
        LookAction::ClearHair => apply(state, Command::ClearHairStrokes),
        LookAction::RemoveProbe => apply(state, Command::SetProbe(None)),
        LookAction::Split(split) => {
            state.preview.compare.reveal = None;
            state.preview.compare.split = split.clamp(0.0, 1.0);
        }
        LookAction::HoldBefore(is_held) => hold_before(state, is_held),
        LookAction::CompareWith(with) => {
            state.preview.compare.with = with;
            if state.preview.compare.split <= 0.0 {
                state.preview.compare.split = HALF;
            }
        }
    }
}

fn choose(state: &mut State, look: Appearance) {
    apply_in_gesture(state, Command::SetLook(look));
    commit(state);
}

/// Before is shown as long as this is held, where it looks otherwise.
pub(super) fn hold_before(state: &mut State, is_held: bool) {
    state.preview.compare.held = is_held && state.differs_from_before();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::effect::{Dirty, Effect, Timer};
    use crate::app::state::fixture::{after, asks, drag, opened, play, with_fill, with_line};
    use crate::app::state::slices::step::Step;
    use crate::app::state::{PhotoAction, SessionAction, ToolAction, VariantAction};
    use crate::engine::calibration::Side;
    use crate::engine::catalog::SHADES;
    use crate::engine::geometry::PhotoPoint;

    fn looking() -> State {
        let mut state = with_fill();
        play(&mut state, SessionAction::Go(Step::Look));
        state
    }

    fn look(state: &State) -> Appearance {
        state.editor.document.design().look.clone()
    }

    #[test]
    fn a_look_that_is_slid_is_one_step_when_it_is_let_go() {
        let mut state = looking();
        let before = look(&state);
        for softness in [0.3, 0.2] {
            let effects = play(&mut state, LookAction::Change(Appearance { softness, ..before.clone() }));
            assert!(!asks!(effects, Effect::StartTimer(..)), "{effects:?}");
        }
        let effects = play(&mut state, ToolAction::Commit);
        assert!(asks!(effects, Effect::StartTimer(Timer::KeepDraft, _)));
        assert_eq!(look(&state).softness, 0.2);
        play(&mut state, ToolAction::Undo);
        assert_eq!(look(&state), before);
    }

    #[test]
    fn a_look_that_is_chosen_is_a_step() {
        let mut state = looking();
        let before = look(&state);
        let shade = SHADES.iter().map(|shade| shade.key).find(|key| *key != before.shade).unwrap();
        let effects = play(&mut state, LookAction::Choose(Appearance { shade: shade.to_owned(), ..before.clone() }));
        assert!(asks!(effects, Effect::Repaint(Dirty::All)) && !state.editor.document.in_gesture());
        assert_eq!(look(&state).shade, shade);
        play(&mut state, ToolAction::Undo);
        assert_eq!(look(&state), before);
    }

    #[test]
    fn the_visitors_own_hair_is_looked_at_and_its_shade_taken() {
        let mut state = opened();
        play(&mut state, SessionAction::Go(Step::Look));
        play(&mut state, ToolAction::Take(ToolKind::Probe));
        // Dark hair beside the bare scalp of the fixture's head.
        drag(&mut state, &[(600.0, 800.0)]);
        drag(&mut state, &[(600.0, 480.0)]);
        let probe = state.view().probe.expect("a probe");
        assert_eq!((probe.stubble, probe.skin), (PhotoPoint::new(600.0, 800.0), PhotoPoint::new(600.0, 480.0)));
        assert!(probe.darkening > 0.3, "{probe:?}");
        let taken = Appearance { shade: SHADES[0].key.to_owned(), ..look(&state) };
        play(&mut state, LookAction::TakeSuggestion(taken.clone()));
        assert_eq!((look(&state), state.tool()), (taken, ToolKind::View));
        play(&mut state, LookAction::RemoveProbe);
        assert_eq!(state.view().probe, None);
        play(&mut state, ToolAction::Undo);
        assert_eq!(state.view().probe, Some(probe), "what was seen goes with its step");
    }

    #[test]
    fn the_slider_stays_within_the_picture() {
        let mut state = looking();
        for (slid, expected) in [(0.3, 0.3), (-1.0, 0.0), (7.0, 1.0)] {
            let effects = after(&mut state, LookAction::Split(slid));
            assert!(matches!(&effects[..], [Effect::Repaint(Dirty::Split)]), "{slid}: {effects:?}");
            assert_eq!(state.split(), expected);
        }
    }

    #[test]
    fn before_is_shown_as_long_as_it_is_held() {
        for step in [Step::Density, Step::Look, Step::Save] {
            let mut state = looking();
            play(&mut state, LookAction::Split(0.25));
            play(&mut state, SessionAction::Go(step));
            play(&mut state, LookAction::HoldBefore(true));
            assert_eq!(state.split(), 1.0);
            play(&mut state, LookAction::HoldBefore(false));
            assert_eq!(state.split(), if step == Step::Look { 0.25 } else { 0.0 }, "{step:?}");
        }
    }

    #[test]
    fn there_is_no_before_of_a_photo_without_a_design() {
        let mut state = opened();
        for step in Step::ALL {
            play(&mut state, SessionAction::Go(step));
            assert!(!state.differs_from_before(), "{step:?}");
            play(&mut state, LookAction::Split(0.5));
            play(&mut state, LookAction::HoldBefore(true));
            assert_eq!((state.preview.compare.held, state.split()), (false, 0.0), "{step:?}");
        }
        play(&mut state, PhotoAction::ShowSide(Side::Back));
        assert!(!state.differs_from_before(), "that side has no photo");
    }

    #[test]
    fn before_is_another_picture_where_a_line_dots_or_clipped_hair_are_seen() {
        let at = |mut state: State, step: Step| {
            play(&mut state, SessionAction::Go(step));
            state.differs_from_before()
        };
        for step in Step::ALL {
            assert_eq!(at(with_line(), step), matches!(step, Step::Hairline | Step::Density), "{step:?}");
            assert!(at(with_fill(), step), "{step:?}");
            let mut state = with_fill();
            (state.session.step, state.preview.field) = (step, None);
            let has_line = matches!(step, Step::Hairline | Step::Density);
            assert_eq!(state.differs_from_before(), has_line, "{step:?}: dots still grow");
        }
    }

    #[test]
    fn before_that_is_held_is_let_go_when_the_design_went_meanwhile() {
        let mut state = looking();
        play(&mut state, LookAction::HoldBefore(true));
        play(&mut state, ToolAction::Undo);
        assert!(state.preview.compare.held && !state.differs_from_before());
        play(&mut state, LookAction::HoldBefore(false));
        assert!(!state.preview.compare.held);
    }

    #[test]
    fn a_variant_is_compared_with_where_both_are_seen() {
        let mut state = looking();
        play(&mut state, VariantAction::Copy);
        for (split, expected) in [(0.0, HALF), (0.2, 0.2)] {
            play(&mut state, LookAction::Split(split));
            play(&mut state, LookAction::CompareWith(Some(0)));
            assert_eq!((state.preview.compare.with, state.preview.compare.split), (Some(0), expected));
        }
        play(&mut state, LookAction::CompareWith(None));
        assert_eq!(state.preview.compare.with, None);
        for place in [1, 9] {
            play(&mut state, LookAction::CompareWith(Some(place)));
            assert_eq!(state.preview.compare.with, None, "variant {place} is itself or not there");
        }
    }
}
