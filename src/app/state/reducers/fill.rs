//! Fills behind the line and up to what the photo shows; strokes, scars, patches and part lines.

use super::command::{apply, apply_in_gesture};
use crate::app::state::action::FillAction;
use crate::app::state::derived;
use crate::app::state::effect::{Effect, Timer};
use crate::app::state::root::State;
use crate::app::state::slices::session::{Busy, NoticeKind};
use crate::engine::calibration::Side;
use crate::engine::catalog::Parameter;
use crate::engine::design::{AreaFill, FillOp};
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Command, FillEnd, default_boundary, scalp_fill};

/// Looking and placing the dots takes some 0.1 s: so long, two frames, the page has to say so before.
const NOTICE_FIRST_MS: u32 = 32;

pub(super) fn reduce(state: &mut State, action: FillAction) {
    match action {
        FillAction::SetBehindLine(is_on) => set_behind_line(state, is_on),
        FillAction::DetectScalp(end) => begin_detection(state, end),
        FillAction::SetDensity(density) => change_area(state, |fill| AreaFill { density, ..fill }),
        FillAction::SetRear(rear) => change_area(state, |fill| AreaFill { rear, ..fill }),
        FillAction::SetBrush(brush) => state.editor.brush = brush,
        FillAction::Change(place, op) => change(state, place, op),
        FillAction::Remove(place) => apply(state, Command::RemoveFill(place)),
        FillAction::Clear => apply(state, Command::ClearFill),
    }
}

/// Fills a band behind the line, or takes the fill away.
fn set_behind_line(state: &mut State, is_on: bool) {
    let Some(line) = state.view().hairline.clone().filter(|_| is_on) else {
        return apply(state, Command::AreaFill(None));
    };
    let parameters = state.parameters();
    let density = parameters.get(Parameter::Density);
    let fill = default_boundary(state.view(), parameters, &line, density, state.photos.pixels().as_deref());
    state.editor.tools.density = ToolKind::Area;
    apply(state, Command::AreaFill(Some(fill)));
}

fn change_area(state: &mut State, change: impl FnOnce(AreaFill) -> AreaFill) {
    let Some((_, fill)) = state.view().area_fill() else { return };
    let fill = change(fill.clone());
    apply_in_gesture(state, Command::AreaFill(Some(fill)));
}

fn change(state: &mut State, place: usize, op: FillOp) {
    match op {
        FillOp::Band(band) => apply_in_gesture(state, Command::SetBand(place, band)),
        FillOp::Patch(patch) => apply_in_gesture(state, Command::SetPatch(place, patch)),
        FillOp::ToHere(_) | FillOp::Stroke(_) => {}
    }
}

/// Says that the end of the scalp is being looked for, and looks for it after that.
fn begin_detection(state: &mut State, end: FillEnd) {
    if state.session.busy.is_some() {
        return;
    }
    state.editor.controller.cancel(&mut state.editor.document);
    // What was said of an earlier try does not hold for this one.
    state.session.notice = None;
    state.session.busy = Some(Busy::Detecting(end));
    state.effect(Effect::StartTimer(Timer::DetectScalp, NOTICE_FIRST_MS));
}

