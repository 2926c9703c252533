//! Heads of real shape with known landmarks, and pictures of them in which every pixel knows its place on the skin.
#![cfg(test)]
#![allow(dead_code, reason = "no test binary uses all of it")]

use hairline_designer::engine::editor::AnalysisImage;
use hairline_designer::engine::geometry::PhotoPoint;
use sample_head::Camera;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A point or direction in the head's axes, mm: x to the right in a picture of the face, y up, z to the front, from the
/// middle between the pupils.
pub(crate) type Point = [f64; 3];

/// The skin of a head as a net of triangles.
pub(crate) struct MeasuredHead {
    vertices: Vec<Point>,
    regions: Vec<u8>,
    triangles: Vec<[usize; 3]>,
    landmarks: Value,
}

/// What a part of the net is.
pub(crate) const FACE: u8 = 0;
pub(crate) const SCALP: u8 = 1;

/// Bytes of a vertex and of a triangle in the file.
const VERTEX_BYTES: usize = 13;
const TRIANGLE_BYTES: usize = 7;

impl MeasuredHead {
    /// Where the heads lie; `None` where they are not at hand.
    pub(crate) fn folder() -> Option<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/heads");
        folder.is_dir().then_some(folder)
    }

    /// A head of that net, with landmarks and measures as in the files.
    pub(crate) fn new(vertices: Vec<Point>, regions: Vec<u8>, triangles: Vec<[usize; 3]>, landmarks: Value) -> Self {
        Self { vertices, regions, triangles, landmarks }
    }

    pub(crate) fn read(folder: &Path, number: usize) -> Self {
        let file = |end: &str| std::fs::read(folder.join(format!("head{number:02}.{end}"))).expect("a head's file");
        let landmarks: Value = serde_json::from_slice(&file("json")).expect("landmarks are JSON");
        let bytes = file("ply");
        let end = b"end_header\n";
        let body = bytes.windows(end.len()).position(|window| window == end).expect("a header") + end.len();
        let header = String::from_utf8_lossy(&bytes[..body]);
        let count = |of: &str| -> usize {
            let line = header.lines().find_map(|line| line.strip_prefix(&format!("element {of} ")));
            line.and_then(|count| count.trim().parse().ok()).expect("a count")
        };
        let (net, rest) = bytes[body..].split_at(count("vertex") * VERTEX_BYTES);
        let number = |bytes: &[u8]| f64::from(f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
        let corner = |bytes: &[u8]| usize::from(u16::from_le_bytes([bytes[0], bytes[1]]));
        Self {
            vertices: net.chunks(VERTEX_BYTES).map(|v| [number(v), number(&v[4..]), number(&v[8..])]).collect(),
            regions: net.chunks(VERTEX_BYTES).map(|vertex| vertex[12]).collect(),
            triangles: rest
                .chunks_exact(TRIANGLE_BYTES)
                .take(count("face"))
                .map(|face| [corner(&face[1..]), corner(&face[3..]), corner(&face[5..])])
                .collect(),
            landmarks,
        }
    }

    pub(crate) fn landmark(&self, name: &str) -> Point {
        let place = &self.landmarks["landmarks"][name]["mm"];
        [0, 1, 2].map(|axis| place[axis].as_f64().expect("a landmark"))
    }

    pub(crate) fn measure(&self, name: &str) -> f64 {
        self.landmarks["measures"][name].as_f64().expect("a measure")
    }
}

/// A picture of a head: for each pixel the place of the skin that it shows.
pub(crate) struct HeadPicture {
    /// As the photo is measured, which has more pixels than are looked at.
    pub(crate) camera: Camera,
    /// Pixels that are looked at per photo pixel.
    pub(crate) zoom: f64,
    pub(crate) width: usize,
    pub(crate) height: usize,
    places: Vec<Option<Pixel>>,
}

#[derive(Clone, Copy)]
struct Pixel {
    place: [f32; 3],
    nearness: f32,
    region: u8,
}

/// How far two places may lie apart, mm, to be one skin.
const ONE_SKIN: f64 = 8.0;

