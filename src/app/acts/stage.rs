//! Pointers, keys and the view.

use super::super::{App, Dirty};
use crate::app::message::{KeyStroke, Msg};
use crate::app::model::{NoticeKind, Step};
use crate::engine::catalog::Norm;
use crate::engine::editor::tools::{Mirrors, TOOLS, ToolInput, ToolKind, ToolSettings, ToolStep};
use crate::engine::editor::{Grip, PointerEvent, PointerKind, StageAct, Viewport, ZOOM_STEP};
use crate::engine::geometry::{Mm, PhotoPoint, PhotoPx, ScreenPoint, ScreenSize};
use yew::prelude::*;

/// How near to a grip a pointer takes it, CSS pixels: half of a 44 pixel target.
const REACH: f64 = 22.0;
/// How much is seen around a design when it fills the stage.
const AROUND_DESIGN: Mm = Mm(18.0);
/// Photo pixels of one press of an arrow key, and with Shift.
const NUDGE: (f64, f64) = (1.0, 10.0);
/// How far the keyboard's cursor goes, CSS pixels, and with Shift.
const CURSOR_STEP: (f64, f64) = (8.0, 40.0);

impl App {
    pub(super) fn settings(&self) -> ToolSettings {
        let (kind, norms) = (self.tools.at(self.step), self.editor.norms());
        // Where there is nothing to move yet a line is drawn.
        let is_to_draw = kind == ToolKind::Line && self.editor.view().hairline.is_none();
        let kind = if is_to_draw { ToolKind::Freehand } else { kind };
        let row = kind.row();
        ToolSettings {
            kind,
            reach: PhotoPx(REACH / self.viewport.zoom()),
            mirrored: self.mirrored && (row.mirrors == Mirrors::Outline || self.shows_both_halves()),
            brush: self.brush,
            reference: self.usual_reference(),
            band_width: Mm(norms.get(row.width.unwrap_or(Norm::ScarWidth))),
            band_density: norms.get(Norm::Density),
            patch_density: norms.get(Norm::Density),
        }
    }

    pub(super) fn go(&mut self, step: Step) {
        self.hand.cancel(&mut self.editor);
        self.editor.complete();
        self.step = step;
        self.tools.size = ToolKind::Marks;
        self.tools.look = ToolKind::View;
        if self.tools.line != ToolKind::Freehand {
            self.tools.line = ToolKind::Line;
        }
        self.hand.pending_stubble = None;
        self.hand.selected = None;
        self.cursor = None;
        self.compare.held = false;
        // What was done is not said again beside the next thing.
        self.notice = self.notice.take().filter(|notice| notice.kind != NoticeKind::Good);
        self.dirty = Some(Dirty::All);
        self.focus = Some("#panel-title".to_owned());
    }

    pub(super) fn stage_resized(&mut self, ctx: &Context<Self>, size: ScreenSize) {
        let photo = self.editor.view().size();
        self.see(ctx, self.viewport.resized(size, photo));
        self.draw_stages(ctx);
        self.draw_variants(ctx);
    }

    pub(super) fn see(&mut self, ctx: &Context<Self>, viewport: Viewport) {
        self.viewport = viewport;
        self.repaint(ctx, Dirty::All);
    }

    pub(super) fn zoom(&mut self, ctx: &Context<Self>, factor: f64, around: Option<ScreenPoint>) {
        let around = around.unwrap_or_else(|| self.of_interest());
        self.see(ctx, self.viewport.zoomed(factor, around));
    }

    pub(super) fn zoom_full(&mut self, ctx: &Context<Self>) {
        let around = self.of_interest();
        let zoomed = self.viewport.zoomed_to(1.0 / self.ratio(), around);
        self.see(ctx, self.point_of_interest().map_or(zoomed, |point| zoomed.revealing(point)));
    }

