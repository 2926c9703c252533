//! Passwords: made, hashed with Argon2id, and checked.

use argon2::{
    Argon2, PasswordHash,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, SaltString},
};
use std::{ops::RangeInclusive, sync::OnceLock};
use thiserror::Error;
use tokio::sync::Semaphore;

/// How long a password may be, in characters. The limit above keeps somebody from making us hash a book.
pub(crate) const CHARS: RangeInclusive<usize> = 10..=200;

/// What a made password is written with: nothing that is easily misread.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Four groups of five characters: 100 random bits.
const GROUPS: usize = 4;
const GROUP_CHARS: usize = 5;

/// How many passwords are hashed at once: each takes 19 MB of memory and a processor for a while.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Why a password cannot be hashed.
#[derive(Debug, Error)]
pub(crate) enum PasswordError {
    /// It is too short or too long.
    #[error("a password has {} to {} characters", CHARS.start(), CHARS.end())]
    Length,
    /// The system has no randomness.
    #[error("no randomness: {0}")]
    Random(#[from] getrandom::Error),
    /// It could not be hashed.
    #[error("the password could not be hashed: {0}")]
    Hash(argon2::password_hash::Error),
    /// Nothing was left that could do it.
    #[error("the password could not be hashed")]
    Stopped,
}

/// Makes a password that nobody can guess.
///
/// # Errors
/// When the system has no randomness.
pub(crate) fn make() -> Result<String, PasswordError> {
    let mut bytes = [0; GROUPS * GROUP_CHARS];
    getrandom::fill(&mut bytes)?;
    // 256 is a multiple of 32, so each character is equally likely.
    let letters: Vec<char> = bytes
        .iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)))
        .map(|letter| char::from(*letter))
        .collect();
    let groups: Vec<String> = letters.chunks(GROUP_CHARS).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

/// The hash of a password in PHC's format, with a salt of its own.
///
/// # Errors
/// A [`PasswordError`].
pub(crate) async fn hash(password: String) -> Result<String, PasswordError> {
    if !CHARS.contains(&password.chars().count()) {
        return Err(PasswordError::Length);
    }
    let _place = AT_ONCE.acquire().await.map_err(|_| PasswordError::Stopped)?;
    tokio::task::spawn_blocking(move || hash_now(&password)).await.map_err(|_| PasswordError::Stopped)?
}

fn hash_now(password: &str) -> Result<String, PasswordError> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt)?;
    let salt = SaltString::encode_b64(&salt).map_err(PasswordError::Hash)?;
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(PasswordError::Hash)?;
    Ok(hash.to_string())
}

/// Whether a password is the one that was hashed. Without a hash the same work is done, so that the time says nothing
/// about which names have accounts.
pub(crate) async fn is_right(password: String, hash: Option<String>) -> bool {
    if password.chars().count() > *CHARS.end() {
        return false;
    }
    let Ok(_place) = AT_ONCE.acquire().await else { return false };
    let check = move || {
        let is_known = hash.is_some();
        let hash = hash.unwrap_or_else(|| nobodys_hash().to_owned());
        let parsed = PasswordHash::new(&hash);
        is_known & parsed.is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    };
    tokio::task::spawn_blocking(check).await.unwrap_or(false)
}

/// The hash of a password that nobody has.
fn nobodys_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| make().and_then(|password| hash_now(&password)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let password = make().unwrap();
        assert_eq!((password.len(), password.matches('-').count()), (23, 3), "{password}");
        let hashed = hash(password.clone()).await.unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert_ne!(hash(password.clone()).await.unwrap(), hashed, "without a salt of its own");
        assert!(is_right(password.clone(), Some(hashed.clone())).await);
        assert!(!is_right(format!("{password} "), Some(hashed.clone())).await);
        assert!(!is_right(String::new(), Some(hashed)).await);
        assert!(!is_right(password.clone(), None).await);
        assert!(!is_right(password, Some("nonsense".to_owned())).await);
    }

    #[tokio::test]
    async fn a_password_that_is_too_short_or_a_book_is_refused() {
        for password in ["", "123456789", &"x".repeat(201)] {
            assert!(matches!(hash(password.to_owned()).await, Err(PasswordError::Length)), "{password}");
        }
    }
}
