//! Shapes of the catalogue laid onto a head, and blended with what was drawn.

use crate::engine::calibration::{FaceFit, Landmark, SkinFrame};
use crate::engine::catalog::{Parameters, RulePoint, ShapeKind, ShapeParams, ShapeRule};
use crate::engine::geometry::{Mm, PhotoPoint, Polyline};

/// A handle of a line, and whether the line turns sharply there.
pub type ShapedHandle = (PhotoPoint, bool);

/// The face that shapes are laid onto. Making one costs nothing.
#[derive(Debug, Clone, Copy)]
pub struct ShapeContext<'a> {
    /// The landmarks, set or proposed.
    pub fit: &'a FaceFit<'a>,
    /// Millimetres on the skin.
    pub skin: &'a SkinFrame,
}

impl ShapeContext<'_> {
    /// The measures with which a shape begins on this head: as wide as its lateral canthus lines stand apart, or of temple
    /// peaks as the edges of the temples do.
    #[must_use]
    pub fn params(&self, rule: &ShapeRule, parameters: &Parameters) -> ShapeParams {
        let (left, right) = match rule.kind {
            ShapeKind::Front { .. } => (Landmark::CanthusLeft, Landmark::CanthusRight),
            ShapeKind::TemplePeaks => (Landmark::TempleLeft, Landmark::TempleRight),
        };
        rule.params(parameters, Some(self.apart(self.fit.point(left), self.fit.point(right))))
    }

    /// The lines of a shape in photo pixels, each from left to right; they may leave the picture. Costs up to a few
    /// milliseconds.
    #[must_use]
    pub fn shaped(&self, rule: &ShapeRule, params: &ShapeParams) -> Vec<Vec<ShapedHandle>> {
        let lines = rule.points(params, self.pupil_distance());
        lines.iter().map(|line| self.placed(line)).collect()
    }

    /// The distance between the mid-pupil lines.
    #[must_use]
    pub fn pupil_distance(&self) -> Mm {
        let (left, right) = self.fit.pupils();
        self.apart(left, right)
    }

    fn placed(&self, line: &[RulePoint]) -> Vec<ShapedHandle> {
        // By how much more lies straight above the level of the glabella than along the skin, at the ends of the part that is
        // measured along it.
        let steeper = |point: &RulePoint| self.skin.straight_up(self.skin.at(point.right, point.up)) - point.up;
        let along = |point: &&RulePoint| !point.straight;
        let first = line.iter().find(along).map_or(Mm(0.0), steeper);
        let last = line.iter().rfind(along).map_or(Mm(0.0), steeper);
        let seen = |point: &RulePoint| match point.straight {
            false => self.skin.at(point.right, point.up),
            true => self.skin.straight_at(point.right, point.up + if point.right.0 < 0.0 { first } else { last }),
        };
        line.iter().map(|point| (seen(point), point.corner)).collect()
    }

    /// How much further to the right one point lies than another, straight through the head.
    fn apart(&self, left: PhotoPoint, right: PhotoPoint) -> Mm {
        self.skin.coordinates(right).0 - self.skin.coordinates(left).0
    }
}

/// A shape's line drawn towards a line that was drawn: `share` 0 is the drawn line, 1 the shape. The line has the shape's
/// handles; each is paired with the point of the drawn line that lies as far along it. Without a drawn line it is the shape.
#[must_use]
pub fn blend(shape: &[ShapedHandle], drawn: &Polyline, share: f64) -> Vec<ShapedHandle> {
    let way = Polyline::new(shape.iter().map(|(point, _)| *point).collect());
    let Some(((first, last), (start, end))) = ends(&way).zip(ends(drawn)) else { return shape.to_vec() };
    // A line may have been drawn from right to left.
    let backwards = first.distance(start) + last.distance(end) > first.distance(end) + last.distance(start);
    let corners: Vec<PhotoPoint> =
        if backwards { drawn.points().iter().rev().copied().collect() } else { drawn.points().to_vec() };
    let (whole, length) = (way.length(), drawn.length());
    let mut gone = 0.0;
    let mut before = first;
    let share = share.clamp(0.0, 1.0);
    let pair = |(point, corner): &ShapedHandle| {
        gone += before.distance(*point);
        before = *point;
        (at_length(&corners, gone / whole.max(1e-9) * length).lerp(*point, share), *corner)
    };
    shape.iter().map(pair).collect()
}

fn ends(line: &Polyline) -> Option<(PhotoPoint, PhotoPoint)> {
    line.points().first().copied().zip(line.points().last().copied())
}

/// The point so far along a way; its last one where it is shorter.
pub(super) fn at_length(points: &[PhotoPoint], length: f64) -> PhotoPoint {
    let mut left = length;
    for pair in points.windows(2) {
        let &[a, b] = pair else { continue };
        let piece = a.distance(b);
        if left <= piece {
            return a.lerp(b, if piece > 0.0 { left / piece } else { 0.0 });
        }
        left -= piece;
    }
    points.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape() -> Vec<ShapedHandle> {
        [(0.0, 40.0, false), (30.0, 0.0, true), (70.0, 0.0, true), (100.0, 40.0, false)]
            .map(|(x, y, corner)| (PhotoPoint::new(x, y), corner))
            .to_vec()
    }

    #[test]
    fn a_whole_share_is_the_shape_and_none_the_drawn_line() {
        let drawn = Polyline::new(vec![PhotoPoint::new(0.0, 100.0), PhotoPoint::new(140.0, 100.0)]);
        assert_eq!(blend(&shape(), &drawn, 1.0), shape());
        let none = blend(&shape(), &drawn, 0.0);
        // 50 of 140 px along the shape lies the first corner.
        for ((point, corner), (x, sharp)) in none.iter().zip([(0.0, false), (50.0, true), (90.0, true), (140.0, false)])
        {
            assert!(point.distance(PhotoPoint::new(x, 100.0)) < 1e-9 && *corner == sharp, "{none:?}");
        }
        let half = blend(&shape(), &drawn, 0.5);
        assert!(half[1].0.distance(PhotoPoint::new(40.0, 50.0)) < 1e-9, "{half:?}");
    }

    #[test]
    fn a_line_drawn_from_right_to_left_is_turned_round() {
        let drawn = Polyline::new(vec![PhotoPoint::new(140.0, 100.0), PhotoPoint::new(0.0, 100.0)]);
        assert!(blend(&shape(), &drawn, 0.0)[0].0.distance(PhotoPoint::new(0.0, 100.0)) < 1e-9);
    }

    #[test]
    fn without_a_drawn_line_the_shape_stands() {
        assert_eq!(blend(&shape(), &Polyline::new(Vec::new()), 0.3), shape());
    }
}
