//! A request that was sent, and that nobody confirmed.

use crate::app::state::RequestAction;
use crate::app::store::Store;
use crate::app::widgets::{Button, LinkButton};
use crate::engine::i18n::{Texts, fill};
use yew::prelude::*;

/// A request of that id, which may have arrived before this one is written: it can go again, under its number, or be forgotten.
pub(in crate::app) fn earlier_request(texts: &Texts, store: &Store, id: &str) -> Html {
    html! {
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
