//! What is worth a look before a design is made: the field's rules of thumb, each gentle, each with its source.
//!
//! A rule speaks only when it is clearly so, and none keeps anybody from anything: the practitioner decides. One row of
//! [`RULES`] is a rule; its words are the language's.

use super::line::{LineHeight, SkinLine, line_height};
use crate::engine::calibration::{Estimate, FaceFrame, Landmark, Side};
use crate::engine::catalog::{Parameter, Parameters, SHADES};
use crate::engine::design::{Design, FillOp, Hairline, View};
use crate::engine::editor::Suggestion;
use crate::engine::geometry::{Angle, PhotoPoint};
use serde::Serialize;

/// Something that is worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// The line stands low at the midline: mm above the glabella along the skin.
    LowLine,
    /// The line does not step back at the temples: mm by which it does, below zero where it comes down.
    NoRecession,
    /// Seen from the side the line slopes down backwards: degrees.
    SlopesDown,
    /// A corner of the line stands nearer to the midline than the outer corner of the eye: mm.
    NarrowCorner,
    /// The two sides of the line differ: mm.
    Uneven,
    /// More dots than hair grows on a scalp: dots per cm2.
    Dense,
    /// The edge is nearly defined: its softness in percent.
    SharpEdge,
    /// The shade is darker than the visitor's own shaved hair suggests: steps of shades.
    DarkerThanSides,
}

/// What part of a design an advice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The line.
    Line,
    /// What is filled and painted.
    Density,
    /// How the ink looks.
    Look,
}

/// What was found, and what it is held against, in the unit of its [`Advice`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Finding {
    /// What was measured.
    pub value: f64,
    /// Beyond which it is worth a look.
    pub limit: f64,
}

/// An advice with what was found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Advised {
    /// Which.
    pub advice: Advice,
    /// What was found.
    pub finding: Finding,
}

/// A rule of thumb.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What it advises.
    pub advice: Advice,
    /// What it is about.
    pub about: About,
    /// What it finds worth a look, if anything.
    pub rule: fn(&AdviceContext) -> Option<Finding>,
    /// Who says so.
    pub source: &'static str,
}

/// Every rule, in the order in which a design is made.
pub const RULES: &[Rule] = &[
    Rule { advice: Advice::LowLine, about: About::Line, rule: low_line, source: "Garg; Shapiro" },
    Rule { advice: Advice::NoRecession, about: About::Line, rule: no_recession, source: "Rassman; Shapiro" },
    Rule { advice: Advice::SlopesDown, about: About::Line, rule: slopes_down, source: "Lam" },
    Rule { advice: Advice::NarrowCorner, about: About::Line, rule: narrow_corner, source: "Shapiro; Garg" },
    Rule { advice: Advice::Uneven, about: About::Line, rule: asymmetry, source: "our estimate" },
    Rule { advice: Advice::Dense, about: About::Density, rule: dense, source: "Bernstein; Rassman" },
    Rule { advice: Advice::SharpEdge, about: About::Look, rule: sharp_edge, source: "Shapiro" },
    Rule { advice: Advice::DarkerThanSides, about: About::Look, rule: darker_than_sides, source: "practitioners" },
];

/// By how much a line has to step back at the temples to do so, mm (our estimate).
const MIN_STEP_BACK: f64 = 2.0;
/// Beside the lateral canthus line the step is looked for, mm: corners stand a little in front of it or behind.
const STEP_AT: [f64; 4] = [-6.0, -3.0, 0.0, 3.0];
/// The first way of a line from its front end, seen from the side, mm: behind it a line may turn down to the temple.
const PROFILE_MM: f64 = 30.0;
/// A line that is shorter from the side tells nothing, mm.
const MIN_PROFILE_MM: f64 = 12.0;
/// How far a head may lean in a photo from the side without its line sloping, degrees (our estimate).
const PROFILE_LEAN: f64 = 8.0;
/// How far inside the lateral canthus line a corner may stand, mm (our estimate).
const INSIDE_MM: f64 = 5.0;
/// What turns by so much within such a way is a corner, degrees and mm; nearer to the midline than that lies a peak, mm
/// (our estimates).
const CORNER: f64 = 40.0;
const CORNER_MM: f64 = 10.0;
const BESIDE_PEAK_MM: f64 = 15.0;
/// An edge softer than this is no defined one (our estimate).
const SOFT: f64 = 0.2;
/// Steps of shades that may lie between the chosen one and the suggested one: lamps and cameras differ (our estimate).
const SHADE_STEPS: f64 = 1.0;

