//! Clipped hair on heads whose bald picture is known: how near the new skin is to the true one, where the head ends, and whether the
//! border of what was replaced is seen. Hair is drawn strand by strand; the mask is the true one.
#![expect(clippy::expect_used, reason = "without a net or a head there is nothing to be measured")]

use crate::Row;
use crate::drawn_strands::{BLACK, BLOND, BROWN, GREY, Grows, HairStyle, Hairy, with_hair};
use crate::heads_by_lot::{Pose, Subject, random_in};
use crate::looked_at::looked_at;
use crate::truth_optics::lab;
use hairline_designer::engine::calibration::{Calibration, Reference, Side};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::clipped::{ClippedError, ClippedInput, ClippedPhoto, HairMask};
use hairline_designer::engine::color::{byte_of, light_of};
use hairline_designer::engine::design::{PhotoRef, View};
use hairline_designer::engine::editor::{AnalysisImage, seen_head};
use hairline_designer::engine::face::{PersonFinder, PersonMask, SourcePicture};
use hairline_designer::engine::geometry::{Mm, PhotoPoint, Polygon};
use hairline_designer::engine::render::PixelRect;
use palette::color_difference::Ciede2000;
use sample_head::render_rows;
use std::rc::Rc;

/// Pixels a millimetre of the pictures.
pub(crate) const PX_PER_MM: f64 = 2.5;
/// Heads, and the seeds that they are drawn from.
const HEADS: usize = 12;
const SEEDS: [(&str, u32); 2] = [("to choose by", 31), ("to judge by", 32)];
/// A pixel of the rendered wall is bluer than red by more than this; heads are not.
const BLUER: i16 = 4;

/// What stands behind a head.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Wall {
    Plain,
    /// Lighter to one side.
    Graded,
    /// With cloudy spots of some millimetres and centimetres.
    Mottled,
}

const WALLS: [Wall; 3] = [Wall::Plain, Wall::Graded, Wall::Mottled];
const LENGTHS_MM: [f64; 3] = [5.0, 15.0, 30.0];
const COLOURS: [[u8; 3]; 4] = [BLACK, BROWN, BLOND, GREY];
const GROWS: [Grows; 3] = [Grows::Sides, Grows::Fringe, Grows::ThinOnTop];

impl Wall {
    /// How much lighter it is at a place, in shares of the picture's width.
    fn lighter(self, x: f64, y: f64, seed: u32) -> f32 {
        let waves = |pitch: f64, seed: u32| {
            let (u, v) = (x / pitch, y / pitch);
            let step = |t: f64| t * t * (3.0 - 2.0 * t);
            let at = |du: i64, dv: i64| {
                let key = (u.floor() as i64 + du) as u32 ^ ((v.floor() as i64 + dv) as u32).wrapping_mul(0x9e37_79b9);
                f64::from(mixed(key ^ seed)) / f64::from(u32::MAX) - 0.5
            };
            let (right, down) = (step(u - u.floor()), step(v - v.floor()));
            let row = |dv: i64| at(0, dv) + (at(1, dv) - at(0, dv)) * right;
            row(0) + (row(1) - row(0)) * down
        };
        match self {
            Self::Plain => 1.0,
            Self::Graded => (0.7 + 0.5 * x + 0.1 * y) as f32,
            Self::Mottled => (1.0 + 0.16 * waves(0.02, seed) + 0.2 * waves(0.09, seed ^ 7)) as f32,
        }
    }
}

fn mixed(mut value: u32) -> u32 {
    value = (value ^ (value >> 16)).wrapping_mul(0x7feb_352d);
    value = (value ^ (value >> 15)).wrapping_mul(0x846c_a68b);
    value ^ (value >> 16)
}

/// A head, bald and with hair, and what the program makes of the latter.
pub(crate) struct Case {
    pub(crate) subject: Subject,
    pub(crate) width: usize,
    pub(crate) bald: Vec<u8>,
    pub(crate) hairy: Hairy,
    pub(crate) clipped: Vec<u8>,
}

impl Case {
    pub(crate) fn new(subject: Subject, index: usize, finder: &PersonFinder) -> Result<Self, ClippedError> {
        let scene = subject.scene_at(PX_PER_MM);
        let width = scene.width() as usize;
        let scene = scene.without_stubble();
        let rendered = render_rows(&scene, 0..scene.height());
        let bald = before(&rendered, width, WALLS[index % WALLS.len()], index as u32 * 7919);
        let style = HairStyle {
            grows: GROWS[index / 3 % GROWS.len()],
            length_mm: LENGTHS_MM[(index + index / 3) % LENGTHS_MM.len()],
            colour: COLOURS[index % COLOURS.len()],
        };
        let hairy = with_hair(&scene, &bald, &style, index as u32 + 1);
        let person = finder.find(&SourcePicture { pixels: &hairy.pixels, width, zoom: 1.0 }).map(Rc::new);
        let clipped = clipped(&subject, (&bald, width), &hairy, person)?;
        Ok(Self { subject, width, bald, hairy, clipped })
    }

