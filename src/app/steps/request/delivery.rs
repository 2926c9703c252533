//! Where it is said what became of the request.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{RequestAction, State};
use crate::app::widgets::LinkButton;
use crate::engine::consult::{Delivery, LOGIN_PAGE};
use crate::engine::i18n::{Texts, fill, outcome_text, version_text};
use yew::prelude::*;

/// What is said.
#[derive(PartialEq)]
struct Model {
    delivery: Delivery,
    /// How it stands, in words; nothing where nothing is under way.
    said: Option<String>,
    /// Nobody is logged in who may save a version.
    is_logged_out: bool,
    /// How the clinic can be reached otherwise.
    contact: Option<String>,
}

impl Model {
    fn of(state: &State) -> Self {
        let (texts, delivery) = (state.texts(), state.request.delivery.clone());
        let status = state.staff.as_ref().and_then(|staff| staff.status);
        match &state.staff {
            Some(_) => Self {
                said: version_text(texts, &delivery, status),
                is_logged_out: matches!(delivery, Delivery::Refused { .. }) && status == Some(401),
                contact: None,
                delivery,
            },
            None => {
                let said = say(texts, &delivery);
                Self { said, is_logged_out: false, contact: state.session.contact_line(), delivery }
            }
        }
    }
}

/// How a delivery stands, in words; nothing where nothing is under way.
fn say(texts: &Texts, delivery: &Delivery) -> Option<String> {
    match delivery {
        Delivery::Idle | Delivery::Confirmed { .. } => None,
        Delivery::Held { .. } | Delivery::Sending { .. } => Some(texts.sending.to_owned()),
        Delivery::Shrinking { .. } => Some(texts.shrinking.to_owned()),
        Delivery::Offline { is_back: false, .. } => Some(texts.offline.to_owned()),
        Delivery::Offline { is_back: true, .. } => Some(texts.online_again.to_owned()),
        Delivery::Waiting { wait_ms, .. } => {
            let seconds = wait_ms.div_ceil(1000).to_string();
            Some(fill(texts.sending_again, &[("seconds", &seconds)]))
        }
        Delivery::Unconfirmed { cancelled: true, .. } => Some(texts.cancelled.to_owned()),
        Delivery::Unconfirmed { .. } => Some(texts.unconfirmed.to_owned()),
        Delivery::Refused { outcome, .. } => Some(outcome_text(texts, *outcome).to_owned()),
    }
}

/// Where it is said what became of the request. The place is always there, so that a screen reader hears what comes into it.
#[component]
pub(crate) fn DeliveryStatus() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let model = use_selector(Model::of);
    let said = &model.said;
    let is_busy = model.delivery.is_busy();
    let is_confirmed = matches!(model.delivery, Delivery::Confirmed { .. });
    let has_failed = said.is_some() && !is_busy && !is_confirmed;
    let class = match (said, has_failed) {
        (None, _) => classes!(),
        (Some(_), _) if is_confirmed => classes!("notice", "good"),
        (Some(_), true) => classes!("notice", "fault-notice"),
        (Some(_), false) => classes!("notice", "info"),
    };
    html! {
        <div id="delivery" {class} role={if has_failed { "alert" } else { "status" }} tabindex="-1">
            if let Some(text) = said {
                <span class="notice-mark" aria-hidden="true"></span>
                <div>
                    <p>{ text }</p>
                    if let Some(contact) = model.contact.as_ref().filter(|_| has_failed) {
                        <p>{ contact }</p>
                    }
                    if model.is_logged_out {
                        <p><a href={LOGIN_PAGE} target="_blank" rel="noopener">{ texts.staff_log_in }</a></p>
                    }
                    if let Delivery::Sending { percent, .. } = model.delivery {
                        <progress max="100" value={percent.to_string()} aria-label={texts.sending_share} />
                    }
                    if is_busy {
                        <LinkButton on_click={store.emit(RequestAction::Cancel)}>{ texts.cancel }</LinkButton>
                    }
                </div>
            }
        </div>
    }
}
