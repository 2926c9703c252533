//! The look of the ink, and callbacks that change it.

use crate::app::hooks::{use_selector, use_store};
use crate::app::state::{LookAction, ToolAction};
use crate::app::store::Store;
use crate::engine::design::Appearance;
use std::ops::Deref;
use std::rc::Rc;
use yew::prelude::*;

/// The look as it was rendered.
pub(super) struct LookHandle {
    look: Rc<Appearance>,
    store: Store,
}

impl Deref for LookHandle {
    type Target = Appearance;

    fn deref(&self) -> &Appearance {
        &self.look
    }
}

impl LookHandle {
    /// Changes the look by each move of a slider.
    pub(super) fn slide(&self, change: fn(Appearance, f64) -> Appearance) -> Callback<f64> {
        let look = self.look.clone();
        self.store.callback(move |value| LookAction::Change(change((*look).clone(), value)))
    }

    /// The slider was let go: what it changed is one step.
    pub(super) fn commit(&self) -> Callback<()> {
        self.store.emit(ToolAction::Commit)
    }

    /// Changes the look by the place of what was chosen, as one step.
    pub(super) fn choose(&self, change: impl Fn(Appearance, usize) -> Appearance + 'static) -> Callback<usize> {
        let look = self.look.clone();
        self.store.callback(move |index| LookAction::Choose(change((*look).clone(), index)))
    }
}

/// The look of the design.
#[hook]
pub(super) fn use_look() -> LookHandle {
    let store = use_store();
    let look = use_selector(|state| state.editor.document.design().look.clone());
    LookHandle { look, store }
}
