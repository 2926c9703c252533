//! From density to dots: seeded, ranked, each in its place for good.
//!
//! A [`BlueNoiseTile`] is an endless pattern of places in millimetres, each with a rank. A [`Field`] lays it over the head's surface
//! in a view, works out the density that the fill asks for at each place, and shows the dots whose rank lies below it.
//! Nothing ever moves a dot: painting, softness and sessions only let dots appear or vanish.
//!
//! Knows nothing of colour or pixels of a screen.

mod dot;
mod edge_distances;
mod field;
mod fill;
mod nearness;
mod random;
mod skin_chart;
mod stubble;
mod tile;

pub use dot::Dot;
pub use field::{Field, TreatedSkin};
pub use fill::{FillShape, Kind};
pub use stubble::Stubble;
pub use tile::{BlueNoiseTile, CARPET_DENSITY, CARPET_POINTS, CARPET_SIDE, Place};
