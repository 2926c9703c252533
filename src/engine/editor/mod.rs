//! The only place that changes a design: commands, history, the hand on the picture.
//!
//! A gesture is a run of commands between [`Editor::begin`] and [`Editor::complete`]: one step to undo.
//! [`Editor::cancel`] restores the exact document of its start. The editor draws nothing and knows no dots.

mod across;
mod analysis_image;
mod command;
mod evenness;
mod first_idea;
mod follow;
mod handles;
mod head_contour;
mod history;
mod line_ends;
mod marks;
mod outline;
mod own_shade;
mod photo_check;
mod pointers;
mod portrait;
mod probe;
mod proposal;
mod recipe;
mod scalp;
mod scalp_fill;
mod seen_face;
mod shaping;
pub mod tools;
mod treatment;
mod viewport;

pub use across::front_line_on;
pub use analysis_image::AnalysisImage;
pub use command::{Command, CommandError};
pub use evenness::{Half, Midline, mirrored_half, with_asymmetry};
pub use first_idea::FirstIdea;
pub use handles::{Handle, HeadHandle, handle_half_way};
pub use line_ends::LineEnds;
pub use marks::{average_pupils, bank_card, default_marks};
pub use outline::{head_from_above, seen_head};
pub use own_shade::{MIN_SEEN, matched_shade, shade_like, side_darkening};
pub use photo_check::{
    CHECKS, Check, Limit, MarkedFace, PhotoIssue, PhotoSample, check_photo, level_degrees, levelled,
};
pub use pointers::{PointerEvent, PointerKind, PointerPhase, Pointers, StageAct};
pub use portrait::levelling;
pub use probe::{PROBE_RADIUS, Suggestion};
pub use proposal::{LineStyle, default_boundary, proposed_line};
pub use recipe::{LineRecipe, RecipePart};
pub use scalp::{ScalpAsk, bare_scalp, whole_head};
pub use scalp_fill::{FillEnd, INTO_HAIR, scalp_fill};
pub use seen_face::SeenFace;
pub use shaping::{ShapeContext, ShapedHandle, blend};
pub use treatment::Treatment;
pub use viewport::{Viewport, ZOOM_STEP};

use crate::engine::calibration::Side;
use crate::engine::catalog::Parameters;
use crate::engine::design::{Appearance, Design, View};
use history::{History, Revision};

/// Tells states of a document apart: equal versions, equal documents under equal parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentVersion {
    /// Each change has its own; undo and redo come back to an earlier one.
    number: u64,
    /// The place of the variant that is worked on.
    variant: u8,
    /// How often other parameters came into force.
    parameters: u32,
}

/// A design with its history and the clinic's parameters.
#[derive(Debug, Clone)]
pub struct Editor {
    parameters: Parameters,
    /// How often other parameters came into force.
    parameter_changes: u32,
    now: Revision,
    /// The number of the newest change.
    newest: u64,
    history: History,
    /// The document as it was when the gesture began.
    gesture: Option<Revision>,
    /// The number of the document that is in a file, and the place of its variant.
    saved: (u64, u8),
    side: Side,
}

impl Editor {
    /// An editor on an empty design.
    #[must_use]
    pub fn new(parameters: Parameters, seed: u32) -> Self {
        let design = Design::new(&parameters, seed);
        let saved = (0, design.place);
        let now = Revision { design, number: 0 };
        Self {
            parameters,
            parameter_changes: 0,
            now,
            newest: 0,
            history: History::default(),
            gesture: None,
            saved,
            side: Side::Front,
        }
    }

    /// Another document takes the place of this one: it has a number of its own.
    fn put(&mut self, design: Design) -> Revision {
        self.newest += 1;
        std::mem::replace(&mut self.now, Revision { design, number: self.newest })
    }

    /// The document as it is now.
    #[must_use]
    pub fn design(&self) -> &Design {
        &self.now.design
    }

    /// The version of the document, by which what is derived from it knows whether it is up to date.
    #[must_use]
    pub fn version(&self) -> DocumentVersion {
        DocumentVersion { number: self.now.number, variant: self.now.design.place, parameters: self.parameter_changes }
    }

    /// The view being drawn on.
    #[must_use]
    pub fn view(&self) -> &View {
        self.now.design.views.of(self.side)
    }

    /// The side being drawn on.
    #[must_use]
    pub fn side(&self) -> Side {
        self.side
    }

