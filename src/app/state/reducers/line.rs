//! The line: its shapes, its handles, its two halves, temple peaks, and the guides on the face.

use super::command::{apply, apply_in_gesture, commit};
use crate::app::state::action::LineAction;
use crate::app::state::root::State;
use crate::app::state::slices::session::NoticeKind;
use crate::engine::catalog::{Parameter, SHAPES, ShapeKind};
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{
    Command, Half, Handle, LineRecipe, Midline, RecipePart, SeenFace, handle_half_way, mirrored_half,
};
use crate::engine::geometry::Mm;

pub(super) fn reduce(state: &mut State, action: LineAction) {
    match action {
        LineAction::ChooseShape(place) => choose_shape(state, place),
        LineAction::ChangeRecipe(part, value) => change_recipe(state, part, value),
        LineAction::MirrorHalf(half) => mirror_half(state, half),
        LineAction::ToggleCorner => toggle_corner(state),
        LineAction::AddHandle => add_handle(state),
        LineAction::AddTemplePeaks => add_temple_peaks(state),
        LineAction::ToggleGuide(place) => {
            if let Some(shown) = state.editor.aids.shown.get_mut(place) {
                *shown = !*shown;
            }
        }
        LineAction::SetSnapping(is_on) => state.editor.aids.passes = !is_on,
        LineAction::SetMirrored(is_on) => state.editor.mirrored = is_on,
        LineAction::Remove => apply(state, Command::SetHairline(None)),
    }
}

/// How the line of the view came about, a line made by hand too.
fn recipe(state: &State) -> Option<LineRecipe> {
    let by_hand = || state.view().hairline.clone().map(LineRecipe::by_hand);
    state.editor.recipe().cloned().or_else(by_hand)
}

fn choose_shape(state: &mut State, place: usize) {
    let Some(rule) = state.session.shapes().nth(place).cloned() else { return };
    let pixels = state.photos.pixels();
    let before = recipe(state).unwrap_or(LineRecipe::NOTHING);
    let recipe = before.with_shape(&rule, (state.view(), state.parameters()), pixels.as_deref());
    state.editor.tools.line = ToolKind::Line;
    make_line(state, recipe, false);
}

fn change_recipe(state: &mut State, part: RecipePart, value: f64) {
    let Some(recipe) = recipe(state).map(|recipe| recipe.with(part, value)) else { return };
    state.editor.document.begin();
    make_line(state, recipe, true);
}

fn make_line(state: &mut State, recipe: LineRecipe, is_sliding: bool) {
    let Some(line) = recipe.line(state.view(), state.parameters()) else { return };
    apply(state, Command::SetHairline(Some(line)));
    // The design keeps it rounded and within the picture: so it is recognised.
    if let Some(made) = state.view().hairline.clone() {
        state.editor.aids.remember(made, recipe, is_sliding);
    }
}

fn mirror_half(state: &mut State, half: Half) {
    let view = state.view();
    let midline = Midline::of(view, state.parameters());
    let made = view.hairline.as_ref().zip(midline).and_then(|(line, midline)| mirrored_half(line, &midline, half));
    match made {
        Some(line) => apply(state, Command::SetHairline(Some(line))),
        None => {
            let text = state.texts().line_alike_none;
            state.session.notify(NoticeKind::Info, text);
        }
    }
}

/// The chosen handle becomes a corner, or smooth again; with mirrored editing its counterpart alike.
fn toggle_corner(state: &mut State) {
    let line = state.view().hairline.as_ref();
    let Some((Handle::Handle(place), line)) = state.editor.controller.selected.zip(line) else { return };
    let mut turned = line.with_corner_turned(place);
    let other = line.handles.len().saturating_sub(place + 1);
    if state.tool_settings().mirrored && turned.is_corner(other) != turned.is_corner(place) {
        turned = turned.with_corner_turned(other);
    }
    apply(state, Command::SetHairline(Some(turned)));
}

/// A handle half way between the chosen one and the next, of the line or of the fill's boundary.
fn add_handle(state: &mut State) {
    match handle_half_way(state.view(), state.editor.controller.selected) {
        Ok(Some((command, handle))) => {
            state.editor.controller.selected = Some(handle);
            apply(state, command);
        }
        Ok(None) => {}
        Err(command_error) => state.session.report(Err(command_error)),
    }
}

