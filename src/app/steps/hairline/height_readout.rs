//! The height of the line, as large as it matters.

use crate::app::hooks::{use_selector, use_texts};
use crate::app::state::State;
use crate::app::widgets::Note;
use crate::engine::i18n::{fill, fixed, range};
use crate::engine::measure::{LineHeight, line_height};
use yew::prelude::*;

/// The height of the line; no height where there is a line and no face, and nothing without a line.
fn height(state: &State) -> Option<Option<LineHeight>> {
    let view = state.view();
    view.hairline.is_some().then(|| line_height(view, state.parameters()))
}

/// The height of the line in millimetres, with its range.
#[component]
pub(super) fn HeightReadout() -> Html {
    let texts = use_texts();
    let picked = use_selector(height);
    let height = match *picked {
        None => return html! {},
        Some(None) => return html! { <p class="readout rough">{ texts.line_height_none }</p> },
        Some(Some(height)) => height,
    };
    let along = height.along_skin_mm;
    html! {
        <div class="readout" id="line-height" data-flat={fixed(height.in_picture_mm.value, 2)}>
            <p class="readout-label">{ texts.line_height }</p>
            <p class="readout-value">{ fill(texts.line_height_value, &[("along", &fixed(along.value, 0))]) }</p>
            <Note>{ range(texts.line_height_range, along.least, along.most) }</Note>
        </div>
    }
}
