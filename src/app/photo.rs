//! From a file to a picture on the stage.

use super::model::PhotoSource;
use crate::engine::catalog::SampleHead;
use crate::engine::design::{Design, PhotoRef, photo_digest};
use crate::engine::i18n::{Texts, fill, fixed, photo_refusal};
use crate::engine::photo::{HEAD_BYTES, PHOTO_LIMITS, PhotoKind, PhotoRefusal, inspect, inspect_head, working_size};
use crate::platform::files::{self, ShownBlob};
use crate::platform::picture::{self, Picture, PictureFault};
use crate::platform::site;
use std::rc::Rc;

/// A photo that was opened and can be shown again.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// Its digest: by this a design names it.
    pub digest: String,
    /// Where it comes from.
    pub source: PhotoSource,
    /// The address of a small picture of it.
    pub small: Option<Rc<ShownBlob>>,
}

/// The photos of a design, by their digests. Only one is open at a time: five would not fit into a phone's memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Album(Vec<Kept>);

impl Album {
    /// The photo with that digest; the sample head's lie beside the page.
    #[must_use]
    pub(super) fn source(&self, digest: &str) -> Option<PhotoSource> {
        let sample = || SampleHead::named(digest).map(PhotoSource::Sample);
        self.of(digest).map(|kept| kept.source.clone()).or_else(sample)
    }

    /// What is kept of the photo with that digest.
    #[must_use]
    pub(super) fn of(&self, digest: &str) -> Option<&Kept> {
        self.0.iter().find(|kept| kept.digest == digest)
    }

    /// Keeps a photo, in place of what was kept of it.
    pub(super) fn keep(&mut self, kept: Kept) {
        match self.0.iter_mut().find(|other| other.digest == kept.digest) {
            Some(before) => *before = kept,
            None => self.0.push(kept),
        }
    }

    /// Keeps photos by their bytes.
    pub(super) fn keep_bytes(&mut self, photos: &[Rc<[u8]>]) {
        for bytes in photos {
            self.keep(Kept { digest: photo_digest(bytes), source: PhotoSource::Bytes(bytes.clone()), small: None });
        }
    }

    /// Forgets the photos that a design does not name.
    pub(super) fn keep_only(&mut self, design: &Design) {
        let named = |digest: &str| design.views.each().any(|(_, view)| view.is_on(digest));
        self.0.retain(|kept| named(&kept.digest));
    }

    /// The digests of all that is kept.
    #[must_use]
    pub(super) fn digests(&self) -> Vec<String> {
        self.0.iter().map(|kept| kept.digest.clone()).collect()
    }

    /// The files' bytes.
    #[must_use]
    pub(super) fn bytes(&self) -> Vec<Rc<[u8]>> {
        let bytes = |kept: &Kept| match &kept.source {
            PhotoSource::Bytes(bytes) => Some(bytes.clone()),
            PhotoSource::File(_) | PhotoSource::Sample(_) => None,
        };
        self.0.iter().filter_map(bytes).collect()
    }
}

/// How the visitor turned a photo.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Turned {
    /// Quarter turns clockwise, 0 to 3.
    pub quarters: u8,
    /// Degrees clockwise after that.
    pub level: f64,
}

impl From<&PhotoRef> for Turned {
    fn from(photo: &PhotoRef) -> Self {
        Self { quarters: photo.quarter_turns, level: photo.level }
    }
}

/// A photo that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedPhoto {
    /// The working picture.
    pub picture: Picture,
    /// The file's bytes, copied when it was chosen; `None` for the sample head, which can be had again.
    pub bytes: Option<Rc<[u8]>>,
    /// What the file is.
    pub kind: PhotoKind,
    /// Its size as the browser decoded it, upright.
    pub original: (u32, u32),
    /// Its size as the program works on it, before the visitor's turns.
    pub working: (u32, u32),
    /// How the visitor turned it.
    pub turned: Turned,
    /// Digest of its bytes, or the sample head's name.
    pub digest: String,
    /// The address of a small picture of it.
    pub small: Option<Rc<ShownBlob>>,
}

/// Height of the small pictures, pixels: three times what they are shown.
const SMALL_HEIGHT: u32 = 168;

