//! A fill within an outline that is looked for in the photo: the bare scalp up to the visitor's own hair, or the whole head.

use super::{ScalpAsk, Sight, bare_scalp, whole_head};
use crate::engine::calibration::{Head, Side};
use crate::engine::catalog::{Norm, Norms};
use crate::engine::design::{FillToHere, View};
use crate::engine::geometry::{Angle, Mm, PhotoPoint};

/// Where such a fill ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FillEnd {
    /// At the visitor's own hair, or at the background.
    Hair,
    /// At the background alone.
    Background,
}

/// The usual edge of hair from the nape over the ear to the forehead, of a head whose nose points to the right, and at the
/// nape of one seen from behind: shares of the skull's half width to the right and of its half height up, from left to right
/// (our estimate, from profiles whose ears and eyes it keeps clear of).
const OVER_EAR: [(f64, f64); 6] =
    [(-0.72, -0.66), (-0.35, -0.60), (-0.05, -0.38), (0.25, -0.35), (0.50, 0.0), (0.85, 0.40)];
const NAPE: [(f64, f64); 5] = [(-0.85, -0.35), (-0.50, -0.65), (0.0, -0.80), (0.50, -0.65), (0.85, -0.35)];
/// Where these edges meet the skull's outline, degrees clockwise from its top: to the left and to the right.
const OVER_EAR_MEETS: (f64, f64) = (-132.5, 65.0);
const NAPE_MEETS: (f64, f64) = (-112.4, 112.4);
/// Corners of an outline along the skull's.
const RIM_CORNERS: usize = 24;
/// Such an outline stays a little inside of the skull's, so that no dot stands on the background; and bare scalp that is
/// found without a line reaches no farther outside: shoulders have the colour of skin too. Multiples of the outline.
const RIM_AT: f64 = 0.98;
const FARTHEST: f64 = 1.03;
/// What the search keeps clear above the eyes that it is told.
const ABOVE_EYES: Mm = Mm(20.0);

/// The fill of a view that ends there, in front at the line where one is drawn. Density and its way to the rear are those of
/// the fill that it takes the place of, else the norm's.
///
/// Without a line, bare scalp is looked for within the skull's outline, in a profile above the ear and the face; and the
/// whole head is the skull's outline down to the usual edge of hair.
///
/// `None` where too little of the end is seen. Costs what [`bare_scalp`] does.
#[must_use]
pub fn scalp_fill(view: &View, norms: &Norms, sight: &Sight, end: FillEnd) -> Option<FillToHere> {
    let head = view.head_in_force(norms);
    let px_per_mm = view.scale(norms).px_per_mm.get();
    let marks = view.calibration.filter(|marks| marks.reference.is_pupils()).map(|marks| (marks.a, marks.b));
    let boundary = match (drawn_line(view), end) {
        (Some(line), FillEnd::Hair) => {
            bare_scalp(sight, &ScalpAsk { line: &line, head: &head, eyes: marks, px_per_mm })?
        }
        (Some(line), FillEnd::Background) => {
            whole_head(sight, &ScalpAsk { line: &line, head: &head, eyes: marks, px_per_mm })?
        }
        (None, FillEnd::Hair) => {
            let eyes = marks.or_else(|| below_profile(&head, &usual_edge(&head), px_per_mm));
            let found = bare_scalp(sight, &ScalpAsk { line: &[], head: &head, eyes, px_per_mm })?;
            found.into_iter().map(|corner| pulled_in(&head, corner)).collect()
        }
        (None, FillEnd::Background) => rim(&head),
    };
    let before = view.fill_to_here().map(|(_, fill)| (fill.density, fill.rear));
    let (density, rear) = before.unwrap_or_else(|| (norms.get(Norm::Density), 1.0));
    Some(FillToHere { boundary, closed: true, density, rear })
}

/// The skull's outline from the right end of the usual edge of hair over the top to its left end, and that edge.
fn rim(head: &Head) -> Vec<PhotoPoint> {
    let (left, right) = match head.side {
        Side::Right => OVER_EAR_MEETS,
        Side::Left => (-OVER_EAR_MEETS.1, -OVER_EAR_MEETS.0),
        Side::Back => NAPE_MEETS,
        Side::Front | Side::Top => (-180.0, 180.0),
    };
    let corner = |index: usize| {
        let Angle { sine, cosine } = Angle::degrees(right + (left - right) * index as f64 / RIM_CORNERS as f64);
        head.on_outline(sine * RIM_AT, cosine * RIM_AT)
    };
    usual_edge(head).into_iter().chain((0..RIM_CORNERS).map(corner)).collect()
}

