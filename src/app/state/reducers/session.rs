//! The session: configuration, steps, questions and their answers.

use super::navigation::{go, reveal_design};
use super::{draft, opening, photo, staff};
use crate::app::state::action::SessionAction;
use crate::app::state::effect::Effect;
use crate::app::state::root::State;
use crate::app::state::slices::photos::Orientation;
use crate::app::state::slices::session::{Dialog, NoticeKind};
use crate::app::state::slices::step::Step;
use crate::engine::catalog::Parameters;
use crate::engine::consult::ClinicConfig;
use crate::engine::editor::tools::BrushSettings;
use crate::engine::i18n::config_error_text;
use std::rc::Rc;

pub(super) fn reduce(state: &mut State, action: SessionAction) {
    match action {
        SessionAction::Started => {
            state.effect(Effect::ReadConfiguration);
            state.effect(Effect::OpenWorker);
        }
        SessionAction::WorkerOpened(worker) => state.session.worker = Some(worker),
        SessionAction::Configured(json) => configure(state, json.as_deref()),
        SessionAction::Go(step) => {
            go(state, step);
            if step == Step::Look {
                reveal_design(state);
            }
        }
        SessionAction::OpenDialog(dialog) => state.session.dialog = Some(dialog),
        SessionAction::Answer(answer) => answer_dialog(state, answer),
        SessionAction::DismissNotice => state.session.notice = None,
        SessionAction::CanvasFailed => {
            let text = state.texts().photo_memory;
            state.session.notify(NoticeKind::Fault, text);
        }
        SessionAction::CanvasMissing => state.session.is_canvas_missing = true,
    }
}

fn configure(state: &mut State, json: Option<&str>) {
    let (config, faults) = json.map_or_else(|| (ClinicConfig::unconfigured(), Vec::new()), ClinicConfig::read);
    for fault in &faults {
        state.effect(Effect::Warn(config_error_text(fault)));
    }
    let (parameters, unknown) = Parameters::with_overrides(&config.parameters);
    for key in unknown {
        state.effect(Effect::Warn(format!("hairline.config.json: parameters.{key} is not a number we know")));
    }
    let origin = config.endpoint.as_ref().and_then(|endpoint| endpoint.origin());
    state.effect(Effect::RestrictConnections(origin.map(str::to_owned)));
    state.editor.brush = BrushSettings::new(&parameters);
    // A photo may have been chosen before the configuration came.
    state.editor.document.set_parameters(parameters);
    state.preview.measurements.clear();
    state.editor.aids.set_lines(None, Vec::new());
    state.session.config = Rc::new(config);
    if state.staff.is_some() {
        staff::ask(state);
    } else {
        state.effect(Effect::LoadDraft);
    }
}

