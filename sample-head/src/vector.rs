//! A vector of three `f32`, for points, directions and linear-light colours of the sample scene.

use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// Three components: millimetres (x right in the picture, y up, z towards the camera) or linear red, green, blue.
///
/// Public in a private module, because the sealed half of [`super::Shape`] speaks of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vec3 {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) z: f32,
}

/// Short constructor.
pub(super) const fn vec3(x: f32, y: f32, z: f32) -> Vec3 {
    Vec3 { x, y, z }
}

impl Vec3 {
    pub(super) const ZERO: Self = vec3(0.0, 0.0, 0.0);
    pub(super) const ONE: Self = vec3(1.0, 1.0, 1.0);

    pub(super) fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    pub(super) fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    /// The direction of `self`; a zero vector stays zero.
    pub(super) fn unit(self) -> Self {
        let length = self.length();
        if length > 0.0 { self * (1.0 / length) } else { self }
    }

    pub(super) fn cross(self, other: Self) -> Self {
        vec3(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )
    }

    /// Component by component product: a colour through a filter, or a point in units of three radii.
    pub(super) fn times(self, other: Self) -> Self {
        vec3(self.x * other.x, self.y * other.y, self.z * other.z)
    }

    pub(super) fn lerp(self, other: Self, t: f32) -> Self {
        self + (other - self) * t
    }

    pub(super) fn map(self, f: impl Fn(f32) -> f32) -> Self {
        vec3(f(self.x), f(self.y), f(self.z))
    }
}

impl Add for Vec3 {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        vec3(self.x + o.x, self.y + o.y, self.z + o.z)
    }
}

impl AddAssign for Vec3 {
    fn add_assign(&mut self, o: Self) {
        *self = *self + o;
    }
}

impl Sub for Vec3 {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        vec3(self.x - o.x, self.y - o.y, self.z - o.z)
    }
}

impl Mul<f32> for Vec3 {
    type Output = Self;
    fn mul(self, k: f32) -> Self {
        vec3(self.x * k, self.y * k, self.z * k)
    }
}

impl Neg for Vec3 {
    type Output = Self;
    fn neg(self) -> Self {
        vec3(-self.x, -self.y, -self.z)
    }
}

/// Minimum and maximum as one comparison. The standard ones also look for NaN and leave the sign of a zero open.
pub(super) trait Bounds: Copy {
    /// The smaller of two numbers.
    fn at_most(self, other: Self) -> Self;
    /// The larger of two numbers.
    fn at_least(self, other: Self) -> Self;
}

impl Bounds for f32 {
    fn at_most(self, other: Self) -> Self {
        if self < other { self } else { other }
    }

    fn at_least(self, other: Self) -> Self {
        if self > other { self } else { other }
    }
}
