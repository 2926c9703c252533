//! Hairline shapes as rules: where the points of a line stand, in mm on the skin of the visitor's own head.
//!
//! A shape is no picture. Its row says five measures with their ranges and how the line is built from them; a clinic's own
//! shape is a row of the same kind, derived from one of these.

use super::{Parameter, Parameters};
use crate::engine::geometry::Mm;
use std::borrow::Cow;

/// A measure of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Measure {
    /// Mid-frontal point above the level of the glabella, mm along the skin; of temple peaks the height of their tips.
    Height,
    /// Between the frontotemporal points, where the line turns back, mm straight through the head; of temple peaks between
    /// their tips.
    Width,
    /// How much higher than the straight line the frontotemporal points lie, mm along the skin; of temple peaks how far
    /// their sides run back.
    TempleDepth,
    /// How round the line is, from 0 (straight) to 1.
    Curvature,
    /// How far the middle comes down before what is beside it, mm; of temple peaks half their height.
    Peak,
}

impl Measure {
    /// All measures, in the order of a row.
    pub const ALL: [Self; 5] = [Self::Height, Self::Width, Self::TempleDepth, Self::Curvature, Self::Peak];

    /// Name in a clinic's configuration and in files; never changes.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Height => "height_mm",
            Self::Width => "width_mm",
            Self::TempleDepth => "temple_depth_mm",
            Self::Curvature => "curvature",
            Self::Peak => "peak_mm",
        }
    }
}

/// The measures of a shape as the visitor sets them, in mm but for the curvature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShapeParams {
    values: [f64; Measure::ALL.len()],
}

impl ShapeParams {
    /// The value of a measure.
    #[must_use]
    pub fn get(&self, measure: Measure) -> f64 {
        self.values.get(measure as usize).copied().unwrap_or_default()
    }

    fn set(&mut self, measure: Measure, value: f64) {
        if let Some(slot) = self.values.get_mut(measure as usize) {
            *slot = value;
        }
    }
}

/// Where the height of a shape comes from unless the visitor or a clinic sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShapeHeight {
    /// The row's own number.
    Own,
    /// A parameter, which a clinic may have set.
    Parameter(Parameter),
}

/// What lines a shape is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ShapeKind {
    /// One front line from temple to temple.
    Front {
        /// Whether the line turns sharply where it turns back at the temples.
        sharp_angles: bool,
        /// From there to the end of the line: mm further out, mm down, both straight through the head.
        side: (f64, f64),
    },
    /// Two short lines, one at each temple.
    TemplePeaks,
}

/// A shape: one of [`SHAPES`], or a clinic's own.
#[derive(Debug, Clone, PartialEq)]
pub struct ShapeRule {
    /// Name in files; never changes.
    pub key: Cow<'static, str>,
    /// What a clinic calls it; empty where the program has words of its own.
    pub name: Cow<'static, str>,
    /// What lines it is made of.
    pub kind: ShapeKind,
    /// Where its height comes from.
    pub height: ShapeHeight,
    /// Value, least and most of each measure, in the order of [`Measure::ALL`]. A measure whose least is its most is not the
    /// shape's own.
    pub measures: [[f64; 3]; Measure::ALL.len()],
    /// Where the row comes from.
    pub source: &'static str,
}

/// A point of a shape's rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RulePoint {
    /// To the right of the midline, straight through the head.
    pub right: Mm,
    /// Above the level of the glabella.
    pub up: Mm,
    /// Whether that height is measured straight through the head: over the next point of the line that is not, or over the
    /// level of the glabella where the line has none. Else it is measured along the skin, straight up the forehead; beyond the
    /// edge of the temple nothing leads up that a tape could lie on.
    pub straight: bool,
    /// Whether the line turns sharply here.
    pub corner: bool,
}

/// How far the line of the greatest curvature falls from the middle to the frontotemporal points, mm (our estimate).
const ROUNDEST_FALL: f64 = 28.0;
/// The half of the line about the middle runs parallel to the brows (a practitioners' rule: parallel is adult).
const PARALLEL_SHARE: f64 = 0.5;
/// Half the width of a peak over its height: White women in Spain have peaks 10.1 mm high and 21.3 mm wide.
const PEAK_HALF_WIDTH: f64 = 21.3 / 10.1 / 2.0;
/// Points of a half nearer to one another than this share of its width would only make the line restless, and be hard to take
/// hold of (our estimate).
const MIN_APART: f64 = 0.2;
/// A soft frontotemporal angle is rounded from so many mm before its point to as many behind it: no hair grows in a corner, and
/// the angle is flattened by 3 mm (our estimate).
const ROUNDED: f64 = 12.0;
/// A peak lower than this is none, mm.
const MIN_PEAK: f64 = 0.5;

