//! Requests: kept once, listed, read, changed and deleted.

use super::files::new_folder;
use super::{Store, StoreError, is_storable};
use crate::clock::{self, Millis, new_id};
use crate::parts::{Digest, Parts};
use crate::submission::Submission;
use axum::body::Bytes;
use sqlx::{Any, AssertSqlSafe, Row as _, Transaction, any::AnyRow};

/// How a request was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It is new.
    First,
    /// The same request, byte for byte, was there already.
    Repeat,
}

/// How far a clinic has come with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    New,
    Answered,
    Booked,
    Closed,
}

impl State {
    /// Every state, in the order of the work.
    pub(crate) const ALL: [Self; 4] = [Self::New, Self::Answered, Self::Booked, Self::Closed];

    /// The state as the database and addresses hold it.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Answered => "answered",
            Self::Booked => "booked",
            Self::Closed => "closed",
        }
    }

    /// The state as people read it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Answered => "Answered",
            Self::Booked => "Booked",
            Self::Closed => "Closed",
        }
    }

    pub(crate) fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// What the list shows of a request.
#[derive(Clone, Debug)]
pub(crate) struct RequestRow {
    pub(crate) id: String,
    pub(crate) folder: String,
    pub(crate) received_at: Millis,
    pub(crate) state: State,
    /// The name of an account, or nothing.
    pub(crate) assigned_to: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) phone: String,
}

/// Which requests to list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) state: Option<State>,
    /// The account that they are assigned to.
    pub(crate) assigned_to: Option<String>,
    /// Words that all have to stand in what the visitor wrote, in any case.
    pub(crate) words: String,
    /// Counted from 0.
    pub(crate) page: u32,
}

/// How many requests a page of the list has.
pub(crate) const PAGE_SIZE: i64 = 25;

/// How many words of a search are looked for.
const MAX_WORDS: usize = 8;

/// A page of the list.
#[derive(Debug)]
pub(crate) struct RequestPage {
    pub(crate) rows: Vec<RequestRow>,
    pub(crate) total: i64,
}

/// What the staff wrote about a request.
#[derive(Debug)]
pub(crate) struct Note {
    pub(crate) author: String,
    pub(crate) written_at: Millis,
    pub(crate) text: String,
}

const COLUMNS: &str = "id, folder, received_at, state, assigned_to, name, email, phone";

impl Store {
    /// Keeps a request, once for each id. When this returns without an error the request is on the disk.
    ///
    /// # Errors
    /// [`StoreError::Differs`] when the id is taken by other bytes; any other when nothing of it was kept.
    pub(crate) async fn keep(&self, submission: &Submission) -> Result<Kept, StoreError> {
        if let Some(kept) = self.compare(submission).await? {
            return kept;
        }
        let folder = self.write(submission.id().as_str(), submission.parts()).await?;
        let inserted = self.insert(submission, &folder).await;
        let Some(change) = self.or_forget(&folder, inserted).await? else {
            // Another request with this id was quicker.
            return self.compare(submission).await?.unwrap_or(Err(StoreError::Corrupt));
        };
        // Where this fails it is unknown whether the row is there, so the files stay; without a row they go at the
        // next start.
        change.commit().await?;
        Ok(Kept::First)
    }

    /// Writes the files of a try into a folder of its own and returns its name.
    pub(super) async fn write(&self, request: &str, parts: &Parts) -> Result<String, StoreError> {
        let folder = new_folder(request)?;
        match self.files.write(&folder, parts.files()).await {
            Ok(()) => Ok(folder),
            Err(error) => {
                self.forget(&folder).await;
                Err(error.into())
            }
        }
    }

    /// Removes the files of a try whose rows were not written.
    pub(super) async fn or_forget<T>(
        &self,
        folder: &str,
        inserted: Result<Option<T>, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        if !matches!(inserted, Ok(Some(_))) {
            self.forget(folder).await;
        }
        inserted
    }

    /// Removes files that no row will know. Where that fails the next start tries again.
    pub(super) async fn forget(&self, folder: &str) {
        if let Err(error) = self.files.remove(folder).await {
            tracing::warn!(folder, %error, "could not remove files without a request");
        }
    }

    /// Holds a request against the stored one with the same id; `None` where there is none.
    async fn compare(&self, submission: &Submission) -> Result<Option<Result<Kept, StoreError>>, StoreError> {
        let rows = sqlx::query("SELECT name, digest FROM parts WHERE request_id = $1")
            .bind(submission.id().as_str())
            .fetch_all(self.database.pool())
            .await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let stored: Vec<(String, String)> =
            rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<Result<_, sqlx::Error>>()?;
        Ok(Some(if submission.parts().are(stored) { Ok(Kept::Repeat) } else { Err(StoreError::Differs) }))
    }

