//! WebP (RFC 9649): the size in the first chunk, and whether the RIFF container is whole.
//!
//! A picture in the extended form states its canvas and then carries the pixels in a chunk with a size of its own:
//! the two have to agree, as decoders demand, so that neither can lie about the other. What follows the RIFF
//! container is not looked at.

use super::exif::orientation_alone;
use super::extent::{Extent, Flaw};
use super::number;

/// Bytes before the first chunk: "RIFF", a length that counts what follows it, "WEBP".
const CONTAINER_HEADER: usize = 12;
/// In the flags of the extended form: there are frames.
const ANIMATED: u8 = 0x02;
/// Bytes of a frame's position, size and timing before its chunks.
const FRAME_HEADER: usize = 16;

/// Whether the first bytes are a WebP's.
pub(super) fn announced_by(head: &[u8]) -> bool {
    head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP")
}

/// The size of the picture, or of the canvas for an animation.
///
/// [`Flaw::Incomplete`] if the container is longer than the bytes; [`Flaw::Broken`] if a chunk leaves the container,
/// there are no pixels, or sizes contradict each other.
pub(super) fn extent(bytes: &[u8]) -> Result<Extent, Flaw> {
    let length = number::le_u32(bytes, 4).and_then(|length| usize::try_from(length).ok()).ok_or(Flaw::Incomplete)?;
    let end = length.checked_add(8).ok_or(Flaw::Incomplete)?;
    if end > bytes.len() {
        return Err(Flaw::Incomplete);
    }
    let mut chunks = Chunks { rest: bytes.get(CONTAINER_HEADER..end).ok_or(Flaw::Broken)? };
    let (kind, body) = chunks.next().ok_or(Flaw::Broken)??;
    if &kind != b"VP8X" {
        return coded_size(&kind, body).ok_or(Flaw::Broken)?;
    }
    let (canvas, flags) = read_canvas(body)?;
    if flags & ANIMATED != 0 { animated(canvas, chunks) } else { still(canvas, chunks) }
}

/// The chunks of a container: four letters, a length, a body padded to an even length.
struct Chunks<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Result<([u8; 4], &'a [u8]), Flaw>;

    fn next(&mut self) -> Option<Self::Item> {
        let kind = number::array::<4>(self.rest, 0)?;
        let length = usize::try_from(number::le_u32(self.rest, 4)?).ok()?;
        let body = length.checked_add(8).and_then(|end| self.rest.get(8..end));
        let padded = length.saturating_add(length % 2).saturating_add(8);
        self.rest = self.rest.get(padded..).unwrap_or_default();
        Some(body.map(|body| (kind, body)).ok_or(Flaw::Broken))
    }
}

/// In the flags of the extended form: there are Exif data, and there are XMP data.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

/// The file without the chunks that only tell of the photo, and without what stands behind its container; `None` where it cannot be
/// walked to its end.
pub(super) fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let end = usize::try_from(number::le_u32(bytes, 4)?).ok()?.checked_add(8)?;
    let chunks = Chunks { rest: bytes.get(CONTAINER_HEADER..end)? };
    let (mut extended, mut pictures, mut turned) = (None, Vec::new(), None);
    for chunk in chunks {
        match chunk.ok()? {
            (kind, body) if &kind == b"VP8X" => extended = Some(body.to_vec()),
            (kind, body) if &kind == b"EXIF" => turned = orientation_alone(body),
            (kind, _) if &kind == b"XMP " => {}
            (kind, body) => pictures.extend(written(kind, body)?),
        }
    }
    let mut kept = b"WEBP".to_vec();
    if let Some(mut canvas) = extended {
        let flags = canvas.first_mut()?;
        *flags &= !(HAS_XMP | if turned.is_some() { 0 } else { HAS_EXIF });
        kept.extend(written(*b"VP8X", &canvas)?);
    }
    kept.extend(pictures);
    kept.extend(turned.and_then(|exif| written(*b"EXIF", &exif)).unwrap_or_default());
    let length = u32::try_from(kept.len()).ok()?.to_le_bytes();
    Some([b"RIFF", length.as_slice(), &kept].concat())
}

/// A chunk as it is written.
fn written(kind: [u8; 4], body: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(body.len()).ok()?.to_le_bytes();
    let padding: &[u8] = if body.len().is_multiple_of(2) { &[] } else { &[0] };
    Some([kind.as_slice(), &length, body, padding].concat())
}

/// The size that a chunk of pixels states of itself, if it is one.
fn coded_size(kind: &[u8; 4], body: &[u8]) -> Option<Result<Extent, Flaw>> {
    match kind {
        b"VP8 " => Some(lossy_size(body)),
        b"VP8L" => Some(lossless_size(body)),
        _ => None,
    }
}

