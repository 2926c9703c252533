//! What a fill begins with.

use super::fill_ways::FillWays;
use crate::app::hooks::use_texts;
use crate::app::widgets::Note;
use yew::prelude::*;

/// Properties of [`FirstWays`].
#[derive(Properties, PartialEq)]
pub(super) struct FirstWaysProps {
    /// Whether there is a front line.
    pub(super) has_line: bool,
    /// Whether the photo shows the head from the front.
    pub(super) is_front: bool,
}

/// The ways to fill, and what they need.
#[component]
pub(super) fn FirstWays(props: &FirstWaysProps) -> Html {
    let texts = use_texts();
    let FirstWaysProps { has_line, is_front } = *props;
    let ways_note = if has_line { texts.density_ways_note } else { texts.density_ways_side };
    let ways_note = (has_line || !is_front).then(|| html! { <Note>{ ways_note }</Note> });
    html! {
        <div class="stack">
            <FillWays {has_line} {is_front} is_first=true />
            { ways_note }
        </div>
    }
}
