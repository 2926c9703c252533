//! What can be measured on a design, each as a range: the clinic decides.
//!
//! Areas and lengths are those of the skin, not of the picture. A range carries the error of the scale, of the camera's
//! distance, and of how the skin lies where it turns away: there a small error of the slope is a large one of the area.

mod advice;
mod close_up;
mod survey;
mod zones;

pub use advice::{About, Advice, Advised, Finding, Grounds, RULES, Rule};
pub use close_up::close_up;
pub use survey::Survey;
pub use zones::{Zone, ZoneFigures};

use crate::engine::calibration::{Estimate, FaceFrame, Side, SkinFrame};
use crate::engine::catalog::{Norm, Norms};
use crate::engine::design::{Design, Hairline, View};
use crate::engine::dots::Field;
use crate::engine::geometry::{Mm, PhotoPoint};
use serde::Serialize;
use std::rc::Rc;
use zones::added;

/// A measured length along the skin may be wrong by this share because no skull is quite like the model (our estimate,
/// held against the synthetic heads).
const LENGTH_ERROR: f64 = 0.04;
/// Pieces into which a way in the picture is cut to be measured on the skin.
const WAY_PIECES: usize = 48;
/// How far from the midline the two sides of a line are compared, mm.
const COMPARED_AT_MM: [f64; 5] = [10.0, 20.0, 30.0, 40.0, 50.0];

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
    /// Pixels of the picture per millimetre: of the first side that counts, which is the front where there is one.
    pub px_per_mm: f64,
    /// True lengths of that side lie between the measured one times these two.
    pub length_factors: (f64, f64),
    /// Whether nothing was marked on one of the sides, so that its lengths are guesses.
    pub rough: bool,
    /// The height of the line, where there is a line and a face.
    pub line_height: Option<LineHeight>,
    /// By how much the two sides of the line differ in height at most, mm, where there is a line and a face.
    pub asymmetry_mm: Option<Estimate>,
    /// The skin that gets dots, cm2.
    pub area_cm2: Estimate,
    /// All dots.
    pub dots: Estimate,
    /// The same by zone; zones without dots are left out.
    pub zones: Vec<ZoneFigures>,
    /// What each side of the head has a share in.
    pub sides: Vec<SideFigures>,
    /// Dots that stand after each session.
    pub dots_after_session: Vec<Estimate>,
    /// Sessions.
    pub sessions: f64,
    /// Hours in the chair, all sessions together.
    pub hours: Estimate,
    /// Tells whether two computations show the same dots: [`Field::fingerprint`] of the first side in hexadecimal digits.
    pub dots_fingerprint: String,
    /// What is worth a look before the design is made.
    pub advice: Vec<Advised>,
}

/// What a side of the head adds to the figures: skin that several sides show counts once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SideFigures {
    /// Which side.
    pub side: Side,
    /// Treated skin, cm2.
    pub area_cm2: Estimate,
    /// Its dots, all sessions done.
    pub dots: Estimate,
    /// [`Field::fingerprint`] of the side in hexadecimal digits.
    pub dots_fingerprint: String,
}

const NOTHING: Estimate = Estimate { least: 0.0, value: 0.0, most: 0.0 };

impl Figures {
    /// The figures of a design that has dots on its front alone, in that field. Costs one look at every place of the treated
    /// area.
    #[must_use]
    pub fn new(design: &Design, field: &Field, norms: &Norms) -> Self {
        let survey = Survey::of(field, &design.views.front, norms);
        Self::over(design, &[(Side::Front, Rc::new(survey))], norms)
    }

