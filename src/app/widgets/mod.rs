//! Parts of the page that know nothing of hairlines: each a component with its properties on top.

mod button;
mod checkbox;
mod choice;
mod dialog;
mod file_button;
mod fold;
#[cfg(debug_assertions)]
mod gallery;
mod icon;
mod note;
mod notice;
mod pairs;
mod panel_head;
mod slider;

pub(super) use button::{Button, IconButton, LinkButton};
pub(super) use checkbox::Checkbox;
pub(super) use choice::Choice;
pub(super) use dialog::Dialog;
pub(super) use file_button::FileButton;
pub(super) use fold::Fold;
#[cfg(debug_assertions)]
pub(super) use gallery::{Gallery, is_gallery_asked_for};
pub(super) use icon::Icon;
pub(super) use note::Note;
pub(super) use notice::NoticeBar;
pub(super) use pairs::Pairs;
pub(super) use panel_head::PanelHead;
pub(super) use slider::Slider;

/// What a slider, a choice or a field was set to, out of an input's event.
mod input;

#[cfg(test)]
mod tests;
