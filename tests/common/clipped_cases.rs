//! Heads whose bald picture is known, with hair drawn strand by strand, and what is made of them when it is clipped. The mask is the
//! true one.
#![allow(clippy::expect_used, reason = "without a net or a head there is nothing to be measured")]
#![allow(dead_code, reason = "no test binary uses all of it")]

use crate::busy_walls::BusyWall;
use crate::drawn_strands::{BLACK, BLOND, BROWN, GREY, Grows, HairStyle, Hairy, with_hair};
use crate::heads_by_lot::{Pose, Subject};
use crate::looked_at::looked_at;
use hairline_designer::engine::calibration::{Calibration, Reference, Side};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::clipped::{ClippedError, ClippedInput, ClippedPhoto, Detail, HairMask};
use hairline_designer::engine::color::{byte_of, light_of};
use hairline_designer::engine::design::{PhotoRef, View};
use hairline_designer::engine::editor::{AnalysisImage, seen_head};
use hairline_designer::engine::face::{PersonFinder, PersonMask, SourcePicture};
use hairline_designer::engine::geometry::{Mm, PhotoPoint, Polygon};
use hairline_designer::engine::render::PixelRect;
use palette::color_difference::Ciede2000;
use palette::{IntoColor, Lab, LinSrgb};
use sample_head::render_rows;
use std::rc::Rc;

/// Pixels a millimetre of the pictures.
pub(crate) const PX_PER_MM: f64 = 2.5;
/// A pixel of the rendered wall is bluer than red by more than this; heads are not.
const BLUER: i16 = 4;

/// What stands behind a head.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Wall {
    Plain,
    /// Lighter to one side.
    Graded,
    /// With cloudy spots of some millimetres and centimetres.
    Mottled,
    /// With lines, or with what grows.
    Busy(BusyWall),
}

