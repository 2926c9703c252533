//! Pictures, decoded, turned and read back by the browser.
#![cfg(test)]

use hairline_designer::platform::files;
use hairline_designer::platform::picture::{self, Picture, PictureError};
use js_sys::Array;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::ImageBitmap;

const RED: [u8; 4] = [200, 30, 20, 255];
const GREEN: [u8; 4] = [20, 180, 40, 255];
const BLUE: [u8; 4] = [10, 40, 210, 255];
const YELLOW: [u8; 4] = [230, 220, 10, 255];

/// Size of the test picture: red and green above, blue and yellow below.
const SIZE: (u32, u32) = (24, 16);

fn quarters() -> Vec<u8> {
    let (width, height) = SIZE;
    let colour = |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => RED,
        (false, true) => GREEN,
        (true, false) => BLUE,
        (false, false) => YELLOW,
    };
    (0..height).flat_map(|y| (0..width).flat_map(move |x| colour(x, y))).collect()
}

/// A picture of the size from RGBA bytes, row by row.
fn from_rgba(pixels: &[u8]) -> ImageBitmap {
    let (canvas, context) = picture::canvas(SIZE.0, SIZE.1).unwrap();
    context.put_image_data(&picture::image_data(pixels, SIZE.0, SIZE.1).unwrap(), 0.0, 0.0).unwrap();
    canvas.transfer_to_image_bitmap().unwrap()
}

/// The colours near the corners: upper left, upper right, lower left, lower right.
fn corners(bitmap: &ImageBitmap) -> [Vec<u8>; 4] {
    let (width, height) = (bitmap.width(), bitmap.height());
    let (_canvas, context) = picture::readable_canvas(width, height).unwrap();
    context.draw_image_with_image_bitmap(bitmap, 0.0, 0.0).unwrap();
    let (right, low) = (f64::from(width - 3), f64::from(height - 3));
    [(2.0, 2.0), (right, 2.0), (2.0, low), (right, low)]
        .map(|(x, y)| context.get_image_data(x, y, 1.0, 1.0).unwrap().data().0)
}

#[track_caller]
fn has_corners(bitmap: &ImageBitmap, expected: [[u8; 4]; 4]) {
    assert_eq!(corners(bitmap), expected.map(Vec::from));
}

#[wasm_bindgen_test]
fn what_is_drawn_is_read_back() {
    assert!(picture::reads_back());
}

#[wasm_bindgen_test]
async fn a_png_is_decoded() {
    let (canvas, context) = picture::readable_canvas(SIZE.0, SIZE.1).unwrap();
    let drawn = from_rgba(&quarters());
    context.draw_image_with_image_bitmap(&drawn, 0.0, 0.0).unwrap();
    let blob = picture::encode(&canvas, "image/png", None).await.unwrap();
    let png = files::read(&blob).await.unwrap();
    assert_eq!(png.get(..8), Some(b"\x89PNG\r\n\x1a\n".as_slice()));
    let decoded = picture::decode(&png, "image/png").await.unwrap();
    assert_eq!((decoded.width(), decoded.height()), SIZE);
    has_corners(&decoded, [RED, GREEN, BLUE, YELLOW]);
}

#[wasm_bindgen_test]
async fn what_is_no_picture_is_not_decoded() {
    for bytes in [b"".as_slice(), b"\x89PNG\r\n\x1a\n", b"<html></html>"] {
        let outcome = picture::decode(bytes, "image/png").await.map(|decoded| decoded.width());
        assert_eq!(outcome, Err(PictureError::Undecodable), "{bytes:?}");
    }
}

