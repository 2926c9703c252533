//! The clinic has the request.

use super::delivery::DeliveryStatus;
use crate::app::hooks::{use_store, use_texts};
use crate::app::state::session::Dialog;
use crate::app::state::{RequestAction, SessionAction};
use crate::app::widgets::{Button, PanelHead};
use crate::engine::i18n::fill;
use yew::prelude::*;

/// Properties of [`Sent`].
#[derive(Properties, PartialEq)]
pub(crate) struct SentProps {
    /// The request's id.
    pub(crate) id: String,
    /// The staff's page of it, where this is tried out.
    pub(crate) staff_page: Option<String>,
}

/// The clinic has the request.
#[component]
pub(crate) fn Sent(props: &SentProps) -> Html {
    let (texts, store) = (use_texts(), use_store());
    html! {
        <>
            <PanelHead title={texts.sent_title}>{ fill(texts.sent_say, &[("id", &props.id)]) }</PanelHead>
            <DeliveryStatus />
            if let Some(page) = &props.staff_page {
                <p class="trial">{ texts.sent_trial }{ " " }<a href={page.clone()}>{ texts.sent_trial_link }</a></p>
            }
            <p>{ texts.sent_kept }</p>
            <div class="onward">
                <Button on_click={store.emit(RequestAction::LeaveReview)}>{ texts.back }</Button>
                <Button class="primary" on_click={store.emit(SessionAction::OpenDialog(Dialog::DeleteAll))}>
                    { texts.sent_clear }
                </Button>
            </div>
        </>
    }
}
