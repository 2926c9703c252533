//! Where on a head hair may be, where bare skin is for certain, and where the background: from the placed skull, the eyes and the
//! face, before any colour is looked at.

use crate::engine::calibration::{Head, HeadAxes, Side};
use crate::engine::catalog::Parameters;
use crate::engine::design::View;
use crate::engine::face::{FoundFace, PersonMask};
use crate::engine::geometry::{Angle, PhotoPoint, PhotoRect, Polygon};

/// How likely hair is at a place before anything is seen there (our estimates): at the sides over the ears, on forehead and top,
/// beside and above a head whose other sides are seen.
const AT_SIDES: f32 = 0.55;
const ON_TOP: f32 = 0.30;
const ELSEWHERE: f32 = 0.40;
/// Over the upper edge of the brows hair may hang from here on, mm.
const OVER_BROWS: f64 = 5.0;
/// Between which heights over the pupils the sides thin out into face, ears and beard, mm.
const SIDES_FADE: (f64, f64) = (-30.0, 5.0);
/// The inner part of the face's oval, as a share of it from its middle, and the part in which nothing below the brows is hair.
const INNER: f64 = 0.88;
const BELOW_BROWS: f64 = 0.94;
/// Points along the upper edge of a brow, and from how far over it to how far below the brow is, mm.
const BROW_POINTS: usize = 5;
const BROW_AROUND: (f64, f64) = (2.0, -9.0);
/// Where skin is bare on nearly every face, mm aside and over the pupils: cheeks, nose.
const CHEEK: ((f64, f64), (f64, f64)) = ((14.0, 42.0), (-40.0, -22.0));
const NOSE: ((f64, f64), (f64, f64)) = ((0.0, 8.0), (-32.0, -10.0));
/// And on the forehead, mm aside and over the brows.
const FOREHEAD: ((f64, f64), (f64, f64)) = ((0.0, 32.0), (6.0, 24.0));
/// Hair that hangs over ears and neck is looked for there, beside the oval of a face: mm over the pupils, and aside. Ears end above
/// the last number, and what is below it hangs (our estimates).
const HANGING: (f64, f64) = (-95.0, 12.0);
const HANGING_ASIDE: f64 = 120.0;
const EARS_END: f64 = -54.0;
/// The same of heads seen from elsewhere, half heights over the skull's middle.
const HANGING_UP: f64 = -1.7;
const NAPE_ENDS: f64 = -1.25;
/// On such heads hair hangs behind the jaw, so many half widths towards the nose at most.
const HANGING_TO_NOSE: f64 = 0.15;
/// Upper edge of the brows over the pupils where no face was found, and half axes of its oval and their middle, mm (a usual face).
const USUAL_BROWS: f64 = 24.0;
const USUAL_OVAL: (f64, f64, f64) = (69.0, 92.0, -28.0);
/// How far ears lie behind the pupils: a face that looks down shows them higher. And the most that is believed of a pitch, degrees.
const EARS_BEHIND: f64 = 85.0;
const MAX_PITCH: f64 = 45.0;
/// Points of the mesh before the ears, left and right.
const FACE_SIDES: [usize; 2] = [234, 454];
/// A usual head over its pupils, and half its breadth, mm.
const USUAL_TOP: f64 = 109.5;
/// The usual lower edge of hair on heads seen from elsewhere, in hundredths of the skull's half width to the right and of its half
/// height up, from left to right: of a head whose nose points to the right, from the nape around the ear to the temple; at the nape
/// seen from behind; over the forehead seen from above (our estimates).
const OVER_EAR: [(i8, i8); 10] =
    [(-125, -108), (-62, -100), (-34, -76), (-18, -26), (0, -8), (16, -22), (21, -36), (31, -36), (44, 10), (88, 125)];
const NAPE: [(i8, i8); 9] =
    [(-125, -30), (-100, -22), (-84, -78), (-60, -108), (0, -114), (60, -108), (84, -78), (100, -22), (125, -30)];
