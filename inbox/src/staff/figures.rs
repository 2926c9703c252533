//! The numbers of a request, as ranges.

use super::words::{self, words};
use crate::document::Document;
use maud::{Markup, html};

/// What an estimate is called, where it stands in `figures`, its unit and how many digits follow its point.
const ESTIMATES: [(&str, &[&str], &str, usize); 6] = [
    ("Height of the line in the picture", &["line_height", "in_picture_mm"], "mm", 0),
    ("Height of the line along the skin", &["line_height", "along_skin_mm"], "mm", 0),
    ("Difference between the two sides", &["asymmetry_mm"], "mm", 1),
    ("Treated skin", &["area_cm2"], "cm²", 0),
    ("Dots", &["dots"], "", 0),
    ("Hours of all sessions", &["hours"], "h", 1),
];

/// The numbers with their ranges; nothing where the request has none.
pub(super) fn figures(document: &Document) -> Markup {
    let estimates = ESTIMATES.iter().filter_map(|(name, path, unit, digits)| {
        let at: Vec<&str> = [&["figures"], *path].concat();
        estimate(document, &at, *digits).map(|text| (*name, format!("{text} {unit}")))
    });
    let estimates: Vec<(&str, String)> = estimates.collect();
    let zones = document.list(&["figures", "zones"]);
    html! {
        @if !estimates.is_empty() || !zones.is_empty() {
            section.card {
                h2 { "Numbers" }
                p.soft {
                    "Estimates from the photo: the most likely value, and the range in which the true one lies."
                    @if document.is_true(&["figures", "rough"]) { " Nothing was marked on one of the photos, so its scale is a guess." }
                }
                dl.pairs { @for (name, text) in &estimates { dt { (name) } dd { (text) } } (sessions(document)) }
                @if !zones.is_empty() { (zone_table(&zones)) }
            }
        }
    }
}

fn sessions(document: &Document) -> Markup {
    let sessions = document.number(&["figures", "sessions"]);
    let after: Vec<String> = document
        .list(&["figures", "dots_after_session"])
        .iter()
        .filter_map(|dots| dots.number(&["value"]))
        .map(|dots| rounded(dots, 0))
        .collect();
    html! {
        @if let Some(count) = sessions { dt { "Sessions" } dd { (rounded(count, 0)) } }
        @if !after.is_empty() { dt { "Dots after each session" } dd { (after.join(", ")) } }
    }
}

fn zone_table(zones: &[Document]) -> Markup {
    html! {
        table {
            thead { tr { th { "Zone" } th { "Skin, cm²" } th { "Dots" } } }
            tbody {
                @for zone in zones {
                    tr {
                        th scope="row" { (words(words::ZONES, &zone.text(&["zone"]))) }
                        td { (estimate(zone, &["area_cm2"], 0).unwrap_or_default()) }
                        td { (estimate(zone, &["dots"], 0).unwrap_or_default()) }
                    }
                }
            }
        }
    }
}

/// An estimate as `value (least to most)`.
fn estimate(document: &Document, path: &[&str], digits: usize) -> Option<String> {
    let number = |key: &'static str| document.number(&[path, &[key]].concat()).map(|number| rounded(number, digits));
    let value = number("value")?;
    Some(match (number("least"), number("most")) {
        (Some(least), Some(most)) => format!("{value} ({least} to {most})"),
        _ => value,
    })
}

/// A number with its thousands apart.
fn rounded(number: f64, digits: usize) -> String {
    // What is larger is no figure of a head.
    if !number.is_finite() || number.abs() > 1e12 {
        return "?".to_owned();
    }
    let text = format!("{number:.digits$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut parted = String::new();
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len() - at;
        if left.is_multiple_of(3) && parted.ends_with(|c: char| c.is_ascii_digit()) {
            parted.push(',');
        }
        parted.push(digit);
    }
    parted + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_rounded_and_parted() {
        for (number, digits, text) in [
            (0.04, 1, "0.0"),
            (999.4, 0, "999"),
            (1234.5, 1, "1,234.5"),
            (1_234_567.0, 0, "1,234,567"),
            (-1234.0, 0, "-1,234"),
            (f64::INFINITY, 0, "?"),
        ] {
            assert_eq!(rounded(number, digits), text, "{number}");
        }
    }

    #[test]
    fn an_estimate_shows_its_range_where_it_has_one() {
        let document =
            Document::read(br#"{"a":{"least":10,"value":12.4,"most":15},"b":{"value":3},"c":{"least":1}}"#).unwrap();
        assert_eq!(estimate(&document, &["a"], 0).as_deref(), Some("12 (10 to 15)"));
        assert_eq!(estimate(&document, &["b"], 0).as_deref(), Some("3"));
        assert_eq!(estimate(&document, &["c"], 0), None);
    }
}
