//! Guides: the lines by which practitioners place a hairline, drawn on the visitor's own face.

use super::skin_frame::solved;
use super::{FaceFit, Landmark, SkinFrame};
use crate::engine::geometry::{Mm, PhotoPoint};

/// A set of lines that is shown or hidden as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guide {
    /// The facial thirds: at the chin, the base of the nose, the glabella, and as high above it again.
    Thirds,
    /// The midline from the chin over the top.
    Midline,
    /// The lines straight up from the outer corners of the eyes.
    LateralCanthus,
    /// The lines straight up from the pupils.
    MidPupil,
    /// The points of Garg's method: A, B, C, D and E.
    Garg,
}

/// Every guide.
pub const GUIDES: [Guide; 5] = [Guide::Thirds, Guide::Midline, Guide::LateralCanthus, Guide::MidPupil, Guide::Garg];

/// A line or a single point of a guide.
#[derive(Debug, Clone, PartialEq)]
pub struct GuideLine {
    /// Where it goes; one point is a point.
    pub points: Vec<PhotoPoint>,
    /// What is written beside its first point; empty for nothing.
    pub name: &'static str,
    /// The length that it shows: of a third, from its line to the next lower one, straight, mm.
    pub length: Option<Mm>,
}

/// How far to both sides of the midline the lines of the thirds go, mm.
const THIRD_HALF_WIDTH: f64 = 70.0;
/// The heights over the glabella through which lines up the forehead go, mm along the skin.
const UP_THE_FOREHEAD: [f64; 5] = [0.0, 25.0, 50.0, 75.0, 95.0];
/// Garg's distance between the points of his method, mm, and how far the temple peak lies from C on the way to E (J Cutan
/// Aesthet Surg).
const GARG: f64 = 80.0;
const GARG_C_TO_D: f64 = 50.0;
/// Beside and above the glabella where C is looked for first, mm.
const GARG_C_NEAR: (f64, f64) = (52.0, 65.0);
const HALVINGS: usize = 10;

impl Guide {
    /// The lines of the guide on a face.
    #[must_use]
    pub fn lines(self, fit: &FaceFit, skin: &SkinFrame) -> Vec<GuideLine> {
        match self {
            Self::Thirds => thirds(fit, skin),
            Self::Midline => vec![line(midline(fit, skin))],
            Self::LateralCanthus => {
                [Landmark::CanthusLeft, Landmark::CanthusRight].map(|side| straight_up(fit.point(side), skin)).to_vec()
            }
            Self::MidPupil => {
                let (left, right) = fit.pupils();
                [left, right].map(|pupil| straight_up(pupil, skin)).to_vec()
            }
            Self::Garg => garg(skin),
        }
    }
}

fn line(points: Vec<PhotoPoint>) -> GuideLine {
    GuideLine { points, name: "", length: None }
}

fn thirds(fit: &FaceFit, skin: &SkinFrame) -> Vec<GuideLine> {
    let height = |point: PhotoPoint| skin.face().coordinates(point).1.0;
    let (nose_base, chin) = (height(fit.point(Landmark::NoseBase)), height(fit.point(Landmark::Chin)));
    // The rule is that all three are alike: the upper one is proposed as high as the lower two are on the average.
    let upper = -chin / 2.0;
    let level = |(up, below): (f64, Option<f64>)| GuideLine {
        points: [-THIRD_HALF_WIDTH, THIRD_HALF_WIDTH].map(|x| skin.face().at(Mm(x), Mm(up))).to_vec(),
        name: "",
        length: below.map(|below| Mm(up - below)),
    };
    [(upper, Some(0.0)), (0.0, Some(nose_base)), (nose_base, Some(chin)), (chin, None)].map(level).to_vec()
}

fn midline(fit: &FaceFit, skin: &SkinFrame) -> Vec<PhotoPoint> {
    let vertex = fit.point(Landmark::Vertex);
    let height = |point: PhotoPoint| skin.face().coordinates(point).1.0;
    let forehead = UP_THE_FOREHEAD.map(|up| skin.at(Mm(0.0), Mm(up)));
    // A head that is seen from below shows less of its forehead.
    let below_top = forehead.into_iter().filter(|point| height(*point) < height(vertex));
    [fit.point(Landmark::Chin), fit.point(Landmark::NoseBase)].into_iter().chain(below_top).chain([vertex]).collect()
}

/// From a point up over the forehead, always as far from the midline.
fn straight_up(from: PhotoPoint, skin: &SkinFrame) -> GuideLine {
    let (right, _) = skin.coordinates(from);
    line([from].into_iter().chain(UP_THE_FOREHEAD.map(|up| skin.at(right, Mm(up)))).collect())
}

