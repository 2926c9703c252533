//! The skin of the head as a curved surface, and where each of its points is seen.
//!
//! The skull is a smooth convex body before a camera. A *chart* is a plane in millimetres that is laid onto it: in its
//! middle, where the skull about faces the camera, without distortion; outwards it is stretched alike in all directions
//! (a stereographic projection of the sphere that the body is a stretched image of), and its places tell how much. Only
//! `+ - * /` and `sqrt` decide where a place is seen: of glam only what needs no more is used.
//!
//! Where the skin turns away from the camera by about 75 degrees the chart goes on straight, so that a line or a stroke that
//! leaves the outline a little still has skin under it; farther out the surface faces the camera again, as ears, neck and
//! shoulders do on the whole.

use super::head::rotation;
use super::placed_skull::{NEAREST, PlacedSkull, SeenFace};
use super::skull::{radius, slope};
use super::{Head, HeadParameters};
use crate::engine::geometry::{Angle, Mm, PhotoPoint, PxPerMm};
use glam::{DMat3, DVec3};

/// Cosine of the angle from the chart's middle, on the sphere behind the skull, up to which the skull itself is charted; and
/// the least cosine between its skin and the line to the camera: where the skull bends away sooner its chart ends sooner.
const RIM: f64 = 0.26;
const LEAST_FACING: f64 = 0.12;
/// Directions in which the end of the skin is looked for, and halvings of the way to it.
const RIM_DIRECTIONS: usize = 16;
const RIM_HALVINGS: usize = 10;
/// How much wider the chart is than the skin, so that nowhere a place of the chart stands for more skin than it is large:
/// the tile's greatest density is then enough everywhere.
const WIDER: f64 = 1.08;
/// How far the chart goes on straight beyond the rim, mm of skin.
const SLACK: f64 = 40.0;
/// Steps of the chart by which its distortion is measured, mm.
const STEP: f64 = 0.25;
/// How near a search must come to the place that it looks for, photo pixels, and in how many steps at most.
const NEAR_PX: f64 = 1e-3;
const MAX_STEPS: usize = 24;
/// The farthest that a step of the search goes, mm: near the rim a whole step would lead round the head.
const MAX_STEP: f64 = 30.0;
/// The least extent of a skull that can be charted, mm: a thinner one is a plane seen from its edge.
const THINNEST: f64 = 1.0;
/// What a length or an area counts as where none is left, so that nothing is divided by nothing.
const TINY: f64 = 1e-9;
const TINY_AREA: f64 = 1e-12;
const TINY_SLOPE: f64 = 1e-6;
/// How far inside the rim its slope is taken, on the sphere's touching plane: small against the rim, large against rounding.
const INSIDE_RIM: f64 = 1e-4;
/// By how much an area is looked at beyond the chart of its corners, mm: its sides bulge on the chart.
const BULGE: f64 = 10.0;
/// Square mm of a cm2.
const MM2_PER_CM2: f64 = 100.0;
/// How much farther than the picture's corners the chart of a skull may reach, mm: up to the rim it is wider than what is
/// seen, beyond it alike.
const CHART_BEYOND: f64 = 160.0;

/// The surface of a head in a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Surface {
    /// Where the camera's axis meets the picture.
    middle: PhotoPoint,
    roll: Angle,
    px_per_mm: f64,
    /// `None` for a plain surface that faces the camera.
    skull: Option<Skull>,
}

/// The skull in the camera's axes: x to the right, y up, z to the viewer, from the point of the axis in the plane where the
/// scale holds.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Skull {
    /// Distance of the camera from that plane.
    camera: f64,
    /// The skull's middle.
    middle: DVec3,
    /// From the sphere to the ellipsoid that the skull is near. The third column alone has no share of the picture's plane.
    columns: DMat3,
    /// From the sphere to the same sphere in the head's axes.
    to_head: DMat3,
    /// From the chart to the plane that touches the sphere: rows.
    flatten: [[f64; 2]; 2],
    /// The chart's radius at the rim.
    rim: Rim,
    /// From the camera's axes to the head's, for telling where on the head a point lies.
    rotation: DMat3,
    /// Half axes along the head's x, y, z.
    axes: DVec3,
}

