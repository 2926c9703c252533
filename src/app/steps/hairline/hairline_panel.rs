//! The panel of the step Hairline.

use super::guide_lines::GuideLines;
use super::height_readout::HeightReadout;
use super::landmarks::Landmarks;
use super::line_editing::LineEditing;
use super::shape_cards::ShapeCards;
use super::shape_sliders::ShapeSliders;
use super::temples::Temples;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::State;
use crate::app::steps::special::special_say;
use crate::app::steps::tool_choice::ToolChoice;
use crate::app::store::Store;
use crate::app::widgets::PanelHead;
use crate::engine::calibration::Side;
use crate::engine::editor::tools::{ToolGroup, ToolKind};
use crate::engine::i18n::Texts;
use yew::prelude::*;

/// What the panel is about.
#[derive(PartialEq)]
struct Model {
    tool: ToolKind,
    has_line: bool,
    is_front: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        Self {
            tool: state.editor.tools.line,
            has_line: state.view().hairline.is_some(),
            is_front: state.editor.document.side() == Side::Front,
        }
    }

    fn say(&self, texts: &Texts, store: &Store) -> String {
        match self.tool {
            ToolKind::Freehand => texts.line_say_draw.to_owned(),
            ToolKind::Temple => store.read(|state| special_say(texts, self.tool, state.parameters())),
            ToolKind::Landmarks => texts.landmarks_say.to_owned(),
            _ if self.has_line => texts.line_say.to_owned(),
            _ if !self.is_front => texts.line_say_side.to_owned(),
            _ => texts.line_say_none.to_owned(),
        }
    }
}

/// The panel of the step Hairline: the height, shapes, tools, and what can be done with the tool in hand.
#[component]
pub(in crate::app) fn HairlinePanel() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let model = use_selector(Model::of);
    let shapes = model.is_front.then(|| html! { <><ShapeCards /><ShapeSliders /></> });
    let of_tool = match model.tool {
        ToolKind::Temple => html! { <Temples /> },
        ToolKind::Landmarks => html! { <Landmarks /> },
        _ => html! { <LineEditing /> },
    };
    html! {
        <>
            <PanelHead title={texts.line_title}>{ model.say(texts, &store) }</PanelHead>
            <HeightReadout />
            { shapes }
            <ToolChoice group={ToolGroup::Line} name="line-tool" label={texts.line_tool} />
            { of_tool }
            <GuideLines />
        </>
    }
}
