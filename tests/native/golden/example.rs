//! The pair of pictures that the page shows before there is a photo: the sample head, before and after.
//!
//! `UPDATE_GOLDEN=1` writes them anew; look at them before you keep them. A browser keeps a name for ever: after a release, new
//! pictures need another number here and in `src/app/stage/example.rs`.

use super::Piece;
use super::picture::Picture;
use crate::head::{measured, seen};
use crate::scene;
use hairline_designer::engine::calibration::Side;
use hairline_designer::engine::catalog::{SHAPES, ShapeRule};
use hairline_designer::engine::editor::{Command, Editor, FillEnd, SeenFace, scalp_fill, seen_head};
use hairline_designer::engine::geometry::PhotoPoint;
use sample_head::SampleTone;
use std::io::Cursor;
use std::path::{Path, PathBuf};

const FOLDER: &str = "assets/example";
/// Both together count for the first load.
const BYTES: u64 = 20_000;
const QUALITY: f32 = 70.0;
/// A third of the photo's pixels, without its lower edge.
const ZOOM: f64 = 1.0 / 3.0;
const SIZE: (usize, usize) = (400, 426);
const TOP: f64 = 100.0;
/// By how much a stored picture may differ from the drawn one, root of the mean square, levels: what the compression takes.
const LOSS: f64 = 3.0;

/// The sample head with the first of the shapes and all of the head behind it filled, in the look of a new design.
fn example() -> Editor {
    let mut editor = measured();
    let tone = SampleTone::default();
    let head = seen_head(editor.view(), editor.parameters(), Side::Front, Some(&seen(tone)));
    editor.apply(Command::SetHead(Some(head))).unwrap();
    let face = SeenFace::of(editor.view(), editor.parameters());
    let rule: &ShapeRule = &SHAPES[0];
    let line = face.line(rule, &face.params(rule, editor.parameters())).unwrap();
    editor.apply(Command::SetHairline(Some(line))).unwrap();
    let fill = scalp_fill(editor.view(), editor.parameters(), &seen(tone), FillEnd::Background).unwrap();
    editor.apply(Command::AreaFill(Some(fill))).unwrap();
    editor
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).join(format!("{name}-1.webp"))
}

fn stored(name: &str) -> Picture {
    let bytes = std::fs::read(path(name)).unwrap_or_else(|_| panic!("no {name}: UPDATE_GOLDEN=1 writes it"));
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).unwrap();
    let (width, height) = decoder.dimensions();
    let mut rgb = vec![0; decoder.output_buffer_size().unwrap()];
    decoder.read_image(&mut rgb).unwrap();
    Picture { width: width as usize, height: height as usize, rgb }
}

fn write(name: &str, picture: &Picture) {
    let mut config = webp::WebPConfig::new().unwrap();
    (config.quality, config.method) = (QUALITY, 6);
    let (width, height) = (picture.width as u32, picture.height as u32);
    let file = webp::Encoder::from_rgb(&picture.rgb, width, height).encode_advanced(&config).unwrap();
    std::fs::write(path(name), &*file).unwrap();
}

/// Root of the mean square of the levels' differences.
fn loss(a: &Picture, b: &Picture) -> f64 {
    assert_eq!((a.width, a.height), (b.width, b.height));
    let squares = a.rgb.iter().zip(&b.rgb).map(|(a, b)| f64::from(a.abs_diff(*b)).powi(2)).sum::<f64>();
    (squares / a.rgb.len() as f64).sqrt()
}

#[test]
fn the_example_is_what_the_program_makes_of_the_sample_head() {
    let editor = example();
    let top = PhotoPoint::new(600.0, TOP);
    let piece = Piece::new(SampleTone::default(), SIZE, top, (0.5, 0.0), ZOOM);
    let before = Picture::of_rgba(piece.rect.width, &piece.photo);
    let after = piece.drawn(&editor, &scene::field_of(&editor));
    let is_update = std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1");
    let mut bytes = 0;
    for (name, drawn) in [("before", &before), ("after", &after)] {
        if is_update {
            write(name, drawn);
        }
        let lost = loss(&stored(name), drawn);
        println!("{name}: {lost:.2} levels");
        assert!(lost < LOSS, "{name} is {lost} levels off: look at it with UPDATE_GOLDEN=1");
        bytes += std::fs::metadata(path(name)).unwrap().len();
    }
    assert!(bytes <= BYTES, "{bytes} bytes");
    let changed = loss(&before, &after);
    assert!(changed > LOSS, "before and after differ by {changed} levels: they could be mistaken for one another");
}
