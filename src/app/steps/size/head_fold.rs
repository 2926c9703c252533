//! The fold with the tool that fits the skull's outline.

use super::head_controls::HeadControls;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::ToolAction;
use crate::engine::editor::tools::ToolKind;
use yew::prelude::*;

/// The fold with the outline's tool: while it is open, the outline is in hand.
#[component]
pub(crate) fn HeadFold() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let is_fitting = *use_selector(|state| state.editor.tools.size == ToolKind::Head);
    let onclick = move |event: MouseEvent| {
        // Whether the fold is open follows from the tool, not the other way round.
        event.prevent_default();
        store.dispatch(ToolAction::Take(if is_fitting { ToolKind::Marks } else { ToolKind::Head }));
    };
    html! {
        <details class="more" open={is_fitting}>
            <summary {onclick}>{ texts.head_fit }</summary>
            if is_fitting {
                <HeadControls />
            }
        </details>
    }
}