/// What the rules look at.
#[derive(Debug, Clone, PartialEq)]
pub struct AdviceContext<'a> {
    /// The design.
    pub design: &'a Design,
    /// The numbers of the domain.
    pub parameters: &'a Parameters,
    /// The height of the front line.
    pub line_height: Option<LineHeight>,
    /// By how much its two sides differ.
    pub asymmetry: Option<Estimate>,
    /// What the visitor's own shaved hair says of the shade.
    pub suggestion: Option<Suggestion>,
}

impl<'a> AdviceContext<'a> {
    /// What is known of a design.
    #[must_use]
    pub fn of(design: &'a Design, parameters: &'a Parameters) -> Self {
        let front = &design.views.front;
        let suggested = |(_, view): (Side, &View)| {
            let density = view.usual_density().unwrap_or_else(|| parameters.get(Parameter::Density));
            Some(Suggestion::new(view.probe?.darkening, density, &design.look, parameters))
        };
        Self {
            design,
            parameters,
            line_height: line_height(front, parameters),
            asymmetry: super::line::asymmetry(front, parameters),
            suggestion: design.views.each().find_map(suggested),
        }
    }

    /// What is worth a look, in the order of [`RULES`].
    #[must_use]
    pub fn advice(&self) -> Vec<Advised> {
        let found = |rule: &Rule| (rule.rule)(self).map(|finding| Advised { advice: rule.advice, finding });
        RULES.iter().filter_map(found).collect()
    }

    fn front(&self) -> Option<(&View, &Hairline, FaceFrame)> {
        let view = &self.design.views.front;
        Some((view, view.hairline.as_ref()?, view.face(self.parameters)?))
    }
}

impl Advised {
    /// The rule that it comes from.
    #[must_use]
    pub fn rule(&self) -> Option<&'static Rule> {
        RULES.iter().find(|rule| rule.advice == self.advice)
    }
}

/// Found when the value lies above the limit.
fn above(value: f64, limit: f64) -> Option<Finding> {
    (value > limit).then_some(Finding { value, limit })
}

/// Found when the value lies below the limit.
fn below(value: f64, limit: f64) -> Option<Finding> {
    (value < limit).then_some(Finding { value, limit })
}

fn low_line(context: &AdviceContext) -> Option<Finding> {
    below(context.line_height?.along_skin_mm.value, context.parameters.get(Parameter::LineHeightLeast))
}

/// The height at the lateral canthus line over that at the pupil, on the side where it is greater. Lines that are as low as
/// a woman's need not step back.
fn no_recession(context: &AdviceContext) -> Option<Finding> {
    let (_, highest_of_women) = Parameters::range(Parameter::MidFrontalHeightWoman);
    if context.line_height?.along_skin_mm.value <= highest_of_women {
        return None;
    }
    let view = &context.design.views.front;
    let line = SkinLine::of(view, context.parameters)?;
    let step = |canthus: Landmark| {
        let aside = line.skin.right(view.landmark(canthus, context.parameters)?).0;
        let pupil = line.height(
            aside * context.parameters.get(Parameter::PupilDistance)
                / context.parameters.get(Parameter::OuterCanthalWidth),
        )?;
        let at = |beside: &f64| line.height(aside + beside * aside.signum());
        Some(STEP_AT.iter().filter_map(at).reduce(f64::max)? - pupil)
    };
    let steps = [Landmark::CanthusLeft, Landmark::CanthusRight].into_iter().filter_map(step);
    below(steps.reduce(f64::max)?, MIN_STEP_BACK)
}

/// The steeper of the two sides.
fn slopes_down(context: &AdviceContext) -> Option<Finding> {
    let views = &context.design.views;
    let sides = [(&views.left, 1.0), (&views.right, -1.0)];
    let slope = |(view, backwards): (&View, f64)| fall_in_profile(view, backwards, context.parameters);
    above(sides.into_iter().filter_map(slope).reduce(f64::max)?, PROFILE_LEAN)
}

