//! Points and rectangles, in the photo and on the screen.

use serde::{Deserialize, Serialize};

/// A point of the working picture, in pixels from its upper left corner, y downwards. Written as `[x, y]`.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "(f64, f64)", into = "(f64, f64)")]
pub struct PhotoPoint {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

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
        Self { x, y }
    }

    /// This point moved by a vector.
    #[must_use]
    pub fn moved(self, dx: f64, dy: f64) -> Self {
        Self::new(self.x + dx, self.y + dy)
    }

    /// Distance to another point, in pixels.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        self.distance_squared(other).sqrt()
    }

    /// Squared distance to another point.
    #[must_use]
    pub fn distance_squared(self, other: Self) -> f64 {
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        dx * dx + dy * dy
    }

    /// The point at `t` on the way to another point: 0 is here, 1 is there.
    #[must_use]
    pub fn lerp(self, other: Self, t: f64) -> Self {
        Self::new(self.x + (other.x - self.x) * t, self.y + (other.y - self.y) * t)
    }

    /// Rounded to a hundredth of a pixel: finer than any hand, and short in a file.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self::new((self.x * 100.0).round() / 100.0, (self.y * 100.0).round() / 100.0)
    }

    /// Whether both coordinates are numbers.
    #[must_use]
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }

    /// The nearest point inside a picture of that size.
    #[must_use]
    pub fn clamped(self, width: f64, height: f64) -> Self {
        // A size below zero is taken for none: a clamp between crossed bounds would panic.
        Self::new(self.x.clamp(0.0, width.max(0.0)), self.y.clamp(0.0, height.max(0.0)))
    }
}

/// An axis-parallel rectangle of the working picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PhotoRect {
    /// Left edge.
    pub x0: f64,
    /// Upper edge.
    pub y0: f64,
    /// Right edge.
    pub x1: f64,
    /// Lower edge.
    pub y1: f64,
}

impl PhotoRect {
    /// The rectangle of nothing: joining it to another gives the other.
    pub const EMPTY: Self = Self { x0: f64::INFINITY, y0: f64::INFINITY, x1: f64::NEG_INFINITY, y1: f64::NEG_INFINITY };

    /// The whole picture of that size.
    #[must_use]
    pub fn of_size(width: f64, height: f64) -> Self {
        Self { x0: 0.0, y0: 0.0, x1: width, y1: height }
    }

    /// The smallest rectangle around the points; [`Self::EMPTY`] around none.
    pub fn around<'a>(points: impl IntoIterator<Item = &'a PhotoPoint>) -> Self {
        points.into_iter().fold(Self::EMPTY, |rect, point| rect.with(*point))
    }

    /// Grown to hold the point.
    #[must_use]
    pub fn with(self, point: PhotoPoint) -> Self {
        Self { x0: self.x0.min(point.x), y0: self.y0.min(point.y), x1: self.x1.max(point.x), y1: self.y1.max(point.y) }
    }

    /// Grown on every side.
    #[must_use]
    pub fn inflated(self, by: f64) -> Self {
        Self { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// What both cover; empty when they do not meet.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        }
    }

    /// Whether it covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.x0 >= self.x1 || self.y0 >= self.y1
    }

    /// Whether the point lies inside or on its edge.
    #[must_use]
    pub fn contains(self, point: PhotoPoint) -> bool {
        point.x >= self.x0 && point.x <= self.x1 && point.y >= self.y0 && point.y <= self.y1
    }

    /// Width in pixels.
    #[must_use]
    pub fn width(self) -> f64 {
        self.x1 - self.x0
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(self) -> f64 {
        self.y1 - self.y0
    }
}

/// A point of the stage, in CSS pixels from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ScreenPoint {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl ScreenPoint {
    /// A point from its coordinates.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Distance to another point, in CSS pixels.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        (dx * dx + dy * dy).sqrt()
    }

    /// The point half way to another.
    #[must_use]
    pub fn middle(self, other: Self) -> Self {
        Self::new((self.x + other.x) / 2.0, (self.y + other.y) / 2.0)
    }
}

/// The size of the stage in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ScreenSize {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
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
}
