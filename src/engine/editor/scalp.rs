//! Where bare scalp is: from the front line up and back to the visitor's own hair or to the background, found by colour
//! and by the change that an edge makes.
//!
//! Rays fan out from the middle between the line's ends. Along each, the scalp's colour is known from the line and follows
//! the shading; every look says how like scalp it is, above zero for like and below for unlike. The border is the chain of
//! places, one on each ray, whose scores up to the border sum highest while neighbours stay together (dynamic programming):
//! hair of any width counts against, a mole, a crease or a shine does not. It is a proposal that the visitor corrects, and
//! it says nothing where too little of an end is seen.
//!
//! Only `+ - * /` and `sqrt` decide, so that every browser finds the same border.

use super::AnalysisImage;
use crate::engine::calibration::{Head, Side};
use crate::engine::color::{grey_level, pixel_grey_level};
use crate::engine::face::PersonMask;
use crate::engine::geometry::{Angle, Mm, PhotoPoint, PhotoRect, Polygon, Polyline, median};

/// What is asked of a picture.
#[derive(Debug, Clone, Copy)]
pub struct ScalpAsk<'a> {
    /// The front line from the picture's left to its right. It goes on level from its ends. Fewer than two points stand for
    /// no line: then scalp is looked for in the whole head.
    pub line: &'a [PhotoPoint],
    /// The skull's outline; it may be off by a tenth of its size.
    pub head: &'a Head,
    /// Where hair usually begins, as a line that a ray from the middle of the scalp meets: nothing beyond it is scalp. Fewer
    /// than two points stand for no such line, as beside a front line.
    pub edge: &'a [PhotoPoint],
    /// The pupils, where they are known: nothing at their level or up to the brows is scalp.
    pub eyes: Option<(PhotoPoint, PhotoPoint)>,
    /// Photo pixels per millimetre.
    pub px_per_mm: f64,
}

/// The bare scalp behind the line: a closed outline of at most 40 corners in photo pixels, first the line from left to right,
/// then the border from right to left. Without a line it is the bare patch around the lightest smooth place of the head.
///
/// `None` where the end of the scalp is seen on too few rays to be believed, or nothing is left. Looks at 50,000 places of nine
/// pixels at most, whatever the picture's size; without a line, at three times as many.
#[must_use]
pub fn bare_scalp(analysis_image: &AnalysisImage, ask: &ScalpAsk) -> Option<Vec<PhotoPoint>> {
    let first = from(analysis_image, ask, None, Sought::Bare)?;
    let times = if ask.line.len() > 1 { 0 } else { TIMES_CENTRED };
    // The lightest place may stand at the patch's edge, from where rays tell little of the far side.
    (0..times).try_fold(first, |outline, _| {
        from(analysis_image, ask, Some(PhotoRect::around(&outline).middle()), Sought::Bare)
    })
}

/// All of the head behind the line, hair or not, before the background; else as [`bare_scalp`].
#[must_use]
pub fn whole_head(analysis_image: &AnalysisImage, ask: &ScalpAsk) -> Option<Vec<PhotoPoint>> {
    from(analysis_image, ask, Some(ask.head.on_outline(0.0, CENTRED_AT)), Sought::Head)
}

/// What is sought, without a line from a place or else from the lightest.
fn from(
    analysis_image: &AnalysisImage,
    ask: &ScalpAsk,
    place: Option<PhotoPoint>,
    sought: Sought,
) -> Option<Vec<PhotoPoint>> {
    Fan::new(analysis_image, ask, place)?.outline(sought)
}

