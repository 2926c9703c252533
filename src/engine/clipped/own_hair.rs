//! The visitor's own hair in a photo: sides, fringe, nape and thin strands on top.

use super::arm::Arm;
use super::cells::Cells;
use super::glasses::arms;
use super::hair_mask::HairMask;
use super::head_edge::{MetHead, head_edge, sharpest_spike};
use super::refusal::ClippedRefusal;
use super::seen_hair::SeenHair;
use super::zones::Zones;
use crate::engine::calibration::Side;
use crate::engine::catalog::Parameters;
use crate::engine::design::View;
use crate::engine::editor::AnalysisImage;
use crate::engine::face::FoundFace;
use crate::engine::geometry::{PhotoPoint, Polygon};

/// Where the outline has a spike of more than so many mm, things behind the head are taken for it (chosen on drawn heads and portraits).
const SPIKE_MM: f64 = 12.0;
/// Shoulders and clothes beside a head that is seen from above were taken for its skin where its outline is met beyond this multiple of
/// the skull's, as far as no ear reaches, on more of its 180 rays (scans: on none; a head on a pink shirt: on 77).
const ABOVE_WITHIN: f64 = 1.35;
const MOST_BEYOND: usize = 6;
/// How often looks are learned anew at most, where hair stands out that was taken for skin.
const LEARNED_ANEW: usize = 3;
/// An outline that leaves a skull's form by more than this is none, mm: hair was taken for skin or background. Of portraits of officials
/// in the public domain good outlines left it by up to 4.5 mm, bad ones by 5.5 and more.
const MAX_UNEVEN: f64 = 5.0;

/// The visitor's own hair in a photo.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnHair {
    /// What is to be replaced: the hair with its soft rim and a margin around.
    pub mask: HairMask,
    /// The hair alone: where stubble is to be.
    pub hair: HairMask,
    /// Where the head would end if the hair were clipped: a closed outline in photo pixels, clockwise.
    pub silhouette: Vec<PhotoPoint>,
    /// Skin that is seen where ears are, which stays as it is.
    pub ears: HairMask,
    /// Where hair hides ears: no stubble is there.
    pub hidden_ears: HairMask,
    /// Arms of glasses over hair, which stay as well.
    pub arms: Vec<Arm>,
    /// Where hair may be at all: not on brows and on the face below them.
    pub possible: HairMask,
}

/// Finds the visitor's own hair in the photo of a view. The face's points make it surer where a face was found.
///
/// # Errors
/// When there is none to be clipped, or no head without it can be told.
pub fn find_own_hair(
    image: &AnalysisImage,
    view: &View,
    parameters: &Parameters,
    face: Option<&FoundFace>,
) -> Result<OwnHair, ClippedRefusal> {
    let zones = Zones::new(image.person.as_deref(), view, parameters, face);
    if zones.head.is_guess() {
        return Err(ClippedRefusal::NoHead);
    }
    let cells = Cells::new(image, zones.part(), zones.px_per_mm).ok_or(ClippedRefusal::NoHead)?;
    let (mut seen, mut looks) = SeenHair::new(cells, &zones).ok_or(ClippedRefusal::NoSkin)?;
    if looks.skin.is_grey() {
        return Err(ClippedRefusal::NoColor);
    }
    let edge =
        |seen: &SeenHair, hair: &[f32]| head_edge(&zones, &View::head_parameters(parameters), |at| seen.met(hair, at));
    let mut hair = seen.cleaned();
    let mut head = edge(&seen, &hair);
    for _ in 0..LEARNED_ANEW {
        if head.beyond.is_empty() {
            break;
        }
        looks = seen.learn_hair(&head.beyond, &zones).ok_or(ClippedRefusal::NoSkin)?;
        hair = seen.cleaned();
        head = edge(&seen, &hair);
    }
    if let Some(refusal) = seen.refusal(&hair, &looks, &zones, &head.skull) {
        return Err(refusal);
    }
    if head.uneven > MAX_UNEVEN {
        return Err(ClippedRefusal::NoHead);
    }
    if sharpest_spike(&zones, &head.outline) > SPIKE_MM || goes_on_beside(&zones, &head.outline) {
        return Err(ClippedRefusal::BusyWall);
    }
    let mask = seen.with_margin(&hair);
    let on_image = |values: &[f32]| on_image(&seen.cells, values, image);
    let found = on_image(&hair);
    Ok(OwnHair {
        arms: arms(image, &found, &zones, &head.outline),
        hair: found,
        mask: on_image(&mask),
        ears: on_image(&seen.ears(&hair)),
        hidden_ears: on_image(&hidden_ears(&seen.cells, &hair, &head)),
        possible: on_image(&seen.possible()),
        silhouette: head.outline,
    })
}

