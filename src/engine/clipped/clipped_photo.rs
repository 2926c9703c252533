//! Skin and background in the place of the visitor's own hair.

use super::blend::blend;
use super::error::ClippedError;
use super::grain::{Grain, residual, sample_at};
use super::layer::Layer;
use super::left_hair::left_hair;
use super::sideburn_ends::sideburn_ends;
use super::sight::{ClippedInput, Sight, step};
use super::skin::Skin;
use super::skin_seams::joined;
use super::wall::Wall;
use super::wall_pixels::WallPixels;
use crate::engine::color::{byte_of, light_of, luminance};
use crate::engine::geometry::{PhotoPoint, PhotoRect, median};
use crate::engine::render::PixelRect;

/// The texture's sample of skin and of wall: its side, and what counts as around a place, mm.
const SKIN_SAMPLE_MM: (f64, f64) = (18.0, 1.8);
const WALL_SAMPLE_MM: (f64, f64) = (30.0, 4.0);
/// How near to hair the texture's contrast is measured, mm; and by how much it may be changed.
const NEAR_MM: (f64, f64) = (3.5, 18.0);
const GAIN: (f32, f32) = (0.5, 1.0);

/// Skin and background in the place of the visitor's own hair, ready to be drawn at any resolution.
#[derive(Debug, Clone, PartialEq)]
pub struct ClippedPhoto {
    /// How much of each place is replaced.
    blend: Layer<f32>,
    /// How deep inside the head's outline, photo pixels.
    depth: Layer<f32>,
    /// Linear light of skin and wall, and their texture.
    skin: (Layer<[f32; 3]>, Grain),
    wall: (Layer<[f32; 3]>, Grain),
    /// The wall where it is not even.
    patches: Option<WallPixels>,
    /// How wide the head's edge is, photo pixels.
    softness: f64,
}

impl ClippedPhoto {
    /// What stands where hair was. The same input gives the same bits on every machine. Costs some hundred operations for each
    /// pixel of what was looked at.
    ///
    /// # Errors
    /// Where it cannot be told what stands there.
    pub fn new(input: &ClippedInput<'_>, seed: u32) -> Result<Self, ClippedError> {
        let sight = Sight::new(input)?;
        let skin = Skin::new(&sight)?;
        let hair_out = sight.from_hair.values.iter().zip(&sight.depth.values);
        let is_trimmed = hair_out.clone().any(|(from_hair, depth)| *from_hair == 0.0 && *depth < 0.0);
        let wall = if is_trimmed { Some(Wall::new(&sight)?) } else { None };
        let (left, ends) = (left_hair(&sight, &skin), sideburn_ends(&sight, &skin));
        let skin = skin.without(&sight, &left.with(&ends, |left, end| left || end.is_some()));
        let left = left.with(&ends, |left, end| end.map_or(left, |share| share >= 1.0));
        let blend = blend(&sight, (&left, &ends), (&skin, wall.as_ref()));
        let skin = Skin { light: joined(&sight, &skin.light, &blend), ..skin };
        let skin_grain = grain(&sight, &skin.bare, SKIN_SAMPLE_MM, seed);
        let (wall, patches) = match wall {
            Some(Wall { light, patches: Some(patches), .. }) => {
                ((light, Grain::none()), Some(WallPixels::new(patches, &sight.light)))
            }
            Some(Wall { light, bare, .. }) => ((light, grain(&sight, &bare, WALL_SAMPLE_MM, seed ^ 0x5bd1_e995)), None),
            None => ((skin.light.map(|_| [0.0; 3]), Grain::none()), None),
        };
        let (skin, softness) = ((skin.light, skin_grain), sight.softness);
        Ok(Self { blend, depth: sight.depth, skin, wall, patches, softness })
    }

    /// Which parts of a photo of that width and height show its skin's and its wall's texture: their pixels make the texture finer where
    /// the photo is larger than what was looked at.
    #[must_use]
    pub fn samples(&self, size: (usize, usize)) -> [Option<PixelRect>; 2] {
        let wall = self.patches.as_ref().map_or_else(|| self.wall.1.wanted(size), |patches| patches.wanted(size));
        [self.skin.1.wanted(size), wall]
    }