/// A VP8 key frame (RFC 6386, 9.1): a three-byte tag whose lowest bit is 0, a start code, two sides of 14 bits.
fn lossy_size(body: &[u8]) -> Result<Extent, Flaw> {
    let [tag, _, _] = number::array(body, 0).ok_or(Flaw::Broken)?;
    if tag & 1 != 0 || number::array(body, 3) != Some([0x9d, 0x01, 0x2a]) {
        return Err(Flaw::Broken);
    }
    let (width, height) = number::le_u16(body, 6).zip(number::le_u16(body, 8)).ok_or(Flaw::Broken)?;
    Extent::new((width & 0x3fff).into(), (height & 0x3fff).into())
}

/// A VP8L header: a signature byte, two sides less one of 14 bits, an alpha hint, a version of three bits that is 0.
fn lossless_size(body: &[u8]) -> Result<Extent, Flaw> {
    let bits = number::le_u32(body, 1).ok_or(Flaw::Broken)?;
    if body.first() != Some(&0x2f) || bits >> 29 != 0 {
        return Err(Flaw::Broken);
    }
    Extent::new((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)
}

/// The extended header: flags, and the two sides of the canvas less one.
fn read_canvas(body: &[u8]) -> Result<(Extent, u8), Flaw> {
    let [flags] = number::array(body, 0).ok_or(Flaw::Broken)?;
    let (width, height) = number::le_u24(body, 4).zip(number::le_u24(body, 7)).ok_or(Flaw::Broken)?;
    Ok((Extent::new(width + 1, height + 1)?, flags))
}

/// The canvas, if the pixels of a still picture fill it exactly.
fn still(canvas: Extent, chunks: Chunks<'_>) -> Result<Extent, Flaw> {
    for chunk in chunks {
        let (kind, body) = chunk?;
        if let Some(coded) = coded_size(&kind, body) {
            return if coded? == canvas { Ok(canvas) } else { Err(Flaw::Broken) };
        }
    }
    Err(Flaw::Broken)
}

/// The canvas, if there is a frame and every frame lies on it and holds pixels of its own size.
fn animated(canvas: Extent, chunks: Chunks<'_>) -> Result<Extent, Flaw> {
    let mut frames = 0_u32;
    for chunk in chunks {
        let (kind, body) = chunk?;
        if &kind == b"ANMF" {
            check_frame(canvas, body)?;
            frames = frames.saturating_add(1);
        }
    }
    if frames == 0 { Err(Flaw::Broken) } else { Ok(canvas) }
}

/// A frame: half its left and top edge, its sides less one, timing, then chunks.
fn check_frame(canvas: Extent, body: &[u8]) -> Result<(), Flaw> {
    let number = |at| number::le_u24(body, at).ok_or(Flaw::Broken);
    let (left, top) = (2 * number(0)?, 2 * number(3)?);
    let frame = Extent::new(number(6)? + 1, number(9)? + 1)?;
    if left + frame.width > canvas.width || top + frame.height > canvas.height {
        return Err(Flaw::Broken);
    }
    still(frame, Chunks { rest: body.get(FRAME_HEADER..).unwrap_or_default() }).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOSSY: &[u8] = &[0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x41, 0, 0];
    // 639 | 479 << 14 = 0x0077c27f
    const LOSSLESS: &[u8] = &[0x2f, 0x7f, 0xc2, 0x77, 0x00, 7];

    fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).expect("short").to_le_bytes();
        let padding = &[0][..body.len() % 2];
        [kind, &length[..], body, padding].concat()
    }

    fn container(chunks: &[Vec<u8>]) -> Vec<u8> {
        chunk(b"RIFF", &[b"WEBP", &chunks.concat()[..]].concat())
    }

    fn extended(flags: u8, width: u16, height: u16) -> Vec<u8> {
        let [w0, w1] = (width - 1).to_le_bytes();
        let [h0, h1] = (height - 1).to_le_bytes();
        chunk(b"VP8X", &[flags, 0, 0, 0, w0, w1, 0, h0, h1, 0])
    }

    /// A frame that covers 640 x 480 from its left edge on.
    fn frame(half_left: u8, pixels: &[u8]) -> Vec<u8> {
        let place = [half_left, 0, 0, 0, 0, 0, 0x7f, 0x02, 0, 0xdf, 0x01, 0, 100, 0, 0, 0];
        chunk(b"ANMF", &[&place[..], pixels].concat())
    }

    #[track_caller]
    fn check(chunks: &[Vec<u8>], expected: Result<(u32, u32), Flaw>) {
        let bytes = container(chunks);
        let seen = extent(&bytes).map(|extent| (extent.width, extent.height));
        assert_eq!(seen, expected, "{bytes:02x?}");
    }

    #[test]
    fn the_first_chunk_gives_the_size() {
        check(&[chunk(b"VP8 ", LOSSY)], Ok((640, 480)));
        check(&[chunk(b"VP8L", LOSSLESS)], Ok((640, 480)));
        check(&[extended(0, 640, 480), chunk(b"ICCP", b"odd"), chunk(b"VP8 ", LOSSY)], Ok((640, 480)));
        check(&[extended(0x10, 640, 480), chunk(b"ALPH", &[1]), chunk(b"VP8 ", LOSSY)], Ok((640, 480)));
    }

    #[test]
    fn an_animation_has_the_size_of_its_canvas() {
        let pixels = chunk(b"VP8L", LOSSLESS);
        let canvas = extended(ANIMATED, 700, 500);
        check(&[canvas.clone(), chunk(b"ANIM", &[0; 6]), frame(0, &pixels), frame(30, &pixels)], Ok((700, 500)));
        check(&[canvas.clone(), frame(31, &pixels)], Err(Flaw::Broken));
        check(&[canvas.clone(), frame(0, &[])], Err(Flaw::Broken));
        check(&[canvas.clone(), frame(0, &chunk(b"VP8L", &[0x2f, 0, 0, 0, 0]))], Err(Flaw::Broken));
        check(&[canvas, pixels], Err(Flaw::Broken));
    }

    #[test]
    fn a_cut_file_is_incomplete_wherever_the_cut_is() {
        let whole = container(&[extended(0, 640, 480), chunk(b"VP8 ", LOSSY)]);
        for cut in CONTAINER_HEADER..whole.len() {
            assert_eq!(extent(&whole[..cut]), Err(Flaw::Incomplete), "cut at {cut}");
        }
        let longer = [&whole[..], b"PK\x03\x04"].concat();
        assert_eq!(extent(&longer), Ok(Extent { width: 640, height: 480 }));
    }

    #[test]
    fn contradictions_are_broken() {
        check(&[], Err(Flaw::Broken));
        check(&[chunk(b"EXIF", &[])], Err(Flaw::Broken));
        check(&[extended(0, 640, 480)], Err(Flaw::Broken));
        check(&[extended(0, 641, 480), chunk(b"VP8 ", LOSSY)], Err(Flaw::Broken));
        check(&[chunk(b"VP8 ", &LOSSY[..9])], Err(Flaw::Broken));
        check(&[chunk(b"VP8L", &LOSSLESS[..4])], Err(Flaw::Broken));
        check(&[chunk(b"VP8X", &[0; 9])], Err(Flaw::Broken));
        let not_a_key_frame = [&[0x11][..], &LOSSY[1..]].concat();
        check(&[chunk(b"VP8 ", &not_a_key_frame)], Err(Flaw::Broken));
        let no_width = [0x10, 0, 0, 0x9d, 0x01, 0x2a, 0, 0xc0, 1, 0];
        check(&[chunk(b"VP8 ", &no_width)], Err(Flaw::Broken));
        let later_version = [0x2f, 0, 0, 0, 0x20];
        check(&[chunk(b"VP8L", &later_version)], Err(Flaw::Broken));
        let leaves_the_container = [b"VP8 ", &[99, 0, 0, 0][..], LOSSY].concat();
        check(&[leaves_the_container], Err(Flaw::Broken));
    }

    #[test]
    fn what_only_tells_of_the_photo_goes_and_what_shows_it_stays() {
        let exif = |orientation: u8| {
            let upright = [0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
            chunk(b"EXIF", &[b"MM\0\x2a\0\0\0\x08".as_slice(), &upright, b"CANARY"].concat())
        };
        let (profile, pixels, xmp) = (chunk(b"ICCP", b"odd"), chunk(b"VP8 ", LOSSY), chunk(b"XMP ", b"<x/>"));
        let has_profile = 0x20;
        for (orientation, has_exif) in [(1, 0), (6, HAS_EXIF)] {
            let canvas = extended(has_profile | HAS_EXIF | HAS_XMP, 640, 480);
            let whole = container(&[canvas, profile.clone(), pixels.clone(), exif(orientation), xmp.clone()]);
            let kept = without_metadata(&[whole.as_slice(), b"behind"].concat()).unwrap();
            let begin = container(&[extended(has_profile | has_exif, 640, 480), profile.clone(), pixels.clone()]);
            assert_eq!(kept.get(12..begin.len()), begin.get(12..));
            assert_eq!(extent(&kept), Extent::new(640, 480));
            let turned = kept.get(begin.len()..).unwrap();
            assert_eq!((turned.len(), turned.starts_with(b"EXIF")), if has_exif > 0 { (34, true) } else { (0, false) });
            assert_eq!(without_metadata(&kept).as_deref(), Some(&*kept), "there is nothing more to lose");
            assert_eq!(without_metadata(&whole[..whole.len() - 1]), None);
        }
    }
}
