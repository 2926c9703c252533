//! The state of the page besides the design: step, tool, view, questions, notices.

use crate::engine::catalog::SampleHead;
use crate::engine::consult::{Delivery, Pictures, RequestForm};
use crate::engine::design::Design;
use crate::engine::editor::tools::ToolKind;
use crate::engine::export::Format;
use crate::engine::i18n::Texts;
use crate::engine::ports::Draft;
use crate::platform::files::ShownBlob;
use std::rc::Rc;
use web_sys::File;

/// The steps of the way, in order. None is ever locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Step {
    /// Choose a photo.
    #[default]
    Photo,
    /// Say how big the head is.
    Size,
    /// Draw the line.
    Hairline,
    /// Fill and paint.
    Density,
    /// See how it looks.
    Look,
    /// Save or send.
    Save,
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 6] = [Self::Photo, Self::Size, Self::Hairline, Self::Density, Self::Look, Self::Save];

    /// Its place, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).unwrap_or_default()
    }

    /// The step after it.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.index() + 1).copied()
    }

    /// The step before it.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.index().checked_sub(1).and_then(|index| Self::ALL.get(index)).copied()
    }

    /// Its name.
    #[must_use]
    pub fn name(self, texts: &Texts) -> &'static str {
        match self {
            Self::Photo => texts.step_photo,
            Self::Size => texts.step_size,
            Self::Hairline => texts.step_hairline,
            Self::Density => texts.step_density,
            Self::Look => texts.step_look,
            Self::Save => texts.step_save,
        }
    }

    /// Its name in markup.
    #[must_use]
    pub fn key(self) -> &'static str {
        ["photo", "size", "hairline", "density", "look", "save"].get(self.index()).copied().unwrap_or("photo")
    }
}

/// What the marks of the scale are set on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MeasureBy {
    /// The pupils.
    #[default]
    Eyes,
    /// A bank card or anything else of known length.
    Length,
}

/// The tool chosen for each step that has a choice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tools {
    /// Marks, or the outline of the skull.
    pub size: ToolKind,
    /// Points or freehand.
    pub line: ToolKind,
    /// Area, brush or eraser; or patch, scar or part line.
    pub density: ToolKind,
    /// The view, or the probe of the visitor's own hair.
    pub look: ToolKind,
}

impl Tools {
    /// The tool in the hand at a step.
    #[must_use]
    pub(super) fn at(self, step: Step) -> ToolKind {
        match step {
            Step::Size => self.size,
            Step::Hairline => self.line,
            Step::Density => self.density,
            Step::Look => self.look,
            Step::Photo | Step::Save => ToolKind::View,
        }
    }
}

/// How much of the photo is shown without the design.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Compare {
    /// The left part that shows before, 0 to 1.
    pub split: f64,
    /// Before is shown everywhere as long as this is held.
    pub held: bool,
    /// The design that stands before, by its place; the bare photo where there is none.
    pub with: Option<usize>,
}

/// Something to be answered before it is done.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
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

/// Where a photo comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum PhotoSource {
    /// A file of the visitor.
    File(File),
    /// A picture of the sample head, which lies beside the page.
    Sample(SampleHead),
    /// The bytes of a draft.
    Bytes(Rc<[u8]>),
}

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoticeKind {
    /// Something went well.
    Good,
    /// Something to know.
    Info,
    /// Something did not work.
    Fault,
}

/// A sentence for the visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Notice {
    /// How it is meant.
    pub kind: NoticeKind,
    /// What it says.
    pub text: String,
}

/// What is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Busy {
    /// A photo is being opened.
    Opening,
    /// A picture is being made.
    Making,
    /// The end of the scalp is being looked for in the photo.
    Seeking,
}

/// What will be sent, as it will be sent.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Review {
    /// The pictures.
    pub pictures: Vec<Pictures>,
    /// Addresses under which the page shows these very bytes, before and after.
    pub shown: Rc<Vec<(ShownBlob, ShownBlob)>>,
    /// The request as JSON.
    pub request: String,
    /// The design as JSON.
    pub design: String,
    /// The id.
    pub id: String,
    /// What the page says of it: exactly the words that go.
    pub lines: Vec<(String, String)>,
    /// The design that it is of.
    pub of: Rc<Design>,
}

/// The request as far as it has come.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RequestState {
    /// What was typed and ticked.
    pub form: RequestForm,
    /// Whether the form was looked over: from then on what is missing is marked.
    pub checked: bool,
    /// What will be sent.
    pub review: Option<Review>,
    /// Where it stands.
    pub delivery: Delivery,
}

/// The kind of picture to save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SaveState {
    /// PNG or JPEG.
    pub format: Format,
    /// Whether the browser reads pictures back truly.
    pub reads_back: bool,
}
