//! Serves the built hairline-designer, receives consultation requests, and shows them to the clinic's staff.
//!
//! It listens on this machine alone unless it is told otherwise, and leaves encryption to a proxy before it.
//! `docs/receiving.md` says how a clinic runs it.
//!
//! | module | what it owns |
//! | --- | --- |
//! | `options` | everything that can be set: file, environment, command line |
//! | `configuration` | what the server needs of the program's `hairline.config.json`, checked when it starts |
//! | `origin`, `address` | a web origin in the one spelling that browsers use; where a request came from |
//! | `policy` | the headers that every answer carries, and how long a file may be cached |
//! | `pages` | the files of the built program |
//! | `intake`, `parts`, `jpeg` | forms of pictures and JSON: from bytes on the wire to parts that are valid by themselves |
//! | `submission`, `document` | one consultation request: its parts, what it says, and what is valid |
//! | `version` | a design that the staff saved beside the visitor's |
//! | `receive`, `rate`, `answer` | `POST /requests`: from a form to an answer, and how much an address may send |
//! | `store` | database and files: all of a request or nothing, once per id |
//! | `staff`, `passwords` | the pages of the staff, and how they prove who they are |
//! | `notify`, `confirmation`, `tidy` | what goes on by itself: telling of requests, deleting what is kept no longer |
//! | `watch`, `metrics` | what a monitor sees |
//! | `command` | what is done once: accounts, checks, backups |
//! | `running` | starting and stopping |
//! | `clock`, `digest` | times and identifiers, digests and random tokens |
//!
//! Invariants: a request is stored completely or not at all; the same id is stored once, whatever is sent at the
//! same time; no file name comes from a client; a log line holds an id and byte counts, never what a visitor wrote;
//! nobody sees a request without a session, and nobody changes one without a token of that session.

mod address;
mod answer;
mod clock;
mod command;
mod configuration;
mod confirmation;
mod digest;
mod document;
mod intake;
mod jpeg;
mod metrics;
mod notify;
mod options;
mod origin;
mod pages;
mod parts;
mod passwords;
mod policy;
mod rate;
mod receive;
mod running;
mod staff;
mod store;
mod submission;
mod tidy;
mod version;
mod watch;

pub use command::{
    AccountRole, CommandError, add_account, add_first_owner, back_up, check, list_accounts, set_password,
};
pub use configuration::ConfigurationError;
pub use options::{BucketOptions, Encryption, Limits, LogFormat, MailOptions, Options, OptionsError, WebhookOptions};
pub use origin::OriginError;
pub use running::{Running, ServeError, Settings, serve};
pub use store::DatabaseError;
