//! How each action changes the state. A file for each kind of action; `command`, `unrecorded`, `head`, `navigation`,
//! `opening` and `viewport` are what several of them share.

mod command;
mod draft;
mod fill;
mod first_idea;
mod head;
mod keys;
mod line;
mod look;
mod navigation;
mod opening;
mod photo;
mod pointer;
mod preview;
mod reduce;
mod request;
mod save;
mod scale;
mod session;
mod staff;
mod stage;
mod tool;
mod unrecorded;
mod variant;
mod viewport;

pub use reduce::reduce;
