//! The slices of the state: plain values, each with what can be said of it alone.

pub mod editor;
pub mod memo;
pub mod photos;
pub mod preview;
pub mod request;
pub mod session;
pub mod staff;
pub mod step;
pub(super) mod waiting_picture;
