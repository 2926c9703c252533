//! Where a head would end before the background if its hair were clipped.
//!
//! Rays go out from the middle of the skull. Where a ray ends in bare skin, that is the edge. Where it ends in hair, the edge lies
//! within it: a usual skull between what is seen bare, held against how far hair reaches and where it begins, smooth from ray to
//! ray.

use super::ear_tops::with_ears;
use super::ray::Ray;
use super::skull_form::{beyond_skull, close_ear_gaps, unevenness};
use super::zones::Zones;
use crate::engine::calibration::{HeadParameters, OutlineForm, Side};
use crate::engine::geometry::{Angle, PhotoPoint, median};

/// Rays all around.
const RAYS: usize = 180;
/// From and to which multiples of the skull's outline a ray is followed, and a step of it, mm.
const FROM: f64 = 0.45;
const TO: f64 = 1.55;
const STEP: f64 = 0.5;
/// And at most so many steps of it, where a scale contradicts a head.
const MAX_STEPS: f64 = 2_000.0;
/// The background goes on for so many steps, or a single cell of it is an error.
const LASTS: usize = 8;
/// A ray ends in hair where hair is met within this of its end, mm.
const AT_END: f64 = 4.0;
/// The same below the upper end of the ears, where skin beyond hair is an ear.
const AT_EAR: f64 = 1.0;
/// Hair is at least so thick before the background, mm.
const MIN_THICK: f64 = 1.0;
/// And at most.
const MAX_THICK: f64 = 45.0;
/// How thick hair usually is at the sides and on the top, and how much that differs, one standard deviation, mm (our estimates).
const SIDE_THICK: (f64, f64) = (6.0, 5.0);
const TOP_THICK: (f64, f64) = (12.0, 8.0);
/// The breadth of a usual head and its height over the pupils as they are seen from 1 m in the pupils' plane, and how much they differ
/// where the pupils tell the scale, mm.
const BREADTH: (f64, f64) = (147.0, 9.0);
const HEIGHT: (f64, f64) = (103.0, 9.0);
/// The breadth of a usual face from ear to ear as the mesh sees it, with that head: of a face that is found broader, head and scale
/// are. And how much a head's breadth differs from that, mm.
const FACE_BREADTH: f64 = 131.0;
const BREADTH_BY_FACE: f64 = 6.0;
/// Degrees from the top down between which ears stand out beside a face. They are believed to be ears where they stand out from the
/// middle by more than this share of half the face's breadth; no skull is broader than it is between them (our estimates).
const EARS: (f64, f64) = (84.0, 122.0);
const EARS_STAND_OUT: f64 = 1.04;
const WITHIN_EARS: f64 = 0.98;
/// Degrees from the top down to which a ray is one of the top, and between which of the sides: above the ears.
const TOP_TO: f64 = 25.0;
const SIDES: (f64, f64) = (50.0, 84.0);
/// The same of what is seen bare between top and sides, on so many rays at least, and how much of the thickness that it tells is
/// believed (our estimate).
const BARE: (f64, f64) = (28.0, 78.0);
const MIN_BARE_RAYS: usize = 5;
const BARE_BELIEVED: f64 = 0.4;
/// How far the skull differs from a usual one in a direction, as a share, and what is seen bare from what is true.
const FORM_SPREAD: f64 = 0.03;
const SEEN_SPREAD: f64 = 0.004;
/// What is narrower than so many rays is no ear but a spike; and from which height of the head on they are looked for.
const SPIKE_RAYS: usize = 5;
const SPIKES_FROM: f64 = -0.3;
/// How much the share bends between neighbouring rays.
const BEND: f64 = 0.001;
/// Rounds in which the shares settle.
const ROUNDS: usize = 400;

/// What is met at a place: hair, background, or else skin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Met {
    Skin,
    Hair,
    Wall,
}

/// A head without its hair, before the background.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MetHead {
    /// Where it ends: clockwise from the top, photo pixels.
    pub(super) outline: Vec<PhotoPoint>,
    /// Where it ends without ears, if it is seen from the front, likewise.
    pub(super) skull: Vec<PhotoPoint>,
    /// Places that are taken for skin beyond any skull, of a head from the front, as close as cells.
    pub(super) beyond: Vec<PhotoPoint>,
    /// How far the outline of such a head leaves the form of a skull, mm.
    pub(super) uneven: f64,
}

