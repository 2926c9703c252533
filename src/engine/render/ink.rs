//! How one dot takes light.

use super::halo::{FINEST, FINEST_OF_SKETCH, drawn_variance};
use crate::engine::catalog::Parameters;
use crate::engine::color::{DISPLAY_GAMMA, encode, light_of};
use crate::engine::design::Appearance;
use crate::engine::geometry::Mm;
use serde::{Deserialize, Serialize};
use std::f64::consts::TAU;

/// A dot's absorption: a dense core and a wide faint halo around it, both Gaussian, in pixels of the picture to be drawn.
///
/// The core takes a share of the light that reaches it. The halo is an optical density (natural logarithm); how those of
/// neighbouring dots add up in a pixel is told by its crowding.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Ink {
    /// Standard deviation of the core, pixels.
    pub core_sigma: f32,
    /// Standard deviation of the photo's own blur, which lies over each core, pixels. The halo's holds it.
    pub blur_sigma: f32,
    /// Share of the light taken in the middle of the core.
    pub core_peak: f32,
    /// Standard deviation of the halo, pixels.
    pub halo_sigma: f32,
    /// How far apart the places at least are where halos are summed up, pixels.
    pub halo_pitch: f32,
    /// Optical density of the halo, summed over all pixels.
    pub halo_mass: f32,
    /// How halos add up in a pixel: 0 where they lie over each other, as their densities; 1 where a pixel holds whole dots
    /// beside each other, as their shares of the light.
    pub halo_crowding: f32,
    /// Absorption relative to green, in red, green and blue.
    pub tint: [f32; 3],
    /// The power of light that a byte of the photo follows about the skin's own bytes, in red, green and blue: what a
    /// browser's multiplication of bytes needs. [`DISPLAY_GAMMA`] until [`Ink::on_skin`] knows better.
    pub display: [f32; 3],
}

/// The variance of a pixel's own square, square pixels.
const PIXEL_VARIANCE: f64 = 1.0 / 12.0;
/// How many standard deviations of a core are drawn: all but a fifteen-thousandth of it a side.
pub(super) const CORE_REACH: f32 = 4.0;
/// The widest blur that is laid over dots: standing about a millimetre apart they keep a sixth of their contrast under it, and no
/// texture under twice that (our estimate). Photos that are softer still show more of their dots than they would.
const MAX_BLUR: Mm = Mm(0.3);
/// By how much a dot may be seen larger than the look's: its own size, and skin that stands nearer than the scale's plane.
const LARGEST: f32 = 1.5;

impl Ink {
    /// The ink of a look, for a picture of so many pixels a millimetre that is blurred by a Gaussian of that standard deviation.
    ///
    /// The shade says which share of the light is lost, on the mean of an area, at its reference density, healed, from dots
    /// of the usual diameter. Age and area of a dot scale the optical density that this is, not the share. The core takes what
    /// its own density takes; the halos' density is chosen so that both together take the whole, and once more for pixels so
    /// coarse, or a blur so wide, that a halo is smaller, so that no resolution and no blur is darker than another. Costs some ten
    /// thousand operations.
    #[must_use]
    pub fn new(look: &Appearance, parameters: &Parameters, px_per_mm: f64, blur: Mm) -> Self {
        Self::at_pitch(look, parameters, (px_per_mm, blur), FINEST)
    }

    /// The same ink for a picture that is soon drawn again: as dark in the mean of an area, its halos no finer than a pixel. Drawing
    /// it costs a fraction.
    #[must_use]
    pub fn sketch(look: &Appearance, parameters: &Parameters, px_per_mm: f64, blur: Mm) -> Self {
        Self::at_pitch(look, parameters, (px_per_mm, blur), FINEST_OF_SKETCH)
    }