/// By how many degrees the line of a side falls from its front end backwards; below zero where it rises. `backwards` is 1
/// where the back of the head is on the right of the picture, else -1.
fn fall_in_profile(view: &View, backwards: f64, parameters: &Parameters) -> Option<f64> {
    let line = view.hairline.as_ref()?.curve();
    let scale = view.scale(parameters).px_per_mm.get();
    let Angle { sine, cosine } = Angle::degrees(view.head_in_force(parameters).roll);
    // Millimetres backwards and down along the head's own axes.
    let place = |point: &PhotoPoint| {
        let (x, y) = (point.x / scale, point.y / scale);
        ((x * cosine + y * sine) * backwards, y * cosine - x * sine)
    };
    let places: Vec<(f64, f64)> = line.points().iter().map(place).collect();
    let front = places.iter().copied().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let within = places.iter().filter(|place| place.0 - front.0 <= PROFILE_MM);
    let last = within.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let (back, down) = (last.0 - front.0, last.1 - front.1);
    (back >= MIN_PROFILE_MM).then(|| down.atan2(back).to_degrees())
}

/// How far inside, on the side where it is more.
fn narrow_corner(context: &AdviceContext) -> Option<Finding> {
    let (view, line, face) = context.front()?;
    let corners = corners(line, &face);
    let inside = |canthus: Landmark| {
        let aside = face.coordinates(view.landmark(canthus, context.parameters)?).0.0;
        let own = corners.iter().filter(|corner| corner.0 * aside > 0.0);
        let sharpest = own.max_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(aside.abs() - sharpest.0.abs())
    };
    let sides = [Landmark::CanthusLeft, Landmark::CanthusRight].into_iter().filter_map(inside);
    above(sides.reduce(f64::max)?, INSIDE_MM)
}

/// Where a line turns down to the temples: mm to the right of the midline in the plane of the picture, and by how many
/// degrees it turns there.
fn corners(line: &Hairline, face: &FaceFrame) -> Vec<(f64, f64)> {
    let places = |point: &PhotoPoint| {
        let (right, up) = face.coordinates(*point);
        (right.0, up.0)
    };
    let points: Vec<(f64, f64)> = line.curve().points().iter().map(places).collect();
    let way = |a: (f64, f64), b: (f64, f64)| ((b.0 - a.0).powi(2) + (b.1 - a.1).powi(2)).sqrt();
    let turn = |(at, here): (usize, &(f64, f64))| {
        let is_away = |point: &&(f64, f64)| way(*here, **point) >= CORNER_MM;
        let before = points.get(..at)?.iter().rev().find(is_away)?;
        let after = points.get(at..)?.iter().find(is_away)?;
        let (from, to) = ((here.0 - before.0, here.1 - before.1), (after.0 - here.0, after.1 - here.1));
        // To the right hand is down for a way from left to right, and to the left hand for one from right to left.
        let downwards = (from.1 * to.0 - from.0 * to.1) * (after.0 - before.0).signum();
        let degrees = downwards.atan2(from.0 * to.0 + from.1 * to.1).to_degrees();
        (degrees >= CORNER && here.0.abs() >= BESIDE_PEAK_MM).then_some((here.0, degrees))
    };
    points.iter().enumerate().filter_map(turn).collect()
}

fn asymmetry(context: &AdviceContext) -> Option<Finding> {
    above(context.asymmetry?.value, context.parameters.get(Parameter::AsymmetryMost))
}

fn dense(context: &AdviceContext) -> Option<Finding> {
    let brought = |op: &FillOp| match op {
        FillOp::ToHere(fill) => fill.density,
        FillOp::Stroke(stroke) => stroke.target_density(),
        FillOp::Band(band) => band.density,
        FillOp::Patch(patch) => patch.density,
    };
    let ops = context.design.views.each().flat_map(|(_, view)| &view.fill);
    above(ops.map(|op| brought(op)).reduce(f64::max)?, context.parameters.get(Parameter::NaturalDensity))
}

fn sharp_edge(context: &AdviceContext) -> Option<Finding> {
    let has_edge = |(_, view): (Side, &View)| view.hairline.is_some() && !view.fill.is_empty();
    context.design.views.each().any(has_edge).then_some(())?;
    below(context.design.look.softness * 100.0, SOFT * 100.0)
}

