//! What carries the effects out: components need it for pictures and picked files, which are no part of the state.

use crate::app::effects::Services;
use yew::prelude::*;

/// The services of the page. A component that stands alone gets some of its own.
#[hook]
pub(crate) fn use_services() -> Services {
    use_context::<Services>().unwrap_or_default()
}
