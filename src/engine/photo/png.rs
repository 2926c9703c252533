//! PNG (W3C, third edition): the size in IHDR, and whether all chunks up to IEND are there.
//!
//! The checksums of the critical chunks are verified, as every decoder does; with a damaged ancillary chunk (text,
//! colour profile, Exif) the picture can still be shown, so those are only stepped over. What follows IEND is not
//! looked at.

use super::exif::orientation_alone;
use super::extent::{Extent, Flaw};
use super::number;

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// Lengths and sides are 31 bits wide.
const MAX: u32 = 0x7fff_ffff;

/// Whether the first bytes are a PNG's, or were before a transfer as text mangled the signature: then it is a broken
/// PNG rather than a file of an unknown kind.
pub(super) fn announced_by(head: &[u8]) -> bool {
    head.get(1..4) == Some(b"PNG") || head.get(12..16) == Some(b"IHDR")
}

/// The size of the picture.
///
/// [`Flaw::Incomplete`] if a chunk or IEND is missing at the end; [`Flaw::Broken`] if the signature is wrong, IHDR is
/// not first or says something impossible, a critical chunk is unknown or its checksum wrong, or there is no IDAT.
pub(super) fn extent(bytes: &[u8]) -> Result<Extent, Flaw> {
    if !bytes.starts_with(&SIGNATURE) {
        return Err(if SIGNATURE.starts_with(bytes) { Flaw::Incomplete } else { Flaw::Broken });
    }
    let (first, mut at) = read_chunk(bytes, SIGNATURE.len())?;
    let header = read_header(&first)?;
    let mut palette = false;
    let mut pixels = false;
    loop {
        let (chunk, after) = read_chunk(bytes, at)?;
        match &chunk.kind {
            b"PLTE" => palette = !chunk.body.is_empty(),
            b"IDAT" if header.needs_palette && !palette => return Err(Flaw::Broken),
            b"IDAT" => pixels |= !chunk.body.is_empty(),
            b"IEND" if pixels => return Ok(header.extent),
            _ if chunk.is_critical() => return Err(Flaw::Broken),
            _ => {}
        }
        at = after;
    }
}

/// One chunk, its checksum already verified if it is critical.
struct Chunk<'a> {
    kind: [u8; 4],
    body: &'a [u8],
}

impl Chunk<'_> {
    /// Whether a decoder that does not know the chunk must give up: the case of its first letter says so.
    fn is_critical(&self) -> bool {
        self.kind.first().is_some_and(u8::is_ascii_uppercase)
    }
}

/// The chunk at `at` (length, type, body, checksum), and the place behind it.
fn read_chunk(bytes: &[u8], at: usize) -> Result<(Chunk<'_>, usize), Flaw> {
    let length = number::be_u32(bytes, at).ok_or(Flaw::Incomplete)?;
    let kind = number::array::<4>(bytes, at + 4).ok_or(Flaw::Incomplete)?;
    if length > MAX || !kind.iter().all(u8::is_ascii_alphabetic) {
        return Err(Flaw::Broken);
    }
    let end = usize::try_from(length).ok().and_then(|length| (at + 8).checked_add(length)).ok_or(Flaw::Incomplete)?;
    let body = bytes.get(at + 8..end).ok_or(Flaw::Incomplete)?;
    let stored = number::be_u32(bytes, end).ok_or(Flaw::Incomplete)?;
    let chunk = Chunk { kind, body };
    if chunk.is_critical() && stored != checksum(&[&kind, body]) {
        return Err(Flaw::Broken);
    }
    Ok((chunk, end + 4))
}

/// Chunks that only tell of the photo: texts, and when it was changed last.
const TELLING: [&[u8; 4]; 4] = [b"tEXt", b"zTXt", b"iTXt", b"tIME"];

/// The file without the chunks that only tell of the photo, and without what stands behind its end; `None` where it cannot be walked
/// to its end.
pub(super) fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut at = SIGNATURE.len();
    let mut kept = bytes.get(..at)?.to_vec();
    loop {
        let (chunk, after) = read_chunk(bytes, at).ok()?;
        match &chunk.kind {
            b"eXIf" => {
                kept.extend(orientation_alone(chunk.body).and_then(|exif| written(*b"eXIf", &exif)).unwrap_or_default())
            }
            kind if TELLING.contains(&kind) => {}
            _ => kept.extend(bytes.get(at..after)?),
        }
        if &chunk.kind == b"IEND" {
            return Some(kept);
        }
        at = after;
    }
}