    /// The same with the texture of the photo's own pixels in [`Self::samples`], RGBA row by row. What is missing or has another size
    /// changes nothing.
    #[must_use]
    pub fn with_texture(mut self, [skin, wall]: [Option<&[u8]>; 2]) -> Self {
        if let (Some(patches), Some(pixels)) = (&mut self.patches, wall)
            && let Some(finer) = patches.finer(pixels)
        {
            *patches = finer;
        }
        for ((_, grain), pixels) in [(&mut self.skin, skin), (&mut self.wall, wall)] {
            if let Some(finer) = pixels.and_then(|pixels| grain.finer(pixels)) {
                *grain = finer;
            }
        }
        self
    }

    /// How much of a place is the head once its hair is clipped, 0 to 1; the rest is background.
    #[must_use]
    pub fn skin_share(&self, place: PhotoPoint) -> f64 {
        step(0.5 + f64::from(self.depth.at(place)) / self.softness / 1.5)
    }

    /// How much of a place is replaced, 0 to 1.
    pub(super) fn replaced(&self, place: PhotoPoint) -> f64 {
        f64::from(self.blend.at(place))
    }

    /// Brings the colour of the skin nearer to a hair's linear light where that is less red, by such a share at each place; how light it is
    /// stays.
    pub(super) fn tint(&mut self, hair: [f32; 3], share: impl Fn(PhotoPoint) -> f64) {
        let of_hair = luminance(hair);
        if of_hair <= 0.0 {
            return;
        }
        let skin = &self.skin.0;
        self.skin.0 = Layer::of(skin.frame, |column, row| {
            let mut light = skin.cell(column as isize, row as isize);
            let ([hair_red, hair_green, _], [red, green, _]) = (hair, light);
            if hair_red * green >= red * hair_green {
                return light;
            }
            let (all, share) = (luminance(light), share(skin.frame.middle(column, row)) as f32);
            light.iter_mut().zip(hair).for_each(|(light, hair)| *light += (hair / of_hair * all - *light) * share);
            light
        });
    }

    /// The part of a rectangle of the photo, at `zoom` pixels a photo pixel, in which something is replaced; `None` where nothing is.
    #[must_use]
    pub fn touched(&self, rect: PixelRect, zoom: f64) -> Option<PixelRect> {
        let frame = self.blend.frame;
        let (x, y) = (frame.origin.x, frame.origin.y);
        let looked_at =
            PhotoRect::new(x, y, x + frame.pitch * frame.columns as f64, y + frame.pitch * frame.rows as f64);
        let (right, bottom) = (rect.x + rect.width as i32, rect.y + rect.height as i32);
        let over = PixelRect::covering(looked_at, zoom, right.max(0) as usize, bottom.max(0) as usize);
        let (left, top) = (over.x.max(rect.x), over.y.max(rect.y));
        let (width, height) = (over.x + over.width as i32 - left, over.y + over.height as i32 - top);
        let touched = PixelRect { x: left, y: top, width: width.max(0) as usize, height: height.max(0) as usize };
        Some(touched).filter(|touched| !touched.is_empty())
    }

    /// Replaces hair in a part of the photo at `zoom` pixels a photo pixel: RGBA bytes row by row. Outside of the mask and its rim
    /// every byte stays as it is.
    pub fn apply(&self, pixels: &mut [u8], rect: PixelRect, zoom: f64) {
        let levels = [&self.skin.1, &self.wall.1].map(|grain| grain.level(1.0 / zoom));
        for (row, line) in pixels.chunks_mut(rect.width.max(1) * 4).enumerate().take(rect.height) {
            let y = (f64::from(rect.y) + row as f64 + 0.5) / zoom;
            for column in self.columns(rect, y, zoom) {
                let point = PhotoPoint::new((f64::from(rect.x) + column as f64 + 0.5) / zoom, y);
                let Some(pixel) = line.get_mut(column * 4..).and_then(|rest| rest.first_chunk_mut::<3>()) else {
                    continue;
                };
                let share = self.blend.at(point);
                if share > 0.0 {
                    let new = self.light(point, levels);
                    for (byte, new) in pixel.iter_mut().zip(new) {
                        let old = light_of(*byte);
                        *byte = byte_of(old + (new - old) * share);
                    }
                }
            }
        }
    }

