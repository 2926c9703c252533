//! How much of each place of the photo is replaced: hair and a rim around it, and strands that stand out from it.

use super::layer::Layer;
use super::sight::{Sight, step};
use super::skin::Skin;
use super::wall::Wall;
use crate::engine::calibration::Side;
use crate::engine::color::luminance;
use crate::engine::geometry::{PhotoPoint, median};

/// From which height of the head on (in halves of its outline) strands are looked for over skin: lower down brows and ears are as
/// dark, or necks lie in shadow.
const STRAYS_FROM: f64 = 0.0;
const STRAYS_FROM_ELSEWHERE: f64 = -0.35;
/// Beside ears they are looked for over the wall from this distance from the middle on.
const BESIDE_EARS: f64 = 1.25;
/// And nearer, so far from skin that is seen where ears are, mm: what is as sure as this.
const FROM_EARS_MM: f32 = 3.0;
const EAR: f64 = 0.25;
/// How near to hair strands are looked for over the wall, mm.
const STRAY_MM: f32 = 20.0;
/// They differ from it by at least this share of it, and by so many times what the wall itself does.
const STRAY_DIFFERS: f32 = 0.05;
const STRAY_TIMES: f32 = 4.0;
/// How far from the outline strands are looked for beside hair, mm, and how much farther for each mm from hair, up to so many.
const CLEAR: (f32, f32, f32) = (1.0, 0.25, 12.0);
/// Nearer to the outline than that hair is what is darker than skin and wall, whichever is there, by this share, within so many mm of hair.
const DARKER_THAN_BOTH: f32 = 0.45;
const EDGE_MM: f32 = 9.0;
/// How far around strands all is replaced, and from where on nothing, mm.
const RIM_STRAY: (f32, f32) = (1.0, 2.6);

/// How much of each cell is replaced, 0 to 1: with hair that is left on skin, and so much of the ends of sideburns.
pub(super) fn blend(
    sight: &Sight<'_>,
    (left, ends): (&Layer<bool>, &Layer<Option<f32>>),
    (skin, wall): (&Skin, Option<&Wall>),
) -> Layer<f32> {
    let frame = sight.light.frame;
    let mm = sight.mm as f32;
    // Before a wall that is not even strands are found by how thin they are.
    let from_strands = wall.and_then(|wall| wall.from_strands.as_ref());
    let strays = strays(sight, skin, wall.filter(|_| from_strands.is_none()));
    let from_strays = Layer::distances(frame, |column, row| {
        let (x, y) = (column as isize, row as isize);
        left.cell(x, y) || strays.cell(x, y)
    });
    Layer::of(frame, |column, row| {
        let (x, y) = (column as isize, row as isize);
        let (whole, none) = sight.rim(frame.middle(column, row), sight.depth.cell(x, y));
        let of_hair = (none - sight.from_hair.cell(x, y)) / (none - whole);
        let from_stray = from_strays.cell(x, y).min(from_strands.map_or(f32::INFINITY, |from| from.cell(x, y)));
        let of_stray = (RIM_STRAY.1 - from_stray / mm) / (RIM_STRAY.1 - RIM_STRAY.0);
        let of_arms = sight.arms.iter().map(|arm| arm.share(frame.middle(column, row))).fold(0.0, f64::max);
        ends.cell(x, y).unwrap_or(0.0).max(step(f64::from(of_hair.max(of_stray))) as f32) * (1.0 - of_arms) as f32
    })
}

/// Whether strands are looked for at a place whatever else is there.
pub(super) fn is_high(sight: &Sight<'_>, at: PhotoPoint) -> bool {
    let (_, up) = sight.axes.shares(at);
    match sight.head.side {
        Side::Top => true,
        Side::Front => up > STRAYS_FROM,
        Side::Left | Side::Right | Side::Back => up > STRAYS_FROM_ELSEWHERE && sight.on_ear(at) == 0.0,
    }
}

/// How far from the outline strands are looked for so far from hair, mm.
pub(super) fn clear(from_hair: f32) -> f32 {
    CLEAR.0 + CLEAR.1 * from_hair.min(CLEAR.2)
}

