//! How a head may differ from the usual one: wider, higher, longer, with another forehead, crown or distance of the eyes.
//!
//! The bodies of `anatomy` and `features` are those of the usual head. A head of another build is looked at through the
//! point of the usual head that stands for each of its points, and distances are taken back to its own millimetres so
//! that they are never too large. The usual head is a type of its own: looking at it is no arithmetic at all.

use super::anatomy::{EYE, PICTURE_PLANE_Z_MM, PUPIL_X_MM};
use super::shapes::{hill, smoothstep};
use super::vector::{Bounds, Vec3, vec3};

/// A build of the head, as what it differs by from the usual one. The default is the usual head.
///
/// Not a likeness of anybody: a way to have many skulls whose truth is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Build {
    /// Factor on widths (x) about the midline, 0.8 to 1.25. The usual head is 134 mm wide over the cheekbones.
    pub width: f64,
    /// Factor on heights (y) about the pupils, 0.8 to 1.25. The usual vertex lies 117 mm above them.
    pub height: f64,
    /// Factor on depths (z) about the pupils' plane, 0.8 to 1.25. The usual head is 195 mm long.
    pub length: f64,
    /// How far the forehead lies back, mm, -10 (bulging) to 10 (sloping).
    pub forehead: f64,
    /// How much squarer than usual the cranium is, -0.2 (an ellipsoid) to 0.3, as a share of the 4-parameter.
    pub squareness: f64,
    /// Distance of the pupils, mm, 50 to 75. The eyes move with it; their irises stay 11.7 mm wide within 3 %.
    pub pupils_mm: f64,
}

impl Default for Build {
    fn default() -> Self {
        Self { width: 1.0, height: 1.0, length: 1.0, forehead: 0.0, squareness: 0.0, pupils_mm: 2.0 * PUPIL_X_MM }
    }
}

impl Build {
    /// The nearest build that can be drawn.
    fn drawable(self) -> Self {
        let factor = |value: f64| value.clamp(0.8, 1.25);
        Self {
            width: factor(self.width),
            height: factor(self.height),
            length: factor(self.length),
            forehead: self.forehead.clamp(-10.0, 10.0),
            squareness: self.squareness.clamp(-0.2, 0.3),
            pupils_mm: self.pupils_mm.clamp(50.0, 75.0),
        }
    }
}

/// What [`super::SampleScene`] can be a scene of: the [`Usual`] head or one of another build, [`BuiltHead`].
pub trait Shape: Body + Copy {}

/// How the bodies of the usual head are seen in a head. Sealed: this module is private.
pub trait Body {
    /// The point of the usual head that stands for a point of this one, mm.
    fn usual(&self, p: Vec3) -> Vec3;
    /// A distance in the usual head as one in this head that is not too large, mm.
    fn own_mm(&self, distance: f32) -> f32;
    /// How far the forehead lies back, mm.
    fn forehead(&self) -> f32;
    /// How much squarer than usual the cranium is.
    fn squareness(&self) -> f32;
    /// Half the distance of the pupils, mm.
    fn pupil_x(&self) -> f64;
    /// Where a place near the midline of the usual face, seen from the front, lies in this one, mm.
    fn place_in_front(&self, place: (f64, f64)) -> (f64, f64);
}

/// The usual head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usual;

impl Shape for Usual {}

impl Body for Usual {
    fn usual(&self, p: Vec3) -> Vec3 {
        p
    }

    fn own_mm(&self, distance: f32) -> f32 {
        distance
    }

    fn forehead(&self) -> f32 {
        0.0
    }

    fn squareness(&self) -> f32 {
        0.0
    }

    fn pupil_x(&self) -> f64 {
        PUPIL_X_MM
    }

    fn place_in_front(&self, place: (f64, f64)) -> (f64, f64) {
        place
    }
}

/// A head of another [`Build`], ready to be looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BuiltHead {
    build: Build,
    /// One over width, height and length.
    inverse: Vec3,
    /// Half the distance of the pupils, mm.
    pupil_x: f32,
    /// Millimetres of this head in one of the usual head, at least.
    least: f32,
}

/// The eyes are moved where they lie before this depth and no higher or lower than that, mm.
const FACE_Z_MM: (f32, f32) = (20.0, EYE.z);
const FACE_HALF_Y_MM: f32 = 45.0;

/// The steepest place of [`hill`] over its width, and of [`smoothstep`] over its span.
const STEEPEST_HILL: f32 = 1.54;
const STEEPEST_STEP: f32 = 1.5;

impl BuiltHead {
    /// What is out of a [`Build`]'s ranges is taken as the nearest within.
    pub(super) fn of(build: Build) -> Self {
        let build = build.drawable();
        let inverse = vec3((1.0 / build.width) as f32, (1.0 / build.height) as f32, (1.0 / build.length) as f32);
        let pupil_x = (0.5 * build.pupils_mm) as f32;
        let mut head = Self { build, inverse, pupil_x, least: 1.0 };
        head.least = 1.0 / (inverse.x.at_least(inverse.y).at_least(inverse.z).at_least(1.0) + head.steepest_move());
        head
    }