/// A place of the chart as it is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChartSample {
    /// Where it is seen.
    pub point: PhotoPoint,
    /// Area of the skin over area of the chart.
    pub area: f64,
    /// How a small circle on the skin is seen: the covariance (xx, xy, yy) of its image over that of a facing circle in the
    /// plane where the scale holds.
    pub shape: [f64; 3],
}

impl Surface {
    /// A plain surface that faces the camera.
    #[must_use]
    pub fn plain(px_per_mm: PxPerMm) -> Self {
        Self { middle: PhotoPoint::new(0.0, 0.0), roll: Angle::degrees(0.0), px_per_mm: px_per_mm.get(), skull: None }
    }

    /// The surface of a head. `pupils` is the middle between the pupils where the scale holds in their plane; without it the
    /// scale holds where the skull is nearest to the camera.
    #[must_use]
    pub fn of_head(head: &Head, px_per_mm: PxPerMm, pupils: Option<PhotoPoint>, parameters: &HeadParameters) -> Self {
        Self::of_face(head, px_per_mm, pupils.map(|pupils| (pupils, None)), parameters)
    }

    /// The same with what is known of the face: the middle between the pupils, and the chin where it was set, which tells of
    /// the head's length.
    #[must_use]
    pub fn of_face(
        head: &Head,
        px_per_mm: PxPerMm,
        face: Option<(PhotoPoint, Option<PhotoPoint>)>,
        parameters: &HeadParameters,
    ) -> Self {
        let roll = Angle::degrees(head.roll);
        let mut surface = Self { middle: head.centre, roll, px_per_mm: px_per_mm.get(), skull: None };
        let up = |point: PhotoPoint| surface.plane_of(point).1;
        let face = face.map(|(pupils, chin)| SeenFace { eyes: up(pupils), chin: chin.map(up) });
        let halves = (head.half_width / px_per_mm.get(), head.half_height / px_per_mm.get());
        surface.skull = Skull::new(&PlacedSkull::fitted(head, rotation(head), halves, (face, parameters)));
        surface
    }

    /// The place of the chart so many mm to the right and down from its middle.
    #[must_use]
    pub fn spot(&self, right: f64, down: f64) -> ChartSample {
        let point = |x: f64, y: f64| self.at(x, y);
        let (a, b) = (point(right - STEP, down), point(right + STEP, down));
        let (c, d) = (point(right, down - STEP), point(right, down + STEP));
        let (along, across) = (between(a.1, b.1), between(c.1, d.1));
        let (ix, iy) = (step_between(a.0, b.0), step_between(c.0, d.0));
        let (g11, g12, g22) = (along.dot(along), along.dot(across), across.dot(across));
        let determinant = (g11 * g22 - g12 * g12).max(TINY_AREA);
        // The picture's steps for steps of one mm on the skin: the metric undoes the chart's own stretch.
        let form = |a: (f64, f64), b: (f64, f64)| {
            (g22 * a.0 * b.0 - g12 * (a.0 * b.1 + a.1 * b.0) + g11 * a.1 * b.1)
                / determinant
                / self.px_per_mm
                / self.px_per_mm
        };
        let (x, y) = ((ix.0, iy.0), (ix.1, iy.1));
        ChartSample {
            point: self.at(right, down).0,
            area: determinant.sqrt(),
            shape: [form(x, x), form(x, y), form(y, y)],
        }
    }

    /// Where a place of the chart is seen.
    #[must_use]
    pub fn point(&self, right: f64, down: f64) -> PhotoPoint {
        self.at(right, down).0
    }

