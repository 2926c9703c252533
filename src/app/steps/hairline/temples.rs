//! Temples and sideburns.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{LineAction, State};
use crate::app::steps::special::SpecialPanel;
use crate::app::widgets::Button;
use crate::engine::calibration::Side;
use yew::prelude::*;

/// Whether peaks can be added at the temples: a photo of the face is shown.
fn can_add(state: &State) -> bool {
    state.editor.document.side() == Side::Front && state.has_open_photo()
}

/// Adds a peak at each temple, and sets those that are there.
#[component]
pub(super) fn Temples() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let add = use_selector(can_add)
        .then(|| html! { <Button on_click={store.emit(LineAction::AddTemplePeaks)}>{ texts.temple_add }</Button> });
    html! {
        <>
            { add }
            <SpecialPanel />
        </>
    }
}