    /// CIE L*a*b* of the mean around a pixel of one of its pictures.
    fn colour(
        &self,
        pixels: &[u8],
        (x, y): (f64, f64),
        radius: f64,
    ) -> Option<palette::Lab<palette::white_point::D65, f64>> {
        let (mut sum, mut count) = ([0.0; 3], 0.0);
        let reach = radius.ceil() as i64;
        for (dx, dy) in (-reach..=reach).flat_map(|dy| (-reach..=reach).map(move |dx| (dx, dy))) {
            if (dx * dx + dy * dy) as f64 > radius * radius {
                continue;
            }
            let (column, row) = (x as i64 + dx, y as i64 + dy);
            if column < 0 || row < 0 || column >= self.width as i64 {
                return None;
            }
            let pixel = pixels.get((row as usize * self.width + column as usize) * 4..)?.first_chunk::<3>()?;
            sum.iter_mut().zip(pixel).for_each(|(sum, byte)| *sum += f64::from(light_of(*byte)));
            count += 1.0;
        }
        Some(lab(sum.map(|sum| sum / count)))
    }

    fn share(&self, (x, y): (f64, f64)) -> u8 {
        self.hairy.shares.get(y as usize * self.width + x as usize).copied().unwrap_or(0)
    }

    /// How far the new skin is from the true one, CIEDE2000, each a mean of a mm: under the hair and well inside the head.
    pub(crate) fn skin(&self) -> Vec<f64> {
        let outline = self.outline();
        let scene = self.subject.scene_at(PX_PER_MM);
        let inside = 1.5 * PX_PER_MM;
        let places = (0..self.hairy.shares.len()).step_by(3).filter(|at| self.hairy.shares[*at] >= 128);
        let places = places.map(|at| ((at % self.width) as f64 + 0.5, (at / self.width) as f64 + 0.5));
        let is_skin = |(x, y): &(f64, f64)| {
            let around = [(inside, 0.0), (-inside, 0.0), (0.0, inside), (0.0, -inside)];
            around.iter().all(|(dx, dy)| outline.contains(PhotoPoint::new(x + dx, y + dy)))
                && scene.surface(*x, *y).is_some_and(|[_, up, _]| up > EARS_MM)
        };
        let differs = |place| {
            let (new, known) = (self.colour(&self.clipped, place, 1.2)?, self.colour(&self.bald, place, 1.2)?);
            Some(new.difference(known))
        };
        places.filter(is_skin).filter_map(differs).collect()
    }

    fn outline(&self) -> Polygon {
        let factor = PX_PER_MM / self.subject.camera.px_per_mm;
        let corners = self.subject.truth.outline.iter().map(|(x, y)| PhotoPoint::new(x * factor, y * factor));
        Polygon::new(corners.collect())
    }

    /// How far the new outline lies from the true one, mm, where hair was: where the picture has come half way from skin to wall.
    pub(crate) fn silhouette(&self) -> Vec<f64> {
        let outline = self.outline();
        let corners = outline.points();
        let scene = self.subject.scene_at(PX_PER_MM);
        let middle = outline.bounds().middle();
        let off = |corner: &PhotoPoint| {
            let length = corner.distance(middle);
            let (ux, uy) = ((corner.x - middle.x) / length, (corner.y - middle.y) / length);
            let at = |mm: f64| (corner.x + ux * mm * PX_PER_MM, corner.y + uy * mm * PX_PER_MM);
            let is_hair = [-3.0, 0.0].iter().any(|mm| self.share(at(*mm)) >= 128);
            let is_high = scene.surface(at(-3.0).0, at(-3.0).1).is_some_and(|[_, up, _]| up > EARS_MM);
            let half = |pixels: &[u8]| {
                let colour = |mm: f64| self.colour(pixels, at(mm), 1.0);
                let (inner, outer) = (self.colour(&self.bald, at(-4.0), 2.0)?, self.colour(&self.bald, at(6.0), 2.0)?);
                let steps = (0..160).map(|step| 8.0 - f64::from(step) * 0.1);
                let mut beyond =
                    steps.filter(|mm| colour(*mm).is_some_and(|seen| seen.difference(inner) < seen.difference(outer)));
                beyond.next()
            };
            if !is_hair || !is_high {
                return None;
            }
            Some((half(&self.clipped)? - half(&self.bald)?).abs())
        };
        corners.iter().filter_map(off).collect()
    }

