//! From lines of sight to pixels.
//!
//! Most of a head is smooth. So the picture is surveyed in squares of 8 and of 4 pixels: where the four corners see the
//! same gently bent skin in even light, shape and light are interpolated, and only skin texture and shading are done
//! for each pixel. Elsewhere (lids, lips, ears, outline) each pixel has its own line of sight, and pixels on an edge
//! have four, on the head's outline eight. The squares lie on a grid of the whole picture, so strips fit together.

use std::ops::Range;

use super::anatomy::PUPIL_X_MM;
use super::build::Shape;
use super::camera::Camera;
use super::light::{Lamps, Studio};
use super::trace::{Hit, Material, Seen, Tracer, WHOLE};
use super::vector::{Vec3, vec3};
use super::{SampleScene, noise};

/// Side of the small squares of the survey, pixels; the large ones are twice as wide.
const SQUARE_PX: usize = 4;

/// Rows that are surveyed at once; a multiple of twice the square, so that squares are not cut.
const BAND_ROWS: u32 = 64;

/// What the survey found for a pixel.
#[derive(Clone, Copy)]
enum Dot {
    Background,
    /// Interpolated within a square.
    Smooth(Hit),
    /// Along the pixel's own line of sight.
    Fine(Seen),
}

impl Dot {
    fn hit(self) -> Option<Hit> {
        match self {
            Self::Smooth(hit) => Some(hit),
            Self::Fine(seen) => seen.hit(),
            Self::Background => None,
        }
    }
}

/// What goes through a pixel, by how many samples it needs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    None,
    /// Between two parts of the head.
    Fold,
    /// Between the head and the background.
    Outline,
}

/// Places within a pixel.
type Samples = &'static [(f64, f64)];
const MIDDLE: Samples = &[(0.5, 0.5)];
/// Four and eight places, no two in one row or column.
const FOUR: Samples = &[(0.125, 0.375), (0.375, 0.875), (0.625, 0.125), (0.875, 0.625)];
const EIGHT: Samples = &[
    (0.0625, 0.4375),
    (0.1875, 0.9375),
    (0.3125, 0.1875),
    (0.4375, 0.6875),
    (0.5625, 0.3125),
    (0.6875, 0.8125),
    (0.8125, 0.0625),
    (0.9375, 0.5625),
];

impl Edge {
    fn samples(self) -> Samples {
        match self {
            Self::None => MIDDLE,
            Self::Fold => FOUR,
            Self::Outline => EIGHT,
        }
    }
}

/// The rows of the scene's picture that exist, as RGBA bytes.
pub(super) fn render<S: Shape>(scene: &SampleScene<S>, rows: Range<u32>) -> Vec<u8> {
    let end = rows.end.min(scene.height);
    let count = end.saturating_sub(rows.start) as usize;
    let mut pixels = Vec::with_capacity(scene.width as usize * 4 * count);
    let mut y = rows.start;
    while y < end {
        let next = ((y / BAND_ROWS + 1) * BAND_ROWS).min(end);
        Band::survey(scene, y as usize..next as usize).paint(&mut pixels);
        y = next;
    }
    pixels
}

/// Some rows of the picture and one more above and below, as surveyed.
struct Band<'a, S> {
    scene: &'a SampleScene<S>,
    studio: Studio<'a>,
    tracer: Tracer<S>,
    /// Rows to paint.
    rows: Range<usize>,
    /// Rows surveyed.
    surveyed: Range<usize>,
    /// Row by row.
    dots: Vec<Dot>,
}

impl<'a, S: Shape> Band<'a, S> {
    fn survey(scene: &'a SampleScene<S>, rows: Range<usize>) -> Self {
        let lamps = Lamps::beside(&scene.camera);
        let surveyed = rows.start.saturating_sub(1)..(rows.end + 1).min(scene.height as usize);
        let mut band = Self {
            scene,
            studio: Studio {
                lamps,
                hairs: &scene.hairs,
                complexion: &scene.complexion,
                pixel_mm: (1.0 / scene.camera.px_per_mm) as f32,
            },
            tracer: Tracer { shape: scene.shape, to_key: lamps.key },
            dots: vec![Dot::Background; scene.width as usize * surveyed.len()],
            rows,
            surveyed,
        };
        band.fill();
        band
    }

