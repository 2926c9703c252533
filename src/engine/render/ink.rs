//! How one dot takes light.

use crate::engine::catalog::{
    Ageing, DEFAULT_SHADE, LITTLE_SUN, MUCH_SUN, OILY_SKIN, Parameter, Parameters, Shade, shade,
};
use crate::engine::color::{DISPLAY_GAMMA, encode, light_of};
use crate::engine::design::{Appearance, SkinKind, Sun};
use serde::{Deserialize, Serialize};

/// A dot's absorption: a dense core and a wide faint halo around it, both Gaussian, in pixels of the picture to be drawn.
///
/// The core takes a share of the light that reaches it. The halo is an optical density (natural logarithm): those of
/// neighbouring dots add.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Ink {
    /// Standard deviation of the core, pixels.
    pub core_sigma: f32,
    /// Share of the light taken in the middle of the core.
    pub core_peak: f32,
    /// Standard deviation of the halo, pixels.
    pub halo_sigma: f32,
    /// Optical density of the halo, summed over all pixels.
    pub halo_mass: f32,
    /// Absorption relative to green, in red, green and blue.
    pub tint: [f32; 3],
    /// The power of light that a byte of the photo follows about the skin's own bytes, in red, green and blue: what a
    /// browser's multiplication of bytes needs. [`DISPLAY_GAMMA`] until [`Ink::on_skin`] knows better.
    pub display: [f32; 3],
}

/// The full width at half depth of a Gaussian over its standard deviation: the diameter of a dot is where it is half as
/// dark as in its middle.
const WIDTH_OVER_SIGMA: f64 = 2.354_82;
/// Standard deviation of the halo: skin scatters light some tenths of a millimetre sideways. Our estimate: a halo of 0.1 to
/// 0.3 mm around the dot is what practitioners describe; seen beside photographs, a narrower halo makes spots of the dots.
const HALO_SIGMA_MM: f64 = 0.40;
/// How many standard deviations of a core are drawn: all but a fifteen-thousandth of it a side.
pub(super) const CORE_REACH: f32 = 4.0;
/// By how much a dot may be seen larger than the look's: its own size, and skin that stands nearer than the scale's plane.
const LARGEST: f32 = 1.5;

impl Ink {
    /// The ink of a look, for a picture of so many pixels a millimetre.
    ///
    /// The shade says which share of the light is lost, on the mean of an area, at its reference density, healed, from dots
    /// of the usual diameter. Density and area of a dot scale the optical density that this is, not the share. The core
    /// takes what its own density takes; the halos' density is chosen so that both together, one after the other, take the
    /// whole.
    #[must_use]
    pub fn new(look: &Appearance, parameters: &Parameters, px_per_mm: f64) -> Self {
        let shade = shade(&look.shade).unwrap_or(&DEFAULT_SHADE);
        let Shade { darkening, core_density, tint: [red, green, blue], .. } = *shade;
        let ageing = ageing(look, parameters);
        let core_mm = look.dot.0 * ageing.size / WIDTH_OVER_SIGMA;
        let halo_mm = HALO_SIGMA_MM * ageing.halo;
        let core_mm2 = (1.0 - (-core_density * ageing.density).exp()) * gaussian_area(core_mm);
        // The years blur the core: it becomes wider and as much paler.
        let blurred_mm = core_mm.hypot(ageing.spread_mm);

        let area_share = (look.dot.0 / parameters.get(Parameter::HealedDot)).powi(2);
        let dots_per_mm2 = Shade::REFERENCE_DENSITY / 100.0;
        let whole = -(1.0 - darkening).ln() * ageing.density * area_share;
        let cores = -(1.0 - dots_per_mm2 * core_mm2).max(f64::MIN_POSITIVE).ln();
        let halo_mm2 = ((whole - cores) / dots_per_mm2).max(0.0);
        Self {
            core_sigma: (blurred_mm * px_per_mm) as f32,
            core_peak: (core_mm2 / gaussian_area(blurred_mm).max(f64::MIN_POSITIVE)) as f32,
            halo_sigma: (halo_mm * px_per_mm) as f32,
            halo_mass: (halo_mm2 * px_per_mm * px_per_mm) as f32,
            tint: [red, green, blue * ageing.blue].map(|share| share as f32),
            display: [DISPLAY_GAMMA; 3],
        }
    }

    /// The same ink for an overlay on skin of that colour. sRGB is no power law: about dark bytes it is a weaker one than
    /// about bright ones.
    #[must_use]
    pub fn on_skin(self, skin: [u8; 3]) -> Self {
        Self { display: skin.map(power_about), ..self }
    }

