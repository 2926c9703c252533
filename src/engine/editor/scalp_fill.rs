//! A fill within an outline that is looked for in the photo: the bare scalp up to the visitor's own hair, or the whole head.

use super::line_ends::goes_on;
use super::scalp::LINE_CORNERS;
use super::{AnalysisImage, ScalpAsk, SeenFace, bare_scalp, whole_head};
use crate::engine::calibration::{Head, Side, Surface};
use crate::engine::catalog::{Parameter, Parameters, SHAPES};
use crate::engine::design::{AreaFill, View};
use crate::engine::face::PersonMask;
use crate::engine::geometry::{Mm, PhotoPoint, PhotoRect, Polygon, Polyline};

/// Where such a fill ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FillEnd {
    /// At the visitor's own hair, or at the background.
    Hair,
    /// At the background alone.
    Background,
}

/// So deep the fill goes on into the visitor's own hair, along the skin, and so deep its density falls to nothing there: the middle
/// of the 10 to 20 mm of practitioners.
pub const INTO_HAIR: Mm = Mm(15.0);
/// So deep it fades where it ends in no hair: before the background, around ears, at the usual edge of hair (our estimate, as a
/// new design's front).
const ON_SKIN: Mm = Mm(6.0);
/// It ends in hair where this share of its corners behind the line lies at least so deep in it (our estimates).
const MET_HAIR: f64 = 0.15;
const DEEP: f64 = 3.0;
/// In such steps it is looked for, mm in the picture.
const INTO_HAIR_STEP: f64 = 0.5;
/// A corner so near to the usual edge of hair, photo pixels, lies on it but for rounding.
const ON_EDGE_PX: f64 = 1.0;

/// An end that is this near to the tip of a temple peak, in mm, lies on it (chosen on 440 portraits of officials, of which 28 had a
/// line that ended at most 8 mm from a tip, and an area that ended bluntly above that temple with 4).
const ON_TIP: f64 = 9.0;
/// From the tip of the temple peak the edge of hair runs back so many mm, to so many mm over the level of the glabella, where the
/// ear begins (our estimates).
const BEHIND_TIP: f64 = 14.0;
const OVER_EAR_UP: f64 = 3.0;
/// Before the ear it runs out into a sideburn: its tip lies so many mm further aside and so many under the level of the glabella
/// (our estimates).
const SIDEBURN_ASIDE: f64 = 2.0;
const SIDEBURN_DOWN: f64 = 17.0;

/// The usual edge of hair, from outside of the skull to outside of it, on three sides of the head: hundredths of the skull's
/// half width to the right and of its half height up, from left to right. Of a head whose nose points to the right, from the
/// nape behind and over the ear, down the sideburn before it, up to the tip of the temple peak and over the temple to the front; at
/// the nape, seen from behind; over the forehead, seen from above (our estimate, from photos whose ears and brows it keeps clear of).
const OVER_EAR: [(i8, i8); 13] = [
    (-125, -85),
    (-54, -78),
    (-37, -64),
    (-25, -42),
    (-20, -20),
    (-4, -6),
    (17, -17),
    (21, -36),
    (31, -36),
    (45, 9),
    (43, 27),
    (49, 60),
    (80, 115),
];
const NAPE: [(i8, i8); 5] = [(-120, -10), (-60, -78), (0, -95), (60, -78), (120, -10)];
const FOREHEAD: [(i8, i8); 11] = [
    (-120, -30),
    (-88, -48),
    (-62, -62),
    (-42, -70),
    (-21, -75),
    (0, -77),
    (21, -75),
    (42, -70),
    (62, -62),
    (88, -48),
    (120, -30),
];

