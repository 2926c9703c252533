//! What cannot be tested on this machine: said on the terminal, counted by `tools/test`, a failure where everything is
//! required.

use std::fmt::Display;
use std::io::{self, Write};
use std::thread;

/// Set to `true`, nothing may be skipped.
const REQUIRED: &str = "REQUIRE_EVERYTHING";

/// Says that the running test leaves something out, and why. Every test that does so calls it.
///
/// # Panics
/// With `REQUIRE_EVERYTHING=true`.
#[track_caller]
pub(crate) fn skip(reason: impl Display) {
    let is_required = std::env::var(REQUIRED).is_ok_and(|value| value == "true");
    assert!(!is_required, "nothing may be skipped with {REQUIRED}=true, but {reason}");
    let current = thread::current();
    // Not by `println!`: the test runner keeps to itself what a test prints that passes.
    let _told = writeln!(io::stdout(), "skipped: {}: {reason}", current.name().unwrap_or("a test"));
}
