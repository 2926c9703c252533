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
use wasm_bindgen::JsCast;
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
        let first = (services.clone(), store.clone(), of.clone());
        let on_first = move |outcome| {
            let (services, store, of) = &first;
            if let Ok((picture, hair)) = clipped(outcome) {
                put(services, store, of, picture);
                store.dispatch(PreviewAction::ClippedFirst(of.clone(), Rc::new(hair)));
            }
        };
        let outcome = match services.pictures.shown() {
            Some(picture) => clip(&services, (&picture, &pixels), by, Some(Box::new(on_first))).await,
            None => Err(NotClipped::Failed),
        };
        let outcome = outcome.map(|(picture, hair)| {
            put(&services, &store, &of, picture);
            Rc::new(hair)
        });
        store.dispatch(PreviewAction::Clipped(of, outcome));
    });
}

/// The picture is shown from now on, unless something else is wanted by now.
fn put(services: &Services, store: &Store, of: &ClippedOf, picture: Picture) {
    if store.read(|state| state.preview.clipped.sought.as_ref() == Some(of)) {
        services.pictures.put_clipped(picture);
    } else {
        picture.close();
    }
}

/// Clips the hair in a picture that looks like that; a rough one comes before where somebody hears of it.
pub(super) async fn clip(
    services: &Services,
    (picture, pixels): (&Picture, &AnalysisImage),
    by: ClippedBy,
    on_first: Option<Box<dyn Fn(ClipOutcome)>>,
) -> Result<(Picture, ClippedHair), NotClipped> {
    let whole = picture.whole().cloned().ok_or(NotClipped::Failed)?;
    let ClippedBy { view, parameters, seed } = by;
    let width = u32::try_from(pixels.width).map_err(|_| NotClipped::Failed)?;
    let view = serde_json::to_string(&view).map_err(|_| NotClipped::Failed)?;
    let ask = ClipAsk { width, zoom: pixels.zoom, view, parameters, seed, wants_first: false };
    clipped(services.worker.clip_hair(&pixels.pixels, (ask, whole), on_first).await.map_err(|_| NotClipped::Failed)?)
}

fn clipped(outcome: ClipOutcome) -> Result<(Picture, ClippedHair), NotClipped> {
    match outcome {
        ClipOutcome::Clipped { levels, hair } => {
            Ok((Picture::of_levels(levels.iter().map(JsCast::unchecked_into).collect()), hair))
        }
        ClipOutcome::Refused(refusal) => Err(NotClipped::Refused(refusal)),
    }
}