    /// The place of the chart that is seen at a point of the picture.
    #[must_use]
    pub fn chart(&self, point: PhotoPoint) -> (f64, f64) {
        let (x, y) = self.plane_of(point);
        let Some(skull) = &self.skull else { return (x, -y) };
        let (mut u, mut v) = skull.meet(x, y);
        // On the skull that is the answer; beyond its rim it is a beginning from which the place is stepped to.
        for _ in 0..MAX_STEPS {
            let seen = self.at(u, v).0;
            let (dx, dy) = (point.x - seen.x, point.y - seen.y);
            if dx * dx + dy * dy < NEAR_PX * NEAR_PX {
                break;
            }
            let (a, b) = (self.at(u - STEP, v).0, self.at(u + STEP, v).0);
            let (c, d) = (self.at(u, v - STEP).0, self.at(u, v + STEP).0);
            let (ix, iy) = (step_between(a, b), step_between(c, d));
            let determinant = ix.0 * iy.1 - iy.0 * ix.1;
            if determinant.abs() < TINY {
                break;
            }
            u += ((dx * iy.1 - dy * iy.0) / determinant).clamp(-MAX_STEP, MAX_STEP);
            v += ((dy * ix.0 - dx * ix.1) / determinant).clamp(-MAX_STEP, MAX_STEP);
        }
        (u, v)
    }

    /// How the skull that is seen at a point of the picture faces: to the head's right, up and to the camera, of length one.
    /// Beside the skull as at the outline's nearest place. A plain surface faces the camera.
    #[must_use]
    pub fn normal(&self, point: PhotoPoint) -> DVec3 {
        let (x, y) = self.plane_of(point);
        self.skull.map_or(DVec3::Z, |skull| skull.normal(skull.met(x, y)))
    }

    /// The length along the skin under a way in the picture.
    #[must_use]
    pub fn length(&self, way: &[PhotoPoint]) -> Mm {
        let places: Vec<DVec3> = way.iter().map(|point| self.skin_at(*point)).collect();
        let piece = |pair: &[DVec3]| match pair {
            [a, b] => a.distance(*b),
            _ => 0.0,
        };
        Mm(places.windows(2).map(piece).sum())
    }

    /// How large a figure in the picture is on the skin, cm2. `step` is the side of the squares that are added up, mm.
    #[must_use]
    pub fn area_cm2(&self, inside: impl Fn(PhotoPoint) -> bool, corners: &[PhotoPoint], step: f64) -> f64 {
        let charted: Vec<(f64, f64)> = corners.iter().map(|corner| self.chart(*corner)).collect();
        let range = |value: fn(&(f64, f64)) -> f64| {
            charted.iter().map(value).fold((f64::MAX, f64::MIN), |(least, most), v| (least.min(v), most.max(v)))
        };
        let ((left, right), (top, bottom)) = (range(|p| p.0), range(|p| p.1));
        let mut sum = 0.0;
        let mut v = top - BULGE;
        while v <= bottom + BULGE {
            let mut u = left - BULGE;
            while u <= right + BULGE {
                let spot = self.spot(u, v);
                sum += if inside(spot.point) { spot.area * step * step } else { 0.0 };
                u += step;
            }
            v += step;
        }
        sum / MM2_PER_CM2
    }

    /// Where on the head a place of the chart lies: x to the right in a picture of the face, y up, z to the front, on the
    /// sphere of radius 1 behind the skull. `None` on a plain surface.
    #[must_use]
    pub fn on_head(&self, right: f64, down: f64) -> Option<DVec3> {
        let skull = self.skull.as_ref()?;
        let on = self.on_head_mm(right, down)? / skull.axes;
        Some(on / on.length().max(TINY))
    }

    /// Where on the head a place of the chart lies, mm from the middle of the skull along the same axes. `None` on a plain
    /// surface.
    #[must_use]
    pub fn on_head_mm(&self, right: f64, down: f64) -> Option<DVec3> {
        let skull = self.skull.as_ref()?;
        let (place, _) = skull.place(right, -down);
        Some(skull.rotation * (place - skull.middle))
    }

