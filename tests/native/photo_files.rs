//! Picked files: what the photo reader says of real, odd and hostile ones, and that nothing makes it panic or waver.
#![cfg(test)]

use crate::skip::skip;
use hairline_designer::engine::photo::*;
use proptest::prelude::*;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// No file may hold up the page for longer than this.
const LONGEST: Duration = Duration::from_secs(1);

type Outcome = Result<PhotoHeader, PhotoFileError>;

const fn opened(kind: PhotoKind, width: u32, height: u32) -> Outcome {
    Ok(PhotoHeader { kind, width, height })
}

const TEXT: Outcome = Err(PhotoFileError::Foreign(ForeignKind::Text));
const PORTRAIT: Outcome = opened(PhotoKind::Jpeg, 450, 550);
const PORTRAIT_LYING: Outcome = opened(PhotoKind::Jpeg, 550, 450);
const SCAN: Outcome = opened(PhotoKind::Jpeg, 1_600, 2_000);
const FLAT_SKIN: Outcome = opened(PhotoKind::Png, 800, 1_000);

/// What is expected of the files of `../shared/photos`: all of them open. Sizes are those before any rotation.
const PHOTOS: [(&str, Outcome); 28] = [
    ("canary-metadata.jpg", PORTRAIT),
    ("canary-metadata.png", opened(PhotoKind::Png, 450, 550)),
    ("flat-skin-f1.png", FLAT_SKIN),
    ("flat-skin-f5.png", FLAT_SKIN),
    ("flat-skin-f9.png", FLAT_SKIN),
    ("gpo-bald-dark-skin-fringe.jpg", PORTRAIT),
    ("gpo-bald-nw6-dark-fringe.jpg", PORTRAIT),
    ("gpo-bald-nw6-fringe-light.jpg", PORTRAIT),
    ("gpo-man-asian-short.jpg", PORTRAIT),
    ("gpo-receding-nw3-short.jpg", PORTRAIT),
    ("gpo-receding-nw4-light.jpg", PORTRAIT),
    ("gpo-shaved-dark-skin.jpg", PORTRAIT),
    ("gpo-woman-centre-part.jpg", PORTRAIT),
    ("gpo-woman-short-afro.jpg", PORTRAIT),
    ("head-alpha.png", opened(PhotoKind::Png, 450, 550)),
    ("head-cmyk.jpg", PORTRAIT),
    ("head-p3.jpg", PORTRAIT),
    ("head.heic", opened(PhotoKind::Heic, 450, 550)),
    ("head.webp", opened(PhotoKind::WebP, 450, 550)),
    ("orient-3-head.jpg", PORTRAIT),
    ("orient-6-head.jpg", PORTRAIT_LYING),
    ("orient-8-head.jpg", PORTRAIT_LYING),
    ("phone-like-12mp-orient6-gps.jpg", opened(PhotoKind::Jpeg, 4_032, 3_024)),
    ("scan-back-painted-strip-scar.jpg", SCAN),
    ("scan-front.jpg", SCAN),
    ("scan-profile-left.jpg", SCAN),
    ("scan-top-crown.jpg", SCAN),
    ("scan-top-front.jpg", SCAN),
];

/// What is expected of the files of `../shared/bad`.
const BAD: [(&str, Outcome); 26] = [
    ("avif-17000sq-bomb.avif", Err(PhotoFileError::TooManyPixels { megapixels: 289, limit: 64 })),
    // Damage within the compressed pixels is the decoder's to judge.
    ("bitflips-40.jpg", PORTRAIT),
    ("bomb-30000sq-1bit.png", Err(PhotoFileError::TooManyPixels { megapixels: 900, limit: 64 })),
    ("dim-1x20000.png", Err(PhotoFileError::TooSmall { side: 1, limit: 64 })),
    ("dim-8192x6144-50mp.jpg", opened(PhotoKind::Jpeg, 8_192, 6_144)),
    ("draft-future-version.json", TEXT),
    ("draft-html-notes.json", TEXT),
    ("draft-nan-inf.json", TEXT),
    ("draft-not-json.json", TEXT),
    ("exif-invalid.jpg", opened(PhotoKind::Jpeg, 200, 200)),
    ("filenames.json", TEXT),
    ("gif-animated.gif", opened(PhotoKind::Gif, 80, 80)),
    ("heic-example.heic", opened(PhotoKind::Heic, 1_280, 854)),
    ("lie-65500sq.jpg", Err(PhotoFileError::TooManyPixels { megapixels: 4_291, limit: 64 })),
    ("pdf-as.jpg", Err(PhotoFileError::Foreign(ForeignKind::Pdf))),
    ("png-truncated.png", Err(PhotoFileError::Incomplete(PhotoKind::Png))),
    ("pngsuite-xcrn0g04.png", Err(PhotoFileError::Broken(PhotoKind::Png))),
    ("polyglot-jpeg-html.jpg", PORTRAIT),
    ("soi-only.jpg", Err(PhotoFileError::Broken(PhotoKind::Jpeg))),
    ("svg-script-as.jpg", Err(PhotoFileError::Foreign(ForeignKind::Svg))),
    ("svg-script.svg", Err(PhotoFileError::Foreign(ForeignKind::Svg))),
    ("truncated-50pct.jpg", Err(PhotoFileError::Incomplete(PhotoKind::Jpeg))),
    ("truncated-99pct.jpg", Err(PhotoFileError::Incomplete(PhotoKind::Jpeg))),
    ("wrong-ext-html-as.jpg", Err(PhotoFileError::Foreign(ForeignKind::Html))),
    ("wrong-ext-png-as.jpg", opened(PhotoKind::Png, 225, 275)),
    ("zero-byte.jpg", Err(PhotoFileError::Empty)),
];

