//! The stage: the picture, what lies on it, and what pointers and keys do there.
//!
//! A pointer's event goes from [`input`] to the store; what it changes is painted by [`renderer`] in the next frame, past the
//! components. Only [`overlay`] is rendered on the way: handles, the line, the ring of the brush.

mod busy;
mod compare_labels;
mod example;
mod frame;
mod input;
mod loupe;
mod overlay;
mod painter;
pub(super) mod pictures;
pub(super) mod renderer;
mod scene;
mod sides;
mod status;
mod surface;
pub(super) mod thumbnails;
mod toolbar;
mod welcome;

pub(super) use frame::Stage;

#[cfg(test)]
mod tests;
