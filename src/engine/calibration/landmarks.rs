//! Landmarks of a face: proposed from the pupils, set by hand where the visitor wants.
//!
//! What is proposed are the points of a mean head in three dimensions, seen through the camera as the head is known to be
//! turned, to pitch and to lean. None of them is demanded; each one that is set by hand improves the others.

use super::head::rotation;
use super::{HairOnTop, Head, Side};
use crate::engine::geometry::{Mm, PhotoPoint, PhotoPx, PxPerMm};
use glam::DVec3;
use serde::{Deserialize, Serialize};

/// A landmark of the face beside the pupils and the glabella. Left is the left of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Landmark {
    /// Outer corner of the eye that is further left in the picture.
    CanthusLeft,
    /// Outer corner of the other eye.
    CanthusRight,
    /// Where the nose meets the upper lip, on the midline (subnasale).
    NoseBase,
    /// The lowest point of the chin (menton).
    Chin,
    /// The edge between forehead and temple 3 cm above the level of the glabella, where a temple peak stands.
    TempleLeft,
    /// Likewise on the other side.
    TempleRight,
    /// Where the midline goes over the top of the head.
    Vertex,
}

impl Landmark {
    /// All landmarks.
    pub const ALL: [Self; 7] = [
        Self::CanthusLeft,
        Self::CanthusRight,
        Self::NoseBase,
        Self::Chin,
        Self::TempleLeft,
        Self::TempleRight,
        Self::Vertex,
    ];

    /// Name in files; never changes.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::CanthusLeft => "canthus-left",
            Self::CanthusRight => "canthus-right",
            Self::NoseBase => "nose-base",
            Self::Chin => "chin",
            Self::TempleLeft => "temple-left",
            Self::TempleRight => "temple-right",
            Self::Vertex => "vertex",
        }
    }
}

/// The landmarks that were set by hand; a reader proposes the others. Left is the left of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Landmarks {
    /// Outer corner of the eye that is further left in the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    canthus_left: Option<PhotoPoint>,
    /// Outer corner of the other eye.
    #[serde(skip_serializing_if = "Option::is_none")]
    canthus_right: Option<PhotoPoint>,
    /// Where the nose meets the upper lip, on the midline.
    #[serde(skip_serializing_if = "Option::is_none")]
    nose_base: Option<PhotoPoint>,
    /// The lowest point of the chin.
    #[serde(skip_serializing_if = "Option::is_none")]
    chin: Option<PhotoPoint>,
    /// The edge between forehead and temple 3 cm above the level of the glabella, where a temple peak stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    temple_left: Option<PhotoPoint>,
    /// The same on the other side.
    #[serde(skip_serializing_if = "Option::is_none")]
    temple_right: Option<PhotoPoint>,
    /// Where the midline goes over the top of the head.
    #[serde(skip_serializing_if = "Option::is_none")]
    vertex: Option<PhotoPoint>,
}

impl Landmarks {
    /// Where a landmark was set; `None` where it is left to the proposal.
    #[must_use]
    pub fn get(&self, landmark: Landmark) -> Option<PhotoPoint> {
        match landmark {
            Landmark::CanthusLeft => self.canthus_left,
            Landmark::CanthusRight => self.canthus_right,
            Landmark::NoseBase => self.nose_base,
            Landmark::Chin => self.chin,
            Landmark::TempleLeft => self.temple_left,
            Landmark::TempleRight => self.temple_right,
            Landmark::Vertex => self.vertex,
        }
    }

    /// Sets a landmark, or leaves it to the proposal again.
    pub fn set(&mut self, landmark: Landmark, point: Option<PhotoPoint>) {
        *match landmark {
            Landmark::CanthusLeft => &mut self.canthus_left,
            Landmark::CanthusRight => &mut self.canthus_right,
            Landmark::NoseBase => &mut self.nose_base,
            Landmark::Chin => &mut self.chin,
            Landmark::TempleLeft => &mut self.temple_left,
            Landmark::TempleRight => &mut self.temple_right,
            Landmark::Vertex => &mut self.vertex,
        } = point;
    }

