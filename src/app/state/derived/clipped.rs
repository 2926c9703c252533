//! The visitor's own hair, clipped, where the look asks for it.

use crate::app::state::effect::Effect;
use crate::app::state::root::State;
use crate::app::state::slices::preview::{Clipped, ClippedOf, NotClipped};
use crate::engine::design::{Hair, View};
use std::rc::Rc;

/// Has the hair clipped once the photo and where the head is in it stay as they are, and lays its stubble onto the pattern of dots.
pub(super) fn update(state: &mut State) {
    let load = state.photos.open.as_ref().map(|photo| photo.load);
    let clipped = &mut state.preview.clipped;
    if clipped.hair.key().is_some_and(|of| Some(of.load) != load) {
        *clipped = Clipped::default();
    }
    let document = &state.editor.document;
    if document.design().look.hair != Hair::Clipped {
        // Who chooses it again wants it tried again.
        if matches!(clipped.hair.value(), Some(Err(NotClipped::Failed))) {
            *clipped = Clipped::default();
        }
        return;
    }
    if document.in_gesture() {
        return;
    }
    let Some((of, pixels)) = ClippedOf::of(state).zip(state.photos.pixels()) else { return };
    let clipped = &mut state.preview.clipped;
    if !clipped.hair.is_of(&of) && clipped.sought.as_ref() != Some(&of) {
        clipped.sought = Some(of.clone());
        let (parameters, seed) = (document.parameters().clone(), document.design().seed);
        return state.effect(Effect::ClipHair { of: Box::new(of), pixels, parameters, seed });
    }
    let Some(field) = &state.preview.field else { return };
    let key = (of, field.seed());
    if let (true, false, Some(Ok(hair))) =
        (clipped.hair.is_of(&key.0), clipped.stubble.is_of(&key), clipped.hair.value())
    {
        let stubble = hair.stubble(field);
        clipped.stubble.set(key, Rc::new(stubble));
    }
}

