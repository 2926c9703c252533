//! The ends of sideburns: thin hair between face and ears, of which what was found ends too high.
//!
//! Where hair gets thin it looks like skin. But it is darker than the skin that is put there, and skin in shade, as between ear and
//! cheek, is redder for its light; hair is not.

use super::layer::{Layer, weighted_means};
use super::regions::pieces;
use super::sight::{Sight, step};
use super::skin::Skin;
use crate::engine::calibration::Side;
use crate::engine::color::luminance;
use crate::engine::geometry::{PhotoPoint, median};

/// Ends are looked for below hair as broad as it is and so much wider on both sides, down to so far, mm.
const ASIDE_MM: f32 = 1.5;
const BELOW_MM: f32 = 30.0;
/// They are darker than the new skin and than the cheek by this share of their light, and less red than new skin. In shade that leaves less
/// than such a share of its light skin is redder, so there they may be too, but not where ears are as sure as this: their shade hardly
/// is. Over so many mm the photo's colours are taken together: they are stored more coarsely than its light.
const DARKER: f32 = 0.22;
const SHADE: f32 = 0.8;
const EAR: f64 = 0.9;
const COLOUR_MM: f64 = 0.4;
/// Hair that is less red than skin by such a factor at least is grey or white, and so is, however light, what goes so much of the way from
/// skin's colour to its own, and where ears are surer than that so much.
const GREYER: f32 = 1.2;
const OF_HAIR: (f32, f32) = (0.5, 0.8);
/// The cheek is so many mm towards the nose, and its light the mean of so many mm around.
const CHEEK_MM: (f64, f64) = (11.0, 2.0);
/// Nearer to the head's edge than this it is not sure what is seen, mm.
const OUTLINE_MM: f32 = 1.5;
/// They begin within so many mm of hair and lie deeper inside of the head's outline than this in the middle, mm: what lies farther out is
/// an ear in shade. What goes on to within so many mm of where they are looked for, or is larger than this, mm2, is a beard, into which
/// sideburns go over within so many mm.
const BEGINS_MM: f32 = 3.0;
const DEEP_MM: f32 = 4.0;
const GOES_ON_MM: f32 = 2.0;
const LARGEST_MM2: f64 = 300.0;
const FADES_MM: f32 = 12.0;
/// What is thinner than this is a crease; what is as dark within so many mm of an end goes with it.
const THIN_MM: f32 = 2.0;
const BESIDE_MM: f32 = 2.5;

/// How much of each cell goes that is the end of a sideburn that was not found, 0 to 1, on a head from the front; `None` elsewhere.
pub(super) fn sideburn_ends(sight: &Sight<'_>, skin: &Skin) -> Layer<Option<f32>> {
    let frame = sight.light.frame;
    let below = below_hair(sight);
    if below.values.iter().all(Option::is_none) {
        return below;
    }
    // What may be an end tells nothing of the skin there.
    let skin = skin.clone().without(sight, &below.map(|below| below.is_some()));
    let mean = |mm: f64| weighted_means(&sight.light, &sight.light.map(|_| 1.0), frame.cells_of(mm * sight.mm)).0;
    let (seen, around) = (mean(COLOUR_MM), mean(CHEEK_MM.1));
    let is_dark = Layer::of(frame, |column, row| {
        let (at, x, y) = (frame.middle(column, row), column as isize, row as isize);
        let skin = f32::min(luminance(skin.light.at(at)), luminance(around.at(towards_nose(sight, at))));
        let is_deep = sight.depth.cell(x, y) > OUTLINE_MM * sight.mm as f32;
        let is_darker = || luminance(sight.light.cell(x, y)) < (1.0 - DARKER) * skin;
        below.cell(x, y).is_some() && is_deep && is_darker()
    });
    let hair = redness_of_hair(sight);
    let is_grey = Layer::of(frame, |column, row| {
        let (at, x, y) = (frame.middle(column, row), column as isize, row as isize);
        let (seen, skin) = (redness(seen.cell(x, y)), redness(skin.light.at(at)));
        let is_deep = sight.depth.cell(x, y) > OUTLINE_MM * sight.mm as f32;
        let of_hair = if sight.on_ear(at) < EAR { OF_HAIR.0 } else { OF_HAIR.1 };
        below.cell(x, y).is_some() && is_deep && skin > GREYER * hair && seen < skin - of_hair * (skin - hair)
    });
    let told = Layer::of(frame, |column, row| {
        let (at, x, y) = (frame.middle(column, row), column as isize, row as isize);
        let (seen, skin) = (seen.cell(x, y), skin.light.at(at));
        let redder = || redder_in_shade(luminance(seen) / luminance(skin).max(1e-4));
        let redder = if sight.on_ear(at) < EAR { redder() } else { 1.0 };
        is_grey.cell(x, y) || is_dark.cell(x, y) && redness(seen) < redness(skin) * redder
    });
    let is_dark = is_dark.with(&is_grey, |is_dark, is_grey| is_dark || is_grey);
    let told = opened(&told, THIN_MM / 2.0 * sight.mm as f32);
    let mut is_whole = told.map(|_| None);
    for piece in pieces(&told.values, frame.columns) {
        let end = is_whole_end(sight, &below, &piece);
        for at in piece {
            if let Some(is_whole) = is_whole.values.get_mut(at) {
                *is_whole = end;
            }
        }
    }
    let mm = sight.mm as f32;
    let from =
        |wanted| Layer::distances(frame, |column, row| is_whole.cell(column as isize, row as isize) == Some(wanted));
    let (from_whole, from_part) = (from(true), from(false));
    Layer::of(frame, |column, row| {
        let (x, y) = (column as isize, row as isize);
        let belongs = |from: &Layer<f32>| {
            let far = from.cell(x, y);
            far == 0.0 || is_dark.cell(x, y) && far <= BESIDE_MM * mm
        };
        let fades = || step(f64::from(1.0 - sight.from_hair.cell(x, y) / mm / FADES_MM)) as f32;
        let is_possible = sight.is_possible(frame.middle(column, row));
        let end = if belongs(&from_whole) { Some(1.0) } else { belongs(&from_part).then(fades) };
        end.filter(|_| is_possible)
    })
}

