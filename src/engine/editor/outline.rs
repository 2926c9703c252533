//! Where the skull stands in the picture, from its outline before the background.
//!
//! Around the place where a head is expected, lines of sight are followed: where a person was looked for, from inside outwards
//! to where the person ends, else from outside inwards to the first lasting change of colour. What most of them say about the
//! left, the right and the upper edge is believed; hair, hands, somebody else and patterned walls spoil some of them, and where
//! they disagree the usual head stands. The visitor can always set the outline by hand.

use super::AnalysisImage;
use super::head_contour::head_by_contour;
use crate::engine::calibration::{FaceFrame, HairOnTop, Head, Landmark, Landmarks, OutlineForm, SeenOutline, Side};
use crate::engine::catalog::Parameters;
use crate::engine::design::View;
use crate::engine::face::{PersonMask, SkullOutline};
use crate::engine::geometry::{Angle, PhotoPoint, median};

/// Between which multiples of the usual outline the edge is looked for, and in how many looks.
const LOOKED_FOR: (f64, f64) = (1.75, 0.62);
const LOOK_STEPS: usize = 180;
/// A sector of lines of sight: its middle and its half width, degrees clockwise from the head's top, and how many lines.
const LINES: usize = 13;
const SIDE_AT: f64 = 66.0;
/// Seen from above, shoulders stand beside and behind the head: its sides are looked for before them, and the forehead on
/// both sides of the nose.
const SIDE_AT_FROM_ABOVE: f64 = 128.0;
const FOREHEAD_AT: f64 = 161.0;
const FOREHEAD_WIDTH: f64 = 7.0;
const SIDE_WIDTH: f64 = 16.0;
const TOP_WIDTH: f64 = 24.0;
/// From this multiple of the expected outline a person is followed outwards: from well within the head.
const PERSON_FROM: f64 = 0.55;
/// Lines that must agree, and within which share of their middle: less and less as the place becomes known.
const AGREE: usize = 7;
const AGREE_WITHIN: [f64; 5] = [0.14, 0.10, 0.08, 0.06, 0.05];
/// The cap of a head is looked at in this many rows of the picture, and its breadth taken where the rows between these
/// shares of it lie, ordered by what they say.
const CAP_ROWS: usize = 160;
/// A cap this much of the picture's height deep is enough, and one of fewer rows says nothing.
const CAP_DEPTH: f64 = 0.16;
const MIN_CAP_ROWS: usize = 8;
/// A row that is this many times as wide as the one above is no head any more.
const LEAP: f64 = 1.35;
/// An outline is believed that is at least and at most so many times as broad as its scale lets expect (four standard deviations of
/// adults are 18 %, and a scale may be off; our estimate).
const LIKELY: (f64, f64) = (0.72, 1.35);
/// A first guess of the head's size where nothing is marked: its half width over the picture's shorter side (our estimate).
const HALF_OF_SHORTER: f64 = 0.30;

/// The head that a picture shows, from its marks and from what is seen of it. What the view's head says of hair on its top,
/// of a camera at the same distance, and of its turn where no outline is seen, holds on.
#[must_use]
pub fn seen_head(view: &View, parameters: &Parameters, side: Side, analysis_image: Option<&AnalysisImage>) -> Head {
    let known = view.head.filter(|head| head.side == side);
    let hair_on_top = known.map(|head| head.hair_on_top).unwrap_or_default();
    let turn = known.filter(|head| head.outline_unseen).map(|head| (head.yaw, head.pitch));
    let seen = found_head((view, parameters), side, analysis_image, (hair_on_top, turn));
    let camera_told = known.is_some_and(|head| head.camera_told && head.camera == seen.camera);
    Head { camera_told, hair_on_top, ..seen }
}

