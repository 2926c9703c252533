//! What is rarely changed: the dots' size, and what the picture takes the visitor's own hair to be.

use super::use_look::use_look;
use crate::app::hooks::use_texts;
use crate::app::widgets::{Choice, Fold, Note, Slider};
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::design::{Appearance, Hair};
use crate::engine::geometry::Mm;
use crate::engine::i18n::{fill, fixed};
use yew::prelude::*;

/// Distance of two diameters, mm.
const DOT_STEP_MM: f64 = 0.01;

/// What is rarely changed: the dots' size, and what the picture takes the visitor's own hair to be.
#[component]
pub(super) fn MoreLook() -> Html {
    let texts = use_texts();
    let look = use_look();
    let is_kept = look.hair == Hair::Kept;
    let options: Vec<AttrValue> = [texts.look_hair_shaved, texts.look_hair_kept].map(AttrValue::from).to_vec();
    let on_hair =
        look.choose(|look, index| Appearance { hair: if index == 0 { Hair::Shaved } else { Hair::Kept }, ..look });
    html! {
        <Fold summary={texts.look_more}>
            <div class="stack">
                <Choice
                    name="hair"
                    label={texts.look_hair}
                    {options}
                    chosen={usize::from(is_kept)}
                    on_choose={on_hair}
                />
                <Note>{ if is_kept { texts.look_hair_kept_note } else { texts.look_hair_shaved_note } }</Note>
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