/// Whether some cells that hang together are a sideburn's end as a whole, and not in part; `None` where they are none.
fn is_whole_end(sight: &Sight<'_>, below: &Layer<Option<f32>>, piece: &[usize]) -> Option<bool> {
    let mm = sight.mm as f32;
    let of = |layer: &Layer<f32>, at: &usize| layer.values.get(*at).copied().unwrap_or(0.0) / mm;
    let nearest = piece.iter().map(|at| of(&sight.from_hair, at)).fold(f32::INFINITY, f32::min);
    let depth = piece.iter().map(|at| of(&sight.depth, at)).sum::<f32>() / piece.len().max(1) as f32;
    let lowest = piece.iter().filter_map(|at| below.values.get(*at).copied().flatten()).fold(0.0, f32::max) / mm;
    let side = below.frame.pitch / sight.mm;
    let mm2 = piece.len() as f64 * side * side;
    let is_whole = lowest < BELOW_MM - GOES_ON_MM && mm2 < LARGEST_MM2;
    (nearest < BEGINS_MM && depth > DEEP_MM).then_some(is_whole)
}

/// The same without what is thinner than twice that, photo pixels.
fn opened(told: &Layer<bool>, half: f32) -> Layer<bool> {
    let far = |layer: &Layer<bool>, wanted: bool| {
        Layer::distances(layer.frame, |column, row| layer.cell(column as isize, row as isize) == wanted)
    };
    let is_inside = far(told, false).map(|far| far > half);
    far(&is_inside, true).with(told, |far, told| told && far <= half)
}

/// Where the cheek is beside a place.
fn towards_nose(sight: &Sight<'_>, at: PhotoPoint) -> PhotoPoint {
    let (right, up) = sight.axes.shares(at);
    sight.head.on_outline(right - CHEEK_MM.0 * sight.mm / sight.head.half_width * right.signum(), up)
}

/// How much redder than green.
fn redness([red, green, _]: [f32; 3]) -> f32 {
    red / green.max(1e-4)
}

/// How much redder than green hair is, in the middle.
fn redness_of_hair(sight: &Sight<'_>) -> f32 {
    let cells = sight.light.values.iter().zip(&sight.from_hair.values);
    let hair = cells.filter(|(_, from_hair)| **from_hair == 0.0).map(|(light, _)| f64::from(redness(*light)));
    median(hair).unwrap_or_default() as f32
}

/// By which factor skin is redder at the least in a shade that leaves it such a share of its light.
fn redder_in_shade(share: f32) -> f32 {
    (SHADE / share.max(1e-3)).sqrt().sqrt().max(1.0)
}

