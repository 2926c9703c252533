//! Shapes that are placed, held against heads of real shape: their points have to lie where their rule says on the skin.
#![cfg(test)]

use crate::measured_head::{FACE, HeadPicture, MeasuredHead, Point, SCALP, distance};
use crate::skip::skip;
use hairline_designer::engine::calibration::{
    FaceFit, FaceFrame, HairOnTop, Head, HeadParameters, Landmark, LandmarkInput, Landmarks, Scale, Side, SkinFrame,
    Surface,
};
use hairline_designer::engine::catalog::{Parameters, RulePoint, SHAPES, ShapeRule};
use hairline_designer::engine::editor::ShapeContext;
use hairline_designer::engine::geometry::{Mm, PhotoPoint, PxPerMm};
use sample_head::Camera;

/// How far a point of a shape may lie from where its rule puts it when the landmarks, the pose and the outline of the head
/// are right, mm in the plane of the pupils: the middle one of all heads, and 95 of 100; and along the skin.
const SEEN_MM: (f64, f64) = (2.0, 4.0);
const ON_SKIN_MM: (f64, f64) = (2.0, 6.0);
/// Skin turned away from the camera by more than 70 degrees is seen at a third of its length or less: cosine.
const STEEPEST: f64 = 0.34;
/// Steps by which a forehead is climbed, mm upwards.
const CLIMB_MM: f64 = 0.25;

const PX_PER_MM: f64 = 4.0;
const SIZE: (u32, u32) = (1280, 1600);
const CAMERA: Camera = Camera {
    distance_mm: 1000.0,
    target_mm: [0.0, 0.0, 0.0],
    toward: [0.0, 0.0, 1.0],
    up: [0.0, 1.0, 0.0],
    px_per_mm: PX_PER_MM,
    target_px: (640.0, 768.0),
};

/// A head with its landmarks, pose and outline as they truly are.
struct Known {
    head: MeasuredHead,
    picture: HeadPicture,
    /// From so far away that a place of the picture is one of the head.
    plain: HeadPicture,
    by_hand: Landmarks,
    skin: SkinFrame,
}

fn seen(place: Point) -> PhotoPoint {
    let (x, y) = CAMERA.project(place);
    PhotoPoint::new(x, y)
}

impl Known {
    fn of(head: MeasuredHead) -> Self {
        let picture = HeadPicture::new(&head, CAMERA, SIZE, 0.5);
        let plain = HeadPicture::new(&head, Camera { distance_mm: 1e7, ..CAMERA }, SIZE, 0.5);
        let mut by_hand = Landmarks::default();
        let named = [
            (Landmark::CanthusLeft, "outer_canthus_picture_left"),
            (Landmark::CanthusRight, "outer_canthus_picture_right"),
            (Landmark::NoseBase, "subnasale"),
            (Landmark::Chin, "chin"),
        ];
        named.into_iter().for_each(|(landmark, name)| by_hand.set(landmark, Some(seen(head.landmark(name)))));
        let scale = PxPerMm::new(PX_PER_MM).unwrap();
        let frame = Scale { px_per_mm: scale, least: 1.0, most: 1.0, rough: false };
        let face = FaceFrame::new(pupils(&head), seen(head.landmark("glabella")), frame);
        let parameters = HeadParameters { length: Mm(head.measure("length")), camera: Mm(CAMERA.distance_mm) };
        let eyes = pupils(&head).0.lerp(pupils(&head).1, 0.5);
        let surface = Surface::of_head(&outline(&picture), scale, Some(eyes), &parameters);
        Self { skin: SkinFrame::new(face, surface), head, picture, plain, by_hand }
    }

    /// Where the points of a line of a shape truly lie. `None` beside the head.
    fn truly(&self, line: &[RulePoint]) -> Vec<Option<Point>> {
        let along: Vec<Option<Point>> =
            line.iter().map(|point| (!point.straight).then(|| self.climbed(point.right.0, point.up.0))?).collect();
        let [middle, level, _] = self.head.landmark("glabella");
        let nearest = |place: usize| {
            let known =
                along.iter().zip(line).enumerate().filter_map(|(at, (known, rule))| Some((at, known.as_ref()?, rule)));
            known.min_by_key(|(at, ..)| at.abs_diff(place)).map_or((level, 0.0), |(_, [_, y, _], rule)| (*y, rule.up.0))
        };
        let place = |(at, point): (usize, &RulePoint)| {
            let (y, up) = nearest(at);
            along[at].or_else(|| self.foremost(middle + point.right.0, y + point.up.0 - up))
        };
        line.iter().enumerate().map(place).collect()
    }

    fn foremost(&self, x: f64, y: f64) -> Option<Point> {
        let (across, down) = CAMERA.target_px;
        self.plain.surface(PhotoPoint::new(across + x * PX_PER_MM, down - y * PX_PER_MM))
    }

