//! Several designs on the same photos: which one is in the hand, and how they look side by side and on the slider.

use super::super::painter::{InkMaker, Painter, Scene};
use crate::app::message::Msg;
use crate::app::model::Step;
use crate::app::{App, Dirty};
use crate::engine::design::{DESIGN_LIMITS, Design, Look};
use crate::engine::dots::Field;
use crate::engine::editor::tools::Hand;
use crate::engine::editor::{Command, Viewport};
use crate::engine::geometry::{ScreenPoint, ScreenSize};
use crate::platform::canvas::StageCanvas;
use gloo::render::AnimationFrame;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// Width and height of the picture of a design, CSS pixels: two stand side by side on a phone.
pub(crate) const CARD: (u32, u32) = (150, 170);
/// Half the width of the part that it shows, over half the width of the head.
const AROUND_THE_HEAD: f64 = 1.15;

/// The pictures of the designs, drawn one a frame.
#[derive(Default)]
pub(crate) struct VariantPictures {
    /// Where they are drawn, in the order of the designs.
    pub canvases: [NodeRef; DESIGN_LIMITS.variants],
    /// What each shows: the design with it in the views, and the load of its photo.
    shown: [Option<(Design, u32)>; DESIGN_LIMITS.variants],
    frame: Option<AnimationFrame>,
}

impl App {
    /// Takes another design into the hand.
    pub(super) fn choose_variant(&mut self, ctx: &Context<Self>, place: usize) {
        self.hand.cancel(&mut self.editor);
        self.hand = Hand::default();
        let before = usize::from(self.editor.design().place);
        // What was compared with becomes what is looked at, and the other way round.
        self.compare.with = self.compare.with.map(|with| if with == place { before } else { with });
        self.editor.choose_variant(place);
        self.changed(ctx);
        self.repaint(ctx, Dirty::All);
    }

    /// One design more: a copy of the one in the hand.
    pub(super) fn copy_variant(&mut self, ctx: &Context<Self>) {
        self.hand.cancel(&mut self.editor);
        self.command(ctx, Command::CopyVariant);
    }

    /// Another design, or the bare photo, on the left of the slider.
    pub(super) fn compare_with(&mut self, ctx: &Context<Self>, with: Option<usize>) {
        self.compare.with = with;
        if self.compare.split <= 0.0 {
            self.compare.split = 0.5;
        }
        self.follow_compared();
        self.repaint(ctx, Dirty::All);
    }

    /// Brings the dots of the design that is compared with up to date.
    pub(super) fn follow_compared(&mut self) {
        let design = self.editor.design();
        let is_there = |with: &usize| *with < design.variants() && *with != usize::from(design.place);
        self.compare.with = self.compare.with.filter(is_there);
        let Some(with) = self.compare.with.filter(|_| self.step == Step::Look && self.compare.split > 0.0) else {
            self.compared = None;
            return;
        };
        let other = design.with_variant(with);
        let Some(own) = &self.field else { return };
        let mut field = self.compared.take().map_or_else(|| own.afresh(), |(field, _)| field);
        field.sync_side(&other, self.editor.side(), self.editor.norms());
        self.compared = Some((field, other.look));
    }

    /// The dots and the look of the design that is compared with.
    pub(super) fn other_variant(&self) -> Option<(&Field, &Look)> {
        self.compared.as_ref().filter(|_| !self.compare.held).map(|(field, look)| (field, look))
    }

    /// Draws the pictures of the designs that would look otherwise than they do.
    pub(super) fn draw_variants(&mut self, ctx: &Context<Self>) {
        let is_seen = matches!(self.step, Step::Look | Step::Save) && self.editor.design().variants() > 1;
        if is_seen && self.photo.is_some() && self.field.is_some() && !self.editor.in_gesture() {
            let link = ctx.link().clone();
            let frame = gloo::render::request_animation_frame(move |_| link.send_message(Msg::VariantPicture));
            self.variant_pictures.frame = Some(frame);
        }
    }

    /// Draws them whatever they show: their canvases are new.
    pub(super) fn draw_variants_anew(&mut self, ctx: &Context<Self>) {
        self.variant_pictures.shown = Default::default();
        self.draw_variants(ctx);
    }

    /// Draws the first picture that is not up to date.
    pub(super) fn draw_variant(&mut self, ctx: &Context<Self>) {
        let design = self.editor.design();
        let wanted = (0..design.variants()).map(|place| (design.with_variant(place).chosen_alone(), self.load));
        let stale =
            wanted.zip(&self.variant_pictures.shown).position(|(wanted, shown)| shown.as_ref() != Some(&wanted));
        let Some(place) = stale else { return };
        let design = design.with_variant(place).chosen_alone();
        let canvas = self.variant_pictures.canvases.get(place).and_then(NodeRef::cast::<HtmlCanvasElement>);
        // A picture that cannot be drawn stays empty; the design has its name.
        let _ = canvas.and_then(|canvas| self.picture_variant(&design, canvas));
        if let Some(slot) = self.variant_pictures.shown.get_mut(place) {
            *slot = Some((design, self.load));
        }
        self.draw_variants(ctx);
    }

    fn picture_variant(&self, design: &Design, canvas: HtmlCanvasElement) -> Option<()> {
        let scene = self.scene()?;
        let norms = self.editor.norms();
        let view = design.views.of(self.editor.side());
        let mut field = self.field.as_ref()?.afresh();
        field.sync_side(design, self.editor.side(), norms);
        let tile = ScreenSize::new(CARD.0.into(), CARD.1.into());
        // The upper half of the head fills the card.
        let head = view.head_in_force(norms);
        let zoom = tile.width / (2.0 * head.half_width * AROUND_THE_HEAD);
        let viewport = Viewport::fitted(tile, scene.size).zoomed_to(zoom, ScreenPoint::default()).around(head.centre);
        let maker = InkMaker { look: &design.look, norms, px_per_mm: view.scale(norms).px_per_mm.get() };
        let mut painter = Painter::new(StageCanvas::new(canvas).ok()?);
        let dots = Some((&field, maker));
        painter.paint(&Scene { dots, before: None, viewport, split: 0.0, ..scene }, Dirty::All).ok()
    }

    /// Whether anything is filled on any side.
    pub(crate) fn has_fill(&self) -> bool {
        self.editor.design().views.each().any(|(_, view)| !view.fill.is_empty())
    }

    /// Whether anything is drawn on any side.
    pub(crate) fn has_drawing(&self) -> bool {
        self.editor.design().views.each().any(|(_, view)| view.has_drawing())
    }
}
