//! What can be set of the brush and the eraser.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::FillAction;
use crate::app::steps::density_slider::DensitySlider;
use crate::app::widgets::{Checkbox, Note, Slider};
use crate::engine::editor::tools::{BrushSettings, ToolKind};
use crate::engine::geometry::Mm;
use crate::engine::i18n::{fill, fixed};
use yew::prelude::*;

/// Least and greatest diameter, mm.
const DIAMETER_MM: (f64, f64) = (2.0, 60.0);

/// What can be set of the brush and the eraser.
#[component]
pub(super) fn BrushPanel() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let picked = use_selector(|state| (state.editor.brush, state.editor.tools.density == ToolKind::Brush));
    let (brush, is_brush) = *picked;
    let diameter = brush.radius.0 * 2.0;
    let percent = brush.softness * 100.0;
    let on_density = store.callback(move |density| FillAction::SetBrush(BrushSettings { density, ..brush }));
    let on_size = store.callback(move |mm: f64| FillAction::SetBrush(BrushSettings { radius: Mm(mm / 2.0), ..brush }));
    let on_softness =
        store.callback(move |percent: f64| FillAction::SetBrush(BrushSettings { softness: percent / 100.0, ..brush }));
    let on_behind = store.callback(move |behind_line| FillAction::SetBrush(BrushSettings { behind_line, ..brush }));
    let density = is_brush.then(|| {
        html! {
            <DensitySlider
                id="brush-density"
                label={texts.brush_value}
                density={brush.density}
                on_input={on_density}
            />
        }
    });
    html! {
        <>
            <Note>{ texts.brush_help }</Note>
            { density }
            <Slider
                id="brush-size"
                label={texts.brush_size}
                words={fill(texts.brush_size_unit, &[("value", &fixed(diameter, 0))])}
                range={DIAMETER_MM}
                step=1.0
                value={diameter}
                on_input={on_size}
            />
            <Slider
                id="brush-softness"
                label={texts.brush_softness}
                words={fixed(percent, 0) + " %"}
                range={(0.0, 100.0)}
                step=5.0
                value={percent}
                on_input={on_softness}
            />
            <Checkbox label={texts.brush_behind} checked={brush.behind_line} on_change={on_behind} />
        </>
    }
}