    /// How far the chart reaches from its middle to cover a picture of that size, mm.
    #[must_use]
    pub fn chart_reach(&self, (width, height): (f64, f64)) -> f64 {
        let corners = [(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)];
        let farthest = corners
            .iter()
            .map(|(x, y)| self.middle.distance(PhotoPoint::new(*x, *y)) / self.px_per_mm)
            .fold(0.0, f64::max);
        if self.skull.is_some() { farthest + CHART_BEYOND } else { farthest }
    }

    fn at(&self, right: f64, down: f64) -> (PhotoPoint, DVec3) {
        let Some(skull) = &self.skull else {
            return (self.seen_at(right, -down), DVec3::new(right, -down, 0.0));
        };
        let (place, seen) = skull.place(right, -down);
        (self.seen_at(seen.0, seen.1), place)
    }

    fn skin_at(&self, point: PhotoPoint) -> DVec3 {
        let (u, v) = self.chart(point);
        self.at(u, v).1
    }

    /// From the picture's plane (mm to the head's right and up, as seen at the scale) to the photo.
    fn seen_at(&self, x: f64, y: f64) -> PhotoPoint {
        let (right, down) = (x * self.px_per_mm, -y * self.px_per_mm);
        let Angle { sine, cosine } = self.roll;
        self.middle.moved(right * cosine - down * sine, right * sine + down * cosine)
    }

    fn plane_of(&self, point: PhotoPoint) -> (f64, f64) {
        let (dx, dy) = (point.x - self.middle.x, point.y - self.middle.y);
        let Angle { sine, cosine } = self.roll;
        ((dx * cosine + dy * sine) / self.px_per_mm, (dx * sine - dy * cosine) / self.px_per_mm)
    }
}

impl Skull {
    fn new(placed: &PlacedSkull) -> Option<Self> {
        let &PlacedSkull { size, rotation, middle, camera } = placed;
        let axes = size.half_axes();
        // The transpose of the map from the sphere (in the head's axes) to the camera's axes.
        let DMat3 { x_axis, y_axis, z_axis } = rotation;
        let stretched = DMat3::from_cols(x_axis * axes, y_axis * axes, z_axis * axes);
        // The direction of the sphere that shows no share in the picture's plane is the chart's middle.
        let pole = stretched.x_axis.cross(stretched.y_axis).try_normalize()?;
        let first = stretched.x_axis.try_normalize()?;
        let to_head = DMat3::from_cols(first, pole.cross(first), pole);
        let column = |direction: DVec3| stretched.transpose_mul_vec3(direction);
        let columns = DMat3::from_cols(column(to_head.x_axis), column(to_head.y_axis), column(to_head.z_axis));
        // Gram and Schmidt: what makes steps from the chart's middle on the skin square to each other and of length one.
        let (out, bend) = (radius(pole), slope(pole));
        let c1 = columns.x_axis * out + columns.z_axis * bend.dot(to_head.x_axis);
        let c2 = columns.y_axis * out + columns.z_axis * bend.dot(to_head.y_axis);
        let across = c1.length();
        let share = c1.dot(c2) / across;
        let upwards = (c2 + c1 * (-share / across)).length();
        if !(across > THINNEST && upwards > THINNEST) {
            return None;
        }
        let flatten = [[1.0 / across, -share / (across * upwards)], [0.0, 1.0 / upwards]]
            .map(|row| row.map(|share| share / WIDER));
        let mut skull = Self { camera, middle, columns, to_head, flatten, rim: Rim::default(), rotation, axes };
        skull.rim = Rim::within(|dp, dq| skull.end_of_skin(dp, dq));
        Some(skull)
    }

    /// How far from the chart's middle the skin faces the camera in a direction of the sphere's touching plane.
    fn end_of_skin(&self, dp: f64, dq: f64) -> f64 {
        let farthest = 2.0 * ((1.0 - RIM) / (1.0 + RIM)).sqrt();
        let is_seen = |reach: f64| self.facing(dp * reach, dq * reach) > LEAST_FACING;
        if is_seen(farthest) {
            return farthest;
        }
        let (mut near, mut far) = (0.0, farthest);
        for _ in 0..RIM_HALVINGS {
            let middle = (near + far) / 2.0;
            *(if is_seen(middle) { &mut near } else { &mut far }) = middle;
        }
        near
    }

