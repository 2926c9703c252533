//! Serves the built hairline-designer and keeps consultation requests in a folder.
//!
//! It is there for trying: on the maker's machine, in end-to-end tests (several at once, each on a port that the
//! system chooses), and as the reference of what a clinic's own receiver has to do. It has no password, no
//! encryption and no limit on how many people knock, so it listens on this machine alone unless it is told
//! otherwise.
//!
//! | module | what it owns |
//! | --- | --- |
//! | `configuration` | what the server needs of `hairline.config.json`, checked when it starts |
//! | `origin` | a web origin in the one spelling that browsers use |
//! | `policy` | the headers that every answer carries, and how long a file may be cached |
//! | `pages` | the files of the built program |
//! | `submission` | one consultation request: its parts and what is valid |
//! | `receive` | `POST /requests`: from bytes on the wire to an answer |
//! | `store` | the folder of requests: all of a request or nothing, once per id |
//! | `running` | starting and stopping |
//!
//! Invariants: a request is stored completely or not at all; the same id is stored once, whatever is sent at the
//! same time; no file name comes from a client; a log line holds an id and byte counts, never what a visitor wrote.
//!
//! axum and tower-http are used because file serving (conditional requests, ranges, negotiation of compressed
//! files) and multipart parsing are easy to get subtly wrong, and both are well kept.

mod address;
mod clock;
mod command;
mod configuration;
mod digest;
mod document;
mod jpeg;
mod metrics;
mod options;
mod origin;
mod pages;
mod passwords;
mod policy;
mod rate;
mod receive;
mod running;
mod staff;
mod store;
mod submission;
mod watch;

pub use command::{
    AccountRole, CommandError, add_account, add_first_owner, back_up, check, list_accounts, set_password,
};
pub use configuration::ConfigurationError;
pub use options::{BucketOptions, Encryption, Limits, LogFormat, MailOptions, Options, OptionsError, WebhookOptions};
pub use origin::OriginError;
pub use running::{Running, ServeError, Settings, serve};
pub use store::DatabaseError;
