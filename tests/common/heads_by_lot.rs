//! Many heads with a truth: lengths and areas along their skin as seen in a picture, and heads drawn by lot from the
//! population, in the poses that visitors photograph themselves in.
#![cfg(test)]
#![allow(dead_code, reason = "no test binary uses all of it")]

use sample_head::{Build, BuiltHead, Camera, SampleScene, SampleTone, SampleTruth, Shape};

/// A place of a picture, photo pixels.
pub(crate) type Place = (f64, f64);

/// A point or direction in the head's axes, mm.
pub(crate) type Point = [f64; 3];

/// Side of the squares that areas are summed over, and the steps that lengths are summed over, mm in the picture plane.
const AREA_PITCH_MM: f64 = 0.5;
const LENGTH_STEP_MM: f64 = 0.25;

/// Skin turned away by more than so many degrees is left out of areas: hardly anything of it is seen.
const STEEPEST_DEGREES: f64 = 85.0;

/// An area of skin within an outline in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SeenArea {
    /// Along the skin, cm2.
    pub(crate) cm2: f64,
    /// The share of the outline's inside, as it lies in the picture, that was left out because no head is seen there or
    /// its skin is turned away by more than 85 degrees. 0 to 1.
    pub(crate) left_out: f64,
}

/// How the skin lies at a place of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Facing {
    /// Away from the skin, head's axes, unit length.
    pub(crate) normal: Point,
    /// Angle between the normal and the line to the lens: 0 faces the lens, 90 is the outline.
    pub(crate) steepness_degrees: f64,
}

/// Length along the skin under a path of the picture, mm, in steps of a quarter of a millimetre. Where a nearer part hides
/// a farther one (the nose before the cheek) the jump counts too.
///
/// # Panics
/// Where the path leaves the head.
pub(crate) fn length_mm<S: Shape>(scene: &SampleScene<S>, path: &[Place]) -> f64 {
    Skin::of(scene).length_mm(path, LENGTH_STEP_MM)
}

/// Area of the skin seen within an outline of the picture (closed, first corner not repeated), cm2. See [`seen_area`].
pub(crate) fn area_cm2<S: Shape>(scene: &SampleScene<S>, outline: &[Place]) -> f64 {
    seen_area(scene, outline).cm2
}

/// Area of the skin seen within an outline of the picture, summed over squares of half a millimetre.
pub(crate) fn seen_area<S: Shape>(scene: &SampleScene<S>, outline: &[Place]) -> SeenArea {
    Skin::of(scene).seen_area(outline, AREA_PITCH_MM)
}

/// How the skin lies at a place of the picture; `None` beside the head and within half a millimetre of its outline.
pub(crate) fn facing<S: Shape>(scene: &SampleScene<S>, place: Place) -> Option<Facing> {
    Skin::of(scene).facing(place)
}

/// A surface as it is seen in a picture.
struct Skin<F> {
    /// The point seen at a place.
    at: F,
    lens: Point,
    px_per_mm: f64,
}

impl Skin<()> {
    fn of<S: Shape>(scene: &SampleScene<S>) -> Skin<impl Fn(Place) -> Option<Point>> {
        let camera = scene.camera();
        let lens = sum(camera.target_mm, scaled(camera.toward, camera.distance_mm));
        Skin { at: |(x, y)| scene.surface(x, y), lens, px_per_mm: camera.px_per_mm }
    }
}

impl<F: Fn(Place) -> Option<Point>> Skin<F> {
    fn length_mm(&self, path: &[Place], step_mm: f64) -> f64 {
        let seen = |place: Place| (self.at)(place).unwrap_or_else(|| panic!("no head at {place:?}"));
        let piece = |(a, b): (Place, Place)| {
            let steps = ((b.0 - a.0).hypot(b.1 - a.1) / (step_mm * self.px_per_mm)).ceil().max(1.0);
            let point = |i: f64| seen((a.0 + (b.0 - a.0) * i / steps, a.1 + (b.1 - a.1) * i / steps));
            let ways = (0..steps as usize).map(|i| length(difference(point(i as f64 + 1.0), point(i as f64))));
            ways.sum::<f64>()
        };
        path.windows(2).map(|ends| piece((ends[0], ends[1]))).sum()
    }

