//! Tells a component when its small picture of the design would look otherwise.

use super::use_selector::use_selector;
use crate::app::state::thumbnail::{ThumbnailKey, ThumbnailSource};
use crate::engine::design::Design;
use yew::prelude::*;

/// The key of a picture; `pick` makes of the design what the picture shows of it.
#[hook]
pub(crate) fn use_thumbnail_key(pick: impl Fn(&Design) -> Design + 'static) -> ThumbnailKey {
    let source = use_mut_ref(ThumbnailSource::default);
    *use_selector(move |state| source.borrow_mut().key(state, &pick))
}
