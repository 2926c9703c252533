//! What must be painted again on the stage: it follows from what is painted and what is to be seen.

use crate::app::state::effect::{Dirty, Effect};
use crate::app::state::root::State;
use crate::app::state::slices::preview::{ClippedOf, ClippedPicture, Finish, Painted};
use crate::engine::design::{Months, SkinKind, Sun};
use crate::engine::dots::Field;
use crate::engine::geometry::{Mm, PhotoRect};
use std::mem;

/// Asks to paint what is another than what is painted.
pub(super) fn update(state: &mut State) {
    let now = wanted(state);
    let part = mem::take(&mut state.preview.changed_part);
    let is_at_rest = !state.editor.document.in_gesture();
    let was_in_parts = mem::replace(&mut state.preview.painted_in_parts, !is_at_rest && !part.is_empty());
    let dirty = match dirty(state.preview.painted.as_ref(), &now, part) {
        Some(Dirty::Part(part)) if is_at_rest => Some(Dirty::Dots(part)),
        // What was painted in parts is shown as a whole once the gesture is over.
        None if is_at_rest && was_in_parts => Some(Dirty::Dots(PhotoRect::EMPTY)),
        dirty => dirty,
    };
    state.preview.painted_in_parts |= was_in_parts && !is_at_rest;
    state.preview.painted = Some(now);
    if let Some(dirty) = dirty {
        state.effect(Effect::Repaint(dirty));
    }
}

fn wanted(state: &State) -> Painted {
    let preview = &state.preview;
    let look = &state.editor.document.design().look;
    Painted {
        viewport: state.editor.viewport,
        pixel_ratio: state.editor.pixel_ratio,
        picture: state.photos.open.as_ref().map(|photo| photo.load),
        blur: state.blur(state.view()),
        pattern: preview.field.as_ref().map(Field::seed),
        shade: look.shade.clone(),
        ink: (look.dot, look.months, look.sun, look.skin),
        highlights: preview.specular_map.key().copied(),
        compared: preview.compared.key().copied().filter(|_| !preview.compare.held),
        split: state.split(),
        clipped: clipped(state),
        finish: finish(state),
    }
}

/// A look that is being slid is sketched until it is let go.
fn finish(state: &State) -> Finish {
    let document = &state.editor.document;
    let was_sketched = state.preview.painted.as_ref().is_some_and(|painted| painted.finish == Finish::Sketch);
    if document.is_look_changing() || was_sketched && document.in_gesture() { Finish::Sketch } else { Finish::Whole }
}

/// The hair that is shown clipped, in which picture, and its length.
fn clipped(state: &State) -> Option<(ClippedOf, ClippedPicture, Mm)> {
    let (clipped, look) = (&state.preview.clipped, &state.editor.document.design().look);
    clipped.under(look, state.parameters())?;
    Some((clipped.hair.key()?.clone(), clipped.picture, look.hair_length))
}

fn dirty(before: Option<&Painted>, now: &Painted, part: PhotoRect) -> Option<Dirty> {
    let Some(before) = before else { return Some(Dirty::All) };
    if before == now {
        return (!part.is_empty()).then_some(Dirty::Part(part));
    }
    if now.finish == Finish::Sketch && under_ink(before) == under_ink(now) {
        return Some(Dirty::Ink);
    }
    let is_split_alone = part.is_empty() && Painted { split: now.split, ..before.clone() } == *now;
    Some(if is_split_alone { Dirty::Split } else { Dirty::All })
}

