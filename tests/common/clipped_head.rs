//! The sample head with hair at its sides that was drawn by whole numbers, and what is made of it when the hair is clipped, natively
//! and in a browser.
#![cfg(test)]

use crate::found_face::{PERSON, face_finder, sample_head};
use hairline_designer::engine::calibration::{Calibration, Head, Reference, Side};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::clipped::{ClippedRefusal, clip_found, clip_hair, clip_roughly, find_hair};
use hairline_designer::engine::design::{PhotoRef, View};
use hairline_designer::engine::editor::{AnalysisImage, seen_head};
use hairline_designer::engine::face::{PersonFinder, SourcePicture};
use hairline_designer::engine::geometry::Mm;
use hairline_designer::engine::geometry::PhotoPoint;
use hairline_designer::engine::render::PixelRect;
use std::rc::Rc;

/// Every byte of the head with its hair clipped, and every hair of its stubble: before its own wall, and before tiles.
pub(crate) const FINGERPRINTS: [u64; 2] = [0x0320_3bfa_f5c7_7d60, 0x737d_06ec_7d33_c852];

/// A pixel of the wall is bluer than red by more than this; the head is not.
const BLUER: u8 = 4;

/// A photo of which every second pixel of every second row is looked at.
pub(crate) struct Haired {
    /// RGBA, row by row.
    pub(crate) pixels: Vec<u8>,
    pub(crate) width: usize,
    /// A place in the hair beside the left and beside the right temple.
    #[allow(dead_code, reason = "not every test binary looks there")]
    pub(crate) in_hair: [PhotoPoint; 2],
}

/// The sample head with dark hair at its sides.
pub(crate) fn haired() -> Haired {
    haired_where(is_hair)
}

fn haired_where(is_hair: fn(&Head, PhotoPoint) -> bool) -> Haired {
    let (pixels, width) = sample_head();
    haired_on(pixels, width, is_hair)
}

/// The same before tiles: where the wall is seen, which alone is bluer than red.
fn haired_before_tiles() -> Haired {
    let (mut pixels, width) = sample_head();
    for (place, [red, green, blue, _]) in pixels.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        let is_joint = place % width % 96 < 8 || place / width % 96 < 8;
        if *blue > red.saturating_add(BLUER) && is_joint {
            [red, green, blue].into_iter().for_each(|level| *level = *level / 5 * 2);
        }
    }
    haired_on(pixels, width, is_hair)
}

fn haired_on(mut pixels: Vec<u8>, width: usize, is_hair: fn(&Head, PhotoPoint) -> bool) -> Haired {
    let head = view(&looked_at(&pixels, width)).head.expect("the head is seen");
    for (place, pixel) in pixels.chunks_exact_mut(4).enumerate() {
        let (x, y) = (place % width, place / width);
        if is_hair(&head, PhotoPoint::new(x as f64 + 0.5, y as f64 + 0.5)) {
            let strand = ((x * 7 + y * 3) % 23 + (x * 13 + y * 29) % 11) as u8;
            pixel[..3].copy_from_slice(&[38 + strand, 28 + strand, 22 + strand]);
        }
    }
    let in_hair = [-0.88, 0.88].map(|right| head.on_outline(right, 0.28));
    Haired { pixels, width, in_hair }
}

/// From over the ears up, and out over the skull by some millimetres.
fn is_hair(head: &Head, at: PhotoPoint) -> bool {
    let (right, up) = head.shares(at);
    let out = right * right + up * up;
    (0.02..0.62).contains(&up) && right.abs() > 0.76 - 0.25 * up && out < 1.10
}

/// The same, and a wedge of it that hangs over the upper part of the ears and of what is before them.
fn is_over_ears(head: &Head, at: PhotoPoint) -> bool {
    let (right, up) = head.shares(at);
    let aside = right.abs();
    is_hair(head, at) || (OVER_EARS.0..0.02).contains(&up) && aside > 0.84 && aside < (1.14 + 0.33 * up).min(1.05)
}

/// Down to which height that wedge hangs, and where the ears end upwards and towards the face, in halves of the outline.
const OVER_EARS: (f64, f64, f64) = (-0.72, -0.31, 0.9);

/// Ears over which hair hangs.
#[allow(dead_code, reason = "not every test binary looks there")]
pub(crate) struct CoveredEars {
    /// The head as it is without hair, with it, and with it clipped, as they are looked at: RGBA, row by row.
    pub(crate) bald: Vec<u8>,
    pub(crate) haired: Vec<u8>,
    pub(crate) clipped: Vec<u8>,
    /// Of each pixel: beside the face and as high as the ears.
    pub(crate) is_by_ear: Vec<bool>,
}

