//! The last step: save or send.

mod chosen_variant;
mod design_files;
mod panel;
mod pictures;

pub(in crate::app) use panel::SavePanel;

#[cfg(test)]
mod tests;
