//! The consultation request: form, review, sending.

use super::NoticeKind;
use crate::app::App;
use crate::app::message::Msg;
use crate::app::model::{Busy, PhotoSource, RequestState, Review};
use crate::app::photo::{self, Turned};
use crate::engine::calibration::Side;
use crate::engine::catalog::Norms;
use crate::engine::consult::{
    ConsentRecord, Delivery, FormField, Pictures, RequestHead, Verdict, parcel, standalone_file,
};
use crate::engine::design::{Design, View, file};
use crate::engine::dots::{Carpet, Dot, Field};
use crate::engine::export::{Format, SENT_SIDE, scaled_to_side};
use crate::engine::i18n::{Texts, fill, shade_name, variant_name};
use crate::engine::ports::{Parcel, Transport};
use crate::platform::clock::{now_iso, random_id};
use crate::platform::files::{self, ShownBlob};
use crate::platform::picture::Picture;
use crate::worker::{ComposePlan, Workshop};
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

impl App {
    pub(super) fn field(&mut self, field: FormField, text: String) {
        let form = &mut self.request.form;
        match field {
            FormField::Name => form.name = text,
            FormField::Email => form.email = text,
            FormField::Phone => form.phone = text,
            FormField::Message => form.message = text,
            FormField::ToClinic | FormField::Adult => {}
        }
        self.request_changed();
    }

    pub(super) fn consent(&mut self, field: FormField, ticked: bool) {
        let consents = &mut self.request.form.consents;
        match field {
            FormField::ToClinic => consents.to_clinic = ticked,
            FormField::Adult => consents.adult = ticked,
            _ => {}
        }
        self.request_changed();
    }

    /// What was reviewed is not what would be sent any more: the next review makes a new request with a new id.
    fn request_changed(&mut self) {
        self.request.review = None;
        if !self.request.delivery.is_busy() {
            self.request.delivery = Delivery::Idle;
        }
    }

    pub(super) fn review(&mut self, ctx: &Context<Self>) {
        self.request.checked = true;
        if let Some((field, _)) = self.request.form.faults().first() {
            self.focus = Some(format!("#{}", field_id(*field)));
            return;
        }
        if !self.has_photos() {
            return self.say(NoticeKind::Fault, self.texts().save_no_photo);
        }
        if !self.save.reads_back {
            return self.say(NoticeKind::Fault, self.texts().save_noisy);
        }
        let field = self.field.as_ref().map(Field::afresh);
        let design = Rc::new(self.editor.design().clone());
        let shots: Vec<Shot> = design.views.each().filter_map(|(side, view)| self.shot(side, view)).collect();
        self.busy = Some(Busy::Making);
        let (workshop, link, texts) = (self.workshop.clone(), ctx.link().clone(), self.texts());
        let norms = self.editor.norms().clone();
        wasm_bindgen_futures::spawn_local(async move {
            // A visitor may be faster than the dots grow.
            let field = match field {
                Some(field) => field,
                None => {
                    let pairs = workshop.carpet(design.seed).await.unwrap_or_default();
                    let carpet = Carpet::from_pairs(&pairs).unwrap_or_else(|| Carpet::grow(design.seed));
                    Field::new(Rc::new(carpet), design.seed)
                }
            };
            let mut made = Some(Vec::new());
            for shot in shots {
                let mut field = field.afresh();
                field.sync_side(&design, shot.side, &norms);
                let pictures = shot.taken(&field, (&design, &norms), workshop.clone(), texts).await;
                made = made.zip(pictures).map(|(mut made, pictures)| {
                    made.push(pictures);
                    made
                });
            }
            link.send_message(Msg::ReviewReady(design, made));
        });
    }

    /// What it takes to make the pictures of a side; `None` for one whose photo is not at hand.
    fn shot(&self, side: Side, view: &View) -> Option<Shot> {
        let photo = view.photo.as_ref()?;
        let size = scaled_to_side(photo.width, photo.height, SENT_SIDE);
        let plans = [false, true].map(|dotted| self.plan(side, vec![self.caption(dotted)], size, Format::Jpeg));
        let open = self.photo.as_ref().filter(|open| open.reference() == *photo).map(|open| open.picture.clone());
        Some(Shot { side, source: self.album.source(&photo.digest)?, turned: Turned::from(photo), open, plans })
    }

