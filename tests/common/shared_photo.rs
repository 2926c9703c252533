//! The photos of `../shared/photos` beside the repository.

use hairline_designer::engine::face::{FoundFace, SourcePicture, blur_area, photo_blur};
use hairline_designer::engine::geometry::PhotoPx;
use hairline_designer::engine::render::PixelRect;
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

impl SharedPhoto {
    /// How blurred it is, as a worker looks at it.
    #[allow(dead_code, reason = "not every test binary draws on photos")]
    pub(crate) fn blur(&self, face: Option<&FoundFace>) -> PhotoPx {
        let area = blur_area(face, (self.width as f64, self.height as f64));
        let part = PixelRect::covering(area, 1.0, self.width, self.height);
        let row = |row: usize| {
            let start = ((part.y as usize + row) * self.width + part.x as usize) * 4;
            &self.pixels[start..start + part.width * 4]
        };
        let pixels: Vec<u8> = (0..part.height).flat_map(row).copied().collect();
        photo_blur(&SourcePicture { pixels: &pixels, width: part.width, zoom: 1.0 })
    }
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
