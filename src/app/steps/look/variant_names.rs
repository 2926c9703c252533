//! What the variants of a design are called.

use crate::app::state::State;
use crate::app::store::Store;
use crate::engine::i18n::variant_name;
use yew::prelude::*;

/// Which variants there are, for a component to pick.
#[derive(PartialEq)]
pub(super) struct VariantNames {
    /// What the visitor called each; empty for those without a name.
    pub(super) names: Vec<String>,
    /// The place of the one that is worked on.
    pub(super) place: usize,
}

impl VariantNames {
    /// Nothing where there is one alone.
    pub(super) fn of(state: &State) -> Option<Self> {
        let design = state.editor.document.design();
        let names = || (0..design.variants()).map(|place| design.variant_name(place).to_owned()).collect();
        (design.variants() > 1).then(|| Self { names: names(), place: design.place.into() })
    }

    /// The places of all.
    pub(super) fn places(&self) -> std::ops::Range<usize> {
        0..self.names.len()
    }
}

/// What the variant at a place is called.
pub(super) fn shown_name(store: &Store, place: usize) -> AttrValue {
    store.read(|state| variant_name(state.texts(), state.editor.document.design(), place).into())
}
