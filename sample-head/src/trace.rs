//! Lines of sight against the head: where they meet it, which way the surface faces there, how much light reaches it.

use std::ops::Range;

use super::anatomy;
use super::build::Shape;
use super::camera::Ray;
use super::vector::{Bounds, Vec3, vec3};

/// What a point of the surface is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Material {
    Skin,
    Eye,
}

/// A point of the surface that was seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// Where it is, mm.
    pub(super) p: Vec3,
    /// The way the surface faces, unit length.
    pub(super) n: Vec3,
    /// Distance along the line of sight, mm, counted from the picture plane.
    pub(super) depth: f32,
    /// How much of the surroundings' light comes in, 0 to 1 (ambient occlusion).
    pub(super) open: f32,
    /// How much of the key light is not in shadow, 0 to 1.
    pub(super) key: f32,
    pub(super) material: Material,
}

/// What a line of sight leads to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Seen {
    Head(Hit),
    /// The background; the line passed the head at this distance, mm, or somewhat less.
    Past(f32),
}

impl Seen {
    pub(super) fn hit(self) -> Option<Hit> {
        match self {
            Self::Head(hit) => Some(hit),
            Self::Past(_) => None,
        }
    }
}

/// Lines of sight begin here and end there, mm from the picture plane: the head lies between, and the shoulders below it.
pub(super) const WHOLE: Range<f32> = -170.0..340.0;

/// A surface nearer than this counts as met, mm: a tenth of a sample pixel.
const TOUCH_MM: f32 = 0.015;

/// At a glancing line the steps would become tiny. This one, mm, can pass through a bump of 4 mm radius only where it is
/// less than 5 micrometres deep.
const MIN_STEP_MM: f32 = 0.4;

const MAX_STEPS: usize = 160;

/// Looks at a head in the light of a lamp.
pub(super) struct Tracer<S> {
    pub(super) shape: S,
    /// To the key light, unit length.
    pub(super) to_key: Vec3,
}

impl<S: Shape> Tracer<S> {
    /// What is seen along a part of a line of sight. Light is taken over from one of `alike` where that lies on the same
    /// surface close by; it changes slowly and costs most of the work.
    pub(super) fn look(&self, ray: &Ray, span: Range<f32>, mirrored_half: [Option<Hit>; 2]) -> Seen {
        let too_near = span.start > WHOLE.start && self.surface(ray.at(span.start)) < 0.5;
        let start = if too_near { WHOLE.start } else { span.start };
        match meet(ray, start..span.end, |p| self.surface(p)) {
            Ok(depth) => Seen::Head(self.hit(ray, depth, mirrored_half)),
            Err(gap) => Seen::Past(gap),
        }
    }

    fn hit(&self, ray: &Ray, depth: f32, mirrored_half: [Option<Hit>; 2]) -> Hit {
        let p = ray.at(depth);
        let (material, n) = if self.eyeballs(p) < self.skin(p) {
            (Material::Eye, normal(p, |p| self.eyeballs(p)))
        } else {
            (Material::Skin, normal(p, |p| self.skin(p)))
        };
        let same = |h: &Hit| h.material == material && (p - h.p).dot(h.n).abs() < 0.3 && n.dot(h.n) > 0.9;
        let (open, key) = match mirrored_half.into_iter().flatten().find(same) {
            Some(h) => (h.open, h.key),
            None => (self.openness(p, n), self.key_light(p, n)),
        };
        Hit { p, n, depth, open, key, material }
    }