/// A chunk as it is written.
fn written(kind: [u8; 4], body: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(body.len()).ok()?.to_be_bytes();
    Some([&length, kind.as_slice(), body, &checksum(&[&kind, body]).to_be_bytes()].concat())
}

/// What IHDR says.
struct Header {
    extent: Extent,
    needs_palette: bool,
}

/// Width, height, bit depth, colour type, compression, filter and interlace method, with the combinations that the
/// standard allows.
fn read_header(chunk: &Chunk<'_>) -> Result<Header, Flaw> {
    let sides = number::be_u32(chunk.body, 0).zip(number::be_u32(chunk.body, 4));
    let (Some((width, height)), Some(rest)) = (sides, number::array::<5>(chunk.body, 8)) else {
        return Err(Flaw::Broken);
    };
    let [depth, colour, compression, filter, interlace] = rest;
    let depth_fits = match colour {
        0 => matches!(depth, 1 | 2 | 4 | 8 | 16),
        3 => matches!(depth, 1 | 2 | 4 | 8),
        2 | 4 | 6 => matches!(depth, 8 | 16),
        _ => false,
    };
    let methods_known = compression == 0 && filter == 0 && interlace <= 1;
    let sides_fit = width <= MAX && height <= MAX;
    if &chunk.kind != b"IHDR" || chunk.body.len() != 13 || !depth_fits || !methods_known || !sides_fit {
        return Err(Flaw::Broken);
    }
    Ok(Header { extent: Extent::new(width, height)?, needs_palette: colour == 3 })
}

/// The CRC-32 of the parts, one behind the other (ISO 3309, as in the PNG standard's annex on CRC).
fn checksum(parts: &[&[u8]]) -> u32 {
    let mut crc = u32::MAX;
    for &byte in parts.iter().copied().flatten() {
        let [low, ..] = crc.to_le_bytes();
        let row = CRC_TABLE.get(usize::from(low ^ byte)).copied().unwrap_or(0);
        crc = row ^ (crc >> 8);
    }
    !crc
}

