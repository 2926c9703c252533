//! What follows from each message. One file a topic.

mod drafts;
mod drawing;
mod files;
mod fills;
mod head;
mod look;
mod painting;
mod portrait;
mod request;
mod shapes;
mod sides;
mod stage;
mod surveys;
mod variants;
mod watch;

pub(super) use look::{StagePictures, TILE};
pub(super) use portrait::PhotoNotes;
pub(super) use request::field_id;
pub(super) use shapes::LineAids;
pub(super) use surveys::Surveyed;
pub(super) use variants::{CARD, VariantPictures};
pub(super) use watch::{Watch, watch_page, watch_stage};

use super::message::Msg;
use super::model::{Busy, Notice, NoticeKind, PhotoSource, Question, Step};
use super::photo::Turned;
use super::{App, Dirty};
use crate::engine::catalog::SampleHead;
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Command, Editor, Refusal};
use crate::engine::i18n::{self, Texts};
use web_sys::HtmlDialogElement;
use yew::prelude::*;

impl App {
    pub(super) fn texts(&self) -> &'static Texts {
        self.language.texts
    }

    /// Carries a message out; says whether the page must be rendered again.
    pub(super) fn act(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let render = self.carry_out(ctx, msg);
        self.follow_photo_check();
        self.follow_face();
        self.unsaved.set(self.editor.has_unsaved_work() || self.request.delivery.is_busy());
        render
    }

    #[expect(clippy::too_many_lines, reason = "one match over every message of the page")]
    fn carry_out(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::WorkshopOpened(worker) => self.worker = Some(worker),
            Msg::Configured(json) => self.configured(ctx, json.as_deref()),
            Msg::DraftFound(found) => self.draft_found(found),
            Msg::DraftKept(kept) => return self.draft_kept(kept),
            Msg::KeepDraft => {
                self.keep_draft(ctx);
                return false;
            }
            Msg::CarpetGrown(seed, pairs) => self.carpet_grown(ctx, seed, &pairs),

            Msg::PhotoPicked(file) => self.photo_picked(ctx, file),
            Msg::SamplePicked(tone) => {
                let side = self.editor.side();
                self.photo_wanted(ctx, PhotoSource::Sample(SampleHead { tone, side }));
            }
            Msg::Side(side) => self.turn_to(ctx, side),
            Msg::ChooseVariant(place) => self.choose_variant(ctx, place),
            Msg::Survey => self.survey_next(ctx),
            Msg::CompareWith(with) => self.compare_with(ctx, with),
            Msg::VariantPicture => {
                self.draw_variant(ctx);
                return false;
            }
            Msg::CopyVariant => self.copy_variant(ctx),
            Msg::NameVariant(name) => self.command(ctx, Command::NameVariant(name)),
            Msg::RemoveVariant => self.command(ctx, Command::RemoveVariant),
            Msg::PhotoLoaded(load, loaded) => self.photo_loaded(ctx, load, loaded),
            Msg::Rotate => self.command(ctx, Command::TurnPhoto),
            Msg::LevelPhoto => self.level_photo(ctx),

            Msg::Go(step) => {
                let was_moving = self.editor.in_gesture();
                self.go(step);
                if was_moving {
                    self.changed(ctx);
                }
                if step == Step::Look {
                    self.see_design(ctx);
                }
                self.repaint(ctx, Dirty::All);
                self.follow_compared();
                self.draw_stages_anew(ctx);
                self.draw_variants_anew(ctx);
            }
            Msg::StageResized(size) => self.stage_resized(ctx, size),
            Msg::Pointer(event) => self.pointer(ctx, event),
            Msg::Hover(at) => return self.hover(at),
            Msg::Zoom(factor, around) => self.zoom(ctx, factor, around),
            Msg::ZoomFit => self.see(ctx, self.viewport.fit()),
            Msg::ZoomFull => self.zoom_full(ctx),
            Msg::Key(stroke) => return self.key(ctx, &stroke),
            Msg::KeyUp(key) => return self.key_up(ctx, &key),
            Msg::Frame => {
                self.paint();
                return false;
            }

            Msg::Undo => self.undo(ctx),
            Msg::Redo => self.redo(ctx),
            Msg::Select(grip) => self.select(ctx, grip),
            Msg::Nudge(dx, dy) => self.nudge(ctx, dx, dy),
            Msg::RemoveGrip => self.remove_grip(ctx),
            Msg::AddHandle => self.add_handle(ctx),
            Msg::Tool(kind) => self.take_tool(ctx, kind),

            Msg::MeasureBy(by) => self.measure_by(ctx, by),
            Msg::PlaceMarks => self.place_marks(ctx),
            Msg::ClearMarks => self.clear_marks(ctx),
            Msg::Distance(distance) => self.set_distance(ctx, distance),
            Msg::Taken(side, camera) => self.set_taken(ctx, side, camera),
            Msg::Head(head) => self.set_head(ctx, head),
            Msg::GuessHead => self.guess_head(ctx),
            Msg::Shape(place) => self.choose_shape(ctx, place),
            Msg::Recipe(part, value) => self.change_recipe(ctx, part, value),
            Msg::MakeAlike(half) => self.make_alike(ctx, half),
            Msg::TurnCorner => self.turn_corner(ctx),
            Msg::TemplePeaks => self.add_temple_peaks(ctx),
            Msg::Guide(place) => self.toggle_guide(place),
            Msg::Snap(on) => self.aids.passes = !on,
            Msg::Free => {
                self.aids.free = true;
                return false;
            }
            Msg::Mirror(on) => self.mirrored = on,
            Msg::RemoveLine => self.command(ctx, Command::SetHairline(None)),
            Msg::FillToHere(on) => self.fill_to_here(ctx, on),
            Msg::FillScalp(end) => self.fill_scalp(ctx, end),
            Msg::SeekScalp(end) => self.seek_scalp(ctx, end),
            Msg::FillDensity(density) => self.fill_density(ctx, density),
            Msg::FillRear(rear) => self.fill_rear(ctx, rear),
            Msg::Brush(brush) => self.brush = brush,
            Msg::ChangeFill(place, op) => self.change_fill(ctx, place, op),
            Msg::RemoveFill(place) => self.command(ctx, Command::RemoveFill(place)),
            Msg::ClearFill => self.command(ctx, Command::ClearFill),
            Msg::Look(look) => self.set_look(ctx, look),
            Msg::LookChosen(look) => self.choose_look(ctx, look),
            Msg::ShadeTaken(look) => {
                self.choose_look(ctx, look);
                self.take_tool(ctx, ToolKind::View);
            }
            Msg::StagePicture => {
                self.draw_stage(ctx);
                return false;
            }
            Msg::RemoveProbe => self.command(ctx, Command::SetProbe(None)),
            Msg::Settled => self.settled(ctx),
            Msg::Split(split) => self.split(ctx, split),
            Msg::HoldBefore(held) => self.hold_before(ctx, held),

            Msg::PictureFormat(format) => self.save.format = format,
            Msg::SavePicture(what) => self.save_picture(ctx, what),
            Msg::PictureMade(what, blob) => self.picture_made(what, blob),
            Msg::SaveDesign => self.save_design(),
            Msg::DesignPicked(file) => return self.design_picked(ctx, file),
            Msg::DesignRead(bytes) => self.design_read(ctx, bytes),

            Msg::Field(field, text) => self.field(field, text),
            Msg::Consent(field, ticked) => self.consent(field, ticked),
            Msg::Review => self.review(ctx),
            Msg::ReviewReady(of, pictures) => self.review_ready(ctx, of, pictures),
            Msg::LeaveReview => self.leave_review(),
            Msg::Send => self.send(ctx),
            Msg::Delivered(id, attempt, outcome) => self.delivered(ctx, id, attempt, &outcome),
            Msg::RetryNow(waiting) => self.retry_now(ctx, waiting),
            Msg::CancelSend => self.cancel_send(),
            Msg::SaveRequest => self.save_request(),

            Msg::Ask(question) => self.ask(question),
            Msg::Answer(answer) => self.answer(ctx, answer),
            Msg::DismissNotice => self.notice = None,
            Msg::Deleted(outcome) => self.deleted(outcome),
        }
        true
    }

    fn say(&mut self, kind: NoticeKind, text: impl Into<String>) {
        self.notice = Some(Notice { kind, text: text.into() });
    }

    /// Does a command as one step and shows what came of it.
    fn command(&mut self, ctx: &Context<Self>, command: Command) {
        let moves_marks = matches!(command, Command::Calibrate(_) | Command::SetGlabella(_));
        let is_other = matches!(command, Command::Load(_) | Command::RemoveVariant);
        let before = self.treated();
        let outcome = self.editor.apply(command);
        if outcome.is_ok() && moves_marks {
            self.see_head();
        }
        // Another design has the look that was chosen for it.
        if is_other {
            self.compare.with = None;
        } else {
            self.follow_treated(before);
        }
        self.report(outcome);
        self.changed(ctx);
    }

    fn report(&mut self, outcome: Result<(), Refusal>) {
        match outcome {
            Ok(()) if self.notice.as_ref().is_some_and(|notice| notice.kind == NoticeKind::Fault) => self.notice = None,
            Ok(()) => {}
            Err(refusal) => {
                let text = i18n::refusal(self.texts(), refusal);
                self.say(NoticeKind::Fault, text);
            }
        }
    }

    fn undo(&mut self, ctx: &Context<Self>) {
        self.retrace(ctx, Editor::undo);
    }

    fn redo(&mut self, ctx: &Context<Self>) {
        self.retrace(ctx, Editor::redo);
    }

    /// Goes a step back or forward, to the side on which it was.
    fn retrace(&mut self, ctx: &Context<Self>, go: fn(&mut Editor) -> bool) {
        // Pictures are made of what is shown.
        if self.busy == Some(Busy::Making) {
            return;
        }
        self.hand.cancel(&mut self.editor);
        let side = self.editor.side();
        go(&mut self.editor);
        if self.editor.side() != side {
            self.side_turned();
        }
        self.changed(ctx);
    }

    /// Before the page takes the dialog away: the browser gives the focus back where it was.
    fn close_dialog(&self) {
        if let Some(dialog) = self.dialog.cast::<HtmlDialogElement>() {
            dialog.close();
        }
    }

    /// Asks something, in place of what was asked before.
    fn ask(&mut self, question: Question) {
        self.close_dialog();
        self.question = Some(question);
    }

    fn answer(&mut self, ctx: &Context<Self>, answer: Option<bool>) {
        self.close_dialog();
        let Some(question) = self.question.take() else { return };
        let Some(yes) = answer else { return };
        match (question, yes) {
            (Question::NewPhoto(source), true) => self.load_photo(ctx, source, Turned::default()),
            (Question::OpenDesign(design), true) => self.open_design(ctx, &design),
            (Question::DeleteAll, true) => self.delete_all(ctx),
            (Question::RemovePhoto, true) => self.remove_photo(ctx),
            (Question::Draft(draft), true) => self.open_draft(ctx, &draft),
            (Question::Draft(_), false) => self.delete_draft(ctx),
            (Question::NewPhoto(_) | Question::OpenDesign(_) | Question::DeleteAll | Question::RemovePhoto, false) => {}
        }
    }

    fn repaint(&mut self, ctx: &Context<Self>, dirty: Dirty) {
        self.dirty = Some(self.dirty.map_or(dirty, |before| before.and(dirty)));
        if self.frame.is_none() {
            let link = ctx.link().clone();
            self.frame = Some(gloo::render::request_animation_frame(move |_| link.send_message(Msg::Frame)));
        }
    }
}
