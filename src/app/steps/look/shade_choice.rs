//! The shade of the ink.

use super::use_look::use_look;
use crate::app::hooks::use_texts;
use crate::app::widgets::Choice;
use crate::engine::catalog::SHADES;
use crate::engine::design::Appearance;
use crate::engine::i18n::shade_name;
use yew::prelude::*;

/// The shade of the ink.
#[component]
pub(super) fn ShadeChoice() -> Html {
    let texts = use_texts();
    let look = use_look();
    let options: Vec<AttrValue> = SHADES.iter().map(|shade| shade_name(texts, shade.key).into()).collect();
    let on_choose = look.choose(|look, index| {
        let shade = SHADES.get(index).map_or_else(|| look.shade.clone(), |shade| shade.key.to_owned());
        Appearance { shade, ..look }
    });
    html! {
        <Choice
            class="swatches"
            name="shade"
            label={texts.look_shade}
            {options}
            chosen={SHADES.iter().position(|shade| shade.key == look.shade)}
            {on_choose}
        />
    }
}
