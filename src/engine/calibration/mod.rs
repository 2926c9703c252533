//! Millimetres and photo pixels: how big the head is in the picture, and how wrong that may be.
//!
//! Owns the scale and its error, and the frame of the face (midline, up, glabella). Does not know what a design is.

mod face;
mod scale;

pub use face::FaceFrame;
pub use scale::{Calibration, CalibrationError, Estimate, Reference, Scale};
