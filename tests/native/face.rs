//! Finding a face: the nets against TensorFlow Lite, pupils against the truth and against marks made by hand, each gate with a
//! picture that passes and one that does not.
#![cfg(test)]

mod fuzz;
mod gates;
mod nets;
mod photos;

use crate::found_face::{FINGERPRINTS, PERSON, face_finder, fingerprints, rgba};
use hairline_designer::engine::catalog::SAMPLE_TONES;
use hairline_designer::engine::face::{FaceError, FaceFinder, FoundFace, PersonFinder, SourcePicture};
use hairline_designer::engine::geometry::PhotoPoint;
use photos::Bitmap;
use sample_head::{SampleScene, SampleTone, picture_name};
use std::sync::LazyLock;

static FINDER: LazyLock<FaceFinder> = LazyLock::new(face_finder);

/// What is found in a picture.
fn found_in(picture: &Bitmap) -> Result<FoundFace, FaceError> {
    FINDER.find(&SourcePicture { pixels: &picture.pixels, width: picture.width, zoom: 1.0 })
}

/// How far two pupils are from where they are, over the distance of the pupils: the mean of both.
fn pupils_off(face: &FoundFace, truth: [PhotoPoint; 2]) -> f64 {
    let [left, right] = truth;
    let off = face.pupils[0].distance(left) + face.pupils[1].distance(right);
    off / 2.0 / left.distance(right)
}

/// The sample head from a side, in each tone.
fn sample_heads(side: sample_head::Side) -> Vec<Bitmap> {
    assert_eq!(SAMPLE_TONES.len(), SampleTone::ALL.len());
    let read = |tone: SampleTone| {
        let path = format!("{}/assets/sample/{}.webp", env!("CARGO_MANIFEST_DIR"), picture_name(tone, side));
        let (pixels, width) = rgba(&std::fs::read(path).unwrap());
        let height = pixels.len() / 4 / width;
        Bitmap { pixels, width, height }
    };
    SampleTone::ALL.map(read).to_vec()
}

#[test]
fn the_same_bits_are_found_as_always() {
    let found = fingerprints();
    assert_eq!(found, FINGERPRINTS, "{found:#018x?}");
}

#[test]
fn the_sample_heads_pupils_are_found_in_every_tone() {
    let truth = SampleScene::frontal(SampleTone::default()).truth();
    let pupils = [truth.pupil_left, truth.pupil_right].map(PhotoPoint::from);
    for (tone, head) in SampleTone::ALL.into_iter().zip(sample_heads(sample_head::Side::Front)) {
        let face = found_in(&head).unwrap();
        let off = pupils_off(&face, pupils);
        let glabella = face.landmarks.glabella.distance(truth.glabella.into()) / truth.px_per_mm;
        println!("{tone:?}: pupils {:.2} % off, glabella {glabella:.1} mm, {:?}", 100.0 * off, face.pose);
        assert!(off < 0.01, "{tone:?}: {off}, {:?}", face.pupils);
        assert!(glabella < 6.0, "{tone:?}: glabella {glabella} mm off");
        for (name, angle) in [("yaw", face.pose.yaw), ("pitch", face.pose.pitch), ("roll", face.pose.roll)] {
            assert!(angle.abs() < 3.0, "{tone:?}: {name} {angle}");
        }
    }
}

#[test]
fn points_are_told_in_pixels_of_the_photo() {
    let head = sample_heads(sample_head::Side::Front).swap_remove(0);
    let find = |zoom| FINDER.find(&SourcePicture { pixels: &head.pixels, width: head.width, zoom }).unwrap();
    let (plain, scaled) = (find(1.0), find(0.25));
    assert_eq!(scaled.pupils[0].x, 4.0 * plain.pupils[0].x);
    assert_eq!(scaled.points[7].depth, 4.0 * plain.points[7].depth);
    assert_eq!(scaled.pupils_by_iris, plain.pupils_by_iris);
    assert_eq!(scaled.landmarks.chin, scaled.points[152].at);
}

#[test]
fn the_edge_of_the_person_is_that_of_the_head() {
    let truth = SampleScene::frontal(SampleTone::default()).truth();
    let finder = PersonFinder::read(PERSON).unwrap();
    let eyes = PhotoPoint::from(truth.pupil_left).lerp(truth.pupil_right.into(), 0.5);
    for (tone, head) in SampleTone::ALL.into_iter().zip(sample_heads(sample_head::Side::Front)) {
        let mask = finder.find(&SourcePicture { pixels: &head.pixels, width: head.width, zoom: 1.0 }).unwrap();
        let above = truth.outline.iter().map(|point| PhotoPoint::from(*point)).filter(|point| point.y < eyes.y - 100.0);
        // How far beyond the true edge the mask goes on, along the line from the eyes.
        let mut off: Vec<f64> = above
            .map(|edge| {
                let place = |step: u32| f64::from(step) / 1_000.0;
                let is_outside = |step: &u32| mask.share(eyes.lerp(edge, place(*step))).is_none_or(|share| share < 0.5);
                let end = (0..1_500).find(is_outside).map_or(1.5, place);
                (end - 1.0) * eyes.distance(edge) / truth.px_per_mm
            })
            .map(f64::abs)
            .collect();
        off.sort_by(f64::total_cmp);
        let (middle, worst) = (off[off.len() / 2], off[off.len() - 1]);
        println!("{tone:?}: edge {middle:.2} mm off, at worst {worst:.2} mm, of {} places", off.len());
        assert!(middle < 1.0 && worst < 4.0, "{tone:?}: {middle} and {worst} mm");
    }
}

#[test]
fn pupils_are_where_they_were_marked_by_hand() {
    let (mut sum, mut count) = (0.0, 0);
    for portrait in photos::portraits() {
        let face = found_in(&portrait.picture).unwrap_or_else(|error| panic!("{}: {error}", portrait.name));
        let off = pupils_off(&face, portrait.pupils);
        let [left, right] = face.pupils;
        let distance = left.distance(right) / portrait.pupils[0].distance(portrait.pupils[1]);
        println!(
            "{:26} {:.2} % of the pupils' distance off, that {:+.1} %, by the iris {:.1} mm",
            portrait.name,
            100.0 * off,
            100.0 * (distance - 1.0),
            face.pupils_by_iris.0
        );
        assert!(off < 0.02, "{}: {off}, {:?}", portrait.name, face.pupils);
        assert!((50.0..76.0).contains(&face.pupils_by_iris.0), "{}: {:?}", portrait.name, face.pupils_by_iris);
        (sum, count) = (sum + off, count + 1);
    }
    if count > 0 {
        println!("in the mean {:.2} %", 100.0 * sum / f64::from(count));
    }
}

#[test]
fn a_head_seen_from_above_is_told_to_be_bowed() {
    let Some(front) = photos::read("scan-front.jpg") else { return };
    let Some(above) = photos::read("scan-top-front.jpg") else { return };
    let pitch = |picture: &Bitmap| found_in(picture).unwrap().pose.pitch;
    let difference = pitch(&above) - pitch(&front);
    println!("from 45 degrees above: {difference:.1} degrees more");
    assert!((difference - 45.0).abs() < 6.0, "{difference}");
}
