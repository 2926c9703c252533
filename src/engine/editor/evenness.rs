//! The two halves of a front line: made alike, or a little uneven as nature is.

use crate::engine::calibration::{FaceFrame, SkinFrame, Surface};
use crate::engine::catalog::Parameters;
use crate::engine::design::{Hairline, View};
use crate::engine::geometry::{Mm, PhotoPoint};

/// A half of a line, as it lies in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// The one further left.
    Left,
    /// The other one.
    Right,
}

/// What mirrors one half of a face to the other, along the skin: the picture of a face that is turned is not even.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Midline {
    skin: SkinFrame,
}

/// A handle so near to the midline, mm, belongs to neither half (our estimate: a finger's precision).
const MIDDLE: Mm = Mm(3.0);
/// From this distance from the midline on a half is raised or lowered as a whole, mm: a natural line is even where it is
/// looked at most, about its middle (our estimate).
const WHOLE_FROM: f64 = 30.0;

impl Midline {
    /// The midline of a view's face; where no eyes are marked, upright half way between the ends of the line. `None` where
    /// there is neither.
    #[must_use]
    pub fn of(view: &View, parameters: &Parameters) -> Option<Self> {
        if let Some(skin) = view.skin(parameters) {
            return Some(Self { skin });
        }
        let handles = &view.hairline.as_ref()?.handles;
        let (scale, foot) = (view.scale(parameters), handles.first()?.lerp(*handles.last()?, 0.5));
        let level = (foot, foot.moved(1.0, 0.0));
        let surface = Surface::plain(scale.px_per_mm);
        Some(Self { skin: SkinFrame::new(FaceFrame::new(level, foot, scale), surface) })
    }

    /// How far a point lies to the right of the midline.
    fn beside(&self, point: PhotoPoint) -> Mm {
        self.skin.right(point)
    }

    fn mirrored(&self, point: PhotoPoint) -> PhotoPoint {
        let (right, up) = self.skin.coordinates(point);
        let (near, there) = (self.skin.at(right, up), self.skin.at(right * -1.0, up));
        // What the front hardly shows was brought nearer: it is as far from there on the other side.
        let ((dx, dy), (x, y)) = ((point.x - near.x, point.y - near.y), self.skin.face().up());
        let along = 2.0 * (dx * x + dy * y);
        there.moved(along * x - dx, along * y - dy)
    }

    /// A point raised along the skin.
    fn raised(&self, point: PhotoPoint, by: Mm) -> PhotoPoint {
        let (right, up) = self.skin.coordinates(point);
        let (here, there) = (self.skin.at(right, up), self.skin.at(right, up + by));
        point.moved(there.x - here.x, there.y - here.y)
    }
}

/// The line whose other half is the mirror image of this one; `None` where the line has no handle in this half or never
/// crosses the midline.
#[must_use]
pub fn mirrored_half(line: &Hairline, midline: &Midline, half: Half) -> Option<Hairline> {
    let sign = if half == Half::Left { -1.0 } else { 1.0 };
    let points: Vec<(PhotoPoint, bool)> =
        line.handles.iter().enumerate().map(|(place, handle)| (*handle, line.is_corner(place))).collect();
    let own = |(point, _): &&(PhotoPoint, bool)| midline.beside(*point).0 * sign > MIDDLE.0;
    // From the end of the half inwards.
    let mut kept: Vec<_> = points.iter().filter(own).copied().collect();
    let outermost = |point: PhotoPoint| midline.beside(point).0 * sign;
    let (first, last) = kept.first().zip(kept.last())?;
    if outermost(first.0) < outermost(last.0) {
        kept.reverse();
    }
    let crossing = crossing(line, midline)?;
    let is_sharp = |(point, corner): &(PhotoPoint, bool)| *corner && midline.beside(*point).0.abs() <= MIDDLE.0;
    let middle = (crossing, points.iter().any(is_sharp));
    let other = kept.iter().rev().map(|(point, corner)| (midline.mirrored(*point), *corner));
    let made: Vec<_> = kept.iter().copied().chain([middle]).chain(other).collect();
    let made = Hairline::with_corners(&made);
    Some(if half == Half::Left { made } else { made.reversed() })
}

/// Where the line first crosses the midline.
fn crossing(line: &Hairline, midline: &Midline) -> Option<PhotoPoint> {
    line.curve().points().windows(2).find_map(|pair| {
        let &[a, b] = pair else { return None };
        let (from, to) = (midline.beside(a).0, midline.beside(b).0);
        ((from <= 0.0) != (to <= 0.0)).then(|| a.lerp(b, from / (from - to)))
    })
}

/// The line with its right half raised and its left half lowered, so that both differ by so many mm more than before, along
/// the skin. It is smooth at the midline, and the same with the opposite sign takes it back.
#[must_use]
pub fn with_asymmetry(line: &Hairline, midline: &Midline, by: Mm) -> Hairline {
    let moved = |handle: &PhotoPoint| midline.raised(*handle, by * (0.5 * share_of(midline.beside(*handle))));
    Hairline { handles: line.handles.iter().map(moved).collect(), corners: line.corners.clone() }
}

