//! One design and its dots, the same natively and in a browser.
//!
//! Both builds compare the dots' fingerprint with one number. It may change only together with the rule by which dots are
//! placed, because then every saved design shows other dots than before.
#![cfg(test)]

use hairline_designer::engine::calibration::{Calibration, Reference};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::design::{AreaFill, PaintKind, PhotoRef, Stroke};
use hairline_designer::engine::dots::{BlueNoiseTile, Field};
use hairline_designer::engine::editor::{Command, Editor, LineStyle, proposed_line};
use hairline_designer::engine::geometry::{Mm, PhotoPoint};
use std::rc::Rc;
use std::sync::LazyLock;

/// [`Field::fingerprint`] of the scene's dots.
pub(crate) const FINGERPRINT: u64 = 0xa071_6265_58e9_91f1;

/// Where the dots stand.
pub(crate) const SEED: u32 = 1;

/// A photo of 1600 x 2000 pixels at 4 pixels a millimetre with a man's proposed line, the area behind it at 120 dots per
/// cm2, a stroke of the brush across the line's right end and one of the eraser through the area.
pub(crate) fn editor() -> Editor {
    let mut editor = Editor::new(Parameters::default(), SEED);
    let photo =
        PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: "fnv1a64-0-scene".to_owned() };
    let reference = Reference::TypedPupils { distance: Mm(63.0) };
    let calibration = Calibration { reference, a: PhotoPoint::new(674.0, 1000.0), b: PhotoPoint::new(926.0, 1000.0) };
    editor.apply(Command::OpenPhoto(photo)).unwrap();
    editor.apply(Command::Calibrate(Some(calibration))).unwrap();
    let line = proposed_line(editor.view(), editor.parameters(), LineStyle::Man);
    let boundary = [(604.0, 655.0), (800.0, 607.5), (996.0, 655.0)].map(|(x, y)| PhotoPoint::new(x, y));
    let fill = AreaFill::even(boundary.to_vec(), 120.0);
    editor.apply(Command::SetHairline(Some(line))).unwrap();
    editor.apply(Command::AreaFill(Some(fill))).unwrap();
    let brush = [(1010.0, 640.0), (1032.5, 700.25), (1060.0, 760.0)];
    let eraser = [(700.0, 600.0), (801.25, 633.5), (880.0, 610.0)];
    editor.apply(Command::AddStroke(stroke(PaintKind::Brush, &brush))).unwrap();
    editor.apply(Command::AddStroke(stroke(PaintKind::Eraser, &eraser))).unwrap();
    editor
}

fn stroke(paint: PaintKind, way: &[(f64, f64)]) -> Stroke {
    let points = way.iter().map(|(x, y)| PhotoPoint::new(*x, *y)).collect();
    Stroke { paint, radius: 40.0, softness: 0.5, density: 160.0, behind_line: paint == PaintKind::Brush, points }
}

/// The dots of an editor's design, which must have [`SEED`], on a tile that is grown once.
pub(crate) fn field_of(editor: &Editor) -> Field {
    static TILE: LazyLock<BlueNoiseTile> = LazyLock::new(|| BlueNoiseTile::grow(SEED));
    assert_eq!(editor.design().seed, SEED, "the tile is of another seed's");
    let mut field = Field::new(Rc::new(TILE.clone()), SEED);
    field.sync(editor.design(), editor.parameters());
    field
}
