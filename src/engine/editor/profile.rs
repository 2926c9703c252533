//! How a head stands that is seen from the side: as a usual profile, from the chin over nose, forehead and top to the nape, fits best
//! into where the person ends.
//!
//! The face tells most: it has no hair. Hair stands out over the rest of a profile, and what lies outside of the photo tells nothing.

use crate::engine::calibration::{Head, Side};
use crate::engine::face::PersonMask;
use crate::engine::geometry::Angle;

/// The edge of a usual head from the side, every 6 degrees from below the chin up over the face and back to the nape: how far it lies
/// from the middle between glabella and back, in half lengths, and how much that differs, one standard deviation (24 heads of real
/// shape).
const PROFILE: [(f64, f64); 45] = [
    (1.712, 0.049),
    (1.716, 0.049),
    (1.608, 0.076),
    (1.495, 0.069),
    (1.393, 0.059),
    (1.390, 0.034),
    (1.354, 0.039),
    (1.133, 0.043),
    (1.013, 0.013),
    (1.004, 0.002),
    (0.998, 0.005),
    (0.973, 0.015),
    (0.949, 0.022),
    (0.940, 0.026),
    (0.930, 0.028),
    (0.918, 0.030),
    (0.903, 0.031),
    (0.887, 0.031),
    (0.872, 0.029),
    (0.859, 0.028),
    (0.848, 0.028),
    (0.838, 0.029),
    (0.832, 0.030),
    (0.828, 0.032),
    (0.829, 0.033),
    (0.834, 0.033),
    (0.842, 0.034),
    (0.854, 0.035),
    (0.869, 0.035),
    (0.886, 0.035),
    (0.901, 0.035),
    (0.916, 0.036),
    (0.929, 0.034),
    (0.941, 0.033),
    (0.950, 0.032),
    (0.959, 0.030),
    (0.968, 0.026),
    (0.974, 0.022),
    (0.981, 0.018),
    (0.990, 0.011),
    (0.997, 0.006),
    (1.005, 0.003),
    (1.014, 0.008),
    (1.022, 0.015),
    (1.031, 0.021),
];
const FIRST_DEGREES: f64 = -60.0;
const STEP_DEGREES: f64 = 6.0;
/// So many of these lie on the face, where no hair stands out.
const ON_FACE: usize = 15;
/// What a mask does not tell finer, and how far hair stands out over a profile, half lengths (10 mm; our estimates).
const UNTOLD: f64 = 0.03;
const HAIR: f64 = 0.10;
/// A place on the face counts as much as so many others, and a nose so many degrees up or down as much as one deviation everywhere (our
/// estimates).
const FACE_COUNTS: f64 = 2.0;
const NOD_SPREAD: f64 = 34.0;
/// A place that is further off than so many deviations tells no more than that it is off: a collar, a hand, a fringe.
const FARTHEST: f64 = 3.0;
/// A person is followed from well within the head to beyond any chin, half lengths.
const FROM: f64 = 0.5;
const TO: f64 = 2.2;
/// Heads that are tried first: moved by these half lengths, so many times as long, and with the nose so many degrees up.
const AWAY: [f64; 5] = [-0.3, -0.15, 0.0, 0.15, 0.3];
const LONGER: [f64; 5] = [0.72, 0.82, 0.93, 1.06, 1.2];
const NOSE_UP: [f64; 5] = [-30.0, -15.0, 0.0, 15.0, 30.0];
/// Every so many places are looked at for these, and so many of the best are moved on.
const COARSE: usize = 4;
const BEST: usize = 5;
/// By which half lengths, shares and degrees a head is moved on at first, and how often these are halved.
const MOVE: (f64, f64, f64) = (0.08, 0.06, 6.0);
const HALVED: usize = 5;
/// A person that goes on so far beyond a profile and out of the photo is too large for it, half lengths.
const BEYOND: f64 = 0.15;
/// At least this share of the places must be seen, and a head is believed whose mean squared deviation is less than this (chosen on 14
/// photos of men from the side).
const MIN_SEEN: f64 = 0.6;
const BELIEVED: f64 = 1.5;

/// The head that a person shows from the side, near a guess; `None` where no profile fits.
pub(super) fn profile_head(person: &PersonMask, guess: &Head) -> Option<Head> {
    let profile = Profile { person, to_nose: if guess.side == Side::Left { -1.0 } else { 1.0 } };
    let mut best: Vec<(f64, Head)> = Vec::new();
    for longer in LONGER {
        for nose_up in NOSE_UP {
            for (aside, up) in AWAY.iter().flat_map(|aside| AWAY.map(|up| (*aside, up))) {
                let head = profile.moved(guess, (aside, up, longer, nose_up));
                let misfit = profile.misfit(&head, COARSE);
                let place = best.iter().position(|(other, _)| misfit < *other).unwrap_or(best.len());
                best.insert(place, (misfit, head));
                best.truncate(BEST);
            }
        }
    }
    let settled = best.iter().map(|(_, head)| profile.settled(*head));
    let (misfit, head) = settled.min_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (misfit < BELIEVED).then_some(head)
}