/// A head without its hair: what is met at a place is told, and nothing beyond the photo.
pub(super) fn head_edge(
    zones: &Zones,
    parameters: &HeadParameters,
    met: impl Fn(PhotoPoint) -> Option<Met>,
) -> MetHead {
    let edge = HeadEdge { zones, form: OutlineForm::of(zones.head.side, parameters) };
    let mm = edge.mm_of_share();
    let mut rays: Vec<Ray> = (0..RAYS).map(|ray| edge.ray(ray, &met)).collect();
    close_ear_gaps(&mut rays, mm);
    let expected = edge.expected(&rays);
    let skull = settled(&rays, &expected, mm);
    let is_front = zones.head.side == Side::Front;
    let (beyond, uneven) = if is_front {
        (beyond_skull(&rays, &expected, zones), unevenness(&rays, (&expected, &skull), mm))
    } else {
        (Vec::new(), 0.0)
    };
    let seen = seen_beside(&rays, &skull);
    let (skull, shares) =
        if is_front { (skull.clone(), with_ears(&rays, &skull, &seen, mm)) } else { (seen.clone(), seen) };
    let corner =
        |(ray, share): (&Ray, &f64)| zones.head.on_outline(ray.direction.0 * share, ray.direction.1 * share).rounded();
    let drawn = |shares: &[f64]| rays.iter().zip(shares).map(corner).collect();
    MetHead { outline: drawn(&shares), skull: drawn(&skull), beyond, uneven }
}

/// How far the outline of a head stands out somewhere in what is narrower than any ear, mm: a thing behind it that looks like skin or
/// hair was taken for it there.
pub(super) fn sharpest_spike(zones: &Zones, outline: &[PhotoPoint]) -> f64 {
    let head = &zones.head;
    let reach: Vec<f64> = outline.iter().map(|point| point.distance(head.centre)).collect();
    let count = reach.len().max(1);
    let at = |ray: usize| reach.get(ray % count).copied().unwrap_or(0.0);
    // Of each row of rays that the ray is among the shortest, and of these the longest.
    let opened = |ray: usize| {
        let rows = (0..SPIKE_RAYS).map(|before| ray + count - before);
        rows.map(|first| (first..first + SPIKE_RAYS).map(at).fold(f64::INFINITY, f64::min)).fold(0.0, f64::max)
    };
    let is_looked_at = |point: &PhotoPoint| head.side == Side::Top || head.shares(*point).1 > SPIKES_FROM;
    let spikes = outline.iter().enumerate().filter(|(_, point)| is_looked_at(point));
    spikes.map(|(ray, _)| at(ray) - opened(ray)).fold(0.0, f64::max) / zones.px_per_mm
}

struct HeadEdge<'a> {
    zones: &'a Zones<'a>,
    form: OutlineForm,
}

