//! Finds the visitor's own hair: sides, fringe, nape and thin strands on top.
//!
//! Three looks are told apart, each photo's own: skin, hair and background ([`LookModel`]). Skin is known of cheeks, nose and
//! forehead, the background of where no person is seen; hair is at first what is neither and lies where hair may be. Of what is
//! found the looks are learned anew, and neighbours of one look agree ([`Spreading`]).

use super::cells::{CellLook, Cells};
use super::hair_mask::HairMask;
use super::head_edge::{Met, head_edge};
use super::look_model::{LookModel, flush};
use super::regions::{distances, pieces};
use super::spreading::Spreading;
use super::zones::{Hanging, Known, Zone, Zones};
use crate::engine::calibration::Side;
use crate::engine::catalog::Parameters;
use crate::engine::design::View;
use crate::engine::editor::AnalysisImage;
use crate::engine::face::FoundFace;
use crate::engine::geometry::PhotoPoint;

/// Why one's own hair cannot be shown clipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClippedRefusal {
    /// Where the head ends is a guess.
    NoHead,
    /// There is no bare skin to continue from.
    NoSkin,
    /// Hair hangs over ears and neck.
    LongHair,
    /// What covers the head looks unlike hair: a hat, or another cover.
    Hat,
    /// There is nothing to clip.
    NoHair,
    /// Hair stands out before a background that cannot be continued.
    BusyWall,
}

/// The visitor's own hair in a photo.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnHair {
    /// What is to be replaced: the hair with its soft rim and a margin around.
    pub mask: HairMask,
    /// The hair alone: where stubble is to be.
    pub hair: HairMask,
    /// Where the head would end if the hair were clipped: a closed outline in photo pixels, clockwise.
    pub silhouette: Vec<PhotoPoint>,
}

/// How usual a look of hair is that nobody knows yet, per volume of looks: so much in each of some 200 levels, 50 and 50 hundredths
/// of colour and 25 of roughness.
const UNKNOWN_HAIR: f32 = 1.0 / (200.0 * 50.0 * 50.0 * 25.0);
/// The share of it that is kept once hair was seen.
const STILL_UNKNOWN: f32 = 0.5;
/// The same of skin and background, whose looks are known of a part: anything may stand there.
const UNKNOWN_ELSE: f32 = UNKNOWN_HAIR * 0.05;
/// Rounds in which looks are learned.
const ROUNDS: usize = 3;
/// From how sure on a cell teaches the looks.
const SURE: f32 = 0.85;

/// Hair is not redder than skin without being yellower: from so much more flush on it is an ear or a shadow on skin, hundredths.
const MORE_FLUSHED: f32 = 12.0;
const FLUSHED_WITHIN: f32 = 8.0;
/// Between skin and background what is no broader than this is the head's rim in its own light, or a mix of both, mm.
const RIM_BREADTH: f32 = 4.0;
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

/// Skin is redder than this and less yellow beside it, hundredths, and no rougher (our estimates, from portraits of light and dark
/// skin). So much of it is needed where no face is seen, mm2.
const SKIN_RED: f32 = 8.0;
const SKIN_YELLOW: f32 = 0.65;
const SKIN_ROUGH: f32 = 3.5;
const MIN_BARE: f32 = 300.0;
/// Less hair than this is none, mm2.
const MIN_HAIR: f32 = 150.0;
/// Hair that hangs is at least so broad, and so much of it below the ears is long hair: mm, mm2.
const MIN_HANGING_BREADTH: f32 = 3.0;
const MIN_HANGING: f32 = 60.0;
/// More than this on the top may be a hat, mm2; it is one where most of it is greener, bluer or more flushed than hair, or as light
/// and smooth as cloth (our estimates).
const MIN_HAT: f32 = 600.0;
const MIN_RED: f32 = -6.0;
const MAX_BLUE: f32 = 9.0;
const MAX_FLUSH: f32 = 30.0;
const CLOTH: (f32, f32) = (70.0, 1.3);
/// More of the forehead than this under hair leaves no skin to continue from.
const MAX_COVERED: f32 = 0.6;