/// The fill of a view that ends there, in front at the line where one is drawn. Density and its way to the rear are those of
/// the fill that it takes the place of, else the parameter's.
///
/// Without a line, a face's fill begins at the first of the shapes; on the other sides the scalp is looked for all
/// around, down to the usual edge of hair.
///
/// Into the visitor's own hair it goes on a little, as far as there is head under it, and fades there.
///
/// `None` where too little of the end is seen. Costs up to twice what [`bare_scalp`] does.
#[must_use]
pub fn scalp_fill(
    view: &View,
    parameters: &Parameters,
    analysis_image: &AnalysisImage,
    end: FillEnd,
) -> Option<AreaFill> {
    let head = view.head_in_force(parameters);
    let marks = view.calibration.filter(|marks| marks.reference.is_pupils());
    let line = front_line(view, parameters, head.side);
    let edge = if line.is_empty() { usual_edge(&head) } else { Vec::new() };
    let find = |whole: &[PhotoPoint]| {
        let ask = ScalpAsk {
            line: whole,
            head: &head,
            edge: &edge,
            eyes: marks.map(|marks| (marks.a, marks.b)),
            px_per_mm: view.scale(parameters).px_per_mm.get(),
        };
        if end == FillEnd::Background {
            return whole_head(analysis_image, &ask).map(|outline| (outline, ON_SKIN));
        }
        let (mut outline, mut blend) = (bare_scalp(analysis_image, &ask)?, INTO_HAIR);
        // Where the head's own edge is not seen, nothing says how far its hair reaches.
        let on_line = whole.len().min(LINE_CORNERS);
        if let Some(hair) =
            whole_head(analysis_image, &ask).map(|head| HairAround::new(head, &edge, (view, parameters)))
        {
            blend = hair.blend(&mut outline, on_line);
        }
        if let Some(person) = analysis_image.person_on(head.side) {
            end_with_person(&mut outline, on_line, person);
        }
        Some((outline, blend))
    };
    // Where the sides do not show the end, the top alone may.
    let temples = temple_lines(view, parameters, &line);
    let found = temples.and_then(|temples| {
        let (outline, blend) = find(&temples.with(&line))?;
        Some((temples.completed(&line, outline)?, blend))
    });
    let (boundary, blend) = found.or_else(|| find(&line))?;
    let before = view.area_fill().map(|(_, fill)| (fill.density, fill.rear));
    let (density, rear) = before.unwrap_or_else(|| (parameters.get(Parameter::Density), 1.0));
    Some(AreaFill { boundary, closed: true, density, rear, blend: Some(blend) })
}

/// The hair around bare scalp.
struct HairAround {
    /// The head with its hair, without ears and face.
    head: Polygon,
    surface: Surface,
    /// The usual edge of hair.
    edge: Polyline,
    /// A step of the search, photo pixels.
    step: f64,
}

impl HairAround {
    fn new(head: Vec<PhotoPoint>, edge: &[PhotoPoint], (view, parameters): (&View, &Parameters)) -> Self {
        let step = view.scale(parameters).px_per_mm.get() * INTO_HAIR_STEP;
        let edge = Polyline::new(edge.to_vec());
        Self { head: Polygon::new(head), surface: view.surface(parameters), edge, step }
    }

    /// Takes an outline's corners behind those of its line outwards into the hair: straight away from the middle, so that
    /// none of them comes to lie beside its neighbours. Returns how deep the fill is to fade.
    fn blend(&self, outline: &mut [PhotoPoint], on_line: usize) -> Mm {
        let middle = middle_of(outline, on_line);
        let (mut in_hair, deep) = (0, DEEP / INTO_HAIR_STEP * self.step);
        for corner in outline.iter_mut().skip(on_line) {
            let deepest = self.deepest(*corner, middle).rounded();
            in_hair += usize::from(deepest.distance(*corner) > deep);
            *corner = deepest;
        }
        let border = outline.len().saturating_sub(on_line);
        if in_hair as f64 >= MET_HAIR * border as f64 { INTO_HAIR } else { ON_SKIN }
    }

    /// The point that is farthest from a middle in the hair at a corner.
    fn deepest(&self, corner: PhotoPoint, middle: PhotoPoint) -> PhotoPoint {
        let away = middle.distance(corner);
        let is_on_edge = self.edge.project(corner).is_some_and(|near| near.distance < ON_EDGE_PX);
        if away < self.step || is_on_edge {
            return corner;
        }
        let at = |steps: u32| middle.lerp(corner, 1.0 + self.step * f64::from(steps) / away);
        let is_in_hair =
            |point: &PhotoPoint| self.head.contains(*point) && self.surface.length(&[corner, *point]).0 <= INTO_HAIR.0;
        let steps = 1..=(INTO_HAIR.0 / INTO_HAIR_STEP) as u32;
        steps.map(at).take_while(is_in_hair).last().unwrap_or(corner)
    }
}

