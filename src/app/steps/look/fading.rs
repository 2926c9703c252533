//! What makes ink fade sooner or later.

use super::use_look::use_look;
use crate::app::hooks::use_texts;
use crate::app::widgets::{Choice, Fold, Note};
use crate::engine::design::{Appearance, SkinKind, Sun};
use yew::prelude::*;

const SUNS: [Sun; 3] = [Sun::Little, Sun::Usual, Sun::Much];
const SKINS: [SkinKind; 2] = [SkinKind::Usual, SkinKind::Oily];

/// What makes ink fade sooner or later: sun, and the kind of skin.
#[component]
pub(super) fn Fading() -> Html {
    let texts = use_texts();
    let look = use_look();
    let suns: Vec<AttrValue> =
        [texts.look_sun_little, texts.look_sun_usual, texts.look_sun_much].map(AttrValue::from).to_vec();
    let skins: Vec<AttrValue> = [texts.look_skin_usual, texts.look_skin_oily].map(AttrValue::from).to_vec();
    html! {
        <Fold summary={texts.look_fade}>
            <div class="stack">
                <Choice
                    name="sun"
                    label={texts.look_sun}
                    options={suns}
                    chosen={SUNS.iter().position(|sun| *sun == look.sun)}
                    on_choose={look.choose(|look, index| Appearance { sun: SUNS.get(index).copied().unwrap_or_default(), ..look })}
                />
                <Note>{ texts.look_sun_note }</Note>
                <Choice
                    name="skin"
                    label={texts.look_skin}
                    options={skins}
                    chosen={SKINS.iter().position(|skin| *skin == look.skin)}
                    on_choose={look.choose(|look, index| Appearance { skin: SKINS.get(index).copied().unwrap_or_default(), ..look })}
                />
                <Note>{ texts.look_skin_note }</Note>
                <Note>{ texts.look_fade_note }</Note>
            </div>
        </Fold>
    }
}
