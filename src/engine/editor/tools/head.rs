//! Drags the outline of the skull.

use super::drag;
use super::gesture::{GestureContext, Started};
use crate::engine::editor::{Handle, HeadHandle, PointerKind};
use crate::engine::geometry::PhotoPoint;

pub(super) fn start(context: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    drag::start(context, HeadHandle::ALL.map(Handle::Head).to_vec(), drag::let_go, at)
}