/// Heights and widths, mm: from the least that looks natural to the most conservative that surgeons name; from the mid-pupil
/// line to the edge of the temple (our estimate but for the heights).
const fn height(value: f64) -> [f64; 3] {
    [value, 50.0, 100.0]
}
const WIDTH: [f64; 3] = [98.0, 70.0, 120.0];
/// Recession and roundness (our estimate).
const fn recession(value: f64) -> [f64; 3] {
    [value, 0.0, 35.0]
}
const fn roundness(value: f64) -> [f64; 3] {
    [value, 0.0, 1.0]
}
const NO_PEAK: [f64; 3] = [0.0, 0.0, 15.0];

const fn row(
    key: &'static str,
    kind: ShapeKind,
    height: ShapeHeight,
    measures: [[f64; 3]; Measure::ALL.len()],
    source: &'static str,
) -> ShapeRule {
    ShapeRule { key: Cow::Borrowed(key), name: Cow::Borrowed(""), kind, height, measures, source }
}

const fn front(sharp_angles: bool, side: (f64, f64)) -> ShapeKind {
    ShapeKind::Front { sharp_angles, side }
}

const MAN: ShapeHeight = ShapeHeight::Parameter(Parameter::MidFrontalHeightMan);
const WOMAN: ShapeHeight = ShapeHeight::Parameter(Parameter::MidFrontalHeightWoman);

/// Every shape. Widths stand on the lateral canthus lines (Shapiro: the frontotemporal angle lies and stays there); the numbers
/// for sides, recession and roundness are our estimate.
pub const SHAPES: &[ShapeRule] = &[
    row(
        "natural-oval",
        front(false, (10.0, 20.0)),
        MAN,
        [height(75.0), WIDTH, recession(4.0), roundness(0.45), NO_PEAK],
        "trade: a natural oval arch whose highest point stands over the nose",
    ),
    row(
        "rounded",
        front(false, (9.0, 16.0)),
        MAN,
        [height(75.0), WIDTH, recession(0.0), roundness(0.7), NO_PEAK],
        "trade: rounded; Kashiyama 2021: round in 11 % of men, 39 % of women",
    ),
    row(
        "edge-up",
        front(true, (3.0, 24.0)),
        MAN,
        [height(75.0), WIDTH, recession(0.0), roundness(0.0), NO_PEAK],
        "trade: straight, boxed up; Kashiyama 2021: linear in 46 % of men",
    ),
    row(
        "mature",
        front(true, (9.0, 26.0)),
        ShapeHeight::Own,
        [height(80.0), WIDTH, recession(12.0), roundness(0.1), NO_PEAK],
        "trade: receded; Kashiyama 2021: M in 43 % of men; a mature line is 15 to 20 mm above the first crease; surgeons' \
         range 70 to 100",
    ),
    row(
        "widows-peak",
        front(false, (10.0, 20.0)),
        ShapeHeight::Own,
        [height(70.0), WIDTH, recession(6.0), roundness(0.2), [10.0, 0.0, 15.0]],
        "peaks of 94 % of White women in Spain: 10.1 mm high, 21.3 mm wide; Kashiyama 2021: in 33 % of men; surgeons' \
         range from 70",
    ),
    row(
        "female-round",
        front(false, (7.0, 12.0)),
        WOMAN,
        [height(55.0), WIDTH, [0.0, 0.0, 0.0], roundness(0.45), NO_PEAK],
        "low, no recession, rounded at the temples; 55 mm; Kashiyama 2021: measured mean 62, both sexes",
    ),
    row(
        "temple-peaks",
        ShapeKind::TemplePeaks,
        ShapeHeight::Own,
        [[30.0, 10.0, 50.0], [112.0, 90.0, 126.0], [8.0, 3.0, 15.0], [0.0, 0.0, 0.0], [14.0, 5.0, 25.0]],
        "Garg, J Cutan Aesthet Surg: the tip about 5 cm down from a point 8 cm above the level of the glabella; the rest our \
         estimate",
    ),
];

