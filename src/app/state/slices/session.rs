//! The session: language, clinic, step, notices, questions, what is under way.

use super::photos::PhotoSource;
use super::step::Step;
use crate::engine::catalog::{SHAPES, ShapeKind, ShapeRule};
use crate::engine::consult::ClinicConfig;
use crate::engine::design::Design;
use crate::engine::editor::{CommandError, DocumentVersion, FillEnd};
use crate::engine::i18n::{self, Language, Texts};
use crate::engine::ports::Draft;
use std::rc::Rc;

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something went well.
    Good,
    /// Something to know.
    Info,
    /// Something did not work.
    Fault,
}

/// A sentence for the visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub kind: NoticeKind,
    /// What it says.
    pub text: String,
}

/// A question that must be answered before anything else.
#[derive(Debug, Clone, PartialEq)]
pub enum Dialog {
    /// Another photo on top of work.
    NewPhoto(PhotoSource),
    /// Another design on top of work.
    OpenDesign(Rc<Design>),
    /// Delete everything.
    DeleteAll,
    /// Take the photo of the side away.
    RemovePhoto,
    /// Go on with a draft.
    Draft(Rc<Draft>),
}

/// What is under way and keeps other things from being begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Busy {
    /// A photo is being opened.
    Opening,
    /// A picture is being made.
    Making,
    /// This end of the scalp is being looked for in the photo.
    Detecting(FillEnd),
}

/// What the browser can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Capabilities {
    /// Pixels are read back as they were drawn. Some browsers answer with noise to hinder tracking.
    pub reads_back: bool,
    /// The visitor asked the device for less motion.
    pub prefers_still: bool,
    /// A request as a file can be handed to another program of the device.
    pub shares_files: bool,
}

/// The slice.
#[derive(Debug, Clone)]
pub struct Session {
    /// The language of the page.
    pub language: &'static Language,
    /// The clinic's configuration.
    pub config: Rc<ClinicConfig>,
    /// What the browser can do.
    pub capabilities: Capabilities,
    /// Whether there is a worker, once that is known.
    pub worker: Option<bool>,
    /// The step that is shown.
    pub step: Step,
    /// What the visitor is told, if anything.
    pub notice: Option<Notice>,
    /// What the visitor is asked, if anything.
    pub dialog: Option<Dialog>,
    /// The version of the document that is a first idea and nothing else, as long as it was not declined.
    pub first_idea: Option<DocumentVersion>,
    /// What is under way.
    pub busy: Option<Busy>,
    /// Whether the visitor is told how the wheel zooms.
    pub wheel_hint: bool,
    /// Whether the browser gives the page no canvas: then no picture can be shown.
    pub is_canvas_missing: bool,
}

impl Session {
    /// A session that begins.
    #[must_use]
    pub fn new(language: &'static Language, capabilities: Capabilities) -> Self {
        Self {
            language,
            config: Rc::new(ClinicConfig::unconfigured()),
            capabilities,
            worker: None,
            step: Step::Photo,
            notice: None,
            dialog: None,
            first_idea: None,
            busy: None,
            wheel_hint: false,
            is_canvas_missing: false,
        }
    }

    /// The visible words.
    #[must_use]
    pub fn texts(&self) -> &'static Texts {
        self.language.texts
    }

    /// Tells the visitor something, in place of what was told before.
    pub fn notify(&mut self, kind: NoticeKind, text: impl Into<String>) {
        self.notice = Some(Notice { kind, text: text.into() });
    }

    /// Tells what a command was refused for; a fault that was told before is over when the next command succeeds.
    pub fn report(&mut self, outcome: Result<(), CommandError>) {
        match outcome {
            Ok(()) if self.notice.as_ref().is_some_and(|notice| notice.kind == NoticeKind::Fault) => self.notice = None,
            Ok(()) => {}
            Err(command_error) => self.notify(NoticeKind::Fault, i18n::command_error(self.texts(), command_error)),
        }
    }

    /// The clinic's name, or the word for it.
    #[must_use]
    pub fn clinic_name(&self) -> &str {
        let name = self.config.contact.name.trim();
        if name.is_empty() { self.texts().the_clinic } else { name }
    }

    /// The words of the first consent, with the clinic's name.
    #[must_use]
    pub fn consent_text(&self) -> String {
        let own = self.config.form.consent.trim();
        let words = if own.is_empty() { self.texts().consent_send } else { own };
        i18n::fill(words, &[("clinic", self.clinic_name())])
    }

    /// How the clinic can be reached without the form, in a sentence; nothing where it says no way.
    #[must_use]
    pub fn contact_line(&self) -> Option<String> {
        let contact = &self.config.contact;
        let ways = [&contact.phone, &contact.email].map(|way| way.trim());
        let ways: Vec<&str> = ways.into_iter().filter(|way| !way.is_empty()).collect();
        (!ways.is_empty()).then(|| i18n::fill(self.texts().contact_line, &[("contact", &ways.join(", "))]))
    }

    /// The shapes of a front line that are offered: the program's, then the clinic's.
    pub fn shapes(&self) -> impl Iterator<Item = &ShapeRule> {
        let is_front = |rule: &&ShapeRule| matches!(rule.kind, ShapeKind::Front { .. });
        SHAPES.iter().chain(&self.config.shapes).filter(is_front)
    }
}
