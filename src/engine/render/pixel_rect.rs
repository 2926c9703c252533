//! A part of a picture that is drawn.

use crate::engine::geometry::PhotoRect;

/// A rectangle of whole pixels of a picture to be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PixelRect {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: usize,
    /// Height.
    pub height: usize,
}

impl PixelRect {
    /// The smallest rectangle of whole pixels around a rectangle of the photo drawn at `zoom` pixels a photo pixel, cut to a
    /// picture of that size.
    #[must_use]
    pub fn covering(rect: PhotoRect, zoom: f64, width: usize, height: usize) -> Self {
        let low = |value: f64, most: usize| (value * zoom).floor().clamp(0.0, most as f64);
        let high = |value: f64, most: usize| (value * zoom).ceil().clamp(0.0, most as f64);
        let (x0, y0) = (low(rect.x0, width), low(rect.y0, height));
        let (x1, y1) = (high(rect.x1, width), high(rect.y1, height));
        Self { x: x0 as i32, y: y0 as i32, width: (x1 - x0).max(0.0) as usize, height: (y1 - y0).max(0.0) as usize }
    }

    /// The part of the photo, drawn at `zoom` pixels a photo pixel, from which something reaches into the rectangle that reaches so
    /// many pixels far.
    #[must_use]
    pub fn reached_from(&self, reach: f64, zoom: f64) -> PhotoRect {
        let (x, y) = (f64::from(self.x), f64::from(self.y));
        let photo = |value: f64| value / zoom;
        PhotoRect::new(
            photo(x - reach),
            photo(y - reach),
            photo(x + self.width as f64 + reach),
            photo(y + self.height as f64 + reach),
        )
    }

    /// Whether it holds no pixel.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// The smallest rectangle around both; an empty one counts as nothing.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        if self.is_empty() {
            return other;
        }
        if other.is_empty() {
            return self;
        }
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width as i32).max(other.x + other.width as i32);
        let bottom = (self.y + self.height as i32).max(other.y + other.height as i32);
        Self { x, y, width: (right - x) as usize, height: (bottom - y) as usize }
    }
}
