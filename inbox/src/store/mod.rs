//! Everything that is kept: requests and versions with their files, accounts, sessions, the record of what was done.
//!
//! Invariant: a request or version whose row is in the database is whole. Its files are written and forced to the disk first, in
//! a folder that only this try uses, and the row is committed last. So a crash leaves no half request, only files
//! without a row, which the next start removes. The row's key decides who was first when two requests with one id
//! come together.

mod accounts;
mod audit;
mod bucket;
mod database;
mod files;
mod folder;
mod notifications;
mod requests;
mod sessions;
mod versions;

pub(crate) use accounts::{Account, Role};
pub(crate) use audit::{AUDIT_PAGE_SIZE, Action};
pub use database::DatabaseError;
pub(crate) use notifications::{Due, Kind as NotificationKind};
pub(crate) use requests::{Filter, Kept, Note, PAGE_SIZE, RequestPage, RequestRow, State};
pub(crate) use sessions::Session;
pub(crate) use versions::VersionRow;

use crate::options::Options;
use bucket::Bucket;
use database::Database;
use files::{Files, FilesError};
use folder::Folder;
use std::{
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};
use thiserror::Error;

/// How old files without a row are before they count as left by a crash where others may be writing.
const ORPHAN_AGE: Duration = Duration::from_secs(60 * 60);

/// Why something cannot be kept or read.
#[derive(Debug, Error)]
pub(crate) enum StoreError {
    /// Another request or version with this id is there; it stays as it is.
    #[error("the id is taken")]
    Differs,
    /// The request is not there any more.
    #[error("the request is gone")]
    Gone,
    /// A request has as many versions as it may have.
    #[error("there are too many versions")]
    Many,
    /// No space is left.
    #[error("no space is left")]
    Full,
    /// The files cannot be written or read.
    #[error("files: {0}")]
    Files(FilesError),
    /// The database does not answer as it should.
    #[error("database: {0}")]
    Database(sqlx::Error),
    /// The system has no randomness.
    #[error("randomness: {0}")]
    Random(#[from] getrandom::Error),
    /// What is stored cannot be understood.
    #[error("what is stored cannot be understood")]
    Corrupt,
}

/// SQLite's code for a disk without space.
const SQLITE_FULL: &str = "13";
/// PostgreSQL's code for a disk without space.
const POSTGRES_FULL: &str = "53100";

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|error| error.code());
        if code.is_some_and(|code| code == SQLITE_FULL || code == POSTGRES_FULL) {
            Self::Full
        } else {
            Self::Database(error)
        }
    }
}

impl From<FilesError> for StoreError {
    fn from(error: FilesError) -> Self {
        match error {
            FilesError::Full => Self::Full,
            other => Self::Files(other),
        }
    }
}

/// Whether a text can be in the database: PostgreSQL has none with NUL, and refuses to look for one.
fn is_storable(text: &str) -> bool {
    !text.contains('\0')
}

/// Why the store cannot be opened.
#[derive(Debug, Error)]
pub(crate) enum OpenError {
    /// The folder of requests can be neither found nor made.
    #[error(transparent)]
    Folder(io::Error),
    /// The folder of requests lies inside the folder that is served.
    #[error("{0} lies inside the folder that is served")]
    InsideDist(PathBuf),
    /// The database cannot be used.
    #[error(transparent)]
    Database(DatabaseError),
    /// The bucket cannot be used, or what a crash left cannot be removed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Requests, accounts and what was done.
#[derive(Debug)]
pub(crate) struct Store {
    database: Database,
    files: Files,
    folder: PathBuf,
    /// What to tell when a request came in.
    notifies: Vec<NotificationKind>,
}

impl Store {
    /// Opens database and files, makes them where they are missing, and removes what a crash left. The
    /// folder that is `served` to everyone must not hold them.
    ///
    /// # Errors
    /// An [`OpenError`] that says which of them cannot be used.
    pub(crate) async fn open(options: &Options, served: Option<&Path>) -> Result<Self, OpenError> {
        // What buckets and webhooks are encrypted with. Where it is there already nothing changes.
        let _first_or_not = rustls::crypto::ring::default_provider().install_default();
        let local = Folder::open(&options.received).map_err(OpenError::Folder)?;
        let folder = local.path().to_owned();
        if served.is_some_and(|served| folder.starts_with(served)) {
            return Err(OpenError::InsideDist(folder));
        }
        let database = match &options.database {
            None => Database::in_folder(&folder).await,
            Some(address) => Database::open(address).await,
        }
        .map_err(OpenError::Database)?;
        let files = match &options.bucket {
            None => Files::Folder(local),
            Some(bucket) => Files::Bucket(Bucket::new(bucket).map_err(StoreError::from)?),
        };
        let mut notifies = Vec::new();
        let mail = options.mail.as_ref();
        notifies.extend(mail.filter(|mail| !mail.to.is_empty()).map(|_| NotificationKind::Mail));
        notifies.extend(mail.filter(|mail| mail.confirm).map(|_| NotificationKind::Confirmation));
        notifies.extend(options.webhook.as_ref().map(|_| NotificationKind::Webhook));
        let store = Self { database, files, folder, notifies };
        store.remove_orphans().await?;
        Ok(store)
    }

    /// The folder on this machine, as an absolute path.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Removes files that no row knows.
    async fn remove_orphans(&self) -> Result<(), StoreError> {
        let is_alone = self.files.is_alone();
        let now = SystemTime::now();
        for found in self.files.folders().await? {
            let age = found.written.and_then(|written| now.duration_since(written).ok()).unwrap_or_default();
            let known = sqlx::query(
                "SELECT 1 FROM requests WHERE folder = $1 UNION ALL SELECT 1 FROM versions WHERE folder = $2",
            )
            .bind(&found.folder)
            .bind(&found.folder);
            if (is_alone || age > ORPHAN_AGE) && known.fetch_optional(self.database.pool()).await?.is_none() {
                tracing::info!(folder = found.folder, "removed what an interrupted request left");
                self.files.remove(&found.folder).await?;
            }
        }
        Ok(())
    }

    /// Whether the database answers.
    pub(crate) async fn is_ready(&self) -> bool {
        sqlx::query("SELECT 1").execute(self.database.pool()).await.is_ok()
    }

    /// Writes a consistent copy of the database into a file; `false` where the database makes its own copies.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) async fn copy_database(&self, file: &Path) -> Result<bool, StoreError> {
        Ok(self.database.copy_to(&file.to_string_lossy()).await?)
    }

    /// Closes the database.
    pub(crate) async fn close(&self) {
        self.database.close().await;
    }
}