    fn fill(&mut self) {
        let large = 2 * SQUARE_PX;
        let mut corners = Corners::new(&self.scene.camera, self.scene.width as usize, &self.surveyed);
        for j in self.surveyed.start / large * 2..self.surveyed.end.div_ceil(large) * 2 {
            for i in 0..(self.scene.width as usize).div_ceil(large) * 2 {
                let whole = Square { i: i / 2 * 2, j: j / 2 * 2, size: 2 };
                let first = i % 2 == 0 && j % 2 == 0;
                match whole.content(&self.scene.shape, &corners.of(&self.tracer, &whole)) {
                    Content::Fine(_) => {
                        let quarter = Square { i, j, size: 1 };
                        let content = quarter.content(&self.scene.shape, &corners.of(&self.tracer, &quarter));
                        self.fill_square(&quarter, &content);
                    }
                    content if first => self.fill_square(&whole, &content),
                    _ => {}
                }
            }
        }
    }

    fn fill_square(&mut self, square: &Square, content: &Content) {
        let width = self.scene.width as usize;
        let (left, top, side) = (square.i * SQUARE_PX, square.j * SQUARE_PX, square.size * SQUARE_PX);
        for y in top.max(self.surveyed.start)..(top + side).min(self.surveyed.end) {
            for x in left..(left + side).min(width) {
                let dot = match content {
                    Content::Background => Dot::Background,
                    Content::Smooth(hits) => {
                        let share = |pixel: usize, start: usize| ((pixel - start) as f32 + 0.5) / side as f32;
                        Dot::Smooth(blend(hits, share(x, left), share(y, top)))
                    }
                    Content::Fine(start) => {
                        let ray = self.scene.camera.ray(x as f64 + 0.5, y as f64 + 0.5);
                        Dot::Fine(self.tracer.look(&ray, *start..WHOLE.end, self.mirrored_half(x, y)))
                    }
                };
                let place = (y - self.surveyed.start) * width + x;
                if let Some(slot) = self.dots.get_mut(place) {
                    *slot = dot;
                }
            }
        }
    }

    /// The neighbours whose light a pixel may take over. Only odd rows and columns look back, so it comes at most from one
    /// row up and one column left, whatever strip is drawn.
    fn mirrored_half(&self, x: usize, y: usize) -> [Option<Hit>; 2] {
        let (odd_x, odd_y) = (x % 2 == 1, y % 2 == 1 && y > self.surveyed.start);
        let left = if odd_x { self.dot(x - 1, y).hit() } else { None };
        let above = if odd_y { self.dot(x, y - 1).hit() } else { None };
        [above, left]
    }

    fn dot(&self, x: usize, y: usize) -> Dot {
        let place = (y - self.surveyed.start) * self.scene.width as usize + x;
        self.dots.get(place).copied().unwrap_or(Dot::Background)
    }

    fn paint(&self, pixels: &mut Vec<u8>) {
        for y in self.rows.clone() {
            for x in 0..self.scene.width as usize {
                self.put(self.colour(x, y), (x as u32, y as u32), pixels);
            }
        }
    }

    fn colour(&self, x: usize, y: usize) -> Vec3 {
        let centre = self.dot(x, y);
        let (edge, depths) = self.edge(x, y);
        let samples = edge.samples();
        let sum = samples.iter().fold(Vec3::ZERO, |sum, &(a, b)| {
            let (px, py) = (x as f64 + a, y as f64 + b);
            let ray = self.scene.camera.ray(px, py);
            let hit = match edge {
                Edge::None => centre.hit(),
                Edge::Fold => self.tracer.look(&ray, depths.start..WHOLE.end, [centre.hit(), None]).hit(),
                Edge::Outline => self.tracer.look(&ray, depths.clone(), [centre.hit(), None]).hit(),
            };
            sum + match hit {
                Some(hit) => self.studio.shade(&Hit { p: self.scene.shape.usual(hit.p), ..hit }, -ray.dir),
                None => self.background(px, py),
            }
        });
        sum * (1.0 / samples.len() as f32)
    }