fn found_head(
    (view, parameters): (&View, &Parameters),
    side: Side,
    analysis_image: Option<&AnalysisImage>,
    (hair_on_top, turn): (HairOnTop, Option<(f64, f64)>),
) -> Head {
    let head_parameters = View::head_parameters(parameters);
    let form = OutlineForm::of(side, &head_parameters);
    let scale = view.scale(parameters).px_per_mm;
    let marks = view.calibration.map(|calibration| (calibration.a, calibration.b));
    let looks = || analysis_image.into_iter().flat_map(|image| Look::all(image, side, view.size(), &form));
    if let (Side::Front, Some((face, pupils))) = (side, view.face(parameters).zip(marks)) {
        let guess = Head::of_face(&face, pupils, scale, &head_parameters);
        let turned = turn.map(|turn| Head::of_turned_face(&face, pupils, scale, turn, &head_parameters));
        let seen = looks().find_map(|look| {
            let near = |from: Head| look.head_near(from).filter(|head| is_likely(head, &guess));
            near(guess).or_else(|| near(turned?)).or_else(|| near(Head { roll: guess.roll, ..look.capped(guess)? }))
        });
        let Some(seen) = seen else { return rounded(Head { outline_unseen: true, ..turned.unwrap_or(guess) }) };
        let outline = from_eyes(&seen, &face, pupils.0.lerp(pupils.1, 0.5), &view.landmarks);
        let outline = SeenOutline { top: outline.top - scale.px(hair_on_top.height()).0, ..outline };
        return rounded(Head::of_outline(&face, pupils, scale, &outline, &head_parameters));
    }
    let guess = Head::usual(side, view.size(), scale, &head_parameters);
    let (width, height) = view.size();
    let grown = width.min(height) * HALF_OF_SHORTER / guess.half_width.max(1.0);
    let middling = Head { half_width: guess.half_width * grown, half_height: guess.half_height * grown, ..guess };
    let guess = if marks.is_some() { guess } else { middling };
    let seen: Vec<Head> = looks()
        .filter_map(|look| {
            let capped = look.capped(guess).filter(|_| side != Side::Top);
            // Marks on skin that is nearer than the outline, or marks that are off, say too little or too much of its size.
            look.head_near(capped.unwrap_or(guess)).or_else(|| look.head_near(middling)).or(capped)
        })
        .collect();
    let is_possible = |head: &Head| marks.is_none() || is_likely(head, &guess);
    let likely = seen.iter().find(|head| is_possible(head)).copied();
    // Lines of sight meet shoulders and clothes around a head that is seen from above.
    let by_contour = || {
        let SkullOutline { centre, half_width, half_height } =
            analysis_image?.from_above.filter(|_| side == Side::Top)?;
        Some(Head { centre, half_width, half_height, ..guess })
    };
    let likely = likely.or_else(|| by_contour().filter(is_possible));
    // Where marks and outline contradict each other either may be right.
    let doubtful = || Head { outline_unseen: true, ..seen.first().copied().unwrap_or(guess) };
    rounded(likely.unwrap_or_else(doubtful))
}

/// Where a head ends that a picture shows from above, if it does: by its contour, among shoulders and clothes; `None` where no person was
/// looked for. Costs some tenths of a second: heads of all sizes are tried all over the picture.
#[must_use]
pub fn head_from_above(image: &AnalysisImage, parameters: &Parameters) -> Option<SkullOutline> {
    let parameters = View::head_parameters(parameters);
    let rows = image.pixels.len() / 4 / image.width.max(1);
    let size = (image.width as f64 / image.zoom, rows as f64 / image.zoom);
    let form = OutlineForm::of(Side::Top, &parameters);
    head_by_contour(image, image.person.as_deref()?, size, &form)
}

/// Whether a head that was found may be the one that its scale lets expect.
fn is_likely(found: &Head, expected: &Head) -> bool {
    let (least, most) = LIKELY;
    (least..=most).contains(&(found.half_width / expected.half_width))
}

/// A way to look at a picture for a head's outline.
struct Look<'a> {
    analysis_image: &'a AnalysisImage,
    /// Where a person is seen; else the outline is looked for by colour.
    person: Option<&'a PersonMask>,
    form: &'a OutlineForm,
    /// Width and height of the photo.
    size: (f64, f64),
}

impl<'a> Look<'a> {
    /// All ways, the one that is trusted most first.
    fn all(
        analysis_image: &'a AnalysisImage,
        side: Side,
        size: (f64, f64),
        form: &'a OutlineForm,
    ) -> impl Iterator<Item = Self> {
        let person = analysis_image.person_on(side);
        person.map(Some).into_iter().chain([None]).map(move |person| Self { analysis_image, person, form, size })
    }

