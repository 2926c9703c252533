//! Requests' files in an S3-compatible bucket.

use super::files::{FilesError, Found, is_request_folder};
use crate::options::BucketOptions;
use axum::body::Bytes;
use object_store::{
    ObjectStore, ObjectStoreExt as _,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path,
};
use std::{collections::BTreeMap, time::SystemTime};

/// A bucket, and the path in it below which requests are kept.
#[derive(Debug)]
pub(crate) struct Bucket {
    store: AmazonS3,
    prefix: Path,
}

impl Bucket {
    /// Makes a client of the bucket; nothing is asked of it yet.
    ///
    /// # Errors
    /// When a setting cannot be used.
    pub(crate) fn new(options: &BucketOptions) -> Result<Self, FilesError> {
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&options.name)
            .with_region(&options.region)
            .with_access_key_id(&options.access_key)
            .with_secret_access_key(&options.secret_key)
            .with_allow_http(options.allow_http);
        if let Some(endpoint) = &options.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        Ok(Self { store: builder.build()?, prefix: Path::from(options.prefix.as_str()) })
    }

    fn place(&self, folder: &str) -> Path {
        self.prefix.clone().join(folder)
    }

    pub(crate) async fn write(&self, folder: &str, files: Vec<(&'static str, Bytes)>) -> Result<(), FilesError> {
        let folder = self.place(folder);
        for (name, bytes) in files {
            self.store.put(&folder.clone().join(name), bytes.into()).await?;
        }
        Ok(())
    }

    pub(crate) async fn read(&self, folder: &str, file: &str) -> Result<Option<Bytes>, FilesError> {
        match self.store.get(&self.place(folder).join(file)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) async fn remove(&self, folder: &str) -> Result<(), FilesError> {
        let listed = self.store.list_with_delimiter(Some(&self.place(folder))).await?;
        for object in listed.objects {
            match self.store.delete(&object.location).await {
                Err(object_store::Error::NotFound { .. }) | Ok(()) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    pub(crate) async fn folders(&self) -> Result<Vec<Found>, FilesError> {
        let listed = self.store.list_with_delimiter(Some(&self.prefix)).await?;
        let mut found = BTreeMap::new();
        for path in listed.common_prefixes {
            let Some(folder) = path.filename().filter(|name| is_request_folder(name)) else { continue };
            let files = self.store.list_with_delimiter(Some(&path)).await?;
            let written = files.objects.iter().map(|object| SystemTime::from(object.last_modified)).max();
            found.insert(folder.to_owned(), written);
        }
        Ok(found.into_iter().map(|(folder, written)| Found { folder, written }).collect())
    }
}
