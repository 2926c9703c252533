//! The state of the page: its slices, and the effects that are wanted.

use super::effect::Effect;
use super::slices::editor::EditorState;
use super::slices::photos::{NoIdea, Orientation, PhotoSource, Photos};
use super::slices::preview::{NotClipped, Preview};
use super::slices::request::RequestState;
use super::slices::session::{Busy, Capabilities, Session};
use super::slices::staff::StaffState;
use super::slices::step::Step;
use super::slices::waiting_picture::WaitingPicture;
use crate::engine::calibration::Side;
use crate::engine::catalog::{Parameters, SampleHead, SampleTone};
use crate::engine::consult::RequestLink;
use crate::engine::design::{Hair, PhotoRef, View};
use crate::engine::dots::{Dot, Field};
use crate::engine::editor::tools::{ToolKind, ToolSettings};
use crate::engine::export::Format;
use crate::engine::geometry::Mm;
use crate::engine::i18n::{Language, Texts};

/// The drafts on the device, as far as the page knows them.
#[derive(Debug, Clone, Default)]
pub struct Drafts {
    /// Whether drafts cannot be kept: then the visitor was told.
    pub are_off: bool,
    /// Whether what is drawn was sent: then it is kept on the device no more.
    pub is_sent: bool,
    /// Whether the draft that is found goes on without a question.
    pub resumes: bool,
    /// The photos that are kept on the device, by their digests.
    pub kept_photos: Vec<String>,
}

/// The whole state. It changes only by [`reduce`](super::reduce).
pub struct State {
    /// Language, clinic, step, notices.
    pub session: Session,
    /// The design and what it is drawn with.
    pub editor: EditorState,
    /// The photos.
    pub photos: Photos,
    /// What is derived from design and photo.
    pub preview: Preview,
    /// The consultation request.
    pub request: RequestState,
    /// The request of the clinic's that its staff opened here, if any.
    pub staff: Option<StaffState>,
    /// The drafts on the device.
    pub drafts: Drafts,
    /// The kind of picture that is saved.
    pub format: Format,
    /// The picture that is saved once hair is clipped as far as it is saved.
    pub waiting_picture: Option<WaitingPicture>,
    effects: Vec<Effect>,
}

impl State {
    /// The state when the page begins.
    #[must_use]
    pub fn new(language: &'static Language, capabilities: Capabilities) -> Self {
        Self {
            session: Session::new(language, capabilities),
            editor: EditorState::new(Parameters::default()),
            photos: Photos::default(),
            preview: Preview::default(),
            request: RequestState::default(),
            staff: None,
            drafts: Drafts::default(),
            format: Format::Png,
            waiting_picture: None,
            effects: Vec::new(),
        }
    }

    /// The same, where the program was loaded anew because its element was moved: the draft goes on without a question.
    #[must_use]
    pub fn resuming(mut self, resumes: bool) -> Self {
        self.drafts.resumes = resumes;
        self
    }

    /// The same, where the address names a request of the clinic's: that is opened, and no draft.
    #[must_use]
    pub fn opening(mut self, link: Option<RequestLink>) -> Self {
        self.staff = link.map(StaffState::new);
        self
    }

    /// Asks for an effect.
    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// The effects that were asked for since this was called last, in their order. Nothing of a visitor may come into the store of
    /// the clinic's own machine, and a draft that lies there is someone else's: where the staff opened a request, the store is not
    /// touched.
    pub(super) fn take_effects(&mut self) -> Vec<Effect> {
        if self.staff.is_some() {
            self.effects.retain(|effect| !effect.is_of_store());
        }
        std::mem::take(&mut self.effects)
    }

    /// Opens a photo in the background. The number of the load is kept: what arrives later than a newer choice is dropped.
    pub(super) fn open_photo(&mut self, source: PhotoSource, orientation: Orientation) {
        self.photos.load += 1;
        self.session.busy = Some(Busy::Opening);
        self.session.notice = None;
        let load = self.photos.load;
        self.effect(Effect::OpenPhoto { load, source, orientation });
    }