    /// How far new skin is from the bare skin beside it, CIEDE2000, means of 4 mm across, each 2 and 5 mm from the border.
    pub(crate) fn seam(&self, new: &[u8], old: &[u8]) -> Vec<f64> {
        let outline = self.outline();
        let scene = self.subject.scene_at(PX_PER_MM);
        let near = 6.0 * PX_PER_MM;
        let share = |x: f64, y: f64| f64::from(self.share((x, y)));
        let differs = |(x, y): (f64, f64)| {
            let reach = 2.0 * PX_PER_MM;
            let slope = (share(x + reach, y) - share(x - reach, y), share(x, y + reach) - share(x, y - reach));
            let length = slope.0.hypot(slope.1);
            let (ux, uy) = (slope.0 / length, slope.1 / length);
            let at = |mm: f64| (x + ux * mm * PX_PER_MM, y + uy * mm * PX_PER_MM);
            let is_edge = length > 100.0 && (-3..=0).all(|mm| self.share(at(f64::from(2 * mm) - 2.0)) < 20);
            let around = [(near, 0.0), (-near, 0.0), (0.0, near), (0.0, -near)];
            let is_inside = around.iter().all(|(dx, dy)| outline.contains(PhotoPoint::new(x + dx, y + dy)));
            let is_high = scene.surface(x, y).is_some_and(|[_, up, _]| up > EARS_MM);
            if !is_edge || !is_inside || !is_high {
                return None;
            }
            let (new, bare) = (self.colour(new, at(2.0), 5.0)?, self.colour(old, at(-5.0), 5.0)?);
            Some(new.difference(bare))
        };
        let places = (0..self.hairy.shares.len()).filter(|at| {
            let (here, right) = (self.hairy.shares[*at], self.hairy.shares.get(at + 1).copied().unwrap_or(0));
            (here < 128) != (right < 128)
        });
        places.map(|at| ((at % self.width) as f64 + 1.0, (at / self.width) as f64 + 0.5)).filter_map(differs).collect()
    }
}

/// How far over the pupils the skin is judged, mm: lower down ears stand before it.
const EARS_MM: f64 = 14.0;

/// A rendered head before a wall.
fn before(rendered: &[u8], width: usize, wall: Wall, seed: u32) -> Vec<u8> {
    let pixels = rendered.as_chunks::<4>().0;
    let is_wall =
        |at: usize| pixels.get(at).is_some_and(|[red, _, blue, _]| i16::from(*blue) - i16::from(*red) > BLUER);
    let pixel = |(at, [red, green, blue, _]): (usize, &[u8; 4])| {
        let (x, y) = ((at % width) as f64 / width as f64, (at / width) as f64 / width as f64);
        let beside = [at.wrapping_sub(1), at + 1, at.wrapping_sub(width), at + width];
        let share = match (is_wall(at), beside.into_iter().any(is_wall)) {
            (true, _) => 1.0,
            (false, true) => 0.5,
            (false, false) => 0.0,
        };
        let lighter = 1.0 + (wall.lighter(x, y, seed) - 1.0) * share;
        let [red, green, blue] = [*red, *green, *blue].map(|byte| byte_of(light_of(byte) * lighter));
        [red, green, blue, 255]
    };
    pixels.iter().enumerate().flat_map(pixel).collect()
}

