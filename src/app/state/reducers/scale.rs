//! How big the head is, and how it stands in the picture.

use super::command::{apply, apply_in_gesture, commit};
use super::head;
use super::unrecorded::apply_unrecorded;
use crate::app::state::action::ScaleAction;
use crate::app::state::root::State;
use crate::app::state::slices::editor::MeasureBy;
use crate::engine::calibration::{Calibration, Head, Reference, Side};
use crate::engine::editor::{Command, Handle, average_pupils, default_marks};
use crate::engine::geometry::Mm;

pub(super) fn reduce(state: &mut State, action: ScaleAction) {
    match action {
        ScaleAction::MeasureBy(by) => measure_by(state, by),
        ScaleAction::PlaceMarks => place_marks(state),
        ScaleAction::ClearMarks => {
            state.editor.controller.pending_mark = None;
            apply(state, Command::Calibrate(None));
        }
        ScaleAction::SetDistance(distance) => set_distance(state, distance),
        ScaleAction::SetTaken(side, camera) => set_taken(state, side, camera),
        ScaleAction::ChangeHead(head) => {
            apply_in_gesture(state, Command::SetHead(Some(Head { by_hand: true, ..head })));
        }
        ScaleAction::GuessHead => {
            let (side, camera) = head::taken(state);
            let head = head::seen(state, side, camera);
            apply(state, Command::SetHead(Some(head)));
        }
    }
}

fn set_reference(state: &mut State, reference: Reference) {
    if let Some(calibration) = state.view().calibration {
        apply(state, Command::Calibrate(Some(Calibration { reference, ..calibration })));
    }
}

/// Marks are set on this from now on, and those that are there mean this.
fn measure_by(state: &mut State, by: MeasureBy) {
    state.editor.choose_measure(by);
    set_reference(state, state.editor.usual_reference(by));
}

fn place_marks(state: &mut State) {
    let (a, b) = default_marks(state.view());
    state.editor.controller.pending_mark = None;
    let reference = state.editor.usual_reference(state.editor.measure_by());
    apply(state, Command::Calibrate(Some(Calibration { reference, a, b })));
    state.editor.controller.selected = Some(Handle::MarkA);
}

fn set_distance(state: &mut State, distance: Option<f64>) {
    let reference = match (state.editor.measure_by(), distance) {
        (MeasureBy::Eyes, None) => average_pupils(state.parameters()),
        (MeasureBy::Eyes, Some(mm)) => Reference::TypedPupils { distance: Mm(mm) },
        (MeasureBy::Length, None) => return,
        (MeasureBy::Length, Some(mm)) => Reference::Points { distance: Mm(mm) },
    };
    set_reference(state, reference);
}

/// The visitor says what the photo shows, or how it was taken. Where no eyes are seen, a known length is measured.
fn set_taken(state: &mut State, side: Side, camera: Mm) {
    if side != state.editor.document.side() {
        return move_to(state, side);
    }
    let head = match state.view().head {
        Some(head) if head.by_hand => Head { camera, ..head },
        _ => head::seen(state, side, camera),
    };
    let head = Head { camera_told: true, ..head };
    let is_measured_by_eyes = state.view().eyes().is_some();
    apply_in_gesture(state, Command::SetHead(Some(head)));
    if side != Side::Front && is_measured_by_eyes {
        measure_by(state, MeasureBy::Length);
    }
    commit(state);
}

