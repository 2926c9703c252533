//! The size of the grids of numbers that a net computes.

/// Rows, columns and numbers at each place. The numbers of a tensor stand row by row, place by place, channel by channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Rows.
    pub height: usize,
    /// Columns.
    pub width: usize,
    /// Numbers at each place.
    pub channels: usize,
}

impl Shape {
    /// Places of the grid.
    #[must_use]
    pub const fn places(self) -> usize {
        self.height * self.width
    }

    /// Numbers in all.
    #[must_use]
    pub const fn len(self) -> usize {
        self.places() * self.channels
    }

    /// Whether it holds no number.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}
