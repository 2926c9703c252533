//! What is done once and ends: making accounts, looking whether everything can be used, copying the database.

use crate::options::{Options, OptionsError};
use crate::passwords::{self, PasswordError};
use crate::running::{ServeError, find_dist, refusal};
use crate::store::{Action, Role, Store, StoreError};
use std::{io, path::Path};
use thiserror::Error;

/// What an account may do, see `docs/receiving.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountRole {
    /// Sees requests.
    Reader,
    /// Works with requests.
    Staff,
    /// Deletes requests and manages accounts too.
    Owner,
}

impl AccountRole {
    /// The role of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Role::parse(word).map(|role| match role {
            Role::Reader => Self::Reader,
            Role::Staff => Self::Staff,
            Role::Owner => Self::Owner,
        })
    }
}

impl From<AccountRole> for Role {
    fn from(role: AccountRole) -> Self {
        match role {
            AccountRole::Reader => Self::Reader,
            AccountRole::Staff => Self::Staff,
            AccountRole::Owner => Self::Owner,
        }
    }
}

/// Why a command did not work, as a sentence.
#[derive(Debug, Error)]
pub enum CommandError {
    /// The options or what they name cannot be used.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The name of an account is empty, too long or has other characters.
    #[error("An account's name has 1 to 40 letters, digits or one of . _ - @, not {0:?}.")]
    Name(String),
    /// The name is taken.
    #[error("There is an account {0:?} already.")]
    Taken(String),
    /// There is no such account.
    #[error("There is no account {0:?}.")]
    NoAccount(String),
    /// The password cannot be used.
    #[error("This did not work: {0}.")]
    Password(String),
    /// The database did not do it.
    #[error("This did not work: {0}.")]
    Store(String),
    /// The database makes its own copies.
    #[error("This database is PostgreSQL's: copy it with pg_dump.")]
    NotSqlite,
    /// No scheduler could be had.
    #[error("This did not work: {0}.")]
    System(io::Error),
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        Self::Store(error.to_string())
    }
}

impl From<PasswordError> for CommandError {
    fn from(error: PasswordError) -> Self {
        Self::Password(error.to_string())
    }
}

impl From<OptionsError> for CommandError {
    fn from(error: OptionsError) -> Self {
        Self::Serve(error.into())
    }
}

/// The longest name of an account.
const MAX_NAME_CHARS: usize = 40;

/// Whether an account can have this name.
pub(crate) fn is_account_name(name: &str) -> bool {
    (1..=MAX_NAME_CHARS).contains(&name.chars().count())
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@'))
}

/// Makes an account. The password is returned: the given one, or the one that was made.
///
/// # Errors
/// A [`CommandError`].
pub fn add_account(
    options: &Options,
    name: &str,
    role: AccountRole,
    password: Option<String>,
) -> Result<String, CommandError> {
    if !is_account_name(name) {
        return Err(CommandError::Name(name.to_owned()));
    }
    with_store(options, async |store| {
        let password = password.map_or_else(passwords::make, Ok)?;
        if !store.add_account(name, role.into(), &passwords::hash(password.clone()).await?).await? {
            return Err(CommandError::Taken(name.to_owned()));
        }
        store.record("", Action::AddedAccount, "", name).await?;
        Ok(password)
    })
}

/// Makes the account `owner` where there is no account at all. Its name and password are returned if it was made.
///
/// # Errors
/// A [`CommandError`].
pub fn add_first_owner(options: &Options) -> Result<Option<(&'static str, String)>, CommandError> {
    const NAME: &str = "owner";
    let is_empty = with_store(options, async |store| Ok(store.accounts().await?.is_empty()))?;
    if !is_empty {
        return Ok(None);
    }
    add_account(options, NAME, AccountRole::Owner, None).map(|password| Some((NAME, password)))
}

/// Gives an account another password and logs it out everywhere. The password is returned.
///
/// # Errors
/// A [`CommandError`].
pub fn set_password(options: &Options, name: &str, password: Option<String>) -> Result<String, CommandError> {
    with_store(options, async |store| {
        if store.account(name).await?.is_none() {
            return Err(CommandError::NoAccount(name.to_owned()));
        }
        let password = password.map_or_else(passwords::make, Ok)?;
        store.set_password(name, &passwords::hash(password.clone()).await?).await?;
        store.record("", Action::ChangedPassword, "", name).await?;
        Ok(password)
    })
}

/// Name, role and whether it may log in, for each account.
///
/// # Errors
/// A [`CommandError`].
pub fn list_accounts(options: &Options) -> Result<Vec<(String, &'static str, bool)>, CommandError> {
    with_store(options, async |store| {
        let accounts = store.accounts().await?;
        Ok(accounts.into_iter().map(|account| (account.name, account.role.key(), account.is_active)).collect())
    })
}

/// Writes a consistent copy of the SQLite database into a new file, also while a server uses it.
///
/// # Errors
/// A [`CommandError`].
pub fn back_up(options: &Options, file: &Path) -> Result<(), CommandError> {
    with_store(
        options,
        async |store| {
            if store.copy_database(file).await? { Ok(()) } else { Err(CommandError::NotSqlite) }
        },
    )
}

/// Looks whether a server could be started with these options, apart from its port.
///
/// # Errors
/// A [`CommandError`] that says what is missing or in the way.
pub fn check(options: &Options) -> Result<(), CommandError> {
    crate::configuration::Configuration::read(&find_dist(&options.dist)?).map_err(ServeError::from)?;
    with_store(options, async |_| Ok(()))
}

fn with_store<T>(
    options: &Options,
    work: impl AsyncFnOnce(&Store) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    options.check()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(CommandError::System)?;
    let served = find_dist(&options.dist).ok();
    runtime.block_on(async {
        let store = Store::open(options, served.as_deref()).await.map_err(|error| refusal(error, options))?;
        let done = work(&store).await;
        store.close().await;
        done
    })
}