    /// The points that were set, to be moved with their picture.
    pub fn points_mut(&mut self) -> impl Iterator<Item = &mut PhotoPoint> {
        let Self { canthus_left, canthus_right, nose_base, chin, temple_left, temple_right, vertex } = self;
        [canthus_left, canthus_right, nose_base, chin, temple_left, temple_right, vertex].into_iter().flatten()
    }
}

/// The measures of a mean face, from the catalogue or a clinic's own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceParameters {
    /// Between the pupils.
    pub pupil_distance: Mm,
    /// Between the outer corners of the eyes.
    pub outer_canthal_width: Mm,
    /// Between the bone edges of the forehead above the temples.
    pub frontotemporal_width: Mm,
    /// Glabella over the pupils.
    pub glabella_above_pupils: Mm,
    /// Glabella to the base of the nose.
    pub glabella_to_nose_base: Mm,
    /// Base of the nose to the chin.
    pub nose_base_to_chin: Mm,
    /// Distance of the camera where nothing is known of it.
    pub camera: Mm,
}

/// What is known of a face when its landmarks are proposed.
#[derive(Debug, Clone, Copy)]
pub struct LandmarkInput<'a> {
    /// The marks on the pupils, in any order.
    pub pupils: (PhotoPoint, PhotoPoint),
    /// The scale in the plane of the pupils.
    pub scale: PxPerMm,
    /// The glabella, if it was set by hand.
    pub glabella: Option<PhotoPoint>,
    /// The landmarks that were set by hand.
    pub by_hand: &'a Landmarks,
    /// How the head stands in the picture, if anything is known of it.
    pub head: Option<&'a Head>,
    /// The mean face.
    pub parameters: FaceParameters,
}

/// How far points of a face lie before the plane of the pupils, mm (our estimate, as are all depths): the glabella, the
/// outer corners of the eyes, the base of the nose, the chin, the edge of the temple, the top of the head.
const GLABELLA_BEFORE: f64 = 12.0;
const CANTHUS_BEFORE: f64 = -13.0;
const NOSE_BASE_BEFORE: f64 = 16.0;
const CHIN_BEFORE: f64 = 2.0;
const TEMPLE_BEFORE: f64 = -12.0;
const VERTEX_BEFORE: f64 = -90.0;
/// Height of the top of the head over the pupils, mm (our estimate).
const VERTEX_ABOVE: f64 = 115.0;
/// Where a temple peak stands over the level of the glabella, mm: 5 cm down from a point 8 cm over it (Garg, J Cutan
/// Aesthet Surg).
const TEMPLE_ABOVE_GLABELLA: f64 = 30.0;

/// What is not known of a face and its pose, by how much it usually differs from what is taken (one standard deviation, our
/// estimate), and the step by which its effect is looked at: yaw and pitch in degrees, how far the face's middle leans to
/// the line of the pupils, its height and its breadth as factors.
const UNKNOWNS: [(f64, f64); 5] = [(4.0, 1.0), (8.0, 1.0), (0.02, 0.01), (0.045, 0.01), (0.035, 0.01)];
type Unknowns = [f64; UNKNOWNS.len()];
/// How far the yaw of a found head, or a pitch that was set by hand, is off, degrees (one standard deviation, our estimate).
const KNOWN_TURN: f64 = 2.0;
/// How far a face's own landmark lies from where yaw, pitch, lean, height and breadth put it, with the error of its mark, mm
/// (one standard deviation, our estimate).
const SCATTER: f64 = 2.5;
/// The same for the top of the head where its outline was found: hair and the form of the skull.
const OUTLINE_SCATTER: f64 = 6.0;

/// A head of no size, for its axes.
const UPRIGHT: Head = Head {
    side: Side::Front,
    centre: PhotoPoint::new(0.0, 0.0),
    half_width: 0.0,
    half_height: 0.0,
    roll: 0.0,
    yaw: 0.0,
    pitch: 0.0,
    camera: Mm(0.0),
    camera_told: false,
    by_hand: false,
    outline_unseen: false,
    hair_on_top: HairOnTop::Unknown,
};

