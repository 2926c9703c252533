//! What can be measured on a design, each as a range: the clinic decides.
//!
//! Areas and lengths are those of the skin, not of the picture. A range carries the error of the scale, of the camera's
//! distance, and of the skull's form and pose, which are large where the skin turns away: there a small error of the slope
//! is a large one of the area. Their sizes are those on heads of real shape.

mod advice;
mod close_up;
mod line;
mod survey;
mod zones;

pub use advice::{About, Advice, AdviceContext, Advised, Finding, RULES, Rule};
pub use close_up::close_up;
pub use line::{LineHeight, asymmetry, line_height, skin_length};
pub use survey::Survey;
pub use zones::{Zone, ZoneFigures};

use crate::engine::calibration::{Estimate, Side};
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::design::Design;
use crate::engine::dots::Field;
use serde::Serialize;
use std::rc::Rc;
use zones::added;

/// The figures of a design.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
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
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
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

/// So little skin is hardly seen to be filled from the front, cm2 (our estimate).
const LITTLE_CM2: f64 = 15.0;

const NOTHING: Estimate = Estimate { least: 0.0, value: 0.0, most: 0.0 };

impl Figures {
    /// Whether so little skin is treated that it is hardly seen from the front.
    #[must_use]
    pub fn is_little_skin(&self) -> bool {
        self.area_cm2.value < LITTLE_CM2
    }

    /// The figures of a design that has dots on its front alone, in that field. Costs one look at every place of the treated
    /// area.
    #[must_use]
    pub fn new(design: &Design, field: &Field, parameters: &Parameters) -> Self {
        let survey = Survey::of(field, &design.views.front, parameters);
        Self::over(design, &[(Side::Front, Rc::new(survey))], parameters)
    }

    /// The figures of a design over those of its sides that were surveyed, the front first where it is among them. Skin that
    /// several sides treat counts once. Heights and symmetry are those of the front line.
    #[must_use]
    pub fn over(design: &Design, surveys: &[(Side, Rc<Survey>)], parameters: &Parameters) -> Self {
        let front = &design.views.front;
        let counted = Survey::counted(&surveys.iter().map(|(_, survey)| &**survey).collect::<Vec<_>>());
        let slower = counted.iter().any(|counted| counted.tally.needs_more_sessions());
        let sessions = parameters.get(if slower { Parameter::SessionsMore } else { Parameter::Sessions });
        let (mut sides, mut zones) = (Vec::new(), Vec::new());
        let mut after = vec![NOTHING; sessions as usize];
        for ((side, survey), counted) in surveys.iter().zip(&counted) {
            let (whole, size) = (counted.tally.whole(), &survey.size);
            counted.tally.add_to(&mut zones, size);
            for (sum, dots) in after.iter_mut().zip(counted.after) {
                *sum = added(*sum, whole.ranged(dots, size));
            }
            let dots_fingerprint = format!("{:016x}", survey.fingerprint);
            let (area_cm2, dots) = (whole.area(size), whole.dots(size));
            sides.push(SideFigures { side: *side, area_cm2, dots, dots_fingerprint });
        }
        let all = |of: fn(&SideFigures) -> Estimate| sides.iter().map(of).fold(NOTHING, added);
        let (area_cm2, dots) = (all(|side| side.area_cm2), all(|side| side.dots));
        let scale = surveys.first().map_or_else(|| front.scale(parameters), |(_, survey)| survey.size.scale);
        let hours_per_dot = parameters.get(Parameter::HoursPerSession) / parameters.get(Parameter::DotsPerSession);
        let hours = |dots: f64| dots * hours_per_dot;
        let context = AdviceContext::of(design, parameters);
        Self {
            px_per_mm: scale.px_per_mm.get(),
            length_factors: (scale.least, scale.most),
            rough: scale.rough || surveys.iter().any(|(_, survey)| survey.size.scale.rough),
            area_cm2,
            dots,
            zones,
            dots_after_session: after,
            sessions,
            dots_fingerprint: sides.first().map(|side| side.dots_fingerprint.clone()).unwrap_or_default(),
            sides,
            hours: Estimate { least: hours(dots.least), value: hours(dots.value), most: hours(dots.most) },
            line_height: context.line_height,
            asymmetry_mm: context.asymmetry,
            advice: context.advice(),
        }
    }
}