/// What is painted but for the ink of the dots and the stubble.
fn under_ink(painted: &Painted) -> Painted {
    Painted {
        shade: String::new(),
        ink: (Mm(0.0), Months(0.0), Sun::default(), SkinKind::default()),
        clipped: painted.clipped.clone().map(|(of, picture, _)| (of, picture, Mm(0.0))),
        finish: Finish::Sketch,
        ..painted.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{after, asks, opened, play, pointer, with_fill};
    use crate::app::state::step::Step;
    use crate::app::state::{LookAction, SessionAction, StageAction, ToolAction};
    use crate::engine::design::Appearance;
    use crate::engine::editor::PointerPhase;
    use crate::engine::editor::tools::ToolKind;
    use crate::engine::geometry::{PhotoPoint, ScreenSize};

    #[test]
    fn what_is_the_same_is_not_painted_again() {
        let painted = opened().preview.painted.unwrap();
        let rect = PhotoRect::new(1.0, 2.0, 3.0, 4.0);
        let moved = Painted { viewport: painted.viewport.panned(3.0, 0.0), ..painted.clone() };
        let split = Painted { split: 0.3, ..painted.clone() };
        let shaded = Painted { shade: "other".into(), ..painted.clone() };
        let sketched = |painted: &Painted| Painted { finish: Finish::Sketch, ..painted.clone() };
        for (before, now, part, expected) in [
            (None, &painted, PhotoRect::EMPTY, Some(Dirty::All)),
            (Some(&painted), &painted, PhotoRect::EMPTY, None),
            (Some(&painted), &painted, rect, Some(Dirty::Part(rect))),
            (Some(&painted), &split, PhotoRect::EMPTY, Some(Dirty::Split)),
            (Some(&painted), &split, rect, Some(Dirty::All)),
            (Some(&painted), &shaded, PhotoRect::EMPTY, Some(Dirty::All)),
            (Some(&painted), &sketched(&shaded), PhotoRect::EMPTY, Some(Dirty::Ink)),
            (Some(&sketched(&painted)), &sketched(&shaded), rect, Some(Dirty::Ink)),
            (Some(&sketched(&painted)), &sketched(&moved), PhotoRect::EMPTY, Some(Dirty::All)),
            (Some(&sketched(&shaded)), &shaded, PhotoRect::EMPTY, Some(Dirty::All)),
            (Some(&painted), &moved, rect, Some(Dirty::All)),
        ] {
            assert_eq!(dirty(before, now, part), expected, "{now:?}, {part:?}");
        }
    }

    #[test]
    fn what_moves_the_view_or_changes_the_ink_paints_everything() {
        let mut state = with_fill();
        let look = state.editor.document.design().look.clone();
        let paler = crate::engine::design::Appearance { months: crate::engine::design::Months(36.0), ..look };
        play(&mut state, SessionAction::Go(Step::Look));
        let actions: [crate::app::state::Action; 5] = [
            StageAction::Zoom(2.0, None).into(),
            StageAction::ZoomFit.into(),
            StageAction::Resized(ScreenSize::new(500.0, 400.0), 2.0).into(),
            StageAction::Resized(ScreenSize::new(500.0, 400.0), 1.0).into(),
            LookAction::Choose(paler).into(),
        ];
        for action in actions {
            let name = format!("{action:?}");
            assert!(asks!(after(&mut state, action), Effect::Repaint(Dirty::All)), "{name}");
        }
    }

    #[test]
    fn a_look_that_is_slid_is_sketched_until_it_is_let_go() {
        let mut state = with_fill();
        play(&mut state, SessionAction::Go(Step::Look));
        let look = state.editor.document.design().look.clone();
        let slid = |mm: f64| Appearance { dot: Mm(mm), ..look.clone() };
        let finish = |state: &State| state.preview.painted.as_ref().map(|painted| painted.finish);
        // There and back: what was sketched stays so as long as the slider is held.
        for mm in [look.dot.0 + 0.01, look.dot.0, look.dot.0 + 0.02] {
            assert!(asks!(play(&mut state, LookAction::Change(slid(mm))), Effect::Repaint(Dirty::Ink)), "{mm}");
            assert_eq!(finish(&state), Some(Finish::Sketch), "{mm}");
        }
        let effects = play(&mut state, ToolAction::Commit);
        assert!(asks!(effects, Effect::Repaint(Dirty::All)), "{effects:?}");
        // What is painted then is what is painted where the same is chosen at once.
        let mut chosen = with_fill();
        play(&mut chosen, SessionAction::Go(Step::Look));
        play(&mut chosen, LookAction::Choose(slid(look.dot.0 + 0.02)));
        assert_eq!(state.preview.painted, chosen.preview.painted);
        assert_eq!(finish(&state), Some(Finish::Whole));
    }

    #[test]
    fn a_look_that_is_slid_back_is_painted_whole_when_it_is_let_go() {
        let mut state = with_fill();
        play(&mut state, SessionAction::Go(Step::Look));
        let before = state.preview.painted.clone();
        let look = state.editor.document.design().look.clone();
        play(&mut state, LookAction::Change(Appearance { dot: Mm(look.dot.0 + 0.02), ..look.clone() }));
        play(&mut state, LookAction::Change(look));
        assert!(asks!(play(&mut state, ToolAction::Commit), Effect::Repaint(Dirty::All)));
        assert_eq!(state.preview.painted, before);
    }

    #[test]
    fn what_changes_nothing_on_the_stage_paints_nothing() {
        let mut state = with_fill();
        for action in [StageAction::Hover(None), StageAction::SuspendSnapping, StageAction::KeyUp("Alt".into())] {
            let name = format!("{action:?}");
            assert!(!asks!(after(&mut state, action), Effect::Repaint(_)), "{name}");
        }
        assert!(!asks!(after(&mut state, SessionAction::DismissNotice), Effect::Repaint(_)));
    }

    #[test]
    fn a_split_that_moves_shows_other_parts_of_the_same_dots() {
        let mut state = with_fill();
        play(&mut state, SessionAction::Go(Step::Look));
        assert!(asks!(after(&mut state, LookAction::Split(0.4)), Effect::Repaint(Dirty::Split)));
        assert!(asks!(after(&mut state, LookAction::HoldBefore(true)), Effect::Repaint(Dirty::Split)));
        assert!(!asks!(after(&mut state, LookAction::HoldBefore(true)), Effect::Repaint(_)));
    }

    #[test]
    fn a_stroke_paints_where_it_goes() {
        let mut state = with_fill();
        play(&mut state, ToolAction::Take(ToolKind::Eraser));
        let line = state.view().hairline.clone().unwrap();
        let at = line.handles[line.handles.len() / 2].moved(0.0, -20.0);
        let mut parts = 0;
        for (phase, at) in [(PointerPhase::Down, at), (PointerPhase::Move, at.moved(30.0, 0.0))] {
            let event = pointer(&state, phase, at);
            for effect in after(&mut state, event) {
                let Effect::Repaint(dirty) = effect else { continue };
                let Dirty::Part(part) = dirty else { panic!("{phase:?} paints {dirty:?}") };
                let around = PhotoRect::around(&[at, PhotoPoint::new(at.x - 30.0, at.y)]).inflated(60.0);
                assert_eq!(part.intersection(around), part, "{phase:?} at {at:?}");
                parts += 1;
            }
        }
        assert_eq!(parts, 2, "each event of the stroke paints its part");
        assert_eq!(state.preview.painted.unwrap().finish, Finish::Whole, "no stroke is sketched");
    }
}
