//! Looks for a face, net after net, and knows when it failed.

use super::crop::Crop;
use super::detector::{self, Detection, detect};
use super::face_error::FaceError;
use super::found_face::FoundFace;
use super::iris::{self, find_irises};
use super::mesh::{self, Mesh, index};
use super::net::{Net, NetError, Shape, read_net};
use super::picture::{Point, SourcePicture};

/// The files of the three nets that find a face.
#[derive(Debug, Clone, Copy)]
pub struct FaceFiles<'a> {
    /// Where faces are.
    pub detector: &'a [u8],
    /// The points of a face.
    pub mesh: &'a [u8],
    /// An eye and its iris.
    pub iris: &'a [u8],
}

/// The three nets that find a face. They take about 6 MB.
#[derive(Debug, Clone, PartialEq)]
pub struct FaceFinder {
    detector: Net,
    mesh: Net,
    iris: Net,
}

/// How sure the mesh has to be, each time that it looks. On portraits it was always surer than 0.99, on profiles up to 0.87,
/// on crowns below 0.1.
const MIN_MESH_SCORE: f32 = 0.9;
/// From eye to eye over the side of the detector's box: 0.37 to 0.51 on faces, below 0.06 on profiles.
const MIN_EYES: f64 = 0.2;
/// How far apart detector and mesh may see the middle of the eyes, over the side of the box: up to 0.05 on upright faces.
const MAX_GAP: f64 = 0.15;
/// A picture of a face is cut out in this many sides of its box, to see whether it stands on its head.
const UPRIGHT_MARGIN: f64 = 3.0;
/// How sure the detector is of a face that stands on its head, when it sees it turned: 0.88 and more.
const MIN_UPSIDE_DOWN: f32 = 0.8;
/// How far a face may lean, degrees. To 75 it is found as well as upright, but nobody holds a photo so.
const MAX_ROLL: f64 = 60.0;
/// How far it may be turned, degrees. Further off the points of the far half were not seen to be right.
const MAX_YAW: f64 = 40.0;
/// How far points of the face's edge may lie outside of the picture, over the side of the mesh.
const MAX_OUTSIDE: f64 = 0.01;
/// The least distance of the pupils, in the picture's pixels. See the error by size in `docs/preview.md`.
const MIN_PUPILS: f64 = 24.0;
/// A face whose box is smaller than that, over the longer side of the picture, may be missed when the whole picture is looked
/// at; parts are looked at too then.
const SMALL: f64 = 0.2;
/// Sides of those parts, over the longer side of the picture. They overlap by half.
const PART: f64 = 0.5;
/// A second face counts when it is at least so large, over the first.
const SECOND_FACE: f64 = 0.4;
/// The most faces that are looked at closely.
const MAX_FACES: usize = 4;

impl FaceFinder {
    /// The nets of three files.
    ///
    /// # Errors
    /// When a file is no net, or not the one that belongs there.
    pub fn read(files: &FaceFiles<'_>) -> Result<Self, NetError> {
        let lists = [(detector::BOXES, detector::NUMBERS), (detector::BOXES, 1)];
        let points = [(1, mesh::MESH_POINTS * 3), (1, 1)];
        let eye = [(1, iris::EYE_NUMBERS), (1, iris::NUMBERS)];
        Ok(Self {
            detector: checked(files.detector, detector::SIDE, lists)?,
            mesh: checked(files.mesh, mesh::SIDE, points)?,
            iris: checked(files.iris, iris::SIDE, eye)?,
        })
    }

