//! Work off the page's thread: growing the blue-noise tile, composing pictures to save or send, finding faces, clipping hair.
//!
//! | jobs | who does them |
//! | --- | --- |
//! | [`PageJob`] | a worker with the page's own program, there from the start; then the page itself |
//! | [`HeadJob`] | a worker with the program `heads`, which is loaded with the first photo; nobody else |
//!
//! A worker says that it took a job, may say what is there before all of it is ([`Aside`]), and at the end what came of it, or that it
//! cannot be done. Pictures are handed over, not copied.
//!
//! A job that a worker does not answer in time is tried in a new one.

mod client;
mod clip;
mod compose;
mod faces;
mod head_job;
mod job;
mod page_job;
mod remote;
mod serve;

pub use client::WorkerClient;
pub use clip::{ClipAsk, ClipOutcome};
pub use head_job::HeadJob;
pub use job::{Aside, Job, JobError, Reply, Request, message};
pub use page_job::PageJob;
pub use serve::serve;