    /// The figures of a design over those of its sides that were surveyed, the front first where it is among them. Skin that
    /// several sides treat counts once. Heights and symmetry are those of the front line.
    #[must_use]
    pub fn over(design: &Design, surveys: &[(Side, Rc<Survey>)], norms: &Norms) -> Self {
        let front = &design.views.front;
        let counted = Survey::counted(&surveys.iter().map(|(_, survey)| &**survey).collect::<Vec<_>>());
        let slower = counted.iter().any(|counted| counted.tally.needs_more_sessions());
        let sessions = norms.get(if slower { Norm::SessionsMore } else { Norm::Sessions });
        let (mut sides, mut zones) = (Vec::new(), Vec::new());
        let mut after = vec![NOTHING; sessions as usize];
        for ((side, survey), counted) in surveys.iter().zip(&counted) {
            let (whole, scale) = (counted.tally.whole(), &survey.scale);
            counted.tally.add_to(&mut zones, scale);
            for (sum, dots) in after.iter_mut().zip(counted.after) {
                *sum = added(*sum, whole.ranged(dots, scale));
            }
            let dots_fingerprint = format!("{:016x}", survey.fingerprint);
            let (area_cm2, dots) = (whole.area(scale), whole.dots(scale));
            sides.push(SideFigures { side: *side, area_cm2, dots, dots_fingerprint });
        }
        let all = |of: fn(&SideFigures) -> Estimate| sides.iter().map(of).fold(NOTHING, added);
        let (area_cm2, dots) = (all(|side| side.area_cm2), all(|side| side.dots));
        let scale = surveys.first().map_or_else(|| front.scale(norms), |(_, survey)| survey.scale);
        let hours_per_dot = norms.get(Norm::HoursPerSession) / norms.get(Norm::DotsPerSession);
        let hours = |dots: f64| dots * hours_per_dot;
        let grounds = Grounds::of(design, norms);
        Self {
            px_per_mm: scale.px_per_mm.get(),
            length_factors: (scale.least, scale.most),
            rough: scale.rough || surveys.iter().any(|(_, survey)| survey.scale.rough),
            area_cm2,
            dots,
            zones,
            dots_after_session: after,
            sessions,
            dots_fingerprint: sides.first().map(|side| side.dots_fingerprint.clone()).unwrap_or_default(),
            sides,
            hours: Estimate { least: hours(dots.least), value: hours(dots.value), most: hours(dots.most) },
            line_height: grounds.line_height,
            asymmetry_mm: grounds.asymmetry,
            advice: grounds.advice(),
        }
    }
}

/// The height of a view's line at the midline; `None` without a line or a face.
#[must_use]
pub fn line_height(view: &View, norms: &Norms) -> Option<LineHeight> {
    let face = view.face(norms)?;
    let scale = view.scale(norms);
    let point = midline_crossing(view.hairline.as_ref()?, &face)?;
    let (_, up) = face.coordinates(point);
    let in_picture_mm = Estimate { least: up.0 * scale.least, value: up.0, most: up.0 * scale.most };
    let foot = face.at(Mm(0.0), Mm(0.0));
    Some(LineHeight { in_picture_mm, along_skin_mm: skin_length(view, norms, foot, point) })
}

/// The length along the skin under a straight way in the picture, mm.
#[must_use]
pub fn skin_length(view: &View, norms: &Norms, from: PhotoPoint, to: PhotoPoint) -> Estimate {
    let way: Vec<PhotoPoint> = (0..=WAY_PIECES).map(|step| from.lerp(to, step as f64 / WAY_PIECES as f64)).collect();
    let scale = view.scale(norms);
    let value = view.surface(norms).length(&way).0;
    // The plane of the picture is a bound: skin that turns away is longer than it is seen.
    let seen = from.distance(to) / scale.px_per_mm.get();
    let curved = (value - seen).max(0.0);
    let (shorter, longer) = (value * LENGTH_ERROR + curved * 0.25, value * LENGTH_ERROR + curved * 0.35);
    Estimate { least: (value - shorter) * scale.least, value, most: (value + longer) * scale.most }
}

/// A front line on the skin of its face.
struct SkinLine {
    skin: SkinFrame,
    /// The points of the line in the picture, and how far each lies to the right of the midline, mm.
    points: Vec<(PhotoPoint, f64)>,
}

impl SkinLine {
    /// The line of a view; `None` without a line or a face. Costs some ten thousand operations for each of its points.
    fn of(view: &View, norms: &Norms) -> Option<Self> {
        let (skin, line) = (view.skin(norms)?, view.hairline.as_ref()?.curve());
        let points = line.points().iter().map(|point| (*point, skin.right(*point).0)).collect();
        Some(Self { skin, points })
    }

    /// The height of the line over the glabella so many mm to the right of the midline, mm along the skin; the highest one.
    fn height(&self, right: f64) -> Option<f64> {
        let crossed = |pair: &[(PhotoPoint, f64)]| {
            let &[(a, from), (b, to)] = pair else { return None };
            ((from <= right) != (to <= right)).then(|| a.lerp(b, (right - from) / (to - from)))
        };
        let heights = self.points.windows(2).filter_map(crossed).map(|point| self.skin.coordinates(point).1.0);
        heights.reduce(f64::max)
    }
}

