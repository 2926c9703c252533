//! The nets that find a face, the sample head that they look at, and the bits that they find, natively and in a browser.
#![cfg(test)]

use hairline_designer::engine::face::{FaceFiles, FaceFinder, FoundFace, PersonFinder, PersonMask, SourcePicture};
use std::io::Cursor;

pub(crate) const DETECTOR: &[u8] = include_bytes!("../../assets/face/detector-1.net");
pub(crate) const MESH: &[u8] = include_bytes!("../../assets/face/mesh-1.net");
pub(crate) const IRIS: &[u8] = include_bytes!("../../assets/face/iris-1.net");
pub(crate) const PERSON: &[u8] = include_bytes!("../../assets/face/person-1.net");

const SAMPLE: &[u8] = include_bytes!("../../assets/sample/sample-head-1.webp");

/// What is found on the sample head, and who is seen there: every bit of every number.
pub(crate) const FINGERPRINTS: [u64; 2] = [0x4cc3_4322_1c0d_dd8e, 0xc376_8939_b1eb_2fb7];

pub(crate) fn face_finder() -> FaceFinder {
    FaceFinder::read(&FaceFiles { detector: DETECTOR, mesh: MESH, iris: IRIS }).expect("the nets of a face")
}

/// RGBA pixels of the sample head, and their width.
pub(crate) fn sample_head() -> (Vec<u8>, usize) {
    rgba(SAMPLE)
}

/// RGBA pixels of a WebP picture without transparency, and their width. The same bytes on every machine.
pub(crate) fn rgba(webp: &[u8]) -> (Vec<u8>, usize) {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(webp)).expect("a WebP file");
    let mut rgb = vec![0; decoder.output_buffer_size().expect("its size")];
    decoder.read_image(&mut rgb).expect("its pixels");
    let pixels = rgb.as_chunks().0.iter().flat_map(|[red, green, blue]| [*red, *green, *blue, 255]).collect();
    (pixels, decoder.dimensions().0 as usize)
}

/// The fingerprints of what is found on the sample head now.
pub(crate) fn fingerprints() -> [u64; 2] {
    let (pixels, width) = sample_head();
    let picture = SourcePicture { pixels: &pixels, width, zoom: 1.0 };
    let face = face_finder().find(&picture).expect("the sample head has a face");
    let person = PersonFinder::read(PERSON).expect("the net of a person");
    let mask = person.find(&picture).expect("there is a picture");
    [hash(of_face(&face)), hash(of_mask(&mask))]
}

fn of_face(face: &FoundFace) -> Vec<f64> {
    let of_points = face.points.iter().flat_map(|point| [point.at.x, point.at.y, point.depth]);
    let pose = [face.pose.yaw, face.pose.pitch, face.pose.roll, face.pupils_by_iris.0];
    face.pupils.iter().flat_map(|pupil| [pupil.x, pupil.y]).chain(pose).chain(of_points).collect()
}

fn of_mask(mask: &PersonMask) -> Vec<f64> {
    let first = mask.middle(0, 0);
    mask.shares().iter().map(|share| f64::from(*share)).chain([mask.pitch(), first.x, first.y]).collect()
}

/// FNV-1a over the bits.
fn hash(numbers: Vec<f64>) -> u64 {
    let step = |hash: u64, number: f64| (hash ^ number.to_bits()).wrapping_mul(0x0100_0000_01b3);
    numbers.into_iter().fold(0xcbf2_9ce4_8422_2325, step)
}
