//! Drafts in the browser's own database. Everything works without it.

use crate::engine::ports::{Draft, DraftFault, DraftStore, Later};
use idb::{Database, Factory, ObjectStoreParams, TransactionMode};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// The database, its store, and the one record in it.
const DATABASE: &str = "hairline-designer";
const STORE: &str = "drafts";
const RECORD: &str = "current";

/// The store of this browser.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserStore;

async fn open() -> Result<Database, DraftFault> {
    let factory = Factory::new().map_err(|_| DraftFault::NoStore)?;
    let mut request = factory.open(DATABASE, Some(1)).map_err(|_| DraftFault::NoStore)?;
    request.on_upgrade_needed(|event| {
        use idb::DatabaseEvent;
        // A store that cannot be made is missed, and named, when it is used.
        let _ = event.database().map(|database| database.create_object_store(STORE, ObjectStoreParams::new()));
    });
    request.await.map_err(|_| DraftFault::NoStore)
}

fn fault(error: idb::Error) -> DraftFault {
    let name = match error {
        idb::Error::DomException(exception) => exception.name(),
        _ => String::new(),
    };
    if name == "QuotaExceededError" { DraftFault::Full } else { DraftFault::Failed }
}

async fn keep(draft: Draft) -> Result<(), DraftFault> {
    let record = Object::new();
    let set = |key: &str, value: &JsValue| Reflect::set(&record, &key.into(), value).map_err(|_| DraftFault::Failed);
    set("kept_at", &draft.kept_at_ms.into())?;
    set("design", &draft.design.into())?;
    if let Some(photo) = &draft.photo {
        set("photo", &Uint8Array::from(photo.as_ref()))?;
    }
    let database = open().await?;
    let kept = async {
        let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
        transaction.object_store(STORE)?.put(&record, Some(&RECORD.into()))?.await?;
        transaction.commit()?.await
    };
    let kept = kept.await;
    database.close();
    kept.map(drop).map_err(fault)
}

async fn load() -> Result<Option<Draft>, DraftFault> {
    let database = open().await?;
    let record = async {
        let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
        transaction.object_store(STORE)?.get(JsValue::from_str(RECORD))?.await
    };
    let record = record.await;
    database.close();
    Ok(record.map_err(fault)?.as_ref().and_then(read_record))
}

fn read_record(record: &JsValue) -> Option<Draft> {
    let get = |key: &str| Reflect::get(record, &key.into()).ok();
    let photo = get("photo").and_then(|photo| photo.dyn_into::<Uint8Array>().ok());
    Some(Draft {
        kept_at_ms: get("kept_at")?.as_f64().filter(|time| time.is_finite())?,
        design: get("design")?.as_string()?,
        photo: photo.map(|photo| photo.to_vec().into()),
    })
}

async fn delete() -> Result<(), DraftFault> {
    let factory = Factory::new().map_err(|_| DraftFault::NoStore)?;
    factory.delete(DATABASE).map_err(fault)?.await.map_err(fault)
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
