//! The visitor's own hair that is found on photos, against outlines that somebody drew by hand who did not know it, and against hair
//! that is drawn by code.

use crate::Row;
use crate::drawn_hair::{BALD, DrawnHair, HAIRS};
use crate::hair_photos::{HairFit, HairPhoto};
use hairline_designer::engine::calibration::Side;
use hairline_designer::engine::clipped::ClippedRefusal;

/// Heads with bare, receding and full hair, light to dark.
const TO_CHOOSE_BY: [&str; 3] = ["gpo-bald-nw6-fringe-light", "gpo-man-asian-short", "gpo-receding-nw4-light"];
const TO_JUDGE_BY: [&str; 3] = ["gpo-bald-nw6-dark-fringe", "gpo-receding-nw3-short", "gpo-woman-short-afro"];
/// Heads on which there is nothing to clip, or hair that is too long.
const REFUSED: [(&str, ClippedRefusal); 3] = [
    ("gpo-bald-dark-skin-fringe", ClippedRefusal::NoHair),
    ("gpo-shaved-dark-skin", ClippedRefusal::NoHair),
    ("gpo-woman-centre-part", ClippedRefusal::LongHair),
];

/// How well hair is found.
pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, photos) in [("to choose by", &TO_CHOOSE_BY), ("to judge by", &TO_JUDGE_BY)] {
        let photos: Option<Vec<HairPhoto>> = photos.iter().map(|photo| HairPhoto::read(photo, Side::Front)).collect();
        let Some(photos) = photos else { return vec![missing()] };
        let fits: Vec<Option<HairFit>> =
            photos.iter().map(|photo| photo.found().ok().and_then(|found| photo.fit(&found))).collect();
        let figure = |of: fn(&HairFit) -> f64, none: f64| {
            let mut figures: Vec<f64> = fits.iter().map(|fit| fit.as_ref().map_or(none, of)).collect();
            figures.sort_by(f64::total_cmp);
            let at = |place: usize| figures.get(place).copied().unwrap_or(none);
            (at(0), at(figures.len() / 2), at(figures.len() - 1))
        };
        let what = |of: &str| format!("photos {name}, own hair against hair by hand, {of}");
        let (worst, median, _) = figure(|fit| fit.overlap, 0.0);
        rows.push(Row::at_least(what("overlap: median"), median, 0.8, "", "0.80"));
        rows.push(Row::at_least(what("overlap: worst"), worst, 0.7, "", "0.70"));
        rows.push(Row::at_least(what("replaced: worst"), figure(|fit| fit.covered, 0.0).0, 0.95, "", "0.95"));
        for (of, share) in [
            ("ears", (|fit| fit.ears) as fn(&HairFit) -> f64),
            ("brows", |fit| fit.brows),
            ("lower face", |fit| fit.lower_face),
        ] {
            rows.push(Row::at_most(what(&format!("{of} replaced: worst")), figure(share, 1.0).2, 0.02, "", "0.02"));
        }
    }
    let refused =
        REFUSED.iter().map(|(name, refusal)| Some(HairPhoto::read(name, Side::Front)?.found().err() != Some(*refusal)));
    let Some(wrong) = refused.collect::<Option<Vec<bool>>>() else { return vec![missing()] };
    let wrong = wrong.into_iter().filter(|is_wrong| *is_wrong).count() as f64;
    rows.push(Row::at_most(
        "photos of bald, shaved and long-haired heads: not refused as such",
        wrong,
        0.0,
        "",
        "none",
    ));
    rows.extend(drawn());
    rows
}

/// How well hair is found that is drawn onto bald heads, and where they end under it.
fn drawn() -> Vec<Row> {
    let all = BALD.into_iter().flat_map(|bald| HAIRS.map(|(_, color, thick)| (bald, (color, thick))));
    let fits = all.map(|((name, side), hair)| {
        let (drawn, photo) = DrawnHair::on(name, side, hair)?;
        Some(photo.found().map_or((0.0, f64::INFINITY, f64::INFINITY), |found| drawn.fit(&photo, &found)))
    });
    let Some(fits) = fits.collect::<Option<Vec<_>>>() else { return vec![missing()] };
    let sorted = |of: fn(&(f64, f64, f64)) -> f64| {
        let mut figures: Vec<f64> = fits.iter().map(of).collect();
        figures.sort_by(f64::total_cmp);
        (figures.get(figures.len() / 2).copied().unwrap_or(0.0), figures)
    };
    let ((_, overlaps), (half, halves), (_, worst)) = (sorted(|fit| fit.0), sorted(|fit| fit.1), sorted(|fit| fit.2));
    let what = |of: &str| format!("hair drawn onto bald heads from four sides, {of}");
    let last = |figures: &[f64]| figures.last().copied().unwrap_or(f64::INFINITY);
    vec![
        Row::at_least(what("overlap: worst"), overlaps.first().copied().unwrap_or(0.0), 0.9, "", "0.90"),
        Row::at_most(what("silhouette, half of it: half of the heads"), half, 2.0, " mm", "2 mm"),
        Row::at_most(what("silhouette, half of it: worst head"), last(&halves), 4.5, " mm", "4.5 mm"),
        Row::at_most(what("silhouette: worst place"), last(&worst), 9.0, " mm", "9 mm"),
    ]
}

fn missing() -> Row {
    let (what, figure) = ("own hair".to_owned(), "skipped".to_owned());
    Row { what, figure, bar: "no ../shared/photos", good: true }
}
