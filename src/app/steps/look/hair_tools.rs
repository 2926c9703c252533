//! Corrects where the visitor's own hair was found.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{FillAction, LookAction, State, ToolAction};
use crate::app::steps::tool_choice::ToolChoice;
use crate::app::widgets::{Button, Fold, LinkButton, Note, Slider};
use crate::engine::editor::tools::{BrushSettings, ToolGroup, ToolKind};
use crate::engine::geometry::Mm;
use crate::engine::i18n::{fill, fixed};
use yew::prelude::*;

/// Least and greatest diameter, mm.
const DIAMETER_MM: (f64, f64) = (2.0, 40.0);

/// What the panel is about.
#[derive(PartialEq)]
struct Model {
    brush: BrushSettings,
    is_in_hand: bool,
    has_strokes: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        Self {
            brush: state.editor.brush,
            is_in_hand: state.tool().row().group == Some(ToolGroup::Hair),
            has_strokes: !state.view().own_hair.is_empty(),
        }
    }
}

/// Brush and eraser for where the visitor's own hair was found.
#[component]
pub(super) fn HairTools() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let model = use_selector(Model::of);
    let brush = model.brush;
    let diameter = brush.radius.0 * 2.0;
    let on_size = store.callback(move |mm: f64| FillAction::SetBrush(BrushSettings { radius: Mm(mm / 2.0), ..brush }));
    let in_hand = model.is_in_hand.then(|| {
        html! {
            <>
                <Slider
                    id="hair-brush-size"
                    label={texts.brush_size}
                    words={fill(texts.brush_size_unit, &[("value", &fixed(diameter, 0))])}
                    range={DIAMETER_MM}
                    step=1.0
                    value={diameter}
                    on_input={on_size}
                />
                <Button on_click={store.emit(ToolAction::Take(ToolKind::View))}>{ texts.hair_tool_done }</Button>
            </>
        }
    });
    let reset = model.has_strokes.then(|| {
        html! { <LinkButton on_click={store.emit(LookAction::ClearHair)}>{ texts.hair_reset }</LinkButton> }
    });
    html! {
        <Fold summary={texts.hair_tools}>
            <div class="stack">
                <Note>{ texts.hair_tools_note }</Note>
                <ToolChoice group={ToolGroup::Hair} name="hair-tool" label={texts.hair_tools} />
                { in_hand }
                { reset }
            </div>
        </Fold>
    }
}
