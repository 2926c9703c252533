//! The photos of the design's sides. Only one is open at a time: five would not fit into a phone's memory.

use crate::engine::catalog::SampleHead;
use crate::engine::design::{Design, PhotoRef, photo_digest};
use crate::engine::editor::AnalysisImage;
use crate::engine::face::FaceError;
use crate::engine::geometry::PhotoPx;
use crate::engine::i18n::{Texts, fill, fixed, photo_file_error_text};
use crate::engine::photo::{PHOTO_LIMITS, PhotoFileError, PhotoKind};
use std::rc::Rc;

/// A file that the visitor chose. The browser keeps the file itself; this names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PickedFile {
    /// Under this number the effects find it.
    pub number: u32,
    /// Its size, bytes.
    pub bytes: u64,
}

/// Where a photo comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum PhotoSource {
    /// A file of the visitor.
    File(PickedFile),
    /// A picture of the sample head, which lies beside the page.
    Sample(SampleHead),
    /// The bytes of a photo that was opened before, or that a draft kept.
    Bytes(Rc<[u8]>),
}

/// How the visitor turned a photo.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Orientation {
    /// Quarter turns clockwise, 0 to 3.
    pub quarters: u8,
    /// Degrees clockwise after that.
    pub level: f64,
}

impl From<&PhotoRef> for Orientation {
    fn from(photo: &PhotoRef) -> Self {
        Self { quarters: photo.quarter_turns, level: photo.level }
    }
}

/// Why a photo could not be opened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PhotoError {
    /// The file cannot be read: it changed, it is gone, or it is a folder.
    Unreadable,
    /// The sample head's picture did not come.
    SampleLost,
    /// The file is none that is taken.
    Refused(PhotoFileError),
    /// The browser cannot decode it.
    Undecodable(PhotoKind),
    /// The browser has no memory for it.
    NoMemory,
}

impl PhotoError {
    /// What the visitor is told.
    #[must_use]
    pub fn text(self, texts: &Texts) -> String {
        match self {
            Self::Unreadable => texts.photo_unreadable.to_owned(),
            Self::SampleLost => texts.photo_sample_lost.to_owned(),
            Self::Refused(command_error) => photo_file_error_text(texts, command_error),
            Self::Undecodable(PhotoKind::Heic) => texts.photo_heic.to_owned(),
            Self::Undecodable(kind) => fill(texts.photo_undecodable, &[("kind", kind.label())]),
            Self::NoMemory => texts.photo_memory.to_owned(),
        }
    }
}

/// A photo that is open. Its picture is kept by the effects under the number of the load.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenPhoto {
    /// The number of its load.
    pub load: u32,
    /// The file's bytes, copied when it was chosen; `None` for the sample head, which can be had again.
    pub bytes: Option<Rc<[u8]>>,
    /// What the file is.
    pub kind: PhotoKind,
    /// Its size as the browser decoded it, upright.
    pub original: (u32, u32),
    /// Its size as the program works on it, before the visitor's turns.
    pub working: (u32, u32),
    /// How the visitor turned it.
    pub orientation: Orientation,
    /// Digest of its bytes, or the sample head's name.
    pub digest: String,
    /// A small JPEG of it, where the browser makes one.
    pub thumbnail: Option<Rc<[u8]>>,
    /// Its pixels, scaled down; `None` where the browser does not give them as they are.
    pub pixels: Option<Rc<AnalysisImage>>,
}

impl OpenPhoto {
    /// The photo as a design names it.
    #[must_use]
    pub fn reference(&self) -> PhotoRef {
        let Orientation { quarters, level } = self.orientation;
        let (width, height) = if quarters.is_multiple_of(2) { self.working } else { (self.working.1, self.working.0) };
        PhotoRef { width, height, quarter_turns: quarters, level, digest: self.digest.clone() }
    }

    /// What is kept of it when another one is shown.
    #[must_use]
    pub fn stored(&self) -> StoredPhoto {
        let source = match &self.bytes {
            Some(bytes) => PhotoSource::Bytes(bytes.clone()),
            None => PhotoSource::Sample(SampleHead::named(&self.digest).unwrap_or_default()),
        };
        StoredPhoto { digest: self.digest.clone(), source, thumbnail: self.thumbnail.clone(), blur: PhotoPx(0.0) }
    }

    /// What the visitor should know about its size, if anything.
    #[must_use]
    pub fn remark(&self, texts: &Texts) -> Option<String> {
        let (width, height) = self.original;
        let shorter = width.min(height);
        if shorter < PHOTO_LIMITS.advised_side_px {
            return Some(fill(texts.photo_small, &[("side", &shorter.to_string())]));
        }
        if self.working == self.original {
            return None;
        }
        let megapixels = |(w, h): (u32, u32)| fixed(f64::from(w) * f64::from(h) / 1e6, 1);
        let values = [
            ("from", &*megapixels(self.original)),
            ("to", &*megapixels(self.working)),
            ("width", &*self.working.0.to_string()),
            ("height", &*self.working.1.to_string()),
        ];
        Some(fill(texts.photo_scaled, &values))
    }
}

