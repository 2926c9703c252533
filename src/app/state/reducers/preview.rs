//! What was worked out in the background.

use super::first_idea::{begin_reveal, match_clipped};
use crate::app::state::action::PreviewAction;
use crate::app::state::root::State;
use crate::app::state::slices::preview::ClippedPicture;
use crate::engine::dots::{BlueNoiseTile, Field};
use std::rc::Rc;

pub(super) fn reduce(state: &mut State, action: PreviewAction) {
    match action {
        PreviewAction::DotsGrown(seed, pairs) => {
            state.preview.growing = false;
            // A pattern that arrived damaged is grown here instead: slower, but right.
            let tile = BlueNoiseTile::from_pairs(&pairs).unwrap_or_else(|| BlueNoiseTile::grow(seed));
            // What stands on the pattern before is made anew.
            state.preview.compared.clear();
            state.preview.settled = None;
            state.preview.field = Some(Field::new(Rc::new(tile), seed));
            begin_reveal(state);
        }
        PreviewAction::ClippedFirst(of, hair) => {
            let clipped = &mut state.preview.clipped;
            if clipped.sought.as_ref() == Some(&*of) {
                clipped.show(*of, Ok(hair), ClippedPicture::First);
                match_clipped(state);
            }
        }
        PreviewAction::Clipped(of, outcome) => {
            let clipped = &mut state.preview.clipped;
            if clipped.sought.as_ref() == Some(&*of) {
                clipped.sought = None;
                clipped.show(*of, outcome, ClippedPicture::Final);
                match_clipped(state);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::effect::{Dirty, Effect};
    use crate::app::state::fixture::{after, asks, dots, opened, photo, play, started, with_fill};
    use crate::app::state::slices::photos::{Orientation, PhotoSource};
    use crate::app::state::{PhotoAction, SaveAction, SessionAction};
    use crate::engine::catalog::SampleHead;
    use crate::engine::design::file::write;

    #[test]
    fn the_pattern_is_asked_for_once_there_is_a_photo() {
        let mut state = started();
        after(&mut state, PhotoAction::SamplePicked(SampleHead::default().tone));
        let load = state.photos.load;
        let opened = photo(load, &PhotoSource::Sample(SampleHead::default()), Orientation::default());
        assert!(asks!(after(&mut state, PhotoAction::Opened(load, Ok(Box::new(opened)))), Effect::GrowDots(1)));
        let effects = after(&mut state, PhotoAction::Rotate);
        assert!(!asks!(effects, Effect::GrowDots(_)), "it grows already");
        let effects = after(&mut state, PreviewAction::DotsGrown(1, dots(1)));
        assert!(asks!(effects, Effect::Repaint(Dirty::All)));
        assert_eq!((state.preview.growing, state.preview.field.as_ref().map(Field::seed)), (false, Some(1)));
    }

    #[test]
    fn a_worker_grows_the_pattern_while_no_photo_is_there_yet() {
        let mut state = started();
        assert!(
            !asks!(after(&mut state, SessionAction::WorkerOpened(false)), Effect::GrowDots(_)),
            "the page would stand still"
        );
        assert!(asks!(after(&mut state, SessionAction::WorkerOpened(true)), Effect::GrowDots(1)));
        after(&mut state, PreviewAction::DotsGrown(1, dots(1)));
        assert!(state.preview.field.is_some() && state.visible_dots().is_empty());
    }

    #[test]
    fn a_pattern_that_arrives_damaged_is_grown_here() {
        let mut whole = with_fill();
        let mut damaged = with_fill();
        let cut: Rc<[f32]> = dots(1)[..11].into();
        after(&mut whole, PreviewAction::DotsGrown(1, dots(1)));
        after(&mut damaged, PreviewAction::DotsGrown(1, cut));
        let fingerprint = |state: &State| state.preview.field.as_ref().unwrap().fingerprint();
        assert_eq!(fingerprint(&damaged), fingerprint(&whole));
        assert!(!damaged.visible_dots().is_empty());
    }

    #[test]
    fn a_design_of_another_seed_has_its_own_pattern() {
        let mut state = opened();
        let mut design = with_fill().editor.document.design().clone();
        design.seed = 2;
        let effects = play(&mut state, SaveAction::DesignRead(Some(write(&design).unwrap().into_bytes().into())));
        assert!(asks!(effects, Effect::GrowDots(2)));
        assert_eq!(state.preview.field.as_ref().map(Field::seed), Some(2));
        // What grew for the design before comes late.
        state.preview.growing = true;
        assert!(asks!(after(&mut state, PreviewAction::DotsGrown(1, dots(1))), Effect::GrowDots(2)));
    }

    #[test]
    fn dots_are_measured_as_soon_as_they_have_grown() {
        let mut state = with_fill();
        let known = state.preview.figures.clone().unwrap();
        state.preview = Default::default();
        state.preview.growing = true;
        after(&mut state, PreviewAction::DotsGrown(1, dots(1)));
        assert_eq!(state.preview.figures, Some(known));
    }
}
