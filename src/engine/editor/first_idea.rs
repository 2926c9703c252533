//! A first design on a face that was found, before the visitor did anything: a beginning to be changed, or declined.

use super::{
    AnalysisImage, Command, CommandError, Editor, FillEnd, LineRecipe, SeenFace, average_pupils, default_boundary,
    scalp_fill, seen_head,
};
use crate::engine::calibration::{Calibration, HairOnTop, Head, Landmark, Side};
use crate::engine::catalog::{Parameter, SHAPES};
use crate::engine::design::Hairline;
use crate::engine::face::{FoundFace, FoundLandmarks, PersonMask};
use crate::engine::geometry::{Mm, PhotoPoint};

/// What was laid onto a face.
#[derive(Debug, Clone, PartialEq)]
pub enum FirstIdea {
    /// A line, made like that, and the scalp behind it.
    Line(Box<LineRecipe>),
    /// The marks alone: where a line would run there is hair, or a hat.
    UnderHair,
}

/// Where on a forehead its skin is looked at: to both sides of the midline and over the glabella, mm.
const FOREHEAD_ASIDE: [f64; 5] = [-24.0, -12.0, 0.0, 12.0, 24.0];
const FOREHEAD_UP: [f64; 3] = [18.0, 25.0, 32.0];
/// So many times too unlike the forehead to be its skin hair is, and bare or shaved scalp at most: on nine portraits a line over
/// the latter had up to 1.5 at most of its places, one in hair from 2.5 on.
const HAIR: f64 = 2.0;
const BARE: f64 = 1.7;
/// The share of the places that is most of them, and which share of a line is left out at each of its ends (our estimates).
const MOSTLY: f64 = 0.6;
const ENDS: usize = 5;
/// Hair begins at an edge, which skin in other light does not have: it is looked for from the forehead up to so many mm beyond the line, at
/// so many places. On 440 portraits of officials 191 of 192 lines that ran in something else than the forehead's skin had such an edge at
/// four or five of the five ways; one, on a bald head whose top stood in less light, at none.
const BEYOND_LINE: f64 = 6.0;
const EDGE_LOOKS: usize = 60;
/// Where the top of a head is looked at: so far out towards its outline, and so many half widths aside.
const TOP: f64 = 0.93;
const TOP_ASIDE: [f64; 9] = [-0.36, -0.27, -0.18, -0.09, 0.0, 0.09, 0.18, 0.27, 0.36];

/// The share of a mesh's pitch that is believed: where the outline of a head is seen it shows that much of it (a line through 101
/// press photos without colour, whose pitches agree within 9 degrees in the root mean square).
const NOD_BELIEVED: f64 = 0.75;
/// Where this share of a line lies beside the person it is not the head's (our estimate: none of 125 lines on portraits of officials
/// had more than 0.1, of 192 on press photos one had more than 0.3, on a hat).
const OFF_PERSON: f64 = 0.33;

impl Editor {
    /// Lays a first design onto the front as one step: the marks on the pupils at the average distance, the landmarks, the head
    /// as it is seen, the first of the shapes, and all of the bare scalp behind it. Where that shape runs in hair or beside the
    /// person there is nothing to be filled behind it: then the marks and the head alone.
    ///
    /// # Errors
    /// When a command is refused; then nothing has changed.
    pub fn lay_first_idea(&mut self, face: &FoundFace, picture: &AnalysisImage) -> Result<FirstIdea, CommandError> {
        self.begin();
        let outcome = self.mark_face(face, picture).and_then(|()| self.draw_first_line(picture));
        if outcome.is_ok() {
            self.complete();
        } else {
            self.cancel();
        }
        outcome
    }

    fn mark_face(&mut self, face: &FoundFace, picture: &AnalysisImage) -> Result<(), CommandError> {
        let FoundLandmarks { canthi: [canthus_left, canthus_right], nose_base, chin, glabella, .. } = face.landmarks;
        let [a, b] = face.pupils;
        let reference = average_pupils(self.parameters());
        self.apply(Command::Calibrate(Some(Calibration { reference, a, b })))?;
        self.apply(Command::SetGlabella(glabella))?;
        for (landmark, point) in [
            (Landmark::CanthusLeft, canthus_left),
            (Landmark::CanthusRight, canthus_right),
            (Landmark::NoseBase, nose_base),
            (Landmark::Chin, chin),
        ] {
            self.apply(Command::SetLandmark(landmark, Some(point)))?;
        }
        // How it is turned tells where it is, should its outline not be seen.
        let (yaw, pitch) = (face.pose.yaw, NOD_BELIEVED * face.pose.pitch);
        let usual = self.view().head_in_force(self.parameters());
        let turned = Head { yaw, pitch, outline_unseen: true, ..usual };
        self.apply(Command::SetHead(Some(turned)))?;
        let seen = |editor: &Self| seen_head(editor.view(), editor.parameters(), Side::Front, Some(picture));
        let hair_on_top = hair_on_top(&seen(self), &SeenFace::of(self.view(), self.parameters()), picture);
        self.apply(Command::SetHead(Some(Head { hair_on_top, ..turned })))?;
        // Lower by the hair, if there is some.
        self.apply(Command::SetHead(Some(seen(self))))
    }

