//! The shade for a first idea: as dark as the person's own hair at the sides of the head, where it is seen, is or would be when
//! it is shaved, and dark enough to be seen at all on the person's skin.
//!
//! Nobody has pointed at anything, so this believes little: hair is looked for at a few places inside of both sides of the
//! outline, each beside the skin at the same height nearer to the face's middle, and both sides have to agree that something
//! takes light.

use super::probe::LEAST_STUBBLE;
use super::{AnalysisImage, Suggestion};
use crate::engine::calibration::{Head, Side};
use crate::engine::catalog::{DEFAULT_SHADE, Parameters, SHADES, STUBBLE_OF_BLACK, Shade, USUAL_STUBBLE};
use crate::engine::color::{light_of, luminance};
use crate::engine::design::Appearance;
use crate::engine::face::PersonMask;
use crate::engine::geometry::{PhotoPoint, median};

/// Where hair is looked for, as shares of the half width at that height: inside of the outline, whose last part is rim and
/// background; and where skin is, nearer to the middle than any temple's hair.
const AT_HAIR: f64 = 0.90;
const AT_SKIN: f64 = 0.60;
/// Heights of the places, as shares of the half height above the middle of the outline: beside the forehead, over brows and ears.
const HEIGHTS: [f64; 4] = [0.15, 0.22, 0.30, 0.38];
/// Radius of a place as a share of the head's half width: some 4 mm.
const RADIUS: f64 = 0.05;
/// What bare skin at the hair's place has of the light at the skin's place: there it turns away from the camera and from most
/// lamps (our estimate, half of the light coming from around and half from the front).
const TURNED_AWAY: f64 = 0.82;
/// The two sides may differ by so much of the light, one being nearer to the lamp (our estimate).
const MAX_APART: f64 = 0.40;
/// Red over green and blue over green of a place may differ from the skin's by such a factor; else it is no hair on skin but a
/// background or clothing, unless a person is seen there.
const MAX_COLOUR: f64 = 1.5;
/// The least difference of CIE L* between inked and bare skin that a first idea may have: less is hardly seen on dark skin, nor
/// on any at the size at which a portrait is looked at.
pub const MIN_SEEN: f64 = 4.0;
/// The share of a shade's difference on usual skin that is taken to be left in the mean of an area, which has soft edges and lies in
/// less light than the face. On five portraits 0.55 to 0.72 was left, 0.62 in the middle; by less than this most light skins would
/// get more than the default shade.
const IN_THE_MEAN: f64 = 0.65;

/// The shade of a first idea on a picture, for dots of that look and density per cm2: that of the person's own hair at the sides,
/// as it is or as it would be shaved, or the default one, or the lightest from it on that is at least [`MIN_SEEN`] darker than the skin.
/// `skin` is the usual colour of the person's matte skin, as [`crate::engine::render::SpecularMap::skin`] gives it.
///
/// `None` where no hair can be matched and the default shade is seen. Looks at eight pairs of places.
#[must_use]
pub fn matched_shade(
    analysis_image: &AnalysisImage,
    head: &Head,
    skin: [u8; 3],
    ground: (f64, &Parameters),
) -> Option<&'static str> {
    // Where nothing takes light the sides may be bare.
    let own = side_darkening(analysis_image, head, skin).filter(|darkening| *darkening >= LEAST_STUBBLE);
    let own = own.map(|darkening| if darkening > STUBBLE_OF_BLACK { shaved(darkening) } else { darkening });
    let chosen = seen_from(own.map_or(&DEFAULT_SHADE, |own| nearest(own, ground)), skin, IN_THE_MEAN, ground);
    (own.is_some() || chosen != &DEFAULT_SHADE).then_some(chosen.key)
}

/// The shade beside the person's own hair that is shown shaved and takes that share of the light: the nearest that is seen in the
/// middle of an area, on dark skin in the mean. White hair takes nothing: what stands beside it is the lightest that is seen.
#[must_use]
pub fn shade_like(own: f64, skin: [u8; 3], ground: (f64, &Parameters)) -> &'static str {
    let is_dark = seen_from(&DEFAULT_SHADE, skin, 1.0, ground) != &DEFAULT_SHADE;
    seen_from(nearest(own, ground), skin, if is_dark { IN_THE_MEAN } else { 1.0 }, ground).key
}

/// The shade that takes nearest to that share of the light.
fn nearest(own: f64, (density, parameters): (f64, &Parameters)) -> &'static Shade {
    let outermost = match Suggestion::new(own, density, &Appearance::new(parameters), parameters) {
        Suggestion::Shade(shade) => return shade,
        Suggestion::Hardly => SHADES.first(),
        Suggestion::Longer => SHADES.last(),
    };
    outermost.unwrap_or(&DEFAULT_SHADE)
}

