//! Landmarks that are proposed, held against synthetic heads in three dimensions whose truth is known.
#![cfg(test)]

use crate::heads_by_lot::{Pose, Subject, random_in};
use hairline_designer::engine::calibration::{
    Calibration, FaceFit, Head, Landmark, LandmarkInput, Landmarks, Reference, Side,
};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::design::{PhotoRef, View};
use hairline_designer::engine::editor::{AnalysisImage, seen_head};
use hairline_designer::engine::geometry::{Mm, PhotoPoint, PxPerMm};
use sample_head::render_rows;

/// The heads that are looked at.
const SEED: u32 = 11;
const HEADS: usize = 20;

/// How far proposed landmarks may lie from the true ones, mm in the plane of the pupils: the middle one of all landmarks of
/// all heads, and the worst.
const LANDMARK_MEDIAN_MM: f64 = 4.0;
const LANDMARK_WORST_MM: f64 = 10.0;
fn point((x, y): (f64, f64)) -> PhotoPoint {
    PhotoPoint::new(x, y)
}

fn truth_of(subject: &Subject, landmark: Landmark) -> PhotoPoint {
    let truth = &subject.truth;
    point(match landmark {
        Landmark::CanthusLeft => truth.canthus_left,
        Landmark::CanthusRight => truth.canthus_right,
        Landmark::NoseBase => truth.nose_base,
        Landmark::Chin => truth.chin,
        Landmark::TempleLeft => truth.temple_left,
        Landmark::TempleRight => truth.temple_right,
        Landmark::Vertex => truth.top,
    })
}

/// The head as the page finds it in the picture's pixels, from the marks on the pupils.
fn found(subject: &Subject) -> Head {
    let scene = &subject.scene;
    let (width, height) = (scene.width(), scene.height());
    let photo = PhotoRef { width, height, quarter_turns: 0, level: 0.0, digest: String::new() };
    let reference = Reference::TypedPupils { distance: Mm(subject.pupils_mm) };
    let (a, b) = (point(subject.truth.pupil_left), point(subject.truth.pupil_right));
    let view = View { photo: Some(photo), calibration: Some(Calibration { reference, a, b }), ..View::default() };
    let analysis_image = AnalysisImage::new(render_rows(scene, 0..height), width as usize, 1.0);
    seen_head(&view, &Parameters::default(), Side::Front, Some(&analysis_image))
}

fn input<'a>(subject: &Subject, by_hand: &'a Landmarks, head: Option<&'a Head>) -> LandmarkInput<'a> {
    let pupils = (point(subject.truth.pupil_left), point(subject.truth.pupil_right));
    let scale = PxPerMm::new(pupils.0.distance(pupils.1) / subject.pupils_mm).unwrap();
    LandmarkInput { pupils, scale, glabella: None, by_hand, head, parameters: Parameters::default().face() }
}

/// A landmark or the glabella as it was proposed and as it truly is, and how far that is, mm in the plane of the pupils.
struct Miss {
    name: String,
    mm: f64,
}

fn misses(subject: &Subject) -> Vec<Miss> {
    let (head, none) = (found(subject), Landmarks::default());
    let fit = FaceFit::new(input(subject, &none, Some(&head)));
    let miss = |name: String, proposed: PhotoPoint, truth: PhotoPoint| Miss {
        name,
        mm: proposed.distance(truth) / subject.camera.px_per_mm,
    };
    let landmark = |at: Landmark| miss(at.key().to_owned(), fit.proposed(at), truth_of(subject, at));
    let glabella = miss("glabella".to_owned(), fit.proposed_glabella(), point(subject.truth.glabella));
    Landmark::ALL.into_iter().map(landmark).chain([glabella]).collect()
}

/// Median and greatest of some numbers.
fn spread(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    (numbers[numbers.len() / 2], numbers[numbers.len() - 1])
}

#[test]
fn landmarks_are_proposed_near_where_they_are() {
    let heads: Vec<Vec<Miss>> = random_in(Pose::Front, SEED, HEADS).map(|subject| misses(&subject)).collect();
    for (place, Miss { name, .. }) in heads[0].iter().enumerate() {
        let (median, worst) = spread(heads.iter().map(|head| head[place].mm));
        println!("{name:>14}: median {median:.2} mm, worst {worst:.2} mm");
    }
    let (median, worst) = spread(heads.iter().flatten().map(|miss| miss.mm));
    println!("all landmarks of {HEADS} heads: median {median:.2} mm, worst {worst:.2} mm");
    assert!(median < LANDMARK_MEDIAN_MM, "{median}");
    assert!(worst < LANDMARK_WORST_MM, "{worst}");
}

#[test]
fn landmarks_set_by_hand_improve_the_others() {
    let off = |subject: &Subject, known: bool| {
        let mut by_hand = Landmarks::default();
        if known {
            by_hand.set(Landmark::NoseBase, Some(truth_of(subject, Landmark::NoseBase)));
        }
        let glabella = known.then(|| point(subject.truth.glabella));
        let fit = FaceFit::new(LandmarkInput { glabella, ..input(subject, &by_hand, None) });
        let others = [Landmark::Chin, Landmark::CanthusLeft, Landmark::CanthusRight, Landmark::Vertex];
        spread(others.into_iter().map(|at| fit.proposed(at).distance(truth_of(subject, at)))).1
    };
    let (before, after): (Vec<f64>, Vec<f64>) =
        random_in(Pose::Front, SEED, HEADS).map(|subject| (off(&subject, false), off(&subject, true))).unzip();
    let (before, after) = (spread(before.into_iter()), spread(after.into_iter()));
    println!("the worst of four, from the pupils alone: {before:.2?} mm; with glabella and nose base: {after:.2?} mm");
    assert!(after.0 < before.0 * 0.8, "{before:?} {after:?}");
}
