//! Hair that is left on skin beside what was found: strands, thin ends, and lines where hair begins.
//!
//! Skin is as smooth as what is put in its place. What differs from that by more than skin itself does, and hangs together with hair,
//! is hair, or skin in its shadow. Chosen on portraits of officials in the public domain.

use super::blend::{clear, is_high};
use super::layer::{Frame, Layer};
use super::sight::Sight;
use super::skin::Skin;
use crate::engine::calibration::Side;
use crate::engine::color::luminance;
use crate::engine::geometry::{PhotoPoint, median};
use std::ops::Range;

/// From this height of a head from the front on (in halves of its outline) it is looked for at the temples, where no ear is surer than
/// this.
const TEMPLES: f64 = -0.3;
const NO_EAR: f64 = 0.5;
/// How far from hair it is looked for, mm: what is much darker than skin; what hangs together with hair; and that at the temples.
const NEAR_MM: f32 = 9.0;
const REACH_MM: f32 = 18.0;
const AT_TEMPLES_MM: f32 = 8.0;
/// What hangs together with hair comes as near to it, mm.
const BEGINS_MM: f32 = 3.0;
/// At the temples it is at least so high, mm: arms of glasses are not.
const UPRIGHT_MM: f32 = 5.0;
/// What is darker than skin by this share of its light is hair, joined with other or not.
const MUCH: f32 = 0.14;
/// What hangs together with hair is darker or lighter than skin by such shares at least, and by so many times what skin itself differs.
const DARKER: f32 = 0.07;
const LIGHTER: f32 = 0.10;
const TIMES: f32 = 3.0;
/// The same at the temples, darker or lighter.
const AT_TEMPLES: f32 = 0.15;
/// How much skin itself differs is seen between these distances from hair, mm, and from this height of the head on.
const ITSELF_MM: Range<f32> = 9.0..30.0;
const ITSELF_FROM: f64 = 0.0;

/// Whether hair is left at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Left {
    #[default]
    No,
    /// Where it is high and hangs together with hair.
    IfUpright,
    /// Where it hangs together with hair.
    IfJoined,
    Yes,
}

/// Where hair is left on the skin, deeper inside of the head's outline than what is clear so far from hair, mm.
pub(super) fn left_hair(sight: &Sight<'_>, skin: &Skin) -> Layer<bool> {
    let frame = sight.light.frame;
    let mm = sight.mm as f32;
    let differs = Layer::of(frame, |column, row| {
        let seen = luminance(sight.light.cell(column as isize, row as isize));
        seen / luminance(skin.light.at(frame.middle(column, row))).max(1e-4) - 1.0
    });
    let itself = TIMES * itself(sight, skin, &differs);
    let left = Layer::of(frame, |column, row| {
        let (x, y) = (column as isize, row as isize);
        let at = frame.middle(column, row);
        let (depth, from_hair) = (sight.depth.cell(x, y) / mm, sight.from_hair.cell(x, y) / mm);
        if depth > clear(from_hair) && from_hair < REACH_MM && sight.is_possible(at) {
            told(sight, at, (differs.cell(x, y), from_hair), itself)
        } else {
            Left::No
        }
    });
    joined(sight, &upright(left, UPRIGHT_MM * mm / frame.pitch as f32))
}

/// Whether hair is left at a place that differs so much from skin and is so far from hair, mm.
fn told(sight: &Sight<'_>, at: PhotoPoint, (differs, from_hair): (f32, f32), itself: f32) -> Left {
    let (_, up) = sight.axes.shares(at);
    let is_high = is_high(sight, at);
    let is_temple = || sight.head.side == Side::Front && up > TEMPLES && sight.on_ear(at) < NO_EAR;
    if is_high && from_hair < NEAR_MM && differs < -MUCH {
        Left::Yes
    } else if is_high && (differs < -DARKER.max(itself) || differs > LIGHTER.max(itself)) {
        Left::IfJoined
    } else if !is_high && differs.abs() > AT_TEMPLES && from_hair < AT_TEMPLES_MM && is_temple() {
        Left::IfUpright
    } else {
        Left::No
    }
}

/// By which share of its light bare skin differs from what would be put in its place, in the middle.
fn itself(sight: &Sight<'_>, skin: &Skin, differs: &Layer<f32>) -> f32 {
    let frame = sight.light.frame;
    let each = skin.bare.values.iter().zip(&differs.values).zip(&sight.from_hair.values).enumerate();
    let bare = each.filter(|(at, ((bare, _), from_hair))| {
        let (_, up) = sight.axes.shares(frame.middle(at % frame.columns, at / frame.columns));
        **bare > 0.0 && up > ITSELF_FROM && ITSELF_MM.contains(&(**from_hair / sight.mm as f32))
    });
    median(bare.map(|(_, ((_, differs), _))| f64::from(differs.abs()))).unwrap_or(0.0) as f32
}