/// Rays of a fan, less one: some 2 mm apart at the border.
const RAYS: usize = 96;
/// Each so many rays give a corner, behind a line and around.
const RAYS_A_CORNER: (usize, usize) = (4, 3);
/// Corners left for the line.
pub(super) const LINE_CORNERS: usize = 14;
/// Looks along a ray, and how many a head's half width takes (0.75 mm each): to the far side of any head.
const STEPS: usize = 240;
const STEPS_A_HALF_WIDTH: f64 = 100.0;
/// Changes that are just too much for scalp beside scalp, as shares of the light (our estimates, from portraits of light
/// and dark skin): darker as hair is; lighter, where a shine is allowed for; of another colour in the same light; rougher.
const DARKER: f64 = 0.22;
const LIGHTER: f64 = 0.40;
const COLOURED: f64 = 0.11;
const ROUGHER: f64 = 0.08;
/// Levels added to the light, so that noise in black is no change.
const BLACK: f64 = 16.0;
/// How fast the known colour follows the shading: a share a step along a ray, and from ray to ray along the line.
const FOLLOWS: f64 = 0.12;
const FOLLOWS_LINE: f64 = 0.30;
/// So many looks before the line each ray begins to follow the scalp's colour.
const AT_LINE: usize = 4;
/// How much a step of the border towards or away from the middle costs between two rays, in looks, and the most steps.
const UNEVEN: f64 = 0.5;
const MAX_UNEVEN: usize = 5;
/// Seen from above, a head may be so many times as broad as it is told by its front, where it is seen before shoulders (our
/// estimate).
const BROADER_ABOVE: f64 = 1.02;
/// Outside of the skull's outline scalp is the less believed the farther: so much a half width.
const OUTSIDE: f64 = 5.0;
/// Multiples of the outline beyond which nothing is looked at.
const MAX_DISTANCE: f64 = 1.5;
/// An end is seen where the looks behind it are mostly less like scalp than this; where it is not, the border stays this
/// far inside the outline.
const SEEN_BELOW: f64 = 0.2;
const SEEN_LOOKS: usize = 6;
const INSIDE: f64 = 0.98;
/// From the front and the back, ears begin so far inside of the outline's lower half (our estimate, from a bowed head).
const LOWER: f64 = 0.97;
/// Seen from above, what is like scalp so far outside is an ear or a shoulder.
const BEFORE_SHOULDERS: f64 = 1.015;
/// So many looks around an end its sharpest change is looked for: a look of 3 x 3 pixels meets a change early.
const SHARP: usize = 3;
/// Between scalp and the head's edge no hair is so narrow, in looks: what lies there is the rim in its own light.
const RIM: usize = 4;
/// A head may be rounder than skulls are by so many looks. Before a shoulder or an ear, which are like it, its scalp ends at a change
/// that is sharper than that, as a share of the light (our estimates, from a bald head seen from above).
const ROUNDER: usize = 12;
const RIM_CHANGE: f64 = 0.2;
/// The share of the rays on which an end must be seen.
const MIN_SEEN: f64 = 0.25;
/// The least area that is worth an outline, square mm.
const MIN_AREA: f64 = 200.0;
/// From the pupils up to over the brows, where the ears begin (our estimate).
const TO_BROWS: Mm = Mm(20.0);
/// Without a line the patch is sought on a grid of so many places a side in the inner part of the outline.
const PLACES: i32 = 9;
const INNER: f64 = 0.7;
/// From where the whole head is looked for, half heights over its middle: from there both sides of an ear are seen.
const CENTRED_AT: f64 = 0.3;
/// So many times it is sought anew from the middle of what was found.
const TIMES_CENTRED: usize = 2;

/// What a border encloses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sought {
    Bare,
    Head,
}

/// What is seen at a place: the mean of 3 x 3 pixels, in levels, and how much their light differs, one standard deviation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ColorSample {
    rgb: [f64; 3],
    rough: f64,
}

