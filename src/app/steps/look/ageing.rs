//! How old the treatment is.

use super::fading::Fading;
use super::stage_strip::StageStrip;
use super::use_look::use_look;
use crate::app::hooks::use_texts;
use crate::app::widgets::{Note, Slider};
use crate::engine::catalog::{STAGES, TOUCH_UP_YEARS};
use crate::engine::design::{Appearance, Months};
use crate::engine::i18n::{range, time_words};
use yew::prelude::*;

/// Distance of two values of the slider, where a stage is one.
const STEP: f64 = 0.1;

/// How old the treatment is: a slider, pictures of the stages, and what makes ink fade.
#[component]
pub(super) fn Ageing() -> Html {
    let texts = use_texts();
    let look = use_look();
    let (first, last) = TOUCH_UP_YEARS;
    html! {
        <div class="stack">
            <Slider
                id="age"
                label={texts.look_time}
                words={time_words(texts, look.months)}
                range={(0.0, (STAGES.len() - 1) as f64)}
                step={STEP}
                value={look.months.place()}
                on_input={look.slide(|look, place| Appearance { months: Months::at_place(place), ..look })}
                on_commit={look.commit()}
            />
            <StageStrip />
            <Note>{ range(texts.look_time_note, first, last) }</Note>
            <Fading />
        </div>
    }
}
