//! JPEG (ITU-T T.81): the frame's size, and whether the end-of-image marker is there.
//!
//! The markers are walked as libjpeg walks them, because that is what browsers decode with: between two segments,
//! and through a scan's entropy-coded data, the next marker is the next byte 0xFF that is followed by neither 0x00
//! (a stuffed byte) nor another 0xFF (filling). What follows the end marker is not looked at: phones append gain
//! maps, second pictures and films there.

use super::exif::orientation_alone;
use super::extent::{Extent, Flaw};
use super::number;

/// Start of image.
const SOI: u8 = 0xd8;
/// End of image.
const EOI: u8 = 0xd9;
/// Start of scan.
const SOS: u8 = 0xda;

/// More scans than this are refused: the standard scripts of encoders write 10 for colour and at most 26 for CMYK,
/// while a file of a few kilobytes with thousands makes a decoder visit every block of the picture thousands of times.
const MAX_SCANS: u32 = 64;

/// Whether the first bytes are a JPEG's: the start marker, and the first byte of the next marker if there is one.
pub(super) fn announced_by(head: &[u8]) -> bool {
    head.starts_with(&[0xff, SOI, 0xff]) || head == [0xff, SOI]
}

/// The frame's size. [`Flaw::Incomplete`] if the end marker is missing, [`Flaw::Broken`] if there is not exactly one
/// frame of a kind that browsers decode, followed by a scan.
pub(super) fn extent(bytes: &[u8]) -> Result<Extent, Flaw> {
    let mut at = 2; // behind the start marker
    let mut frame = None;
    let mut scans = 0;
    loop {
        let (marker, after) = next_marker(bytes, at).ok_or(Flaw::Incomplete)?;
        match (marker, frame) {
            (EOI, Some(extent)) if scans > 0 => return Ok(extent),
            (EOI | SOI, _) => return Err(Flaw::Broken),
            (0xc0..=0xc2, None) => frame = Some(read_frame(segment(bytes, after)?)?),
            // Frames that no browser decodes (lossless, arithmetic, hierarchical), or a second frame.
            (0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf, _) => return Err(Flaw::Broken),
            (SOS, None) => return Err(Flaw::Broken),
            (SOS, Some(_)) => scans += 1,
            _ => {}
        }
        if scans > MAX_SCANS {
            return Err(Flaw::Broken);
        }
        let body = if has_segment(marker) { segment(bytes, after)?.len() + 2 } else { 0 };
        at = after + body;
    }
}

/// The next marker at or behind `at`, and the place behind it.
fn next_marker(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let mut at = at;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == 0xff)?;
        at += bytes.get(at..)?.iter().position(|&byte| byte != 0xff)?;
        let marker = *bytes.get(at)?;
        at += 1;
        if marker != 0 {
            return Some((marker, at));
        }
    }
}

/// Whether a length and a body follow the marker. Reserved markers, restarts and the like stand alone; a damaged scan
/// can hold any of them.
fn has_segment(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xc7 | 0xc9..=0xcf | SOS..=0xdf | 0xe0..=0xef | 0xfe)
}

/// The body of the segment whose two-byte length (which counts itself) stands at `at`.
fn segment(bytes: &[u8], at: usize) -> Result<&[u8], Flaw> {
    let length = usize::from(number::be_u16(bytes, at).ok_or(Flaw::Incomplete)?);
    if length < 2 {
        return Err(Flaw::Broken);
    }
    bytes.get(at + 2..at + length).ok_or(Flaw::Incomplete)
}

/// A frame header: precision, height, width, number of components, and three bytes for each. A height of 0 asks for
/// a DNL segment behind the first scan, which no browser reads.
fn read_frame(body: &[u8]) -> Result<Extent, Flaw> {
    let components = number::array::<1>(body, 5).map_or(0, |[count]| usize::from(count));
    if !(1..=4).contains(&components) || body.len() != 6 + 3 * components {
        return Err(Flaw::Broken);
    }
    let height = number::be_u16(body, 1).ok_or(Flaw::Broken)?;
    let width = number::be_u16(body, 3).ok_or(Flaw::Broken)?;
    Extent::new(width.into(), height.into())
}

