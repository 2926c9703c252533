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
    /// Absorption relative to green, in red, green and blue. A little less in blue: healed ink reads faintly cool.
    pub tint: [f64; 3],
    /// Where the row comes from.
    pub source: &'static str,
}

impl Shade {
    /// The density to which [`Shade::darkening`] refers, dots per cm2.
    pub const REFERENCE_DENSITY: f64 = 120.0;
}

const ESTIMATE: &str = "our estimate within 5 to 25 % of linear luminance; no measured darkening is published. Carbon pigment \
    absorbs nearly alike in red, green and blue, and skin above it adds a faint cool lift";

const fn shade_row(key: &'static str, darkening: f64, core_density: f64) -> Shade {
    Shade { key, darkening, core_density, tint: [1.02, 1.0, 0.95], source: ESTIMATE }
}

/// Shades from light to dark: greys as they look healed, none of them black.
pub const SHADES: &[Shade] = &[
    shade_row("ash", 0.05, 0.45),
    shade_row("light-grey", 0.08, 0.65),
    shade_row("grey", 0.12, 0.90),
    shade_row("dark-grey", 0.16, 1.15),
    DEFAULT_SHADE,
    shade_row("soft-black", 0.25, 1.70),
];

/// The shade of a new design, and of a key that no shade has: with a paler one nothing seems to have happened.
pub const DEFAULT_SHADE: Shade = shade_row("charcoal", 0.20, 1.40);

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
            assert!((0.05..=0.25).contains(&shade.darkening), "{}", shade.key);
            assert!((-shade.core_density).exp() > 0.15, "{} is nearly black", shade.key);
        }
    }

    #[test]
    fn an_unknown_shade_falls_back_to_the_default() {
        assert_eq!(shade_key_or_default("ash"), "ash");
        assert_eq!(shade_key_or_default("#000"), "charcoal");
    }
}