/// A mean face laid over the marks on a face: where each of its landmarks is expected.
#[derive(Debug, Clone)]
pub struct FaceFit<'a> {
    input: LandmarkInput<'a>,
    /// Values of what is not known.
    known: Unknowns,
}

/// A point of the mean face: a landmark, or the glabella.
type Mark = Option<Landmark>;

/// Where a point of the face was seen, and how far that may lie from where the pose alone puts it, mm.
struct SeenFeatures {
    mark: Mark,
    point: PhotoPoint,
    scatter: f64,
}

impl<'a> FaceFit<'a> {
    /// The likeliest face for these marks. Costs a few thousand operations.
    #[must_use]
    pub fn new(input: LandmarkInput<'a>) -> Self {
        let front = input.head.filter(|head| head.side == Side::Front);
        let mut spreads = UNKNOWNS.map(|(spread, _)| spread);
        let mut fit = Self { input, known: [0.0, 0.0, 0.0, 1.0, 1.0] };
        let mut about = fit.known;
        if let Some(head) = front {
            let [turn_spread, nod_spread, ..] = &mut spreads;
            (fit.known[0], *turn_spread) = (head.yaw, KNOWN_TURN);
            (about[0], about[1]) = (head.yaw, head.pitch);
            // The pitch was read from the top of the head, which the height of the face explains too: both are found anew.
            (fit.known[1], *nod_spread) =
                if head.by_hand { (head.pitch, KNOWN_TURN) } else { (0.0, nod_spread.max(head.pitch.abs() / 2.0)) };
        }
        let mut covariance = UNKNOWNS.map(|_| [0.0; UNKNOWNS.len()]);
        for (index, (row, spread)) in covariance.iter_mut().zip(spreads).enumerate() {
            row.iter_mut().skip(index).take(1).for_each(|value| *value = spread * spread);
        }
        let vertex = input.by_hand.get(Landmark::Vertex);
        if let (Some(head), None) = (front, vertex) {
            let seen = SeenFeatures {
                mark: Some(Landmark::Vertex),
                point: head.on_outline(0.0, 1.0),
                scatter: OUTLINE_SCATTER,
            };
            fit.learn(&mut covariance, &seen, &about);
        }
        let set = |landmark: Landmark| input.by_hand.get(landmark).map(|point| (Some(landmark), point));
        let glabella = input.glabella.map(|point| (None, point));
        for (mark, point) in Landmark::ALL.into_iter().filter_map(set).chain(glabella) {
            let about = fit.known;
            fit.learn(&mut covariance, &SeenFeatures { mark, point, scatter: SCATTER }, &about);
        }
        fit
    }

    /// Where a landmark is expected, whether or not it was set.
    #[must_use]
    pub fn proposed(&self, landmark: Landmark) -> PhotoPoint {
        self.seen(Some(landmark), &self.known)
    }

    /// Where the glabella is expected, whether or not it was set.
    #[must_use]
    pub fn proposed_glabella(&self) -> PhotoPoint {
        self.seen(None, &self.known)
    }

    /// A landmark as it was set by hand, else where it is expected.
    #[must_use]
    pub fn point(&self, landmark: Landmark) -> PhotoPoint {
        self.input.by_hand.get(landmark).unwrap_or_else(|| self.proposed(landmark))
    }

    /// The glabella as it was set by hand, else where it is expected.
    #[must_use]
    pub fn glabella(&self) -> PhotoPoint {
        self.input.glabella.unwrap_or_else(|| self.proposed_glabella())
    }

    /// The marks on the pupils, the one further left first.
    #[must_use]
    pub fn pupils(&self) -> (PhotoPoint, PhotoPoint) {
        let (a, b) = self.input.pupils;
        if a.x <= b.x { (a, b) } else { (b, a) }
    }

