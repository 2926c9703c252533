//! Sets and drags the places where the visitor's own hair is looked at: first the shaved hair, then the bare skin beside it.
//! What is seen there is for who has the pixels to fill in.

use super::drag;
use super::gesture::{GestureContext, Started};
use crate::engine::design::Probe;
use crate::engine::editor::{Command, CommandError, Handle, PointerKind};
use crate::engine::geometry::PhotoPoint;

pub(super) fn start(context: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    drag::start(context, vec![Handle::Stubble, Handle::Skin], tapped, at)
}

fn tapped(context: &mut GestureContext<'_>, at: PhotoPoint) -> Result<(), CommandError> {
    if context.editor.view().probe.is_some() {
        return context.let_go();
    }
    let tremble = context.settings.tremble();
    let Some(stubble) = context.pending_stubble.filter(|first| first.distance(at) > tremble) else {
        // A second tap on the same spot says nothing of the skin beside it.
        let can_begin = at.is_finite() && context.editor.view().photo.is_some();
        *context.pending_stubble = can_begin.then_some(at);
        return Ok(());
    };
    context.editor.apply(Command::SetProbe(Some(Probe { stubble, skin: at, darkening: 0.0 })))?;
    *context.pending_stubble = None;
    *context.selected = Some(Handle::Skin);
    Ok(())
}
