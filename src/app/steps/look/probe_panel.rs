//! The visitor's own shaved hair as a measure of the shade.

use super::probe_reading::ProbeReading;
use super::use_look::use_look;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::handle_names::handle_name;
use crate::app::state::suggestion::suggestion;
use crate::app::state::{LookAction, State, ToolAction};
use crate::app::steps::point_pad::PointPad;
use crate::app::widgets::{Button, LinkButton};
use crate::engine::design::Appearance;
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Handle, Suggestion};
use yew::prelude::*;

/// What the panel is about.
#[derive(PartialEq)]
struct Model {
    is_taken: bool,
    has_probe: bool,
    /// The key of the suggested shade.
    shade: Option<&'static str>,
}

impl Model {
    /// Nothing where the photo's pixels cannot be read.
    fn of(state: &State) -> Option<Self> {
        let is_readable = state.has_open_photo() && state.session.capabilities.reads_back;
        is_readable.then(|| Self {
            is_taken: state.editor.tools.look == ToolKind::Probe,
            has_probe: state.view().probe.is_some(),
            shade: match suggestion(state) {
                Some((_, Suggestion::Shade(shade))) => Some(shade.key),
                _ => None,
            },
        })
    }
}

/// The shade suggested from the visitor's own shaved hair, and the places where it is looked at.
#[component]
pub(super) fn ProbePanel() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let look = use_look();
    let picked = use_selector(Model::of);
    let Some(Model { is_taken, has_probe, shade }) = *picked else { return html! {} };
    let other_tool = if is_taken { ToolKind::View } else { ToolKind::Probe };
    let take = shade.map(|shade| {
        // The button stays when it was pressed: it has the keyboard's focus.
        let is_done = look.shade == shade;
        let look = Appearance { shade: shade.to_owned(), ..look.clone() };
        let on_click = store.emit(LookAction::TakeSuggestion(look));
        html! { <Button is_done={is_done} {on_click}>{ texts.probe_take }</Button> }
    });
    let places = (is_taken && has_probe).then(|| {
        let name = |handle| (handle, store.read(|state| handle_name(state, handle)));
        html! {
            <>
                <PointPad choices={[Handle::Stubble, Handle::Skin].map(name).to_vec()} />
                <LinkButton on_click={store.emit(LookAction::RemoveProbe)}>{ texts.probe_remove }</LinkButton>
            </>
        }
    });
    html! {
        <div class="stack">
            <Button
                class={classes!(is_taken.then_some("pressed"))}
                pressed={is_taken}
                on_click={store.emit(ToolAction::Take(other_tool))}
            >
                { texts.probe_match }
            </Button>
            <ProbeReading />
            { take }
            { places }
        </div>
    }
}