impl ShapeRule {
    /// The shape of that key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<&'static Self> {
        SHAPES.iter().find(|rule| rule.key == key)
    }

    /// A clinic's own shape, built like this one, with other measures where it gives them; each is brought into this shape's
    /// range.
    #[must_use]
    pub fn derived(&self, key: String, name: String, changes: &[(Measure, f64)]) -> Self {
        let mut rule = Self { key: Cow::Owned(key), name: Cow::Owned(name), ..self.clone() };
        for (measure, value) in changes {
            let value = self.clamped(*measure, *value);
            if let Some([own, ..]) = rule.measures.get_mut(*measure as usize) {
                *own = value;
            }
            if *measure == Measure::Height {
                rule.height = ShapeHeight::Own;
            }
        }
        rule
    }

    /// The range of a measure; both ends are equal where the shape has no such measure.
    #[must_use]
    pub fn range(&self, measure: Measure) -> (f64, f64) {
        self.measures.get(measure as usize).map_or((0.0, 0.0), |[_, least, most]| (*least, *most))
    }

    /// The measures with which the shape begins. `width` is the distance between the lateral canthus lines, or of temple peaks
    /// between the edges of the temples, where it is known.
    #[must_use]
    pub fn params(&self, parameters: &Parameters, width: Option<Mm>) -> ShapeParams {
        let mut params = ShapeParams { values: self.measures.map(|[value, ..]| value) };
        if let ShapeHeight::Parameter(parameter) = self.height {
            params.set(Measure::Height, self.clamped(Measure::Height, parameters.get(parameter)));
        }
        if let Some(Mm(width)) = width {
            params.set(Measure::Width, self.clamped(Measure::Width, width));
        }
        params
    }

    /// The same measures with another value of one of them, brought into its range.
    #[must_use]
    pub fn with(&self, params: ShapeParams, measure: Measure, value: f64) -> ShapeParams {
        let mut params = params;
        params.set(measure, self.clamped(measure, value));
        params
    }

    fn clamped(&self, measure: Measure, value: f64) -> f64 {
        let (least, most) = self.range(measure);
        if value.is_finite() { value.clamp(least, most) } else { least }
    }

    /// The points of the shape's lines, each from left to right. `pupils` is the distance between the mid-pupil lines, at
    /// which the line turns from convex to concave where it recedes.
    #[must_use]
    pub fn points(&self, params: &ShapeParams, pupils: Mm) -> Vec<Vec<RulePoint>> {
        match self.kind {
            ShapeKind::Front { sharp_angles, side } => {
                let half = front_half(params, pupils.0 / 2.0, sharp_angles, side);
                let middle = RulePoint {
                    right: Mm(0.0),
                    up: Mm(params.get(Measure::Height)),
                    straight: false,
                    corner: params.get(Measure::Peak) > MIN_PEAK,
                };
                let left = half.iter().rev().map(mirrored);
                vec![left.chain([middle]).chain(half.iter().copied()).collect()]
            }
            ShapeKind::TemplePeaks => {
                let right = temple_peak(params);
                vec![right.iter().rev().map(mirrored).collect(), right.to_vec()]
            }
        }
    }
}

fn mirrored(point: &RulePoint) -> RulePoint {
    RulePoint { right: point.right * -1.0, ..*point }
}