/// A point, brought as near to the skull's outline as bare scalp may stand.
fn pulled_in(head: &Head, point: PhotoPoint) -> PhotoPoint {
    let Angle { sine, cosine } = Angle::degrees(head.tilt);
    let (x, y) = (point.x - head.centre.x, point.y - head.centre.y);
    let (right, down) = ((x * cosine + y * sine) / head.half_width, (y * cosine - x * sine) / head.half_height);
    let outline = (right * right + down * down).sqrt();
    if outline > FARTHEST { head.centre.lerp(point, FARTHEST / outline) } else { point }
}

/// The points of the drawn line, from the picture's left to its right.
fn drawn_line(view: &View) -> Option<Vec<PhotoPoint>> {
    let mut line = view.hairline.as_ref()?.curve().points().to_vec();
    if line.first()?.x > line.last()?.x {
        line.reverse();
    }
    Some(line)
}

/// Where hair usually begins at the sides and the nape; empty for a head that shows neither.
fn usual_edge(head: &Head) -> Vec<PhotoPoint> {
    let at = |(right, up): &(f64, f64)| head.on_outline(*right, *up);
    match head.side {
        Side::Right => OVER_EAR.iter().map(at).collect(),
        Side::Left => OVER_EAR.iter().rev().map(|(right, up)| head.on_outline(-right, *up)).collect(),
        Side::Back => NAPE.iter().map(at).collect(),
        Side::Front | Side::Top => Vec::new(),
    }
}