    /// The visible words.
    #[must_use]
    pub fn texts(&self) -> &'static Texts {
        self.session.texts()
    }

    /// The view that is drawn on.
    #[must_use]
    pub fn view(&self) -> &View {
        self.editor.view()
    }

    /// Standard deviation of the blur of a view's photo on the head, as far as it was told.
    #[must_use]
    pub fn blur(&self, view: &View) -> Mm {
        let blur = view.photo.as_ref().map(|photo| self.photos.store.blur(&photo.digest)).unwrap_or_default();
        view.scale(self.parameters()).px_per_mm.mm(blur)
    }

    /// The parameters in force.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        self.editor.parameters()
    }

    /// The step that is shown.
    #[must_use]
    pub fn step(&self) -> Step {
        self.session.step
    }

    /// What a step is called: the staff have nobody to send to.
    #[must_use]
    pub fn step_name(&self, step: Step) -> &'static str {
        match step {
            Step::Save if self.staff.is_some() => self.texts().version_panel,
            other => other.name(self.texts()),
        }
    }

    /// The tool in hand.
    #[must_use]
    pub fn tool(&self) -> ToolKind {
        self.editor.tool(self.session.step)
    }

    /// Whether a tool has what it works on: a line, a face, or pixels that are read as they are.
    #[must_use]
    pub fn is_usable(&self, tool: ToolKind) -> bool {
        match tool {
            ToolKind::Line => self.view().hairline.is_some(),
            ToolKind::Landmarks => self.view().eyes().is_some(),
            ToolKind::Probe => self.session.capabilities.reads_back,
            _ => true,
        }
    }

    /// What the tool in hand has to know.
    #[must_use]
    pub fn tool_settings(&self) -> ToolSettings {
        self.editor.tool_settings(self.session.step)
    }

    /// Whether the photo of the side is shown.
    #[must_use]
    pub fn has_open_photo(&self) -> bool {
        self.photos.open.is_some()
    }

    /// Whether the side has a photo that is not at hand: a design was opened without it.
    #[must_use]
    pub fn is_photo_missing(&self) -> bool {
        let is_missing = |photo: &PhotoRef| self.photos.store.source(&photo.digest).is_none();
        self.view().photo.as_ref().is_some_and(is_missing)
    }

    /// Whether the photo of the side is being opened.
    #[must_use]
    pub fn is_photo_coming(&self) -> bool {
        self.session.busy == Some(Busy::Opening) && self.view().photo.is_some() && !self.is_photo_missing()
    }

    /// The skin tone of the sample head, where the photo of the side is one, whether or not it could be loaded.
    #[must_use]
    pub fn sample_tone(&self) -> Option<SampleTone> {
        let photo = self.view().photo.as_ref()?;
        SampleHead::named(&photo.digest).map(|head| head.tone)
    }

    /// The skin tone in which the sample head is shown, where it is on any side.
    #[must_use]
    pub fn sample_shown(&self) -> Option<SampleTone> {
        let head = |view: &View| view.photo.as_ref().and_then(|photo| SampleHead::named(&photo.digest));
        self.editor.document.design().views.each().find_map(|(_, view)| head(view)).map(|head| head.tone)
    }

    /// Whether what is drawn is the first idea, as it was laid.
    #[must_use]
    pub fn is_idea_shown(&self) -> bool {
        let is_laid_here = self.editor.document.side() == Side::Front && self.has_open_photo();
        is_laid_here && self.session.first_idea == Some(self.editor.document.version())
    }

    /// Why no first idea is laid on the open photo, as long as the visitor has begun nothing else.
    #[must_use]
    pub fn no_idea(&self) -> Option<NoIdea> {
        let view = self.view();
        let photo = view.photo.as_ref().filter(|_| self.has_open_photo())?;
        let (_, reason) = self.photos.face_sought_in.iter().find(|(sought, _)| sought == photo)?;
        let is_begun = |reason: &NoIdea| match reason {
            NoIdea::NotSought | NoIdea::NoFace(_) => view.has_drawing() || view.calibration.is_some(),
            NoIdea::UnderHair => view.has_drawing(),
            NoIdea::Frontal => false,
        };
        reason.filter(|reason| !is_begun(reason))
    }

    /// Whether the step is to show dots whose pattern still grows.
    #[must_use]
    pub fn are_dots_coming(&self) -> bool {
        let are_shown = self.step() >= Step::Density || self.step() == Step::Photo && self.is_idea_shown();
        self.preview.growing && are_shown
    }

    /// Whether little of the treated skin is seen, and no photo from above shows more of it.
    #[must_use]
    pub fn is_crown_hidden(&self) -> bool {
        let is_little = self.preview.told_figures().is_some_and(|figures| figures.is_little_skin());
        is_little && self.editor.document.design().views.top.photo.is_none()
    }

    /// Whether the head's outline was looked for in the photo and not seen.
    #[must_use]
    pub fn is_outline_unseen(&self) -> bool {
        self.has_open_photo() && self.view().head.is_some_and(|head| head.is_guess())
    }

    /// Why the visitor's own hair is not shown clipped, where it cannot be.
    #[must_use]
    pub fn not_clipped(&self) -> Option<NotClipped> {
        self.preview.clipped.hair.value()?.as_ref().err().copied()
    }

    /// Whether the visitor's own hair is being clipped.
    #[must_use]
    pub fn is_clipping(&self) -> bool {
        self.preview.clipped.sought.is_some() && self.editor.document.design().look.hair == Hair::Clipped
    }

    /// Whether the visitor's own hair is shown clipped.
    #[must_use]
    pub fn is_hair_clipped(&self) -> bool {
        self.preview.clipped.under(&self.editor.document.design().look, self.parameters()).is_some()
    }

    /// The share of the light that the visitor's own hair takes where it is shown clipped.
    #[must_use]
    pub fn clipped_takes(&self) -> Option<f64> {
        let look = &self.editor.document.design().look;
        let hair = self.preview.clipped.hair.value()?.as_ref().ok()?;
        (look.hair == Hair::Clipped).then(|| hair.taken(look.hair_length))
    }

    /// The dots of a picture to save: those that show, and the stubble of hair that is shown clipped, as highlights let them be seen.
    #[must_use]
    pub fn visible_dots(&self) -> Vec<Dot> {
        let mut dots = self.preview.field.as_ref().map(Field::dots).unwrap_or_default();
        let look = &self.editor.document.design().look;
        if let Some((stubble, strength)) = self.preview.clipped.under(look, self.parameters()) {
            dots = stubble.among(dots.into_iter(), strength).collect();
        }
        if let Some(specular_map) = self.preview.specular_map_under(look) {
            dots.iter_mut().for_each(|dot| *dot = specular_map.over(*dot));
        }
        dots
    }

    /// Whether anything is seen on the photo that goes while before is shown: dots, the visitor's own hair clipped, dots of a variant
    /// that is compared with, or the line where it is drawn.
    #[must_use]
    pub fn differs_from_before(&self) -> bool {
        let (view, preview) = (self.view(), &self.preview);
        let has_dots = preview.field.is_some() && !view.fill.is_empty() || preview.compared.value().is_some();
        let has_line = view.hairline.is_some() && matches!(self.step(), Step::Hairline | Step::Density);
        self.has_open_photo() && (has_dots || has_line || self.is_hair_clipped())
    }

    /// How much of the photo shows before, 0 to 1.
    #[must_use]
    pub fn split(&self) -> f64 {
        match (self.preview.compare.held, self.session.step) {
            (true, _) => 1.0,
            (false, Step::Look) if self.differs_from_before() => self.preview.compare.split,
            (false, Step::Photo) if self.is_idea_shown() => self.preview.compare.split,
            (false, _) => 0.0,
        }
    }

    /// Whether the last step shows what will be sent in place of the form, or that it was sent.
    #[must_use]
    pub fn is_reviewing(&self) -> bool {
        self.staff.is_none() && self.request.is_reviewing()
    }

    /// Whether leaving the page would lose something.
    #[must_use]
    pub fn has_unsaved_work(&self) -> bool {
        self.editor.document.has_unsaved_work() || self.request.delivery.is_busy()
    }
}
