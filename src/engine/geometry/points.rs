//! Points and rectangles, in the photo and on the screen.
//!
//! Each is one of kurbo's shapes in a type of its own: what the shape tells can be read, but no bare shape becomes one of them
//! outside the geometry, so that a point of the screen is never taken for one of the photo. What is used of kurbo for points
//! in the photo needs only `+ - * /` and `sqrt`.

use kurbo::{Point, Rect, Size, Vec2};
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// A type of its own for one of kurbo's shapes, of which everything can be read.
macro_rules! shape {
    ($(#[$doc:meta])* $name:ident($shape:ty)) => {
        $(#[$doc])*
        pub struct $name(pub(super) $shape);

        impl Deref for $name {
            type Target = $shape;

            fn deref(&self) -> &$shape {
                &self.0
            }
        }
    };
}

shape!(
    /// A point of the working picture, in pixels from its upper left corner, y downwards. Written as `[x, y]`.
    #[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
    #[serde(from = "(f64, f64)", into = "(f64, f64)")]
    PhotoPoint(Point)
);
shape!(
    /// An axis-parallel rectangle of the working picture.
    #[derive(Debug, Clone, Copy, PartialEq)]
    PhotoRect(Rect)
);
shape!(
    /// A point of the stage, in CSS pixels from its upper left corner.
    #[derive(Debug, Clone, Copy, PartialEq, Default)]
    ScreenPoint(Point)
);
shape!(
    /// The size of the stage in CSS pixels.
    #[derive(Debug, Clone, Copy, PartialEq, Default)]
    ScreenSize(Size)
);

impl From<(f64, f64)> for PhotoPoint {
    fn from((x, y): (f64, f64)) -> Self {
        Self::new(x, y)
    }
}

impl From<PhotoPoint> for (f64, f64) {
    fn from(point: PhotoPoint) -> Self {
        (point.x, point.y)
    }
}

impl PhotoPoint {
    /// A point from its coordinates.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self(Point::new(x, y))
    }

    /// This point moved by a vector.
    #[must_use]
    pub fn moved(self, dx: f64, dy: f64) -> Self {
        Self(self.0 + (dx, dy))
    }

    /// Distance to another point, in pixels.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        self.0.distance(other.0)
    }

    /// Squared distance to another point.
    #[must_use]
    pub fn distance_squared(self, other: Self) -> f64 {
        self.0.distance_squared(other.0)
    }

    /// The point at `t` on the way to another point: 0 is here, 1 is there.
    #[must_use]
    pub fn lerp(self, other: Self, t: f64) -> Self {
        Self(self.0.lerp(other.0, t))
    }

    /// Rounded to a hundredth of a pixel: finer than any hand, and short in a file.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self::new((self.x * 100.0).round() / 100.0, (self.y * 100.0).round() / 100.0)
    }

    /// The nearest point inside a picture of that size.
    #[must_use]
    pub fn clamped(self, width: f64, height: f64) -> Self {
        // A size below zero is taken for none: a clamp between crossed bounds would panic.
        Self::new(self.x.clamp(0.0, width.max(0.0)), self.y.clamp(0.0, height.max(0.0)))
    }
}

impl Default for PhotoRect {
    /// The empty one.
    fn default() -> Self {
        Self::EMPTY
    }
}

impl PhotoRect {
    /// The rectangle of nothing: joining it to another gives the other.
    pub const EMPTY: Self = Self::new(f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY);

    /// A rectangle from its left, upper, right and lower edge.
    #[must_use]
    pub const fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        Self(Rect::new(x0, y0, x1, y1))
    }

    /// The whole picture of that size.
    #[must_use]
    pub const fn of_size(width: f64, height: f64) -> Self {
        Self::new(0.0, 0.0, width, height)
    }

    /// The smallest rectangle around the points; [`Self::EMPTY`] around none.
    pub fn around<'a>(points: impl IntoIterator<Item = &'a PhotoPoint>) -> Self {
        points.into_iter().fold(Self::EMPTY, |rect, point| rect.with(*point))
    }

    /// Grown to hold the point.
    #[must_use]
    pub fn with(self, point: PhotoPoint) -> Self {
        Self(self.0.union_pt(point.0))
    }

    /// Grown on every side.
    #[must_use]
    pub fn inflated(self, by: f64) -> Self {
        Self(self.0.inflate(by, by))
    }

    /// Pushed by a vector.
    #[must_use]
    pub fn moved(self, dx: f64, dy: f64) -> Self {
        Self(self.0 + Vec2::new(dx, dy))
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0.union(other.0))
    }

    /// What both cover; empty when they do not meet.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0.intersect(other.0))
    }

    /// Whether it covers nothing. (kurbo's area of [`Self::EMPTY`] is infinite.)
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.x0 >= self.x1 || self.y0 >= self.y1
    }

    /// Whether the point lies inside or on its edge. (kurbo counts the right and the lower edge as outside.)
    #[must_use]
    pub fn contains(self, point: PhotoPoint) -> bool {
        point.x >= self.x0 && point.x <= self.x1 && point.y >= self.y0 && point.y <= self.y1
    }

    /// Its middle.
    #[must_use]
    pub fn middle(self) -> PhotoPoint {
        PhotoPoint(self.0.center())
    }
}

impl ScreenPoint {
    /// A point from its coordinates.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self(Point::new(x, y))
    }

    /// Distance to another point, in CSS pixels.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        self.0.distance(other.0)
    }

    /// The point half way to another.
    #[must_use]
    pub fn middle(self, other: Self) -> Self {
        Self(self.0.midpoint(other.0))
    }
}

impl ScreenSize {
    /// A size from its sides.
    #[must_use]
    pub const fn new(width: f64, height: f64) -> Self {
        Self(Size::new(width, height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_brought_into_its_picture() {
        let outside = PhotoPoint::new(-3.0, 900.0);
        assert_eq!(outside.clamped(400.0, 500.0), PhotoPoint::new(0.0, 500.0));
        assert_eq!(outside.clamped(-1.0, f64::NAN), PhotoPoint::default(), "a picture without a size is a point");
        assert!(!PhotoPoint::new(f64::NAN, 1.0).clamped(400.0, 500.0).is_finite(), "nowhere stays nowhere");
    }

    #[test]
    fn rectangles_that_do_not_meet_have_nothing_in_common() {
        let (left, right) = (PhotoRect::new(0.0, 0.0, 4.0, 4.0), PhotoRect::new(6.0, 1.0, 9.0, 3.0));
        assert!(left.intersection(right).is_empty());
        assert!(left.intersection(PhotoRect::EMPTY).is_empty() && PhotoRect::EMPTY.is_empty());
        assert_eq!(PhotoRect::EMPTY.union(left), left);
        assert_eq!(left.union(right), PhotoRect::new(0.0, 0.0, 9.0, 4.0));
        assert_eq!(left.inflated(3.0).intersection(right), PhotoRect::new(6.0, 1.0, 7.0, 3.0));
    }

    #[test]
    fn the_edge_belongs_to_a_rectangle() {
        let rect = PhotoRect::new(1.0, 2.0, 3.0, 4.0);
        for (x, y) in [(1.0, 2.0), (3.0, 4.0), (2.0, 3.0)] {
            assert!(rect.contains(PhotoPoint::new(x, y)), "{x} {y}");
        }
        assert!(!rect.contains(PhotoPoint::new(3.01, 3.0)));
    }
}