/// How much of the difference a place beside the midline takes on: from -1 on the left through 0 in the middle to 1, without
/// a bend.
fn share_of(Mm(beside): Mm) -> f64 {
    let near = (beside.abs() / WHOLE_FROM).min(1.0);
    let share = near * near * (3.0 - 2.0 * near);
    if beside < 0.0 { -share } else { share }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference};
    use crate::engine::catalog::ShapeRule;
    use crate::engine::design::PhotoRef;
    use crate::engine::editor::{LineStyle, SeenFace, proposed_line};
    use crate::engine::measure::asymmetry;

    /// A face whose pupils lie so many pixels apart in height: it leans.
    fn view(lean: f64) -> View {
        let reference = Reference::TypedPupils { distance: Mm(63.0) };
        let (a, b) = (PhotoPoint::new(674.0, 1000.0), PhotoPoint::new(926.0, 1000.0 + lean));
        View {
            photo: Some(PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: String::new() }),
            calibration: Some(Calibration { reference, a, b }),
            ..View::default()
        }
    }

    fn measured(view: &View, line: Hairline) -> f64 {
        asymmetry(&View { hairline: Some(line), ..view.clone() }, &Parameters::default()).unwrap().value
    }

    /// Lines that are even, on a face.
    fn even_lines(view: &View) -> Vec<(String, Hairline)> {
        let parameters = Parameters::default();
        let face = SeenFace::of(view, &parameters);
        let shape = |key: &str| {
            let rule = ShapeRule::of_key(key).unwrap();
            (key.to_owned(), face.line(rule, &face.params(rule, &parameters)).unwrap())
        };
        let shapes = ["natural-oval", "rounded", "edge-up", "mature", "widows-peak", "female-round"].map(shape);
        let proposed = ("proposed".to_owned(), proposed_line(view, &parameters, LineStyle::Man));
        shapes.into_iter().chain([proposed]).collect()
    }

    #[test]
    fn the_unevenness_that_is_set_is_the_one_that_is_measured() {
        for lean in [0.0, 14.0] {
            let view = view(lean);
            let midline = Midline::of(&view, &Parameters::default()).unwrap();
            for (name, line) in even_lines(&view) {
                for by in [0.0, 1.0, 2.5, 4.0] {
                    let found = measured(&view, with_asymmetry(&line, &midline, Mm(by)));
                    println!("{name} leaning {lean}: {by} mm measured as {found:.2}");
                    assert!((found - by).abs() < 0.5, "{name} leaning {lean}: {by} mm measured as {found}");
                }
            }
        }
    }

    #[test]
    fn what_was_made_uneven_is_taken_back() {
        let view = view(9.0);
        let midline = Midline::of(&view, &Parameters::default()).unwrap();
        for (name, line) in even_lines(&view) {
            let back = with_asymmetry(&with_asymmetry(&line, &midline, Mm(3.5)), &midline, Mm(-3.5));
            assert_eq!(back.corners, line.corners);
            let off = back.handles.iter().zip(&line.handles).map(|(a, b)| a.distance(*b)).fold(0.0, f64::max);
            assert!(off < 0.1, "{name}: {off} px");
        }
    }

    #[test]
    fn a_half_makes_the_other_alike() {
        let view = view(9.0);
        let midline = Midline::of(&view, &Parameters::default()).unwrap();
        for (name, line) in even_lines(&view) {
            let crooked = with_asymmetry(&line, &midline, Mm(4.0));
            for half in [Half::Left, Half::Right] {
                let made = mirrored_half(&crooked, &midline, half).unwrap();
                assert!(measured(&view, made.clone()) < 0.05, "{name} {half:?}");
                assert_eq!((made.handles.len(), &made.corners), (line.handles.len(), &line.corners), "{name} {half:?}");
                let end = |line: &Hairline| {
                    *if half == Half::Left { line.handles.first() } else { line.handles.last() }.unwrap()
                };
                assert_eq!(end(&made), end(&crooked), "{name}: the half itself stays");
            }
        }
    }

    #[test]
    fn a_line_on_one_side_alone_has_no_counterpart_to_make() {
        let view = view(0.0);
        let midline = Midline::of(&view, &Parameters::default()).unwrap();
        let line = Hairline::smooth(vec![PhotoPoint::new(820.0, 700.0), PhotoPoint::new(1000.0, 760.0)]);
        assert_eq!(
            (mirrored_half(&line, &midline, Half::Left), mirrored_half(&line, &midline, Half::Right)),
            (None, None)
        );
    }

    #[test]
    fn without_eyes_the_mirror_stands_half_way_between_the_ends() {
        let line = Hairline::smooth(vec![
            PhotoPoint::new(500.0, 800.0),
            PhotoPoint::new(700.0, 600.0),
            PhotoPoint::new(1100.0, 820.0),
        ]);
        let view = View { calibration: None, hairline: Some(line.clone()), ..view(0.0) };
        let midline = Midline::of(&view, &Parameters::default()).unwrap();
        let made = mirrored_half(&line, &midline, Half::Left).unwrap();
        assert!(made.handles.last().unwrap().distance(PhotoPoint::new(1100.0, 800.0)) < 1e-9, "{made:?}");
        assert_eq!(made.handles.len(), 5);
    }
}
