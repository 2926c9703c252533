//! Where the picture is taken from. The head's geometry knows nothing of it.

use super::anatomy::PICTURE_PLANE_Z_MM;
use super::vector::{Vec3, vec3};

/// The long lens of the sample picture. The forehead lies up to 20 mm before the plane of the pupils; from here that
/// enlarges it by 0.33 %, a quarter of a millimetre in 75.
const LONG_LENS_MM: f64 = 6000.0;

/// Scale of the sample picture. 1200 x 1500 px are then 240 x 300 mm: 28 mm of room over the head, the neck and the
/// rise of the shoulders below.
const SAMPLE_PX_PER_MM: f64 = 5.0;

/// Where the sample picture has the middle between the pupils: halfway across, 145 mm below its upper edge.
const SAMPLE_TARGET_PX: (f64, f64) = (600.0, 725.0);

/// A camera aimed at a point of the head.
///
/// The *picture plane* goes through the target, square to the line to the lens. What lies in it is shown at
/// `px_per_mm`; what lies nearer the lens by `d` mm is larger by `distance_mm / (distance_mm - d)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// From the target to the lens, mm. At least 400, so that the lens stays outside the head.
    pub distance_mm: f64,
    /// The point that the lens is aimed at: head's axes, mm.
    pub target_mm: [f64; 3],
    /// From the target to the lens: head's axes, unit length.
    pub toward: [f64; 3],
    /// What is upright in the picture: head's axes, unit length, square to `toward`.
    pub up: [f64; 3],
    /// Photo pixels a millimetre in the picture plane.
    pub px_per_mm: f64,
    /// Where the target lies in the picture: photo pixels from the upper left corner, x to the right, y down.
    pub target_px: (f64, f64),
}

/// A line of sight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ray {
    /// Where it crosses the picture plane, mm. Distances along the line are counted from here.
    pub(super) through: Vec3,
    /// Away from the lens, unit length.
    pub(super) dir: Vec3,
}

impl Ray {
    /// The point `depth` mm behind the picture plane.
    pub(super) fn at(&self, depth: f32) -> Vec3 {
        self.through + self.dir * depth
    }
}

impl Camera {
    /// From the front at the height of the eyes with a lens 6 m away. The picture plane goes through the pupils.
    #[must_use]
    pub const fn frontal() -> Self {
        Self {
            distance_mm: LONG_LENS_MM,
            target_mm: [0.0, 0.0, PICTURE_PLANE_Z_MM],
            toward: [0.0, 0.0, 1.0],
            up: [0.0, 1.0, 0.0],
            px_per_mm: SAMPLE_PX_PER_MM,
            target_px: SAMPLE_TARGET_PX,
        }
    }

    /// Where a point of the head (head's axes, mm) lies in the picture, photo pixels.
    #[must_use]
    pub fn project(&self, point_mm: [f64; 3]) -> (f64, f64) {
        let from_target = sum(point_mm, scaled(self.target_mm, -1.0));
        let depth = self.distance_mm - dot(from_target, self.toward);
        let scale = self.px_per_mm * self.distance_mm / depth;
        let (x, y) = self.target_px;
        (x + scale * dot(from_target, self.right()), y - scale * dot(from_target, self.up))
    }

    /// The line of sight through a point of the picture, photo pixels.
    pub(super) fn ray(&self, x: f64, y: f64) -> Ray {
        let (target_x, target_y) = self.target_px;
        let across = (x - target_x) / self.px_per_mm;
        let upwards = (target_y - y) / self.px_per_mm;
        let from_target = sum(scaled(self.right(), across), scaled(self.up, upwards));
        let from_lens = sum(from_target, scaled(self.toward, -self.distance_mm));
        let length = dot(from_lens, from_lens).sqrt();
        Ray { through: single(sum(self.target_mm, from_target)), dir: single(scaled(from_lens, 1.0 / length)) }
    }

    /// A direction given by its shares to the right, upwards and towards the lens, in the head's axes.
    pub(super) fn direction(&self, right: f64, up: f64, toward: f64) -> Vec3 {
        let mixed = sum(sum(scaled(self.right(), right), scaled(self.up, up)), scaled(self.toward, toward));
        single(mixed).unit()
    }

    /// What is to the right in the picture, head's axes, unit length.
    pub(super) fn right(&self) -> [f64; 3] {
        let ([ux, uy, uz], [tx, ty, tz]) = (self.up, self.toward);
        [uy * tz - uz * ty, uz * tx - ux * tz, ux * ty - uy * tx]
    }
}

fn dot([ax, ay, az]: [f64; 3], [bx, by, bz]: [f64; 3]) -> f64 {
    ax * bx + ay * by + az * bz
}

fn sum([ax, ay, az]: [f64; 3], [bx, by, bz]: [f64; 3]) -> [f64; 3] {
    [ax + bx, ay + by, az + bz]
}

fn scaled([x, y, z]: [f64; 3], k: f64) -> [f64; 3] {
    [x * k, y * k, z * k]
}

fn single([x, y, z]: [f64; 3]) -> Vec3 {
    vec3(x as f32, y as f32, z as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_sight_leads_to_where_its_points_are_projected() {
        let cameras = [
            Camera::frontal(),
            Camera { distance_mm: 500.0, toward: [0.6, 0.0, 0.8], ..Camera::frontal() },
            Camera { distance_mm: 900.0, toward: [0.0, 0.8, 0.6], up: [0.0, 0.6, -0.8], ..Camera::frontal() },
        ];
        for camera in cameras {
            let ray = camera.ray(431.25, 902.5);
            for depth in [-60.0, 0.0, 140.0] {
                let p = ray.at(depth);
                let (x, y) = camera.project([f64::from(p.x), f64::from(p.y), f64::from(p.z)]);
                assert!((x - 431.25).abs() < 0.01 && (y - 902.5).abs() < 0.01, "{camera:?} {depth}: {x} {y}");
            }
        }
    }

    #[test]
    fn the_picture_plane_has_the_stated_scale() {
        let camera = Camera::frontal();
        let (x0, _) = camera.project([-31.5, 0.0, PICTURE_PLANE_Z_MM]);
        let (x1, _) = camera.project([31.5, 0.0, PICTURE_PLANE_Z_MM]);
        assert!((x1 - x0 - 63.0 * camera.px_per_mm).abs() < 1e-9, "{x0} {x1}");
    }
}
