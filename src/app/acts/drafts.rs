//! The draft on the device: kept a moment after each change, offered at the next start, deleted on demand.

use super::NoticeKind;
use crate::app::message::Msg;
use crate::app::model::{Question, RequestState, Step};
use crate::app::photo::Album;
use crate::app::{App, Dirty, new_editor};
use crate::engine::design::file;
use crate::engine::editor::tools::Hand;
use crate::engine::i18n::{age_of, draft_fault, fill};
use crate::engine::ports::{Clock, Draft, DraftFault, DraftStore};
use crate::platform::clock::DeviceClock;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// How long after a change the draft is kept: long enough to wait for the end of a run of changes.
const KEEP_AFTER_MS: u32 = 400;
/// Milliseconds of a day.
const DAY_MS: f64 = 86_400_000.0;

impl App {
    pub(super) fn look_for_draft(&mut self, ctx: &Context<Self>) {
        let store = self.store;
        ctx.link().send_future(async move { Msg::DraftFound(store.load().await) });
    }

    pub(super) fn draft_found(&mut self, found: Result<Option<Draft>, DraftFault>) {
        match found {
            Ok(Some(draft)) => {
                let age = DeviceClock.now_ms() - draft.kept_at_ms;
                let allowed = f64::from(self.config.draft_days) * DAY_MS;
                if age > allowed || age < -DAY_MS {
                    return self.forget_draft();
                }
                if file::read(draft.design.as_bytes()).is_err() {
                    return self.say(NoticeKind::Info, self.texts().draft_broken);
                }
                if self.photo.is_none() {
                    self.ask(Question::Draft(Rc::new(draft)));
                }
            }
            Ok(None) => {}
            Err(_) => self.drafts_work = false,
        }
    }

    /// When the draft was kept, in words.
    pub(crate) fn draft_age(draft: &Draft) -> String {
        age_of(draft.kept_at_ms)
    }

    pub(super) fn open_draft(&mut self, ctx: &Context<Self>, draft: &Draft) {
        let Ok(design) = file::read(draft.design.as_bytes()) else {
            return self.say(NoticeKind::Fault, self.texts().draft_broken);
        };
        self.album.keep_bytes(draft.photos.as_deref().unwrap_or_default());
        self.open_design(ctx, &design);
        if !self.is_photo_missing() {
            self.notice = None;
            self.go(step_reached(&design));
        }
    }

    /// Keeps the draft when the visitor rests for a moment.
    pub(super) fn draft_soon(&mut self, ctx: &Context<Self>) {
        if !self.drafts_work || self.photo.is_none() {
            return;
        }
        let link = ctx.link().clone();
        self.keeping = Some(Timeout::new(KEEP_AFTER_MS, move || link.send_message(Msg::KeepDraft)));
    }

    pub(super) fn keep_draft(&mut self, ctx: &Context<Self>) {
        if !self.editor.design().has_work() {
            return;
        }
        let Ok(design) = file::write(self.editor.design()) else {
            self.draft_kept(Err(DraftFault::Failed));
            return;
        };
        // Photos weigh a thousand times what a design does: they are written when they are others.
        let digests: Vec<String> = self.album.digests();
        let photos = (self.kept_photos != digests).then(|| self.album.bytes());
        self.kept_photos = digests;
        let draft = Draft { kept_at_ms: DeviceClock.now_ms(), design, photos };
        let store = self.store;
        ctx.link().send_future(async move { Msg::DraftKept(store.keep(draft).await) });
    }

    pub(super) fn draft_kept(&mut self, kept: Result<(), DraftFault>) -> bool {
        let Err(fault) = kept else { return false };
        self.kept_photos = Vec::new();
        // Said once: a visitor who knows it need not hear it after every stroke.
        self.drafts_work = false;
        let text = draft_fault(self.texts(), fault);
        self.say(NoticeKind::Info, text);
        true
    }

    fn forget_draft(&mut self) {
        self.kept_photos.clear();
        let store = self.store;
        wasm_bindgen_futures::spawn_local(async move {
            // It is asked for again at the next start.
            let _ = store.delete().await;
        });
    }

    pub(super) fn delete_draft(&mut self, ctx: &Context<Self>) {
        self.kept_photos.clear();
        let store = self.store;
        ctx.link().send_future(async move { Msg::Deleted(store.delete().await) });
    }

    /// Removes photo, design and form from the page, and everything from the device.
    pub(super) fn delete_all(&mut self, ctx: &Context<Self>) {
        self.load += 1;
        self.keeping = None;
        self.retry = None;
        self.transport.cancel();
        self.close_photo();
        self.album = Album::default();
        self.editor = new_editor(self.editor.norms().clone());
        self.hand = Hand::default();
        self.field = None;
        self.figures = None;
        self.surveys = Vec::new();
        self.busy = None;
        self.request = RequestState::default();
        self.go(Step::Photo);
        self.repaint(ctx, Dirty::All);
        self.delete_draft(ctx);
    }

    pub(super) fn deleted(&mut self, outcome: Result<(), DraftFault>) {
        match outcome {
            Ok(()) | Err(DraftFault::NoStore) => self.say(NoticeKind::Good, self.texts().deleted),
            Err(fault) => {
                let text = draft_fault(self.texts(), fault);
                self.say(NoticeKind::Fault, text);
            }
        }
    }

    /// The draft and the photo are not needed any more: the clinic has them.
    pub(super) fn clear_after_send(&mut self) {
        self.keeping = None;
        self.editor.mark_saved();
        self.forget_draft();
    }

    /// What is said about keeping, in the panel of the last step.
    pub(crate) fn draft_remark(&self) -> Option<String> {
        (!self.drafts_work).then(|| fill(self.texts().draft_off, &[]))
    }
}

/// How far a design has come.
fn step_reached(design: &crate::engine::design::Design) -> Step {
    let Some((_, view)) = design.views.each().next() else { return Step::Photo };
    match (&view.hairline, view.fill.is_empty(), view.calibration) {
        (_, false, _) => Step::Look,
        (Some(_), true, _) => Step::Density,
        (None, true, Some(_)) => Step::Hairline,
        (None, true, None) => Step::Size,
    }
}
