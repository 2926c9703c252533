//! The state of the page and how it changes: plain values and pure functions, built and tested natively.
//!
//! An [`Action`] says what happened. [`reduce`] changes the [`State`] by it, brings everything up to date that is derived from
//! what changed, and returns the [`Effect`]s that it wants of the browser. `app::effects` carries them out and answers with
//! actions.
//!
//! | module | owns |
//! | --- | --- |
//! | `slices` | the parts of the state: values, and what can be said of each alone |
//! | `root` | all slices together |
//! | `action`, `effect` | what can happen, what is wanted of the browser |
//! | `reducers` | how each action changes the state, a file for each kind of action |
//! | `derived` | dots, figures, guides, remarks: each from its key |
//! | `handle_names` | what handles are called |
//! | `overlay` | handles, guides and labels over the picture, as shapes on the screen |

mod action;
mod derived;
mod effect;
pub mod figures;
#[cfg(test)]
pub(crate) mod fixture;
pub mod handle_names;
pub mod overlay;
mod pictures;
mod reducers;
mod root;
mod slices;
pub mod suggestion;
pub mod thumbnail;

pub use action::*;
pub use effect::{DeliveryNews, Dirty, Effect, PictureUse, SavedFile, SideRender, Timer};
pub use reducers::reduce;
pub use root::{Drafts, State};
pub use slices::{editor, memo, photos, preview, request, session, staff, step};
