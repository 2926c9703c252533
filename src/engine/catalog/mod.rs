//! Constant tables with their sources: parameters of the head and of the treatment, shades, hairline shapes, what time does to
//! ink, and the pictures of the sample head.
//!
//! A parameter is one number with the range in which a clinic may set its own; nothing else in the program writes such a number
//! down. Sources are named by what they are; where nothing was measured the row says that it is our estimate.

mod parameters;
mod sample;
mod shades;
mod shapes;
mod stubble;
mod times;

pub use parameters::{PARAMETERS, Parameter, ParameterRow, Parameters};
pub use sample::{SAMPLE_TONES, SampleHead, SampleMarks, SampleTone};
pub use shades::{DEFAULT_SHADE, SHADES, Shade, shade, shade_key_or_default};
pub use shapes::{Measure, RulePoint, SHAPES, ShapeHeight, ShapeKind, ShapeParams, ShapeRule};
pub use stubble::{CLIPPED_LENGTH, HAIR_DENSITY, STUBBLE, STUBBLE_OF_BLACK, USUAL_STUBBLE, usual_stubble};
pub use times::{Ageing, LITTLE_SUN, MUCH_SUN, OILY_SKIN, SCAR_FADE, STAGES, Stage, TOUCH_UP_YEARS};
