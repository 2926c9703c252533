//! Why hair cannot be replaced.

use std::fmt;

/// Why hair cannot be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClippedError {
    /// There is no hair in the mask.
    NoHair,
    /// Too little bare skin is seen to be continued.
    NoSkin,
    /// The outline of the head is none.
    NoOutline,
    /// Hair stands out over the head, and no background is seen beside it.
    NoWall,
    /// Hair stands out over the head, and what is behind it goes on by no rule by which it could be continued.
    BusyWall,
}

impl fmt::Display for ClippedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoHair => "no hair is marked",
            Self::NoSkin => "too little bare skin is seen",
            Self::NoOutline => "the head has no outline",
            Self::NoWall => "no background is seen beside the hair",
            Self::BusyWall => "the background beside the hair is too uneven",
        })
    }
}

impl std::error::Error for ClippedError {}
