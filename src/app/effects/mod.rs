//! Carries out what the state wants of the browser, and answers with actions.

mod drafts;
mod hair;
mod photos;
mod request;
mod run;
mod save;
mod services;
mod staff;
mod timers;

pub(super) use run::run;
pub(super) use services::Services;