    /// Writes the rows of a request, not yet committed; `None` where the id is taken.
    async fn insert(
        &self,
        submission: &Submission,
        folder: &str,
    ) -> Result<Option<Transaction<'static, Any>>, StoreError> {
        let id = submission.id().as_str();
        let summary = submission.summary();
        let now = clock::now();
        let mut change = self.database.begin().await?;
        let inserted = sqlx::query(
            "INSERT INTO requests (id, folder, received_at, changed_at, state, assigned_to, name, email, phone, search) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING",
        )
        .bind(id)
        .bind(folder)
        .bind(now)
        .bind(now)
        .bind(State::New.key())
        .bind("")
        .bind(&summary.name)
        .bind(&summary.email)
        .bind(&summary.phone)
        .bind(summary.searchable(id))
        .execute(&mut *change)
        .await?;
        if inserted.rows_affected() == 0 {
            return Ok(None);
        }
        for Digest { part, bytes, digest } in submission.parts().digests() {
            sqlx::query("INSERT INTO parts (request_id, name, bytes, digest) VALUES ($1, $2, $3, $4)")
                .bind(id)
                .bind(part)
                .bind(bytes)
                .bind(digest)
                .execute(&mut *change)
                .await?;
        }
        self.queue(&mut change, id, &summary.email).await?;
        Ok(Some(change))
    }

    /// A page of the requests that fit a filter, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn list(&self, filter: &Filter) -> Result<RequestPage, StoreError> {
        let (condition, values) = condition(filter);
        let count = format!("SELECT COUNT(*) FROM requests {condition}");
        let mut counted = sqlx::query(AssertSqlSafe(count));
        let offset = i64::from(filter.page) * PAGE_SIZE;
        let select = format!(
            "SELECT {COLUMNS} FROM requests {condition} ORDER BY received_at DESC, id LIMIT {PAGE_SIZE} OFFSET {offset}"
        );
        let mut listed = sqlx::query(AssertSqlSafe(select));
        for value in &values {
            counted = counted.bind(value.clone());
            listed = listed.bind(value.clone());
        }
        let total = counted.fetch_one(self.database.pool()).await?.try_get(0)?;
        let rows = listed.fetch_all(self.database.pool()).await?;
        Ok(RequestPage { rows: rows.iter().map(read_row).collect::<Result<_, _>>()?, total })
    }

    /// How many requests are in each state, in the order of [`State::ALL`].
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn count_states(&self) -> Result<[i64; 4], StoreError> {
        let rows =
            sqlx::query("SELECT state, COUNT(*) FROM requests GROUP BY state").fetch_all(self.database.pool()).await?;
        let mut counts = [0; 4];
        for row in rows {
            let state: String = row.try_get(0)?;
            let at = State::ALL.iter().position(|known| known.key() == state).ok_or(StoreError::Corrupt)?;
            if let Some(count) = counts.get_mut(at) {
                *count = row.try_get(1)?;
            }
        }
        Ok(counts)
    }

    /// The row of a request.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn request(&self, id: &str) -> Result<Option<RequestRow>, StoreError> {
        if !is_storable(id) {
            return Ok(None);
        }
        let select = format!("SELECT {COLUMNS} FROM requests WHERE id = $1");
        let row = sqlx::query(AssertSqlSafe(select)).bind(id).fetch_optional(self.database.pool()).await?;
        row.as_ref().map(read_row).transpose()
    }

    /// The names of the parts that a request has.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn parts(&self, id: &str) -> Result<Vec<String>, StoreError> {
        let select = sqlx::query("SELECT name FROM parts WHERE request_id = $1").bind(id);
        let rows = select.fetch_all(self.database.pool()).await?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
    }

    /// The bytes of a file of a request or version, by the name that we gave it.
    ///
    /// # Errors
    /// When the files cannot be read.
    pub(crate) async fn file(&self, folder: &str, file: &str) -> Result<Option<Bytes>, StoreError> {
        Ok(self.files.read(folder, file).await?)
    }

    /// Changes the state of a request. Whether there is one is returned.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn set_state(&self, id: &str, state: State) -> Result<bool, StoreError> {
        self.update("UPDATE requests SET state = $1, changed_at = $2 WHERE id = $3", state.key(), id).await
    }

    /// Assigns a request to an account, or to nobody. Whether there is one is returned.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn assign(&self, id: &str, account: &str) -> Result<bool, StoreError> {
        self.update("UPDATE requests SET assigned_to = $1, changed_at = $2 WHERE id = $3", account, id).await
    }

    async fn update(&self, statement: &'static str, value: &str, id: &str) -> Result<bool, StoreError> {
        if !is_storable(id) {
            return Ok(false);
        }
        let update = sqlx::query(statement).bind(value).bind(clock::now()).bind(id);
        Ok(update.execute(self.database.pool()).await?.rows_affected() > 0)
    }

    /// Adds a note to a request that is there.
    ///
    /// # Errors
    /// When the database does not answer or the request is gone.
    pub(crate) async fn add_note(&self, id: &str, author: &str, text: &str) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO notes (id, request_id, author, written_at, text) VALUES ($1, $2, $3, $4, $5)")
            .bind(new_id()?)
            .bind(id)
            .bind(author)
            .bind(clock::now())
            .bind(text)
            .execute(self.database.pool())
            .await?;
        Ok(())
    }

    /// The notes on a request, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn notes(&self, id: &str) -> Result<Vec<Note>, StoreError> {
        let select =
            sqlx::query("SELECT author, written_at, text FROM notes WHERE request_id = $1 ORDER BY id").bind(id);
        let rows = select.fetch_all(self.database.pool()).await?;
        let note =
            |row: &AnyRow| Ok(Note { author: row.try_get(0)?, written_at: row.try_get(1)?, text: row.try_get(2)? });
        rows.iter().map(note).collect()
    }

    /// Deletes a request for good with its versions: the rows, then the files. Whether there was one is returned.
    ///
    /// # Errors
    /// When the database does not answer; files that cannot be removed go at the next start.
    pub(crate) async fn delete(&self, id: &str) -> Result<bool, StoreError> {
        if !is_storable(id) {
            return Ok(false);
        }
        let mut change = self.database.begin().await?;
        if !touch(&mut change, id).await? {
            return Ok(false);
        }
        let folders = sqlx::query(
            "SELECT folder FROM requests WHERE id = $1 UNION ALL SELECT folder FROM versions WHERE request_id = $2",
        )
        .bind(id)
        .bind(id)
        .fetch_all(&mut *change)
        .await?;
        sqlx::query("DELETE FROM requests WHERE id = $1").bind(id).execute(&mut *change).await?;
        sqlx::query("DELETE FROM notifications WHERE request_id = $1").bind(id).execute(&mut *change).await?;
        change.commit().await?;
        for row in folders {
            self.forget(row.try_get(0)?).await;
        }
        Ok(true)
    }

    /// Makes a request older than it is.
    #[cfg(test)]
    pub(crate) async fn make_older(&self, id: &str, by: Millis) -> Result<(), StoreError> {
        let update = sqlx::query("UPDATE requests SET received_at = received_at - $1 WHERE id = $2").bind(by).bind(id);
        update.execute(self.database.pool()).await?;
        Ok(())
    }

    /// The ids of requests that arrived before a time.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn received_before(&self, time: Millis) -> Result<Vec<String>, StoreError> {
        let select = sqlx::query("SELECT id FROM requests WHERE received_at < $1 ORDER BY received_at").bind(time);
        let rows = select.fetch_all(self.database.pool()).await?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
    }
}

