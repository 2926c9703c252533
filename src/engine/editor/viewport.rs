//! The window through which the photo is seen.

use crate::engine::geometry::{PhotoPoint, PhotoRect, ScreenPoint, ScreenSize};

/// Where the photo lies on the stage: `screen = photo * zoom + offset`, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    zoom: f64,
    offset: ScreenPoint,
    stage: ScreenSize,
    photo: (f64, f64),
}

/// By how much one press of a key or button zooms.
pub const ZOOM_STEP: f64 = 1.4;
/// Free space around a fitted photo, CSS pixels.
const MARGIN: f64 = 12.0;
/// The closest look: one photo pixel as this many CSS pixels.
const MAX_ZOOM: f64 = 16.0;
/// The farthest look, as a share of the fitted size.
const MIN_OF_FIT: f64 = 0.5;
/// So much of the photo stays on the stage however far it is pushed, CSS pixels.
const KEPT_IN_SIGHT: f64 = 64.0;

impl Viewport {
    /// The photo of that size fitted into a stage of that size.
    #[must_use]
    pub fn fitted(stage: ScreenSize, photo: (f64, f64)) -> Self {
        let mut viewport = Self { zoom: 1.0, offset: ScreenPoint::default(), stage, photo };
        viewport.zoom = viewport.fit_zoom();
        viewport.centre();
        viewport
    }

    fn fit_zoom(&self) -> f64 {
        let (width, height) = (self.photo.0.max(1.0), self.photo.1.max(1.0));
        let room = |side: f64| (side - 2.0 * MARGIN).max(16.0);
        (room(self.stage.width) / width).min(room(self.stage.height) / height).min(MAX_ZOOM)
    }

    fn centre(&mut self) {
        self.offset = ScreenPoint::new(
            (self.stage.width - self.photo.0 * self.zoom) / 2.0,
            (self.stage.height - self.photo.1 * self.zoom) / 2.0,
        );
    }

    /// CSS pixels per photo pixel.
    #[must_use]
    pub fn zoom(&self) -> f64 {
        self.zoom
    }

    /// Where the photo's upper left corner lies on the stage.
    #[must_use]
    pub fn offset(&self) -> ScreenPoint {
        self.offset
    }

    /// The size of the stage.
    #[must_use]
    pub fn stage(&self) -> ScreenSize {
        self.stage
    }

    /// A point of the photo on the stage.
    #[must_use]
    pub fn to_screen(&self, point: PhotoPoint) -> ScreenPoint {
        ScreenPoint::new(point.x * self.zoom + self.offset.x, point.y * self.zoom + self.offset.y)
    }

    /// A point of the stage on the photo.
    #[must_use]
    pub fn to_photo(&self, point: ScreenPoint) -> PhotoPoint {
        PhotoPoint::new((point.x - self.offset.x) / self.zoom, (point.y - self.offset.y) / self.zoom)
    }

    /// The part of the photo that is on the stage.
    #[must_use]
    pub fn visible(&self) -> PhotoRect {
        let from = self.to_photo(ScreenPoint::default());
        let to = self.to_photo(ScreenPoint::new(self.stage.width, self.stage.height));
        PhotoRect::new(from.x, from.y, to.x, to.y).intersection(PhotoRect::of_size(self.photo.0, self.photo.1))
    }

    /// Zooms by a factor; what lies under the point stays there.
    #[must_use]
    pub fn zoomed(self, factor: f64, around: ScreenPoint) -> Self {
        self.zoomed_to(self.zoom * factor, around)
    }

    /// Zooms to an absolute value; what lies under the point stays there.
    #[must_use]
    pub fn zoomed_to(mut self, zoom: f64, around: ScreenPoint) -> Self {
        if !zoom.is_finite() {
            return self;
        }
        let held = self.to_photo(around);
        self.zoom = zoom.clamp(self.fit_zoom() * MIN_OF_FIT, MAX_ZOOM);
        self.offset = ScreenPoint::new(around.x - held.x * self.zoom, around.y - held.y * self.zoom);
        self.kept_in_sight()
    }

    /// Pushes the photo by CSS pixels.
    #[must_use]
    pub fn panned(mut self, dx: f64, dy: f64) -> Self {
        if dx.is_finite() && dy.is_finite() {
            self.offset = ScreenPoint::new(self.offset.x + dx, self.offset.y + dy);
        }
        self.kept_in_sight()
    }

    /// A point of the photo in the middle of the stage.
    #[must_use]
    pub fn around(self, point: PhotoPoint) -> Self {
        let at = self.to_screen(point);
        self.panned(self.stage.width / 2.0 - at.x, self.stage.height / 2.0 - at.y)
    }

    /// Two fingers moved from one pair of places to another: what lay between them stays between them.
    #[must_use]
    pub fn pinched(self, from: (ScreenPoint, ScreenPoint), to: (ScreenPoint, ScreenPoint)) -> Self {
        let (before, after) = (from.0.middle(from.1), to.0.middle(to.1));
        let spread = from.0.distance(from.1).max(1.0);
        self.panned(after.x - before.x, after.y - before.y).zoomed(to.0.distance(to.1) / spread, after)
    }

