//! The dots of the variant that is compared with.

use crate::app::state::root::State;
use crate::app::state::slices::step::Step;

/// Brings them up to date while they are shown, and forgets them otherwise.
pub(super) fn update(state: &mut State) {
    let document = &state.editor.document;
    let design = document.design();
    let is_there = |with: &usize| *with < design.variants() && *with != usize::from(design.place);
    let compare = &mut state.preview.compare;
    compare.with = compare.with.filter(is_there);
    let is_shown = state.session.step == Step::Look && compare.split > 0.0;
    let Some((with, own)) = compare.with.filter(|_| is_shown).zip(state.preview.field.as_ref()) else {
        return state.preview.compared.clear();
    };
    let key = (with, document.version(), document.side());
    if state.preview.compared.is_of(&key) {
        return;
    }
    let other = design.with_variant(with);
    // Dots that are there already cost only what changed.
    let before = state.preview.compared.take();
    let mut field = before.map_or_else(|| own.afresh(), |(field, _)| field);
    field.sync_side(&other, document.side(), document.parameters());
    state.preview.compared.set(key, (field, other.look));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::effect::{Dirty, Effect};
    use crate::app::state::fixture::{asks, dots, play, with_fill};
    use crate::app::state::{FillAction, LookAction, PreviewAction, SessionAction, VariantAction};

    /// A variant without a fill is worked on and compared with one that has a fill.
    fn compared() -> State {
        let mut state = with_fill();
        play(&mut state, VariantAction::Copy);
        play(&mut state, FillAction::Clear);
        play(&mut state, SessionAction::Go(Step::Look));
        play(&mut state, LookAction::CompareWith(Some(0)));
        state
    }

    fn fingerprint(state: &State) -> Option<u64> {
        state.preview.compared.value().map(|(field, _)| field.fingerprint())
    }

    #[test]
    fn the_dots_of_the_other_variant_are_those_it_has_when_it_is_shown() {
        let mut state = compared();
        let (other, own) = (fingerprint(&state), state.preview.field.as_ref().unwrap().fingerprint());
        assert!(other.is_some_and(|other| other != own));
        play(&mut state, VariantAction::Choose(0));
        assert_eq!(Some(state.preview.field.as_ref().unwrap().fingerprint()), other);
        assert_eq!(fingerprint(&state), Some(own), "now the other one is compared with");
    }

    #[test]
    fn it_follows_what_both_variants_share() {
        let mut state = compared();
        let look = state.editor.document.design().with_variant(0).look;
        assert_eq!(state.preview.compared.value().map(|(_, look)| look.clone()), Some(look));
        let before = fingerprint(&state);
        play(&mut state, SessionAction::Go(Step::Size));
        let at = crate::engine::editor::Handle::MarkA;
        play(&mut state, crate::app::state::ToolAction::Select(at));
        play(&mut state, crate::app::state::ToolAction::Nudge(-40.0, 0.0));
        play(&mut state, SessionAction::Go(Step::Look));
        assert_ne!(fingerprint(&state), before, "the scale is another one");
    }

    #[test]
    fn it_is_made_only_while_it_is_seen() {
        let mut state = compared();
        for (action, is_seen) in [
            (LookAction::Split(0.0), false),
            (LookAction::Split(0.4), true),
            (LookAction::CompareWith(None), false),
            (LookAction::CompareWith(Some(0)), true),
        ] {
            let name = format!("{action:?}");
            let effects = play(&mut state, action);
            assert_eq!(state.preview.compared.value().is_some(), is_seen, "{name}");
            assert!(asks!(effects, Effect::Repaint(Dirty::All)), "{name}: {effects:?}");
        }
        play(&mut state, SessionAction::Go(Step::Save));
        assert!(state.preview.compared.value().is_none());
    }

    #[test]
    fn it_stands_on_the_pattern_that_has_grown_last() {
        let mut state = compared();
        let before = fingerprint(&state);
        play(&mut state, PreviewAction::DotsGrown(1, dots(9)));
        let after = fingerprint(&state);
        assert_ne!(after, before);
        let field = state.preview.field.as_ref().unwrap().afresh();
        let mut expected = field;
        let document = &state.editor.document;
        expected.sync_side(&document.design().with_variant(0), document.side(), document.parameters());
        assert_eq!(after, Some(expected.fingerprint()));
    }
}