fn add_temple_peaks(state: &mut State) {
    let (view, parameters) = (state.view(), state.parameters());
    let config = state.session.config.clone();
    let mut rules = config.shapes.iter().rev().chain(SHAPES);
    let Some(rule) = rules.find(|rule| rule.kind == ShapeKind::TemplePeaks) else { return };
    let face = SeenFace::of(view, parameters);
    let width = view.scale(parameters).px_per_mm.px(Mm(parameters.get(Parameter::TempleWidth))).0;
    let bands = face.temple_peaks(rule, &face.params(rule, parameters), width, parameters.get(Parameter::Density));
    for band in bands {
        apply_in_gesture(state, Command::AddBand(band));
    }
    state.editor.tools.line = ToolKind::Temple;
    commit(state);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::effect::Effect;
    use crate::app::state::fixture::{after, asks, check_told, opened, play, with_fill, with_line};
    use crate::app::state::slices::step::Step;
    use crate::app::state::{SessionAction, ToolAction};
    use crate::engine::catalog::Measure;
    use crate::engine::design::DESIGN_LIMITS;
    use crate::engine::design::{BandKind, FillOp, Hairline};
    use crate::engine::editor::CommandError;

    fn handles(state: &State) -> usize {
        state.view().hairline.as_ref().map_or(0, |line| line.handles.len())
    }

    #[test]
    fn a_shape_is_laid_and_its_points_are_moved_from_then_on() {
        let mut state = opened();
        play(&mut state, SessionAction::Go(Step::Hairline));
        play(&mut state, ToolAction::Take(ToolKind::Freehand));
        let effects = play(&mut state, LineAction::ChooseShape(1));
        assert_eq!(state.tool(), ToolKind::Line);
        assert!(handles(&state) > 2 && state.editor.recipe().is_some());
        assert!(asks!(effects, Effect::StartTimer(..)));
        play(&mut state, ToolAction::Undo);
        assert_eq!(state.view().hairline, None);
        let many = state.session.shapes().count();
        play(&mut state, LineAction::ChooseShape(many));
        assert_eq!(state.view().hairline, None, "there is no such shape");
    }

    #[test]
    fn a_slider_of_the_shape_is_one_step_and_remembers_only_where_it_stopped() {
        let mut state = with_line();
        let before = state.view().hairline.clone();
        let part = RecipePart::Measure(Measure::Height);
        let mut passed = Vec::new();
        for height in [70.0, 66.0, 62.0] {
            play(&mut state, LineAction::ChangeRecipe(part, height));
            passed.push(state.view().hairline.clone().unwrap());
        }
        assert!(state.editor.document.in_gesture());
        play(&mut state, ToolAction::Commit);
        assert!(passed.windows(2).all(|pair| pair[0] != pair[1]));
        let known: Vec<bool> = passed.iter().map(|line| state.editor.aids.recipe_of(line).is_some()).collect();
        assert_eq!(known, [false, false, true]);
        play(&mut state, ToolAction::Undo);
        assert_eq!(state.view().hairline, before);
        assert!(state.editor.recipe().is_some(), "how the line before came about is still known");
        play(&mut state, LineAction::ChangeRecipe(part, 60.0));
        play(&mut state, ToolAction::Commit);
        let is_known = state.editor.aids.recipe_of(&passed[2]).is_some();
        assert!(is_known, "another slide takes nothing away of the one before");
    }

    #[test]
    fn without_a_line_there_is_no_recipe_to_change() {
        let mut state = opened();
        let before = state.editor.document.design().clone();
        play(&mut state, LineAction::ChangeRecipe(RecipePart::Drawn, 0.5));
        assert_eq!(*state.editor.document.design(), before);
        assert!(!state.editor.document.in_gesture(), "no gesture is left open");
    }

    #[test]
    fn a_half_is_mirrored_where_there_is_a_middle() {
        let mut state = with_line();
        play(&mut state, LineAction::SetMirrored(false));
        play(&mut state, ToolAction::Select(Handle::Handle(1)));
        play(&mut state, ToolAction::Nudge(-30.0, -20.0));
        let asymmetry = state.view().hairline.clone();
        play(&mut state, LineAction::MirrorHalf(Half::Right));
        assert_ne!(state.view().hairline, asymmetry);
        let mut state = opened();
        assert!(!asks!(after(&mut state, LineAction::MirrorHalf(Half::Left)), Effect::Repaint(_)));
        check_told(&state, NoticeKind::Info, state.texts().line_alike_none);
    }

    #[test]
    fn a_corner_is_turned_with_its_counterpart() {
        for is_mirrored in [true, false] {
            let mut state = with_line();
            play(&mut state, LineAction::SetMirrored(is_mirrored));
            assert_eq!(state.tool_settings().mirrored, is_mirrored);
            let corner = |state: &State, place: usize| state.view().hairline.as_ref().unwrap().is_corner(place);
            let (place, other) = (1, handles(&state) - 2);
            let before = (corner(&state, place), corner(&state, other));
            play(&mut state, ToolAction::Select(Handle::Handle(place)));
            play(&mut state, LineAction::ToggleCorner);
            assert_eq!((corner(&state, place), corner(&state, other)), (!before.0, before.1 != is_mirrored));
        }
        let mut state = with_line();
        let before = state.view().hairline.clone();
        play(&mut state, LineAction::ToggleCorner);
        assert_eq!(state.view().hairline, before, "no handle is chosen");
    }

    #[test]
    fn a_handle_is_added_beside_the_chosen_one_and_chosen() {
        let mut state = with_line();
        let count = handles(&state);
        play(&mut state, ToolAction::Select(Handle::Handle(1)));
        play(&mut state, LineAction::AddHandle);
        assert_eq!((handles(&state), state.editor.controller.selected), (count + 1, Some(Handle::Handle(2))));
        let mut state = with_fill();
        let corners = |state: &State| state.view().area_fill().unwrap().1.boundary.len();
        let (count, line) = (corners(&state), handles(&state));
        play(&mut state, ToolAction::Select(Handle::Boundary(0)));
        play(&mut state, LineAction::AddHandle);
        assert_eq!((corners(&state), handles(&state)), (count + 1, line));
        assert_eq!(state.editor.controller.selected, Some(Handle::Boundary(1)));
        let mut state = opened();
        assert!(!asks!(play(&mut state, LineAction::AddHandle), Effect::Repaint(_)));
    }

    #[test]
    fn a_line_that_is_full_takes_no_more_handles() {
        let mut state = with_line();
        let handles: Vec<_> = (0..DESIGN_LIMITS.handles)
            .map(|at| crate::engine::geometry::PhotoPoint::new(300.0 + 8.0 * at as f64, 400.0))
            .collect();
        apply(&mut state, Command::SetHairline(Some(Hairline::smooth(handles))));
        let before = state.view().hairline.clone();
        play(&mut state, LineAction::AddHandle);
        let command_error = crate::engine::i18n::command_error(state.texts(), CommandError::TooMany("handles"));
        check_told(&state, NoticeKind::Fault, &command_error);
        assert_eq!(state.view().hairline, before);
    }

    #[test]
    fn temple_peaks_are_one_step() {
        let mut state = with_line();
        let before = state.editor.document.design().clone();
        play(&mut state, LineAction::AddTemplePeaks);
        let is_temple = |op: &FillOp| matches!(op, FillOp::Band(band) if band.kind == BandKind::Temple);
        assert_eq!(state.view().fill.iter().filter(|op| is_temple(op)).count(), 2);
        assert_eq!((state.tool(), state.editor.document.in_gesture()), (ToolKind::Temple, false));
        play(&mut state, ToolAction::Undo);
        assert_eq!(*state.editor.document.design(), before);
    }

    #[test]
    fn the_line_goes_with_the_fill_that_follows_it() {
        let mut state = with_fill();
        assert!(state.preview.told_figures().is_some());
        play(&mut state, LineAction::Remove);
        assert!(state.view().hairline.is_none() && !state.editor.has_fill());
        assert!(state.preview.told_figures().is_none() && state.visible_dots().is_empty());
    }
}
