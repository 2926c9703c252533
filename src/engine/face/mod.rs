//! Finding a face and a person in a photo, on the device, by MediaPipe's nets (see `assets/face/NOTICE`).
//!
//! [`FaceFinder::find`] tells pupils, landmarks and pose of the one face of a picture, or why it tells none; [`PersonFinder`]
//! tells what is person and what is background. The nets come as bytes of the files that stand here as [`ModelFile`]s; who
//! loads them is not known here. Nothing of a picture is kept.
//!
//! Only `+ - * /` and `sqrt` are used, so that the same picture gives the same bits natively and in every browser. The nets
//! were taught with sRGB values as they are in files, so colours are averaged as such here, unlike in the preview.

mod blur;
mod crop;
mod detector;
mod face_error;
mod finder;
mod found_face;
mod iris;
mod mesh;
mod models;
mod net;
mod person;
mod picture;
mod pose;

pub use blur::{blur_area, photo_blur};
pub use face_error::FaceError;
pub use finder::{FaceFiles, FaceFinder};
pub use found_face::{FacePoint, FoundFace, FoundLandmarks};
pub use mesh::MESH_POINTS;
pub use models::{DETECTOR_FILE, IRIS_FILE, MESH_FILE, ModelFile, PERSON_FILE};
pub use net::{Net, NetError, Shape, read_net};
pub use person::{PersonFinder, PersonMask, SeenPerson, SkullOutline};
pub use picture::SourcePicture;
pub use pose::FacePose;
