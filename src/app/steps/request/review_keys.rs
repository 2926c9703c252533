//! The keys below a review: change it, save it, send it.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{RequestAction, State};
use crate::app::widgets::Button;
use crate::engine::consult::Delivery;
use yew::prelude::*;

/// What can be done.
#[derive(PartialEq)]
struct Model {
    /// Requests are sent, not saved.
    has_endpoint: bool,
    is_busy: bool,
    /// No answer could be trusted, or there is no network.
    is_unconfirmed: bool,
    is_refused: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        let delivery = &state.request.delivery;
        Self {
            has_endpoint: state.session.config.endpoint.is_some(),
            is_busy: delivery.is_busy(),
            is_unconfirmed: matches!(delivery, Delivery::Unconfirmed { .. } | Delivery::Offline { .. }),
            is_refused: matches!(delivery, Delivery::Refused { .. }),
        }
    }
}

/// The keys below a review: change it, save it, send it.
#[component]
pub(crate) fn ReviewKeys() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let model = use_selector(Model::of);
    let send = match () {
        () if model.is_busy => texts.sending,
        () if model.is_unconfirmed => texts.retry,
        () => texts.send,
    };
    let save = store.emit(RequestAction::SaveFile);
    html! {
        <div class="onward">
            <Button class="quiet" disabled={model.is_busy} on_click={store.emit(RequestAction::LeaveReview)}>
                { texts.review_edit }
            </Button>
            if model.has_endpoint {
                if model.is_unconfirmed || model.is_refused {
                    <Button on_click={save}>{ texts.save_instead }</Button>
                }
                <Button
                    class="primary"
                    id="send"
                    is_done={model.is_busy.then_some(true)}
                    on_click={store.emit(RequestAction::Send)}
                >
                    { send }
                </Button>
            } else {
                <Button class="primary" on_click={save}>{ texts.send_to_file }</Button>
            }
        </div>
    }
}