/// Finds the visitor's own hair in the photo of a view. The face's points make it surer where a face was found.
///
/// # Errors
/// When there is none to be clipped, or no head without it can be told.
pub fn find_own_hair(
    image: &AnalysisImage,
    view: &View,
    parameters: &Parameters,
    face: Option<&FoundFace>,
) -> Result<OwnHair, ClippedRefusal> {
    let zones = Zones::new(image.person.as_deref(), view, parameters, face);
    if zones.head.is_guess() {
        return Err(ClippedRefusal::NoHead);
    }
    let cells = Cells::new(image, zones.part(), zones.px_per_mm).ok_or(ClippedRefusal::NoHead)?;
    let (seen, looks) = Seen::new(cells, &zones).ok_or(ClippedRefusal::NoSkin)?;
    let hair = seen.cleaned();
    if let Some(refusal) = seen.refusal(&hair, &looks, &zones) {
        return Err(refusal);
    }
    let mask = seen.with_margin(&hair);
    let on_image = |values: &[f32]| on_image(&seen.cells, values, image);
    let silhouette = head_edge(&zones, &View::head_parameters(parameters), |at| seen.met(&hair, at));
    Ok(OwnHair { hair: on_image(&hair), mask: on_image(&mask), silhouette })
}

/// Values of cells as a mask over a whole image.
fn on_image(cells: &Cells, values: &[f32], image: &AnalysisImage) -> HairMask {
    let (columns, rows) = (image.width, image.pixels.len() / 4 / image.width.max(1));
    let share = |place: usize| {
        let (column, row) = ((place % columns) as f64, (place / columns) as f64);
        let at = PhotoPoint::new((column + 0.5) / image.zoom, (row + 0.5) / image.zoom);
        (cells.mixed(values, at).clamp(0.0, 1.0) * 255.0 + 0.5) as u8
    };
    HairMask { shares: (0..columns * rows).map(share).collect(), columns, rows, zoom: image.zoom }
}

/// What was seen in the cells.
struct Seen {
    cells: Cells,
    zones: Vec<Zone>,
    /// Cells to a millimetre.
    per_mm: f32,
    /// The column of the midline of a face that is seen from the front.
    middle_column: Option<usize>,
    /// How surely hair and background are in each.
    hair: Vec<f32>,
    wall: Vec<f32>,
}

/// The looks of a photo.
struct Looks {
    skin: LookModel,
    wall: Option<LookModel>,
    hair: Option<LookModel>,
}

impl Seen {
    fn new(cells: Cells, zones: &Zones) -> Option<(Self, Looks)> {
        let each: Vec<Zone> = (0..cells.looks.len()).map(|place| zones.zone(cells.middle(place))).collect();
        let none = vec![0.0; each.len()];
        let per_mm = (zones.px_per_mm / cells.side) as f32;
        let middle_column = (zones.head.side == Side::Front).then(|| cells.column(zones.at(0.0, 0.0)));
        let mut seen = Self { cells, zones: each, per_mm, middle_column, hair: none.clone(), wall: none };
        let spreading = Spreading::new(&seen.cells);
        let mut looks = Looks { skin: seen.known_skin(zones)?, wall: seen.looks_known(Known::Wall), hair: None };
        for round in 0..ROUNDS {
            seen.tell(&looks, &spreading);
            if round + 1 < ROUNDS {
                looks = seen.learned(looks);
            }
        }
        Some((seen, looks))
    }

    fn looks_known(&self, known: Known) -> Option<LookModel> {
        let is_known = move |(zone, look): (&Zone, &CellLook)| (zone.known == Some(known)).then_some(*look);
        LookModel::of(self.zones.iter().zip(&self.cells.looks).filter_map(is_known))
    }

    /// The look of bare skin.
    fn known_skin(&self, zones: &Zones) -> Option<LookModel> {
        if matches!(zones.head.side, Side::Back | Side::Top) {
            return self.scalp(zones);
        }
        self.looks_known(Known::Skin)
    }

    /// The look of the lighter half of what is smooth and has the hue of skin, where skin may be bare.
    fn scalp(&self, zones: &Zones) -> Option<LookModel> {
        let mut looks: Vec<CellLook> = Vec::new();
        for (place, look) in self.cells.looks.iter().enumerate() {
            if is_skin_like(look) && zones.may_be_bare(self.cells.middle(place)) {
                looks.push(*look);
            }
        }
        if (looks.len() as f32) < MIN_BARE * self.per_mm * self.per_mm {
            return None;
        }
        looks.sort_by(|[a, ..], [b, ..]| a.total_cmp(b));
        LookModel::of(looks.iter().skip(looks.len() / 2).copied())
    }

