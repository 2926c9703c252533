//! One head seen from several sides: the same skin painted on two of them counts once, other skin adds up.
#![cfg(test)]

use crate::head::sample_side;
use crate::measured_head::{HeadPicture, MeasuredHead, distance};
use crate::skip::skip;
use hairline_designer::engine::calibration::{Calibration, Reference, Side};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::design::{Appearance, AreaFill, Design, FillOp, PhotoRef, View};
use hairline_designer::engine::dots::{BlueNoiseTile, Field};
use hairline_designer::engine::editor::{AnalysisImage, seen_head};
use hairline_designer::engine::geometry::{Mm, PhotoPoint, Polygon};
use hairline_designer::engine::measure::{Figures, Survey, Zone, ZoneFigures};
use sample_head::{Build, BuiltHead, Camera, SampleScene, SampleTone, render_rows};
use std::f64::consts::TAU;
use std::rc::Rc;
use std::sync::LazyLock;

/// How far skin that is painted on two sides may be off its truth, and skin that is painted apart off the sum.
const COUNTED_ONCE: f64 = 0.10;
const COUNTED_APART: f64 = 0.001;

const SEED: u32 = 1;
static TILE: LazyLock<Vec<f32>> = LazyLock::new(|| BlueNoiseTile::grow(SEED).to_pairs());

/// Pixels a millimetre of a photo, and of the smaller picture in which its head is looked for.
const FINE: f64 = 4.0;
const COARSE: f64 = 1.5;
/// A photo from about two steps away.
const DISTANCE_MM: f64 = 1200.0;

/// A head, photographed from a side and measured as a visitor would.
struct Photo {
    side: Side,
    camera: Camera,
    scene: SampleScene<BuiltHead>,
    view: View,
}

fn camera(side: Side, build: Build, px_per_mm: f64) -> Camera {
    let plain = Camera { distance_mm: DISTANCE_MM, ..sample_side(side).camera() };
    let [x, y, z] = plain.target_mm;
    // The picture plane of a head of another build touches it where that of the usual head did.
    let eyes = 79.0;
    let target_mm = [x * build.width, y * build.height, eyes + (z - eyes) * build.length];
    let target_px = [plain.target_px.0, plain.target_px.1].map(|px| px * px_per_mm / plain.px_per_mm);
    Camera { target_mm, px_per_mm, target_px: (target_px[0], target_px[1]), ..plain }
}

fn photographed(side: Side, build: Build) -> Photo {
    let scene = |px_per_mm: f64| {
        let size = ((240.0 * px_per_mm) as u32, (300.0 * px_per_mm) as u32);
        SampleScene::with_build(camera(side, build, px_per_mm), size, SampleTone::default(), build)
    };
    let (scene, looked_at) = (scene(FINE), scene(COARSE));
    let truth = scene.truth();
    let at = |(x, y): (f64, f64)| PhotoPoint::new(x, y);
    let calibration = if side == Side::Front {
        let reference = Reference::TypedPupils { distance: Mm(build.pupils_mm) };
        Calibration { reference, a: at(truth.pupil_left), b: at(truth.pupil_right) }
    } else {
        // As of a card on the skin that is nearest to the camera.
        let reference = Reference::Points { distance: Mm(85.6) };
        Calibration { reference, a: at((100.0, 100.0)), b: at((100.0 + 85.6 * FINE, 100.0)) }
    };
    let (width, height) = (scene.width(), scene.height());
    let mut view = View {
        photo: Some(PhotoRef { width, height, quarter_turns: 0, level: 0.0, digest: format!("{side:?}") }),
        calibration: Some(calibration),
        glabella: (side == Side::Front).then(|| at(truth.glabella)),
        ..View::default()
    };
    let pixels = render_rows(&looked_at, 0..looked_at.height());
    let analysis_image = AnalysisImage::new(pixels, looked_at.width() as usize, COARSE / FINE);
    view.head = Some(seen_head(&view, &Parameters::default(), side, Some(&analysis_image)));
    Photo { side, camera: camera(side, build, FINE), scene, view }
}