/// The first of the shades from that one on of whose difference that share is seen on skin, else the darkest.
fn seen_from(
    lightest: &'static Shade,
    skin: [u8; 3],
    share: f64,
    (density, parameters): (f64, &Parameters),
) -> &'static Shade {
    let is_seen = |shade: &&Shade| {
        let look = Appearance { shade: shade.key.to_owned(), ..Appearance::new(parameters) };
        share * difference(skin, shade, look.mean_darkening(parameters, density)) >= MIN_SEEN
    };
    let mut darker = SHADES.iter().filter(|shade| shade.darkening >= lightest.darkening);
    darker.find(is_seen).or(SHADES.last()).unwrap_or(&DEFAULT_SHADE)
}

/// What hair would take of the light if it were shaved, when as it is it takes that share.
fn shaved(longer: f64) -> f64 {
    (longer * STUBBLE_OF_BLACK).max(USUAL_STUBBLE)
}

/// The share of the light that what grows at the sides takes, 0 to 1; negative where it is lighter than skin. `None` where too
/// little is seen, or the sides tell different things.
#[must_use]
pub fn side_darkening(analysis_image: &AnalysisImage, head: &Head, skin: [u8; 3]) -> Option<f64> {
    if !matches!(head.side, Side::Front | Side::Back) {
        return None;
    }
    let side = |right: f64| {
        let kept = HEIGHTS.iter().filter_map(|up| kept(analysis_image, head, skin, (right, *up)));
        median(kept).map(|kept| kept / TURNED_AWAY)
    };
    let (left, right) = (side(-1.0)?, side(1.0)?);
    ((left - right).abs() <= MAX_APART).then(|| 1.0 - (left * right).sqrt())
}

/// What the hair's place at that side and height has of the light of the skin's place.
fn kept(analysis_image: &AnalysisImage, head: &Head, skin: [u8; 3], (right, up): (f64, f64)) -> Option<f64> {
    let across = right * (1.0 - up * up).max(0.0).sqrt();
    let at = |share: f64| head.on_outline(across * share, up);
    let (hair, bare) = (at(AT_HAIR), at(AT_SKIN));
    let like_skin = |place: PhotoPoint| {
        let [r, g, b] = analysis_image.colour(place)?.map(|level| f64::from(light_of(level as u8)) + 1e-3);
        let [skin_r, skin_g, skin_b] = skin.map(|level| f64::from(light_of(level)) + 1e-3);
        let factors = [r / g * skin_g / skin_r, b / g * skin_g / skin_b];
        factors.iter().all(|factor| (1.0 / MAX_COLOUR..=MAX_COLOUR).contains(factor)).then_some(())
    };
    // Dark hair has no colour to be told by; where a person is seen it cannot be the background.
    let person = analysis_image.person.as_ref().and_then(|person| person.share(hair));
    if !person.is_some_and(|share| share > PersonMask::EDGE) {
        like_skin(hair)?;
    }
    like_skin(bare)?;
    let radius = RADIUS * head.half_width;
    let (hair, bare) = (analysis_image.mean_light(hair, radius)?, analysis_image.mean_light(bare, radius)?);
    (bare > 0.0).then(|| hair / bare)
}

/// By how much CIE L* falls on skin of that colour where a shade takes that share of the light.
fn difference(skin: [u8; 3], shade: &Shade, darkening: f64) -> f64 {
    let bare = skin.map(light_of);
    let left = shade.tint.map(|tint| (1.0 - darkening).powf(tint) as f32);
    let inked = [bare[0] * left[0], bare[1] * left[1], bare[2] * left[2]];
    lightness(luminance(bare)) - lightness(luminance(inked))
}