    /// A soft shadow: the lamp is as large as a window, and how narrowly a line towards it passes the head tells how much
    /// of it is hidden.
    fn key_light(&self, p: Vec3, n: Vec3) -> f32 {
        if n.dot(self.to_key) < -0.3 {
            return 0.0;
        }
        let start = p + n * 0.6;
        let (mut t, mut seen) = (2.0_f32, 1.0_f32);
        for _ in 0..24 {
            let d = self.skin(start + self.to_key * t);
            // what is far away hides less and less
            let far = ((t - 50.0) / 80.0).at_least(0.0);
            seen = seen.at_most(0.5 + 2.4 * d / t + far);
            if seen < 0.02 {
                return 0.0;
            }
            t += d.at_least(2.0 + 0.03 * t).at_most(9.0);
            if d > 30.0 || t > 110.0 {
                break;
            }
        }
        let seen = seen.at_most(1.0);
        seen * seen * (3.0 - 2.0 * seen)
    }

    /// How open the surroundings are: at some heights over the surface, how much nearer the next surface is than the one
    /// below (Evans 2006).
    fn openness(&self, p: Vec3, n: Vec3) -> f32 {
        const HEIGHTS: [(f32, f32); 4] = [(2.0, 0.26), (6.0, 0.30), (14.0, 0.32), (30.0, 0.32)];
        // even the deepest fold gets some light through the skin around it
        const LEAST: f32 = 0.16;
        let at = |h: f32| self.skin(p + n * h);
        let shut: f32 = HEIGHTS.iter().map(|&(h, weight)| weight * ((h - at(h)) / h).clamp(0.0, 1.3)).sum();
        (1.0 - shut).clamp(LEAST, 1.0)
    }

    /// A step that holds for all of the head.
    fn surface(&self, p: Vec3) -> f32 {
        anatomy::skin(&self.shape, p).step().at_most(self.eyeballs(p))
    }

    fn skin(&self, p: Vec3) -> f32 {
        anatomy::skin(&self.shape, p).distance
    }

    fn eyeballs(&self, p: Vec3) -> f32 {
        anatomy::eyeballs(&self.shape, p)
    }
}

/// Where a line of sight first meets a body, given by a distance that is never too large, in mm from the picture plane;
/// else how closely it passes. Sphere tracing, with longer steps where the line leads away from the body (Keinert 2014).
pub(super) fn meet(ray: &Ray, span: Range<f32>, body: impl Fn(Vec3) -> f32) -> Result<f32, f32> {
    let mut t = span.start;
    let mut gap = f32::MAX;
    let (mut last, mut step) = (f32::MAX, 0.0_f32);
    for _ in 0..MAX_STEPS {
        let d = body(ray.at(t));
        if step > last + d.at_least(0.0) + MIN_STEP_MM {
            // the long step may have jumped over something: back to where the last distance ended
            t -= step - last;
            step = last;
            last = f32::MAX;
            continue;
        }
        if d < TOUCH_MM {
            // too deep: back along the straight line between the last two distances
            let deep = d < -TOUCH_MM && last < 1000.0;
            return Ok(if deep { t + step * d / (last - d) } else { t + d });
        }
        gap = gap.at_most(d);
        step = next_step(d, (last - d) / step);
        last = d;
        t += step;
        if t > span.end {
            return Err(gap);
        }
    }
    // a line that has crept along the surface for so long touches it
    if gap < 0.1 { Ok(t) } else { Err(gap) }
}

/// The next step, from the distance and how fast the line has been coming nearer, mm a mm.
fn next_step(d: f32, approach: f32) -> f32 {
    if d < 2.0 && approach > 0.3 && approach < 1.5 {
        return d / approach;
    }
    let share = if approach < 0.0 { 1.7 } else { 0.95 };
    (d * share).at_least(MIN_STEP_MM)
}

/// The way a body's surface faces, from four distances around the point.
fn normal(p: Vec3, body: impl Fn(Vec3) -> f32) -> Vec3 {
    const E: f32 = 0.12;
    let a = body(p + vec3(E, -E, -E));
    let b = body(p + vec3(-E, -E, E));
    let c = body(p + vec3(-E, E, -E));
    let d = body(p + vec3(E, E, E));
    vec3(a - b - c + d, -a - b + c + d, -a + b - c + d).unit()
}
