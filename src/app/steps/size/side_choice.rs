//! What the photo shows.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::ScaleAction;
use crate::app::widgets::Choice;
use crate::engine::calibration::Side;
use yew::prelude::*;

/// What the photo shows: one of the sides of the head.
#[component]
pub(crate) fn SideChoice() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let side = use_selector(|state| state.editor.document.side());
    let options = [texts.side_front, texts.side_top, texts.side_left, texts.side_right, texts.side_back];
    let on_choose = move |index: usize| {
        let camera = store.read(|state| state.editor.camera_distance());
        store.dispatch(ScaleAction::SetTaken(Side::ALL.get(index).copied().unwrap_or_default(), camera));
    };
    html! {
        <Choice
            name="side"
            label={texts.size_side}
            options={options.map(AttrValue::from).to_vec()}
            chosen={Side::ALL.iter().position(|each| *each == *side)}
            {on_choose}
        />
    }
}
