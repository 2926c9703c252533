//! Drafts in the browser's store.

use super::services::Services;
use crate::app::state::{DraftAction, RequestAction};
use crate::app::store::Store;
use crate::engine::ports::{Clock, Draft, DraftStore, KeptRequest};
use crate::platform::clock::DeviceClock;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

pub(super) fn load(services: &Services, store: &Store) {
    let (drafts, store) = (services.drafts, store.clone());
    spawn_local(async move {
        let (found, request) = (drafts.load().await, drafts.load_request().await);
        store.dispatch(DraftAction::Found(found, DeviceClock.now_ms()));
        store.dispatch(RequestAction::KeptFound(request.ok().flatten(), DeviceClock.now_ms()));
    });
}

pub(super) fn keep(services: &Services, store: &Store, design: String, photos: Option<Vec<Rc<[u8]>>>) {
    let (drafts, store) = (services.drafts, store.clone());
    let draft = Draft { kept_at_ms: DeviceClock.now_ms(), design, photos };
    spawn_local(async move { store.dispatch(DraftAction::Kept(drafts.keep(draft).await)) });
}

pub(super) fn keep_request(services: &Services, request: Option<Box<KeptRequest>>) {
    let drafts = services.drafts;
    let request = request.map(|request| KeptRequest { kept_at_ms: DeviceClock.now_ms(), ..*request });
    spawn_local(async move {
        // A browser without storage, or a full disk: it is sent all the same, and the page asks before it is left.
        let _ = drafts.keep_request(request).await;
    });
}

pub(super) fn delete(services: &Services, store: &Store) {
    let (drafts, store) = (services.drafts, store.clone());
    spawn_local(async move { store.dispatch(DraftAction::Deleted(drafts.delete().await)) });
}

pub(super) fn forget(services: &Services) {
    let drafts = services.drafts;
    spawn_local(async move {
        // What is left is found, and asked about, at the next start.
        let _ = drafts.delete().await;
    });
}
