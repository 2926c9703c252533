//! How far hair reaches: without what looks like it, and with what is to be replaced around it.

use super::regions::{distances, pieces};
use super::seen_hair::SeenHair;
use super::zones::{Known, Zone};

/// Between skin and background what is no broader than this is the head's rim in its own light, or a mix of both, mm.
const RIM_BREADTH: f32 = 4.0;
/// By ears what is farther than this from broad hair is a shadow between skin and skin, mm.
const EAR_RIM: f32 = 2.2;
/// And it lies within this of the background, mm.
const RIM_WITHIN: f32 = 5.0;
/// A piece of hair that is smaller is none, mm2; but a strand on the top may be: of that area and length, mm2 and mm.
const MIN_PIECE: f32 = 30.0;
const MIN_STRAND: f32 = 3.0;
const MIN_STRAND_LENGTH: f32 = 5.0;
/// How far around hair what is there is replaced, and over how far that fades, mm.
const MARGIN: f32 = 1.5;
const MARGIN_FADE: f32 = 1.0;
/// What is so surely hair has that margin: its soft rim too.
const RIM_SURE: f32 = 0.3;
/// The same on the skin of ears, which has no margin.
const EAR_FADE: f32 = 0.3;
/// And not within this of it, mm.
const EAR_FREE: f32 = 1.0;
/// Single hairs before the background stray so far from others, and stand so far off skin, mm.
const STRAY_WITHIN: f32 = 8.0;
const OFF_SKIN: f32 = 1.5;

impl SeenHair {
    /// How surely skin is seen in each cell where ears are.
    pub(super) fn ears(&self, hair: &[f32]) -> Vec<f32> {
        let each = self.zones.iter().zip(hair.iter().zip(&self.wall));
        each.map(|(zone, (hair, wall))| if zone.is_by_ear { (1.0 - hair - wall).clamp(0.0, 1.0) } else { 0.0 })
            .collect()
    }

    /// 1 in each cell where hair may be at all, if it hangs before the sides of the face.
    pub(super) fn possible(&self) -> Vec<f32> {
        let is_possible = |zone: &Zone| zone.hair > 0.0 || zone.known == Some(Known::FaceSide);
        self.zones.iter().map(|zone| if is_possible(zone) { 1.0 } else { 0.0 }).collect()
    }

    fn is_hair(&self) -> Vec<bool> {
        self.hair.iter().zip(&self.zones).map(|(hair, zone)| *hair > 0.5 && zone.hair > 0.0).collect()
    }

    /// How surely hair is in each cell, without what looks like it: the head's rim before the background, shadows in ears, moles.
    pub(super) fn cleaned(&self) -> Vec<f32> {
        let columns = self.cells.columns;
        let mut is_hair = self.is_hair();
        let to_wall = distances(self.wall.iter().map(|wall| *wall > 0.5), columns);
        let to_other = distances(is_hair.iter().map(|is_hair| !is_hair), columns);
        let is_core = to_other.iter().map(|far| *far > RIM_BREADTH / 2.0 * self.per_mm);
        let to_core = distances(is_core, columns);
        let is_rim = |at: usize| {
            let is_far = |from_core: f32| to_core.get(at).is_some_and(|far| *far > from_core * self.per_mm);
            match self.zones.get(at) {
                Some(zone) if zone.is_by_ear => is_far(EAR_RIM),
                _ => is_far(RIM_BREADTH) && to_wall.get(at).is_some_and(|far| *far < RIM_WITHIN * self.per_mm),
            }
        };
        is_hair.iter_mut().enumerate().for_each(|(at, is_hair)| *is_hair &= !is_rim(at));
        let mm2 = self.per_mm * self.per_mm;
        let mut kept = vec![false; is_hair.len()];
        for piece in pieces(&is_hair, columns) {
            let is_strand = piece.iter().all(|at| self.zones.get(*at).is_some_and(|zone| zone.is_on_top));
            let is_long = self.extent(&piece) > MIN_STRAND_LENGTH * self.per_mm;
            // What lies by an ear as a whole is a shadow in it.
            let is_by_ear = piece.iter().all(|at| self.zones.get(*at).is_some_and(|zone| zone.is_by_ear));
            let is_apart = piece.iter().all(|at| self.zones.get(*at).is_some_and(|zone| zone.is_apart));
            if !is_by_ear
                && !is_apart
                && piece.len() as f32 > mm2 * if is_strand && is_long { MIN_STRAND } else { MIN_PIECE }
            {
                piece.iter().for_each(|at| {
                    if let Some(kept) = kept.get_mut(*at) {
                        *kept = true
                    }
                });
            }
        }
        // The soft rim belongs to what is kept.
        let to_kept = distances(kept.into_iter(), columns);
        let each = self.hair.iter().zip(&self.zones).zip(to_kept).enumerate();
        each.map(|(at, ((hair, zone), far))| {
            let is_near = far < 1.5 * self.per_mm && zone.hair > 0.0 && (far == 0.0 || !is_rim(at));
            if is_near { *hair } else { 0.0 }
        })
        .collect()
    }