/// Whether what is beside a head that is seen from above was taken for it.
fn goes_on_beside(zones: &Zones, outline: &[PhotoPoint]) -> bool {
    let is_beyond = |point: &&PhotoPoint| {
        let (right, up) = zones.shares(**point);
        right * right + up * up > ABOVE_WITHIN * ABOVE_WITHIN
    };
    zones.head.side == Side::Top && outline.iter().filter(is_beyond).count() > MOST_BEYOND
}

/// 1 in each cell with hair that lies inside of the head's outline, but outside of its skull.
fn hidden_ears(cells: &Cells, hair: &[f32], head: &MetHead) -> Vec<f32> {
    let [outline, skull] = [&head.outline, &head.skull].map(|corners| Polygon::new(corners.clone()));
    let is_ear = |at: PhotoPoint| !skull.contains(at) && outline.contains(at);
    let each = hair.iter().enumerate();
    each.map(|(place, hair)| if *hair > 0.0 && is_ear(cells.middle(place)) { 1.0 } else { 0.0 }).collect()
}

/// Values of cells as a mask over a whole image.
fn on_image(cells: &Cells, values: &[f32], image: &AnalysisImage) -> HairMask {
    let (columns, rows) = (image.width, image.pixels.len() / 4 / image.width.max(1));
    let share = |place: usize| {
        let (column, row) = ((place % columns) as f64, (place / columns) as f64);
        let at = PhotoPoint::new((column + 0.5) / image.zoom, (row + 0.5) / image.zoom);
        (cells.mixed(values, at).clamp(0.0, 1.0) * 255.0 + 0.5) as u8
    };
    HairMask { shares: (0..columns * rows).map(share).collect(), columns, rows, zoom: image.zoom }
}

#[cfg(test)]
mod tests {
    use super::super::clip_found;
    use super::super::drawn::{
        DARK_DARK, Drawn, EARS, Ellipse, FACE, LIGHT_BLOND, LIGHT_DARK, LIGHT_GREY, LONG_SKULL, PROFILE_EAR, Palette,
        SKULL, SKULL_FROM_ABOVE, in_photo, noise, on_head, places, sides, view,
    };
    use super::*;
    use crate::engine::face::PersonMask;
    use std::rc::Rc;

    type Place = (f64, f64);

    fn found(palette: Palette, rough: f64, hair: &dyn Fn(Place) -> bool) -> Result<OwnHair, ClippedRefusal> {
        let image = Drawn { side: Side::Front, palette, hair, rough }.image();
        find_own_hair(&image, &view(Side::Front, 8.0), &Parameters::default(), None)
    }

    /// How much of both the drawn and the found hair is in both.
    fn overlap(found: &OwnHair, hair: &dyn Fn(Place) -> bool) -> f64 {
        let (mut both, mut either) = (0.0, 0.0);
        for (at, place) in places() {
            let (is_drawn, is_found) = (hair(place), found.hair.share(at) > 0.5);
            both += f64::from(u8::from(is_drawn && is_found));
            either += f64::from(u8::from(is_drawn || is_found));
        }
        both / either
    }

