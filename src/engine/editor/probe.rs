//! The visitor's own shaved hair as the measure of a shade: how much of the light it takes beside bare skin.
//!
//! Two discs of the photo are compared, one in shaved hair and one on bare skin in the same light. What a camera, a lamp or
//! a shadow does to both alike cancels out; what differs between them is taken for hair, so the two places have to be near
//! each other.

use super::AnalysisImage;
use crate::engine::catalog::{Parameters, SHADES, STUBBLE_OF_BLACK, Shade};
use crate::engine::color::pixel_luminance;
use crate::engine::design::{Appearance, DESIGN_LIMITS, Months};
use crate::engine::geometry::{Mm, PhotoPoint};

/// Radius of a disc: some hundred hairs, and still skin of one lightness (our estimate).
pub const PROBE_RADIUS: Mm = Mm(4.0);
/// Shares of a disc's pixels that do not count, from the darkest and from the lightest: moles, single longer hairs, a shine.
const DARKEST: f64 = 0.05;
const LIGHTEST: f64 = 0.15;
/// A disc says something from so many pixels on.
const MIN_PIXELS: usize = 12;
/// Skin darker than this share of full light lies in a black shadow, where a photo's levels say nothing.
const MIN_LIGHT: f64 = 0.004;
/// Below this darkening there is nothing to match, above [`STUBBLE_OF_BLACK`] it is longer hair or a shadow.
pub(super) const LEAST_STUBBLE: f64 = 0.05;

/// What a probe says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Suggestion {
    /// Hardly any difference is seen.
    Hardly,
    /// This shade comes nearest.
    Shade(&'static Shade),
    /// So much light is taken that it cannot be shaved hair.
    Longer,
}

impl AnalysisImage {
    /// The share of the light that shaved hair around one point takes beside the bare skin around another, 0 to 0.95, from
    /// discs of that radius in photo pixels. `None` where a disc has too few pixels in the picture, or the skin no light.
    ///
    /// The picture is scaled down in sRGB, where a mean is a little darker than that of the light: a share may come out
    /// larger by some hundredths of itself.
    #[must_use]
    pub fn darkening(&self, stubble: PhotoPoint, skin: PhotoPoint, radius_px: f64) -> Option<f64> {
        let (hair, bare) = (self.mean_light(stubble, radius_px)?, self.mean_light(skin, radius_px)?);
        (bare >= MIN_LIGHT).then(|| (1.0 - hair / bare).clamp(0.0, DESIGN_LIMITS.darkening))
    }

    /// The mean light of a disc, without its darkest and lightest pixels.
    pub(super) fn mean_light(&self, middle: PhotoPoint, radius_px: f64) -> Option<f64> {
        let (x, y, radius) = (middle.x * self.zoom, middle.y * self.zoom, radius_px * self.zoom);
        let height = self.pixels.len() / 4 / self.width.max(1);
        let span = |at: f64, side: usize| {
            let low = (at - radius).floor().clamp(0.0, side as f64) as usize;
            low..(at + radius).ceil().clamp(0.0, side as f64) as usize
        };
        let mut lights: Vec<f64> = Vec::new();
        for row in span(y, height) {
            for column in span(x, self.width) {
                let (dx, dy) = (column as f64 + 0.5 - x, row as f64 + 0.5 - y);
                let at = (row * self.width + column) * 4;
                let rgb = self.pixels.get(at..).and_then(|rest| rest.first_chunk::<3>());
                lights.extend(
                    rgb.filter(|_| dx * dx + dy * dy <= radius * radius).map(|rgb| f64::from(pixel_luminance(*rgb))),
                );
            }
        }
        lights.sort_by(f64::total_cmp);
        let count = lights.len() as f64;
        let kept = lights.get((count * DARKEST) as usize..(count * (1.0 - LIGHTEST)).ceil() as usize)?;
        let sum: f64 = kept.iter().sum();
        (lights.len() >= MIN_PIXELS).then(|| sum / kept.len() as f64)
    }
}

