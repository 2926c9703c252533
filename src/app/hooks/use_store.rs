//! The store and the visible words, from the context of the page.

use crate::app::state::State;
use crate::app::state::session::Capabilities;
use crate::app::store::Store;
use crate::engine::i18n::{Texts, language};
use yew::prelude::*;

/// The store of the page. A component that stands alone, as in a gallery, gets one that does nothing.
#[hook]
pub(crate) fn use_store() -> Store {
    let own = || {
        Store::new(State::new(language(""), Capabilities { reads_back: false, ..Capabilities::default() }), |_, _| ())
    };
    use_context::<Store>().unwrap_or_else(own)
}

/// The visible words. The language stays as the page began.
#[hook]
pub(crate) fn use_texts() -> &'static Texts {
    use_store().read(|state| state.texts())
}
