//! One's own hair in a photo: where it is, and the head without it.
//!
//! Owns what is told from the pixels of an analysis image: which places are hair of the head, and where the head would end if
//! that were clipped. Draws nothing and changes no design. Only `+ - * /` and `sqrt` decide, so that every browser finds the same.

mod cells;
#[cfg(test)]
mod drawn;
mod extent;
mod hair_mask;
mod head_edge;
mod look_model;
mod own_hair;
mod refusal;
mod regions;
mod seen_hair;
mod spreading;
mod zones;

pub use hair_mask::HairMask;
pub use own_hair::{OwnHair, find_own_hair};
pub use refusal::ClippedRefusal;