    /// What edge goes through a pixel, and between which depths the parts beside it lie.
    fn edge(&self, x: usize, y: usize) -> (Edge, Range<f32>) {
        let centre = self.dot(x, y);
        if !matches!(centre, Dot::Fine(_)) {
            return (Edge::None, WHOLE);
        }
        let right = (x + 1).min(self.scene.width as usize - 1);
        let above = y.max(self.surveyed.start + 1) - 1;
        let below = (y + 1).min(self.surveyed.end - 1);
        let neighbours = [(x.saturating_sub(1), y), (right, y), (x, above), (x, below)].map(|(i, j)| self.dot(i, j));
        let edge = neighbours.iter().map(|&n| between(centre, n)).fold(Edge::None, Edge::max);
        let depths = neighbours.iter().chain([&centre]).filter_map(|d| d.hit()).map(|h| h.depth);
        let near = depths.clone().fold(f32::MAX, f32::min);
        let far = depths.fold(f32::MIN, f32::max);
        // room for the outline to bend away within the pixel
        (edge, near - 6.0..far + 16.0)
    }

    /// A plain wall, lit from the upper left.
    fn background(&self, x: f64, y: f64) -> Vec3 {
        const WALL: Vec3 = vec3(0.30, 0.345, 0.375);
        let across = x as f32 / self.scene.width as f32 - 0.40;
        let down = y as f32 / self.scene.height as f32 - 0.36;
        let r2 = 1.5 * across * across + down * down;
        WALL * (0.30 + 0.80 / (1.0 + 1.6 * r2 + 1.2 * r2 * r2))
    }

    /// Adds a pixel. Noise of one level keeps the soft gradients from banding.
    fn put(&self, colour: Vec3, (x, y): (u32, u32), pixels: &mut Vec<u8>) {
        let place = noise::hash(x.wrapping_mul(0x9e37_79b1) ^ noise::hash(y.wrapping_add(17)));
        for (channel, light) in [colour.x, colour.y, colour.z].into_iter().enumerate() {
            let dither = noise::unit(noise::hash(place ^ (channel as u32).wrapping_mul(0x51ed_270b)));
            pixels.push((self.scene.transfer.code(shoulder(light)) + dither) as u8);
        }
        pixels.push(u8::MAX);
    }
}

/// Bends the brightest light under white, as film does.
fn shoulder(light: f32) -> f32 {
    const KNEE: f32 = 0.7;
    let over = light - KNEE;
    if over <= 0.0 { light } else { KNEE + (1.0 - KNEE) * over / (over + 1.0 - KNEE) }
}

fn between(a: Dot, b: Dot) -> Edge {
    match (a.hit(), b.hit()) {
        (None, None) => Edge::None,
        (Some(a), Some(b)) => {
            let apart = a.material != b.material || (a.p - b.p).dot(a.n).abs() > 0.25 || a.n.dot(b.n) < 0.8;
            if apart { Edge::Fold } else { Edge::None }
        }
        _ => Edge::Outline,
    }
}

/// A square of the survey: its upper left corner on the grid of small squares, and its side in them.
struct Square {
    i: usize,
    j: usize,
    size: usize,
}

/// What the corners of a square tell of its inside.
enum Content {
    Background,
    Smooth([Hit; 4]),
    /// Anything; the head does not begin before this depth.
    Fine(f32),
}

/// Corners of squares, each looked at when it is first asked for.
struct Corners<'a> {
    camera: &'a Camera,
    first_row: usize,
    columns: usize,
    seen: Vec<Option<Seen>>,
}

impl<'a> Corners<'a> {
    fn new(camera: &'a Camera, width: usize, rows: &Range<usize>) -> Self {
        let large = 2 * SQUARE_PX;
        let first_row = rows.start / large * 2;
        let columns = width.div_ceil(large) * 2 + 1;
        let count = rows.end.div_ceil(large) * 2 + 1 - first_row;
        Self { camera, first_row, columns, seen: vec![None; columns * count] }
    }

