//! What a picked file is, read from its own bytes before any browser decoder sees it.
//!
//! Browsers disagree about damaged and oversized pictures: one paints the missing half of a photo grey, the other
//! refuses it, and a picture of a few kilobytes may claim gigabytes of pixels. So the file is read here first, and
//! every browser's visitor gets the same verdict. This module owns the list of kinds that may be opened
//! ([`PhotoKind`]), the names of what may not ([`ForeignKind`]), the limits ([`PHOTO_LIMITS`]) and the question
//! whether the file arrived whole.
//!
//! It must not know the file's name or the type that the browser claims (only the bytes decide), decodes no pixel,
//! and words no sentence: a refusal is a value, its sentence stands among the program's texts.
//!
//! Invariants: every read is checked against the bytes at hand; nothing is allocated by a number out of the file;
//! every loop moves forward, so the cost is linear in the bytes; the same bytes always give the same answer.
//!
//! What it cannot see: damage inside compressed pixels (but for PNG, whose data carry a checksum), and a picture
//! whose container and codec disagree about its size. Those are left to the decoder.

mod exif;
mod extent;
mod foreign;
mod gif;
mod isobmff;
mod jpeg;
mod kind;
mod number;
mod png;
mod webp;

pub use foreign::ForeignKind;
pub use kind::PhotoKind;

use extent::{Extent, Flaw};
use std::borrow::Cow;

/// What the file says of its picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhotoHeader {
    /// What the bytes are.
    pub kind: PhotoKind,
    /// Coded width in pixels, at least 1, before any rotation that the file asks for (Exif orientation, `irot`).
    pub width: u32,
    /// Coded height in pixels, at least 1, likewise.
    pub height: u32,
}

/// Why a picked file is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoFileError {
    /// The file has no bytes.
    Empty,
    /// The file is not one of the kinds that may be opened.
    Foreign(ForeignKind),
    /// The file is of this kind, but contradicts itself or the kind's rules: no decoder could show it.
    Broken(PhotoKind),
    /// The file is of this kind, but its end is missing.
    Incomplete(PhotoKind),
    /// The file is longer than [`PhotoLimits::file_bytes`].
    TooManyBytes {
        /// The file's length.
        bytes: u64,
        /// The greatest length.
        limit: u64,
    },
    /// The picture has more pixels than [`PhotoLimits::megapixels`].
    TooManyPixels {
        /// The picture's size in millions of pixels, rounded up.
        megapixels: u32,
        /// The greatest size, in megapixels.
        limit: u32,
    },
    /// The picture's longer side exceeds [`PhotoLimits::long_side_px`].
    TooLong {
        /// The longer side in pixels.
        side: u32,
        /// The greatest side in pixels.
        limit: u32,
    },
    /// The picture's shorter side is below [`PhotoLimits::short_side_px`].
    TooSmall {
        /// The shorter side in pixels.
        side: u32,
        /// The least side in pixels.
        limit: u32,
    },
}

/// How large a file and its picture may be, and how large the picture is that the program works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhotoLimits {
    /// Greatest length of a file, in bytes.
    pub file_bytes: u64,
    /// Greatest size of the picture, in units of 1,048,576 pixels (see [`PhotoLimits::pixels`]).
    pub megapixels: u32,
    /// Greatest longer side of the picture, in pixels.
    pub long_side_px: u32,
    /// Least shorter side of the picture, in pixels.
    pub short_side_px: u32,
    /// Shorter side below which the visitor is told that the preview is coarse, in pixels.
    pub advised_side_px: u32,
    /// Greatest side of the working picture, in pixels.
    pub working_side_px: u32,
    /// Greatest number of pixels of the working picture.
    pub working_pixels: u64,
}

impl PhotoLimits {
    /// Greatest number of pixels. A megapixel is counted generously, as 1,048,576 pixels, because the cameras sold
    /// as 64 megapixels write up to 9280 x 6944, that is 64.4 million.
    pub const fn pixels(&self) -> u64 {
        self.megapixels as u64 * 1_048_576
    }
}

