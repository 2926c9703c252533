//! Drafts in the browser's own database.
#![cfg(test)]

use crate::scene;
use hairline_designer::engine::design::file;
use hairline_designer::engine::ports::{Draft, DraftError, DraftStore};
use hairline_designer::platform::draft_store::BrowserStore;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::js_sys::{self, Function};

fn draft(photos: Option<Vec<Rc<[u8]>>>) -> Draft {
    let design = file::write(scene::editor().design()).unwrap();
    Draft { kept_at_ms: 1_700_000_000_123.0, design, photos }
}

/// Changes the page's browser by a script for as long as this lives. The script gives back the function that undoes it.
struct Changed(Function);

impl Changed {
    fn by(script: &str) -> Self {
        Self(js_sys::eval(&format!("(() => {{ {script} }})()")).unwrap().unchecked_into())
    }
}

impl Drop for Changed {
    fn drop(&mut self) {
        self.0.call0(&js_sys::global()).unwrap();
    }
}

/// Object stores whose `put` is this script, in which `own()` is the browser's.
fn put_by(script: &str) -> Changed {
    Changed::by(&format!(
        "const store = IDBObjectStore.prototype, put = store.put;
        store.put = function (value, key) {{ const own = () => put.call(this, value, key); {script} }};
        return () => {{ store.put = put; }};"
    ))
}

#[wasm_bindgen_test]
async fn a_draft_is_kept_found_and_deleted() {
    let store = BrowserStore::default();
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

#[wasm_bindgen_test]
async fn a_browser_without_storage_is_told_apart_from_a_failure() {
    let store = BrowserStore::default();
    for (what, script) in [
        ("refused", "get() { throw new DOMException('no', 'SecurityError'); }"),
        ("missing", "value: undefined"),
        ("null", "value: null"),
        (
            "not opened",
            "value: { __proto__: IDBFactory.prototype, open() { throw new DOMException('', 'SecurityError'); } }",
        ),
    ] {
        let _changed = Changed::by(&format!(
            "const own = Object.getOwnPropertyDescriptor(self, 'indexedDB');
            Object.defineProperty(self, 'indexedDB', {{ configurable: true, {script} }});
            return () => Object.defineProperty(self, 'indexedDB', own);"
        ));
        assert_eq!(store.keep(draft(None)).await, Err(DraftError::NoStore), "keep, {what}");
        assert_eq!(store.load().await, Err(DraftError::NoStore), "load, {what}");
        if what != "not opened" {
            assert_eq!(store.delete().await, Err(DraftError::NoStore), "delete, {what}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_draft_that_cannot_be_kept_whole_leaves_the_one_before() {
    let store = BrowserStore::default();
    let before = draft(Some(vec![[1, 2, 3].into()]));
    let after = Draft { kept_at_ms: 1_800_000_000_000.0, ..draft(Some(vec![[4, 5].into()])) };
    let full = "new DOMException('', 'QuotaExceededError')";
    for (when, script, fault) in [
        ("at the photos", format!("throw {full};"), DraftError::Full),
        ("between photos and design", format!("if (key === 'current') throw {full}; return own();"), DraftError::Full),
        ("for another reason", "throw new DOMException('', 'DataCloneError');".to_owned(), DraftError::Failed),
        (
            "when everything is written",
            format!(
                "const request = own();
                if (key === 'current') request.addEventListener('success', () => {{
                    const transaction = this.transaction;
                    Object.defineProperty(transaction, 'error', {{ value: {full} }});
                    transaction.abort();
                }});
                return request;"
            ),
            DraftError::Full,
        ),
        (
            "while the design is written",
            "const request = own(); if (key === 'current') this.transaction.abort(); return request;".to_owned(),
            DraftError::Failed,
        ),
    ] {
        store.delete().await.unwrap();
        store.keep(before.clone()).await.unwrap();
        let changed = put_by(&script);
        assert_eq!(store.keep(after.clone()).await, Err(fault), "{when}");
        drop(changed);
        assert_eq!(store.load().await, Ok(Some(before.clone())), "{when}");
        store.keep(after.clone()).await.unwrap();
        assert_eq!(store.load().await, Ok(Some(after.clone())), "after it failed {when}");
    }
}

/// What programs wrote before there were several photos: one record, with the photo in it.
#[wasm_bindgen_test]
async fn the_draft_of_an_earlier_program_is_found() {
    let store = BrowserStore::default();
    let photo: Rc<[u8]> = [7, 8, 9].into();
    let Draft { kept_at_ms, design, .. } = draft(None);
    for (photo_field, photos) in [("photo: new Uint8Array([7, 8, 9])", vec![photo]), ("photo: null", Vec::new())] {
        store.delete().await.unwrap();
        let design_text = js_sys::JSON::stringify(&design.as_str().into()).unwrap();
        let written = js_sys::eval(&format!(
            "new Promise((done, failed) => {{
                const opening = indexedDB.open('hairline-designer', 1);
                opening.onupgradeneeded = () => opening.result.createObjectStore('drafts');
                opening.onsuccess = () => {{
                    const writing = opening.result.transaction('drafts', 'readwrite');
                    const record = {{ kept_at: {kept_at_ms}, design: {design_text}, {photo_field} }};
                    writing.objectStore('drafts').put(record, 'current');
                    writing.oncomplete = () => {{ opening.result.close(); done(); }};
                    writing.onabort = failed;
                }};
                opening.onerror = failed;
            }})"
        ));
        let written = written.unwrap().unchecked_into::<js_sys::Promise>();
        wasm_bindgen_futures::JsFuture::from(written).await.unwrap();
        let found = Draft { kept_at_ms, design: design.clone(), photos: Some(photos) };
        assert_eq!(store.load().await, Ok(Some(found)), "{photo_field}");
        let kept = draft(Some(Vec::new()));
        store.keep(kept.clone()).await.unwrap();
        assert_eq!(store.load().await, Ok(Some(kept)), "a newer draft in the same database");
    }
    store.delete().await.unwrap();
}