const OVER_FOREHEAD: [(i8, i8); 5] = [(-125, -40), (-70, -72), (0, -92), (70, -72), (125, -40)];
/// Where a cheek and a temple are on such a head, in the same hundredths, and how far around (our estimates).
const PROFILE_SKIN: [(i8, i8); 3] = [(62, -38), (74, -8), (50, -62)];
const PROFILE_SKIN_WITHIN: f64 = 0.12;
/// Within which share of the skull's outline the lightest smooth patch is bare scalp on a head from behind or above, if any is.
const SCALP_WITHIN: f64 = 0.75;
const NAPE_WITHIN: (f64, std::ops::Range<f64>) = (0.35, -1.3..-1.0);
/// From where on and to where a place outside of the skull's outline is less and less likely head, where no person was looked
/// for, as shares of the outline.
const OUTSIDE: (f64, f64) = (0.92, 1.30);
/// Well within the skull's outline there is no background, whatever a person's mask says: up to the first of these shares of it;
/// beyond the second it is believed.
const WITHIN: (f64, f64) = (0.80, 0.95);
/// A person's mask is that unsure on both sides of its edge.
const UNSURE: f64 = 0.3;
/// How sure it is at most that a place is background or not.
const SUREST: f32 = 0.97;
/// Seen so little sure no person stands at a place of certain background, or as far outside of the skull.
const NO_PERSON: f64 = 0.06;
const NO_HEAD: f64 = 1.45;
/// A piece of hair begins within so many times the skull's outline, or it is something else behind the head.
const APART: f64 = 1.3;
/// The part of a photo that is looked at, as shares of the skull's outline: to the sides, up, and down.
const LOOKED_AT: (f64, f64, f64) = (1.55, 1.55, 2.1);

/// Where the scalp of a head from the side is: from how far behind to how far towards the nose, and from where up, half widths and half heights.
const PROFILE_SCALP: ((f64, f64), f64) = ((-0.95, 0.45), -0.6);

/// What a place is before any colour is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Zone {
    /// How likely hair is there, where there is no background.
    pub(super) hair: f32,
    /// How likely the background is.
    pub(super) wall: f32,
    /// Whether it lies on the top, where single strands are to be found.
    pub(super) is_on_top: bool,
    /// Whether ears are there, or their surroundings: what is seen of skin there is left as it is.
    pub(super) is_by_ear: bool,
    /// Whether it lies so far from the head that what only lies there is none of its hair.
    pub(super) is_apart: bool,
    /// What is there for certain, if anything.
    pub(super) known: Option<Known>,
}

/// What is known of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Skin of the face, if it isn't covered.
    Skin,
    /// The sides of a face that is seen from the front, below the brows: skin mostly, in the shade that skin beside it has.
    FaceSide,
    /// Skin of a face that is seen from the side, if no beard is there.
    Cheek,
    /// Skin of the forehead, if no hair hangs there.
    Forehead,
    /// Hair: it stands out beyond any skull. That is seen of a photo, and no zone of a head.
    Hair,
    /// Background.
    Wall,
}

/// Where hair hangs that is not cut short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hanging {
    /// Nowhere: hair there is no sign of long hair.
    No,
    /// Over or behind the ear.
    Ears,
    /// Below.
    Neck,
}

/// A head in a picture: what stands where on it.
pub(super) struct Zones<'a> {
    pub(super) head: Head,
    axes: HeadAxes,
    person: Option<&'a PersonMask>,
    /// The middle between the pupils, of a face; else of the skull's outline.
    middle: PhotoPoint,
    /// The way to the right along the pupils.
    right: (f64, f64),
    are_eyes_marked: bool,
    /// How broad the face is seen from ear to ear, mm, where one was found.
    pub(super) face_breadth: Option<f64>,
    /// Photo pixels per millimetre.
    pub(super) px_per_mm: f64,
    /// Upper edge of the brows, mm over the pupils.
    brows: f64,
    /// How much higher ears are seen than on a face that is held level, mm.
    ears_higher: f64,
    /// The edge of the face, and its inner part.
    oval: Polygon,
    inner: Polygon,
    below_brows: Polygon,
    /// The brows of a face that was found, with what is around them.
    on_brows: Vec<Polygon>,
    /// The usual lower edge of hair, of a head that is not seen from the front.
    edge: Vec<(f64, f64)>,
}