/// The right half of a front line, without its middle: the shoulder of the peak if there is one, the end of the part that is
/// parallel to the brows, the mid-pupil line, the frontotemporal point, the end.
fn front_half(params: &ShapeParams, pupil: f64, sharp_angle: bool, (out, down): (f64, f64)) -> Vec<RulePoint> {
    let [height, width, depth, curvature, peak] = params.values;
    let angle = width / 2.0;
    let pupil = pupil.clamp(angle * PARALLEL_SHARE, angle);
    let apart = angle * MIN_APART;
    // Where the two nearly meet before a sharp angle the line runs parallel up to the mid-pupil line, at which it turns.
    let turns_at_pupil = sharp_angle && pupil - angle * PARALLEL_SHARE < apart;
    let parallel = if turns_at_pupil { pupil } else { angle * PARALLEL_SHARE };
    let peak = if peak > MIN_PEAK { peak } else { 0.0 };
    let up = |right: f64| {
        let share = right / angle;
        // Beyond the parallel part the recession rises evenly; the spline rounds it there.
        let risen = ((right - parallel) / (angle - parallel)).max(0.0);
        height + peak + depth * risen - ROUNDEST_FALL * curvature * share * share
    };
    let shoulder = peak * PEAK_HALF_WIDTH;
    let mut points: Vec<RulePoint> = Vec::new();
    for right in [shoulder, parallel, pupil] {
        let before = points.last().map_or(0.0, |point| point.right.0);
        if right - before > apart && angle - right > apart {
            points.push(RulePoint { right: Mm(right), up: Mm(up(right)), straight: false, corner: false });
        }
    }
    // The middle of a curve from before the angle to behind it (a Bezier curve of degree 2 around its point).
    let side = out.hypot(down);
    let rounded = if sharp_angle { 0.0 } else { ROUNDED.min(side / 2.0) };
    let (inwards, outwards) = (angle - rounded, angle + rounded * out / side);
    let middle = (inwards + 2.0 * angle + outwards) / 4.0;
    let middle_up = (up(inwards) + 3.0 * up(angle) - rounded * down / side) / 4.0;
    points.push(RulePoint { right: Mm(middle), up: Mm(middle_up), straight: false, corner: sharp_angle });
    points.push(RulePoint { right: Mm(angle + out), up: Mm(up(angle) - down), straight: true, corner: false });
    points
}

