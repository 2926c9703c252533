//! The document: what the visitor decided, and nothing else.
//!
//! Everything in it is in photo pixels or millimetres; what belongs to the screen (view, tool, panel) is not in it. It is
//! changed only by the editor's commands. Its file format is in [`file`]; whatever comes from outside goes through
//! [`file::read`], which trusts nothing.

mod document;
pub mod file;
mod limits;

pub use document::{
    Age, Design, FillOp, FillToHere, Hairline, Look, PaintKind, PhotoRef, Stroke, View, Views, photo_digest,
};
pub use limits::{DESIGN_LIMITS, DesignLimits};
