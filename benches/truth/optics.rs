//! What the ink takes of the light.

use crate::{Row, truth_optics};

/// The shade that a new design has.
const USUAL: &str = "grey";

pub(crate) fn rows() -> Vec<Row> {
    let darkening = truth_optics::mean_darkening();
    let worst = darkening.iter().map(truth_optics::Darkening::worst).fold(0.0, f64::max) * 100.0;
    let (least, most) = darkening
        .iter()
        .fold((f64::MAX, 0.0_f64), |(least, most), row| (least.min(row.radius_px), most.max(row.radius_px)));
    let what = format!("mean darkening of 1,000 dots of {least} to {most} px radius: worst");
    let mut rows = vec![Row::at_most(what, worst, 2.0, " %", "within 2 %")];
    let fields = truth_optics::fields();
    let worst = fields.iter().map(|row| (row.lost / row.row - 1.0).abs() * 100.0).fold(0.0, f64::max);
    rows.push(Row::at_most("mean darkening of a field of each shade: worst", worst, 2.0, " %", "within 2 %"));
    let pictures = truth_optics::pictures(USUAL);
    for months in [0.0, 1.0, 48.0] {
        let worst = |value: fn(&truth_optics::PictureRow) -> f64| {
            pictures.iter().filter(|row| row.months == months).map(value).fold(0.0, f64::max)
        };
        let name = |how: &str| {
            format!("picture against exact light, {how}, {months} months: worst 99th percentile, CIEDE2000")
        };
        rows.push(Row::at_most(name("saved"), worst(|row| row.saved), 1.0, "", "at most 1.0"));
        rows.push(Row::at_most(name("shown"), worst(|row| row.shown), 1.0, "", "at most 1.0"));
    }
    for shade in [USUAL, "soft-black"] {
        let darker: Vec<f64> =
            truth_optics::tones().iter().filter(|row| row.shade == shade).map(|row| row.darker).collect();
        let (least, most) =
            (darker.iter().copied().fold(f64::MAX, f64::min), darker.iter().copied().fold(0.0, f64::max));
        let what = format!("{shade} on five skin tones: least and most that a field darkens, L*");
        let good = least >= 1.0 && most <= 12.0;
        rows.push(Row { what, figure: format!("{least:.2} to {most:.2}"), bar: "seen (1) and not harsh (12)", good });
    }
    rows
}
