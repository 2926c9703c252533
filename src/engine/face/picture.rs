//! The picture that a face is looked for in.

use crate::engine::geometry::PhotoPoint;

/// Bytes of a pixel.
const RGBA: usize = 4;

/// The photo's pixels, scaled down or as they are. Transparency is not looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SourcePicture<'a> {
    /// RGBA in sRGB, row by row. What is left over behind the last whole row is not looked at.
    pub pixels: &'a [u8],
    /// Pixels of a row.
    pub width: usize,
    /// These pixels per photo pixel.
    pub zoom: f64,
}

impl<'a> SourcePicture<'a> {
    /// Rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.pixels.len().checked_div(self.width.saturating_mul(RGBA)).unwrap_or(0)
    }

    /// Width and height in pixels.
    pub(super) fn size(&self) -> (f64, f64) {
        (self.width as f64, self.height() as f64)
    }

    /// The longer side in pixels.
    pub(super) fn longer_side(&self) -> f64 {
        let (width, height) = self.size();
        width.max(height)
    }

    /// Red, green and blue of pixels of a row; none where the row or the columns are not all in the picture.
    pub(super) fn row(&self, y: usize, columns: std::ops::Range<usize>) -> &'a [[u8; RGBA]] {
        let start = y.saturating_mul(self.width).saturating_mul(RGBA);
        let whole = self.pixels.get(start..).unwrap_or_default().as_chunks().0;
        if columns.end <= self.width { whole.get(columns).unwrap_or_default() } else { &[] }
    }

    /// The photo's point of a point of the picture.
    pub(super) fn in_photo(&self, point: Point) -> PhotoPoint {
        PhotoPoint::new(point.x / self.zoom, point.y / self.zoom)
    }
}

/// A place or a way in the picture, in its pixels, y downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Point {
    pub(super) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }

    pub(super) fn times(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }

    pub(super) fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    pub(super) fn length(self) -> f64 {
        self.dot(self).sqrt()
    }

    /// Of length 1 in the same direction; to the right where there is none.
    pub(super) fn direction(self) -> Self {
        let length = self.length();
        if length > 0.0 && length.is_finite() { self.times(1.0 / length) } else { Self::new(1.0, 0.0) }
    }

    /// A quarter turn clockwise as it is seen: from right to down.
    pub(super) const fn quarter_turn(self) -> Self {
        Self::new(-self.y, self.x)
    }
}