    /// The whole photo again.
    #[must_use]
    pub fn fit(self) -> Self {
        Self::fitted(self.stage, self.photo)
    }

    /// The stage or the photo has another size: a fitted photo is fitted again, otherwise what was in the middle stays
    /// there.
    #[must_use]
    pub fn resized(self, stage: ScreenSize, photo: (f64, f64)) -> Self {
        if self == self.fit() || photo != self.photo || self.stage.width < 1.0 {
            return Self::fitted(stage, photo);
        }
        let middle = self.to_photo(ScreenPoint::new(self.stage.width / 2.0, self.stage.height / 2.0));
        let next = Self { stage, ..self }.around(middle);
        next.zoomed(1.0, ScreenPoint::new(stage.width / 2.0, stage.height / 2.0))
    }

    /// Brings a point of the photo onto the stage if it is not there.
    #[must_use]
    pub fn revealing(self, point: PhotoPoint) -> Self {
        let at = self.to_screen(point);
        let pad = KEPT_IN_SIGHT.min(self.stage.width / 4.0).min(self.stage.height / 4.0);
        let push = |value: f64, side: f64| {
            if value < pad {
                pad - value
            } else if value > side - pad {
                side - pad - value
            } else {
                0.0
            }
        };
        self.panned(push(at.x, self.stage.width), push(at.y, self.stage.height))
    }

    fn kept_in_sight(mut self) -> Self {
        let kept = |offset: f64, size: f64, stage: f64| {
            let pad = KEPT_IN_SIGHT.min(size).min(stage);
            // No clamp: that panics where a size is no number.
            offset.max(pad - size).min(stage - pad)
        };
        self.offset = ScreenPoint::new(
            kept(self.offset.x, self.photo.0 * self.zoom, self.stage.width),
            kept(self.offset.y, self.photo.1 * self.zoom, self.stage.height),
        );
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn viewport() -> Viewport {
        Viewport::fitted(ScreenSize::new(424.0, 824.0), (1600.0, 2000.0))
    }

    fn near(a: PhotoPoint, b: PhotoPoint) -> bool {
        a.distance(b) < 1e-6
    }

    #[test]
    fn a_fitted_photo_lies_in_the_middle() {
        let fitted = viewport();
        assert_eq!(fitted.zoom(), 0.25);
        assert_eq!(fitted.offset(), ScreenPoint::new(12.0, 162.0));
    }

    #[test]
    fn screen_and_photo_are_inverse() {
        let zoomed = viewport().zoomed(3.7, ScreenPoint::new(100.0, 300.0)).panned(13.0, -7.0);
        let point = PhotoPoint::new(512.25, 1024.5);
        assert!(near(zoomed.to_photo(zoomed.to_screen(point)), point));
    }

    #[test]
    fn zooming_holds_the_point_under_the_cursor() {
        let at = ScreenPoint::new(200.0, 300.0);
        let held = viewport().to_photo(at);
        assert!(near(viewport().zoomed(5.0, at).to_photo(at), held));
    }

    #[test]
    fn a_pinch_holds_what_lies_between_the_fingers() {
        let from = (ScreenPoint::new(150.0, 300.0), ScreenPoint::new(250.0, 300.0));
        let to = (ScreenPoint::new(100.0, 350.0), ScreenPoint::new(300.0, 350.0));
        let before = viewport();
        let after = before.pinched(from, to);
        assert!((after.zoom() - 0.5).abs() < 1e-9, "{}", after.zoom());
        assert!(near(
            after.to_photo(from.0.middle(from.1).middle(to.0.middle(to.1))),
            after.to_photo(ScreenPoint::new(200.0, 325.0))
        ));
        assert!(near(before.to_photo(ScreenPoint::new(200.0, 300.0)), after.to_photo(ScreenPoint::new(200.0, 350.0))));
    }

    #[test]
    fn the_photo_cannot_be_lost() {
        let lost = viewport().panned(1e7, -1e7);
        assert!(!lost.visible().is_empty(), "{lost:?}");
        let tiny = viewport().zoomed(1e-9, ScreenPoint::default());
        assert!(tiny.zoom() >= 0.125);
        assert_eq!(viewport().zoomed(f64::NAN, ScreenPoint::default()), viewport());
    }

    #[test]
    fn a_stage_of_no_size_does_not_stop_the_program() {
        for side in [0.0, -1.0, f64::NAN] {
            let nowhere = Viewport::fitted(ScreenSize::new(side, side), (1600.0, 2000.0));
            assert!(nowhere.panned(3.0, 4.0).zoomed(2.0, ScreenPoint::default()).zoom() > 0.0, "{side}");
        }
    }

    #[test]
    fn a_turned_phone_keeps_what_was_in_the_middle() {
        let zoomed = viewport().zoomed(4.0, ScreenPoint::new(200.0, 400.0));
        let middle = zoomed.to_photo(ScreenPoint::new(212.0, 412.0));
        let turned = zoomed.resized(ScreenSize::new(824.0, 424.0), (1600.0, 2000.0));
        assert!(near(turned.to_photo(ScreenPoint::new(412.0, 212.0)), middle));
    }
}