    fn at_pitch(look: &Appearance, parameters: &Parameters, (px_per_mm, blur): (f64, Mm), halo_pitch: f32) -> Self {
        let (ageing, dot) = (look.ageing(parameters), look.usual_dot(parameters));
        let [red, green, blue] = look.shade().tint;
        let blur_mm = blur.0.min(MAX_BLUR.0);
        let blur_variance = blur_mm * blur_mm;
        let core_sigma = dot.core_variance.sqrt() * px_per_mm;
        let halo_sigma = (dot.halo_variance + blur_variance).sqrt() * px_per_mm;
        let px2_per_mm2 = px_per_mm * px_per_mm;
        let in_mm2 = |px2: f64| px2 / px2_per_mm2;
        let halo_variance = in_mm2(drawn_variance(halo_sigma, halo_pitch)).max(dot.halo_variance);
        let core_variance = dot.core_variance + blur_variance + in_mm2(PIXEL_VARIANCE);
        let drawn = dot.drawn_with(halo_variance, core_variance);
        Self {
            core_sigma: core_sigma as f32,
            blur_sigma: (blur_mm * px_per_mm) as f32,
            core_peak: (dot.core_mass / (TAU * dot.core_variance).max(f64::MIN_POSITIVE)) as f32,
            halo_sigma: halo_sigma as f32,
            halo_pitch,
            halo_mass: (drawn.halo_mass * px2_per_mm2) as f32,
            halo_crowding: drawn.crowding as f32,
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
        (CORE_REACH * widened(LARGEST * self.core_sigma, self.blur_sigma))
            .max(super::halo::reach(self.halo_sigma, self.halo_pitch))
            + 1.0
    }
}

/// The standard deviation of a Gaussian of the first one that is blurred by the second.
pub(super) fn widened(sigma: f32, blur: f32) -> f32 {
    if blur > 0.0 { (sigma * sigma + blur * blur).sqrt() } else { sigma }
}

/// The light that is left where a picture's power is read off: between faint halos and the middle of a dot.
const READ_OFF_AT: f32 = 0.7;

/// The power of light that bytes follow from a skin's byte down to the same skin under ink.
fn power_about(byte: u8) -> f32 {
    let bare = f32::from(byte.max(1)) / 255.0;
    READ_OFF_AT.ln() / (encode(light_of(byte.max(1)) * READ_OFF_AT) / bare).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::{SHADES, Shade};
    use crate::engine::design::{Months, SkinKind, Sun};

    fn ink(change: impl Fn(&mut Appearance)) -> Ink {
        let mut look = Appearance::new(&Parameters::default());
        change(&mut look);
        Ink::new(&look, &Parameters::default(), 8.0, Mm(0.0))
    }

    fn darkening(change: impl Fn(&mut Appearance)) -> f64 {
        let mut look = Appearance::new(&Parameters::default());
        change(&mut look);
        look.mean_darkening(&Parameters::default(), Shade::REFERENCE_DENSITY)
    }

    #[test]
    fn every_shade_takes_what_its_row_says() {
        for row in SHADES {
            let taken = darkening(|look| row.key.clone_into(&mut look.shade));
            assert!((taken - row.darkening).abs() < 1e-6, "{}: {taken}", row.key);
        }
    }

    #[test]
    fn no_dot_is_black_and_each_has_a_core() {
        for row in SHADES {
            let ink = ink(|look| row.key.clone_into(&mut look.shade));
            let halo_peak = ink.halo_mass / (std::f32::consts::TAU * ink.halo_sigma * ink.halo_sigma);
            let left = (-halo_peak).exp() * (1.0 - ink.core_peak);
            assert!(left > 0.25, "{}: {left} of the light is left in the middle of a dot", row.key);
            assert!(ink.core_peak > 0.25, "{}: the core is hardly darker than its halo: {ink:?}", row.key);
        }
    }

    #[test]
    fn more_dots_take_more_than_a_film_would_and_less_than_one_by_one() {
        let look = Appearance::new(&Parameters::default());
        let at = |density: f64| look.mean_darkening(&Parameters::default(), density);
        let (film, single) = (1.0 - (1.0 - at(120.0)).powf(200.0 / 120.0), at(120.0) * 200.0 / 120.0);
        assert!(at(200.0) > film && at(200.0) < single, "{film} {} {single}", at(200.0));
    }

    #[test]
    fn fresh_is_darker_and_its_dots_are_larger() {
        let (healed, fresh) = (ink(|_| ()), ink(|look| look.months = Months(0.0)));
        assert!(fresh.core_sigma > healed.core_sigma * 1.7, "{fresh:?}");
        assert!(darkening(|look| look.months = Months(0.0)) > darkening(|_| ()) * 1.07, "{fresh:?}");
    }

    #[test]
    fn years_make_ink_fainter_and_its_dots_softer() {
        let old = |change: fn(&mut Appearance)| {
            darkening(|look| {
                look.months = Months(48.0);
                change(look);
            })
        };
        let (healed, usual) = (ink(|_| ()), ink(|look| look.months = Months(48.0)));
        let share = old(|_| ()) / darkening(|_| ());
        assert!((0.6..0.7).contains(&share), "{share}");
        assert!(usual.core_sigma > healed.core_sigma && usual.core_peak < healed.core_peak, "{usual:?}");
        assert!(old(|look| look.sun = Sun::Much) < old(|look| look.skin = SkinKind::Oily));
        assert!(old(|look| look.sun = Sun::Little) > old(|_| ()));
    }

    #[test]
    fn a_smaller_dot_takes_less() {
        assert!(darkening(|look| look.dot.0 = 0.08) < darkening(|_| ()) / 2.0);
    }

    #[test]
    fn the_power_of_bytes_is_weaker_in_the_dark() {
        let [dark, middle, bright] = ink(|_| ()).on_skin([30, 120, 240]).display;
        assert!((1.5..1.9).contains(&dark) && (2.0..2.2).contains(&middle) && (2.2..2.4).contains(&bright));
        assert!(power_about(0).is_finite() && power_about(255).is_finite());
    }
}
