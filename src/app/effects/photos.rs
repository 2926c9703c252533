//! From a file to a picture on the stage.

use super::services::Services;
use crate::app::state::PhotoAction;
use crate::app::state::photos::{OpenPhoto, Orientation, PhotoError, PhotoSource};
use crate::app::store::Store;
use crate::engine::design::photo_digest;
use crate::engine::editor::AnalysisImage;
use crate::engine::photo::{
    HEAD_BYTES, PHOTO_LIMITS, PhotoFileError, inspect, inspect_head, without_metadata, working_size,
};
use crate::platform::picture::{self, Picture, PictureError};
use crate::platform::{files, site};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Height of the small pictures, pixels: three times what they are shown.
const THUMBNAIL_HEIGHT: u32 = 168;

/// Opens a photo in the background. Its picture waits with the services until the state takes it.
pub(super) fn open(services: &Services, store: &Store, load: u32, (source, orientation): (PhotoSource, Orientation)) {
    if !matches!(source, PhotoSource::Sample(_)) && store.read(|state| state.staff.is_none()) {
        // Who is in it is looked for as soon as it is decoded.
        let worker = services.worker.clone();
        spawn_local(async move { worker.open_heads().await });
    }
    let (services, store) = (services.clone(), store.clone());
    spawn_local(async move {
        let reads_back = store.read(|state| state.session.capabilities.reads_back);
        let opened = match decode(&services, source, orientation).await {
            Ok((picture, photo)) => {
                let pixels = if reads_back { pixels_of(&picture) } else { None };
                services.pictures.put(load, picture);
                Ok(Box::new(OpenPhoto { load, pixels, ..photo }))
            }
            Err(error) => Err(error),
        };
        store.dispatch(PhotoAction::Opened(load, opened));
    });
}

fn pixels_of(picture: &Picture) -> Option<Rc<AnalysisImage>> {
    let (pixels, width, zoom) = picture.smallest_pixels().ok()?;
    Some(Rc::new(AnalysisImage::new(pixels, width, zoom)))
}

/// Reads, checks and decodes a photo.
///
/// # Errors
/// What the visitor has to be told.
pub(super) async fn decode(
    services: &Services,
    source: PhotoSource,
    orientation: Orientation,
) -> Result<(Picture, OpenPhoto), PhotoError> {
    let (picture, mut photo) = match source {
        PhotoSource::Sample(head) => {
            let bytes = site::photo(&head.path()).await.ok_or(PhotoError::SampleLost)?;
            let (picture, photo) = from_bytes(bytes.into(), orientation).await?;
            (picture, OpenPhoto { bytes: None, digest: head.digest(), ..photo })
        }
        PhotoSource::Bytes(bytes) => from_bytes(bytes, orientation).await?,
        PhotoSource::File(picked) => {
            let file = services.take_file(picked).ok_or(PhotoError::Unreadable)?;
            let head = files::read_head(&file, HEAD_BYTES).await.map_err(|_| PhotoError::Unreadable)?;
            inspect_head(&head, picked.bytes).map_err(PhotoError::Refused)?;
            let bytes = files::read(&file).await.map_err(|_| PhotoError::Unreadable)?;
            from_bytes(bytes, orientation).await?
        }
    };
    photo.thumbnail = thumbnail(&picture).await;
    Ok((picture, photo))
}

/// A small JPEG; without it the side has its name alone.
async fn thumbnail(picture: &Picture) -> Option<Rc<[u8]>> {
    let blob = picture.thumbnail(THUMBNAIL_HEIGHT).await.ok()?;
    files::read(&blob).await.ok()
}

async fn from_bytes(bytes: Rc<[u8]>, orientation: Orientation) -> Result<(Picture, OpenPhoto), PhotoError> {
    let header = inspect(&bytes).map_err(PhotoError::Refused)?;
    // Where and when it was taken is nobody's business, not even that of a draft on this device.
    let bytes: Rc<[u8]> = without_metadata(&bytes, header.kind).into();
    let decoded = picture::decode(&bytes, header.kind.mime()).await.map_err(|fault| match fault {
        PictureError::NoCanvas => PhotoError::NoMemory,
        PictureError::Undecodable => PhotoError::Undecodable(header.kind),
    })?;
    let original = (decoded.width(), decoded.height());
    let pixels = u64::from(original.0) * u64::from(original.1);
    // A header may claim less than its pixels are; what the browser made of it is what counts.
    if pixels > PHOTO_LIMITS.pixels() {
        decoded.close();
        let megapixels = pixels.div_ceil(1_048_576) as u32;
        let command_error = PhotoFileError::TooManyPixels { megapixels, limit: PHOTO_LIMITS.megapixels };
        return Err(PhotoError::Refused(command_error));
    }
    let working = working_size(original.0, original.1);
    let picture = Picture::new(&decoded, working.0, working.1, orientation.quarters, orientation.level);
    decoded.close();
    let picture = picture.map_err(|_| PhotoError::NoMemory)?;
    let photo = OpenPhoto {
        load: 0,
        digest: photo_digest(&bytes),
        bytes: Some(bytes),
        kind: header.kind,
        original,
        working,
        orientation,
        thumbnail: None,
        pixels: None,
    };
    Ok((picture, photo))
}
