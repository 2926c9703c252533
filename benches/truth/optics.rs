//! What the ink takes of the light.

use crate::{Row, truth_optics, truth_stubble};

/// The shade that a new design has.
const USUAL: &str = "dark-grey";

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
    for (shade, seen) in [(USUAL, 2.0), ("soft-black", 4.0)] {
        let tones = truth_optics::tones();
        let of_shade = tones.iter().filter(|row| row.shade == shade);
        let share = of_shade.clone().map(|row| row.darker / row.stubble).fold(0.0, f64::max);
        let (least, most) =
            of_shade.fold((f64::MAX, 0.0_f64), |(least, most), row| (least.min(row.darker), most.max(row.darker)));
        let what = format!("{shade} on five skin tones: least and most that a field darkens, L*");
        let bar = if seen > 2.0 { "seen (4), less than dark stubble" } else { "seen (2), less than dark stubble" };
        rows.push(Row { what, figure: format!("{least:.2} to {most:.2}"), bar, good: least >= seen && share < 1.0 });
    }
    rows.extend(textures());
    rows
}

/// The preview's local contrast over that of real stubble, octave by octave.
fn textures() -> Vec<Row> {
    let what = "texture of the preview over that of stubble";
    let Some(rows) = truth_stubble::contrasts() else {
        return vec![Row {
            what: what.to_owned(),
            figure: "skipped".to_owned(),
            bar: "no ../shared/photos",
            good: true,
        }];
    };
    let row = |row: truth_stubble::StubbleRow| {
        let ratio = row.preview / row.stubble;
        let role = if row.chosen_on { "chosen on" } else { "judged by" };
        let what = format!("{what}, {role} {}, every {:.1} mm", row.photo, row.period_mm);
        let figure = format!("{:.3}/{:.3} = {ratio:.2}", row.preview, row.stubble);
        let what = format!("{what} (bare skin {:.3})", row.skin);
        Row { what, figure, bar: "within 1.5 times", good: (1.0 / 1.5..=1.5).contains(&ratio) }
    };
    rows.into_iter().map(row).collect()
}