    pub(super) fn review_ready(&mut self, ctx: &Context<Self>, of: Rc<Design>, pictures: Option<Vec<Pictures>>) {
        self.busy = None;
        if *of != *self.editor.design() {
            return self.review(ctx);
        }
        let review = pictures.and_then(|pictures| self.reviewed(of, pictures));
        if review.is_none() {
            self.say(NoticeKind::Fault, self.texts().save_failed);
        }
        self.request.review = review;
        self.focus = Some("#panel-title".to_owned());
    }

    /// What was reviewed is of another design, unless it is on its way.
    pub(super) fn follow_reviewed(&mut self) {
        let design = self.editor.design();
        if !self.request.delivery.is_busy() && self.request.review.as_ref().is_some_and(|review| *review.of != *design)
        {
            self.request.review = None;
        }
    }

    fn reviewed(&self, of: Rc<Design>, pictures: Vec<Pictures>) -> Option<Review> {
        let shown = |bytes: &[u8]| ShownBlob::new(&files::blob(bytes, "image/jpeg").ok()?);
        let both = |side: &Pictures| shown(&side.before).zip(shown(&side.after));
        let figures = self.figures.as_ref()?;
        let id = random_id();
        let now = now_iso();
        let consents = self.consents(&now);
        let head = RequestHead {
            id: &id,
            clinic: &self.config.contact.name,
            made_at: &now,
            language: self.language.tag,
            form: &self.request.form,
            consents: &consents,
            figures,
            look: &of.look,
            notice: self.texts().simulation,
        };
        let request = head.json().ok()?;
        let shown = Rc::new(pictures.iter().map(both).collect::<Option<Vec<_>>>()?);
        let design = file::write(&of.chosen_alone()).ok()?;
        Some(Review { pictures, shown, request, design, id, lines: self.review_lines(), of })
    }

    fn consents(&self, now: &str) -> Vec<ConsentRecord> {
        let record = |key, text: String| ConsentRecord {
            key,
            text,
            version: self.config.consent_version.clone(),
            given_at: now.to_owned(),
        };
        vec![record("send", self.consent_text()), record("adult", self.texts().consent_adult.to_owned())]
    }

    /// The words of the first consent, with the clinic's name.
    pub(crate) fn consent_text(&self) -> String {
        fill(self.texts().consent_send, &[("clinic", self.clinic_name())])
    }

    /// The clinic's name, or the word for it.
    pub(crate) fn clinic_name(&self) -> &str {
        let name = self.config.contact.name.trim();
        if name.is_empty() { self.texts().the_clinic } else { name }
    }

    pub(super) fn leave_review(&mut self) {
        self.request_changed();
        self.focus = Some("#panel-title".to_owned());
    }

    fn packed(&self) -> Option<(String, Parcel)> {
        let review = self.request.review.as_ref()?;
        let endpoint = self.config.endpoint.as_ref()?;
        Some((review.id.clone(), parcel(endpoint, &review.request, &review.design, &review.pictures)))
    }

    /// The only place from which anything leaves the device.
    fn dispatch(&mut self, ctx: &Context<Self>, attempt: u32) {
        let Some((id, parcel)) = self.packed() else { return };
        self.request.delivery = Delivery::Sending { id: id.clone(), attempt };
        let sending = self.transport.send(parcel);
        ctx.link().send_future(async move { Msg::Delivered(id, attempt, sending.await) });
    }

    pub(super) fn send(&mut self, ctx: &Context<Self>) {
        if self.request.delivery.is_busy() {
            return;
        }
        if matches!(&self.request.delivery, Delivery::Refused { verdict: Verdict::IdTaken, .. })
            && let Some(Review { of, pictures, .. }) = self.request.review.clone()
        {
            self.request.review = self.reviewed(of, pictures);
        }
        self.dispatch(ctx, 1);
    }

    pub(super) fn delivered(
        &mut self,
        ctx: &Context<Self>,
        id: String,
        attempt: u32,
        outcome: &Result<crate::engine::ports::Answer, crate::engine::ports::TransportFault>,
    ) {
        if !matches!(&self.request.delivery, Delivery::Sending { id: sent, .. } if *sent == id) {
            return;
        }
        let next = Delivery::after(id, attempt, outcome);
        match &next {
            Delivery::Waiting { wait_ms, .. } => {
                let (link, waiting) = (ctx.link().clone(), next.clone());
                self.retry = Some(Timeout::new(*wait_ms, move || link.send_message(Msg::RetryNow(waiting))));
            }
            Delivery::Confirmed { id } => {
                self.host.request_sent(id);
                self.request.form = Default::default();
                self.request.checked = false;
                self.notice = None;
                self.clear_after_send();
            }
            _ => {}
        }
        self.request.delivery = next;
        self.focus = Some("#delivery".to_owned());
    }