/// How far below hair each cell lies, photo pixels, where sideburns may end: lower than the brows of a head from the front.
fn below_hair(sight: &Sight<'_>) -> Layer<Option<f32>> {
    let frame = sight.light.frame;
    let [far, aside] = [BELOW_MM, ASIDE_MM].map(|mm| mm * sight.mm as f32);
    let mut below = sight.from_hair.map(|_| None);
    if sight.head.side != Side::Front {
        return below;
    }
    for column in 0..frame.columns {
        let mut under = f32::INFINITY;
        for row in 0..frame.rows {
            let from_hair = sight.from_hair.cell(column as isize, row as isize);
            under = if from_hair <= aside { 0.0 } else { under + frame.pitch as f32 };
            let at = frame.middle(column, row);
            let is_low = sight.on_skull(at) == 0.0;
            if let Some(below) = below.values.get_mut(row * frame.columns + column) {
                *below = Some(under).filter(|under| *under <= far && is_low && from_hair > 0.0);
            }
        }
    }
    below
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{Drawn, FACE, LIGHT_DARK, LIGHT_GREY, Palette, clipped, in_photo, light, marked, sides};
    use super::*;
    use crate::engine::design::{HairStroke, PaintKind};
    use std::rc::Rc;

    type Place = (f64, f64);

    /// Levels of thin hair over skin, and of skin in shade.
    const THIN: [f64; 3] = [0.72, 0.76, 0.78];
    const SHADE: [f64; 3] = [0.80, 0.70, 0.68];

    /// A strip beside both sides of the face from hair down to there.
    fn strip(down_to: f64) -> impl Fn(Place) -> bool {
        move |(x, y)| !FACE.grown(-4.0).has((x, y)) && (56.0..67.0).contains(&x.abs()) && (down_to..15.0).contains(&y)
    }

    /// How light places of those heights beside the right side of the face are with a strip, and with that once hair is clipped; over what they are
    /// without one.
    fn lights(times: [f64; 3], is_there: &dyn Fn(Place) -> bool, heights: &[f64]) -> Vec<(f64, f64)> {
        lights_of(LIGHT_DARK, times, is_there, heights)
    }

    fn lights_of(
        palette: Palette,
        times: [f64; 3],
        is_there: &dyn Fn(Place) -> bool,
        heights: &[f64],
    ) -> Vec<(f64, f64)> {
        let hair = sides(8.0);
        let image = Drawn { side: Side::Front, palette, hair: &hair, rough: 0.5 }.image();
        let seen = marked(&image, times, is_there);
        let after = clipped(&seen, &image, Vec::new());
        let over = |pixels: &[u8], up| {
            let light = |pixels: &[u8]| light(pixels, image.width, (64.0, up));
            light(pixels) / light(&image.pixels)
        };
        heights.iter().map(|up| (over(&seen.pixels, *up), over(&after, *up))).collect()
    }

    #[test]
    fn thin_ends_of_sideburns_go_with_the_hair_and_skin_in_shade_stays() {
        let heights = [8.0, 2.0, -4.0];
        for (up, (before, after)) in heights.iter().zip(lights(THIN, &strip(-8.0), &heights)) {
            assert!(before < 0.6, "{up}: no hair: {before}");
            assert!((after - 1.0).abs() < 0.12, "{up}: hair is left: {after}");
        }
        let (before, after) = lights(SHADE, &strip(-8.0), &[-4.0])[0];
        assert!(before < 0.65 && (after / before - 1.0).abs() < 0.02, "{before} became {after}");
    }

    #[test]
    fn the_darker_an_end_is_the_redder_it_may_be() {
        // By a quarter redder than skin, as brown hair in warm light is.
        for (times, goes) in [([0.45, 0.41, 0.39], true), ([0.80, 0.73, 0.70], false)] {
            let (before, after) = lights(times, &strip(-8.0), &[2.0])[0];
            assert_eq!((after - 1.0).abs() < 0.15, goes, "{times:?}: {before} became {after}");
        }
    }

    #[test]
    fn grey_ends_go_however_light_and_beside_brown_hair_they_are_none() {
        // Skin that is as light and grey.
        let grey = [0.90, 1.12, 1.26];
        for (palette, goes) in [(LIGHT_GREY, true), (LIGHT_DARK, false)] {
            let (before, after) = lights_of(palette, grey, &strip(-8.0), &[2.0])[0];
            assert!((before - 1.0).abs() > 0.04, "{before}");
            assert_eq!((after - 1.0).abs() < 0.025, goes, "{before} became {after}");
        }
    }

    #[test]
    fn sideburns_go_over_into_a_beard() {
        let heights = [13.0, 11.0, 9.0, 7.0, -10.0];
        let lights = lights(THIN, &strip(-60.0), &heights);
        let left: Vec<f64> = lights.iter().map(|(before, after)| (after - before) / (1.0 - before)).collect();
        assert!(left.is_sorted_by(|above, below| above >= below) && left[0] > 0.7 && left[4] == 0.0, "{left:?}");
        let steepest = left.windows(2).map(|pair| pair[0] - pair[1]).fold(0.0, f64::max);
        assert!(steepest < 0.45, "{left:?}");
    }

    #[test]
    fn what_the_visitor_takes_for_no_hair_stays() {
        let hair = sides(8.0);
        let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
        let seen = marked(&image, THIN, strip(-8.0));
        let points = vec![in_photo((64.0, 2.0)), in_photo((64.0, -8.0))];
        let stroke = HairStroke { paint: PaintKind::Eraser, radius: 8.0, points };
        let light = |pixels: &[u8]| light(pixels, image.width, (64.0, -2.0));
        assert_eq!(light(&clipped(&seen, &image, vec![Rc::new(stroke)])), light(&seen.pixels));
    }
}