impl HeadEdge<'_> {
    fn ray(&self, index: usize, met: impl Fn(PhotoPoint) -> Option<Met>) -> Ray {
        let degrees = 360.0 * index as f64 / RAYS as f64;
        let Angle { sine, cosine } = Angle::degrees(if degrees > 180.0 { degrees - 360.0 } else { degrees });
        let direction = (sine, cosine);
        let head = &self.zones.head;
        let unit = head.on_outline(sine, cosine).distance(head.centre);
        let step = (STEP * self.zones.px_per_mm / unit).max((TO - FROM) / MAX_STEPS);
        let mut ray = Ray { degrees, direction, end: None, hair_from: None, is_above_ears: false };
        let (mut lasted, mut hair_from, mut hair_to) = (0, None, FROM);
        for at in 0..((TO - FROM) / step) as usize {
            let share = FROM + at as f64 * step;
            let met = met(head.on_outline(sine * share, cosine * share));
            match met {
                Some(Met::Wall) => lasted += 1,
                Some(Met::Hair) => {
                    lasted = 0;
                    // Skin between hair is a gap in it, if it is narrow.
                    hair_from = hair_from.filter(|_| share - hair_to < AT_END * step / STEP).or(Some(share));
                    hair_to = share;
                }
                Some(Met::Skin) => lasted = 0,
                None if lasted == 0 => {
                    ray.is_above_ears = self.zones.is_above_ears(head.on_outline(sine * share, cosine * share));
                    ray.hair_from = hair_from.filter(|_| share - hair_to < AT_END * step / STEP);
                    break;
                }
                // The photo ends in background, which goes on.
                None => (),
            }
            if lasted == LASTS || met.is_none() {
                let end = share - step * (lasted - usize::from(met.is_some())) as f64;
                ray.end = Some(end);
                ray.is_above_ears = self.zones.is_above_ears(head.on_outline(sine * end, cosine * end));
                let at_end = if ray.is_above_ears { AT_END } else { AT_EAR };
                ray.hair_from = hair_from.filter(|_| end - hair_to < at_end * step / STEP);
                break;
            }
        }
        ray
    }

    /// Millimetres of a share of the outline, along a ray between its half axes.
    fn mm_of_share(&self) -> f64 {
        (self.zones.head.half_width + self.zones.head.half_height) / 2.0 / self.zones.px_per_mm
    }

    /// How broad half a head is, in half widths, whose edge is met on a ray.
    fn half_breadth(&self, ray: &Ray, end: f64) -> f64 {
        let form = self.form.share(ray.direction.0, ray.direction.1);
        let (aside, up) = (end * ray.direction.0.abs() / form, end * ray.direction.1 / form);
        aside / (1.0 - up * up).max(0.05).sqrt()
    }

    /// How broad a head is seen on one side, 1 for the right, and whether that is mostly hair.
    fn side(&self, rays: &[Ray], sign: f64) -> (f64, bool) {
        let is_there = |ray: &&Ray| (SIDES.0..SIDES.1).contains(&ray.down(sign));
        seen_reach(rays.iter().filter(is_there), |ray, end| self.half_breadth(ray, end))
    }

    /// How broad it is by what is seen bare between top and side; `None` of too little.
    fn bare_side(&self, rays: &[Ray], sign: f64) -> Option<f64> {
        let is_bare =
            |ray: &&Ray| (BARE.0..BARE.1).contains(&ray.down(sign)) && ray.is_above_ears && ray.hair_from.is_none();
        let halves: Vec<f64> =
            rays.iter().filter(is_bare).filter_map(|ray| Some(self.half_breadth(ray, ray.end?))).collect();
        median(halves.iter().copied()).filter(|_| halves.len() >= MIN_BARE_RAYS)
    }

    /// How far an ear reaches on one side, in half widths, where one is seen beside a face.
    fn ear(&self, rays: &[Ray], sign: f64) -> Option<f64> {
        let half_face = self.zones.face_breadth? / 2.0 * self.zones.px_per_mm / self.zones.head.half_width;
        let is_there = |ray: &&Ray| (EARS.0..EARS.1).contains(&ray.down(sign)) && !ray.is_above_ears;
        let bare = rays.iter().filter(is_there).filter(|ray| ray.hair_from.is_none());
        let reach = bare.filter_map(|ray| Some(ray.end? * ray.direction.0.abs())).fold(0.0, f64::max);
        (reach > half_face * EARS_STAND_OUT).then_some(reach)
    }

    /// The usual skull that is expected under the hair: of each ray the share of the outline's ellipse.
    fn expected(&self, rays: &[Ray]) -> Vec<f64> {
        let head = &self.zones.head;
        let (width, height) = (head.half_width / self.zones.px_per_mm, head.half_height / self.zones.px_per_mm);
        let is_top = |ray: &&Ray| ray.degrees < TOP_TO || ray.degrees > 360.0 - TOP_TO;
        let top = seen_reach(rays.iter().filter(is_top), |ray, end| end * ray.direction.1);
        let ((right, right_hair), (left, left_hair)) = (self.side(rays, 1.0), self.side(rays, -1.0));
        let broader = self.zones.face_breadth.map(|breadth| breadth / FACE_BREADTH);
        let usual = broader.map_or(BREADTH, |broader| (BREADTH.0 * broader, BREADTH_BY_FACE));
        let is_sized = matches!(head.side, Side::Front);
        let thick_aside =
            if is_sized { thickness((right + left) * width, usual, SIDE_THICK, 2.0) } else { SIDE_THICK.0 };
        let thick = |seen: f64, bare: Option<f64>| match bare {
            Some(bare) => (thick_aside + ((seen - bare) * width - thick_aside) * BARE_BELIEVED).max(MIN_THICK),
            None => thick_aside,
        };
        let (thick_right, thick_left) =
            (thick(right, self.bare_side(rays, 1.0)), thick(left, self.bare_side(rays, -1.0)));
        let eyes = self.zones.eyes_up_mm();
        let thick_above = match eyes {
            Some(eyes) => {
                let usual = (HEIGHT.0 * broader.unwrap_or(1.0), HEIGHT.1);
                thickness(top.0 * height - eyes, usual, TOP_THICK, 1.0)
            }
            None if head.side == Side::Top => SIDE_THICK.0,
            None => TOP_THICK.0,
        };
        let clipped =
            |seen: f64, is_hair: bool, thick: f64, half: f64| if is_hair { seen - thick / half } else { seen };
        let within = |half: f64, is_hair: bool, sign: f64| match self.ear(rays, sign).filter(|_| is_hair) {
            Some(ear) => half.min(ear * WITHIN_EARS),
            None => half,
        };
        let right = within(clipped(right, right_hair, thick_right, width), right_hair, 1.0);
        let left = within(clipped(left, left_hair, thick_left, width), left_hair, -1.0);
        let up = clipped(top.0, top.1, thick_above, height);
        let expected = |ray: &Ray| {
            let (aside, over) = ray.direction;
            let (aside, over) =
                (aside / if aside > 0.0 { right } else { left }, over / if over > 0.0 { up } else { 1.0 });
            self.form.share(aside, over)
        };
        rays.iter().map(expected).collect()
    }
}

