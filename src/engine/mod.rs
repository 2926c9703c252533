//! The pure half: everything that decides.
pub mod calibration;
pub mod catalog;
pub mod color;
pub mod consult;
pub mod design;
pub mod dots;
pub mod editor;
pub mod export;
pub mod geometry;
pub mod i18n;
pub mod measure;
pub mod photo;
pub mod ports;
pub mod render;
pub mod sample;
