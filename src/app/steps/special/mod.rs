//! Scars, patches, part lines and temples: their tools, and what can be set of what the tools made.

mod band_width;
mod special_density;
mod special_panel;
mod special_say;

pub(super) use special_panel::SpecialPanel;
pub(super) use special_say::special_say;