    fn seen_area(&self, outline: &[Place], pitch_mm: f64) -> SeenArea {
        let pitch = pitch_mm * self.px_per_mm;
        let (low, high) = bounds(outline);
        let (columns, rows) = (((high.0 - low.0) / pitch).ceil() as usize, ((high.1 - low.1) / pitch).ceil() as usize);
        let place = |i: f64, j: f64| (low.0 + i * pitch, low.1 + j * pitch);
        let (mut mm2, mut within, mut counted) = (0.0, 0_u32, 0_u32);
        let mut above = vec![None; columns + 1];
        for j in 0..rows {
            let mut below = vec![None; columns + 1];
            for i in 0..columns {
                if !contains(outline, place(i as f64 + 0.5, j as f64 + 0.5)) {
                    continue;
                }
                within += 1;
                let mut corner = |row: usize, i: usize| {
                    let known: &mut Vec<Option<Option<Point>>> = if row == j { &mut above } else { &mut below };
                    *known[i].get_or_insert_with(|| (self.at)(place(i as f64, row as f64)))
                };
                let corners = [corner(j, i), corner(j, i + 1), corner(j + 1, i), corner(j + 1, i + 1)];
                let [Some(a), Some(b), Some(c), Some(d)] = corners else { continue };
                // Half the product of the diagonals is the area of a bent square, too.
                let across = cross(difference(d, a), difference(b, c));
                if self.steepness(a, across) < STEEPEST_DEGREES {
                    mm2 += 0.5 * length(across);
                    counted += 1;
                }
            }
            above = below;
        }
        SeenArea { cm2: mm2 / 100.0, left_out: 1.0 - f64::from(counted) / f64::from(within.max(1)) }
    }

    fn facing(&self, (x, y): Place) -> Option<Facing> {
        let reach = 0.5 * self.px_per_mm;
        let way = |(dx, dy): Place| Some(difference((self.at)((x + dx, y + dy))?, (self.at)((x - dx, y - dy))?));
        let normal = cross(way((0.0, -reach))?, way((-reach, 0.0))?);
        let steepness_degrees = self.steepness((self.at)((x, y))?, normal);
        Some(Facing { normal: scaled(normal, 1.0 / length(normal)), steepness_degrees })
    }

    fn steepness(&self, at: Point, normal: Point) -> f64 {
        let to_lens = difference(self.lens, at);
        (dot(normal, to_lens) / (length(normal) * length(to_lens))).clamp(-1.0, 1.0).acos().to_degrees()
    }
}

/// How a head is photographed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pose {
    Front,
    /// The crown, forehead at the lower edge.
    Top,
    /// The face from 45 degrees above, or bowed by so much.
    FrontAbove45,
    /// The nose points to the picture's left.
    Left,
    /// The nose points to the picture's right.
    Right,
    Back,
}

impl Pose {
    pub(crate) const ALL: [Self; 6] = [Self::Front, Self::Top, Self::FrontAbove45, Self::Left, Self::Right, Self::Back];

    /// What points to the right, up and to the lens in the plain picture of the pose, head's axes.
    fn axes(self) -> [Point; 3] {
        match self {
            Self::Front | Self::FrontAbove45 => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Self::Top => [[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]],
            Self::Left => [[0.0, 0.0, -1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]],
            Self::Right => [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]],
            Self::Back => [[-1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, -1.0]],
        }
    }

    /// How far the top of the head leans to the lens in the plain pose, degrees.
    fn pitch(self) -> f64 {
        if self == Self::FrontAbove45 { 45.0 } else { 0.0 }
    }

    /// What the camera is aimed at: the middle between the pupils where they are seen, else the middle of the cranium.
    fn target(self, build: &Build) -> Point {
        match self {
            Self::Front | Self::FrontAbove45 => EYES,
            _ => [0.0, CRANIUM[1] * build.height, EYES[2] + (CRANIUM[2] - EYES[2]) * build.length],
        }
    }

    /// How far the target lies below the picture's upper edge, mm: the head has room on all sides.
    fn target_down_mm(self) -> f64 {
        match self {
            Self::Front => 165.0,
            Self::Top => 160.0,
            Self::FrontAbove45 => 190.0,
            Self::Left | Self::Right | Self::Back => 125.0,
        }
    }
}

