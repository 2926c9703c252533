//! The nets that find a face, loaded when they are asked for first.

use crate::engine::face::{
    DETECTOR_FILE, FaceError, FaceFiles, FaceFinder, FoundFace, IRIS_FILE, MESH_FILE, SourcePicture,
};
use crate::platform::site;
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    static FINDER: RefCell<Option<Rc<FaceFinder>>> = const { RefCell::new(None) };
}

/// Looks for the face of a picture; `None` where the nets cannot be had.
pub(super) async fn find(pixels: &[u8], width: usize, zoom: f64) -> Option<Result<FoundFace, FaceError>> {
    let finder = match FINDER.with_borrow(Clone::clone) {
        Some(finder) => finder,
        None => load().await?,
    };
    Some(finder.find(&SourcePicture { pixels, width, zoom }))
}

async fn load() -> Option<Rc<FaceFinder>> {
    let detector = site::model(&DETECTOR_FILE).await?;
    let mesh = site::model(&MESH_FILE).await?;
    let iris = site::model(&IRIS_FILE).await?;
    let files = FaceFiles { detector: &detector, mesh: &mesh, iris: &iris };
    let finder = Rc::new(FaceFinder::read(&files).ok()?);
    FINDER.set(Some(finder.clone()));
    Some(finder)
}
