//! Drafts in the browser's own database. Everything works without it.

use crate::engine::ports::{Draft, DraftError, DraftStore, KeptRequest, LocalBoxFuture};
use idb::{
    Database, DatabaseEvent as _, Error, Factory, ObjectStore, ObjectStoreParams, TransactionMode, TransactionResult,
};
use js_sys::{Array, Object, Reflect, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// The database, its store, and the three records in it of each slot: the design; its photos, which are not written with every
/// change; and a request that was sent and is not known to have arrived. The records of the first slot bear these names, those of the others their number behind them.
const DATABASE: &str = "hairline-designer";
const VERSION: u32 = 1;
const STORE: &str = "drafts";
const RECORD: &str = "current";
const PHOTOS: &str = "photos";
const REQUEST: &str = "request";

/// The store of this browser, for one of the programs on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrowserStore {
    slot: u32,
}

impl BrowserStore {
    /// The store for the program of that number on its page, from 1.
    #[must_use]
    pub fn of_slot(slot: u32) -> Self {
        Self { slot }
    }

    fn record(self) -> JsValue {
        self.key(RECORD)
    }

    fn photos(self) -> JsValue {
        self.key(PHOTOS)
    }

    fn request(self) -> JsValue {
        self.key(REQUEST)
    }

    fn key(self, name: &str) -> JsValue {
        if self.slot == 1 { name.into() } else { format!("{name}-{}", self.slot).into() }
    }
}

impl Default for BrowserStore {
    fn default() -> Self {
        Self::of_slot(1)
    }
}

fn fault(error: &Error) -> DraftError {
    let thrown = match error {
        Error::DomException(exception) => Some(exception),
        Error::UpdateFailed(thrown) => thrown.dyn_ref::<DomException>(),
        _ => None,
    };
    let is_full = thrown.is_some_and(|exception| exception.name() == "QuotaExceededError");
    if is_full { DraftError::Full } else { DraftError::Failed }
}

async fn open() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        // A store that cannot be made is missed, and named, when it is used.
        let _ = event.database().and_then(|database| database.create_object_store(STORE, ObjectStoreParams::new()));
    });
    request.await
}

/// Does `work` in one transaction and waits until all of it is on the disk. When a part of it fails, nothing of it is kept.
async fn in_store<T>(
    mode: TransactionMode,
    work: impl AsyncFnOnce(&ObjectStore) -> Result<T, Error>,
) -> Result<T, DraftError> {
    let database = open().await.map_err(|_| DraftError::NoStore)?;
    let outcome = in_transaction(&database, mode, work).await;
    database.close();
    outcome
}

async fn in_transaction<T>(
    database: &Database,
    mode: TransactionMode,
    work: impl AsyncFnOnce(&ObjectStore) -> Result<T, Error>,
) -> Result<T, DraftError> {
    let transaction = database.transaction(&[STORE], mode).map_err(|_| DraftError::NoStore)?;
    let store = transaction.object_store(STORE).map_err(|_| DraftError::Failed)?;
    let value = match work(&store).await {
        Ok(value) => value,
        Err(error) => {
            // One whose request failed is being undone already.
            let _ = transaction.abort();
            return Err(fault(&error));
        }
    };
    match transaction.await {
        Ok(TransactionResult::Committed) => Ok(value),
        // The disk may turn out to be full at the very end.
        _ => Err(store.transaction().error().map_or(DraftError::Failed, |error| fault(&Error::DomException(error)))),
    }
}

/// Writes records by their keys, and deletes those that are none.
async fn write(records: Vec<(JsValue, Option<JsValue>)>) -> Result<(), DraftError> {
    in_store(TransactionMode::ReadWrite, async |store| {
        for (key, record) in records {
            match record {
                Some(record) => drop(store.put(&record, Some(&key))?.await?),
                None => store.delete(key)?.await?,
            }
        }
        Ok(())
    })
    .await
}

/// The records of these keys.
async fn read(keys: [JsValue; 2]) -> Result<[Option<JsValue>; 2], DraftError> {
    let [first, second] = keys;
    in_store(TransactionMode::ReadOnly, async |store| Ok([store.get(first)?.await?, store.get(second)?.await?])).await
}

