//! Marks, line, fill and look.

use super::super::App;
use super::NoticeKind;
use crate::app::model::MeasureBy;
use crate::engine::calibration::{Calibration, Reference};
use crate::engine::catalog::Norm;
use crate::engine::design::{BandKind, DESIGN_LIMITS, FillOp, FillToHere, Hair, Look, View};
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Command, Grip, Sight, default_boundary};
use crate::engine::geometry::{Mm, PhotoPoint};
use yew::prelude::*;

/// Where marks stand that are put into the picture without a tap, as shares of its width and height.
const MARKS_AT: [(f64, f64); 2] = [(0.4, 0.42), (0.6, 0.42)];
/// The last session of a new design; scars and patches take one more.
const USUAL_SESSION: u8 = 3;

/// What a design treats besides the scalp behind the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Treated {
    /// Skin that takes one session more.
    pub(crate) scars_or_patches: bool,
    parts: bool,
}

impl App {
    fn average_pupils(&self) -> Reference {
        let norms = self.editor.norms();
        Reference::AveragePupils {
            distance: Mm(norms.get(Norm::PupilDistance)),
            least: Mm(norms.get(Norm::PupilDistanceLeast)),
            most: Mm(norms.get(Norm::PupilDistanceMost)),
        }
    }

    pub(super) fn usual_reference(&self) -> Reference {
        match self.measure_by {
            MeasureBy::Eyes => self.average_pupils(),
            MeasureBy::Length => Reference::Points { distance: Mm(self.editor.norms().get(Norm::BankCard)) },
        }
    }

    fn calibrate(&mut self, ctx: &Context<Self>, change: impl Fn(&mut Calibration)) {
        let Some(mut calibration) = self.editor.view().calibration else { return };
        change(&mut calibration);
        self.command(ctx, Command::Calibrate(Some(calibration)));
    }

    pub(super) fn measure_by(&mut self, ctx: &Context<Self>, by: MeasureBy) {
        self.measure_by = by;
        let reference = self.usual_reference();
        self.calibrate(ctx, |calibration| calibration.reference = reference);
    }

    pub(super) fn place_marks(&mut self, ctx: &Context<Self>) {
        let (width, height) = self.editor.view().size();
        let [a, b] = MARKS_AT.map(|(x, y)| PhotoPoint::new(width * x, height * y));
        self.hand.pending_mark = None;
        let calibration = Calibration { reference: self.usual_reference(), a, b };
        self.command(ctx, Command::Calibrate(Some(calibration)));
        self.hand.selected = Some(Grip::MarkA);
    }

    pub(super) fn clear_marks(&mut self, ctx: &Context<Self>) {
        self.hand.pending_mark = None;
        self.command(ctx, Command::Calibrate(None));
    }

    pub(super) fn set_distance(&mut self, ctx: &Context<Self>, distance: Option<f64>) {
        let reference = match (self.measure_by, distance) {
            (MeasureBy::Eyes, None) => self.average_pupils(),
            (MeasureBy::Eyes, Some(mm)) => Reference::TypedPupils { distance: Mm(mm) },
            (MeasureBy::Length, None) => return,
            (MeasureBy::Length, Some(mm)) => Reference::Points { distance: Mm(mm) },
        };
        self.calibrate(ctx, |calibration| calibration.reference = reference);
    }

    pub(super) fn fill_to_here(&mut self, ctx: &Context<Self>, on: bool) {
        let Some(line) = self.editor.view().hairline.clone().filter(|_| on) else {
            return self.command(ctx, Command::FillToHere(None));
        };
        let density = self.editor.norms().get(Norm::Density);
        let sight = self.sight();
        let fill = default_boundary(self.editor.view(), self.editor.norms(), &line, density, sight.as_ref());
        self.tools.density = ToolKind::Area;
        self.command(ctx, Command::FillToHere(Some(fill)));
    }

    /// The photo's pixels, scaled down; `None` where the browser does not give them truly.
    pub(super) fn sight(&self) -> Option<Sight> {
        let photo = self.photo.as_ref().filter(|_| self.save.reads_back)?;
        let (pixels, width, zoom) = photo.picture.smallest_pixels().ok()?;
        Some(Sight { pixels, width, zoom })
    }