/// The middle between the pupils, and the middle of the usual head's cranium.
const EYES: Point = [0.0, 0.0, 79.0];
const CRANIUM: Point = [0.0, 38.0, -2.0];

/// Size of a subject's picture in its picture plane, mm.
const PICTURE_MM: (f64, f64) = (300.0, 320.0);

/// A head before a camera, with all that is known of it.
pub(crate) struct Subject {
    /// 300 x 320 pixels at one pixel a millimetre. [`Subject::scene_at`] is the same in more pixels.
    pub(crate) scene: SampleScene<BuiltHead>,
    pub(crate) pose: Pose,
    /// Its picture plane goes through the pupils from the front and from above it, else through the cranium's middle.
    pub(crate) camera: Camera,
    pub(crate) build: Build,
    pub(crate) tone: SampleTone,
    pub(crate) pupils_mm: f64,
    pub(crate) truth: SampleTruth,
    /// How the head differs from the plain side that is seen, degrees: turned to the picture's right, its top leaning to
    /// the lens (45 and more or less in [`Pose::FrontAbove45`]), leaning clockwise in the picture.
    pub(crate) yaw: f64,
    pub(crate) pitch: f64,
    pub(crate) roll: f64,
}

impl Subject {
    /// The same picture at another number of pixels a millimetre.
    pub(crate) fn scene_at(&self, px_per_mm: f64) -> SampleScene<BuiltHead> {
        let factor = px_per_mm / self.camera.px_per_mm;
        let target_px = (self.camera.target_px.0 * factor, self.camera.target_px.1 * factor);
        scene(Camera { px_per_mm, target_px, ..self.camera }, self.tone, self.build)
    }
}

fn scene(camera: Camera, tone: SampleTone, build: Build) -> SampleScene<BuiltHead> {
    let pixels = |mm: f64| (mm * camera.px_per_mm).round() as u32;
    SampleScene::with_build(camera, (pixels(PICTURE_MM.0), pixels(PICTURE_MM.1)), tone, build)
}

/// So many heads drawn by lot, the same ones for the same seed, pose after pose in the order of [`Pose::ALL`].
pub(crate) fn random(seed: u32, count: usize) -> impl Iterator<Item = Subject> {
    let poses = Pose::ALL.into_iter().cycle().take(count);
    poses.enumerate().map(move |(i, pose)| subject(&mut Dice::new(seed, i), pose))
}

/// So many heads drawn by lot, all in one pose.
pub(crate) fn random_in(pose: Pose, seed: u32, count: usize) -> impl Iterator<Item = Subject> {
    (0..count).map(move |i| subject(&mut Dice::new(seed, i), pose))
}

fn subject(dice: &mut Dice, pose: Pose) -> Subject {
    let build = build(dice);
    let tone = SampleTone::ALL[(dice.even() * 5.0) as usize];
    let distance_mm = dice.between(600.0, 2500.0);
    let (yaw, pitch, roll) = (dice.around(6.0), pose.pitch() + dice.around(8.0), dice.around(5.0));
    let [_, up, toward] = turned(pose.axes(), yaw, pitch, roll);
    let camera = Camera {
        distance_mm,
        target_mm: pose.target(&build),
        toward,
        up,
        px_per_mm: 1.0,
        target_px: (0.5 * PICTURE_MM.0, pose.target_down_mm()),
    };
    let scene = scene(camera, tone, build);
    let truth = scene.truth();
    Subject { scene, pose, camera, build, tone, pupils_mm: build.pupils_mm, truth, yaw, pitch, roll }
}