fn squared_distance(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

impl ColorSample {
    /// How unlike the known scalp another look is: 1 is just too much.
    fn change(&self, seen: &Self) -> f64 {
        let (known_light, seen_light) = (grey_level(self.rgb) + 1e-9, grey_level(seen.rgb));
        let darker = known_light - seen_light;
        let (most, allowed) = if darker > 0.0 { (known_light, DARKER) } else { (seen_light, LIGHTER) };
        let most = most + BLACK;
        // The known colour in the light that is seen: what shading makes of it.
        let shaded = self.rgb.map(|level| level * seen_light / known_light);
        let shade = darker / most / allowed;
        let colour = squared_distance(shaded, seen.rgb) / (most * COLOURED * most * COLOURED);
        let rough = seen.rough / (seen_light + BLACK) - self.rough / (known_light + BLACK);
        let rough = rough.clamp(0.0, 1.0) / ROUGHER;
        (shade * shade + colour + rough * rough).sqrt()
    }

    /// How like the known scalp a look is, 1 to -1; what is like changes what is known by that share.
    fn likeness(&mut self, seen: &Self, share: f64) -> f64 {
        let like = (1.0 - self.change(seen)).clamp(-1.0, 1.0);
        if like > 0.0 {
            self.rgb.iter_mut().zip(seen.rgb).for_each(|(known, seen)| *known += (seen - *known) * share);
        }
        like
    }
}

impl AnalysisImage {
    /// The look of middling light among those at some places; `None` where none lies in the picture.
    pub(super) fn usual_look(&self, places: impl Iterator<Item = PhotoPoint>) -> Option<ColorSample> {
        let mut looks: Vec<ColorSample> = places.filter_map(|place| self.look(place)).collect();
        looks.sort_by(|a, b| grey_level(a.rgb).total_cmp(&grey_level(b.rgb)));
        looks.get(looks.len() / 2).copied()
    }

    /// How unlike known skin a place looks: from 1 on too unlike to be that skin in another light; `None` outside of the picture.
    pub(super) fn unlike(&self, skin: &ColorSample, place: PhotoPoint) -> Option<f64> {
        Some(skin.change(&self.look(place)?))
    }

    fn look(&self, point: PhotoPoint) -> Option<ColorSample> {
        let (x, y) = ((point.x * self.zoom).floor(), (point.y * self.zoom).floor());
        let (mut rgb, mut sum, mut squares, mut count) = ([0.0; 3], 0.0, 0.0, 0.0);
        for near in 0..9_u8 {
            let (x, y) = (x + f64::from(near % 3) - 1.0, y + f64::from(near / 3) - 1.0);
            let inside = x >= 0.0 && y >= 0.0 && x < self.width as f64;
            let at = if inside { (y as usize * self.width + x as usize) * 4 } else { usize::MAX };
            let Some(seen) = self.pixels.get(at..).and_then(|rest| rest.first_chunk::<3>()) else {
                // Beside the picture nothing is seen; at its edge, what is inside.
                if near == 4 {
                    return None;
                }
                continue;
            };
            let level = pixel_grey_level(*seen);
            rgb.iter_mut().zip(seen).for_each(|(sum, level)| *sum += f64::from(*level));
            sum += level;
            squares += level * level;
            count += 1.0;
        }
        let rgb = rgb.map(|sum| sum / count);
        let mean = sum / count;
        let variance = squares / count - mean * mean;
        Some(ColorSample { rgb, rough: variance.max(0.0).sqrt() })
    }
}

/// A ray from the fan's middle.
struct Ray {
    direction: (f64, f64),
    /// The first step behind the line: no border stands before it.
    first: usize,
    /// The last step before the usual edge of hair.
    last: usize,
    /// The scalp's look at the line.
    known: ColorSample,
}

/// Where what is sought ends on a ray.
#[derive(Clone, Copy)]
struct End {
    steps: usize,
    /// Whether it was seen to end; else it stays inside of the skull's outline.
    seen: bool,
}

/// Rays over a head.
struct Fan<'a> {
    analysis_image: &'a AnalysisImage,
    ask: &'a ScalpAsk<'a>,
    middle: PhotoPoint,
    step: f64,
    /// Where a person is seen: that tells the head from the background.
    person: Option<&'a PersonMask>,
    /// Whether the rays go all around.
    around: bool,
    rays: Vec<Ray>,
}

impl<'a> Fan<'a> {
    /// Rays from the middle between the line's ends; without a line from a place, or else from the lightest.
    fn new(analysis_image: &'a AnalysisImage, ask: &'a ScalpAsk<'a>, from: Option<PhotoPoint>) -> Option<Self> {
        let (head, line) = (ask.head, ask.line);
        let step = head.half_width / STEPS_A_HALF_WIDTH;
        let finite = head.centre.is_finite() && line.iter().all(|point| point.is_finite());
        if !(finite && step > 0.0 && step.is_finite() && head.half_height > 0.0) {
            return None;
        }
        let (middle, right, turn) = match line {
            [a, .., b] if a.distance(*b) > step => (a.lerp(*b, 0.5), *b, 180.0),
            _ => {
                let middle = from.or_else(|| lightest(analysis_image, ask))?;
                (middle, middle.moved(step, 0.0), 360.0)
            }
        };
        let half = middle.distance(right);
        let (x, y) = ((right.x - middle.x) / half, (right.y - middle.y) / half);
        let person = analysis_image.person_on(head.side);
        let mut fan = Self { analysis_image, ask, middle, step, person, around: turn == 360.0, rays: Vec::new() };
        let blank = ColorSample { rgb: [0.0; 3], rough: 0.0 };
        for index in 0..=RAYS {
            let Angle { sine, cosine } = Angle::degrees(180.0 - turn * index as f64 / RAYS as f64);
            let direction = (x * cosine + y * sine, y * cosine - x * sine);
            let at_end = index == 0 || index == RAYS;
            let far = if at_end && !fan.around { half } else { crossings(middle, direction, line).1 };
            let last = crossings(middle, direction, ask.edge).0;
            let first = ((far / step) as usize + 1).min(STEPS);
            fan.rays.push(Ray { direction, first, last: (last / step) as usize, known: blank });
        }
        fan.know()?;
        Some(fan)
    }