impl ClippedOf {
    /// What the hair in the photo that is open is found from.
    fn of(state: &State) -> Option<Self> {
        let photo = state.photos.open.as_ref()?;
        let view = state.view();
        // While another turn of the photo is being made, the design is ahead of the picture.
        if view.photo.as_ref() != Some(&photo.reference()) {
            return None;
        }
        Some(Self { load: photo.load, view: View { hairline: None, fill: Vec::new(), probe: None, ..view.clone() } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::effect::Dirty;
    use crate::app::state::effect::PictureUse;
    use crate::app::state::fixture::{after, asks, file, opened_file, person, play};
    use crate::app::state::slices::photos::PhotoError;
    use crate::app::state::slices::preview::{ClippedPicture, NotClipped};
    use crate::app::state::slices::session::Busy;
    use crate::app::state::slices::step::Step;
    use crate::app::state::suggestion::suggestion;
    use crate::app::state::thumbnail::ThumbnailSource;
    use crate::app::state::{
        Action, FillAction, LookAction, PhotoAction, PreviewAction, SaveAction, SessionAction, ToolAction,
    };
    use crate::engine::clipped::{ClippedHair, ClippedRefusal, HairMask};
    use crate::engine::design::{Appearance, HairStroke, PaintKind};
    use crate::engine::editor::{Command, Suggestion};
    use crate::engine::geometry::{Mm, PhotoPoint, PhotoRect};
    use crate::engine::render::SpecularMap;

    fn clipping() -> State {
        let mut state = opened_file();
        let sought = PhotoAction::PersonSought(state.photos.load, Some(person()));
        play(&mut state, sought);
        play(&mut state, SessionAction::Go(Step::Look));
        let clipped = look(&state, Hair::Clipped);
        let effects = play(&mut state, clipped);
        assert!(asks!(effects, Effect::ClipHair { .. }) && state.is_clipping() && !state.is_hair_clipped());
        state
    }

    fn look(state: &State, hair: Hair) -> Action {
        LookAction::Choose(Appearance { hair, ..state.editor.document.design().look.clone() }).into()
    }

    /// Hair all over the head, half as light as skin.
    fn found(state: &State) -> Result<Rc<ClippedHair>, NotClipped> {
        let hair = HairMask { shares: vec![255; 4], columns: 2, rows: 2, zoom: 2.0 / state.view().size().0 };
        let gone = HairMask { shares: vec![0; 4], ..hair.clone() };
        Ok(Rc::new(ClippedHair { hair, gone, darkness: 0.5, specular_map: SpecularMap::default() }))
    }

    fn answer(state: &State, outcome: Result<Rc<ClippedHair>, NotClipped>) -> Action {
        PreviewAction::Clipped(Box::new(state.preview.clipped.sought.clone().unwrap()), outcome).into()
    }

    #[test]
    fn hair_is_clipped_once_it_is_asked_for() {
        let mut state = clipping();
        let bare = state.visible_dots().len();
        assert!(!asks!(after(&mut state, SessionAction::DismissNotice), Effect::ClipHair { .. }), "once is enough");
        let found = answer(&state, found(&state));
        let effects = after(&mut state, found);
        assert!(asks!(effects, Effect::Repaint(Dirty::All)) && state.is_hair_clipped() && !state.is_clipping());
        assert!(state.visible_dots().len() > bare + 1_000, "{} beside {bare}", state.visible_dots().len());
        let photo = look(&state, Hair::Shaved);
        let effects = play(&mut state, photo);
        assert!(asks!(effects, Effect::Repaint(Dirty::All)) && state.visible_dots().len() == bare);
        let again = look(&state, Hair::Clipped);
        let effects = play(&mut state, again);
        assert!(!asks!(effects, Effect::ClipHair { .. }) && state.is_hair_clipped(), "it is known already");
    }

    #[test]
    fn hair_that_shines_in_the_photo_does_not_where_it_is_clipped() {
        let mut state = clipping();
        let found = answer(&state, found(&state));
        after(&mut state, found);
        let looks = [Hair::Clipped, Hair::Shaved].map(|hair| look(&state, hair));
        let inks = |state: &mut State| {
            looks.clone().map(|look| {
                play(state, look);
                state.visible_dots().iter().map(|dot| dot.strength).sum::<f32>()
            })
        };
        let matte = inks(&mut state);
        // Every second column is as pale and light as white hair.
        let pixels = [[120, 80, 60, 255], [240, 240, 240, 255]].map(|pixel| pixel.repeat(4)).concat().repeat(64);
        let shining = SpecularMap::of(&pixels, 8, 8.0 / state.view().size().0, PhotoRect::EMPTY);
        let key = *state.preview.specular_map.key().unwrap();
        state.preview.specular_map.set(key, Some(Rc::new(shining)));
        let shining = inks(&mut state);
        assert_eq!(shining[0], matte[0]);
        assert!(shining[1] < 0.95 * matte[1], "{shining:?} {matte:?}");
    }

    #[test]
    fn hair_that_is_clipped_looks_otherwise_than_before() {
        let mut state = clipping();
        play(&mut state, FillAction::Clear);
        assert!(state.view().fill.is_empty() && !state.differs_from_before());
        let found = answer(&state, found(&state));
        after(&mut state, found);
        assert!(state.view().fill.is_empty() && state.differs_from_before());
    }

    #[test]
    fn a_rough_picture_is_shown_before_the_whole_one() {
        let mut state = clipping();
        let shown = |state: &State| state.is_hair_clipped().then_some(state.preview.clipped.picture);
        let hair = found(&state).unwrap();
        let of = state.preview.clipped.sought.clone().unwrap();
        let first = PreviewAction::ClippedFirst(Box::new(of), hair);
        let effects = after(&mut state, first.clone());
        assert!(asks!(effects, Effect::Repaint(Dirty::All)) && !asks!(effects, Effect::ClipHair { .. }));
        assert_eq!((shown(&state), state.is_clipping()), (Some(ClippedPicture::First), true));
        // The whole one has other stubble.
        let darker = found(&state).map(|hair| Rc::new(ClippedHair { darkness: 0.9, ..(*hair).clone() }));
        let whole = answer(&state, darker.clone());
        let effects = after(&mut state, whole);
        assert!(asks!(effects, Effect::Repaint(Dirty::All)), "{effects:?}");
        assert_eq!((shown(&state), state.is_clipping()), (Some(ClippedPicture::Final), false));
        assert_eq!(state.preview.clipped.hair.value(), Some(&darker));
        after(&mut state, first);
        assert_eq!(shown(&state), Some(ClippedPicture::Final), "what comes late is dropped");
    }

    #[test]
    fn hair_that_is_clipped_roughly_and_then_refused_leaves_the_photo() {
        let mut state = clipping();
        let (of, hair) = (state.preview.clipped.sought.clone().unwrap(), found(&state).unwrap());
        after(&mut state, PreviewAction::ClippedFirst(Box::new(of), hair));
        let refused = answer(&state, Err(NotClipped::Failed));
        assert!(asks!(after(&mut state, refused), Effect::Repaint(Dirty::All)) && !state.is_hair_clipped());
    }

    #[test]
    fn a_picture_is_saved_once_hair_is_clipped_wholly() {
        let mut state = clipping();
        let (of, hair) = (state.preview.clipped.sought.clone().unwrap(), found(&state).unwrap());
        let effects = after(&mut state, SaveAction::SavePicture(PictureUse::After));
        assert!(!asks!(effects, Effect::SavePicture { .. }) && state.session.busy == Some(Busy::Making));
        let effects = after(&mut state, PreviewAction::ClippedFirst(Box::new(of), hair));
        assert!(!asks!(effects, Effect::SavePicture { .. }), "the rough one is not saved");
        let whole = answer(&state, found(&state));
        let effects = after(&mut state, whole);
        let saved = effects.iter().find_map(|effect| match effect {
            Effect::SavePicture { dots, is_clipped, .. } => Some((dots.len(), *is_clipped)),
            _ => None,
        });
        assert_eq!(saved, Some((state.visible_dots().len(), true)), "{effects:?}");
        assert!(!asks!(after(&mut state, SessionAction::DismissNotice), Effect::SavePicture { .. }), "once");
    }

    #[test]
    fn a_picture_that_waits_goes_with_its_photo() {
        let mut state = clipping();
        let of_first = answer(&state, found(&state));
        after(&mut state, SaveAction::SavePicture(PictureUse::After));
        play(&mut state, PhotoAction::Picked(Some(file(8))));
        let effects = play(&mut state, SessionAction::Answer(Some(true)));
        assert!(state.is_clipping() && !asks!(effects, Effect::SavePicture { .. }), "the other's hair is clipped, too");
        assert_eq!((&state.waiting_picture, state.session.busy), (&None, None));
        let of_second = answer(&state, found(&state));
        for late in [of_first, of_second] {
            assert!(
                !asks!(after(&mut state, late), Effect::SavePicture { .. }),
                "nobody asked for one of the other photo"
            );
        }
        assert!(asks!(after(&mut state, SaveAction::SavePicture(PictureUse::After)), Effect::SavePicture { .. }));
    }

    #[test]
    fn a_picture_that_waits_outlives_a_photo_that_cannot_be_opened() {
        let mut state = clipping();
        after(&mut state, SaveAction::SavePicture(PictureUse::Both));
        after(&mut state, PhotoAction::Picked(Some(file(8))));
        after(&mut state, SessionAction::Answer(Some(true)));
        assert_eq!(state.session.busy, Some(Busy::Opening));
        let load = state.photos.load;
        after(&mut state, PhotoAction::Opened(load, Err(PhotoError::NoMemory)));
        let whole = answer(&state, found(&state));
        assert!(asks!(after(&mut state, whole), Effect::SavePicture { .. }));
    }

    #[test]
    fn small_pictures_are_drawn_anew_with_each_picture_of_it() {
        let (mut state, mut source) = (clipping(), ThumbnailSource::default());
        let hair = found(&state).unwrap();
        let of = state.preview.clipped.sought.clone().unwrap();
        let long = source.key(&state, Clone::clone);
        after(&mut state, PreviewAction::ClippedFirst(Box::new(of), hair));
        let first = source.key(&state, Clone::clone);
        let answer = answer(&state, found(&state));
        after(&mut state, answer);
        let last = source.key(&state, Clone::clone);
        assert!(long != first && first != last, "{long:?}, {first:?}, {last:?}");
    }

    #[test]
    fn hair_that_is_clipped_suggests_a_shade_where_nobody_looked() {
        let suggests = |darkness: f64| {
            let mut state = clipping();
            let hair = found(&state).map(|hair| Rc::new(ClippedHair { darkness, ..(*hair).clone() }));
            let found = answer(&state, hair);
            assert_eq!(suggestion(&state), None, "not before it is found");
            after(&mut state, found);
            let shown = suggestion(&state);
            let photo = look(&state, Hair::Shaved);
            play(&mut state, photo);
            assert_eq!(suggestion(&state), None, "hair as it is in the photo is not shaved");
            shown.map(|(taken, shade)| ((taken * 100.0).round(), shade))
        };
        assert!(matches!(suggests(0.6), Some((27.0, Suggestion::Shade(shade))) if shade.key == "charcoal"));
        assert!(matches!(suggests(0.95), Some((43.0, Suggestion::Shade(shade))) if shade.key == "soft-black"));
        assert_eq!(suggests(0.05), None, "grey hair leaves nothing to match");
    }

    #[test]
    fn another_length_is_another_picture_of_the_same_hair() {
        let mut state = clipping();
        let found = answer(&state, found(&state));
        after(&mut state, found);
        let ink = |state: &State| state.visible_dots().iter().map(|dot| dot.strength).sum::<f32>();
        let before = ink(&state);
        let longer = Appearance { hair_length: Mm(3.0), ..state.editor.document.design().look.clone() };
        let effects = play(&mut state, LookAction::Choose(longer));
        assert!(asks!(effects, Effect::Repaint(Dirty::All)) && !asks!(effects, Effect::ClipHair { .. }));
        assert!(ink(&state) > before * 1.5, "{} beside {before}", ink(&state));
    }

    #[test]
    fn what_was_corrected_or_moved_is_clipped_anew_and_what_comes_late_is_dropped() {
        let mut state = clipping();
        let late = answer(&state, found(&state));
        let stroke = HairStroke { paint: PaintKind::Eraser, radius: 9.0, points: vec![PhotoPoint::new(50.0, 50.0)] };
        state.editor.document.apply(Command::AddHairStroke(stroke)).unwrap();
        assert!(asks!(after(&mut state, SessionAction::DismissNotice), Effect::ClipHair { .. }));
        after(&mut state, late);
        assert!(state.is_clipping() && state.preview.clipped.hair.key().is_none(), "it is of what was before");
        let now = answer(&state, found(&state));
        after(&mut state, now);
        assert!(state.is_hair_clipped());
        assert!(asks!(play(&mut state, LookAction::ClearHair), Effect::ClipHair { .. }));
        assert!(state.is_hair_clipped(), "meanwhile what was there is shown");
        play(&mut state, ToolAction::Undo);
        assert!(!state.view().own_hair.is_empty() && state.is_hair_clipped());
    }

    #[test]
    fn a_refusal_is_told_and_leaves_the_photo() {
        let mut state = clipping();
        let dots = state.visible_dots().len();
        let refused = answer(&state, Err(NotClipped::Refused(ClippedRefusal::LongHair)));
        let effects = after(&mut state, refused);
        assert_eq!(state.not_clipped().map(|why| why.text(state.texts())), Some(state.texts().clipped_long));
        assert!(!state.is_hair_clipped() && state.visible_dots().len() == dots);
        assert!(!asks!(effects, Effect::ClipHair { .. }), "it is not tried again by itself");
    }

    #[test]
    fn what_failed_is_tried_again_when_it_is_chosen_again() {
        for (failed, tried_again) in [(NotClipped::Failed, true), (NotClipped::Refused(ClippedRefusal::Hat), false)] {
            let mut state = clipping();
            let answer = answer(&state, Err(failed));
            assert!(!asks!(after(&mut state, answer), Effect::ClipHair { .. }), "not by itself");
            let [photo, clipped] = [Hair::Shaved, Hair::Clipped].map(|hair| look(&state, hair));
            after(&mut state, photo);
            assert_eq!(asks!(after(&mut state, clipped), Effect::ClipHair { .. }), tried_again, "{failed:?}");
        }
    }

    #[test]
    fn another_photo_is_another_head() {
        let mut state = clipping();
        let found = answer(&state, found(&state));
        after(&mut state, found);
        state.photos.open.as_mut().unwrap().load += 1;
        assert!(asks!(after(&mut state, SessionAction::DismissNotice), Effect::ClipHair { .. }));
        assert!(!state.is_hair_clipped());
    }

    #[test]
    fn without_pixels_nothing_is_asked() {
        let mut state = opened_file();
        state.photos.open.as_mut().unwrap().pixels = None;
        let clipped = look(&state, Hair::Clipped);
        assert!(!asks!(play(&mut state, clipped), Effect::ClipHair { .. }) && !state.is_clipping());
    }
}
