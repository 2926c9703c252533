//! What a skull's outline cannot be: skin that stands out, dents and bumps; and what no ear is.

use super::ray::Ray;
use super::zones::Zones;
use crate::engine::geometry::PhotoPoint;

/// Skin beside an ear between hair above and below it is no ear where it is no higher than this, mm (chosen on portraits of officials
/// in the public domain, as all numbers here).
const EAR_GAP: f64 = 14.0;
/// A bare skull stands out of a usual one that is placed by the rest of the head by less than this, mm: of bald heads the most was 6.
/// What stands out farther is hair, and from how far beyond the usual skull on, mm.
const STANDS_OUT: f64 = 7.0;
const HAIR_BEYOND: f64 = 3.0;
/// How close places are told, mm.
const CLOSE: f64 = 0.6;
/// Degrees from the top down to which the form of the skull is looked at, and the fewest rays on which it is.
const LOOKED_AT: f64 = 76.0;
const MIN_RAYS: usize = 10;

/// Lets rays end in hair that end in skin beside an ear, where they are few between others that end in hair: the head's rim is seen
/// there, or skin through hair, and no ear.
pub(super) fn close_ear_gaps(rays: &mut [Ray], mm_of_share: f64) {
    let count = rays.len();
    let most = (EAR_GAP * count as f64 / (std::f64::consts::TAU * mm_of_share)) as usize;
    let hairy: Vec<usize> =
        (0..count).filter(|at| rays.get(*at).is_some_and(|ray| ray.end.is_some() && ray.hair_from.is_some())).collect();
    for (last, next) in hairy.iter().zip(hairy.iter().cycle().skip(1)) {
        let gap = (next + count - last - 1) % count;
        let between = || (1..=gap).map(|step| (last + step) % count);
        let is_by_ear = |at: usize| rays.get(at).is_some_and(|ray| ray.end.is_some() && !ray.is_above_ears);
        if gap > most || !between().any(is_by_ear) {
            continue;
        }
        let from = |at: usize| rays.get(at).and_then(|ray| ray.hair_from).unwrap_or(0.0);
        let (above, below) = (from(*last), from(*next));
        for (step, at) in between().enumerate() {
            let from = above + (below - above) * (step + 1) as f64 / (gap + 1) as f64;
            if let Some(ray) = rays.get_mut(at) {
                ray.hair_from = ray.end.map(|end| from.min(end));
            }
        }
    }
}

/// Places above the ears that are taken for skin, on rays on which it ends farther out than any skull does.
pub(super) fn beyond_skull(rays: &[Ray], expected: &[f64], zones: &Zones) -> Vec<PhotoPoint> {
    let head = &zones.head;
    let mut places = Vec::new();
    let mut before = None;
    for (ray, expected) in rays.iter().zip(expected) {
        let at = |share: f64| head.on_outline(ray.direction.0 * share, ray.direction.1 * share);
        let unit = at(1.0).distance(at(0.0)) / zones.px_per_mm;
        let bare_end = ray.end.filter(|_| ray.is_above_ears && ray.hair_from.is_none());
        let span = bare_end.filter(|end| (end - expected) * unit > STANDS_OUT);
        let span = span.map(|end| (at(expected + HAIR_BEYOND / unit), at(end)));
        let Some((from, to)) = span else {
            before = None;
            continue;
        };
        // All between it and the ray before, if that stands out too.
        let (from_before, to_before) = before.unwrap_or((from, to));
        let apart = to.distance(to_before).max(from.distance(from_before));
        let (across, along) = (
            (apart / zones.px_per_mm / CLOSE) as usize,
            (from.distance(to).max(from_before.distance(to_before)) / zones.px_per_mm / CLOSE) as usize,
        );
        for place in 0..(across + 1) * (along + 1) {
            let aside = (place % (across + 1)) as f64 / (across + 1) as f64;
            let out = (place / (across + 1)) as f64 / (along + 1) as f64;
            places.push(from.lerp(from_before, aside).lerp(to.lerp(to_before, aside), out));
        }
        before = Some((from, to));
    }
    places
}

