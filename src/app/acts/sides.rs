//! The sides of the head: which one is shown, and what is on it.

use crate::app::App;
use crate::app::model::{Busy, MeasureBy, Step};
use crate::engine::calibration::{Head, Side};
use crate::engine::catalog::{SampleHead, SampleTone};
use crate::engine::design::View;
use crate::engine::editor::Command;
use crate::engine::editor::tools::Hand;
use yew::prelude::*;

impl App {
    /// Shows another side. One without a photo asks for it.
    pub(super) fn turn_to(&mut self, ctx: &Context<Self>, side: Side) {
        // Pictures are made of what is shown.
        if side == self.editor.side() || self.busy == Some(Busy::Making) {
            return;
        }
        self.hand.cancel(&mut self.editor);
        self.editor.turn_to(side);
        self.side_turned();
        if self.editor.view().photo.is_none() || self.is_photo_missing() {
            self.go(Step::Photo);
        }
        self.changed(ctx);
    }

    /// Another side is shown than before.
    pub(super) fn side_turned(&mut self) {
        // What is still being opened belongs to the side that was shown.
        self.load += 1;
        self.busy = None;
        self.hand = Hand::default();
        self.probed = None;
        self.cursor = None;
        self.measure_by = if self.editor.side() == Side::Front { MeasureBy::Eyes } else { MeasureBy::Length };
    }

    /// The photo shows another side than the one where it lies: it goes there, with everything on it.
    pub(super) fn move_to(&mut self, ctx: &Context<Self>, side: Side) {
        let outcome = self.editor.apply(Command::MoveTo(side));
        self.report(outcome);
        let is_guessed = self.editor.design().views.of(side).head.is_some_and(|head| !head.by_hand);
        self.editor.turn_to(side);
        if is_guessed {
            let head: Head = self.seen(side, self.taken().1);
            let outcome = self.editor.amend(Command::SetHead(Some(head)));
            self.report(outcome);
        }
        if side != Side::Front && self.editor.view().eyes().is_some() {
            self.measure_by(ctx, MeasureBy::Length);
        }
        self.changed(ctx);
    }

    /// Whether any side has a photo.
    pub(crate) fn has_photos(&self) -> bool {
        self.editor.design().views.each().next().is_some()
    }

    /// Whether the photo of the side is being opened.
    pub(crate) fn is_photo_coming(&self) -> bool {
        self.busy == Some(Busy::Opening) && self.editor.view().photo.is_some() && !self.is_photo_missing()
    }

    /// The skin tone in which the sample head is shown, where it is on any side.
    pub(crate) fn sample_shown(&self) -> Option<SampleTone> {
        let head = |view: &View| view.photo.as_ref().and_then(|photo| SampleHead::named(&photo.digest));
        self.editor.design().views.each().find_map(|(_, view)| head(view)).map(|head| head.tone)
    }

    /// Takes the photo of the side away; the first side that has one is shown.
    pub(super) fn remove_photo(&mut self, ctx: &Context<Self>) {
        let outcome = self.editor.apply(Command::RemovePhoto);
        self.report(outcome);
        self.album.keep_only(self.editor.design());
        let next = self.editor.design().views.each().next().map(|(side, _)| side);
        self.go(Step::Photo);
        self.changed(ctx);
        self.turn_to(ctx, next.unwrap_or_default());
    }
}