/// The photo shows another side than the one where it lies: it goes there, with everything on it.
pub(super) fn move_to(state: &mut State, side: Side) {
    let outcome = state.editor.document.apply(Command::MoveTo(side));
    state.session.report(outcome);
    let is_guessed = state.editor.document.design().views.of(side).head.is_some_and(|head| !head.by_hand);
    state.editor.document.turn_to(side);
    if is_guessed {
        let (_, camera) = head::taken(state);
        let head = head::seen(state, side, camera);
        apply_unrecorded(state, Command::SetHead(Some(head)));
    }
    if side != Side::Front && state.view().eyes().is_some() {
        measure_by(state, MeasureBy::Length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::effect::Effect;
    use crate::app::state::fixture::{after, asks, check_told, opened, opened_file, play, told, with_fill, with_line};
    use crate::app::state::slices::session::NoticeKind;
    use crate::app::state::slices::step::Step;
    use crate::app::state::{PhotoAction, SessionAction, ToolAction};
    use crate::engine::catalog::Parameter;
    use crate::engine::geometry::PhotoPoint;

    fn reference(state: &State) -> Option<Reference> {
        state.view().calibration.map(|marks| marks.reference)
    }

    /// The visitor's own photo with marks that were put into it.
    fn marked() -> State {
        let mut state = opened_file();
        play(&mut state, SessionAction::Go(Step::Size));
        play(&mut state, ScaleAction::PlaceMarks);
        state
    }

    #[test]
    fn marks_are_put_into_the_picture_and_one_is_chosen() {
        let mut state = marked();
        let marks = state.view().calibration.unwrap();
        assert_eq!((marks.a, marks.b), (PhotoPoint::new(480.0, 630.0), PhotoPoint::new(720.0, 630.0)));
        assert_eq!(state.editor.controller.selected, Some(Handle::MarkA));
        assert!(state.view().head.is_some(), "what the photo shows of the head goes with them");
        play(&mut state, ToolAction::Undo);
        assert_eq!((state.view().calibration, state.view().head, state.editor.controller.selected), (None, None, None));
    }

    #[test]
    fn marks_are_removed_with_a_first_tap() {
        let mut state = marked();
        state.editor.controller.pending_mark = Some(PhotoPoint::new(1.0, 2.0));
        play(&mut state, ScaleAction::ClearMarks);
        assert_eq!((state.view().calibration, state.editor.controller.pending_mark), (None, None));
    }

    #[test]
    fn what_is_measured_follows_the_marks_also_when_they_are_taken_back() {
        let mut state = marked();
        assert_eq!(reference(&state), Some(average_pupils(state.parameters())));
        play(&mut state, ScaleAction::MeasureBy(MeasureBy::Length));
        let card = Reference::Points { distance: Mm(state.parameters().get(Parameter::BankCard)) };
        assert_eq!((reference(&state), state.editor.measure_by()), (Some(card), MeasureBy::Length));
        play(&mut state, ToolAction::Undo);
        assert_eq!(state.editor.measure_by(), MeasureBy::Eyes);
        let mut state = opened_file();
        play(&mut state, ScaleAction::MeasureBy(MeasureBy::Length));
        assert_eq!(state.editor.measure_by(), MeasureBy::Length, "without marks what was chosen");
        play(&mut state, ScaleAction::PlaceMarks);
        assert_eq!(reference(&state), Some(card));
    }

    #[test]
    fn a_distance_is_typed_or_the_average() {
        for (by, typed, expected) in [
            (MeasureBy::Eyes, Some(61.5), Some(Reference::TypedPupils { distance: Mm(61.5) })),
            (MeasureBy::Eyes, None, None),
            (MeasureBy::Length, Some(100.0), Some(Reference::Points { distance: Mm(100.0) })),
            (MeasureBy::Length, None, Some(Reference::Points { distance: Mm(85.6) })),
        ] {
            let mut state = marked();
            play(&mut state, ScaleAction::MeasureBy(by));
            play(&mut state, ScaleAction::SetDistance(typed));
            let expected = expected.or(Some(average_pupils(state.parameters())));
            assert_eq!(reference(&state), expected, "{by:?}, {typed:?}");
        }
        let mut state = opened_file();
        play(&mut state, ScaleAction::SetDistance(Some(60.0)));
        assert_eq!(state.view().calibration, None, "there is nothing of that length yet");
    }

    #[test]
    fn a_distance_that_cannot_be_is_refused_and_the_next_good_one_takes_the_fault_away() {
        let mut state = marked();
        let before = state.view().calibration;
        play(&mut state, ScaleAction::SetDistance(Some(f64::NAN)));
        assert_eq!((state.view().calibration, told(&state).map(|(kind, _)| kind)), (before, Some(NoticeKind::Fault)));
        play(&mut state, ScaleAction::SetDistance(Some(64.0)));
        assert_eq!(told(&state), None);
    }

    #[test]
    fn without_a_photo_nothing_is_marked() {
        let mut state = crate::app::state::fixture::started();
        play(&mut state, ScaleAction::PlaceMarks);
        check_told(&state, NoticeKind::Fault, state.texts().refuse_no_photo);
    }

    #[test]
    fn the_cameras_distance_is_one_step() {
        let mut state = opened();
        let before = state.editor.document.design().clone();
        play(&mut state, ScaleAction::SetTaken(Side::Front, Mm(900.0)));
        assert_eq!(state.view().head.map(|head| head.camera), Some(Mm(900.0)));
        assert!(!state.editor.document.in_gesture());
        play(&mut state, ToolAction::Undo);
        assert_eq!(*state.editor.document.design(), before);
    }

    #[test]
    fn an_outline_set_by_hand_stays_where_it_is() {
        let mut state = opened();
        let head = state.view().head.unwrap();
        let wider = Head { half_width: head.half_width + 40.0, ..head };
        play(&mut state, ScaleAction::ChangeHead(wider));
        assert!(state.editor.document.in_gesture(), "the slider is held");
        play(&mut state, ToolAction::Commit);
        let by_hand = state.view().head.unwrap();
        assert!(by_hand.by_hand && by_hand.half_width == wider.half_width);
        play(&mut state, ScaleAction::SetTaken(Side::Front, Mm(900.0)));
        assert_eq!(state.view().head, Some(Head { camera: Mm(900.0), camera_told: true, ..by_hand }));
        play(&mut state, ScaleAction::ClearMarks);
        assert_eq!(state.view().head.map(|head| head.half_width), Some(wider.half_width));
        play(&mut state, ScaleAction::GuessHead);
        assert!(state.view().head.is_some_and(|head| !head.by_hand));
    }

    #[test]
    fn a_head_that_nobody_set_is_looked_for_anew_when_marks_move() {
        let mut state = marked();
        let before = state.view().head;
        play(&mut state, ToolAction::Select(Handle::MarkA));
        play(&mut state, ToolAction::Nudge(-90.0, 0.0));
        assert_ne!(state.view().head, before);
    }

    #[test]
    fn a_photo_of_another_side_goes_there_with_its_drawing() {
        let mut state = with_line();
        let line = state.view().hairline.clone();
        let effects = play(&mut state, ScaleAction::SetTaken(Side::Left, Mm(1000.0)));
        assert_eq!((state.editor.document.side(), state.view().hairline.clone()), (Side::Left, line));
        assert!(state.editor.document.design().views.front.photo.is_none());
        assert!(!asks!(effects, Effect::OpenPhoto { .. } | Effect::HidePicture), "it is the same picture: {effects:?}");
        assert!(state.view().head.is_some_and(|head| head.side == Side::Left));
        let card = Reference::Points { distance: Mm(state.parameters().get(Parameter::BankCard)) };
        assert_eq!((reference(&state), state.editor.measure_by()), (Some(card), MeasureBy::Length), "no eyes are seen");
        play(&mut state, ScaleAction::SetTaken(Side::Front, Mm(1000.0)));
        assert_eq!((state.editor.document.side(), state.has_open_photo()), (Side::Front, true));
    }

    #[test]
    fn sides_without_eyes_are_measured_by_a_length() {
        let mut state = with_fill();
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        assert_eq!(state.editor.measure_by(), MeasureBy::Length);
        play(&mut state, PhotoAction::ShowSide(Side::Front));
        assert_eq!(state.editor.measure_by(), MeasureBy::Eyes);
    }

    #[test]
    fn a_mark_in_motion_leaves_the_dots_until_it_is_let_go() {
        use crate::app::state::fixture::pointer;
        use crate::engine::editor::PointerPhase;
        let mut state = with_fill();
        play(&mut state, SessionAction::Go(Step::Size));
        let fingerprint = |state: &State| state.preview.field.as_ref().unwrap().fingerprint();
        let (before, at) = (fingerprint(&state), state.view().calibration.unwrap().a);
        for (phase, at) in [(PointerPhase::Down, at), (PointerPhase::Move, at.moved(-20.0, 0.0))] {
            let event = pointer(&state, phase, at);
            let effects = after(&mut state, event);
            assert!(!asks!(effects, Effect::StartTimer(..)), "nothing is kept or measured meanwhile: {effects:?}");
        }
        assert_eq!(fingerprint(&state), before);
        assert_ne!(state.view().calibration.unwrap().a, at);
        let event = pointer(&state, PointerPhase::Up, at.moved(-20.0, 0.0));
        assert!(asks!(after(&mut state, event), Effect::Repaint(_)));
        assert_ne!(fingerprint(&state), before);
    }
}