    /// Draws on another side from now on. An open gesture is completed first.
    pub fn turn_to(&mut self, side: Side) {
        self.complete();
        self.side = side;
    }

    /// Takes another variant into the views. It is no step of its own: what is undone afterwards is the last that was drawn,
    /// in the variant in which it was drawn.
    pub fn choose_variant(&mut self, place: usize) {
        self.complete();
        self.now.design = self.now.design.with_variant(place);
    }

    /// The parameters in force.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Puts a clinic's parameters in force. They may come when there is a photo already: what was drawn stays, and dots of the size
    /// that the parameters gave until now take the size that they give from now on, in all that is remembered.
    pub fn set_parameters(&mut self, parameters: Parameters) {
        let (was, is) = (Appearance::new(&self.parameters).dot, Appearance::new(&parameters).dot);
        let resize = |design: &mut Design| {
            if design.look.dot == was {
                design.look.dot = is;
            }
        };
        [&mut self.now].into_iter().chain(&mut self.gesture).for_each(|revision| resize(&mut revision.design));
        self.history.rewrite(|revision, _| resize(&mut revision.design));
        self.parameters = parameters;
        self.parameter_changes += 1;
    }

    /// Does a command. Outside of a gesture it is one step to undo; a command that changes nothing is no step. A photo that is
    /// opened was always there: what was drawn on another picture cannot be shown on this one.
    ///
    /// # Errors
    /// When the command does not fit the document, which is then unchanged.
    pub fn apply(&mut self, command: Command) -> Result<(), CommandError> {
        if let Command::OpenPhoto(_)
        | Command::MatchPhoto(_)
        | Command::FitPhoto(_)
        | Command::RemovePhoto
        | Command::MoveTo(_) = command
        {
            return self.apply_to_history(command);
        }
        if let Command::ExtendStroke(point) = command
            && self.gesture.is_some()
        {
            // In its place: a stroke that is being made is not copied with each of its points.
            command::extend_stroke(self.now.design.views.of_mut(self.side), point)?;
            self.newest += 1;
            self.now.number = self.newest;
            return Ok(());
        }
        let next = command::applied(&self.now.design, self.side, command, &self.parameters)?;
        if next == self.now.design {
            return Ok(());
        }
        let before = self.put(next);
        if self.gesture.is_none() {
            self.history.record(before, self.side);
        }
        Ok(())
    }

    /// Does a command to the document and to all that are remembered: it cannot be taken back, as the marks of a sample
    /// picture.
    ///
    /// # Errors
    /// When the command does not fit the document, which is then unchanged.
    pub fn apply_to_history(&mut self, command: Command) -> Result<(), CommandError> {
        self.complete();
        self.apply_unrecorded(command.clone())?;
        let (side, parameters, newest) = (self.side, &self.parameters, &mut self.newest);
        self.history.rewrite(|revision, worked_on| {
            if let Ok(next) = command::applied(&revision.design, side, command.clone(), parameters)
                && next != revision.design
            {
                *newest += 1;
                *revision = Revision { design: next, number: *newest };
            }
            match command {
                Command::MoveTo(other) if *worked_on == side => *worked_on = other,
                Command::MoveTo(other) if *worked_on == other => *worked_on = side,
                _ => {}
            }
        });
        self.history.forget_idle(&self.now);
        Ok(())
    }

    /// Does a command that follows of itself from the step before, as what is read from the pixels under a new mark: it is no
    /// step of its own and goes with that step.
    ///
    /// # Errors
    /// When the command does not fit the document, which is then unchanged.
    pub fn apply_unrecorded(&mut self, command: Command) -> Result<(), CommandError> {
        let next = command::applied(&self.now.design, self.side, command, &self.parameters)?;
        if next != self.now.design {
            self.put(next);
        }
        Ok(())
    }

    /// Starts a gesture. A gesture that is open goes on.
    pub fn begin(&mut self) {
        if self.gesture.is_none() {
            self.gesture = Some(self.now.clone());
        }
    }

    /// Ends a gesture: what it changed is one step to undo.
    pub fn complete(&mut self) {
        let Some(before) = self.gesture.take() else { return };
        if before.design == self.now.design {
            self.now = before;
        } else {
            self.history.record(before, self.side);
        }
    }

    /// Ends a gesture and restores the document of its start.
    pub fn cancel(&mut self) {
        if let Some(before) = self.gesture.take() {
            self.now = before;
        }
    }

    /// Whether a gesture is open.
    #[must_use]
    pub fn in_gesture(&self) -> bool {
        self.gesture.is_some()
    }