    /// The columns of a rectangle's row that lie over what was looked at.
    fn columns(&self, rect: PixelRect, y: f64, zoom: f64) -> std::ops::Range<usize> {
        let frame = self.blend.frame;
        let bottom = frame.origin.y + frame.pitch * frame.rows as f64;
        if y < frame.origin.y || y > bottom {
            return 0..0;
        }
        let right = frame.origin.x + frame.pitch * frame.columns as f64;
        let column = |x: f64| (x * zoom - f64::from(rect.x)).floor().max(0.0).min(rect.width as f64) as usize;
        column(frame.origin.x)..column(right)
    }

    /// Linear light of a place once its hair is clipped.
    fn light(&self, point: PhotoPoint, [skin_level, wall_level]: [usize; 2]) -> [f32; 3] {
        let skin = self.skin_share(point) as f32;
        let textured = |(light, grain): &(Layer<[f32; 3]>, Grain), level: usize| {
            let (mut light, grain) = (light.at(point), grain.at(point, level));
            light.iter_mut().zip(grain).for_each(|(light, grain)| *light *= 1.0 + grain);
            light
        };
        if skin >= 1.0 {
            return textured(&self.skin, skin_level);
        }
        let patch = self.patches.as_ref().and_then(|patches| patches.at(point));
        let mut light = patch.unwrap_or_else(|| textured(&self.wall, wall_level));
        if skin <= 0.0 {
            return light;
        }
        let skin_light = textured(&self.skin, skin_level);
        light.iter_mut().zip(skin_light).for_each(|(light, skin_light)| *light += (skin_light - *light) * skin);
        light
    }
}

/// The texture of what is bare: its sample, and what counts as around a place, mm.
fn grain(sight: &Sight<'_>, bare: &Layer<f32>, (side, around): (f64, f64), seed: u32) -> Grain {
    let frame = sight.light.frame;
    let residual = residual(&sight.light, bare, frame.cells_of(around * sight.mm));
    let Some(at) = sample_at(&residual, bare, frame.cells_of(side * sight.mm)) else { return Grain::none() };
    let grain = Grain::new(&residual, at, seed, 1.0);
    let near = (NEAR_MM.0 * sight.mm) as f32..(NEAR_MM.1 * sight.mm) as f32;
    let beside = residual.values.iter().zip(&bare.values).zip(&sight.from_hair.values);
    let beside = beside.filter(|((_, bare), from_hair)| **bare > 0.0 && near.contains(from_hair));
    let seen = median(beside.map(|(([_, green, _], _), _)| f64::from(green.abs())));
    grain.with_contrast(seen.map(|seen| seen as f32), GAIN).taken(frame, at, around * sight.mm)
}

#[cfg(test)]
mod tests {
    use super::super::hair_mask::HairMask;
    use super::super::layer::Frame;
    use super::super::sight::Detail;
    use super::*;
    use crate::engine::calibration::{Head, HeadParameters, Side, Surface};
    use crate::engine::color::pixel_luminance;
    use crate::engine::editor::AnalysisImage;
    use crate::engine::face::PersonMask;
    use crate::engine::geometry::{Mm, PxPerMm};
    use std::rc::Rc;

    const SIZE: (usize, usize) = (440, 520);
    const PARAMETERS: HeadParameters = HeadParameters { length: Mm(195.0), camera: Mm(1000.0) };

    /// A head at two pixels a mm, darker towards its right and its edge, before a plain wall; with hair at its sides that stands out
    /// by 12 mm, or without.
    struct Scene {
        head: Head,
        surface: Surface,
        hair: HairMask,
        bald: Vec<u8>,
        hairy: AnalysisImage,
    }

