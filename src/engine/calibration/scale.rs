//! The scale of a picture and its error.

use crate::engine::geometry::{Mm, PhotoPoint, PhotoPx, PxPerMm};
use serde::{Deserialize, Serialize};

/// Two marks in the picture and what lies between them on the head.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Calibration {
    /// What the marks are.
    pub reference: Reference,
    /// The mark further left in the picture as it was first shown.
    pub a: PhotoPoint,
    /// The other mark.
    pub b: PhotoPoint,
}

/// What the two marks of a calibration are, and how far apart they are on the head.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub enum Reference {
    /// The pupils, at the distance that adults have on average.
    AveragePupils {
        /// Mean distance, mm.
        distance: Mm,
        /// The least that most adults have, mm.
        least: Mm,
        /// The greatest that most adults have, mm.
        most: Mm,
    },
    /// The pupils, at a distance the visitor typed (from a glasses prescription).
    TypedPupils {
        /// Distance, mm.
        distance: Mm,
    },
    /// Any two points and the distance between them, such as the ends of a bank card.
    Points {
        /// Distance, mm.
        distance: Mm,
    },
}

impl Reference {
    /// The distance between the marks.
    #[must_use]
    pub fn distance(self) -> Mm {
        match self {
            Self::AveragePupils { distance, .. } | Self::TypedPupils { distance } | Self::Points { distance } => {
                distance
            }
        }
    }

    /// Whether the marks are the pupils.
    #[must_use]
    pub fn is_pupils(self) -> bool {
        !matches!(self, Self::Points { .. })
    }
}

/// Why two marks give no scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CalibrationError {
    /// The marks are closer than a usable distance; holds their distance in pixels.
    MarksTooClose(f64),
    /// The distance is not one that a head can have; holds the millimetres.
    DistanceOutOfRange(f64),
    /// At this scale the picture would show much more than a head; holds the millimetres of its longer side.
    PictureTooWide(f64),
}

/// A mark is set by hand: one pixel off at each end is the best that can be hoped for.
const MARK_ERROR_PX: f64 = 1.0;
/// Rounding of a typed distance: prescriptions come in whole or half millimetres.
const TYPED_ERROR_MM: f64 = 0.5;
/// Closer marks would make the scale mostly guesswork: the marks' own error would pass 8 %.
pub const CLOSEST_MARKS_PX: f64 = 24.0;
/// What can be measured on a picture of a head: from a scar's length to the height of a body.
pub const DISTANCES_MM: std::ops::RangeInclusive<f64> = 5.0..=400.0;
/// Without any mark: the shorter side of a portrait shows this much (our estimate: a head with some air around it)…
const ROUGH_SHORT_SIDE_MM: f64 = 260.0;
/// …and may as well show this many times less or more.
const ROUGH_FACTORS: (f64, f64) = (0.6, 1.5);

/// How many pixels make a millimetre, and between which factors a length so measured may really lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Best guess.
    pub px_per_mm: PxPerMm,
    /// True length is at least the measured one times this (at most 1).
    pub least: f64,
    /// True length is at most the measured one times this (at least 1).
    pub most: f64,
    /// Whether nothing was marked and the scale is only a guess.
    pub rough: bool,
}

/// A length or other figure with the range in which the truth lies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Estimate {
    /// Least.
    pub least: f64,
    /// Best guess.
    pub value: f64,
    /// Most.
    pub most: f64,
}

impl Calibration {
    /// The scale that these marks give, in the plane in which they lie.
    ///
    /// # Errors
    /// When the marks are too close together, or the distance is none that a head has.
    pub fn scale(&self) -> Result<Scale, CalibrationError> {
        let pixels = self.a.distance(self.b);
        let distance = self.reference.distance().0;
        if !(pixels.is_finite() && pixels >= CLOSEST_MARKS_PX) {
            return Err(CalibrationError::MarksTooClose(pixels));
        }
        if !DISTANCES_MM.contains(&distance) {
            return Err(CalibrationError::DistanceOutOfRange(distance));
        }
        let px_per_mm = PxPerMm::new(pixels / distance).ok_or(CalibrationError::DistanceOutOfRange(distance))?;
        let (least, most) = match self.reference {
            Reference::AveragePupils { least, most, .. } => (least.0 / distance, most.0 / distance),
            Reference::TypedPupils { .. } | Reference::Points { .. } => {
                (1.0 - TYPED_ERROR_MM / distance, 1.0 + TYPED_ERROR_MM / distance)
            }
        };
        let marks = 2.0 * MARK_ERROR_PX / pixels;
        Ok(Scale { px_per_mm, least: least * (1.0 - marks), most: most * (1.0 + marks), rough: false })
    }
}

