//! What lies over the picture and is never exported: marks, line, handles, boundary, brush. As shapes on the screen, so that it
//! is known without a browser what is shown where.

mod canvas;
mod draw;
mod fill;
mod head;
mod line;
mod probe;
mod shape;
mod size;
mod special;

pub use draw::{Overlay, overlay};
pub use shape::{HandleForm, Label, Shape, number, spline_path};
