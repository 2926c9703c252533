//! A head with its own hair clipped: where hair is, what stands there without it, and its stubble.
//!
//! [`clip_hair`] does all of it. Light is linear, and only `+ - * /` and `sqrt` decide, so that every browser makes the same. Outside of the hair and its rim the
//! photo stays as it is, byte for byte.

mod arm;
mod blend;
mod cells;
mod cheapest_cut;
mod choice;
mod clip;
mod clipped_photo;
mod corrected;
#[cfg(test)]
mod drawn;
mod ear_tops;
mod ears;
mod error;
mod evenness;
mod extent;
mod first_sight;
mod glasses;
mod grain;
mod hair_mask;
mod head_edge;
mod layer;
mod left_hair;
mod look_model;
mod membrane;
mod own_hair;
mod patch;
mod patch_search;
mod patches;
mod ray;
mod refusal;
mod regions;
mod seen_hair;
mod shade;
mod shading;
mod sideburn_ends;
mod sight;
mod silhouette;
mod skin;
mod skin_seams;
mod skull_form;
mod soft_wall;
mod spreading;
mod strands;
mod wall;
mod wall_cells;
mod wall_pixels;
mod wall_seams;
mod zones;

pub use arm::Arm;
pub use clip::{ClippedHair, clip_found, clip_hair, find_hair};
pub use clipped_photo::ClippedPhoto;
pub use error::ClippedError;
pub use first_sight::clip_roughly;
pub use hair_mask::HairMask;
pub use own_hair::{OwnHair, find_own_hair};
pub use refusal::ClippedRefusal;
pub use sight::{ClippedInput, Detail};
