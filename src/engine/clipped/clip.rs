//! A head whose hair is clipped: the photo without it, and where its stubble stands.

use super::sight::step;
use super::{ClippedError, ClippedInput, ClippedPhoto, ClippedRefusal, Detail, HairMask, OwnHair, find_own_hair};
use crate::engine::calibration::Side;
use crate::engine::catalog::{HAIR_DENSITY, Parameters, STUBBLE_OF_BLACK, USUAL_STUBBLE, usual_stubble};
use crate::engine::color::{light_of, luminance, pixel_luminance};
use crate::engine::design::{Appearance, PaintKind, View};
use crate::engine::dots::{Field, Stubble};
use crate::engine::editor::AnalysisImage;
use crate::engine::face::FoundFace;
use crate::engine::geometry::Mm;
use crate::engine::render::{PixelRect, SpecularMap};
use serde::{Deserialize, Serialize};

/// The hair that was clipped: where its stubble stands and how dark it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClippedHair {
    /// Where hair grew on the skin that is seen now.
    pub hair: HairMask,
    /// Where hair stood out over the head, and the background is seen now.
    pub gone: HairMask,
    /// The share of the light that the hair took as it was, 0 to 1, beside bare skin; below zero where it was lighter.
    pub darkness: f64,
    /// Where the skin shines, the new one too: none of the photo's hair does.
    pub specular_map: SpecularMap,
}

/// From which share on a cell of the mask is hair and nothing else.
const SURE: u8 = 230;
/// Of a head from the side what takes less of the light than this beside the skin under it may be skin in another light (our estimate).
const LIGHTEST: f64 = 0.3;
/// From which share on a place is background now, on which no dot lies.
const GONE: f64 = 0.5;
/// Stubble is no darker than this, however long and black: the darkest that was measured, with clipper 1 (79 %).
const DARKEST: f64 = 0.79;
/// Over so many mm on both sides of its edge stubble gets sparser, to this share of it at the edge: no hair ends in a line (our
/// estimates).
const SPARSER_MM: f64 = 4.0;
const AT_EDGE: f64 = 0.8;
/// Sideburns of a head from the front do so over so many mm, to this share, below these heights of it (in halves of its outline): they
/// are thin before they end (our estimates).
const SIDEBURNS_MM: f64 = 10.0;
const AT_END: f64 = 0.5;
const SIDEBURNS: (f64, f64) = (-0.1, 0.12);
/// Beside it what is darker than the skin under it by more than this is thin hair, as dense as it is dark beside the rest; over so many mm
/// single hairs are one tone (our estimates). Lighter hair than that tells no density.
const SHADOW: f64 = 0.1;
const ONE_TONE_MM: f64 = 3.0;
const DARK_ENOUGH: f64 = 0.3;
/// The share of the colour that is the hair's own where stubble of hair that takes all the light stands, which is too fine to be seen one
/// by one; the rest is that of the skin between (our estimate). Lighter hair is seen so much less.
const OWN_COLOUR: f64 = 0.2;

/// Clips the hair in the photo of a view: what stands for it, and where its stubble stands. The face's points make it surer where a
/// face was found. The same input gives the same bits on every machine.
///
/// # Errors
/// When there is none to be clipped, or it cannot be told what is under it.
pub fn clip_hair(
    image: &AnalysisImage,
    face: Option<&FoundFace>,
    (view, parameters): (&View, &Parameters),
    seed: u32,
) -> Result<(ClippedPhoto, ClippedHair), ClippedRefusal> {
    clip_found(image, find_hair(image, face, (view, parameters))?, (view, parameters), seed)
}

/// Finds the hair that is to be clipped: what is seen, and what the visitor's strokes say of it.
///
/// # Errors
/// When there is none to be clipped, or no head without it can be told.
pub fn find_hair(
    image: &AnalysisImage,
    face: Option<&FoundFace>,
    (view, parameters): (&View, &Parameters),
) -> Result<OwnHair, ClippedRefusal> {
    let mut found = find_own_hair(image, view, parameters, face)?;
    for stroke in &view.own_hair {
        found.mask.correct(stroke);
        found.hair.correct(stroke);
        found.possible.correct(stroke);
        if stroke.paint == PaintKind::Brush {
            found.arms.retain(|arm| !arm.is_under(stroke));
        }
    }
    Ok(found)
}

/// Clips hair that was found, in the photo in which it was.
///
/// # Errors
/// When it cannot be told what is under it.
pub fn clip_found(
    image: &AnalysisImage,
    found: OwnHair,
    ground: (&View, &Parameters),
    seed: u32,
) -> Result<(ClippedPhoto, ClippedHair), ClippedRefusal> {
    clip_in(Detail::Whole, (image, found), ground, seed)
}

