//! The figures of a design in words: for the panel, and for the review of what is sent.

use super::element::{Element, el, fold, note, pairs};
use crate::app::App;
use crate::engine::calibration::Estimate;
use crate::engine::catalog::Norm;
use crate::engine::i18n::{Texts, advice_text, approx, fill, range, zone_name};
use crate::engine::measure::{Figures, Zone, ZoneFigures};

/// A zone of the head with a smaller share of the dots is a rim of the one beside it.
const LEAST_TOLD: f64 = 0.01;

/// Names and what belongs to them.
type Lines = Vec<(String, String)>;

pub(super) fn figures(app: &App) -> Option<Element> {
    let texts = app.texts();
    let figures = app.told_figures()?;
    let more = app.figure_details(figures);
    let more = (!more.is_empty()).then(|| fold(el("summary").add(texts.figures_more)).add(pairs("dl", more)));
    let shown = el("section.figures")
        .attr("aria-labelledby", "figures-title")
        .add(el("h2").id("figures-title").add(texts.figures_title))
        .add(pairs("dl", app.main_figures(figures)))
        .add(more)
        .add(note(texts.figures_note));
    Some(shown)
}

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

impl App {
    /// The figures of the design in words, as the review shows and the request tells them.
    pub(crate) fn figure_lines(&self) -> Lines {
        let Some(figures) = self.told_figures() else { return Lines::new() };
        let mut lines = self.main_figures(figures);
        lines.extend(self.figure_details(figures));
        lines.extend(self.notes());
        lines
    }

    /// What the practitioner may want to talk about, if anything.
    fn notes(&self) -> Option<(String, String)> {
        let (texts, advice) = (self.texts(), self.figures.as_ref().map(|figures| &figures.advice)?);
        let notes: Vec<String> = advice.iter().map(|advised| advice_text(texts, *advised)).collect();
        (!notes.is_empty()).then(|| (texts.advice_notes.to_owned(), notes.join("\n")))
    }

    /// The figures, as soon as there is something to count.
    fn told_figures(&self) -> Option<&Figures> {
        self.figures.as_deref().filter(|figures| figures.dots.value > 0.0)
    }

    fn main_figures(&self, figures: &Figures) -> Lines {
        let texts = self.texts();
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
    fn figure_details(&self, figures: &Figures) -> Lines {
        let texts = self.texts();
        let band = approx(self.editor.norms().get(Norm::HairlineBand) / 10.0);
        let is_told =
            |zone: &&ZoneFigures| zone.zone >= Zone::PartLine || zone.dots.value >= figures.dots.value * LEAST_TOLD;
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
}