impl Suggestion {
    /// The shade that takes about as much light as the visitor's own shaved hair, healed, at that density and with the dots
    /// of that look.
    ///
    /// A row's darkening refers to one density and to dots of the usual diameter; see [`Appearance::mean_darkening`].
    #[must_use]
    pub fn new(darkening: f64, density: f64, look: &Appearance, parameters: &Parameters) -> Self {
        if darkening < LEAST_STUBBLE {
            return Self::Hardly;
        }
        if darkening > STUBBLE_OF_BLACK {
            return Self::Longer;
        }
        let miss = |shade: &Shade| {
            let look = Appearance { shade: shade.key.to_owned(), months: Months::HEALED, ..look.clone() };
            (look.mean_darkening(parameters, density) - darkening).abs()
        };
        SHADES.iter().min_by(|a, b| miss(a).total_cmp(&miss(b))).map_or(Self::Hardly, Self::Shade)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::color::{byte_of, light_of};

    /// Skin of one tone; left of the middle, stubble takes that share of its light. Every ninth row may shine.
    fn head(skin: [u8; 3], taken: f32, shine: bool) -> AnalysisImage {
        let hair = skin.map(|byte| byte_of(light_of(byte) * (1.0 - taken)));
        let pixels = (0..200 * 100)
            .flat_map(|i| {
                let [r, g, b] = if i % 200 < 100 { hair } else { skin };
                if shine && i / 200 % 9 == 0 { [250, 250, 250, 255] } else { [r, g, b, 255] }
            })
            .collect();
        AnalysisImage::new(pixels, 200, 0.5)
    }

    const HAIR: PhotoPoint = PhotoPoint::new(100.0, 100.0);
    const SKIN: PhotoPoint = PhotoPoint::new(300.0, 100.0);

    #[test]
    fn what_stubble_takes_is_read_on_every_skin() {
        for skin in [[240, 215, 200], [200, 150, 120], [140, 95, 70], [60, 42, 36]] {
            for taken in [0.0, 0.05, 0.14, 0.25] {
                for shine in [false, true] {
                    let read = head(skin, taken, shine).darkening(HAIR, SKIN, 40.0).unwrap();
                    // A byte is a hundredth of the light of dark skin.
                    assert!((read - f64::from(taken)).abs() < 0.02, "{skin:?}, {taken}, shine {shine}: {read}");
                }
            }
        }
    }

    #[test]
    fn lighter_than_skin_is_nothing_and_black_is_not_all() {
        let grey = head([200, 150, 120], 0.2, false);
        assert_eq!(grey.darkening(SKIN, HAIR, 40.0), Some(0.0));
        let black = head([200, 150, 120], 1.0, false);
        assert_eq!(black.darkening(HAIR, SKIN, 40.0), Some(DESIGN_LIMITS.darkening));
    }

    #[test]
    fn where_nothing_can_be_seen_nothing_is_said() {
        let bright = head([200, 150, 120], 0.2, false);
        assert_eq!(bright.darkening(HAIR, PhotoPoint::new(-500.0, 20.0), 40.0), None);
        assert_eq!(bright.darkening(HAIR, SKIN, 2.0), None);
        assert_eq!(bright.darkening(HAIR, SKIN, f64::NAN), None);
        assert_eq!(head([3, 3, 3], 0.2, false).darkening(HAIR, SKIN, 40.0), None);
    }

    fn suggested(darkening: f64, density: f64) -> Suggestion {
        let parameters = Parameters::default();
        Suggestion::new(darkening, density, &Appearance::new(&parameters), &parameters)
    }

    #[test]
    fn each_shade_is_suggested_for_what_it_takes() {
        for shade in SHADES {
            assert_eq!(suggested(shade.darkening, Shade::REFERENCE_DENSITY), Suggestion::Shade(shade));
        }
    }

    #[test]
    fn few_dots_have_to_be_darker_and_no_shade_is_beyond_the_table() {
        let key = |suggestion| match suggestion {
            Suggestion::Shade(shade) => shade.key,
            Suggestion::Hardly | Suggestion::Longer => "none",
        };
        assert_eq!(key(suggested(0.14, 120.0)), "grey");
        assert_eq!(key(suggested(0.14, 70.0)), "dark-grey");
        assert_eq!(key(suggested(0.14, 190.0)), "light-grey");
        assert_eq!(key(suggested(0.39, 60.0)), "soft-black");
        assert_eq!(key(suggested(0.051, 200.0)), "ash");
        let parameters = Parameters::default();
        let fine = Appearance { dot: Mm(0.09), ..Appearance::new(&parameters) };
        assert_eq!(key(Suggestion::new(0.12, 120.0, &fine, &parameters)), "dark-grey");
    }

    #[test]
    fn too_little_and_too_much_suggest_nothing() {
        assert_eq!(suggested(0.049, 120.0), Suggestion::Hardly);
        assert_eq!(suggested(0.41, 120.0), Suggestion::Longer);
    }
}
