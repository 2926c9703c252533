//! Fills that end where the visitor's own hair or the background is seen to begin.

use super::NoticeKind;
use crate::app::App;
use crate::app::message::Msg;
use crate::app::model::Busy;
use crate::engine::calibration::Side;
use crate::engine::design::FillToHere;
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Command, FillEnd, scalp_fill};
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// Looking and placing the dots takes some 0.1 s: so long, two frames, the page has to say so before.
const SAY_FIRST_MS: u32 = 32;

impl App {
    /// Says that the scalp is being looked for, and looks for it after that.
    pub(super) fn fill_scalp(&mut self, ctx: &Context<Self>, end: FillEnd) {
        if self.busy.is_some() {
            return;
        }
        self.hand.cancel(&mut self.editor);
        // What was said of an earlier try does not hold for this one.
        self.notice = None;
        self.busy = Some(Busy::Seeking);
        let link = ctx.link().clone();
        Timeout::new(SAY_FIRST_MS, move || link.send_message(Msg::SeekScalp(end))).forget();
    }

    /// Fills the scalp up to the visitor's own hair, or the whole head. Where the photo does not show the end, other ways
    /// are told.
    pub(super) fn seek_scalp(&mut self, ctx: &Context<Self>, end: FillEnd) {
        // Another side or photo may have been asked for meanwhile.
        if self.busy != Some(Busy::Seeking) {
            return;
        }
        self.busy = None;
        let (view, norms) = (self.editor.view(), self.editor.norms());
        let Some(fill) = self.sight().and_then(|sight| scalp_fill(view, norms, &sight, end)) else {
            let texts = self.texts();
            let has_line = view.hairline.is_some();
            let text = if has_line { texts.density_not_seen } else { texts.density_not_seen_side };
            return self.say(NoticeKind::Info, text);
        };
        self.tools.density = ToolKind::Area;
        self.hand.selected = None;
        self.command(ctx, Command::FillToHere(Some(fill)));
        let is_little = self.figures.as_ref().is_some_and(|figures| figures.is_little_skin());
        if is_little && self.editor.side() == Side::Front {
            self.say(NoticeKind::Info, self.texts().density_little);
        }
    }

    /// The share of the density that is left at the rear is being changed by a slider.
    pub(super) fn fill_rear(&mut self, ctx: &Context<Self>, rear: f64) {
        let Some((_, fill)) = self.editor.view().fill_to_here() else { return };
        let fill = FillToHere { rear, ..fill.clone() };
        self.editor.begin();
        self.command(ctx, Command::FillToHere(Some(fill)));
    }
}