    /// Whether the gesture that is open has changed the look.
    #[must_use]
    pub fn is_look_changing(&self) -> bool {
        self.gesture.as_ref().is_some_and(|before| before.design.look != self.now.design.look)
    }

    /// Takes the last step back, and turns to the side where it was. Says whether there was one. An open gesture is completed
    /// first.
    pub fn undo(&mut self) -> bool {
        self.complete();
        let side = self.history.undo(&mut self.now);
        self.side = side.unwrap_or(self.side);
        side.is_some()
    }

    /// Takes the last undone step again, and turns to the side where it was. Says whether there was one.
    pub fn redo(&mut self) -> bool {
        self.complete();
        let side = self.history.redo(&mut self.now);
        self.side = side.unwrap_or(self.side);
        side.is_some()
    }

    /// Whether there is a step to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.history.can_undo() || self.gesture.as_ref().is_some_and(|before| before.design != self.now.design)
    }

    /// Whether there is a step to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Replaces the document and forgets the history: for a draft or a file that is opened on nothing. The first side that has
    /// a photo is drawn on.
    pub fn reset(&mut self, design: Design) {
        let side = design.views.each().next().map_or(Side::Front, |(side, _)| side);
        self.put(design);
        (self.history, self.gesture, self.side) = (History::default(), None, side);
        self.mark_saved();
    }

    /// Remembers that the visitor has the document as it is now in a file or has sent it.
    pub fn mark_saved(&mut self) {
        self.saved = (self.now.number, self.now.design.place);
    }

    /// Whether leaving would lose something that is in no file: another document than the one that was saved, or another of
    /// its variants chosen. One that was undone back to what was saved is saved.
    #[must_use]
    pub fn has_unsaved_work(&self) -> bool {
        self.now.design.has_work() && self.saved != (self.now.number, self.now.design.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn softness(editor: &Editor) -> f64 {
        editor.design().look.softness
    }

    fn soften(editor: &mut Editor, softness: f64) {
        let look = Appearance { softness, ..editor.design().look.clone() };
        editor.apply(Command::SetLook(look)).unwrap();
    }

    #[test]
    fn norms_that_come_late_leave_what_was_drawn() {
        let mut editor = Editor::new(Parameters::default(), 1);
        soften(&mut editor, 0.25);
        let before = editor.design().clone();
        let (parameters, unknown) = Parameters::with_overrides(&[("healed_dot_mm".to_owned(), 0.1)]);
        assert!(unknown.is_empty() && Appearance::new(&parameters).dot != before.look.dot, "{unknown:?}");
        editor.set_parameters(parameters.clone());
        let look = Appearance { dot: Appearance::new(&parameters).dot, ..before.look.clone() };
        assert_eq!(*editor.design(), Design { look, ..before });
        assert!(editor.undo());
        assert_eq!(*editor.design(), Design::new(&parameters, 1), "the steps before have the same size of dots");

        let chosen = Appearance { dot: crate::engine::geometry::Mm(0.15), ..editor.design().look.clone() };
        editor.apply(Command::SetLook(chosen.clone())).unwrap();
        editor.set_parameters(Parameters::default());
        assert_eq!(editor.design().look.dot, chosen.dot, "a size that was chosen stays");
    }

    #[test]
    fn a_gesture_is_one_step() {
        let mut editor = Editor::new(Parameters::default(), 1);
        let before = softness(&editor);
        editor.begin();
        soften(&mut editor, 0.1);
        soften(&mut editor, 0.2);
        editor.complete();
        assert!(editor.undo());
        assert_eq!(softness(&editor), before);
        assert!(!editor.undo());
        assert!(editor.redo());
        assert_eq!(softness(&editor), 0.2);
    }

    #[test]
    fn cancelling_restores_the_exact_document() {
        let mut editor = Editor::new(Parameters::default(), 1);
        let before = editor.design().clone();
        editor.begin();
        soften(&mut editor, 0.1);
        editor.cancel();
        assert_eq!(*editor.design(), before);
        assert!(!editor.can_undo());
    }

    #[test]
    fn what_was_drawn_moves_with_its_photo_and_is_undone_there() {
        use crate::engine::design::{Hairline, PhotoRef};
        use crate::engine::geometry::PhotoPoint;
        let photo = |name: &str| {
            let photo = PhotoRef { width: 800, height: 900, quarter_turns: 0, level: 0.0, digest: name.to_owned() };
            Command::OpenPhoto(photo)
        };
        let line = |y: f64| {
            let handles = vec![PhotoPoint::new(200.0, y), PhotoPoint::new(600.0, y)];
            Command::SetHairline(Some(Hairline::smooth(handles)))
        };
        let mut editor = Editor::new(Parameters::default(), 1);
        for command in [photo("profile"), line(300.0), line(200.0), Command::MoveTo(Side::Left)] {
            editor.apply(command).unwrap();
        }
        editor.apply(photo("face")).unwrap();
        assert!(editor.undo());
        assert_eq!(editor.side(), Side::Left);
        let views = &editor.design().views;
        assert!(views.front.is_on("face") && views.left.is_on("profile"));
        assert_eq!(views.left.hairline.as_ref().map(|line| line.handles[0].y), Some(300.0));
        assert!(editor.redo());
        assert_eq!(editor.view().hairline.as_ref().map(|line| line.handles[0].y), Some(200.0));
    }

    #[test]
    fn what_was_undone_back_to_what_was_saved_is_saved() {
        use crate::engine::design::PhotoRef;
        let photo = PhotoRef { width: 800, height: 900, quarter_turns: 0, level: 0.0, digest: "d".into() };
        let mut editor = Editor::new(Parameters::default(), 1);
        editor.apply(Command::OpenPhoto(photo.clone())).unwrap();
        assert!(!editor.has_unsaved_work(), "a photo alone is no work");
        let glabella = |y: f64| crate::engine::geometry::PhotoPoint::new(400.0, y);
        let line = |y: f64| {
            Command::SetHairline(Some(crate::engine::design::Hairline::smooth(vec![glabella(y), glabella(9.0)])))
        };
        editor.apply(line(100.0)).unwrap();
        assert!(editor.has_unsaved_work());
        editor.mark_saved();
        assert!(!editor.has_unsaved_work());
        for _ in 0..2 {
            editor.apply(line(200.0)).unwrap();
            assert!(editor.has_unsaved_work() && editor.undo() && !editor.has_unsaved_work());
        }
        assert!(editor.redo() && editor.has_unsaved_work() && editor.undo());
        // A gesture that is cancelled or leads back to where it began.
        editor.begin();
        editor.apply(line(300.0)).unwrap();
        assert!(editor.has_unsaved_work());
        editor.cancel();
        assert!(!editor.has_unsaved_work());
        editor.begin();
        editor.apply(line(300.0)).unwrap();
        editor.apply(line(100.0)).unwrap();
        editor.complete();
        assert!(!editor.has_unsaved_work());
        // Another variant is chosen, and the same again.
        editor.apply(Command::CopyVariant).unwrap();
        editor.mark_saved();
        editor.choose_variant(0);
        assert!(editor.has_unsaved_work());
        editor.choose_variant(1);
        assert!(!editor.has_unsaved_work());
        editor.set_parameters(Parameters::with_overrides(&[("healed_dot_mm".to_owned(), 0.1)]).0);
        assert!(!editor.has_unsaved_work(), "a clinic's parameters are no work of the visitor");
        // The photo is named anew in all that is remembered: no step leads back to what was saved.
        editor.apply_to_history(Command::MatchPhoto(PhotoRef { digest: "e".into(), ..photo })).unwrap();
        assert!(editor.has_unsaved_work() && editor.undo() && editor.has_unsaved_work());
        editor.reset(Design::new(&Parameters::default(), 2));
        assert!(!editor.has_unsaved_work());
    }

    #[test]
    fn what_changes_nothing_is_no_step() {
        let mut editor = Editor::new(Parameters::default(), 1);
        let same = softness(&editor);
        soften(&mut editor, same);
        editor.begin();
        soften(&mut editor, 0.1);
        soften(&mut editor, same);
        editor.complete();
        assert!(!editor.can_undo());
    }

    #[test]
    fn two_hundred_steps_can_be_undone_and_redone() {
        let mut editor = Editor::new(Parameters::default(), 1);
        let at = |step: i32| f64::from(step) / 1000.0;
        soften(&mut editor, at(0));
        for step in 1..=200 {
            soften(&mut editor, at(step));
        }
        for step in (0..200).rev() {
            assert!(editor.undo(), "step {step}");
            assert_eq!(softness(&editor), at(step));
        }
        assert!(!editor.undo());
        for step in 1..=200 {
            assert!(editor.redo(), "step {step}");
            assert_eq!(softness(&editor), at(step));
        }
    }
}
