//! The sample head's skin tones.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{PhotoAction, State};
use crate::engine::catalog::{SAMPLE_TONES, SampleTone};
use crate::engine::i18n::fill;
use yew::prelude::*;

/// The sample head's skin tones: each opens it.
#[component]
pub(crate) fn ToneSwatches() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let shown = use_selector(State::sample_tone).unwrap_or_default();
    let swatch = |tone: SampleTone| {
        let name = fill(texts.photo_tone, &[("tone", &tone.monk.to_string())]);
        let [red, green, blue] = tone.swatch;
        html! {
            <button
                type="button"
                class="tone"
                aria-label={name.clone()}
                title={name}
                aria-pressed={(tone == shown).to_string()}
                onclick={store.emit(PhotoAction::SamplePicked(tone))}
            >
                <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
                    <circle cx="16" cy="16" r="15" fill={format!("rgb({red},{green},{blue})")} />
                </svg>
            </button>
        }
    };
    html! {
        <div class="tones" role="group" aria-label={texts.photo_tones}>
            { for SAMPLE_TONES.into_iter().map(swatch) }
        </div>
    }
}
