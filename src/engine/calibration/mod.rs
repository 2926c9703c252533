//! Millimetres and photo pixels: how big the head is in the picture, and how wrong that may be.
//!
//! Owns the scale and its error, the frame of the face (midline, up, glabella), its landmarks and guides, and the curved
//! surface of the head. Does not know what a design is.

mod face;
mod found_head;
mod guides;
mod head;
mod landmarks;
mod placed_skull;
mod scale;
mod scalp_lines;
mod skin_frame;
mod skull;
mod surface;

pub use face::FaceFrame;
pub use found_head::SeenOutline;
pub use guides::{GUIDES, Guide, GuideLine};
pub use head::{HairOnTop, Head, HeadAxes, HeadParameters, Side};
pub use landmarks::{FaceFit, FaceParameters, Landmark, LandmarkInput, Landmarks};
pub use placed_skull::OutlineForm;
pub use scale::{CLOSEST_MARKS_PX, Calibration, CalibrationError, DISTANCES_MM, Estimate, Reference, Scale};
pub use scalp_lines::scalp_lines;
pub use skin_frame::SkinFrame;
pub use surface::{ChartSample, Surface};
