//! The scale in figures, and how sure it is.

use crate::app::hooks::{use_selector, use_texts};
use crate::app::state::State;
use crate::app::widgets::Note;
use crate::engine::calibration::{Reference, Scale};
use crate::engine::catalog::Parameter;
use crate::engine::i18n::{Texts, fill, fixed, range};
use yew::prelude::*;

/// What is said of the scale.
#[derive(PartialEq)]
struct Model {
    scale: Scale,
    /// Least and greatest distance of the pupils, where the scale follows from the average.
    pupils: Option<(f64, f64)>,
}

impl Model {
    fn of(state: &State) -> Option<Self> {
        let _ = state.photos.open.as_ref()?;
        let (view, parameters) = (state.view(), state.parameters());
        let is_average =
            view.calibration.is_some_and(|marks| matches!(marks.reference, Reference::AveragePupils { .. }));
        let bounds = (parameters.get(Parameter::PupilDistanceLeast), parameters.get(Parameter::PupilDistanceMost));
        Some(Self { scale: view.scale(parameters), pupils: is_average.then_some(bounds) })
    }
}

/// The scale in figures, and how sure it is; nothing without a photo.
#[component]
pub(crate) fn ScaleReadout() -> Html {
    let texts = use_texts();
    let model = use_selector(Model::of);
    let Some(Model { scale, pupils }) = &*model else { return html! {} };
    if scale.rough {
        return html! { <p class="readout rough">{ texts.size_rough }</p> };
    }
    let why = match pupils {
        Some((least, most)) => range(texts.size_why, *least, *most),
        None => texts.size_why_known.to_owned(),
    };
    html! {
        <div class="readout">
            <p>{ figures(texts, scale) }</p>
            <Note>{ why }</Note>
        </div>
    }
}

fn figures(texts: &Texts, scale: &Scale) -> String {
    let percent = |share: f64| fixed(share * 100.0, 0);
    let values = [
        ("scale", &*fixed(scale.px_per_mm.get(), 1)),
        ("least", &*percent(1.0 - scale.least)),
        ("most", &*percent(scale.most - 1.0)),
    ];
    fill(texts.size_scale, &values)
}
