//! What the reader of each kind of file finds: the picture's size, or what is wrong.

/// A picture's coded size in pixels. Both sides are at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Extent {
    /// The size, unless a side is 0, which no container allows.
    pub(super) fn new(width: u32, height: u32) -> Result<Self, Flaw> {
        if width == 0 || height == 0 { Err(Flaw::Broken) } else { Ok(Self { width, height }) }
    }

    pub(super) fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// What is wrong with a file whose kind is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// It contradicts itself or the rules of its kind.
    Broken,
    /// Bytes that it promises are not there.
    Incomplete,
}