    const SCALE: f64 = 2.0;

    fn px() -> PxPerMm {
        PxPerMm::new(SCALE).unwrap()
    }

    impl Scene {
        fn new(bare: f64) -> Self {
            Self::before(bare, |_| 1.0)
        }

        fn before(bare: f64, wall: impl Fn((f64, f64)) -> f64) -> Self {
            let usual = Head::usual(Side::Front, (SIZE.0 as f64, SIZE.1 as f64), px(), &PARAMETERS);
            let head = Head { centre: usual.centre.moved(0.0, -20.0), ..usual };
            let surface = Surface::of_head(&head, px(), None, &PARAMETERS);
            let places = || (0..SIZE.0 * SIZE.1).map(|at| ((at % SIZE.0) as f64 + 0.5, (at / SIZE.0) as f64 + 0.5));
            let shares = |(x, y)| head.shares(PhotoPoint::new(x, y));
            let skin = |place: (f64, f64)| {
                let (right, up) = shares(place);
                let out = right * right + if up > 0.0 { up * up } else { 0.0 };
                let light = 0.5 * (1.0 - 0.3 * right) * (0.6 + 0.4 * (1.0 - out).max(0.0).sqrt());
                let chance = f64::from((place.0 as u32 * 7919 + place.1 as u32 * 104_729) % 101) / 101.0 - 0.5;
                let light = light * (1.0 + 0.05 * chance);
                (out < 1.0).then_some([light, light * 0.7, light * 0.5])
            };
            let is_hair = |place: (f64, f64)| {
                let (right, up) = shares(place);
                let out = (12.0 * SCALE) / head.half_width;
                let within = right.abs() < (1.0 - (up * up).min(1.0)).sqrt() + out;
                right.abs() > bare && within && (-0.2..0.8).contains(&up)
            };
            let picture = |hairy: bool| -> Vec<u8> {
                let colour = |place| match (hairy && is_hair(place), skin(place)) {
                    (true, _) => [0.03, 0.02, 0.02],
                    (false, Some(skin)) => skin,
                    (false, None) => [0.25, 0.32, 0.38].map(|light| light * wall(place)),
                };
                places()
                    .flat_map(|place| [colour(place).map(|light| byte_of(light as f32)).to_vec(), vec![255]].concat())
                    .collect()
            };
            let hair = HairMask {
                shares: places().map(|place| if is_hair(place) { 255 } else { 0 }).collect(),
                columns: SIZE.0,
                rows: SIZE.1,
                zoom: 1.0,
            };
            Self { head, surface, hair, bald: picture(false), hairy: AnalysisImage::new(picture(true), SIZE.0, 1.0) }
        }

        /// The same with a person seen where it is.
        fn seen_as_person(self) -> Self {
            self.with_ears(0.0)
        }

        /// The same with ears below hair that reach so far from the middle, in halves of the head.
        fn with_ears(mut self, out: f64) -> Self {
            let is_person = |at: PhotoPoint| {
                let (right, up) = self.head.shares(at);
                let is_ear = right.abs() < out && (-0.5..0.0).contains(&up);
                let is_head = right * right + up * up < 1.0 || right.abs() < 0.9 && up < 0.0;
                is_ear || is_head || self.hair.share(at) > 0.5
            };
            self.hairy.person = Some(Rc::new(PersonMask::drawn((SIZE.0 as f64, SIZE.1 as f64), is_person)));
            self
        }

        fn clipped(&self) -> Result<ClippedPhoto, ClippedError> {
            self.clipped_in(Detail::Whole)
        }

        fn clipped_beside(&self, ears: Option<&HairMask>) -> Result<ClippedPhoto, ClippedError> {
            self.clipped_to(&self.head.outline(72), (Detail::Whole, ears))
        }

        fn clipped_in(&self, detail: Detail) -> Result<ClippedPhoto, ClippedError> {
            self.clipped_to(&self.head.outline(72), (detail, None))
        }

