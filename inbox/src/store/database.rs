//! The database: SQLite in one file, or PostgreSQL by its address. The same statements run on both.

use super::folder::private_files;
use sqlx::{
    Any, AnyPool, Executor as _, SqlSafeStr as _, Transaction,
    any::AnyPoolOptions,
    migrate::{Migration, MigrationType, Migrator},
};
use std::{borrow::Cow, io, path::Path, time::Duration};
use thiserror::Error;
use url::Url;

/// The name of the SQLite file.
pub(crate) const FILE_NAME: &str = "inbox.db";

/// Every change of the tables, in order; each runs once.
const MIGRATIONS: [(i64, &str, &str); 3] = [
    (1, "start", include_str!("../../migrations/1_start.sql")),
    (2, "versions", include_str!("../../migrations/2_versions.sql")),
    (3, "confirmations", include_str!("../../migrations/3_confirmations.sql")),
];

/// What every connection to SQLite is told: writers append to a log, a commit is on the disk before it is answered,
/// a writer waits for another, and what is deleted is overwritten.
const SQLITE_CONNECTION: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; \
     PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;";

/// How many connections are open at most.
const MAX_CONNECTIONS: u32 = 8;

/// How long an answer may wait for a connection.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(10);

/// Why the database cannot be used.
#[derive(Debug, Error)]
pub enum DatabaseError {
    /// The file of the database cannot be made.
    #[error("the file {FILE_NAME} cannot be made: {0}")]
    File(io::Error),
    /// The address is neither SQLite's nor PostgreSQL's.
    #[error("it has to be the address of a SQLite file or of a PostgreSQL server, like postgres://user@host/database")]
    Address,
    /// It does not answer, or refuses.
    #[error("{0}")]
    Refused(#[from] sqlx::Error),
    /// Its tables cannot be brought up to date.
    #[error("its tables cannot be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

/// An open database.
#[derive(Clone, Debug)]
pub(crate) struct Database {
    pool: AnyPool,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Sqlite,
    Postgres,
}

impl Database {
    /// Opens the SQLite file in a folder and makes it where it is missing.
    ///
    /// # Errors
    /// A [`DatabaseError`].
    pub(crate) async fn in_folder(folder: &Path) -> Result<Self, DatabaseError> {
        let file = folder.join(FILE_NAME);
        // Made here, so that it is ours alone from the start; SQLite gives the files beside it the same rights.
        match private_files().open(&file) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(DatabaseError::File(error)),
            _ => {}
        }
        let address = Url::from_file_path(&file).map_err(|()| DatabaseError::Address)?;
        Self::open(&format!("sqlite://{}", address.path())).await
    }

    /// Opens a database by its address and brings its tables up to date.
    ///
    /// # Errors
    /// A [`DatabaseError`].
    pub(crate) async fn open(address: &str) -> Result<Self, DatabaseError> {
        sqlx::any::install_default_drivers();
        let kind = match address.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => Kind::Sqlite,
            Some("postgres" | "postgresql") => Kind::Postgres,
            _ => return Err(DatabaseError::Address),
        };
        let options = AnyPoolOptions::new()
            .max_connections(MAX_CONNECTIONS)
            .acquire_timeout(CONNECTION_TIMEOUT)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if kind == Kind::Sqlite {
                        connection.execute(sqlx::raw_sql(SQLITE_CONNECTION)).await?;
                    }
                    Ok(())
                })
            });
        let pool = options.connect(address).await?;
        let migrations = MIGRATIONS.iter().map(|&(version, name, sql)| {
            Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql.into_sql_str(), false)
        });
        Migrator::with_migrations(migrations.collect()).run(&pool).await?;
        Ok(Self { pool, kind })
    }

    /// The connections, for a single statement.
    pub(crate) fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// Begins a change of several statements. On SQLite it takes the writer's place at once: taking it later fails
    /// where another wrote in between.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        match self.kind {
            Kind::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await,
            Kind::Postgres => self.pool.begin().await,
        }
    }

    /// Writes a consistent copy of a SQLite database while others use it; PostgreSQL has `pg_dump` for that.
    ///
    /// # Errors
    /// When the file is there already or cannot be written.
    pub(crate) async fn copy_to(&self, file: &str) -> Result<bool, sqlx::Error> {
        if self.kind == Kind::Postgres {
            return Ok(false);
        }
        sqlx::query("VACUUM INTO $1").bind(file).execute(&self.pool).await?;
        Ok(true)
    }

    /// Closes the connections; SQLite then tidies its log away.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}
