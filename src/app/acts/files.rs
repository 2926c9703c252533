//! Photos, pictures and designs: in and out.

use super::NoticeKind;
use crate::app::message::{Msg, PictureUse};
use crate::app::model::{Busy, PhotoSource, Question, Step};
use crate::app::photo::{self, LoadedPhoto, Turned};
use crate::app::{App, Dirty};
use crate::engine::calibration::Side;
use crate::engine::catalog::{Norms, SampleHead};
use crate::engine::consult::ClinicConfig;
use crate::engine::design::file::{self, DesignFileError};
use crate::engine::design::{DESIGN_LIMITS, Design, PhotoRef};
use crate::engine::editor::tools::{BrushSettings, Hand};
use crate::engine::editor::{Command, Viewport};
use crate::engine::export::{Format, PictureLayout};
use crate::engine::i18n::{config_fault, design_file_error, fill};
use crate::engine::render::Ink;
use crate::platform::{dom, files};
use crate::worker::ComposePlan;
use std::iter;
use std::rc::Rc;
use web_sys::{Blob, File};
use yew::prelude::*;

impl App {
    pub(super) fn configured(&mut self, ctx: &Context<Self>, json: Option<&str>) {
        let (config, faults) = json.map_or_else(|| (ClinicConfig::unconfigured(), Vec::new()), ClinicConfig::read);
        faults.iter().for_each(|fault| dom::warn(&config_fault(fault)));
        let (norms, unknown) = Norms::with_overrides(&config.norms);
        unknown.iter().for_each(|key| dom::warn(&format!("hairline.config.json: norms.{key} is not a number we know")));
        dom::restrict_connections(config.endpoint.as_ref().and_then(|endpoint| endpoint.origin()));
        self.brush = BrushSettings::new(&norms);
        // A photo may have been chosen before the configuration came.
        self.editor.set_norms(norms);
        if self.photo.is_some() {
            self.changed(ctx);
        }
        self.config = Rc::new(config);
        self.look_for_draft(ctx);
    }

    pub(super) fn photo_picked(&mut self, ctx: &Context<Self>, file: Option<File>) {
        match file {
            Some(file) => self.photo_wanted(ctx, PhotoSource::File(file)),
            None => self.say(NoticeKind::Fault, self.texts().photo_none),
        }
    }

    pub(super) fn photo_wanted(&mut self, ctx: &Context<Self>, source: PhotoSource) {
        let is_other_tone = matches!(source, PhotoSource::Sample(_)) && self.sample_tone().is_some();
        let is_wanted = is_other_tone || self.is_photo_missing();
        if self.editor.has_unsaved_work() && self.editor.design().has_work_on(self.editor.side()) && !is_wanted {
            self.ask(Question::NewPhoto(source));
        } else {
            // The same head in another tone stands as it stood.
            let before = self.editor.view().photo.as_ref().filter(|_| is_other_tone);
            let turned = before.map_or_else(Turned::default, Turned::from);
            self.load_photo(ctx, source, turned);
        }
    }

    /// Whether the side has a photo that is not at hand: a design was opened without it.
    pub(crate) fn is_photo_missing(&self) -> bool {
        let missing = |photo: &PhotoRef| self.album.source(&photo.digest).is_none();
        self.editor.view().photo.as_ref().is_some_and(missing)
    }

    /// Opens a photo in the background. The number of the load is kept: what arrives later than a newer choice is dropped.
    pub(super) fn load_photo(&mut self, ctx: &Context<Self>, source: PhotoSource, turned: Turned) {
        self.load += 1;
        self.busy = Some(Busy::Opening);
        self.notice = None;
        let (load, texts, link) = (self.load, self.texts(), ctx.link().clone());
        wasm_bindgen_futures::spawn_local(async move {
            let loaded = photo::load(source, turned, texts).await;
            link.send_message(Msg::PhotoLoaded(load, loaded));
        });
    }

