//! Millimetres and photo pixels: how big the head is in the picture, and how wrong that may be.
//!
//! Owns the scale and its error, the frame of the face (midline, up, glabella), and the curved surface of the head. Does
//! not know what a design is.

mod face;
mod head;
mod scale;
mod surface;

pub use face::FaceFrame;
pub use head::{BREADTH_OVER_LENGTH, HEIGHT_OVER_LENGTH, Head, HeadNorms, Side};
pub use scale::{Calibration, CalibrationError, Estimate, Reference, Scale};
pub use surface::{Spot, Surface};
