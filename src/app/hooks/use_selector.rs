//! A part of the state: the component renders again when that part is another one, and only then.

use super::use_store::use_store;
use crate::app::state::State;
use std::rc::Rc;
use yew::prelude::*;

/// What `select` picks from the state.
///
/// Pick what is shown and no more: a component that picks the whole view of the design renders at each move of the brush.
/// `select` is called after every change of the state, so it must be cheap, and it may be called once more after the component
/// lost its place in the page: it must bear that what it looks for is gone.
#[hook]
pub(crate) fn use_selector<T: PartialEq + 'static>(select: impl Fn(&State) -> T + 'static) -> Rc<T> {
    #[cfg(debug_assertions)]
    super::render_counts::count::<T>();
    let now = use_store().read(&select);
    let picked = use_mut_ref(|| None::<Rc<T>>);
    let before = picked.borrow().clone();
    let current = before.filter(|before| **before == now).unwrap_or_else(|| Rc::new(now));
    picked.replace(Some(current.clone()));
    let rendered = current.clone();
    use_render_when(Rc::new(move |state| select(state) != *rendered));
    current
}

/// Renders the component again when a change of the state makes what it shows stale. The function of the last rendering counts.
#[hook]
fn use_render_when(is_stale: Rc<dyn Fn(&State) -> bool>) {
    let (store, update) = (use_store(), use_force_update());
    let latest = use_mut_ref(|| is_stale.clone());
    latest.replace(is_stale);
    use_effect_with(store, move |store| {
        let reader = store.clone();
        let check = move || {
            let is_stale = latest.borrow().clone();
            if reader.read(|state| is_stale(state)) {
                update.force_update();
            }
        };
        // The state may have changed since the component was rendered first.
        check();
        let subscription = store.subscribe(check);
        move || drop(subscription)
    });
}
