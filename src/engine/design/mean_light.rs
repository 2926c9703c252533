//! How much light evenly spread dots take in the mean, without any of them being drawn.
//!
//! A halo is hardly wider than the distance between dots, so that most of it lies over bare skin and little over other halos.
//! The light that a field takes is then more than its mean optical density says of an even film, and how much more depends on
//! how the dots stand. Here each dot has a round cell of its share of the skin for itself, in which its own halo lies, and
//! what reaches beyond lies evenly over all cells. That is exact for halos far narrower and far wider than the distance of the
//! dots, and within a hundredth between for dots that keep their distance, as the tile's do.

use super::look::{Appearance, SkinKind, Sun};
use crate::engine::catalog::{Ageing, LITTLE_SUN, MUCH_SUN, OILY_SKIN, Parameter, Parameters, Shade};
use std::f64::consts::TAU;

/// The dots of a field, lengths in mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanDot {
    /// Optical density of a halo, summed over its area.
    pub halo_mass: f64,
    /// Squared standard deviation of a halo.
    pub halo_variance: f64,
    /// How halos add: see [`transmittance`].
    pub crowding: f64,
    /// The light that a core takes from bare skin, as an area of full darkness.
    pub core_mass: f64,
    /// Squared standard deviation of a core.
    pub core_variance: f64,
}

/// The full width at half depth of a Gaussian over its standard deviation: the diameter of a dot is where it is half as dark
/// as in its middle.
const WIDTH_OVER_SIGMA: f64 = 2.354_82;
/// The density to which a shade's row refers, dots per mm2.
const REFERENCE_PER_MM2: f64 = Shade::REFERENCE_DENSITY / 100.0;
/// How much a dot's absorption differs among dots: mean and standard deviation of strength times area, where strengths differ
/// by up to a fifth and sizes by up to 0.15.
const VARIED: (f64, f64) = (1.0075, 0.21);
/// How much of its cell a dot has for its own halo: cells differ in size and form (chosen so that fields on the tile take what
/// they should from pixels of every size).
const OWN_CELL: f64 = 0.85;
/// Nodes and weights of Gauss and Legendre's rule of eight points on the way from -1 to 1, of which the other four mirror these.
const NODES: [(f64, f64); 4] = [
    (0.183_434_642_495_65, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887),
    (0.796_666_477_413_627, 0.222_381_034_453_374),
    (0.960_289_856_497_536, 0.101_228_536_290_376),
];
/// Halvings by which a halo's density is found, to a ten-millionth of its range, and its crowding, to a thousandth.
const HALVINGS: usize = 28;
const CROWDING_HALVINGS: usize = 11;
/// Steps by which a drawn halo's mass is found: each leaves a fifth of the error at most.
const MASS_STEPS: usize = 7;
/// No halo is denser in its middle.
const DENSEST: f64 = 16.0;
/// Below this, crowding is none.
const MIN_CROWDING: f64 = 1e-3;

/// What a summed optical density of halos leaves of the light. Without crowding (0) halos that lie over each other are seen, and
/// each takes its share of what the others leave: e^-density. With full crowding (1) the sum comes from dots that share a pixel
/// without covering each other, so that their shares of the light add: 1 - density. Between, what lies between.
#[must_use]
pub fn transmittance(density: f64, crowding: f64) -> f64 {
    if crowding < MIN_CROWDING {
        return (-density).exp();
    }
    (1.0 - crowding * density).max(0.0).powf(1.0 / crowding)
}

impl Appearance {
    /// What time has done to the ink.
    #[must_use]
    pub fn ageing(&self, parameters: &Parameters) -> Ageing {
        let sun = match self.sun {
            Sun::Little => LITTLE_SUN,
            Sun::Usual => 1.0,
            Sun::Much => MUCH_SUN,
        };
        let skin = match self.skin {
            SkinKind::Usual => 1.0,
            SkinKind::Oily => OILY_SKIN,
        };
        Ageing::new(self.months.0, sun * skin, parameters)
    }