    fn of<S: Shape>(&mut self, tracer: &Tracer<S>, square: &Square) -> [Seen; 4] {
        let Square { i, j, size } = *square;
        [(i, j), (i + size, j), (i, j + size), (i + size, j + size)].map(|(i, j)| self.corner(tracer, i, j))
    }

    fn corner<S: Shape>(&mut self, tracer: &Tracer<S>, i: usize, j: usize) -> Seen {
        let look = || {
            let ray = self.camera.ray((i * SQUARE_PX) as f64, (j * SQUARE_PX) as f64);
            tracer.look(&ray, WHOLE, [None, None])
        };
        match self.seen.get_mut((j - self.first_row) * self.columns + i) {
            Some(slot) => *slot.get_or_insert_with(look),
            None => look(),
        }
    }
}

impl Square {
    fn content<S: Shape>(&self, shape: &S, corners: &[Seen; 4]) -> Content {
        let nearest = corners.iter().filter_map(|c| c.hit()).map(|h| h.depth).fold(f32::MAX, f32::min);
        match corners.map(Seen::hit) {
            [None, None, None, None] => self.beside_head(corners),
            [Some(a), Some(b), Some(c), Some(d)] if self.is_smooth(shape, &[a, b, c, d]) => {
                Content::Smooth([a, b, c, d])
            }
            [Some(_), Some(_), Some(_), Some(_)] => Content::Fine(nearest - 5.0),
            _ => Content::Fine(nearest - 12.0),
        }
    }

    /// No corner sees the head. Does it reach into the square?
    fn beside_head(&self, corners: &[Seen; 4]) -> Content {
        let far = |seen: &Seen| matches!(seen, Seen::Past(gap) if *gap > 1.2 * self.size as f32);
        if corners.iter().all(far) { Content::Background } else { Content::Fine(WHOLE.start) }
    }

    fn is_smooth<S: Shape>(&self, shape: &S, hits: &[Hit; 4]) -> bool {
        // a large square must be flatter and more evenly lit than a small one
        let (flatness, evenness) = if self.size > 1 { (0.997, 1.0) } else { (0.985, f32::MAX) };
        let [first, ..] = hits;
        let n = hits.iter().fold(Vec3::ZERO, |sum, h| sum + h.n).unit();
        let mirrored_half = |h: &Hit| {
            h.material == Material::Skin
                && h.n.dot(n) > flatness
                && (h.p - first.p).dot(n).abs() < 0.25
                && (h.open - first.open).abs() < 0.06 * evenness
                && (h.key - first.key).abs() < 0.12 * evenness
        };
        hits.iter().all(mirrored_half) && !is_delicate(shape.usual(first.p))
    }
}

/// Around the eyes and between the lips, detail is finer than a square. A point of the usual head.
fn is_delicate(p: Vec3) -> bool {
    let eye = (p.x.abs() - PUPIL_X_MM as f32).abs() < 20.0 && p.y > -8.0 && p.y < 9.0;
    let mouth = p.x.abs() < 28.0 && (p.y + 71.0).abs() < 4.0;
    p.z > 40.0 && (eye || mouth)
}

/// Four corners (upper left, upper right, lower left, lower right) at the shares `u` to the right and `v` down.
fn blend(hits: &[Hit; 4], u: f32, v: f32) -> Hit {
    let [a, b, c, d] = hits;
    let number = |of: fn(&Hit) -> f32| {
        let upper = of(a) + (of(b) - of(a)) * u;
        let lower = of(c) + (of(d) - of(c)) * u;
        upper + (lower - upper) * v
    };
    let vector = |of: fn(&Hit) -> Vec3| of(a).lerp(of(b), u).lerp(of(c).lerp(of(d), u), v);
    Hit {
        p: vector(|h| h.p),
        n: vector(|h| h.n).unit(),
        depth: number(|h| h.depth),
        open: number(|h| h.open),
        key: number(|h| h.key),
        material: a.material,
    }
}