/// The right temple peak: its upper side, its tip, its lower side.
fn temple_peak(params: &ShapeParams) -> [RulePoint; 3] {
    let [height, width, back, _, half] = params.values;
    let tip = width / 2.0;
    let side = |up: f64| RulePoint { right: Mm(tip + back), up: Mm(up), straight: true, corner: false };
    [side(height + half), RulePoint { right: Mm(tip), corner: true, ..side(height) }, side(height - half)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::geometry::{PhotoPoint, flatten_spline};

    fn points(key: &str) -> Vec<Vec<RulePoint>> {
        let rule = ShapeRule::of_key(key).unwrap();
        rule.points(&rule.params(&Parameters::default(), None), Mm(63.0))
    }

    #[test]
    fn every_row_is_within_its_ranges_and_has_a_source() {
        for rule in SHAPES {
            for (measure, [value, least, most]) in Measure::ALL.into_iter().zip(rule.measures) {
                assert!(least <= value && value <= most, "{} {}", rule.key, measure.key());
            }
            assert!(!rule.source.is_empty() && rule.name.is_empty(), "{}", rule.key);
            assert_eq!(SHAPES.iter().filter(|other| other.key == rule.key).count(), 1);
        }
    }

    #[test]
    fn lines_go_from_left_to_right_and_are_symmetric() {
        for rule in SHAPES {
            let lines = points(&rule.key);
            let all: Vec<RulePoint> = lines.iter().flatten().copied().collect();
            for (point, other) in all.iter().zip(all.iter().rev()) {
                assert_eq!(mirrored(point), RulePoint { right: other.right, ..*other }, "{}", rule.key);
            }
            if let (ShapeKind::Front { .. }, [line]) = (rule.kind, &lines[..]) {
                let gaps: Vec<f64> = line.windows(2).map(|pair| pair[1].right.0 - pair[0].right.0).collect();
                assert!(gaps.iter().all(|gap| *gap > 2.0), "{}: {gaps:?}", rule.key);
                assert!(line.len() >= 7 && line.len() <= 11, "{}: {}", rule.key, line.len());
            }
        }
    }

    #[test]
    fn a_soft_angle_is_rounded_and_hardly_flattened() {
        let rule = ShapeRule::of_key("natural-oval").unwrap();
        let params = rule.params(&Parameters::default(), None);
        let line = &points("natural-oval")[0];
        let seen: Vec<PhotoPoint> = line.iter().map(|point| PhotoPoint::new(point.right.0, -point.up.0)).collect();
        let curve = flatten_spline(&seen);
        let fall = params.get(Measure::Curvature) * ROUNDEST_FALL;
        let (right, up) = (params.get(Measure::Width) / 2.0, 75.0 + params.get(Measure::TempleDepth) - fall);
        let flattened = curve.project(PhotoPoint::new(right, -up)).unwrap().distance;
        assert!((1.0..3.5).contains(&flattened), "{flattened}");
        // Within 10 mm it turns by no more than a curve does; with a handle on the angle itself it turned by 56 degrees.
        let mut gone = 0.0;
        let pieces: Vec<(f64, f64)> = (curve.points().windows(2))
            .map(|pair| {
                let begin = gone;
                gone += pair[0].distance(pair[1]);
                (begin, (pair[1].y - pair[0].y).atan2(pair[1].x - pair[0].x).to_degrees())
            })
            .collect();
        let near = |(begin, _): &(f64, f64), (other, _): &(f64, f64)| (begin - other).abs() <= 10.0;
        let turns = pieces
            .iter()
            .flat_map(|one| pieces.iter().filter(|other| near(one, other)).map(|other| (one.1 - other.1).abs()));
        let most = turns.fold(0.0, f64::max);
        assert!((15.0..40.0).contains(&most), "{most} {flattened}");
    }

    #[test]
    fn a_woman_s_line_has_no_recession_and_cannot_get_one() {
        let rule = ShapeRule::of_key("female-round").unwrap();
        let params = rule.with(rule.params(&Parameters::default(), None), Measure::TempleDepth, 20.0);
        assert_eq!(params.get(Measure::TempleDepth), 0.0);
        let line = &rule.points(&params, Mm(63.0))[0];
        let middle = line[line.len() / 2].up.0;
        assert!(line.iter().all(|point| point.up.0 <= middle), "{line:?}");
    }

    #[test]
    fn an_edge_up_is_straight_between_sharp_corners() {
        let line = &points("edge-up")[0];
        let corners: Vec<&RulePoint> = line.iter().filter(|point| point.corner).collect();
        assert_eq!(corners.iter().map(|point| point.right.0).collect::<Vec<_>>(), [-49.0, 49.0]);
        assert!(line.iter().filter(|point| point.right.0.abs() <= 49.0).all(|point| point.up.0 == 75.0), "{line:?}");
    }

    #[test]
    fn a_mature_line_recedes_from_the_parallel_part_outwards() {
        let line = &points("mature")[0];
        let up = |right: f64| line.iter().find(|point| (point.right.0 - right).abs() < 0.01).unwrap().up.0;
        // Round by 0.1 of 28 mm at the angle.
        assert!((up(49.0) - (80.0 + 12.0 - 2.8)).abs() < 1e-9, "{line:?}");
        // The parallel part ends 7 mm inside the mid-pupil line, too near for a point of its own.
        let round = 2.8 * (31.5_f64 / 49.0).powi(2);
        assert!((up(31.5) - (80.0 - round)).abs() < 1e-9, "{line:?}");
        assert_eq!(line.len(), 7);
    }

    #[test]
    fn a_widow_s_peak_is_as_wide_as_measured() {
        let line = &points("widows-peak")[0];
        let middle = line.len() / 2;
        assert!(line[middle].corner && line[middle].up.0 == 70.0);
        let shoulder = line[middle + 1];
        assert!((shoulder.right.0 - 10.54).abs() < 0.01 && (shoulder.up.0 - 79.7).abs() < 0.2, "{shoulder:?}");
    }

    #[test]
    fn a_clinic_s_shape_is_a_row_like_any_other() {
        let base = ShapeRule::of_key("natural-oval").unwrap();
        let changes = [(Measure::Height, 500.0), (Measure::Curvature, 0.5), (Measure::Peak, f64::NAN)];
        let own = base.derived("own".to_owned(), "Our line".to_owned(), &changes);
        let params = own.params(&Parameters::default(), Some(Mm(104.0)));
        let values = Measure::ALL.map(|measure| params.get(measure));
        assert_eq!((&*own.key, &*own.name, values), ("own", "Our line", [100.0, 104.0, 4.0, 0.5, 0.0]));
    }

    #[test]
    fn the_height_follows_the_clinic_s_norm() {
        let (parameters, _) = Parameters::with_overrides(&[("mid_frontal_height_man_mm".to_owned(), 80.0)]);
        let height = |key: &str| ShapeRule::of_key(key).unwrap().params(&parameters, None).get(Measure::Height);
        assert_eq!([height("rounded"), height("mature"), height("female-round")], [80.0, 80.0, 55.0]);
    }
}
