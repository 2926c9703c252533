//! The panel of the step Density.

use super::area_settings::AreaSettings;
use super::brush_panel::BrushPanel;
use super::fill_ways::FillWays;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{FillAction, State};
use crate::app::steps::special::{SpecialPanel, special_say};
use crate::app::steps::tool_choice::ToolChoice;
use crate::app::store::Store;
use crate::app::widgets::{LinkButton, Note, PanelHead};
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
    is_empty: bool,
    has_area: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        let view = state.view();
        Self {
            tool: state.editor.tools.density,
            has_line: view.hairline.is_some(),
            is_front: state.editor.document.side() == Side::Front,
            is_empty: view.fill.is_empty(),
            has_area: view.area_fill().is_some(),
        }
    }

    /// Whether the ways to fill are what the visitor needs first.
    fn begins(&self) -> bool {
        self.is_empty || self.tool == ToolKind::Area && !self.has_area
    }

    fn is_special(&self) -> bool {
        self.tool.row().group == Some(ToolGroup::Special)
    }

    fn say(&self, texts: &Texts, store: &Store) -> String {
        match (self.has_line, self.is_front) {
            _ if self.is_special() => store.read(|state| special_say(texts, self.tool, state.parameters())),
            (true, _) => texts.density_say.to_owned(),
            (false, true) => texts.density_no_line.to_owned(),
            (false, false) => texts.density_side_say.to_owned(),
        }
    }

    /// The ways to fill, and what they need.
    fn first_ways(&self, texts: &Texts) -> Html {
        let Self { has_line, is_front, .. } = *self;
        let note = if has_line { texts.density_ways_note } else { texts.density_ways_side };
        html! {
            <div class="stack">
                <FillWays {has_line} {is_front} is_first=true />
                if has_line || !is_front {
                    <Note>{ note }</Note>
                }
            </div>
        }
    }

    fn settings(&self) -> Html {
        match self.tool {
            ToolKind::Area => html! { <AreaSettings /> },
            _ if self.is_special() => html! { <SpecialPanel /> },
            _ => html! { <BrushPanel /> },
        }
    }
}

/// The panel of the step Density: ways to fill, tools to paint, and what can be set of both.
#[component]
pub(in crate::app) fn DensityPanel() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let model = use_selector(Model::of);
    let ways = model.begins().then(|| model.first_ways(texts));
    let clear = (!model.is_empty)
        .then(|| html! { <LinkButton on_click={store.emit(FillAction::Clear)}>{ texts.density_clear }</LinkButton> });
    html! {
        <>
            <PanelHead title={texts.density_title}>{ model.say(texts, &store) }</PanelHead>
            { ways }
            <ToolChoice group={ToolGroup::Paint} name="density-tool" label={texts.density_tool} />
            <ToolChoice group={ToolGroup::Special} name="special-tool" label={texts.special} />
            { model.settings() }
            { clear }
        </>
    }
}
