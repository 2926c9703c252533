//! The pure half: everything that decides.
//!
//! Each module may use only those above it in this list:
//!
//! | module | what it owns |
//! | --- | --- |
//! | [`geometry`] | lengths, points, curves, regions |
//! | [`color`] | sRGB and linear light |
//! | [`photo`] | what a picked file is, from its bytes |
//! | [`face`] | where the face and the person are in a photo, found by nets |
//! | [`calibration`] | millimetres and photo pixels, with their error |
//! | [`catalog`] | parameters and shades with their sources |
//! | [`design`] | the document and its file |
//! | [`editor`] | the only place that changes a design |
//! | [`dots`] | density to dots |
//! | [`render`] | dots to pictures |
//! | [`clipped`] | the head with its own hair clipped |
//! | [`measure`] | heights, areas, counts, as ranges |
//! | [`export`] | what leaves as a file |
//! | [`ports`] | what is asked of the outside |
//! | [`consult`] | the consultation request |
//! | [`i18n`] | every visible word |

pub mod calibration;
pub mod catalog;
pub mod clipped;
pub mod color;
pub mod consult;
pub mod design;
pub mod dots;
pub mod editor;
pub mod export;
pub mod face;
pub mod geometry;
pub mod i18n;
pub mod measure;
pub mod photo;
pub mod ports;
pub mod render;