    /// The head near a guess, as its edges are seen.
    fn head_near(&self, guess: Head) -> Option<Head> {
        let edges = |head: &Head, within: f64| Sight { look: self, head, within }.edges();
        AGREE_WITHIN.iter().try_fold(guess, |head, within| Some(moved(head, edges(&head, *within)?)))
    }

    /// Between which places a row of the picture shows the foremost body.
    fn chord(&self, y: f64, guess: &Head) -> Option<(f64, f64)> {
        let (left, right) = (PhotoPoint::new(0.0, y), PhotoPoint::new(self.size.0 - 1.0, y));
        let Some(person) = self.person else {
            let end = |from, to| self.analysis_image.end_of_plain(from, to, LOOK_STEPS * 2);
            let (first, last) = (end(left, right)? * self.size.0, (1.0 - end(right, left)?) * self.size.0);
            return (last > first).then_some((first, last));
        };
        let middle = PhotoPoint::new(guess.centre.x, y);
        person.share(middle).filter(|share| *share > PersonMask::EDGE)?;
        let end = |side: PhotoPoint| person.end(middle, side).map_or(side, |end| middle.lerp(side, end)).x;
        Some((end(left), end(right)))
    }

    /// A guess moved to where the picture's foremost body has its top, and made as broad as its cap says.
    fn capped(&self, guess: Head) -> Option<Head> {
        let height = self.size.1;
        let step = height / CAP_ROWS as f64;
        let rows: Vec<Option<(f64, f64)>> =
            (0..CAP_ROWS).map(|row| self.chord(step * (row as f64 + 0.5), &guess)).collect();
        let top = rows.windows(3).position(|three| three.iter().all(Option::is_some))?;
        let ratio = guess.half_height / guess.half_width;
        let (mut halves, mut middles, mut above) = (Vec::new(), Vec::new(), 0.0);
        for (index, row) in rows.iter().skip(top).enumerate().take((CAP_ROWS as f64 * CAP_DEPTH) as usize) {
            let Some((first, last)) = row else { break };
            let chord = last - first;
            if above > 0.0 && chord > above * LEAP && index > 3 {
                break;
            }
            above = chord;
            // The chord of an ellipse of that form, so deep under its top, tells its breadth.
            let (half, deep) = (chord / 2.0, step * (index as f64 + 0.5) / ratio);
            halves.push((half * half + deep * deep) / (2.0 * deep));
            middles.push((first + last) / 2.0);
        }
        if halves.len() < MIN_CAP_ROWS {
            return None;
        }
        let (half_width, middle) = (median(halves.into_iter())?, median(middles.into_iter())?);
        let half_height = half_width * ratio;
        let centre = PhotoPoint::new(middle, step * top as f64 + half_height);
        Some(Head { centre, half_width, half_height, ..guess })
    }
}

/// The edges as multiples of the expected extents.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Edges {
    left: f64,
    right: f64,
    top: f64,
    /// The lower edge, where it can be seen.
    bottom: Option<f64>,
}

/// Lines of sight towards a head that is expected.
struct Sight<'a> {
    look: &'a Look<'a>,
    head: &'a Head,
    /// Within which share of their middle lines must agree.
    within: f64,
}