/// How far a head is seen to reach in the middle of some rays, and whether that is mostly hair; the outline where none is seen.
fn seen_reach<'a>(rays: impl Iterator<Item = &'a Ray>, reach: impl Fn(&Ray, f64) -> f64) -> (f64, bool) {
    let seen: Vec<(f64, bool)> = rays.filter_map(|ray| Some((reach(ray, ray.end?), ray.hair_from.is_some()))).collect();
    let hairy = seen.iter().filter(|(_, is_hair)| *is_hair).count();
    (median(seen.iter().map(|(reach, _)| *reach)).unwrap_or(1.0), 2 * hairy > seen.len())
}

/// How thick hair is, mm, where skull and hair are seen that long, and both are known as usual and by their spread: hair counts that
/// often.
fn thickness(seen: f64, (usual, spread): (f64, f64), (thick, thick_spread): (f64, f64), times: f64) -> f64 {
    let (of_skull, of_hair) = (spread * spread, times * times * thick_spread * thick_spread);
    let more = seen - usual - times * thick;
    (thick + more * of_hair / (of_skull + of_hair) / times).clamp(MIN_THICK, MAX_THICK)
}

/// The shares at which a smooth edge meets the rays: it follows what is seen bare and goes on through hair as expected.
fn settled(rays: &[Ray], expected: &[f64], mm: f64) -> Vec<f64> {
    // Of each ray what is known of its share over the expected one, how sure, and between which it lies.
    let known: Vec<(f64, f64, f64, f64)> = rays
        .iter()
        .zip(expected)
        .map(|(ray, expected)| match (ray.end, ray.hair_from) {
            (Some(end), None) if ray.is_above_ears => {
                (end / expected, 1.0 / (SEEN_SPREAD * SEEN_SPREAD), 0.0, f64::INFINITY)
            }
            (Some(end), Some(from)) => {
                let most = (end - MIN_THICK / mm) / expected;
                (1.0, 1.0 / (FORM_SPREAD * FORM_SPREAD), (from / expected).min(most), most)
            }
            (None, Some(from)) => (1.0, 1.0 / (FORM_SPREAD * FORM_SPREAD), from / expected, f64::INFINITY),
            _ => (1.0, 1.0 / (FORM_SPREAD * FORM_SPREAD), 0.0, f64::INFINITY),
        })
        .collect();
    let mut shares: Vec<f64> = known.iter().map(|(share, _, least, most)| share.max(*least).min(*most)).collect();
    let stiff = 1.0 / (BEND * BEND);
    for round in 0..ROUNDS {
        for step in 0..RAYS {
            let at = if round % 2 == 0 { step } else { RAYS - 1 - step };
            let near = |off: usize| shares.get((at + off) % RAYS).copied().unwrap_or(1.0);
            let between = (4.0 * (near(1) + near(RAYS - 1)) - near(2) - near(RAYS - 2)) / 6.0;
            let Some((share, sure, least, most)) = known.get(at) else { continue };
            let settled = (share * sure + 6.0 * stiff * between) / (sure + 6.0 * stiff);
            if let Some(share) = shares.get_mut(at) {
                *share = settled.max(*least).min(*most);
            }
        }
    }
    expected.iter().zip(shares).map(|(expected, share)| share * expected).collect()
}