/// The files of a folder beside the package with their names, sorted; `None` with a printed line if it is missing.
fn shared(folder: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    let Ok(entries) = std::fs::read_dir(&path) else {
        skip(format_args!("no ../shared/{folder}"));
        return None;
    };
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("a folder that can be listed").path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("a file that can be read"))
        })
        .collect();
    files.sort();
    Some(files)
}

/// The verdict on the bytes, after checking all that holds for any bytes whatever.
#[track_caller]
fn outcome(bytes: &[u8], whence: &str) -> Outcome {
    let started = Instant::now();
    let seen = inspect(bytes);
    assert!(started.elapsed() < LONGEST, "{whence}: took {:?}", started.elapsed());
    assert_eq!(seen, inspect(bytes), "{whence}: a second look differs");
    let head = inspect_head(bytes, bytes.len() as u64);
    match seen {
        Ok(header) => {
            let (shorter, longer) = (header.width.min(header.height), header.width.max(header.height));
            assert_eq!(head, Ok(header.kind), "{whence}");
            assert!(shorter >= PHOTO_LIMITS.short_side_px && longer <= PHOTO_LIMITS.long_side_px, "{whence}: {seen:?}");
            assert!(u64::from(shorter) * u64::from(longer) <= PHOTO_LIMITS.pixels(), "{whence}: {seen:?}");
        }
        Err(PhotoFileError::Broken(kind) | PhotoFileError::Incomplete(kind)) => assert_eq!(head, Ok(kind), "{whence}"),
        Err(PhotoFileError::Empty | PhotoFileError::Foreign(_) | PhotoFileError::TooManyBytes { .. }) => {
            assert_eq!(head.err(), seen.err(), "{whence}");
        }
        Err(_) => assert!(head.is_ok(), "{whence}: {seen:?}"),
    }
    seen
}

/// Holds every file against the table. A file that the table does not know need only stand `verdict`'s checks.
#[track_caller]
fn check_folder(folder: &str, table: &[(&str, Outcome)]) {
    for (name, bytes) in shared(folder).unwrap_or_default() {
        let seen = outcome(&bytes, &name);
        if let Some((_, expected)) = table.iter().find(|(known, _)| *known == name) {
            assert_eq!(seen, *expected, "{folder}/{name}");
        }
    }
}

#[test]
fn photos_open_with_their_coded_size() {
    check_folder("photos", &PHOTOS);
}

#[test]
fn bad_files_are_refused_by_name_or_opened_by_content() {
    check_folder("bad", &BAD);
}

#[test]
fn a_photo_cut_anywhere_is_incomplete() {
    for (folder, table) in [("photos", &PHOTOS[..]), ("bad", &BAD[..])] {
        for (name, bytes) in shared(folder).unwrap_or_default() {
            let known = table.iter().any(|(known, _)| *known == name);
            let Ok(header) = inspect(&bytes) else { continue };
            // Bytes behind the end, as the metadata test carries them, may go missing.
            let trailer = match header.kind {
                PhotoKind::Jpeg => !bytes.ends_with(b"\xff\xd9"),
                PhotoKind::Gif => !bytes.ends_with(b";"),
                _ => false,
            };
            if !known || trailer {
                continue;
            }
            let whole = bytes.len();
            for kept in [10_000, whole / 2, whole.saturating_sub(200), whole - 1] {
                let seen = outcome(&bytes[..kept.min(whole - 1)], &name);
                let expected = Err(PhotoFileError::Incomplete(header.kind));
                assert_eq!(seen, expected, "{folder}/{name}, {kept} of {whole} bytes");
            }
        }
    }
}