        fn clipped_to(
            &self,
            silhouette: &[PhotoPoint],
            (detail, ears): (Detail, Option<&HairMask>),
        ) -> Result<ClippedPhoto, ClippedError> {
            let input = ClippedInput {
                ears,
                arms: &[],
                image: &self.hairy,
                hair: &self.hair,
                possible: None,
                silhouette,
                head: &self.head,
                surface: &self.surface,
                px_per_mm: px(),
                detail,
            };
            ClippedPhoto::new(&input, 5)
        }

        fn applied(&self) -> Vec<u8> {
            let mut pixels = self.hairy.pixels.clone();
            self.clipped().unwrap().apply(&mut pixels, PixelRect { x: 0, y: 0, width: SIZE.0, height: SIZE.1 }, 1.0);
            pixels
        }
    }

    fn light(pixels: &[u8], at: usize) -> f32 {
        pixel_luminance(*pixels[at * 4..].first_chunk::<3>().unwrap())
    }

    #[test]
    fn skin_and_wall_stand_where_hair_was() {
        let scene = Scene::new(0.7);
        let clipped = scene.applied();
        let mut differs: Vec<f64> = (0..SIZE.0 * SIZE.1)
            .filter(|at| scene.hair.shares[*at] > 0)
            .map(|at| f64::from((light(&clipped, at) / light(&scene.bald, at) - 1.0).abs()))
            .collect();
        differs.sort_by(f64::total_cmp);
        let at = |share: f64| differs[(differs.len() as f64 * share) as usize];
        assert!(at(0.5) < 0.06 && at(0.9) < 0.2, "{} {}", at(0.5), at(0.9));
    }

