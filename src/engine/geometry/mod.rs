//! Points, lengths and curves. Owns the three kinds of length and the shapes made of them; knows nothing of photos, heads
//! or dots.
//!
//! Everything that decides *where* a dot stands uses only `+ - * /` and `sqrt`, which IEEE 754 defines to the last bit, so
//! that a native build and every browser agree exactly. Of kurbo, which keeps points, rectangles and Béziers, only what needs
//! no more is used for that: its curve fitting, its flattening and its arc lengths ask for powers, sines or arcs.

mod angle;
mod curve;
mod median;
mod points;
mod polyline;
mod simplify;
mod units;

pub use angle::Angle;
pub use curve::{PhotoCubic, Spline, flatten_pieces, flatten_spline, spline_bezier};
pub use median::{median, quantile};
pub use points::{PhotoPoint, PhotoRect, ScreenPoint, ScreenSize};
pub use polyline::{Polygon, Polyline, Projection};
pub use simplify::{decimate, fit_handles};
pub use units::{Mm, PhotoPx, PxPerMm, ScreenPx};
