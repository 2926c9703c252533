//! Which guides are shown on the face, and whether handles snap to them.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{LineAction, State};
use crate::app::widgets::{Checkbox, Fold, Note};
use crate::engine::calibration::{GUIDES, Guide, Side};
use crate::engine::i18n::guide_name;
use yew::prelude::*;

/// What is ticked.
#[derive(PartialEq)]
struct Model {
    shown: [bool; GUIDES.len()],
    is_snapping: bool,
}

impl Model {
    /// Nothing where no face is seen from the front.
    fn of(state: &State) -> Option<Self> {
        state.view().eyes().filter(|_| state.editor.document.side() == Side::Front)?;
        let aids = &state.editor.aids;
        Some(Self { shown: aids.shown, is_snapping: !aids.passes })
    }
}

/// Which guides are shown on the face, and whether handles snap to them.
#[component]
pub(super) fn GuideLines() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let picked = use_selector(Model::of);
    let Some(model) = &*picked else { return html! {} };
    let guide = |(place, (guide, is_shown)): (usize, (Guide, bool))| {
        let on_change = store.emit(LineAction::ToggleGuide(place));
        html! { <Checkbox key={place} label={guide_name(texts, guide)} checked={is_shown} {on_change} /> }
    };
    html! {
        <Fold summary={texts.guides}>
            <div>
                { for GUIDES.into_iter().zip(model.shown).enumerate().map(guide) }
                <Checkbox
                    label={texts.guides_snap}
                    checked={model.is_snapping}
                    on_change={store.callback(LineAction::SetSnapping)}
                />
            </div>
            <Note>{ texts.guides_note }</Note>
            <Note class="only-mouse">{ texts.guides_pass }</Note>
        </Fold>
    }
}
