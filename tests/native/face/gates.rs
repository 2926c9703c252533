//! Each reason to tell no face: a picture that passes, and one that is refused.
#![cfg(test)]

use super::photos::{self, Bitmap, Portrait};
use super::{found_in, pupils_off, sample_heads};
use hairline_designer::engine::face::{FaceError, SourcePicture};
use hairline_designer::engine::geometry::PhotoPoint;
use sample_head::Side;

/// Faces to make pictures of: the sample head, and portraits where there are some.
fn faces() -> Vec<(&'static str, Bitmap)> {
    let sample = ("the sample head", sample_heads(Side::Front).swap_remove(0).scaled(0.4));
    let portraits = photos::portraits().into_iter().map(|portrait| (portrait.name, portrait.picture));
    [sample].into_iter().chain(portraits).collect()
}

#[track_caller]
fn passes(what: &str, picture: &Bitmap) {
    if let Err(error) = found_in(picture) {
        panic!("{what}: {error:?}");
    }
}

#[track_caller]
fn refused(what: &str, picture: &Bitmap, reasons: &[FaceError]) {
    match found_in(picture) {
        Ok(face) => panic!("{what}: {:?} {:?}", face.pupils, face.pose),
        Err(error) => assert!(reasons.contains(&error), "{what}: {error:?}, expected {reasons:?}"),
    }
}

#[test]
fn faces_pass() {
    for (name, picture) in faces() {
        passes(name, &picture);
    }
    for name in ["scan-front.jpg", "scan-top-front.jpg"] {
        let Some(picture) = photos::read(name) else { return };
        passes(name, &picture);
    }
}

#[test]
fn where_there_is_no_face_none_is_found() {
    let plain = Bitmap { pixels: [200, 170, 150, 255].repeat(300 * 400), width: 300, height: 400 };
    refused("plain skin", &plain, &[FaceError::NoFace]);
    let empty = SourcePicture { pixels: &[], width: 0, zoom: 1.0 };
    assert_eq!(super::FINDER.find(&empty).err(), Some(FaceError::NoFace));
    for side in [Side::Top, Side::Back] {
        for head in sample_heads(side) {
            refused("the sample head", &head, &[FaceError::NoFace]);
        }
    }
    for name in ["scan-back-painted-strip-scar.jpg", "scan-top-crown.jpg"] {
        let Some(picture) = photos::read(name) else { return };
        refused(name, &picture, &[FaceError::NoFace]);
    }
}

#[test]
fn a_profile_is_turned_away() {
    for side in [Side::Left, Side::Right] {
        for head in sample_heads(side) {
            refused("the sample head", &head, &[FaceError::TurnedAway, FaceError::Unsure]);
        }
    }
    let Some(picture) = photos::read("scan-profile-left.jpg") else { return };
    refused("scan-profile-left", &picture, &[FaceError::TurnedAway]);
}

#[test]
fn of_two_faces_none_is_chosen() {
    let faces = faces();
    for ((name, first), (other, second)) in faces.iter().zip(faces.iter().cycle().skip(1)) {
        let what = format!("{name} and {other}");
        refused(&what, &first.beside(second), &[FaceError::TwoFaces]);
        refused(&what, &first.beside(&second.scaled(0.6)), &[FaceError::TwoFaces]);
        // Somebody small in the background is not who is meant.
        passes(&what, &first.beside(&second.scaled(0.2)));
    }
}

#[test]
fn a_face_that_leans_is_found_and_one_on_its_head_is_not() {
    for (name, picture) in faces() {
        let straight = found_in(&picture).unwrap();
        for degrees in [-40.0, 20.0, 40.0] {
            let face = found_in(&picture.turned(degrees)).unwrap_or_else(|error| panic!("{name} {degrees}: {error}"));
            let turned = face.pose.roll - straight.pose.roll;
            assert!((turned - degrees).abs() < 3.0, "{name}: turned by {degrees}, seen to be by {turned}");
        }
        for degrees in [120.0, 150.0, 210.0] {
            let reasons = [FaceError::NotUpright, FaceError::NoFace, FaceError::TurnedAway];
            refused(&format!("{name} turned by {degrees}"), &picture.turned(degrees), &reasons);
        }
        refused(name, &picture.turned(180.0), &[FaceError::NotUpright]);
    }
}

#[test]
fn a_small_head_in_a_large_picture_is_found_in_a_part_of_it() {
    for portrait in photos::portraits() {
        let Portrait { name, picture, pupils } = portrait;
        // The face is a tenth of this picture high.
        let size = (picture.width * 5, picture.height * 5);
        let face = found_in(&picture.on_grey(size)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let down = (size.1 - picture.height) as f64;
        let off = pupils_off(&face, pupils.map(|pupil| PhotoPoint::new(pupil.x, pupil.y + down)));
        println!("{name}: small in a large picture {:.2} % off", 100.0 * off);
        assert!(off < 0.025, "{name}: {off}");
    }
}

#[test]
fn a_face_of_few_pixels_is_too_small() {
    for portrait in photos::portraits() {
        let Portrait { name, picture, pupils } = portrait;
        let distance = pupils[0].distance(pupils[1]);
        let (enough, few) = (28.0 / distance, 20.0 / distance);
        let face = found_in(&picture.scaled(enough)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let off = pupils_off(&face, pupils.map(|pupil| PhotoPoint::new(pupil.x * enough, pupil.y * enough)));
        println!("{name}: with 28 pixels from eye to eye {:.2} % off", 100.0 * off);
        assert!(off < 0.03, "{name}: {off}");
        refused(name, &picture.scaled(few), &[FaceError::TooSmall]);
    }
}

#[test]
fn a_face_that_is_cut_is_refused() {
    for (name, picture) in faces() {
        let face = found_in(&picture).unwrap();
        let (width, height) = (picture.width, picture.height);
        let edge = |of: fn(&PhotoPoint) -> f64| {
            let places = face.landmarks.oval.iter().map(of);
            places.fold((f64::INFINITY, 0.0_f64), |(low, high), at| (low.min(at), high.max(at)))
        };
        let ((left, right), (top, bottom)) = (edge(|point| point.x), edge(|point| point.y));
        // The whole face with a small margin passes; a seventh of it less does not.
        let cut = |share: f64| {
            let (across, down) = (share * (right - left), share * (bottom - top));
            [
                picture
                    .cut(((left + across).max(0.0) as usize, 0), (width - (left + across).max(0.0) as usize, height)),
                picture.cut((0, 0), (((right - across) as usize).min(width), height)),
                picture.cut((0, 0), (width, ((bottom - down) as usize).min(height))),
            ]
        };
        for picture in cut(-0.05) {
            passes(&format!("{name} with a small margin"), &picture);
        }
        for picture in cut(0.14) {
            refused(&format!("{name}, cut"), &picture, &[FaceError::CutOff]);
        }
    }
}
