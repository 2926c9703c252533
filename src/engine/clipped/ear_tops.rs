//! The tops of ears that hair hides. Nothing shows them, but no ear ends in a line: they are arched.

use super::ray::Ray;

/// How high a top is over where its ear comes out of the hair, for each mm that the ear stands out of the skull there; and at most, mm
/// (our estimates).
const HIGH: f64 = 0.8;
const HIGHEST_MM: f64 = 12.0;
/// Right over it hair stands out by at least this share of what the ear does, or the top is seen.
const HIDES: f64 = 0.5;
/// An ear that stands out by so much more within so many mm below is round there: its top is seen before the hair.
const ROUNDS_MM: (f64, f64) = (5.0, 12.0);

/// Where a head from the front ends on each ray, as a share of its outline's ellipse: on its skull, on what is seen of its ears, and on
/// their tops that hair hides, no farther out than that hair.
pub(super) fn with_ears(rays: &[Ray], skull: &[f64], seen: &[f64], mm_of_share: f64) -> Vec<f64> {
    let count = rays.len();
    let mut shares = seen.to_vec();
    let ray_mm = std::f64::consts::TAU * mm_of_share / count.max(1) as f64;
    for is_right in [true, false] {
        let side = (0..count / 2).map(|step| if is_right { step } else { (count - step) % count });
        let ways: Vec<(usize, &Ray, f64)> =
            side.filter_map(|at| Some((at, rays.get(at)?, skull.get(at).copied()?))).collect();
        let is_ear = |(_, ray, _): &(usize, &Ray, f64)| ray.is_bare() && !ray.is_above_ears;
        let Some(first) = ways.iter().position(is_ear) else { continue };
        let stands_out = |(at, _, skull): &(usize, &Ray, f64)| Some((shares.get(*at)? - skull) * mm_of_share);
        let Some(out) = ways.get(first).and_then(stands_out).filter(|out| *out > 0.0) else { continue };
        let hides = |(_, ray, skull): &(usize, &Ray, f64)| {
            ray.hair_from.is_some() && ray.end.is_some_and(|end| (end - skull) * mm_of_share > out * HIDES)
        };
        if !first.checked_sub(1).and_then(|over| ways.get(over)).is_some_and(hides) {
            continue;
        }
        let below = ways.get(first + (ROUNDS_MM.1 / ray_mm).round() as usize);
        if below.and_then(stands_out).is_some_and(|below| below > out + ROUNDS_MM.0) {
            continue;
        }
        let high = (out * HIGH).min(HIGHEST_MM);
        for (step, (at, ray, skull)) in ways.iter().take(first).rev().enumerate() {
            let up = (step + 1) as f64 * ray_mm / high;
            let Some(end) = ray.end.filter(|_| up < 1.0 && ray.hair_from.is_some()) else { break };
            let arch = skull + out * (1.0 - up * up).sqrt() / mm_of_share;
            if let Some(share) = shares.get_mut(*at) {
                *share = share.max(arch.min(end));
            }
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::geometry::Angle;

    const COUNT: usize = 180;
    /// So many millimetres are a share of one: three between rays.
    const MM: f64 = 86.0;
    const SKULL: f64 = 0.9;
    /// The uppermost ray that ends in an ear, and how far out it does.
    const EAR: usize = 50;
    const REACH: f64 = 1.02;

    /// Rays that end in hair so far out, and in ears from so far down on.
    fn rays(hair: f64) -> Vec<Ray> {
        let ray = |at: usize| {
            let degrees = 360.0 * at as f64 / COUNT as f64;
            let Angle { sine, cosine } = Angle::degrees(if degrees > 180.0 { degrees - 360.0 } else { degrees });
            let down = at.min(COUNT - at);
            let (end, hair_from) = if down < EAR { (hair, Some(0.7)) } else { (REACH, None) };
            Ray { degrees, direction: (sine, cosine), end: Some(end), hair_from, is_above_ears: down < 44 }
        };
        (0..COUNT).map(ray).collect()
    }

    fn ends(rays: &[Ray], skull: f64) -> Vec<f64> {
        let seen: Vec<f64> =
            rays.iter().map(|ray| if ray.is_bare() { ray.end.unwrap_or(skull) } else { skull }).collect();
        with_ears(rays, &[skull; COUNT], &seen, MM)
    }

    #[test]
    fn an_ear_under_hair_ends_in_an_arch_on_both_sides() {
        let hidden = |hair: f64| ends(&rays(hair), SKULL);
        assert_eq!(hidden(0.98)[EAR - 1], 0.98, "no farther than the hair");
        let ends = hidden(1.1);
        assert_eq!([ends[EAR], ends[EAR + 5]], [REACH; 2], "what is seen stays");
        let up: Vec<f64> = (1..6).map(|step| (ends[EAR - step] - SKULL) * MM).collect();
        // It stands out by 10.3 mm, so that it is 8.3 mm high.
        assert!((9.2..10.0).contains(&up[0]) && (6.5..7.5).contains(&up[1]), "{up:?}");
        assert_eq!(up[2..], [0.0; 3], "the skull goes on over it");
        for step in 0..10 {
            assert_eq!(ends[EAR - step], ends[COUNT - EAR + step], "{step} rays up");
        }
    }

    #[test]
    fn what_no_hair_hides_or_does_not_stand_out_has_no_top() {
        let mut seen = rays(1.1);
        seen[40..EAR].iter_mut().for_each(|ray| (ray.end, ray.hair_from) = (Some(SKULL), None));
        assert_eq!(ends(&seen, SKULL)[EAR - 1], SKULL, "a bare head");
        let round = |more: f64| {
            let mut rays = rays(1.1);
            for (ear, step) in (EAR..COUNT / 2).zip(0..) {
                [ear, COUNT - ear]
                    .iter()
                    .for_each(|at| rays[*at].end = Some(REACH + more * f64::from(step.min(4)) / 4.0 / MM));
            }
            ends(&rays, SKULL)[EAR - 1]
        };
        assert_eq!((round(6.0), round(4.0) > SKULL), (SKULL, true), "an ear whose top is round");
        assert_eq!(ends(&rays(0.95), SKULL)[EAR - 1], SKULL, "an ear that stands out of the hair");
        assert_eq!(ends(&rays(1.1), 1.05)[EAR - 1], 1.05, "a cheek");
    }
}