fn darker_than_sides(context: &AdviceContext) -> Option<Finding> {
    let Suggestion::Shade(suggested) = context.suggestion? else { return None };
    let place = |key: &str| SHADES.iter().position(|shade| shade.key == key).map(|place| place as f64);
    above(place(&context.design.look.shade)? - place(suggested.key)?, SHADE_STEPS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference};
    use crate::engine::design::{AreaFill, PaintKind, PhotoRef, Probe, Stroke};
    use crate::engine::geometry::Mm;
    use std::rc::Rc;

    /// A handle, mm to the right of the midline and above the glabella in the picture, and whether it is a corner.
    type Handle = (f64, f64, bool);
    /// A line that steps back at the temples, with its corners above the outer corners of the eyes.
    const MATURE: &[Handle] = &[
        (-60.0, 40.0, false),
        (-49.0, 82.0, true),
        (-31.0, 70.0, false),
        (0.0, 70.0, false),
        (31.0, 70.0, false),
        (49.0, 82.0, true),
        (60.0, 40.0, false),
    ];

    /// What raises an advice, and what nearly does.
    struct Case {
        advice: Advice,
        raises: fn(&mut Design),
        does_not: fn(&mut Design),
    }

    const CASES: &[Case] = &[
        Case {
            advice: Advice::LowLine,
            raises: |design| front(design, &[(-50.0, 35.0, false), (0.0, 52.0, false), (50.0, 35.0, false)]),
            does_not: |design| front(design, &[(-50.0, 45.0, false), (0.0, 62.0, false), (50.0, 45.0, false)]),
        },
        Case {
            advice: Advice::NoRecession,
            raises: |design| front(design, &[(-62.0, 30.0, false), (0.0, 75.0, false), (62.0, 30.0, false)]),
            does_not: |design| front(design, MATURE),
        },
        // As low as a woman's, and round.
        Case {
            advice: Advice::NoRecession,
            raises: |design| front(design, &[(-62.0, 45.0, false), (0.0, 68.0, false), (62.0, 45.0, false)]),
            does_not: |design| front(design, &[(-62.0, 30.0, false), (0.0, 55.0, false), (62.0, 30.0, false)]),
        },
        Case {
            advice: Advice::SlopesDown,
            raises: |design| profile(&mut design.views.left, &[(400.0, 600.0), (520.0, 640.0), (800.0, 700.0)]),
            does_not: |design| profile(&mut design.views.left, &[(400.0, 600.0), (530.0, 600.0), (560.0, 900.0)]),
        },
        Case {
            advice: Advice::SlopesDown,
            raises: |design| profile(&mut design.views.right, &[(800.0, 700.0), (1080.0, 640.0), (1200.0, 600.0)]),
            does_not: |design| profile(&mut design.views.right, &[(400.0, 600.0), (530.0, 620.0), (1200.0, 700.0)]),
        },
        Case {
            advice: Advice::NarrowCorner,
            raises: |design| {
                let corners = [(-38.0, 78.0, true), (0.0, 70.0, false), (38.0, 78.0, true)];
                front(design, &[&[(-52.0, 30.0, false)], &corners[..], &[(52.0, 30.0, false)]].concat());
            },
            does_not: |design| front(design, MATURE),
        },
        // A peak in the middle is no corner, and a round line has none.
        Case {
            advice: Advice::NarrowCorner,
            raises: |design| front(design, &[(-36.0, 30.0, false), (-36.0, 72.0, true), (60.0, 72.0, false)]),
            does_not: |design| {
                let peak = [(-15.0, 74.0, false), (0.0, 64.0, true), (15.0, 74.0, false)];
                let ends = |side: f64| [(side * 62.0, 30.0, false), (side * 45.0, 62.0, false)];
                let [a, b] = ends(-1.0);
                let [d, c] = ends(1.0);
                front(design, &[&[a, b], &peak[..], &[c, d]].concat());
            },
        },
        Case {
            advice: Advice::Uneven,
            raises: |design| front(design, &[(-60.0, 62.0, false), (0.0, 70.0, false), (60.0, 50.0, false)]),
            does_not: |design| front(design, &[(-60.0, 52.0, false), (0.0, 70.0, false), (60.0, 50.0, false)]),
        },
        Case { advice: Advice::Dense, raises: |design| paint(design, 125.0), does_not: |design| paint(design, 120.0) },
        Case {
            advice: Advice::SharpEdge,
            raises: |design| design.look.softness = 0.1,
            does_not: |design| design.look.softness = 0.2,
        },
        // Without a line there is no front edge.
        Case {
            advice: Advice::SharpEdge,
            raises: |design| design.look.softness = 0.0,
            does_not: |design| (design.look.softness, design.views.front.hairline) = (0.0, None),
        },
        // Shaved hair that takes as much as the second shade.
        Case {
            advice: Advice::DarkerThanSides,
            raises: |design| shade(design, 0.08, "dark-grey"),
            does_not: |design| shade(design, 0.08, "grey"),
        },
        // Hair so fair that it is hardly seen says nothing.
        Case {
            advice: Advice::DarkerThanSides,
            raises: |design| shade(design, 0.05, "soft-black"),
            does_not: |design| shade(design, 0.01, "soft-black"),
        },
    ];

    /// 4 pixels a millimetre, the glabella at (800, 920).
    fn view(side: Side) -> View {
        let at = PhotoPoint::new;
        let photo = PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: format!("{side:?}") };
        let reference = match side {
            Side::Front => Reference::TypedPupils { distance: Mm(63.0) },
            _ => Reference::Points { distance: Mm(63.0) },
        };
        let calibration = Calibration { reference, a: at(674.0, 1000.0), b: at(926.0, 1000.0) };
        View { photo: Some(photo), calibration: Some(calibration), glabella: Some(at(800.0, 920.0)), ..View::default() }
    }

    fn front(design: &mut Design, handles: &[Handle]) {
        let place = |&(right, up, corner): &Handle| (PhotoPoint::new(800.0 + 4.0 * right, 920.0 - 4.0 * up), corner);
        let handles: Vec<_> = handles.iter().map(place).collect();
        design.views.front.hairline = Some(Hairline::with_corners(&handles));
    }

    fn profile(view: &mut View, handles: &[(f64, f64)]) {
        *view = self::view(Side::Left);
        view.hairline = Some(Hairline::smooth(handles.iter().map(|(x, y)| PhotoPoint::new(*x, *y)).collect()));
    }

    fn paint(design: &mut Design, density: f64) {
        let points = vec![PhotoPoint::new(800.0, 500.0)];
        let paint = PaintKind::Brush;
        let stroke = Stroke { paint, radius: 40.0, softness: 0.5, density, behind_line: true, points };
        design.views.front.fill.push(Rc::new(FillOp::Stroke(stroke)));
    }

    fn shade(design: &mut Design, darkening: f64, key: &str) {
        let (stubble, skin) = (PhotoPoint::new(500.0, 900.0), PhotoPoint::new(560.0, 900.0));
        design.views.front.probe = Some(Probe { stubble, skin, darkening });
        key.clone_into(&mut design.look.shade);
    }

    /// A design that nobody has anything to say about.
    fn quiet() -> Design {
        let mut design = Design::new(&Parameters::default(), 1);
        design.views.front = view(Side::Front);
        front(&mut design, MATURE);
        let boundary = vec![PhotoPoint::new(700.0, 500.0), PhotoPoint::new(900.0, 500.0)];
        design.views.front.fill = vec![Rc::new(FillOp::ToHere(AreaFill::even(boundary, 120.0)))];
        design
    }

    fn advised(design: &Design) -> Vec<Advised> {
        AdviceContext::of(design, &Parameters::default()).advice()
    }

    #[test]
    fn a_usual_design_is_worth_no_second_look() {
        assert_eq!(advised(&quiet()), []);
        assert_eq!(advised(&Design::new(&Parameters::default(), 1)), []);
    }

    #[test]
    fn every_rule_is_raised_by_its_case_and_not_by_what_is_nearly_so() {
        for Rule { advice, source, .. } in RULES {
            assert!(CASES.iter().any(|case| case.advice == *advice), "{advice:?} has no case");
            assert!(!source.is_empty(), "{advice:?}");
        }
        for (place, Case { advice, raises, does_not }) in CASES.iter().enumerate() {
            let found = |change: &fn(&mut Design)| {
                let mut design = quiet();
                change(&mut design);
                let all = advised(&design);
                all.iter().find(|advised| advised.advice == *advice).copied().ok_or(all)
            };
            let (raised, not_raised) = (found(raises), found(does_not));
            println!("{place}, {advice:?}: {raised:?}, not in {not_raised:?}");
            assert!(raised.is_ok(), "{place}, {advice:?} is missing in {raised:?}");
            assert!(not_raised.is_err(), "{place}, {advice:?}: {not_raised:?}");
        }
    }

    #[test]
    fn a_clinic_s_own_limits_hold() {
        let (parameters, unknown) = Parameters::with_overrides(&[("line_height_least_mm".to_owned(), 90.0)]);
        let design = quiet();
        let found = AdviceContext::of(&design, &parameters).advice();
        let limits: Vec<_> = found.iter().map(|advised| (advised.advice, advised.finding.limit)).collect();
        assert_eq!((limits, unknown), (vec![(Advice::LowLine, 90.0)], vec![]));
    }

    #[test]
    fn where_nothing_is_measured_nothing_is_advised() {
        let mut design = quiet();
        design.views.front.calibration = None;
        front(&mut design, &[(-50.0, 20.0, false), (0.0, 30.0, false), (50.0, 10.0, false)]);
        assert_eq!(advised(&design), []);
    }
}