    /// The build, within its ranges.
    pub(super) fn build(&self) -> Build {
        self.build
    }

    /// How far the eyes' side of the face is moved outwards by at `x` mm beside the midline, before it is faded out.
    fn eye_move(&self, x: f32) -> f32 {
        x - self.pupil_x + PUPIL_X_MM as f32 - x * self.inverse.x
    }

    /// How much the move of the eyes changes from one point to the next at most, mm a mm.
    fn steepest_move(&self) -> f32 {
        let most = self.eye_move(0.0).abs().at_least(self.eye_move(2.0 * self.pupil_x).abs());
        let slope = vec3(
            STEEPEST_HILL / self.pupil_x,
            STEEPEST_HILL / FACE_HALF_Y_MM,
            STEEPEST_STEP / (FACE_Z_MM.1 - FACE_Z_MM.0),
        );
        most * slope.length()
    }
}

impl Shape for BuiltHead {}

impl Body for BuiltHead {
    fn usual(&self, p: Vec3) -> Vec3 {
        const PLANE: f32 = PICTURE_PLANE_Z_MM as f32;
        let x = p.x.abs();
        // all of the move at the pupils, none at the midline, so that both halves meet
        let share = hill(x, self.pupil_x, self.pupil_x)
            * hill(p.y, 0.0, FACE_HALF_Y_MM)
            * smoothstep(FACE_Z_MM.0, FACE_Z_MM.1, p.z);
        let beside = x * self.inverse.x + self.eye_move(x) * share;
        let x = if p.x < 0.0 { -beside } else { beside };
        vec3(x, p.y * self.inverse.y, PLANE + (p.z - PLANE) * self.inverse.z)
    }

    fn own_mm(&self, distance: f32) -> f32 {
        distance * self.least
    }

    fn forehead(&self) -> f32 {
        self.build.forehead as f32
    }

    fn squareness(&self) -> f32 {
        self.build.squareness as f32
    }

    fn pupil_x(&self) -> f64 {
        0.5 * self.build.pupils_mm
    }

    fn place_in_front(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (x * self.build.width, y * self.build.height)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::noise::{hash, unit};
    use super::*;

    /// Builds at the ends of what people have, and beyond.
    pub(in super::super) const BUILDS: [Build; 4] = [
        Build { width: 1.1, height: 0.92, length: 0.9, forehead: 6.0, squareness: 0.1, pupils_mm: 56.0 },
        Build { width: 0.9, height: 1.08, length: 1.12, forehead: -6.0, squareness: -0.1, pupils_mm: 71.0 },
        Build { width: 1.25, height: 1.25, length: 0.8, forehead: 10.0, squareness: 0.3, pupils_mm: 75.0 },
        Build { width: 0.8, height: 0.8, length: 1.25, forehead: -10.0, squareness: -0.2, pupils_mm: 50.0 },
    ];

    #[test]
    fn no_step_through_a_built_head_is_too_long() {
        let mut state = 1_u32;
        let mut random = |span: f32| {
            state = hash(state.wrapping_add(0x9e37_79b9));
            span * (2.0 * unit(state) - 1.0)
        };
        for build in BUILDS {
            let head = BuiltHead::of(build);
            for _ in 0..20_000 {
                let p = vec3(random(150.0), random(180.0), random(150.0));
                let q = p + vec3(random(1.0), random(1.0), random(1.0)) * 0.1;
                let (own, usual) = ((q - p).length(), (head.usual(q) - head.usual(p)).length());
                assert!(head.own_mm(usual) <= own * 1.001 + 1e-4, "{build:?} {p:?} {q:?}: {usual} over {own}");
            }
        }
    }

    #[test]
    fn the_default_build_is_the_usual_head() {
        let head = BuiltHead::of(Build::default());
        for p in [vec3(31.5, 0.0, 79.0), vec3(-12.0, 7.0, 90.0), vec3(60.0, 80.0, -40.0)] {
            assert!((head.usual(p) - p).length() < 1e-4, "{p:?} {:?}", head.usual(p));
        }
        assert!(head.own_mm(1.0) > 0.9999, "{}", head.own_mm(1.0));
    }

    #[test]
    fn the_iris_keeps_its_width() {
        for build in [BUILDS[0], BUILDS[1]] {
            let head = BuiltHead::of(build);
            let at = |dx: f32| head.usual(vec3(head.pupil_x + dx, 0.0, PICTURE_PLANE_Z_MM as f32)).x;
            assert!((at(0.0) - PUPIL_X_MM as f32).abs() < 1e-4, "{build:?}: {}", at(0.0));
            let width = at(5.85) - at(-5.85);
            assert!((width / 11.7 - 1.0).abs() < 0.03, "{build:?}: {width}");
        }
    }

    #[test]
    fn what_cannot_be_drawn_becomes_the_nearest_that_can() {
        let wild = Build { width: 9.0, length: f64::INFINITY, pupils_mm: -1.0, ..Build::default() };
        let build = BuiltHead::of(wild).build();
        assert_eq!((build.width, build.height, build.length, build.pupils_mm), (1.25, 1.0, 1.25, 50.0));
    }
}