/// The limits of the program.
pub const PHOTO_LIMITS: PhotoLimits = PhotoLimits {
    // Phones write 2 to 15 MB, their 50 megapixel modes up to about 25 MB. The whole file is held in memory.
    file_bytes: 30_000_000,
    // Browsers decode a picture whole, at 4 bytes a pixel, however small it is shown: 64 megapixels cost 270 MB,
    // about as much as a phone grants one page.
    megapixels: 64,
    // Longer than any phone's panorama; some decoders work on whole rows and stop at 32,767 or 65,535.
    long_side_px: 30_000,
    // Smaller is an icon or a thumbnail: not even a face can be made out.
    short_side_px: 64,
    // In a smaller portrait a pixel is larger than the space between two dots: a line can be drawn, but its texture is
    // not shown.
    advised_side_px: 300,
    // Twice the pixels of a large screen across, so that a head can be zoomed into ...
    working_side_px: 4_096,
    // ... and what the strictest browsers grant one canvas (Safari on iOS: 16,777,216).
    working_pixels: 16_777_216,
};

// `working_size` bounds the sides alone, which bounds the pixels only as long as this holds.
const _: () = assert!(
    (PHOTO_LIMITS.working_side_px as u64) * (PHOTO_LIMITS.working_side_px as u64) <= PHOTO_LIMITS.working_pixels
);

/// How many bytes from the start of a file [`inspect_head`] looks at.
pub const HEAD_BYTES: usize = 4_096;

/// Reads what the file is and how large its picture is, and whether it arrived whole.
///
/// `bytes` is the whole file. The cost is linear in its length (a PNG's checksums are the dearest part); no copy is
/// made. Of several things wrong the first of these is returned: no bytes, another kind, too many bytes, broken or
/// incomplete, too many pixels, too long, too small.
pub fn inspect(bytes: &[u8]) -> Result<PhotoHeader, PhotoFileError> {
    let kind = inspect_head(bytes, bytes.len() as u64)?;
    let read = match kind {
        PhotoKind::Jpeg => jpeg::extent(bytes),
        PhotoKind::Png => png::extent(bytes),
        PhotoKind::WebP => webp::extent(bytes),
        PhotoKind::Avif | PhotoKind::Heic => isobmff::extent(bytes),
        PhotoKind::Gif => gif::extent(bytes),
    };
    let extent = read.map_err(|flaw| match flaw {
        Flaw::Broken => PhotoFileError::Broken(kind),
        Flaw::Incomplete => PhotoFileError::Incomplete(kind),
    })?;
    within_limits(extent, &PHOTO_LIMITS)?;
    Ok(PhotoHeader { kind, width: extent.width, height: extent.height })
}

/// The photo without what only tells of it: where and when it was taken, by which device and for whom, and small second pictures.
/// The program forgets these as soon as it has the file, so that neither a draft on the device nor anything that is made of the photo can
/// hold them. What changes how the photo looks stays, that is its orientation and its colour profile; the pixels' bytes are not touched.
///
/// The photo is as it was where nothing of it can be told from the rest, and where it is HEIC or AVIF, whose metadata lie
/// between the pixels. `bytes` are those of a whole file of that kind. Linear in their length.
#[must_use]
pub fn without_metadata(bytes: &[u8], kind: PhotoKind) -> Cow<'_, [u8]> {
    let stripped = match kind {
        PhotoKind::Jpeg => jpeg::without_metadata(bytes),
        PhotoKind::Png => png::without_metadata(bytes),
        PhotoKind::WebP => webp::without_metadata(bytes),
        PhotoKind::Avif | PhotoKind::Heic | PhotoKind::Gif => None,
    };
    stripped.map_or(Cow::Borrowed(bytes), Cow::Owned)
}

/// Reads what a file is from its start alone, so that a film of two gigabytes is refused by name without being read.
///
/// `head` holds the file's first bytes ([`HEAD_BYTES`] of them, or all if it is shorter; more are not looked at),
/// `file_bytes` is the length of the whole file. Only [`PhotoFileError::Empty`], [`PhotoFileError::Foreign`] and
/// [`PhotoFileError::TooManyBytes`] can come of it.
pub fn inspect_head(head: &[u8], file_bytes: u64) -> Result<PhotoKind, PhotoFileError> {
    let head = head.get(..HEAD_BYTES).unwrap_or(head);
    if head.is_empty() {
        return Err(PhotoFileError::Empty);
    }
    let kind = kind_of(head).ok_or_else(|| PhotoFileError::Foreign(ForeignKind::of(head)))?;
    if file_bytes > PHOTO_LIMITS.file_bytes {
        return Err(PhotoFileError::TooManyBytes { bytes: file_bytes, limit: PHOTO_LIMITS.file_bytes });
    }
    Ok(kind)
}