impl Scale {
    /// The guess for a picture in which nothing was marked.
    #[must_use]
    pub fn rough(width: f64, height: f64) -> Self {
        let per_mm = width.min(height).max(1.0) / ROUGH_SHORT_SIDE_MM;
        Self {
            px_per_mm: PxPerMm::new(per_mm).unwrap_or_else(unit_scale),
            least: ROUGH_FACTORS.0,
            most: ROUGH_FACTORS.1,
            rough: true,
        }
    }

    /// The same scale with a wider range: true lengths lie between the measured ones times these factors for one more reason.
    #[must_use]
    pub fn widened(self, (least, most): (f64, f64)) -> Self {
        Self { least: self.least * least, most: self.most * most, ..self }
    }

    /// A length of the picture in millimetres, with its range.
    #[must_use]
    pub fn length(&self, length: PhotoPx) -> Estimate {
        let value = self.px_per_mm.mm(length).0;
        Estimate { least: value * self.least, value, most: value * self.most }
    }

    /// An area of the picture in cm2, with its range.
    #[must_use]
    pub fn area_cm2(&self, square_px: f64) -> Estimate {
        let per_mm = self.px_per_mm.get();
        let value = square_px / (per_mm * per_mm) / 100.0;
        Estimate { least: value * self.least * self.least, value, most: value * self.most * self.most }
    }
}

fn unit_scale() -> PxPerMm {
    // A side of at least one pixel over a constant above zero is always a scale.
    #[expect(clippy::expect_used, reason = "one is finite and above zero")]
    PxPerMm::new(1.0).expect("one pixel a millimetre is a scale")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pupils(reference: Reference) -> Calibration {
        Calibration { reference, a: PhotoPoint::new(100.0, 200.0), b: PhotoPoint::new(352.0, 200.0) }
    }

    #[test]
    fn typed_pupils_give_a_tight_scale() {
        let scale = pupils(Reference::TypedPupils { distance: Mm(63.0) }).scale().unwrap();
        assert_eq!(scale.px_per_mm.get(), 4.0);
        let length = scale.length(PhotoPx(40.0));
        assert_eq!(length.value, 10.0);
        assert!(length.least > 9.8 && length.most < 10.2, "{length:?}");
    }

    #[test]
    fn average_pupils_carry_the_spread_of_adults() {
        let reference = Reference::AveragePupils { distance: Mm(63.0), least: Mm(50.0), most: Mm(75.0) };
        let scale = pupils(reference).scale().unwrap();
        assert!((scale.least - 50.0 / 63.0).abs() < 0.01, "{}", scale.least);
        assert!((scale.most - 75.0 / 63.0).abs() < 0.02, "{}", scale.most);
    }

    #[test]
    fn marks_on_top_of_each_other_give_no_scale() {
        let mut calibration = pupils(Reference::Points { distance: Mm(85.6) });
        calibration.b = calibration.a;
        assert_eq!(calibration.scale(), Err(CalibrationError::MarksTooClose(0.0)));
    }

    #[test]
    fn an_impossible_distance_gives_no_scale() {
        for distance in [0.0, -3.0, 4_000.0, f64::NAN] {
            let calibration = pupils(Reference::Points { distance: Mm(distance) });
            assert!(matches!(calibration.scale(), Err(CalibrationError::DistanceOutOfRange(_))), "{distance}");
        }
    }

    #[test]
    fn areas_carry_the_error_squared() {
        let scale = Scale { px_per_mm: PxPerMm::new(10.0).unwrap(), least: 0.9, most: 1.1, rough: false };
        let area = scale.area_cm2(1_000_000.0);
        assert!((area.value - 100.0).abs() < 1e-9);
        assert!((area.least - 81.0).abs() < 1e-9 && (area.most - 121.0).abs() < 1e-9, "{area:?}");
    }
}