/// A photo that was opened and can be shown again.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredPhoto {
    /// By this a design names it.
    pub digest: String,
    /// Where it comes from.
    pub source: PhotoSource,
    /// A small JPEG of it.
    pub thumbnail: Option<Rc<[u8]>>,
    /// Standard deviation of its own blur; none until it was told.
    pub blur: PhotoPx,
}

/// The photos of a design, by their digests.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PhotoStore(Vec<StoredPhoto>);

impl PhotoStore {
    /// Where the photo with that digest comes from; the sample head's lie beside the page.
    #[must_use]
    pub fn source(&self, digest: &str) -> Option<PhotoSource> {
        let sample = || SampleHead::named(digest).map(PhotoSource::Sample);
        self.get(digest).map(|stored| stored.source.clone()).or_else(sample)
    }

    /// What is stored of the photo with that digest.
    #[must_use]
    pub fn get(&self, digest: &str) -> Option<&StoredPhoto> {
        self.0.iter().find(|stored| stored.digest == digest)
    }

    /// Stores a photo, in place of what was stored of it. How blurred it is stays known.
    pub fn put(&mut self, photo: StoredPhoto) {
        match self.get_mut(&photo.digest) {
            Some(before) => *before = StoredPhoto { blur: before.blur, ..photo },
            None => self.0.push(photo),
        }
    }

    fn get_mut(&mut self, digest: &str) -> Option<&mut StoredPhoto> {
        self.0.iter_mut().find(|stored| stored.digest == digest)
    }

    /// Standard deviation of the blur of the photo with that digest, as far as it was told.
    #[must_use]
    pub fn blur(&self, digest: &str) -> PhotoPx {
        self.get(digest).map_or(PhotoPx(0.0), |stored| stored.blur)
    }

    /// It was told how blurred a photo is.
    pub fn set_blur(&mut self, digest: &str, blur: PhotoPx) {
        if let Some(stored) = self.get_mut(digest) {
            stored.blur = blur;
        }
    }

    /// Stores photos by their bytes.
    pub fn put_bytes(&mut self, photos: &[Rc<[u8]>]) {
        for bytes in photos {
            let source = PhotoSource::Bytes(bytes.clone());
            self.put(StoredPhoto { digest: photo_digest(bytes), source, thumbnail: None, blur: PhotoPx(0.0) });
        }
    }

    /// Forgets the photos that a design does not name.
    pub fn retain_of(&mut self, design: &Design) {
        let is_named = |digest: &str| design.views.each().any(|(_, view)| view.is_on(digest));
        self.0.retain(|stored| is_named(&stored.digest));
    }

    /// The digests of all that is stored.
    #[must_use]
    pub fn digests(&self) -> Vec<String> {
        self.0.iter().map(|stored| stored.digest.clone()).collect()
    }

    /// The files' bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<Rc<[u8]>> {
        let bytes = |stored: &StoredPhoto| match &stored.source {
            PhotoSource::Bytes(bytes) => Some(bytes.clone()),
            PhotoSource::File(_) | PhotoSource::Sample(_) => None,
        };
        self.0.iter().filter_map(bytes).collect()
    }
}

/// Why no first idea is laid on a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoIdea {
    /// Nobody could look for a face.
    NotSought,
    /// No face can be told.
    NoFace(FaceError),
    /// The face was found, and nothing is bare where a hairline usually runs.
    UnderHair,
    /// The photo lies on another side than the front, and looks into the camera.
    Frontal,
}

/// The slice.
#[derive(Debug, Clone, Default)]
pub struct Photos {
    /// The photo of the side that is shown, with the number of its load.
    pub open: Option<OpenPhoto>,
    /// The photos of all sides.
    pub store: PhotoStore,
    /// The number of the newest load: what arrives of an older one is dropped.
    pub load: u32,
    /// The photo of the side that could not be opened: it is not asked for again by itself.
    pub failed: Option<PhotoRef>,
    /// The photos, as they lie, in which a face was looked for, and why no first idea is laid on them, if none is. None is looked for
    /// again when their side is shown again: an idea that was declined would come back.
    pub face_sought_in: Vec<(PhotoRef, Option<NoIdea>)>,
    /// The load of the photo that is being looked at for a face.
    pub face_sought: Option<u32>,
}

impl Photos {
    /// The pixels of the photo that is open, scaled down; `None` where they cannot be read.
    #[must_use]
    pub fn pixels(&self) -> Option<Rc<AnalysisImage>> {
        self.open.as_ref()?.pixels.clone()
    }
}