    /// The place so far up along the skin from the level of the glabella, straight up the head.
    fn climbed(&self, right: f64, up: f64) -> Option<Point> {
        let [middle, level, _] = self.head.landmark("glabella");
        let mut here = self.foremost(middle + right, level)?;
        let mut left = up;
        while left > 0.0 {
            let next = self.foremost(middle + right, here[1] + CLIMB_MM)?;
            (left, here) = (left - distance(here, next), next);
        }
        Some(here)
    }

    /// How far the points of a shape lie from where its rule puts them: in the plane of the pupils and along the skin, mm.
    /// What is turned away too far is left out.
    fn errors(&self, rule: &ShapeRule) -> Vec<(f64, f64)> {
        let parameters = Parameters::default();
        let fit = FaceFit::new(LandmarkInput {
            pupils: pupils(&self.head),
            scale: PxPerMm::new(PX_PER_MM).unwrap(),
            glabella: Some(seen(self.head.landmark("glabella"))),
            by_hand: &self.by_hand,
            head: None,
            parameters: parameters.face(),
        });
        let ground = ShapeContext { fit: &fit, skin: &self.skin };
        let params = ground.params(rule, &parameters);
        let wanted = rule.points(&params, ground.pupil_distance());
        let placed = wanted.iter().zip(ground.shaped(rule, &params));
        let pairs = placed.flat_map(|(wanted, placed)| self.truly(wanted).into_iter().zip(placed));
        pairs.filter_map(|(truth, (at, _))| self.error(truth?, at)).collect()
    }

    fn error(&self, truth: Point, at: PhotoPoint) -> Option<(f64, f64)> {
        let there = seen(truth);
        if self.picture.facing(there) < STEEPEST {
            return None;
        }
        let way: Option<Vec<Point>> =
            (0..=8).map(|step| self.picture.surface(there.lerp(at, f64::from(step) / 8.0))).collect();
        let along = way?.windows(2).map(|pair| distance(pair[0], pair[1])).sum();
        Some((at.distance(there) / PX_PER_MM, along))
    }
}

fn pupils(head: &MeasuredHead) -> (PhotoPoint, PhotoPoint) {
    (seen(head.landmark("pupil_picture_left")), seen(head.landmark("pupil_picture_right")))
}

/// The outline of the skull without its ears, as it truly is.
fn outline(picture: &HeadPicture) -> Head {
    let (mut left, mut right, mut top) = (f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY);
    for (y, x) in (0..picture.height).flat_map(|y| (0..picture.width).map(move |x| (y, x))) {
        let skull = picture.skin(x, y).filter(|(place, region, _)| [FACE, SCALP].contains(region) && place[1] > 15.0);
        if skull.is_some() {
            let at = picture.photo(x, y);
            (left, right, top) = (left.min(at.x), right.max(at.x), top.min(at.y));
        }
    }
    let centre = PhotoPoint::new((left + right) / 2.0, CAMERA.target_px.1 - 27.0 * PX_PER_MM);
    Head {
        side: Side::Front,
        centre,
        half_width: (right - left) / 2.0,
        half_height: centre.y - top,
        roll: 0.0,
        yaw: 0.0,
        pitch: 0.0,
        camera: Mm(CAMERA.distance_mm),
        camera_told: true,
        by_hand: true,
        outline_unseen: false,
        hair_on_top: HairOnTop::Bare,
    }
}

/// The number that such a share of some numbers does not exceed.
fn most(mut numbers: Vec<f64>, share: f64) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[((numbers.len() - 1) as f64 * share) as usize]
}

#[test]
fn shapes_land_where_their_rule_says() {
    let Some(folder) = MeasuredHead::folder() else { return skip("no ../shared/heads") };
    let heads: Vec<Known> = (0..24).map(|number| Known::of(MeasuredHead::read(&folder, 2 * number))).collect();
    let mut all: Vec<(f64, f64)> = Vec::new();
    for rule in SHAPES {
        let errors: Vec<(f64, f64)> = heads.iter().flat_map(|head| head.errors(rule)).collect();
        let seen: Vec<f64> = errors.iter().map(|error| error.0).collect();
        let on_skin: Vec<f64> = errors.iter().map(|error| error.1).collect();
        let [seen, on_skin] = [seen, on_skin].map(|errors| (most(errors.clone(), 0.5), most(errors, 0.95)));
        println!(
            "{:>14}: {seen:.2?} mm (median, 95 of 100); along the skin {on_skin:.2?}, {} points",
            rule.key,
            errors.len()
        );
        all.extend(errors);
    }
    let seen: Vec<f64> = all.iter().map(|error| error.0).collect();
    let on_skin: Vec<f64> = all.iter().map(|error| error.1).collect();
    let [seen, on_skin] = [seen, on_skin].map(|errors| (most(errors.clone(), 0.5), most(errors, 0.95)));
    println!("all shapes: {seen:.2?} mm; along the skin {on_skin:.2?}");
    assert!(seen.0 < SEEN_MM.0 && seen.1 < SEEN_MM.1, "{seen:?}");
    assert!(on_skin.0 < ON_SKIN_MM.0 && on_skin.1 < ON_SKIN_MM.1, "{on_skin:?}");
}