    /// Whether a cell lies on the side of the face beside hair: hair is met from it outwards within a margin.
    fn is_before(&self, hair: &[f32], at: usize) -> bool {
        let Some(middle) = self.middle_column else { return false };
        let reach = (1.0 + (MARGIN + MARGIN_FADE) * self.per_mm) as usize;
        let is_hair = |at: usize| hair.get(at).is_some_and(|hair| *hair > 0.5);
        if at % self.cells.columns < middle {
            (1..=reach).any(|step| at.checked_sub(step).is_some_and(is_hair))
        } else {
            (1..=reach).any(|step| is_hair(at + step))
        }
    }

    /// The longer side of the rectangle around some cells, in cells.
    fn extent(&self, piece: &[usize]) -> f32 {
        let span = |place: fn(usize, usize) -> usize| {
            let places = || piece.iter().map(|at| place(*at, self.cells.columns));
            places().max().unwrap_or(0) - places().min().unwrap_or(0) + 1
        };
        span(|at, columns| at % columns).max(span(|at, columns| at / columns)) as f32
    }

    /// What is to be replaced: hair and a margin around it, with single hairs before the background. Skin of the ears is left.
    pub(super) fn with_margin(&self, hair: &[f32]) -> Vec<f32> {
        let values = hair;
        let columns = self.cells.columns;
        let to_hair = distances(hair.iter().map(|hair| *hair > 0.5), columns);
        let is_skin = |(hair, wall): (&f32, &f32)| *hair < RIM_SURE && *wall < RIM_SURE;
        let to_skin = distances(self.hair.iter().zip(&self.wall).map(is_skin), columns);
        let is_stray = |at: usize| {
            let value = |values: &[f32]| values.get(at).copied().unwrap_or(0.0);
            let is_near = value(&to_hair) < STRAY_WITHIN * self.per_mm && value(&to_skin) > OFF_SKIN * self.per_mm;
            is_near && value(&self.hair) > RIM_SURE && self.zones.get(at).is_some_and(|zone| !zone.is_by_ear)
        };
        let is_by_ear = |at: usize| self.zones.get(at).is_some_and(|zone| zone.is_by_ear);
        let is_sure = |(at, hair): (usize, &f32)| *hair > if is_by_ear(at) { 0.5 } else { RIM_SURE } || is_stray(at);
        let far = distances(hair.iter().enumerate().map(is_sure), columns);
        let is_ear = |(zone, (hair, wall)): (&Zone, (&f32, &f32))| zone.is_by_ear && *hair < 0.5 && *wall < 0.5;
        let to_ear = distances(self.zones.iter().zip(hair.iter().zip(&self.wall)).map(is_ear), columns);
        let each = far.into_iter().zip(to_ear).zip(hair.iter().zip(&self.zones));
        each.enumerate()
            .map(|(at, ((far, to_ear), (hair, zone)))| {
                if zone.hair <= 0.0 {
                    return 0.0;
                }
                let is_ear = zone.is_by_ear && to_ear < EAR_FREE * self.per_mm && !self.is_before(values, at);
                let (margin, fade) = if is_ear { (0.0, EAR_FADE) } else { (MARGIN, MARGIN_FADE) };
                (1.0 - (far / self.per_mm - margin) / fade).clamp(0.0, 1.0).max(*hair)
            })
            .collect()
    }
}
