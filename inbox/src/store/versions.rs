//! Versions: designs that the staff saved beside the visitor's, kept once for each id, as requests are.

use super::requests::touch;
use super::{Kept, Store, StoreError, is_storable};
use crate::clock::{self, Millis};
use crate::parts::Digest;
use crate::version::NewVersion;
use sqlx::{Any, Row as _, Transaction, any::AnyRow};

/// How many versions a request may have.
const MAX_VERSIONS: i64 = 50;

/// A saved version.
#[derive(Clone, Debug)]
pub(crate) struct VersionRow {
    pub(crate) id: String,
    pub(crate) folder: String,
    pub(crate) saved_at: Millis,
    /// The name of an account.
    pub(crate) saved_by: String,
    /// What its author calls it; may be empty.
    pub(crate) name: String,
    /// The program that made it; may be empty.
    pub(crate) program: String,
    /// The names of the parts that it has.
    pub(crate) parts: Vec<String>,
}

impl Store {
    /// Keeps a version of a request, once for each id. When this returns without an error it is on the disk.
    ///
    /// # Errors
    /// [`StoreError::Differs`] when the id is taken by another one, [`StoreError::Gone`] when there is no such request,
    /// [`StoreError::Many`] when it has as many as it may have; any other when nothing of it was kept.
    pub(crate) async fn keep_version(
        &self,
        request: &str,
        author: &str,
        version: &NewVersion,
    ) -> Result<Kept, StoreError> {
        if let Some(kept) = self.compare_version(request, version).await? {
            return kept;
        }
        let folder = self.write(request, version.parts()).await?;
        let inserted = self.insert_version(request, author, version, &folder).await;
        let Some(change) = self.or_forget(&folder, inserted).await? else {
            // The same one came twice at the same time.
            return self.compare_version(request, version).await?.unwrap_or(Err(StoreError::Corrupt));
        };
        change.commit().await?;
        Ok(Kept::First)
    }

    /// Holds a version against the stored one with the same id; `None` where there is none.
    async fn compare_version(
        &self,
        request: &str,
        version: &NewVersion,
    ) -> Result<Option<Result<Kept, StoreError>>, StoreError> {
        let Some(stored) = self.version(request, version.id().as_str()).await? else { return Ok(None) };
        let rows = sqlx::query("SELECT name, digest FROM version_parts WHERE request_id = $1 AND version_id = $2")
            .bind(request)
            .bind(version.id().as_str())
            .fetch_all(self.database.pool())
            .await?;
        let digests =
            rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<Result<_, sqlx::Error>>()?;
        let is_same = stored.name == version.name() && stored.program == version.program();
        Ok(Some(if is_same && version.parts().are(digests) { Ok(Kept::Repeat) } else { Err(StoreError::Differs) }))
    }

    /// Writes the rows of a version, not yet committed; `None` where the id is taken.
    async fn insert_version(
        &self,
        request: &str,
        author: &str,
        version: &NewVersion,
        folder: &str,
    ) -> Result<Option<Transaction<'static, Any>>, StoreError> {
        let id = version.id().as_str();
        let mut change = self.database.begin().await?;
        // From here on nobody else saves one or deletes the request.
        if !touch(&mut change, request).await? {
            return Err(StoreError::Gone);
        }
        let inserted = sqlx::query(
            "INSERT INTO versions (request_id, id, folder, saved_at, saved_by, name, program) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (request_id, id) DO NOTHING",
        )
        .bind(request)
        .bind(id)
        .bind(folder)
        .bind(clock::now())
        .bind(author)
        .bind(version.name())
        .bind(version.program())
        .execute(&mut *change)
        .await?;
        if inserted.rows_affected() == 0 {
            return Ok(None);
        }
        let count = sqlx::query("SELECT COUNT(*) FROM versions WHERE request_id = $1").bind(request);
        if count.fetch_one(&mut *change).await?.try_get::<i64, _>(0)? > MAX_VERSIONS {
            return Err(StoreError::Many);
        }
        for Digest { part, bytes, digest } in version.parts().digests() {
            sqlx::query(
                "INSERT INTO version_parts (request_id, version_id, name, bytes, digest) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(request)
            .bind(id)
            .bind(part)
            .bind(bytes)
            .bind(digest)
            .execute(&mut *change)
            .await?;
        }
        Ok(Some(change))
    }

    /// The versions of a request, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn versions(&self, request: &str) -> Result<Vec<VersionRow>, StoreError> {
        let select = sqlx::query(
            "SELECT id, folder, saved_at, saved_by, name, program FROM versions WHERE request_id = $1 \
             ORDER BY saved_at DESC, id",
        );
        let rows = select.bind(request).fetch_all(self.database.pool()).await?;
        let mut versions = rows.iter().map(read_row).collect::<Result<Vec<VersionRow>, _>>()?;
        let parts = sqlx::query("SELECT version_id, name FROM version_parts WHERE request_id = $1").bind(request);
        for row in parts.fetch_all(self.database.pool()).await? {
            let id: String = row.try_get(0)?;
            if let Some(version) = versions.iter_mut().find(|version| version.id == id) {
                version.parts.push(row.try_get(1)?);
            }
        }
        Ok(versions)
    }

    /// A version of a request, by its id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn version(&self, request: &str, id: &str) -> Result<Option<VersionRow>, StoreError> {
        if !is_storable(request) || !is_storable(id) {
            return Ok(None);
        }
        Ok(self.versions(request).await?.into_iter().find(|version| version.id == id))
    }
}

fn read_row(row: &AnyRow) -> Result<VersionRow, StoreError> {
    Ok(VersionRow {
        id: row.try_get(0)?,
        folder: row.try_get(1)?,
        saved_at: row.try_get(2)?,
        saved_by: row.try_get(3)?,
        name: row.try_get(4)?,
        program: row.try_get(5)?,
        parts: Vec::new(),
    })
}