fn answer_dialog(state: &mut State, answer: Option<bool>) {
    let Some((dialog, yes)) = state.session.dialog.take().zip(answer) else { return };
    match (dialog, yes) {
        (Dialog::NewPhoto(source), true) => {
            state.drafts.is_sent = false;
            state.open_photo(source, Orientation::default());
        }
        (Dialog::OpenDesign(design), true) => opening::open_design(state, &design),
        (Dialog::DeleteAll, true) => draft::delete_all(state),
        (Dialog::RemovePhoto, true) => photo::remove(state),
        (Dialog::Draft(draft), true) => draft::open(state, &draft),
        (Dialog::Draft(_), false) => draft::delete(state),
        (Dialog::NewPhoto(_) | Dialog::OpenDesign(_) | Dialog::DeleteAll | Dialog::RemovePhoto, false) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::effect::{Dirty, Timer};
    use crate::app::state::fixture::{
        CONFIG, after, asks, check_told, file, opened, opened_file, play, started, told, with_fill, with_form,
        with_line,
    };
    use crate::app::state::slices::photos::PhotoSource;
    use crate::app::state::{LookAction, SaveAction, SavedFile, ToolAction};
    use crate::engine::design::Appearance;
    use crate::engine::design::file::write;
    use crate::engine::editor::tools::ToolKind;
    use crate::engine::editor::{Command, Handle};
    use crate::engine::geometry::Mm;
    use crate::engine::ports::Draft;

    #[test]
    fn a_page_that_starts_reads_its_configuration_and_opens_the_worker() {
        let effects = after(&mut started(), SessionAction::Started);
        assert!(matches!(effects.as_slice(), [Effect::ReadConfiguration, Effect::OpenWorker]), "{effects:?}");
    }

    #[test]
    fn whether_there_is_a_worker_is_remembered() {
        for is_there in [true, false] {
            let mut state = started();
            assert_eq!(state.session.worker, None);
            after(&mut state, SessionAction::WorkerOpened(is_there));
            assert_eq!(state.session.worker, Some(is_there));
        }
    }

    #[test]
    fn a_configuration_restricts_the_page_and_then_the_draft_is_looked_for() {
        for (json, origin) in [(None, None), (Some(CONFIG.to_owned()), Some("https://clinic.example"))] {
            let mut state = started();
            let effects = after(&mut state, SessionAction::Configured(json));
            let [Effect::RestrictConnections(to), Effect::LoadDraft] = effects.as_slice() else {
                panic!("{effects:?}")
            };
            assert_eq!(to.as_deref(), origin);
            assert_eq!(state.session.config.endpoint.is_some(), origin.is_some());
        }
    }

    #[test]
    fn the_clinics_developer_is_warned_of_each_mistake() {
        let json = r#"{ "colour": 1, "parameters": { "no_such_parameter": 1.0 } }"#;
        let effects = after(&mut started(), SessionAction::Configured(Some(json.to_owned())));
        let warned: Vec<_> = effects
            .iter()
            .filter_map(|effect| if let Effect::Warn(text) = effect { Some(text) } else { None })
            .collect();
        assert_eq!(warned.len(), 2, "{warned:?}");
        assert!(warned[0].contains("colour") && warned[1].contains("parameters.no_such_parameter"), "{warned:?}");
    }

    #[test]
    fn a_configuration_that_comes_late_leaves_the_drawing_and_measures_it_anew() {
        let mut state = with_fill();
        let (line, before) = (state.view().hairline.clone(), state.preview.figures.clone().unwrap());
        let json = r#"{ "parameters": { "healed_dot_mm": 0.1, "hours_per_session": 4.5 } }"#;
        play(&mut state, SessionAction::Configured(Some(json.to_owned())));
        assert_eq!(state.view().hairline, line);
        assert!(state.has_open_photo());
        assert_eq!(state.editor.document.design().look.dot, Mm(0.1));
        assert!(!std::rc::Rc::ptr_eq(&before, state.preview.figures.as_ref().unwrap()));
        assert_eq!(state.editor.brush, BrushSettings::new(state.parameters()));
        assert_eq!(state.preview.measurements.len(), 1);
    }

    #[test]
    fn a_configuration_that_changes_no_look_is_measured_by_all_the_same() {
        let mut state = with_fill();
        let survey = |state: &State| state.preview.measurements[0].survey.clone();
        let (look, before) = (state.editor.document.design().look.clone(), survey(&state));
        let json = r#"{ "parameters": { "hairline_band_mm": 20 } }"#;
        play(&mut state, SessionAction::Configured(Some(json.to_owned())));
        assert_eq!(state.editor.document.design().look, look);
        assert!(!Rc::ptr_eq(&before, &survey(&state)));
    }

    #[test]
    fn a_late_configuration_moves_the_guides_with_the_norms() {
        let mut state = with_line();
        play(&mut state, crate::app::state::LineAction::ToggleGuide(0));
        let before = state.editor.aids.lines.clone();
        let json = r#"{ "parameters": { "glabella_to_nose_base_mm": 70 } }"#;
        play(&mut state, SessionAction::Configured(Some(json.to_owned())));
        let drawn =
            crate::engine::editor::SeenFace::of(state.view(), state.parameters()).guides(state.editor.aids.shown);
        assert!(!before.is_empty());
        assert_eq!(state.editor.aids.lines, drawn);
    }

    #[test]
    fn a_step_that_is_left_is_put_down() {
        let mut state = with_line();
        play(&mut state, ToolAction::Take(ToolKind::Temple));
        play(&mut state, ToolAction::Select(Handle::Handle(1)));
        play(&mut state, LookAction::HoldBefore(true));
        let effects = play(&mut state, SessionAction::Go(Step::Density));
        assert_eq!((state.step(), state.editor.controller.selected), (Step::Density, None));
        assert_eq!(state.editor.tools.line, ToolKind::Line);
        assert!(!state.preview.compare.held);
        assert!(asks!(effects, Effect::Focus(selector) if selector == "#panel-title"));
        play(&mut state, SessionAction::Go(Step::Hairline));
        play(&mut state, ToolAction::Take(ToolKind::Freehand));
        play(&mut state, SessionAction::Go(Step::Size));
        assert_eq!(state.editor.tools.line, ToolKind::Freehand, "who draws freehand goes on so");
    }

    #[test]
    fn a_slider_that_is_held_when_the_step_is_left_is_one_step() {
        let mut state = with_fill();
        let look = state.editor.document.design().look.clone();
        play(&mut state, LookAction::Change(Appearance { softness: 0.1, ..look.clone() }));
        assert!(state.editor.document.in_gesture());
        let effects = play(&mut state, SessionAction::Go(Step::Save));
        assert!(!state.editor.document.in_gesture());
        assert!(asks!(effects, Effect::StartTimer(Timer::KeepDraft, _)));
        play(&mut state, ToolAction::Undo);
        assert_eq!(state.editor.document.design().look, look);
    }

    #[test]
    fn only_what_went_well_is_not_said_again_at_the_next_step() {
        for (kind, stays) in [(NoticeKind::Good, false), (NoticeKind::Info, true), (NoticeKind::Fault, true)] {
            let mut state = opened();
            state.session.notify(kind, "said");
            after(&mut state, SessionAction::Go(Step::Size));
            assert_eq!(told(&state).is_some(), stays, "{kind:?}");
            after(&mut state, SessionAction::DismissNotice);
            assert_eq!(told(&state), None);
        }
    }

    #[test]
    fn going_from_step_to_step_keeps_no_draft() {
        let mut state = with_fill();
        for step in Step::ALL {
            let effects = play(&mut state, SessionAction::Go(step));
            assert!(!asks!(effects, Effect::StartTimer(..)), "{step:?}: {effects:?}");
        }
    }

    #[test]
    fn the_look_shows_the_design_unless_the_visitor_looks_closer() {
        let mut state = with_fill();
        let fitted = state.editor.viewport.zoom();
        let effects = play(&mut state, SessionAction::Go(Step::Look));
        assert!(state.editor.viewport.zoom() > fitted * 1.2);
        assert!(asks!(effects, Effect::Repaint(Dirty::All)));
        play(&mut state, SessionAction::Go(Step::Save));
        let closer = state.editor.viewport;
        play(&mut state, SessionAction::Go(Step::Look));
        assert_eq!(state.editor.viewport, closer);
        let mut bare = opened();
        let fitted = bare.editor.viewport;
        play(&mut bare, SessionAction::Go(Step::Look));
        assert_eq!(bare.editor.viewport, fitted, "nothing is drawn");
    }

    #[test]
    fn a_canvas_that_fails_is_told() {
        let mut state = opened();
        after(&mut state, SessionAction::CanvasFailed);
        check_told(&state, NoticeKind::Fault, state.texts().photo_memory);
    }

    #[test]
    fn a_missing_canvas_is_said_for_as_long_as_the_page_stands() {
        let mut state = started();
        assert!(!state.session.is_canvas_missing);
        assert!(after(&mut state, SessionAction::CanvasMissing).is_empty());
        after(&mut state, SessionAction::DismissNotice);
        assert!(state.session.is_canvas_missing);
    }

    fn draft(state: &State) -> Rc<Draft> {
        let design = write(state.editor.document.design()).unwrap();
        Rc::new(Draft { kept_at_ms: 0.0, design, photos: None })
    }

    /// Every question, of a page with a fill.
    fn dialogs(state: &State) -> [Dialog; 5] {
        [
            Dialog::NewPhoto(PhotoSource::File(file(9))),
            Dialog::OpenDesign(Rc::new(state.editor.document.design().clone())),
            Dialog::DeleteAll,
            Dialog::RemovePhoto,
            Dialog::Draft(draft(state)),
        ]
    }

    #[test]
    fn a_question_that_is_closed_or_denied_changes_nothing() {
        for dialog in dialogs(&with_fill()) {
            for answer in [None, Some(false)] {
                let mut state = with_fill();
                let before = state.editor.document.design().clone();
                assert!(after(&mut state, SessionAction::OpenDialog(dialog.clone())).is_empty());
                assert_eq!(state.session.dialog.as_ref(), Some(&dialog));
                let effects = after(&mut state, SessionAction::Answer(answer));
                let deletes = matches!(dialog, Dialog::Draft(_)) && answer.is_some();
                assert_eq!(asks!(effects, Effect::DeleteDraft), deletes, "{dialog:?}, {answer:?}");
                assert_eq!(effects.len(), usize::from(deletes), "{dialog:?}, {answer:?}: {effects:?}");
                assert_eq!((state.session.dialog.is_none(), state.editor.document.design()), (true, &before));
            }
        }
    }

    #[test]
    fn a_question_that_is_affirmed_is_done() {
        for dialog in dialogs(&with_fill()) {
            let mut state = with_fill();
            after(&mut state, SessionAction::OpenDialog(dialog.clone()));
            let effects = play(&mut state, SessionAction::Answer(Some(true)));
            assert_eq!(state.session.dialog, None);
            let is_done = match dialog {
                Dialog::NewPhoto(source) => {
                    asks!(effects, Effect::OpenPhoto { source: opened, .. } if *opened == source)
                }
                Dialog::OpenDesign(_) => told(&state) == Some((NoticeKind::Good, state.texts().design_opened)),
                Dialog::DeleteAll => asks!(effects, Effect::DeleteDraft) && !state.editor.has_photos(),
                Dialog::RemovePhoto => asks!(effects, Effect::HidePicture) && !state.editor.has_photos(),
                Dialog::Draft(_) => state.step() == Step::Look,
            };
            assert!(is_done, "{effects:?}");
        }
        let mut state = with_fill();
        assert!(after(&mut state, SessionAction::Answer(Some(true))).is_empty(), "nothing was asked");
    }

    #[test]
    fn a_draft_that_is_denied_is_deleted_with_its_photos() {
        let mut state = opened_file();
        state.editor.document.apply(Command::TurnPhoto).unwrap();
        state.drafts.kept_photos = state.photos.store.digests();
        let dialog = Dialog::Draft(draft(&state));
        after(&mut state, SessionAction::OpenDialog(dialog));
        after(&mut state, SessionAction::Answer(Some(false)));
        assert!(state.drafts.kept_photos.is_empty(), "the next draft brings its photos");
    }

    #[test]
    fn leaving_loses_what_is_drawn_until_it_is_saved() {
        let mut state = with_form();
        assert!(state.has_unsaved_work());
        play(&mut state, SaveAction::FileSaved(SavedFile::Design, "design".to_owned(), true));
        assert!(!state.has_unsaved_work());
        assert!(!opened().has_unsaved_work(), "the sample head's own marks are no work");
    }
}