impl Sight<'_> {
    fn edges(&self) -> Option<Edges> {
        let top = self.sector(0.0, TOP_WIDTH);
        if self.head.side == Side::Top {
            let side = |middle: f64| self.sector(middle, SIDE_WIDTH);
            let (left, right) = (side(-SIDE_AT_FROM_ABOVE)?, side(SIDE_AT_FROM_ABOVE)?);
            let forehead = |middle: f64| self.sector(middle, FOREHEAD_WIDTH);
            let bottom = (forehead(-FOREHEAD_AT)? + forehead(FOREHEAD_AT)?) / 2.0;
            // Where shoulders hide the back of the head, it has the form of the front.
            return Some(Edges { left, right, top: top.unwrap_or((left + right) / 2.0), bottom: Some(bottom) });
        }
        let (left, right) = (self.sector(-SIDE_AT, SIDE_WIDTH), self.sector(SIDE_AT, SIDE_WIDTH));
        let known = [left, right, top].iter().flatten().count();
        // One side alone says nothing of the other; the top alone nothing of the breadth.
        (known >= 2).then(|| Edges {
            left: left.unwrap_or(1.0),
            right: right.unwrap_or(1.0),
            top: top.unwrap_or(1.0),
            bottom: None,
        })
    }

    /// The multiple of the expected outline at which most lines of a sector meet the head.
    fn sector(&self, middle: f64, half: f64) -> Option<f64> {
        let lines = (0..LINES).map(|step| middle + half * (2.0 * step as f64 / (LINES - 1) as f64 - 1.0));
        let agreed = |end: fn(&Self, f64, f64) -> Option<f64>| {
            let met = lines.clone().filter_map(|degrees| {
                let Angle { sine, cosine } = Angle::degrees(degrees);
                Some(end(self, sine, cosine)? / self.look.form.share(sine, cosine))
            });
            let met: Vec<f64> = met.collect();
            let median = median(met.iter().copied())?;
            let agree = met.iter().filter(|value| (**value / median - 1.0).abs() < self.within).count();
            (agree >= AGREE).then_some(median)
        };
        agreed(if self.look.person.is_some() { Self::end_of_person } else { Self::end_of_background })
    }

    /// At which multiple of the head's extents the person ends on a line of sight.
    fn end_of_person(&self, sine: f64, cosine: f64) -> Option<f64> {
        let at = |share: f64| self.head.on_outline(sine * share, cosine * share);
        let end = self.look.person?.end(at(PERSON_FROM), at(LOOKED_FOR.0))?;
        Some(PERSON_FROM + (LOOKED_FOR.0 - PERSON_FROM) * end)
    }

    /// At which multiple of the head's extents the background's colour changes on a line of sight.
    fn end_of_background(&self, sine: f64, cosine: f64) -> Option<f64> {
        let at = |share: f64| self.head.on_outline(sine * share, cosine * share);
        let end = self.look.analysis_image.end_of_plain(at(LOOKED_FOR.0), at(LOOKED_FOR.1), LOOK_STEPS)?;
        Some(LOOKED_FOR.0 + (LOOKED_FOR.1 - LOOKED_FOR.0) * end)
    }
}

/// A head's edges and its lower face in pixels from the middle between the pupils, along the face's axes.
fn from_eyes(head: &Head, face: &FaceFrame, eyes: PhotoPoint, landmarks: &Landmarks) -> SeenOutline {
    let (up_x, up_y) = face.up();
    let along = |point: PhotoPoint| {
        let (dx, dy) = (point.x - eyes.x, point.y - eyes.y);
        (-dx * up_y + dy * up_x, dx * up_x + dy * up_y)
    };
    let below = |landmark: Landmark| landmarks.get(landmark).map(|point| -along(point).1);
    SeenOutline {
        left: along(head.on_outline(-1.0, 0.0)).0,
        right: along(head.on_outline(1.0, 0.0)).0,
        top: along(head.on_outline(0.0, 1.0)).1,
        lower_face: below(Landmark::NoseBase).zip(below(Landmark::Chin)),
    }
}

fn moved(head: Head, edges: Edges) -> Head {
    let aside = (edges.right - edges.left) / 2.0;
    let half_width = head.half_width * (edges.left + edges.right) / 2.0;
    // The top is where it was seen; where the lower edge is not seen the head keeps its form.
    let half_height = match edges.bottom {
        Some(bottom) => (edges.top + bottom) / 2.0 * head.half_height,
        None => half_width / head.half_width * head.half_height,
    };
    let up = edges.top - half_height / head.half_height;
    Head { centre: head.on_outline(aside, up), half_width, half_height, ..head }
}

