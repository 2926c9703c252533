//! Whether bytes are a whole JPEG picture and nothing else.
//!
//! The picture is not decoded: browsers do that, under a policy that lets a picture do nothing. What is looked at is
//! the structure (ITU T.81, annex B), so that a file that is two things at once, or breaks off, or would unfold to
//! gigabytes is never kept.

/// The longest side in pixels. The program sends 1600 at most.
const MAX_SIDE: u16 = 8192;

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
/// What a byte 0xFF of the picture's own data is followed by.
const STUFFED: u8 = 0x00;

/// What is wrong with bytes that should be a JPEG picture, as a sentence; `None` where nothing is.
pub(crate) fn fault_of(bytes: &[u8]) -> Option<&'static str> {
    match size_of(bytes) {
        None => Some("This part is not a whole JPEG picture."),
        Some((0, _) | (_, 0)) => Some("This picture has no pixels."),
        Some((width, height)) if width.max(height) > MAX_SIDE => Some("This picture is too large."),
        Some(_) => None,
    }
}

/// Width and height of a picture; `None` where the bytes are not one JPEG picture from the first to the last.
fn size_of(bytes: &[u8]) -> Option<(u16, u16)> {
    let mut rest = bytes.strip_prefix(&[0xFF, START])?;
    let mut size = None;
    let mut has_scan = false;
    loop {
        let (marker, after) = marker(rest)?;
        rest = after;
        match marker {
            END => return if rest.is_empty() && has_scan { size } else { None },
            // These stand alone and only inside of a scan, or not at all.
            START | 0x01 | 0xD0..=0xD7 => return None,
            _ => {}
        }
        let segment = rest.get(..length(rest)?)?;
        rest = rest.get(segment.len()..)?;
        match marker {
            // The frame: length, precision, height, width.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                let &[_, _, _, h1, h0, w1, w0, ..] = segment else { return None };
                size = Some((u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0])));
            }
            SCAN => {
                size?;
                has_scan = true;
                rest = after_scan(rest)?;
            }
            _ => {}
        }
    }
}

/// The marker that comes next, any number of 0xFF before it.
fn marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let fill = bytes.iter().take_while(|byte| **byte == 0xFF).count();
    let (&marker, rest) = bytes.get(fill..)?.split_first()?;
    (fill > 0 && marker != STUFFED).then_some((marker, rest))
}

/// The length of a segment, its own two bytes included.
fn length(bytes: &[u8]) -> Option<usize> {
    let &[high, low, ..] = bytes else { return None };
    let length = usize::from(u16::from_be_bytes([high, low]));
    (length >= 2).then_some(length)
}

/// What follows the data of a scan: the next marker that is neither stuffed nor a restart.
fn after_scan(bytes: &[u8]) -> Option<&[u8]> {
    let is_end = |pair: &[u8]| matches!(pair, &[0xFF, next] if next != STUFFED && !(0xD0..=0xD7).contains(&next));
    let at = bytes.windows(2).position(is_end)?;
    bytes.get(at..)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture as small as one can be: a comment, a frame, a scan.
    fn picture(width: u16, height: u16, comment: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xFE];
        bytes.extend(u16::try_from(comment.len() + 2).unwrap().to_be_bytes());
        bytes.extend(comment);
        bytes.extend([0xFF, 0xC0, 0, 11, 8]);
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes.extend([1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0]);
        bytes.extend([1, 2, 0xFF, 0x00, 3, 0xFF, 0xD0, 4, 0xFF, 0xD9]);
        bytes
    }

    #[test]
    fn a_whole_picture_is_taken_and_its_size_read() {
        assert_eq!(size_of(&picture(640, 480, b"\xFF\xD9 looks like an end")), Some((640, 480)));
        assert_eq!(fault_of(&picture(8192, 1, b"")), None);
    }

    #[test]
    fn what_is_cut_or_goes_on_is_refused() {
        let whole = picture(640, 480, b"x");
        for length in 0..whole.len() {
            assert!(fault_of(&whole[..length]).is_some(), "cut at {length}");
        }
        for behind in [b"PK\x03\x04" as &[u8], b"<script>", b"\0", b"\xFF\xD9"] {
            assert!(fault_of(&[&whole, behind].concat()).is_some(), "{behind:?}");
        }
        for before in [b"GIF89a" as &[u8], b"\n", b"<html>"] {
            assert!(fault_of(&[before, &whole].concat()).is_some(), "{before:?}");
        }
    }

    #[test]
    fn a_picture_without_or_with_too_many_pixels_is_refused() {
        for (width, height) in [(0, 480), (640, 0), (8193, 1), (1, 65535)] {
            assert!(fault_of(&picture(width, height, b"")).is_some(), "{width} x {height}");
        }
        assert!(fault_of(b"\xFF\xD8\xFF\xD9").is_some());
    }
}
