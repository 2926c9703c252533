//! What the dots of each side say of the skin, and how much of it counts when several sides show the same skin.
//!
//! Sides meet on the sphere behind the skull, where every head looks alike whatever it is seen from. Each side is a list of
//! pieces of skin of some millimetres with a direction. A piece that another side treats too counts as much as it is seen
//! better there, so that each side's share passes over into the other's without a seam. Where only one of two sides treats
//! the skin beside their common part it is either more skin, or the same skin that the other photo shows in a slightly other
//! place because no model fits a head quite. A strip too narrow to tell counts as much as that side is believed in the common
//! part, which makes the whole a mean of what both say.
//!
//! Only `+ - * /` and `sqrt` are used. It knows nothing of pictures.

use super::zones::{Sizing, Sum, Tally};
use crate::engine::calibration::HairOnTop;
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::design::View;
use crate::engine::dots::{Field, TreatedSkin};
use glam::DVec3;

/// Sessions that are counted at most: no clinic may set more.
const MAX_SESSIONS: usize = 5;
/// Mean of the half axes of a skull, mm: half of the usual length times the mean of 1, 0.77 and 0.81.
const SKULL_RADIUS: f64 = 84.0;
/// Skin around a piece that is compared with what another side treats there, mm: pieces are up to 8 mm wide, and those of two
/// sides lie on one another as they come (our estimate).
const AROUND: f64 = 10.0;
/// How far two photos may put the same skin apart, mm: some degrees of a head's pose and form (heads of random builds that
/// were found in their pictures: 5 mm as a rule, 17 mm at most).
const APART: f64 = 22.0;
/// The share of a strip by which the whole may be wrong (our estimate, held against the same heads).
const DOUBT: f64 = 0.25;
/// As many times as a piece is seen better, raised to this power, it counts more: a fifth better is four times as much.
const PREFERENCE: i32 = 8;

/// What one side's dots say of the skin.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    pub(super) size: Sizing,
    pub(super) fingerprint: u64,
    /// Dots after each session.
    after: [f64; MAX_SESSIONS],
    pieces: Vec<Piece>,
}

/// Some millimetres of treated skin.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    /// Direction from the middle of the skull; `None` where the head's surface is not known.
    on_head: Option<DVec3>,
    /// Its skin, cm2.
    cm2: f64,
    /// Sum over its skin of the cosine of the angle to the picture, cm2.
    facing: f64,
    tally: Tally,
}

/// What counts of a side.
pub(super) struct Counted {
    pub(super) tally: Tally,
    /// Dots after each session.
    pub(super) after: [f64; MAX_SESSIONS],
}

impl Survey {
    /// What a field says of the skin that its view treats. Costs one look at every place of the treated skin, and one at every
    /// dot for each session.
    #[must_use]
    pub fn of(field: &Field, view: &View, parameters: &Parameters) -> Self {
        let band = parameters.get(Parameter::HairlineBand);
        let mut pieces: Vec<Piece> = Vec::new();
        field.each_treated(|skin| {
            // A field tells its skin block by block, each with one direction.
            if pieces.last().is_none_or(|piece| piece.on_head != skin.on_head) {
                pieces.push(Piece { on_head: skin.on_head, cm2: 0.0, facing: 0.0, tally: Tally::default() });
            }
            pieces.last_mut().into_iter().for_each(|piece| piece.add(&skin, band));
        });
        let mut after = [0.0; MAX_SESSIONS];
        for (session, count) in (1..).zip(&mut after) {
            *count = field.count_after(session, parameters) as f64;
        }
        let may_have_hair = view.head.is_none_or(|head| head.hair_on_top == HairOnTop::Unknown);
        let is_guess = view.head.is_some_and(|head| head.is_guess());
        let size = Sizing { scale: view.scale(parameters), may_have_hair, is_guess };
        Self { size, fingerprint: field.fingerprint(), after, pieces }
    }

