//! The second net: 468 points of a face, each with its depth. Which point is which stands here.

use super::crop::Crop;
use super::net::{Net, logistic};
use super::picture::{Point, SourcePicture};

/// Pixels along a side of what the net looks at.
pub(super) const SIDE: usize = 192;
/// Points of a face.
pub const MESH_POINTS: usize = 468;
/// How much wider than the face the square is that the net looks at (MediaPipe's own).
pub(super) const MARGIN: f64 = 1.5;

/// Points of the mesh by their names. Left is the left of an upright picture.
pub(super) mod index {
    /// Outer corners of the eyes.
    pub(crate) const OUTER_CANTHI: [usize; 2] = [33, 263];
    /// Inner corners of the eyes.
    pub(crate) const INNER_CANTHI: [usize; 2] = [133, 362];
    /// Where the nose meets the upper lip.
    pub(crate) const NOSE_BASE: usize = 2;
    /// The lowest point of the chin.
    pub(crate) const CHIN: usize = 152;
    /// Between the brows.
    pub(crate) const GLABELLA: usize = 9;
    /// The highest point of the forehead that the mesh has.
    pub(crate) const FOREHEAD: usize = 10;
    /// The upper edges of the brows from the left to the right.
    pub(crate) const BROWS: [usize; 10] = [70, 63, 105, 66, 107, 336, 296, 334, 293, 300];
    /// Where forehead and temple meet at the edge of the face.
    pub(crate) const TEMPLES: [usize; 2] = [21, 251];
    /// The edge of the face, from the forehead clockwise.
    pub(crate) const OVAL: [usize; 36] = [
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
        150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
    ];
    /// Points that are mirror images of each other, left and right.
    pub(crate) const PAIRS: [[usize; 2]; 6] = [[33, 263], [133, 362], [127, 356], [234, 454], [61, 291], [21, 251]];
}

/// A point of the mesh in the picture's pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct MeshPoint {
    pub(super) at: Point,
    /// Away from the camera.
    pub(super) depth: f64,
}

/// A face as the second net sees it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mesh {
    /// How sure the net is that there is a face, 0 to 1.
    pub(super) score: f32,
    /// As many as [`MESH_POINTS`].
    points: Vec<MeshPoint>,
}

impl Mesh {
    /// Looks for the points of a face in a square of the picture. `None` where the net is another one.
    pub(super) fn find(net: &Net, picture: &SourcePicture<'_>, crop: Crop) -> Option<Self> {
        let input = crop.values(picture).into_iter().map(|value| value / 255.0).collect();
        let outputs = net.run(input)?;
        let [numbers, score] = outputs.first_chunk::<2>()?;
        let point = |[x, y, depth]: &[f32; 3]| MeshPoint {
            at: crop.to_picture(Point::new(f64::from(*x), f64::from(*y))),
            depth: f64::from(*depth) * crop.scale(),
        };
        let points: Vec<MeshPoint> = numbers.as_chunks().0.iter().map(point).collect();
        Some(Self { score: logistic(*score.first()?), points }).filter(|mesh| mesh.points.len() == MESH_POINTS)
    }

    /// All points in the order of the net.
    pub(super) fn points(&self) -> &[MeshPoint] {
        &self.points
    }

    /// A point by its place in the order.
    pub(super) fn point(&self, place: usize) -> MeshPoint {
        self.points.get(place).copied().unwrap_or_default()
    }

    /// Where a point is in the picture.
    pub(super) fn at(&self, place: usize) -> Point {
        self.point(place).at
    }

    /// The direction from eye to eye, of length 1.
    pub(super) fn right(&self) -> Point {
        let [left, right] = index::OUTER_CANTHI.map(|place| self.at(place));
        right.minus(left).direction()
    }

    /// The middle of the eyes' corners.
    pub(super) fn eyes(&self) -> Point {
        let corners = index::OUTER_CANTHI.into_iter().chain(index::INNER_CANTHI);
        corners.fold(Point::default(), |sum, place| sum.plus(self.at(place).times(0.25)))
    }

    /// The square around all points, along the direction from eye to eye: its middle and side.
    pub(super) fn bounds(&self) -> (Point, f64) {
        let right = self.right();
        let down = right.quarter_turn();
        let extent = |along: Point| {
            let places = self.points.iter().map(|point| point.at.dot(along));
            places.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)))
        };
        let (across, along) = (extent(right), extent(down));
        let centre = right.times((across.0 + across.1) / 2.0).plus(down.times((along.0 + along.1) / 2.0));
        (centre, (across.1 - across.0).max(along.1 - along.0))
    }
}
