//! The five sides from which the head is photographed.

use super::camera::Camera;

/// The side of the head that a picture shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// The face.
    #[default]
    Front,
    /// The crown, with the forehead at the lower edge.
    Top,
    /// The head's left side: the nose points to the left of the picture.
    Left,
    /// The head's right side: the nose points to the right of the picture.
    Right,
    /// The back of the head.
    Back,
}

/// Middle and half axes of the usual head's cranium: head's axes, mm.
const CRANIUM_MIDDLE_MM: [f64; 3] = [0.0, 38.0, -2.0];
const CRANIUM_HALF_AXES_MM: [f64; 3] = [75.0, 79.0, 97.0];

impl Side {
    /// All sides.
    pub const ALL: [Self; 5] = [Self::Front, Self::Top, Self::Left, Self::Right, Self::Back];

    /// The side's name in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Top => "top",
            Self::Left => "left",
            Self::Right => "right",
            Self::Back => "back",
        }
    }

    /// The camera that takes the head from this side, with its long lens. Where the picture does not show eyes, the
    /// picture plane touches the skull, so that the scale holds where the skull is nearest.
    #[must_use]
    pub fn camera(self) -> Camera {
        let front = Camera::frontal();
        let (up, toward) = match self {
            Self::Front => return front,
            Self::Top => ([0.0, 0.0, -1.0], [0.0, 1.0, 0.0]),
            Self::Left => ([0.0, 1.0, 0.0], [1.0, 0.0, 0.0]),
            Self::Right => ([0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]),
            Self::Back => ([0.0, 1.0, 0.0], [0.0, 0.0, -1.0]),
        };
        let depth: f64 = toward.iter().zip(CRANIUM_HALF_AXES_MM).map(|(share, half)| (share * half).abs()).sum();
        let [x, y, z] = CRANIUM_MIDDLE_MM;
        let [toward_x, toward_y, toward_z] = toward;
        let target_mm = [x + toward_x * depth, y + toward_y * depth, z + toward_z * depth];
        // From above the nose reaches down in the picture, else the neck does.
        let down = if self == Self::Top { 700.0 } else { 625.0 };
        Camera { target_mm, toward, up, target_px: (front.target_px.0, down), ..front }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{SAMPLE_HEIGHT, SAMPLE_WIDTH, SampleScene, SampleTone};
    use super::*;

    #[test]
    fn every_side_but_the_front_is_aimed_at_the_skin() {
        for side in [Side::Top, Side::Left, Side::Right, Side::Back] {
            let camera = side.camera();
            let scene = SampleScene::new(camera, (SAMPLE_WIDTH, SAMPLE_HEIGHT), SampleTone::default());
            let (x, y) = camera.target_px;
            let seen = scene.surface(x, y).expect("the head is in the middle of its picture");
            let off = (0..3).map(|axis| (seen[axis] - camera.target_mm[axis]).abs()).fold(0.0, f64::max);
            assert!(off < 3.0, "{side:?}: {seen:?}, aimed at {:?}", camera.target_mm);
        }
    }
}
