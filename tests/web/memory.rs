//! The program's own memory.
#![cfg(test)]

use hairline_designer::platform::memory::{self, ORDINARY_BYTES};
use std::arch::wasm32::memory_size;
use std::hint::black_box;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn what_ordinary_work_takes_no_longer_makes_memory_grow() {
    const PIECES: usize = 60;
    memory::grow_once();
    let before = memory_size::<0>();
    let work: Vec<Vec<u8>> = (0..PIECES).map(|_| vec![1; ORDINARY_BYTES / 64]).collect();
    black_box(&work);
    assert_eq!(memory_size::<0>(), before);
}
