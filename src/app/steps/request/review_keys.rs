//! The keys below a review: change it, save it, send it.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{RequestAction, State};
use crate::app::widgets::Button;
use crate::engine::consult::{Delivery, REQUEST_FILE};
use crate::engine::i18n::fill;
use crate::platform::dom::encoded;
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
    /// Another program of the device can be given the file.
    shares_files: bool,
    /// Begins an e-mail to the clinic, to which the saved file is attached.
    mail: Option<String>,
}

impl Model {
    fn of(state: &State) -> Self {
        let delivery = &state.request.delivery;
        Self {
            has_endpoint: state.session.config.endpoint.is_some(),
            is_busy: delivery.is_busy(),
            is_unconfirmed: matches!(delivery, Delivery::Unconfirmed { .. } | Delivery::Offline { .. }),
            is_refused: matches!(delivery, Delivery::Refused { .. }),
            shares_files: state.session.capabilities.shares_files,
            mail: mail(state),
        }
    }
}

/// The address of an e-mail to the clinic with a subject and a text. Nothing of the visitor is in it but the request's number: the rest
/// is in the file, which no address can attach.
fn mail(state: &State) -> Option<String> {
    let (texts, email) = (state.texts(), state.session.config.contact.email.trim());
    let review = state.request.review.as_ref().filter(|_| email.contains('@'))?;
    let subject = fill(texts.mail_subject, &[("id", review.id())]);
    let body = fill(texts.mail_body, &[("name", REQUEST_FILE.1)]);
    let email = encoded(email).replace("%40", "@");
    Some(format!("mailto:{email}?subject={}&body={}", encoded(&subject), encoded(&body)))
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
                if let Some(address) = &model.mail {
                    <a class="button" href={address.clone()}>{ texts.send_by_mail }</a>
                }
                if model.shares_files {
                    <Button on_click={store.emit(RequestAction::ShareFile)}>{ texts.send_shared }</Button>
                }
                <Button class="primary" on_click={save}>{ texts.send_to_file }</Button>
            }
        </div>
    }
}
