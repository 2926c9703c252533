//! What the marks are set on.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::editor::MeasureBy;
use crate::app::state::{ScaleAction, State};
use crate::app::widgets::{Choice, Note};
use crate::engine::calibration::Side;
use yew::prelude::*;

/// What there is to choose, as it stands in the row.
const CHOICES: [MeasureBy; 2] = [MeasureBy::Eyes, MeasureBy::Length];

fn model(state: &State) -> (Side, MeasureBy) {
    (state.editor.document.side(), state.editor.measure_by())
}

/// What the marks are set on. Only the front shows eyes: elsewhere there is nothing to choose.
#[component]
pub(crate) fn MeasureChoice() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let update = use_force_update();
    let (side, by) = *use_selector(model);
    if side != Side::Front {
        return html! { <Note>{ texts.size_side_note }</Note> };
    }
    let on_choose = move |index: usize| {
        if let Some(by) = CHOICES.get(index) {
            store.dispatch(ScaleAction::MeasureBy(*by));
            // Where that was refused, the row shows again what is in force.
            update.force_update();
        }
    };
    html! {
        <Choice
            name="measure-by"
            label={texts.size_by}
            options={vec![texts.size_by_eyes.into(), texts.size_by_card.into()]}
            chosen={CHOICES.iter().position(|choice| *choice == by)}
            {on_choose}
        />
    }
}