/// A: the glabella. B: 8 cm above it. E: 8 cm beside it. C: 8 cm from B and from E. D: 5 cm from C on the way to E.
fn garg(skin: &SkinFrame) -> Vec<GuideLine> {
    let (a, b) = (skin.at(Mm(0.0), Mm(0.0)), skin.at(Mm(0.0), Mm(GARG)));
    let side = |side: f64| {
        let e = halved(|share| skin.at(Mm(side * share * GARG), Mm(0.0)), a, GARG, skin);
        let (near_x, near_up) = GARG_C_NEAR;
        let surface = skin.surface();
        let apart = |place: (f64, f64)| {
            let c = surface.point(place.0, place.1);
            (skin.along(b, c) - GARG, skin.along(e, c) - GARG)
        };
        let (right, down) = solved(surface.chart(skin.at(Mm(side * near_x), Mm(near_up))), apart);
        let c = surface.point(right, down);
        let d = halved(|share| c.lerp(e, share), c, GARG_C_TO_D, skin);
        [("C", c), ("D", d), ("E", e)]
    };
    let point = |(name, point): (&'static str, PhotoPoint)| GuideLine { points: vec![point], name, length: None };
    [("A", a), ("B", b)].into_iter().chain(side(-1.0)).chain(side(1.0)).map(point).collect()
}

/// The point on a way, given by shares of it from 0 to 1, that lies so far from a point along the skin.
fn halved(way: impl Fn(f64) -> PhotoPoint, from: PhotoPoint, length: f64, skin: &SkinFrame) -> PhotoPoint {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        *(if skin.along(from, way(middle)) < length { &mut low } else { &mut high }) = middle;
    }
    way((low + high) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::super::{FaceFrame, FaceParameters, Head, HeadParameters, LandmarkInput, Landmarks, Scale, Surface};
    use super::*;
    use crate::engine::geometry::PxPerMm;

    /// The lines of a guide on a level head, 4 pixels a millimetre, its glabella at (800, 1000).
    fn lines(guide: Guide) -> (Vec<GuideLine>, SkinFrame) {
        let scale = Scale { px_per_mm: PxPerMm::new(4.0).unwrap(), least: 1.0, most: 1.0, rough: false };
        let parameters = HeadParameters { length: Mm(195.0), camera: Mm(6000.0) };
        let pupils = (PhotoPoint::new(674.0, 1080.0), PhotoPoint::new(926.0, 1080.0));
        let glabella = PhotoPoint::new(800.0, 1000.0);
        let face = FaceFrame::new(pupils, glabella, scale);
        let head = Head::of_face(&face, pupils, scale.px_per_mm, &parameters);
        let surface = Surface::of_head(&head, scale.px_per_mm, Some(pupils.0.lerp(pupils.1, 0.5)), &parameters);
        let skin = SkinFrame::new(face, surface);
        let measures = FaceParameters {
            pupil_distance: Mm(63.0),
            outer_canthal_width: Mm(98.0),
            frontotemporal_width: Mm(110.0),
            glabella_above_pupils: Mm(20.0),
            glabella_to_nose_base: Mm(65.0),
            nose_base_to_chin: Mm(75.0),
            camera: Mm(6000.0),
        };
        let none = Landmarks::default();
        let input = LandmarkInput {
            pupils,
            scale: scale.px_per_mm,
            glabella: Some(glabella),
            by_hand: &none,
            head: Some(&head),
            parameters: measures,
        };
        (guide.lines(&FaceFit::new(input), &skin), skin)
    }

    #[test]
    fn every_guide_is_drawn() {
        for guide in GUIDES {
            let (lines, _) = lines(guide);
            assert!(!lines.is_empty(), "{guide:?}");
            assert!(lines.iter().flat_map(|line| &line.points).all(|point| point.is_finite()), "{guide:?}");
        }
    }

    #[test]
    fn thirds_are_told_in_millimetres() {
        let (lines, _) = lines(Guide::Thirds);
        let lengths: Vec<f64> = lines.iter().filter_map(|line| line.length).map(|length| length.0).collect();
        for (length, expected) in lengths.iter().zip([70.0, 65.0, 75.0]) {
            assert!((length - expected).abs() < 1.5, "{lengths:?}");
        }
        assert_eq!((lengths.len(), lines.len()), (3, 4));
        assert!(lines.windows(2).all(|pair| pair[0].points[0].y < pair[1].points[0].y));
    }

    #[test]
    fn the_points_of_garg_s_method_are_eight_centimetres_apart() {
        let (lines, skin) = lines(Guide::Garg);
        let names: Vec<&str> = lines.iter().map(|line| line.name).collect();
        assert_eq!(names, ["A", "B", "C", "D", "E", "C", "D", "E"]);
        let at = |index: usize| lines[index].points[0];
        for (from, to, expected) in [(0, 1, 80.0), (0, 4, 80.0), (1, 2, 80.0), (4, 2, 80.0), (2, 3, 50.0), (1, 5, 80.0)]
        {
            let length = skin.along(at(from), at(to));
            assert!((length - expected).abs() < 0.5, "{}{}: {length}", names[from], names[to]);
        }
        assert!((at(2).x + at(5).x - 1600.0).abs() < 0.5, "C is as far to the left as to the right");
    }

    #[test]
    fn lines_from_the_eyes_go_up_as_far_from_the_midline_as_they_begin() {
        for guide in [Guide::LateralCanthus, Guide::MidPupil] {
            let (lines, skin) = lines(guide);
            for line in &lines {
                let right: Vec<f64> = line.points.iter().map(|point| skin.coordinates(*point).0.0).collect();
                assert!(right.iter().all(|x| (x - right[0]).abs() < 0.1), "{guide:?}: {right:?}");
            }
            assert!(lines[0].points[0].x < 800.0 && lines[1].points[0].x > 800.0);
        }
    }
}
