//! The fifth step: how it looks.

mod ageing;
mod compare_slider;
mod compared_with;
mod edge_softness;
mod fading;
mod figures;
mod hair_tools;
mod look_panel;
mod more_look;
mod own_hair;
mod percent_slider;
mod probe_panel;
mod probe_reading;
mod session_choice;
mod shade_choice;
mod stage_picture;
mod stage_strip;
mod use_look;
mod variant_card;
mod variant_cards;
mod variant_choice;
mod variant_names;
mod variant_settings;
mod variants;

pub(in crate::app) use compare_slider::CompareSlider;
pub(in crate::app) use look_panel::LookPanel;
pub(in crate::app) use variant_choice::VariantChoice;
pub(in crate::app) use variants::Variants;
