//! Counts how often components render, for tests that hold the way of a stroke free of them. Not in a release build.

use std::any::type_name;
use std::cell::RefCell;
use std::collections::BTreeMap;

thread_local! {
    static COUNTS: RefCell<BTreeMap<&'static str, u32>> = const { RefCell::new(BTreeMap::new()) };
}

/// A component renders that picks a `T` from the state.
pub(super) fn count<T>() {
    COUNTS.with_borrow_mut(|counts| *counts.entry(type_name::<T>()).or_default() += 1);
}

/// How often components rendered since this was asked last, by what they pick from the state.
#[must_use]
pub fn take_render_counts() -> BTreeMap<&'static str, u32> {
    COUNTS.take()
}