    /// What counts of each of several sides. Costs a few operations for each pair of pieces: some milliseconds for two sides
    /// of 300 cm2.
    #[must_use]
    pub(super) fn counted(sides: &[&Self]) -> Vec<Counted> {
        let one = |(place, survey): (usize, &&Self)| {
            let others: Vec<&Self> =
                sides.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, survey)| *survey).collect();
            survey.sum(&survey.shares(&others))
        };
        sides.iter().enumerate().map(one).collect()
    }

    fn sum(&self, shares: &[Share]) -> Counted {
        let (mut tally, mut all) = (Tally::default(), Sum::default());
        for (piece, share) in self.pieces.iter().zip(shares) {
            tally.add_share(&piece.tally, share.counts, share.doubt);
            all = all.plus(&piece.tally.whole(), 1.0);
        }
        let share = tally.whole().dots_over(&all);
        Counted { tally, after: self.after.map(|dots| dots * share) }
    }

    /// How much of each piece counts.
    fn shares(&self, others: &[&Self]) -> Vec<Share> {
        let meetings: Vec<Meeting> = self.pieces.iter().map(|piece| self.meeting(piece, others)).collect();
        let common = |with: fn(&Meeting) -> f64| -> f64 {
            self.pieces.iter().zip(&meetings).map(|(piece, meeting)| piece.cm2 * meeting.common * with(meeting)).sum()
        };
        let all = common(|_| 1.0);
        let belief = if all > 0.0 { common(|meeting| meeting.preferred) / all } else { 1.0 };
        let share = |(meeting, is_strip): (&Meeting, bool)| {
            let alone = 1.0 - meeting.common;
            let counts = meeting.common * meeting.preferred + alone * if is_strip { belief } else { 1.0 };
            Share { counts, doubt: if is_strip { alone * DOUBT } else { 0.0 } }
        };
        meetings.iter().zip(self.strips(&meetings)).map(share).collect()
    }

    /// How a piece meets what other sides treat around it.
    fn meeting(&self, piece: &Piece, others: &[&Self]) -> Meeting {
        let Some(at) = piece.on_head else { return Meeting::ALONE };
        let rivals: Vec<(f64, f64)> =
            others.iter().map(|other| other.around(at)).filter(|(cm2, _)| *cm2 > 0.0).collect();
        if rivals.is_empty() {
            return Meeting::ALONE;
        }
        let (own, _) = self.around(at);
        let share = |cm2: f64| (cm2 / own.max(f64::MIN_POSITIVE)).min(1.0);
        let worth = |(cm2, facing): (f64, f64)| (facing / cm2.max(f64::MIN_POSITIVE)).powi(PREFERENCE);
        let common = rivals.iter().map(|(cm2, _)| share(*cm2)).fold(0.0, f64::max);
        let theirs: f64 = rivals.iter().map(|rival| share(rival.0) * worth(*rival)).sum();
        let own = worth((piece.cm2, piece.facing)) * common;
        Meeting { common, preferred: own / (own + theirs).max(f64::MIN_POSITIVE) }
    }

    /// The treated skin around a direction, cm2, and the sum of its facing.
    fn around(&self, at: DVec3) -> (f64, f64) {
        let near = self.pieces.iter().filter(|piece| piece.on_head.is_some_and(|on| is_within(at, on, AROUND)));
        near.fold((0.0, 0.0), |(cm2, facing), piece| (cm2 + piece.cm2, facing + piece.facing))
    }

    /// Which pieces belong to a strip beside the common skin that is too narrow to be more skin for certain.
    fn strips(&self, meetings: &[Meeting]) -> Vec<bool> {
        let places = || self.pieces.iter().map(|piece| piece.on_head).zip(meetings);
        let common: Vec<DVec3> =
            places().filter(|(_, meeting)| meeting.common >= 0.5).filter_map(|(on, _)| on).collect();
        let is_near = |places: &[DVec3], at: DVec3, mm: f64| places.iter().any(|on| is_within(at, *on, mm));
        let alone = places().filter(|(_, meeting)| meeting.common < 0.5).filter_map(|(on, _)| on);
        let beyond: Vec<DVec3> = alone.filter(|on| !is_near(&common, *on, APART)).collect();
        let is_strip = |(on, meeting): (Option<DVec3>, &Meeting)| {
            meeting.common > 0.0 || on.is_some_and(|on| is_near(&common, on, APART))
        };
        // What reaches farther than that is more skin, with all that lies between it and the common part.
        let reaches = |on: Option<DVec3>| on.is_some_and(|on| is_near(&beyond, on, APART + AROUND));
        places().map(|place| is_strip(place) && !reaches(place.0)).collect()
    }
}

impl Piece {
    fn add(&mut self, skin: &TreatedSkin, band: f64) {
        self.cm2 += skin.skin_cm2;
        self.facing += skin.skin_cm2 * skin.facing;
        self.tally.add(skin, band);
    }
}

/// How much of a piece counts, and by how much that may be wrong, as shares of it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Share {
    counts: f64,
    doubt: f64,
}

/// How a piece meets what other sides treat.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Meeting {
    /// The share of it that another side treats too.
    common: f64,
    /// The share of what is common that counts here.
    preferred: f64,
}

impl Meeting {
    const ALONE: Self = Self { common: 0.0, preferred: 1.0 };
}

/// Whether two directions are at most so many mm of a skull apart.
fn is_within(a: DVec3, b: DVec3, mm: f64) -> bool {
    a.distance_squared(b) * SKULL_RADIUS * SKULL_RADIUS <= mm * mm
}
