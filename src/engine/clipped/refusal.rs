//! Why hair that was found cannot be shown clipped.

use super::cells::{BLACK, CellLook};
use super::look_model::flush;
use super::regions::{distances, pieces};
use super::seen_hair::{Looks, SeenHair, UNKNOWN_HAIR, is_skin_like};
use super::zones::{Hanging, Known, Zone, Zones};
use crate::engine::calibration::Side;
use crate::engine::geometry::{PhotoPoint, median};
use serde::{Deserialize, Serialize};

/// Why one's own hair cannot be shown clipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClippedRefusal {
    /// Where the head ends is a guess.
    NoHead,
    /// There is no bare skin to continue from.
    NoSkin,
    /// The picture is in shades of grey: hair and skin differ by their colours.
    NoColor,
    /// Hair hangs over ears and neck.
    LongHair,
    /// What covers the head looks unlike hair: a hat, or another cover.
    Hat,
    /// There is nothing to clip.
    NoHair,
    /// Hair stands out before a background that cannot be continued.
    BusyWall,
    /// What was found is no hair, or not all of it.
    Unsure,
}

/// Less hair than this is none, mm2.
const MIN_HAIR: f32 = 300.0;
/// Hair that hangs is at least so broad, and so much of it below the ears is long hair: mm, mm2.
const MIN_HANGING_BREADTH: f32 = 3.0;
const MIN_HANGING: f32 = 60.0;
/// Of a head from the side what is darker than this share of the cheek, in levels, is hair but for folds of an ear. No more of what looks
/// like hair may be left from the side and from behind, mm2 (chosen on 24 photos of men: 777 and more where hair was left to be seen from
/// the side, 4,200 and more from behind; on scans with drawn hair up to 683 and 564).
const HAIR_DARK: f64 = 0.5;
const MAX_LEFT: (f32, f32) = (720.0, 1_200.0);
/// More than this on the top may be a hat, mm2; it is one where most of it is greener, bluer or more flushed than hair, or as light
/// and smooth as cloth (our estimates). Grey hair in green light is greener than red by up to 10 hundredths, and black hair before a blue
/// wall bluer than green by up to 11 levels, that are many hundredths of its light (portraits of officials in the public domain).
const MIN_HAT: f32 = 600.0;
const MIN_RED: f32 = -13.0;
const MAX_BLUE: f32 = 9.0;
const MAX_BLUE_LEVELS: f32 = 12.0;
const MAX_FLUSH: f32 = 30.0;
const CLOTH: (f32, f32) = (70.0, 1.3);
/// More of the forehead than this under hair leaves no skin to continue from.
const MAX_COVERED: f32 = 0.6;

impl SeenHair {
    /// Why the hair that was found on a skull of that outline cannot be shown clipped, if so.
    pub(super) fn refusal(
        &self,
        hair: &[f32],
        looks: &Looks,
        zones: &Zones,
        skull: &[PhotoPoint],
    ) -> Option<ClippedRefusal> {
        let mm2 = self.per_mm * self.per_mm;
        let is_hair: Vec<bool> = hair.iter().map(|hair| *hair > 0.5).collect();
        let area = |is_in: &dyn Fn(&Zone) -> bool| {
            let cells = is_hair.iter().zip(&self.zones).filter(|(is_hair, zone)| **is_hair && is_in(zone));
            cells.count() as f32 / mm2
        };
        if self.hangs(&is_hair, looks, zones) {
            return Some(ClippedRefusal::LongHair);
        }
        if self.leaves_hair(&is_hair, zones) {
            return Some(ClippedRefusal::Unsure);
        }
        if self.hair_but_for_shade(&is_hair, skull) < MIN_HAIR {
            return Some(ClippedRefusal::NoHair);
        }
        if area(&|zone| zone.is_on_top) > MIN_HAT && self.is_cover(&is_hair, looks) {
            return Some(ClippedRefusal::Hat);
        }
        let forehead = self.zones.iter().filter(|zone| zone.known == Some(Known::Forehead)).count() as f32 / mm2;
        let covered = area(&|zone| zone.known == Some(Known::Forehead));
        (covered > MAX_COVERED * forehead && forehead > 0.0).then_some(ClippedRefusal::NoSkin)
    }

