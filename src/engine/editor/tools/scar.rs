//! Draws along a scar; drags the handles of scars.

use super::gesture::{GestureContext, Started};
use super::{band, drawing};
use crate::engine::design::BandKind;
use crate::engine::editor::{PointerKind, Refusal};
use crate::engine::geometry::PhotoPoint;

pub(super) fn start(context: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    let grips = band::grips(context.editor, BandKind::Scar);
    drawing::start_beside(context, grips, finish, at)
}

fn finish(context: &mut GestureContext<'_>, drawn: &[PhotoPoint]) -> Result<(), Refusal> {
    let handles = band::handles(context.editor, drawn)?;
    band::add(context, BandKind::Scar, handles)
}