/// The middle of an outline whose first corners are those of a line: that between the line's ends.
fn middle_of(outline: &[PhotoPoint], on_line: usize) -> PhotoPoint {
    match outline.first().zip(outline.get(on_line.saturating_sub(1))) {
        Some((first, last)) if on_line > 1 => first.lerp(*last, 0.5),
        _ => PhotoRect::around(outline.iter()).middle(),
    }
}

/// Takes an outline's corners behind those of its line back to where the person ends: a wall may look like skin.
fn end_with_person(outline: &mut [PhotoPoint], on_line: usize, person: &PersonMask) {
    let middle = middle_of(outline, on_line);
    for corner in outline.iter_mut().skip(on_line) {
        if let Some(end) = person.end(middle, *corner) {
            *corner = middle.lerp(*corner, end).rounded();
        }
    }
}

/// The points of the drawn line, or of a face's usual one, from the picture's left to its right; none where neither is.
fn front_line(view: &View, parameters: &Parameters, side: Side) -> Vec<PhotoPoint> {
    let usual = || {
        let rule = SHAPES.first().filter(|_| side == Side::Front)?;
        let face = SeenFace::of(view, parameters);
        face.line(rule, &face.params(rule, parameters))
    };
    let line = view.hairline.clone().or_else(usual);
    let mut points = line.map_or_else(Vec::new, |line| line.curve().points().to_vec());
    if points.first().zip(points.last()).is_some_and(|(first, last)| first.x > last.x) {
        points.reverse();
    }
    points
}

/// The edge of hair from a front line's ends down to the ears, as far as the line does not say it itself.
struct TempleLines {
    /// From the picture's left to the line.
    left: Vec<PhotoPoint>,
    /// From the line to the picture's right.
    right: Vec<PhotoPoint>,
    /// The tips of the sideburns under their outer ends, where they go on: no edge of the head is looked for from there.
    sideburns: [Option<PhotoPoint>; 2],
}

impl TempleLines {
    fn with(&self, line: &[PhotoPoint]) -> Vec<PhotoPoint> {
        [&self.left[..], line, &self.right].concat()
    }

    /// An outline that was found from the whole line, with corners of its own for that line: those at the temples are few, and none
    /// of them may be left out.
    fn completed(&self, line: &[PhotoPoint], outline: Vec<PhotoPoint>) -> Option<Vec<PhotoPoint>> {
        let [left_sideburn, right_sideburn] = self.sideburns;
        let sideburns = self.sideburns.iter().flatten().count();
        let pieces = LINE_CORNERS - self.left.len() - self.right.len() - sideburns - 1;
        let front = (0..=pieces).filter_map(|index| line.get(index * (line.len() - 1) / pieces));
        let border = outline.get(LINE_CORNERS..)?;
        let left = left_sideburn.iter().chain(&self.left);
        let right = self.right.iter().chain(&right_sideburn);
        Some(left.chain(front).chain(right).chain(border).copied().collect())
    }
}

/// Where the edge of hair goes on from a front line: to the tip of the temple peak, back to over the ear and down the sideburn. A line that ends
/// near the middle of the forehead, or low, is meant to end there; `None` where both ends are.
fn temple_lines(view: &View, parameters: &Parameters, line: &[PhotoPoint]) -> Option<TempleLines> {
    let (first, last) = line.first().zip(line.last()).filter(|_| line.len() >= LINE_CORNERS)?;
    view.face(parameters)?;
    let face = SeenFace::of(view, parameters);
    let [left, right] = face.temples();
    let on_tip = view.scale(parameters).px_per_mm.px(Mm(ON_TIP)).0;
    let behind_tip = |tip: PhotoPoint, by: f64, up: f64| {
        let (aside, _) = face.place(tip);
        face.at(Mm(aside.0 + by.copysign(aside.0)), Mm(up))
    };
    let side = |end: &PhotoPoint, tip: PhotoPoint| {
        let over_ear = behind_tip(tip, BEHIND_TIP, OVER_EAR_UP);
        let [end_aside, tip_aside] = [*end, tip].map(|point| face.place(point).0.0.abs());
        let (is_on_tip, goes_on) = (end.distance(tip) < on_tip, goes_on(&face, *end, tip));
        // From an end further aside the edge would hook inwards to the tip.
        if is_on_tip || goes_on && end_aside > tip_aside {
            vec![over_ear]
        } else if goes_on {
            vec![tip, over_ear]
        } else {
            Vec::new()
        }
    };
    let tips = [left, right];
    let [mut left, right] = [side(first, left), side(last, right)];
    left.reverse();
    let sideburn = |tip| behind_tip(tip, BEHIND_TIP + SIDEBURN_ASIDE, -SIDEBURN_DOWN);
    let sideburns = [(&left, tips[0]), (&right, tips[1])].map(|(line, tip)| (!line.is_empty()).then(|| sideburn(tip)));
    Some(TempleLines { left, right, sideburns }).filter(|lines| !lines.left.is_empty() || !lines.right.is_empty())
}