    /// Cosine of the angle between the skin and the line to the camera.
    fn facing(&self, p: f64, q: f64) -> f64 {
        let direction = self.to_head * on_unit_sphere(p, q);
        let normal = (direction - slope(direction) / radius(direction)) / self.axes;
        let to_lens = DVec3::new(0.0, 0.0, self.camera) - self.on_sphere(p, q);
        let towards = self.rotation * to_lens;
        normal.dot(towards) / (normal.length() * towards.length()).max(TINY)
    }

    /// The place of the chart (mm right and up from its middle): on the head, in the camera's axes, and where it is seen in
    /// the picture's plane.
    fn place(&self, u: f64, v: f64) -> (DVec3, (f64, f64)) {
        let [[a, b], [_, d]] = self.flatten;
        let (p, q) = (a * u + b * v, d * v);
        let radius = (p * p + q * q).sqrt();
        let (dp, dq) = (p / radius.max(TINY), q / radius.max(TINY));
        let end = self.rim.at(dp, dq);
        if radius <= end {
            let place = self.on_sphere(p, q);
            return (place, self.seen(place));
        }
        let rim = self.on_sphere(dp * end, dq * end);
        let inner = self.on_sphere(dp * (end - INSIDE_RIM), dq * (end - INSIDE_RIM));
        let slope = (rim - inner) * (1.0 / INSIDE_RIM);
        let beyond = radius - end;
        let slack = SLACK / slope.length().max(TINY_SLOPE);
        let straight = rim + slope * beyond.min(slack);
        if beyond <= slack {
            return (straight, self.seen(straight));
        }
        let flat = slope.with_z(0.0);
        let outwards = flat * (slope.length() / flat.length().max(TINY));
        let place = straight + outwards * (beyond - slack);
        (place, self.seen(place))
    }

    #[cfg(test)]
    fn is_on_skull(&self, u: f64, v: f64) -> bool {
        let [[a, b], [_, d]] = self.flatten;
        let (p, q) = (a * u + b * v, d * v);
        let radius = (p * p + q * q).sqrt();
        radius < self.rim.at(p / radius.max(TINY), q / radius.max(TINY))
    }

    fn on_sphere(&self, p: f64, q: f64) -> DVec3 {
        let on_sphere = on_unit_sphere(p, q);
        self.columns * on_sphere * radius(self.to_head * on_sphere) + self.middle
    }

    /// Central projection onto the plane where the scale holds.
    fn seen(&self, place: DVec3) -> (f64, f64) {
        let share = self.camera / (self.camera - place.z).max(NEAREST);
        (place.x * share, place.y * share)
    }

    /// The direction of the sphere behind the skull under a point of the picture's plane, or one near it where the line of sight
    /// passes the skull.
    fn met(&self, x: f64, y: f64) -> DVec3 {
        let DMat3 { x_axis: c1, y_axis: c2, z_axis: c3 } = self.columns;
        // From the camera's axes back to the sphere: the third column alone has no share of the plane.
        let determinant = c1.x * c2.y - c2.x * c1.y;
        let back = |DVec3 { x, y, z }: DVec3| {
            let s = (x * c2.y - y * c2.x) / determinant;
            let t = (y * c1.x - x * c1.y) / determinant;
            DVec3::new(s, t, (z - c1.z * s - c2.z * t) / c3.z)
        };
        let from = back(DVec3::new(0.0, 0.0, self.camera) - self.middle);
        let way = back(DVec3::new(x, y, -self.camera));
        let (a, b, c) = (way.dot(way), from.dot(way), from.dot(from) - 1.0);
        let under = b * b - a * c;
        let step = (-b - under.max(0.0).sqrt()) / a;
        let met = from + way * step;
        met / met.length().max(TINY)
    }

