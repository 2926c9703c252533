//! A picture that was asked for while hair is being clipped.

use crate::app::state::effect::PictureUse;

/// A picture that is saved once hair is clipped as far as it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingPicture {
    /// Which picture.
    pub picture: PictureUse,
    /// The digest of the photo that it is made of: it goes with that photo.
    pub photo: String,
}