/// The length of the parts as four bytes, in the order that `bytes_of` gives them.
fn length(parts: &[&[u8]], extra: usize, bytes_of: fn(u32) -> [u8; 4]) -> [u8; 4] {
    bytes_of(u32::try_from(parts.iter().map(|part| part.len()).sum::<usize>() + extra).expect("a short seed"))
}

fn jpeg_seed() -> Vec<u8> {
    let quantisation = [&[0xff, 0xdb, 0, 67, 0][..], &[1; 64]].concat();
    let frame = [0xff, 0xc2, 0, 17, 8, 0x02, 0x26, 0x01, 0xc2, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0];
    let scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x5a, 0xff, 0, 0x5a, 0xff, 0xd0, 0x5a];
    let exif = b"\xff\xe1\0\x10Exif\0\0MM\0*\0\0\0\x08";
    [b"\xff\xd8", &exif[..], &quantisation, &frame, &scan, &scan, b"\xff\xd9"].concat()
}

/// CRC-32 bit by bit, slower and plainer than the one under test.
fn crc(bytes: &[u8]) -> u32 {
    let fold = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, &byte| (0..8).fold(crc ^ u32::from(byte), fold))
}

fn png_seed() -> Vec<u8> {
    let chunk = |kind: &[u8], body: &[u8]| {
        let sum = crc(&[kind, body].concat()).to_be_bytes();
        [&length(&[body], 0, u32::to_be_bytes), kind, body, &sum].concat()
    };
    let header = chunk(b"IHDR", &[0, 0, 1, 0xc2, 0, 0, 2, 0x26, 8, 6, 0, 0, 0]);
    let text = chunk(b"tEXt", b"Comment\0a head");
    let pixels = chunk(b"IDAT", &[0x78, 0x9c, 0x63, 0, 1, 0, 0, 5, 0, 1]);
    [b"\x89PNG\r\n\x1a\n", &header[..], &text, &pixels, &pixels, &chunk(b"IEND", &[])].concat()
}

fn webp_seed() -> Vec<u8> {
    let chunk = |kind: &[u8], body: &[u8]| [kind, &length(&[body], 0, u32::to_le_bytes), body].concat();
    let canvas = chunk(b"VP8X", &[0x08, 0, 0, 0, 0xc1, 1, 0, 0x25, 2, 0]);
    let pixels = chunk(b"VP8 ", &[0x10, 0, 0, 0x9d, 0x01, 0x2a, 0xc2, 1, 0x26, 2, 7, 7]);
    chunk(b"RIFF", &[b"WEBP", &canvas[..], &pixels, &chunk(b"EXIF", b"MM\0*")].concat())
}

fn boxed(kind: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    [&length(parts, 8, u32::to_be_bytes), kind, &parts.concat()].concat()
}

fn isobmff_seed(brand: &[u8; 4]) -> Vec<u8> {
    let sides = boxed(b"ispe", &[&[0, 0, 0, 0, 0, 0, 1, 0xc2, 0, 0, 2, 0x26]]);
    let tile = boxed(b"ispe", &[&[0, 0, 0, 0, 0, 0, 0, 0xf0, 0, 0, 1, 0x40]]);
    let properties = boxed(b"iprp", &[&boxed(b"ipco", &[&tile, &sides])]);
    let meta = boxed(b"meta", &[&[0; 4], &boxed(b"hdlr", &[&[0; 12]]), &properties]);
    [boxed(b"ftyp", &[brand, b"\0\0\0\0mif1", brand]), meta, boxed(b"mdat", &[&[0x5a; 20]])].concat()
}

fn gif_seed() -> Vec<u8> {
    let control = [0x21, 0xf9, 4, 0, 10, 0, 0, 0];
    let frame = [0x2c, 0, 0, 0, 0, 0xc2, 1, 0x26, 2, 0, 2, 3, 0x44, 0x01, 0x05, 0];
    [b"GIF89a\xc2\x01\x26\x02\x80\0\0\0\0\0\xff\xff\xff", &control[..], &frame, &control, &frame, b"\x3b"].concat()
}

/// A whole file of every kind, each 450 x 550 pixels.
fn seeds() -> Vec<(PhotoKind, Vec<u8>)> {
    vec![
        (PhotoKind::Jpeg, jpeg_seed()),
        (PhotoKind::Png, png_seed()),
        (PhotoKind::WebP, webp_seed()),
        (PhotoKind::Avif, isobmff_seed(b"avif")),
        (PhotoKind::Heic, isobmff_seed(b"heic")),
        (PhotoKind::Gif, gif_seed()),
    ]
}