/// CIE L* of a luminance relative to white.
fn lightness(luminance: f32) -> f64 {
    let y = f64::from(luminance);
    if y > 216.0 / 24389.0 { 116.0 * y.cbrt() - 16.0 } else { y * 24389.0 / 27.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::HairOnTop;
    use crate::engine::color::byte_of;
    use crate::engine::geometry::Mm;

    const SKIN: [u8; 3] = [210, 160, 135];
    const HEAD: Head = Head {
        side: Side::Front,
        centre: PhotoPoint::new(200.0, 250.0),
        half_width: 150.0,
        half_height: 180.0,
        roll: 0.0,
        yaw: 0.0,
        pitch: 0.0,
        camera: Mm(1000.0),
        camera_told: false,
        hair_on_top: HairOnTop::Unknown,
        by_hand: false,
        outline_unseen: false,
    };

    /// A head of one tone whose sides, from three quarters of its width on, turn away and lose those shares of the light.
    fn picture(skin: [u8; 3], left: f32, right: f32) -> AnalysisImage {
        let pixel = |index: usize| {
            let x = (index % 400) as f64 - 200.0;
            let y = ((index / 400) as f64 - 250.0) / HEAD.half_height;
            let share = x / (HEAD.half_width * (1.0 - y * y).max(0.01).sqrt());
            let kept = match share {
                share if share < -0.75 => TURNED_AWAY as f32 * (1.0 - left),
                share if share > 0.75 => TURNED_AWAY as f32 * (1.0 - right),
                _ => 1.0,
            };
            let [r, g, b] = skin.map(|byte| byte_of(light_of(byte) * kept));
            [r, g, b, 255]
        };
        AnalysisImage::new((0..400 * 500).flat_map(pixel).collect(), 400, 1.0)
    }

    fn matched(skin: [u8; 3], left: f32, right: f32) -> Option<&'static str> {
        matched_shade(&picture(skin, left, right), &HEAD, skin, (120.0, &Parameters::default()))
    }

    #[test]
    fn shaved_sides_are_matched() {
        // Lighter ones would hardly be seen.
        for (taken, key) in [(0.09, "dark-grey"), (0.2, "dark-grey"), (0.27, "charcoal"), (0.37, "soft-black")] {
            assert_eq!(matched(SKIN, taken, taken), Some(key), "{taken}");
        }
        assert_eq!(matched(SKIN, 0.18, 0.34), Some("charcoal"), "one side is nearer to the lamp");
    }

    #[test]
    fn bare_sides_white_hair_and_sides_that_differ_say_nothing() {
        for (left, right) in [(0.0, 0.0), (-0.2, -0.2), (0.0, 0.6)] {
            assert_eq!(matched(SKIN, left, right), None, "{left} {right}");
        }
    }

    #[test]
    fn longer_hair_is_matched_as_if_it_were_shaved() {
        for (taken, key) in [(0.45, "charcoal"), (0.7, "charcoal"), (0.9, "soft-black")] {
            assert_eq!(matched(SKIN, taken, taken), Some(key), "{taken}");
        }
    }

    #[test]
    fn a_background_of_another_colour_is_no_hair() {
        let mut blue = picture(SKIN, 0.2, 0.2);
        for (index, pixel) in blue.pixels.chunks_mut(4).enumerate() {
            let x = (index % 400) as f64 - 200.0;
            if x.abs() > 110.0 {
                pixel[..3].copy_from_slice(&[120, 130, 190]);
            }
        }
        assert_eq!(side_darkening(&blue, &HEAD, SKIN), None);
        // The same on a person is hair, of whatever colour.
        blue.person = Some(PersonMask::drawn((400.0, 500.0), |_| true).into());
        assert!(side_darkening(&blue, &HEAD, SKIN).is_some());
    }

    #[test]
    fn on_dark_skin_the_shade_is_one_that_is_seen() {
        // Monk 5, 6, 8 and 10.
        for (skin, key) in [
            ([215, 189, 150], None),
            ([160, 126, 86], Some("charcoal")),
            ([96, 65, 52], Some("soft-black")),
            ([41, 36, 32], Some("soft-black")),
        ] {
            assert_eq!(matched(skin, 0.0, 0.0), key, "{skin:?}");
        }
        assert_eq!(matched([96, 65, 52], 0.10, 0.10), Some("soft-black"), "the match alone would not be seen");
        assert_eq!(matched([96, 65, 52], 0.36, 0.36), Some("soft-black"));
        assert_eq!(
            matched([160, 126, 86], 0.20, 0.20),
            Some("charcoal"),
            "the match alone would be seen in its middle"
        );
    }

    #[test]
    fn beside_clipped_hair_that_takes_no_light_the_lightest_that_is_seen_stands() {
        let like = |own: f64, skin: [u8; 3]| shade_like(own, skin, (120.0, &Parameters::default()));
        for white in [-0.2, 0.0, 0.04] {
            assert_eq!(like(white, SKIN), "grey", "{white}");
        }
        assert_eq!([like(0.27, SKIN), like(0.45, SKIN)], ["charcoal", "soft-black"]);
        assert_eq!(like(0.0, [96, 65, 52]), "soft-black", "dark skin");
    }

    #[test]
    fn a_profile_and_an_empty_picture_say_nothing() {
        let profile = Head { side: Side::Left, ..HEAD };
        assert_eq!(side_darkening(&picture(SKIN, 0.2, 0.2), &profile, SKIN), None);
        let empty = AnalysisImage::new(Vec::new(), 0, 1.0);
        assert_eq!(matched_shade(&empty, &HEAD, SKIN, (120.0, &Parameters::default())), None);
    }
}
