//! The photos of `../shared/photos` beside the repository.

use std::path::Path;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// A decoded photo, RGBA, row by row.
pub(crate) struct SharedPhoto {
    pub(crate) pixels: Vec<u8>,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

/// A JPEG of that name, as it is stored; `None` where it is missing or cannot be read.
pub(crate) fn shared_photo(name: &str) -> Option<SharedPhoto> {
    photo_at(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/photos").join(name))
}

/// A JPEG, as it is stored; `None` where it is missing or cannot be read.
pub(crate) fn photo_at(path: &Path) -> Option<SharedPhoto> {
    let bytes = std::fs::read(path).ok()?;
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&bytes), options);
    let pixels = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    Some(SharedPhoto { pixels, width, height })
}