/// How far an outline leaves the form of a skull above the ears, mm: a usual one, that may be wider or higher and lean to a side.
pub(super) fn unevenness(rays: &[Ray], (expected, shares): (&[f64], &[f64]), mm_of_share: f64) -> f64 {
    let seen: Vec<(f64, f64, f64)> = rays
        .iter()
        .zip(expected.iter().zip(shares))
        .filter(|(ray, _)| ray.end.is_some() && ray.is_above_ears && ray.down(1.0).min(ray.down(-1.0)) <= LOOKED_AT)
        .map(|(ray, (expected, share))| {
            let aside = if ray.degrees > 180.0 { ray.degrees - 360.0 } else { ray.degrees };
            (aside, share / expected, *expected)
        })
        .collect();
    if seen.len() < MIN_RAYS {
        return 0.0;
    }
    let count = seen.len() as f64;
    let mean = |value: &dyn Fn(&(f64, f64, f64)) -> f64| seen.iter().map(value).sum::<f64>() / count;
    let (middle, usual) = (mean(&|(aside, ..)| *aside), mean(&|(_, share, _)| *share));
    let lean = mean(&|(aside, share, _)| (aside - middle) * (share - usual));
    let lean = lean / mean(&|(aside, ..)| (aside - middle) * (aside - middle)).max(1e-9);
    let off = |(aside, share, expected): &(f64, f64, f64)| (share - usual - lean * (aside - middle)) * expected;
    seen.iter().map(|seen| (off(seen) * mm_of_share).abs()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::super::drawn::view;
    use super::*;
    use crate::engine::calibration::Side;
    use crate::engine::catalog::Parameters;
    use crate::engine::geometry::Angle;

    const COUNT: usize = 180;
    /// So many millimetres are a share of one.
    const MM: f64 = 85.0;

    /// Rays that end in hair, down to so many degrees from the top above the ears.
    fn rays(ears_from: f64) -> Vec<Ray> {
        let ray = |at: usize| {
            let degrees = 360.0 * at as f64 / COUNT as f64;
            let aside = if degrees > 180.0 { degrees - 360.0 } else { degrees };
            let Angle { sine, cosine } = Angle::degrees(aside);
            let is_above_ears = aside.abs() < ears_from;
            Ray { degrees, direction: (sine, cosine), end: Some(1.1), hair_from: Some(0.9), is_above_ears }
        };
        (0..COUNT).map(ray).collect()
    }

    #[test]
    fn skin_between_hair_beside_an_ear_is_a_gap_and_an_ear_is_none() {
        let ends = |ears_from: f64, bare: std::ops::Range<usize>| {
            let mut rays = rays(ears_from);
            rays[bare.clone()].iter_mut().for_each(|ray| ray.hair_from = None);
            close_ear_gaps(&mut rays, MM);
            bare.filter(|at| rays[*at].hair_from.is_some()).count()
        };
        assert_eq!(ends(80.0, 45..47), 2, "two of three mm each");
        assert_eq!(ends(80.0, 45..60), 0, "an ear");
        assert_eq!(ends(120.0, 45..47), 0, "bare skin over the ears");
    }

    #[test]
    fn skin_stands_out_of_a_usual_skull_by_so_much_at_most() {
        let (drawn, parameters) = (view(Side::Front, 8.0), Parameters::default());
        let zones = Zones::new(None, &drawn, &parameters, None);
        let mut rays = rays(80.0);
        let found = |rays: &[Ray], by: f64| {
            let rays: Vec<Ray> = rays.iter().map(|ray| Ray { end: Some(1.0 + by / MM), ..*ray }).collect();
            beyond_skull(&rays, &[1.0; COUNT], &zones)
        };
        assert_eq!(found(&rays, 20.0).len(), 0, "hair");
        rays[10..16].iter_mut().for_each(|ray| ray.hair_from = None);
        assert_eq!(found(&rays, 5.0).len(), 0);
        let places = found(&rays, 20.0);
        assert!(!places.is_empty());
        for place in &places {
            let (right, up) = zones.head.shares(*place);
            let out = ((right * right + up * up).sqrt() - 1.0) * MM;
            assert!((2.0..21.0).contains(&out) && right > 0.0, "{right} {up}: {out} mm beyond");
        }
        rays.iter_mut().for_each(|ray| ray.is_above_ears = false);
        assert_eq!(found(&rays, 20.0).len(), 0, "ears");
    }

    #[test]
    fn a_skull_may_be_wide_or_lean_and_has_no_bumps() {
        let rays = rays(80.0);
        let off = |shape: &dyn Fn(f64) -> f64| {
            let shares: Vec<f64> = rays
                .iter()
                .map(|ray| 1.0 + shape(if ray.degrees > 180.0 { ray.degrees - 360.0 } else { ray.degrees }) / MM)
                .collect();
            unevenness(&rays, (&[1.0; COUNT], &shares), MM)
        };
        assert!(off(&|_| 12.0) < 1e-6 && off(&|aside| aside * 0.1) < 1e-6);
        let bump = |by: f64| off(&|aside| if (20.0..50.0).contains(&aside) { by } else { 0.0 });
        assert!(bump(10.0) > 6.0 && bump(-10.0) > 6.0, "{} {}", bump(10.0), bump(-10.0));
        assert!(bump(3.0) < 3.0, "{}", bump(3.0));
    }
}
