//! The distance between the marks.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::editor::MeasureBy;
use crate::app::state::{ScaleAction, State};
use crate::app::widgets::{LinkButton, Note};
use crate::engine::calibration::Reference;
use crate::engine::catalog::Parameter;
use crate::engine::i18n::{fill, fixed, plain};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the field shows.
#[derive(PartialEq)]
struct Model {
    reference: Reference,
    measure_by: MeasureBy,
    average_mm: f64,
}

impl Model {
    fn of(state: &State) -> Option<Self> {
        let reference = state.view().calibration?.reference;
        let average_mm = state.parameters().get(Parameter::PupilDistance);
        Some(Self { reference, measure_by: state.editor.measure_by(), average_mm })
    }
}

/// The distance between the marks; nothing where none are set.
#[component]
pub(crate) fn DistanceField() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let update = use_force_update();
    let model = use_selector(Model::of);
    let Some(model) = &*model else { return html! {} };
    let average = fixed(model.average_mm, 0);
    let is_typed = !matches!(model.reference, Reference::AveragePupils { .. });
    let value = if is_typed { plain(model.reference.distance().0) } else { String::new() };
    let is_by_eyes = model.measure_by == MeasureBy::Eyes;
    let (label, remark) = if is_by_eyes {
        (texts.size_pd, fill(texts.size_pd_note, &[("mm", &average)]))
    } else {
        (texts.size_length, texts.size_length_note.to_owned())
    };
    let on_average = store.emit(ScaleAction::SetDistance(None));
    let onchange = move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        store.dispatch(ScaleAction::SetDistance(millimetres(&input.value())));
        // What cannot be used gives way to what is in force.
        update.force_update();
    };
    html! {
        <div class="field">
            <label for="distance">{ label }</label>
            <input
                id="distance"
                type="text"
                inputmode="decimal"
                {value}
                placeholder={average}
                aria-describedby="distance-note"
                autocomplete="off"
                {onchange}
            />
            <Note id="distance-note">{ remark }</Note>
            if is_by_eyes && is_typed {
                <LinkButton on_click={on_average}>{ texts.size_pd_average }</LinkButton>
            }
        </div>
    }
}

/// What was typed, with a comma or a point.
fn millimetres(typed: &str) -> Option<f64> {
    Some(js_sys::Number::parse_float(&typed.replace(',', "."))).filter(|mm| mm.is_finite())
}
