//! The built program, from end to end, in Chromium, Firefox and WebKit.
//!
//! The scenarios run against `dist`, served by the receiver through a proxy that records every request. Real photos are
//! taken from `../shared/photos` where that folder is there; else the program's sample head serves.

#![cfg(not(target_family = "wasm"))]
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test reports by panicking, and says on the terminal what it skips"
)]

mod artefact;
mod clipped;
#[path = "../common/clipped_head.rs"]
#[allow(dead_code, reason = "the fingerprint is for other tests")]
mod clipped_head;
mod crash;
mod elements;
mod embedding;
mod faults;
mod files;
#[path = "../common/face.rs"]
#[allow(dead_code, reason = "the fingerprints are for other tests")]
mod found_face;
mod harness;
mod ideas;
mod look;
#[path = "../common/looked_at.rs"]
mod looked_at;
mod modes;
mod openings;
mod parsers;
mod pixels;
mod privacy;
mod receiver;
mod requests;
mod same;
mod sample;
mod sent;
mod sides;
mod site;
#[path = "../common/skip.rs"]
mod skip;
mod staff;
mod start;
mod traps;
mod visitor;
mod way;
mod windows;
