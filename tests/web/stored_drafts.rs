//! Drafts in the browser's own database.
#![cfg(test)]

use crate::scene;
use hairline_designer::engine::design::file;
use hairline_designer::engine::ports::{Draft, DraftStore};
use hairline_designer::platform::draft_store::BrowserStore;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

fn draft(photos: Option<Vec<Rc<[u8]>>>) -> Draft {
    let design = file::write(scene::editor().design()).unwrap();
    Draft { kept_at_ms: 1_700_000_000_123.0, design, photos }
}

#[wasm_bindgen_test]
async fn a_draft_is_kept_found_and_deleted() {
    let store = BrowserStore;
    store.delete().await.unwrap();
    assert_eq!(store.load().await, Ok(None), "before anything was kept");

    let photo: Rc<[u8]> = (0..300_000_u32).map(|index| ((index * 31) >> 3) as u8).collect();
    let with_photos = draft(Some(vec![photo.clone(), [1, 2, 3].into()]));
    store.keep(with_photos.clone()).await.unwrap();
    // Compared without being printed: a photo's bytes would fill the screen.
    assert!(
        store.load().await == Ok(Some(with_photos.clone())),
        "the draft that is found is not the one that was kept"
    );

    let later = Draft { kept_at_ms: 1_700_000_000_456.0, ..draft(None) };
    store.keep(later.clone()).await.unwrap();
    let both = Draft { photos: with_photos.photos, ..later };
    assert!(store.load().await == Ok(Some(both)), "a draft that names no photos leaves those that are kept");

    let without_photos = draft(Some(Vec::new()));
    store.keep(without_photos.clone()).await.unwrap();
    assert_eq!(store.load().await, Ok(Some(without_photos)), "the newest draft takes the place of the one before");

    store.delete().await.unwrap();
    assert_eq!(store.load().await, Ok(None), "after it was deleted");
    store.delete().await.unwrap();
}