    /// How the skin faces in a direction of the sphere, in the camera's axes.
    fn normal(&self, on_sphere: DVec3) -> DVec3 {
        let direction = self.to_head * on_sphere;
        let normal = (direction - slope(direction) / radius(direction)) / self.axes;
        let seen = self.rotation.transpose_mul_vec3(normal);
        seen / seen.length().max(TINY)
    }

    /// The chart's place under a point of the picture's plane, or one near it where the line of sight passes the skull.
    fn meet(&self, x: f64, y: f64) -> (f64, f64) {
        let DVec3 { x: s, y: t, z: w } = self.met(x, y);
        // Never so far round that the chart runs away.
        let w = w.max(RIM);
        let (p, q) = (2.0 * s / (1.0 + w), 2.0 * t / (1.0 + w));
        let [[a, b], [_, d]] = self.flatten;
        let v = q / d;
        ((p - b * v) / a, -v)
    }
}

/// The chart's radius on the sphere's touching plane at the end of the skin: a smooth function of the direction, so that
/// the chart has no kink across it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Rim {
    /// The same in all directions.
    round: f64,
    /// What goes with the direction, and with twice its angle.
    once: [f64; 2],
    twice: [f64; 2],
}

impl Rim {
    /// The rim that comes near the end of the skin and passes it nowhere.
    fn within(end: impl Fn(f64, f64) -> f64) -> Self {
        let direction = |step: usize| Angle::degrees(360.0 * step as f64 / RIM_DIRECTIONS as f64 - 180.0);
        let ends: [(Angle, f64); RIM_DIRECTIONS] = std::array::from_fn(|step| {
            let angle = direction(step);
            (angle, end(angle.cosine, angle.sine))
        });
        let mean = |value: &dyn Fn(&Angle) -> f64| {
            ends.iter().map(|(angle, end)| end * value(angle)).sum::<f64>() / RIM_DIRECTIONS as f64
        };
        let double = |angle: &Angle| angle.cosine * angle.cosine - angle.sine * angle.sine;
        let rim = Self {
            round: mean(&|_| 1.0),
            once: [2.0 * mean(&|angle| angle.cosine), 2.0 * mean(&|angle| angle.sine)],
            twice: [2.0 * mean(&double), 4.0 * mean(&|angle| angle.sine * angle.cosine)],
        };
        let over = ends.iter().map(|(angle, end)| rim.at(angle.cosine, angle.sine) - end).fold(0.0, f64::max);
        Self { round: rim.round - over, ..rim }
    }

    /// Its radius in a direction of length one.
    fn at(&self, dp: f64, dq: f64) -> f64 {
        let Self { round, once, twice } = self;
        round + once[0] * dp + once[1] * dq + twice[0] * (dp * dp - dq * dq) + twice[1] * dp * dq
    }
}

/// The direction of the unit sphere over a place of the plane that touches it.
fn on_unit_sphere(p: f64, q: f64) -> DVec3 {
    let squared = p * p + q * q;
    let share = 1.0 / (4.0 + squared);
    DVec3::new(4.0 * p * share, 4.0 * q * share, (4.0 - squared) * share)
}

fn between(a: DVec3, b: DVec3) -> DVec3 {
    (b - a) * (0.5 / STEP)
}

fn step_between(a: PhotoPoint, b: PhotoPoint) -> (f64, f64) {
    ((b.x - a.x) * 0.5 / STEP, (b.y - a.y) * 0.5 / STEP)
}

#[cfg(test)]
mod tests {
    use super::super::Side;
    use super::*;
    use crate::engine::geometry::PhotoPx;

    const PARAMETERS: HeadParameters = HeadParameters { length: Mm(195.0), camera: Mm(1000.0) };

    fn px(value: f64) -> PxPerMm {
        PxPerMm::new(value).unwrap()
    }

    fn head(side: Side, change: impl Fn(&mut Head)) -> Surface {
        let mut head = Head::usual(side, (1600.0, 2000.0), px(4.0), &PARAMETERS);
        change(&mut head);
        Surface::of_head(&head, px(4.0), None, &PARAMETERS)
    }

