//! The figures of a design in words: for the panel, and for the review of what is sent.

use super::root::State;
use crate::engine::calibration::{Estimate, Side};
use crate::engine::catalog::Parameter;
use crate::engine::consult::{PhotoRecord, ReplyBy, RequestForm, RequestHead};
use crate::engine::design::View;
use crate::engine::i18n::{
    Texts, advice_text, approx, earlier_name, fill, photo_issue_name, range, reply_by_name, shade_name, side_name,
    variant_name, zone_name,
};
use crate::engine::measure::{Figures, Zone, ZoneFigures};

/// A zone of the head with a smaller share of the dots is a rim of the one beside it.
const MIN_TOLD: f64 = 0.01;

/// Names and what belongs to them.
pub type Lines = Vec<(String, String)>;

/// An area as whole cm2; its range is never made narrower than it is.
fn area(texts: &Texts, area: Estimate) -> String {
    if area.most < 1.0 {
        return texts.figures_area_small.to_owned();
    }
    range(texts.figures_area_value, area.least.floor(), area.most.ceil())
}

fn dots(texts: &Texts, dots: Estimate) -> String {
    range(texts.figures_dots_value, dots.least.round(), dots.most.round())
}

fn hours(texts: &Texts, hours: Estimate) -> String {
    if hours.most < 1.0 {
        return texts.figures_hours_small.to_owned();
    }
    range(texts.figures_hours_value, hours.least, hours.most)
}

/// The figures of the whole design.
#[must_use]
pub fn main_lines(texts: &Texts, figures: &Figures) -> Lines {
    let mut lines = Lines::new();
    let mut tell = |name: &str, value: String| lines.push((name.to_owned(), value));
    if figures.rough {
        tell(texts.step_size, texts.size_rough_short.to_owned());
    }
    if let Some(height) = figures.line_height {
        let along = height.along_skin_mm;
        tell(texts.line_height, range(texts.line_height_range, along.least.round(), along.most.round()));
    }
    if let Some(apart) = figures.asymmetry_mm {
        tell(texts.figures_apart, range(texts.line_height_range, apart.least.round(), apart.most.ceil()));
    }
    tell(texts.figures_area, area(texts, figures.area_cm2));
    tell(texts.figures_dots, dots(texts, figures.dots));
    tell(texts.figures_sessions, fill(texts.figures_sessions_value, &[("count", &approx(figures.sessions))]));
    tell(texts.figures_hours, hours(texts, figures.hours));
    lines
}

/// The same by zone of the head, and the dots after each session.
#[must_use]
pub fn detail_lines(texts: &Texts, figures: &Figures, hairline_band_mm: f64) -> Lines {
    let band = approx(hairline_band_mm / 10.0);
    let is_told = |zone: &&ZoneFigures| zone.zone >= Zone::PartLine || zone.dots.value >= figures.dots.value * MIN_TOLD;
    let told: Vec<_> = figures.zones.iter().filter(is_told).collect();
    // A single zone is the whole.
    let zones = told.iter().filter(|_| told.len() > 1).map(|zone| {
        let values = [("area", &*area(texts, zone.area_cm2)), ("dots", &*dots(texts, zone.dots))];
        let name = fill(zone_name(texts, zone.zone), &[("cm", &band)]);
        (name, fill(texts.figures_zone_value, &values))
    });
    let sessions = figures.dots_after_session.iter().enumerate().map(|(index, after)| {
        (fill(texts.figures_after, &[("session", &(index + 1).to_string())]), dots(texts, *after))
    });
    zones.chain(sessions).collect()
}

/// What the review shows and the request tells: to whom, who, what, and how much.
#[must_use]
pub(super) fn review_lines(state: &State, head: &RequestHead) -> Lines {
    let texts = state.texts();
    let mut lines = vec![(texts.review_to.to_owned(), state.session.clinic_name().to_owned())];
    lines.extend(form_lines(texts, head.form));
    if head.design.is_some() {
        lines.extend(design_lines(state));
    }
    let notes: Vec<String> = head.photos.iter().filter_map(|photo| photo_note(texts, photo, head.photos)).collect();
    if !notes.is_empty() {
        lines.push((texts.review_photo.to_owned(), notes.join("; ")));
    }
    lines.push((texts.review_meta.to_owned(), meta(texts, head)));
    lines
}

