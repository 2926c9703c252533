//! How soft the front edge is.

use super::percent_slider::PercentSlider;
use super::use_look::use_look;
use crate::app::hooks::use_texts;
use crate::app::widgets::Note;
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::design::Appearance;
use crate::engine::i18n::range;
use yew::prelude::*;

/// How soft the front edge is.
#[component]
pub(super) fn EdgeSoftness() -> Html {
    let texts = use_texts();
    let look = use_look();
    let (least, most) = Parameters::range(Parameter::TransitionZone);
    html! {
        <div class="stack">
            <PercentSlider
                id="edge"
                label={texts.look_edge}
                words={texts.look_edge_value}
                ends={[texts.look_edge_defined, texts.look_edge_soft]}
                share={look.softness}
                on_input={look.slide(|look, softness| Appearance { softness, ..look })}
                on_commit={look.commit()}
            />
            <Note>{ range(texts.look_edge_note, least, most) }</Note>
        </div>
    }
}
