//! The panel of the last step.

use super::chosen_variant::ChosenVariant;
use super::design_files::DesignFiles;
use super::pictures::PictureFiles;
use super::version_form::{VersionForm, version_form};
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::State;
use crate::app::steps::request::{RequestForm, RequestReview, earlier_request};
use crate::app::widgets::PanelHead;
use yew::prelude::*;

/// What is shown.
#[derive(PartialEq)]
struct Model {
    /// What will be sent, or that it was.
    is_reviewing: bool,
    /// The clinic's staff opened a request: a version is saved in place of a new request.
    version: Option<VersionForm>,
    /// The id of a request that nobody confirmed.
    earlier: Option<String>,
}

impl Model {
    fn of(state: &State) -> Self {
        let request = &state.request;
        Self {
            is_reviewing: state.is_reviewing(),
            version: VersionForm::of(state),
            earlier: request.earlier.as_ref().map(|earlier| earlier.stamp.id.clone()),
        }
    }
}

/// Save or send: files and the form of the request, or what will be sent.
#[component]
pub(crate) fn SavePanel() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let model = use_selector(Model::of);
    if model.is_reviewing {
        return html! { <RequestReview /> };
    }
    if let Some(version) = &model.version {
        return html! {
            <>
                <PanelHead title={texts.version_panel}>{ texts.version_panel_say }</PanelHead>
                <ChosenVariant />
                { version_form(texts, &store, version) }
                <PictureFiles />
                <DesignFiles />
            </>
        };
    }
    html! {
        <>
            <PanelHead title={texts.save_title}>{ texts.save_say }</PanelHead>
            { for model.earlier.iter().map(|id| earlier_request(texts, &store, id)) }
            <ChosenVariant />
            <PictureFiles />
            <DesignFiles />
            <RequestForm />
        </>
    }
}