/// Where hair usually begins on a head; empty for a face, whose line says it.
fn usual_edge(head: &Head) -> Vec<PhotoPoint> {
    let edge: &[(i8, i8)] = match head.side {
        Side::Left | Side::Right => &OVER_EAR,
        Side::Back => &NAPE,
        Side::Top => &FOREHEAD,
        Side::Front => &[],
    };
    let towards = if head.side == Side::Left { -0.01 } else { 0.01 };
    edge.iter().map(|(right, up)| head.on_outline(f64::from(*right) * towards, f64::from(*up) * 0.01)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference};
    use crate::engine::design::{FillOp, Hairline, PhotoRef};
    use std::rc::Rc;

    const SIDE: usize = 400;

    /// A bald head of 600 pixels across before a wall, with dark hair below its middle, in a picture of 800 x 800 pixels.
    fn bald() -> AnalysisImage {
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
        AnalysisImage::new(pixels.collect(), SIDE, 0.5)
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
        let (parameters, analysis_image) = (Parameters::default(), bald());
        let fill = scalp_fill(&view(&LINE), &parameters, &analysis_image, FillEnd::Hair).unwrap();
        let drawn_back: Vec<_> = LINE.iter().rev().copied().collect();
        let back = scalp_fill(&view(&drawn_back), &parameters, &analysis_image, FillEnd::Hair).unwrap();
        let area = |fill: &AreaFill| Polygon::new(fill.boundary.clone()).area();
        assert!(fill.closed && fill.boundary.len() <= 40, "{fill:?}");
        assert!((area(&fill) / area(&back) - 1.0).abs() < 0.01, "{} {}", area(&fill), area(&back));
        let whole = scalp_fill(&view(&LINE), &parameters, &analysis_image, FillEnd::Background).unwrap();
        assert!(area(&whole) > area(&fill) * 1.05, "{} {}", area(&whole), area(&fill));
    }

    #[test]
    fn the_fill_goes_on_into_the_hair_and_not_beyond_the_head() {
        let (parameters, analysis_image) = (Parameters::default(), bald());
        let view = view(&LINE);
        let fill = scalp_fill(&view, &parameters, &analysis_image, FillEnd::Hair).unwrap();
        let (outline, surface) = (Polygon::new(fill.boundary.clone()), view.surface(&parameters));
        // At this height bare scalp ends 220 pixels beside the middle, and the head 260.
        for side in [-1.0, 1.0] {
            let beside = |by: f64| PhotoPoint::new(400.0 + side * by, 330.0);
            let reach = (220..300).map(f64::from).take_while(|by| outline.contains(beside(*by))).last().unwrap_or(0.0);
            let deep = surface.length(&[beside(220.0), beside(reach)]).0;
            assert!((11.0..17.0).contains(&deep), "{deep} mm deep: {fill:?}");
        }
        for corner in &fill.boundary {
            let (x, y) = (corner.x - 400.0, corner.y - 450.0);
            assert!((x * x + y * y).sqrt() < 306.0, "{corner:?} lies beside the head");
        }
    }

    #[test]
    fn a_line_goes_on_over_the_temples_to_the_ears() {
        let (parameters, analysis_image) = (Parameters::default(), bald());
        let high = [(190.0, 300.0), (400.0, 200.0), (610.0, 300.0)];
        let narrow = [(340.0, 220.0), (400.0, 200.0), (460.0, 220.0)];
        for (line, goes_on) in [(high, true), (LINE, false), (narrow, false)] {
            let view = view(&line);
            let fill = scalp_fill(&view, &parameters, &analysis_image, FillEnd::Background).unwrap();
            let (face, outline) = (SeenFace::of(&view, &parameters), Polygon::new(fill.boundary.clone()));
            for side in [-1.0, 1.0] {
                let over_ear = face.at(Mm(side * 71.0), Mm(10.0));
                assert_eq!(outline.contains(over_ear), goes_on, "{line:?}: {over_ear:?} of {fill:?}");
                let sideburn = face.at(Mm(side * 69.0), Mm(-4.0));
                assert_eq!(outline.contains(sideburn), goes_on, "{line:?}: {sideburn:?} of {fill:?}");
                let under_it = face.at(Mm(side * 69.0), Mm(-24.0));
                assert!(!outline.contains(under_it), "{line:?}: {under_it:?} of {fill:?}");
                let beside_brow = face.at(Mm(side * 52.0), Mm(12.0));
                assert!(!outline.contains(beside_brow), "{line:?}: {beside_brow:?} of {fill:?}");
            }
            let tips = face.temples().into_iter().filter(|tip| fill.boundary.contains(tip)).count();
            assert_eq!((tips, fill.boundary.len() <= 40), (if goes_on { 2 } else { 0 }, true), "{fill:?}");
        }
    }

    #[test]
    fn a_line_that_ends_on_the_tips_goes_on_to_the_ears() {
        let (parameters, analysis_image) = (Parameters::default(), bald());
        let to_tips = |short: &[(f64, f64)]| {
            let mut view = view(short);
            let [left, right] = SeenFace::of(&view, &parameters).temples();
            let line = view.hairline.as_mut().unwrap();
            line.handles.insert(0, left);
            line.handles.push(right);
            view
        };
        let view = to_tips(&[(190.0, 300.0), (400.0, 200.0), (610.0, 300.0)]);
        let fill = scalp_fill(&view, &parameters, &analysis_image, FillEnd::Background).unwrap();
        let (face, outline) = (SeenFace::of(&view, &parameters), Polygon::new(fill.boundary.clone()));
        for side in [-1.0, 1.0] {
            for (aside, up) in [(66.0, 12.0), (69.0, -4.0)] {
                assert!(outline.contains(face.at(Mm(side * aside), Mm(up))), "{aside}, {up}: {fill:?}");
            }
        }
        let tips = face.temples().into_iter().filter(|tip| fill.boundary.iter().any(|at| at.distance(*tip) < 1.0));
        assert_eq!((tips.count(), fill.boundary.len() <= 40), (2, true), "{fill:?}");
    }

    #[test]
    fn a_line_that_ends_beside_the_tips_goes_on_to_the_ears_too() {
        let (parameters, analysis_image) = (Parameters::default(), bald());
        for (inside, over) in [(0.0, 5.5), (7.0, 4.5), (-5.0, 5.0)] {
            let mut view = view(&LINE);
            let face = SeenFace::of(&view, &parameters);
            let [left, right] = face.temples().map(|tip| face.place(tip));
            let ends =
                [left, right].map(|(aside, up)| face.at(Mm(aside.0 - inside * aside.0.signum()), Mm(up.0 + over)));
            view.hairline = Some(Hairline::smooth(vec![ends[0], PhotoPoint::new(400.0, 200.0), ends[1]]));
            let fill = scalp_fill(&view, &parameters, &analysis_image, FillEnd::Background).unwrap();
            let (face, outline) = (SeenFace::of(&view, &parameters), Polygon::new(fill.boundary.clone()));
            for side in [-1.0, 1.0] {
                let over_ear = face.at(Mm(side * 71.0), Mm(10.0));
                assert!(outline.contains(over_ear), "{inside}, {over}: {over_ear:?} of {fill:?}");
            }
        }
    }

    #[test]
    fn from_an_end_beyond_a_tip_nothing_hooks_inwards() {
        let (parameters, analysis_image) = (Parameters::default(), bald());
        for (beyond, tips_on_edge) in [(-6.0, 2), (6.0, 0)] {
            let mut view = view(&LINE);
            let face = SeenFace::of(&view, &parameters);
            let tips = face.temples();
            let ends = tips
                .map(|tip| face.place(tip))
                .map(|(aside, up)| face.at(Mm(aside.0 + beyond * aside.0.signum()), Mm(up.0 + 12.0)));
            view.hairline = Some(Hairline::smooth(vec![ends[0], PhotoPoint::new(400.0, 200.0), ends[1]]));
            let fill = scalp_fill(&view, &parameters, &analysis_image, FillEnd::Background).unwrap();
            let on_edge = tips.iter().filter(|tip| fill.boundary.contains(tip)).count();
            assert_eq!(on_edge, tips_on_edge, "{beyond}: {fill:?}");
            let (face, outline) = (SeenFace::of(&view, &parameters), Polygon::new(fill.boundary.clone()));
            for side in [-1.0, 1.0] {
                let over_ear = face.at(Mm(side * 71.0), Mm(10.0));
                assert!(outline.contains(over_ear), "{beyond}: {over_ear:?} of {fill:?}");
            }
        }
    }

    #[test]
    fn before_a_wall_like_skin_the_fill_ends_with_the_person() {
        let (parameters, mut analysis_image) = (Parameters::default(), bald());
        for pixel in analysis_image.pixels.as_chunks_mut::<4>().0 {
            if *pixel == [150, 160, 165, 255] {
                *pixel = [205, 160, 140, 255];
            }
        }
        let off = |at: PhotoPoint| at.distance(PhotoPoint::new(400.0, 450.0)) - 250.0;
        let person = PersonMask::drawn((800.0, 800.0), |at| off(at) < 0.0);
        let analysis_image = AnalysisImage { person: Some(person.into()), ..analysis_image };
        let fill = scalp_fill(&view(&LINE), &parameters, &analysis_image, FillEnd::Hair).unwrap();
        assert!(fill.boundary.iter().all(|corner| off(*corner) < 6.0), "{fill:?}");
        assert!(fill.boundary.iter().any(|corner| off(*corner) > -20.0), "up to its edge: {fill:?}");
    }

    #[test]
    fn another_end_keeps_the_density_and_its_way_to_the_rear() {
        let (parameters, analysis_image) = (Parameters::default(), bald());
        let mut view = view(&LINE);
        let first = scalp_fill(&view, &parameters, &analysis_image, FillEnd::Hair).unwrap();
        assert_eq!((first.density, first.rear), (parameters.get(Parameter::Density), 1.0));
        let thinner = AreaFill { density: 90.0, rear: 0.6, ..AreaFill::even(Vec::new(), 1.0) };
        view.fill.push(Rc::new(FillOp::ToHere(thinner)));
        let again = scalp_fill(&view, &parameters, &analysis_image, FillEnd::Background).unwrap();
        assert_eq!((again.density, again.rear), (90.0, 0.6));
    }

    #[test]
    fn a_plain_picture_gives_no_outline() {
        let plain = AnalysisImage::new(vec![180; SIDE * SIDE * 4], SIDE, 0.5);
        let parameters = Parameters::default();
        assert_eq!(scalp_fill(&view(&LINE), &parameters, &plain, FillEnd::Hair), None);
        for (side, end) in Side::ALL.into_iter().flat_map(|side| [(side, FillEnd::Hair), (side, FillEnd::Background)]) {
            let mut view = view(&LINE);
            view.hairline = None;
            view.head = Some(Head { side, ..view.head_in_force(&parameters) });
            assert_eq!(scalp_fill(&view, &parameters, &plain, end), None, "{side:?}, {end:?}");
        }
    }

    #[test]
    fn the_edge_of_hair_turns_with_the_nose() {
        let (parameters, of) = (Parameters::default(), view(&LINE));
        let head = |side| Head { side, ..of.head_in_force(&parameters) };
        let (left, right) = (usual_edge(&head(Side::Left)), usual_edge(&head(Side::Right)));
        let middle = head(Side::Left).centre.x;
        let mirrored = left.iter().zip(&right).all(|(a, b)| (a.x + b.x - 2.0 * middle).abs() < 0.1);
        assert!(mirrored && left.len() == OVER_EAR.len(), "{left:?} {right:?}");
        // Towards the nose it rises.
        assert!(right.last().unwrap().y < right.first().unwrap().y && right.last().unwrap().x > middle, "{right:?}");
        assert!(usual_edge(&head(Side::Front)).is_empty());
    }

    #[test]
    fn without_a_line_the_whole_head_is_filled_above_the_edge_of_hair() {
        let (parameters, analysis_image) = (Parameters::default(), bald());
        for (side, least, most) in
            [(Side::Top, 0.80, 0.95), (Side::Left, 0.50, 0.75), (Side::Right, 0.50, 0.75), (Side::Back, 0.85, 1.0)]
        {
            let mut view = view(&LINE);
            (view.hairline, view.calibration) = (None, None);
            let (centre, half) = (PhotoPoint::new(400.0, 450.0), 300.0);
            let head = view.head_in_force(&parameters);
            view.head = Some(Head { side, centre, half_width: half, half_height: half, roll: 0.0, ..head });
            let fill = scalp_fill(&view, &parameters, &analysis_image, FillEnd::Background).unwrap();
            let share =
                Polygon::new(fill.boundary.clone()).area() / Polygon::new(view.head.unwrap().outline(96)).area();
            assert!((least..most).contains(&share) && fill.boundary.len() <= 40, "{side:?}: {share}");
            if side == Side::Top {
                let beside_the_middle = view.head.unwrap().on_outline(0.3, -0.71);
                assert!(Polygon::new(fill.boundary).contains(beside_the_middle), "the front is pointed");
            }
        }
    }

    #[test]
    fn from_the_side_the_fill_goes_around_the_ear_and_down_the_sideburn() {
        let (parameters, analysis_image) = (Parameters::default(), bald());
        for side in [Side::Right, Side::Left] {
            let mut view = view(&LINE);
            (view.hairline, view.calibration) = (None, None);
            let head = view.head_in_force(&parameters);
            let (centre, half) = (PhotoPoint::new(400.0, 450.0), 300.0);
            let head = Head { side, centre, half_width: half, half_height: half, roll: 0.0, ..head };
            view.head = Some(head);
            let fill = scalp_fill(&view, &parameters, &analysis_image, FillEnd::Background).unwrap();
            let outline = Polygon::new(fill.boundary.clone());
            let towards = if side == Side::Left { -1.0 } else { 1.0 };
            let is_filled = |(right, up): (f64, f64)| outline.contains(head.on_outline(right * towards, up));
            for (name, place, expected) in [
                ("behind the ear", (-0.35, -0.45), true),
                ("over the ear", (0.0, 0.0), true),
                ("the sideburn", (0.26, -0.32), true),
                ("the ear", (0.0, -0.3), false),
                ("under the sideburn", (0.26, -0.42), false),
                ("the cheek", (0.45, -0.2), false),
                ("the temple peak", (0.43, 0.09), true),
                ("before the temple", (0.47, 0.28), false),
            ] {
                assert_eq!(is_filled(place), expected, "{side:?}, {name}: {fill:?}");
            }
            assert!(fill.boundary.len() <= 40 && fill.blend == Some(ON_SKIN), "{side:?}: {fill:?}");
        }
    }

    #[test]
    fn where_no_hair_is_met_the_fill_fades_over_less() {
        let (parameters, with_hair) = (Parameters::default(), bald());
        let mut bare = with_hair.clone();
        for pixel in bare.pixels.chunks_exact_mut(4).filter(|pixel| pixel[0] == 50) {
            pixel[..3].copy_from_slice(&[205, 160, 140]);
        }
        for (image, depth) in [(&with_hair, INTO_HAIR), (&bare, ON_SKIN)] {
            let fill = scalp_fill(&view(&LINE), &parameters, image, FillEnd::Hair).unwrap();
            assert_eq!(fill.blend, Some(depth), "{fill:?}");
        }
    }

    #[test]
    fn a_face_without_a_line_is_filled_from_its_usual_one() {
        let (parameters, analysis_image) = (Parameters::default(), bald());
        let mut view = view(&LINE);
        view.hairline = None;
        let fill = scalp_fill(&view, &parameters, &analysis_image, FillEnd::Background).unwrap();
        let usual = front_line(&view, &parameters, Side::Front);
        assert!(usual.first().is_some_and(|first| fill.boundary.contains(first)), "{fill:?}");
        // Lower than over the brows lie the tips of the two sideburns alone.
        let low: Vec<_> = fill.boundary.iter().filter(|corner| corner.y >= 500.0).collect();
        assert!(low.len() == 2 && low.iter().all(|tip| (tip.x - 400.0).abs() > 250.0), "{fill:?}");
    }
}
