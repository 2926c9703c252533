//! Healed greys.

/// How dark healed ink of one dilution looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shade {
    /// Name in files; never changes.
    pub key: &'static str,
    /// Share of the skin's linear light that is lost where the density is [`Shade::REFERENCE_DENSITY`].
    pub darkening: f64,
    /// Optical density (natural logarithm) at the middle of a healed dot.
    pub core_density: f64,
    /// Absorption relative to green, in red, green and blue: stubble takes a little more of red and less of blue.
    pub tint: [f64; 3],
    /// Where the row comes from.
    pub source: &'static str,
}

impl Shade {
    /// The density to which [`Shade::darkening`] refers, dots per cm2.
    pub const REFERENCE_DENSITY: f64 = 120.0;
}

const MEASURED: &str = "light lost: portraits of 28 people, stubble beside bare skin of the same head in linear light; razor and \
    clipper 0 take 11, 14, 24, 30 and 40 % (10th to 90th percentile), of which some 5 are left-over shading. Tint: 31 pairs, red and \
    blue over green 1.21 and 0.89, from 35 % lost on 1.10 and 0.87. Density of the core: our estimate";

const fn shade_row(key: &'static str, darkening: f64, core_density: f64) -> Shade {
    Shade { key, darkening, core_density, tint: [1.12, 1.0, 0.90], source: MEASURED }
}

/// Shades from light to dark: greys as they look healed, none of them black.
///
/// What a shade takes is what closely shaved hair takes, from fair (*ash*) to black (*soft black*). The core's density is chosen
/// for the least blackness: the halo takes most of the light, so the middle of a dot is the darker the denser the core is,
/// and a core of another diameter hardly changes that. At 0.40 a core takes a third of what its halo
/// leaves, so that it is seen as a dot from near, and a third of the light is left in the middle of the darkest. More dots of a
/// lighter shade take as much with less blackness: *dark grey* at 168 per cm2 as *charcoal* at 120.
pub const SHADES: &[Shade] = &[
    shade_row("ash", 0.05, 0.40),
    shade_row("light-grey", 0.09, 0.40),
    shade_row("grey", 0.14, 0.40),
    DEFAULT_SHADE,
    shade_row("charcoal", 0.27, 0.40),
    shade_row("soft-black", 0.35, 0.40),
];

/// The shade of a new design, and of a key that no shade has: what razor and clipper 0 leave of most people's hair.
pub const DEFAULT_SHADE: Shade = shade_row("dark-grey", 0.20, 0.40);

/// The shade of that key.
#[must_use]
pub fn shade(key: &str) -> Option<&'static Shade> {
    SHADES.iter().find(|shade| shade.key == key)
}

/// The same key when it names a shade, else the key of the default shade.
#[must_use]
pub fn shade_key_or_default(key: &str) -> &'static str {
    shade(key).map_or(DEFAULT_SHADE.key, |shade| shade.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_go_from_light_to_dark_and_never_to_black() {
        assert!(SHADES.windows(2).all(|pair| pair[0].darkening < pair[1].darkening));
        for shade in SHADES {
            assert!((0.05..=0.35).contains(&shade.darkening), "{}", shade.key);
            assert!((-shade.core_density).exp() > 0.5, "{} is nearly black", shade.key);
        }
    }

    #[test]
    fn an_unknown_shade_falls_back_to_the_default() {
        assert_eq!(shade_key_or_default("ash"), "ash");
        assert_eq!(shade_key_or_default("#000"), "dark-grey");
    }
}
