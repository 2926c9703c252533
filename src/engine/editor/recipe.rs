//! How a front line came about, so that each part of it can be changed again: a shape, what was drawn before, how much of
//! either, and how uneven its halves are.

use super::evenness::{Midline, with_asymmetry};
use super::{AnalysisImage, LineEnds, SeenFace, blend};
use crate::engine::catalog::{Measure, Parameters, ShapeParams, ShapeRule};
use crate::engine::design::{Hairline, View};
use crate::engine::geometry::Mm;

/// How a line came about. It is no part of a design: the design keeps the line alone.
#[derive(Debug, Clone, PartialEq)]
pub struct LineRecipe {
    /// The shape with its measures; `None` for a line drawn or moved by hand.
    pub shape: Option<(ShapeRule, ShapeParams)>,
    /// How far the shape's ends go on over the temples; `None` where it ends as its rule says.
    pub ends: Option<LineEnds>,
    /// The line as it was drawn or moved by hand, if it was.
    pub drawn: Option<Hairline>,
    /// How much of the shape there is in the line, from 0 (what was drawn) to 1.
    pub share: f64,
    /// How much higher the right half lies than the left one, along the skin.
    pub unevenness: Mm,
}

/// A part of how a line came about that a slider changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecipePart {
    /// A measure of the shape.
    Measure(Measure),
    /// How much of what was drawn before there is in the line, from 0 to 1.
    Drawn,
    /// How much higher the right half lies, mm.
    Unevenness,
}

impl LineRecipe {
    /// How no line comes about.
    pub const NOTHING: Self = Self { shape: None, ends: None, drawn: None, share: 1.0, unevenness: Mm(0.0) };

    /// A line that was drawn or moved by hand.
    #[must_use]
    pub fn by_hand(line: Hairline) -> Self {
        Self { drawn: Some(line), share: 0.0, ..Self::NOTHING }
    }

    /// A shape in place of this line, with the measures and the ends that it has on a view whose photo looks like that; what was
    /// drawn is kept, to be blended with it.
    #[must_use]
    pub fn with_shape(
        self,
        rule: &ShapeRule,
        (view, parameters): (&View, &Parameters),
        picture: Option<&AnalysisImage>,
    ) -> Self {
        let face = SeenFace::of(view, parameters);
        let params = face.params(rule, parameters);
        let ends = face.line(rule, &params).and_then(|line| LineEnds::seen(&line, &face, picture));
        Self { shape: Some((rule.clone(), params)), ends, share: 1.0, ..self }
    }

    /// The same recipe with another value of a part, brought into its range.
    #[must_use]
    pub fn with(mut self, part: RecipePart, value: f64) -> Self {
        match part {
            RecipePart::Measure(measure) => {
                if let Some((rule, params)) = &mut self.shape {
                    *params = rule.with(*params, measure, value);
                }
            }
            RecipePart::Drawn => self.share = 1.0 - value.clamp(0.0, 1.0),
            RecipePart::Unevenness => self.unevenness = Mm(value),
        }
        self
    }

    /// The line on a view; `None` where neither a shape nor a drawn line is known. Costs up to a few milliseconds.
    #[must_use]
    pub fn line(&self, view: &View, parameters: &Parameters) -> Option<Hairline> {
        let shape = self.shape.as_ref().and_then(|(rule, params)| {
            let face = SeenFace::of(view, parameters);
            let line = face.line(rule, params)?;
            Some(self.ends.map_or_else(|| line.clone(), |ends| ends.lengthen(&line, &face)))
        });
        let line = match (shape, &self.drawn) {
            (Some(shape), Some(drawn)) if self.share > 0.0 => blended(&shape, drawn, self.share),
            (Some(shape), None) => shape,
            (_, drawn) => drawn.clone()?,
        };
        match Midline::of(view, parameters) {
            Some(midline) if self.unevenness.0 != 0.0 => Some(with_asymmetry(&line, &midline, self.unevenness)),
            _ => Some(line),
        }
    }
}

fn blended(shape: &Hairline, drawn: &Hairline, share: f64) -> Hairline {
    let points: Vec<_> =
        shape.handles.iter().enumerate().map(|(place, handle)| (*handle, shape.is_corner(place))).collect();
    Hairline::with_corners(&blend(&points, &drawn.curve(), share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference};
    use crate::engine::design::PhotoRef;
    use crate::engine::geometry::PhotoPoint;

    fn view() -> View {
        let reference = Reference::TypedPupils { distance: Mm(63.0) };
        let (a, b) = (PhotoPoint::new(674.0, 1000.0), PhotoPoint::new(926.0, 1000.0));
        View {
            photo: Some(PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: String::new() }),
            calibration: Some(Calibration { reference, a, b }),
            ..View::default()
        }
    }

    fn mature() -> (ShapeRule, ShapeParams) {
        let (view, parameters) = (view(), Parameters::default());
        let rule = ShapeRule::of_key("mature").unwrap().clone();
        let params = SeenFace::of(&view, &parameters).params(&rule, &parameters);
        (rule, params)
    }

    #[test]
    fn what_was_drawn_comes_back_exactly() {
        let drawn = Hairline::smooth(vec![PhotoPoint::new(560.0, 800.0), PhotoPoint::new(1040.0, 780.0)]);
        let recipe = LineRecipe { shape: Some(mature()), share: 1.0, ..LineRecipe::by_hand(drawn.clone()) };
        let line = |share: f64| {
            recipe.clone().with(RecipePart::Drawn, 1.0 - share).line(&view(), &Parameters::default()).unwrap()
        };
        assert_eq!(line(0.0), drawn);
        let shape = LineRecipe { drawn: None, ..recipe.clone() }.line(&view(), &Parameters::default()).unwrap();
        assert_eq!(line(1.0), shape);
        let half = line(0.5);
        assert_eq!((half.handles.len(), &half.corners), (shape.handles.len(), &shape.corners));
        assert!(half != shape && half != drawn);
    }

    #[test]
    fn a_shape_is_measured_anew_whatever_its_halves_are() {
        let (rule, params) = mature();
        let (view, parameters) = (view(), Parameters::default());
        let even = LineRecipe { shape: Some((rule, params)), ..LineRecipe::NOTHING };
        let crooked = even.clone().with(RecipePart::Unevenness, 3.0);
        let (even, crooked) = (even.line(&view, &parameters).unwrap(), crooked.line(&view, &parameters).unwrap());
        let skin = view.skin(&parameters).unwrap();
        let fall = skin.coordinates(even.handles[0]).1 - skin.coordinates(crooked.handles[0]).1;
        assert!((fall.0 - 1.5).abs() < 0.05, "{fall:?}");
        assert_eq!(even.handles[even.handles.len() / 2], crooked.handles[even.handles.len() / 2]);
    }

    #[test]
    fn a_slider_changes_one_measure_within_its_range() {
        let (rule, params) = mature();
        let recipe = LineRecipe { shape: Some((rule.clone(), params)), ..LineRecipe::NOTHING };
        let (_, changed) = recipe.with(RecipePart::Measure(Measure::Height), 1000.0).shape.unwrap();
        assert_eq!(changed, rule.with(params, Measure::Height, rule.range(Measure::Height).1));
    }

    #[test]
    fn a_recipe_of_nothing_makes_no_line() {
        let nothing = LineRecipe { unevenness: Mm(2.0), ..LineRecipe::NOTHING };
        assert_eq!(nothing.line(&view(), &Parameters::default()), None);
    }
}
