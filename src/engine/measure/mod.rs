//! What can be measured on a design, each as a range: the clinic decides.

use crate::engine::calibration::{Estimate, FaceFrame, Scale};
use crate::engine::catalog::{Norm, Norms};
use crate::engine::design::{Design, View};
use crate::engine::dots::Field;
use crate::engine::geometry::PhotoPoint;
use serde::Serialize;

/// The height of the front line at the midline of the face.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LineHeight {
    /// Above the glabella in the plane of the picture, mm.
    pub in_picture_mm: Estimate,
    /// Above the glabella along the skin, mm.
    pub along_skin_mm: Estimate,
}

/// The figures of a design.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// Pixels of the picture per millimetre.
    pub px_per_mm: f64,
    /// True lengths lie between the measured one times these two.
    pub length_factors: (f64, f64),
    /// Whether nothing was marked, so that every length is a guess.
    pub rough: bool,
    /// The height of the line, where there is a line and a face.
    pub line_height: Option<LineHeight>,
    /// The area that gets dots, cm2.
    pub area_cm2: Estimate,
    /// All dots.
    pub dots: Estimate,
    /// Dots that stand after each session.
    pub dots_after_session: Vec<Estimate>,
    /// Sessions.
    pub sessions: f64,
    /// Hours in the chair, all sessions together.
    pub hours: Estimate,
    /// Tells whether two computations show the same dots: [`Field::fingerprint`] in hexadecimal digits.
    pub dots_fingerprint: String,
}

impl Figures {
    /// The figures of a design whose dots are in that field. Costs one look at every place of the treated area.
    #[must_use]
    pub fn new(design: &Design, field: &Field, norms: &Norms) -> Self {
        let view = &design.views.front;
        let scale = view.scale(norms);
        let share = [norms.get(Norm::FirstSession), norms.get(Norm::SecondSession), 1.0];
        let by_area = |count: usize| squared(count as f64, &scale);
        let dots = by_area(field.count_at(1.0));
        let hours_per_dot = norms.get(Norm::HoursPerSession) / norms.get(Norm::DotsPerSession);
        Self {
            px_per_mm: scale.px_per_mm.get(),
            length_factors: (scale.least, scale.most),
            rough: scale.rough,
            line_height: line_height(view, norms),
            area_cm2: scale.area_cm2(field.covered_px()),
            dots,
            dots_after_session: share.iter().map(|share| by_area(field.count_at(*share))).collect(),
            sessions: norms.get(Norm::Sessions),
            dots_fingerprint: format!("{:016x}", field.fingerprint()),
            hours: Estimate {
                least: dots.least * hours_per_dot,
                value: dots.value * hours_per_dot,
                most: dots.most * hours_per_dot,
            },
        }
    }
}

/// A figure that goes with the area carries the error of lengths squared.
fn squared(value: f64, scale: &Scale) -> Estimate {
    Estimate { least: value * scale.least * scale.least, value, most: value * scale.most * scale.most }
}

/// The height of a view's line at the midline; `None` without a line or a face.
#[must_use]
pub fn line_height(view: &View, norms: &Norms) -> Option<LineHeight> {
    let face = view.face(norms)?;
    let scale = view.scale(norms);
    let point = midline_crossing(view, &face)?;
    let (_, up) = face.coordinates(point);
    let in_picture_mm = Estimate { least: up.0 * scale.least, value: up.0, most: up.0 * scale.most };
    Some(LineHeight { in_picture_mm, along_skin_mm: face.skin_height(up) })
}

/// Where the line crosses the midline of the face; the highest such point, or the nearest when it does not cross.
fn midline_crossing(view: &View, face: &FaceFrame) -> Option<PhotoPoint> {
    let curve = view.hairline.as_ref()?.curve();
    let crossing = |pair: &[PhotoPoint]| {
        let &[a, b] = pair else { return None };
        let (x0, x1) = (face.coordinates(a).0.0, face.coordinates(b).0.0);
        ((x0 <= 0.0) != (x1 <= 0.0)).then(|| a.lerp(b, x0 / (x0 - x1)))
    };
    let height = |point: &PhotoPoint| face.coordinates(*point).1.0;
    let crossed = curve.points().windows(2).filter_map(crossing).max_by(|a, b| height(a).total_cmp(&height(b)));
    let sideways = |point: &PhotoPoint| face.coordinates(*point).0.0.abs();
    crossed.or_else(|| curve.points().iter().copied().min_by(|a, b| sideways(a).total_cmp(&sideways(b))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference};
    use crate::engine::design::{Hairline, PhotoRef};
    use crate::engine::geometry::Mm;

    fn view(handles: &[(f64, f64)]) -> View {
        let at = |&(x, y): &(f64, f64)| PhotoPoint::new(x, y);
        View {
            photo: Some(PhotoRef { width: 1600, height: 2000, quarter_turns: 0, digest: String::new() }),
            calibration: Some(Calibration {
                reference: Reference::TypedPupils { distance: Mm(63.0) },
                a: PhotoPoint::new(674.0, 1000.0),
                b: PhotoPoint::new(926.0, 1000.0),
            }),
            glabella: Some(PhotoPoint::new(800.0, 920.0)),
            hairline: Some(Hairline { handles: handles.iter().map(at).collect() }),
            fill: Vec::new(),
        }
    }

    #[test]
    fn the_height_is_read_where_the_line_crosses_the_midline() {
        // 4 px a mm: 920 - 680 = 240 px = 60 mm.
        let height = line_height(&view(&[(500.0, 800.0), (800.0, 680.0), (1100.0, 800.0)]), &Norms::default()).unwrap();
        assert!((height.in_picture_mm.value - 60.0).abs() < 0.1, "{height:?}");
        // Along a sphere of 195 mm: 97.5 asin(60 / 97.5) = 64.62.
        assert!((height.along_skin_mm.value - 64.62).abs() < 0.15, "{height:?}");
        assert!(height.along_skin_mm.least < 60.0 && height.along_skin_mm.most > 64.62, "{height:?}");
    }

    #[test]
    fn a_line_beside_the_midline_is_read_at_its_nearest_point() {
        let height = line_height(&view(&[(900.0, 640.0), (1100.0, 800.0)]), &Norms::default()).unwrap();
        assert!((height.in_picture_mm.value - 70.0).abs() < 0.1, "{height:?}");
    }

    #[test]
    fn without_eyes_there_is_no_height() {
        let mut view = view(&[(500.0, 800.0), (1100.0, 800.0)]);
        view.calibration = None;
        assert_eq!(line_height(&view, &Norms::default()), None);
    }
}
