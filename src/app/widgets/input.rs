//! The input in which an event happened.

use web_sys::{Event, HtmlInputElement};
use yew::TargetCast;

/// The input in which an event happened.
pub(super) fn input_of(event: &Event) -> Option<HtmlInputElement> {
    event.target_dyn_into()
}