    /// Learns the scalp's look where each ray meets the line: the usual one over the middle of the line, followed through
    /// the shading to both ends.
    fn know(&mut self) -> Option<()> {
        let looks: Vec<Option<ColorSample>> = self.rays.iter().map(|ray| self.look(ray, ray.first)).collect();
        let over_middle = || looks.iter().skip(RAYS / 4).take(RAYS / 2).flatten();
        let middling = median(over_middle().map(|look| grey_level(look.rgb)))?;
        let usual = *over_middle().find(|look| grey_level(look.rgb) >= middling)?;
        let mut known = usual;
        // From the middle to the right end, then from the middle to the left one.
        for turn in 0..=RAYS {
            let index = if turn > RAYS / 2 { RAYS - turn } else { RAYS / 2 + turn };
            if index + 1 == RAYS / 2 {
                known = usual;
            }
            if let Some(Some(seen)) = looks.get(index) {
                known.likeness(seen, FOLLOWS_LINE);
            }
            if let Some(ray) = self.rays.get_mut(index) {
                ray.known = known;
            }
        }
        Some(())
    }

    fn at(&self, ray: &Ray, steps: f64) -> PhotoPoint {
        self.middle.moved(ray.direction.0 * steps * self.step, ray.direction.1 * steps * self.step)
    }

    fn look(&self, ray: &Ray, step: usize) -> Option<ColorSample> {
        self.analysis_image.look(self.at(ray, step as f64))
    }

    /// At which multiple of the skull's outline a step stands, and whether in its lower half.
    fn outline_at(&self, ray: &Ray, step: usize) -> (f64, bool) {
        let head = self.ask.head;
        let broader = if head.side == Side::Top && !head.by_hand { BROADER_ABOVE } else { 1.0 };
        let (right, up) = head.shares(self.at(ray, step as f64));
        ((right * right / (broader * broader) + up * up).sqrt(), up < 0.0)
    }

    /// The look after so many steps near the head, and whether there can be scalp: not at the level of the eyes, nor, from the
    /// front and the back, outside of the skull's outline in its lower half, where the ears are.
    fn candidate(&self, ray: &Ray, step: usize) -> Option<(ColorSample, bool)> {
        let at = self.at(ray, step as f64);
        let is_face = self.ask.eyes.is_some_and(|(a, b)| {
            let (left, right) = if a.x <= b.x { (a, b) } else { (b, a) };
            let (x, y) = (right.x - left.x, right.y - left.y);
            let above = (at.x - left.x) * y - (at.y - left.y) * x;
            above < TO_BROWS.0 * self.ask.px_per_mm * left.distance(right)
        });
        let (outline, lower) = self.outline_at(ray, step);
        let is_ear = lower && outline > LOWER && matches!(self.ask.head.side, Side::Front | Side::Back);
        if outline > MAX_DISTANCE { None } else { Some((self.analysis_image.look(at)?, !is_face && !is_ear)) }
    }

    /// How like scalp the looks along a ray are, 1 to -1, from the line outwards; for the whole head how surely a person is seen
    /// there, or else how unlike the background, whose look is followed from outside inwards.
    fn likes(&self, ray: &Ray, sought: Sought) -> Vec<f64> {
        let mut likes = vec![-1.0; STEPS];
        let bare = sought == Sought::Bare;
        let mut known = bare.then_some(ray.known);
        // Where the usual edge of hair lies on the head no background is seen before it.
        let within = !bare && ray.last < STEPS && self.outline_at(ray, ray.last).0 < 1.0;
        for turn in 0..STEPS {
            let step = if bare { turn } else { STEPS - 1 - turn };
            if step + AT_LINE < ray.first {
                continue;
            }
            let Some(like) = likes.get_mut(step) else { continue };
            if step > ray.last || within {
                // What lies beyond the edge says nothing, so that the border need not follow it.
                *like = f64::from(u8::from(step <= ray.last));
            } else if let Some((seen, can_be)) = self.candidate(ray, step) {
                let value = match self.person.filter(|_| !bare) {
                    Some(person) => person.share(self.at(ray, step as f64)).map_or(1.0, |share| 1.0 - 2.0 * share),
                    None => known.get_or_insert(seen).likeness(&seen, FOLLOWS),
                };
                if can_be {
                    *like = if bare { value } else { -value };
                }
            }
        }
        likes
    }