    /// What is drawn fills the stage, unless the visitor looks closer already.
    pub(super) fn see_design(&mut self, ctx: &Context<Self>) {
        let view = self.editor.view();
        let margin = view.scale(self.editor.norms()).px_per_mm.px(AROUND_DESIGN).0;
        let (stage, part) = (self.viewport.stage(), view.drawn().inflated(margin));
        let zoom = (stage.width / (part.x1 - part.x0)).min(stage.height / (part.y1 - part.y0));
        if !view.fill.is_empty() && self.viewport == self.viewport.fit() {
            let middle = PhotoPoint::new((part.x0 + part.x1) / 2.0, (part.y0 + part.y1) / 2.0);
            self.see(ctx, self.viewport.zoomed_to(zoom, self.middle()).around(middle));
        }
    }

    /// Where on the screen it is what the visitor looks at.
    fn of_interest(&self) -> ScreenPoint {
        self.point_of_interest().map_or_else(|| self.middle(), |point| self.viewport.to_screen(point))
    }

    /// What the visitor looks at when nothing else is said: the chosen point, or the middle of the line.
    fn point_of_interest(&self) -> Option<PhotoPoint> {
        let view = self.editor.view();
        let chosen = self.hand.selected.and_then(|grip| grip.position(view, self.editor.norms()));
        let middle = || view.hairline.as_ref().and_then(|line| line.handles.get(line.handles.len() / 2)).copied();
        chosen.or_else(middle)
    }

    fn middle(&self) -> ScreenPoint {
        let stage = self.viewport.stage();
        ScreenPoint::new(stage.width / 2.0, stage.height / 2.0)
    }

    pub(super) fn pointer(&mut self, ctx: &Context<Self>, event: PointerEvent) {
        if self.photo.is_none() {
            return;
        }
        let pans = event.pans || self.space_held || self.settings().kind == ToolKind::View;
        let act = self.pointers.handle(PointerEvent { pans, ..event }, self.viewport);
        if event.kind == PointerKind::Mouse {
            self.cursor = Some(self.viewport.to_photo(event.at));
        }
        let settings = self.settings();
        let photo = |at| self.viewport.to_photo(at);
        match act {
            None => return,
            Some(StageAct::View(viewport)) => return self.see(ctx, viewport),
            Some(StageAct::ToolDown(at, pointer)) => {
                let at = photo(at);
                self.hand.down(&mut self.editor, &settings, at, pointer);
            }
            Some(StageAct::ToolMove(at)) => {
                let at = photo(at);
                self.hand.moved(&mut self.editor, &settings, at);
            }
            Some(StageAct::ToolUp(at)) => {
                let at = photo(at);
                self.finish(&settings, at);
            }
            Some(StageAct::ToolCancel) => self.hand.cancel(&mut self.editor),
        }
        self.after_hand(ctx);
    }

    /// The gesture is done, and what follows from it. A freehand line is drawn once; then its points are moved.
    fn finish(&mut self, settings: &ToolSettings, at: PhotoPoint) {
        let before = self.treated();
        self.hand.complete(&mut self.editor, settings, at);
        self.follow_treated(before);
        let is_mark = matches!(self.hand.selected, Some(Grip::MarkA | Grip::MarkB | Grip::Glabella));
        if settings.kind == ToolKind::Marks || settings.kind == ToolKind::Landmarks && is_mark {
            self.see_head();
        }
        if settings.kind == ToolKind::Freehand && self.editor.view().hairline.is_some() && self.hand.refusal.is_none() {
            self.tools.line = ToolKind::Line;
        }
    }

    fn after_hand(&mut self, ctx: &Context<Self>) {
        let outcome = self.hand.refusal.take().map_or(Ok(()), Err);
        if outcome.is_err() || !self.hand.is_busy() {
            self.report(outcome);
        }
        self.changed(ctx);
    }

    pub(super) fn hover(&mut self, at: Option<ScreenPoint>) -> bool {
        self.cursor = at.filter(|_| self.photo.is_some()).map(|at| self.viewport.to_photo(at));
        matches!(self.settings().kind, ToolKind::Brush | ToolKind::Eraser)
    }

