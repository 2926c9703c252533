//! The skin's tone, chosen from the swatches of the Monk scale.

use crate::app::hooks::{use_store, use_texts};
use crate::app::state::RequestAction;
use crate::engine::consult::{DetailChoice, MONK_TONES};
use crate::engine::i18n::fill;
use yew::prelude::*;

/// Properties of [`SkinToneChoice`].
#[derive(Properties, PartialEq)]
pub(crate) struct SkinToneChoiceProps {
    /// The place of the chosen one.
    pub(crate) chosen: Option<usize>,
}

/// The skin's tone: one of ten, or none by a second press.
#[component]
pub(crate) fn SkinToneChoice(props: &SkinToneChoiceProps) -> Html {
    let (texts, store) = (use_texts(), use_store());
    let swatch = |(place, [red, green, blue]): (usize, &[u8; 3])| {
        let name = fill(texts.photo_tone, &[("tone", &(place + 1).to_string())]);
        html! {
            <button
                type="button"
                class="tone"
                aria-label={name.clone()}
                title={name}
                aria-pressed={(props.chosen == Some(place)).to_string()}
                onclick={store.emit(RequestAction::ChooseDetail(DetailChoice::SkinTone(place)))}
            >
                <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
                    <circle cx="16" cy="16" r="15" fill={format!("rgb({red},{green},{blue})")} />
                </svg>
            </button>
        }
    };
    html! {
        <div class="field" role="group" aria-labelledby="skin-tone-label">
            <span class="readout-label" id="skin-tone-label">{ texts.field_skin_tone }</span>
            <div class="tones">{ for MONK_TONES.iter().enumerate().map(swatch) }</div>
        </div>
    }
}