    /// A mark makes the unknowns better known (a step of the Kalman filter, linear about some values of them).
    fn learn(&mut self, covariance: &mut [Unknowns; UNKNOWNS.len()], seen: &SeenFeatures, about: &Unknowns) {
        let error = self.input.scale.px(Mm(seen.scatter)).0;
        for axis in [|point: PhotoPoint| point.x, |point: PhotoPoint| point.y] {
            let there = axis(self.seen(seen.mark, about));
            let mut slope = [0.0; UNKNOWNS.len()];
            for (index, (slot, (_, step))) in slope.iter_mut().zip(UNKNOWNS).enumerate() {
                let mut changed = *about;
                changed.iter_mut().skip(index).take(1).for_each(|known| *known += step);
                *slot = (axis(self.seen(seen.mark, &changed)) - there) / step;
            }
            let expected = there + sum_of_products(slope, self.known) - sum_of_products(slope, *about);
            let spread = covariance.map(|row| sum_of_products(row, slope));
            let doubt = sum_of_products(spread, slope) + error * error;
            for ((known, row), own) in self.known.iter_mut().zip(covariance.iter_mut()).zip(spread) {
                *known += own / doubt * (axis(seen.point) - expected);
                row.iter_mut().zip(spread).for_each(|(value, other)| *value -= own * other / doubt);
            }
        }
    }

    /// Where a point of the mean face is seen with those values of the unknowns.
    fn seen(&self, mark: Mark, known: &Unknowns) -> PhotoPoint {
        let [yaw, pitch, lean, tall, broad] = *known;
        let Self { input: LandmarkInput { scale, head, parameters, .. }, .. } = self;
        let (left, right) = self.pupils();
        let half = scale.mm(PhotoPx(left.distance(right))).0 / 2.0;
        let camera = head.map_or(parameters.camera, |head| head.camera).0.max(1.0);
        let rotation = rotation(&Head { yaw, pitch, ..UPRIGHT });
        let project = |place: DVec3| {
            let turned = rotation.transpose_mul_vec3(place);
            let share = camera / (camera - turned.z).max(1.0);
            (turned.x * share, turned.y * share)
        };
        let DVec3 { x, y, z } = mean(mark, parameters, half);
        let (x, y) = project(DVec3::new(x * broad + lean * y, y * tall, z));
        // Turned and scaled so that the pupils of the mean face lie on the marks.
        let (across, rise) = project(DVec3::new(half, 0.0, 0.0));
        let (dx, dy) = ((right.x - left.x) / 2.0, (right.y - left.y) / 2.0);
        let squared = (across * across + rise * rise).max(1e-9);
        let (cosine, sine) = ((dx * across - dy * rise) / squared, (dx * rise + dy * across) / squared);
        left.lerp(right, 0.5).moved(x * cosine + y * sine, x * sine - y * cosine)
    }
}

/// A point of the mean face: mm to the right of the middle between the pupils, up, and towards the viewer.
fn mean(mark: Mark, parameters: &FaceParameters, half_pupils: f64) -> DVec3 {
    let glabella = parameters.glabella_above_pupils.0;
    let nose_base = glabella - parameters.glabella_to_nose_base.0;
    // The corners of the eyes go with the pupils.
    let canthus = half_pupils + (parameters.outer_canthal_width.0 - parameters.pupil_distance.0) / 2.0;
    let temple = parameters.frontotemporal_width.0 / 2.0;
    let at_temple = |x: f64| DVec3::new(x, glabella + TEMPLE_ABOVE_GLABELLA, TEMPLE_BEFORE);
    match mark {
        None => DVec3::new(0.0, glabella, GLABELLA_BEFORE),
        Some(Landmark::CanthusLeft) => DVec3::new(-canthus, 0.0, CANTHUS_BEFORE),
        Some(Landmark::CanthusRight) => DVec3::new(canthus, 0.0, CANTHUS_BEFORE),
        Some(Landmark::NoseBase) => DVec3::new(0.0, nose_base, NOSE_BASE_BEFORE),
        Some(Landmark::Chin) => DVec3::new(0.0, nose_base - parameters.nose_base_to_chin.0, CHIN_BEFORE),
        Some(Landmark::TempleLeft) => at_temple(-temple),
        Some(Landmark::TempleRight) => at_temple(temple),
        Some(Landmark::Vertex) => DVec3::new(0.0, VERTEX_ABOVE, VERTEX_BEFORE),
    }
}