/// Where strands stand out from the mask before the wall, and where hair is left along the outline.
fn strays(sight: &Sight<'_>, skin: &Skin, wall: Option<&Wall>) -> Layer<bool> {
    let frame = sight.light.frame;
    let mm = sight.mm as f32;
    let wall = wall.map(|wall| (wall, (noise(sight, wall) * STRAY_TIMES).max(STRAY_DIFFERS)));
    let from_ears = Layer::distances(frame, |column, row| {
        sight.ears.is_some_and(|ears| ears.share(frame.middle(column, row)) > EAR)
    });
    let far_from_ears = |x, y| sight.person.is_some() && from_ears.cell(x, y) > FROM_EARS_MM * mm;
    Layer::of(frame, |column, row| {
        let (at, (x, y)) = (frame.middle(column, row), (column as isize, row as isize));
        let (right, _) = sight.axes.shares(at);
        let is_high = is_high(sight, at);
        let (depth, from_hair) = (sight.depth.cell(x, y) / mm, sight.from_hair.cell(x, y) / mm);
        let seen = luminance(sight.light.cell(x, y));
        // The farther from hair, the less sure it is on which side of the outline a place lies.
        let clear = clear(from_hair);
        let is_near = depth < -clear
            && from_hair < STRAY_MM
            && (is_high || !sight.is_person(at) && (right.abs() > BESIDE_EARS || far_from_ears(x, y)));
        let over = |light: &Layer<[f32; 3]>| seen / luminance(light.at(at)).max(1e-4) - 1.0;
        let is_left = |wall: &Wall| over(&skin.light).max(over(&wall.light)) < -DARKER_THAN_BOTH;
        let is_edge = is_high && depth.abs() <= clear && from_hair < EDGE_MM;
        wall.is_some_and(|(wall, most)| is_near && over(&wall.light).abs() > most || is_edge && is_left(wall))
    })
}

/// By which share a bare wall differs from its smooth light, in the middle.
fn noise(sight: &Sight<'_>, wall: &Wall) -> f32 {
    let frame = sight.light.frame;
    let bare = sight.light.values.iter().zip(&wall.bare.values).enumerate().filter(|(_, (_, bare))| **bare > 0.0);
    let differs = bare.map(|(at, (light, _))| {
        let wall = luminance(wall.light.at(frame.middle(at % frame.columns, at / frame.columns)));
        f64::from((luminance(*light) / wall.max(1e-4) - 1.0).abs())
    });
    median(differs).unwrap_or(0.0) as f32
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{Drawn, LIGHT_DARK, SKULL, clipped, light, marked, sides};
    use super::*;

    #[test]
    fn single_hairs_beside_an_ear_go_and_the_ear_stays() {
        let hair = sides(8.0);
        let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
        let speck = |(x, y): (f64, f64)| (91.0..94.0).contains(&x) && (6.5..9.5).contains(&y);
        let on_ear = |(x, y): (f64, f64)| (82.0..84.0).contains(&x) && (-6.0..-4.0).contains(&y);
        let seen = marked(&image, [0.5; 3], |at| speck(at) || on_ear(at));
        let after = clipped(&seen, &image, Vec::new());
        let light = |pixels: &[u8], at| light(pixels, image.width, at);
        let (wall, here) = (light(&image.pixels, (92.5, 8.0)), light(&after, (92.5, 8.0)));
        assert!((here / wall - 1.0).abs() < 0.04, "{here} where the wall is {wall}");
        assert_eq!(light(&after, (83.0, -5.0)), light(&seen.pixels, (83.0, -5.0)));
    }

    #[test]
    fn hair_that_is_left_along_the_outline_goes() {
        let hair = sides(8.0);
        let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
        let after = |times: f64| {
            let is_edge = |(x, y)| {
                SKULL.grown(1.0).has((x, y)) && !SKULL.grown(-1.2).has((x, y)) && (50.0..53.0).contains(&x) && y > 22.0
            };
            let seen = marked(&image, [times; 3], is_edge);
            let edge = SKULL.at.1 + SKULL.half.1 * (1.0 - (51.5_f64 / SKULL.half.0).powi(2)).sqrt();
            light(&clipped(&seen, &image, Vec::new()), image.width, (51.5, edge))
        };
        let [bare, shaded, dark] = [1.0, 0.85, 0.3].map(after);
        assert!(dark > 0.9 * bare, "{dark} where it is {bare} without");
        assert!(shaded < 0.9 * bare, "shade stays: {shaded} where it is {bare} without");
    }
}