    /// The usual dot, in mm. The shade says which share of the light is lost, in the mean, at its reference density, healed,
    /// from dots of the usual diameter. Age and area of a dot scale the optical density that this is, not the share. The core
    /// takes what its own density takes, and the halo what is left of the whole.
    #[must_use]
    pub fn usual_dot(&self, parameters: &Parameters) -> MeanDot {
        let Shade { darkening, core_density, .. } = *self.shade();
        let ageing = self.ageing(parameters);
        let core_mm = self.dot.0 * ageing.size / WIDTH_OVER_SIGMA;
        let halo_mm = parameters.get(Parameter::Halo) * ageing.halo;
        let area_share = (self.dot.0 / parameters.get(Parameter::HealedDot)).powi(2);
        let whole = -(1.0 - darkening).ln() * ageing.density * area_share;
        let dot = MeanDot {
            halo_mass: 0.0,
            halo_variance: halo_mm * halo_mm,
            crowding: 0.0,
            core_mass: (1.0 - (-core_density * ageing.density).exp()) * TAU * core_mm * core_mm,
            // The years blur the core: it becomes wider and as much paler.
            core_variance: core_mm * core_mm + ageing.spread_mm * ageing.spread_mm,
        };
        dot.leaving((-whole).exp())
    }

    /// The share of the light that evenly spread dots take in the mean, 0 to 1, where their density is that many per cm2.
    #[must_use]
    pub fn mean_darkening(&self, parameters: &Parameters, density: f64) -> f64 {
        1.0 - self.usual_dot(parameters).left_by(density / 100.0).clamp(0.0, 1.0)
    }
}

impl MeanDot {
    /// Optical density in the middle of a halo.
    fn peak(&self) -> f64 {
        self.halo_mass / (TAU * self.halo_variance)
    }

    /// The share of a halo's middle that lies over its core, in the mean over the core.
    fn over_core(&self) -> f64 {
        self.halo_variance / (self.halo_variance + self.core_variance)
    }

    /// The light that a dot of its own takes, as an area of full darkness, mm2.
    #[must_use]
    pub fn lone(&self) -> f64 {
        let left = |density: f64| transmittance(density, self.crowding);
        let peak = self.peak();
        let halo = TAU * self.halo_variance * integral(0.0, |share| (1.0 - left(peak * share)) / share);
        halo + self.core_mass * left(peak * self.over_core())
    }

    /// The share of the light that is left in the mean by so many dots per mm2.
    #[must_use]
    pub fn left_by(&self, dots_per_mm2: f64) -> f64 {
        let left = |density: f64| transmittance(density, self.crowding);
        // In units of twice the variance, the cell's rim lies at the squared radius 1 / (pi dots_per_mm2).
        let at_rim = (-OWN_CELL / (TAU * self.halo_variance * dots_per_mm2)).exp();
        let beyond = dots_per_mm2 * self.halo_mass * VARIED.0 * at_rim;
        let bare = left(beyond);
        let cell = |varied: f64| {
            let peak = self.peak() * varied;
            let taken = integral(at_rim, |share| (bare - left(peak * share + beyond)) / share);
            let core = self.core_mass * varied * left(peak * self.over_core() + beyond);
            bare - dots_per_mm2 * (TAU * self.halo_variance * taken + core)
        };
        (cell(VARIED.0 - VARIED.1) + cell(VARIED.0 + VARIED.1)) / 2.0
    }

    /// The same dots with halos such that a field of the shades' reference density leaves that light.
    fn leaving(self, light: f64) -> Self {
        let with = |peak: f64| Self { halo_mass: peak * TAU * self.halo_variance, ..self };
        with(halved((0.0, DENSEST), HALVINGS, |peak| with(peak).left_by(REFERENCE_PER_MM2) > light))
    }

    /// The same dots as they are drawn in pixels that spread halos to a wider variance: mass and crowding such that one dot and
    /// a field of the shades' reference density take the light that they truly take.
    #[must_use]
    pub fn drawn_with(self, halo_variance: f64, core_variance: f64) -> Self {
        let (lone, field) = (self.lone(), self.left_by(REFERENCE_PER_MM2));
        let with = |crowding: f64| {
            let drawn = Self { halo_variance, core_variance, crowding, ..self };
            // What a dot takes is nearly in proportion to its halo's mass.
            (0..MASS_STEPS).fold(drawn, |drawn, _| Self { halo_mass: drawn.halo_mass * lone / drawn.lone(), ..drawn })
        };
        with(halved((0.0, 1.0), CROWDING_HALVINGS, |crowding| with(crowding).left_by(REFERENCE_PER_MM2) > field))
    }
}

