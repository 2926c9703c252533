//! Arms of glasses that lie over the hair beside a face: they stay.
//!
//! Between eye and hair an arm is seen on bare skin, as a thin dark line that leads to hair. It goes on straight, to where hair ends at the
//! ear, and the photo's own pixels are kept as far as they are as dark. All numbers here are our estimates.

use super::arm::Arm;
use super::hair_mask::HairMask;
use super::zones::Zones;
use crate::engine::calibration::Side;
use crate::engine::color::luminance;
use crate::engine::editor::AnalysisImage;
use crate::engine::geometry::{PhotoPoint, Polygon};

/// Where arms are looked for, mm aside from the middle of the eyes; at which of these they are how far above or below it; how far they rise
/// or fall over a millimetre; and the steps of all of these.
const ASIDE_MM: (f64, f64) = (46.0, 100.0);
const HINGE_MM: f64 = 66.0;
const UP_MM: f64 = 22.0;
const STEEPEST: f64 = 0.9;
const ALONG_MM: f64 = 0.5;
const ACROSS_MM: f64 = 0.75;
const STEEPER: f64 = 0.1;
/// An arm is darker than the skin so far above and below it by this share of its light, for so much of its last millimetres before hair:
/// at least, and looked at.
const BESIDE_MM: f64 = 4.5;
const DARKER: f64 = 0.35;
const SEEN_MM: f64 = 5.0;
const LOOKED_MM: f64 = 14.0;
const MOST: f64 = 0.75;
/// All in all it has no more than so much of the light of that skin: creases beside eyes have more.
const LIGHTEST: f64 = 0.5;
/// Along its middle it is darkest, on the average over so many mm on both sides.
const WITHIN_MM: f64 = 1.0;
/// It leads into hair that is so broad, mm.
const INTO_HAIR_MM: f64 = 2.0;
/// Over hair what is so much nearer to the arm's light than to that of the skin is the arm, or as dark; what is not is the end of it
/// after so many mm. So far from hair, or after so much of it, it has ended, too, and outside of the head.
const LIKE: f64 = 0.35;
const UNLIKE_MM: f64 = 3.0;
const OFF_HAIR_MM: f64 = 2.5;
const OVER_HAIR_MM: f64 = 26.0;
/// Beside it less and less of the photo is kept, over so many mm.
const FADES_MM: f64 = 0.5;
/// From which share on a place is hair.
const HAIR: f64 = 0.25;

/// The arms that lie over hair beside a face from the front, within the outline of a head whose hair is clipped.
pub(super) fn arms(image: &AnalysisImage, hair: &HairMask, zones: &Zones, outline: &[PhotoPoint]) -> Vec<Arm> {
    if zones.head.side != Side::Front || zones.eyes_up_mm().is_none() {
        return Vec::new();
    }
    let head = &Polygon::new(outline.to_vec());
    [-1.0, 1.0].into_iter().filter_map(|sign| Beside { image, hair, zones, head, sign }.arm()).collect()
}

/// One side of a face, 1 for the right.
struct Beside<'a> {
    image: &'a AnalysisImage,
    hair: &'a HairMask,
    zones: &'a Zones<'a>,
    head: &'a Polygon,
    sign: f64,
}

/// A line beside an eye: how far up it is at the hinge, mm, and how much it rises over a millimetre aside.
#[derive(Debug, Clone, Copy)]
struct Line {
    up: f64,
    rises: f64,
}

impl Line {
    /// How far up it is so far aside, or so far beside it, mm.
    fn up(&self, aside: f64, beside: f64) -> f64 {
        self.up + self.rises * (aside - HINGE_MM) + beside * (1.0 + self.rises * self.rises).sqrt()
    }
}

/// What is seen of a line at a place on bare skin.
#[derive(Debug, Clone, Copy)]
struct Bare {
    /// How far aside it is, mm.
    aside: f64,
    /// Its light, the mean of it and of what is beside it, and that of the skin beside it, the darker one.
    light: f64,
    around: f64,
    skin: f64,
}

/// What is seen of an arm on bare skin.
#[derive(Debug, Clone, Copy)]
struct Seen {
    line: Line,
    /// From where to where, mm aside: there hair begins.
    from: f64,
    to: f64,
    /// The light of it and of the skin beside it.
    light: f64,
    skin: f64,
    /// How dark it is and how long: along its middle most.
    score: f64,
}

/// Places aside, mm.
fn asides(from: f64, to: f64) -> impl Iterator<Item = f64> {
    (0..=((to - from) / ALONG_MM).max(0.0) as usize).map(move |step| from + step as f64 * ALONG_MM)
}

