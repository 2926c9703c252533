//! The outline of the skull with its handles, and lines that show how the scalp curves under it.

use super::canvas::Canvas;
use super::shape::HandleForm;
use crate::engine::calibration::scalp_lines;
use crate::engine::editor::{Handle, HeadHandle};

/// Pieces of the outline as it is drawn.
const OUTLINE_PIECES: usize = 72;
pub(super) fn draw(canvas: &mut Canvas) {
    let (view, parameters) = (canvas.state.view(), canvas.state.parameters());
    let head = view.head_in_force(parameters);
    for line in scalp_lines(&head, &view.surface(parameters)) {
        canvas.polyline("scalp", &line);
    }
    canvas.outline("skull", &head.outline(OUTLINE_PIECES));
    for which in HeadHandle::ALL {
        let form = if which == HeadHandle::Centre { HandleForm::Cross } else { HandleForm::Handle };
        canvas.handle(Handle::Head(which), form);
    }
}
