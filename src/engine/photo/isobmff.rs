//! AVIF and HEIC: boxes of the ISO base media file format (ISO/IEC 14496-12) with an image item (23008-12) in them.
//!
//! A file may hold many images: tiles of a grid, an alpha plane, a thumbnail, a depth map. Each size stands in an
//! `ispe` box under `meta` / `iprp` / `ipco`, the tracks of a sequence have theirs in `moov` / `trak` / `tkhd`.
//! Which of them is the picture takes four more boxes to find out; the largest always is it, or is more than it,
//! which errs towards refusing.

use super::extent::{Extent, Flaw};
use super::{PhotoKind, number};

/// Brands of AVIF: stills, sequences.
const AVIF_BRANDS: [&[u8; 4]; 2] = [b"avif", b"avis"];
/// Brands of HEIF files with HEVC in them, and the two that name no codec.
const HEIC_BRANDS: [&[u8; 4]; 10] =
    [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"];

/// The kind of picture that the first box names, if it is one: by the brand that the file calls its own, else by
/// those that it is compatible with. Films have the same first box with other brands.
pub(super) fn announced_by(head: &[u8]) -> Option<PhotoKind> {
    if head.get(4..8) != Some(b"ftyp") {
        return None;
    }
    let length = usize::try_from(number::be_u32(head, 0)?).ok()?;
    let brands = head.get(8..length).or_else(|| head.get(8..))?;
    let (own, compatible) = brands.split_at_checked(4)?;
    let named = |brand: &[u8], table: &[&[u8; 4]]| table.iter().any(|entry| entry.as_slice() == brand);
    let any = |table: &[&[u8; 4]]| compatible.chunks_exact(4).any(|brand| named(brand, table));
    // A brand without a codec leaves the choice to the compatible ones.
    let codec_open = own == b"mif1" || own == b"msf1";
    if named(own, &AVIF_BRANDS) || (!named(own, &HEIC_BRANDS) || codec_open) && any(&AVIF_BRANDS) {
        return Some(PhotoKind::Avif);
    }
    (named(own, &HEIC_BRANDS) || any(&HEIC_BRANDS)).then_some(PhotoKind::Heic)
}

/// The size of the largest image in the file.
///
/// [`Flaw::Incomplete`] if a box at the top runs past the end, or the file ends before its description (`meta`) or
/// its data (`mdat`, or `idat` within `meta`); [`Flaw::Broken`] if a box leaves the one around it or no image has a
/// size.
pub(super) fn extent(bytes: &[u8]) -> Result<Extent, Flaw> {
    let mut found = Found::default();
    for item in (Boxes { rest: bytes }) {
        let (kind, body) = item?;
        match &kind {
            b"meta" => found.read_meta(body).map_err(|_| Flaw::Broken)?,
            b"moov" => found.read_movie(body).map_err(|_| Flaw::Broken)?,
            b"mdat" => found.data = true,
            _ => {}
        }
    }
    if !found.described || !found.data {
        return Err(Flaw::Incomplete);
    }
    found.largest.ok_or(Flaw::Broken)
}

/// What the boxes gave so far.
#[derive(Default)]
struct Found {
    described: bool,
    data: bool,
    largest: Option<Extent>,
}

impl Found {
    fn read_meta(&mut self, body: &[u8]) -> Result<(), Flaw> {
        self.described = true;
        // Version and flags come before the boxes.
        for item in (Boxes { rest: body.get(4..).ok_or(Flaw::Broken)? }) {
            let (kind, body) = item?;
            match &kind {
                b"idat" => self.data = true,
                b"iprp" => self.read_properties(body)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn read_properties(&mut self, body: &[u8]) -> Result<(), Flaw> {
        for item in (Boxes { rest: body }) {
            let (kind, body) = item?;
            if &kind != b"ipco" {
                continue;
            }
            for item in (Boxes { rest: body }) {
                let (kind, body) = item?;
                if &kind == b"ispe" {
                    let (width, height) = number::be_u32(body, 4).zip(number::be_u32(body, 8)).ok_or(Flaw::Broken)?;
                    self.add(width, height);
                }
            }
        }
        Ok(())
    }

    fn read_movie(&mut self, body: &[u8]) -> Result<(), Flaw> {
        self.described = true;
        for item in (Boxes { rest: body }) {
            let (kind, body) = item?;
            if &kind != b"trak" {
                continue;
            }
            for item in (Boxes { rest: body }) {
                let (kind, body) = item?;
                if &kind == b"tkhd" {
                    self.read_track(body)?;
                }
            }
        }
        Ok(())
    }

    /// A track's sides are its header's last two numbers, in 65,536ths of a pixel.
    fn read_track(&mut self, body: &[u8]) -> Result<(), Flaw> {
        let at = body.len().checked_sub(8).ok_or(Flaw::Broken)?;
        let (width, height) = number::be_u32(body, at).zip(number::be_u32(body, at + 4)).ok_or(Flaw::Broken)?;
        self.add(width >> 16, height >> 16);
        Ok(())
    }

    /// Keeps the larger one. An image without a size (a track of sound, an item of text) is not one.
    fn add(&mut self, width: u32, height: u32) {
        let Ok(extent) = Extent::new(width, height) else { return };
        if self.largest.is_none_or(|largest| extent.pixels() > largest.pixels()) {
            self.largest = Some(extent);
        }
    }
}

/// A box's four letters and its body.
type Named<'a> = ([u8; 4], &'a [u8]);

/// The boxes of a file or of a box: a length that counts its own header, four letters, a body.
struct Boxes<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Boxes<'a> {
    type Item = Result<Named<'a>, Flaw>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let read = self.split_first();
        // A flaw ends the walk.
        self.rest = read.as_ref().map_or(&[], |&(_, rest)| rest);
        Some(read.map(|(named, _)| named))
    }
}

impl<'a> Boxes<'a> {
    /// The first box, and what follows it.
    fn split_first(&self) -> Result<(Named<'a>, &'a [u8]), Flaw> {
        let short = number::be_u32(self.rest, 0).ok_or(Flaw::Incomplete)?;
        let kind = number::array(self.rest, 4).ok_or(Flaw::Incomplete)?;
        let (header, length) = match short {
            // To the end of what is around it.
            0 => (8, self.rest.len() as u64),
            1 => (16, number::be_u64(self.rest, 8).ok_or(Flaw::Incomplete)?),
            _ => (8, u64::from(short)),
        };
        let end = usize::try_from(length).map_err(|_| Flaw::Incomplete)?;
        if end < header {
            return Err(Flaw::Broken);
        }
        let (whole, rest) = self.rest.split_at_checked(end).ok_or(Flaw::Incomplete)?;
        let body = whole.get(header..).ok_or(Flaw::Broken)?;
        Ok(((kind, body), rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
        let body = parts.concat();
        let length = u32::try_from(body.len() + 8).expect("short").to_be_bytes();
        [&length[..], kind, &body].concat()
    }

    fn first() -> Vec<u8> {
        boxed(b"ftyp", &[b"avif\0\0\0\0mif1"])
    }

    fn ispe(width: u32, height: u32) -> Vec<u8> {
        boxed(b"ispe", &[&[0; 4], &width.to_be_bytes(), &height.to_be_bytes()])
    }

    fn meta(properties: &[&[u8]]) -> Vec<u8> {
        boxed(b"meta", &[&[0; 4], &boxed(b"hdlr", &[]), &boxed(b"iprp", &[&boxed(b"ipco", properties)])])
    }

    fn track(width: u32, height: u32) -> Vec<u8> {
        let sides = [(width << 16).to_be_bytes(), (height << 16).to_be_bytes()].concat();
        boxed(b"moov", &[&boxed(b"mvhd", &[]), &boxed(b"trak", &[&boxed(b"tkhd", &[&[0; 76], &sides])])])
    }

    fn data() -> Vec<u8> {
        boxed(b"mdat", &[&[0; 9]])
    }

    #[track_caller]
    fn check(boxes: &[Vec<u8>], expected: Result<(u32, u32), Flaw>) {
        let bytes = boxes.concat();
        let seen = extent(&bytes).map(|extent| (extent.width, extent.height));
        assert_eq!(seen, expected, "{bytes:02x?}");
    }

    #[test]
    fn the_largest_image_gives_the_size() {
        check(&[first(), meta(&[&ispe(640, 480)]), data()], Ok((640, 480)));
        check(&[first(), data(), meta(&[&ispe(640, 480)])], Ok((640, 480)));
        check(&[first(), meta(&[&ispe(512, 512), &ispe(4_032, 3_024), &ispe(320, 240)]), data()], Ok((4_032, 3_024)));
        check(&[first(), meta(&[&ispe(0, 0), &boxed(b"colr", &[]), &ispe(640, 480)]), data()], Ok((640, 480)));
    }

    #[test]
    fn a_sequence_counts_by_its_tracks_too() {
        check(&[first(), track(640, 480), data()], Ok((640, 480)));
        check(&[first(), meta(&[&ispe(64, 48)]), track(640, 480), data()], Ok((640, 480)));
    }

    #[test]
    fn boxes_have_long_lengths_and_open_ends() {
        let long = [&[0, 0, 0, 1][..], b"mdat", &[0, 0, 0, 0, 0, 0, 0, 18, 7, 7]].concat();
        check(&[first(), long, meta(&[&ispe(640, 480)])], Ok((640, 480)));
        let open = [&[0, 0, 0, 0][..], b"mdat", &[7; 5]].concat();
        check(&[first(), meta(&[&ispe(640, 480)]), open], Ok((640, 480)));
        let endless = [&[0, 0, 0, 1][..], b"mdat", &[0xff; 8]].concat();
        check(&[first(), meta(&[&ispe(640, 480)]), endless], Err(Flaw::Incomplete));
        let too_short = [&[0, 0, 0, 7][..], b"mdat"].concat();
        check(&[first(), meta(&[&ispe(640, 480)]), too_short], Err(Flaw::Broken));
    }

    #[test]
    fn a_cut_file_is_incomplete_wherever_the_cut_is() {
        let whole = [first(), meta(&[&ispe(640, 480)]), data()].concat();
        for cut in 12..whole.len() {
            assert_eq!(extent(&whole[..cut]), Err(Flaw::Incomplete), "cut at {cut}");
        }
        let small = boxed(b"meta", &[&[0; 4], &boxed(b"idat", &[&[7]])]);
        check(&[first(), small], Err(Flaw::Broken));
    }

    #[test]
    fn an_image_without_a_size_and_a_box_that_leaves_its_parent_are_broken() {
        check(&[first(), meta(&[]), data()], Err(Flaw::Broken));
        check(&[first(), meta(&[&ispe(0, 480)]), data()], Err(Flaw::Broken));
        check(&[first(), meta(&[&boxed(b"ispe", &[&[0; 11]])]), data()], Err(Flaw::Broken));
        let leaves = [&[0, 0, 0, 99][..], b"ispe"].concat();
        check(&[first(), meta(&[&leaves]), data()], Err(Flaw::Broken));
        check(&[first(), boxed(b"meta", &[&[0; 2]]), data()], Err(Flaw::Broken));
    }

    #[test]
    fn brands_tell_the_kinds_apart() {
        #[track_caller]
        fn check(brands: &[u8], expected: Option<PhotoKind>) {
            assert_eq!(announced_by(&boxed(b"ftyp", &[brands])), expected, "{}", String::from_utf8_lossy(brands));
        }
        check(b"avif\0\0\0\0mif1miaf", Some(PhotoKind::Avif));
        check(b"avis\0\0\0\0msf1", Some(PhotoKind::Avif));
        check(b"mif1\0\0\0\0mif1avif", Some(PhotoKind::Avif));
        check(b"mif1\0\0\0\0mif1heic", Some(PhotoKind::Heic));
        check(b"heic\0\0\0\0mif1heic", Some(PhotoKind::Heic));
        check(b"heix\0\0\0\0mif1", Some(PhotoKind::Heic));
        check(b"mif1", Some(PhotoKind::Heic));
        check(b"isom\0\0\0\0mp42avc1", None);
        check(b"qt  \0\0\0\0qt  ", None);
        check(b"avi", None);
        assert_eq!(announced_by(b"\0\0\0\x20moov"), None);
    }
}