    /// Whether much of a head that shows no face looks like hair and was not found to be any: from the side what is as dark beside its
    /// cheek, from behind what does not look like skin.
    fn leaves_hair(&self, is_hair: &[bool], zones: &Zones) -> bool {
        let each = || self.cells.looks.iter().zip(&self.zones);
        let cheek =
            each().filter(|(_, zone)| zone.known == Some(Known::Cheek)).map(|([light, ..], _)| f64::from(*light));
        let cheek = median(cheek).unwrap_or_default();
        let is_like_hair = |(place, (look, zone)): (usize, (&CellLook, &Zone))| {
            let [light, ..] = look;
            match zones.head.side {
                Side::Left | Side::Right => {
                    f64::from(*light) < HAIR_DARK * cheek && zones.is_on_scalp(self.cells.middle(place))
                }
                Side::Back => zone.hair > 0.0 && !is_skin_like(look),
                Side::Front | Side::Top => false,
            }
        };
        let is_free = |place: usize| {
            let is_wall = self.wall.get(place).is_some_and(|wall| *wall > 0.5);
            !is_wall && !is_hair.get(place).is_some_and(|is_hair| *is_hair)
        };
        let left = each().enumerate().filter(|(place, each)| is_free(*place) && is_like_hair((*place, *each))).count();
        let most = if zones.is_profile() { MAX_LEFT.0 } else { MAX_LEFT.1 };
        left as f32 > most * self.per_mm * self.per_mm
    }

    /// Whether hair goes on from what was found down over the ears to the neck.
    fn hangs(&self, is_hair: &[bool], looks: &Looks, zones: &Zones) -> bool {
        let Some(model) = &looks.hair else { return false };
        let hanging: Vec<Hanging> = (0..is_hair.len()).map(|at| zones.hanging(self.cells.middle(at))).collect();
        let is_like = |(hanging, (look, wall)): (&Hanging, (&CellLook, &f32))| {
            let else_wise = looks.skin.density(look) + looks.wall.as_ref().map_or(0.0, |wall| wall.density(look));
            *hanging != Hanging::No && *wall < 0.5 && model.density(look) > else_wise + UNKNOWN_HAIR
        };
        let like: Vec<bool> = hanging.iter().zip(self.cells.looks.iter().zip(&self.wall)).map(is_like).collect();
        let is_hair: Vec<bool> = is_hair.iter().zip(like).map(|(is_hair, is_like)| *is_hair || is_like).collect();
        // What hangs is broader than a line of shadow.
        let columns = self.cells.columns;
        let inside = distances(is_hair.iter().map(|is_hair| !is_hair), columns);
        let is_broad: Vec<bool> =
            inside.iter().map(|inside| *inside > MIN_HANGING_BREADTH / 2.0 * self.per_mm).collect();
        let low = |piece: &Vec<usize>| {
            let at = |wanted: Hanging| piece.iter().filter(|at| hanging.get(**at) == Some(&wanted)).count() as f32;
            let is_from_above = piece.iter().any(|at| self.zones.get(*at).is_some_and(|zone| zone.hair > 0.0));
            is_from_above && at(Hanging::Neck) > MIN_HANGING * self.per_mm * self.per_mm
        };
        pieces(&is_broad, columns).iter().any(low)
    }

    /// Whether what covers the top is of no colour of hair, or light and smooth as cloth.
    fn is_cover(&self, is_hair: &[bool], looks: &Looks) -> bool {
        let cells = is_hair.iter().zip(&self.zones).zip(&self.cells.looks);
        let top: Vec<&CellLook> =
            cells.filter(|((is_hair, zone), _)| **is_hair && zone.is_on_top).map(|(_, look)| look).collect();
        let is_odd = |look: &&&CellLook| {
            let [light, red, blue, _] = ***look;
            let is_blue = blue > MAX_BLUE && blue * (light + BLACK) > MAX_BLUE_LEVELS * 100.0;
            red < MIN_RED || is_blue || flush(look) > looks.skin.flush() + MAX_FLUSH
        };
        let is_smooth = |look: &&&CellLook| {
            let [light, _, _, rough] = ***look;
            light > CLOTH.0 && rough < CLOTH.1
        };
        let most = |count: usize| 2 * count > top.len();
        most(top.iter().filter(is_odd).count()) || most(top.iter().filter(is_smooth).count())
    }
}

#[cfg(test)]
mod tests {
    use super::super::cells::Cells;
    use super::super::drawn::{Drawn, LIGHT_DARK, view};
    use super::*;
    use crate::engine::catalog::Parameters;

    #[test]
    fn hair_that_was_not_found_is_left_but_for_a_little() {
        for side in [Side::Back, Side::Right] {
            let reach = |(x, y): (f64, f64)| (20.0..70.0).contains(&y) && x.abs() < 40.0;
            let image = Drawn { side, palette: LIGHT_DARK, hair: &reach, rough: 0.5 }.image();
            let (view, parameters) = (view(side, 0.0), Parameters::default());
            let zones = Zones::new(image.person.as_deref(), &view, &parameters, None);
            let cells = Cells::new(&image, zones.part(), zones.px_per_mm).unwrap();
            let (seen, _) = SeenHair::new(cells, &zones).unwrap();
            let found: Vec<bool> = seen.hair.iter().map(|hair| *hair > 0.5).collect();
            let none = vec![false; found.len()];
            assert!(seen.leaves_hair(&none, &zones), "{side:?}: 40 cm2");
            assert!(!seen.leaves_hair(&found, &zones), "{side:?}: all of it was found");
        }
    }
}
