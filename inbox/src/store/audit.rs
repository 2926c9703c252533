//! The record of who saw, changed and deleted what. It holds ids and accounts, nothing that a visitor wrote.

use super::{Store, StoreError};
use crate::clock::{self, Millis, new_id};
use sqlx::{Row as _, any::AnyRow};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    LoggedIn,
    LoginFailed,
    LoggedOut,
    Saw,
    Downloaded,
    Exported,
    ExportedList,
    ChangedState,
    Assigned,
    Noted,
    OpenedInDesigner,
    SavedVersion,
    Deleted,
    DeletedByAge,
    AddedAccount,
    ChangedAccount,
    ChangedPassword,
}

impl Action {
    /// The action as it is stored and shown.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::LoggedIn => "logged in",
            Self::LoginFailed => "failed to log in",
            Self::LoggedOut => "logged out",
            Self::Saw => "saw request",
            Self::Downloaded => "opened file",
            Self::Exported => "exported request",
            Self::ExportedList => "exported list",
            Self::ChangedState => "changed state",
            Self::Assigned => "assigned request",
            Self::Noted => "added note",
            Self::OpenedInDesigner => "opened in the designer",
            Self::SavedVersion => "saved a version",
            Self::Deleted => "deleted request",
            Self::DeletedByAge => "deleted request by age",
            Self::AddedAccount => "added account",
            Self::ChangedAccount => "changed account",
            Self::ChangedPassword => "changed password",
        }
    }
}

/// A line of the record.
#[derive(Debug)]
pub(crate) struct AuditEntry {
    pub(crate) at: Millis,
    /// Empty where no account did it.
    pub(crate) account: String,
    pub(crate) action: String,
    /// Empty where it was about no request.
    pub(crate) request_id: String,
    pub(crate) detail: String,
}

/// How many lines a page of the record has.
pub(crate) const AUDIT_PAGE_SIZE: u32 = 100;

impl Store {
    /// Writes down what was done. `request_id` and `detail` may be empty.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn record(
        &self,
        account: &str,
        action: Action,
        request_id: &str,
        detail: &str,
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO audit (id, at, account, action, request_id, detail) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(new_id()?)
            .bind(clock::now())
            .bind(account)
            .bind(action.text())
            .bind(request_id)
            .bind(detail)
            .execute(self.database.pool())
            .await?;
        Ok(())
    }

    /// A page of the record, newest first; of one request where its id is given. Pages count from 0.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn audit(&self, request_id: &str, page: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let rows = sqlx::query(
            "SELECT at, account, action, request_id, detail FROM audit WHERE $1 = '' OR request_id = $2 \
             ORDER BY id DESC LIMIT $3 OFFSET $4",
        )
        .bind(request_id)
        .bind(request_id)
        .bind(i64::from(AUDIT_PAGE_SIZE))
        .bind(i64::from(page) * i64::from(AUDIT_PAGE_SIZE))
        .fetch_all(self.database.pool())
        .await?;
        rows.iter().map(read_entry).collect()
    }

    /// Forgets lines from before a time.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn forget_audit_before(&self, time: Millis) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM audit WHERE at < $1").bind(time).execute(self.database.pool()).await?;
        Ok(())
    }
}

fn read_entry(row: &AnyRow) -> Result<AuditEntry, StoreError> {
    Ok(AuditEntry {
        at: row.try_get(0)?,
        account: row.try_get(1)?,
        action: row.try_get(2)?,
        request_id: row.try_get(3)?,
        detail: row.try_get(4)?,
    })
}
