//! The second step: how big the head is, and how it stands in the picture.

mod camera_choice;
mod distance_field;
mod head_controls;
mod head_fold;
mod level_button;
mod marks;
mod measure_choice;
mod panel;
mod scale_readout;
mod side_choice;

pub(in crate::app) use panel::SizePanel;

#[cfg(test)]
mod tests;