    #[test]
    fn hair_of_every_colour_is_found_and_ears_brows_and_face_are_left() {
        for (name, palette) in
            [("dark", LIGHT_DARK), ("grey", LIGHT_GREY), ("blond", LIGHT_BLOND), ("dark on dark skin", DARK_DARK)]
        {
            let hair = sides(8.0);
            let own = found(palette, 0.5, &hair).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
            let overlap = overlap(&own, &hair);
            assert!(overlap > 0.9, "{name}: {overlap}");
            let replaced = |is_in: &dyn Fn(Place) -> bool| {
                let inside: Vec<PhotoPoint> = places().filter(|(_, place)| is_in(*place)).map(|(at, _)| at).collect();
                inside.iter().filter(|at| own.mask.share(**at) > 0.5).count() as f64 / inside.len() as f64
            };
            let ears = replaced(&|place| !hair(place) && EARS.iter().any(|ear| ear.has(place)));
            let face = replaced(&|place| FACE.grown(-10.0).has(place) && place.1 < 24.0);
            assert!(ears < 0.03 && face == 0.0, "{name}: {ears} of the ears, {face} of the face");
            let whole = replaced(&hair);
            assert!(whole > 0.99, "{name}: {whole} of the hair is replaced");
        }
    }

    #[test]
    fn skin_of_ears_is_told_from_hair_and_from_the_wall_and_the_face() {
        let own = found(LIGHT_DARK, 0.5, &sides(8.0)).unwrap();
        let is_ear = |place: Place| own.ears.share(in_photo(place)) > 0.5;
        for aside in [-1.0, 1.0] {
            assert!(is_ear((aside * 80.0, -10.0)) && is_ear((aside * 78.0, 10.0)), "{aside}: an ear");
            assert!(!is_ear((aside * 70.0, 30.0)) && !is_ear((aside * 100.0, -10.0)), "{aside}: hair and wall");
            assert!(!is_ear((aside * 30.0, -20.0)) && !is_ear((aside * 30.0, 60.0)), "{aside}: face and forehead");
        }
    }

    #[test]
    fn strands_on_the_top_are_found_and_a_mole_is_not() {
        let strands =
            |(x, y): Place| SKULL.has((x, y)) && y > 70.0 && x.abs() < 40.0 && (x * 0.125 - (x * 0.125).floor()) < 0.2;
        let mole = |(x, y): Place| (x - 10.0) * (x - 10.0) + (y - 50.0) * (y - 50.0) < 2.5;
        let hair = |place: Place| sides(8.0)(place) || strands(place) || mole(place);
        let own = found(LIGHT_DARK, 0.3, &hair).unwrap();
        let inside: Vec<PhotoPoint> =
            places().filter(|(_, place)| strands(*place) && SKULL.grown(-6.0).has(*place)).map(|(at, _)| at).collect();
        let covered = inside.iter().filter(|at| own.mask.share(**at) > 0.5).count() as f64 / inside.len() as f64;
        assert!(covered > 0.9, "{covered} of the strands");
        assert_eq!(own.mask.share(in_photo((10.0, 50.0))), 0.0);
    }

    #[test]
    fn an_ear_whose_top_hair_hides_has_an_arch_without_stubble() {
        let hair = |(x, y): Place| SKULL.grown(16.0).has((x, y)) && x.abs() > 56.0 && (2.0..78.0).contains(&y);
        let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
        let (seen, parameters) = (view(Side::Front, 16.0), Parameters::default());
        let own = find_own_hair(&image, &seen, &parameters, None).unwrap();
        let outline = Polygon::new(own.silhouette.clone());
        let (_, clipped) = clip_found(&image, own.clone(), (&seen, &parameters), 1).unwrap();
        for aside in [-1.0, 1.0] {
            let at = |x: f64, y: f64| in_photo((aside * x, y));
            let edge = |y: f64| f64::from((0..120).rev().find(|x| outline.contains(at(f64::from(*x), y))).unwrap());
            let (top, over) = (edge(4.0), edge(20.0));
            assert!(top > over + 3.0 && top > 83.0, "{aside}: the ear ends {top} mm aside, the skull over it {over}");
            assert!(edge(8.0) < top && edge(8.0) > over, "{aside}: no arch: {}", edge(8.0));
            let [ear, beside] = [at((top + over) / 2.0, 5.0), at(over - 6.0, 5.0)];
            assert!(own.mask.share(ear) > 0.5, "{aside}: hair is left on the ear");
            assert_eq!(clipped.hair.share(ear), 0.0, "{aside}: stubble on the ear");
            assert!(clipped.hair.share(beside) > 0.5, "{aside}: none beside it: {}", clipped.hair.share(beside));
        }
    }

