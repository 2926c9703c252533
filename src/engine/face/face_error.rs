//! Why no face is told of a photo.

use serde::{Deserialize, Serialize};
use std::error::Error;
use std::fmt::{self, Display, Formatter};

/// Why no face is told of a photo. In none of these cases would the points be right often enough to be proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaceError {
    /// There is none: the photo shows the back or the top of a head, or something else.
    NoFace,
    /// There are two or more that could be meant.
    TwoFaces,
    /// It has too few pixels.
    TooSmall,
    /// It lies on its side or stands on its head.
    NotUpright,
    /// It is turned to the side too far.
    TurnedAway,
    /// It is cut by the edge of the picture.
    CutOff,
    /// The nets do not agree where it is.
    Unsure,
}

impl Display for FaceError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoFace => "there is no face",
            Self::TwoFaces => "there is more than one face",
            Self::TooSmall => "the face is too small",
            Self::NotUpright => "the face is not upright",
            Self::TurnedAway => "the face is turned away",
            Self::CutOff => "the face is cut by the edge of the picture",
            Self::Unsure => "it is not sure where the face is",
        })
    }
}

impl Error for FaceError {}