impl<'a> Zones<'a> {
    pub(super) fn new(
        person: Option<&'a PersonMask>,
        view: &View,
        parameters: &Parameters,
        face: Option<&FoundFace>,
    ) -> Self {
        let head = view.head_in_force(parameters);
        let usual = head.side.usual_outline(View::head_parameters(parameters).length);
        let by_head = head.half_width / usual.0;
        let marks = view.calibration.filter(|marks| head.side == Side::Front && marks.reference.is_pupils());
        let (middle, right, px_per_mm) = match marks {
            Some(marks) => {
                let (a, b) = if marks.a.x <= marks.b.x { (marks.a, marks.b) } else { (marks.b, marks.a) };
                let apart = a.distance(b).max(1.0);
                let right = ((b.x - a.x) / apart, (b.y - a.y) / apart);
                (a.lerp(b, 0.5), right, view.scale(parameters).px_per_mm.get())
            }
            None => {
                let Angle { sine, cosine } = Angle::degrees(head.roll);
                let eyes = if head.side == Side::Front { 1.0 - USUAL_TOP * by_head / head.half_height } else { 0.0 };
                (head.on_outline(0.0, eyes), (cosine, sine), by_head)
            }
        };
        let person = person.filter(|_| head.side != Side::Top);
        let none = Polygon::new(Vec::new());
        let mut zones = Self {
            axes: head.axes(),
            head,
            person,
            middle,
            right,
            are_eyes_marked: marks.is_some(),
            face_breadth: None,
            px_per_mm,
            brows: USUAL_BROWS,
            ears_higher: 0.0,
            oval: none.clone(),
            inner: none.clone(),
            below_brows: none,
            on_brows: Vec::new(),
            edge: Vec::new(),
        };
        zones.edge = zones.usual_edge();
        if head.side == Side::Front {
            zones.see_face(face);
        }
        zones
    }

    /// Whether the head is seen from the left or the right.
    pub(super) fn is_profile(&self) -> bool {
        matches!(self.head.side, Side::Left | Side::Right)
    }

    /// Whether a place of a head from the side is well within its skull and behind the face.
    pub(super) fn is_on_scalp(&self, at: PhotoPoint) -> bool {
        let (to_nose, up) = self.shares(at);
        let ((from, to), lowest) = PROFILE_SCALP;
        (from..to).contains(&to_nose) && up > lowest && to_nose * to_nose + up * up < from * from
    }

    fn see_face(&mut self, face: Option<&FoundFace>) {
        let pitch = face.map_or(self.head.pitch, |face| face.pose.pitch);
        self.ears_higher = Angle::degrees(pitch.clamp(-MAX_PITCH, MAX_PITCH)).sine * EARS_BEHIND;
        if let Some(face) = face {
            let [left, right] = FACE_SIDES.map(|place| face.points.get(place).map(|point| point.at));
            self.face_breadth = left.zip(right).map(|(left, right)| left.distance(right) / self.px_per_mm);
            self.on_brows = face.landmarks.brows.chunks(BROW_POINTS).map(|brow| self.around_brow(brow)).collect();
            self.brows = face.landmarks.brows.iter().map(|brow| self.place(*brow).1).fold(0.0, f64::max);
        }
        let (half_width, half_height, up) = USUAL_OVAL;
        let usual = || {
            let corner = |step: u32| {
                let Angle { sine, cosine } = Angle::degrees(f64::from(step) * 10.0 - 180.0);
                self.at(cosine * half_width, up + sine * half_height)
            };
            (0..36).map(corner).collect()
        };
        let oval = face.map_or_else(usual, |face| face.landmarks.oval.clone());
        let middle = PhotoRect::around(&oval).middle();
        let scaled = |share: f64| Polygon::new(oval.iter().map(|corner| middle.lerp(*corner, share)).collect());
        (self.inner, self.below_brows) = (scaled(INNER), scaled(BELOW_BROWS));
        self.oval = Polygon::new(oval);
    }

    /// A brow, of the points along its upper edge.
    fn around_brow(&self, upper: &[PhotoPoint]) -> Polygon {
        let moved = |point: &PhotoPoint, by: f64| {
            let (aside, up) = self.place(*point);
            self.at(aside, up + by)
        };
        let (above, below) = BROW_AROUND;
        let lower = upper.iter().rev().map(|point| moved(point, below));
        Polygon::new(upper.iter().map(|point| moved(point, above)).chain(lower).collect())
    }

    /// The usual lower edge of hair in shares of the skull's outline, from left to right.
    fn usual_edge(&self) -> Vec<(f64, f64)> {
        let edge: &[(i8, i8)] = match self.head.side {
            Side::Left | Side::Right => &OVER_EAR,
            Side::Back => &NAPE,
            Side::Top => &OVER_FOREHEAD,
            Side::Front => &[],
        };
        edge.iter().map(|(right, up)| (f64::from(*right) * 0.01, f64::from(*up) * 0.01)).collect()
    }

