//! From dots to pictures: the ink of a dot, its coverage of pixels, and how it darkens the photo.
//!
//! A dot is never drawn as a shape. Each pixel is asked how much of the light a dot takes from it, integrated over the
//! pixel's square, so that the mean does not depend on the resolution and no dot is rounded up to a pixel.

mod ink;
mod raster;

pub use ink::Ink;
pub use raster::{PixelRect, Raster};