/// By how much the two sides of a line differ in height along the skin at most, mm; `None` without a line or a face.
#[must_use]
pub fn asymmetry(view: &View, norms: &Norms) -> Option<Estimate> {
    let line = SkinLine::of(view, norms)?;
    let scale = view.scale(norms);
    let heights = |offset: f64| Some((line.height(offset)?, line.height(-offset)?));
    let difference = |(left, right): (f64, f64)| (left - right).abs();
    let value = COMPARED_AT_MM.iter().filter_map(|offset| heights(*offset)).map(difference).reduce(f64::max)?;
    // A pixel of error at each mark tilts the face, and with it one side against the other.
    let calibration = view.calibration?;
    let tilt =
        2.0 / calibration.a.distance(calibration.b).max(1.0) * 2.0 * COMPARED_AT_MM.iter().fold(0.0, |a, b| b.max(a));
    Some(Estimate { least: (value - tilt).max(0.0) * scale.least, value, most: (value + tilt) * scale.most })
}

/// Where the line crosses the midline of the face; the highest such point, or the nearest when it does not cross.
fn midline_crossing(line: &Hairline, face: &FaceFrame) -> Option<PhotoPoint> {
    let curve = line.curve();
    let (beside, height) =
        (|point: PhotoPoint| face.coordinates(point).0.0, |point: &PhotoPoint| face.coordinates(*point).1.0);
    let crossed = curve.points().windows(2).filter_map(|pair| {
        let &[a, b] = pair else { return None };
        let (from, to) = (beside(a), beside(b));
        ((from <= 0.0) != (to <= 0.0)).then(|| a.lerp(b, from / (from - to)))
    });
    let nearest = || curve.points().iter().copied().min_by(|a, b| beside(*a).abs().total_cmp(&beside(*b).abs()));
    crossed.max_by(|a, b| height(a).total_cmp(&height(b))).or_else(nearest)
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
            photo: Some(PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: String::new() }),
            calibration: Some(Calibration {
                reference: Reference::TypedPupils { distance: Mm(63.0) },
                a: PhotoPoint::new(674.0, 1000.0),
                b: PhotoPoint::new(926.0, 1000.0),
            }),
            glabella: Some(PhotoPoint::new(800.0, 920.0)),
            hairline: Some(Hairline::smooth(handles.iter().map(at).collect())),
            ..View::default()
        }
    }

    #[test]
    fn the_height_is_read_where_the_line_crosses_the_midline() {
        // 4 px a mm: 920 - 680 = 240 px = 60 mm.
        let height = line_height(&view(&[(500.0, 800.0), (800.0, 680.0), (1100.0, 800.0)]), &Norms::default()).unwrap();
        assert!((height.in_picture_mm.value - 60.0).abs() < 0.1, "{height:?}");
        // A sphere as wide as the head is long would have 97.5 asin(60 / 97.5) = 64.62; the skull is flatter before it turns.
        assert!((62.0..64.62).contains(&height.along_skin_mm.value), "{height:?}");
        assert!(height.along_skin_mm.least < 61.0 && height.along_skin_mm.most > 64.62, "{height:?}");
    }

    #[test]
    fn a_line_beside_the_midline_is_read_at_its_nearest_point() {
        let height = line_height(&view(&[(900.0, 640.0), (1100.0, 800.0)]), &Norms::default()).unwrap();
        assert!((height.in_picture_mm.value - 70.0).abs() < 0.1, "{height:?}");
    }

    #[test]
    fn a_crooked_line_is_measured() {
        // On the right the line lies 5 mm higher along the skin.
        let plain = view(&[(800.0, 680.0), (810.0, 680.0)]);
        let skin = plain.skin(&Norms::default()).unwrap();
        let at = |(right, up): (f64, f64)| skin.at(Mm(right), Mm(up));
        let handles = [(-55.0, 50.0), (-30.0, 60.0), (0.0, 65.0), (30.0, 65.0), (55.0, 55.0)].map(at);
        let crooked = View { hairline: Some(Hairline::smooth(handles.to_vec())), ..plain };
        let found = asymmetry(&crooked, &Norms::default()).unwrap();
        assert!((found.value - 5.0).abs() < 0.5, "{found:?}");
        let even = view(&[(600.0, 720.0), (680.0, 700.0), (800.0, 680.0), (920.0, 700.0), (1000.0, 720.0)]);
        let found = asymmetry(&even, &Norms::default()).unwrap();
        assert!(found.value < 0.05 && found.least == 0.0 && found.most > 0.3, "{found:?}");
    }

    #[test]
    fn without_eyes_there_is_no_height() {
        let mut view = view(&[(500.0, 800.0), (1100.0, 800.0)]);
        view.calibration = None;
        assert_eq!(line_height(&view, &Norms::default()), None);
    }
}
