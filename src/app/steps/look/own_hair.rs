//! How the picture shows the visitor's own hair.

use super::hair_tools::HairTools;
use super::use_look::use_look;
use crate::app::hooks::{use_selector, use_texts};
use crate::app::state::State;
use crate::app::widgets::{Choice, Note, Slider};
use crate::engine::design::{Appearance, DESIGN_LIMITS, Hair};
use crate::engine::geometry::Mm;
use crate::engine::i18n::{fill, fixed};
use yew::prelude::*;

/// The ways, in their order on the page.
const WAYS: [Hair; 3] = [Hair::Shaved, Hair::Clipped, Hair::Kept];
/// Distance of two lengths, mm.
const LENGTH_STEP_MM: f64 = 0.5;

/// How the picture shows the visitor's own hair: as it is in the photo, clipped to some length, or kept long.
#[component]
pub(super) fn OwnHair() -> Html {
    let texts = use_texts();
    let look = use_look();
    let not_clipped = *use_selector(State::not_clipped);
    let options: Vec<AttrValue> =
        [texts.look_hair_shaved, texts.look_hair_clipped, texts.look_hair_kept].map(AttrValue::from).to_vec();
    let on_choose =
        look.choose(|look, index| Appearance { hair: WAYS.get(index).copied().unwrap_or_default(), ..look });
    let note = match (look.hair, not_clipped) {
        (Hair::Shaved, _) => texts.look_hair_shaved_note,
        (Hair::Kept, _) => texts.look_hair_kept_note,
        (Hair::Clipped, Some(why)) => why.text(texts),
        (Hair::Clipped, None) => texts.look_hair_clipped_note,
    };
    let length = (look.hair == Hair::Clipped && not_clipped.is_none()).then(|| {
        html! {
            <>
            <Slider
                id="hair-length"
                label={texts.look_hair_length}
                words={fill(texts.look_hair_length_unit, &[("value", &fixed(look.hair_length.0, 1))])}
                range={(0.0, DESIGN_LIMITS.hair_mm)}
                step={LENGTH_STEP_MM}
                value={look.hair_length.0}
                on_input={look.slide(|look, mm| Appearance { hair_length: Mm(mm), ..look })}
                on_commit={look.commit()}
            />
            <HairTools />
            </>
        }
    });
    html! {
        <div class="stack">
            <Choice
                name="hair"
                label={texts.look_hair}
                {options}
                chosen={WAYS.iter().position(|way| *way == look.hair)}
                {on_choose}
            />
            <div role={(look.hair == Hair::Clipped).then_some("status")}><Note>{ note }</Note></div>
            { length }
        </div>
    }
}
