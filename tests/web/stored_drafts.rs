//! Drafts in the browser's own database.
#![cfg(test)]

use crate::scene;
use hairline_designer::engine::design::file;
use hairline_designer::engine::ports::{Draft, DraftStore};
use hairline_designer::platform::draft_store::BrowserStore;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

fn draft(photo: Option<Rc<[u8]>>) -> Draft {
    let design = file::write(scene::editor().design()).unwrap();
    Draft { kept_at_ms: 1_700_000_000_123.0, design, photo }
}

#[wasm_bindgen_test]
async fn a_draft_is_kept_found_and_deleted() {
    let store = BrowserStore;
    store.delete().await.unwrap();
    assert_eq!(store.load().await, Ok(None), "before anything was kept");

    let photo: Rc<[u8]> = (0..300_000_u32).map(|index| ((index * 31) >> 3) as u8).collect();
    let with_photo = draft(Some(photo));
    store.keep(with_photo.clone()).await.unwrap();
    // Compared without being printed: a photo's bytes would fill the screen.
    assert!(store.load().await == Ok(Some(with_photo)), "the draft that is found is not the one that was kept");

    let without_photo = draft(None);
    store.keep(without_photo.clone()).await.unwrap();
    assert_eq!(store.load().await, Ok(Some(without_photo)), "the newest draft takes the place of the one before");

    store.delete().await.unwrap();
    assert_eq!(store.load().await, Ok(None), "after it was deleted");
    store.delete().await.unwrap();
}