/// Notes that a request changes now, and keeps others from changing it until the change is over. Whether there is one
/// is returned.
pub(super) async fn touch(change: &mut Transaction<'static, Any>, id: &str) -> Result<bool, StoreError> {
    let update = sqlx::query("UPDATE requests SET changed_at = $1 WHERE id = $2").bind(clock::now()).bind(id);
    Ok(update.execute(&mut **change).await?.rows_affected() > 0)
}

fn read_row(row: &AnyRow) -> Result<RequestRow, StoreError> {
    let state: String = row.try_get(3)?;
    Ok(RequestRow {
        id: row.try_get(0)?,
        folder: row.try_get(1)?,
        received_at: row.try_get(2)?,
        state: State::parse(&state).ok_or(StoreError::Corrupt)?,
        assigned_to: row.try_get(4)?,
        name: row.try_get(5)?,
        email: row.try_get(6)?,
        phone: row.try_get(7)?,
    })
}

/// The condition of a filter, with a number for each of the values that follow it. No value stands in the text.
fn condition(filter: &Filter) -> (String, Vec<String>) {
    let (mut terms, mut values) = (Vec::new(), Vec::new());
    if let Some(state) = filter.state {
        values.push(state.key().to_owned());
        terms.push(format!("state = ${}", values.len()));
    }
    if let Some(account) = &filter.assigned_to {
        values.push(account.clone());
        terms.push(format!("assigned_to = ${}", values.len()));
    }
    for word in filter.words.split_whitespace().take(MAX_WORDS) {
        // NUL cannot stand in PostgreSQL's text.
        let word = word.to_lowercase().replace('\0', "");
        values.push(format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")));
        terms.push(format!("search LIKE ${} ESCAPE '\\'", values.len()));
    }
    let condition = if terms.is_empty() { String::new() } else { format!("WHERE {}", terms.join(" AND ")) };
    (condition, values)
}
