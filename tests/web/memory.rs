//! The program's own memory.
#![cfg(test)]

use crate::page_elements::Page;
use hairline_designer::engine::ports::DraftStore;
use hairline_designer::platform::draft_store::BrowserStore;
use hairline_designer::platform::memory::{self, ORDINARY_BYTES};
use std::arch::wasm32::memory_size;
use std::hint::black_box;
use wasm_bindgen::JsValue;
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

/// Chooses a file of that many bytes in the first place for a file of that id.
const CHOOSE: &str = "
    const input = document.getElementById(id), chosen = new DataTransfer();
    chosen.items.add(new File([new Uint8Array(size)], 'design.json'));
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));";

#[wasm_bindgen_test]
async fn a_giant_design_is_refused_by_its_size() {
    const BYTES: u32 = 40_000_000;
    // What drawing the page anew may take: 2 MB.
    const PAGES: usize = 32;
    BrowserStore::default().delete().await.unwrap();
    let page = Page::open().await;
    let before = memory_size::<0>();
    let choose = js_sys::Function::new_with_args("id, size", CHOOSE);
    choose.call2(&JsValue::NULL, &"design-file".into(), &BYTES.into()).unwrap();
    yew::scheduler::flush().await;
    assert!(page.text().contains("too large to be a design (40 MB)"), "{}", page.text());
    assert!(memory_size::<0>() < before + PAGES, "memory was asked for");
}
