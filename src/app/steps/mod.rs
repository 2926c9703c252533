//! The steps of the way from a photo to a request: each with its panel and the parts that only it uses.

mod density;
mod density_slider;
mod design_button;
mod hairline;
mod look;
pub(super) mod photo;
mod point_pad;
mod request;
mod save;
mod size;
mod special;
mod tool_choice;

pub(super) use density::DensityPanel;
pub(super) use hairline::HairlinePanel;
pub(super) use look::{LookPanel, VariantChoice};
pub(super) use photo::PhotoPanel;
pub(super) use save::SavePanel;
pub(super) use size::SizePanel;

#[cfg(test)]
mod tests;
