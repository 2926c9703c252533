//! How to show the crown, which a photo from eye level hides.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{PhotoAction, State};
use crate::app::widgets::{Button, Note};
use crate::engine::calibration::Side;
use yew::prelude::*;

/// A head in profile, looking to the right, in 64 by 64 units.
const PROFILE: &str = "M22 58C22 50 10 44 10 28C10 14 20 6 32 6C44 6 51 14 51 24C51 28 54 31 57 36C58 38 57 39 54 39L53 44\
    C53 50 50 51 44 50L40 58";
/// A phone seen from its edge, and the way it looks.
const PHONE: &str = "M88 22h5v22h-5zM84 33H66";
const PHONE_ABOVE: &str = "M34 -27h22v5H34zM45 -18V-2";

/// Says that little of the scalp is seen, and how it can be; nothing where enough is.
#[component]
pub(super) fn Crown() -> Html {
    let (texts, store) = (use_texts(), use_store());
    if !*use_selector(State::is_crown_hidden) {
        return html! {};
    }
    html! {
        <div class="crown">
            <Note>{ texts.crown_say }</Note>
            <div class="crown-ways" aria-hidden="true">
                <svg viewBox="0 -4 100 72" focusable="false">
                    <path transform="rotate(32 30 34)" d={PROFILE} />
                    <path d={PHONE} />
                </svg>
                <svg viewBox="-10 -32 100 100" focusable="false">
                    <path transform="rotate(18 30 34)" d={PROFILE} />
                    <path d={PHONE_ABOVE} />
                </svg>
            </div>
            <Button on_click={store.emit(PhotoAction::ShowSide(Side::Top))}>{ texts.crown_add }</Button>
        </div>
    }
}
