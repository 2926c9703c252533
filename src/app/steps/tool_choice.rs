//! A choice among tools.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{State, ToolAction};
use crate::app::widgets::Choice;
use crate::engine::editor::tools::{ToolGroup, ToolKind};
use crate::engine::i18n::tool_name;
use yew::prelude::*;

/// Properties of [`ToolChoice`].
#[derive(Properties, PartialEq)]
pub(super) struct ToolChoiceProps {
    /// Which tools.
    pub(super) group: ToolGroup,
    /// Name in markup, unique on the page.
    pub(super) name: &'static str,
    /// What is chosen.
    pub(super) label: AttrValue,
}

/// The tools of a group that can be used, and the one in hand.
fn offered(state: &State, group: ToolGroup) -> (Vec<ToolKind>, ToolKind) {
    (group.tools().filter(|tool| state.is_usable(*tool)).collect(), state.tool())
}

/// A choice among tools: those of a group, as far as they can be used.
#[component]
pub(super) fn ToolChoice(props: &ToolChoiceProps) -> Html {
    let (store, texts) = (use_store(), use_texts());
    let group = props.group;
    let picked = use_selector(move |state| offered(state, group));
    let (tools, in_hand) = &*picked;
    let on_choose = {
        let tools = tools.clone();
        Callback::from(move |index: usize| {
            if let Some(tool) = tools.get(index) {
                store.dispatch(ToolAction::Take(*tool));
            }
        })
    };
    html! {
        <Choice
            name={props.name}
            label={props.label.clone()}
            options={tools.iter().map(|tool| tool_name(texts, *tool).into()).collect::<Vec<AttrValue>>()}
            chosen={tools.iter().position(|tool| tool == in_hand)}
            {on_choose}
        />
    }
}
