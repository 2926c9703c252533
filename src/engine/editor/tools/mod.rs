//! What the hand does on the picture. A tool is a small state chart: it comes into being when the pointer goes down, moves,
//! and leaves by `complete` or `cancel`.
//!
//! To add one: write `tools/<tool>.rs`, and give it a variant of [`ToolKind`], a row of [`TOOLS`] and its texts.

mod area;
mod band;
mod brush;
mod controller;
mod drag;
mod drawing;
mod freehand;
mod gesture;
#[cfg(test)]
mod gestures;
#[cfg(test)]
mod gestures_area;
mod head;
mod kind;
mod landmarks;
mod lasso;
mod line;
mod marks;
mod part_line;
mod probe;
mod scar;
mod settings;
mod snap;
mod table;
mod temple;
mod view;

pub use controller::ToolController;
pub use kind::ToolKind;
pub use settings::{BrushSettings, ToolSettings};
pub use snap::Snap;
pub use table::{Mirrors, TOOLS, ToolCursor, ToolGroup, ToolInput, ToolRow, ToolStep};
