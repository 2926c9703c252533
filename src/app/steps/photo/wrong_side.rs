//! A photo that lies on another side than the one it shows.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{PhotoAction, State};
use crate::app::widgets::{Button, Note};
use crate::engine::calibration::Side;
use crate::engine::i18n::{fill, side_name};
use yew::prelude::*;

/// The side on which the photo lies, and whether the front is free.
fn model(state: &State) -> Option<(Side, bool)> {
    let document = &state.editor.document;
    state.is_side_wrong().then(|| (document.side(), document.design().views.front.photo.is_none()))
}

/// Says that the photo shows the front, and offers to move it there where that is free.
#[component]
pub(super) fn WrongSide() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let Some((side, is_front_free)) = *use_selector(model) else { return html! {} };
    html! {
        <>
            <Note>{ fill(texts.frontal_say, &[("side", side_name(texts, side))]) }</Note>
            if is_front_free {
                <Button on_click={store.emit(PhotoAction::MoveTo(Side::Front))}>{ texts.frontal_move }</Button>
            }
        </>
    }
}
