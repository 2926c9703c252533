//! What the cells around a head show: three looks are told apart, each photo's own: skin, hair and background ([`LookModel`]).
//!
//! Skin is known of cheeks and nose, or of where it is smooth and light, the background of where no person is seen; hair is at first
//! what is neither and lies where hair may be. Of what is found the looks are learned anew, and neighbours of one look agree
//! ([`Spreading`]).

use super::cells::{BLACK, CellLook, Cells};
use super::head_edge::Met;
use super::look_model::{LookModel, flush};
use super::spreading::{Said, Spreading};
use super::zones::{Known, Zone, Zones};
use crate::engine::calibration::Side;
use crate::engine::geometry::PhotoPoint;

/// How usual a look of hair is that nobody knows yet, per volume of looks: so much in each of some 200 levels, 50 and 50 hundredths
/// of colour and 25 of roughness.
pub(super) const UNKNOWN_HAIR: f32 = 1.0 / (200.0 * 50.0 * 50.0 * 25.0);
/// The share of it that is kept once hair was seen.
const STILL_UNKNOWN: f32 = 0.5;
/// The same of skin and background, whose looks are known of a part: anything may stand there.
const UNKNOWN_ELSE: f32 = UNKNOWN_HAIR * 0.05;
/// Rounds in which looks are learned.
const ROUNDS: usize = 3;
/// Rounds in which what cells say is spread at last, and before, for learning, where only sure cells count.
const SPREAD: usize = 24;
const SPREAD_TO_LEARN: usize = 8;
/// From how sure on a cell teaches the looks.
const SURE: f32 = 0.85;
/// How likely hair is where it is for certain.
const CERTAIN: f32 = 0.97;

/// Hair is not redder than skin without being yellower: from so much more flush on it is an ear or a shadow on skin, hundredths.
const MORE_FLUSHED: f32 = 12.0;
const FLUSHED_WITHIN: f32 = 8.0;
/// Skin is redder than this and less yellow beside it, hundredths, and no rougher (our estimates, from portraits of light and dark
/// skin). So much of it is needed where no face is seen, mm2.
const SKIN_RED: f32 = 8.0;
const SKIN_YELLOW: f32 = 0.65;
const SKIN_ROUGH: f32 = 3.5;
const MIN_BARE: f32 = 300.0;
/// Shares of the light that the lower parts of a head have, whose skin was seen higher up (our estimates).
const SHADES: [f32; 3] = [0.8, 0.66, 0.52];

/// What was seen in the cells.
pub(super) struct SeenHair {
    pub(super) cells: Cells,
    pub(super) zones: Vec<Zone>,
    /// Cells to a millimetre.
    pub(super) per_mm: f32,
    /// The column of the midline of a face that is seen from the front.
    pub(super) middle_column: Option<usize>,
    /// How surely hair and background are in each.
    pub(super) hair: Vec<f32>,
    pub(super) wall: Vec<f32>,
}

/// The looks of a photo.
pub(super) struct Looks {
    pub(super) skin: LookModel,
    pub(super) wall: Option<LookModel>,
    pub(super) hair: Option<LookModel>,
}

impl SeenHair {
    /// What is seen in some cells, and of what looks; `None` where no bare skin is.
    pub(super) fn new(cells: Cells, zones: &Zones) -> Option<(Self, Looks)> {
        let each: Vec<Zone> = (0..cells.looks.len()).map(|place| zones.zone(cells.middle(place))).collect();
        let none = vec![0.0; each.len()];
        let per_mm = (zones.px_per_mm / cells.side) as f32;
        let middle_column = (zones.head.side == Side::Front).then(|| cells.column(zones.at(0.0, 0.0)));
        let mut seen = Self { cells, zones: each, per_mm, middle_column, hair: none.clone(), wall: none };
        let looks = seen.learn(zones)?;
        Some((seen, looks))
    }

    /// Tells anew what each cell is, where hair is for certain at some places of the photo.
    pub(super) fn learn_hair(&mut self, places: &[PhotoPoint], zones: &Zones) -> Option<Looks> {
        for place in places {
            if let Some(zone) = self.cells.place(*place).and_then(|at| self.zones.get_mut(at)) {
                (zone.known, zone.hair) = (Some(Known::Hair), CERTAIN);
            }
        }
        self.learn(zones)
    }

    /// Tells what each cell is, and learns the looks, from what is known.
    fn learn(&mut self, zones: &Zones) -> Option<Looks> {
        let spreading = Spreading::new(&self.cells);
        let [wall, hair] = [Known::Wall, Known::Hair].map(|known| self.looks_known(known));
        let mut looks = Looks { skin: self.known_skin(zones)?, wall, hair };
        for round in 0..ROUNDS {
            let is_last = round + 1 == ROUNDS;
            self.tell(&looks, &spreading, if is_last { SPREAD } else { SPREAD_TO_LEARN });
            if !is_last {
                looks = self.learned(looks);
            }
        }
        Some(looks)
    }

