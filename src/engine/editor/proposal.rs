//! A first line, placed by the eyes, and the area behind it.
//!
//! Seen from the front the line is the outline of the head drawn in to the height of the mid-frontal point: half an ellipse
//! as wide as the cheekbones, with handles at the landmarks that practitioners use: the midline, the pupils, the outer
//! corners of the eyes, and the temples. It is a beginning to be moved, not a rule.

use super::AnalysisImage;
use super::seen_face::guessed_pupils;
use crate::engine::calibration::FaceFrame;
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::design::{AreaFill, Hairline, View};
use crate::engine::geometry::{Mm, PhotoPoint};

/// Which parameter the height of the proposed line follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineStyle {
    /// The mid-frontal height of a typical man.
    Man,
    /// The mid-frontal height of a typical woman.
    Woman,
}

/// Where the line ends: this share of half the cheekbones' width from the midline (our estimate: in front of the ear).
const END_AT: f64 = 0.9;
/// How much higher than the line the first upper boundary reaches (our estimate: it stays below the top of most heads, so
/// that no dot stands on the background before the visitor looked).
const BOUNDARY_RISE: f64 = 1.16;
/// Between which multiples of the line's height the end of the scalp is looked for, in how many looks.
const LOOKED_FOR: (f64, f64) = (0.92, 2.0);
const LOOK_STEPS: usize = 200;
/// So far the boundary stays short of the end that was seen, as a share of the line's height: no dot on the background.
const SHORT_OF_THE_END: f64 = 0.035;
/// The nearest to the line that the boundary may stand.
const MIN_RISE: f64 = 1.06;
/// Pieces of the way along which a height is measured, and halvings of the search for one: 75 mm / 2^14 is 5 micrometres.
const HEIGHT_STEPS: i32 = 24;
const HEIGHT_HALVINGS: usize = 14;
/// Where the boundary's handles stand, as shares of half its width.
const BOUNDARY_HANDLES: [f64; 5] = [-0.72, -0.4, 0.0, 0.4, 0.72];

/// The line that the parameters propose for a view.
#[must_use]
pub fn proposed_line(view: &View, parameters: &Parameters, style: LineStyle) -> Hairline {
    let face = face_or_guess(view, parameters);
    let half_width = parameters.get(Parameter::BizygomaticWidth) / 2.0;
    let height = seen_height(
        view,
        parameters,
        &face,
        Mm(parameters.get(match style {
            LineStyle::Man => Parameter::MidFrontalHeightMan,
            LineStyle::Woman => Parameter::MidFrontalHeightWoman,
        })),
    );
    let pupil = parameters.get(Parameter::PupilDistance) / 2.0;
    let canthus = parameters.get(Parameter::OuterCanthalWidth) / 2.0;
    let end = half_width * END_AT;
    let (width, tall) = view.size();
    let handles = [-end, -canthus, -pupil, 0.0, pupil, canthus, end]
        .map(|x| face.at(Mm(x), Mm(ellipse(x, half_width, height.0))).clamped(width, tall))
        .to_vec();
    Hairline::smooth(handles)
}

/// The height over the glabella in the plane of the picture at which a height along the skin is seen.
fn seen_height(view: &View, parameters: &Parameters, face: &FaceFrame, along: Mm) -> Mm {
    let surface = view.surface(parameters);
    let length = |up: f64| {
        let step = |index: i32| face.at(Mm(0.0), Mm(up * f64::from(index) / f64::from(HEIGHT_STEPS)));
        surface.length(&(0..=HEIGHT_STEPS).map(step).collect::<Vec<_>>()).0
    };
    let (mut low, mut high) = (0.0, along.0);
    for _ in 0..HEIGHT_HALVINGS {
        let middle = (low + high) / 2.0;
        *(if length(middle) < along.0 { &mut low } else { &mut high }) = middle;
    }
    Mm((low + high) / 2.0)
}

/// The area from a line up to where the scalp is seen to end; where nothing is seen, to a boundary that stands a little
/// behind the line. Where a person was looked for it ends with that at the latest.
#[must_use]
pub fn default_boundary(
    view: &View,
    parameters: &Parameters,
    line: &Hairline,
    density: f64,
    analysis_image: Option<&AnalysisImage>,
) -> AreaFill {
    let face = face_or_guess(view, parameters);
    let heights = line.curve().points().iter().map(|point| face.coordinates(*point)).collect::<Vec<_>>();
    let top = heights.iter().map(|(_, up)| up.0).fold(0.0, f64::max).max(1.0);
    let (least, most) =
        heights.iter().fold((f64::MAX, f64::MIN), |(least, most), (right, _)| (least.min(right.0), most.max(right.0)));
    let (middle, half_width) = ((least + most) / 2.0, ((most - least) / 2.0).max(1.0) / END_AT);
    let (width, tall) = view.size();
    let centre = face.at(Mm(middle), Mm(0.0));
    let on_line = BOUNDARY_HANDLES.map(|share| {
        let x = share * half_width;
        face.at(Mm(middle + x), Mm(ellipse(x, half_width, top)))
    });
    let rises = on_line.map(|point| analysis_image.and_then(|analysis_image| seen_rise(analysis_image, centre, point)));
    // Where no end is seen the scalp reaches at least as far as where one is: a head seen from above.
    let farthest = rises.iter().flatten().copied().reduce(f64::max).unwrap_or(BOUNDARY_RISE);
    let person =
        analysis_image.and_then(|analysis_image| analysis_image.person_on(view.head_in_force(parameters).side));
    let placed = |(point, rise): (PhotoPoint, Option<f64>)| {
        let end = centre.lerp(point, rise.unwrap_or(farthest)).clamped(width, tall);
        centre.lerp(end, person.and_then(|person| person.end(centre, end)).unwrap_or(1.0))
    };
    let boundary = on_line.into_iter().zip(rises).map(placed).collect();
    AreaFill::even(boundary, density)
}

