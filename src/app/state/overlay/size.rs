//! The marks of the scale.

use super::canvas::Canvas;
use super::shape::{HandleForm, Shape};
use crate::engine::editor::Handle;

pub(super) fn draw(canvas: &mut Canvas) {
    let Some(calibration) = canvas.state.view().calibration else {
        if let Some(point) = canvas.state.editor.controller.pending_mark {
            let at = canvas.seen(point);
            canvas.shapes.push(Shape::Handle { form: HandleForm::Mark, at, is_chosen: true, name: None });
        }
        return;
    };
    canvas.smooth("ruler", &[calibration.a, calibration.b]);
    canvas.handle(Handle::MarkA, HandleForm::Mark);
    canvas.handle(Handle::MarkB, HandleForm::Mark);
    if calibration.reference.is_pupils() {
        canvas.handle(Handle::Glabella, HandleForm::Cross);
    }
}