    fn looks_known(&self, known: Known) -> Option<LookModel> {
        let is_known = move |(zone, look): (&Zone, &CellLook)| (zone.known == Some(known)).then_some(*look);
        LookModel::of(self.zones.iter().zip(&self.cells.looks).filter_map(is_known))
    }

    /// The look of bare skin: of cheeks and nose from the front; else of the lighter half of what is smooth and has the hue of skin
    /// where skin may be bare.
    fn known_skin(&self, zones: &Zones) -> Option<LookModel> {
        let is_bare = |place: usize, zone: &Zone| match zones.head.side {
            Side::Front => zone.known == Some(Known::Skin),
            Side::Left | Side::Right => zone.known == Some(Known::Cheek),
            Side::Back | Side::Top => zones.may_be_bare(self.cells.middle(place)),
        };
        if zones.head.side == Side::Front {
            return self.looks_known(Known::Skin);
        }
        let each = self.cells.looks.iter().zip(&self.zones).enumerate();
        let bare = each.filter(|(place, (look, zone))| is_skin_like(look) && is_bare(*place, zone));
        let mut looks: Vec<CellLook> = bare.map(|(_, (look, _))| *look).collect();
        if (looks.len() as f32) < MIN_BARE * self.per_mm * self.per_mm {
            return None;
        }
        looks.sort_by(|[a, ..], [b, ..]| a.total_cmp(b));
        let lighter = looks.iter().skip(looks.len() / 2);
        // Much of it stands in shade.
        let shaded = lighter.clone().enumerate().filter_map(|(at, look)| {
            let shade = SHADES.get(at % (2 * SHADES.len()))?;
            Some(in_shade(look, *shade))
        });
        LookModel::of(lighter.copied().chain(shaded))
    }

    /// Tells what each cell is.
    fn tell(&mut self, looks: &Looks, spreading: &Spreading, rounds: usize) {
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
            [hair / all, wall / all]
        });
        let said = spreading.spread(&shares.collect::<Vec<Said>>(), rounds);
        (self.hair, self.wall) = said.into_iter().map(|[hair, wall]| (hair, wall)).unzip();
    }

    /// The looks, learned of what was told.
    fn learned(&self, before: Looks) -> Looks {
        let looks =
            |is_sure: fn(f32, f32, (&Zone, &CellLook)) -> bool| {
                let each = self.hair.iter().zip(&self.wall).zip(self.zones.iter().zip(&self.cells.looks));
                LookModel::of(each.filter_map(move |((hair, wall), (zone, look))| {
                    is_sure(*hair, *wall, (zone, look)).then_some(*look)
                }))
            };
        let skin = looks(|hair, wall, (zone, look)| match zone.known {
            Some(Known::Skin) => true,
            Some(Known::FaceSide) => 1.0 - hair - wall > SURE && is_skin_like(look),
            _ => 1.0 - hair - wall > SURE && zone.hair > 0.0 && zone.hair < 0.5,
        });
        Looks {
            skin: skin.unwrap_or(before.skin),
            wall: looks(|_, wall, _| wall > SURE).or(before.wall),
            hair: looks(|hair, _, (zone, _)| hair > SURE && zone.hair > 0.0),
        }
    }

    /// What is met at a place; `None` beyond the photo.
    pub(super) fn met(&self, hair: &[f32], at: PhotoPoint) -> Option<Met> {
        self.cells.place(at)?;
        Some(if self.cells.mixed(&self.wall, at) > 0.5 {
            Met::Wall
        } else if self.cells.mixed(hair, at) > 0.5 {
            Met::Hair
        } else {
            Met::Skin
        })
    }
}

/// Whether a look is that of smooth skin.
pub(super) fn is_skin_like([light, red, blue, rough]: &CellLook) -> bool {
    *light > 30.0 && *red > SKIN_RED && -blue < SKIN_YELLOW * red && *rough < SKIN_ROUGH
}

/// A look in so much of its light.
fn in_shade([light, red, blue, rough]: &CellLook, shade: f32) -> CellLook {
    let less = shade * (light + BLACK) / (shade * light + BLACK);
    [light * shade, red * less, blue * less, rough * less]
}

/// By how much less likely a look is hair's where it is much more flushed than skin.
fn less_where_flushed(skin: f32, look: &CellLook) -> f32 {
    let more = ((flush(look) - skin - MORE_FLUSHED) / FLUSHED_WITHIN).max(0.0);
    let tail = 1.0 / (1.0 + more * more);
    tail * tail
}
