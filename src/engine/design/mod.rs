//! The document: what the visitor decided, and nothing else.
//!
//! Everything in it is in photo pixels or millimetres; what belongs to the screen (view, tool, panel) is not in it. It is
//! changed only by the editor's commands. Its file format is in [`file`]; whatever comes from outside goes through
//! [`file::read`], which trusts nothing.

mod document;
pub mod file;
mod fill;
mod ground;
mod limits;
mod line;
mod look;
mod mean_light;
mod own_hair;
#[cfg(not(target_family = "wasm"))]
mod schema;
mod times;
mod variant;
mod variants;
mod version_1;

pub use crate::engine::calibration::{Head, Side};
pub(crate) use document::within_a_turn;
pub use document::{Design, PhotoRef, Probe, View, Views, photo_digest};
pub use fill::{AreaFill, Band, BandKind, FillOp, PaintKind, Patch, Stroke};
pub use limits::{DESIGN_LIMITS, DesignLimits};
pub use line::{Hairline, ON_LINE};
pub use look::{Appearance, Hair, Months, SkinKind, Sun};
pub use mean_light::{MeanDot, transmittance};
pub use own_hair::HairStroke;
#[cfg(not(target_family = "wasm"))]
pub use schema::schema;
pub use variant::{Drawing, Variant};
