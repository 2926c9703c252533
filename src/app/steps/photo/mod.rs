//! The first step: a photo.

mod choosers;
mod clipped_idea;
mod crown;
mod idea;
mod no_idea;
mod opened;
mod panel;
mod photo_check;
mod sample_button;
mod tone_swatches;
mod unseen_outline;

pub(in crate::app) use choosers::PhotoChoosers;
pub(in crate::app) use panel::PhotoPanel;
pub(in crate::app) use photo_check::PhotoCheck;
pub(in crate::app) use sample_button::SampleButton;
pub(in crate::app) use tone_swatches::ToneSwatches;
pub(in crate::app) use unseen_outline::UnseenOutline;

#[cfg(test)]
mod tests;
