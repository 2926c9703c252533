//! From a changed design to a painted stage.

use super::super::painter::{InkMaker, Scene, magnify};
use super::super::{App, Dirty};
use crate::app::message::Msg;
use crate::app::model::Step;
use crate::app::photo::{LoadedPhoto, Turned};
use crate::engine::catalog::{Norms, SampleHead, SampleTone};
use crate::engine::design::{Look, View};
use crate::engine::dots::{Carpet, Dot, Field};
use crate::engine::editor::Sight;
use crate::engine::geometry::PhotoRect;
use crate::engine::render::Gloss;
use crate::platform::canvas::StageCanvas;
use crate::platform::dom;
use crate::platform::picture::Picture;
use std::rc::Rc;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// How much the loupe enlarges.
const LOUPE_FACTOR: f64 = 3.0;

/// Where the skin shines in a picture; `None` where its pixels cannot be read.
pub(super) fn gloss_of(view: &View, norms: &Norms, picture: &Picture) -> Option<Gloss> {
    let (pixels, width, zoom) = picture.smallest_pixels().ok()?;
    Some(Gloss::of(&pixels, width, zoom, view.head_in_force(norms).upper_skull()))
}

impl App {
    /// The design changed, or may have.
    pub(super) fn changed(&mut self, ctx: &Context<Self>) {
        self.follow_photo(ctx);
        self.follow_marks();
        self.grow_if_needed(ctx);
        self.read_probe();
        let dirty = self.sync();
        self.repaint(ctx, dirty);
        if !self.editor.in_gesture() {
            self.look_at_skin(ctx);
            self.measure(ctx);
            self.draft_soon(ctx);
            self.draw_stages(ctx);
            self.draw_variants(ctx);
        }
        self.follow_compared();
        self.follow_reviewed();
        self.hand.selected =
            self.hand.selected.filter(|grip| grip.position(self.editor.view(), self.editor.norms()).is_some());
    }

    fn sync(&mut self) -> Dirty {
        let look = &self.editor.design().look;
        let same_age = |before: &Look| (before.months, before.sun, before.skin) == (look.months, look.sun, look.skin);
        let same_ink = |before: &Look| before.shade == look.shade && before.dot == look.dot && same_age(before);
        let ink_changed = !self.painted_look.as_ref().is_some_and(same_ink);
        self.painted_look = Some(look.clone());
        // A head or a mark that is being moved carries all dots along: they follow when it is let go.
        if self.step == Step::Size && self.editor.in_gesture() {
            return Dirty::Part(PhotoRect::EMPTY);
        }
        let Some(field) = &mut self.field else { return Dirty::All };
        let part = field.sync_side(self.editor.design(), self.editor.side(), self.editor.norms());
        match (ink_changed, self.editor.in_gesture()) {
            (true, _) => Dirty::All,
            (false, true) => Dirty::Part(part),
            (false, false) => Dirty::Dots(part),
        }
    }

    /// Finds where the skin shines, once for each photo and place of the head in it.
    fn look_at_skin(&mut self, ctx: &Context<Self>) {
        let seen = (self.load, self.editor.view().head_in_force(self.editor.norms()).upper_skull());
        if self.photo.is_none() || self.gloss.as_ref().is_some_and(|(before, _)| *before == seen) {
            return;
        }
        self.gloss = self.sight().map(|Sight { pixels, width, zoom }| (seen, Gloss::of(&pixels, width, zoom, seen.1)));
        self.repaint(ctx, Dirty::All);
    }

    /// The dots of a picture to save or send: those that show, as shines let them be seen.
    pub(super) fn dots_to_save(&self) -> Vec<Dot> {
        let mut dots = self.field.as_ref().map(Field::dots).unwrap_or_default();
        if let Some((_, gloss)) = &self.gloss {
            dots.iter_mut().for_each(|dot| *dot = gloss.over(*dot));
        }
        dots
    }

    /// The picture is another one, or turned, when the design says so: another side, a step that was taken back.
    fn follow_photo(&mut self, ctx: &Context<Self>) {
        let wanted = self.editor.view().photo.clone();
        let shown = self.photo.as_ref().map(LoadedPhoto::reference);
        if self.busy.is_some() || shown == wanted {
            return;
        }
        let is_other = wanted.as_ref().map(|photo| &photo.digest) != shown.as_ref().map(|photo| &photo.digest);
        if is_other {
            self.close_photo();
            self.gloss = None;
        }
        let known = wanted.and_then(|photo| Some((self.album.source(&photo.digest)?, Turned::from(&photo))));
        match known {
            Some((source, turned)) => self.load_photo(ctx, source, turned),
            None => self.repaint(ctx, Dirty::All),
        }
    }

