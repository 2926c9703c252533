//! Open and closed rows of straight pieces: nearest points, sides, insides, areas.

use super::{PhotoPoint, PhotoRect};
use kurbo::{Line, ParamCurve, ParamCurveArea, ParamCurveNearest, Vec2};

/// An open row of points.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Polyline {
    points: Vec<PhotoPoint>,
}

/// Where a point falls on a polyline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projection {
    /// The nearest point of the line.
    pub nearest: PhotoPoint,
    /// Distance to it, in pixels, never negative.
    pub distance: f64,
    /// Twice the signed area spanned with the nearest piece: above zero when the point lies to the left of the direction of
    /// travel in a picture whose y points down (that is, above a line drawn from left to right: its sign is `-1` below).
    pub side: f64,
    /// Index of the nearest piece.
    pub piece: usize,
    /// Where on that piece, 0 at its start, 1 at its end.
    pub t: f64,
    /// Whether the nearest point is one of the two ends of the whole line.
    pub at_end: bool,
}

impl Polyline {
    /// A polyline through the points, in order.
    #[must_use]
    pub fn new(points: Vec<PhotoPoint>) -> Self {
        Self { points }
    }

    /// Its points.
    #[must_use]
    pub fn points(&self) -> &[PhotoPoint] {
        &self.points
    }

    /// The rectangle around it.
    #[must_use]
    pub fn bounds(&self) -> PhotoRect {
        PhotoRect::around(&self.points)
    }

    /// Its length in pixels.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.points.windows(2).map(pair_distance).sum()
    }

    /// The nearest point of the line; `None` for a line of fewer than two points. Costs one step a piece.
    #[must_use]
    pub fn project(&self, point: PhotoPoint) -> Option<Projection> {
        self.project_pieces(point, 0..self.points.len().saturating_sub(1))
    }

    /// As [`Self::project`], looking only at the pieces named.
    #[must_use]
    pub fn project_pieces(&self, point: PhotoPoint, pieces: impl IntoIterator<Item = usize>) -> Option<Projection> {
        let mut best: Option<(f64, usize, f64, PhotoPoint)> = None;
        for piece in pieces {
            let Some(&[a, b]) = self.points.get(piece..piece + 2).and_then(|pair| pair.first_chunk::<2>()) else {
                continue;
            };
            let (t, nearest) = nearest_on_piece(a, b, point);
            let squared = nearest.distance_squared(point);
            if best.is_none_or(|(least, ..)| squared < least) {
                best = Some((squared, piece, t, nearest));
            }
        }
        let (squared, piece, t, nearest) = best?;
        let last = self.points.len() - 2;
        Some(Projection {
            nearest,
            distance: squared.sqrt(),
            side: self.side_at(piece, t, point),
            piece,
            t,
            at_end: (piece == 0 && t <= 0.0) || (piece == last && t >= 1.0),
        })
    }

    /// On which side of the line the point lies, seen from the nearest piece. At a corner both pieces are asked, so that the
    /// sign does not flip in the wedge between them (Bærentzen, Aanæs 2005, in two dimensions).
    fn side_at(&self, piece: usize, t: f64, point: PhotoPoint) -> f64 {
        let direction = |index: usize| -> Option<Vec2> {
            let way = self.points.get(index + 1)?.0 - self.points.get(index)?.0;
            (way.hypot() > 0.0).then(|| way.normalize())
        };
        let neighbour = if t <= 0.0 {
            piece.checked_sub(1)
        } else if t >= 1.0 {
            Some(piece + 1)
        } else {
            None
        };
        let along = direction(piece).unwrap_or_default() + neighbour.and_then(direction).unwrap_or_default();
        let corner = if t >= 1.0 { piece + 1 } else { piece };
        let Some(origin) = self.points.get(corner) else { return 0.0 };
        -along.cross(point.0 - origin.0)
    }
}

fn pair_distance(pair: &[PhotoPoint]) -> f64 {
    match pair {
        [a, b] => a.distance(*b),
        _ => 0.0,
    }
}

fn nearest_on_piece(a: PhotoPoint, b: PhotoPoint, point: PhotoPoint) -> (f64, PhotoPoint) {
    let piece = Line::new(a.0, b.0);
    // On a straight piece the nearest point is exact whatever accuracy is asked for.
    let t = piece.nearest(point.0, 0.0).t;
    (t, PhotoPoint(piece.eval(t)))
}

/// A closed shape, even-odd: its last point joins its first. Holds its edges in bands of height so that asking whether a
/// point lies inside touches only the edges of one band; the winding number of kurbo's paths asks every edge.
#[derive(Debug, Clone)]
pub struct Polygon {
    points: Vec<PhotoPoint>,
    bounds: PhotoRect,
    band_height: f64,
    bands: Vec<Vec<u32>>,
}

