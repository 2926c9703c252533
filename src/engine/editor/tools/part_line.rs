//! Draws a part line; drags the handles of part lines.

use super::gesture::{GestureContext, Started};
use super::{band, drawing};
use crate::engine::design::BandKind;
use crate::engine::editor::{CommandError, PointerKind};
use crate::engine::geometry::PhotoPoint;

pub(super) fn start(context: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    let handles = band::handles_of_kind(context.editor, BandKind::PartLine);
    drawing::start_beside(context, handles, finish, at)
}

fn finish(context: &mut GestureContext<'_>, drawn: &[PhotoPoint]) -> Result<(), CommandError> {
    let handles = band::handles(context.editor, drawn)?;
    band::add(context, BandKind::PartLine, handles)
}
