//! The files of the nets, beside the program.

/// A file of a net. A name never stands for other bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelFile {
    /// Where it lies, from the program's folder on.
    pub path: &'static str,
    /// Recognises its bytes, as `photo_digest` writes it: their number and their FNV-1a hash of 64 bits.
    pub digest: &'static str,
}

/// Where faces are.
pub const DETECTOR_FILE: ModelFile =
    ModelFile { path: "assets/face/detector-1.net", digest: "fnv1a64-109604-d24398875e624dfa" };
/// The points of a face.
pub const MESH_FILE: ModelFile =
    ModelFile { path: "assets/face/mesh-1.net", digest: "fnv1a64-622308-a4c5a5c952de5eea" };
/// An eye and its iris.
pub const IRIS_FILE: ModelFile =
    ModelFile { path: "assets/face/iris-1.net", digest: "fnv1a64-678352-deb8e736d316bcf4" };
/// Which part of a picture is a person.
pub const PERSON_FILE: ModelFile =
    ModelFile { path: "assets/face/person-1.net", digest: "fnv1a64-117640-d0cec9bf1b16861d" };
