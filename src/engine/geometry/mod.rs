//! Points, lengths and curves. Owns the three kinds of length and the shapes made of them; knows nothing of photos, heads
//! or dots.
//!
//! Everything that decides *where* a dot stands uses only `+ - * /` and `sqrt`, which IEEE 754 defines to the last bit, so
//! that a native build and every browser agree exactly.

mod angle;
mod curve;
mod median;
mod points;
mod polyline;
mod simplify;
mod units;

pub use angle::Angle;
pub use curve::{Spline, flatten_pieces, flatten_spline, spline_bezier};
pub use median::median;
pub use points::{PhotoPoint, PhotoRect, ScreenPoint, ScreenSize};
pub use polyline::{Polygon, Polyline, Projection};
pub use simplify::{few_handles, thin};
pub use units::{Mm, PhotoPx, PxPerMm, ScreenPx};