/// What becomes of ears over which hair hangs.
#[allow(dead_code, reason = "not every test binary looks there")]
pub(crate) fn covered_ears() -> CoveredEars {
    let (bald, width) = sample_head();
    let bald = looked_at(&bald, width);
    let head = view(&bald).head.expect("the head is seen");
    let image = looked_at(&haired_where(is_over_ears).pixels, width);
    let view = view(&image);
    let (clipped, _) = clip_hair(&image, None, (&view, &Parameters::default()), 1).expect("hair that can be clipped");
    let rect = PixelRect { x: 0, y: 0, width: image.width, height: image.pixels.len() / 4 / image.width };
    let mut pixels = image.pixels.clone();
    clipped.apply(&mut pixels, rect, image.zoom);
    let is_by_ear = (0..pixels.len() / 4).map(|at| {
        let (x, y) = ((at % image.width) as f64 + 0.5, (at / image.width) as f64 + 0.5);
        let (right, up) = head.shares(PhotoPoint::new(x / image.zoom, y / image.zoom));
        (OVER_EARS.0..OVER_EARS.1).contains(&up) && right.abs() > OVER_EARS.2
    });
    CoveredEars { is_by_ear: is_by_ear.collect(), bald: bald.pixels, haired: image.pixels, clipped: pixels }
}

fn looked_at(pixels: &[u8], width: usize) -> AnalysisImage {
    let rows = pixels.chunks_exact(width * 4).step_by(2);
    let half: Vec<u8> = rows.flat_map(|row| row.chunks_exact(4).step_by(2).flatten().copied()).collect();
    let mut image = AnalysisImage::new(half, width.div_ceil(2), 0.5);
    let picture = SourcePicture { pixels: &image.pixels, width: image.width, zoom: image.zoom };
    image.person = PersonFinder::read(PERSON).expect("the net of a person").find(&picture).map(Rc::new);
    image
}

fn view(image: &AnalysisImage) -> View {
    let picture = SourcePicture { pixels: &image.pixels, width: image.width, zoom: image.zoom };
    let face = face_finder().find(&picture).expect("the sample head has a face");
    let [a, b] = face.pupils;
    let size = |pixels: usize| pixels as u32 * 2;
    let (width, height) = (size(image.width), size(image.pixels.len() / 4 / image.width));
    let reference = Reference::TypedPupils { distance: Mm(63.0) };
    let mut view = View {
        photo: Some(PhotoRef { width, height, quarter_turns: 0, level: 0.0, digest: String::new() }),
        calibration: Some(Calibration { reference, a, b }),
        glabella: Some(face.landmarks.glabella),
        ..View::default()
    };
    view.head = Some(seen_head(&view, &Parameters::default(), Side::Front, Some(image)));
    view
}

/// The head clipped roughly and wholly, both at the resolution of the rough picture: what is laid over the photo, and the picture.
#[allow(dead_code, reason = "not every test binary looks there")]
pub(crate) fn first_and_final() -> (AnalysisImage, Vec<u8>, Vec<u8>) {
    let Haired { pixels, width, .. } = haired();
    let image = looked_at(&pixels, width);
    let (view, parameters) = (view(&image), Parameters::default());
    let found = find_hair(&image, None, (&view, &parameters)).expect("hair");
    let rect = PixelRect { x: 0, y: 0, width: image.width, height: image.pixels.len() / 4 / image.width };
    let (rough, _) = clip_roughly(&image, &found, (&view, &parameters), 1).expect("it is clipped roughly");
    let mut first = image.pixels.clone();
    rough.cut_out(&mut first, rect, image.zoom);
    let (whole, _) = clip_found(&image, found, (&view, &parameters), 1).expect("it is clipped");
    let mut last = image.pixels.clone();
    whole.apply(&mut last, rect, image.zoom);
    (image, first, last)
}

/// Why the head before tiles is not clipped roughly, and why not wholly.
#[allow(dead_code, reason = "not every test binary looks there")]
pub(crate) fn before_tiles() -> (Option<ClippedRefusal>, Option<ClippedRefusal>) {
    let Haired { pixels, width, .. } = haired_before_tiles();
    let image = looked_at(&pixels, width);
    let (view, parameters) = (view(&image), Parameters::default());
    let found = find_hair(&image, None, (&view, &parameters)).expect("hair");
    let rough = clip_roughly(&image, &found, (&view, &parameters), 1).err();
    (rough, clip_found(&image, found, (&view, &parameters), 1).err())
}

/// The fingerprints of what is made now: of the head before its own wall, and before tiles.
pub(crate) fn fingerprints() -> [u64; 2] {
    [haired(), haired_before_tiles()].map(fingerprint)
}

fn fingerprint(Haired { mut pixels, width, .. }: Haired) -> u64 {
    let image = looked_at(&pixels, width);
    let view = view(&image);
    let (clipped, hair) =
        clip_hair(&image, None, (&view, &Parameters::default()), 1).expect("hair that can be clipped");
    let rect = PixelRect { x: 0, y: 0, width, height: pixels.len() / 4 / width };
    clipped.apply(&mut pixels, rect, 1.0);
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    pixels.iter().chain(&hair.hair.shares).fold(0xcbf2_9ce4_8422_2325, step)
}