impl HeadPicture {
    /// The head before a camera that takes a photo of that many pixels, of which a share along each side is looked at.
    pub(crate) fn new(head: &MeasuredHead, camera: Camera, (width, height): (u32, u32), zoom: f64) -> Self {
        let less = |side: u32| (f64::from(side) * zoom) as usize;
        let (width, height) = (less(width), less(height));
        let mut picture = Self { camera, zoom, width, height, places: vec![None; width * height] };
        let seen: Vec<(f64, f64, f64)> = head.vertices.iter().map(|vertex| picture.seen(*vertex)).collect();
        for corners in &head.triangles {
            picture.draw(corners.map(|corner| (head.vertices[corner], seen[corner])), head.regions[corners[0]]);
        }
        picture
    }

    /// Where a place is seen in the pixels that are looked at, and one over its distance from the lens.
    fn seen(&self, place: Point) -> (f64, f64, f64) {
        let (x, y) = self.camera.project(place);
        (x * self.zoom - 0.5, y * self.zoom - 0.5, 1.0 / self.depth(place))
    }

    fn depth(&self, place: Point) -> f64 {
        self.camera.distance_mm - dot(between(self.camera.target_mm, place), self.camera.toward)
    }

    fn draw(&mut self, [a, b, c]: [(Point, (f64, f64, f64)); 3], region: u8) {
        let side =
            |p: (f64, f64, f64), q: (f64, f64, f64), x: f64, y: f64| (q.0 - p.0) * (y - p.1) - (q.1 - p.1) * (x - p.0);
        let whole = side(a.1, b.1, c.1.0, c.1.1);
        if whole.abs() < 1e-9 {
            return;
        }
        let range = |p: f64, q: f64, r: f64, most: usize| {
            (p.min(q).min(r).ceil().max(0.0) as usize, (p.max(q).max(r).floor() + 1.0).clamp(0.0, most as f64) as usize)
        };
        let (left, right) = range(a.1.0, b.1.0, c.1.0, self.width);
        let (top, bottom) = range(a.1.1, b.1.1, c.1.1, self.height);
        for (y, x) in (top..bottom).flat_map(|y| (left..right).map(move |x| (y, x))) {
            let (at_x, at_y) = (x as f64, y as f64);
            let shares = [side(b.1, c.1, at_x, at_y), side(c.1, a.1, at_x, at_y), side(a.1, b.1, at_x, at_y)]
                .map(|share| share / whole);
            if shares.iter().any(|share| *share < -1e-9) {
                continue;
            }
            // What is seen in straight lines is not the place but the place over its distance.
            let weights = [shares[0] * a.1.2, shares[1] * b.1.2, shares[2] * c.1.2];
            let nearness: f64 = weights.iter().sum();
            let slot = &mut self.places[y * self.width + x];
            if slot.is_none_or(|known| f64::from(known.nearness) < nearness) {
                let place = [0, 1, 2].map(|axis| {
                    ((a.0[axis] * weights[0] + b.0[axis] * weights[1] + c.0[axis] * weights[2]) / nearness) as f32
                });
                *slot = Some(Pixel { place, nearness: nearness as f32, region });
            }
        }
    }

    fn pixel(&self, x: usize, y: usize) -> Option<Pixel> {
        if x < self.width && y < self.height { self.places[y * self.width + x] } else { None }
    }

    /// The place that a pixel shows, what it is a part of, and how much it faces the lens (cosine of the angle).
    pub(crate) fn skin(&self, x: usize, y: usize) -> Option<(Point, u8, f64)> {
        let corners = [self.pixel(x, y)?, self.pixel(x + 1, y)?, self.pixel(x, y + 1)?];
        let [here, right, below] = corners.map(|pixel| pixel.place.map(f64::from));
        let normal = cross(between(here, below), between(here, right));
        let to_lens = between(here, self.lens());
        Some((here, corners[0].region, dot(normal, to_lens) / (size(normal) * size(to_lens)).max(1e-12)))
    }

    /// How much the skin seen at a point of the photo faces the lens; nothing beside the head.
    pub(crate) fn facing(&self, point: PhotoPoint) -> f64 {
        let (x, y) = ((point.x * self.zoom) as usize, (point.y * self.zoom) as usize);
        self.skin(x, y).map_or(0.0, |(_, _, facing)| facing)
    }