/// Where between two ends something is no longer so that is so at the lower one.
fn halved((mut low, mut high): (f64, f64), halvings: usize, is_above: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..halvings {
        let middle = (low + high) / 2.0;
        if is_above(middle) { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// The integral of a smooth function from a place to 1.
fn integral(from: f64, value: impl Fn(f64) -> f64) -> f64 {
    let (middle, half) = ((1.0 + from) / 2.0, (1.0 - from) / 2.0);
    let pair = |(node, weight): &(f64, f64)| weight * (value(middle - half * node) + value(middle + half * node));
    half * NODES.iter().map(pair).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::SHADES;

    const DOT: MeanDot =
        MeanDot { halo_mass: 0.25, halo_variance: 0.04, crowding: 0.0, core_mass: 0.006, core_variance: 0.0026 };

    #[test]
    fn halos_far_wider_than_their_distance_are_a_film() {
        let wide = MeanDot { halo_variance: 9.0, core_mass: 0.0, ..DOT };
        let film = f64::exp(-1.2 * 0.25 * VARIED.0);
        assert!((wide.left_by(1.2) - film).abs() < 1e-3, "{} {film}", wide.left_by(1.2));
    }

    #[test]
    fn halos_far_narrower_take_their_light_one_by_one() {
        let narrow = MeanDot { halo_mass: 0.01, halo_variance: 0.001, core_mass: 0.0, ..DOT };
        let [least, most] = [-1.0, 1.0].map(|side| {
            let halo_mass = 0.01 * (VARIED.0 + side * VARIED.1);
            MeanDot { halo_mass, ..narrow }.lone()
        });
        let expected = 1.0 - 1.2 * (least + most) / 2.0;
        assert!((narrow.left_by(1.2) - expected).abs() < 1e-6, "{} {expected}", narrow.left_by(1.2));
    }

    #[test]
    fn a_halo_is_found_for_the_light_that_is_to_be_left() {
        for light in [0.95, 0.8, 0.65] {
            let found = DOT.leaving(light);
            assert!((found.left_by(1.2) - light).abs() < 1e-6, "{light}: {found:?}");
        }
    }

    #[test]
    fn coarse_pixels_take_the_same_light_of_one_dot_and_of_many() {
        let fine = DOT.leaving(0.7);
        for wider in [1.0, 1.3, 2.0, 5.0, 40.0] {
            let drawn = fine.drawn_with(0.04 * wider, 0.0026 + 0.04 * (wider - 1.0));
            assert!((drawn.lone() / fine.lone() - 1.0).abs() < 1e-4, "{wider}: {drawn:?}");
            assert!((drawn.left_by(1.2) - 0.7).abs() < 2e-4, "{wider}: {drawn:?} {}", drawn.left_by(1.2));
            assert!(wider > 1.0 || drawn.crowding < 0.05, "{drawn:?}");
        }
    }

    /// What the page on the preview says of reaching a dark result with more dots of a lighter shade.
    #[test]
    fn more_dots_of_a_lighter_shade_are_less_black() {
        let parameters = Parameters::default();
        let look = |key: &str| Appearance { shade: key.to_owned(), ..Appearance::new(&parameters) };
        let middle = |key: &str| {
            let row = SHADES.iter().find(|row| row.key == key).unwrap();
            (-look(key).usual_dot(&parameters).peak() - row.core_density).exp()
        };
        for (darker, lighter, more, [in_darker, in_lighter]) in
            [("charcoal", "dark-grey", 168.0, [0.39, 0.46]), ("soft-black", "charcoal", 162.0, [0.314, 0.39])]
        {
            let reached = look(lighter).mean_darkening(&parameters, more);
            let row = SHADES.iter().find(|row| row.key == darker).unwrap();
            assert!((reached - row.darkening).abs() < 0.005, "{lighter} at {more}: {reached}");
            assert!((middle(darker) - in_darker).abs() < 0.005, "{darker}: {}", middle(darker));
            assert!((middle(lighter) - in_lighter).abs() < 0.005, "{lighter}: {}", middle(lighter));
        }
    }
}