impl LoadedPhoto {
    /// What is kept of it when another one is shown.
    #[must_use]
    pub(super) fn kept(&self) -> Kept {
        let source = match &self.bytes {
            Some(bytes) => PhotoSource::Bytes(bytes.clone()),
            None => PhotoSource::Sample(SampleHead::named(&self.digest).unwrap_or_default()),
        };
        Kept { digest: self.digest.clone(), source, small: self.small.clone() }
    }

    /// The photo as a design names it.
    #[must_use]
    pub fn reference(&self) -> PhotoRef {
        let (width, height) =
            if self.turned.quarters.is_multiple_of(2) { self.working } else { (self.working.1, self.working.0) };
        let Turned { quarters, level } = self.turned;
        PhotoRef { width, height, quarter_turns: quarters, level, digest: self.digest.clone() }
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
        Some(fill(
            texts.photo_scaled,
            &[
                ("from", &megapixels(self.original)),
                ("to", &megapixels(self.working)),
                ("width", &self.working.0.to_string()),
                ("height", &self.working.1.to_string()),
            ],
        ))
    }
}

/// Opens a photo; says in a sentence why not.
///
/// # Errors
/// A sentence for the visitor.
pub(super) async fn load(source: PhotoSource, turned: Turned, texts: &'static Texts) -> Result<LoadedPhoto, String> {
    let mut loaded = match source {
        PhotoSource::Sample(head) => {
            let bytes = site::photo(&head.path()).await.ok_or_else(|| texts.photo_sample_lost.to_owned())?;
            let loaded = from_bytes(bytes.into(), turned, texts).await?;
            Ok(LoadedPhoto { bytes: None, digest: head.digest(), ..loaded })
        }
        PhotoSource::Bytes(bytes) => from_bytes(bytes, turned, texts).await,
        PhotoSource::File(file) => {
            let unreadable = |_| texts.photo_unreadable.to_owned();
            let head = files::read_head(&file, HEAD_BYTES).await.map_err(unreadable)?;
            inspect_head(&head, file.size() as u64).map_err(|refusal| photo_refusal(texts, refusal))?;
            let bytes = files::read(&file).await.map_err(unreadable)?;
            from_bytes(bytes, turned, texts).await
        }
    }?;
    // Without a small picture the side has its name alone.
    let small = loaded.picture.thumbnail(SMALL_HEIGHT).await.ok();
    loaded.small = small.and_then(|blob| ShownBlob::new(&blob)).map(Rc::new);
    Ok(loaded)
}

async fn from_bytes(bytes: Rc<[u8]>, turned: Turned, texts: &'static Texts) -> Result<LoadedPhoto, String> {
    let refused = |refusal: PhotoRefusal| photo_refusal(texts, refusal);
    let header = inspect(&bytes).map_err(refused)?;
    let decoded =
        picture::decode(&bytes, header.kind.mime()).await.map_err(|fault| decode_fault(texts, header.kind, fault))?;
    let original = (decoded.width(), decoded.height());
    // A header may claim less than its pixels are; what the browser made of it is what counts.
    if u64::from(original.0) * u64::from(original.1) > PHOTO_LIMITS.pixels() {
        decoded.close();
        let megapixels = (u64::from(original.0) * u64::from(original.1)).div_ceil(1_048_576) as u32;
        return Err(refused(PhotoRefusal::TooManyPixels { megapixels, limit: PHOTO_LIMITS.megapixels }));
    }
    let working = working_size(original.0, original.1);
    let picture = Picture::new(&decoded, working.0, working.1, turned.quarters, turned.level);
    decoded.close();
    let picture = picture.map_err(|_| texts.photo_memory.to_owned())?;
    let digest = photo_digest(&bytes);
    Ok(LoadedPhoto { picture, bytes: Some(bytes), kind: header.kind, original, working, turned, digest, small: None })
}

fn decode_fault(texts: &Texts, kind: PhotoKind, fault: PictureFault) -> String {
    match (fault, kind) {
        (PictureFault::NoCanvas, _) => texts.photo_memory.to_owned(),
        (PictureFault::Undecodable, PhotoKind::Heic) => texts.photo_heic.to_owned(),
        (PictureFault::Undecodable, kind) => fill(texts.photo_undecodable, &[("kind", kind.label())]),
    }
}