    fn lens(&self) -> Point {
        let Camera { target_mm, toward, distance_mm, .. } = self.camera;
        [0, 1, 2].map(|axis| target_mm[axis] + toward[axis] * distance_mm)
    }

    /// The middle of a pixel in the photo.
    pub(crate) fn photo(&self, x: usize, y: usize) -> PhotoPoint {
        PhotoPoint::new((x as f64 + 0.5) / self.zoom, (y as f64 + 0.5) / self.zoom)
    }

    /// The skin seen at a point of the photo: between the pixels in straight lines.
    pub(crate) fn surface(&self, point: PhotoPoint) -> Option<Point> {
        let (x, y) = (point.x * self.zoom - 0.5, point.y * self.zoom - 0.5);
        let (left, top) = (x.floor().max(0.0), y.floor().max(0.0));
        let at = |dx: usize, dy: usize| Some(self.pixel(left as usize + dx, top as usize + dy)?.place.map(f64::from));
        let [a, b, c, d] = [at(0, 0)?, at(1, 0)?, at(0, 1)?, at(1, 1)?];
        if size(between(a, d)).max(size(between(b, c))) > ONE_SKIN {
            return None;
        }
        let (u, v) = (x - left, y - top);
        Some(
            [0, 1, 2]
                .map(|axis| (a[axis] * (1.0 - u) + b[axis] * u) * (1.0 - v) + (c[axis] * (1.0 - u) + d[axis] * u) * v),
        )
    }

    /// The skin inside a figure of the photo, cm2. What is steeper than 85 degrees does not count.
    pub(crate) fn area_cm2(&self, inside: impl Fn(PhotoPoint) -> bool) -> f64 {
        let mut sum = 0.0;
        for (y, x) in (0..self.height).flat_map(|y| (0..self.width).map(move |x| (y, x))) {
            let Some((here, _, facing)) = self.skin(x, y) else { continue };
            if facing.abs() > 0.087 && inside(self.photo(x, y)) {
                let side = self.depth(here) / (self.camera.distance_mm * self.camera.px_per_mm * self.zoom);
                // A pixel is a square across its line of sight, seen under the angle that the skin has to it.
                let to_lens = between(here, self.lens());
                let upright = self.depth(here) / size(to_lens);
                sum += side * side / facing.abs() * upright;
            }
        }
        sum / 100.0
    }

    /// The picture: skin of one colour in the light of a window before a plain wall.
    pub(crate) fn pixels(&self) -> AnalysisImage {
        let Camera { toward, up, .. } = self.camera;
        let light = [0, 1, 2].map(|axis| 0.8 * toward[axis] + 0.6 * up[axis]);
        let pixel = |at: usize| {
            let (x, y) = (at % self.width, at / self.width);
            let Some(here) = self.pixel(x, y) else { return [140, 160, 172, 255] };
            let lit = match (self.pixel(x + 1, y), self.pixel(x, y + 1)) {
                (Some(right), Some(below)) => {
                    let [here, right, below] = [here, right, below].map(|pixel| pixel.place.map(f64::from));
                    let normal = cross(between(here, below), between(here, right));
                    (dot(normal, light) / size(normal).max(1e-12)).max(0.0)
                }
                _ => 0.3,
            };
            let [red, green, blue] = [205.0, 160.0, 140.0].map(|level| (level * (0.6 + 0.4 * lit)) as u8);
            [red, green, blue, 255]
        };
        AnalysisImage::new((0..self.width * self.height).flat_map(pixel).collect(), self.width, self.zoom)
    }
}

fn between(a: Point, b: Point) -> Point {
    [0, 1, 2].map(|axis| b[axis] - a[axis])
}

fn cross([ax, ay, az]: Point, [bx, by, bz]: Point) -> Point {
    [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx]
}

fn dot([ax, ay, az]: Point, [bx, by, bz]: Point) -> f64 {
    ax * bx + ay * by + az * bz
}

fn size(a: Point) -> f64 {
    dot(a, a).sqrt()
}

/// How far two places lie apart.
pub(crate) fn distance(a: Point, b: Point) -> f64 {
    size(between(a, b))
}