/// The remainder of every byte, by the reversed polynomial of CRC-32.
const CRC_TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut rows: &mut [u32] = &mut table;
    let mut byte = 0;
    while let Some((row, rest)) = rows.split_first_mut() {
        let mut crc: u32 = byte;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
            bit += 1;
        }
        *row = crc;
        rows = rest;
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).expect("short").to_be_bytes();
        [&length[..], kind, body, &checksum(&[kind, body]).to_be_bytes()].concat()
    }

    fn header(depth: u8, colour: u8) -> Vec<u8> {
        chunk(b"IHDR", &[0, 0, 2, 0x80, 0, 0, 1, 0xe0, depth, colour, 0, 0, 0])
    }

    fn pixels() -> Vec<u8> {
        chunk(b"IDAT", &[0x78, 0x9c, 1, 2, 3])
    }

    fn end() -> Vec<u8> {
        chunk(b"IEND", &[])
    }

    /// The verdict on a signature followed by these chunks.
    #[track_caller]
    fn check(chunks: &[Vec<u8>], expected: Result<(u32, u32), Flaw>) {
        let bytes = [&SIGNATURE[..], &chunks.concat()].concat();
        let seen = extent(&bytes).map(|extent| (extent.width, extent.height));
        assert_eq!(seen, expected, "{bytes:02x?}");
    }

    #[test]
    fn checksums_are_the_standards() {
        // The check value of CRC-32, and the CRC that closes every PNG.
        assert_eq!(checksum(&[b"123456789"]), 0xcbf4_3926);
        assert_eq!(checksum(&[b"IEND"]), 0xae42_6082);
    }

    #[test]
    fn the_header_gives_the_size() {
        check(&[header(8, 2), pixels(), end()], Ok((640, 480)));
        let animation = [chunk(b"acTL", &[0; 8]), chunk(b"fcTL", &[0; 26]), pixels(), chunk(b"fdAT", &[0; 9])];
        check(&[header(8, 6), animation.concat(), end()], Ok((640, 480)));
        check(&[header(8, 2), pixels(), pixels(), end(), b"<script>".to_vec()], Ok((640, 480)));
    }

    #[test]
    fn a_cut_file_is_incomplete_wherever_the_cut_is() {
        let chunks = [header(8, 2), chunk(b"tEXt", b"a\0b"), pixels(), end()].concat();
        let whole = [&SIGNATURE[..], &chunks].concat();
        for cut in 1..whole.len() {
            assert_eq!(extent(&whole[..cut]), Err(Flaw::Incomplete), "cut at {cut}");
        }
    }

    #[test]
    fn a_mangled_signature_is_a_broken_png() {
        for mangled in [&b"\x89PNG\n\x1a\n\0\0\0\x0dIHDR"[..], b"\x09PNG\r\n\x1a\n", b"\x89QNG\r\n\x1a\n\0\0\0\x0dIHDR"]
        {
            assert!(announced_by(mangled), "{mangled:02x?}");
            assert_eq!(extent(mangled), Err(Flaw::Broken), "{mangled:02x?}");
        }
    }

    #[test]
    fn the_header_must_be_first_and_possible() {
        check(&[pixels(), header(8, 2), end()], Err(Flaw::Broken));
        check(&[header(8, 2), header(8, 2), pixels(), end()], Err(Flaw::Broken));
        for (depth, colour) in [(0, 2), (3, 2), (99, 2), (8, 1), (8, 9), (16, 3), (4, 6)] {
            check(&[header(depth, colour), pixels(), end()], Err(Flaw::Broken));
        }
        let no_width = chunk(b"IHDR", &[0, 0, 0, 0, 0, 0, 1, 0, 8, 2, 0, 0, 0]);
        check(&[no_width, pixels(), end()], Err(Flaw::Broken));
        let long = chunk(b"IHDR", &[0, 0, 1, 0, 0, 0, 1, 0, 8, 2, 0, 0, 0, 0]);
        check(&[long, pixels(), end()], Err(Flaw::Broken));
        let too_wide = chunk(b"IHDR", &[0x80, 0, 0, 0, 0, 0, 1, 0, 8, 2, 0, 0, 0]);
        check(&[too_wide, pixels(), end()], Err(Flaw::Broken));
    }

    #[test]
    fn pixels_must_be_there() {
        check(&[header(8, 2), end()], Err(Flaw::Broken));
        check(&[header(8, 2), chunk(b"IDAT", &[]), end()], Err(Flaw::Broken));
        check(&[header(8, 3), pixels(), end()], Err(Flaw::Broken));
        check(&[header(8, 3), chunk(b"PLTE", &[1, 2, 3]), pixels(), end()], Ok((640, 480)));
    }

    #[test]
    fn damage_counts_in_critical_chunks_alone() {
        let damaged = |mut chunk: Vec<u8>| {
            *chunk.last_mut().expect("not empty") ^= 1;
            chunk
        };
        check(&[damaged(header(8, 2)), pixels(), end()], Err(Flaw::Broken));
        check(&[header(8, 2), damaged(pixels()), end()], Err(Flaw::Broken));
        check(&[header(8, 2), damaged(chunk(b"tEXt", b"a\0b")), pixels(), end()], Ok((640, 480)));
        check(&[header(8, 2), chunk(b"QQQQ", &[]), pixels(), end()], Err(Flaw::Broken));
        check(&[header(8, 2), chunk(b"q\0qq", &[]), pixels(), end()], Err(Flaw::Broken));
        let endless = [&[0xff, 0xff, 0xff, 0xff][..], b"IDAT"].concat();
        check(&[header(8, 2), endless], Err(Flaw::Broken));
    }

    #[test]
    fn what_only_tells_of_the_photo_goes_and_what_shows_it_stays() {
        let told =
            [chunk(b"tEXt", b"Author\0CANARY"), chunk(b"iTXt", b"x"), chunk(b"zTXt", b"x"), chunk(b"tIME", b"1234567")]
                .concat();
        let (profile, exif) = (chunk(b"iCCP", b"sRGB"), chunk(b"eXIf", b"MM\0\x2a\0\0\0\x08\0\0\0\0\0\0"));
        let whole =
            [&SIGNATURE[..], &header(8, 2), &profile, &told, &exif, &pixels(), &told, &end(), b"behind"].concat();
        let expected = [&SIGNATURE[..], &header(8, 2), &profile, &pixels(), &end()].concat();
        assert_eq!(without_metadata(&whole).as_deref(), Some(&*expected));
        assert_eq!(without_metadata(&expected).as_deref(), Some(&*expected));
        let cut = &whole[..whole.len() - b"behind".len() - 1];
        assert_eq!(without_metadata(cut), None);
        let turned = orientation_alone(b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0").unwrap();
        assert_eq!(written(*b"eXIf", &turned), Some(chunk(b"eXIf", &turned)), "it has a checksum that fits");
    }
}
