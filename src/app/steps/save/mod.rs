//! The last step: save or send.

mod chosen_variant;
mod design_files;
mod panel;
mod pictures;
mod version_form;

pub(in crate::app) use panel::SavePanel;

#[cfg(test)]
mod tests;