/// The same where what has to be high is in a column of so many cells, and nowhere else.
fn upright(mut left: Layer<Left>, least: f32) -> Layer<Left> {
    let Frame { columns, rows, .. } = left.frame;
    for column in 0..columns {
        let mut first = 0;
        for row in 0..=rows {
            let here = left.values.get(row * columns + column);
            if row < rows && here.is_some_and(|left| *left != Left::No) {
                continue;
            }
            let is_high = (row - first) as f32 >= least;
            for place in (first..row).map(|row| row * columns + column) {
                if let Some(left) = left.values.get_mut(place).filter(|left| **left == Left::IfUpright) {
                    *left = if is_high { Left::IfJoined } else { Left::No };
                }
            }
            first = row + 1;
        }
    }
    left
}

/// Where it is left, of itself or because it hangs together with that or with hair.
fn joined(sight: &Sight<'_>, left: &Layer<Left>) -> Layer<bool> {
    let columns = left.frame.columns;
    let begins = BEGINS_MM * sight.mm as f32;
    let told = left.values.iter().zip(&sight.from_hair.values).enumerate();
    let starts = told.filter(|(_, (left, from_hair))| match left {
        Left::Yes => true,
        Left::IfJoined => **from_hair < begins,
        Left::No | Left::IfUpright => false,
    });
    let mut next: Vec<usize> = starts.map(|(at, _)| at).collect();
    let mut joined = left.map(|_| false);
    while let Some(at) = next.pop() {
        match joined.values.get_mut(at) {
            Some(joined) if !*joined => *joined = true,
            _ => continue,
        }
        let before = at.checked_sub(1).filter(|_| at % columns != 0);
        let after = Some(at + 1).filter(|after| after % columns != 0);
        let around = [before, after, at.checked_sub(columns), Some(at + columns)];
        let is_open = |at: &usize| left.values.get(*at).is_some_and(|left| *left != Left::No);
        next.extend(around.into_iter().flatten().filter(is_open));
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{Drawn, LIGHT_DARK, SKULL, clipped, in_photo, light, marked, sides};
    use super::*;
    use crate::engine::design::{HairStroke, PaintKind};
    use crate::engine::editor::AnalysisImage;
    use std::rc::Rc;

    type Place = (f64, f64);

    fn drawn(hair: &dyn Fn(Place) -> bool) -> AnalysisImage {
        Drawn { side: Side::Front, palette: LIGHT_DARK, hair, rough: 0.5 }.image()
    }

    /// A faint strand over the forehead from hair at the right side on.
    fn strand((x, y): Place) -> bool {
        (38.0..57.0).contains(&x) && (49.5..50.7).contains(&y)
    }

    #[test]
    fn faint_strands_that_begin_at_hair_go_with_it_and_spots_elsewhere_stay() {
        let image = drawn(&sides(8.0));
        let spot = |(x, y): Place| (38.0..42.0).contains(&x) && (30.5..31.7).contains(&y);
        for times in [0.94, 1.07] {
            let seen = marked(&image, [times; 3], |place| strand(place) || spot(place));
            let [before, after] = [&seen.pixels, &clipped(&seen, &image, Vec::new())].map(|pixels| {
                let light = |place| light(pixels, image.width, place);
                (light((43.0, 50.1)) / light((43.0, 54.0)), light((40.0, 31.1)))
            });
            assert!((before.0 - 1.0).abs() > 0.06, "{times}: no strand: {}", before.0);
            assert!((after.0 - 1.0).abs() < 0.04, "{times}: a strand is left: {}", after.0);
            assert_eq!(after.1, before.1, "{times}: the spot");
        }
    }

    #[test]
    fn what_the_visitor_takes_for_no_hair_stays() {
        let image = drawn(&sides(8.0));
        let seen = marked(&image, [0.94; 3], strand);
        let points = vec![in_photo((36.0, 50.0)), in_photo((50.0, 50.0))];
        let stroke = HairStroke { paint: PaintKind::Eraser, radius: 8.0, points };
        let after = clipped(&seen, &image, vec![Rc::new(stroke)]);
        let light = |pixels| light(pixels, image.width, (43.0, 50.1));
        assert_eq!(light(&after), light(&seen.pixels));
    }

    #[test]
    fn hair_that_hangs_before_the_side_of_the_face_leaves_no_line_there() {
        let hair = |(x, y): Place| SKULL.grown(8.0).has((x, y)) && x.abs() > 54.5 && (0.0..78.0).contains(&y);
        let image = drawn(&hair);
        let after = clipped(&image, &image, Vec::new());
        for (aside, up) in [-1.0, 1.0].into_iter().flat_map(|aside| [8.0, 12.0, 16.0].map(|up| (aside, up))) {
            let light = |pixels, x: f64| light(pixels, image.width, (aside * x, up));
            assert!(light(&image.pixels, 55.6) < 0.4 * light(&image.pixels, 50.0), "{aside} {up}: no hair");
            let left = light(&after, 55.6) / light(&after, 50.0);
            assert!(left > 0.85, "{aside} {up}: a line of {left}");
        }
    }

    #[test]
    fn what_has_to_be_high_is_no_flat_line() {
        let frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: 9, rows: 9 };
        let is_odd = |column: usize, row: usize| row == 4 || column == 2 && row > 3;
        let odd = Layer::of(frame, |column, row| if is_odd(column, row) { Left::IfUpright } else { Left::No });
        let high = upright(odd, 5.0);
        let wanted = Layer::of(frame, |column, row| if column == 2 && row > 3 { Left::IfJoined } else { Left::No });
        assert_eq!(high, wanted);
    }
}
