//! The treated skin by zone of the head.

use crate::engine::calibration::{Estimate, Scale};
use crate::engine::catalog::{Norm, Norms};
use crate::engine::dots::{Field, Kind, Treated};
use serde::Serialize;

/// A zone of the head, or a treatment that is counted for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Zone {
    /// The first centimetres behind the front line.
    Hairline,
    /// The front of the scalp, with the forelock.
    Front,
    /// The middle of the scalp.
    Mid,
    /// The crown.
    Crown,
    /// The temples.
    Temples,
    /// The sides over the ears.
    Sides,
    /// The back of the head.
    Back,
    /// A part line.
    PartLine,
    /// Scars.
    Scar,
    /// Patches.
    Patch,
}

/// What stands in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ZoneFigures {
    /// Which zone.
    pub zone: Zone,
    /// Its treated skin, cm2.
    pub area_cm2: Estimate,
    /// Its dots, all sessions done.
    pub dots: Estimate,
}

/// Borders of the zones on the sphere behind the skull (our estimate: zones have names in the literature, no borders in
/// degrees): how far to the side the temples and sides begin, where the front ends, where the crown begins, and how far down
/// it goes.
const ASIDE: f64 = 0.70;
const FRONT_OVER: f64 = 0.45;
const CROWN_UNDER: f64 = -0.35;
const BACK_UNDER: f64 = 0.15;

/// By how much the slope of the skin may differ from the model's, radians, and areas besides (our estimates, held against
/// synthetic heads of random proportions, poses and cameras).
const SLOPE_ERROR: f64 = 0.085;
const AREA_ERROR: f64 = 0.05;

/// Sums over treated skin.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    cm2: f64,
    dots: f64,
    /// What an error of the slope of one radian makes of the area, cm2.
    slope: f64,
}

/// The treated skin, by zone.
pub(super) struct Tally {
    sums: Vec<(Zone, Sum)>,
}

impl Tally {
    pub(super) fn of(field: &Field, norms: &Norms) -> Self {
        let mut sums: Vec<(Zone, Sum)> = Vec::new();
        let band = norms.get(Norm::HairlineBand);
        field.each_treated(|skin| {
            let zone = zone_of(&skin, band);
            let place = sums.partition_point(|(known, _)| *known < zone);
            if sums.get(place).is_none_or(|(known, _)| *known != zone) {
                sums.insert(place, (zone, Sum::default()));
            }
            if let Some((_, sum)) = sums.get_mut(place) {
                sum.add(&skin);
            }
        });
        Self { sums }
    }

    pub(super) fn whole(&self) -> Sum {
        self.sums.iter().fold(Sum::default(), |whole, (_, sum)| Sum {
            cm2: whole.cm2 + sum.cm2,
            dots: whole.dots + sum.dots,
            slope: whole.slope + sum.slope,
        })
    }

    pub(super) fn needs_more_sessions(&self) -> bool {
        self.sums.iter().any(|(zone, _)| matches!(zone, Zone::Scar | Zone::Patch))
    }

    pub(super) fn zones(&self, scale: &Scale) -> Vec<ZoneFigures> {
        let figures =
            |(zone, sum): &(Zone, Sum)| ZoneFigures { zone: *zone, area_cm2: sum.area(scale), dots: sum.dots(scale) };
        self.sums.iter().map(figures).collect()
    }
}

impl Sum {
    fn add(&mut self, skin: &Treated) {
        self.cm2 += skin.skin_cm2;
        self.dots += f64::from(u8::from(skin.dotted));
        // The area goes with 1 / cos: its change for a small change of the angle is the tangent.
        let facing = skin.facing.clamp(0.15, 1.0);
        self.slope += skin.skin_cm2 * (1.0 - facing * facing).sqrt() / facing;
    }

    pub(super) fn area(&self, scale: &Scale) -> Estimate {
        self.ranged(self.cm2, scale)
    }

    pub(super) fn dots(&self, scale: &Scale) -> Estimate {
        self.ranged(self.dots, scale)
    }

    /// A figure that goes with this area: it carries the errors of lengths squared and of the slope.
    pub(super) fn ranged(&self, value: f64, scale: &Scale) -> Estimate {
        let error = AREA_ERROR + if self.cm2 > 0.0 { SLOPE_ERROR * self.slope / self.cm2 } else { 0.0 };
        let least = value * scale.least * scale.least / (1.0 + error);
        Estimate { least, value, most: value * scale.most * scale.most * (1.0 + error) }
    }
}

fn zone_of(skin: &Treated, band: f64) -> Zone {
    match skin.kind {
        Kind::PartLine => return Zone::PartLine,
        Kind::Scar => return Zone::Scar,
        Kind::Patch => return Zone::Patch,
        Kind::Scalp => {}
    }
    if (0.0..=band).contains(&skin.behind_mm) {
        return Zone::Hairline;
    }
    let Some([x, y, z]) = skin.on_head else { return Zone::Front };
    match (x.abs() > ASIDE, z) {
        (true, z) if z > 0.0 => Zone::Temples,
        (true, _) => Zone::Sides,
        (false, z) if z >= FRONT_OVER => Zone::Front,
        (false, z) if z >= CROWN_UNDER => Zone::Mid,
        _ if y > BACK_UNDER => Zone::Crown,
        _ => Zone::Back,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skin(kind: Kind, behind_mm: f64, on_head: Option<[f64; 3]>) -> Treated {
        Treated { skin_cm2: 1.0, density: 100.0, dotted: true, kind, behind_mm, facing: 1.0, on_head }
    }

    #[track_caller]
    fn stands_in(on_head: [f64; 3], zone: Zone) {
        assert_eq!(zone_of(&skin(Kind::Scalp, 50.0, Some(on_head)), 30.0), zone);
    }

    #[test]
    fn places_of_the_head_have_their_zones() {
        stands_in([0.0, 0.7, 0.71], Zone::Front);
        stands_in([0.1, 0.99, 0.0], Zone::Mid);
        stands_in([0.0, 0.7, -0.71], Zone::Crown);
        stands_in([0.0, -0.3, -0.95], Zone::Back);
        stands_in([0.9, 0.2, 0.4], Zone::Temples);
        stands_in([-0.9, 0.2, -0.4], Zone::Sides);
    }

    #[test]
    fn treatments_and_the_hairline_are_counted_for_themselves() {
        let top = Some([0.0, 0.9, 0.44]);
        assert_eq!(zone_of(&skin(Kind::Scalp, 29.0, top), 30.0), Zone::Hairline);
        assert_eq!(zone_of(&skin(Kind::Scar, 29.0, top), 30.0), Zone::Scar);
        assert_eq!(zone_of(&skin(Kind::Scalp, f64::INFINITY, top), 30.0), Zone::Mid);
    }

    #[test]
    fn skin_that_turns_away_has_a_wider_range() {
        let scale = Scale {
            px_per_mm: crate::engine::geometry::PxPerMm::new(4.0).unwrap(),
            least: 1.0,
            most: 1.0,
            rough: false,
        };
        let range = |facing: f64| {
            let mut sum = Sum::default();
            sum.add(&Treated { facing, ..skin(Kind::Scalp, 0.0, None) });
            let area = sum.area(&scale);
            area.most - area.least
        };
        assert!(range(0.4) > 2.0 * range(1.0), "{} {}", range(0.4), range(1.0));
    }
}
