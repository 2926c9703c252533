//! A request that was sent, and that nobody confirmed.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::RequestAction;
use crate::app::widgets::{Button, LinkButton};
use crate::engine::i18n::fill;
use yew::prelude::*;

/// A request that may have arrived before this one is written: it can go again, under its number, or be forgotten.
#[component]
pub(crate) fn EarlierRequest() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let earlier = use_selector(|state| state.request.earlier.as_ref().map(|earlier| earlier.stamp.id.clone()));
    html! {
        if let Some(id) = &*earlier {
            <div id="earlier" class="notice info">
                <span class="notice-mark" aria-hidden="true"></span>
                <div>
                    <p>{ fill(texts.earlier_say, &[("id", id)]) }</p>
                    <Button on_click={store.emit(RequestAction::ShowEarlier)}>{ texts.earlier_show }</Button>
                    <LinkButton on_click={store.emit(RequestAction::ForgetEarlier)}>{ texts.earlier_forget }</LinkButton>
                </div>
            </div>
        }
    }
}