    #[test]
    fn a_margin_around_the_hair_is_replaced_too() {
        let hair = sides(8.0);
        let own = found(LIGHT_DARK, 0.5, &hair).unwrap();
        for (place, is_replaced) in
            [((-55.0, 50.0), true), ((-51.5, 50.0), false), ((55.0, 50.0), true), ((0.0, 50.0), false)]
        {
            let share = own.mask.share(in_photo(place));
            assert_eq!(share > 0.5, is_replaced, "{place:?}: {share}");
        }
        assert!(own.hair.share(in_photo((-55.0, 50.0))) < 0.5, "the margin is no hair");
    }

    #[test]
    fn the_silhouette_goes_on_under_the_hair() {
        for thick in [3.0, 8.0, 14.0] {
            let hair = sides(thick);
            let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
            let own = find_own_hair(&image, &view(Side::Front, thick), &Parameters::default(), None).unwrap();
            let outline = Polygon::new(own.silhouette.clone());
            for degrees in (-100..=100).step_by(4) {
                let (sine, cosine) = f64::from(degrees).to_radians().sin_cos();
                let edge = |by: f64| {
                    let skull = SKULL.grown(by);
                    in_photo((skull.at.0 + skull.half.0 * sine, skull.at.1 + skull.half.1 * cosine))
                };
                if cosine > 0.1 && hair((SKULL.at.0 + SKULL.half.0 * sine, SKULL.at.1 + SKULL.half.1 * cosine)) {
                    assert!(outline.contains(edge(-4.0)), "{thick} mm, {degrees}: it cuts into the skull");
                    assert!(!outline.contains(edge(2.5)), "{thick} mm, {degrees}: it stands off");
                } else if cosine > 0.6 {
                    assert!(outline.contains(edge(-1.0)) && !outline.contains(edge(1.5)), "{thick} mm, {degrees}");
                }
            }
            for (at, place) in places() {
                let is_face = FACE.grown(-1.0).has(place) && place.1 > -60.0;
                assert!(!is_face || outline.contains(at), "{thick} mm: {place:?} of the face is cut off");
            }
        }
    }

    /// A head before a rail of skin's colour beside one ear, 6 mm broad, that stands out over it by so many mm and is taken for the person.
    fn before_rail(out: f64) -> AnalysisImage {
        let hair = sides(8.0);
        let mut image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
        let is_rail =
            |(x, y): Place| (5.0..11.0).contains(&y) && (70.0..EARS[1].at.0 + EARS[1].half.0 + out).contains(&x);
        let middle = |at: usize| PhotoPoint::new((at % image.width) as f64 + 0.5, (at / image.width) as f64 + 0.5);
        let rail: Vec<usize> = (0..image.pixels.len() / 4).filter(|at| is_rail(on_head(middle(*at)))).collect();
        rail.iter().for_each(|at| image.pixels[at * 4..at * 4 + 3].copy_from_slice(&[205, 160, 140]));
        let size = (image.width as f64, (image.pixels.len() / 4 / image.width) as f64);
        let person = image.person.take().unwrap();
        let is_person = |at: PhotoPoint| is_rail(on_head(at)) || person.share(at).is_some_and(|share| share > 0.5);
        image.person = Some(Rc::new(PersonMask::drawn(size, is_person)));
        image
    }