#[test]
fn every_kind_opens_whole_and_is_incomplete_when_cut() {
    for (kind, bytes) in seeds() {
        assert_eq!(outcome(&bytes, kind.label()), opened(kind, 450, 550), "{kind:?}");
        for kept in 12..bytes.len() {
            let seen = outcome(&bytes[..kept], kind.label());
            assert_eq!(seen, Err(PhotoFileError::Incomplete(kind)), "{kind:?}, {kept} of {} bytes", bytes.len());
        }
    }
}

/// Numbers that look random and are the same in every run (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit.max(1)
    }
}

/// One to four injuries: a flipped bit, an overwritten byte, a cut end, a piece left out, a piece of another file.
fn mutated(whole: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        let end = (at + 1 + dice.below(24)).min(bytes.len());
        match (dice.below(6), bytes.get_mut(at)) {
            (0 | 1, Some(byte)) => *byte ^= 1 << dice.below(8),
            (2, Some(byte)) => *byte = [0, 1, 0x7f, 0x80, 0xff][dice.below(5)],
            (3, _) if dice.below(4) == 0 => bytes.truncate(at),
            (4, Some(_)) => drop(bytes.drain(at..end)),
            (5, _) => {
                let from = dice.below(other.len());
                let piece = &other[from..(from + 1 + dice.below(24)).min(other.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            _ => {}
        }
    }
    bytes
}

#[test]
fn ten_thousand_injured_files_neither_panic_nor_waver() {
    let seeds = seeds();
    let mut dice = Dice(1);
    let (mut open, mut broken, mut incomplete, mut foreign, mut outsized) = (0, 0, 0, 0, 0);
    for round in 0..10_000 {
        let (_, whole) = &seeds[round % seeds.len()];
        let (_, other) = &seeds[dice.below(seeds.len())];
        let bytes = mutated(whole, other, &mut dice);
        match outcome(&bytes, &format!("round {round}: {bytes:02x?}")) {
            Ok(_) => open += 1,
            Err(PhotoFileError::Broken(_)) => broken += 1,
            Err(PhotoFileError::Incomplete(_)) => incomplete += 1,
            Err(PhotoFileError::Empty | PhotoFileError::Foreign(_)) => foreign += 1,
            Err(_) => outsized += 1,
        }
    }
    let counts = [open, broken, incomplete, foreign, outsized];
    // Every verdict has to be among them, or the injuries are too mild or too harsh to show anything.
    assert!(counts.iter().all(|&count| count >= 50), "open, broken, incomplete, foreign, outsized: {counts:?}");
}

/// What files of the kinds start with, so that random bytes get past the first look.
fn beginnings() -> impl Strategy<Value = Vec<u8>> {
    let known: [&[u8]; 9] = [
        b"",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR",
        b"RIFF\x40\0\0\0WEBPVP8X",
        b"RIFF\x40\0\0\0WEBPVP8L",
        b"GIF89a",
        b"\0\0\0\x14ftypavif\0\0\0\0avif\0\0\0\x40meta\0\0\0\0\0\0\0\x30iprp\0\0\0\x28ipco",
        b"\xef\xbb\xbf<!--",
        b"<!doctype x [",
    ];
    prop::sample::select(known.map(<[u8]>::to_vec).to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_get_a_verdict(start in beginnings(), rest in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = outcome(&[start, rest].concat(), "random bytes");
    }

    #[test]
    fn the_working_picture_fits_and_keeps_its_shape(width in 1_u32..=u32::MAX, height in 1_u32..=u32::MAX) {
        let (w, h) = working_size(width, height);
        prop_assert!(w >= 1 && h >= 1 && w <= width && h <= height, "{w} x {h}");
        prop_assert!(w.max(h) <= PHOTO_LIMITS.working_side_px, "{w} x {h}");
        prop_assert!(u64::from(w) * u64::from(h) <= PHOTO_LIMITS.working_pixels, "{w} x {h}");
        let (from, to) = ((width.min(height), width.max(height)), (w.min(h), w.max(h)));
        let exact = f64::from(from.0) * f64::from(to.1) / f64::from(from.1);
        prop_assert!((f64::from(to.0) - exact).abs() <= 0.5 + 1e-6 || to.0 == 1, "{w} x {h}, shorter exactly {exact}");
    }

    #[test]
    fn a_photo_that_fits_is_worked_on_as_it_is(width in 1_u32..=4_096, height in 1_u32..=4_096) {
        prop_assert_eq!(working_size(width, height), (width, height));
    }
}