    pub(super) fn take_tool(&mut self, ctx: &Context<Self>, kind: ToolKind) {
        self.hand.cancel(&mut self.editor);
        self.probed = None;
        match kind {
            ToolKind::Line | ToolKind::Freehand | ToolKind::Temple | ToolKind::Landmarks => self.tools.line = kind,
            ToolKind::Area
            | ToolKind::Brush
            | ToolKind::Eraser
            | ToolKind::Lasso
            | ToolKind::PartLine
            | ToolKind::Scar => self.tools.density = kind,
            ToolKind::View | ToolKind::Probe => self.tools.look = kind,
            ToolKind::Marks | ToolKind::Head => self.tools.size = kind,
        }
        self.hand.selected = None;
        self.hand.pending_mark = None;
        if kind == ToolKind::Head {
            self.want_head(ctx);
        }
    }

    pub(super) fn select(&mut self, ctx: &Context<Self>, grip: Grip) {
        self.hand.selected = Some(grip);
        if let Some(point) = grip.position(self.editor.view(), self.editor.norms()) {
            self.see(ctx, self.viewport.revealing(point));
        }
    }

    pub(super) fn nudge(&mut self, ctx: &Context<Self>, dx: f64, dy: f64) {
        let Some(grip) = self.hand.selected else { return };
        let (view, norms) = (self.editor.view(), self.editor.norms());
        let Some(from) = grip.position(view, norms) else { return };
        let to = from.moved(dx, dy);
        if let Some(command) = grip.moved_to(to, self.settings().mirrored, view, norms) {
            self.command(ctx, command);
            self.see(ctx, self.viewport.revealing(to));
        }
    }

    /// A key; says whether the page must be rendered again.
    pub(super) fn key(&mut self, ctx: &Context<Self>, stroke: &KeyStroke) -> bool {
        let key = stroke.key.to_ascii_lowercase();
        if stroke.command {
            match key.as_str() {
                "z" if stroke.shift => self.redo(ctx),
                "z" => self.undo(ctx),
                "y" => self.redo(ctx),
                _ => return false,
            }
            return true;
        }
        match key.as_str() {
            "+" | "=" => self.zoom(ctx, ZOOM_STEP, None),
            "-" => self.zoom(ctx, 1.0 / ZOOM_STEP, None),
            "0" => self.see(ctx, self.viewport.fit()),
            "1" => self.zoom_full(ctx),
            "c" => self.hold_before(ctx, true),
            " " if stroke.on_stage => self.space_held = true,
            "escape" => self.escape(ctx),
            "delete" | "backspace" => self.remove_grip(ctx),
            "enter" if stroke.on_stage => self.press(ctx),
            "arrowleft" | "arrowright" | "arrowup" | "arrowdown" => self.arrow(ctx, &key, stroke),
            letter => return self.shortcut(ctx, letter),
        }
        true
    }

    fn shortcut(&mut self, ctx: &Context<Self>, letter: &str) -> bool {
        let row = TOOLS.iter().find(|row| letter.len() == 1 && row.shortcut.is_some_and(|key| letter.starts_with(key)));
        let step = match self.step {
            Step::Size => Some(ToolStep::Size),
            Step::Hairline => Some(ToolStep::Hairline),
            Step::Density => Some(ToolStep::Density),
            Step::Look => Some(ToolStep::Look),
            Step::Photo | Step::Save => None,
        };
        let is_there = |kind| match kind {
            ToolKind::Landmarks => self.editor.view().eyes().is_some(),
            ToolKind::Probe => self.save.reads_back,
            _ => true,
        };
        match row.filter(|row| row.step == step && is_there(row.kind)) {
            Some(row) => {
                let is_put_down = row.kind == ToolKind::Head && self.tools.size == ToolKind::Head;
                self.take_tool(ctx, if is_put_down { ToolKind::Marks } else { row.kind });
                true
            }
            None => false,
        }
    }

