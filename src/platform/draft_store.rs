//! Drafts in the browser's own database. Everything works without it.

use super::dom;
use crate::engine::ports::{Draft, DraftFault, DraftStore, Later};
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbFactory, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode,
};

/// The database, its store, and the two records in it: the design, and its photos, which are not written with every change.
const DATABASE: &str = "hairline-designer";
const STORE: &str = "drafts";
const RECORD: &str = "current";
const PHOTOS: &str = "photos";

/// The store of this browser.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserStore;

fn factory() -> Result<IdbFactory, DraftFault> {
    let found = dom::window().and_then(|window| window.indexed_db().ok().flatten());
    found.ok_or(DraftFault::NoStore)
}

/// Waits until a request has its result.
async fn settled(request: &IdbRequest) -> Result<JsValue, DraftFault> {
    let done = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    let done = JsFuture::from(done).await;
    match (done, request.error()) {
        (Ok(_), _) => request.result().map_err(|_| DraftFault::Failed),
        (Err(_), Ok(Some(error))) => Err(fault(&error)),
        (Err(_), _) => Err(DraftFault::Failed),
    }
}

fn fault(error: &DomException) -> DraftFault {
    if error.name() == "QuotaExceededError" { DraftFault::Full } else { DraftFault::Failed }
}

async fn open() -> Result<IdbDatabase, DraftFault> {
    let request = factory()?.open_with_u32(DATABASE, 1).map_err(|_| DraftFault::NoStore)?;
    let opening: IdbOpenDbRequest = request.clone();
    let make_store = Closure::once(move || {
        // A store that cannot be made is missed, and named, when it is used.
        let _ = opening.result().map(|database| database.unchecked_into::<IdbDatabase>().create_object_store(STORE));
    });
    request.set_onupgradeneeded(Some(make_store.as_ref().unchecked_ref()));
    let database = settled(&request).await.map_err(|_| DraftFault::NoStore)?;
    Ok(database.unchecked_into())
}

/// Runs one request in a transaction of its own and waits until it is on the disk.
async fn in_store(
    mode: IdbTransactionMode,
    deed: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
) -> Result<JsValue, DraftFault> {
    let database = open().await?;
    let outcome = async {
        let transaction = database.transaction_with_str_and_mode(STORE, mode).map_err(|_| DraftFault::NoStore)?;
        let written = Promise::new(&mut |resolve, reject| {
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(&reject));
        });
        let store = transaction.object_store(STORE).map_err(|_| DraftFault::Failed)?;
        let request = deed(&store).map_err(|error| error.dyn_ref().map_or(DraftFault::Failed, fault))?;
        let value = settled(&request).await?;
        let full = || transaction.error().as_ref().map_or(DraftFault::Failed, fault);
        JsFuture::from(written).await.map_err(|_| full())?;
        Ok(value)
    };
    let outcome = outcome.await;
    database.close();
    outcome
}

async fn keep(draft: Draft) -> Result<(), DraftFault> {
    let record = Object::new();
    let set = |key: &str, value: &JsValue| Reflect::set(&record, &key.into(), value).map_err(|_| DraftFault::Failed);
    set("kept_at", &draft.kept_at_ms.into())?;
    set("design", &draft.design.into())?;
    if let Some(photos) = &draft.photos {
        let photos: Array = photos.iter().map(|photo| Uint8Array::from(photo.as_ref())).collect();
        in_store(IdbTransactionMode::Readwrite, |store| store.put_with_key(&photos, &PHOTOS.into())).await?;
    }
    in_store(IdbTransactionMode::Readwrite, |store| store.put_with_key(&record, &RECORD.into())).await.map(drop)
}

async fn load() -> Result<Option<Draft>, DraftFault> {
    let record = in_store(IdbTransactionMode::Readonly, |store| store.get(&RECORD.into())).await?;
    let photos = in_store(IdbTransactionMode::Readonly, |store| store.get(&PHOTOS.into())).await?;
    Ok(read_record(&record, photos.dyn_ref()))
}

fn read_record(record: &JsValue, photos: Option<&Array>) -> Option<Draft> {
    let get = |key: &str| Reflect::get(record, &key.into()).ok();
    // A draft of an earlier program has its one photo in it.
    let own = get("photo").filter(JsValue::is_object);
    let all = photos.into_iter().flat_map(Array::iter).chain(own);
    let bytes = |photo: JsValue| photo.dyn_into::<Uint8Array>().ok().map(|photo| Rc::from(photo.to_vec()));
    Some(Draft {
        kept_at_ms: get("kept_at")?.as_f64().filter(|time| time.is_finite())?,
        design: get("design")?.as_string()?,
        photos: Some(all.filter_map(bytes).collect()),
    })
}

async fn delete() -> Result<(), DraftFault> {
    let request = factory()?.delete_database(DATABASE).map_err(|_| DraftFault::NoStore)?;
    settled(&request).await.map(drop)
}

impl DraftStore for BrowserStore {
    fn keep(&self, draft: Draft) -> Later<Result<(), DraftFault>> {
        Box::pin(keep(draft))
    }

    fn load(&self) -> Later<Result<Option<Draft>, DraftFault>> {
        Box::pin(load())
    }

    fn delete(&self) -> Later<Result<(), DraftFault>> {
        Box::pin(delete())
    }
}
