//! Deletes what is kept no longer: requests and lines of the record past their time, sessions that are over.

use crate::clock::{self, DAY, Millis};
use crate::options::Options;
use crate::store::{Action, Store, StoreError};
use std::{sync::Arc, time::Duration};

/// How often it is looked.
const PAUSE: Duration = Duration::from_secs(10 * 60);

/// Tidies at once and then again and again, for ever.
pub(crate) async fn run(store: Arc<Store>, options: Arc<Options>) {
    loop {
        if let Err(error) = tidy(&store, &options).await {
            tracing::error!(%error, "what is kept no longer could not be deleted");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn tidy(store: &Store, options: &Options) -> Result<(), StoreError> {
    let now = clock::now();
    if options.retention_days > 0 {
        for id in store.received_before(now - Millis::from(options.retention_days) * DAY).await? {
            store.record("", Action::DeletedByAge, &id, "").await?;
            store.delete(&id).await?;
            tracing::info!(request = id, "deleted, as its time was over");
        }
    }
    if options.audit_days > 0 {
        store.forget_audit_before(now - Millis::from(options.audit_days) * DAY).await?;
    }
    store.forget_sessions().await?;
    store.forget_confirmations().await?;
    store.forget_tries_before(now - DAY).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::Draft;
    use crate::submission::{FORM, Submission};
    use axum::body::Bytes;

    #[tokio::test]
    async fn a_request_goes_by_itself_when_its_days_are_over_and_not_before() {
        let folder = std::env::temp_dir().join(format!("inbox-tidy-{}", std::process::id()));
        let mut options = Options { received: folder.clone(), retention_days: 30, ..Options::default() };
        let store = Store::open(&options, None).await.unwrap();
        let mut draft = Draft::of(&FORM);
        draft.add(Some("request"), Some("application/json"), Bytes::from_static(b"{\"id\":\"12345678\"}"));
        store.keep(&Submission::read(draft).unwrap()).await.unwrap();

        store.make_older("12345678", 29 * DAY).await.unwrap();
        tidy(&store, &options).await.unwrap();
        assert!(store.request("12345678").await.unwrap().is_some(), "it went too early");
        store.make_older("12345678", DAY + 1000).await.unwrap();
        options.retention_days = 0;
        tidy(&store, &options).await.unwrap();
        assert!(store.request("12345678").await.unwrap().is_some(), "it went though it should stay");
        options.retention_days = 30;
        tidy(&store, &options).await.unwrap();
        assert!(store.request("12345678").await.unwrap().is_none(), "it stayed");
        let names = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert_eq!(names.filter(|name| !name.starts_with("inbox.db")).count(), 0, "its files stayed");
        assert_eq!(store.audit("12345678", 0).await.unwrap()[0].action, "deleted request by age");
        store.close().await;
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[tokio::test]
    async fn who_was_sent_a_confirmation_is_forgotten_after_a_day_and_not_before() {
        let folder = std::env::temp_dir().join(format!("inbox-forget-{}", std::process::id()));
        let mail = "[mail]\nserver = \"127.0.0.1\"\nfrom = \"inbox@clinic.example\"\nto = []\nconfirm = true\n";
        let options = Options { received: folder.clone(), ..toml::from_str(mail).unwrap() };
        let store = Store::open(&options, None).await.unwrap();
        let request = b"{\"id\":\"12345678\",\"fields\":{\"email\":\"zoe@mail.example\"}}";
        let mut draft = Draft::of(&FORM);
        draft.add(Some("request"), Some("application/json"), Bytes::from_static(request));
        store.keep(&Submission::read(draft).unwrap()).await.unwrap();

        store.make_confirmations_older(DAY - 60_000).await.unwrap();
        tidy(&store, &options).await.unwrap();
        assert_eq!(store.remembered_confirmations().await.unwrap(), 1, "it is forgotten too early");
        store.make_confirmations_older(61_000).await.unwrap();
        tidy(&store, &options).await.unwrap();
        assert_eq!(store.remembered_confirmations().await.unwrap(), 0, "it stays");
        store.close().await;
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