    /// How far to the right of the middle of the eyes and how far over them a place is, mm.
    pub(super) fn place(&self, at: PhotoPoint) -> (f64, f64) {
        let (x, y) = ((at.x - self.middle.x) / self.px_per_mm, (at.y - self.middle.y) / self.px_per_mm);
        (x * self.right.0 + y * self.right.1, x * self.right.1 - y * self.right.0)
    }

    /// The place so many mm to the right of the middle of the eyes and over them.
    pub(super) fn at(&self, right: f64, up: f64) -> PhotoPoint {
        let (x, y) = (right * self.px_per_mm, up * self.px_per_mm);
        self.middle.moved(self.right.0 * x + self.right.1 * y, self.right.1 * x - self.right.0 * y)
    }

    /// How far the eyes of a face lie over the middle of the skull's outline, mm; `None` where no eyes are marked.
    pub(super) fn eyes_up_mm(&self) -> Option<f64> {
        let (_, up) = self.axes.shares(self.middle);
        self.are_eyes_marked.then_some(up * self.head.half_height / self.px_per_mm)
    }

    /// Whether a place is higher than the ears and the usual edge of hair: there skull ends before the background, or hair on it.
    pub(super) fn is_above_ears(&self, at: PhotoPoint) -> bool {
        let (right, up) = self.shares(at);
        match self.head.side {
            Side::Front => self.place(at).1 > self.brows + self.ears_higher,
            Side::Left | Side::Right | Side::Back | Side::Top => self.hair_by_edge(right, up) > ELSEWHERE / 2.0,
        }
    }

    /// The part of the photo that is looked at.
    pub(super) fn part(&self) -> PhotoRect {
        let (aside, up, down) = LOOKED_AT;
        let corners = [(-aside, up), (aside, up), (-aside, -down), (aside, -down)];
        PhotoRect::around(&corners.map(|(right, up)| self.head.on_outline(right, up)))
    }

    /// Where a place is on the skull's outline: how many half widths towards the nose, or to the right, and how many half heights up.
    pub(super) fn shares(&self, at: PhotoPoint) -> (f64, f64) {
        let (right, up) = self.axes.shares(at);
        (if self.head.side == Side::Left { -right } else { right }, up)
    }

    /// Whether a place is on the face below the brows, or on them, where nothing is hair of the head.
    fn is_on_face(&self, at: PhotoPoint) -> bool {
        let is_below_brows = self.place(at).1 < self.brows + OVER_BROWS;
        is_below_brows && self.below_brows.contains(at) || self.is_on_brow(at)
    }

    pub(super) fn is_on_brow(&self, at: PhotoPoint) -> bool {
        self.on_brows.iter().any(|brow| brow.contains(at))
    }

    /// What a place is.
    pub(super) fn zone(&self, at: PhotoPoint) -> Zone {
        let (right, up) = self.shares(at);
        let outside = (right * right + up * up).sqrt();
        let wall = self.wall(at, outside);
        let front = self.head.side == Side::Front;
        let hair = if front { self.hair_of_face(at) } else { self.hair_by_edge(right, up) };
        let is_upper = if front { self.place(at).1 > SIDES_FADE.0 + self.ears_higher } else { up > -0.6 };
        let no_person = match self.person {
            Some(person) => outside > WITHIN.1 && person.share(at).is_some_and(|share| share < NO_PERSON),
            None => outside > NO_HEAD && is_upper,
        };
        let known = if no_person { Some(Known::Wall) } else { self.known(at, (right, up)) };
        let over_brows = self.place(at).1 - self.brows - OVER_BROWS;
        let is_on_top = if front { over_brows > 0.0 } else { up > 0.0 };
        let is_by_ear = match self.head.side {
            Side::Front => !self.inner.contains(at) && over_brows < self.ears_higher,
            Side::Left | Side::Right => (right * right + (up + 0.35) * (up + 0.35)).sqrt() < 0.35,
            Side::Back => right.abs() > 0.7 && up < 0.0,
            Side::Top => false,
        };
        Zone { hair, wall, is_on_top, is_by_ear, is_apart: outside > APART, known }
    }

