//! Work off the page's thread: growing the blue-noise tile, finding faces, clipping hair, composing pictures to save or send.
//!
//! The page and the worker run the same program. A job that the worker does not answer in time is tried in a new worker,
//! then on the page itself.

mod client;
mod clip;
mod compose;
mod faces;
mod job;
mod serve;

pub use client::WorkerClient;
pub use clip::{ClipAsk, ClipOutcome};
pub use job::{Job, JobError, Reply, Request};
pub use serve::serve;
