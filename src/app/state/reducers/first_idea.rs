//! A first idea on a photo that was just opened: its face is looked for, and a design is laid on it that can be changed or declined.

use super::head;
use super::navigation::go;
use super::unrecorded::apply_unrecorded;
use crate::app::state::derived;
use crate::app::state::effect::{Effect, Timer};
use crate::app::state::root::State;
use crate::app::state::slices::photos::NoIdea;
use crate::app::state::slices::preview::Reveal;
use crate::app::state::slices::session::NoticeKind;
use crate::app::state::slices::step::Step;
use crate::engine::calibration::Side;
use crate::engine::design::{Appearance, Hair, PhotoRef, View};
use crate::engine::editor::{AnalysisImage, Command, FirstIdea, matched_shade, shade_like};
use crate::engine::face::{FaceError, FoundFace, SeenPerson};
use std::rc::Rc;

/// The split moves over the picture in so many steps of so many milliseconds: once across, and back to the middle of the head.
const REVEAL_STEPS: f64 = 60.0;
const REVEAL_STEP_MS: u32 = 33;
/// The share of that time in which it goes across.
const ACROSS: f64 = 0.65;
/// Where it stays, at the least and at the most, wherever the head is.
const RESTS_WITHIN: (f64, f64) = (0.1, 0.9);
/// Where it stays when no head is known.
const HALF: f64 = 0.5;

/// How long the visitor waits for a face, with the loading of what finds it; then it is said how to go on without.
const FACE_WAIT_MS: u32 = 4_000;

/// Looks who is seen in the photo that was just opened: for the head's outline, and for a face, on the front for a first idea,
/// elsewhere to tell a wrong side.
pub(super) fn seek_person(state: &mut State) {
    state.photos.face_sought = None;
    // What a visitor sent is looked at as it was drawn.
    if state.sample_tone().is_some() || state.session.worker == Some(false) || state.staff.is_some() {
        return;
    }
    let (load, Some(pixels)) = (state.photos.load, state.photos.pixels()) else { return };
    if state.view().photo.as_ref().is_some_and(|photo| is_face_wanted(state, photo)) {
        state.photos.face_sought = Some(load);
        state.effect(Effect::StartTimer(Timer::FindFace, FACE_WAIT_MS));
    }
    state.effect(Effect::FindPerson { load, pixels });
}

/// Whether the visitor has done nothing yet to a photo, and it was not looked at for a face before.
fn is_face_wanted(state: &State, photo: &PhotoRef) -> bool {
    is_wanted(state) && !state.photos.face_sought_in.iter().any(|(sought, _)| sought == photo)
}

/// Whether the visitor has done nothing yet to a photo of their own.
fn is_wanted(state: &State) -> bool {
    let view = state.view();
    let is_untouched = view.calibration.is_none() && view.glabella.is_none() && !view.has_drawing();
    is_untouched && state.sample_tone().is_none()
}

/// It was looked who is seen, or nobody could look.
pub(super) fn person_sought(state: &mut State, load: u32, person: Option<Box<SeenPerson>>) {
    if state.photos.load != load {
        return;
    }
    let (face, mask) = match person.map(|person| *person) {
        Some(SeenPerson { face, mask, blur, from_above }) => {
            if let Some(open) = &state.photos.open {
                state.photos.store.set_blur(&open.digest, blur);
            }
            (face.map_err(NoIdea::NoFace), mask.map(|mask| (mask, from_above)))
        }
        None => (Err(NoIdea::NotSought), None),
    };
    let pixels = state.photos.open.as_mut().and_then(|open| open.pixels.as_mut());
    if let (Some(pixels), Some((mask, from_above))) = (pixels, mask) {
        *pixels = Rc::new(AnalysisImage { person: Some(Rc::new(mask)), from_above, ..(**pixels).clone() });
        // Its outline is seen better now.
        head::detect_in_opened(state);
    }
    let is_awaited = state.photos.face_sought.take() == Some(load);
    // Who waited in vain and has not gone on is still glad of it.
    let is_late = state.step() == Step::Photo && state.no_idea() == Some(NoIdea::NotSought);
    if (is_awaited || is_late)
        && let Some(photo) = state.view().photo.clone()
    {
        // Who began meanwhile goes on with what was begun.
        let no_idea = if is_wanted(state) { lay(state, face).err() } else { None };
        state.photos.face_sought_in.retain(|(sought, _)| *sought != photo);
        state.photos.face_sought_in.push((photo, no_idea));
    }
}

/// The visitor has waited long enough for a face. It is still looked for.
pub(super) fn face_is_late(state: &mut State) {
    if let Some(load) = state.photos.face_sought {
        person_sought(state, load, None);
    }
}

