//! What will be sent, as it will be sent.

use super::contents::Contents;
use super::delivery::DeliveryStatus;
use super::review_keys::ReviewKeys;
use super::sent::Sent;
use super::shared_review::SharedReview;
use crate::app::hooks::{use_selector, use_texts};
use crate::app::state::State;
use crate::app::widgets::PanelHead;
use crate::engine::consult::Delivery;
use yew::prelude::*;

/// What is shown.
#[derive(PartialEq)]
struct Model {
    review: Option<SharedReview>,
    /// The id of the request and its staff's page, once the clinic has it.
    sent: Option<(String, Option<String>)>,
    /// Requests are sent, not saved.
    has_endpoint: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        let sent = match &state.request.delivery {
            Delivery::Confirmed { id, staff_page } => Some((id.clone(), staff_page.clone())),
            _ => None,
        };
        Self { review: SharedReview::of(state), sent, has_endpoint: state.session.config.endpoint.is_some() }
    }
}

/// What will be sent, or that it was.
#[component]
pub(crate) fn RequestReview() -> Html {
    let texts = use_texts();
    let model = use_selector(Model::of);
    if let Some((id, staff_page)) = &model.sent {
        return html! { <Sent id={id.clone()} staff_page={staff_page.clone()} /> };
    }
    let title = if model.has_endpoint { texts.review_title } else { texts.review_title_file };
    html! {
        <>
            <PanelHead {title}>{ texts.review_say }</PanelHead>
            if let Some(review) = &model.review {
                <Contents review={review.clone()} />
            }
            <DeliveryStatus />
            <ReviewKeys />
        </>
    }
}
