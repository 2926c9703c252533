//! How one dot takes light.

use crate::engine::catalog::{Norm, Norms, SHADES, Shade, shade};
use crate::engine::design::{Age, Look};
/// A dot's absorption: a core and a soft skirt around it, both Gaussian, in pixels of the picture to be drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    /// Standard deviation of the core, pixels.
    pub core_sigma: f32,
    /// Share of the light taken in the middle of the core.
    pub core_peak: f32,
    /// Standard deviation of the skirt, pixels.
    pub skirt_sigma: f32,
    /// Share of the light taken by the skirt at its middle.
    pub skirt_peak: f32,
    /// Absorption relative to green, in red, green and blue.
    pub tint: [f32; 3],
}

/// The full width at half depth of a Gaussian over its standard deviation: the diameter of a dot is where it is half as
/// dark as in its middle.
const WIDTH_OVER_SIGMA: f64 = 2.354_82;
/// Standard deviation of the skirt: skin scatters light some tenths of a millimetre sideways. Our estimate: a halo of 0.1 to
/// 0.3 mm around the dot is what practitioners describe; seen beside photographs, a narrower skirt makes spots of the dots.
const SKIRT_SIGMA_MM: f64 = 0.40;
/// Fresh ink has scattered less: its skirt is narrower by this factor (our estimate).
const FRESH_SKIRT: f64 = 0.9;

impl Ink {
    /// The ink of a look, for a picture of so many pixels a millimetre.
    ///
    /// The shade says which share of the light is lost at its reference density; the core takes what its optical density
    /// takes over its area, the skirt takes the rest.
    #[must_use]
    pub fn new(look: &Look, norms: &Norms, px_per_mm: f64) -> Self {
        let shade = shade(&look.shade).or(SHADES.first());
        let (darkening, core_density, tint) =
            shade.map_or((0.0, 0.0, [1.0; 3]), |shade| (shade.darkening, shade.core_density, shade.tint));
        let (growth, deeper, skirt_mm) = match look.age {
            Age::Healed => (1.0, 1.0, SKIRT_SIGMA_MM),
            Age::Fresh => (
                norms.get(Norm::FreshDot) / norms.get(Norm::HealedDot),
                norms.get(Norm::FreshOverHealed),
                SKIRT_SIGMA_MM * FRESH_SKIRT,
            ),
        };
        let core_mm = look.dot.0 * growth / WIDTH_OVER_SIGMA;
        let core_peak = 1.0 - (-core_density).exp();
        // A dot of the usual size takes this much; a smaller or larger one in proportion to its area.
        let usual = norms.get(Norm::HealedDot);
        let area_share = (look.dot.0 / usual) * (look.dot.0 / usual);
        let taken_mm2 = darkening * deeper * area_share / (Shade::REFERENCE_DENSITY / 100.0);
        let core_mm2 = core_peak * gaussian_area(core_mm);
        let skirt_peak = ((taken_mm2 - core_mm2) / gaussian_area(skirt_mm)).max(0.0);
        Self {
            core_sigma: (core_mm * px_per_mm) as f32,
            core_peak: core_peak as f32,
            skirt_sigma: (skirt_mm * px_per_mm) as f32,
            skirt_peak: skirt_peak as f32,
            tint: tint.map(|share| share as f32),
        }
    }

    /// The light that one usual dot takes, in pixels of full darkness.
    #[must_use]
    pub fn taken_px(&self) -> f64 {
        let area = |sigma: f32, peak: f32| f64::from(peak) * gaussian_area(f64::from(sigma));
        area(self.core_sigma, self.core_peak) + area(self.skirt_sigma, self.skirt_peak)
    }

    /// How far from its middle a dot is drawn, pixels: what lies beyond is less than a thousandth of it.
    #[must_use]
    pub fn reach(&self) -> f32 {
        3.7 * self.core_sigma.max(self.skirt_sigma) * 1.2
    }
}

/// The area under a Gaussian of height 1 in two dimensions.
fn gaussian_area(sigma: f64) -> f64 {
    std::f64::consts::TAU * sigma * sigma
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(change: impl Fn(&mut Look)) -> Look {
        let mut look = Look::new(&Norms::default());
        change(&mut look);
        look
    }

    #[test]
    fn every_shade_takes_what_its_row_says() {
        for row in SHADES {
            let ink = Ink::new(&look(|l| row.key.clone_into(&mut l.shade)), &Norms::default(), 8.0);
            let per_px = Shade::REFERENCE_DENSITY / 100.0 / 64.0;
            let darkening = ink.taken_px() * per_px;
            assert!((darkening - row.darkening).abs() < 1e-6, "{}: {darkening}", row.key);
            assert!(ink.skirt_peak < ink.core_peak, "{}: {ink:?}", row.key);
        }
    }

    #[test]
    fn fresh_is_darker_and_its_dots_are_larger() {
        let healed = Ink::new(&look(|_| ()), &Norms::default(), 8.0);
        let fresh = Ink::new(&look(|l| l.age = Age::Fresh), &Norms::default(), 8.0);
        assert!(fresh.core_sigma > healed.core_sigma && fresh.taken_px() > healed.taken_px() * 1.1);
    }

    #[test]
    fn a_smaller_dot_takes_less() {
        let small = Ink::new(&look(|l| l.dot.0 = 0.08), &Norms::default(), 8.0);
        assert!(small.taken_px() < Ink::new(&look(|_| ()), &Norms::default(), 8.0).taken_px());
    }
}