struct Profile<'a> {
    person: &'a PersonMask,
    /// 1 where the nose points to the right of the picture, else -1.
    to_nose: f64,
}

impl Profile<'_> {
    /// A head moved aside and up by so many half lengths, that many times as long, with its nose so many degrees further up.
    fn moved(&self, head: &Head, (aside, up, longer, nose_up): (f64, f64, f64, f64)) -> Head {
        Head {
            centre: head.centre.moved(aside * head.half_width, -up * head.half_width),
            half_width: head.half_width * longer,
            half_height: head.half_height * longer,
            roll: head.roll - self.to_nose * nose_up,
            ..*head
        }
    }

    /// The mean squared deviation of every so manieth place of a profile, as far as they are seen; infinite where too few are.
    fn misfit(&self, head: &Head, every: usize) -> f64 {
        let places = PROFILE.iter().enumerate().step_by(every);
        let (mut seen, mut count, mut sum, mut weights) = (0, 0, 0.0, 0.0);
        for (at, place) in places {
            count += 1;
            if let Some(off) = self.deviation(head, at, *place) {
                let weight = if at < ON_FACE { FACE_COUNTS } else { 1.0 };
                seen += 1;
                sum += weight * (off * off).min(FARTHEST * FARTHEST);
                weights += weight;
            }
        }
        let nod = head.roll / NOD_SPREAD;
        if f64::from(seen) < MIN_SEEN * f64::from(count) { f64::INFINITY } else { sum / weights + nod * nod }
    }

    /// By how many deviations the person ends elsewhere than the profile of a head; `None` where the photo ends first.
    fn deviation(&self, head: &Head, at: usize, (reach, spread): (f64, f64)) -> Option<f64> {
        let Angle { sine, cosine } = Angle::degrees(FIRST_DEGREES + STEP_DEGREES * at as f64);
        let ratio = head.half_width / head.half_height;
        let place = |share: f64| head.on_outline(self.to_nose * cosine * share, sine * share * ratio);
        let (from, to) = (place(FROM), place(TO));
        if self.person.share(from)? <= PersonMask::EDGE {
            return Some(FARTHEST);
        }
        let Some(end) = self.person.end(from, to) else {
            // It goes on as far as a profile never does, or out of the photo: before the profile would have ended, or too late.
            let is_too_far = self.person.share(to).is_some() || self.person.share(place(reach + BEYOND)).is_some();
            return is_too_far.then_some(FARTHEST);
        };
        let over = FROM + (TO - FROM) * end - reach;
        let hair = if at < ON_FACE || over < 0.0 { 0.0 } else { HAIR };
        Some(over / (spread + UNTOLD + hair))
    }

    /// A head moved on until no small move fits better, and how well it fits.
    fn settled(&self, mut head: Head) -> (f64, Head) {
        let mut least = self.misfit(&head, 1);
        let (mut by, mut times, mut turn) = MOVE;
        for _ in 0..=HALVED {
            loop {
                let moves = [
                    (by, 0.0, 1.0, 0.0),
                    (-by, 0.0, 1.0, 0.0),
                    (0.0, by, 1.0, 0.0),
                    (0.0, -by, 1.0, 0.0),
                    (0.0, 0.0, 1.0 + times, 0.0),
                    (0.0, 0.0, 1.0 / (1.0 + times), 0.0),
                    (0.0, 0.0, 1.0, turn),
                    (0.0, 0.0, 1.0, -turn),
                ];
                let next = moves.map(|by| self.moved(&head, by));
                let next = next.map(|head| (self.misfit(&head, 1), head));
                let best = next.into_iter().min_by(|(a, _), (b, _)| a.total_cmp(b));
                match best.filter(|(misfit, _)| *misfit < least) {
                    Some(better) => (least, head) = better,
                    None => break,
                }
            }
            (by, times, turn) = (by / 2.0, times / 2.0, turn / 2.0);
        }
        (least, head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::HeadParameters;
    use crate::engine::catalog::Parameters;
    use crate::engine::design::{PhotoRef, View};
    use crate::engine::editor::{AnalysisImage, other_sides, seen_head};
    use crate::engine::geometry::{Mm, PhotoPoint, Polygon, PxPerMm};

    const SIZE: (f64, f64) = (600.0, 600.0);
    /// Where a profile is in half lengths towards the nose and up: its pronasale.
    const NOSE: (f64, f64) = (1.23, -0.64);

    fn usual(side: Side) -> Head {
        let parameters = HeadParameters { length: Mm(195.0), camera: Mm(1000.0) };
        Head::usual(side, SIZE, PxPerMm::new(2.2).unwrap(), &parameters)
    }

    /// Whoever stands as that head, with hair of so many mm from the top to the nape, and a neck, but for what is not seen of it.
    fn person(head: &Head, hair: f64, is_hidden: impl Fn(PhotoPoint) -> bool) -> PersonMask {
        let to_nose = if head.side == Side::Left { -1.0 } else { 1.0 };
        let place = |(at, (reach, _)): (usize, &(f64, f64))| {
            let Angle { sine, cosine } = Angle::degrees(FIRST_DEGREES + STEP_DEGREES * at as f64);
            let reach = reach + if at > 20 { hair / 97.0 } else { 0.0 };
            head.on_outline(to_nose * cosine * reach, sine * reach * head.half_width / head.half_height)
        };
        let corners: Vec<PhotoPoint> = PROFILE.iter().enumerate().map(place).collect();
        let neck = [(-0.9, -0.4), (0.6, -0.4), (0.3, -4.0), (-0.9, -4.0)];
        let neck = Polygon::new(neck.map(|(right, up)| head.on_outline(to_nose * right, up)).to_vec());
        let profile = Polygon::new(corners);
        PersonMask::drawn(SIZE, |at| (profile.contains(at) || neck.contains(at)) && !is_hidden(at))
    }

    /// How far the nose of a head that was found is from that of another, half lengths.
    fn nose_off(found: &Head, head: &Head) -> f64 {
        let to_nose = if head.side == Side::Left { -1.0 } else { 1.0 };
        let nose = |head: &Head| head.on_outline(to_nose * NOSE.0, NOSE.1 * head.half_width / head.half_height);
        nose(found).distance(nose(head)) / head.half_width
    }

    #[test]
    fn a_profile_is_found_as_it_stands_leans_and_wears_its_hair() {
        for side in [Side::Left, Side::Right] {
            for (aside, up, longer, roll, hair) in
                [(0.0, 0.0, 1.0, 0.0, 0.0), (30.0, -20.0, 0.85, 14.0, 8.0), (-25.0, 15.0, 1.1, -16.0, 15.0)]
            {
                let usual = usual(side);
                let head = Head {
                    centre: usual.centre.moved(aside, -up),
                    half_width: usual.half_width * longer,
                    half_height: usual.half_height * longer,
                    roll,
                    ..usual
                };
                let found = profile_head(&person(&head, hair, |_| false), &usual).unwrap();
                let off = found.centre.distance(head.centre) / head.half_width;
                let longer = found.half_width / head.half_width - 1.0;
                assert!(off < 0.1 && longer.abs() < 0.08, "{side:?} {roll}: {off} aside, {longer} longer");
                assert!((found.roll - roll).abs() < 5.0 && nose_off(&found, &head) < 0.08, "{side:?}: {found:?}");
            }
        }
    }

    #[test]
    fn a_head_is_seen_by_its_profile() {
        let usual = usual(Side::Left);
        let head = Head { centre: usual.centre.moved(20.0, 0.0), roll: 12.0, ..usual };
        let person = Some(std::rc::Rc::new(person(&head, 12.0, |_| false)));
        let image = AnalysisImage { person, ..AnalysisImage::new([140, 160, 172, 255].repeat(150 * 150), 150, 0.25) };
        let image = AnalysisImage { other_sides: other_sides(&image, &Parameters::default()), ..image };
        let photo = PhotoRef { width: 600, height: 600, quarter_turns: 0, level: 0.0, digest: String::new() };
        let view = View { photo: Some(photo), ..View::default() };
        let seen = seen_head(&view, &Parameters::default(), Side::Left, Some(&image));
        assert!(!seen.is_guess() && (seen.roll - 12.0).abs() < 5.0 && nose_off(&seen, &head) < 0.1, "{seen:?}");
    }

    #[test]
    fn a_profile_whose_back_the_photo_cuts_off_is_found() {
        let usual = usual(Side::Left);
        let head = Head { centre: usual.centre.moved(160.0, 0.0), ..usual };
        let found = profile_head(&person(&head, 5.0, |_| false), &usual).unwrap();
        assert!(nose_off(&found, &head) < 0.1 && (found.half_width / head.half_width - 1.0).abs() < 0.1, "{found:?}");
    }

    #[test]
    fn what_has_no_profile_is_none() {
        let usual = usual(Side::Right);
        let of = |is_person: &dyn Fn(PhotoPoint) -> bool| profile_head(&PersonMask::drawn(SIZE, is_person), &usual);
        assert_eq!(of(&|_| false), None, "nobody");
        assert_eq!(of(&|_| true), None, "somebody all over the photo");
        assert_eq!(of(&|at| at.x > 200.0 && at.x < 420.0), None, "a column");
        assert_eq!(of(&|at| at.distance(usual.centre) < 200.0), None, "a ball");
    }
}
