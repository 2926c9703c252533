//! What is known of a face once it was found.

use super::iris::{Iris, drop};
use super::mesh::{Mesh, index};
use super::picture::{Point, SourcePicture};
use super::pose::FacePose;
use crate::engine::geometry::{Mm, PhotoPoint};
use serde::{Deserialize, Serialize};

/// Breadth of an iris: 11.7 mm, with a spread of about 0.5 mm between people (Hashemi et al., Eye & Contact Lens 2015).
const IRIS: Mm = Mm(11.7);

/// Eyes are seen where the irises lie no further than that below the line between the corners of the eye, over its breadth: to
/// -0.03 on portraits, to 0.04 on the sample head seen from 45 degrees above; from 0.08 on closed eyes and behind dark lenses.
const MAX_DROP: f64 = 0.06;
/// And where the irises are not smaller than that tells of the pupils' distance: to 74 mm on portraits; from 77 on closed eyes
/// and under a grey bar.
const MAX_PUPILS_BY_IRIS: Mm = Mm(78.0);

/// A face that was found in a photo. Left is the left of the picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoundFace {
    /// Middles of the irises, left and right.
    pub pupils: [PhotoPoint; 2],
    /// Whether the eyes look as open eyes do. Where not, they are closed (pupils up to 6 % of their distance off) or hidden,
    /// as by sunglasses (up to 15 %), and should be set by hand; other points are as good as ever.
    pub are_eyes_seen: bool,
    /// Points of the face by their names.
    pub landmarks: FoundLandmarks,
    /// How the head is turned.
    pub pose: FacePose,
    /// Distance of the pupils if the irises are as broad as most: 61 to 74 mm on nine portraits. Good for noticing a wrong
    /// scale, not as a scale; with half-closed eyes it is too great.
    pub pupils_by_iris: Mm,
    /// All points of the mesh in MediaPipe's order, 468.
    pub points: Vec<FacePoint>,
}

/// Named points of a face. Left is the left of the picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoundLandmarks {
    /// Outer corners of the eyes, left and right.
    pub canthi: [PhotoPoint; 2],
    /// Where the nose meets the upper lip (subnasale).
    pub nose_base: PhotoPoint,
    /// The lowest point of the chin (menton).
    pub chin: PhotoPoint,
    /// Between the brows.
    pub glabella: PhotoPoint,
    /// The upper edges of the brows, from the left to the right, five points of each.
    pub brows: [PhotoPoint; 10],
    /// Where forehead and temple meet at the edge of the face, left and right.
    pub temples: [PhotoPoint; 2],
    /// The edge of the face, from the middle of the forehead clockwise. It ends on the forehead, not at the hair.
    pub oval: Vec<PhotoPoint>,
}

/// A point of the mesh.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FacePoint {
    /// Where it is seen.
    pub at: PhotoPoint,
    /// How much further from the camera it is than the middle of the head, in photo pixels.
    pub depth: f64,
}

impl FoundFace {
    pub(super) fn new(picture: &SourcePicture<'_>, mesh: &Mesh, irises: [Iris; 2]) -> Self {
        let photo = |point: Point| picture.in_photo(point);
        let named = |place: usize| photo(mesh.at(place));
        let [left, right] = irises.map(|iris| iris.centre);
        let diameter = f64::midpoint(irises[0].diameter, irises[1].diameter);
        let pupils_by_iris = Mm(right.minus(left).length() / diameter * IRIS.0);
        let points = mesh.points().iter();
        Self {
            pupils: [left, right].map(photo),
            are_eyes_seen: drop(mesh, &irises) <= MAX_DROP && pupils_by_iris <= MAX_PUPILS_BY_IRIS,
            landmarks: FoundLandmarks {
                canthi: index::OUTER_CANTHI.map(named),
                nose_base: named(index::NOSE_BASE),
                chin: named(index::CHIN),
                glabella: named(index::GLABELLA),
                brows: index::BROWS.map(named),
                temples: index::TEMPLES.map(named),
                oval: index::OVAL.map(named).to_vec(),
            },
            pose: FacePose::of(mesh),
            pupils_by_iris,
            points: points.map(|point| FacePoint { at: photo(point.at), depth: point.depth / picture.zoom }).collect(),
        }
    }
}
