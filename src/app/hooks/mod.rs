//! Hooks that components share.

#[cfg(debug_assertions)]
mod render_counts;
mod use_element_size;
mod use_focus_requests;
mod use_object_url;
mod use_page_events;
mod use_selector;
mod use_services;
mod use_store;
mod use_thumbnail;
mod use_thumbnail_key;

#[cfg(debug_assertions)]
pub use render_counts::take_render_counts;
pub(super) use use_element_size::use_element_size;
pub(super) use use_focus_requests::use_focus_requests;
pub(super) use use_object_url::use_object_url;
pub(super) use use_page_events::use_page_events;
pub(super) use use_selector::use_selector;
pub(super) use use_services::use_services;
pub(super) use use_store::{use_store, use_texts};
pub(super) use use_thumbnail::use_thumbnail;
pub(super) use use_thumbnail_key::use_thumbnail_key;
