//! Lengths that cannot be mixed up.

use serde::{Deserialize, Serialize};
use std::ops::{Add, Div, Mul, Sub};

macro_rules! length {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
        #[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema), schemars(inline))]
        pub struct $name(pub f64);

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self { Self(self.0 + other.0) }
        }
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self { Self(self.0 - other.0) }
        }
        impl Mul<f64> for $name {
            type Output = Self;
            fn mul(self, factor: f64) -> Self { Self(self.0 * factor) }
        }
        impl Div<f64> for $name {
            type Output = Self;
            fn div(self, divisor: f64) -> Self { Self(self.0 / divisor) }
        }
    };
}

length!(
    /// Millimetres on the head.
    Mm
);
length!(
    /// Pixels of the working picture: the photo after orientation and scaling to the working size.
    PhotoPx
);
length!(
    /// CSS pixels of the page. Never part of a design.
    ScreenPx
);

/// Pixels of the working picture per millimetre, always finite and above zero.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct PxPerMm(f64);

impl PxPerMm {
    /// `None` when the value is not finite or not above zero.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        (value.is_finite() && value > 0.0).then_some(Self(value))
    }

    /// The bare number, in 1/mm.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// A length on the head as pixels of the picture.
    #[must_use]
    pub fn px(self, length: Mm) -> PhotoPx {
        PhotoPx(length.0 * self.0)
    }

    /// A length in the picture as millimetres.
    #[must_use]
    pub fn mm(self, length: PhotoPx) -> Mm {
        Mm(length.0 / self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scale_converts_both_ways() {
        let scale = PxPerMm::new(4.0).unwrap();
        assert_eq!(scale.px(Mm(2.5)), PhotoPx(10.0));
        assert_eq!(scale.mm(PhotoPx(10.0)), Mm(2.5));
    }

    #[test]
    fn a_scale_of_nothing_is_refused() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(PxPerMm::new(bad).is_none(), "{bad} was taken");
        }
    }
}