/// An object of these values.
fn record(values: &[(&str, JsValue)]) -> Result<JsValue, DraftError> {
    let record = Object::new();
    for (key, value) in values {
        Reflect::set(&record, &(*key).into(), value).map_err(|_| DraftError::Failed)?;
    }
    Ok(record.into())
}

fn byte_arrays(all: &[Rc<[u8]>]) -> Array {
    all.iter().map(|bytes| Uint8Array::from(bytes.as_ref())).collect()
}

async fn keep(keys: BrowserStore, draft: Draft) -> Result<(), DraftError> {
    let design = record(&[("kept_at", draft.kept_at_ms.into()), ("design", draft.design.into())])?;
    let photos = draft.photos.map(|all| (keys.photos(), Some(byte_arrays(&all).into())));
    write(photos.into_iter().chain([(keys.record(), Some(design))]).collect()).await
}

async fn load(keys: BrowserStore) -> Result<Option<Draft>, DraftError> {
    let [record, photos] = read([keys.record(), keys.photos()]).await?;
    Ok(record.and_then(|record| read_record(&record, photos.as_ref().and_then(JsCast::dyn_ref))))
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

async fn delete(keys: BrowserStore) -> Result<(), DraftError> {
    let others = in_store(TransactionMode::ReadWrite, async |store| {
        for key in [keys.record(), keys.photos(), keys.request()] {
            store.delete(key)?.await?;
        }
        store.count(None)?.await
    })
    .await?;
    // Another program on the page may keep its own.
    if others > 0 {
        return Ok(());
    }
    let request = Factory::new().and_then(|factory| factory.delete(DATABASE)).map_err(|_| DraftError::NoStore)?;
    request.await.map_err(|error| fault(&error))
}

async fn keep_request(keys: BrowserStore, request: Option<KeptRequest>) -> Result<(), DraftError> {
    let request = request.map(|request| {
        let names: Array = request.names.iter().map(JsValue::from).collect();
        record(&[
            ("kept_at", request.kept_at_ms.into()),
            ("endpoint", request.endpoint.into()),
            ("lines", request.lines.into()),
            ("names", names.into()),
            ("parts", byte_arrays(&request.parts).into()),
        ])
    });
    write(vec![(keys.request(), request.transpose()?)]).await
}

async fn load_request(keys: BrowserStore) -> Result<Option<KeptRequest>, DraftError> {
    let [request, _] = read([keys.request(), keys.request()]).await?;
    Ok(request.and_then(|record| read_request(&record)))
}

fn read_request(record: &JsValue) -> Option<KeptRequest> {
    let get = |key: &str| Reflect::get(record, &key.into()).ok();
    let list = |key: &str| get(key)?.dyn_into::<Array>().ok();
    let bytes = |part: JsValue| part.dyn_into::<Uint8Array>().ok().map(|part| Rc::from(part.to_vec()));
    Some(KeptRequest {
        kept_at_ms: get("kept_at")?.as_f64().filter(|time| time.is_finite())?,
        endpoint: get("endpoint")?.as_string()?,
        lines: get("lines")?.as_string()?,
        names: list("names")?.iter().map(|name| name.as_string()).collect::<Option<_>>()?,
        parts: list("parts")?.iter().map(bytes).collect::<Option<_>>()?,
    })
}

impl DraftStore for BrowserStore {
    fn keep(&self, draft: Draft) -> LocalBoxFuture<Result<(), DraftError>> {
        Box::pin(keep(*self, draft))
    }

    fn load(&self) -> LocalBoxFuture<Result<Option<Draft>, DraftError>> {
        Box::pin(load(*self))
    }

    fn keep_request(&self, request: Option<KeptRequest>) -> LocalBoxFuture<Result<(), DraftError>> {
        Box::pin(keep_request(*self, request))
    }

    fn load_request(&self) -> LocalBoxFuture<Result<Option<KeptRequest>, DraftError>> {
        Box::pin(load_request(*self))
    }

    fn delete(&self) -> LocalBoxFuture<Result<(), DraftError>> {
        Box::pin(delete(*self))
    }
}
