//! A smooth curve through a few handles.

use super::{PhotoPoint, Polyline};
use kurbo::{CubicBez, ParamCurve, Vec2};

/// How far a straight piece may leave the curve, pixels.
const FLATNESS: f64 = 0.05;
/// The most pieces between two handles, so that a huge picture does not make the curve dear.
const MAX_PIECES: usize = 64;

/// One cubic Bézier piece in the working picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PhotoCubic(CubicBez);

/// Cubic pieces that follow one another.
pub type Spline = Vec<PhotoCubic>;

impl PhotoCubic {
    /// Its start, two control points and its end.
    #[must_use]
    pub fn points(&self) -> [PhotoPoint; 4] {
        let CubicBez { p0, p1, p2, p3 } = self.0;
        [p0, p1, p2, p3].map(PhotoPoint)
    }

    fn at(&self, t: f64) -> PhotoPoint {
        PhotoPoint(self.0.eval(t))
    }

    /// How many pieces of even steps keep within the flatness: a cord leaves a curve by at most an eighth of its greatest
    /// second derivative, which for a cubic is six times the larger second difference of its points (Wang 1984).
    ///
    /// Ours and not kurbo's `flatten`: that asks `powf` how finely to cut, whose last bits differ between browsers, and the
    /// line decides where a dot stands.
    fn pieces(&self) -> usize {
        let [a, b, c, d] = self.points().map(|point| point.to_vec2());
        let bend = |p: Vec2, q: Vec2, r: Vec2| (p - 2.0 * q + r).hypot();
        let most = bend(a, b, c).max(bend(b, c, d));
        ((0.75 * most / FLATNESS).sqrt().ceil() as usize).clamp(1, MAX_PIECES)
    }
}

/// The centripetal Catmull-Rom spline through the handles (Yuksel, Schaefer, Keyser 2011: no cusps and no loops within a
/// piece), as cubic Bézier pieces. Empty for fewer than two handles.
#[must_use]
pub fn spline_bezier(handles: &[PhotoPoint]) -> Spline {
    let Some((&first, &last)) = handles.first().zip(handles.last()) else { return Vec::new() };
    handles
        .windows(2)
        .enumerate()
        .filter_map(|(index, pair)| {
            let &[from, to] = pair else { return None };
            let before = index.checked_sub(1).and_then(|i| handles.get(i)).copied();
            let after = handles.get(index + 2).copied();
            // Beyond an end the curve goes on as the mirror of its first piece.
            let before = before.unwrap_or_else(|| mirrored(first, to));
            let after = after.unwrap_or_else(|| mirrored(last, from));
            Some(piece(before, from, to, after))
        })
        .collect()
}

fn mirrored(end: PhotoPoint, inner: PhotoPoint) -> PhotoPoint {
    PhotoPoint((2.0 * end.to_vec2() - inner.to_vec2()).to_point())
}

fn piece(before: PhotoPoint, from: PhotoPoint, to: PhotoPoint, after: PhotoPoint) -> PhotoCubic {
    // Knot spacings are square roots of the distances; the floor keeps doubled handles from dividing by zero.
    let spacing = |a: PhotoPoint, b: PhotoPoint| a.distance(b).sqrt().max(1e-6);
    let (d1, d2, d3) = (spacing(before, from), spacing(from, to), spacing(to, after));
    let control = |near: PhotoPoint, far: PhotoPoint, outer: PhotoPoint, d_outer: f64| {
        let weight = 3.0 * d_outer * (d_outer + d2);
        let sum = d_outer * d_outer * far.to_vec2() - d2 * d2 * outer.to_vec2()
            + (2.0 * d_outer * d_outer + 3.0 * d_outer * d2 + d2 * d2) * near.to_vec2();
        (sum / weight).to_point()
    };
    PhotoCubic(CubicBez::new(from.0, control(from, to, before, d1), control(to, from, after, d3), to.0))
}

/// The spline through the handles as a polyline that leaves it by less than a tenth of a pixel. A single handle gives
/// itself.
#[must_use]
pub fn flatten_spline(handles: &[PhotoPoint]) -> Polyline {
    flatten_pieces(handles.first().copied(), &spline_bezier(handles))
}

/// Cubic pieces that follow one another as a polyline that leaves them by less than a tenth of a pixel. `first` is where
/// they begin.
#[must_use]
pub fn flatten_pieces(first: Option<PhotoPoint>, pieces: &[PhotoCubic]) -> Polyline {
    let mut points: Vec<PhotoPoint> = first.into_iter().collect();
    for piece in pieces {
        let count = piece.pieces();
        points.extend((1..=count).map(|step| piece.at(step as f64 / count as f64)));
    }
    Polyline::new(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arch() -> Vec<PhotoPoint> {
        [(0.0, 100.0), (50.0, 20.0), (150.0, 0.0), (250.0, 20.0), (300.0, 100.0)]
            .map(|(x, y)| PhotoPoint::new(x, y))
            .to_vec()
    }

    #[test]
    fn the_curve_goes_through_every_handle() {
        let handles = arch();
        let curve = flatten_spline(&handles);
        for handle in handles {
            let near = curve.project(handle).unwrap();
            assert!(near.distance < 1e-9, "{handle:?} is {} px off the curve", near.distance);
        }
    }

    #[test]
    fn a_straight_row_of_handles_gives_a_straight_curve() {
        let handles: Vec<_> = [0.0, 10.0, 70.0, 90.0].map(|x| PhotoPoint::new(x, 5.0)).to_vec();
        for point in flatten_spline(&handles).points() {
            assert!((point.y - 5.0).abs() < 1e-9, "{point:?} left the row");
        }
    }

    #[test]
    fn doubled_handles_do_not_break_the_curve() {
        let handles = vec![PhotoPoint::new(1.0, 1.0); 3];
        assert!(flatten_spline(&handles).points().iter().all(|point| point.is_finite()));
    }

    #[test]
    fn flattening_stays_within_a_tenth_of_a_pixel() {
        let handles = arch();
        let fine: Vec<_> = spline_bezier(&handles)
            .iter()
            .flat_map(|piece| (0..=1000).map(|i| piece.at(f64::from(i) / 1000.0)))
            .collect();
        let coarse = flatten_spline(&handles);
        let worst = fine.iter().filter_map(|p| coarse.project(*p)).map(|p| p.distance).fold(0.0, f64::max);
        assert!(worst < 0.1, "worst departure {worst} px");
    }

    #[test]
    fn a_piece_leaves_and_meets_its_handles_as_the_centripetal_spline_does() {
        // Worked by hand: spacings 1, 2 and 1, so that the first control is (1 far - 4 outer + 12 near) / 9.
        let row = [(-1.0, 0.0), (0.0, 0.0), (0.0, 4.0), (1.0, 4.0)].map(|(x, y)| PhotoPoint::new(x, y));
        let [from, first, second, to] = spline_bezier(&row)[1].points();
        assert_eq!((from, to), (row[1], row[2]));
        let exact = [PhotoPoint::new(4.0 / 9.0, 4.0 / 9.0), PhotoPoint::new(-4.0 / 9.0, 32.0 / 9.0)];
        assert!(first.distance(exact[0]) < 1e-12 && second.distance(exact[1]) < 1e-12, "{first:?} {second:?}");
    }
}
