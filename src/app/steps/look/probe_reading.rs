//! What to do to look at the visitor's own hair, and what was read of it.

use crate::app::hooks::{use_selector, use_texts};
use crate::app::state::State;
use crate::app::state::suggestion::suggestion;
use crate::app::widgets::Note;
use crate::engine::editor::Suggestion;
use crate::engine::editor::tools::ToolKind;
use crate::engine::i18n::{Texts, approx, fill, shade_name};
use yew::prelude::*;

/// What there is to say.
#[derive(PartialEq)]
struct Model {
    is_taken: bool,
    has_probe: bool,
    /// Whether the first of the two places is chosen.
    is_begun: bool,
    /// The share of the light that the hair takes, and what that says.
    suggestion: Option<(f64, Suggestion)>,
}

impl Model {
    fn of(state: &State) -> Self {
        Self {
            is_taken: state.editor.tools.look == ToolKind::Probe,
            has_probe: state.view().probe.is_some(),
            is_begun: state.editor.controller.pending_stubble.is_some(),
            suggestion: suggestion(state),
        }
    }

    /// What to do next.
    fn say(&self, texts: &Texts) -> &'static str {
        match (self.has_probe, self.is_begun) {
            (true, _) => texts.probe_say_done,
            (false, true) => texts.probe_say_second,
            (false, false) => texts.probe_say_first,
        }
    }
}

fn reading(texts: &Texts, (darkening, suggestion): (f64, Suggestion)) -> String {
    let percent = approx((darkening * 100.0).round());
    match suggestion {
        Suggestion::Hardly => texts.probe_hardly.to_owned(),
        Suggestion::Longer => fill(texts.probe_longer, &[("percent", &percent)]),
        Suggestion::Shade(shade) => {
            let name = shade_name(texts, shade.key).to_lowercase();
            fill(texts.probe_shade, &[("percent", &percent), ("shade", &name)])
        }
    }
}

/// What to do, and what was read. It is always there, so that a screen reader hears what comes into it.
#[component]
pub(super) fn ProbeReading() -> Html {
    let texts = use_texts();
    let model = use_selector(Model::of);
    let say = model.is_taken.then(|| html! { <Note>{ model.say(texts) }</Note> });
    let reading = model.suggestion.map(|suggestion| html! { <p>{ reading(texts, suggestion) }</p> });
    html! {
        <div class="stack" role="status">
            { say }
            { reading }
        </div>
    }
}