fn sum_of_products<const N: usize>(a: [f64; N], b: [f64; N]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMETERS: FaceParameters = FaceParameters {
        pupil_distance: Mm(63.0),
        outer_canthal_width: Mm(98.0),
        frontotemporal_width: Mm(110.0),
        glabella_above_pupils: Mm(20.0),
        glabella_to_nose_base: Mm(65.0),
        nose_base_to_chin: Mm(76.0),
        camera: Mm(1e9),
    };

    fn input<'a>(by_hand: &'a Landmarks, head: Option<&'a Head>) -> LandmarkInput<'a> {
        let pupils = (PhotoPoint::new(326.0, 500.0), PhotoPoint::new(74.0, 500.0));
        let scale = PxPerMm::new(4.0).unwrap();
        LandmarkInput { pupils, scale, glabella: None, by_hand, head, parameters: PARAMETERS }
    }

    #[track_caller]
    fn near(point: PhotoPoint, x: f64, y: f64) {
        assert!(point.distance(PhotoPoint::new(x, y)) < 0.01, "{point:?}, expected {x} {y}");
    }

    #[test]
    fn a_level_face_from_afar_has_its_landmarks_where_the_norms_say() {
        let none = Landmarks::default();
        let fit = FaceFit::new(input(&none, None));
        near(fit.proposed_glabella(), 200.0, 420.0);
        near(fit.proposed(Landmark::CanthusLeft), 4.0, 500.0);
        near(fit.proposed(Landmark::CanthusRight), 396.0, 500.0);
        near(fit.proposed(Landmark::NoseBase), 200.0, 680.0);
        near(fit.proposed(Landmark::Chin), 200.0, 984.0);
        near(fit.proposed(Landmark::TempleRight), 420.0, 300.0);
    }

    #[test]
    fn what_is_set_by_hand_stands_and_is_not_proposed_against() {
        let mut by_hand = Landmarks::default();
        by_hand.set(Landmark::Chin, Some(PhotoPoint::new(212.0, 1020.0)));
        let fit = FaceFit::new(input(&by_hand, None));
        assert_eq!(fit.point(Landmark::Chin), PhotoPoint::new(212.0, 1020.0));
        // A longer face that leans: its nose base goes some of the way.
        let nose_base = fit.proposed(Landmark::NoseBase);
        assert!(nose_base.x > 200.5 && nose_base.x < 206.0 && nose_base.y > 681.0, "{nose_base:?}");
    }

    #[test]
    fn a_leaning_face_has_leaning_landmarks() {
        let none = Landmarks::default();
        let pupils = (PhotoPoint::new(200.0, 374.0), PhotoPoint::new(200.1, 626.0));
        let fit = FaceFit::new(LandmarkInput { pupils, ..input(&none, None) });
        let chin = fit.proposed(Landmark::Chin);
        assert!(chin.x < -280.0 && (chin.y - 500.0).abs() < 1.0, "{chin:?}");
    }

    #[test]
    fn files_hold_the_landmarks_that_were_set() {
        let mut landmarks = Landmarks::default();
        assert_eq!(serde_json::to_string(&landmarks).unwrap(), "{}");
        landmarks.set(Landmark::TempleLeft, Some(PhotoPoint::new(1.5, 2.0)));
        let text = serde_json::to_string(&landmarks).unwrap();
        assert_eq!(text, r#"{"temple-left":[1.5,2.0]}"#);
        assert_eq!(serde_json::from_str::<Landmarks>(&text).unwrap(), landmarks);
        for landmark in Landmark::ALL {
            let mut alone = Landmarks::default();
            alone.set(landmark, Some(PhotoPoint::new(1.0, 2.0)));
            let text = format!(r#"{{"{}":[1.0,2.0]}}"#, landmark.key());
            assert_eq!(serde_json::to_string(&alone).unwrap(), text);
            assert_eq!(alone.points_mut().count(), 1);
        }
        for bad in [r#"{"temple":[1,2]}"#, r#"{"chin":[1]}"#, r#"{"chin":[1,2,3]}"#, r#"{"chin":[1,2],"chin":null}"#] {
            assert!(serde_json::from_str::<Landmarks>(bad).is_err(), "{bad}");
        }
    }
}
