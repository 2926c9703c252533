//! The pictures of a treatment's stages, what the visitor's own hair says, and what a picture says of itself.

use super::super::painter::{InkMaker, Painter, Scene};
use super::super::{App, Dirty};
use crate::app::message::Msg;
use crate::app::model::Step;
use crate::engine::catalog::{Norm, STAGES, Stage};
use crate::engine::design::{Design, Hair, Look, Months, Probe};
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Command, PROBE_RADIUS, Suggestion, Viewport};
use crate::engine::geometry::{Mm, ScreenPoint, ScreenSize};
use crate::engine::i18n::{fill, time_words};
use crate::engine::measure::close_up;
use crate::platform::canvas::StageCanvas;
use gloo::render::AnimationFrame;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// Width and height of a stage's picture, CSS pixels: seven stand side by side on a phone.
pub(crate) const TILE: (u32, u32) = (44, 96);
/// So much skin is seen across one, at least and at most: some dots side by side, and still the dots and not the head. In
/// between the photo is shown at 100 %.
const ACROSS: (Mm, Mm) = (Mm(7.0), Mm(20.0));

/// The pictures of the stages, drawn one a frame: none of them keeps the page waiting.
#[derive(Default)]
pub(crate) struct StagePictures {
    /// Where they are drawn, in the order of the stages.
    pub canvases: [NodeRef; STAGES.len()],
    /// The stage that is drawn next.
    next: usize,
    /// What they show: the design, at whatever age, the load of its photo, and the pixels a CSS pixel.
    shown: Option<(Design, u32, f64)>,
    frame: Option<AnimationFrame>,
}

impl App {
    /// Draws the pictures of the stages if they would look otherwise than they do.
    pub(super) fn draw_stages(&mut self, ctx: &Context<Self>) {
        if self.step != Step::Look || self.photo.is_none() || self.field.is_none() || self.editor.in_gesture() {
            return;
        }
        let mut design = self.editor.design().clone();
        design.look.months = Months::HEALED;
        let wanted = Some((design, self.load, self.ratio()));
        if self.stage_pictures.shown != wanted {
            self.stage_pictures.shown = wanted;
            self.stage_pictures.next = 0;
            self.draw_stage_soon(ctx);
        }
    }

    /// Draws them whatever they show: their canvases are new.
    pub(super) fn draw_stages_anew(&mut self, ctx: &Context<Self>) {
        self.stage_pictures.shown = None;
        self.draw_stages(ctx);
    }

    fn draw_stage_soon(&mut self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        let frame = gloo::render::request_animation_frame(move |_| link.send_message(Msg::StagePicture));
        self.stage_pictures.frame = Some(frame);
    }

    /// Draws the picture of the next stage.
    pub(super) fn draw_stage(&mut self, ctx: &Context<Self>) {
        let place = self.stage_pictures.next;
        let Some(stage) = STAGES.get(place).filter(|_| self.step == Step::Look) else { return };
        if let Some(canvas) = self.stage_pictures.canvases.get(place).and_then(NodeRef::cast::<HtmlCanvasElement>) {
            // A picture that cannot be drawn stays empty; the stage has its name.
            let _ = self.picture_stage(stage, canvas);
        }
        self.stage_pictures.next += 1;
        self.draw_stage_soon(ctx);
    }

    fn picture_stage(&self, stage: &Stage, canvas: HtmlCanvasElement) -> Option<()> {
        let (ratio, scene) = (self.ratio(), self.scene()?);
        let (view, norms) = (self.editor.view(), self.editor.norms());
        let tile = ScreenSize::new(TILE.0.into(), TILE.1.into());
        let across = |length: Mm| tile.width / view.scale(norms).px_per_mm.px(length).0;
        let zoom = (1.0 / ratio).max(across(ACROSS.1)).min(across(ACROSS.0));
        let part = close_up(view, self.field.as_ref()?, tile.width / zoom, tile.height / zoom)?;
        let corner = ScreenPoint::default();
        let viewport = Viewport::fitted(tile, scene.size).zoomed_to(zoom, corner);
        let (zoom, offset) = (viewport.zoom(), viewport.offset());
        let viewport = viewport.panned(-part.x0 * zoom - offset.x, -part.y0 * zoom - offset.y);
        let look = Look { months: Months(stage.months), ..self.editor.design().look.clone() };
        let dots = scene.dots.map(|(field, maker)| (field, InkMaker { look: &look, ..maker }));
        let mut painter = Painter::new(StageCanvas::new(canvas).ok()?);
        painter.paint(&Scene { dots, before: None, viewport, split: 0.0, ..scene }, Dirty::All).ok()
    }

    /// Reads from the photo how much of the light the visitor's own shaved hair takes, once its places are set or moved.
    pub(super) fn read_probe(&mut self) {
        if self.tools.at(self.step) != ToolKind::Probe || self.editor.in_gesture() {
            return;
        }
        let probe = self.editor.view().probe;
        let places = probe.map(|probe| (probe.stubble, probe.skin));
        if self.probed == places {
            return;
        }
        self.probed = places;
        let Some((probe, sight)) = probe.zip(self.sight()) else { return };
        let radius = self.editor.view().scale(self.editor.norms()).px_per_mm.px(PROBE_RADIUS).0;
        let darkening = sight.darkening(probe.stubble, probe.skin, radius).unwrap_or_default();
        let outcome = self.editor.amend(Command::SetProbe(Some(Probe { darkening, ..probe })));
        self.report(outcome);
    }

    /// What the visitor's own shaved hair says of the shade, with the share of light that it takes.
    pub(crate) fn suggestion(&self) -> Option<(f64, Suggestion)> {
        let (view, norms) = (self.editor.view(), self.editor.norms());
        let darkening = view.probe.filter(|_| self.save.reads_back)?.darkening;
        let density = view.usual_density().unwrap_or_else(|| norms.get(Norm::Density));
        Some((darkening, Suggestion::new(darkening, density, &self.editor.design().look, norms)))
    }

    /// What a picture with the design says below it: that it is a simulation, of when, and what it assumes.
    pub(super) fn look_caption(&self) -> String {
        let (texts, look) = (self.texts(), &self.editor.design().look);
        let hair = match look.hair {
            Hair::Shaved => texts.caption_shaved,
            Hair::Kept => texts.caption_kept,
        };
        let values = [
            ("simulation", texts.simulation),
            ("time", &time_words(texts, look.months)),
            ("session", &look.session.to_string()),
            ("hair", hair),
        ];
        fill(texts.caption, &values)
    }
}
