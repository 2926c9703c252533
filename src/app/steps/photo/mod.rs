//! The first step: a photo.

mod choosers;
mod crown;
mod idea;
mod opened;
mod panel;
mod photo_check;
mod sample_button;
mod tone_swatches;
mod wrong_side;

pub(in crate::app) use choosers::PhotoChoosers;
pub(in crate::app) use panel::PhotoPanel;
pub(in crate::app) use photo_check::PhotoCheck;
pub(in crate::app) use sample_button::SampleButton;
pub(in crate::app) use tone_swatches::ToneSwatches;

#[cfg(test)]
mod tests;
