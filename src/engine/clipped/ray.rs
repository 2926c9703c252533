//! A ray from the middle of a skull to where the head ends before the background.

/// A ray from the middle of the skull.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ray {
    /// Degrees clockwise from the head's top.
    pub(super) degrees: f64,
    /// Its direction in half widths to the right and half heights up.
    pub(super) direction: (f64, f64),
    /// How far from the middle the head ends with its hair, as a share of the outline's ellipse; `None` where it isn't seen.
    pub(super) end: Option<f64>,
    /// From where on it is hair up to its end, where it ends in hair.
    pub(super) hair_from: Option<f64>,
    /// Whether it ends above the ears.
    pub(super) is_above_ears: bool,
}

impl Ray {
    /// Whether it ends, and in skin.
    pub(super) fn is_bare(&self) -> bool {
        self.end.is_some() && self.hair_from.is_none()
    }

    /// Degrees from the top down to one side, 1 for the right.
    pub(super) fn down(&self, sign: f64) -> f64 {
        if sign > 0.0 { self.degrees } else { 360.0 - self.degrees }
    }
}