/// How many times further from the glabella than the line the scalp ends; `None` when that is not seen.
fn seen_rise(analysis_image: &AnalysisImage, centre: PhotoPoint, on_line: PhotoPoint) -> Option<f64> {
    let (from, to) = (centre.lerp(on_line, LOOKED_FOR.0), centre.lerp(on_line, LOOKED_FOR.1));
    let end = analysis_image.end_of_scalp(from, to, LOOK_STEPS)?;
    let rise = LOOKED_FOR.0 + (LOOKED_FOR.1 - LOOKED_FOR.0) * end;
    Some((rise - SHORT_OF_THE_END).max(MIN_RISE))
}

fn ellipse(x: f64, half_width: f64, height: f64) -> f64 {
    let share = (x / half_width).clamp(-1.0, 1.0);
    height * (1.0 - share * share).sqrt()
}

/// The face of the view; where no pupils are marked, a face in the middle of the picture.
fn face_or_guess(view: &View, parameters: &Parameters) -> FaceFrame {
    view.face(parameters).unwrap_or_else(|| {
        let (scale, pupils) = (view.scale(parameters), guessed_pupils(view, parameters));
        let above = Mm(parameters.get(Parameter::GlabellaAbovePupils));
        let glabella = view.glabella.unwrap_or_else(|| FaceFrame::glabella_guess(pupils, scale, above));
        FaceFrame::new(pupils, glabella, scale)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference};
    use crate::engine::design::PhotoRef;
    use crate::engine::face::PersonMask;

    fn view() -> View {
        let at = PhotoPoint::new;
        View {
            photo: Some(PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: String::new() }),
            calibration: Some(Calibration {
                reference: Reference::TypedPupils { distance: Mm(63.0) },
                a: at(800.0 - 126.0, 1000.0),
                b: at(800.0 + 126.0, 1000.0),
            }),
            ..View::default()
        }
    }

    #[test]
    fn the_middle_stands_at_the_norm_above_the_glabella() {
        let parameters = Parameters::default();
        let view = view();
        let line = proposed_line(&view, &parameters, LineStyle::Man);
        let (right, up) = view.face(&parameters).unwrap().coordinates(line.handles[3]);
        let foot = view.face(&parameters).unwrap().at(Mm(0.0), Mm(0.0));
        let way: Vec<_> = (0..=400).map(|step| foot.lerp(line.handles[3], f64::from(step) / 400.0)).collect();
        let along = view.surface(&parameters).length(&way).0;
        assert!(right.0.abs() < 0.01 && (along - 75.0).abs() < 0.3 && up.0 < 72.0, "{right:?} {along:?} {up:?}");
    }

    #[test]
    fn the_line_is_symmetric_and_falls_towards_the_temples() {
        let line = proposed_line(&view(), &Parameters::default(), LineStyle::Woman);
        for (left, right) in line.handles.iter().zip(line.handles.iter().rev()) {
            assert!((left.x + right.x - 1600.0).abs() < 1e-6 && (left.y - right.y).abs() < 1e-6);
        }
        assert!(line.handles.windows(2).take(3).all(|pair| pair[0].y > pair[1].y));
    }

    #[test]
    fn without_eyes_the_line_is_still_in_the_picture() {
        let mut view = view();
        view.calibration = None;
        let line = proposed_line(&view, &Parameters::default(), LineStyle::Man);
        assert!(line.handles.iter().all(|p| (0.0..=1600.0).contains(&p.x) && (0.0..=2000.0).contains(&p.y)));
        assert!((line.handles[3].x - 800.0).abs() < 1e-6);
    }

    #[test]
    fn the_boundary_stands_behind_the_line() {
        let parameters = Parameters::default();
        let view = view();
        let line = proposed_line(&view, &parameters, LineStyle::Man);
        let fill = default_boundary(&view, &parameters, &line, 120.0, None);
        let curve = line.curve();
        for handle in &fill.boundary {
            let near = curve.project(*handle).unwrap();
            assert!(near.side > 0.0 && near.distance > 8.0, "{handle:?} {near:?}");
        }
    }

    #[test]
    fn the_boundary_ends_with_the_person() {
        let (parameters, view) = (Parameters::default(), view());
        let line = proposed_line(&view, &parameters, LineStyle::Man);
        let plain = AnalysisImage::new(vec![180; 400 * 500 * 4], 400, 0.25);
        let lowest = |image: &AnalysisImage| {
            let fill = default_boundary(&view, &parameters, &line, 120.0, Some(image));
            fill.boundary.iter().map(|handle| handle.y).fold(f64::MAX, f64::min)
        };
        let before = lowest(&plain);
        let top = before + 60.0;
        let person = PersonMask::drawn((1600.0, 2000.0), |at| at.y > top);
        let after = lowest(&AnalysisImage { person: Some(person.into()), ..plain });
        assert!((after - top).abs() < 8.0, "{before} {top} {after}");
    }
}