    fn outline(&self, sought: Sought) -> Option<Vec<PhotoPoint>> {
        let mut border = self.ends(Sought::Head);
        for (rim, scalp) in border.iter_mut().zip(self.ends(Sought::Bare)) {
            // Before shoulders and ears, and over a neck, all of which are like it, a head ends no sooner than its scalp.
            let scalp_holds = match sought {
                Sought::Bare => !rim.seen || rim.steps.abs_diff(scalp.steps) > RIM,
                Sought::Head => scalp.steps > rim.steps,
            };
            if scalp_holds {
                *rim = scalp;
            }
        }
        let seen = border.iter().filter(|end| end.seen).count();
        if (seen as f64) < MIN_SEEN * RAYS as f64 {
            return None;
        }
        let corners = self.corners(&border);
        let least = MIN_AREA * self.ask.px_per_mm * self.ask.px_per_mm;
        (Polygon::new(corners.clone()).area() >= least).then_some(corners)
    }

    /// The line's corners and then the border's from the last ray to the first, each smoothed by its neighbours.
    fn corners(&self, border: &[End]) -> Vec<PhotoPoint> {
        let (line, analysis_image) = (self.ask.line, self.analysis_image);
        let width = analysis_image.width as f64 / analysis_image.zoom;
        let height = (analysis_image.pixels.len() / 4 / analysis_image.width.max(1)) as f64 / analysis_image.zoom;
        let count = line.len().min(LINE_CORNERS);
        let mut corners = Vec::new();
        for index in 0..count {
            corners.extend(line.get(index * (line.len() - 1) / (count - 1).max(1)));
        }
        let end = |index: usize| border.get(index).map_or(0.0, |end| end.steps as f64);
        // Without a line the first and the last ray are one.
        let (each, mut index) = if count > 1 { (RAYS_A_CORNER.0, RAYS) } else { (RAYS_A_CORNER.1, RAYS - 1) };
        let edge = Polyline::new(self.ask.edge.to_vec());
        // On which piece of the edge the last two corners lie.
        let (mut before, mut last): (Option<usize>, Option<usize>) = (None, None);
        while let Some(ray) = self.rays.get(index) {
            let beside = (end(index.saturating_sub(1)) + end((index + 1).min(RAYS))) / 2.0;
            let is_on_edge = border.get(index).is_some_and(|end| end.steps == ray.last);
            let steps = if is_on_edge { end(index) } else { (end(index) + beside) / 2.0 };
            let corner = self.at(ray, steps);
            let on_edge = edge.project(corner).filter(|_| is_on_edge).map(|near| near.piece);
            // Between two ends on the usual edge of hair the outline follows it, also where an ear hides it from the middle.
            if let Some((from, to)) = last.zip(on_edge) {
                let between = edge.points().iter().take(from.max(to) + 1).skip(from.min(to) + 1);
                let between: Vec<PhotoPoint> = between.map(|point| point.clamped(width, height).rounded()).collect();
                if from == to && before == last {
                    // The corner between two on the same straight piece says nothing.
                    corners.pop();
                }
                if from < to { corners.extend(between) } else { corners.extend(between.iter().rev()) }
            }
            (before, last) = (last, on_edge);
            corners.push(corner.clamped(width, height).rounded());
            index = index.wrapping_sub(each);
        }
        corners
    }