impl Photo {
    /// Where the skin within so many mm, straight, of any of some points of the head ends in the picture. It must be a star
    /// about what is seen midway between them.
    fn discs(&self, discs: &[([f64; 3], f64)]) -> Vec<(f64, f64)> {
        let middles = discs.iter().map(|(middle, _)| self.camera.project(*middle));
        let sum = middles.fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x, sum.1 + y));
        let (x, y) = (sum.0 / discs.len() as f64, sum.1 / discs.len() as f64);
        let is_inside = |place: (f64, f64)| {
            let Some(skin) = self.scene.surface(place.0, place.1) else { return false };
            let apart = |middle: [f64; 3]| skin.iter().zip(middle).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
            discs.iter().any(|(middle, radius)| apart(*middle) < *radius)
        };
        let farthest = discs.iter().map(|(_, radius)| 2.5 * radius * FINE).fold(0.0, f64::max);
        let end = |step: u32| {
            let (sine, cosine) = (TAU * f64::from(step) / 90.0).sin_cos();
            let place = |reach: f64| (x + cosine * reach, y + sine * reach);
            let (mut inside, mut outside) = (0.0, farthest);
            for _ in 0..30 {
                let reach = (inside + outside) / 2.0;
                *(if is_inside(place(reach)) { &mut inside } else { &mut outside }) = reach;
            }
            place(inside)
        };
        (0..90).map(end).collect()
    }

    /// The same of one point.
    fn disc(&self, middle: [f64; 3], radius: f64) -> Vec<(f64, f64)> {
        self.discs(&[(middle, radius)])
    }

    /// A point of the skin in the picture of this side, by shares of its size.
    fn skin(&self, across: f64, down: f64) -> [f64; 3] {
        let (width, height) = (f64::from(self.scene.width()), f64::from(self.scene.height()));
        self.scene.surface(width * across, height * down).expect("skin")
    }
}

/// What is painted: an outline on a side.
type Painted<'a> = (Side, &'a View, Vec<(f64, f64)>);

fn figures(painted: &[Painted]) -> Figures {
    let parameters = Parameters::default();
    let mut design = Design::new(&parameters, SEED);
    design.look = Appearance { softness: 0.0, ..design.look };
    for (side, measured, outline) in painted {
        let boundary = outline.iter().map(|(x, y)| PhotoPoint::new(*x, *y)).collect();
        let fill = AreaFill { closed: true, ..AreaFill::even(boundary, 120.0) };
        let view = design.views.of_mut(*side);
        let before = std::mem::take(&mut view.fill);
        *view = View { fill: before, ..(*measured).clone() };
        view.fill.push(Rc::new(FillOp::ToHere(fill)));
    }
    let survey = |(side, view): (Side, &View)| {
        let mut field = Field::new(Rc::new(BlueNoiseTile::from_pairs(&TILE).unwrap()), SEED);
        field.sync_side(&design, side, &parameters);
        (side, Rc::new(Survey::of(&field, view, &parameters)))
    };
    let surveys: Vec<_> = design.views.each().map(survey).collect();
    Figures::over(&design, &surveys, &parameters)
}

/// A head of real shape, photographed from a side and measured as a visitor would.
struct Measured {
    side: Side,
    camera: Camera,
    picture: HeadPicture,
    view: View,
}

/// Pixels of a photo of a head of real shape, and the share of them along a side that is looked at.
const SIZE: (u32, u32) = (1280, 1520);
const ZOOM: f64 = 0.5;