    #[test]
    fn a_thing_behind_the_head_that_is_taken_for_it_is_refused() {
        for (out, refusal) in [(0.0, None), (5.0, None), (30.0, Some(ClippedRefusal::BusyWall))] {
            let found = find_own_hair(&before_rail(out), &view(Side::Front, 8.0), &Parameters::default(), None);
            assert_eq!(found.err(), refusal, "{out} mm");
        }
    }

    #[test]
    fn hair_over_ears_and_neck_is_refused() {
        let long = |(x, y): Place| {
            let is_cap = SKULL.grown(12.0).has((x, y)) && (y > 60.0 || x.abs() > 58.0 && y > 0.0);
            is_cap || (60.0..86.0).contains(&x.abs()) && (-110.0..20.0).contains(&y)
        };
        let to_jaw = |(x, y): Place| long((x, y)) && y > -40.0;
        for palette in [LIGHT_DARK, LIGHT_BLOND] {
            assert_eq!(found(palette, 0.5, &long).err(), Some(ClippedRefusal::LongHair), "{palette:?}");
            assert_eq!(found(palette, 0.5, &to_jaw).err(), None, "{palette:?}");
        }
    }

    /// The picture with another colour where something is.
    fn painted(image: &AnalysisImage, color: [u8; 3], is_there: &dyn Fn(Place) -> bool) -> AnalysisImage {
        let mut image = image.clone();
        let width = image.width;
        for (at, pixel) in image.pixels.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let place = on_head(PhotoPoint::new((at % width) as f64 + 0.5, (at / width) as f64 + 0.5));
            if is_there(place) {
                let fine = ((noise(at % width, at / width) - 0.5) * 12.0) as i16;
                let [red, green, blue] = color.map(|level| (i16::from(level) + fine).clamp(0, 255) as u8);
                *pixel = [red, green, blue, 255];
            }
        }
        image
    }

    /// Hair all over the top that stands up.
    fn quiff((x, y): Place) -> bool {
        let height = if (5.0..50.0).contains(&x) { 26.0 } else { 8.0 };
        SKULL.grown(height).has((x, y)) && (y > 66.0 || x.abs() > 58.0 && y > 16.0)
    }

    #[test]
    fn hair_in_the_colour_of_skin_that_stands_out_beyond_any_skull_is_found() {
        let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &quiff, rough: 0.5 }.image();
        let tuft = |(x, y): Place| (8.0..47.0).contains(&x) && y > 96.0 && quiff((x, y));
        let image = painted(&image, [176, 136, 112], &tuft);
        let own = find_own_hair(&image, &view(Side::Front, 8.0), &Parameters::default(), None).unwrap();
        let inside: Vec<PhotoPoint> = places().filter(|(_, place)| tuft(*place)).map(|(at, _)| at).collect();
        let covered = inside.iter().filter(|at| own.mask.share(**at) > 0.5).count() as f64 / inside.len() as f64;
        assert!(covered > 0.95, "{covered} of what stands out is replaced");
        let outline = Polygon::new(own.silhouette);
        for x in [10.0, 27.0, 45.0] {
            let top = SKULL.at.1 + SKULL.half.1 * (1.0 - (x / SKULL.half.0) * (x / SKULL.half.0)).sqrt();
            assert!(!outline.contains(in_photo((x, top + 6.0))), "{x} mm aside: a bump");
        }
    }

    #[test]
    fn an_outline_that_no_skull_has_is_refused() {
        let cap = |(x, y): Place| SKULL.grown(8.0).has((x, y)) && (y > 66.0 || x.abs() > 58.0 && y > 16.0);
        let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &cap, rough: 0.5 }.image();
        let found =
            |image: &AnalysisImage| find_own_hair(image, &view(Side::Front, 8.0), &Parameters::default(), None).err();
        assert_eq!(found(&image), None);
        // Hair at one side of the top looks like the wall.
        let dent = |(x, y): Place| x > 15.0 && y > 110.0 - x;
        let unseen = PersonMask::drawn((600.0, 720.0), |at| {
            let place = on_head(at);
            !dent(place) && (cap(place) || SKULL.has(place) || FACE.has(place))
        });
        let image = AnalysisImage { person: Some(Rc::new(unseen)), ..painted(&image, [114, 132, 144], &dent) };
        assert_eq!(found(&image), Some(ClippedRefusal::NoHead));
    }

    #[test]
    fn a_hat_is_refused_and_hair_of_that_form_is_not() {
        let cap = |(x, y): Place| SKULL.grown(6.0).has((x, y)) && y > 58.0;
        let cloth = |hair: [f64; 3]| Palette { hair, ..LIGHT_DARK };
        for (color, rough) in [([40.0, 60.0, 140.0], 0.05), ([170.0, 30.0, 40.0], 0.05), ([200.0, 196.0, 180.0], 0.02)]
        {
            assert_eq!(found(cloth(color), rough, &cap).err(), Some(ClippedRefusal::Hat), "{color:?}");
        }
        // Black hair before a blue wall, and grey hair in green light.
        let bluish = cloth([32.0, 31.0, 38.0]);
        let greenish = Palette { skin: [196.0, 168.0, 136.0], ..cloth([92.0, 102.0, 92.0]) };
        for palette in [LIGHT_DARK, LIGHT_GREY, LIGHT_BLOND, bluish, greenish] {
            let refusal = found(palette, 0.5, &cap).err();
            assert_eq!(refusal, None, "{palette:?}");
        }
    }

    #[test]
    fn nothing_to_clip_and_nothing_to_continue_from_are_refused() {
        assert_eq!(found(LIGHT_DARK, 0.5, &|_| false).err(), Some(ClippedRefusal::NoHair));
        let fringe = |(x, y): Place| SKULL.grown(8.0).has((x, y)) && y > 22.0;
        assert_eq!(found(LIGHT_DARK, 0.5, &fringe).err(), Some(ClippedRefusal::NoSkin));
        let mut unseen = view(Side::Front, 8.0);
        unseen.head.as_mut().unwrap().outline_unseen = true;
        let hair = sides(8.0);
        let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
        let found = find_own_hair(&image, &unseen, &Parameters::default(), None);
        assert_eq!(found.err(), Some(ClippedRefusal::NoHead));
    }

    /// The same head in other light: how much of each colour is left so far to the right, mm.
    fn lit(image: &AnalysisImage, left: impl Fn(f64) -> [f64; 3]) -> AnalysisImage {
        let mut image = image.clone();
        let (width, person) = (image.width, image.person.clone().unwrap());
        for (at, pixel) in image.pixels.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let at = PhotoPoint::new((at % width) as f64 + 0.5, (at / width) as f64 + 0.5);
            if person.share(at).is_some_and(|share| share > 0.5) {
                let left = left(on_head(at).0);
                pixel.iter_mut().zip(left).for_each(|(level, left)| *level = (f64::from(*level) * left) as u8);
            }
        }
        image
    }

    /// Shade on the right side of a head, redder than skin in light.
    fn shade(x: f64) -> [f64; 3] {
        let deep = ((x - 54.0) / 16.0).clamp(0.0, 1.0);
        [1.0 - 0.52 * deep, 1.0 - 0.66 * deep, 1.0 - 0.68 * deep]
    }

    #[test]
    fn a_shaved_head_in_side_light_has_nothing_to_clip_and_hair_in_that_light_has() {
        let found = |hair: &dyn Fn(Place) -> bool| {
            let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair, rough: 0.5 }.image();
            find_own_hair(&lit(&image, shade), &view(Side::Front, 0.0), &Parameters::default(), None)
        };
        assert_eq!(found(&|_| false).err(), Some(ClippedRefusal::NoHair));
        let fringe = |(x, y): Place| SKULL.grown(8.0).has((x, y)) && x.abs() > 62.0 && (14.0..50.0).contains(&y);
        assert_eq!(found(&fringe).err(), None);
    }

    /// A head with hair all over its top in a photo that ends so far over the hair, mm: how high its outline reaches, mm over the pupils.
    fn top_of_head(over: f64) -> Result<f64, ClippedRefusal> {
        let hair = |(x, y): Place| SKULL.grown(8.0).has((x, y)) && (y > 66.0 || x.abs() > 58.0 && y > 16.0);
        let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
        let cut = in_photo((0.0, SKULL.at.1 + SKULL.half.1 + 8.0 + over)).y as usize;
        let (lower, higher) =
            (|at: PhotoPoint| at.moved(0.0, cut as f64), |at: PhotoPoint| at.moved(0.0, -(cut as f64)));
        let pixels = image.pixels[cut * image.width * 4..].to_vec();
        let size = (image.width as f64, (pixels.len() / 4 / image.width) as f64);
        let person = image.person.clone().unwrap();
        let person = PersonMask::drawn(size, |at| person.share(lower(at)).is_some_and(|share| share > 0.5));
        let image = AnalysisImage { pixels, person: Some(Rc::new(person)), ..image };
        let mut view = view(Side::Front, 8.0);
        view.photo.as_mut().unwrap().height = size.1 as u32;
        let (head, marks) = (view.head.as_mut().unwrap(), view.calibration.as_mut().unwrap());
        (head.centre, marks.a, marks.b) = (higher(head.centre), higher(marks.a), higher(marks.b));
        let own = find_own_hair(&image, &view, &Parameters::default(), None)?;
        Ok(own.silhouette.iter().map(|point| on_head(lower(*point)).1).fold(0.0, f64::max))
    }

    #[test]
    fn a_photo_that_ends_right_over_the_hair_shows_the_head_as_well() {
        let far = top_of_head(20.0).unwrap();
        for over in [1.0, 2.0, 3.0] {
            let near = top_of_head(over);
            assert!(near.is_ok_and(|near| (near - far).abs() < 2.0), "{over} mm over the hair: {near:?}, else {far}");
        }
    }

    #[test]
    fn hair_that_the_photo_cuts_off_does_not_end_there() {
        let whole = top_of_head(20.0).unwrap();
        for under in [2.0, 4.0, 6.0] {
            let cut = top_of_head(-under);
            assert!(cut.is_ok_and(|cut| (cut - whole).abs() < 6.0), "{under} mm of it: {cut:?}, else {whole}");
        }
    }

    #[test]
    fn what_looks_like_hair_apart_from_the_head_stays() {
        let spot = Ellipse { at: (121.0, 60.0), half: (8.0, 14.0) };
        let hair = |place: Place| sides(8.0)(place) || spot.has(place);
        let own = found(LIGHT_DARK, 0.5, &hair).unwrap();
        assert_eq!(own.mask.share(in_photo(spot.at)), 0.0);
        assert!(own.mask.share(in_photo((70.0, 40.0))) > 0.5, "hair at the side goes");
    }

    #[test]
    fn a_picture_in_grey_is_refused() {
        let hair = sides(8.0);
        let mut image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
        for pixel in image.pixels.as_chunks_mut::<4>().0 {
            let [red, green, blue, _] = pixel.map(u32::from);
            let grey = ((213 * red + 715 * green + 72 * blue) / 1000) as u8;
            *pixel = [grey, grey, grey, 255];
        }
        let found = find_own_hair(&image, &view(Side::Front, 8.0), &Parameters::default(), None);
        assert_eq!(found.err(), Some(ClippedRefusal::NoColor));
    }

    /// Hair as it is left on bald heads that are seen from elsewhere.
    fn rest(side: Side) -> impl Fn(Place) -> bool {
        move |(x, y)| match side {
            Side::Front => sides(8.0)((x, y)),
            Side::Back => SKULL.grown(5.0).has((x, y)) && (-44.0..62.0).contains(&y),
            Side::Left | Side::Right => {
                let is_there =
                    LONG_SKULL.grown(6.0).has((x, y)) && x < 32.0 && (-30.0 + (x + 60.0) * 0.45..66.0).contains(&y);
                is_there && !PROFILE_EAR.grown(3.0).has((x, y))
            }
            Side::Top => {
                let bald = Ellipse { at: (0.0, -12.0), half: (48.0, 72.0) };
                SKULL_FROM_ABOVE.grown(5.0).has((x, y)) && !bald.has((x, y)) && y > -45.0
            }
        }
    }

    #[test]
    fn shoulders_reach_farther_beside_a_head_from_above_than_ears() {
        let goes_on = |side: Side, reach: f64, rays: usize| {
            let drawn = view(side, 0.0);
            let zones = Zones::new(None, &drawn, &Parameters::default(), None);
            let point = |ray: usize| {
                let (right, up) = (ray as f64 * 2.0).to_radians().sin_cos();
                let share = if ray < rays { reach } else { 1.0 };
                zones.head.on_outline(right * share, up * share)
            };
            goes_on_beside(&zones, &(0..180).map(point).collect::<Vec<_>>())
        };
        assert!(goes_on(Side::Top, 1.5, MOST_BEYOND + 1), "shoulders");
        assert!(!goes_on(Side::Top, 1.5, MOST_BEYOND), "a single thing");
        assert!(!goes_on(Side::Top, 1.3, 40), "ears");
        assert!(!goes_on(Side::Back, 1.5, 40), "a neck");
    }

    #[test]
    fn hair_is_found_from_every_side() {
        for (side, palette) in
            Side::ALL.into_iter().flat_map(|side| [(side, LIGHT_DARK), (side, LIGHT_GREY), (side, DARK_DARK)])
        {
            let hair = rest(side);
            let image = Drawn { side, palette, hair: &hair, rough: 0.5 }.image();
            for person in [image.person.clone(), None] {
                let image = AnalysisImage { person, ..image.clone() };
                let own = find_own_hair(&image, &view(side, 5.0), &Parameters::default(), None);
                let own = own.unwrap_or_else(|refusal| panic!("{side:?} {palette:?}: {refusal:?}"));
                let overlap = overlap(&own, &|(x, y)| hair((if side == Side::Left { -x } else { x }, y)));
                assert!(overlap > 0.95, "{side:?} {palette:?}: {overlap}");
            }
        }
    }

    #[test]
    fn hair_from_the_side_that_was_not_found_as_a_whole_is_refused() {
        let (seen, parameters) = (view(Side::Right, 5.0), Parameters::default());
        let hair = rest(Side::Right);
        let image = Drawn { side: Side::Right, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
        let found = |image: &AnalysisImage| find_own_hair(image, &seen, &parameters, None).map(drop);
        // Where no hair of a head from the side is looked for: before the ear.
        let before_ear =
            |broad: f64| move |(x, y): Place| (14.0..14.0 + broad).contains(&x) && (-26.0..4.0).contains(&y);
        assert_eq!(found(&painted(&image, [58, 45, 38], &before_ear(30.0))), Err(ClippedRefusal::Unsure));
        assert_eq!(found(&painted(&image, [58, 45, 38], &before_ear(5.0))), Ok(()), "no more than folds of an ear");
        assert_eq!(found(&painted(&image, [170, 132, 112], &before_ear(30.0))), Ok(()), "a shadow");
    }

    #[test]
    fn what_is_much_lighter_than_skin_is_refused_from_the_side() {
        let (seen, parameters) = (view(Side::Right, 5.0), Parameters::default());
        let of = |palette: Palette| {
            let image = Drawn { side: Side::Right, palette, hair: &rest(Side::Right), rough: 0.5 }.image();
            let found = find_own_hair(&image, &seen, &parameters, None);
            found.and_then(|found| clip_found(&image, found, (&seen, &parameters), 1)).map(drop)
        };
        assert_eq!(of(LIGHT_GREY), Ok(()));
        assert_eq!(of(Palette { hair: [232.0, 226.0, 220.0], ..DARK_DARK }), Err(ClippedRefusal::Unsure));
    }
}
