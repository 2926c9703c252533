//! What is to be seen on the stage, out of the state and the picture that is open.

use super::painter::{InkMaker, Layer, Scene};
use crate::app::state::State;
use crate::app::state::preview::{ClippedPicture, Finish};
use crate::engine::dots::Field;
use crate::platform::picture::Picture;

/// The scene of the stage; `None` without an open photo. `clipped` is the photo with the visitor's own hair clipped, where there is one.
pub(super) fn scene<'a>(state: &'a State, picture: &'a Picture, clipped: Option<&'a Picture>) -> Option<Scene<'a>> {
    let reference = state.photos.open.as_ref()?.reference();
    let (parameters, preview) = (state.parameters(), &state.preview);
    let look = &state.editor.document.design().look;
    let px_per_mm = state.view().scale(parameters).px_per_mm.get();
    let blur = state.blur(state.view());
    let finish = preview.painted.as_ref().map_or(Finish::Whole, |painted| painted.finish);
    let compared = preview.compared.value().filter(|_| !preview.compare.held);
    let layer = |field, look| layer(state, clipped, field, InkMaker { look, parameters, px_per_mm, blur, finish });
    Some(Scene {
        picture,
        clipped,
        hides_photo: clipped.is_some() && preview.clipped.picture == ClippedPicture::Final,
        size: (reference.width.into(), reference.height.into()),
        dots: preview.field.as_ref().map(|field| layer(field, look)),
        before: compared.map(|(field, look)| layer(field, look)),
        viewport: state.editor.viewport,
        ratio: state.editor.pixel_ratio,
        split: state.split(),
    })
}

/// Dots on the skin of the photo as their look shows it, with the stubble of hair that is clipped.
pub(super) fn layer<'a>(
    state: &'a State,
    clipped: Option<&Picture>,
    field: &'a Field,
    maker: InkMaker<'a>,
) -> Layer<'a> {
    let (preview, look) = (&state.preview, maker.look);
    let stubble = clipped.and_then(|_| preview.clipped.under(look, maker.parameters));
    Layer { field, maker, stubble, specular_map: preview.specular_map_under(look) }
}