    fn every_head() -> Vec<(String, Surface)> {
        let poses = [(0.0, 0.0, 0.0), (12.0, -20.0, 30.0), (-30.0, 45.0, -170.0)];
        let mut heads = Vec::new();
        for side in Side::ALL {
            for (yaw, pitch, roll) in poses {
                let surface = head(side, |head| (head.yaw, head.pitch, head.roll) = (yaw, pitch, roll));
                heads.push((format!("{side:?} {yaw} {pitch} {roll}"), surface));
            }
        }
        heads
    }

    #[test]
    fn a_place_of_the_picture_is_found_again() {
        for (name, surface) in every_head() {
            for point in
                [(800.0, 1000.0), (900.0, 800.0), (620.0, 1150.0), (800.0, 760.0), (300.0, 300.0), (1500.0, 1900.0)]
            {
                let point = PhotoPoint::new(point.0, point.1);
                let (u, v) = surface.chart(point);
                let back = surface.point(u, v);
                assert!(back.distance(point) < 0.05, "{name}: {point:?} came back as {back:?}");
            }
        }
    }

    #[test]
    fn the_middle_of_the_chart_is_true() {
        for (name, surface) in every_head() {
            for (u, v) in (-12..=12).flat_map(|u| (-12..=12).map(move |v| (f64::from(u) * 10.0, f64::from(v) * 10.0))) {
                let spot = surface.spot(u, v);
                let on_skull = surface.skull.is_some_and(|skull| skull.is_on_skull(u, -v));
                assert!(!on_skull || (0.2..=1.0).contains(&spot.area), "{name}, {u} {v}: {spot:?}");
            }
        }
        let spot = head(Side::Front, |_| ()).spot(0.0, 0.0);
        assert!((spot.area * WIDER * WIDER - 1.0).abs() < 0.01, "{spot:?}");
        // It lies in the plane of the scale and leans back by 11 degrees: a circle is seen a little flat.
        let [xx, xy, yy] = spot.shape;
        assert!((xx - 1.0).abs() < 0.02 && xy.abs() < 0.01 && (yy - 0.96).abs() < 0.02, "{spot:?}");
    }

    #[test]
    fn the_outline_is_where_the_head_says() {
        for (name, surface) in every_head() {
            // The outermost places of the skull, in all directions, lie on the ellipse that was asked for.
            let Some(skull) = surface.skull else { panic!("{name} is plain") };
            let (mut right, mut up) = (0.0_f64, 0.0_f64);
            for step in 0..720 {
                let angle = Angle::degrees(f64::from(step) / 2.0);
                for radius in (0..400).map(|step| 1.2 + f64::from(step) * 0.004) {
                    let place = skull.on_sphere(radius * angle.cosine, radius * angle.sine);
                    let (x, y) = skull.seen(place);
                    (right, up) = (right.max(x), up.max(y));
                }
            }
            let usual = Head::usual(Side::Front, (1600.0, 2000.0), px(4.0), &PARAMETERS);
            assert!(right > usual.half_width / 4.0 * 0.8 && up > usual.half_height / 4.0 * 0.8, "{name}: {right} {up}");
        }
        for side in Side::ALL {
            let guess = Head::usual(side, (1600.0, 2000.0), px(4.0), &PARAMETERS);
            let skull = head(side, |_| ()).skull.unwrap();
            let reach = |axis: usize| {
                let places = (0..3600).flat_map(|step| {
                    let angle = Angle::degrees(f64::from(step) / 10.0);
                    (150..260).map(move |radius| (f64::from(radius) * 0.01, angle))
                });
                places
                    .map(|(radius, angle)| skull.seen(skull.on_sphere(radius * angle.cosine, radius * angle.sine)))
                    .map(|seen| if axis == 0 { seen.0 } else { seen.1 })
                    .fold(0.0, f64::max)
            };
            let (right, up) = (reach(0) * 4.0, reach(1) * 4.0);
            assert!((right / guess.half_width - 1.0).abs() < 0.01, "{side:?}: {right} for {}", guess.half_width);
            assert!((up / guess.half_height - 1.0).abs() < 0.01, "{side:?}: {up} for {}", guess.half_height);
        }
    }