/// What Exif data begin with, and a colour profile.
const EXIF: &[u8] = b"Exif\0\0";
const ICC_PROFILE: &[u8] = b"ICC_PROFILE\0";
/// The segments of applications that hold them; Exif's holds XMP too. Two others stay: APP0 holds JFIF's header, APP14 how Adobe's
/// encoder coded the colours.
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
/// A comment.
const COM: u8 = 0xfe;

/// The file without the segments that only tell of the photo, and without what stands behind its end; `None` where it cannot be
/// walked to its end. A decoder may need what it does not know, so what is neither of an application nor a comment stays.
pub(super) fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = vec![0xff, SOI];
    let mut at = 2;
    loop {
        let (marker, after) = next_marker(bytes, at)?;
        let end = if has_segment(marker) { after + segment(bytes, after).ok()?.len() + 2 } else { after };
        let body = bytes.get(after + 2..end).unwrap_or_default();
        // What stands before a marker are a scan's pixels.
        kept.extend(bytes.get(at..after - 2)?);
        match marker {
            APP1 if body.starts_with(EXIF) => {
                kept.extend(body.get(EXIF.len()..).and_then(exif_segment).unwrap_or_default())
            }
            APP2 if !body.starts_with(ICC_PROFILE) => {}
            APP1 | 0xe3..=0xed | 0xef | COM => {}
            _ => kept.extend(bytes.get(after - 2..end)?),
        }
        if marker == EOI {
            return Some(kept);
        }
        at = end;
    }
}

