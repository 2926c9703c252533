//! What is still to be told: a queue in the database, so that nothing is lost while a mail server is away.

use super::{Store, StoreError};
use crate::clock::{self, Millis, new_id};
use sqlx::{Any, Row as _, Transaction};

/// How somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Mail,
    Webhook,
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Webhook => "webhook",
        }
    }
}

/// A notification whose time has come.
#[derive(Debug)]
pub(crate) struct Due {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) request_id: String,
    /// How often it was tried before.
    pub(crate) tries: i64,
}

impl Store {
    /// Puts what is to be told of a new request into the change that keeps the request.
    pub(super) async fn queue(&self, change: &mut Transaction<'static, Any>, id: &str) -> Result<(), StoreError> {
        for kind in &self.notifies {
            sqlx::query("INSERT INTO notifications (id, kind, request_id, tries, next_at) VALUES ($1, $2, $3, 0, $4)")
                .bind(new_id()?)
                .bind(kind.key())
                .bind(id)
                .bind(clock::now())
                .execute(&mut **change)
                .await?;
        }
        Ok(())
    }

    /// What is due, oldest first, a few at a time. Each is put off by `lease`, so that no other program takes it too.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn take_due(&self, lease: Millis) -> Result<Vec<Due>, StoreError> {
        let now = clock::now();
        let mut change = self.database.begin().await?;
        let rows = sqlx::query(
            "SELECT id, kind, request_id, tries FROM notifications WHERE next_at <= $1 ORDER BY next_at LIMIT 10",
        )
        .bind(now)
        .fetch_all(&mut *change)
        .await?;
        let mut due = Vec::new();
        for row in rows {
            let (id, kind): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let taken = sqlx::query("UPDATE notifications SET next_at = $1 WHERE id = $2 AND next_at <= $3")
                .bind(now + lease)
                .bind(&id)
                .bind(now)
                .execute(&mut *change)
                .await?;
            if taken.rows_affected() > 0 {
                let kind = if kind == Kind::Mail.key() { Kind::Mail } else { Kind::Webhook };
                due.push(Due { id, kind, request_id: row.try_get(2)?, tries: row.try_get(3)? });
            }
        }
        change.commit().await?;
        Ok(due)
    }

    /// Forgets a notification that was told.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn told(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM notifications WHERE id = $1").bind(id).execute(self.database.pool()).await?;
        Ok(())
    }

    /// Puts a notification off that could not be told.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn put_off(&self, due: &Due, until: Millis) -> Result<(), StoreError> {
        sqlx::query("UPDATE notifications SET tries = $1, next_at = $2 WHERE id = $3")
            .bind(due.tries + 1)
            .bind(until)
            .bind(&due.id)
            .execute(self.database.pool())
            .await?;
        Ok(())
    }

    /// Lets every notification be due now.
    #[cfg(test)]
    pub(crate) async fn make_due(&self) -> Result<(), StoreError> {
        sqlx::query("UPDATE notifications SET next_at = 0").execute(self.database.pool()).await?;
        Ok(())
    }

    /// How many notifications wait.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn waiting_notifications(&self) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM notifications").fetch_one(self.database.pool()).await?;
        Ok(row.try_get(0)?)
    }
}