pub(crate) const WALLS: [Wall; 3] = [Wall::Plain, Wall::Graded, Wall::Mottled];
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
            Self::Busy(_) => 1.0,
        }
    }

    /// What a pixel of the rendered wall becomes, linear light.
    fn painted(self, plain: [f32; 3], at: (usize, usize), width: usize, seed: u32) -> [f32; 3] {
        let (x, y) = (at.0 as f64 / width as f64, at.1 as f64 / width as f64);
        match self {
            Self::Busy(wall) => wall.light((at.0 as f64 / PX_PER_MM, at.1 as f64 / PX_PER_MM), 1.0 / PX_PER_MM, seed),
            _ => plain.map(|light| light * self.lighter(x, y, seed)),
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
    /// Where the wall is seen beside the bald head.
    free: Vec<bool>,
}

impl Case {
    /// A head by its index before a wall. Before busy walls its hair ends above the ears: where it hangs over them, they are refused.
    pub(crate) fn new(
        subject: Subject,
        index: usize,
        wall: Wall,
        finder: &PersonFinder,
    ) -> (Self, Option<ClippedError>) {
        let grows = match wall {
            Wall::Busy(_) => Grows::AboveEars,
            Wall::Plain | Wall::Graded | Wall::Mottled => GROWS[index / 3 % GROWS.len()],
        };
        Self::with_hair(subject, index, (wall, grows), finder)
    }

    /// The same with hair that grows so.
    pub(crate) fn with_hair(
        subject: Subject,
        index: usize,
        (wall, grows): (Wall, Grows),
        finder: &PersonFinder,
    ) -> (Self, Option<ClippedError>) {
        let scene = subject.scene_at(PX_PER_MM);
        let width = scene.width() as usize;
        let scene = scene.without_stubble();
        let rendered = render_rows(&scene, 0..scene.height());
        let bald = before(&rendered, width, wall, index as u32 * 7919);
        let style = HairStyle {
            grows,
            length_mm: LENGTHS_MM[(index + index / 3) % LENGTHS_MM.len()],
            colour: COLOURS[index % COLOURS.len()],
        };
        let hairy = with_hair(&scene, &bald, &style, index as u32 + 1);
        let person = finder.find(&SourcePicture { pixels: &hairy.pixels, width, zoom: 1.0 }).map(Rc::new);
        let (clipped, error) = match clipped(&subject, (&bald, width), &hairy, person) {
            Ok(clipped) => (clipped, None),
            Err(error) => (hairy.pixels.clone(), Some(error)),
        };
        let free = rendered.as_chunks::<4>().0.iter().map(is_bluer).collect();
        (Self { subject, width, bald, hairy, clipped, free }, error)
    }

    /// CIE L*a*b* of the mean around a pixel of one of its pictures.
    pub(crate) fn colour(
        &self,
        pixels: &[u8],
        (x, y): (f64, f64),
        radius: f64,
    ) -> Option<Lab<palette::white_point::D65, f64>> {
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
        Some(LinSrgb::from(sum.map(|sum| sum / count)).into_color())
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

    /// Places of the wall that were under hair, off the head by a mm and more.
    fn wall_places(&self) -> Vec<(f64, f64)> {
        let outline = self.outline();
        let near = PX_PER_MM;
        let places = (0..self.hairy.shares.len()).filter(|at| self.hairy.shares[*at] >= 128);
        let places = places.map(|at| ((at % self.width) as f64 + 0.5, (at / self.width) as f64 + 0.5));
        let is_wall = |(x, y): &(f64, f64)| {
            let around = [(near, 0.0), (-near, 0.0), (0.0, near), (0.0, -near)];
            around.iter().all(|(dx, dy)| !outline.contains(PhotoPoint::new(x + dx, y + dy)))
                && self.bald_is_wall(*x as usize, *y as usize)
        };
        places.filter(is_wall).collect()
    }

    /// Whether the bald head leaves a place free, ears too.
    fn bald_is_wall(&self, x: usize, y: usize) -> bool {
        let reach = PX_PER_MM as usize;
        let rows = y.saturating_sub(reach)..=y + reach;
        let mut places = rows.flat_map(|row| (x.saturating_sub(reach)..=x + reach).map(move |column| (column, row)));
        places.all(|(column, row)| self.free.get(row * self.width + column) == Some(&true))
    }

    /// How far the continued wall is from the true one, CIEDE2000, each a mean of a mm.
    pub(crate) fn wall(&self) -> Vec<f64> {
        let differs = |place| {
            let (new, known) = (self.colour(&self.clipped, place, 1.2)?, self.colour(&self.bald, place, 1.2)?);
            Some(new.difference(known))
        };
        self.wall_places().into_iter().filter_map(differs).collect()
    }

    /// The colour of the continued and of the true wall in the mean, CIEDE2000 from each other; and how much two places of the continued
    /// wall differ in lightness that lie 1, 2, 4 and 8 mm from each other, over how much such places of the true one do.
    pub(crate) fn wall_texture(&self) -> Option<(f64, [f64; 4])> {
        let places = self.wall_places();
        let mean = |pixels: &[u8]| {
            let colours: Vec<_> = places.iter().filter_map(|place| self.colour(pixels, *place, 0.0)).collect();
            let count = colours.len() as f64;
            let sum = |of: fn(&Lab<palette::white_point::D65, f64>) -> f64| colours.iter().map(of).sum::<f64>() / count;
            Lab::<palette::white_point::D65, f64>::new(sum(|lab| lab.l), sum(|lab| lab.a), sum(|lab| lab.b))
        };
        let contrast = |pixels: &[u8], mm: f64| {
            let differs = places.iter().filter_map(|(x, y)| {
                let beside = (x + mm * PX_PER_MM, *y);
                if self.share(beside) < 128 || !self.bald_is_wall(beside.0 as usize, beside.1 as usize) {
                    return None;
                }
                let lightness = |place| Some(self.colour(pixels, place, 1.0)?.l);
                let differs = lightness((*x, *y))? - lightness(beside)?;
                Some(differs * differs)
            });
            let squares: Vec<f64> = differs.collect();
            (squares.iter().sum::<f64>() / squares.len() as f64).sqrt()
        };
        let ratios = [1.0, 2.0, 4.0, 8.0].map(|mm| contrast(&self.clipped, mm) / contrast(&self.bald, mm));
        (places.len() > 200).then(|| (mean(&self.clipped).difference(mean(&self.bald)), ratios))
    }

    /// How much the lightness changes over a mm outwards over the border of what was replaced, and how much it does in the true wall.
    pub(crate) fn wall_seam(&self) -> (f64, f64) {
        let outline = self.outline();
        let middle = outline.bounds().middle();
        let (mut sum, mut truth) = (0.0, 0.0);
        for at in 0..self.hairy.shares.len() {
            let (x, y) = ((at % self.width) as f64 + 0.5, (at / self.width) as f64 + 0.5);
            let length = middle.distance(PhotoPoint::new(x, y));
            let (ux, uy) = ((x - middle.x) / length * PX_PER_MM, (y - middle.y) / length * PX_PER_MM);
            let on = |mm: f64| (x + ux * mm, y + uy * mm);
            let is_border = self.share((x, y)) >= 64 && (1..8).all(|mm| self.share(on(f64::from(mm))) < 64);
            if !is_border || !self.bald_is_wall(x as usize, y as usize) {
                continue;
            }
            for mm in [2.0, 3.0, 4.0, 5.0] {
                let step = |pixels: &[u8]| {
                    let (inner, outer) = (self.colour(pixels, on(mm), 1.0), self.colour(pixels, on(mm + 1.0), 1.0));
                    inner.zip(outer).map_or(0.0, |(inner, outer)| (inner.l - outer.l).abs())
                };
                sum += step(&self.clipped);
                truth += step(&self.bald);
            }
        }
        (sum, truth)
    }

    pub(crate) fn outline(&self) -> Polygon {
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

/// Whether a rendered pixel is wall.
fn is_bluer([red, _, blue, _]: &[u8; 4]) -> bool {
    i16::from(*blue) - i16::from(*red) > BLUER
}

/// A rendered head before a wall.
fn before(rendered: &[u8], width: usize, wall: Wall, seed: u32) -> Vec<u8> {
    let pixels = rendered.as_chunks::<4>().0;
    let is_wall = |at: usize| pixels.get(at).is_some_and(is_bluer);
    let pixel = |(at, [red, green, blue, _]): (usize, &[u8; 4])| {
        let beside = [at.wrapping_sub(1), at + 1, at.wrapping_sub(width), at + width];
        let share = match (is_wall(at), beside.into_iter().any(is_wall)) {
            (true, _) => 1.0,
            (false, true) => 0.5,
            (false, false) => 0.0,
        };
        let mut light = [*red, *green, *blue].map(light_of);
        let painted = wall.painted(light, (at % width, at / width), width, seed);
        light.iter_mut().zip(painted).for_each(|(light, painted)| *light += (painted - *light) * share);
        let [red, green, blue] = light.map(byte_of);
        [red, green, blue, 255]
    };
    pixels.iter().enumerate().flat_map(pixel).collect()
}

/// The number that a share of all falls short of.
pub(crate) fn nth(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(((values.len() as f64 - 1.0) * share) as usize).copied().unwrap_or(f64::NAN)
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
        image: &image,
        hair: &hair,
        ears: None,
        arms: &[],
        possible: None,
        silhouette: &silhouette,
        head: view.head.as_ref().expect("a head"),
        surface: &view.surface(&parameters),
        px_per_mm: view.scale(&parameters).px_per_mm,
        detail: Detail::Whole,
    };
    let mut pixels = hairy.pixels.clone();
    ClippedPhoto::new(&input, 1)?.apply(&mut pixels, PixelRect { x: 0, y: 0, width, height: rows }, 1.0);
    Ok(pixels)
}