/// Bands of a polygon: enough that a band holds a handful of edges, few enough to build on every drag.
const BANDS: usize = 96;

impl Polygon {
    /// A closed shape through the points, in order.
    #[must_use]
    pub fn new(points: Vec<PhotoPoint>) -> Self {
        let bounds = PhotoRect::around(&points);
        let band_height = (bounds.height() / BANDS as f64).max(1e-9);
        let mut polygon = Self { points, bounds, band_height, bands: vec![Vec::new(); BANDS] };
        for edge in 0..polygon.points.len() {
            if let Some(Line { p0, p1 }) = polygon.edge(edge) {
                let (first, last) = (polygon.band(p0.y.min(p1.y)), polygon.band(p0.y.max(p1.y)));
                for band in polygon.bands.iter_mut().take(last + 1).skip(first) {
                    band.push(edge as u32);
                }
            }
        }
        polygon
    }

    fn edge(&self, index: usize) -> Option<Line> {
        let from = self.points.get(index)?;
        let to = self.points.get(index + 1).or_else(|| self.points.first())?;
        Some(Line::new(from.0, to.0))
    }

    fn band(&self, y: f64) -> usize {
        (((y - self.bounds.y0) / self.band_height) as usize).min(BANDS - 1)
    }

    /// The rectangle around it.
    #[must_use]
    pub fn bounds(&self) -> PhotoRect {
        self.bounds
    }

    /// Its points.
    #[must_use]
    pub fn points(&self) -> &[PhotoPoint] {
        &self.points
    }

    /// Whether the point lies inside (even-odd). A point on an edge counts as inside of one of the two sides.
    #[must_use]
    pub fn contains(&self, point: PhotoPoint) -> bool {
        if !self.bounds.contains(point) {
            return false;
        }
        let Some(band) = self.bands.get(self.band(point.y)) else { return false };
        let crossings = band
            .iter()
            .filter_map(|edge| self.edge(*edge as usize))
            .filter(|Line { p0: a, p1: b }| {
                (a.y > point.y) != (b.y > point.y) && point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)
            })
            .count();
        crossings % 2 == 1
    }

    /// Its area in square pixels: exact for a shape that does not cross itself.
    #[must_use]
    pub fn area(&self) -> f64 {
        let area: f64 = (0..self.points.len()).filter_map(|edge| self.edge(edge)).map(|edge| edge.signed_area()).sum();
        area.abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> PhotoPoint {
        PhotoPoint::new(x, y)
    }

    #[test]
    fn projection_names_side_distance_and_ends() {
        let line = Polyline::new(vec![at(0.0, 0.0), at(10.0, 0.0), at(10.0, 10.0)]);
        let above = line.project(at(4.0, -3.0)).unwrap();
        assert_eq!((above.distance, above.piece, above.at_end), (3.0, 0, false));
        assert!(above.side > 0.0, "above a line from left to right is its left side");
        let below = line.project(at(4.0, 3.0)).unwrap();
        assert!(below.side < 0.0);
        assert!(line.project(at(-5.0, 1.0)).unwrap().at_end);
        assert!(line.project(at(13.0, 13.0)).unwrap().at_end);
    }

    #[test]
    fn the_side_is_the_same_all_around_a_corner() {
        let line = Polyline::new(vec![at(0.0, 0.0), at(10.0, 10.0), at(20.0, 0.0)]);
        for x in 0..=20 {
            let below = line.project(at(f64::from(x), 30.0)).unwrap();
            assert!(below.side < 0.0, "x = {x}: {below:?}");
        }
    }

    #[test]
    fn a_ring_contains_what_is_inside_it() {
        let square = Polygon::new(vec![at(0.0, 0.0), at(10.0, 0.0), at(10.0, 10.0), at(0.0, 10.0)]);
        assert!(square.contains(at(5.0, 5.0)));
        for outside in [at(-1.0, 5.0), at(11.0, 5.0), at(5.0, -0.1), at(5.0, 10.1)] {
            assert!(!square.contains(outside), "{outside:?}");
        }
        assert_eq!(square.area(), 100.0);
    }

    #[test]
    fn a_bay_is_outside() {
        let shape = Polygon::new(vec![at(0.0, 0.0), at(10.0, 0.0), at(10.0, 10.0), at(5.0, 2.0), at(0.0, 10.0)]);
        assert!(!shape.contains(at(5.0, 6.0)));
        assert!(shape.contains(at(1.0, 6.0)));
    }

    #[test]
    fn nothing_has_no_inside() {
        assert!(!Polygon::new(Vec::new()).contains(at(0.0, 0.0)));
        assert!(Polyline::new(vec![at(1.0, 1.0)]).project(at(0.0, 0.0)).is_none());
    }
}
