//! The form of a skull, from its breadth and its height over the pupils.
//!
//! One convex surface that was fitted to 300 heads of real shape: a radius over the directions from a middle, as a
//! polynomial of degree 4, times three half axes. Below the brows it is only a smooth continuation, not a face. Only
//! `+ - * /` and `sqrt` are used, so it is the same on every machine.
//!
//! The coefficients are fitted to the identity model of ICT FaceKit (MIT License, Copyright (c) 2020 USC Institute for
//! Creative Technologies; the notice stands in `docs/notices.md`).

use glam::DVec3;

/// The usual breadth, height over the pupils, length and distance of the pupils, mm: means of 300 heads of the model.
pub(super) const USUAL_BREADTH: f64 = 158.5;
pub(super) const USUAL_HEIGHT: f64 = 109.5;
pub(super) const USUAL_LENGTH: f64 = 195.5;
pub(super) const USUAL_PUPILS: f64 = 63.1;
/// How deep under the pupils the chin and the base of the nose lie, and how far before them, mm (of 600 such heads).
pub(super) const USUAL_CHIN: (f64, f64) = (111.9, 9.6);
pub(super) const USUAL_NOSE_BASE: (f64, f64) = (48.2, 20.9);

/// The length as a sum of shares of breadth and height; where the chin is seen, of breadth, height and its depth under the
/// pupils.
const LENGTH: (f64, f64) = (0.5, 1.062);
const LENGTH_WITH_CHIN: (f64, f64, f64) = (0.131, 0.895, 0.686);
/// How far the glabella stands before the pupils, how high the middle lies over them, and half the vertical axis, over the
/// height.
const GLABELLA_BEFORE: f64 = 0.12;
pub(super) const MIDDLE_ABOVE: f64 = 0.25;
pub(super) const HALF_HEIGHT: f64 = 0.75;
/// How much larger than the surface's own outline a head is seen, across and, as a share of its height, upwards: the fit
/// runs a little within the broadest and the highest places.
pub(super) const BROADER: f64 = 1.005;
pub(super) const HIGHER: f64 = 0.0064;

/// The radius over a direction `(x, y, z)`: the sum of `RADIUS[i][j] * y^i * z^j`.
const RADIUS: [[f64; 5]; 5] = [
    [0.989, -0.0847, 0.1161, 0.0915, -0.1038],
    [-0.0584, -0.1056, -0.0714, 0.0754, 0.0],
    [0.1879, 0.0997, -0.0636, 0.0, 0.0],
    [0.0223, 0.0041, 0.0, 0.0, 0.0],
    [-0.1534, 0.0, 0.0, 0.0, 0.0],
];

/// Steps of the search for the place whose normal points in a direction: each halves what is left, nearly.
const SEARCH_STEPS: usize = 12;
/// What a length is at least, so that nothing is divided by nothing.
const TINY: f64 = 1e-9;

/// The size of a skull.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SkullSize {
    /// Between the outermost places of both sides, without ears, mm.
    pub(super) breadth: f64,
    /// From the level of the pupils to the top, mm.
    pub(super) height: f64,
    /// From the glabella to the back, mm.
    pub(super) length: f64,
}

impl SkullSize {
    /// The skull whose breadth and height are known, and perhaps how deep the chin lies under the pupils.
    pub(super) fn new(breadth: f64, height: f64, chin: Option<f64>) -> Self {
        let length = match chin {
            Some(chin) => LENGTH_WITH_CHIN.0 * breadth + LENGTH_WITH_CHIN.1 * height + LENGTH_WITH_CHIN.2 * chin,
            None => LENGTH.0 * breadth + LENGTH.1 * height,
        };
        Self { breadth, height, length }
    }

    /// The usual skull of a length.
    pub(super) fn usual(length: f64) -> Self {
        let size = length / USUAL_LENGTH;
        Self { breadth: USUAL_BREADTH * size, height: USUAL_HEIGHT * size, length }
    }

    /// Half axes along the head's x, y and z, mm.
    pub(super) fn half_axes(&self) -> DVec3 {
        DVec3::new(self.breadth / 2.0, self.height * HALF_HEIGHT, self.length / 2.0)
    }

    /// The middle from the middle between the pupils, in the head's axes, mm.
    pub(super) fn middle(&self) -> DVec3 {
        DVec3::new(0.0, self.height * MIDDLE_ABOVE, self.height * GLABELLA_BEFORE - self.length / 2.0)
    }

    /// The place whose normal points in a direction: the farthest that way, from the middle, in the head's axes, mm.
    pub(super) fn farthest(&self, towards: DVec3) -> DVec3 {
        let axes = self.half_axes();
        let stretched = unit(towards * axes);
        let mut direction = stretched;
        for _ in 0..SEARCH_STEPS {
            // Where the normal is right, the direction without the radius's slope is the stretched normal.
            let slope = slope(direction) * (1.0 / radius(direction));
            let wanted = unit(stretched * (1.0 + slope.dot(slope)).sqrt() + slope);
            direction = unit(direction + wanted);
        }
        axes * direction * radius(direction)
    }
}