    /// Where what is sought ends on each ray: the chain of ends that are worth most together, less what its unevenness
    /// costs, each moved to the sharpest change near by, or to the skull's outline where no end is seen.
    fn ends(&self, sought: Sought) -> Vec<End> {
        let likes: Vec<Vec<f64>> = self.rays.iter().map(|ray| self.likes(ray, sought)).collect();
        // All around, the chain is laid twice, and the middle of it believed: there it meets itself.
        let count = self.rays.len();
        let (laid, kept) = if self.around { (2 * count, count / 2) } else { (count, 0) };
        // How much the best chain up to a ray is worth that ends there after so many steps, and where it came from.
        let mut worth = vec![0.0; STEPS + 1];
        let mut ways = Vec::new();
        for (ray, likes) in self.rays.iter().zip(&likes).cycle().take(laid) {
            let before = worth.clone();
            let mut way = vec![0; STEPS + 1];
            let mut sum = 0.0;
            for (end, (worth, way)) in worth.iter_mut().zip(&mut way).enumerate() {
                if end > ray.first {
                    let (outline, _) = self.outline_at(ray, end - 1);
                    sum += likes.get(end - 1).unwrap_or(&-1.0) - OUTSIDE * (outline - 1.0).clamp(0.0, MAX_DISTANCE);
                }
                let first = end.saturating_sub(MAX_UNEVEN);
                let mut most = f64::MIN;
                for (place, before) in before.iter().enumerate().skip(first).take(end + MAX_UNEVEN + 1 - first) {
                    let value = before - UNEVEN * place.abs_diff(end) as f64;
                    if value > most {
                        (most, *way) = (value, place);
                    }
                }
                *worth = most + sum;
            }
            ways.push(way);
        }
        let (mut end, mut most) = (0, f64::MIN);
        for (place, worth) in worth.iter().enumerate() {
            if *worth > most {
                (most, end) = (*worth, place);
            }
        }
        let mut ends = vec![End { steps: 0, seen: false }; RAYS + 1];
        for (place, way) in ways.iter().enumerate().rev() {
            let index = place % count;
            if let (Some(ray), Some(likes), Some(slot)) = (self.rays.get(index), likes.get(index), ends.get_mut(index))
                && (kept..kept + count).contains(&place)
            {
                *slot = self.settled(ray, likes, end.max(ray.first), sought);
            }
            end = way.get(end).copied().unwrap_or(end);
        }
        ends
    }

    /// An end at the sharpest change near by, or, where no end is seen, inside of the skull's outline.
    fn settled(&self, ray: &Ray, likes: &[f64], end: usize, sought: Sought) -> End {
        if end > ray.last {
            return End { steps: ray.last, seen: false };
        }
        let (mut behind, mut count) = (0.0, 0.0);
        for like in likes.iter().skip(end).take(SEEN_LOOKS) {
            behind += like - SEEN_BELOW;
            count += 1.0;
        }
        let mut steps = end;
        let seen = behind < 0.0 && count > 0.0;
        let within = match sought {
            Sought::Bare if self.ask.head.side == Side::Top => BEFORE_SHOULDERS,
            _ if seen => MAX_DISTANCE,
            _ => INSIDE,
        };
        while steps > ray.first && self.outline_at(ray, steps).0 > within {
            steps -= 1;
        }
        if steps < end && sought == Sought::Bare {
            // What is like scalp goes on over a shoulder or an ear.
            let (rim, change) = self.sharpest(ray, steps, ROUNDER);
            return End { steps: if change > RIM_CHANGE { rim } else { steps }, seen };
        }
        if !seen || steps < end {
            return End { steps, seen };
        }
        End { steps: self.sharpest(ray, end, SHARP).0, seen }
    }

    /// The step of the sharpest change within so many looks of a step, and how sharp it is as a share of the light.
    fn sharpest(&self, ray: &Ray, step: usize, within: usize) -> (usize, f64) {
        let mut sharpest = (step, 0.0);
        for step in step.saturating_sub(within).max(ray.first)..=step + within {
            if let (Some(a), Some(b)) = (self.look(ray, step.saturating_sub(1)), self.look(ray, step + 1)) {
                let change = squared_distance(a.rgb, b.rgb).sqrt() / (grey_level(a.rgb).max(grey_level(b.rgb)) + BLACK);
                if change > sharpest.1 {
                    sharpest = (step, change);
                }
            }
        }
        sharpest
    }
}

/// How far from a point in a direction a line is crossed first and last, in lengths of the direction; infinite and 0 where it
/// is not.
fn crossings(from: PhotoPoint, (x, y): (f64, f64), line: &[PhotoPoint]) -> (f64, f64) {
    let (mut first, mut last) = (f64::INFINITY, 0.0);
    for pair in line.windows(2) {
        let &[a, b] = pair else { continue };
        let (ex, ey) = (b.x - a.x, b.y - a.y);
        let across = x * ey - y * ex;
        let (dx, dy) = (a.x - from.x, a.y - from.y);
        let along = (dx * y - dy * x) / across;
        let far = (dx * ey - dy * ex) / across;
        if (0.0..=1.0).contains(&along) && far > 0.0 {
            (first, last) = (first.min(far), far.max(last));
        }
    }
    (first, last)
}