/// Lays a first idea on the photo of the front, or says why none is laid.
fn lay(state: &mut State, face: Result<FoundFace, NoIdea>) -> Result<(), NoIdea> {
    if state.editor.document.side() != Side::Front {
        let is_frontal = face.is_ok_and(|face| face.pose.is_frontal());
        return if is_frontal { Err(NoIdea::Frontal) } else { Ok(()) };
    }
    let face = face?;
    let pixels = state.photos.pixels().ok_or(NoIdea::NotSought)?;
    match state.editor.document.lay_first_idea(&face, &pixels) {
        Ok(FirstIdea::Line(recipe)) => {
            // So that its shape is known for chosen, and its measures can be changed.
            if let Some(line) = state.view().hairline.clone() {
                state.editor.aids.remember(line, *recipe, false);
            }
        }
        Ok(FirstIdea::UnderHair) => return Err(NoIdea::UnderHair),
        // A face that gives no scale is as good as none.
        Err(_) => return Err(NoIdea::NoFace(FaceError::Unsure)),
    }
    match_shade(state);
    if !face.are_eyes_seen {
        let text = state.texts().idea_eyes;
        state.session.notify(NoticeKind::Info, text);
    }
    show(state);
    Ok(())
}

/// The first idea was laid: the split is shown in motion, where that is wanted.
fn show(state: &mut State) {
    state.session.first_idea = Some(state.editor.document.version());
    let rest = rest(state.view());
    if state.session.capabilities.prefers_still {
        state.preview.compare.split = rest;
    } else {
        state.preview.compare.split = 1.0;
        state.preview.compare.reveal = Some(Reveal { done: 0.0, rest });
        begin_reveal(state);
    }
}

/// The ink is as dark as the visitor's own hair, clipped where it is shown so, else at the sides where it is seen, and dark enough to
/// be seen on dark skin. It goes with the step that laid the idea.
fn match_shade(state: &mut State) {
    derived::update(state);
    let specular_map = state.preview.specular_map.value().and_then(Option::as_ref);
    let (Some(skin), Some(head)) = (specular_map.and_then(|map| map.skin()), state.view().head) else { return };
    let (Some(pixels), Some((_, fill))) = (state.photos.pixels(), state.view().area_fill()) else { return };
    let ground = (fill.density, state.parameters());
    let shade = match state.clipped_takes() {
        Some(taken) => Some(shade_like(taken, skin, ground)),
        None => matched_shade(&pixels, &head, skin, ground),
    };
    if let Some(shade) = shade {
        let look = Appearance { shade: shade.to_owned(), ..state.editor.document.design().look.clone() };
        apply_unrecorded(state, Command::SetLook(look));
    }
}

/// Once the visitor's own hair is clipped on a first idea it is known better how dark it is.
pub(super) fn match_clipped(state: &mut State) {
    if state.is_idea_shown() {
        match_shade(state);
        state.session.first_idea = Some(state.editor.document.version());
    }
}

/// The split that waits begins to move, as soon as there are dots to be seen.
pub(super) fn begin_reveal(state: &mut State) {
    let is_waiting = state.preview.compare.reveal.is_some_and(|reveal| reveal.done <= 0.0);
    if is_waiting && state.preview.field.is_some() {
        state.effect(Effect::StartTimer(Timer::Reveal, REVEAL_STEP_MS));
    }
}

/// The split moves on by itself.
pub(super) fn reveal(state: &mut State) {
    let Some(Reveal { done, rest }) = state.preview.compare.reveal else { return };
    // Nothing is shown of an idea that was taken back: should it come again, the split is where it stays.
    let done = if state.is_idea_shown() { (done + 1.0 / REVEAL_STEPS).min(1.0) } else { 1.0 };
    state.preview.compare.split = split_at(done, rest);
    state.preview.compare.reveal = Some(Reveal { done, rest }).filter(|_| done < 1.0);
    if done < 1.0 {
        state.effect(Effect::StartTimer(Timer::Reveal, REVEAL_STEP_MS));
    }
}

/// Where the split stays, a share of the photo's width: in the middle of the head, so that each half of it is seen one way.
fn rest(view: &View) -> f64 {
    let width = view.size().0;
    let middle = view.head.filter(|_| width > 0.0).map(|head| head.centre.x / width);
    middle.map_or(HALF, |middle| middle.clamp(RESTS_WITHIN.0, RESTS_WITHIN.1))
}

/// Where the split stands when so much of its time is over: from all before to all after, then where it stays.
fn split_at(done: f64, rest: f64) -> f64 {
    let smooth = |share: f64| share * share * (3.0 - 2.0 * share);
    if done < ACROSS { 1.0 - smooth(done / ACROSS) } else { rest * smooth((done - ACROSS) / (1.0 - ACROSS)) }
}

/// The first idea is shown with the visitor's own hair clipped, or as it is. That is a part of it: it goes with its step.
pub(super) fn clip(state: &mut State, is_clipped: bool) {
    if !state.is_idea_shown() {
        return;
    }
    let hair = if is_clipped { Hair::Clipped } else { Hair::default() };
    let look = Appearance { hair, ..state.editor.document.design().look.clone() };
    apply_unrecorded(state, Command::SetLook(look));
    state.session.first_idea = Some(state.editor.document.version());
    match_clipped(state);
}