    fn draw_first_line(&mut self, picture: &AnalysisImage) -> Result<FirstIdea, CommandError> {
        let ground = (self.view(), self.parameters());
        let recipe = SHAPES.first().map(|rule| LineRecipe::NOTHING.with_shape(rule, ground, Some(picture)));
        let recipe = recipe.ok_or(CommandError::NoLine)?;
        // The ends may lie in hair.
        let front = LineRecipe { ends: None, ..recipe.clone() };
        let line_of = |recipe: &LineRecipe| recipe.line(self.view(), self.parameters()).ok_or(CommandError::NoLine);
        let (front, line) = (line_of(&front)?, line_of(&recipe)?);
        let face = SeenFace::of(self.view(), self.parameters());
        if is_in_hair(&front, &face, picture) || is_off_person(&front, picture) {
            return Ok(FirstIdea::UnderHair);
        }
        self.apply(Command::SetHairline(Some(line.clone())))?;
        let (view, parameters) = (self.view(), self.parameters());
        let density = parameters.get(Parameter::Density);
        let fill = scalp_fill(view, parameters, picture, FillEnd::Hair)
            .unwrap_or_else(|| default_boundary(view, parameters, &line, density, Some(picture)));
        self.apply(Command::AreaFill(Some(fill)))?;
        Ok(FirstIdea::Line(Box::new(recipe)))
    }
}

/// How unlike the skin of the forehead some places look. Looks at 15 places more.
fn unlike_forehead(places: impl Iterator<Item = PhotoPoint>, face: &SeenFace, picture: &AnalysisImage) -> Vec<f64> {
    let forehead = FOREHEAD_UP.iter().flat_map(|up| FOREHEAD_ASIDE.map(|aside| face.at(Mm(aside), Mm(*up))));
    let Some(skin) = picture.usual_look(forehead) else { return Vec::new() };
    places.filter_map(|place| picture.unlike(&skin, place)).collect()
}

/// Whether that holds of most of some values.
fn mostly(values: &[f64], holds: fn(f64) -> bool) -> bool {
    let count = values.iter().filter(|value| holds(**value)).count();
    !values.is_empty() && count as f64 >= MOSTLY * values.len() as f64
}

/// Whether a line runs in hair. Looks at some 30 places, and at 300 more where these look like hair.
fn is_in_hair(line: &Hairline, face: &SeenFace, picture: &AnalysisImage) -> bool {
    let points = line.curve().points().to_vec();
    let inner = points.iter().skip(points.len() / ENDS).take(points.len() - 2 * (points.len() / ENDS));
    let inner: Vec<PhotoPoint> = inner.copied().collect();
    mostly(&unlike_forehead(inner.iter().copied(), face, picture), |unlike| unlike > HAIR)
        && has_edge_before(&inner, face, picture)
}

/// Whether much of a line lies where nobody is seen: on a hat, or beside a head that is turned more than was told.
fn is_off_person(line: &Hairline, picture: &AnalysisImage) -> bool {
    let person = picture.person_on(Side::Front);
    let is_off = |point: &&PhotoPoint| {
        person.and_then(|person| person.share(**point)).is_some_and(|share| share < PersonMask::EDGE)
    };
    let line = line.curve();
    line.points().iter().filter(is_off).count() as f64 > OFF_PERSON * line.points().len() as f64
}

/// Whether something begins at an edge between the forehead and what lies a little beyond a line.
fn has_edge_before(line: &[PhotoPoint], face: &SeenFace, picture: &AnalysisImage) -> bool {
    let on_line: Vec<(Mm, Mm)> = line.iter().map(|point| face.place(*point)).collect();
    let [from, ..] = FOREHEAD_UP;
    let edge = |aside: &f64| {
        let off = |(right, _): &&(Mm, Mm)| (right.0 - aside).abs();
        let (_, up) = on_line.iter().min_by(|a, b| off(a).total_cmp(&off(b)))?;
        let at = |up: f64| face.at(Mm(*aside), Mm(up));
        Some(picture.end_of_scalp(at(from), at(up.0 + BEYOND_LINE), EDGE_LOOKS).is_some())
    };
    let edges: Vec<bool> = FOREHEAD_ASIDE.iter().filter_map(edge).collect();
    2 * edges.iter().filter(|is_there| **is_there).count() > edges.len()
}