/// The same in so much detail.
pub(super) fn clip_in(
    detail: Detail,
    (image, OwnHair { mut mask, mut hair, silhouette, ears, hidden_ears, arms, possible }): (&AnalysisImage, OwnHair),
    (view, parameters): (&View, &Parameters),
    seed: u32,
) -> Result<(ClippedPhoto, ClippedHair), ClippedRefusal> {
    let found = hair.clone();
    let (head, surface) = (view.head_in_force(parameters), view.surface(parameters));
    let px_per_mm = view.scale(parameters).px_per_mm;
    let input = ClippedInput {
        image,
        hair: &mask,
        ears: Some(&ears),
        arms: &arms,
        possible: Some(&possible),
        silhouette: &silhouette,
        head: &head,
        surface: &surface,
        px_per_mm,
        detail,
    };
    let mut photo = ClippedPhoto::new(&input, seed)?;
    hair.keep(|place| photo.skin_share(place));
    let seen = SeenHair::of(image, &hair, &photo);
    let (darkness, specular_map) =
        (seen.darkness(), SpecularMap::of(&seen.bare, image.width, image.zoom, head.upper_skull()));
    if matches!(head.side, Side::Left | Side::Right) && darkness < LIGHTEST {
        return Err(ClippedRefusal::Unsure);
    }
    // Towards the background it ends with the head, not before.
    let mut hair = found;
    let mut ends = hair.clone();
    hair.spread(SPARSER_MM * px_per_mm.get(), AT_EDGE);
    if head.side == Side::Front {
        ends.spread(SIDEBURNS_MM * px_per_mm.get(), AT_END);
        let axes = head.axes();
        hair.mix(&ends, |place| 1.0 - step((axes.shares(place).1 - SIDEBURNS.0) / (SIDEBURNS.1 - SIDEBURNS.0)));
    }
    let mut thin = seen.thin(image, (hair.columns, hair.rows));
    thin.spread(ONE_TONE_MM * px_per_mm.get(), 0.5);
    hair.shares.iter_mut().zip(&thin.shares).for_each(|(hair, thin)| *hair = (*hair).max(*thin));
    hair.keep(|place| 1.0 - hidden_ears.share(place));
    let own_colour = OWN_COLOUR * darkness.clamp(0.0, 1.0);
    photo.tint(seen.light, |place| own_colour * hair.share(place));
    hair.keep(|place| photo.skin_share(place).min(photo.replaced(place)));
    mask.keep(|place| 1.0 - photo.skin_share(place));
    Ok((photo, ClippedHair { hair, gone: mask, darkness, specular_map }))
}

/// Hair as it is seen: its linear light, and that of the skin that is put in its place, summed over all places; and the photo with that.
struct SeenHair {
    light: [f32; 3],
    under: [f32; 3],
    bare: Vec<u8>,
}

impl SeenHair {
    fn of(image: &AnalysisImage, hair: &HairMask, photo: &ClippedPhoto) -> Self {
        let mut bare = image.pixels.clone();
        let (width, height) = (image.width, image.pixels.len() / 4 / image.width.max(1));
        photo.apply(&mut bare, PixelRect { x: 0, y: 0, width, height }, image.zoom);
        let sum_of = |pixels: &[u8]| {
            let places = hair.shares.iter().zip(pixels.as_chunks::<4>().0);
            let sure = places.filter(|(share, _)| **share >= SURE);
            let sum = sure.fold([0.0_f64; 3], |mut sum, (_, [red, green, blue, _])| {
                sum.iter_mut().zip([red, green, blue]).for_each(|(sum, byte)| *sum += f64::from(light_of(*byte)));
                sum
            });
            sum.map(|sum| sum as f32)
        };
        Self { light: sum_of(&image.pixels), under: sum_of(&bare), bare }
    }

    /// The share of the light that hair takes from the skin that is put in its place.
    fn darkness(&self) -> f64 {
        let (seen, under) = (f64::from(luminance(self.light)), f64::from(luminance(self.under)));
        if under > 0.0 { 1.0 - seen / under } else { 0.0 }
    }

    /// How dense hair is wherever skin is put in the place of what is darker, in a mask of so many columns and rows.
    fn thin(&self, image: &AnalysisImage, (columns, rows): (usize, usize)) -> HairMask {
        let darkness = self.darkness();
        let dense = |(seen, bare): (&[u8; 4], &[u8; 4])| {
            if darkness < DARK_ENOUGH {
                return 0;
            }
            let [seen, under] =
                [seen, bare].map(|[red, green, blue, _]| f64::from(pixel_luminance([*red, *green, *blue])));
            let darker = 1.0 - seen / under.max(1e-6);
            ((darker - SHADOW) / (darkness - SHADOW) * 255.0).clamp(0.0, 255.0) as u8
        };
        let pairs = image.pixels.as_chunks::<4>().0.iter().zip(self.bare.as_chunks::<4>().0);
        HairMask { shares: pairs.map(dense).collect(), columns, rows, zoom: image.zoom }
    }
}

