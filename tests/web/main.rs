//! Tests in a real browser: the same dots as natively, the wrappers around the browser, the page by role and text.
//!
//! Elsewhere than in a browser this is an empty program.
#![cfg(target_family = "wasm")]

#[path = "../common/clipped_head.rs"]
mod clipped_head;
mod exact_numbers;
#[path = "../common/face.rs"]
mod found_face;
mod memory;
mod messages;
mod page;
mod page_elements;
mod pictures;
mod renders;
mod requests;
mod saved_files;
#[path = "../common/scene.rs"]
mod scene;
mod stored_drafts;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_dots_are_those_of_the_native_build() {
    let field = scene::field_of(&scene::editor());
    let (found, natively) = (field.fingerprint(), scene::FINGERPRINT);
    assert_eq!(found, natively, "{found:#018x} of {} dots, natively {natively:#018x}", field.dots().len());
}

#[wasm_bindgen_test]
fn the_face_and_the_person_are_those_of_the_native_build() {
    let (found, natively) = (found_face::fingerprints(), found_face::FINGERPRINTS);
    assert_eq!(found, natively, "{found:#018x?}, natively {natively:#018x?}");
}

#[wasm_bindgen_test]
fn clipped_hair_is_that_of_the_native_build() {
    let (made, natively) = (clipped_head::fingerprints(), clipped_head::FINGERPRINTS);
    assert_eq!(made, natively, "{made:#018x?}, natively {natively:#018x?}");
}