/// Whether hair stands on the top of a head, as far as it can be told. Looks at a few places.
fn hair_on_top(head: &Head, face: &SeenFace, picture: &AnalysisImage) -> HairOnTop {
    let places = TOP_ASIDE.iter().map(|aside| head.on_outline(aside * TOP, TOP * (1.0 - aside * aside).sqrt()));
    let unlike = unlike_forehead(places, face, picture);
    if head.is_guess() {
        HairOnTop::Unknown
    } else if mostly(&unlike, |unlike| unlike > HAIR) {
        HairOnTop::Hair
    } else if mostly(&unlike, |unlike| unlike < BARE) {
        HairOnTop::Bare
    } else {
        HairOnTop::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::Reference;
    use crate::engine::catalog::Parameters;
    use crate::engine::design::PhotoRef;
    use crate::engine::face::FacePose;

    const SIDE: usize = 400;

    /// A bald head of 600 pixels across before a wall, in a picture of 800 x 800 pixels.
    fn bald() -> AnalysisImage {
        let pixels = (0..SIDE * SIDE).flat_map(|at| {
            let (x, y) = ((at % SIDE) as f64 * 2.0 - 400.0, (at / SIDE) as f64 * 2.0 - 450.0);
            if (x * x + y * y).sqrt() < 300.0 { [205, 160, 140, 255] } else { [150, 160, 165, 255] }
        });
        AnalysisImage::new(pixels.collect(), SIDE, 0.5)
    }

    fn at(x: f64, y: f64) -> PhotoPoint {
        PhotoPoint::new(x, y)
    }

    fn face() -> FoundFace {
        FoundFace {
            pupils: [at(274.0, 560.0), at(526.0, 560.0)],
            are_eyes_seen: true,
            landmarks: FoundLandmarks {
                canthi: [at(204.0, 562.0), at(596.0, 562.0)],
                nose_base: at(400.0, 740.0),
                chin: at(400.0, 790.0),
                glabella: at(400.0, 490.0),
                brows: [at(400.0, 500.0); 10],
                temples: [at(190.0, 430.0), at(610.0, 430.0)],
                oval: Vec::new(),
            },
            pose: FacePose { yaw: 0.0, pitch: 0.0, roll: 0.0 },
            pupils_by_iris: Mm(63.0),
            points: Vec::new(),
        }
    }

    fn opened() -> Editor {
        let mut editor = Editor::new(Parameters::default(), 1);
        let photo = PhotoRef { width: 800, height: 800, quarter_turns: 0, level: 0.0, digest: String::new() };
        editor.apply(Command::OpenPhoto(photo)).unwrap();
        editor
    }

    #[test]
    fn a_first_idea_is_whole_and_one_step() {
        let mut editor = opened();
        let before = editor.design().clone();
        editor.lay_first_idea(&face(), &bald()).unwrap();
        let view = editor.view();
        let marks = view.calibration.unwrap();
        assert!(matches!(marks.reference, Reference::AveragePupils { distance: Mm(63.0), .. }), "{marks:?}");
        assert_eq!((marks.a, marks.b, view.glabella), (at(274.0, 560.0), at(526.0, 560.0), Some(at(400.0, 490.0))));
        assert_eq!(view.landmarks.get(Landmark::Chin), Some(at(400.0, 790.0)));
        let line = view.hairline.as_ref().unwrap();
        assert!(line.handles.iter().all(|handle| handle.y < 480.0), "{line:?}");
        let (_, fill) = view.area_fill().unwrap();
        assert!(fill.closed && fill.boundary.iter().any(|corner| corner.y < 170.0), "{fill:?}");
        assert!(editor.undo() && *editor.design() == before, "it is taken back by one step");
    }

    #[test]
    fn where_no_scalp_is_told_from_the_wall_a_band_is_filled() {
        let plain = AnalysisImage::new(vec![180; SIDE * SIDE * 4], SIDE, 0.5);
        let mut editor = opened();
        editor.lay_first_idea(&face(), &plain).unwrap();
        assert!(editor.view().area_fill().is_some_and(|(_, fill)| !fill.closed));
    }

    #[test]
    fn hair_on_top_lowers_the_skull_and_bare_skin_is_known_for_it() {
        let bare = bald();
        let mut haired = bald();
        for (index, pixel) in haired.pixels.chunks_exact_mut(4).enumerate() {
            if index / SIDE < 92 && pixel[0] == 205 {
                pixel[..3].copy_from_slice(&[40, 32, 28]);
            }
        }
        let head = |image: &AnalysisImage| {
            let mut editor = opened();
            editor.lay_first_idea(&face(), image).unwrap();
            editor.view().head.unwrap()
        };
        let (bare, haired) = (head(&bare), head(&haired));
        assert_eq!((bare.hair_on_top, haired.hair_on_top), (HairOnTop::Bare, HairOnTop::Hair));
        let lower = haired.on_outline(0.0, 1.0).y - bare.on_outline(0.0, 1.0).y;
        assert!((lower - 32.0).abs() < 2.0, "8 mm are 32 pixels, not {lower}");
    }

    #[test]
    fn where_the_line_would_run_in_hair_nothing_is_filled() {
        let mut image = bald();
        for (index, pixel) in image.pixels.chunks_exact_mut(4).enumerate() {
            if index / SIDE < 150 && pixel[0] == 205 {
                pixel[..3].copy_from_slice(&[40, 32, 28]);
            }
        }
        let mut editor = opened();
        assert_eq!(editor.lay_first_idea(&face(), &image), Ok(FirstIdea::UnderHair));
        let view = editor.view();
        assert!(view.calibration.is_some() && view.head.is_some() && !view.has_drawing(), "{view:?}");
        assert!(editor.undo() && editor.view().calibration.is_none(), "it is taken back by one step");
        assert!(matches!(opened().lay_first_idea(&face(), &bald()), Ok(FirstIdea::Line(_))));
    }

    #[test]
    fn a_head_is_turned_as_its_face_where_its_outline_is_not_seen() {
        let plain = AnalysisImage::new(vec![180; SIDE * SIDE * 4], SIDE, 0.5);
        let face = FoundFace { pose: FacePose { yaw: 24.0, pitch: -8.0, roll: 0.0 }, ..face() };
        let head = |image: &AnalysisImage| {
            let mut editor = opened();
            editor.lay_first_idea(&face, image).unwrap();
            editor.view().head.unwrap()
        };
        let (unseen, seen) = (head(&plain), head(&bald()));
        assert_eq!((unseen.outline_unseen, unseen.yaw, unseen.pitch), (true, 24.0, -6.0));
        assert!(unseen.centre.x < 400.0 - 80.0, "the nose to the right, the skull behind it to the left: {unseen:?}");
        assert!(!seen.outline_unseen && seen.yaw.abs() < 2.0, "an outline tells better: {seen:?}");
    }

    #[test]
    fn where_the_line_would_lie_beside_the_person_nothing_is_filled() {
        let below = |y: f64| {
            let person = PersonMask::drawn((800.0, 800.0), move |at| at.y > y);
            opened().lay_first_idea(&face(), &AnalysisImage { person: Some(person.into()), ..bald() }).unwrap()
        };
        assert!(matches!(below(0.0), FirstIdea::Line(_)));
        assert_eq!(below(420.0), FirstIdea::UnderHair, "a hat that is not taken for a person");
    }

    #[test]
    fn skin_that_gets_darker_upwards_is_no_hair() {
        let in_less_light = |light: &dyn Fn(f64) -> f64| {
            let mut picture = bald();
            for (at, pixel) in picture.pixels.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                let (x, y) = ((at % SIDE) as f64 * 2.0 - 400.0, (at / SIDE) as f64 * 2.0 - 450.0);
                if (x * x + y * y).sqrt() < 300.0 {
                    let light = light(y + 450.0);
                    let [red, green, blue, alpha] = *pixel;
                    let [red, green, blue] = [red, green, blue].map(|level| (f64::from(level) * light) as u8);
                    *pixel = [red, green, blue, alpha];
                }
            }
            opened().lay_first_idea(&face(), &picture).unwrap()
        };
        // From the brows up to where the line would run.
        let evenly = |y: f64| (0.25 + 0.75 * (y - 190.0) / 260.0).clamp(0.25, 1.0);
        let at_once = |y: f64| if y < 320.0 { 0.25 } else { 1.0 };
        assert!(matches!(in_less_light(&evenly), FirstIdea::Line(_)), "a bald head in light from below");
        assert_eq!(in_less_light(&at_once), FirstIdea::UnderHair);
    }

    #[test]
    fn a_face_that_gives_no_scale_changes_nothing() {
        let mut editor = opened();
        let before = editor.design().clone();
        let face = FoundFace { pupils: [at(400.0, 560.0); 2], ..face() };
        assert!(matches!(editor.lay_first_idea(&face, &bald()), Err(CommandError::Calibration(_))));
        assert!(*editor.design() == before && !editor.in_gesture() && !editor.can_undo());
    }
}
