//! Numbers of a design's file. Natively a test's own library reads them exactly whatever the program asks for; here nobody does
//! but the program.
#![cfg(test)]

use crate::scene;
use hairline_designer::engine::design::file;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_design_keeps_its_numbers_to_the_last_bit() {
    let mut design = scene::editor().design().clone();
    let mut state = 7_u64;
    for _ in 0..2_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        design.look.softness = (state >> 11) as f64 / (1_u64 << 53) as f64;
        let again = file::read(file::write(&design).unwrap().as_bytes()).unwrap();
        assert_eq!(again.look.softness.to_bits(), design.look.softness.to_bits(), "{}", design.look.softness);
    }
}
