//! Sessions of accounts. The browser holds a random token; the database holds only its digest, so that a copy of the
//! database logs nobody in.

use super::accounts::Role;
use super::{Store, StoreError};
use crate::clock::{self, Millis};
use crate::digest::{random_token, sha256};
use sqlx::Row as _;

/// An account that is logged in.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) account: String,
    pub(crate) role: Role,
    /// What every form of this session has to bring along.
    pub(crate) csrf: String,
    token_digest: String,
}

/// How long a session lasts without a request, and at most.
const IDLE: Millis = 60 * 60 * 1000;
const LONGEST: Millis = 12 * 60 * 60 * 1000;

/// How often it is written down that a session was used.
const SEEN_STEP: Millis = 60 * 1000;

impl Store {
    /// Begins a session and returns its token, which is never seen again.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn begin_session(&self, account: &str) -> Result<String, StoreError> {
        let (token, csrf) = (random_token()?, random_token()?);
        let now = clock::now();
        sqlx::query(
            "INSERT INTO sessions (token_digest, account, csrf, seen_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(sha256(token.as_bytes()))
        .bind(account)
        .bind(csrf)
        .bind(now)
        .bind(now + LONGEST)
        .execute(self.database.pool())
        .await?;
        Ok(token)
    }

    /// The session of a token, if it lasts and its account is active.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn session(&self, token: &str) -> Result<Option<Session>, StoreError> {
        let now = clock::now();
        let token_digest = sha256(token.as_bytes());
        let row = sqlx::query(
            "SELECT accounts.name, accounts.role, sessions.csrf, sessions.seen_at FROM sessions \
             JOIN accounts ON accounts.name = sessions.account \
             WHERE token_digest = $1 AND accounts.is_active = 1 AND expires_at > $2 AND seen_at > $3",
        )
        .bind(&token_digest)
        .bind(now)
        .bind(now - IDLE)
        .fetch_optional(self.database.pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let (role, seen_at): (String, Millis) = (row.try_get(1)?, row.try_get(3)?);
        if now - seen_at > SEEN_STEP {
            let update = sqlx::query("UPDATE sessions SET seen_at = $1 WHERE token_digest = $2");
            update.bind(now).bind(&token_digest).execute(self.database.pool()).await?;
        }
        let role = Role::parse(&role).ok_or(StoreError::Corrupt)?;
        Ok(Some(Session { account: row.try_get(0)?, role, csrf: row.try_get(2)?, token_digest }))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn end_session(&self, session: &Session) -> Result<(), StoreError> {
        let delete = sqlx::query("DELETE FROM sessions WHERE token_digest = $1").bind(&session.token_digest);
        delete.execute(self.database.pool()).await?;
        Ok(())
    }

    pub(super) async fn end_sessions_of(&self, account: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE account = $1").bind(account).execute(self.database.pool()).await?;
        Ok(())
    }

    /// Removes sessions that are over.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn forget_sessions(&self) -> Result<(), StoreError> {
        let now = clock::now();
        let delete =
            sqlx::query("DELETE FROM sessions WHERE expires_at < $1 OR seen_at < $2").bind(now).bind(now - IDLE);
        delete.execute(self.database.pool()).await?;
        Ok(())
    }
}
