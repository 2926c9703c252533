//! How a face is turned, from the depths of its points.

use super::mesh::{Mesh, index};
use serde::{Deserialize, Serialize};

/// How a head is turned, degrees. All are about 0 when a face looks into the camera, upright. On the sample head, turned by
/// up to 40 degrees to the side and from 20 up to 45 down, yaw was up to 6 degrees too small, roll up to 4 off, pitch up to
/// 7; what pitch is upright differs by some degrees from face to face.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FacePose {
    /// The nose to the right of the picture.
    pub yaw: f64,
    /// The forehead towards the camera, the nose down.
    pub pitch: f64,
    /// The head leaning clockwise.
    pub roll: f64,
}

/// The way from the chin to the forehead leans forward by so much, degrees, in the mesh of a head that looks straight ahead:
/// 8.4 on the sample head, 9.7 in the mean of nine portraits, 4 on a scan.
const UPRIGHT_PITCH: f64 = 8.0;
/// The mesh shows a pitch smaller than it is: seen on the sample head from -20 to 45 degrees.
const PITCH_STRETCH: f64 = 1.1;

/// So far a face may be turned to a side, or up or down, degrees, in a photo that is meant to be from the front (our estimate:
/// a photo of the side or from above shows its face turned by more, if at all).
const FRONTAL_WITHIN: f64 = 30.0;

impl FacePose {
    /// Whether the face looks about into the camera.
    #[must_use]
    pub fn is_frontal(&self) -> bool {
        self.yaw.abs() < FRONTAL_WITHIN && self.pitch.abs() < FRONTAL_WITHIN
    }

    pub(super) fn of(mesh: &Mesh) -> Self {
        let right = mesh.right();
        let down = right.quarter_turn();
        // The left of the picture against its right, over several pairs: breadth and how much deeper the right lies.
        let (mut breadth, mut deeper) = (0.0, 0.0);
        for [left, other] in index::PAIRS {
            let (left, other) = (mesh.point(left), mesh.point(other));
            breadth += other.at.minus(left.at).dot(right);
            deeper += other.depth - left.depth;
        }
        let (forehead, chin) = (mesh.point(index::FOREHEAD), mesh.point(index::CHIN));
        let height = chin.at.minus(forehead.at).dot(down);
        Self {
            yaw: degrees_of(deeper, breadth),
            pitch: (degrees_of(chin.depth - forehead.depth, height) - UPRIGHT_PITCH) * PITCH_STRETCH,
            roll: degrees_of(right.y, right.x),
        }
    }
}

/// The angle of a way so far up and so far to the right, degrees from -180 to 180. Right to 1e-9 degrees, the same on
/// every machine; 0 where there is no way.
fn degrees_of(up: f64, right: f64) -> f64 {
    let (long, short) = if up.abs() > right.abs() { (up.abs(), right.abs()) } else { (right.abs(), up.abs()) };
    if !(up + right).is_finite() || long <= 0.0 {
        return 0.0;
    }
    // Half the angle, twice, is small enough for a short series.
    let half = |tangent: f64| tangent / (1.0 + (1.0 + tangent * tangent).sqrt());
    let tangent = half(half(short / long));
    let square = tangent * tangent;
    let series = (0..12).rev().fold(0.0, |sum, term: i32| 1.0 / f64::from(2 * term + 1) - square * sum);
    let small = 4.0 * tangent * series * (180.0 / std::f64::consts::PI);
    let angle = if up.abs() > right.abs() { 90.0 - small } else { small };
    let angle = if right < 0.0 { 180.0 - angle } else { angle };
    if up < 0.0 { -angle } else { angle }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_are_right_all_around() {
        for step in -1_800..=1_800 {
            let degrees = f64::from(step) / 10.0;
            let (sine, cosine) = degrees.to_radians().sin_cos();
            let found = degrees_of(3.0 * sine, 3.0 * cosine);
            let off = (found - degrees).abs();
            assert!(off.min(360.0 - off) < 1e-9, "{degrees}: {found}");
        }
        assert_eq!([degrees_of(0.0, 0.0), degrees_of(f64::NAN, 1.0)], [0.0, 0.0]);
    }
}