/// The size in pixels of the picture that the program works on: `width` x `height`, scaled down to the working limits.
///
/// Never larger than the photo; the aspect is kept to the nearest pixel; no side is ever 0. A side that swaps under
/// rotation swaps here too, so it does not matter whether the photo was turned upright before.
pub fn working_size(width: u32, height: u32) -> (u32, u32) {
    let longest = width.max(height);
    let limit = PHOTO_LIMITS.working_side_px;
    if longest <= limit {
        return (width.max(1), height.max(1));
    }
    let scaled = |side: u32| {
        let rounded = (u64::from(side) * u64::from(limit) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(rounded).unwrap_or(limit).max(1)
    };
    (scaled(width), scaled(height))
}

/// The kind of picture that the first bytes announce.
fn kind_of(head: &[u8]) -> Option<PhotoKind> {
    if jpeg::announced_by(head) {
        return Some(PhotoKind::Jpeg);
    }
    if png::announced_by(head) {
        return Some(PhotoKind::Png);
    }
    if webp::announced_by(head) {
        return Some(PhotoKind::WebP);
    }
    if gif::announced_by(head) {
        return Some(PhotoKind::Gif);
    }
    isobmff::announced_by(head)
}

/// Holds a picture against the limits. Pixels come before sides, because megapixels are what a visitor can look up.
fn within_limits(extent: Extent, limits: &PhotoLimits) -> Result<(), PhotoFileError> {
    let pixels = u64::from(extent.width) * u64::from(extent.height);
    if pixels > limits.pixels() {
        let megapixels = u32::try_from(pixels.div_ceil(1_000_000)).unwrap_or(u32::MAX);
        return Err(PhotoFileError::TooManyPixels { megapixels, limit: limits.megapixels });
    }
    let longer = extent.width.max(extent.height);
    if longer > limits.long_side_px {
        return Err(PhotoFileError::TooLong { side: longer, limit: limits.long_side_px });
    }
    let shorter = extent.width.min(extent.height);
    if shorter < limits.short_side_px {
        return Err(PhotoFileError::TooSmall { side: shorter, limit: limits.short_side_px });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A whole GIF of the given size, the shortest of the kinds.
    fn gif(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = b"GIF89a".to_vec();
        for side in [width, height] {
            bytes.extend(side.to_le_bytes());
        }
        bytes.extend([0, 0, 0]);
        bytes.extend([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0, 0x3b]);
        bytes
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: Result<(PhotoKind, u32, u32), PhotoFileError>) {
        let seen = inspect(bytes).map(|header| (header.kind, header.width, header.height));
        assert_eq!(seen, expected, "{} bytes: {:02x?}", bytes.len(), bytes.get(..16).unwrap_or(bytes));
    }

    #[test]
    fn a_file_without_bytes_is_empty() {
        check(&[], Err(PhotoFileError::Empty));
    }

    #[test]
    fn a_few_bytes_are_refused_by_what_they_are() {
        check(&[0xff], Err(PhotoFileError::Foreign(ForeignKind::Unknown)));
        check(&[0xff, 0xd8], Err(PhotoFileError::Incomplete(PhotoKind::Jpeg)));
        check(&[0xff, 0xd8, 0xff, 0xd9], Err(PhotoFileError::Broken(PhotoKind::Jpeg)));
        check(b"\x89PNG\r\n\x1a\n", Err(PhotoFileError::Incomplete(PhotoKind::Png)));
        check(b"\x89PNG\r\r\x1a\r\0\0\0\x0dIHDR", Err(PhotoFileError::Broken(PhotoKind::Png)));
        check(b"RIFF\x20\0\0\0WEBP", Err(PhotoFileError::Incomplete(PhotoKind::WebP)));
        check(b"GIF89a", Err(PhotoFileError::Incomplete(PhotoKind::Gif)));
        check(b"\0\0\0\x14ftypavif\0\0\0\0mif1", Err(PhotoFileError::Incomplete(PhotoKind::Avif)));
        check(b"\0\0\0\x14ftypheic\0\0\0\0mif1", Err(PhotoFileError::Incomplete(PhotoKind::Heic)));
        check(b"\0\0\0\x14ftypisom\0\0\0\0mp42", Err(PhotoFileError::Foreign(ForeignKind::Video)));
    }

    #[test]
    fn sizes_are_held_against_the_limits() {
        check(&gif(640, 480), Ok((PhotoKind::Gif, 640, 480)));
        check(&gif(64, 64), Ok((PhotoKind::Gif, 64, 64)));
        check(&gif(63, 480), Err(PhotoFileError::TooSmall { side: 63, limit: 64 }));
        check(&gif(1, 20_000), Err(PhotoFileError::TooSmall { side: 1, limit: 64 }));
        check(&gif(0, 480), Err(PhotoFileError::Broken(PhotoKind::Gif)));
        check(&gif(9_280, 6_944), Ok((PhotoKind::Gif, 9_280, 6_944)));
        check(&gif(8_192, 8_192), Ok((PhotoKind::Gif, 8_192, 8_192)));
        check(&gif(8_193, 8_192), Err(PhotoFileError::TooManyPixels { megapixels: 68, limit: 64 }));
        check(&gif(65_535, 65_535), Err(PhotoFileError::TooManyPixels { megapixels: 4_295, limit: 64 }));
        check(&gif(30_000, 300), Ok((PhotoKind::Gif, 30_000, 300)));
        check(&gif(30_001, 300), Err(PhotoFileError::TooLong { side: 30_001, limit: 30_000 }));
    }

    #[test]
    fn a_long_film_is_named_before_its_length_is_minded() {
        let film = b"\0\0\0\x14ftypqt  \0\0\0\0qt  ";
        let foreign = Err(PhotoFileError::Foreign(ForeignKind::Video));
        assert_eq!(inspect_head(film, 2_000_000_000), foreign);
        let limit = PHOTO_LIMITS.file_bytes;
        let bytes = limit + 1;
        assert_eq!(inspect_head(&gif(640, 480), limit), Ok(PhotoKind::Gif));
        assert_eq!(inspect_head(&gif(640, 480), bytes), Err(PhotoFileError::TooManyBytes { bytes, limit }));
        let mut padded = gif(640, 480);
        padded.resize(usize::try_from(bytes).expect("fits"), 0);
        check(&padded, Err(PhotoFileError::TooManyBytes { bytes, limit }));
    }

    #[test]
    fn the_working_picture_is_scaled_down_only() {
        #[track_caller]
        fn check(from: (u32, u32), expected: (u32, u32)) {
            assert_eq!(working_size(from.0, from.1), expected, "{from:?}");
            assert_eq!(working_size(from.1, from.0), (expected.1, expected.0), "{from:?} turned");
        }
        check((450, 550), (450, 550));
        check((4_096, 4_096), (4_096, 4_096));
        check((3_024, 4_032), (3_024, 4_032));
        check((8_192, 6_144), (4_096, 3_072));
        check((16_000, 2_000), (4_096, 512));
        check((30_000, 200), (4_096, 27));
        check((4_097, 4_097), (4_096, 4_096));
        check((1, 20_000), (1, 4_096));
        check((u32::MAX, u32::MAX), (4_096, 4_096));
        check((0, 0), (1, 1));
    }

    #[test]
    fn every_kind_has_its_own_label_and_media_type() {
        use PhotoKind::*;
        for kind in [Jpeg, Png, WebP, Avif, Heic, Gif] {
            assert_eq!(kind.mime(), format!("image/{}", kind.label().to_lowercase()));
        }
    }

    #[test]
    fn kinds_whose_metadata_stay_are_given_back_as_they_are() {
        for kind in [PhotoKind::Avif, PhotoKind::Heic, PhotoKind::Gif] {
            assert!(matches!(without_metadata(b"whatever", kind), Cow::Borrowed(b"whatever")));
        }
    }

    #[test]
    fn what_is_no_file_of_the_kind_is_given_back_as_it_is() {
        for kind in [PhotoKind::Jpeg, PhotoKind::Png, PhotoKind::WebP] {
            for bytes in
                [b"".as_slice(), b"\xff", b"\xff\xd8\xff\xe1\x00", b"RIFF\xff\xff\xff\xffWEBP", b"\x89PNG\r\n\x1a\n\0"]
            {
                assert_eq!(*without_metadata(bytes, kind), *bytes, "{kind:?}");
            }
        }
    }
}
