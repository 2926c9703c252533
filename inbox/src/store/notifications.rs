//! What is still to be told: a queue in the database, so that nothing is lost while a mail server is away.

use super::{Store, StoreError};
use crate::clock::{self, DAY, Millis, new_id};
use crate::confirmation;
use sqlx::{Any, Row as _, Transaction};

/// How somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The staff, by mail.
    Mail,
    /// A program of the clinic's.
    Webhook,
    /// The visitor, by mail.
    Confirmation,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Mail, Self::Webhook, Self::Confirmation];

    fn key(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Webhook => "webhook",
            Self::Confirmation => "confirmation",
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
    /// Puts what is to be told of a new request, whose visitor gave this address, into the change that keeps it.
    pub(super) async fn queue(
        &self,
        change: &mut Transaction<'static, Any>,
        id: &str,
        typed: &str,
    ) -> Result<(), StoreError> {
        for kind in &self.notifies {
            if *kind == Kind::Confirmation && !take_place(change, typed).await? {
                continue;
            }
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
                let kind = Kind::ALL.into_iter().find(|known| known.key() == kind).ok_or(StoreError::Corrupt)?;
                due.push(Due { id, kind, request_id: row.try_get(2)?, tries: row.try_get(3)? });
            }
        }
        change.commit().await?;
        Ok(due)
    }

    /// Forgets a notification that was told, or is given up.
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

    /// Forgets the mailboxes whose confirmations were more than a day ago.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn forget_confirmations(&self) -> Result<(), StoreError> {
        let delete = sqlx::query("DELETE FROM confirmations WHERE taken_at < $1").bind(clock::now() - DAY);
        delete.execute(self.database.pool()).await?;
        Ok(())
    }

    /// Lets every notification be due now.
    #[cfg(test)]
    pub(crate) async fn make_due(&self) -> Result<(), StoreError> {
        sqlx::query("UPDATE notifications SET next_at = 0").execute(self.database.pool()).await?;
        Ok(())
    }

    /// How many confirmations are remembered.
    #[cfg(test)]
    pub(crate) async fn remembered_confirmations(&self) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM confirmations").fetch_one(self.database.pool()).await?;
        Ok(row.try_get(0)?)
    }

    /// Makes every confirmation older than it is.
    #[cfg(test)]
    pub(crate) async fn make_confirmations_older(&self, by: Millis) -> Result<(), StoreError> {
        let update = sqlx::query("UPDATE confirmations SET taken_at = taken_at - $1").bind(by);
        update.execute(self.database.pool()).await?;
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

/// Takes one of the places for a confirmation that a mailbox has in a day; `false` where none is left, or where what
/// was typed is no address. Of several at the same time each gets a place of its own.
async fn take_place(change: &mut Transaction<'static, Any>, typed: &str) -> Result<bool, StoreError> {
    let Some(address) = confirmation::address(typed) else { return Ok(false) };
    let (mailbox, now) = (confirmation::mailbox(&address), clock::now());
    for place in 0..confirmation::MAX_A_DAY {
        let taken = sqlx::query(
            "INSERT INTO confirmations (mailbox, place, taken_at) VALUES ($1, $2, $3) \
             ON CONFLICT (mailbox, place) DO UPDATE SET taken_at = $3 WHERE confirmations.taken_at < $4",
        )
        .bind(&mailbox)
        .bind(place)
        .bind(now)
        .bind(now - DAY)
        .execute(&mut **change)
        .await?;
        if taken.rows_affected() > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}
