//! The figures of the design: over all sides, each surveyed when it changed.

use crate::app::App;
use crate::app::message::Msg;
use crate::engine::calibration::Side;
use crate::engine::design::{Look, View};
use crate::engine::dots::Field;
use crate::engine::measure::{Figures, Survey};
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// How long the page rests before a side that is not shown is surveyed.
const REST_MS: u32 = 120;

/// What a side's dots say of the skin, and of what view and look they were.
pub(crate) struct Surveyed {
    side: Side,
    view: View,
    look: Look,
    survey: Rc<Survey>,
}

impl App {
    /// Counts and measures the side that is shown; the others follow when the page rests.
    pub(super) fn measure(&mut self, ctx: &Context<Self>) {
        let side = self.editor.side();
        if let Some(field) = self.field.take() {
            if self.photo.is_some() && !self.is_known(side, self.editor.view()) {
                self.survey(side, &field);
            }
            self.field = Some(field);
        }
        self.figures = self.figures_of_surveyed();
        if self.stale_side().is_some() {
            let link = ctx.link().clone();
            self.surveying = Some(Timeout::new(REST_MS, move || link.send_message(Msg::Survey)));
        }
    }

    /// Surveys a side that is not shown.
    pub(super) fn survey_next(&mut self, ctx: &Context<Self>) {
        let Some((side, field)) = self.stale_side().zip(self.field.as_ref()) else { return };
        let mut field = field.afresh();
        field.sync_side(self.editor.design(), side, self.editor.norms());
        self.survey(side, &field);
        self.measure(ctx);
    }

    fn survey(&mut self, side: Side, field: &Field) {
        let (design, norms) = (self.editor.design(), self.editor.norms());
        let (view, look) = (design.views.of(side).clone(), design.look.clone());
        let survey = Rc::new(Survey::of(field, &view, norms));
        self.surveys.retain(|known| known.side != side);
        self.surveys.push(Surveyed { side, view, look, survey });
    }

    /// Whether the survey of a side is of what is there now.
    fn is_known(&self, side: Side, view: &View) -> bool {
        let look = &self.editor.design().look;
        self.surveys.iter().any(|known| known.side == side && known.view == *view && known.look == *look)
    }

    /// A side with something on it whose survey is not of what is there now.
    fn stale_side(&self) -> Option<Side> {
        let (design, shown) = (self.editor.design(), self.editor.side());
        let is_stale =
            |(side, view): &(Side, &View)| *side != shown && !view.fill.is_empty() && !self.is_known(*side, view);
        self.field.as_ref().and_then(|_| design.views.each().find(is_stale)).map(|(side, _)| side)
    }

    fn figures_of_surveyed(&self) -> Option<Rc<Figures>> {
        let design = self.editor.design();
        let is_there = |side: Side| !design.views.of(side).fill.is_empty() || side == self.editor.side();
        let of_side = |side: Side| self.surveys.iter().find(|known| known.side == side && is_there(side));
        let surveys: Vec<_> = Side::ALL.into_iter().filter_map(of_side).map(|s| (s.side, s.survey.clone())).collect();
        (!surveys.is_empty() && self.has_photos())
            .then(|| Rc::new(Figures::over(design, &surveys, self.editor.norms())))
    }
}