/// A head from the population of adults. Spreads are standard deviations over means: length 8 of 195 mm (UK adults),
/// breadth over the cheekbones 4.6 of 134 mm (J. Korean Assoc. Maxillofac. Plast. Reconstr. Surg. 2019), pupils 63 mm
/// apart (Dodgson) with 3.7 mm; the height's spread, foreheads and squareness are our estimate. What belongs to one head
/// is drawn independently, so odd heads are a little more frequent than they are.
fn build(dice: &mut Dice) -> Build {
    Build {
        width: 1.0 + 4.6 / 134.0 * dice.normal(),
        height: 1.0 + 0.035 * dice.normal(),
        length: 1.0 + 8.0 / 195.0 * dice.normal(),
        forehead: dice.around(6.0),
        squareness: dice.around(0.1),
        pupils_mm: (63.0 + 3.7 * dice.normal()).clamp(50.0, 75.0),
    }
}

/// The axes of a picture (right, up, to the lens) after the head before it is turned, nods and leans, degrees.
fn turned([right, up, toward]: [Point; 3], yaw: f64, pitch: f64, roll: f64) -> [Point; 3] {
    // Two axes after what belongs to them was turned from the first to the second.
    let spin = |a: Point, b: Point, degrees: f64| {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        (sum(scaled(a, cosine), scaled(b, sine)), sum(scaled(b, cosine), scaled(a, -sine)))
    };
    let (right, toward) = spin(right, toward, yaw);
    let (toward, up) = spin(toward, up, pitch);
    let (right, up) = spin(right, up, roll);
    [right, up, toward]
}

/// Lots that fall the same way for the same seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn new(seed: u32, throw: usize) -> Self {
        let mut dice = Self(u64::from(seed) << 32 | throw as u64);
        // Seeds that lie side by side begin far apart.
        dice.0 = dice.bits();
        dice
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Evenly in [0, 1).
    fn even(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.even()
    }

    /// Evenly in [-most, most).
    fn around(&mut self, most: f64) -> f64 {
        self.between(-most, most)
    }

    /// Standard normal, within 6: twelve even numbers.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.even()).sum::<f64>() - 6.0
    }
}

fn bounds(outline: &[Place]) -> (Place, Place) {
    let none = ((f64::INFINITY, f64::INFINITY), (f64::NEG_INFINITY, f64::NEG_INFINITY));
    outline.iter().fold(none, |(low, high), &(x, y)| ((low.0.min(x), low.1.min(y)), (high.0.max(x), high.1.max(y))))
}

/// Whether a place lies inside a closed outline (even-odd).
fn contains(outline: &[Place], (x, y): Place) -> bool {
    let next = outline.iter().cycle().skip(1);
    let crossed = outline
        .iter()
        .zip(next)
        .filter(|((ax, ay), (bx, by))| (*ay > y) != (*by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax));
    crossed.count() % 2 == 1
}

fn dot(a: Point, b: Point) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn length(a: Point) -> f64 {
    dot(a, a).sqrt()
}

