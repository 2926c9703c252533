//! Brings the keyboard's focus to where the state wants it.

use super::use_services::use_services;
use super::use_store::use_store;
use crate::platform::dom;
use yew::prelude::*;

/// After each change that asks for it, puts the focus where it belongs: when the components have been rendered, for what is
/// focused may have come only now.
#[hook]
pub(crate) fn use_focus_requests() {
    let (store, services) = (use_store(), use_services());
    let update = use_force_update();
    {
        let services = services.clone();
        use_effect_with((), move |()| {
            let check = move || {
                if services.focus.borrow().is_some() {
                    update.force_update();
                }
            };
            let subscription = store.subscribe(check);
            move || drop(subscription)
        });
    }
    use_effect(move || {
        if let Some(selector) = services.focus.take() {
            dom::focus(&selector);
        }
    });
}