/// The picture with hair, clipped: with the true marks, the head as it is found when it is bald, and the true outline.
fn clipped(
    subject: &Subject,
    (bald, width): (&[u8], usize),
    hairy: &Hairy,
    person: Option<Rc<PersonMask>>,
) -> Result<Vec<u8>, ClippedError> {
    let side = match subject.pose {
        Pose::Front | Pose::FrontAbove45 => Side::Front,
        Pose::Top => Side::Top,
        Pose::Left => Side::Left,
        Pose::Right => Side::Right,
        Pose::Back => Side::Back,
    };
    let factor = PX_PER_MM / subject.camera.px_per_mm;
    let at = |(x, y): (f64, f64)| PhotoPoint::new(x * factor, y * factor);
    let truth = &subject.truth;
    let calibration = if side == Side::Front {
        let reference = Reference::TypedPupils { distance: Mm(subject.pupils_mm) };
        Calibration { reference, a: at(truth.pupil_left), b: at(truth.pupil_right) }
    } else {
        let (a, b) = (PhotoPoint::new(100.0, 100.0), PhotoPoint::new(100.0 + 80.0 * PX_PER_MM, 100.0));
        Calibration { reference: Reference::Points { distance: Mm(80.0) }, a, b }
    };
    let rows = bald.len() / 4 / width;
    let photo =
        PhotoRef { width: width as u32, height: rows as u32, quarter_turns: 0, level: 0.0, digest: String::new() };
    let parameters = Parameters::default();
    let mut view = View {
        photo: Some(photo),
        calibration: Some(calibration),
        glabella: (side == Side::Front).then(|| at(truth.glabella)),
        ..View::default()
    };
    view.head = Some(seen_head(&view, &parameters, side, Some(&looked_at(bald.to_vec(), width))));
    let image = AnalysisImage { person, ..looked_at(hairy.pixels.clone(), width) };
    let hair = HairMask { shares: hairy.shares.clone(), columns: width, rows, zoom: 1.0 };
    let silhouette: Vec<PhotoPoint> = truth.outline.iter().map(|place| at(*place)).collect();
    let input = ClippedInput {
        ears: None,
        image: &image,
        hair: &hair,
        silhouette: &silhouette,
        head: view.head.as_ref().expect("a head"),
        surface: &view.surface(&parameters),
        px_per_mm: view.scale(&parameters).px_per_mm,
    };
    let mut pixels = hairy.pixels.clone();
    ClippedPhoto::new(&input, 1)?.apply(&mut pixels, PixelRect { x: 0, y: 0, width, height: rows }, 1.0);
    Ok(pixels)
}

/// How near clipped heads are to bald ones.
pub(crate) fn rows() -> Vec<Row> {
    SEEDS.iter().flat_map(|(name, seed)| of_set(name, *seed)).collect()
}

/// The heads of a seed, mostly from the front.
pub(crate) fn cases(seed: u32) -> impl Iterator<Item = Result<Case, ClippedError>> {
    let front = random_in(Pose::Front, seed, HEADS);
    let others = [Pose::Left, Pose::Back, Pose::Right].into_iter().flat_map(move |pose| random_in(pose, seed, 1));
    let finder = PersonFinder::read(include_bytes!("../../assets/face/person-1.net")).expect("the net of a person");
    front.chain(others).enumerate().map(move |(index, subject)| Case::new(subject, index, &finder))
}

fn of_set(name: &str, seed: u32) -> Vec<Row> {
    let (mut skin, mut silhouette, mut seam, mut bald) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut refused = 0.0;
    for case in cases(seed) {
        let Ok(case) = case else {
            refused += 1.0;
            continue;
        };
        let figures = (case.skin(), case.silhouette(), case.seam(&case.clipped, &case.hairy.pixels));
        bald.extend(case.seam(&case.bald, &case.bald));
        skin.extend(figures.0);
        silhouette.extend(figures.1);
        seam.extend(figures.2);
    }
    let what = |of: &str| format!("clipped heads {name}: {of}");
    let unit = " CIEDE2000";
    vec![
        Row::at_most(what("refused"), refused, 0.0, "", "none"),
        Row::at_most(what("new skin beside the bald truth, median"), nth(&mut skin, 0.5), 4.0, unit, "4"),
        Row::at_most(what("likewise, 95 of 100"), nth(&mut skin, 0.95), 8.0, unit, "8"),
        Row::at_most(
            what("new outline beside the true one, given that, 95 of 100"),
            nth(&mut silhouette, 0.95),
            2.0,
            " mm",
            "2 mm",
        ),
        Row::at_most(what("new skin beside bare skin along the border, median"), nth(&mut seam, 0.5), 3.0, unit, "3"),
        border(what("likewise, 95 of 100"), nth(&mut seam, 0.95), nth(&mut bald, 0.95)),
    ]
}

/// How far new skin is from the bare skin beside it, where the bald head itself differs by so much over the same way: skin that turns
/// away is darker.
fn border(what: String, clipped: f64, bald: f64) -> Row {
    let figure = format!("{clipped:.3} (bald {bald:.3})");
    Row { what, figure, bar: "3, or as the bald head", good: clipped <= f64::max(3.0, bald) }
}

/// The number that a share of all falls short of.
pub(crate) fn nth(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(((values.len() as f64 - 1.0) * share) as usize).copied().unwrap_or(f64::NAN)
}
