//! What is to be seen on the stage, out of the state and the picture that is open.

use super::painter::{InkMaker, Scene};
use crate::app::state::State;
use crate::platform::picture::Picture;

/// The scene of the stage; `None` without an open photo.
pub(super) fn scene<'a>(state: &'a State, picture: &'a Picture) -> Option<Scene<'a>> {
    let reference = state.photos.open.as_ref()?.reference();
    let (parameters, preview) = (state.parameters(), &state.preview);
    let look = &state.editor.document.design().look;
    let maker = InkMaker { look, parameters, px_per_mm: state.view().scale(parameters).px_per_mm.get() };
    let compared = preview.compared.value().filter(|_| !preview.compare.held);
    Some(Scene {
        picture,
        size: (reference.width.into(), reference.height.into()),
        dots: preview.field.as_ref().map(|field| (field, maker)),
        before: compared.map(|(field, look)| (field, InkMaker { look, ..maker })),
        specular_map: preview.specular_map.value().and_then(Option::as_deref),
        viewport: state.editor.viewport,
        ratio: state.editor.pixel_ratio,
        split: state.split(),
    })
}