/// A segment with the orientation that Exif data say, if they say one.
fn exif_segment(exif: &[u8]) -> Option<Vec<u8>> {
    let alone = orientation_alone(exif)?;
    let length = u16::try_from(2 + EXIF.len() + alone.len()).ok()?;
    Some([&[0xff, APP1], length.to_be_bytes().as_slice(), EXIF, &alone].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF_APPLICATION: &[u8] = &[0xff, 0xe1, 0, 6, 0xff, 0xd9, 0xff, 0xd8];
    const DHT: &[u8] = &[0xff, 0xc4, 0, 3, 0];
    const SOF: &[u8] = &[0xff, 0xc0, 0, 11, 8, 0x01, 0xe0, 0x02, 0x80, 1, 1, 0x11, 0];
    const SCAN: &[u8] = &[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0];
    const DATA: &[u8] = &[0x12, 0xff, 0x00, 0xd9, 0xff, 0xd0, 0x34, 0xff, 0xff, 0xd7, 0x56];
    const END: &[u8] = &[0xff, 0xd9];

    fn size(width: u32, height: u32) -> Result<Extent, Flaw> {
        Ok(Extent { width, height })
    }

    /// The verdict on a start marker followed by these parts.
    #[track_caller]
    fn check(parts: &[&[u8]], expected: Result<Extent, Flaw>) {
        let bytes = [&[0xff, SOI][..], &parts.concat()].concat();
        assert_eq!(extent(&bytes), expected, "{bytes:02x?}");
    }

    #[test]
    fn the_frame_gives_the_size() {
        check(&[SOF, SCAN, DATA, END], size(640, 480));
        check(&[OF_APPLICATION, DHT, SOF, DHT, SCAN, DATA, END], size(640, 480));
    }

    #[test]
    fn progressive_scans_follow_one_another() {
        let progressive = &[0xff, 0xc2, 0, 11, 8, 0, 3, 0, 2, 1, 1, 0x11, 0];
        check(&[progressive, DHT, SCAN, DATA, DHT, SCAN, DATA, SCAN, DATA, END], size(2, 3));
    }

    #[test]
    fn what_follows_the_end_is_not_looked_at() {
        check(&[SOF, SCAN, DATA, END, b"PK\x03\x04", &[0xff, 0xd8, 0xff]], size(640, 480));
    }

    #[test]
    fn filling_and_stray_bytes_between_segments_are_passed_over() {
        check(&[&[0xff, 0xff, 0xff], SOF, &[0, 1, 2], SCAN, DATA, END], size(640, 480));
    }

    #[test]
    fn a_cut_file_is_incomplete_wherever_the_cut_is() {
        let whole = [&[0xff, SOI][..], OF_APPLICATION, DHT, SOF, SCAN, DATA, END].concat();
        for cut in 2..whole.len() {
            assert_eq!(extent(&whole[..cut]), Err(Flaw::Incomplete), "cut at {cut}");
        }
    }

    #[test]
    fn a_frame_must_be_there_once_and_before_the_scan() {
        check(&[END], Err(Flaw::Broken));
        check(&[SOF, END], Err(Flaw::Broken));
        check(&[SCAN, DATA, END], Err(Flaw::Broken));
        check(&[SOF, SOF, SCAN, DATA, END], Err(Flaw::Broken));
        check(&[SOF, SCAN, DATA, SOF, END], Err(Flaw::Broken));
        check(&[SOF, SCAN, DATA, &[0xff, SOI], SOF, SCAN, END], Err(Flaw::Broken));
    }

    #[test]
    fn impossible_frames_are_broken() {
        let no_width = &[0xff, 0xc0, 0, 11, 8, 1, 0, 0, 0, 1, 1, 0x11, 0];
        check(&[no_width, SCAN, END], Err(Flaw::Broken));
        let height_by_dnl = &[0xff, 0xc0, 0, 11, 8, 0, 0, 1, 0, 1, 1, 0x11, 0];
        let dnl = &[0xff, 0xdc, 0, 4, 1, 0];
        check(&[height_by_dnl, SCAN, DATA, dnl, END], Err(Flaw::Broken));
        let no_components = &[0xff, 0xc0, 0, 8, 8, 1, 0, 1, 0, 0];
        check(&[no_components, SCAN, END], Err(Flaw::Broken));
        let short = &[0xff, 0xc0, 0, 4, 8, 1];
        check(&[short, SCAN, END], Err(Flaw::Broken));
        let lossless = &[0xff, 0xc3, 0, 11, 8, 1, 0, 1, 0, 1, 1, 0x11, 0];
        check(&[lossless, SCAN, END], Err(Flaw::Broken));
        let length_below_two = &[0xff, 0xe0, 0, 1];
        check(&[length_below_two, SOF, SCAN, END], Err(Flaw::Broken));
    }

    #[test]
    fn thousands_of_scans_are_broken() {
        let scans = |count: usize| SCAN.repeat(count);
        check(&[SOF, &scans(64), END], size(640, 480));
        check(&[SOF, &scans(65), END], Err(Flaw::Broken));
    }

    #[test]
    fn what_only_tells_of_the_photo_goes_and_what_shows_it_stays() {
        let marked = |marker: u8, body: &[u8]| {
            let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
            [&[0xff, marker], length.as_slice(), body].concat()
        };
        let start = [0xff, SOI];
        let (jfif, adobe) = (marked(0xe0, b"JFIF\0"), marked(0xee, b"Adobe"));
        let profile = marked(APP2, b"ICC_PROFILE\0\x01\x01");
        let told = [
            marked(APP1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
            marked(APP2, b"MPF\0"),
            marked(0xed, b"Photoshop 3.0\0"),
            marked(COM, b"CANARY"),
            marked(APP1, b"Exif\0\0MM\0\x2a\0\0\0\x08\0\0\0\0\0\0"),
        ]
        .concat();
        let (first, second) = ([DHT, SOF, SCAN, DATA].concat(), [SCAN, DATA, END].concat());
        let whole =
            [start.as_slice(), &jfif, &told, &profile, &adobe, &first, &told, &second, b"behind the end"].concat();
        let expected = [start.as_slice(), &jfif, &profile, &adobe, &first, &second].concat();
        assert_eq!(without_metadata(&whole).as_deref(), Some(&*expected));
        assert_eq!(without_metadata(&expected).as_deref(), Some(&*expected), "there is nothing more to lose");
        assert_eq!(extent(&whole), extent(&expected));
        for length in 2..whole.len() - b"behind the end".len() {
            assert_eq!(without_metadata(&whole[..length]), None, "cut at {length}");
        }
    }
}