    /// Tells what each cell is.
    fn tell(&mut self, looks: &Looks, spreading: &Spreading) {
        let shares = self.zones.iter().zip(&self.cells.looks).map(|(zone, look)| {
            let hair = match &looks.hair {
                Some(hair) => hair.density(look) + STILL_UNKNOWN * UNKNOWN_HAIR,
                None => UNKNOWN_HAIR,
            };
            let skin = looks.skin.density(look) + UNKNOWN_ELSE;
            let wall = looks.wall.as_ref().map_or(0.0, |wall| wall.density(look)) + UNKNOWN_ELSE;
            let flushed = if zone.is_by_ear { less_where_flushed(looks.skin.flush(), look) } else { 1.0 };
            let hair = hair * zone.hair * (1.0 - zone.wall) * flushed;
            let skin = skin * (1.0 - zone.hair) * (1.0 - zone.wall);
            let wall = wall * zone.wall;
            let all = hair + skin + wall;
            (hair / all, wall / all)
        });
        let (hair, wall): (Vec<f32>, Vec<f32>) = shares.unzip();
        self.hair = spreading.spread(&hair);
        self.wall = spreading.spread(&wall);
    }

    /// The looks, learned of what was told.
    fn learned(&self, before: Looks) -> Looks {
        let looks = |is_sure: fn(f32, f32, &Zone) -> bool| {
            let each = self.hair.iter().zip(&self.wall).zip(self.zones.iter().zip(&self.cells.looks));
            LookModel::of(
                each.filter_map(move |((hair, wall), (zone, look))| is_sure(*hair, *wall, zone).then_some(*look)),
            )
        };
        let skin = looks(|hair, wall, zone| {
            1.0 - hair - wall > SURE && zone.hair < 0.5 && zone.hair > 0.0 || zone.known == Some(Known::Skin)
        });
        Looks {
            skin: skin.unwrap_or(before.skin),
            wall: looks(|_, wall, _| wall > SURE).or(before.wall),
            hair: looks(|hair, _, zone| hair > SURE && zone.hair > 0.0),
        }
    }

    /// What is met at a place of the photo.
    fn met(&self, hair: &[f32], at: PhotoPoint) -> Met {
        if self.cells.mixed(&self.wall, at) > 0.5 {
            Met::Wall
        } else if self.cells.mixed(hair, at) > 0.5 {
            Met::Hair
        } else {
            Met::Skin
        }
    }

