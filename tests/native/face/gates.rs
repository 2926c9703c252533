//! Each reason to tell no face: a picture that passes, and one that is refused.
#![cfg(test)]

use super::photos::{self, Bitmap, Portrait};
use super::{found_in, pupils_off, sample_heads};
use hairline_designer::engine::face::{FaceError, SourcePicture};
use hairline_designer::engine::geometry::PhotoPoint;
use sample_head::{Camera, SampleScene, SampleTone, Side, render_rows};

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
            refused("the sample head", &head, &[FaceError::TurnedAway]);
        }
    }
    let Some(picture) = photos::read("scan-profile-left.jpg") else { return };
    refused("scan-profile-left", &picture, &[FaceError::TurnedAway]);
}

#[test]
fn of_two_faces_none_is_chosen() {
    let faces = faces();
    for ((name, first), (other, second)) in faces.iter().zip(faces.iter().cycle().skip(1)).step_by(2) {
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
        for degrees in [80.0, 120.0, 150.0, 210.0] {
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
fn eyes_that_are_closed_or_behind_sunglasses_are_told() {
    for (name, picture) in faces() {
        let face = found_in(&picture).unwrap();
        assert!(face.are_eyes_seen, "{name}: {face:?}");
        // Some are no longer taken for a face then, which is as well.
        let Ok(hidden) = found_in(&picture.with_sunglasses(face.pupils)) else { continue };
        assert!(!hidden.are_eyes_seen, "{name} with sunglasses");
    }
    for name in ["scan-front.jpg", "scan-top-front.jpg"] {
        let Some(picture) = photos::read(name) else { return };
        assert!(!found_in(&picture).unwrap().are_eyes_seen, "{name}");
    }
}

/// The sample head, turned to the right of the picture and bowed by so many degrees.
fn turned_head(yaw: f64, pitch: f64) -> Bitmap {
    let ((sine, cosine), (nod, straight)) = (yaw.to_radians().sin_cos(), pitch.to_radians().sin_cos());
    let (width, height, px_per_mm) = (600, 640, 2.0);
    let scene = SampleScene::new(
        Camera {
            distance_mm: 1000.0,
            target_mm: [0.0, 0.0, 79.0],
            toward: [-sine * straight, nod, cosine * straight],
            up: [sine * nod, straight, -cosine * nod],
            px_per_mm,
            target_px: (150.0 * px_per_mm, 165.0 * px_per_mm),
        },
        (width, height),
        SampleTone::default(),
    );
    Bitmap { pixels: render_rows(&scene, 0..height), width: width as usize, height: height as usize }
}

#[test]
fn a_face_that_is_turned_too_far_is_refused() {
    for (yaw, pitch) in [(-30.0, 0.0), (-15.0, 15.0), (20.0, 0.0), (30.0, 0.0), (0.0, -20.0), (0.0, 20.0), (0.0, 45.0)]
    {
        let face = found_in(&turned_head(yaw, pitch)).unwrap_or_else(|error| panic!("{yaw} and {pitch}: {error}"));
        println!("turned by {yaw} and {pitch}: {:?}", face.pose);
        assert!((face.pose.yaw - yaw).abs() < 5.0, "turned by {yaw} and {pitch}: {:?}", face.pose);
        assert!((face.pose.pitch - pitch).abs() < 8.0, "turned by {yaw} and {pitch}: {:?}", face.pose);
        assert!(face.are_eyes_seen, "turned by {yaw} and {pitch}");
    }
    for yaw in [-55.0, 55.0, 70.0] {
        refused(&format!("turned by {yaw}"), &turned_head(yaw, 0.0), &[FaceError::TurnedAway]);
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
fn a_face_behind_something_is_unsure() {
    // Some portraits are no face at all then.
    let (name, picture) = faces().swap_remove(0);
    let face = found_in(&picture).unwrap();
    refused(&format!("{name} behind a sheet"), &picture.behind_sheet(face.pupils), &[FaceError::Unsure]);
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