/// Two places that stand for the eyes of a profile: so far above them that its face and its ear are kept clear of.
fn below_profile(head: &Head, edge: &[PhotoPoint], px_per_mm: f64) -> Option<(PhotoPoint, PhotoPoint)> {
    let (left, right) = (*edge.first()?, *edge.last()?);
    let share = ABOVE_EYES.0 * px_per_mm / left.distance(right).max(1.0);
    let lowered = |point: PhotoPoint| point.moved((left.y - right.y) * share, (right.x - left.x) * share);
    (head.side != Side::Back).then(|| (lowered(left), lowered(right)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference};
    use crate::engine::design::{FillOp, Hairline, PhotoRef};
    use crate::engine::geometry::Polygon;
    use std::rc::Rc;

    const SIDE: usize = 400;

    /// A bald head of 600 pixels across before a wall, with dark hair below its middle, in a picture of 800 x 800 pixels.
    fn bald() -> Sight {
        let pixels = (0..SIDE * SIDE).flat_map(|at| {
            let (x, y) = ((at % SIDE) as f64 * 2.0 - 400.0, (at / SIDE) as f64 * 2.0 - 450.0);
            let on_head = (x * x + y * y).sqrt() < 300.0;
            if !on_head {
                [150, 160, 165, 255]
            } else if y < 0.0 && x.abs() < 220.0 {
                [205, 160, 140, 255]
            } else {
                [50, 40, 35, 255]
            }
        });
        Sight { pixels: pixels.collect(), width: SIDE, zoom: 0.5 }
    }

    fn view(line: &[(f64, f64)]) -> View {
        let at = |(x, y): (f64, f64)| PhotoPoint::new(x, y);
        let reference = Reference::TypedPupils { distance: Mm(63.0) };
        let (a, b) = (at((274.0, 560.0)), at((526.0, 560.0)));
        View {
            photo: Some(PhotoRef { width: 800, height: 800, quarter_turns: 0, level: 0.0, digest: String::new() }),
            calibration: Some(Calibration { reference, a, b }),
            hairline: Some(Hairline::smooth(line.iter().map(|point| at(*point)).collect())),
            ..View::default()
        }
    }

    const LINE: [(f64, f64); 3] = [(200.0, 400.0), (400.0, 340.0), (600.0, 400.0)];

    #[test]
    fn the_outline_is_the_same_whichever_way_the_line_was_drawn() {
        let (norms, sight) = (Norms::default(), bald());
        let fill = scalp_fill(&view(&LINE), &norms, &sight, FillEnd::Hair).unwrap();
        let drawn_back: Vec<_> = LINE.iter().rev().copied().collect();
        let back = scalp_fill(&view(&drawn_back), &norms, &sight, FillEnd::Hair).unwrap();
        let area = |fill: &FillToHere| Polygon::new(fill.boundary.clone()).area();
        assert!(fill.closed && fill.boundary.len() <= 40, "{fill:?}");
        assert!((area(&fill) / area(&back) - 1.0).abs() < 0.01, "{} {}", area(&fill), area(&back));
        let whole = scalp_fill(&view(&LINE), &norms, &sight, FillEnd::Background).unwrap();
        assert!(area(&whole) > area(&fill) * 1.05, "{} {}", area(&whole), area(&fill));
    }

    #[test]
    fn another_end_keeps_the_density_and_its_way_to_the_rear() {
        let (norms, sight) = (Norms::default(), bald());
        let mut view = view(&LINE);
        let first = scalp_fill(&view, &norms, &sight, FillEnd::Hair).unwrap();
        assert_eq!((first.density, first.rear), (norms.get(Norm::Density), 1.0));
        let thinner = FillToHere { density: 90.0, rear: 0.6, ..FillToHere::even(Vec::new(), 1.0) };
        view.fill.push(Rc::new(FillOp::ToHere(thinner)));
        let again = scalp_fill(&view, &norms, &sight, FillEnd::Background).unwrap();
        assert_eq!((again.density, again.rear), (90.0, 0.6));
    }

    #[test]
    fn a_plain_picture_gives_no_outline() {
        let plain = Sight { pixels: vec![180; SIDE * SIDE * 4], width: SIDE, zoom: 0.5 };
        assert_eq!(scalp_fill(&view(&LINE), &Norms::default(), &plain, FillEnd::Hair), None);
    }

    #[test]
    fn the_usual_edge_of_a_profile_runs_from_left_to_right_and_its_face_lies_below() {
        for (side, eye, crown) in [(Side::Left, -0.8, 0.2), (Side::Right, 0.8, -0.2)] {
            let mut view = view(&LINE);
            view.hairline = None;
            let head = Head { side, ..view.head_in_force(&Norms::default()) };
            let edge = usual_edge(&head);
            assert!(edge.is_sorted_by(|a, b| a.x < b.x), "{side:?}: {edge:?}");
            let (left, right) = below_profile(&head, &edge, 4.0).unwrap();
            let height = |point: PhotoPoint| {
                ((point.x - left.x) * (right.y - left.y) - (point.y - left.y) * (right.x - left.x))
                    / left.distance(right)
            };
            assert!((height(edge[0]) - 80.0).abs() < 1e-6, "{side:?}: {}", height(edge[0]));
            assert!(height(head.on_outline(eye, -0.55)) < 80.0, "{side:?}: the eye");
            assert!(height(head.on_outline(crown, 0.8)) > 80.0, "{side:?}: the crown");
        }
        assert!(usual_edge(&view(&LINE).head_in_force(&Norms::default())).is_empty());
    }

    #[test]
    fn without_a_line_the_whole_head_is_its_outline_above_the_edge_of_hair() {
        let (norms, sight) = (Norms::default(), bald());
        for (side, least, most) in
            [(Side::Top, 0.94, 1.0), (Side::Left, 0.6, 0.8), (Side::Right, 0.6, 0.8), (Side::Back, 0.8, 0.95)]
        {
            let mut view = view(&LINE);
            (view.hairline, view.calibration) = (None, None);
            let head = Head {
                side,
                ..Head::usual(side, view.size(), view.scale(&norms).px_per_mm, &View::head_norms(&norms))
            };
            view.head = Some(head);
            let fill = scalp_fill(&view, &norms, &sight, FillEnd::Background).unwrap();
            let whole = Polygon::new(head.outline(96)).area();
            let share = Polygon::new(fill.boundary.clone()).area() / whole;
            assert!((least..most).contains(&share) && fill.boundary.len() <= 40, "{side:?}: {share}");
            assert!(fill.boundary.iter().all(|corner| pulled_in(&head, *corner) == *corner), "{side:?}");
        }
    }

    #[test]
    fn what_lies_outside_of_the_skull_is_pulled_in_towards_its_middle() {
        let head = Head { tilt: 20.0, ..view(&LINE).head_in_force(&Norms::default()) };
        let (outside, kept) = (head.on_outline(1.2, -0.9), head.on_outline(0.5, 0.8));
        let pulled = pulled_in(&head, outside);
        assert!(pulled.distance(head.on_outline(1.2 * 1.03 / 1.5, -0.9 * 1.03 / 1.5)) < 0.01, "{pulled:?}");
        assert_eq!(pulled_in(&head, kept), kept);
    }
}