impl Beside<'_> {
    fn at(&self, aside: f64, up: f64) -> PhotoPoint {
        self.zones.at(self.sign * aside, up)
    }

    fn light(&self, aside: f64, up: f64) -> f64 {
        self.image.light(self.at(aside, up)).map_or(0.0, |light| f64::from(luminance(light)))
    }

    fn is_hair(&self, aside: f64, up: f64) -> bool {
        self.hair.share(self.at(aside, up)) > HAIR
    }

    fn arm(&self) -> Option<Arm> {
        let lines = (-(STEEPEST / STEEPER) as i32..=(STEEPEST / STEEPER) as i32).flat_map(|rises| {
            let ups = -(UP_MM / ACROSS_MM) as i32..=(UP_MM / ACROSS_MM) as i32;
            ups.map(move |up| Line { up: f64::from(up) * ACROSS_MM, rises: f64::from(rises) * STEEPER })
        });
        let seen = lines.filter_map(|line| self.seen(line)).max_by(|a, b| a.score.total_cmp(&b.score))?;
        let lightest = seen.light + LIKE * (seen.skin - seen.light);
        let half = self.half_thickness(&seen, lightest);
        let end = self.end(&seen, (half, lightest))?;
        let mm = self.zones.px_per_mm;
        let at = |aside: f64| self.at(aside, seen.line.up(aside, 0.0));
        Some(Arm { line: (at(seen.from), at(end)), half: half * mm, fades: FADES_MM * mm })
    }

    /// What is seen of an arm along a line, if there is one.
    fn seen(&self, line: Line) -> Option<Seen> {
        let to = asides(ASIDE_MM.0, ASIDE_MM.1).find(|aside| self.leads_into_hair(line, *aside))?;
        let bare = asides((to - LOOKED_MM).max(ASIDE_MM.0), to).filter_map(|aside| self.bare(line, aside));
        let bare: Vec<Bare> = bare.collect();
        let dark: Vec<&Bare> = bare.iter().filter(|bare| bare.light < (1.0 - DARKER) * bare.skin).collect();
        let from = dark.first()?.aside;
        let sum = |value: &dyn Fn(&Bare) -> f64| dark.iter().map(|bare| value(bare)).sum::<f64>();
        let count = dark.len() as f64;
        let (light, skin) = (sum(&|bare| bare.light) / count, sum(&|bare| bare.skin) / count);
        let is_long = count * ALONG_MM >= SEEN_MM && count >= MOST * bare.len() as f64;
        let score = sum(&|bare| 1.0 - bare.around / bare.skin);
        (is_long && light < LIGHTEST * skin).then_some(Seen { line, from, to, light, skin, score })
    }

    /// Whether a line is in hair from there on. The arm itself may be taken for hair.
    fn leads_into_hair(&self, line: Line, aside: f64) -> bool {
        asides(aside, aside + INTO_HAIR_MM).all(|aside| {
            let is_hair = |beside: f64| self.is_hair(aside, line.up(aside, beside));
            is_hair(0.0) && (is_hair(BESIDE_MM) || is_hair(-BESIDE_MM))
        })
    }

    /// What is seen of a line so far aside, where it has skin on both sides and is on no brow.
    fn bare(&self, line: Line, aside: f64) -> Option<Bare> {
        let beside = [-BESIDE_MM, BESIDE_MM].map(|beside| line.up(aside, beside));
        let is_hair = beside.iter().any(|up| self.is_hair(aside, *up));
        let is_bare = !is_hair && !self.zones.is_on_brow(self.at(aside, line.up(aside, 0.0)));
        let skin = beside.map(|up| self.light(aside, up)).into_iter().fold(f64::INFINITY, f64::min);
        let [below, light, above] =
            [-WITHIN_MM, 0.0, WITHIN_MM].map(|beside| self.light(aside, line.up(aside, beside)));
        is_bare.then_some(Bare { aside, light, around: (below + light + above) / 3.0, skin })
    }

    /// Half of how thick it is where it is seen on skin, mm.
    fn half_thickness(&self, seen: &Seen, lightest: f64) -> f64 {
        let places = (0..=4).map(|share| seen.from + (seen.to - seen.from) * f64::from(share) / 4.0);
        let is_dark = |beside: f64| {
            let light: f64 = places.clone().map(|aside| self.light(aside, seen.line.up(aside, beside))).sum();
            light / 5.0 <= lightest
        };
        let reach = |sign: f64| {
            let steps = (1..=(BESIDE_MM / 0.25) as i32).map(|step| f64::from(step) * 0.25);
            steps.take_while(|beside| is_dark(sign * beside)).last().unwrap_or(0.25)
        };
        (reach(1.0).max(reach(-1.0))).min(BESIDE_MM)
    }

    /// Where it ends over hair, mm aside; `None` where it is not seen there.
    fn end(&self, seen: &Seen, (half, lightest): (f64, f64)) -> Option<f64> {
        let (mut end, mut hair) = (None, seen.to);
        let over_hair = OVER_HAIR_MM / (1.0 + seen.line.rises * seen.line.rises).sqrt();
        for aside in asides(seen.to, ASIDE_MM.1.min(seen.to + over_hair)) {
            let up = |beside: f64| seen.line.up(aside, beside);
            if self.is_hair(aside, up(0.0)) {
                hair = aside;
            }
            let is_outside = !self.head.contains(self.at(aside, up(0.0)));
            if is_outside || aside > hair + OFF_HAIR_MM || aside > end.unwrap_or(seen.to) + UNLIKE_MM {
                break;
            }
            let light = [-0.5, 0.0, 0.5].map(|share| self.light(aside, up(share * half)));
            if light.into_iter().fold(f64::INFINITY, f64::min) <= lightest {
                end = Some(aside);
            }
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{Drawn, LIGHT_DARK, LIGHT_GREY, Palette, SKULL, clipped, in_photo, light, marked};
    use super::*;
    use crate::engine::design::{HairStroke, PaintKind};
    use std::rc::Rc;

    type Place = (f64, f64);

    const RISES: f64 = 0.3;

    fn up(aside: f64) -> f64 {
        4.0 + RISES * (aside - HINGE_MM)
    }

    /// An arm 3 mm thick on both sides of the face, from so far aside on.
    fn arm(from: f64) -> impl Fn(Place) -> bool {
        move |(x, y)| (from..84.0).contains(&x.abs()) && (y - up(x.abs())).abs() < 1.5
    }

    /// A head with hair before its ears, with an arm that has such a share of the light of what is under it; and once that hair is clipped.
    fn seen(palette: Palette, share: f64, from: f64, strokes: Vec<Rc<HairStroke>>) -> [impl Fn(Place) -> f64; 2] {
        let hair = |(x, y): Place| SKULL.grown(8.0).has((x, y)) && x.abs() > 58.0 && (-4.0..78.0).contains(&y);
        let image = Drawn { side: Side::Front, palette, hair: &hair, rough: 0.3 }.image();
        let image = marked(&image, [share; 3], arm(from));
        let after = clipped(&image, &image, strokes);
        [image.pixels.clone(), after].map(|pixels| move |place| light(&pixels, image.width, place))
    }

    #[test]
    fn an_arm_of_glasses_stays_and_the_hair_around_it_goes() {
        for palette in [LIGHT_GREY, LIGHT_DARK] {
            let [before, after] = seen(palette, 0.2, 44.0, Vec::new());
            for aside in [-70.0_f64, -64.0, -60.0, -52.0, 52.0, 60.0, 64.0, 70.0] {
                let at = |beside: f64| (aside, up(aside.abs()) + beside);
                assert_eq!(after(at(0.0)), before(at(0.0)), "{aside}");
                assert!(aside.abs() < 64.0 || after(at(5.0)) != before(at(5.0)), "{aside}: hair is left");
            }
        }
    }

    #[test]
    fn where_no_arm_is_seen_on_skin_none_stays_over_hair() {
        // A crease, and what begins in hair.
        for (share, from) in [(0.75, 44.0), (0.2, 60.0)] {
            let [_, after] = seen(LIGHT_GREY, share, from, Vec::new());
            let at = |beside: f64| after((66.0, up(66.0) + beside));
            assert!(at(0.0) > 0.85 * at(5.0), "{share} {from}: {} {}", at(0.0), at(5.0));
        }
    }

    #[test]
    fn what_the_visitor_takes_for_hair_is_no_arm() {
        let points = [60.0, 74.0].map(|aside| in_photo((aside, up(aside)))).to_vec();
        let brush = HairStroke { paint: PaintKind::Brush, radius: 4.0, points };
        let [before, after] = seen(LIGHT_GREY, 0.2, 44.0, vec![Rc::new(brush)]);
        let (right, left) = ((66.0, up(66.0)), (-66.0, up(66.0)));
        assert!(after(right) > 2.0 * before(right), "{} {}", after(right), before(right));
        assert_eq!(after(left), before(left));
    }
}
