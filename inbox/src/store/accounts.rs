//! The accounts of the staff, and what keeps others from guessing their passwords.

use super::{Store, StoreError, is_storable};
use crate::clock::{self, Millis};
use sqlx::{Row as _, any::AnyRow};

/// What an account may do; each may do all that the ones before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// Sees requests.
    Reader,
    /// Works with requests: states, assignment, notes, export.
    Staff,
    /// Deletes requests, manages accounts, reads the record.
    Owner,
}

impl Role {
    /// Every role, the least first.
    pub(crate) const ALL: [Self; 3] = [Self::Reader, Self::Staff, Self::Owner];

    /// The role as it is stored and typed.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Staff => "staff",
            Self::Owner => "owner",
        }
    }

    pub(crate) fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// An account of the staff.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) name: String,
    pub(crate) role: Role,
    /// The password's hash in PHC's format.
    pub(crate) password: String,
    pub(crate) is_active: bool,
}

impl Store {
    /// Adds an account; `false` where the name is taken.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn add_account(&self, name: &str, role: Role, password: &str) -> Result<bool, StoreError> {
        let added = sqlx::query(
            "INSERT INTO accounts (name, role, password, is_active, created_at) VALUES ($1, $2, $3, 1, $4) \
             ON CONFLICT (name) DO NOTHING",
        )
        .bind(name)
        .bind(role.key())
        .bind(password)
        .bind(clock::now())
        .execute(self.database.pool())
        .await?;
        Ok(added.rows_affected() > 0)
    }

    /// Every account, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let select = sqlx::query("SELECT name, role, password, is_active FROM accounts ORDER BY name");
        select.fetch_all(self.database.pool()).await?.iter().map(read_account).collect()
    }

    /// An account by its name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn account(&self, name: &str) -> Result<Option<Account>, StoreError> {
        if !is_storable(name) {
            return Ok(None);
        }
        let select = sqlx::query("SELECT name, role, password, is_active FROM accounts WHERE name = $1");
        let row = select.bind(name).fetch_optional(self.database.pool()).await?;
        row.as_ref().map(read_account).transpose()
    }

    /// Gives an account a role and lets it log in or not; one that may not is logged out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn change_account(&self, name: &str, role: Role, is_active: bool) -> Result<(), StoreError> {
        sqlx::query("UPDATE accounts SET role = $1, is_active = $2 WHERE name = $3")
            .bind(role.key())
            .bind(i64::from(is_active))
            .bind(name)
            .execute(self.database.pool())
            .await?;
        self.end_sessions_of(name).await
    }

    /// Changes a password, ends every session of the account and forgives its failed tries.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn set_password(&self, name: &str, password: &str) -> Result<(), StoreError> {
        let update = sqlx::query("UPDATE accounts SET password = $1 WHERE name = $2").bind(password).bind(name);
        update.execute(self.database.pool()).await?;
        self.forgive(name).await?;
        self.end_sessions_of(name).await
    }

    /// Until when nobody may log in with this name, whether there is such an account or not; a time in the past where
    /// one may.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn locked_until(&self, name: &str) -> Result<Millis, StoreError> {
        let select = sqlx::query("SELECT locked_until FROM failed_logins WHERE account = $1").bind(name);
        let row = select.fetch_optional(self.database.pool()).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?.unwrap_or(0))
    }

    /// Counts a try before its password is looked at, so that tries at the same time cannot go by the limit, and
    /// returns how many there were since the last success.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn count_try(&self, name: &str) -> Result<i64, StoreError> {
        let row = sqlx::query(
            "INSERT INTO failed_logins (account, failures, tried_at, locked_until) VALUES ($1, 1, $2, 0) \
             ON CONFLICT (account) DO UPDATE SET failures = failed_logins.failures + 1, tried_at = $2 \
             RETURNING failures",
        )
        .bind(name)
        .bind(clock::now())
        .fetch_one(self.database.pool())
        .await?;
        Ok(row.try_get(0)?)
    }

    /// Lets nobody log in with this name until a time. Of several at the same time, `true` is the answer to one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn lock(&self, name: &str, now: Millis, until: Millis) -> Result<bool, StoreError> {
        let update =
            sqlx::query("UPDATE failed_logins SET locked_until = $1 WHERE account = $2 AND locked_until <= $3");
        let locked = update.bind(until).bind(name).bind(now).execute(self.database.pool()).await?;
        Ok(locked.rows_affected() > 0)
    }

    /// Forgets the failed tries of a name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn forgive(&self, name: &str) -> Result<(), StoreError> {
        let delete = sqlx::query("DELETE FROM failed_logins WHERE account = $1").bind(name);
        delete.execute(self.database.pool()).await?;
        Ok(())
    }

    /// Forgets tries before a time, so that names of nobody do not pile up.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn forget_tries_before(&self, time: Millis) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM failed_logins WHERE tried_at < $1").bind(time).execute(self.database.pool()).await?;
        Ok(())
    }
}

fn read_account(row: &AnyRow) -> Result<Account, StoreError> {
    let (role, is_active): (String, i64) = (row.try_get(1)?, row.try_get(3)?);
    Ok(Account {
        name: row.try_get(0)?,
        role: Role::parse(&role).ok_or(StoreError::Corrupt)?,
        password: row.try_get(2)?,
        is_active: is_active != 0,
    })
}
