//! The figures of a design in words: for the panel, and for the review of what is sent.

use super::root::State;
use crate::engine::calibration::{Estimate, Side};
use crate::engine::catalog::Parameter;
use crate::engine::i18n::{
    Texts, advice_text, approx, fill, photo_issue_name, range, shade_name, side_name, variant_name, zone_name,
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
pub(super) fn review_lines(state: &State) -> Lines {
    let (texts, form) = (state.texts(), &state.request.form);
    let design = state.editor.document.design();
    let mut lines = vec![(texts.review_to.to_owned(), state.session.clinic_name().to_owned())];
    if design.variants() > 1 {
        lines.push((texts.review_variant.to_owned(), variant_name(texts, design, design.place.into())));
    }
    let fields = [
        (texts.field_name, &form.name),
        (texts.field_email, &form.email),
        (texts.field_phone, &form.phone),
        (texts.field_message, &form.message),
    ];
    let is_filled = |(_, text): &(&str, &String)| !text.trim().is_empty();
    lines.extend(fields.into_iter().filter(is_filled).map(|(name, text)| (name.to_owned(), text.clone())));
    lines.push((texts.look_shade.to_owned(), shade_name(texts, &design.look.shade).to_owned()));
    lines.extend(photo_line(state));
    if let Some(figures) = state.preview.told_figures() {
        lines.extend(main_lines(texts, figures));
        lines.extend(detail_lines(texts, figures, state.parameters().get(Parameter::HairlineBand)));
        lines.extend(advice_line(texts, figures));
    }
    lines
}

/// What the practitioner may want to talk about, if anything.
fn advice_line(texts: &Texts, figures: &Figures) -> Option<(String, String)> {
    let notes: Vec<String> = figures.advice.iter().map(|advised| advice_text(texts, *advised)).collect();
    (!notes.is_empty()).then(|| (texts.advice_notes.to_owned(), notes.join("\n")))
}

/// What is wrong with the photos of all sides, in a few words each.
fn photo_line(state: &State) -> Option<(String, String)> {
    let texts = state.texts();
    let views = &state.editor.document.design().views;
    let has_sides = views.each().any(|(side, _)| side != Side::Front);
    let note = |(side, digest): (Side, &str)| {
        let faults = state.preview.photo_notes.of(digest);
        let names: Vec<String> = faults.iter().map(|fault| photo_issue_name(texts, *fault)).collect();
        let side = if has_sides { side_name(texts, side).to_owned() + ": " } else { String::new() };
        (!names.is_empty()).then(|| side + &names.join(", "))
    };
    let photos = views.each().filter_map(|(side, view)| Some((side, view.photo.as_ref()?.digest.as_str())));
    let notes: Vec<String> = photos.filter_map(note).collect();
    (!notes.is_empty()).then(|| (texts.review_photo.to_owned(), notes.join("; ")))
}