impl From<ClippedError> for ClippedRefusal {
    fn from(error: ClippedError) -> Self {
        match error {
            ClippedError::NoHair => Self::NoHair,
            ClippedError::NoSkin => Self::NoSkin,
            ClippedError::NoOutline => Self::NoHead,
            ClippedError::NoWall | ClippedError::BusyWall => Self::BusyWall,
        }
    }
}

impl ClippedHair {
    /// Its stubble on the skin that a field lies on. Costs a look at each place of the tile in the hair's rectangle.
    #[must_use]
    pub fn stubble(&self, field: &Field) -> Stubble {
        let rect = self.hair.bounds().union(self.gone.bounds());
        Stubble::new(field, rect, |at| HAIR_DENSITY * self.hair.share(at), |at| self.gone.share(at) > GONE)
    }

    /// The share of the light that it takes when it is so long, 0 to 1: as usual hair of that length, and the less the lighter it is.
    #[must_use]
    pub fn taken(&self, length: Mm) -> f64 {
        let of_usual = self.darkness.max(0.0) * STUBBLE_OF_BLACK / USUAL_STUBBLE;
        (usual_stubble(length) * of_usual).min(DARKEST)
    }

    /// How dark a hair of that length is beside a usual dot of a look's ink, so that all of them take what they should.
    #[must_use]
    pub fn strength(&self, look: &Appearance, parameters: &Parameters) -> f64 {
        let of_ink = 1.0 - look.mean_darkening(parameters, HAIR_DENSITY);
        let left = 1.0 - self.taken(look.hair_length);
        if of_ink < 1.0 { left.ln() / of_ink.ln() } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{Drawn, LIGHT_DARK, Palette, in_photo, marked, sides, view};
    use super::*;
    use crate::engine::catalog::SHADES;
    use crate::engine::geometry::Mm;

    fn hair(darkness: f64) -> ClippedHair {
        let none = HairMask { shares: Vec::new(), columns: 0, rows: 0, zoom: 1.0 };
        ClippedHair { hair: none.clone(), gone: none, darkness, specular_map: SpecularMap::default() }
    }

    #[test]
    fn darker_and_longer_hair_takes_more() {
        let taken = |darkness: f64, mm: f64| (hair(darkness).taken(Mm(mm)) * 100.0).round();
        // Usual hair, black hair, blond hair, hair lighter than skin.
        assert_eq!([taken(0.6, 0.0), taken(0.6, 0.5), taken(0.6, 3.0)], [20.0, 27.0, 57.0]);
        assert_eq!([taken(0.95, 0.0), taken(0.95, 0.5), taken(0.95, 3.0)], [32.0, 43.0, 79.0]);
        assert_eq!([taken(0.2, 0.5), taken(-0.3, 0.5)], [9.0, 0.0]);
    }

    #[test]
    fn a_hair_is_as_dark_in_the_ink_of_every_shade() {
        let parameters = Parameters::default();
        for shade in SHADES {
            let look = Appearance { shade: shade.key.into(), ..Appearance::new(&parameters) };
            let strength = hair(0.6).strength(&look, &parameters);
            // As dark in the mean as so much of that ink is.
            let left = (1.0 - look.mean_darkening(&parameters, HAIR_DENSITY)).powf(strength);
            assert!((left - 0.73).abs() < 1e-6, "{}: {left}", shade.key);
        }
        assert_eq!(hair(-0.2).strength(&Appearance::new(&parameters), &parameters), 0.0);
    }

    /// How dense stubble is 3.5 mm and 30 mm before hair of a head, where what is up to 6 mm before it has such levels.
    fn density(times: f64) -> (f64, f64) {
        let hair = sides(8.0);
        let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
        let ground = (&view(Side::Front, 8.0), &Parameters::default());
        let own = find_hair(&image, None, ground).unwrap();
        let seen = marked(&image, [times; 3], |(x, y)| (50.0..57.0).contains(&x) && (36.0..64.0).contains(&y));
        let (_, clipped) = clip_found(&seen, own, ground, 1).unwrap();
        let share = |x: f64| clipped.hair.share(in_photo((x, 50.0)));
        (share(52.5), share(26.0))
    }

    #[test]
    fn where_hair_gets_thin_stubble_does() {
        let [none, thin, thicker] = [1.0, 0.85, 0.7].map(density);
        assert!(none.0 < 0.06, "{none:?}");
        assert!((0.1..0.4).contains(&thin.0) && (0.4..0.75).contains(&thicker.0), "{thin:?} {thicker:?}");
        assert_eq!([none.1, thin.1, thicker.1], [0.0; 3]);
    }

    #[test]
    fn light_hair_shines_and_the_skin_under_it_does_not() {
        let palette = Palette { skin: [160.0, 112.0, 90.0], hair: [212.0, 210.0, 206.0], wall: [60.0, 80.0, 95.0] };
        let hair = sides(8.0);
        let image = Drawn { side: Side::Front, palette, hair: &hair, rough: 0.2 }.image();
        let (view, parameters) = (view(Side::Front, 8.0), Parameters::default());
        let upper = view.head_in_force(&parameters).upper_skull();
        let photo = SpecularMap::of(&image.pixels, image.width, image.zoom, upper);
        let (_, clipped) = clip_hair(&image, None, (&view, &parameters), 1).unwrap();
        let at = in_photo((66.0, 40.0));
        let [before, after] = [&photo, &clipped.specular_map].map(|map| map.at(at.x as f32, at.y as f32));
        assert!(before > 0.3 && after < 0.05, "{before} {after}");
    }

    #[test]
    fn the_lighter_hair_is_the_less_its_stubble_colours_skin() {
        let redness = |hair: [f64; 3]| {
            let palette = Palette { hair, ..LIGHT_DARK };
            let sides = sides(8.0);
            let image = Drawn { side: Side::Front, palette, hair: &sides, rough: 0.2 }.image();
            let (photo, _) = clip_hair(&image, None, (&view(Side::Front, 8.0), &Parameters::default()), 1).unwrap();
            let (mut pixels, width) = (image.pixels.clone(), image.width);
            let rect = PixelRect { x: 0, y: 0, width, height: pixels.len() / 4 / width };
            photo.apply(&mut pixels, rect, 1.0);
            let at = in_photo((64.0, 40.0));
            let pixel = &pixels[(at.y as usize * width + at.x as usize) * 4..];
            light_of(pixel[0]) / light_of(pixel[1])
        };
        let [dark, grey, white] = [[40.0; 3], [120.0; 3], [225.0; 3]].map(redness);
        assert!(dark < 0.97 * grey && grey < 0.98 * white, "{dark} {grey} {white}");
    }

    #[test]
    fn sideburns_get_thin_before_they_end() {
        let hair = sides(8.0);
        let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
        let (_, clipped) = clip_hair(&image, None, (&view(Side::Front, 8.0), &Parameters::default()), 1).unwrap();
        let share = |y: f64| clipped.hair.share(in_photo((66.0, y)));
        // Hair ends at 16 mm.
        let (ends, goes_on) = ([15.0, 16.0, 17.0].map(share), share(28.0));
        assert!(ends.iter().all(|share| (0.3..0.8).contains(share)) && goes_on > 0.95, "{ends:?} {goes_on}");
    }

    #[test]
    fn beside_dark_hair_what_is_darker_than_the_skin_under_it_tells_how_dense_it_is() {
        let image = AnalysisImage::new([[60, 60, 60, 255], [180, 180, 180, 255]].concat(), 2, 1.0);
        let thin = |share: f32| {
            let seen = SeenHair { light: [share; 3], under: [1.0; 3], bare: [180, 180, 180, 255].repeat(2) };
            seen.thin(&image, (2, 1)).shares
        };
        assert_eq!(thin(0.1), [255, 0], "as dark as the rest, and skin that is seen");
        assert_eq!(thin(0.75), [0, 0], "light hair");
    }

    #[test]
    fn grey_hair_greys_skin_and_brown_hair_leaves_its_colour() {
        let hair = sides(8.0);
        let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
        let (photo, _) = clip_hair(&image, None, (&view(Side::Front, 8.0), &Parameters::default()), 1).unwrap();
        let redness = |hair: [f32; 3]| {
            let (mut photo, mut pixels) = (photo.clone(), image.pixels.clone());
            photo.tint(hair, |_| 1.0);
            let (width, height) = (image.width, pixels.len() / 4 / image.width);
            photo.apply(&mut pixels, PixelRect { x: 0, y: 0, width, height }, 1.0);
            let at = in_photo((64.0, 40.0));
            let pixel = &pixels[(at.y as usize * width + at.x as usize) * 4..];
            light_of(pixel[0]) / light_of(pixel[1])
        };
        let [grey, dark, brown, none] = [[0.1; 3], [0.13, 0.1, 0.08], [0.3, 0.1, 0.05], [0.0; 3]].map(redness);
        assert!((grey - 1.0).abs() < 0.1 && (dark - 1.3).abs() < 0.1, "{grey} {dark}");
        assert_eq!(brown, none);
    }
}
