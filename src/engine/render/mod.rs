//! From dots to pictures: the ink of a dot, what it leaves of each pixel's light, and how that darkens the photo.
//!
//! Ink is an absorber in skin: optical densities add, and light is what is left of light. A dot is never drawn as a shape.
//! Each pixel is asked how much of the light a dot takes from it, integrated over the pixel's square, so that the mean does
//! not depend on the resolution and no dot is rounded up to a pixel. What is mirrored by the skin's surface has not been
//! through the ink and is kept.

mod bytes;
mod footprint;
mod halo;
mod ink;
mod pixel_rect;
mod raster;
mod specular_map;

pub use ink::Ink;
pub use pixel_rect::PixelRect;
pub use raster::Raster;
pub use specular_map::SpecularMap;
