//! The time of day, and identifiers that sort by it.

use chrono::{DateTime, Local};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970 in UTC, as the database holds times.
pub(crate) type Millis = i64;

/// A day.
pub(crate) const DAY: Millis = 24 * 60 * 60 * 1000;

/// Now.
pub(crate) fn now() -> Millis {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, millis)
}

/// A length of time in milliseconds.
pub(crate) fn millis(time: Duration) -> Millis {
    Millis::try_from(time.as_millis()).unwrap_or(Millis::MAX)
}

/// An identifier that sorts by the time when it was made and cannot be guessed.
///
/// # Errors
/// When the system has no randomness.
pub(crate) fn new_id() -> Result<String, getrandom::Error> {
    Ok(format!("{:012x}{:016x}", now(), getrandom::u64()?))
}

/// A time as people of this machine's time zone read it, to the minute.
pub(crate) fn local(time: Millis) -> String {
    at(time, "%Y-%m-%d %H:%M")
}

/// A time with its seconds and its zone, for records and machines.
pub(crate) fn exact(time: Millis) -> String {
    at(time, "%Y-%m-%dT%H:%M:%S%:z")
}

fn at(time: Millis, format: &str) -> String {
    DateTime::from_timestamp_millis(time)
        .map(|time| time.with_timezone(&Local).format(format).to_string())
        .unwrap_or_default()
}