    /// Looks for the one face of a picture that shows it from the front.
    ///
    /// Costs one look at each pixel of the picture and about 0.2 billion operations, 0.5 billion where no face is found. The
    /// same picture gives the same bits on every machine.
    ///
    /// # Errors
    /// When there is not one face whose points can be relied on.
    pub fn find(&self, picture: &SourcePicture<'_>) -> Result<FoundFace, FaceError> {
        let detections = self.detections(picture)?;
        let mesh = self.only_face(picture, &detections)?;
        let irises = find_irises(&self.iris, picture, &mesh).ok_or(FaceError::Unsure)?;
        let face = FoundFace::new(picture, &mesh, irises);
        let [left, right] = irises.map(|iris| iris.centre);
        if face.pose.roll.abs() > MAX_ROLL {
            return Err(FaceError::NotUpright);
        }
        if face.pose.yaw.abs() > MAX_YAW {
            return Err(FaceError::TurnedAway);
        }
        if outside(picture, &mesh) > MAX_OUTSIDE {
            return Err(FaceError::CutOff);
        }
        // A number that is none is too small as well.
        if right.minus(left).length() >= MIN_PUPILS { Ok(face) } else { Err(FaceError::TooSmall) }
    }

    /// Faces as the detector sees them, the largest first.
    fn detections(&self, picture: &SourcePicture<'_>) -> Result<Vec<Detection>, FaceError> {
        let look = |crop: Crop| detect(&self.detector, picture, crop).ok_or(FaceError::NoFace);
        let mut found = look(Crop::whole(picture, detector::SIDE))?;
        let is_large = |face: &Detection| face.side >= SMALL * picture.longer_side();
        if !found.iter().any(is_large) {
            for crop in parts(picture) {
                found.extend(look(crop)?);
            }
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut distinct: Vec<Detection> = Vec::new();
        for face in found {
            let is_same =
                |other: &Detection| other.centre.minus(face.centre).length() < 0.5 * other.side.max(face.side);
            if !distinct.iter().any(is_same) {
                distinct.push(face);
            }
        }
        distinct.sort_by(|a, b| b.side.total_cmp(&a.side));
        Ok(distinct)
    }

    /// The one face among those that the detector sees.
    fn only_face(&self, picture: &SourcePicture<'_>, all: &[Detection]) -> Result<Mesh, FaceError> {
        let mut only: Option<(f64, Mesh)> = None;
        let mut refusal = FaceError::NoFace;
        for detection in all.iter().take(MAX_FACES) {
            match (self.face(picture, detection), &only) {
                (Ok(mesh), None) => only = Some((detection.side, mesh)),
                (Ok(_), Some((first, _))) if detection.side >= SECOND_FACE * first => {
                    return Err(FaceError::TwoFaces);
                }
                // Why the largest one was none is what the visitor is told.
                (Err(error), None) if refusal == FaceError::NoFace => refusal = error,
                _ => {}
            }
        }
        only.map(|(_, mesh)| mesh).ok_or(refusal)
    }

    /// The points of a face, found twice: the second time in a square that fits those of the first.
    fn face(&self, picture: &SourcePicture<'_>, detection: &Detection) -> Result<Mesh, FaceError> {
        if detection.across().length() < MIN_EYES * detection.side {
            return Err(FaceError::TurnedAway);
        }
        self.check_upright(picture, detection)?;
        let look = |centre: Point, side: f64, right: Point| {
            let side = side * mesh::MARGIN;
            let crop = Crop { centre, side, right, pixels: mesh::SIDE, is_mirrored: false };
            let mesh = Mesh::find(&self.mesh, picture, crop).ok_or(FaceError::NoFace)?;
            // Where it sees hardly anything of a face there is none.
            let refusal = if mesh.score < 1.0 - MIN_MESH_SCORE { FaceError::NoFace } else { FaceError::Unsure };
            if mesh.score >= MIN_MESH_SCORE { Ok(mesh) } else { Err(refusal) }
        };
        let first = look(detection.centre, detection.side, detection.across().direction())?;
        let (centre, side) = first.bounds();
        let mesh = look(centre, side, first.right())?;
        let gap = mesh.eyes().minus(detection.eyes()).length();
        if gap <= MAX_GAP * detection.side { Ok(mesh) } else { Err(FaceError::Unsure) }
    }

    /// Refuses a face that looks more like one when it is seen upside down: its points would be found on its chin.
    fn check_upright(&self, picture: &SourcePicture<'_>, face: &Detection) -> Result<(), FaceError> {
        let right = face.across().direction();
        let score = |right: Point| {
            let side = face.side * UPRIGHT_MARGIN;
            let crop = Crop { centre: face.centre, side, right, pixels: detector::SIDE, is_mirrored: false };
            let scores = detect(&self.detector, picture, crop).unwrap_or_default();
            scores.iter().fold(0.0_f32, |best, face| best.max(face.score))
        };
        let (upright, upside_down) = (score(right), score(right.times(-1.0)));
        match upright > upside_down {
            true => Ok(()),
            false if upside_down >= MIN_UPSIDE_DOWN => Err(FaceError::NotUpright),
            false => Err(FaceError::NoFace),
        }
    }
}

/// A net that takes a square picture in colour and tells that many numbers, as two lists in either order.
pub(super) fn checked<const N: usize>(
    bytes: &[u8],
    side: usize,
    outputs: [(usize, usize); N],
) -> Result<Net, NetError> {
    let net = read_net(bytes)?;
    let input = Shape { height: side, width: side, channels: 3 };
    let told = net.outputs().map(|shape| (shape.places(), shape.channels));
    if net.input() == input && told.eq(outputs) { Ok(net) } else { Err(NetError::OtherNet) }
}

/// Squares of half the picture's longer side that cover it, upright.
fn parts(picture: &SourcePicture<'_>) -> Vec<Crop> {
    let (width, height) = picture.size();
    let side = PART * picture.longer_side();
    let places = |length: f64| {
        // Half a part from one to the next; one in the middle where the picture is no longer than a part.
        let steps = ((length - side).max(0.0) / (side / 2.0)).ceil();
        let first = if steps > 0.0 { side / 2.0 } else { length / 2.0 };
        let step = if steps > 0.0 { (length - side) / steps } else { 0.0 };
        (0..=steps as usize).map(move |i| first + step * i as f64)
    };
    let rows = places(height);
    rows.flat_map(|y| places(width).map(move |x| Crop::upright(Point::new(x, y), side, detector::SIDE))).collect()
}

/// How far the edge of the face lies outside of the picture at most, over the side of the mesh.
fn outside(picture: &SourcePicture<'_>, mesh: &Mesh) -> f64 {
    let (width, height) = picture.size();
    let beyond = index::OVAL.iter().map(|place| {
        let at = mesh.at(*place);
        (-at.x).max(-at.y).max(at.x - width).max(at.y - height)
    });
    let (_, side) = mesh.bounds();
    beyond.fold(0.0, f64::max) / side
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn parts_of(width: usize, height: usize, expected: &[(f64, f64)]) {
        let pixels = vec![0; width * height * 4];
        let parts = parts(&SourcePicture { pixels: &pixels, width, zoom: 1.0 });
        let found: Vec<(f64, f64)> = parts.iter().map(|part| (part.centre.x, part.centre.y)).collect();
        assert_eq!(found, expected, "{width} x {height}");
    }

    #[test]
    fn parts_cover_the_picture_and_overlap() {
        let (square, half) = ([25.0, 50.0, 75.0], [20.0]);
        let grid = |columns: &[f64], rows: &[f64]| {
            rows.iter().flat_map(|y| columns.iter().map(move |x| (*x, *y))).collect::<Vec<_>>()
        };
        parts_of(100, 100, &grid(&square, &square));
        parts_of(40, 100, &grid(&half, &square));
        parts_of(100, 75, &grid(&square, &[25.0, 50.0]));
    }

    #[test]
    fn a_file_that_is_no_net_is_refused() {
        let files = FaceFiles { detector: b"HDN1", mesh: &[], iris: &[] };
        assert_eq!(FaceFinder::read(&files), Err(NetError::Truncated));
    }
}