    pub(super) fn key_up(&mut self, ctx: &Context<Self>, key: &str) -> bool {
        match key.to_ascii_lowercase().as_str() {
            "c" => self.hold_before(ctx, false),
            " " => self.space_held = false,
            "alt" | "shift" => {
                self.aids.free = false;
                return false;
            }
            _ => return false,
        }
        true
    }

    fn escape(&mut self, ctx: &Context<Self>) {
        if self.hand.is_busy() {
            self.hand.cancel(&mut self.editor);
            self.changed(ctx);
        } else {
            self.hand.selected = None;
            self.cursor = None;
        }
    }

    fn arrow(&mut self, ctx: &Context<Self>, key: &str, stroke: &KeyStroke) {
        let (x, y) = match key {
            "arrowleft" => (-1.0, 0.0),
            "arrowright" => (1.0, 0.0),
            "arrowup" => (0.0, -1.0),
            _ => (0.0, 1.0),
        };
        if self.hand.selected.is_some() && !self.hand.is_busy() {
            let by = if stroke.shift { NUDGE.1 } else { NUDGE.0 };
            return self.nudge(ctx, x * by, y * by);
        }
        let by = if stroke.shift { CURSOR_STEP.1 } else { CURSOR_STEP.0 };
        if self.settings().kind == ToolKind::View {
            return self.see(ctx, self.viewport.panned(-x * by, -y * by));
        }
        let (width, height) = self.editor.view().size();
        let step = by / self.viewport.zoom();
        let from = self.cursor.unwrap_or_else(|| self.viewport.to_photo(self.middle()));
        let to = from.moved(x * step, y * step).clamped(width, height);
        self.cursor = Some(to);
        self.viewport = self.viewport.revealing(to);
        self.repaint(ctx, Dirty::All);
        if self.hand.is_busy() {
            let settings = self.settings();
            self.hand.moved(&mut self.editor, &settings, to);
            self.after_hand(ctx);
        }
    }

    /// Enter on the stage: what a press of the pointer at the cursor would do. A line or stroke that was begun ends with the
    /// next Enter.
    fn press(&mut self, ctx: &Context<Self>) {
        let settings = self.settings();
        let at = self.cursor.unwrap_or_else(|| self.viewport.to_photo(self.middle()));
        self.cursor = Some(at);
        if self.hand.is_busy() {
            self.finish(&settings, at);
        } else {
            self.hand.down(&mut self.editor, &settings, at, PointerKind::Mouse);
            if settings.kind.row().input == ToolInput::Handles {
                self.finish(&settings, at);
            }
        }
        self.after_hand(ctx);
    }

    pub(super) fn split(&mut self, ctx: &Context<Self>, split: f64) {
        self.compare.split = split.clamp(0.0, 1.0);
        // The ink of the design that is compared with is not kept up to date while it is not shown.
        let is_new = self.compared.is_none();
        self.follow_compared();
        self.repaint(ctx, if is_new && self.compared.is_some() { Dirty::All } else { Dirty::Split });
    }

    pub(super) fn hold_before(&mut self, ctx: &Context<Self>, held: bool) {
        if self.compare.held != held {
            self.compare.held = held;
            self.repaint(ctx, Dirty::All);
        }
    }

    pub(super) fn settled(&mut self, ctx: &Context<Self>) {
        self.settle_recipe();
        self.editor.complete();
        self.changed(ctx);
    }

    /// Keeps messages out of a page that shows nothing to work on.
    pub(crate) fn can_work(&self) -> bool {
        self.photo.is_some()
    }

    /// The message that a wheel turn means.
    pub(crate) fn wheel(delta: f64, pinch: bool, at: ScreenPoint) -> Msg {
        let speed = if pinch { 0.01 } else { 0.0015 };
        Msg::Zoom((-delta * speed).clamp(-1.0, 1.0).exp(), Some(at))
    }
}
