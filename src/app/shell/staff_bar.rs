//! What is said above everything where the clinic's staff opened a request: whose it is, or why it is not open.
//!
//! It is a function and no component: the page renders it, and each component weighs as much as its drawing.

use crate::app::state::staff::{Opening, StaffState};
use crate::app::state::{StaffAction, State};
use crate::app::store::Store;
use crate::app::widgets::Button;
use crate::engine::calibration::Side;
use crate::engine::consult::{LOGIN_PAGE, OpenError};
use crate::engine::i18n::{Texts, fill, open_error_text, side_name};
use yew::prelude::*;

/// What is said.
#[derive(PartialEq)]
pub(crate) struct OpenedRequest {
    /// The page of the request.
    page: String,
    /// Why it is not open, if it cannot be.
    error: Option<OpenError>,
    is_open: bool,
    /// The sides whose picture did not come.
    missing: Vec<Side>,
}

impl OpenedRequest {
    /// What is said of the request that is or will be open; nothing where a visitor is.
    pub(crate) fn of(state: &State) -> Option<Self> {
        let StaffState { link, opening, missing, .. } = state.staff.as_ref()?;
        let error = if let Opening::Failed(error) = opening { Some(error.clone()) } else { None };
        Some(Self { page: link.page(), error, is_open: *opening == Opening::Open, missing: missing.clone() })
    }

    /// Whether its design is open.
    pub(crate) fn is_open(&self) -> bool {
        self.is_open
    }
}

/// Whose the design is, and the way back to the request; as long as it is not open, that or why in place of the page.
pub(crate) fn staff_bar(texts: &Texts, store: &Store, model: &OpenedRequest) -> Html {
    let back = html! { <a href={model.page.clone()}>{ texts.staff_back }</a> };
    if model.is_open {
        let missing: Vec<&str> = model.missing.iter().map(|side| side_name(texts, *side)).collect();
        let missing = (!missing.is_empty()).then(|| fill(texts.staff_missing, &[("sides", &missing.join(", "))]));
        return html! {
            <aside class="staff-bar" aria-label={texts.staff_label}>
                <p role="status">{ texts.staff_note }{ for missing.map(|text| " ".to_owned() + &text) }</p>
                { back }
            </aside>
        };
    }
    let error = model.error.as_ref();
    html! {
        <main class="staff-opening">
            <h1>{ texts.staff_label }</h1>
            <p role={if error.is_some() { "alert" } else { "status" }}>
                { error.map_or_else(|| texts.staff_opening.to_owned(), |error| open_error_text(texts, error)) }
            </p>
            <p class="row">
                if error == Some(&OpenError::LoggedOut) {
                    <a class="button primary" href={LOGIN_PAGE}>{ texts.staff_log_in }</a>
                } else {
                    if error.is_some() {
                        <Button class="primary" on_click={store.emit(StaffAction::OpenAgain)}>{ texts.retry }</Button>
                    }
                    { back }
                }
            </p>
        </main>
    }
}