/// Takes the first idea away: the visitor starts with the size, as without one.
pub(super) fn decline(state: &mut State) {
    if state.is_idea_shown() {
        state.editor.document.undo();
    }
    state.session.first_idea = None;
    state.preview.compare.split = 0.0;
    state.preview.compare.reveal = None;
    go(state, Step::Size);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{
        PHOTO, after, asks, check_told, dots, face, file, opened, opened_file, person, play, started,
    };
    use crate::app::state::reducers::command::apply;
    use crate::app::state::thumbnail::ThumbnailSource;
    use crate::app::state::{
        Action, Dirty, LookAction, PhotoAction, PictureUse, PreviewAction, SaveAction, ScaleAction, SessionAction,
        ToolAction,
    };
    use crate::engine::calibration::Head;
    use crate::engine::catalog::SHAPES;
    use crate::engine::clipped::{ClippedHair, HairMask};
    use crate::engine::design::AreaFill;
    use crate::engine::face::{FacePose, FoundLandmarks, PersonMask, SkullOutline};
    use crate::engine::geometry::{Mm, PhotoPoint, PhotoPx};
    use crate::engine::render::SpecularMap;

    fn seen(face: FoundFace) -> Box<SeenPerson> {
        Box::new(SeenPerson { face: Ok(face), mask: None, blur: PhotoPx(0.0), from_above: None })
    }

    fn sought(state: &State) -> PhotoAction {
        PhotoAction::PersonSought(state.photos.load, Some(person()))
    }

    fn with_idea() -> State {
        let mut state = opened_file();
        let action = sought(&state);
        play(&mut state, action);
        state
    }

    #[test]
    fn dots_are_blurred_as_their_photo_is_wherever_they_are_drawn() {
        let (mut state, mut thumbnails) = (opened_file(), ThumbnailSource::default());
        let (load, scale) = (state.photos.load, |state: &State| state.view().scale(state.parameters()).px_per_mm);
        let sharp = SaveAction::SavePicture(PictureUse::After);
        let plans = |effects: &[Effect]| {
            let plan =
                |effect: &Effect| if let Effect::SavePicture { plan, .. } = effect { Some(plan.ink) } else { None };
            effects.iter().find_map(plan).unwrap_or_else(|| panic!("no picture is saved: {effects:?}"))
        };
        let before = thumbnails.key(&state, Clone::clone);
        let seen =
            Box::new(SeenPerson { blur: PhotoPx(3.0), face: Err(FaceError::NoFace), mask: None, from_above: None });
        let effects = after(&mut state, PhotoAction::PersonSought(load, Some(seen)));
        assert!(asks!(effects, Effect::Repaint(Dirty::All)), "{effects:?}");
        let blur = scale(&state).mm(PhotoPx(3.0));
        assert_eq!(state.blur(state.view()), blur);
        assert_ne!(thumbnails.key(&state, Clone::clone), before);
        assert!(plans(&after(&mut state, sharp)).blur_sigma > 0.0);
        let told = crate::engine::design::file::write(state.editor.document.design()).unwrap();
        assert!(!told.contains("blur"), "it is read from the photo: {told}");
        play(&mut state, SaveAction::PictureSaved(String::new(), true));
        play(&mut state, PhotoAction::Rotate);
        assert_eq!(state.photos.store.blur(&state.photos.open.as_ref().unwrap().digest), PhotoPx(3.0));
        play(&mut state, PhotoAction::Picked(Some(file(8))));
        play(&mut state, SessionAction::Answer(Some(true)));
        assert_eq!(state.blur(state.view()), Mm(0.0), "another photo has another");
    }

    #[test]
    fn the_face_of_an_own_photo_from_the_front_is_looked_for() {
        let mut state = started();
        let effects = play(&mut state, PhotoAction::Picked(Some(file(7))));
        assert!(asks!(effects, Effect::FindPerson { load, .. } if *load == state.photos.load), "{effects:?}");
        assert_eq!(state.photos.face_sought, Some(state.photos.load));
        assert_eq!(opened().photos.face_sought, None, "the sample head has its marks");
        let mut state = started();
        play(&mut state, SessionAction::WorkerOpened(false));
        assert!(!asks!(play(&mut state, PhotoAction::Picked(Some(file(7)))), Effect::FindPerson { .. }));
    }

    #[test]
    fn a_first_idea_is_laid_shown_and_taken_back_as_one_step() {
        let mut state = opened_file();
        let before = state.editor.document.design().clone();
        let action = sought(&state);
        let effects = play(&mut state, action);
        assert!(state.is_idea_shown() && state.view().hairline.is_some() && state.editor.has_fill());
        let recipe = state.editor.recipe().unwrap();
        let shape = recipe.shape.as_ref().map(|(rule, _)| &rule.key);
        assert!(shape == Some(&SHAPES[0].key) && recipe.ends.is_some(), "{recipe:?}");
        assert!(state.preview.told_figures().is_some_and(|figures| figures.dots.value > 1000.0));
        assert!(
            asks!(effects, Effect::StartTimer(Timer::Reveal, _))
                && asks!(effects, Effect::StartTimer(Timer::KeepDraft, _))
        );
        assert_eq!((state.step(), state.photos.face_sought), (Step::Photo, None));
        play(&mut state, ToolAction::Undo);
        assert!(!state.is_idea_shown() && *state.editor.document.design() == before);
        play(&mut state, ToolAction::Redo);
        assert!(state.is_idea_shown());
    }

    /// A first idea on a head with stubble at both sides of the skin, whose shade it took.
    fn with_matched_shade() -> State {
        let mut state = opened_file();
        let before = state.editor.document.design().look.clone();
        let pixels = state.photos.pixels().unwrap();
        let grey = pixels
            .pixels
            .chunks_exact(4)
            .flat_map(|pixel| if pixel[0] == 50 { [162, 126, 110, 255] } else { pixel.try_into().unwrap() });
        let shaved = AnalysisImage { pixels: grey.collect(), ..(*pixels).clone() };
        state.photos.open.as_mut().unwrap().pixels = Some(Rc::new(shaved));
        let action = sought(&state);
        play(&mut state, action);
        let shade = state.editor.document.design().look.shade.clone();
        assert!(shade != before.shade && state.is_idea_shown(), "{shade}");
        state
    }

    #[test]
    fn the_shade_follows_the_hair_at_the_sides_and_goes_with_the_step() {
        let mut state = with_matched_shade();
        play(&mut state, ToolAction::Undo);
        assert_eq!(state.editor.document.design().look, opened_file().editor.document.design().look);
    }

    #[test]
    fn another_photo_leaves_no_step_of_the_idea_on_the_one_before() {
        for undone in [false, true] {
            let mut state = with_matched_shade();
            if undone {
                play(&mut state, ToolAction::Undo);
            }
            play(&mut state, PhotoAction::Picked(Some(file(8))));
            play(&mut state, SessionAction::Answer(Some(true)));
            let document = &state.editor.document;
            assert!(!document.design().has_work() && !document.can_undo() && !document.can_redo(), "undone: {undone}");
        }
    }

    /// A photo on the top, in which that face was found.
    fn on_the_top(pose: FacePose) -> State {
        let mut state = started();
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        assert!(asks!(play(&mut state, PhotoAction::Picked(Some(file(7)))), Effect::FindPerson { .. }));
        let load = state.photos.load;
        play(&mut state, PhotoAction::PersonSought(load, Some(seen(FoundFace { pose, ..*face() }))));
        assert!(!state.view().has_drawing() && !state.is_idea_shown(), "a first idea is for the front");
        state
    }

    #[test]
    fn a_photo_from_the_front_on_another_side_is_told_and_moved() {
        let mut state = on_the_top(FacePose { yaw: 5.0, pitch: -8.0, roll: 0.0 });
        assert_eq!(state.no_idea(), Some(NoIdea::Frontal));
        let effects = play(&mut state, PhotoAction::MoveTo(Side::Front));
        let design = state.editor.document.design();
        assert!(design.views.front.photo.is_some() && design.views.top.photo.is_none() && state.no_idea().is_none());
        assert!(asks!(effects, Effect::FindPerson { .. }), "its face is wanted now");
        let action = sought(&state);
        play(&mut state, action);
        assert!(state.is_idea_shown());
    }

    #[test]
    fn a_face_that_looks_elsewhere_belongs_to_its_side() {
        assert_eq!(on_the_top(FacePose { yaw: 0.0, pitch: 45.0, roll: 0.0 }).no_idea(), None);
        assert_eq!(on_the_top(FacePose { yaw: -60.0, pitch: 0.0, roll: 0.0 }).no_idea(), None);
    }

    #[test]
    fn a_crown_that_is_hidden_is_told_until_a_photo_from_above_is_there() {
        let mut state = with_idea();
        assert!(!state.is_crown_hidden());
        let line = state.view().hairline.clone().unwrap();
        let rear = line.handles.iter().map(|handle| handle.moved(0.0, -12.0)).collect();
        apply(&mut state, Command::AreaFill(Some(AreaFill::even(rear, 120.0))));
        derived::update(&mut state);
        assert!(state.is_crown_hidden(), "{:?}", state.preview.told_figures().map(|figures| figures.area_cm2));
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        play(&mut state, PhotoAction::Picked(Some(file(8))));
        assert!(!state.is_crown_hidden());
    }

    #[test]
    fn an_idea_that_was_declined_does_not_come_back() {
        let mut state = with_idea();
        play(&mut state, PhotoAction::DeclineIdea);
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        play(&mut state, PhotoAction::ShowSide(Side::Front));
        let action = sought(&state);
        play(&mut state, action);
        assert!(!state.is_idea_shown() && !state.view().has_drawing(), "it was seen before");
        // Turned, or chosen once more, it is another picture to look at.
        play(&mut state, PhotoAction::Rotate);
        let action = sought(&state);
        play(&mut state, action);
        assert!(state.is_idea_shown());
    }

    #[test]
    fn a_face_under_hair_is_marked_and_told() {
        let mut state = opened_file();
        let pixels = state.photos.pixels().unwrap();
        // From 45 mm over the glabella on all is dark.
        let dark_from_here_up = pixels.width * 4 * 112;
        let dark = pixels
            .pixels
            .iter()
            .enumerate()
            .map(|(at, byte)| if at < dark_from_here_up && at % 4 < 3 { 30 } else { *byte });
        let haired = AnalysisImage { pixels: dark.collect(), ..(*pixels).clone() };
        state.photos.open.as_mut().unwrap().pixels = Some(Rc::new(haired));
        let action = sought(&state);
        play(&mut state, action);
        assert_eq!(state.no_idea(), Some(NoIdea::UnderHair));
        assert!(state.view().calibration.is_some() && !state.view().has_drawing() && !state.is_idea_shown());
    }

    #[test]
    fn an_outline_that_was_not_seen_is_told_and_widens_the_ranges() {
        let mut state = with_idea();
        let width = |state: &State| {
            let area = state.preview.told_figures().unwrap().area_cm2;
            (area.most - area.least) / area.value
        };
        let before = width(&state);
        assert!(!state.is_outline_unseen());
        let head = state.view().head.unwrap();
        apply(&mut state, Command::SetHead(Some(Head { outline_unseen: true, ..head })));
        derived::update(&mut state);
        assert!(state.is_outline_unseen() && width(&state) > before + 0.3, "{before} {}", width(&state));
        apply(&mut state, Command::SetHead(Some(Head { outline_unseen: true, by_hand: true, ..head })));
        assert!(!state.is_outline_unseen(), "a hand has set it");
    }

    #[test]
    fn who_is_seen_is_kept_with_the_photo() {
        let mut state = opened_file();
        let size = state.view().size();
        let mask = PersonMask::drawn(size, |_| true);
        let load = state.photos.load;
        let nobody_known = Box::new(SeenPerson {
            face: Err(FaceError::NoFace),
            mask: Some(mask.clone()),
            blur: PhotoPx(0.0),
            from_above: None,
        });
        play(&mut state, PhotoAction::PersonSought(load + 1, Some(nobody_known.clone())));
        assert!(state.photos.pixels().unwrap().person.is_none(), "it was another photo's");
        play(&mut state, PhotoAction::PersonSought(load, Some(nobody_known)));
        assert_eq!(state.photos.pixels().unwrap().person.as_deref(), Some(&mask));
        assert!(!state.is_idea_shown());
    }

    #[test]
    fn a_head_from_above_stands_where_it_was_seen() {
        let mut state = opened_file();
        state.editor.document.turn_to(Side::Top);
        let photo =
            PhotoRef { width: 600, height: 800, quarter_turns: 0, level: 0.0, digest: "fnv1a64-0-above".into() };
        apply(&mut state, Command::OpenPhoto(photo));
        let centre = PhotoPoint::new(290.0, 330.0);
        let outline = SkullOutline { centre, half_width: 190.0, half_height: 226.0 };
        let seen = Box::new(SeenPerson {
            face: Err(FaceError::NoFace),
            mask: Some(PersonMask::drawn((600.0, 800.0), |_| true)),
            blur: PhotoPx(0.0),
            from_above: Some(outline),
        });
        state.photos.open.as_mut().unwrap().pixels =
            Some(Rc::new(AnalysisImage::new([120, 120, 120, 255].repeat(300 * 400), 300, 0.5)));
        let load = state.photos.load;
        play(&mut state, PhotoAction::PersonSought(load, Some(seen)));
        head::ensure(&mut state);
        let head = state.view().head.unwrap();
        assert_eq!((head.centre, head.half_width, head.outline_unseen), (centre, 190.0, false), "{head:?}");
    }

    #[test]
    fn a_face_that_is_found_late_is_welcome_to_who_has_not_gone_on() {
        let waited = || {
            let mut state = started();
            let effects = play(&mut state, PhotoAction::Picked(Some(file(7))));
            assert!(asks!(effects, Effect::StartTimer(Timer::FindFace, FACE_WAIT_MS)), "{effects:?}");
            play(&mut state, Action::Elapsed(Timer::FindFace));
            assert_eq!((state.no_idea(), state.photos.face_sought), (Some(NoIdea::NotSought), None));
            state
        };
        let mut state = waited();
        let late = sought(&state);
        play(&mut state, late);
        assert!(state.is_idea_shown() && state.no_idea().is_none());
        play(&mut state, Action::Elapsed(Timer::FindFace));
        assert!(state.is_idea_shown(), "nobody waits any more");

        let mut state = waited();
        play(&mut state, SessionAction::Go(Step::Size));
        let late = sought(&state);
        play(&mut state, late);
        assert!(!state.is_idea_shown(), "pupils are tapped there");
        play(&mut state, ScaleAction::PlaceMarks);
        play(&mut state, SessionAction::Go(Step::Photo));
        let late = sought(&state);
        play(&mut state, late);
        assert!(!state.is_idea_shown(), "the visitor began");
    }

    #[test]
    fn why_no_idea_is_laid_is_known_until_something_is_begun() {
        let mut state = opened_file();
        let load = state.photos.load;
        assert_eq!(state.no_idea(), None, "its face is still looked for");
        let two =
            Box::new(SeenPerson { face: Err(FaceError::TwoFaces), mask: None, blur: PhotoPx(0.0), from_above: None });
        play(&mut state, PhotoAction::PersonSought(load, Some(two)));
        assert_eq!(state.no_idea(), Some(NoIdea::NoFace(FaceError::TwoFaces)));
        play(&mut state, ScaleAction::PlaceMarks);
        assert_eq!(state.no_idea(), None, "the pupils are marked");
        play(&mut state, ToolAction::Undo);
        assert!(state.no_idea().is_some());
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        assert_eq!(state.no_idea(), None);
        play(&mut state, PhotoAction::ShowSide(Side::Front));
        assert!(state.no_idea().is_some(), "it is known of the photo, and told again");
        play(&mut state, PhotoAction::Picked(Some(file(8))));
        assert_eq!(state.no_idea(), None, "it was another photo's");
        let load = state.photos.load;
        play(&mut state, PhotoAction::PersonSought(load, None));
        assert_eq!(state.no_idea(), Some(NoIdea::NotSought));
        assert_eq!(with_idea().no_idea(), None);
    }

    #[test]
    fn a_photo_that_was_turned_on_before_its_face_was_looked_for_is_looked_at_again() {
        let mut state = opened_file();
        let early = sought(&state);
        for _ in 0..4 {
            play(&mut state, PhotoAction::Rotate);
        }
        play(&mut state, early);
        assert!(!state.is_idea_shown(), "it was told of another load");
        let action = sought(&state);
        play(&mut state, action);
        assert!(state.is_idea_shown());
    }

    #[test]
    fn a_side_without_a_design_shows_no_idea() {
        let mut state = with_idea();
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        play(&mut state, PhotoAction::Picked(Some(file(8))));
        state.session.first_idea = Some(state.editor.document.version());
        assert!(!state.is_idea_shown() && state.has_open_photo());
    }

    #[test]
    fn a_photo_without_a_face_goes_to_the_side_that_it_shows() {
        let mut state = opened_file();
        let load = state.photos.load;
        let none =
            || Box::new(SeenPerson { face: Err(FaceError::NoFace), mask: None, blur: PhotoPx(0.0), from_above: None });
        play(&mut state, PhotoAction::PersonSought(load, Some(none())));
        assert!(asks!(play(&mut state, PhotoAction::MoveTo(Side::Back)), Effect::Focus(_)), "its button is gone");
        let views = &state.editor.document.design().views;
        assert!(views.front.photo.is_none() && views.back.photo.is_some() && state.has_open_photo());
        let load = state.photos.load;
        play(&mut state, PhotoAction::PersonSought(load, Some(none())));
        assert_eq!(state.no_idea(), None, "no idea is laid on the back");
    }

    #[test]
    fn what_is_remarked_on_a_side_goes_with_it() {
        let mut state = opened_file();
        let load = state.photos.load;
        let hidden = seen(FoundFace { are_eyes_seen: false, ..*face() });
        play(&mut state, PhotoAction::PersonSought(load, Some(hidden)));
        play(&mut state, PhotoAction::ShowSide(Side::Left));
        assert_eq!(state.session.notice, None);
        state.session.notify(NoticeKind::Fault, "the disk is full");
        play(&mut state, PhotoAction::ShowSide(Side::Right));
        check_told(&state, NoticeKind::Fault, "the disk is full");
    }

    #[test]
    fn eyes_that_are_not_seen_are_told() {
        let mut state = opened_file();
        let hidden = seen(FoundFace { are_eyes_seen: false, ..*face() });
        let load = state.photos.load;
        play(&mut state, PhotoAction::PersonSought(load, Some(hidden)));
        check_told(&state, NoticeKind::Info, state.texts().idea_eyes);
        assert!(state.is_idea_shown());
    }

    #[test]
    fn the_split_goes_across_once_and_stays_in_the_middle_of_the_head() {
        let mut state = with_idea();
        assert!((state.split() - 1.0).abs() < 1e-9, "it begins with before");
        let mut least = 1.0_f64;
        let mut ticks = 0;
        while asks!(after(&mut state, Action::Elapsed(Timer::Reveal)), Effect::StartTimer(Timer::Reveal, _)) {
            least = least.min(state.split());
            ticks += 1;
        }
        assert_eq!((ticks, state.preview.compare.reveal), (REVEAL_STEPS as i32 - 1, None));
        assert!(least < 0.01 && (state.split() - middle(&state)).abs() < 1e-9, "{least} {}", state.split());
        assert!(!asks!(after(&mut state, Action::Elapsed(Timer::Reveal)), Effect::StartTimer(..)));
    }

    /// Where the middle of the head is, a share of the photo's width.
    fn middle(state: &State) -> f64 {
        state.view().head.unwrap().centre.x / f64::from(PHOTO.0)
    }

    /// The fixture's face, so much farther to the right.
    fn face_moved(by: f64) -> FoundFace {
        let face = *face();
        let moved = |point: PhotoPoint| point.moved(by, 0.0);
        let marks = face.landmarks;
        let landmarks = FoundLandmarks {
            canthi: marks.canthi.map(moved),
            nose_base: moved(marks.nose_base),
            chin: moved(marks.chin),
            glabella: moved(marks.glabella),
            brows: marks.brows.map(moved),
            temples: marks.temples.map(moved),
            oval: marks.oval,
        };
        FoundFace { pupils: face.pupils.map(moved), landmarks, ..face }
    }

    /// A first idea on a head in that place of the photo, from its left edge; the split has come to rest.
    fn rested_at(share: f64, prefers_still: bool) -> State {
        let mut state = opened_file();
        state.session.capabilities.prefers_still = prefers_still;
        let by = share * f64::from(PHOTO.0) - 600.0;
        let pixels = state.photos.pixels().unwrap();
        // The whole picture moves along.
        let row = |row: &[u8]| {
            let columns = row.len() as isize / 4;
            let from = |column: isize| (column - (by / 4.0) as isize).clamp(0, columns - 1) as usize * 4;
            (0..columns).flat_map(|column| row[from(column)..from(column) + 4].to_vec()).collect::<Vec<_>>()
        };
        let moved = pixels.pixels.chunks_exact(pixels.width * 4).flat_map(row).collect();
        state.photos.open.as_mut().unwrap().pixels =
            Some(Rc::new(AnalysisImage { pixels: moved, ..(*pixels).clone() }));
        let load = state.photos.load;
        play(&mut state, PhotoAction::PersonSought(load, Some(seen(face_moved(by)))));
        while asks!(after(&mut state, Action::Elapsed(Timer::Reveal)), Effect::StartTimer(Timer::Reveal, _)) {}
        state
    }

    #[test]
    fn the_split_stays_in_the_middle_of_a_head_at_the_side() {
        for prefers_still in [false, true] {
            for share in [0.35, 0.65] {
                let state = rested_at(share, prefers_still);
                let (split, middle) = (state.split(), middle(&state));
                assert!((split - middle).abs() < 1e-9 && (split - share).abs() < 0.05, "{share}: {split} {middle}");
                let handles = &state.view().hairline.as_ref().unwrap().handles;
                let at = split * f64::from(PHOTO.0);
                assert!(handles.iter().any(|handle| handle.x < at) && handles.iter().any(|handle| handle.x > at));
            }
        }
    }

    #[test]
    fn the_split_stays_within_the_photo_wherever_the_head_is() {
        let mut state = with_idea();
        for (share, expected) in [(-0.2, 0.1), (0.3, 0.3), (1.4, 0.9)] {
            let centre = PhotoPoint::new(share * f64::from(PHOTO.0), 500.0);
            let head = Head { centre, ..state.view().head.unwrap() };
            apply_unrecorded(&mut state, Command::SetHead(Some(head)));
            assert!((rest(state.view()) - expected).abs() < 1e-9, "{share}: {}", rest(state.view()));
        }
    }

    #[test]
    fn the_split_begins_to_move_with_the_dots() {
        let mut state = opened_file();
        let pattern = state.preview.field.take();
        state.preview.growing = true;
        assert!(!state.are_dots_coming(), "nobody waits for them yet");
        let action = sought(&state);
        assert!(!asks!(after(&mut state, action), Effect::StartTimer(Timer::Reveal, _)));
        assert!(state.is_idea_shown() && state.are_dots_coming());
        let effects = after(&mut state, PreviewAction::DotsGrown(1, dots(1)));
        assert!(asks!(effects, Effect::StartTimer(Timer::Reveal, REVEAL_STEP_MS)), "{effects:?}");
        assert!(!state.are_dots_coming() && state.preview.field.is_some() && pattern.is_some());
        // A pattern that comes while it moves does not begin it again.
        after(&mut state, Action::Elapsed(Timer::Reveal));
        let effects = after(&mut state, PreviewAction::DotsGrown(1, dots(1)));
        assert!(!asks!(effects, Effect::StartTimer(Timer::Reveal, _)), "{effects:?}");
    }

    #[test]
    fn dots_are_waited_for_where_they_are_to_be_seen() {
        let mut state = with_idea();
        state.preview.growing = true;
        for (step, is_waiting) in Step::ALL.into_iter().zip([true, false, false, true, true, true]) {
            state.session.step = step;
            assert_eq!(state.are_dots_coming(), is_waiting, "{step:?}");
        }
        state.session.step = Step::Photo;
        state.preview.growing = false;
        assert!(!state.are_dots_coming());
        state.preview.growing = true;
        state.session.first_idea = None;
        assert!(!state.are_dots_coming(), "there is no idea");
    }

    #[test]
    fn what_is_no_idea_any_more_ends_the_motion() {
        let mut state = with_idea();
        after(&mut state, Action::Elapsed(Timer::Reveal));
        play(&mut state, ToolAction::Undo);
        assert!(!asks!(after(&mut state, Action::Elapsed(Timer::Reveal)), Effect::StartTimer(..)));
        play(&mut state, ToolAction::Redo);
        assert!(state.is_idea_shown() && state.preview.compare.reveal.is_none());
        assert!((state.split() - middle(&state)).abs() < 1e-9, "{}", state.split());
    }

    #[test]
    fn a_hand_on_the_slider_ends_its_motion() {
        let mut state = with_idea();
        play(&mut state, LookAction::Split(0.3));
        assert!(!asks!(after(&mut state, Action::Elapsed(Timer::Reveal)), Effect::StartTimer(Timer::Reveal, _)));
        assert!((state.split() - 0.3).abs() < 1e-9);
        play(&mut state, SessionAction::Go(Step::Hairline));
        assert!(state.split() <= 0.0, "a line is drawn on the whole picture");
    }

    #[test]
    fn who_wants_less_motion_sees_both_halves_at_once() {
        let mut state = opened_file();
        state.session.capabilities.prefers_still = true;
        let action = sought(&state);
        assert!(!asks!(play(&mut state, action), Effect::StartTimer(Timer::Reveal, _)));
        assert!((state.split() - middle(&state)).abs() < 1e-9);
    }

    #[test]
    fn an_idea_is_shown_with_hair_clipped_and_stays_one_step() {
        let mut state = with_idea();
        let hair = |state: &State| state.editor.document.design().look.hair;
        assert!(asks!(play(&mut state, PhotoAction::ClipIdea(true)), Effect::ClipHair { .. }));
        assert!(state.is_idea_shown() && hair(&state) == Hair::Clipped);
        play(&mut state, PhotoAction::ClipIdea(false));
        assert!(state.is_idea_shown() && hair(&state) == Hair::Shaved);
        play(&mut state, PhotoAction::ClipIdea(true));
        play(&mut state, ToolAction::Undo);
        assert!(!state.view().has_drawing() && hair(&state) == Hair::Shaved, "it goes with its step");
        play(&mut state, PhotoAction::ClipIdea(true));
        assert_eq!(hair(&state), Hair::Shaved, "what is no idea any more is changed in its own step");
    }

    #[test]
    fn the_shade_follows_hair_that_is_clipped() {
        let shade = |state: &State| state.editor.document.design().look.shade.clone();
        let before = shade(&opened_file());
        let mut state = with_idea();
        play(&mut state, PhotoAction::ClipIdea(true));
        let clipped = |state: &State, darkness: f64| {
            let hair = HairMask { shares: vec![255; 4], columns: 2, rows: 2, zoom: 2.0 / state.view().size().0 };
            let gone = HairMask { shares: vec![0; 4], ..hair.clone() };
            let of = Box::new(state.preview.clipped.sought.clone().unwrap());
            (of, Rc::new(ClippedHair { hair, gone, darkness, specular_map: SpecularMap::default() }))
        };
        let (of, hair) = clipped(&state, 0.6);
        after(&mut state, PreviewAction::ClippedFirst(of, hair));
        assert!(state.is_idea_shown() && shade(&state) == "charcoal", "{}", shade(&state));
        let (of, hair) = clipped(&state, 0.9);
        after(&mut state, PreviewAction::Clipped(of, Ok(hair)));
        assert!(state.is_idea_shown() && shade(&state) == "soft-black", "{}", shade(&state));
        play(&mut state, ToolAction::Undo);
        assert!(!state.view().has_drawing() && shade(&state) == before, "it goes with its step");
        // What is no idea any more keeps the shade that somebody chose.
        let mut state = with_idea();
        play(&mut state, PhotoAction::ClipIdea(true));
        let chosen = Appearance { shade: "ash".to_owned(), ..state.editor.document.design().look.clone() };
        play(&mut state, LookAction::Choose(chosen));
        let (of, hair) = clipped(&state, 0.9);
        after(&mut state, PreviewAction::Clipped(of, Ok(hair)));
        assert_eq!(shade(&state), "ash");
    }

    #[test]
    fn a_declined_idea_leaves_nothing_and_the_size_comes_next() {
        let mut state = with_idea();
        let effects = play(&mut state, PhotoAction::DeclineIdea);
        assert!(!state.is_idea_shown() && !state.view().has_drawing() && state.view().calibration.is_none());
        assert_eq!((state.step(), state.split()), (Step::Size, 0.0));
        assert!(asks!(effects, Effect::Focus(_)));
    }

    #[test]
    fn who_began_meanwhile_goes_on_with_what_was_begun() {
        let mut state = opened_file();
        play(&mut state, ScaleAction::PlaceMarks);
        let (design, action) = (state.editor.document.design().clone(), sought(&state));
        play(&mut state, action);
        assert!(*state.editor.document.design() == design && !state.is_idea_shown());
        let mut state = opened_file();
        let early = sought(&state);
        play(&mut state, PhotoAction::Picked(Some(file(8))));
        play(&mut state, early);
        assert!(!state.view().has_drawing(), "it was the face of another photo");
        let load = state.photos.load;
        play(&mut state, PhotoAction::PersonSought(load, None));
        assert!(!state.view().has_drawing() && state.photos.face_sought.is_none());
    }
}
