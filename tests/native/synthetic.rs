//! The sample head has a truth in millimetres: what the program measures and places on it is held against that.
#![cfg(test)]

use crate::head::{TRUTH, measured, point, proposed, seen};
use crate::scene;
use hairline_designer::engine::design::{AreaFill, Hairline};
use hairline_designer::engine::dots::Dot;
use hairline_designer::engine::editor::{AnalysisImage, Command, LineStyle};
use hairline_designer::engine::geometry::{PhotoPoint, Polygon, Polyline};
use hairline_designer::engine::measure::{Figures, line_height};
use sample_head::SampleTone;

/// A measured height may be wrong by so many millimetres where the marks are exact.
const HEIGHT_ERROR_MM: f64 = 0.5;
/// The number of dots may differ from density times area by this share.
const COUNT_ERROR: f64 = 0.03;
/// The densities that are counted: the least, the usual and the greatest, per cm2.
const DENSITIES: [f64; 3] = [60.0, 120.0, 200.0];

fn at(dot: &Dot) -> PhotoPoint {
    PhotoPoint::new(f64::from(dot.x), f64::from(dot.y))
}

#[test]
fn the_scale_is_the_camera_s() {
    let editor = measured();
    let scale = editor.view().scale(editor.parameters()).px_per_mm.get();
    assert!((scale / TRUTH.px_per_mm - 1.0).abs() < 1e-4, "{scale} px per mm, truly {}", TRUTH.px_per_mm);
}

#[test]
fn a_line_at_75_mm_is_measured_at_75_mm() {
    let (x, y) = TRUTH.midfrontal_75mm;
    // Flat, curved, and one of whose handles none stands on the midline.
    let lines: [&[(f64, f64)]; 3] = [
        &[(x - 200.0, y), (x, y), (x + 200.0, y)],
        &[(x - 300.0, y + 160.0), (x - 150.0, y + 40.0), (x, y), (x + 150.0, y + 40.0), (x + 300.0, y + 160.0)],
        &[(x - 120.0, y + 30.0), (x + 120.0, y - 30.0)],
    ];
    for handles in lines {
        let mut editor = measured();
        let handles = handles.iter().copied().map(point).collect();
        editor.apply(Command::SetHairline(Some(Hairline::smooth(handles)))).unwrap();
        let height = line_height(editor.view(), editor.parameters()).unwrap().in_picture_mm;
        println!(
            "a line through the point at 75 mm: {:.3} mm ({:.2} to {:.2})",
            height.value, height.least, height.most
        );
        assert!((height.value - 75.0).abs() < HEIGHT_ERROR_MM, "{height:?}");
        assert!(height.least < 75.0 && height.most > 75.0, "{height:?}");
    }
}

#[test]
fn as_many_dots_as_density_times_area() {
    for style in [LineStyle::Man, LineStyle::Woman] {
        for density in DENSITIES {
            let editor = proposed(style, density, 0.0, None);
            let field = scene::field_of(&editor);
            let shape = field.shape().unwrap();
            let surface = editor.view().surface(editor.parameters());
            let area_cm2 = surface.area_cm2(|at| shape.area_contains(at), shape.outline(), 0.5);
            let (dots, expected) = (field.dots().len() as f64, area_cm2 * density);
            let error = dots / expected - 1.0;
            println!("{style:?}, {density} per cm2 on {area_cm2:.2} cm2: {dots} dots, {:+.2} %", error * 100.0);
            assert!(error.abs() < COUNT_ERROR, "{style:?}, {density}: {dots} dots, expected {expected:.0}");
            let figures = Figures::new(editor.design(), &field, editor.parameters());
            assert!(
                (figures.area_cm2.value / area_cm2 - 1.0).abs() < COUNT_ERROR,
                "{:?}, {area_cm2}",
                figures.area_cm2
            );
            assert_eq!(figures.dots.value, dots);
        }
    }
}

/// Fails when a dot of the proposed areas stands outside of the area or of the head.
#[track_caller]
fn all_within(how: &str, analysis_image: Option<&AnalysisImage>) {
    let corners: Vec<PhotoPoint> = TRUTH.outline.iter().copied().map(point).collect();
    let rim = Polyline::new(corners.iter().chain(corners.first()).copied().collect());
    let to_rim_mm = |dot: &Dot| rim.project(at(dot)).unwrap().distance / TRUTH.px_per_mm;
    let head = Polygon::new(corners);
    for style in [LineStyle::Man, LineStyle::Woman] {
        for softness in [0.0, 0.6] {
            let editor = proposed(style, 200.0, softness, analysis_image);
            let field = scene::field_of(&editor);
            let dots = field.dots();
            let outside_area = dots.iter().filter(|dot| !field.shape().unwrap().area_contains(at(dot))).count();
            let outside_head: Vec<_> = dots.iter().filter(|dot| !head.contains(at(dot))).map(at).collect();
            let nearest = dots.iter().map(to_rim_mm).fold(f64::INFINITY, f64::min);
            let area = Figures::new(editor.design(), &field, editor.parameters()).area_cm2.value;
            println!(
                "{how}, {style:?}, softness {softness}: {area:.1} cm2, {} dots, {outside_area} outside the area, {} \
                 outside the head, the nearest {nearest:.1} mm from its outline",
                dots.len(),
                outside_head.len()
            );
            assert!(dots.len() > 1_000, "{how}, {style:?}, softness {softness}: only {} dots", dots.len());
            assert_eq!(outside_area, 0, "{how}, {style:?}, softness {softness}: outside the area");
            assert_eq!(outside_head, [], "{how}, {style:?}, softness {softness}: outside the head");
        }
    }
}

#[test]
fn no_dot_stands_outside_the_area_or_the_head() {
    all_within("nothing seen", None);
}

#[test]
fn no_dot_stands_outside_where_the_end_of_the_scalp_is_seen() {
    for tone in SampleTone::ALL {
        all_within(&format!("{tone:?} seen"), Some(&seen(tone)));
    }
}

#[test]
fn a_dot_outside_the_head_would_be_seen() {
    let head = Polygon::new(TRUTH.outline.iter().copied().map(point).collect());
    let mut editor = proposed(LineStyle::Man, 200.0, 0.0, None);
    let (x, y) = TRUTH.vertex;
    let boundary = vec![PhotoPoint::new(x, y - 50.0)];
    editor.apply(Command::AreaFill(Some(AreaFill::even(boundary, 200.0)))).unwrap();
    let outside = scene::field_of(&editor).dots().iter().filter(|dot| !head.contains(at(dot))).count();
    assert!(outside > 0, "an area that rises above the head has no dot outside of it");
}
