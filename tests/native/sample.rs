//! The pictures of the sample head that lie beside the program are those that the program names, and it asks of them what it
//! asks of any photo.
#![cfg(test)]

use crate::head::{halved, sample_side};
use hairline_designer::engine::calibration::{Reference, Side};
use hairline_designer::engine::catalog::{SAMPLE_TONES, SampleHead};
use hairline_designer::engine::editor::{PhotoSample, check_photo};
use hairline_designer::engine::geometry::PhotoPoint;
use hairline_designer::engine::photo::{PhotoKind, inspect};
use sample_head::{SAMPLE_HEIGHT, SAMPLE_WIDTH, SampleTone, picture_name, picture_scene};
use std::fs;
use std::io::Cursor;
use std::path::Path;

/// Every picture, with the tone in which the package draws it.
fn each() -> impl Iterator<Item = (SampleHead, SampleTone)> {
    let tones = SAMPLE_TONES.into_iter().zip(SampleTone::ALL);
    tones.flat_map(|(tone, drawn)| Side::ALL.map(|side| (SampleHead { tone, side }, drawn)))
}

fn stored(head: SampleHead) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(head.path());
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_picture_that_the_program_names_is_stored() {
    for (head, drawn) in each() {
        assert_eq!(head.path(), format!("assets/sample/{}.webp", picture_name(drawn, sample_side(head.side))));
        let header = inspect(&stored(head)).unwrap_or_else(|error| panic!("{}: {error:?}", head.path()));
        assert_eq!((header.kind, header.width, header.height), (PhotoKind::WebP, SAMPLE_WIDTH, SAMPLE_HEIGHT));
    }
}

#[test]
fn the_tones_are_those_that_are_drawn() {
    for (tone, drawn) in SAMPLE_TONES.into_iter().zip(SampleTone::ALL) {
        assert_eq!((tone.monk, tone.swatch), (drawn.monk(), drawn.swatch()));
    }
    assert_eq!(SampleHead::default().tone.monk, SampleTone::default().monk());
}

#[test]
fn the_marks_are_the_true_ones() {
    for side in Side::ALL {
        let marks = SampleHead { side, ..SampleHead::default() }.marks().expect("the stored truths can be read");
        let truth = picture_scene(SampleTone::default(), sample_side(side)).truth();
        let point = |(x, y): (f64, f64)| PhotoPoint::new(x, y).rounded();
        let (a, b) = (marks.calibration.a, marks.calibration.b);
        match marks.calibration.reference {
            Reference::TypedPupils { distance } if side == Side::Front => {
                assert_eq!((a, b, distance.0), (point(truth.pupil_left), point(truth.pupil_right), 63.0));
                assert_eq!(marks.glabella, Some(point(truth.glabella)));
            }
            Reference::Points { distance } if side != Side::Front => {
                let px_per_mm = a.distance(b) / distance.0;
                assert!((px_per_mm - truth.px_per_mm).abs() < 1e-9, "{side:?}: {px_per_mm} px per mm");
                assert_eq!(marks.glabella, None, "{side:?}");
            }
            reference => panic!("{side:?} is measured by {reference:?}"),
        }
    }
}

#[test]
fn nothing_is_said_against_the_stored_pictures() {
    let size = (SAMPLE_WIDTH as usize, SAMPLE_HEIGHT as usize);
    for (head, _) in each().filter(|(head, _)| head.side == Side::Front) {
        let mut decoder = image_webp::WebPDecoder::new(Cursor::new(stored(head))).expect("a WebP file");
        let mut rgb = vec![0; decoder.output_buffer_size().expect("its size")];
        decoder.read_image(&mut rgb).expect("its pixels");
        let pixels: Vec<u8> = rgb.chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect();
        let analysis_image = halved(&pixels, size);
        let seen = PhotoSample { analysis_image: &analysis_image, size: (size.0 as f64, size.1 as f64), face: None };
        assert_eq!(check_photo(&seen), [], "{}", head.path());
    }
}
