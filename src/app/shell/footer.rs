//! The small print: what stays on the device, and the way to delete it.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::SessionAction;
use crate::app::state::session::Dialog;
use crate::app::widgets::LinkButton;
use crate::engine::consult::Delivery;
use yew::prelude::*;

/// The small print. That nothing has left the device is not said any more once a request was sent.
#[component]
pub(crate) fn Footer() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let (is_sent, is_staff) =
        *use_selector(|state| (matches!(state.request.delivery, Delivery::Confirmed { .. }), state.staff.is_some()));
    // Of a request that the staff opened nothing is on the device.
    if is_staff {
        return html! {};
    }
    html! {
        <footer class="small-print">
            if !is_sent {
                <p>{ texts.privacy_line }</p>
            }
            <LinkButton on_click={store.emit(SessionAction::OpenDialog(Dialog::DeleteAll))}>
                { texts.delete_all }
            </LinkButton>
        </footer>
    }
}