    /// Why the hair that was found cannot be shown clipped, if so.
    fn refusal(&self, hair: &[f32], looks: &Looks, zones: &Zones) -> Option<ClippedRefusal> {
        let mm2 = self.per_mm * self.per_mm;
        let is_hair: Vec<bool> = hair.iter().map(|hair| *hair > 0.5).collect();
        let area = |is_in: &dyn Fn(&Zone) -> bool| {
            let cells = is_hair.iter().zip(&self.zones).filter(|(is_hair, zone)| **is_hair && is_in(zone));
            cells.count() as f32 / mm2
        };
        if self.hangs(&is_hair, looks, zones) {
            return Some(ClippedRefusal::LongHair);
        }
        if area(&|_| true) < MIN_HAIR {
            return Some(ClippedRefusal::NoHair);
        }
        if area(&|zone| zone.is_on_top) > MIN_HAT && self.is_cover(&is_hair, looks) {
            return Some(ClippedRefusal::Hat);
        }
        let forehead = self.zones.iter().filter(|zone| zone.known == Some(Known::Forehead)).count() as f32 / mm2;
        let covered = area(&|zone| zone.known == Some(Known::Forehead));
        (covered > MAX_COVERED * forehead && forehead > 0.0).then_some(ClippedRefusal::NoSkin)
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
            let [_, red, blue, _] = ***look;
            red < MIN_RED || blue > MAX_BLUE || flush(look) > looks.skin.flush() + MAX_FLUSH
        };
        let is_smooth = |look: &&&CellLook| {
            let [light, _, _, rough] = ***look;
            light > CLOTH.0 && rough < CLOTH.1
        };
        let most = |count: usize| 2 * count > top.len();
        most(top.iter().filter(is_odd).count()) || most(top.iter().filter(is_smooth).count())
    }

    fn is_hair(&self) -> Vec<bool> {
        self.hair.iter().zip(&self.zones).map(|(hair, zone)| *hair > 0.5 && zone.hair > 0.0).collect()
    }

    /// How surely hair is in each cell, without what looks like it: the head's rim before the background, shadows in ears, moles.
    fn cleaned(&self) -> Vec<f32> {
        let columns = self.cells.columns;
        let mut is_hair = self.is_hair();
        let to_wall = distances(self.wall.iter().map(|wall| *wall > 0.5), columns);
        let to_other = distances(is_hair.iter().map(|is_hair| !is_hair), columns);
        let is_core = to_other.iter().map(|far| *far > RIM_BREADTH / 2.0 * self.per_mm);
        let to_core = distances(is_core, columns);
        // Farther from what is broad than that.
        let from_core = |at: usize| match self.zones.get(at) {
            Some(zone) if zone.is_by_ear => RIM_BREADTH * 0.55,
            _ => RIM_BREADTH,
        };
        let is_rim = |at: usize| {
            to_wall.get(at).is_some_and(|far| *far < RIM_WITHIN * self.per_mm)
                && to_core.get(at).is_some_and(|far| *far > from_core(at) * self.per_mm)
        };
        is_hair.iter_mut().enumerate().for_each(|(at, is_hair)| *is_hair &= !is_rim(at));
        let mm2 = self.per_mm * self.per_mm;
        let mut kept = vec![false; is_hair.len()];
        for piece in pieces(&is_hair, columns) {
            let is_strand = piece.iter().all(|at| self.zones.get(*at).is_some_and(|zone| zone.is_on_top));
            let is_long = self.extent(&piece) > MIN_STRAND_LENGTH * self.per_mm;
            // What lies by an ear as a whole is a shadow in it.
            let is_by_ear = piece.iter().all(|at| self.zones.get(*at).is_some_and(|zone| zone.is_by_ear));
            if !is_by_ear && piece.len() as f32 > mm2 * if is_strand && is_long { MIN_STRAND } else { MIN_PIECE } {
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
    fn with_margin(&self, hair: &[f32]) -> Vec<f32> {
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

/// Whether a look is that of smooth skin.
fn is_skin_like([light, red, blue, rough]: &CellLook) -> bool {
    *light > 30.0 && *red > SKIN_RED && -blue < SKIN_YELLOW * red && *rough < SKIN_ROUGH
}

/// By how much less likely a look is hair's where it is much more flushed than skin.
fn less_where_flushed(skin: f32, look: &CellLook) -> f32 {
    let more = ((flush(look) - skin - MORE_FLUSHED) / FLUSHED_WITHIN).max(0.0);
    let tail = 1.0 / (1.0 + more * more);
    tail * tail
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{
        DARK_DARK, Drawn, EARS, Ellipse, FACE, LIGHT_BLOND, LIGHT_DARK, LIGHT_GREY, LONG_SKULL, PROFILE_EAR, Palette,
        SKULL, SKULL_FROM_ABOVE, in_photo, places, sides, view,
    };
    use super::*;
    use crate::engine::geometry::Polygon;

    type Place = (f64, f64);

    fn found(palette: Palette, rough: f64, hair: &dyn Fn(Place) -> bool) -> Result<OwnHair, ClippedRefusal> {
        let image = Drawn { side: Side::Front, palette, hair, rough }.image();
        find_own_hair(&image, &view(Side::Front, 8.0), &Parameters::default(), None)
    }

    /// How much of both the drawn and the found hair is in both.
    fn overlap(found: &OwnHair, hair: &dyn Fn(Place) -> bool) -> f64 {
        let (mut both, mut either) = (0.0, 0.0);
        for (at, place) in places() {
            let (is_drawn, is_found) = (hair(place), found.hair.share(at) > 0.5);
            both += f64::from(u8::from(is_drawn && is_found));
            either += f64::from(u8::from(is_drawn || is_found));
        }
        both / either
    }

    #[test]
    fn hair_of_every_colour_is_found_and_ears_brows_and_face_are_left() {
        for (name, palette) in
            [("dark", LIGHT_DARK), ("grey", LIGHT_GREY), ("blond", LIGHT_BLOND), ("dark on dark skin", DARK_DARK)]
        {
            let hair = sides(8.0);
            let own = found(palette, 0.5, &hair).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
            let overlap = overlap(&own, &hair);
            assert!(overlap > 0.9, "{name}: {overlap}");
            let replaced = |is_in: &dyn Fn(Place) -> bool| {
                let inside: Vec<PhotoPoint> = places().filter(|(_, place)| is_in(*place)).map(|(at, _)| at).collect();
                inside.iter().filter(|at| own.mask.share(**at) > 0.5).count() as f64 / inside.len() as f64
            };
            let ears = replaced(&|place| !hair(place) && EARS.iter().any(|ear| ear.has(place)));
            let face = replaced(&|place| FACE.grown(-10.0).has(place) && place.1 < 24.0);
            assert!(ears < 0.03 && face == 0.0, "{name}: {ears} of the ears, {face} of the face");
            let whole = replaced(&hair);
            assert!(whole > 0.99, "{name}: {whole} of the hair is replaced");
        }
    }

    #[test]
    fn strands_on_the_top_are_found_and_a_mole_is_not() {
        let strands =
            |(x, y): Place| SKULL.has((x, y)) && y > 70.0 && x.abs() < 40.0 && (x * 0.125 - (x * 0.125).floor()) < 0.2;
        let mole = |(x, y): Place| (x - 10.0) * (x - 10.0) + (y - 50.0) * (y - 50.0) < 0.8;
        let hair = |place: Place| sides(8.0)(place) || strands(place) || mole(place);
        let own = found(LIGHT_DARK, 0.3, &hair).unwrap();
        let inside: Vec<PhotoPoint> =
            places().filter(|(_, place)| strands(*place) && SKULL.grown(-6.0).has(*place)).map(|(at, _)| at).collect();
        let covered = inside.iter().filter(|at| own.mask.share(**at) > 0.5).count() as f64 / inside.len() as f64;
        assert!(covered > 0.9, "{covered} of the strands");
        assert_eq!(own.mask.share(in_photo((10.0, 50.0))), 0.0);
    }

    #[test]
    fn a_margin_around_the_hair_is_replaced_too() {
        let hair = sides(8.0);
        let own = found(LIGHT_DARK, 0.5, &hair).unwrap();
        for (place, is_replaced) in
            [((-55.0, 50.0), true), ((-51.5, 50.0), false), ((55.0, 50.0), true), ((0.0, 50.0), false)]
        {
            let share = own.mask.share(in_photo(place));
            assert_eq!(share > 0.5, is_replaced, "{place:?}: {share}");
        }
        assert!(own.hair.share(in_photo((-55.0, 50.0))) < 0.5, "the margin is no hair");
    }

    #[test]
    fn the_silhouette_goes_on_under_the_hair() {
        for thick in [3.0, 8.0, 14.0] {
            let hair = sides(thick);
            let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
            let own = find_own_hair(&image, &view(Side::Front, thick), &Parameters::default(), None).unwrap();
            let outline = Polygon::new(own.silhouette.clone());
            for degrees in (-100..=100).step_by(4) {
                let (sine, cosine) = f64::from(degrees).to_radians().sin_cos();
                let edge = |by: f64| {
                    let skull = SKULL.grown(by);
                    in_photo((skull.at.0 + skull.half.0 * sine, skull.at.1 + skull.half.1 * cosine))
                };
                if cosine > 0.1 && hair((SKULL.at.0 + SKULL.half.0 * sine, SKULL.at.1 + SKULL.half.1 * cosine)) {
                    assert!(outline.contains(edge(-4.0)), "{thick} mm, {degrees}: it cuts into the skull");
                    assert!(!outline.contains(edge(2.5)), "{thick} mm, {degrees}: it stands off");
                } else if cosine > 0.6 {
                    assert!(outline.contains(edge(-1.0)) && !outline.contains(edge(1.5)), "{thick} mm, {degrees}");
                }
            }
            for (at, place) in places() {
                let is_face = FACE.grown(-1.0).has(place) && place.1 > -60.0;
                assert!(!is_face || outline.contains(at), "{thick} mm: {place:?} of the face is cut off");
            }
        }
    }

    #[test]
    fn hair_over_ears_and_neck_is_refused() {
        let long = |(x, y): Place| {
            let is_cap = SKULL.grown(12.0).has((x, y)) && (y > 60.0 || x.abs() > 58.0 && y > 0.0);
            is_cap || (60.0..86.0).contains(&x.abs()) && (-110.0..20.0).contains(&y)
        };
        let to_jaw = |(x, y): Place| long((x, y)) && y > -40.0;
        for palette in [LIGHT_DARK, LIGHT_BLOND] {
            assert_eq!(found(palette, 0.5, &long).err(), Some(ClippedRefusal::LongHair), "{palette:?}");
            assert_eq!(found(palette, 0.5, &to_jaw).err(), None, "{palette:?}");
        }
    }

    #[test]
    fn a_hat_is_refused_and_hair_of_that_form_is_not() {
        let cap = |(x, y): Place| SKULL.grown(6.0).has((x, y)) && y > 58.0;
        let cloth = |hair: [f64; 3]| Palette { hair, ..LIGHT_DARK };
        for (color, rough) in [([40.0, 60.0, 140.0], 0.05), ([170.0, 30.0, 40.0], 0.05), ([200.0, 196.0, 180.0], 0.02)]
        {
            assert_eq!(found(cloth(color), rough, &cap).err(), Some(ClippedRefusal::Hat), "{color:?}");
        }
        for palette in [LIGHT_DARK, LIGHT_GREY, LIGHT_BLOND] {
            let refusal = found(palette, 0.5, &cap).err();
            assert_eq!(refusal, None, "{palette:?}");
        }
    }

    #[test]
    fn nothing_to_clip_and_nothing_to_continue_from_are_refused() {
        assert_eq!(found(LIGHT_DARK, 0.5, &|_| false).err(), Some(ClippedRefusal::NoHair));
        let fringe = |(x, y): Place| SKULL.grown(8.0).has((x, y)) && y > 22.0;
        assert_eq!(found(LIGHT_DARK, 0.5, &fringe).err(), Some(ClippedRefusal::NoSkin));
        let mut unseen = view(Side::Front, 8.0);
        unseen.head.as_mut().unwrap().outline_unseen = true;
        let hair = sides(8.0);
        let image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair: &hair, rough: 0.5 }.image();
        let found = find_own_hair(&image, &unseen, &Parameters::default(), None);
        assert_eq!(found.err(), Some(ClippedRefusal::NoHead));
    }

    /// Hair as it is left on bald heads that are seen from elsewhere.
    fn rest(side: Side) -> impl Fn(Place) -> bool {
        move |(x, y)| match side {
            Side::Front => sides(8.0)((x, y)),
            Side::Back => SKULL.grown(5.0).has((x, y)) && (-44.0..62.0).contains(&y),
            Side::Left | Side::Right => {
                let is_there =
                    LONG_SKULL.grown(6.0).has((x, y)) && x < 32.0 && (-30.0 + (x + 60.0) * 0.45..66.0).contains(&y);
                is_there && !PROFILE_EAR.grown(3.0).has((x, y))
            }
            Side::Top => {
                let bald = Ellipse { at: (0.0, -12.0), half: (48.0, 72.0) };
                SKULL_FROM_ABOVE.grown(5.0).has((x, y)) && !bald.has((x, y)) && y > -45.0
            }
        }
    }

    #[test]
    fn hair_is_found_from_every_side() {
        for (side, palette) in
            Side::ALL.into_iter().flat_map(|side| [(side, LIGHT_DARK), (side, LIGHT_GREY), (side, DARK_DARK)])
        {
            let hair = rest(side);
            let image = Drawn { side, palette, hair: &hair, rough: 0.5 }.image();
            let own = find_own_hair(&image, &view(side, 5.0), &Parameters::default(), None);
            let own = own.unwrap_or_else(|refusal| panic!("{side:?} {palette:?}: {refusal:?}"));
            let overlap = overlap(&own, &|(x, y)| hair((if side == Side::Left { -x } else { x }, y)));
            println!("{side:?}: {overlap}");
            assert!(overlap > 0.85, "{side:?} {palette:?}: {overlap}");
        }
    }
}