    pub(super) fn photo_loaded(&mut self, ctx: &Context<Self>, load: u32, loaded: Result<LoadedPhoto, String>) {
        if load != self.load {
            if let Ok(late) = loaded {
                late.picture.close();
            }
            return;
        }
        self.busy = None;
        let loaded = match loaded {
            Ok(loaded) => loaded,
            Err(why) => return self.say(NoticeKind::Fault, why),
        };
        if let Some(remark) = loaded.remark(self.texts()) {
            self.say(NoticeKind::Info, remark);
        }
        self.place(loaded);
        let design = self.editor.design();
        self.album.keep_only(design);
        self.see_head_of_opened();
        self.viewport = Viewport::fitted(self.viewport.stage(), self.editor.view().size());
        self.changed(ctx);
        self.repaint(ctx, Dirty::All);
    }

    /// Puts a loaded photo under the side: the same photo as before, one in its place, or a new one.
    fn place(&mut self, loaded: LoadedPhoto) {
        let reference = loaded.reference();
        let is_same = self.editor.view().is_on(&loaded.digest);
        let is_missing = self.is_photo_missing();
        let is_other_tone = self.sample_tone().is_some() && SampleHead::named(&loaded.digest).is_some();
        self.album.keep(loaded.kept());
        if is_same {
            if is_missing {
                self.say(NoticeKind::Good, self.texts().design_opened);
            }
        } else if is_missing {
            let outcome = self.editor.apply(Command::FitPhoto(reference));
            self.report(outcome);
            self.say(NoticeKind::Info, self.texts().design_other_photo);
        } else if is_other_tone {
            // What is drawn on the sample head fits it in every tone.
            let outcome = self.editor.apply(Command::MatchPhoto(reference));
            self.report(outcome);
        } else {
            self.hand = Hand::default();
            let outcome = self.editor.apply(Command::OpenPhoto(reference));
            self.report(outcome);
            if let Some(head) = SampleHead::named(&loaded.digest) {
                self.mark_sample(head);
            }
        }
        self.close_photo();
        self.photo = Some(loaded);
    }

    /// The photo that is open is shown no more.
    pub(super) fn close_photo(&mut self) {
        if let Some(before) = self.photo.take() {
            before.picture.close();
        }
    }

    /// The sample head comes with its marks: its size is known.
    fn mark_sample(&mut self, head: SampleHead) {
        let Some(marks) = head.marks() else { return };
        let commands = [Some(Command::Calibrate(Some(marks.calibration))), marks.glabella.map(Command::SetGlabella)];
        let is_saved = !self.editor.has_unsaved_work();
        for command in commands.into_iter().flatten() {
            let outcome = self.editor.settle(command);
            self.report(outcome);
        }
        if is_saved {
            self.editor.mark_saved();
        }
    }

    pub(super) fn save_design(&mut self) {
        let name = Format::Design.file_name("design");
        let saved = file::write(self.editor.design())
            .ok()
            .and_then(|design| files::blob(design.as_bytes(), Format::Design.row().mime).ok())
            .and_then(|blob| files::save(&blob, &name).ok());
        match saved {
            Some(()) => {
                self.editor.mark_saved();
                self.say(NoticeKind::Good, fill(self.texts().save_done, &[("name", &name)]));
            }
            None => self.say(NoticeKind::Fault, self.texts().save_failed),
        }
    }

    pub(super) fn design_picked(&mut self, ctx: &Context<Self>, file: Option<File>) -> bool {
        let Some(file) = file else { return false };
        // A giant is refused by its size and never read.
        let size = file.size() as usize;
        if size > DESIGN_LIMITS.file_bytes {
            let text = design_file_error(self.texts(), &DesignFileError::TooLarge(size));
            self.say(NoticeKind::Fault, text);
            return true;
        }
        let link = ctx.link().clone();
        wasm_bindgen_futures::spawn_local(async move {
            link.send_message(Msg::DesignRead(files::read(&file).await.ok()));
        });
        false
    }

    pub(super) fn design_read(&mut self, ctx: &Context<Self>, bytes: Option<Rc<[u8]>>) {
        let Some(bytes) = bytes else { return self.say(NoticeKind::Fault, self.texts().photo_unreadable) };
        match file::read(&bytes) {
            Err(error) => {
                let text = design_file_error(self.texts(), &error);
                self.say(NoticeKind::Fault, text);
            }
            Ok(design) if self.editor.has_unsaved_work() => {
                self.ask(Question::OpenDesign(Rc::new(design)));
            }
            Ok(design) => self.open_design(ctx, &design),
        }
    }