/// The shares at which a head ends on the rays: at its skull, but ears, cheeks and neck are left as they are.
fn seen_beside(rays: &[Ray], skull: &[f64]) -> Vec<f64> {
    let each = rays.iter().zip(skull);
    each.map(|(ray, skull)| match ray.end {
        Some(end) if ray.is_bare() && !ray.is_above_ears => end,
        None if ray.hair_from.is_none() && !ray.is_above_ears => TO,
        _ => *skull,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::drawn::view;
    use super::*;
    use crate::engine::catalog::Parameters;
    use crate::engine::design::View;

    /// How broad the skull is expected to be, in half widths on both sides, under hair that reaches so far, with ears that reach so far
    /// or hidden ones, and a face of that breadth, mm.
    fn expected(hair: f64, ears: Option<f64>, face: f64) -> [f64; 2] {
        let parameters = Parameters::default();
        let drawn = view(Side::Front, 8.0);
        let mut zones = Zones::new(None, &drawn, &parameters, None);
        zones.face_breadth = Some(face);
        let edge = HeadEdge { zones: &zones, form: OutlineForm::of(Side::Front, &View::head_parameters(&parameters)) };
        let ray = |index: usize| {
            let degrees = 360.0 * index as f64 / RAYS as f64;
            let Angle { sine, cosine } = Angle::degrees(if degrees > 180.0 { degrees - 360.0 } else { degrees });
            let aside = sine.abs().max(0.2);
            let (end, hair_from, is_above_ears) = match ears {
                _ if cosine > 0.05 => (hair / (sine * sine + cosine * cosine).sqrt(), Some(0.8), true),
                Some(ears) if cosine > -0.5 => (ears / aside, None, false),
                _ => (hair, Some(0.8), false),
            };
            Ray { degrees, direction: (sine, cosine), end: Some(end), hair_from, is_above_ears }
        };
        let rays: Vec<Ray> = (0..RAYS).map(ray).collect();
        let expected = edge.expected(&rays);
        [45, 135].map(|side| expected[side] * rays[side].direction.0.abs())
    }

    #[test]
    fn no_skull_is_broader_than_it_is_between_its_ears() {
        let half_width = view(Side::Front, 8.0).head.unwrap().half_width;
        let px_per_mm = Zones::new(None, &view(Side::Front, 8.0), &Parameters::default(), None).px_per_mm;
        let broad = 2.0 * 0.9 * half_width / px_per_mm;
        for side in 0..2 {
            let (free, held) = (expected(1.3, None, broad)[side], expected(1.3, Some(0.95), broad)[side]);
            assert!(free > 0.96, "{free}");
            assert!(held < 0.95 && held > 0.9, "{held}");
            // What hardly stands out from the face is a cheek, and hair hides the ear.
            let cheek = expected(1.3, Some(0.92), broad)[side];
            assert!((cheek - free).abs() < 1e-9, "{cheek} {free}");
        }
    }

    #[test]
    fn a_spike_is_narrower_than_an_ear() {
        let drawn = view(Side::Front, 8.0);
        let zones = Zones::new(None, &drawn, &Parameters::default(), None);
        let spike = |out: f64, from: usize, rays: usize| {
            let point = |ray: usize| {
                let Angle { sine, cosine } = Angle::degrees(360.0 * ray as f64 / RAYS as f64);
                let share = if (from..from + rays).contains(&ray) { 1.0 + out } else { 1.0 };
                zones.head.on_outline(sine * share, cosine * share)
            };
            sharpest_spike(&zones, &(0..RAYS).map(point).collect::<Vec<_>>())
        };
        let mm = 0.1 * zones.head.half_width / zones.px_per_mm;
        assert!(spike(0.0, 40, 3) < 1.0, "{}", spike(0.0, 40, 3));
        assert!((spike(0.1, 44, 2) - mm).abs() < 1.0, "{} {mm}", spike(0.1, 44, 2));
        assert!(spike(0.1, RAYS - 1, 1) > 3.0, "where rays begin again");
        assert!(spike(0.1, 44, 9) < 1.0, "an ear");
        assert!(spike(0.1, 80, 2) < 1.0, "below ears");
    }
}