/// The lightest smooth place in the inner part of a head, before the usual edge of hair: where scalp shows through hair.
fn lightest(analysis_image: &AnalysisImage, &ScalpAsk { head, edge, .. }: &ScalpAsk) -> Option<PhotoPoint> {
    let (mut most, mut lightest) = (f64::MIN, None);
    let middle = head.on_outline(0.0, CENTRED_AT);
    for index in 0..PLACES * PLACES {
        let share = |index: i32| (f64::from(2 * index + 1) / f64::from(PLACES) - 1.0) * INNER;
        let place = head.on_outline(share(index % PLACES), share(index / PLACES));
        if let Some(look) = analysis_image.look(place) {
            let value = grey_level(look.rgb) - 2.0 * look.rough;
            let way = (place.x - middle.x, place.y - middle.y);
            if value > most && crossings(middle, way, edge).0 > 1.0 {
                (most, lightest) = (value, Some(place));
            }
        }
    }
    lightest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::HeadParameters;
    use crate::engine::geometry::PxPerMm;

    const WALL: [u8; 3] = [150, 160, 165];
    const SKIN: [f64; 3] = [205.0, 160.0, 138.0];
    const SCALE: f64 = 2.0;
    const MIDDLE: PhotoPoint = PhotoPoint::new(200.0, 220.0);
    const HALF: f64 = 150.0;
    /// The fringe: everything of the disc that is farther from its upright axis.
    const FRINGE: f64 = 110.0;

    /// 400 x 440 pixels: a disc of skin that darkens towards its rim, with dark hair at both sides, on a wall.
    fn bust(wall: [u8; 3], fringe: f64) -> AnalysisImage {
        let pixel = |at: usize| {
            let (x, y) = ((at % 400) as f64 - MIDDLE.x, (at / 400) as f64 - MIDDLE.y);
            let far = (x * x + y * y) / (HALF * HALF);
            let skin = SKIN.map(|level| (level * (1.0 - 0.35 * far)) as u8);
            let [r, g, b] = if far > 1.0 {
                wall
            } else if x.abs() > fringe {
                [52, 40, 34]
            } else {
                skin
            };
            [r, g, b, 255]
        };
        AnalysisImage::new((0..400 * 440).flat_map(pixel).collect(), 400, 1.0)
    }

    fn head(side: Side) -> Head {
        let parameters = HeadParameters { length: Mm(195.0), camera: Mm(1000.0) };
        let usual = Head::usual(side, (400.0, 440.0), PxPerMm::new(SCALE).unwrap(), &parameters);
        Head { centre: MIDDLE, half_width: HALF, half_height: HALF, ..usual }
    }

    /// A line across the forehead, 60 px over the disc's middle, down to the fringe.
    fn line() -> Vec<PhotoPoint> {
        [(92.0, 190.0), (130.0, 165.0), (200.0, 155.0), (270.0, 165.0), (308.0, 190.0)]
            .map(|(x, y)| PhotoPoint::new(x, y))
            .to_vec()
    }

    fn asked(analysis_image: &AnalysisImage, line: &[PhotoPoint], head: &Head) -> Option<Vec<PhotoPoint>> {
        bare_scalp(analysis_image, &ScalpAsk { line, head, edge: &[], eyes: None, px_per_mm: SCALE })
    }

    #[track_caller]
    fn assert_held(outline: &[PhotoPoint], inside: &[(f64, f64)], outside: &[(f64, f64)]) {
        let shape = Polygon::new(outline.to_vec());
        for (points, expected) in [(inside, true), (outside, false)] {
            for &(x, y) in points {
                assert_eq!(shape.contains(PhotoPoint::new(x, y)), expected, "({x}, {y}) of {outline:?}");
            }
        }
    }

    #[test]
    fn the_scalp_ends_at_the_fringe_and_at_the_wall() {
        let outline = asked(&bust(WALL, FRINGE), &line(), &head(Side::Front)).unwrap();
        assert_held(
            &outline,
            &[(200.0, 76.0), (200.0, 150.0), (120.0, 112.0), (280.0, 112.0), (97.0, 165.0)],
            &[(200.0, 64.0), (200.0, 160.0), (82.0, 150.0), (318.0, 150.0), (100.0, 90.0), (200.0, 300.0)],
        );
        assert_eq!(outline.first(), line().first());
    }

    #[test]
    fn the_whole_head_takes_the_fringe_in() {
        let (analysis_image, line, head) = (bust(WALL, FRINGE), line(), head(Side::Front));
        let ask = ScalpAsk { line: &line, head: &head, edge: &[], eyes: None, px_per_mm: SCALE };
        let outline = whole_head(&analysis_image, &ask).unwrap();
        assert_held(
            &outline,
            &[(200.0, 76.0), (70.0, 170.0), (330.0, 170.0)],
            &[(48.0, 170.0), (200.0, 64.0), (200.0, 160.0)],
        );
    }

    #[test]
    fn before_a_wall_like_skin_nothing_is_said() {
        let rim = SKIN.map(|level| (level * 0.65) as u8);
        assert_eq!(asked(&bust(rim, 1000.0), &line(), &head(Side::Front)), None);
    }

    #[test]
    fn before_a_wall_like_skin_the_person_s_edge_ends_the_head() {
        let rim = SKIN.map(|level| (level * 0.65) as u8);
        let on_head = |at: PhotoPoint| at.distance(MIDDLE) < HALF;
        let person = Some(PersonMask::drawn((400.0, 440.0), on_head).into());
        let analysis_image = AnalysisImage { person, ..bust(rim, 1000.0) };
        let outline = asked(&analysis_image, &line(), &head(Side::Front)).unwrap();
        assert_held(&outline, &[(200.0, 76.0), (100.0, 120.0)], &[(200.0, 62.0), (80.0, 100.0)]);
    }

    #[test]
    fn what_is_beside_the_eyes_is_no_scalp() {
        let (analysis_image, line, head) = (bust(WALL, 1000.0), line(), head(Side::Front));
        let over = |y: f64| {
            // The first from the right: the eyes may be marked in either order.
            let eyes = Some((PhotoPoint::new(260.0, y), PhotoPoint::new(140.0, y)));
            bare_scalp(&analysis_image, &ScalpAsk { line: &line, head: &head, edge: &[], eyes, px_per_mm: SCALE })
                .unwrap()
        };
        assert_held(&over(250.0), &[(75.0, 180.0), (325.0, 180.0)], &[]);
        assert_held(&over(215.0), &[(200.0, 100.0)], &[(75.0, 180.0), (325.0, 180.0)]);
    }

    #[test]
    fn without_a_line_the_bare_patch_is_found() {
        let outline = asked(&bust(WALL, 60.0), &[], &head(Side::Top)).unwrap();
        assert_held(&outline, &[(200.0, 220.0), (150.0, 220.0), (250.0, 220.0)], &[(125.0, 220.0), (275.0, 220.0)]);
        assert!(outline.len() <= 40, "{}", outline.len());
    }

    #[test]
    fn from_above_the_scalp_ends_at_the_head_s_rim_before_shoulders() {
        // Shoulders as light as the middle of the head, which is rounder and stands farther to the right than it is known for.
        let shoulders = SKIN.map(|level| level as u8);
        let known = Head { centre: MIDDLE.moved(-12.0, 0.0), half_height: 0.96 * HALF, ..head(Side::Top) };
        let outline = asked(&bust(shoulders, 1000.0), &[], &known).unwrap();
        let off = outline.iter().map(|corner| corner.distance(MIDDLE) - HALF);
        assert!(off.clone().all(|off| off.abs() < 4.0), "{:?}", off.collect::<Vec<_>>());
    }

    #[test]
    fn odd_questions_get_no_answer_or_one_inside_of_the_picture() {
        let head = head(Side::Front);
        let empty = AnalysisImage::new(Vec::new(), 0, 1.0);
        assert_eq!(asked(&empty, &line(), &head), None);
        assert_eq!(asked(&empty, &[], &head), None);
        let analysis_image = bust(WALL, FRINGE);
        let at_edge = [PhotoPoint::new(0.0, 2.0), PhotoPoint::new(200.0, 0.0), PhotoPoint::new(400.0, 2.0)];
        assert_eq!(asked(&analysis_image, &at_edge, &head), None);
        assert_eq!(asked(&analysis_image, &line(), &Head { half_width: 0.0, ..head }), None);
        assert_eq!(asked(&analysis_image, &[PhotoPoint::new(f64::NAN, 0.0), MIDDLE], &head), None);
        // A head that the picture cuts off: the outline ends with the picture.
        let cut = AnalysisImage { pixels: analysis_image.pixels[400 * 4 * 100..].to_vec(), ..analysis_image };
        let higher = |point: PhotoPoint| point.moved(0.0, -100.0);
        let line: Vec<PhotoPoint> = line().into_iter().map(higher).collect();
        let outline = asked(&cut, &line, &Head { centre: higher(MIDDLE), ..head }).unwrap();
        assert!(outline.iter().all(|point| point.y >= -1.5), "{outline:?}");
        assert_held(&outline, &[(200.0, 10.0), (140.0, 10.0)], &[]);
    }
}