    pub(super) fn retry_now(&mut self, ctx: &Context<Self>, waiting: Delivery) {
        if self.request.delivery != waiting {
            return;
        }
        if let Delivery::Waiting { attempt, .. } = waiting {
            self.dispatch(ctx, attempt + 1);
        }
    }

    pub(super) fn cancel_send(&mut self) {
        self.retry = None;
        self.transport.cancel();
        if let Delivery::Sending { id, .. } | Delivery::Waiting { id, .. } = self.request.delivery.clone() {
            self.request.delivery = Delivery::Unconfirmed { id, cancelled: true };
        }
    }

    /// The request as one file, for a clinic without an address or a visitor without a network.
    pub(super) fn save_request(&mut self) {
        let Some(review) = &self.request.review else { return };
        let name = "hairline-request.html";
        let html =
            standalone_file(self.texts().title, &review.lines, &review.request, &review.design, &review.pictures);
        let saved = files::blob(html.as_bytes(), "text/html").ok().and_then(|blob| files::save(&blob, name).ok());
        match saved {
            Some(()) => {
                self.editor.mark_saved();
                self.say(NoticeKind::Good, fill(self.texts().sent_file, &[("name", name)]));
            }
            None => self.say(NoticeKind::Fault, self.texts().save_failed),
        }
    }

    fn review_lines(&self) -> Vec<(String, String)> {
        let RequestState { form, .. } = &self.request;
        let texts = self.texts();
        let look = &self.editor.design().look;
        let mut lines = vec![(texts.review_to.to_owned(), self.clinic_name().to_owned())];
        let design = self.editor.design();
        if design.variants() > 1 {
            lines.push((texts.review_variant.to_owned(), variant_name(texts, design, design.place.into())));
        }
        let fields = [
            (texts.field_name, &form.name),
            (texts.field_email, &form.email),
            (texts.field_phone, &form.phone),
            (texts.field_message, &form.message),
        ];
        lines.extend(
            fields
                .iter()
                .filter(|(_, text)| !text.trim().is_empty())
                .map(|(name, text)| (name.to_string(), text.to_string())),
        );
        lines.push((texts.look_shade.to_owned(), shade_name(texts, &look.shade).to_owned()));
        lines.extend(self.photo_note_lines());
        lines.extend(self.figure_lines());
        lines
    }
}

/// A side whose pictures are to be made.
struct Shot {
    side: Side,
    source: PhotoSource,
    turned: Turned,
    /// Its picture, where that is open.
    open: Option<Picture>,
    /// Before and after.
    plans: [ComposePlan; 2],
}

impl Shot {
    /// The two pictures of a side whose dots are in the field; `None` when the photo cannot be opened any more, or there is
    /// no memory.
    async fn taken(
        self,
        field: &Field,
        (design, norms): (&Design, &Norms),
        workshop: Workshop,
        texts: &'static Texts,
    ) -> Option<Pictures> {
        let Self { side, source, turned, open, plans } = self;
        let is_open = open.is_some();
        let picture = match open {
            Some(picture) => picture,
            None => photo::load(source, turned, texts).await.ok()?.picture,
        };
        let gloss = super::painting::gloss_of(design.views.of(side), norms, &picture);
        let dots: Vec<Dot> =
            field.dots().into_iter().map(|dot| gloss.as_ref().map_or(dot, |gloss| gloss.over(dot))).collect();
        let mut made = Vec::new();
        for plan in plans {
            let Some(level) = picture.level_for(plan.zoom).cloned() else { break };
            let Ok(blob) = workshop.compose(plan, level, &dots).await else { break };
            let Ok(bytes) = files::read(&blob).await else { break };
            made.push(bytes);
        }
        if !is_open {
            picture.close();
        }
        match made.as_slice() {
            [before, after] => Some(Pictures { side, before: before.clone(), after: after.clone() }),
            _ => None,
        }
    }
}

/// The id of a field's element.
pub(crate) fn field_id(field: FormField) -> &'static str {
    match field {
        FormField::Name => "field-name",
        FormField::Email => "field-email",
        FormField::Phone => "field-phone",
        FormField::Message => "field-message",
        FormField::ToClinic => "field-to-clinic",
        FormField::Adult => "field-adult",
    }
}