    /// The light that a usual dot's core takes, in pixels of full darkness.
    #[must_use]
    pub fn core_mass(&self) -> f32 {
        self.core_peak * std::f32::consts::TAU * self.core_sigma * self.core_sigma
    }

    /// How far from its middle a dot can change a pixel, pixels.
    #[must_use]
    pub fn reach(&self) -> f32 {
        (CORE_REACH * LARGEST * self.core_sigma).max(super::halo::reach(self.halo_sigma)) + 1.0
    }
}

/// What time has done to the ink of a look.
fn ageing(look: &Appearance, parameters: &Parameters) -> Ageing {
    let sun = match look.sun {
        Sun::Little => LITTLE_SUN,
        Sun::Usual => 1.0,
        Sun::Much => MUCH_SUN,
    };
    let skin = match look.skin {
        SkinKind::Usual => 1.0,
        SkinKind::Oily => OILY_SKIN,
    };
    Ageing::new(look.months.0, sun * skin, parameters)
}

/// The light that is left where a picture's power is read off: between faint halos and the middle of a dot.
const READ_OFF_AT: f32 = 0.7;

/// The power of light that bytes follow from a skin's byte down to the same skin under ink.
fn power_about(byte: u8) -> f32 {
    let bare = f32::from(byte.max(1)) / 255.0;
    READ_OFF_AT.ln() / (encode(light_of(byte.max(1)) * READ_OFF_AT) / bare).ln()
}

/// The area under a Gaussian of height 1 in two dimensions.
fn gaussian_area(sigma: f64) -> f64 {
    std::f64::consts::TAU * sigma * sigma
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::SHADES;
    use crate::engine::design::Months;

    fn ink(change: impl Fn(&mut Appearance)) -> Ink {
        let mut look = Appearance::new(&Parameters::default());
        change(&mut look);
        Ink::new(&look, &Parameters::default(), 8.0)
    }

    /// The share of the light that evenly spread dots take at the shades' reference density.
    fn darkening(ink: &Ink) -> f64 {
        let per_px = Shade::REFERENCE_DENSITY / 100.0 / 64.0;
        1.0 - (-f64::from(ink.halo_mass) * per_px).exp() * (1.0 - f64::from(ink.core_mass()) * per_px)
    }

    #[test]
    fn every_shade_takes_what_its_row_says() {
        for row in SHADES {
            let ink = ink(|look| row.key.clone_into(&mut look.shade));
            assert!((darkening(&ink) - row.darkening).abs() < 1e-6, "{}: {}", row.key, darkening(&ink));
            let halo_peak = ink.halo_mass / (std::f32::consts::TAU * ink.halo_sigma * ink.halo_sigma);
            assert!(halo_peak < ink.core_peak / 3.0, "{}: {ink:?}", row.key);
        }
    }

    #[test]
    fn fresh_is_darker_and_its_dots_are_larger() {
        let (healed, fresh) = (ink(|_| ()), ink(|look| look.months = Months(0.0)));
        assert!(fresh.core_sigma > healed.core_sigma * 1.7, "{fresh:?}");
        assert!(darkening(&fresh) > darkening(&healed) * 1.07, "{fresh:?}");
    }

    #[test]
    fn years_make_ink_fainter_and_its_dots_softer() {
        let old = |change: fn(&mut Appearance)| {
            ink(|look| {
                look.months = Months(48.0);
                change(look);
            })
        };
        let (healed, usual) = (ink(|_| ()), old(|_| ()));
        let share = darkening(&usual) / darkening(&healed);
        assert!((0.6..0.7).contains(&share), "{share}");
        assert!(usual.core_sigma > healed.core_sigma && usual.core_peak < healed.core_peak, "{usual:?}");
        assert!(darkening(&old(|look| look.sun = Sun::Much)) < darkening(&old(|look| look.skin = SkinKind::Oily)));
        assert!(darkening(&old(|look| look.sun = Sun::Little)) > darkening(&usual));
    }

    #[test]
    fn a_smaller_dot_takes_less() {
        assert!(darkening(&ink(|look| look.dot.0 = 0.08)) < darkening(&ink(|_| ())) / 2.0);
    }

    #[test]
    fn the_power_of_bytes_is_weaker_in_the_dark() {
        let [dark, middle, bright] = ink(|_| ()).on_skin([30, 120, 240]).display;
        assert!((1.5..1.9).contains(&dark) && (2.0..2.2).contains(&middle) && (2.2..2.4).contains(&bright));
        assert!(power_about(0).is_finite() && power_about(255).is_finite());
    }
}