    fn wall(&self, at: PhotoPoint, outside: f64) -> f32 {
        let share = match self.person.and_then(|person| person.share(at)) {
            Some(share) => (0.5 + UNSURE - share) / (2.0 * UNSURE),
            None => (outside - OUTSIDE.0) / (OUTSIDE.1 - OUTSIDE.0),
        };
        let most = (outside - WITHIN.0) / (WITHIN.1 - WITHIN.0);
        (share.min(most) as f32).clamp(1.0 - SUREST, SUREST)
    }

    fn hair_of_face(&self, at: PhotoPoint) -> f32 {
        let (_, up) = self.place(at);
        if self.is_on_face(at) {
            return 0.0;
        }
        if self.inner.contains(at) {
            return ON_TOP;
        }
        let (none, all) = SIDES_FADE;
        let up = up - self.ears_higher;
        AT_SIDES * (((up - none) / (all - none)) as f32).clamp(0.0, 1.0)
    }

    /// How likely hair is above the usual edge.
    fn hair_by_edge(&self, right: f64, up: f64) -> f32 {
        let met = self.edge.windows(2).find_map(|pair| {
            let &[(x0, y0), (x1, y1)] = pair.first_chunk::<2>()?;
            (x0..=x1).contains(&right).then(|| y0 + (y1 - y0) * (right - x0) / (x1 - x0).max(1e-6))
        });
        let over = up - met.unwrap_or(f64::INFINITY);
        // A few mm of doubt around the edge.
        ELSEWHERE * ((over / 0.08 + 0.5) as f32).clamp(0.0, 1.0)
    }

    /// Whether hair at a place hangs over ears or neck.
    pub(super) fn hanging(&self, at: PhotoPoint) -> Hanging {
        let (aside, over) = self.place(at);
        let (toward_nose, up) = self.shares(at);
        let (is_there, is_low) = match self.head.side {
            Side::Front => {
                let is_beside = !self.oval.contains(at) && aside.abs() < HANGING_ASIDE;
                let over = over - self.ears_higher;
                (is_beside && (HANGING.0..=HANGING.1).contains(&over), over < EARS_END)
            }
            Side::Left | Side::Right => {
                ((-1.3..HANGING_TO_NOSE).contains(&toward_nose) && (HANGING_UP..0.0).contains(&up), up < NAPE_ENDS)
            }
            Side::Back => (toward_nose.abs() < 1.2 && (HANGING_UP..0.0).contains(&up), up < NAPE_ENDS),
            Side::Top => (false, false),
        };
        match (is_there, is_low) {
            (false, _) => Hanging::No,
            (true, false) => Hanging::Ears,
            (true, true) => Hanging::Neck,
        }
    }

    /// Whether bare skin may be seen at a place of a head that shows no face: well within the skull's outline, or at the nape.
    pub(super) fn may_be_bare(&self, at: PhotoPoint) -> bool {
        let (right, up) = self.shares(at);
        (right * right + up * up).sqrt() < SCALP_WITHIN || (right.abs() < NAPE_WITHIN.0 && NAPE_WITHIN.1.contains(&up))
    }

    fn known(&self, at: PhotoPoint, (right, up): (f64, f64)) -> Option<Known> {
        let is_in =
            |(aside, over), ((from, to), (low, high))| (from..=to).contains(&aside) && (low..=high).contains(&over);
        match self.head.side {
            Side::Front => {
                let (aside, over) = self.place(at);
                let aside: f64 = aside.abs();
                if is_in((aside, over), CHEEK) || is_in((aside, over), NOSE) {
                    Some(Known::Skin)
                } else if is_in((aside, over - self.brows), FOREHEAD) {
                    Some(Known::Forehead)
                } else {
                    let is_side = over > SIDES_FADE.0 && self.below_brows.contains(at) && !self.inner.contains(at);
                    (is_side && !self.is_on_brow(at)).then_some(Known::FaceSide)
                }
            }
            Side::Left | Side::Right => {
                let is_near = |(x, y): &(i8, i8)| {
                    let (x, y) = (right - f64::from(*x) * 0.01, up - f64::from(*y) * 0.01);
                    (x * x + y * y).sqrt() < PROFILE_SKIN_WITHIN
                };
                PROFILE_SKIN.iter().any(is_near).then_some(Known::Cheek)
            }
            Side::Back | Side::Top => None,
        }
    }
}