impl Measured {
    fn of(head: &MeasuredHead, side: Side) -> Self {
        let [_, top, behind] = head.landmark("vertex");
        let (target_mm, [toward, up]) = match side {
            Side::Front => ([0.0; 3], [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]]),
            Side::Top => ([0.0, top, behind], [[0.0, 1.0, 0.0], [0.0, 0.0, -1.0]]),
            _ => ([head.measure("breadth") / 2.0, 30.0, behind], [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
        };
        let target_px = (640.0, 700.0);
        let camera = Camera { distance_mm: DISTANCE_MM, target_mm, toward, up, px_per_mm: FINE, target_px };
        let picture = HeadPicture::new(head, camera, SIZE, ZOOM);
        let at = |name: &str| point(camera.project(head.landmark(name)));
        let calibration = if side == Side::Front {
            let reference = Reference::TypedPupils { distance: Mm(head.measure("pupil_distance")) };
            Calibration { reference, a: at("pupil_picture_left"), b: at("pupil_picture_right") }
        } else {
            let reference = Reference::Points { distance: Mm(85.6) };
            Calibration { reference, a: point((100.0, 100.0)), b: point((100.0 + 85.6 * FINE, 100.0)) }
        };
        let photo =
            PhotoRef { width: SIZE.0, height: SIZE.1, quarter_turns: 0, level: 0.0, digest: format!("{side:?}") };
        let mut view = View {
            photo: Some(photo),
            calibration: Some(calibration),
            glabella: (side == Side::Front).then(|| at("glabella")),
            ..View::default()
        };
        view.head = Some(seen_head(&view, &Parameters::default(), side, Some(&picture.pixels())));
        Self { side, camera, picture, view }
    }

    /// The skin so many mm to the right and down from where a place is seen.
    fn skin(&self, place: [f64; 3], right: f64, down: f64) -> [f64; 3] {
        let at = point(self.camera.project(place)).moved(right * FINE, down * FINE);
        self.picture.surface(at).expect("skin")
    }

    /// As [`Photo::discs`].
    fn discs(&self, discs: &[([f64; 3], f64)]) -> Vec<(f64, f64)> {
        let middles = discs.iter().map(|(middle, _)| self.camera.project(*middle));
        let sum = middles.fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x, sum.1 + y));
        let (x, y) = (sum.0 / discs.len() as f64, sum.1 / discs.len() as f64);
        let is_inside = |place: (f64, f64)| {
            let skin = self.picture.surface(point(place));
            skin.is_some_and(|skin| discs.iter().any(|(middle, radius)| distance(skin, *middle) < *radius))
        };
        let end = |step: u32| {
            let (sine, cosine) = (TAU * f64::from(step) / 90.0).sin_cos();
            let place = |reach: f64| (x + cosine * reach, y + sine * reach);
            let reach = (0..1000).map(f64::from).take_while(|reach| is_inside(place(*reach))).last().unwrap_or(0.0);
            place(reach)
        };
        (0..90).map(end).collect()
    }

    /// The outline is painted on the photo.
    fn painted(&self, outline: Vec<(f64, f64)>) -> Painted<'_> {
        (self.side, &self.view, outline)
    }

    fn area_cm2(&self, outline: &[(f64, f64)]) -> f64 {
        let figure = Polygon::new(outline.iter().copied().map(point).collect());
        self.picture.area_cm2(|at| figure.contains(at))
    }
}

fn point((x, y): (f64, f64)) -> PhotoPoint {
    PhotoPoint::new(x, y)
}

/// Three heads of real shape, from the front, from above and from the left. Each is found in its pictures.
fn photographed_heads() -> Option<Vec<(MeasuredHead, [Measured; 3])>> {
    let folder = MeasuredHead::folder()?;
    let photographed = |number: usize| {
        let head = MeasuredHead::read(&folder, number);
        let sides = [Side::Front, Side::Top, Side::Left].map(|side| Measured::of(&head, side));
        (head, sides)
    };
    Some([12, 2, 36].map(photographed).into())
}

/// Fails when what is said of the skin painted in two photos is far from the truth, cm2.
#[track_caller]
fn counts_once(name: &str, truth: f64, painted: [Painted; 2]) {
    let alone = painted.each_ref().map(|part| figures(std::slice::from_ref(part)).area_cm2.value);
    let sides = painted.each_ref().map(|(side, ..)| *side);
    let told = figures(&painted);
    let said = told.area_cm2;
    println!(
        "{name}, {sides:?}: truly {truth:.1} cm2, alone {:.1} and {:.1}, together {:.1} ({:.1} to {:.1})",
        alone[0], alone[1], said.value, said.least, said.most
    );
    assert!((said.value / truth - 1.0).abs() < COUNTED_ONCE, "{name}, {sides:?}: {said:?}, truly {truth}");
    assert!(said.least < truth && truth < said.most, "{name}, {sides:?}: {said:?}, truly {truth}");
    let density = told.dots.value / said.value;
    assert!((density / 120.0 - 1.0).abs() < 0.03, "{name}: {density} dots per cm2");
}

