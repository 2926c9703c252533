//! Saves what is drawn as a version of the request that the clinic's staff opened.
//!
//! It is a function and no component: the panel renders it, and each component weighs as much as its drawing.

use crate::app::state::session::Busy;
use crate::app::state::{StaffAction, State};
use crate::app::steps::request::DeliveryStatus;
use crate::app::store::Store;
use crate::engine::consult::{Delivery, MAX_VERSION_NAME};
use crate::engine::i18n::Texts;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What is shown.
#[derive(PartialEq)]
pub(super) struct VersionForm {
    name: String,
    may_save: bool,
    is_making: bool,
    is_busy: bool,
    is_saved: bool,
    /// No answer could be trusted, or there is no network.
    is_unconfirmed: bool,
    /// The page of the request.
    page: String,
}

impl VersionForm {
    /// The form of the request that is open; nothing where a visitor is.
    pub(super) fn of(state: &State) -> Option<Self> {
        let staff = state.staff.as_ref()?;
        let delivery = &state.request.delivery;
        Some(Self {
            name: staff.name.clone(),
            may_save: staff.permit.may_save,
            is_making: state.session.busy == Some(Busy::Making),
            is_busy: delivery.is_busy(),
            is_saved: matches!(delivery, Delivery::Confirmed { .. }),
            is_unconfirmed: matches!(delivery, Delivery::Unconfirmed { .. } | Delivery::Offline { .. }),
            page: staff.link.page(),
        })
    }
}

/// The name of the version, the key that saves it, and what became of it. An account that may not save is told so.
pub(super) fn version_form(texts: &Texts, store: &Store, model: &VersionForm) -> Html {
    let back = html! { <p><a href={model.page.clone()}>{ texts.staff_back }</a></p> };
    if !model.may_save {
        return html! { <><p>{ texts.version_none }</p>{ back }</> };
    }
    let save = if model.is_unconfirmed { texts.retry } else { texts.version_save };
    let oninput = {
        let store = store.clone();
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                store.dispatch(StaffAction::SetName(input.value()));
            }
        }
    };
    let store = store.clone();
    let onsubmit = move |event: SubmitEvent| {
        event.prevent_default();
        store.dispatch(StaffAction::Save);
    };
    html! {
        <form class="request" aria-labelledby="version-title" {onsubmit}>
            <h2 id="version-title">{ texts.version_title }</h2>
            <p>{ texts.version_say }</p>
            <div class="field">
                <label for="version-name">{ format!("{} ({})", texts.version_name, texts.optional) }</label>
                <input
                    type="text"
                    id="version-name"
                    autocomplete="off"
                    maxlength={MAX_VERSION_NAME.to_string()}
                    value={model.name.clone()}
                    {oninput}
                />
            </div>
            <DeliveryStatus />
            <button
                class="button primary"
                type="submit"
                id="save-version"
                disabled={model.is_making}
                aria-disabled={(model.is_busy || model.is_saved).then_some("true")}
            >
                { if model.is_making { texts.save_working } else { save } }
            </button>
            { back }
        </form>
    }
}
