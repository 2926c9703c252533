//! Millimetres and photo pixels: how big the head is in the picture, and how wrong that may be.
//!
//! Owns the scale and its error, the frame of the face (midline, up, glabella), its landmarks and guides, and the curved
//! surface of the head. Does not know what a design is.

mod face;
mod guides;
mod head;
mod landmarks;
mod scale;
mod scalp_lines;
mod skin_frame;
mod surface;

pub use face::FaceFrame;
pub use guides::{GUIDES, Guide, GuideLine};
pub use head::{BREADTH_OVER_LENGTH, HEIGHT_OVER_LENGTH, Head, HeadParameters, Side};
pub use landmarks::{FaceFit, FaceParameters, Landmark, LandmarkInput, Landmarks};
pub use scale::{CLOSEST_MARKS_PX, Calibration, CalibrationError, DISTANCES_MM, Estimate, Reference, Scale};
pub use scalp_lines::scalp_lines;
pub use skin_frame::SkinFrame;
pub use surface::{ChartSample, Surface};