#[test]
fn the_same_skin_on_two_sides_counts_once() {
    let Some(heads) = photographed_heads() else { return skip("no ../shared/heads") };
    for (head, [front, top, left]) in &heads {
        let (glabella, vertex) = (head.landmark("glabella"), head.landmark("vertex"));
        let cases = [
            ("forelock", front, top, front.skin(glabella, 0.0, -70.0), 28.0),
            ("forelock, aside", front, top, front.skin(glabella, 25.0, -62.0), 22.0),
            ("temple", front, left, front.skin(glabella, 52.0, -35.0), 18.0),
            ("side of the top", top, left, top.skin(vertex, 50.0, 0.0), 25.0),
        ];
        for (name, one, other, middle, radius) in cases {
            let [first, second] = [one, other].map(|photo| photo.discs(&[(middle, radius)]));
            let truth = one.area_cm2(&first);
            counts_once(name, truth, [one.painted(first), other.painted(second)]);
        }
    }
}

#[test]
fn what_another_side_shows_besides_is_added() {
    let Some(heads) = photographed_heads() else { return skip("no ../shared/heads") };
    for (head, [front, top, _]) in heads.iter().take(1) {
        let forelock = front.skin(head.landmark("glabella"), 0.0, -70.0);
        for (name, behind, radii) in
            [("much in common", 14.0, (28.0, 40.0)), ("some", 32.0, (26.0, 32.0)), ("little", 56.0, (28.0, 40.0))]
        {
            let behind = top.skin(forelock, 0.0, -behind);
            let both = top.discs(&[(forelock, radii.0), (behind, radii.1)]);
            let truth = top.area_cm2(&both);
            let painted =
                [front.painted(front.discs(&[(forelock, radii.0)])), top.painted(top.discs(&[(behind, radii.1)]))];
            counts_once(name, truth, painted);
        }
    }
}

#[test]
fn skin_apart_adds_up_with_each_side_s_range() {
    let [front, top, left] = &[Side::Front, Side::Top, Side::Left].map(|side| photographed(side, Build::default()));
    let painted = [
        (front.side, &front.view, front.disc(front.skin(0.5, 0.2), 20.0)),
        (top.side, &top.view, top.disc(top.skin(0.5, 0.3), 30.0)),
        (left.side, &left.view, left.disc(left.skin(0.55, 0.35), 20.0)),
    ];
    let alone = painted.each_ref().map(|part| figures(std::slice::from_ref(part)));
    let told = figures(&painted);
    let sum = |of: fn(&Figures) -> f64| alone.iter().map(of).sum::<f64>();
    let pairs: [(f64, f64); 6] = [
        (told.area_cm2.value, sum(|figures| figures.area_cm2.value)),
        (told.area_cm2.least, sum(|figures| figures.area_cm2.least)),
        (told.area_cm2.most, sum(|figures| figures.area_cm2.most)),
        (told.dots.value, sum(|figures| figures.dots.value)),
        (told.dots_after_session[0].value, sum(|figures| figures.dots_after_session[0].value)),
        (told.hours.most, sum(|figures| figures.hours.most)),
    ];
    println!("together and the sums of the sides: {pairs:?}");
    assert!(pairs.iter().all(|(said, sum)| *sum > 0.0 && (said / sum - 1.0).abs() < COUNTED_APART), "{pairs:?}");
    assert_eq!(told.sides.iter().map(|side| side.side).collect::<Vec<_>>(), [Side::Front, Side::Top, Side::Left]);
    let zones: f64 = told.zones.iter().map(|zone| zone.area_cm2.value).sum();
    assert!((zones / told.area_cm2.value - 1.0).abs() < 1e-9, "{:?}", told.zones);
    assert!(told.zones.is_sorted_by(|a, b| a.zone < b.zone), "{:?}", told.zones);
    let stands = |zone: Zone| move |known: &ZoneFigures| known.zone == zone;
    assert!(
        told.zones.iter().any(stands(Zone::Sides)) && told.zones.iter().any(stands(Zone::Crown)),
        "{:?}",
        told.zones
    );
}
