//! What part lines, scars and temples have in common: each is a band along a way that is drawn in one go.

use super::drawing;
use super::gesture::GestureContext;
use crate::engine::design::{Band, BandKind, FillOp};
use crate::engine::editor::{Command, CommandError, Editor, Handle};
use crate::engine::geometry::{Mm, PhotoPoint};

/// A shorter part line or scar is a slip of the finger (our estimate; scars of single grafts are round and smaller).
const SHORTEST: Mm = Mm(5.0);

/// The handles of all bands of a kind.
pub(super) fn handles_of_kind(editor: &Editor, kind: BandKind) -> Vec<Handle> {
    let of_op = |(place, op): (usize, &std::rc::Rc<FillOp>)| match op.as_ref() {
        FillOp::Band(band) if band.kind == kind => {
            (0..band.handles.len()).map(|index| Handle::Band(place, index)).collect()
        }
        _ => Vec::new(),
    };
    editor.view().fill.iter().enumerate().flat_map(of_op).collect()
}

/// The handles of a band along what was drawn.
pub(super) fn handles(editor: &Editor, drawn: &[PhotoPoint]) -> Result<Vec<PhotoPoint>, CommandError> {
    drawing::handles(editor, drawn, SHORTEST).ok_or(CommandError::TooShort)
}

/// Adds a band along those handles, and selects the first of them.
pub(super) fn add(
    context: &mut GestureContext<'_>,
    kind: BandKind,
    handles: Vec<PhotoPoint>,
) -> Result<(), CommandError> {
    let editor = &mut *context.editor;
    let width = editor.view().scale(editor.parameters()).px_per_mm.px(context.settings.band_width).0;
    editor.apply(Command::AddBand(Band { kind, handles, width, density: context.settings.band_density }))?;
    let newest = drawing::newest(editor, |op| matches!(op, FillOp::Band(_)));
    *context.selected = newest.map(|place| Handle::Band(place, 0));
    Ok(())
}