/// Rounded to a sixteenth of a pixel or degree: no guess is finer.
fn rounded(head: Head) -> Head {
    let round = |value: f64| (value * 16.0).round() / 16.0;
    Head {
        centre: head.centre.rounded(),
        half_width: round(head.half_width),
        half_height: round(head.half_height),
        roll: round(head.roll),
        yaw: round(head.yaw),
        pitch: round(head.pitch),
        ..head
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference};
    use crate::engine::design::PhotoRef;
    use crate::engine::geometry::Mm;

    /// A picture of 1200 x 1500 pixels, seen at a quarter: an ellipse of skin before a wall, on a neck and shoulders.
    fn bust((x, y): (f64, f64), (half_width, half_height): (f64, f64)) -> AnalysisImage {
        let inside = |column: usize, row: usize| {
            let (dx, dy) = (column as f64 * 4.0 - x, row as f64 * 4.0 - y);
            let on_head = (dx / half_width).powi(2) + (dy / half_height).powi(2) < 1.0;
            let on_neck = dx.abs() < half_width * 0.6 && dy > 0.0;
            let on_body = dx.abs() < half_width * 2.2 && dy > half_height * 1.7;
            on_head || on_neck || on_body
        };
        let pixels = (0..300 * 375).flat_map(|at| {
            let skin = inside(at % 300, at / 300);
            if skin { [205, 160, 140, 255] } else { [140, 160, 172, 255] }
        });
        AnalysisImage::new(pixels.collect(), 300, 0.25)
    }

    fn view(pupils: Option<((f64, f64), (f64, f64))>) -> View {
        let mark = |(x, y)| PhotoPoint::new(x, y);
        let calibration = pupils.map(|(a, b)| Calibration {
            reference: Reference::TypedPupils { distance: Mm(63.0) },
            a: mark(a),
            b: mark(b),
        });
        let photo = PhotoRef { width: 1200, height: 1500, quarter_turns: 0, level: 0.0, digest: String::new() };
        View { photo: Some(photo), calibration, ..View::default() }
    }

    #[track_caller]
    fn stands(head: &Head, (x, y): (f64, f64), (half_width, half_height): (f64, f64), within: f64) {
        let near = |found: f64, truth: f64, of: f64| (found - truth).abs() < of * within;
        let placed = near(head.centre.x, x, half_width) && near(head.centre.y, y, half_height);
        let sized = near(head.half_width, half_width, half_width) && near(head.half_height, half_height, half_height);
        assert!(placed && sized, "{head:?}, truly at {x} {y}, {half_width} x {half_height}");
    }

    #[test]
    fn a_head_is_found_by_its_outline() {
        let (centre, halves) = ((640.0, 620.0), (270.0, 284.0));
        let found = seen_head(&view(None), &Parameters::default(), Side::Back, Some(&bust(centre, halves)));
        stands(&found, centre, halves, 0.05);
    }

    #[test]
    fn a_face_s_head_is_found_from_its_eyes() {
        // 4 px a mm: the eyes are 252 px apart and 36 mm below the middle of the skull.
        let (centre, halves) = ((600.0, 560.0), (290.0, 305.0));
        let eyes = ((474.0, 695.0), (726.0, 695.0));
        let found = seen_head(&view(Some(eyes)), &Parameters::default(), Side::Front, Some(&bust(centre, halves)));
        stands(&found, centre, halves, 0.08);
        assert!(found.yaw.abs() < 1.5 && found.pitch.abs() < 8.0 && found.roll.abs() < 0.1, "{found:?}");
    }

    #[test]
    fn hair_on_top_is_taken_off_and_a_told_camera_holds_on() {
        let (analysis_image, parameters) = (bust((600.0, 560.0), (290.0, 305.0)), Parameters::default());
        let eyes = view(Some(((474.0, 695.0), (726.0, 695.0))));
        let seen = |view: &View| seen_head(view, &parameters, Side::Front, Some(&analysis_image));
        let before = seen(&eyes);
        let known = Head { camera_told: true, hair_on_top: HairOnTop::Hair, ..before };
        let after = seen(&View { head: Some(known), ..eyes });
        assert!(after.camera_told && after.hair_on_top == HairOnTop::Hair, "{after:?}");
        let lower = after.on_outline(0.0, 1.0).y - before.on_outline(0.0, 1.0).y;
        assert!((lower - 32.0).abs() < 0.5, "8 mm are 32 px, not {lower}");
    }

    #[test]
    fn a_leaning_face_gives_a_leaning_head() {
        let eyes = ((474.0, 640.0), (726.0, 684.0));
        let found = seen_head(&view(Some(eyes)), &Parameters::default(), Side::Front, None);
        // atan(44 / 252) = 9.9 degrees, clockwise.
        assert!((found.roll - 9.9).abs() < 0.2, "{found:?}");
    }

    #[test]
    fn where_nothing_is_seen_the_usual_head_stands() {
        let wall = AnalysisImage::new([140, 160, 172, 255].repeat(300 * 375), 300, 0.25);
        for side in Side::ALL {
            let parameters = Parameters::default();
            let seen = seen_head(&view(None), &parameters, side, Some(&wall));
            assert_eq!(seen, seen_head(&view(None), &parameters, side, None));
            assert!(seen.is_guess() && !Head { by_hand: true, ..seen }.is_guess(), "{seen:?}");
        }
    }

    const CENTRE: (f64, f64) = (600.0, 560.0);
    const HALVES: (f64, f64) = (290.0, 305.0);
    const EYES: ((f64, f64), (f64, f64)) = ((474.0, 695.0), (726.0, 695.0));

    /// A bust before a wall of dark and light stripes.
    fn before_stripes() -> AnalysisImage {
        let mut striped = bust(CENTRE, HALVES);
        for (index, pixel) in striped.pixels.chunks_exact_mut(4).enumerate() {
            if pixel[0] == 140 && index % 24 < 12 {
                pixel[..3].copy_from_slice(&[60, 40, 30]);
            }
        }
        striped
    }

    /// It with the person that is seen in it, and whoever stands so far to the right.
    fn with_person(image: AnalysisImage, other_at: Option<f64>) -> AnalysisImage {
        let on_head = |at: PhotoPoint, x: f64| {
            let (dx, dy) = (at.x - x, at.y - CENTRE.1);
            (dx / HALVES.0).powi(2) + (dy / HALVES.1).powi(2) < 1.0 || dx.abs() < HALVES.0 * 0.6 && dy > 0.0
        };
        let is_person = |at| on_head(at, CENTRE.0) || other_at.is_some_and(|x| on_head(at, x));
        AnalysisImage { person: Some(PersonMask::drawn((1200.0, 1500.0), is_person).into()), ..image }
    }

    #[test]
    fn before_a_patterned_wall_the_person_s_edge_is_the_head_s() {
        let parameters = Parameters::default();
        let seen = |image: &AnalysisImage| seen_head(&view(Some(EYES)), &parameters, Side::Front, Some(image));
        let plain = seen(&bust(CENTRE, HALVES));
        let misled = seen(&before_stripes());
        assert!(misled.is_guess() || (misled.half_width / plain.half_width - 1.0).abs() > 0.1, "{misled:?}");
        for other in [None, Some(1000.0)] {
            let found = seen(&with_person(before_stripes(), other));
            stands(&found, (plain.centre.x, plain.centre.y), (plain.half_width, plain.half_height), 0.03);
            assert!(!found.is_guess(), "{found:?}");
        }
    }

    #[test]
    fn an_outline_that_is_far_too_large_for_its_eyes_is_not_believed() {
        let apart = ((537.0, 695.0), (663.0, 695.0));
        let found = seen_head(&view(Some(apart)), &Parameters::default(), Side::Front, Some(&bust(CENTRE, HALVES)));
        assert!(found.is_guess() && found.half_width < 200.0, "{found:?}");
    }

    #[test]
    fn seen_from_straight_above_nobody_is_known_for_a_person() {
        let (parameters, middle) = (Parameters::default(), PhotoPoint::new(600.0, 700.0));
        let is_within = |at: PhotoPoint, half: f64| {
            let (dx, dy) = ((at.x - middle.x) / half, (at.y - middle.y) / half / 1.25);
            dx * dx + dy * dy < 1.0
        };
        let pixels = (0..300 * 375).flat_map(|place| {
            let at = PhotoPoint::new((place % 300) as f64 * 4.0, (place / 300) as f64 * 4.0);
            if is_within(at, 330.0) { [205, 160, 140, 255] } else { [140, 160, 172, 255] }
        });
        let plain = AnalysisImage::new(pixels.collect(), 300, 0.25);
        let too_small = PersonMask::drawn((1200.0, 1500.0), |at| is_within(at, 250.0));
        let masked = AnalysisImage { person: Some(too_small.into()), ..plain.clone() };
        let seen = |image| seen_head(&view(None), &parameters, Side::Top, Some(image));
        assert!(seen(&masked) == seen(&plain) && !seen(&plain).is_guess(), "{:?} {:?}", seen(&masked), seen(&plain));
    }

    /// A head seen from above on shoulders in a striped shirt over a tiled floor, bald within a rim of hair so dark, with its person.
    fn from_above((x, y): (f64, f64), (half_width, half_height): (f64, f64), hair: [u8; 4]) -> AnalysisImage {
        let off = |at: PhotoPoint, (x, y): (f64, f64), (across, along): (f64, f64)| {
            let (dx, dy) = ((at.x - x) / across, (at.y - y) / along);
            (dx * dx + dy * dy).sqrt()
        };
        let form = OutlineForm::of(Side::Top, &View::head_parameters(&Parameters::default()));
        let on_head = |at: PhotoPoint| {
            let share = form.share((at.x - x) / half_width, (y - at.y) / half_height);
            off(at, (x, y), (half_width, half_height)) / share
        };
        let is_body = |at: PhotoPoint| off(at, (x, y + half_height * 0.4), (half_width * 1.9, half_height * 0.9)) < 1.0;
        let is_odd = |at: f64, breadth: f64| (at / breadth) as usize % 2 == 1;
        let pixels = (0..300 * 375).flat_map(|place| {
            let at = PhotoPoint::new((place % 300) as f64 * 4.0, (place / 300) as f64 * 4.0);
            match on_head(at) {
                ..0.7 => [205, 160, 140, 255],
                ..1.0 => hair,
                _ if is_body(at) && is_odd(at.x + at.y, 60.0) => [40, 60, 120, 255],
                _ if is_body(at) => [225, 225, 220, 255],
                _ if is_odd(at.x, 110.0) != is_odd(at.y, 110.0) => [150, 140, 125, 255],
                _ => [95, 100, 90, 255],
            }
        });
        let person = PersonMask::drawn((1200.0, 1500.0), |at| on_head(at) < 1.0 || is_body(at));
        let image = AnalysisImage { person: Some(person.into()), ..AnalysisImage::new(pixels.collect(), 300, 0.25) };
        AnalysisImage { from_above: head_from_above(&image, &Parameters::default()), ..image }
    }

    #[test]
    fn a_head_among_shoulders_and_tiles_is_found_by_its_contour() {
        for (centre, halves) in [((600.0, 740.0), (420.0, 500.0)), ((520.0, 640.0), (260.0, 300.0))] {
            let seen = from_above(centre, halves, [50, 40, 35, 255]);
            let found = seen_head(&view(None), &Parameters::default(), Side::Top, Some(&seen));
            stands(&found, centre, halves, 0.05);
            assert!(!found.is_guess(), "{found:?}");
        }
    }

    #[test]
    fn a_contour_that_is_hardly_seen_is_none() {
        let nobody = from_above((600.0, 740.0), (1.0, 1.0), [50, 40, 35, 255]);
        let everywhere = PersonMask::drawn((1200.0, 1500.0), |_| true);
        let image = AnalysisImage { person: Some(everywhere.into()), ..nobody };
        let image = AnalysisImage { from_above: head_from_above(&image, &Parameters::default()), ..image };
        let head = seen_head(&view(None), &Parameters::default(), Side::Top, Some(&image));
        assert!(head.is_guess(), "{head:?}");
    }

    #[test]
    fn a_contour_that_its_marks_contradict_is_not_believed() {
        let image = from_above((600.0, 740.0), (420.0, 500.0), [50, 40, 35, 255]);
        let apart = ((537.0, 695.0), (663.0, 695.0));
        let head = seen_head(&view(Some(apart)), &Parameters::default(), Side::Top, Some(&image));
        assert!(head.is_guess(), "{head:?}");
    }
}