    /// Dots are grown when there is something to put them on.
    fn grow_if_needed(&mut self, ctx: &Context<Self>) {
        let seed = self.editor.design().seed;
        let has_carpet = self.field.as_ref().is_some_and(|field| field.seed() == seed);
        if self.photo.is_none() || has_carpet || self.growing {
            return;
        }
        self.growing = true;
        let (workshop, link) = (self.workshop.clone(), ctx.link().clone());
        wasm_bindgen_futures::spawn_local(async move {
            let pairs = workshop.carpet(seed).await.unwrap_or_default();
            link.send_message(Msg::CarpetGrown(seed, pairs));
        });
    }

    pub(super) fn carpet_grown(&mut self, ctx: &Context<Self>, seed: u32, pairs: &[f32]) {
        self.growing = false;
        // A carpet that arrived damaged is grown here instead: slower, but right.
        let carpet = Carpet::from_pairs(pairs).unwrap_or_else(|| Carpet::grow(seed));
        self.field = Some(Field::new(Rc::new(carpet), seed));
        self.changed(ctx);
        self.repaint(ctx, Dirty::All);
    }

    /// Paints what is dirty.
    pub(super) fn paint(&mut self) {
        self.frame = None;
        let Some(dirty) = self.dirty.take() else { return };
        let Some(mut painter) = self.take_painter() else { return };
        match self.scene() {
            Some(scene) => {
                if painter.paint(&scene, dirty).is_err() {
                    let text = self.texts().photo_memory;
                    self.say(super::NoticeKind::Fault, text);
                }
            }
            None => painter.clear(),
        }
        self.painter = Some(painter);
        self.magnify();
    }

    fn take_painter(&mut self) -> Option<super::super::Painter> {
        self.painter.take().or_else(|| {
            let element = self.canvas.cast::<HtmlCanvasElement>()?;
            StageCanvas::new(element).ok().map(super::super::Painter::new)
        })
    }

    pub(super) fn scene(&self) -> Option<Scene<'_>> {
        let photo = self.photo.as_ref()?;
        let design = self.editor.design();
        let scale = self.editor.view().scale(self.editor.norms());
        let maker = InkMaker { look: &design.look, norms: self.editor.norms(), px_per_mm: scale.px_per_mm.get() };
        let reference = photo.reference();
        Some(Scene {
            picture: &photo.picture,
            size: (reference.width.into(), reference.height.into()),
            dots: self.field.as_ref().map(|field| (field, maker)),
            before: self.other_variant().map(|(field, look)| (field, InkMaker { look, ..maker })),
            gloss: self.gloss.as_ref().map(|(_, gloss)| gloss),
            viewport: self.viewport,
            ratio: self.ratio(),
            split: self.split_in_force(),
        })
    }

    /// How much of the photo shows before.
    pub(crate) fn split_in_force(&self) -> f64 {
        match (self.compare.held, self.step) {
            (true, _) => 1.0,
            (false, Step::Look) => self.compare.split,
            (false, _) => 0.0,
        }
    }

    /// Device pixels per CSS pixel, as far as they can be seen: more than two and a half cost time and show nothing.
    pub(super) fn ratio(&self) -> f64 {
        dom::device_pixel_ratio().min(2.5)
    }

    /// Shows the surroundings of the dragged mark in the loupe.
    pub(crate) fn magnify(&self) {
        let Some(canvas) = self.loupe.cast::<HtmlCanvasElement>() else { return };
        let Some(grip) = self.hand.dragged() else { return };
        let at = grip.position(self.editor.view(), self.editor.norms());
        if let (Some(scene), Some(point), Ok(canvas)) = (self.scene(), at, StageCanvas::new(canvas)) {
            // A loupe that cannot be drawn is empty; the mark can be set without it.
            let _ = magnify(&scene, point, &canvas, LOUPE_FACTOR);
        }
    }

    /// The skin tone of the sample head, where the photo of the side is one, whether or not it could be loaded.
    pub(crate) fn sample_tone(&self) -> Option<SampleTone> {
        let photo = self.editor.view().photo.as_ref()?;
        SampleHead::named(&photo.digest).map(|head| head.tone)
    }
}