/// How far out the skull lies in a direction of the unit sphere in the head's axes, in half axes.
pub(super) fn radius(DVec3 { y, z, .. }: DVec3) -> f64 {
    RADIUS.iter().rev().fold(0.0, |sum, row| sum * y + row.iter().rev().fold(0.0, |sum, share| sum * z + share))
}

/// How the radius changes along the sphere in a direction: the part of its gradient that lies in the touching plane.
pub(super) fn slope(direction: DVec3) -> DVec3 {
    let DVec3 { y, z, .. } = direction;
    // By Horner's rule a polynomial and its derivative go together.
    let (mut along_y, mut along_z, mut whole) = (0.0, 0.0, 0.0);
    for row in RADIUS.iter().rev() {
        let (mut value, mut change) = (0.0, 0.0);
        for share in row.iter().rev() {
            change = change * z + value;
            value = value * z + share;
        }
        along_y = along_y * y + whole;
        along_z = along_z * y + change;
        whole = whole * y + value;
    }
    let gradient = DVec3::new(0.0, along_y, along_z);
    gradient - direction * gradient.dot(direction)
}

fn unit(vector: DVec3) -> DVec3 {
    vector / vector.length().max(TINY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::geometry::Angle;

    /// The point and the normal in a direction.
    fn skin(size: &SkullSize, direction: DVec3) -> (DVec3, DVec3) {
        let (axes, radius) = (size.half_axes(), radius(direction));
        (size.middle() + axes * direction * radius, unit((direction - slope(direction) / radius) / axes))
    }

    /// A direction, the radius there, the point and the normal.
    type Check = ([f64; 3], f64, [f64; 3], [f64; 3]);

    /// The test points that were published with the coefficients.
    const CHECK: [Check; 7] = [
        ([0.0, 0.0, 1.0], 1.0081, [0.0, 27.5, 13.987], [0.0, 0.18374, 0.98298]),
        ([0.0, 1.0, 0.0], 0.9874, [0.0, 108.961, -83.96], [0.0, 0.99724, 0.07418]),
        ([1.0, 0.0, 0.0], 0.989, [76.648, 27.5, -83.96], [0.99615, 0.05526, 0.06805]),
        ([0.0, 0.6, 0.8], 0.977242, [0.0, 75.873, -8.001], [0.0, 0.66009, 0.75119]),
        ([0.48, 0.6, 0.64], 0.974379, [36.247, 75.732, -23.371], [0.54771, 0.6113, 0.57125]),
        ([-0.6, 0.64, -0.48], 1.050929, [-48.868, 82.989, -132.972], [-0.64306, 0.6519, -0.40186]),
        ([0.0, 0.28, -0.96], 0.985217, [0.0, 50.259, -175.855], [0.0, 0.28656, -0.95806]),
    ];

    #[test]
    fn the_surface_is_the_published_one() {
        let size = SkullSize::new(155.0, 110.0, None);
        assert!((size.length - 194.32).abs() < 1e-9);
        for (direction, out, point, normal) in CHECK {
            let direction = DVec3::from_array(direction);
            let (place, up) = skin(&size, direction);
            assert!((radius(direction) - out).abs() < 1e-6, "{direction}: {}", radius(direction));
            assert!(place.distance(DVec3::from_array(point)) < 1e-3, "{direction}: {place}");
            assert!(up.distance(DVec3::from_array(normal)) < 2e-5, "{direction}: {up}");
        }
    }

    #[test]
    fn the_chin_tells_of_the_length() {
        let size = SkullSize::new(160.0, 110.0, Some(112.0));
        assert!((size.length - (0.131 * 160.0 + 0.895 * 110.0 + 0.686 * 112.0)).abs() < 1e-9);
    }

    #[test]
    fn the_farthest_place_has_the_normal_that_was_asked_for() {
        let size = SkullSize::new(150.0, 118.0, None);
        for step in 0..36 {
            let (turn, rise) =
                (Angle::degrees(f64::from(step) * 10.0), Angle::degrees(f64::from(step * 7 % 36) * 5.0 - 90.0));
            let towards = DVec3::new(turn.sine * rise.cosine, rise.sine, turn.cosine * rise.cosine);
            let place = size.farthest(towards);
            let beyond = (0..2000).map(|index| {
                let (turn, rise) =
                    (Angle::degrees(f64::from(index % 72) * 5.0), Angle::degrees(f64::from(index / 72) * 6.0 - 87.0));
                let direction = DVec3::new(turn.sine * rise.cosine, rise.sine, turn.cosine * rise.cosine);
                (size.half_axes() * direction * radius(direction)).dot(towards)
            });
            let most = beyond.fold(f64::MIN, f64::max);
            assert!(place.dot(towards) > most - 0.05, "{towards}: {} of {most}", place.dot(towards));
        }
    }
}
