//! From a file to a picture on the stage.

use super::model::PhotoSource;
use crate::engine::design::{PhotoRef, photo_digest};
use crate::engine::i18n::{Texts, fill, fixed, photo_refusal};
use crate::engine::photo::{HEAD_BYTES, PHOTO_LIMITS, PhotoKind, PhotoRefusal, inspect, inspect_head, working_size};
use crate::engine::sample::{SAMPLE_HEIGHT, SAMPLE_WIDTH, SampleTone};
use crate::platform::files;
use crate::platform::picture::{self, Picture, PictureFault};
use crate::worker::Workshop;
use std::rc::Rc;

/// The digest of the sample head in each of its tones, in their order: a name, since no file holds it. The first that there
/// was has none of its tone.
const SAMPLE_DIGESTS: [&str; SampleTone::ALL.len()] =
    ["sample-head-1-monk-2", "sample-head-1", "sample-head-1-monk-5", "sample-head-1-monk-7", "sample-head-1-monk-9"];

/// The tone of the sample head with that digest; `None` for other photos.
pub(super) fn sample_tone(digest: &str) -> Option<SampleTone> {
    SampleTone::ALL.into_iter().zip(SAMPLE_DIGESTS).find_map(|(tone, name)| (name == digest).then_some(tone))
}

fn sample_digest(tone: SampleTone) -> String {
    let named = SampleTone::ALL.into_iter().zip(SAMPLE_DIGESTS).find(|(each, _)| *each == tone);
    named.map_or_else(String::new, |(_, name)| name.to_owned())
}

/// A photo that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedPhoto {
    /// The working picture.
    pub picture: Picture,
    /// The file's bytes, copied when it was chosen; `None` for the sample head.
    pub bytes: Option<Rc<[u8]>>,
    /// What the file is.
    pub kind: PhotoKind,
    /// Its size as the browser decoded it, upright.
    pub original: (u32, u32),
    /// Its size as the program works on it, before the visitor's turns.
    pub working: (u32, u32),
    /// The visitor's quarter turns in the picture.
    pub quarter_turns: u8,
    /// Digest of its bytes.
    pub digest: String,
}

impl LoadedPhoto {
    /// The photo as a design names it.
    #[must_use]
    pub fn reference(&self) -> PhotoRef {
        let (width, height) =
            if self.quarter_turns.is_multiple_of(2) { self.working } else { (self.working.1, self.working.0) };
        PhotoRef { width, height, quarter_turns: self.quarter_turns, digest: self.digest.clone() }
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
pub(super) async fn load(
    source: PhotoSource,
    quarter_turns: u8,
    workshop: Workshop,
    texts: &'static Texts,
) -> Result<LoadedPhoto, String> {
    match source {
        PhotoSource::Sample(tone) => sample(tone, quarter_turns, workshop, texts).await,
        PhotoSource::Bytes(bytes) => from_bytes(bytes, quarter_turns, texts).await,
        PhotoSource::File(file) => {
            let unreadable = |_| texts.photo_unreadable.to_owned();
            let head = files::read_head(&file, HEAD_BYTES).await.map_err(unreadable)?;
            inspect_head(&head, file.size() as u64).map_err(|refusal| photo_refusal(texts, refusal))?;
            let bytes = files::read(&file).await.map_err(unreadable)?;
            from_bytes(bytes, quarter_turns, texts).await
        }
    }
}

async fn from_bytes(bytes: Rc<[u8]>, quarter_turns: u8, texts: &'static Texts) -> Result<LoadedPhoto, String> {
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
    let picture = Picture::new(&decoded, working.0, working.1, quarter_turns);
    decoded.close();
    let picture = picture.map_err(|_| texts.photo_memory.to_owned())?;
    let digest = photo_digest(&bytes);
    Ok(LoadedPhoto { picture, bytes: Some(bytes), kind: header.kind, original, working, quarter_turns, digest })
}

fn decode_fault(texts: &Texts, kind: PhotoKind, fault: PictureFault) -> String {
    match (fault, kind) {
        (PictureFault::NoCanvas, _) => texts.photo_memory.to_owned(),
        (PictureFault::Undecodable, PhotoKind::Heic) => texts.photo_heic.to_owned(),
        (PictureFault::Undecodable, kind) => fill(texts.photo_undecodable, &[("kind", kind.label())]),
    }
}

async fn sample(
    tone: SampleTone,
    quarter_turns: u8,
    workshop: Workshop,
    texts: &'static Texts,
) -> Result<LoadedPhoto, String> {
    let memory = || texts.photo_memory.to_owned();
    let pixels = workshop.sample(tone).await.map_err(|_| memory())?;
    let size = (SAMPLE_WIDTH, SAMPLE_HEIGHT);
    let drawn = Picture::from_rgba(&pixels, size.0, size.1).map_err(|_| memory())?;
    let picture = Picture::new(&drawn, size.0, size.1, quarter_turns).map_err(|_| memory())?;
    drawn.close();
    Ok(LoadedPhoto {
        picture,
        bytes: None,
        kind: PhotoKind::Png,
        original: size,
        working: size,
        quarter_turns,
        digest: sample_digest(tone),
    })
}
