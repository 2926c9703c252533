//! The bytes of requests: one folder a request, in a folder of this machine or in an S3-compatible bucket.
//!
//! A folder is written once and never changed. Its name is made here, from the request's id and a random attempt,
//! so that two tries of one request never write to the same place.

use super::bucket::Bucket;
use super::folder::Folder;
use axum::body::Bytes;
use std::{io, time::SystemTime};
use thiserror::Error;

/// Where the bytes of requests are kept.
#[derive(Debug)]
pub(crate) enum Files {
    Folder(Folder),
    Bucket(Bucket),
}

/// Why files cannot be written or read.
#[derive(Debug, Error)]
pub(crate) enum FilesError {
    /// No space is left.
    #[error("no space is left")]
    Full,
    /// The folder cannot be written or read.
    #[error(transparent)]
    Folder(io::Error),
    /// The bucket does not answer as it should.
    #[error(transparent)]
    Bucket(#[from] object_store::Error),
}

impl From<io::Error> for FilesError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Self::Full,
            _ => Self::Folder(error),
        }
    }
}

/// A request's folder as it is found in the store.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) folder: String,
    /// When it was last written; `None` where that is not known.
    pub(crate) written: Option<SystemTime>,
}

impl Files {
    /// Writes all files of a new folder. When this returns without an error they are on the disk.
    ///
    /// # Errors
    /// A [`FilesError`]; then some of the files may be left, see [`Files::remove`].
    pub(crate) async fn write(&self, folder: &str, files: Vec<(&'static str, Bytes)>) -> Result<(), FilesError> {
        match self {
            Self::Folder(files_here) => files_here.write(folder, files).await,
            Self::Bucket(bucket) => bucket.write(folder, files).await,
        }
    }

    /// Reads a file; `None` where there is none.
    ///
    /// # Errors
    /// A [`FilesError`].
    pub(crate) async fn read(&self, folder: &str, file: &str) -> Result<Option<Bytes>, FilesError> {
        match self {
            Self::Folder(files) => files.read(folder, file).await,
            Self::Bucket(bucket) => bucket.read(folder, file).await,
        }
    }

    /// Removes a folder with all its files; one that is not there is removed already.
    ///
    /// # Errors
    /// A [`FilesError`]; then some of it may be left.
    pub(crate) async fn remove(&self, folder: &str) -> Result<(), FilesError> {
        match self {
            Self::Folder(files) => files.remove(folder).await,
            Self::Bucket(bucket) => bucket.remove(folder).await,
        }
    }

    /// Every folder whose name could be a request's.
    ///
    /// # Errors
    /// A [`FilesError`].
    pub(crate) async fn folders(&self) -> Result<Vec<Found>, FilesError> {
        match self {
            Self::Folder(files) => files.folders().await,
            Self::Bucket(bucket) => bucket.folders().await,
        }
    }

    /// Whether nobody else writes here now, as far as that can be known: then what the database does not know was
    /// left by a crash.
    pub(crate) fn is_alone(&self) -> bool {
        match self {
            Self::Folder(files) => files.was_alone(),
            Self::Bucket(_) => false,
        }
    }
}

/// How many hexadecimal digits the attempt behind a request's id has.
const ATTEMPT_DIGITS: usize = 16;

/// The name of a new folder for a request.
pub(crate) fn new_folder(id: &str) -> Result<String, getrandom::Error> {
    Ok(format!("{id}.{:016x}", getrandom::u64()?))
}

/// Whether a folder has a name that [`new_folder`] makes. No id has a dot, so a folder that a person made is hardly
/// taken for one.
pub(crate) fn is_request_folder(name: &str) -> bool {
    name.split_once('.').is_some_and(|(id, attempt)| {
        !id.is_empty() && attempt.len() == ATTEMPT_DIGITS && attempt.bytes().all(|b| b.is_ascii_hexdigit())
    })
}