fn sum(a: Point, b: Point) -> Point {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

fn scaled(a: Point, k: f64) -> Point {
    a.map(|v| v * k)
}

fn difference(a: Point, b: Point) -> Point {
    sum(a, scaled(b, -1.0))
}

fn cross(a: Point, b: Point) -> Point {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

mod tests {
    use super::*;
    use std::f64::consts::PI;
    use std::sync::LazyLock;

    static FRONTAL: LazyLock<SampleScene> = LazyLock::new(|| SampleScene::frontal(SampleTone::default()));

    const RADIUS_MM: f64 = 90.0;

    /// A ball seen from far away at 4 pixels a millimetre, its middle at (0, 0) of the picture.
    fn ball() -> Skin<impl Fn(Place) -> Option<Point>> {
        let at = |(x, y): Place| {
            let (x, y) = (x / 4.0, -y / 4.0);
            let behind = RADIUS_MM * RADIUS_MM - x * x - y * y;
            (behind >= 0.0).then(|| [x, y, behind.sqrt()])
        };
        Skin { at, lens: [0.0, 0.0, 1e9], px_per_mm: 4.0 }
    }

    /// The outline in the picture of the part of the ball that is turned away by less than an angle.
    fn cap(degrees: f64) -> Vec<Place> {
        let r = 4.0 * RADIUS_MM * degrees.to_radians().sin();
        (0..720).map(|i| (f64::from(i) * PI / 360.0).sin_cos()).map(|(s, c)| (r * c, r * s)).collect()
    }

    /// A square about a place of the picture.
    fn square((x, y): Place, side: f64) -> [Place; 4] {
        let h = 0.5 * side;
        [(x - h, y - h), (x + h, y - h), (x + h, y + h), (x - h, y + h)]
    }

    #[test]
    fn caps_of_a_ball_have_the_area_of_caps() {
        for degrees in [5.0, 30.0, 60.0, 80.0_f64] {
            let true_cm2 = 2.0 * PI * RADIUS_MM * RADIUS_MM * (1.0 - degrees.to_radians().cos()) / 100.0;
            let seen = ball().seen_area(&cap(degrees), AREA_PITCH_MM);
            println!("cap of {degrees} degrees: {:.3} cm2, truly {true_cm2:.3}", seen.cm2);
            assert!((seen.cm2 / true_cm2 - 1.0).abs() < 0.003, "{degrees}: {seen:?}, truly {true_cm2}");
            assert_eq!(seen.left_out, 0.0, "{degrees}");
        }
    }

    #[test]
    fn what_is_too_steep_or_no_head_is_left_out() {
        let seen = ball().seen_area(&square((0.0, 0.0), 8.0 * RADIUS_MM), AREA_PITCH_MM);
        let true_share = 1.0 - PI * STEEPEST_DEGREES.to_radians().sin().powi(2) / 4.0;
        assert!((seen.left_out - true_share).abs() < 0.002, "{seen:?}, truly {true_share}");
        let true_cm2 = 2.0 * PI * RADIUS_MM * RADIUS_MM * (1.0 - STEEPEST_DEGREES.to_radians().cos()) / 100.0;
        assert!((seen.cm2 / true_cm2 - 1.0).abs() < 0.01, "{seen:?}, truly {true_cm2}");
    }

    #[test]
    fn a_great_circle_of_a_ball_is_measured_along_it() {
        for degrees in [2.0, 45.0, 80.0_f64] {
            let end = 4.0 * RADIUS_MM * degrees.to_radians().sin();
            let true_mm = RADIUS_MM * 2.0 * degrees.to_radians();
            let (slope_x, slope_y) = (0.6, 0.8);
            let path = [(-end * slope_x, end * slope_y), (0.0, 0.0), (end * slope_x, -end * slope_y)];
            let seen = ball().length_mm(&path, LENGTH_STEP_MM);
            assert!((seen / true_mm - 1.0).abs() < 1e-4, "{degrees}: {seen} mm, truly {true_mm}");
        }
    }

    #[test]
    fn a_ball_is_as_steep_as_it_is() {
        for degrees in [0.0, 40.0, 75.0_f64] {
            let seen = ball().facing((0.0, -4.0 * RADIUS_MM * degrees.to_radians().sin())).unwrap();
            assert!((seen.steepness_degrees - degrees).abs() < 0.1, "{degrees}: {seen:?}");
            assert!((seen.normal[1] - degrees.to_radians().sin()).abs() < 1e-3, "{degrees}: {seen:?}");
        }
        assert_eq!(ball().facing((0.0, 4.0 * RADIUS_MM + 1.0)), None);
    }

    /// Places up the forehead and over its side, from facing to steep.
    fn forehead() -> impl Iterator<Item = Place> {
        let (x, y) = FRONTAL.truth().glabella;
        [(0.0, 18.0), (0.0, 45.0), (0.0, 75.0), (30.0, 40.0), (45.0, 50.0)]
            .into_iter()
            .map(move |(right, up)| (x + 5.0 * right, y - 5.0 * up))
    }

    #[test]
    fn a_patch_of_skin_is_its_picture_over_the_cosine_of_its_steepness() {
        for place in forehead() {
            let Facing { steepness_degrees, .. } = facing(&*FRONTAL, place).unwrap();
            // the forehead lies before the picture plane and looks larger
            let [_, _, z] = FRONTAL.surface(place.0, place.1).unwrap();
            let mm_per_px = (6000.0 - (z - 79.0)) / 6000.0 / 5.0;
            let expected = (20.0 * mm_per_px).powi(2) / steepness_degrees.to_radians().cos() / 100.0;
            let seen = area_cm2(&*FRONTAL, &square(place, 20.0));
            println!("4 mm at {steepness_degrees:.1} degrees: {seen:.5} cm2, expected {expected:.5}");
            assert!((seen / expected - 1.0).abs() < 0.01, "{place:?}, {steepness_degrees}: {seen}, not {expected}");
        }
    }

    #[test]
    fn finer_steps_measure_the_same() {
        let (x, y) = FRONTAL.truth().glabella;
        let skin = Skin::of(&*FRONTAL);
        let path = [(x - 250.0, y - 200.0), (x, y - 375.0), (x + 250.0, y - 200.0)];
        let (usual, finer) = (skin.length_mm(&path, LENGTH_STEP_MM), skin.length_mm(&path, LENGTH_STEP_MM / 4.0));
        println!("along the hairline {usual:.3} mm, in finer steps {finer:.3} mm");
        assert!((usual / finer - 1.0).abs() < 0.002, "{usual} {finer}");
        let outline = [(x - 250.0, y - 200.0), (x, y - 450.0), (x + 250.0, y - 200.0), (x, y - 100.0)];
        let (usual, finer) = (skin.seen_area(&outline, 0.5), skin.seen_area(&outline, 0.2));
        println!("above the brows {usual:?}, in finer squares {finer:?}");
        assert!((usual.cm2 / finer.cm2 - 1.0).abs() < 0.002, "{usual:?} {finer:?}");
    }

    #[test]
    fn the_same_seed_draws_the_same_heads() {
        let drawn = |seed: u32| random(seed, 6).map(|s| (s.build, s.camera, s.truth)).collect::<Vec<_>>();
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1)[0], drawn(2)[0]);
    }

    #[test]
    fn heads_are_those_of_the_population() {
        type Size = fn(&Build) -> f64;
        let builds: Vec<Build> = (0..4000).map(|i| build(&mut Dice::new(9, i))).collect();
        let spread = |of: Size| {
            let mean = builds.iter().map(of).sum::<f64>() / builds.len() as f64;
            let variance = builds.iter().map(|b| (of(b) - mean).powi(2)).sum::<f64>() / builds.len() as f64;
            (mean, variance.sqrt())
        };
        let expected: [(Size, f64, f64); 4] = [
            (|b| 195.0 * b.length, 195.0, 8.0),
            (|b| 134.0 * b.width, 134.0, 4.6),
            (|b| b.pupils_mm, 63.0, 3.7),
            (|b| b.forehead, 0.0, 12.0 / 12.0_f64.sqrt()),
        ];
        for (of, mean, deviation) in expected {
            let seen = spread(of);
            assert!((seen.0 - mean).abs() < 0.1 * deviation, "{seen:?}, expected {mean}");
            assert!((seen.1 / deviation - 1.0).abs() < 0.05, "{seen:?}, expected {deviation}");
        }
        assert!(builds.iter().all(|b| (50.0..=75.0).contains(&b.pupils_mm)));
    }

    #[test]
    fn turn_nod_and_tilt_are_seen_in_the_picture() {
        let plain = Pose::Front.axes();
        let nose = |yaw, pitch, roll| {
            let [right, up, _] = turned(plain, yaw, pitch, roll);
            (dot(right, [0.0, 0.0, 1.0]), dot(up, [0.0, 0.0, 1.0]))
        };
        assert!(nose(10.0, 0.0, 0.0).0 > 0.1, "a head turned to the right points there with its nose");
        assert!(nose(0.0, 10.0, 0.0).1 < -0.1, "a head that nods points down with its nose");
        let [right, ..] = turned(plain, 0.0, 0.0, 10.0);
        assert!(dot(right, [0.0, 1.0, 0.0]) > 0.1, "a head that leans clockwise has its top to the right");
    }

    #[test]
    fn every_head_is_whole_in_its_picture() {
        for s in random(3, 24) {
            let (low, high) = bounds(&s.truth.outline);
            let (width, height) = (f64::from(s.scene.width()), f64::from(s.scene.height()));
            let fits = low.0 > 3.0 && low.1 > 3.0 && high.0 < width - 3.0 && high.1 < height - 3.0;
            assert!(fits, "{:?} {:?} {:?}: {low:?} to {high:?}", s.pose, s.build, s.camera);
        }
    }
}
