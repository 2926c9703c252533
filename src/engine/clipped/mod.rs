//! The photo with the visitor's own hair cut short: skin and background where hair was.
//!
//! It owns where hair is ([`HairMask`]) and what stands there once it is clipped ([`ClippedPhoto`]), without the stubble. Light is
//! linear; only `+ - * /` and `sqrt` decide, so that every machine makes the same bytes. Outside of the mask and its rim the photo
//! stays as it is, byte for byte.

mod blend;
mod clipped_photo;
mod error;
mod grain;
mod hair_mask;
mod layer;
mod membrane;
mod shading;
mod sight;
mod silhouette;
mod skin;
mod wall;

pub use clipped_photo::ClippedPhoto;
pub use error::ClippedError;
pub use hair_mask::HairMask;
pub use sight::ClippedInput;
