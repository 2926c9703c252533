//! The panel of the last step.

use super::chosen_variant::ChosenVariant;
use super::design_files::DesignFiles;
use super::pictures::PictureFiles;
use crate::app::hooks::{use_selector, use_texts};
use crate::app::steps::request::{EarlierRequest, RequestForm, RequestReview};
use crate::app::widgets::PanelHead;
use crate::engine::consult::Delivery;
use yew::prelude::*;

/// Save or send: files and the form of the request, or what will be sent.
#[component]
pub(crate) fn SavePanel() -> Html {
    let texts = use_texts();
    let is_reviewing = *use_selector(|state| {
        state.request.review.is_some() || matches!(state.request.delivery, Delivery::Confirmed { .. })
    });
    if is_reviewing {
        return html! { <RequestReview /> };
    }
    html! {
        <>
            <PanelHead title={texts.save_title}>{ texts.save_say }</PanelHead>
            <EarlierRequest />
            <ChosenVariant />
            <PictureFiles />
            <DesignFiles />
            <RequestForm />
        </>
    }
}
