//! The stages of a treatment side by side: the same place of the photo at each age.

use super::stage_picture::StagePicture;
use super::use_look::use_look;
use crate::app::hooks::{use_selector, use_texts, use_thumbnail_key};
use crate::engine::catalog::STAGES;
use crate::engine::design::{Appearance, Design, Months};
use crate::engine::i18n::stage_name;
use yew::prelude::*;

/// What the pictures show of a design: all but its age, which is that of each stage.
fn without_age(design: &Design) -> Design {
    Design { look: Appearance { months: Months::HEALED, ..design.look.clone() }, ..design.clone() }
}

/// The strip; choosing a stage sets the age.
#[component]
pub(super) fn StageStrip() -> Html {
    let texts = use_texts();
    let look = use_look();
    let has_dots = use_selector(|state| state.preview.told_figures().is_some());
    let drawn_from = use_thumbnail_key(without_age);
    let chosen = look.months.stage();
    let on_choose = look.choose(|look, place| {
        let months = STAGES.get(place).map_or(look.months, |stage| Months(stage.months));
        Appearance { months, ..look }
    });
    let tile = |place: usize| {
        let is_chosen = chosen == Some(place);
        let picture = has_dots.then(|| html! { <StagePicture {place} {drawn_from} /> });
        html! {
            <label key={place} class={classes!("tile", is_chosen.then_some("chosen"))}>
                <input
                    type="radio"
                    name="stage"
                    checked={is_chosen}
                    onchange={on_choose.reform(move |_: Event| place)}
                />
                { picture }
                <span>{ stage_name(texts, place) }</span>
            </label>
        }
    };
    html! {
        <fieldset class="choice stages">
            <legend class="for-readers">{ texts.stages }</legend>
            <div class="tiles">{ for (0..STAGES.len()).map(tile) }</div>
        </fieldset>
    }
}