    pub(super) fn fill_density(&mut self, ctx: &Context<Self>, density: f64) {
        let Some((_, fill)) = self.editor.view().fill_to_here() else { return };
        let fill = FillToHere { density, ..fill.clone() };
        self.editor.begin();
        self.command(ctx, Command::FillToHere(Some(fill)));
    }

    /// A part line, scar or patch is being changed by a slider.
    pub(super) fn change_fill(&mut self, ctx: &Context<Self>, place: usize, op: FillOp) {
        let command = match op {
            FillOp::Band(band) => Command::SetBand(place, band),
            FillOp::Patch(patch) => Command::SetPatch(place, patch),
            FillOp::ToHere(_) | FillOp::Stroke(_) => return,
        };
        self.editor.begin();
        self.command(ctx, command);
    }

    pub(crate) fn treated(&self) -> Treated {
        let views = || self.editor.design().views.each().map(|(_, view)| view);
        let is_part = |op: &FillOp| matches!(op, FillOp::Band(band) if band.kind == BandKind::PartLine);
        Treated {
            scars_or_patches: views().any(View::needs_more_sessions),
            parts: views().flat_map(|view| &view.fill).any(|op| is_part(op)),
        }
    }

    /// The look follows what came to be treated, or is no more: the last session, and what becomes of the visitor's own
    /// hair. It goes with the step that led to it.
    pub(super) fn follow_treated(&mut self, before: Treated) {
        let now = self.treated();
        let mut look = self.editor.design().look.clone();
        match (before.scars_or_patches, now.scars_or_patches) {
            (false, true) if look.session == USUAL_SESSION => look.session = DESIGN_LIMITS.sessions,
            (true, false) => look.session = look.session.min(USUAL_SESSION),
            _ => {}
        }
        match (before.parts, now.parts) {
            (false, true) => look.hair = Hair::Kept,
            (true, false) => look.hair = Hair::Shaved,
            _ => {}
        }
        if now != before {
            let outcome = self.editor.amend(Command::SetLook(look));
            self.report(outcome);
        }
    }

    pub(super) fn set_look(&mut self, ctx: &Context<Self>, look: Look) {
        self.editor.begin();
        self.command(ctx, Command::SetLook(look));
    }

    pub(super) fn choose_look(&mut self, ctx: &Context<Self>, look: Look) {
        self.set_look(ctx, look);
        self.settled(ctx);
    }

    pub(super) fn remove_grip(&mut self, ctx: &Context<Self>) {
        let Some(grip) = self.hand.selected else { return };
        if let Some(command) = grip.removed(self.editor.view()) {
            self.hand.selected = None;
            self.command(ctx, command);
        }
    }

    /// A handle half way between the chosen one and the next.
    pub(super) fn add_handle(&mut self, ctx: &Context<Self>) {
        let view = self.editor.view();
        let (mut points, chosen) = match (self.hand.selected, &view.hairline, view.fill_to_here()) {
            (Some(Grip::Boundary(index)), _, Some((_, fill))) => (fill.boundary.clone(), index),
            (Some(Grip::Handle(index)), Some(line), _) => (line.handles.clone(), index),
            (_, Some(line), _) => (line.handles.clone(), line.handles.len() / 2),
            _ => return,
        };
        if points.len() >= DESIGN_LIMITS.handles {
            let text = crate::engine::i18n::fill(self.texts().refuse_too_many, &[("what", "handles")]);
            return self.say(NoticeKind::Fault, text);
        }
        let from = chosen.min(points.len().saturating_sub(2));
        let Some((a, b)) = points.get(from).zip(points.get(from + 1)) else { return };
        let between = a.lerp(*b, 0.5);
        if let (Some(Grip::Boundary(_)), Some((_, fill))) = (self.hand.selected, view.fill_to_here()) {
            points.insert(from + 1, between);
            let fill = FillToHere { boundary: points, ..fill.clone() };
            self.hand.selected = Some(Grip::Boundary(from + 1));
            return self.command(ctx, Command::FillToHere(Some(fill)));
        }
        // On a curve the middle of the line, not of its chord, is where a new handle changes nothing.
        let Some(line) = &view.hairline else { return };
        let on_curve = line.curve().project(between).map_or(between, |near| near.nearest);
        let line = line.with_handle(from + 1, on_curve);
        self.hand.selected = Some(Grip::Handle(from + 1));
        self.command(ctx, Command::SetHairline(Some(line)));
    }
}