/// Fills the scalp up to the visitor's own hair, or the whole head. Where the photo does not show the end, other ways are told.
pub(super) fn detect(state: &mut State) {
    // Another side or photo may have been asked for meanwhile.
    let Some(Busy::Detecting(end)) = state.session.busy else { return };
    state.session.busy = None;
    let pixels = state.photos.pixels();
    let Some(fill) = pixels.and_then(|pixels| scalp_fill(state.view(), state.parameters(), &pixels, end)) else {
        let texts = state.texts();
        let has_line = state.view().hairline.is_some();
        let text = if has_line { texts.density_not_seen } else { texts.density_not_seen_side };
        return state.session.notify(NoticeKind::Info, text);
    };
    state.editor.tools.density = ToolKind::Area;
    state.editor.controller.selected = None;
    apply(state, Command::AreaFill(Some(fill)));
    derived::update(state);
    let figures = state.preview.figures.as_ref();
    let is_little = figures.is_some_and(|figures| figures.is_little_skin());
    if is_little && state.editor.document.side() == Side::Front {
        let text = state.texts().density_little;
        state.session.notify(NoticeKind::Info, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{after, asks, check_told, opened, play, told, with_fill, with_line};
    use crate::app::state::slices::step::Step;
    use crate::app::state::{Action, PhotoAction, SaveAction, SessionAction, ToolAction};
    use crate::engine::design::{Band, BandKind, DESIGN_LIMITS, Hair, Patch};
    use crate::engine::editor::tools::BrushSettings;
    use crate::engine::editor::{AnalysisImage, Handle};
    use crate::engine::geometry::PhotoPoint;
    use std::rc::Rc;

    fn to_here(state: &State) -> Option<AreaFill> {
        state.view().area_fill().map(|(_, fill)| fill.clone())
    }

    fn band(kind: BandKind) -> Band {
        let handles = vec![PhotoPoint::new(500.0, 350.0), PhotoPoint::new(700.0, 350.0)];
        Band { kind, handles, width: 40.0, density: 100.0 }
    }

    fn patch() -> Patch {
        let outline = [(500.0, 350.0), (700.0, 350.0), (600.0, 300.0)].map(|(x, y)| PhotoPoint::new(x, y)).to_vec();
        Patch { outline, density: 100.0 }
    }

    #[test]
    fn a_band_is_filled_behind_the_line_and_taken_away() {
        let mut state = with_line();
        play(&mut state, SessionAction::Go(Step::Density));
        play(&mut state, ToolAction::Take(ToolKind::Brush));
        let effects = play(&mut state, FillAction::SetBehindLine(true));
        assert_eq!((state.tool(), to_here(&state).map(|fill| fill.closed)), (ToolKind::Area, Some(false)));
        assert!(asks!(effects, Effect::Repaint(_)) && state.preview.told_figures().is_some());
        play(&mut state, FillAction::SetBehindLine(false));
        assert_eq!(to_here(&state), None);
        assert!(state.preview.told_figures().is_none());
        let mut state = opened();
        play(&mut state, FillAction::SetBehindLine(true));
        assert_eq!(to_here(&state), None, "there is no line");
    }

    #[test]
    fn sliders_of_the_fill_are_one_step_each() {
        for (slide, expected) in [
            (FillAction::SetDensity as fn(f64) -> FillAction, (80.0, 1.0)),
            (FillAction::SetRear as fn(f64) -> FillAction, (0.0, 0.4)),
        ] {
            let mut state = with_fill();
            let before = to_here(&state).unwrap();
            let expected = if expected.0 > 0.0 { expected } else { (before.density, expected.1) };
            let value = if expected.1 < 1.0 { 0.4 } else { 80.0 };
            for value in [value * 0.9, value] {
                assert!(!asks!(play(&mut state, slide(value)), Effect::StartTimer(..)), "the slider is held");
            }
            assert!(state.editor.document.in_gesture());
            assert!(asks!(play(&mut state, ToolAction::Commit), Effect::StartTimer(Timer::KeepDraft, _)));
            assert_eq!(to_here(&state).map(|fill| (fill.density, fill.rear)), Some(expected));
            play(&mut state, ToolAction::Undo);
            assert_eq!(to_here(&state), Some(before));
        }
        let mut state = with_line();
        play(&mut state, FillAction::SetDensity(80.0));
        assert!(!state.editor.document.in_gesture() && !state.editor.has_fill(), "there is no fill");
    }

    #[test]
    fn a_brush_is_no_part_of_the_design() {
        let mut state = with_fill();
        let before = state.editor.document.design().clone();
        let brush = BrushSettings { softness: 0.9, ..state.editor.brush };
        assert!(after(&mut state, FillAction::SetBrush(brush)).is_empty());
        assert_eq!((state.editor.brush, state.editor.document.design()), (brush, &before));
        assert_eq!(state.tool_settings().brush, brush);
    }

    #[test]
    fn bands_and_patches_are_changed_where_they_are() {
        let mut state = with_fill();
        apply(&mut state, Command::AddBand(band(BandKind::Scar)));
        apply(&mut state, Command::AddPatch(patch()));
        for (place, op) in [
            (1, FillOp::Band(Band { density: 60.0, ..band(BandKind::Scar) })),
            (2, FillOp::Patch(Patch { density: 60.0, ..patch() })),
        ] {
            play(&mut state, FillAction::Change(place, op.clone()));
            assert!(state.editor.document.in_gesture());
            play(&mut state, ToolAction::Commit);
            assert_eq!(*state.view().fill[place], op);
        }
        let before = state.editor.document.design().clone();
        let fill = FillOp::ToHere(to_here(&state).unwrap());
        play(&mut state, FillAction::Change(0, fill));
        assert_eq!((state.editor.document.design(), state.editor.document.in_gesture()), (&before, false));
        play(&mut state, FillAction::Change(0, FillOp::Patch(patch())));
        check_told(&state, NoticeKind::Fault, state.texts().refuse_other);
        assert_eq!(*state.editor.document.design(), before, "there is no patch at that place");
    }

    #[test]
    fn fills_are_removed_one_by_one_or_all() {
        let mut state = with_fill();
        apply(&mut state, Command::AddPatch(patch()));
        play(&mut state, FillAction::Remove(0));
        assert!(to_here(&state).is_none() && state.view().fill.len() == 1);
        play(&mut state, FillAction::Remove(5));
        check_told(&state, NoticeKind::Fault, state.texts().refuse_other);
        play(&mut state, FillAction::Clear);
        assert!(!state.editor.has_fill() && state.view().hairline.is_some());
        play(&mut state, ToolAction::Undo);
        assert_eq!(state.view().fill.len(), 1);
    }

    #[test]
    fn the_look_follows_what_is_treated_and_goes_with_the_step() {
        let mut state = with_fill();
        let usual = state.editor.document.design().look.clone();
        let look =
            |state: &State| (state.editor.document.design().look.session, state.editor.document.design().look.hair);
        apply(&mut state, Command::AddPatch(patch()));
        assert_eq!(look(&state), (DESIGN_LIMITS.sessions, Hair::Shaved), "patches take a session more");
        apply(&mut state, Command::AddBand(band(BandKind::PartLine)));
        assert_eq!(look(&state), (DESIGN_LIMITS.sessions, Hair::Kept), "a part line lies in hair that is kept");
        play(&mut state, ToolAction::Undo);
        play(&mut state, ToolAction::Undo);
        assert_eq!(state.editor.document.design().look, usual);
        play(&mut state, ToolAction::Redo);
        play(&mut state, FillAction::Clear);
        assert_eq!(look(&state), (usual.session, Hair::Shaved));
    }

    /// The page says that it looks for the end of the scalp.
    fn looking(state: &mut State) -> Vec<Effect> {
        after(state, FillAction::DetectScalp(FillEnd::Hair))
    }

    fn found(state: &mut State) -> Vec<Effect> {
        play(state, Action::Elapsed(Timer::DetectScalp))
    }

    #[test]
    fn the_scalp_is_filled_once_the_page_has_said_so() {
        let mut state = with_line();
        play(&mut state, SessionAction::Go(Step::Density));
        state.session.notify(NoticeKind::Info, "of an earlier try");
        play(&mut state, ToolAction::Select(Handle::Handle(1)));
        let effects = looking(&mut state);
        assert!(matches!(&effects[..], [Effect::StartTimer(Timer::DetectScalp, _)]), "{effects:?}");
        assert_eq!((state.session.busy, told(&state)), (Some(Busy::Detecting(FillEnd::Hair)), None));
        assert_eq!(to_here(&state), None);
        let effects = found(&mut state);
        assert!(to_here(&state).is_some_and(|fill| fill.closed) && asks!(effects, Effect::Repaint(_)));
        assert_eq!((state.session.busy, state.tool(), state.editor.controller.selected), (None, ToolKind::Area, None));
        assert!(found(&mut state).is_empty(), "it is looked for once");
    }

    #[test]
    fn nothing_is_looked_for_while_something_is_under_way() {
        for busy in [Busy::Opening, Busy::Making, Busy::Detecting(FillEnd::Background)] {
            let mut state = with_line();
            state.session.busy = Some(busy);
            assert!(looking(&mut state).is_empty());
            assert_eq!(state.session.busy, Some(busy));
        }
    }

    #[test]
    fn what_is_looked_for_on_another_side_is_given_up() {
        let mut state = with_line();
        looking(&mut state);
        after(&mut state, PhotoAction::ShowSide(Side::Top));
        assert!(found(&mut state).is_empty());
        assert!(!state.editor.has_fill());
    }

    #[test]
    fn where_the_end_is_not_seen_other_ways_are_told() {
        for has_line in [true, false] {
            let mut state = if has_line { with_line() } else { opened() };
            let photo = state.photos.open.as_mut().unwrap();
            photo.pixels = photo
                .pixels
                .as_ref()
                .map(|pixels| Rc::new(AnalysisImage { pixels: vec![180; pixels.pixels.len()], ..(**pixels).clone() }));
            looking(&mut state);
            found(&mut state);
            let texts = state.texts();
            check_told(
                &state,
                NoticeKind::Info,
                if has_line { texts.density_not_seen } else { texts.density_not_seen_side },
            );
            assert_eq!((state.session.busy, state.editor.has_fill()), (None, false));
        }
        let mut state = with_line();
        state.photos.open.as_mut().unwrap().pixels = None;
        looking(&mut state);
        found(&mut state);
        check_told(&state, NoticeKind::Info, state.texts().density_not_seen);
    }

    #[test]
    fn little_skin_seen_from_the_front_is_told() {
        let mut state = with_line();
        let line = state.view().hairline.clone().unwrap();
        let raised: Vec<_> = line.handles.iter().map(|handle| handle.moved(0.0, -82.0)).collect();
        apply(&mut state, Command::SetHairline(Some(crate::engine::design::Hairline::smooth(raised))));
        looking(&mut state);
        found(&mut state);
        let figures = state.preview.figures.as_ref().unwrap();
        assert!(figures.is_little_skin(), "{:?}", figures.area_cm2);
        check_told(&state, NoticeKind::Info, state.texts().density_little);
    }

    #[test]
    fn a_gesture_under_way_never_was_when_the_scalp_is_looked_for() {
        let mut state = with_fill();
        let before = state.editor.document.design().clone();
        let settings = crate::engine::editor::tools::ToolSettings { kind: ToolKind::Eraser, ..state.tool_settings() };
        let at = state.view().hairline.as_ref().unwrap().handles[1];
        let editor = &mut state.editor;
        editor.controller.down(&mut editor.document, &settings, at, crate::engine::editor::PointerKind::Mouse);
        assert_ne!(*state.editor.document.design(), before);
        looking(&mut state);
        assert_eq!(*state.editor.document.design(), before);
        let _ = play(&mut state, SaveAction::SaveDesign);
    }
}
