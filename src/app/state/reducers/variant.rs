//! Several designs on the same photos.

use super::command::apply;
use crate::app::state::action::VariantAction;
use crate::app::state::root::State;
use crate::engine::editor::Command;
use crate::engine::editor::tools::ToolController;

pub(super) fn reduce(state: &mut State, action: VariantAction) {
    match action {
        VariantAction::Choose(place) => choose(state, place),
        VariantAction::Copy => {
            state.editor.controller.cancel(&mut state.editor.document);
            apply(state, Command::CopyVariant);
        }
        VariantAction::Name(name) => apply(state, Command::NameVariant(name)),
        VariantAction::Remove => apply(state, Command::RemoveVariant),
    }
}

fn choose(state: &mut State, place: usize) {
    let editor = &mut state.editor;
    editor.controller.cancel(&mut editor.document);
    editor.controller = ToolController::default();
    let before = usize::from(editor.document.design().place);
    // What was compared with becomes what is looked at, and the other way round.
    let compare = &mut state.preview.compare;
    compare.with = compare.with.map(|with| if with == place { before } else { with });
    editor.document.choose_variant(place);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::effect::{Effect, Timer};
    use crate::app::state::fixture::{asks, check_told, play, with_fill};
    use crate::app::state::slices::session::NoticeKind;
    use crate::app::state::slices::step::Step;
    use crate::app::state::{FillAction, LookAction, SessionAction, ToolAction};
    use crate::engine::design::DESIGN_LIMITS;
    use crate::engine::editor::{CommandError, Handle};

    /// Two variants: the first has a fill, the second, which is worked on, none.
    fn two() -> State {
        let mut state = with_fill();
        play(&mut state, SessionAction::Go(Step::Look));
        play(&mut state, VariantAction::Copy);
        play(&mut state, FillAction::Clear);
        state
    }

    fn place(state: &State) -> usize {
        state.editor.document.design().place.into()
    }

    #[test]
    fn a_copy_is_worked_on_until_there_are_as_many_as_may_be() {
        let mut state = with_fill();
        for count in 2..=DESIGN_LIMITS.variants {
            let effects = play(&mut state, VariantAction::Copy);
            assert_eq!((state.editor.document.design().variants(), place(&state)), (count, count - 1));
            assert!(asks!(effects, Effect::StartTimer(Timer::KeepDraft, _)) && state.editor.has_fill());
        }
        play(&mut state, VariantAction::Copy);
        check_told(
            &state,
            NoticeKind::Fault,
            &crate::engine::i18n::command_error(state.texts(), CommandError::TooMany("variants")),
        );
        assert_eq!(state.editor.document.design().variants(), DESIGN_LIMITS.variants);
    }

    #[test]
    fn another_variant_is_shown_with_its_own_dots_and_figures() {
        let mut state = two();
        assert!(state.visible_dots().is_empty() && state.preview.told_figures().is_none());
        play(&mut state, ToolAction::Select(Handle::Handle(1)));
        let effects = play(&mut state, VariantAction::Choose(0));
        assert_eq!((place(&state), state.editor.controller.selected), (0, None));
        assert!(asks!(effects, Effect::Repaint(_)) && asks!(effects, Effect::StartTimer(Timer::KeepDraft, _)));
        assert!(!state.visible_dots().is_empty() && state.preview.told_figures().is_some());
    }

    #[test]
    fn what_was_compared_with_changes_places_with_what_is_looked_at() {
        let mut state = two();
        play(&mut state, LookAction::CompareWith(Some(0)));
        play(&mut state, VariantAction::Choose(0));
        assert_eq!((place(&state), state.preview.compare.with), (0, Some(1)));
        play(&mut state, LookAction::CompareWith(None));
        play(&mut state, VariantAction::Choose(1));
        assert_eq!(state.preview.compare.with, None);
    }

    #[test]
    fn a_variant_has_a_name_that_can_be_taken_back() {
        let mut state = two();
        play(&mut state, VariantAction::Name("Higher".to_owned()));
        assert_eq!(state.editor.document.design().variant_name(1), "Higher");
        play(&mut state, ToolAction::Undo);
        assert_eq!(state.editor.document.design().variant_name(1), "");
    }

    #[test]
    fn a_variant_that_is_removed_leaves_the_others_and_no_comparison() {
        let mut state = two();
        play(&mut state, LookAction::CompareWith(Some(0)));
        play(&mut state, VariantAction::Remove);
        assert_eq!((state.editor.document.design().variants(), state.preview.compare.with), (1, None));
        assert!(state.editor.has_fill(), "the first one is shown");
        play(&mut state, ToolAction::Undo);
        assert_eq!(state.editor.document.design().variants(), 2);
    }
}
