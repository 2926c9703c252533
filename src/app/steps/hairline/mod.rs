//! The third step: the line.

mod guide_lines;
mod hairline_panel;
mod halves;
mod height_readout;
mod landmarks;
mod line_editing;
mod line_points;
mod shape_card;
mod shape_cards;
mod shape_sliders;
mod temples;

pub(in crate::app) use hairline_panel::HairlinePanel;