/// What the visitor wrote and chose; what is empty is not listed.
fn form_lines(texts: &Texts, form: &RequestForm) -> Lines {
    let details = &form.details;
    let earlier: Vec<&str> = details.earlier.iter().map(|one| earlier_name(texts, *one)).collect();
    let loss: Vec<&str> = details.loss_classes().map(|class| class.name).collect();
    let reply_by = if details.reply_by == ReplyBy::Any { "" } else { reply_by_name(texts, details.reply_by) };
    let skin_tone = details.monk_tone().map(|tone| fill(texts.photo_tone, &[("tone", &tone.to_string())]));
    let said = [
        (texts.field_name, form.name.clone()),
        (texts.field_email, form.email.clone()),
        (texts.field_phone, form.phone.clone()),
        (texts.field_reply_by, reply_by.to_owned()),
        (texts.field_reply_when, form.reply_when.clone()),
        (texts.field_message, form.message.clone()),
        (texts.field_loss, loss.join(", ")),
        (texts.field_scars, form.scars.clone()),
        (texts.field_earlier, earlier.join(", ")),
        (texts.field_skin_tone, skin_tone.unwrap_or_default()),
        (texts.field_age, details.age_band().unwrap_or_default().to_owned()),
    ];
    said.into_iter().filter(|(_, text)| !text.trim().is_empty()).map(|(name, text)| (name.to_owned(), text)).collect()
}

/// The design in words: its shade, its figures, and what the practitioner may want to talk about.
fn design_lines(state: &State) -> Lines {
    let texts = state.texts();
    let design = state.editor.document.design();
    let mut lines = Lines::new();
    if design.variants() > 1 {
        lines.push((texts.review_variant.to_owned(), variant_name(texts, design, design.place.into())));
    }
    lines.push((texts.look_shade.to_owned(), shade_name(texts, &design.look.shade).to_owned()));
    if let Some(figures) = state.preview.told_figures() {
        lines.extend(main_lines(texts, figures));
        lines.extend(detail_lines(texts, figures, state.parameters().get(Parameter::HairlineBand)));
        lines.extend(advice_line(texts, figures));
    }
    lines
}

/// What goes besides what the visitor wrote: number, time, language, program, and how the photos are told apart.
fn meta(texts: &Texts, head: &RequestHead) -> String {
    let digests: Vec<&str> = head.photos.iter().map(|photo| photo.digest.as_str()).collect();
    let program = concat!("hairline-designer ", env!("CARGO_PKG_VERSION"));
    let parts =
        [head.id, head.made_at, head.language, program, head.configuration, &digests.join(", "), texts.simulation];
    let told: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    told.join(" · ")
}

/// What the practitioner may want to talk about, if anything.
fn advice_line(texts: &Texts, figures: &Figures) -> Option<(String, String)> {
    let notes: Vec<String> = figures.advice.iter().map(|advised| advice_text(texts, *advised)).collect();
    (!notes.is_empty()).then(|| (texts.advice_notes.to_owned(), notes.join("\n")))
}

/// The photos of all sides, each with what is wrong with it in a few words.
#[must_use]
pub(super) fn photo_records(state: &State) -> Vec<PhotoRecord> {
    let texts = state.texts();
    let record = |(side, view): (Side, &View)| {
        let digest = view.photo.as_ref()?.digest.clone();
        let faults = state.preview.photo_notes.of(&digest);
        let notes = faults.iter().map(|fault| photo_issue_name(texts, *fault)).collect();
        Some(PhotoRecord { side, digest, notes })
    };
    state.editor.document.design().views.each().filter_map(record).collect()
}

fn photo_note(texts: &Texts, photo: &PhotoRecord, all: &[PhotoRecord]) -> Option<String> {
    let has_sides = all.iter().any(|other| other.side != Side::Front);
    let side = if has_sides { side_name(texts, photo.side).to_owned() + ": " } else { String::new() };
    (!photo.notes.is_empty()).then(|| side + &photo.notes.join(", "))
}
