//! Marks, line, fill and look.

use super::super::App;
use crate::app::model::MeasureBy;
use crate::engine::calibration::{Calibration, Reference};
use crate::engine::catalog::Norm;
use crate::engine::design::{FillOp, FillToHere, Look};
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{
    Command, Grip, Sight, Treated, average_pupils, bank_card, default_boundary, default_marks, handle_half_way,
};
use crate::engine::geometry::Mm;
use yew::prelude::*;

impl App {
    pub(super) fn usual_reference(&self) -> Reference {
        match self.measure_by {
            MeasureBy::Eyes => average_pupils(self.editor.norms()),
            MeasureBy::Length => bank_card(self.editor.norms()),
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
        let (a, b) = default_marks(self.editor.view());
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
            (MeasureBy::Eyes, None) => average_pupils(self.editor.norms()),
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
        Treated::of(self.editor.design())
    }

    /// The look follows what came to be treated, or is no more. It goes with the step that led to it.
    pub(super) fn follow_treated(&mut self, before: Treated) {
        let now = self.treated();
        if now != before {
            let look = now.look(before, &self.editor.design().look);
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
        match handle_half_way(self.editor.view(), self.hand.selected) {
            Ok(Some((command, grip))) => {
                self.hand.selected = Some(grip);
                self.command(ctx, command);
            }
            Ok(None) => {}
            Err(refusal) => self.report(Err(refusal)),
        }
    }
}