#[wasm_bindgen_test]
fn a_quarter_turn_swaps_the_sides() {
    let decoded = from_rgba(&quarters());
    // Clockwise: what was lower left comes to the upper left.
    let turns = [
        (0, (24, 16), [RED, GREEN, BLUE, YELLOW]),
        (1, (16, 24), [BLUE, RED, YELLOW, GREEN]),
        (2, (24, 16), [YELLOW, BLUE, GREEN, RED]),
        (3, (16, 24), [GREEN, YELLOW, RED, BLUE]),
    ];
    for (quarters, size, expected) in turns {
        let picture = Picture::new(&decoded, SIZE.0, SIZE.1, quarters, 0.0).unwrap();
        let whole = picture.whole().unwrap();
        assert_eq!((whole.width(), whole.height()), size, "{quarters} quarters");
        has_corners(whole, expected);
    }
}

#[wasm_bindgen_test]
fn a_transparent_photo_lies_on_white() {
    let decoded = from_rgba(&[0; 24 * 16 * 4]);
    let picture = Picture::new(&decoded, SIZE.0, SIZE.1, 0, 0.0).unwrap();
    has_corners(picture.whole().unwrap(), [[255; 4]; 4]);
}

#[wasm_bindgen_test]
fn a_large_picture_is_kept_in_halves_too() {
    let (canvas, _context) = picture::canvas(2600, 1300).unwrap();
    let picture = Picture::new(&canvas.transfer_to_image_bitmap().unwrap(), 2600, 1300, 0, 0.0).unwrap();
    let width = |zoom| picture.level_for(zoom).unwrap().width();
    assert_eq!(
        (width(4.0), width(1.0), width(0.6), width(0.5), width(0.3), width(0.1)),
        (2600, 2600, 2600, 1300, 1300, 650)
    );
    picture.close();
    assert_eq!(picture.whole().unwrap().width(), 0, "closed");
}

/// Bytes of the program's memory. Asked without a reference to anything of the browser's, which would take memory itself.
fn memory_bytes() -> usize {
    const PAGE: usize = 65_536;
    std::arch::wasm32::memory_size::<0>() * PAGE
}

/// Pieces of memory that leave none for anything larger than a piece.
fn all_that_is_free() -> Vec<Vec<u8>> {
    let mut pieces = Vec::with_capacity(MAX_PIECES);
    while pieces.len() < MAX_PIECES {
        let piece = Vec::with_capacity(PIECE);
        let end = piece.as_ptr() as usize + PIECE;
        pieces.push(piece);
        // Free pieces between others are given out first: one at the memory's end means that there are no more of them.
        if memory_bytes().saturating_sub(end) < 2 * PIECE {
            return pieces;
        }
    }
    panic!("memory never came to its end");
}

const PIECE: usize = 256;
const MAX_PIECES: usize = 1_000_000;

/// Holds references until their table is full: the next one needs memory.
fn a_full_table_of_references() -> Vec<Array> {
    let mut held = Vec::with_capacity(MAX_REFERENCES);
    let hold = |held: &mut Vec<Array>| {
        assert!(held.len() < MAX_REFERENCES, "the table never grew");
        held.push(Array::new());
    };
    let pieces = all_that_is_free();
    let before = memory_bytes();
    while memory_bytes() == before {
        hold(&mut held);
    }
    drop(pieces);
    // The table was full with one less, and is now twice as large.
    let full = 2 * (wasm_bindgen::externref_heap_live_count() - 1);
    while wasm_bindgen::externref_heap_live_count() < full {
        hold(&mut held);
    }
    held
}

const MAX_REFERENCES: usize = 100_000;

#[wasm_bindgen_test]
fn a_picture_is_drawn_while_memory_grows() {
    let pixels = quarters();
    let (_canvas, context) = picture::readable_canvas(SIZE.0, SIZE.1).unwrap();
    let _held = a_full_table_of_references();
    let _pieces = all_that_is_free();
    let before = memory_bytes();
    let image = picture::image_data(&pixels, SIZE.0, SIZE.1).unwrap();
    assert!(memory_bytes() > before, "memory did not grow: this proves nothing");
    context.put_image_data(&image, 0.0, 0.0).unwrap();
    let seen = context.get_image_data(0.0, 0.0, SIZE.0.into(), SIZE.1.into()).unwrap();
    assert_eq!(seen.data().0, pixels);
}
