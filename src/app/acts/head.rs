//! How the skull stands in the picture: looked for in the photo, said by the visitor, or set by hand.

use super::super::App;
use crate::app::model::MeasureBy;
use crate::engine::calibration::{Head, Side};
use crate::engine::catalog::{NORMS, Norm, Norms};
use crate::engine::editor::{Command, seen_head};
use crate::engine::geometry::Mm;
use yew::prelude::*;

impl App {
    /// Looks for the skull anew, as soon as anything says where it may be and unless a hand has set it. What is seen goes
    /// with the step that led to it.
    pub(super) fn see_head(&mut self) {
        let view = self.editor.view();
        let wanted = view.calibration.is_some() || view.head.is_some();
        if wanted && !view.head.is_some_and(|head| head.by_hand) {
            self.amend_head();
        }
    }

    /// The same after a design or a photo was opened: what the program sees is no work of the visitor. A head that stands
    /// under what is drawn stays; on a side without a face it is a guess until the photo was seen.
    pub(super) fn see_head_of_opened(&mut self) {
        let is_saved = !self.editor.has_unsaved_work();
        if self.editor.view().head.is_none() || !self.editor.view().has_drawing() {
            self.see_head();
        }
        if is_saved {
            self.editor.mark_saved();
        }
    }

    /// There is a head to be taken hold of.
    pub(super) fn want_head(&mut self, ctx: &Context<Self>) {
        if self.editor.view().head.is_none() {
            self.amend_head();
            self.changed(ctx);
        }
    }

    fn amend_head(&mut self) {
        let (side, camera) = self.taken();
        let head = self.seen(side, camera);
        let outcome = self.editor.amend(Command::SetHead(Some(head)));
        self.report(outcome);
    }

    /// What the photo shows and from where it was taken, as far as it was said.
    pub(crate) fn taken(&self) -> (Side, Mm) {
        let head = self.editor.view().head;
        let usual = || Mm(self.editor.norms().get(Norm::CameraDistance));
        (self.editor.side(), head.map_or_else(usual, |head| head.camera))
    }

    /// The skull as the photo shows it, when it was taken from there.
    pub(super) fn seen(&self, side: Side, camera: Mm) -> Head {
        let mut numbers = self.config.norms.clone();
        numbers.extend(NORMS.get(Norm::CameraDistance as usize).map(|row| (row.key.to_owned(), camera.0)));
        let (norms, _) = Norms::with_overrides(&numbers);
        seen_head(self.editor.view(), &norms, side, self.sight().as_ref())
    }

    /// The visitor says what the photo shows, or how it was taken. Where no eyes are seen, a known length is measured.
    pub(super) fn set_taken(&mut self, ctx: &Context<Self>, side: Side, camera: Mm) {
        if side != self.editor.side() {
            return self.move_to(ctx, side);
        }
        let head = match self.editor.view().head {
            Some(head) if head.by_hand => Head { camera, ..head },
            _ => self.seen(side, camera),
        };
        let is_measured_by_eyes = self.editor.view().eyes().is_some();
        self.editor.begin();
        self.command(ctx, Command::SetHead(Some(head)));
        if side != Side::Front && is_measured_by_eyes {
            self.measure_by(ctx, MeasureBy::Length);
        }
        self.settled(ctx);
    }

    /// The outline, turn or nod is being changed by hand.
    pub(super) fn set_head(&mut self, ctx: &Context<Self>, head: Head) {
        self.editor.begin();
        self.command(ctx, Command::SetHead(Some(Head { by_hand: true, ..head })));
    }

    pub(super) fn guess_head(&mut self, ctx: &Context<Self>) {
        let (side, camera) = self.taken();
        let head = self.seen(side, camera);
        self.command(ctx, Command::SetHead(Some(head)));
    }

    /// What is measured by follows the design, also after undo.
    pub(super) fn follow_marks(&mut self) {
        let by_eyes = self.editor.view().calibration.map(|calibration| calibration.reference.is_pupils());
        match (by_eyes, self.taken().0) {
            (Some(true), _) => self.measure_by = MeasureBy::Eyes,
            (None, Side::Front) => {}
            (Some(false), _) | (None, _) => self.measure_by = MeasureBy::Length,
        }
    }
}
