//! What is said above everything where the clinic's staff opened a request: whose it is, or why it is not open.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::staff::{Opening, StaffState};
use crate::app::state::{StaffAction, State};
use crate::app::widgets::LinkButton;
use crate::engine::calibration::Side;
use crate::engine::consult::{LOGIN_PAGE, OpenError};
use crate::engine::i18n::{fill, open_error_text, side_name};
use yew::prelude::*;

/// What is said.
#[derive(PartialEq)]
struct Model {
    /// The page of the request.
    page: String,
    /// Why it is not open, if it cannot be.
    error: Option<OpenError>,
    is_open: bool,
    /// The sides whose picture did not come.
    missing: Vec<Side>,
}

impl Model {
    fn of(state: &State) -> Option<Self> {
        let StaffState { link, opening, missing, .. } = state.staff.as_ref()?;
        let error = if let Opening::Failed(error) = opening { Some(error.clone()) } else { None };
        Some(Self { page: link.page(), error, is_open: *opening == Opening::Open, missing: missing.clone() })
    }
}

/// Whose the design is, and the way back to the request; nothing where a visitor is.
#[component]
pub(crate) fn StaffBar() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let model = use_selector(Model::of);
    let Some(model) = model.as_ref() else { return html! {} };
    let missing: Vec<&str> = model.missing.iter().map(|side| side_name(texts, *side)).collect();
    let back = html! { <a href={model.page.clone()}>{ texts.staff_back }</a> };
    let Some(error) = &model.error else {
        return html! {
            <aside class="staff-bar" aria-label={texts.staff_label}>
                <p role="status">
                    { if model.is_open { texts.staff_note } else { texts.staff_opening } }
                    if !missing.is_empty() {
                        { " " }
                        { fill(texts.staff_missing, &[("sides", &missing.join(", "))]) }
                    }
                </p>
                { back }
            </aside>
        };
    };
    html! {
        <aside class="staff-bar fault" aria-label={texts.staff_label}>
            <p role="alert">{ open_error_text(texts, error) }</p>
            if *error == OpenError::LoggedOut {
                <a href={LOGIN_PAGE}>{ texts.staff_log_in }</a>
            } else {
                <LinkButton on_click={store.emit(StaffAction::OpenAgain)}>{ texts.retry }</LinkButton>
                { back }
            }
        </aside>
    }
}
