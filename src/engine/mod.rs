//! The pure half: everything that decides.
pub mod calibration;
pub mod catalog;
pub mod color;
pub mod design;
pub mod editor;
pub mod geometry;
