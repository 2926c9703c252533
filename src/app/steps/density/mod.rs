//! The fourth step: fill and paint.

mod area_settings;
mod brush_panel;
mod density_panel;
mod fill_ways;
mod rear_slider;

pub(in crate::app) use density_panel::DensityPanel;
