//! GIF (87a, 89a): the size of the logical screen, and whether all blocks up to the trailer are there.
//!
//! Decoders enlarge the screen when a frame does not fit it, so a frame that is wider or higher counts: otherwise a
//! screen of one pixel could hide a frame of four billion.

use super::extent::{Extent, Flaw};
use super::number;

const SCREEN_HEADER: usize = 13;
const EXTENSION: u8 = 0x21;
const FRAME: u8 = 0x2c;

/// Whether the first bytes are a GIF's.
pub(super) fn announced_by(head: &[u8]) -> bool {
    head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a")
}

/// The size of the screen, enlarged to the largest frame.
///
/// [`Flaw::Incomplete`] if blocks or the trailer are missing at the end; [`Flaw::Broken`] if a side is 0, no frame
/// comes before the trailer, or what comes before the first frame is no block at all. Stray bytes behind a whole
/// frame end the picture: decoders show what they have by then.
pub(super) fn extent(bytes: &[u8]) -> Result<Extent, Flaw> {
    let (width, height) = sides(bytes, 6)?;
    let mut screen = Extent::new(width.into(), height.into())?;
    let mut at = SCREEN_HEADER + colour_table(bytes, 10)?;
    let mut frames = 0_u32;
    loop {
        let [block] = number::array(bytes, at).ok_or(Flaw::Incomplete)?;
        match block {
            // A label, then data.
            EXTENSION => at = skip_data(bytes, at + 2)?,
            // Left and top edge, sides, flags, colours, the width of a code, then data.
            FRAME => {
                let (width, height) = sides(bytes, at + 5)?;
                screen.width = screen.width.max(width.into());
                screen.height = screen.height.max(height.into());
                at = skip_data(bytes, at + 11 + colour_table(bytes, at + 9)?)?;
                frames = frames.saturating_add(1);
            }
            // The trailer, 0x3b, or stray bytes.
            _ if frames > 0 => return Ok(screen),
            _ => return Err(Flaw::Broken),
        }
    }
}

fn sides(bytes: &[u8], at: usize) -> Result<(u16, u16), Flaw> {
    number::le_u16(bytes, at).zip(number::le_u16(bytes, at + 2)).ok_or(Flaw::Incomplete)
}

/// The length in bytes of the colour table that the flags at `at` announce: three bytes for each of 2 to 256 colours.
fn colour_table(bytes: &[u8], at: usize) -> Result<usize, Flaw> {
    let [flags] = number::array(bytes, at).ok_or(Flaw::Incomplete)?;
    Ok(if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) })
}

/// The place behind the data that starts at `at`: pieces with a length byte each, up to one of length 0.
fn skip_data(bytes: &[u8], at: usize) -> Result<usize, Flaw> {
    let mut at = at;
    loop {
        let [length] = number::array(bytes, at).ok_or(Flaw::Incomplete)?;
        at += 1 + usize::from(length);
        if length == 0 {
            return Ok(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: &[u8] = b"GIF89a\x80\x02\xe0\x01\0\0\0";
    const TWO_COLOURS: &[u8] = b"GIF89a\x80\x02\xe0\x01\x80\0\0\x3b\x3b\x3b\x3b\x3b\x3b";
    const CONTROL: &[u8] = &[EXTENSION, 0xf9, 4, 0, 0, 0, 0, 0];
    const STILL: &[u8] = &[FRAME, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0];
    const OWN_COLOURS: &[u8] = &[FRAME, 0, 0, 0, 0, 1, 0, 1, 0, 0x80, 9, 9, 9, 9, 9, 9, 2, 2, 0x44, 0x01, 0];
    const END: &[u8] = &[0x3b];

    #[track_caller]
    fn check(parts: &[&[u8]], expected: Result<(u32, u32), Flaw>) {
        let bytes = parts.concat();
        let seen = extent(&bytes).map(|extent| (extent.width, extent.height));
        assert_eq!(seen, expected, "{bytes:02x?}");
    }

    #[test]
    fn the_screen_gives_the_size() {
        check(&[SCREEN, STILL, END], Ok((640, 480)));
        check(&[TWO_COLOURS, CONTROL, STILL, CONTROL, OWN_COLOURS, END], Ok((640, 480)));
    }

    #[test]
    fn a_frame_cannot_hide_behind_a_small_screen() {
        let huge = &[FRAME, 0, 0, 0, 0, 0xff, 0xff, 0xfe, 0xff, 0, 2, 2, 0x44, 0x01, 0];
        check(&[SCREEN, huge, END], Ok((65_535, 65_534)));
    }

    #[test]
    fn stray_bytes_behind_a_frame_end_the_picture() {
        check(&[SCREEN, STILL, END, b"<script>"], Ok((640, 480)));
        check(&[SCREEN, STILL, &[0]], Ok((640, 480)));
        check(&[SCREEN, &[0], STILL, END], Err(Flaw::Broken));
    }

    #[test]
    fn a_cut_file_is_incomplete_wherever_the_cut_is() {
        let whole = [TWO_COLOURS, CONTROL, STILL, OWN_COLOURS, END].concat();
        for cut in 6..whole.len() {
            assert_eq!(extent(&whole[..cut]), Err(Flaw::Incomplete), "cut at {cut}");
        }
    }

    #[test]
    fn a_side_of_nothing_and_a_film_without_frames_are_broken() {
        check(&[b"GIF89a\0\0\x01\0\0\0\0", STILL, END], Err(Flaw::Broken));
        check(&[SCREEN, END], Err(Flaw::Broken));
        check(&[SCREEN, CONTROL, END], Err(Flaw::Broken));
    }
}