    /// Shows a design on its photo: the open one if it is the same, else one that is at hand, or the one the visitor chooses
    /// next.
    pub(super) fn open_design(&mut self, ctx: &Context<Self>, design: &Design) {
        let (shown, first) = (self.editor.side(), design.views.each().next());
        let open = self.photo.as_ref().map(LoadedPhoto::reference);
        if first.is_some_and(|(side, view)| side == shown && view.photo == open) {
            self.command(ctx, Command::Load(Box::new(design.clone())));
            self.editor.mark_saved();
        } else {
            self.hand = Hand::default();
            self.editor.reset(design.clone());
            self.side_turned();
        }
        if !self.has_photos() || self.is_photo_missing() {
            self.go(Step::Photo);
            self.say(NoticeKind::Info, self.texts().design_needs_photo);
        } else {
            self.say(NoticeKind::Good, self.texts().design_opened);
        }
        self.changed(ctx);
        self.repaint(ctx, Dirty::All);
    }

    /// The plan of a picture: one with the design, or before and after side by side.
    pub(super) fn plan(
        &self,
        side: Side,
        captions: Vec<(String, bool)>,
        size: (u32, u32),
        format: Format,
    ) -> ComposePlan {
        let design = self.editor.design();
        let view = design.views.of(side);
        let layout = PictureLayout::new(size.0, size.1, captions.len() as u32);
        let (width, _) = view.size();
        // Pixels of the export per pixel of the photo, whatever size the layout was made for.
        let zoom = layout.pictures.first().map_or(1.0, |placed| f64::from(placed.width) / width.max(1.0));
        let scale = view.scale(self.editor.norms()).px_per_mm.get();
        let row = format.row();
        ComposePlan {
            size,
            zoom,
            ink: Ink::new(&design.look, self.editor.norms(), scale * zoom),
            pictures: captions,
            mime: row.mime.to_owned(),
            quality: row.quality,
            notes: iter::once(("Comment".to_owned(), self.texts().simulation.to_owned()))
                .chain(file::write(design).ok().map(|design| ("Hairline-Design".to_owned(), design)))
                .collect(),
        }
    }

    /// A caption: that it is before, or that it is a simulation and of what.
    pub(super) fn caption(&self, with_dots: bool) -> (String, bool) {
        (if with_dots { self.look_caption() } else { self.texts().before.to_owned() }, with_dots)
    }

    pub(super) fn save_picture(&mut self, ctx: &Context<Self>, what: PictureUse) {
        let Some(photo) = &self.photo else { return self.say(NoticeKind::Fault, self.texts().save_no_photo) };
        if !self.save.reads_back {
            return self.say(NoticeKind::Fault, self.texts().save_noisy);
        }
        let reference = photo.reference();
        let captions = match what {
            PictureUse::After => vec![self.caption(true)],
            PictureUse::Both => {
                let texts = self.texts();
                let (caption, dotted) = self.caption(true);
                vec![self.caption(false), (format!("{} · {caption}", texts.after), dotted)]
            }
        };
        let plan = self.plan(self.editor.side(), captions, (reference.width, reference.height), self.save.format);
        let Some(level) = photo.picture.level_for(plan.zoom).cloned() else { return };
        let dots = self.dots_to_save();
        self.busy = Some(Busy::Making);
        let (workshop, link) = (self.workshop.clone(), ctx.link().clone());
        wasm_bindgen_futures::spawn_local(async move {
            let blob = workshop.compose(plan, level, &dots).await.ok();
            link.send_message(Msg::PictureMade(what, blob));
        });
    }

    pub(super) fn picture_made(&mut self, what: PictureUse, blob: Option<Blob>) {
        self.busy = None;
        let name = self.save.format.file_name(match what {
            PictureUse::After => "after",
            PictureUse::Both => "before-after",
        });
        match blob.and_then(|blob| files::save(&blob, &name).ok()) {
            Some(()) => self.say(NoticeKind::Good, fill(self.texts().save_done, &[("name", &name)])),
            None => self.say(NoticeKind::Fault, self.texts().save_failed),
        }
    }
}
