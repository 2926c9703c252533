//! How true the preview is: figures measured on what is known exactly, each beside its bar. `make truth` prints them and
//! fails when one falls short.
//!
//! The truth is the synthetic head, a body in three dimensions before a known camera; heads of real shape before known
//! cameras; the pattern of dots itself; and the exact sum of the ink in double precision.

#[path = "../../tests/common/busy_walls.rs"]
mod busy_walls;
mod clipped;
#[path = "../../tests/common/clipped_cases.rs"]
mod clipped_cases;
#[path = "../../tests/common/drawn_hair.rs"]
mod drawn_hair;
#[path = "../../tests/common/drawn_strands.rs"]
mod drawn_strands;
#[path = "../../tests/common/walls.rs"]
mod drawn_walls;
mod formed;
mod hair;
#[path = "../../tests/common/hair_photos.rs"]
mod hair_photos;
mod heads;
#[path = "../../tests/common/heads_by_lot.rs"]
mod heads_by_lot;
#[path = "../../tests/common/looked_at.rs"]
mod looked_at;
mod masks;
mod measured;
#[path = "../../tests/common/measured_head.rs"]
mod measured_head;
mod optics;
mod pattern;
#[path = "../../tests/common/shared_photo.rs"]
mod shared_photo;
mod subject;
#[path = "../../tests/common/truth_optics.rs"]
#[allow(dead_code, reason = "the tests read more of its rows")]
mod truth_optics;
#[path = "../../tests/common/truth_stubble.rs"]
mod truth_stubble;
mod walls;

use std::io::Write;
use std::process::ExitCode;

/// One line of the table.
pub(crate) struct Row {
    /// What was measured.
    pub(crate) what: String,
    /// What it came to.
    pub(crate) figure: String,
    /// What it must be.
    pub(crate) bar: &'static str,
    /// Whether it is.
    pub(crate) good: bool,
}

impl Row {
    /// A figure that must not be greater than its bar.
    pub(crate) fn at_most(what: impl Into<String>, figure: f64, most: f64, unit: &str, bar: &'static str) -> Self {
        Self { what: what.into(), figure: format!("{figure:.3}{unit}"), bar, good: figure <= most }
    }

    /// A figure that must not be less than its bar.
    pub(crate) fn at_least(what: impl Into<String>, figure: f64, least: f64, unit: &str, bar: &'static str) -> Self {
        Self { what: what.into(), figure: format!("{figure:.3}{unit}"), bar, good: figure >= least }
    }
}

/// A part of the table: its name and what measures it.
type Part = (&'static str, fn() -> Vec<Row>);

fn main() -> ExitCode {
    let parts: [Part; 10] = [
        ("sample head", heads::known),
        ("measured heads", measured::rows),
        ("pattern", pattern::rows),
        ("optics", optics::rows),
        ("random heads", formed::rows),
        ("walls", walls::rows),
        ("masks", masks::rows),
        ("hair", hair::rows),
        ("clipped", clipped::rows),
        ("busy walls", clipped::busy_rows),
    ];
    // A word on the command line says which parts are wanted; options are for other programs.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()));
    let (mut short, mut out) = (0, std::io::stdout());
    for (_, rows) in parts.into_iter().filter(|(name, _)| is_wanted(name)) {
        for row in rows() {
            short += usize::from(!row.good);
            let said = if row.good { "ok   " } else { "SHORT" };
            // A table that cannot be printed is no reason to stop measuring.
            let _ = writeln!(out, "{said}  {:<86} {:>18}   {}", row.what, row.figure, row.bar);
        }
    }
    let _ = writeln!(out, "{short} fall short");
    if short == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