    #[test]
    fn skin_through_which_hair_is_seen_does_not_colour_what_is_new() {
        let mut scene = Scene::new(0.7);
        let beside = (0.7 - 5.5 * SCALE / scene.head.half_width)..0.7;
        let share = |at: usize| scene.head.shares(PhotoPoint::new((at % SIZE.0) as f64, (at / SIZE.0) as f64)).0.abs();
        for (at, pixel) in scene.hairy.pixels.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            if beside.contains(&share(at)) {
                let light = pixel_luminance([pixel[0], pixel[1], pixel[2]]);
                let [red, green, blue, alpha] = *pixel;
                let [red, green, blue] = [red, green, blue].map(|byte| byte_of((light_of(byte) + light) / 2.0));
                *pixel = [red, green, blue, alpha];
            }
        }
        let clipped = scene.applied();
        let is_new = |at: &usize| scene.hair.shares[*at] > 0 && (0.72..0.85).contains(&share(*at));
        let redness = |pixels: &[u8]| {
            let sum = |channel: usize| -> f32 {
                (0..SIZE.0 * SIZE.1).filter(is_new).map(|at| light_of(pixels[at * 4 + channel])).sum()
            };
            sum(0) / sum(2)
        };
        let (seen, bald) = (redness(&clipped), redness(&scene.bald));
        assert!((seen / bald - 1.0).abs() < 0.05, "red over blue: {seen}, of the bald head {bald}");
    }

    /// By which share 95 of 100 places of the wall where hair was are off at most.
    fn wall_off(scene: &Scene, clipped: &ClippedPhoto) -> f32 {
        let mut pixels = scene.hairy.pixels.clone();
        clipped.apply(&mut pixels, PixelRect { x: 0, y: 0, width: SIZE.0, height: SIZE.1 }, 1.0);
        let is_wall = |at: &usize| {
            let at = PhotoPoint::new((at % SIZE.0) as f64 + 0.5, (at / SIZE.0) as f64 + 0.5);
            clipped.skin_share(at) == 0.0
        };
        let hair = (0..SIZE.0 * SIZE.1).filter(|at| scene.hair.shares[*at] > 0).filter(is_wall);
        let mut off: Vec<f32> = hair.map(|at| (light(&pixels, at) / light(&scene.bald, at) - 1.0).abs()).collect();
        off.sort_by(f32::total_cmp);
        off[off.len() * 95 / 100]
    }

    #[test]
    fn lines_of_a_wall_go_on_where_hair_was() {
        let scene = Scene::before(0.7, tiled);
        let clipped = scene.clipped().unwrap();
        assert!(wall_off(&scene, &clipped) < 0.1, "{}", wall_off(&scene, &clipped));
        assert_eq!(clipped.samples(SIZE)[1], None, "the photo has no more to show");
    }

    /// Two rails of 4 mm.
    fn railed(place: (f64, f64)) -> f64 {
        railed_by(0.4)(place)
    }

    /// The same, of so much of the wall's light.
    fn railed_by(light: f64) -> impl Fn((f64, f64)) -> f64 {
        move |(_, y)| if (150.0..158.0).contains(&y) || (230.0..238.0).contains(&y) { light } else { 1.0 }
    }

    #[test]
    fn single_lines_of_a_wall_go_on_or_it_is_refused() {
        for scene in [Scene::before(0.7, railed), Scene::before(0.7, railed).seen_as_person()] {
            if let Ok(clipped) = scene.clipped() {
                assert!(wall_off(&scene, &clipped) < 0.1, "{}", wall_off(&scene, &clipped));
            }
        }
    }

    #[test]
    fn lines_that_end_where_nobody_knows_wall_from_ears_are_refused() {
        // No person is told: beside ears no wall is known, but the photo shows the lower rail there.
        let scene = Scene::before(0.7, railed);
        for detail in [Detail::Rough, Detail::Whole] {
            assert_eq!(scene.clipped_in(detail).err(), Some(ClippedError::BusyWall), "{detail:?}");
        }
    }

    #[test]
    fn faint_ends_of_lines_count_by_how_much_they_are_seen() {
        // 27 mm of borders are seen here.
        assert_eq!(Scene::before(0.7, railed_by(0.75)).clipped().err(), Some(ClippedError::BusyWall));
        let fainter = Scene::before(0.7, railed_by(0.8)).clipped().unwrap();
        assert!(fainter.patches.is_none(), "it has no edges");
    }

    #[test]
    fn a_dented_outline_is_refused_before_a_busy_wall_alone() {
        let of = |scene: Scene| {
            let mut outline = scene.head.outline(72);
            let is_dent = |point: &PhotoPoint| {
                let (right, up) = scene.head.shares(*point);
                right > 0.0 && (0.3..0.5).contains(&up)
            };
            outline.iter_mut().filter(|point| is_dent(point)).for_each(|point| *point = point.moved(-8.0, 0.0));
            scene.clipped_to(&outline, (Detail::Whole, None)).err()
        };
        assert_eq!((of(Scene::before(0.7, tiled)), of(Scene::new(0.7))), (Some(ClippedError::BusyWall), None));
    }

    #[test]
    fn ears_that_would_be_cut_are_refused_before_a_busy_wall_alone() {
        let of = |scene: Scene| scene.clipped().err();
        assert_eq!(of(Scene::before(0.7, tiled).seen_as_person()), None);
        assert_eq!(of(Scene::before(0.7, tiled).with_ears(1.2)), Some(ClippedError::BusyWall));
        assert_eq!(of(Scene::new(0.7).with_ears(1.2)), None, "an even wall");
    }

    #[test]
    fn a_rough_picture_is_made_before_even_walls_alone() {
        let rough = |scene: Scene| scene.clipped_in(Detail::Rough).err();
        assert_eq!(rough(Scene::new(0.7)), None);
        assert_eq!(rough(Scene::before(0.7, checked)), Some(ClippedError::BusyWall));
    }

    #[test]
    fn a_tint_changes_the_colour_of_skin_and_not_its_light() {
        let scene = Scene::new(0.7);
        let mut clipped = scene.clipped().unwrap();
        let before = clipped.skin.0.clone();
        let left = scene.head.centre.x;
        clipped.tint([0.1; 3], |place| if place.x < left { 0.5 } else { 0.0 });
        let frame = before.frame;
        for (at, (before, after)) in before.values.iter().zip(&clipped.skin.0.values).enumerate() {
            assert!((luminance(*before) - luminance(*after)).abs() < 1e-4, "{before:?} {after:?}");
            let is_left = frame.middle(at % frame.columns, at / frame.columns).x < left;
            let redness = |light: &[f32; 3]| light[0] - light[2];
            let expected = redness(before) * if is_left { 0.5 } else { 1.0 };
            assert!((redness(after) - expected).abs() < 1e-4, "{before:?} {after:?}");
        }
        clipped.tint([0.0; 3], |_| 1.0);
        assert!(clipped.skin.0.values.iter().flatten().all(|light| light.is_finite()), "black hair has no colour");
    }

    /// Checks of 10 mm.
    fn checked((x, y): (f64, f64)) -> f64 {
        if (x / 20.0).fract() < 0.4 || (y / 20.0).fract() < 0.4 { 0.6 } else { 1.0 }
    }

    fn tiled((x, y): (f64, f64)) -> f64 {
        if (x / 40.0).fract() < 0.1 || (y / 40.0).fract() < 0.1 { 0.5 } else { 1.0 }
    }

    /// Checks of 10 mm that are so dark that nobody sees them.
    fn dark((x, y): (f64, f64)) -> f64 {
        if checked((x, y)) < 1.0 { 0.01 } else { 0.02 }
    }

    #[test]
    fn ears_that_would_be_cut_are_refused_before_a_soft_wall() {
        assert_eq!(Scene::before(0.7, dark).with_ears(1.3).clipped().err(), Some(ClippedError::BusyWall));
    }

    #[test]
    fn single_hairs_before_a_busy_wall_go() {
        let mut scene = Scene::before(0.7, tiled);
        // Lines of a pixel to the right, for 12 mm from where the mask ends.
        let rows = [150, 172, 190];
        let mut strand = Vec::new();
        for row in rows {
            let end = (0..SIZE.0).rev().find(|column| scene.hair.shares[row * SIZE.0 + column] > 0).unwrap();
            strand.extend((end..end + 24).map(|column| row * SIZE.0 + column));
        }
        strand.iter().for_each(|at| scene.hairy.pixels[at * 4..at * 4 + 3].fill(40));
        let clipped = scene.applied();
        let off = |at: &usize| f64::from((light(&clipped, *at) / light(&scene.bald, *at) - 1.0).abs());
        let seen = strand.iter().filter(|at| off(at) > 0.2).count();
        assert!(seen * 20 < strand.len(), "{seen} of {}", strand.len());
    }

    #[test]
    fn outside_of_the_mask_and_its_rim_every_byte_stays() {
        stays_outside(&Scene::new(0.7));
    }

    #[test]
    fn before_a_busy_wall_they_stay_too() {
        let scene = Scene::before(0.7, tiled);
        assert!(scene.clipped().unwrap().patches.is_some());
        stays_outside(&scene);
    }

    fn stays_outside(scene: &Scene) {
        let clipped = scene.applied();
        let frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: SIZE.0, rows: SIZE.1 };
        let far = Layer::distances(frame, |column, row| scene.hair.shares[row * SIZE.0 + column] > 0);
        let stays = |at: &usize| clipped[at * 4..at * 4 + 4] == scene.hairy.pixels[at * 4..at * 4 + 4];
        let changed = (0..SIZE.0 * SIZE.1).filter(|at| !stays(at));
        let reach = changed.map(|at| f64::from(far.values[at])).fold(0.0, f64::max);
        assert!(reach > 4.0 && reach < 6.5 * SCALE, "{reach}");
    }

    #[test]
    fn what_is_seen_of_an_ear_beside_hair_stays_but_for_a_narrow_rim() {
        let scene = Scene::new(0.7);
        let shares = scene.hair.shares.iter().map(|hair| 255 - hair).collect();
        let ears = HairMask { shares, ..scene.hair.clone() };
        let reach = |ears: Option<&HairMask>| {
            let clipped = scene.clipped_beside(ears).unwrap();
            // Beside the lowest hair that stands out from the head.
            let steps = (0..20 * SCALE as i32).map(|step| scene.head.on_outline(1.0, 0.3).moved(f64::from(step), 0.0));
            let beyond = steps.skip_while(|at| scene.hair.share(*at) > 0.0);
            beyond.take_while(|at| clipped.replaced(*at) > 0.0).count() as f64 / SCALE
        };
        let (free, held) = (reach(None), reach(Some(&ears)));
        assert!(free > 4.0 && held < 3.0, "{free} and {held} mm");
    }

    #[test]
    fn strips_are_the_picture_at_every_zoom() {
        let clipped = Scene::new(0.7).clipped().unwrap();
        for zoom in [0.5, 1.0, 2.0] {
            let (width, height) = ((SIZE.0 as f64 * zoom) as usize, (SIZE.1 as f64 * zoom) as usize);
            let blank = |rows: usize| [90, 80, 70, 255].repeat(width * rows);
            let mut whole = blank(height);
            clipped.apply(&mut whole, PixelRect { x: 0, y: 0, width, height }, zoom);
            let (top, rows, left) = (height / 4, 50, 30);
            let rect = PixelRect { x: left, y: top as i32, width: width - left as usize, height: rows };
            let mut strip = [90, 80, 70, 255].repeat(rect.width * rows);
            clipped.apply(&mut strip, rect, zoom);
            for row in 0..rows {
                let from = ((top + row) * width + left as usize) * 4;
                assert_eq!(
                    strip[row * rect.width * 4..][..rect.width * 4],
                    whole[from..][..rect.width * 4],
                    "{zoom} {row}"
                );
            }
        }
    }

    #[test]
    fn what_cannot_be_told_is_refused() {
        let scene = Scene::new(0.7);
        let bald = HairMask { shares: vec![0; scene.hair.shares.len()], ..scene.hair.clone() };
        assert_eq!(Scene { hair: bald, ..Scene::new(0.7) }.clipped().err(), Some(ClippedError::NoHair));
        assert_eq!(Scene::new(-0.1).clipped().err(), Some(ClippedError::NoSkin));
        assert_eq!(Scene::before(0.7, checked).clipped().err(), Some(ClippedError::BusyWall), "checks of 10 mm");
        assert_eq!(Scene::before(0.7, tiled).clipped().err(), None, "what goes on by a rule");
        let by_chance = |(x, y): (f64, f64)| {
            let place = (x / 26.0) as u32 * 7919 + (y / 26.0) as u32 * 104_729;
            if place.wrapping_mul(0x9e37_79b1) >> 31 == 0 { 0.1 } else { 2.4 }
        };
        assert_eq!(Scene::before(0.7, by_chance).clipped().err(), Some(ClippedError::BusyWall));
        assert_eq!(Scene::before(0.7, |(x, _)| 0.7 + x * 0.001).clipped().err(), None, "a wall lighter to one side");
    }

    #[test]
    fn hair_that_was_taken_for_skin_in_shade_is_refused() {
        let with_patch = |side: f64, light: f64| {
            let mut scene = Scene::new(0.7);
            let middle = scene.head.on_outline(0.0, 0.6);
            for (at, pixel) in scene.hairy.pixels.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                let (x, y) = ((at % SIZE.0) as f64 + 0.5 - middle.x, (at / SIZE.0) as f64 + 0.5 - middle.y);
                if x.abs().max(y.abs()) < side / 2.0 * SCALE {
                    let [red, green, blue, alpha] = *pixel;
                    let [red, green, blue] = [red, green, blue].map(|byte| byte_of(light_of(byte) * light as f32));
                    *pixel = [red, green, blue, alpha];
                }
            }
            scene.clipped().err()
        };
        assert_eq!([with_patch(32.0, 0.35), with_patch(32.0, 1.9)], [Some(ClippedError::NoSkin); 2]);
        assert_eq!([with_patch(15.0, 0.35), with_patch(32.0, 0.85)], [None; 2], "a spot, and a shadow");
    }
}
