//! How near the edges of a fill are to a block of places.

/// A block's places under edges that are so soft.
pub(super) struct Patch<'a> {
    pub(super) line: Nearness<'a>,
    pub(super) temples: Nearness<'a>,
    pub(super) boundary: Nearness<'a>,
    pub(super) area: Inside<'a>,
}

/// How near an edge is to a block: signed distances behind it along the skin, mm.
pub(super) enum Nearness<'a> {
    /// So far that all places are as the block's middle.
    Far(f64),
    /// Of each place.
    Near(&'a [f64]),
}

/// How a block lies to the area.
pub(super) enum Inside<'a> {
    /// All of it is inside, or all outside.
    Whole(bool),
    /// An edge may cross it: whether each place lies in the outline.
    Crossed(&'a [bool]),
}

impl Nearness<'_> {
    /// That of a place, by its number in the block.
    pub(super) fn of(&self, place: usize) -> f64 {
        match self {
            Self::Far(distance) => *distance,
            Self::Near(distances) => distances.get(place).copied().unwrap_or(f64::INFINITY),
        }
    }
}

impl Inside<'_> {
    /// Whether a place of the outline is inside: where an edge may cross the block, only if it is behind the line, too.
    pub(super) fn contains(&self, place: usize, is_behind: impl FnOnce() -> bool) -> bool {
        match self {
            Self::Whole(inside) => *inside,
            Self::Crossed(inside) => inside.get(place).copied().unwrap_or(false) && is_behind(),
        }
    }
}