    #[test]
    fn skin_that_turns_away_is_seen_flat() {
        let surface = head(Side::Front, |_| ());
        let at = |share: f64| {
            let point = PhotoPoint::new(800.0, 1000.0).moved(0.0, -share * surface_half_height());
            let (u, v) = surface.chart(point);
            surface.spot(u, v).shape
        };
        let [xx, xy, yy] = at(0.8);
        assert!(xx > 0.8 && xy.abs() < 0.05 && yy < 0.45, "{:?}", (xx, xy, yy));
        assert!(at(0.5)[2] > yy);
    }

    fn surface_half_height() -> f64 {
        Head::usual(Side::Front, (1600.0, 2000.0), px(4.0), &PARAMETERS).half_height
    }

    #[test]
    fn the_skull_faces_outwards_at_its_outline_and_the_camera_in_its_middle() {
        let surface = head(Side::Front, |_| ());
        let usual = Head::usual(Side::Front, (1600.0, 2000.0), px(4.0), &PARAMETERS);
        let at = |right: f64, up: f64| surface.normal(usual.on_outline(right, up));
        assert!((at(0.3, 0.4).length() - 1.0).abs() < 1e-9);
        assert!(at(0.0, 0.0).z > 0.95, "{}", at(0.0, 0.0));
        for (right, up) in [(1.2, 0.0), (-1.2, 0.0), (0.0, 1.2)] {
            let normal = at(right, up);
            assert!(normal.z < 0.25 && normal.x * right + normal.y * up > 0.9, "{right} {up}: {normal}");
        }
        assert_eq!(Surface::plain(px(4.0)).normal(PhotoPoint::new(3.0, 4.0)), DVec3::Z);
    }

    #[test]
    fn a_line_over_the_skull_is_longer_than_it_is_seen() {
        let surface = head(Side::Front, |_| ());
        let way: Vec<PhotoPoint> =
            (0..=100).map(|step| PhotoPoint::new(800.0, 1000.0 - f64::from(step) * 2.4)).collect();
        let seen = px(4.0).mm(PhotoPx(240.0)).0;
        let along = surface.length(&way).0;
        assert!(along > seen * 1.05 && along < seen * 1.6, "{along} of {seen}");
    }

    #[test]
    fn places_of_the_head_are_named() {
        let on = |side: Side, x: f64, y: f64| {
            let surface = head(side, |_| ());
            let (u, v) = surface.chart(PhotoPoint::new(x, y));
            surface.on_head(u, v).unwrap().to_array()
        };
        let [x, y, z] = on(Side::Front, 800.0, 1000.0);
        assert!(x.abs() < 0.01 && y.abs() < 0.01 && z > 0.99, "{x} {y} {z}");
        let [x, y, z] = on(Side::Top, 800.0, 1150.0);
        assert!(x.abs() < 0.01 && y > 0.6 && z > 0.2, "the forehead is at the lower edge: {x} {y} {z}");
        // In a picture of the left side the nose is at the left.
        let [x, y, z] = on(Side::Left, 650.0, 1000.0);
        assert!(x > 0.6 && y.abs() < 0.01 && z > 0.2, "{x} {y} {z}");
        let [x, _, z] = on(Side::Back, 900.0, 1000.0);
        assert!(x < -0.1 && z < -0.6, "{x} {z}");
    }

    #[test]
    fn a_plain_surface_is_the_picture() {
        let surface = Surface::plain(px(4.0));
        let spot = surface.spot(10.0, 20.0);
        assert_eq!((spot.point, spot.shape), (PhotoPoint::new(40.0, 80.0), [1.0, 0.0, 1.0]));
        assert!((spot.area - 1.0).abs() < 1e-9);
        assert_eq!(surface.chart(PhotoPoint::new(40.0, 80.0)), (10.0, 20.0));
    }
}
