//! What is stored in `assets/sample` is what the package draws: after a change of the head, `make sample` draws it anew.
#![cfg(test)]

use image_webp::WebPDecoder;
use sample_head::{SampleTone, Side, picture_name, picture_scene, render_rows, truths};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// How far a stored picture may be from the drawn one, in levels of 255: the mean over all values of all pixels, 0.7 to 0.9
/// as they are encoded (the nearest other tone is 7 levels away), and the worst value, which stands at single bright hairs
/// before a dark ground.
const MEAN: f64 = 0.95;
const WORST: u8 = 96;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/sample")
}

/// The pixels of a stored picture: R G B, row by row.
fn decoded(name: &str) -> Vec<u8> {
    let file = fs::read(folder().join(name).with_extension("webp")).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut decoder = WebPDecoder::new(Cursor::new(file)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut rgb = vec![0; decoder.output_buffer_size().unwrap()];
    decoder.read_image(&mut rgb).unwrap();
    rgb
}

#[track_caller]
fn is_drawn(tone: SampleTone, side: Side) {
    let (name, scene) = (picture_name(tone, side), picture_scene(tone, side));
    let drawn: Vec<u8> = render_rows(&scene, 0..scene.height());
    let drawn: Vec<u8> = drawn.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let stored = decoded(&name);
    assert_eq!(stored.len(), drawn.len(), "{name} has another size");
    let differences = || stored.iter().zip(&drawn).map(|(a, b)| a.abs_diff(*b));
    let mean = differences().map(f64::from).sum::<f64>() / drawn.len() as f64;
    let worst = differences().max().unwrap();
    println!("{name}: differs by {mean:.3} levels, {worst} at worst");
    assert!(mean < MEAN && worst <= WORST, "{name} is another picture: differs by {mean:.3} levels, {worst} at worst");
}

#[test]
fn the_picture_that_is_shown_first_is_the_drawn_one() {
    is_drawn(SampleTone::default(), Side::Front);
}

#[test]
#[ignore = "draws all 25 pictures: a part of make truth"]
fn every_picture_is_the_drawn_one() {
    for tone in SampleTone::ALL {
        for side in Side::ALL {
            is_drawn(tone, side);
        }
    }
}

#[test]
fn the_truths_are_those_of_the_drawn_head() {
    let stored = fs::read_to_string(folder().join("truth.json")).unwrap();
    assert_eq!(stored, truths().unwrap());
}

#[test]
fn nothing_else_is_stored() {
    let mut names: Vec<String> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let pictures = SampleTone::ALL.iter().flat_map(|tone| Side::ALL.map(|side| picture_name(*tone, side) + ".webp"));
    let mut expected: Vec<String> = pictures.chain(["truth.json".to_owned()]).collect();
    expected.sort();
    assert_eq!(names, expected);
}
