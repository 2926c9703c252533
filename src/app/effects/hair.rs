//! The visitor's own hair, clipped.

use super::services::Services;
use crate::app::state::PreviewAction;
use crate::app::state::preview::{ClippedOf, NotClipped};
use crate::app::store::Store;
use crate::engine::catalog::Parameters;
use crate::engine::clipped::ClippedHair;
use crate::engine::design::View;
use crate::engine::editor::AnalysisImage;
use crate::platform::picture::Picture;
use crate::worker::{ClipAsk, ClipOutcome};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// What decides how hair is clipped, besides the photo.
pub(super) struct ClippedBy {
    pub(super) view: View,
    pub(super) parameters: Parameters,
    pub(super) seed: u32,
}

/// Clips the hair in the photo that is shown.
pub(super) fn clip_shown(
    services: &Services,
    store: &Store,
    of: Box<ClippedOf>,
    pixels: Rc<AnalysisImage>,
    by: ClippedBy,
) {
    let (services, store) = (services.clone(), store.clone());
    spawn_local(async move {
        let outcome = match services.pictures.shown() {
            Some(picture) => clip(&services, &picture, &pixels, by).await,
            None => Err(NotClipped::Failed),
        };
        let is_wanted = store.read(|state| state.preview.clipped.sought.as_ref() == Some(&*of));
        let outcome = outcome.map(|(picture, hair)| {
            if is_wanted {
                services.pictures.put_clipped(picture);
            } else {
                picture.close();
            }
            Rc::new(hair)
        });
        store.dispatch(PreviewAction::Clipped(of, outcome));
    });
}

/// Clips the hair in a picture that looks like that.
pub(super) async fn clip(
    services: &Services,
    picture: &Picture,
    pixels: &AnalysisImage,
    by: ClippedBy,
) -> Result<(Picture, ClippedHair), NotClipped> {
    let whole = picture.whole().cloned().ok_or(NotClipped::Failed)?;
    let ClippedBy { view, parameters, seed } = by;
    let width = u32::try_from(pixels.width).map_err(|_| NotClipped::Failed)?;
    let view = serde_json::to_string(&view).map_err(|_| NotClipped::Failed)?;
    let ask = ClipAsk { width, zoom: pixels.zoom, view, parameters, seed };
    match services.worker.clip_hair(&pixels.pixels, ask, whole).await {
        Ok(ClipOutcome::Clipped { photo, hair }) => {
            Ok((Picture::of_bitmap(photo).map_err(|_| NotClipped::Failed)?, hair))
        }
        Ok(ClipOutcome::Refused(refusal)) => Err(NotClipped::Refused(refusal)),
        Err(_) => Err(NotClipped::Failed),
    }
}
