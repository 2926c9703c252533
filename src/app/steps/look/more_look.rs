//! What is rarely changed: the dots' size.

use super::use_look::use_look;
use crate::app::hooks::use_texts;
use crate::app::widgets::{Fold, Slider};
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::design::Appearance;
use crate::engine::geometry::Mm;
use crate::engine::i18n::{fill, fixed};
use yew::prelude::*;

/// Distance of two diameters, mm.
const DOT_STEP_MM: f64 = 0.01;

/// What is rarely changed: the dots' size.
#[component]
pub(super) fn MoreLook() -> Html {
    let texts = use_texts();
    let look = use_look();
    html! {
        <Fold summary={texts.look_more}>
            <div class="stack">
                <Slider
                    id="dot"
                    label={texts.look_dot}
                    words={fill(texts.look_dot_unit, &[("value", &fixed(look.dot.0, 2))])}
                    range={Parameters::range(Parameter::HealedDot)}
                    step={DOT_STEP_MM}
                    value={look.dot.0}
                    on_input={look.slide(|look, mm| Appearance { dot: Mm(mm), ..look })}
                    on_commit={look.commit()}
                />
            </div>
        </Fold>
    }
}
