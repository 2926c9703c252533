//! The nets that find a face and a person, loaded when they are asked for first, and who was seen last.

use crate::engine::catalog::Parameters;
use crate::engine::editor::{AnalysisImage, head_from_above};
use crate::engine::face::{
    DETECTOR_FILE, FaceFiles, FaceFinder, FoundFace, IRIS_FILE, MESH_FILE, PERSON_FILE, PersonFinder, SeenPerson,
    SourcePicture, blur_area, photo_blur,
};
use crate::engine::geometry::PhotoPx;
use crate::engine::render::PixelRect;
use crate::platform::picture::{self, PictureError};
use crate::platform::site;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::ImageBitmap;

thread_local! {
    static FINDERS: RefCell<Option<Rc<Finders>>> = const { RefCell::new(None) };
    /// The picture that was looked at last, and who is in it: its hair may be clipped, again and again.
    static LAST: RefCell<Option<(Vec<u8>, SeenPerson)>> = const { RefCell::new(None) };
}

/// All nets.
struct Finders {
    face: FaceFinder,
    person: PersonFinder,
}

/// Looks who is seen in a photo that was scaled down to these pixels; `None` where the nets cannot be had.
pub(super) async fn find(photo: &ImageBitmap, pixels: &[u8], width: usize, zoom: f64) -> Option<SeenPerson> {
    let finders = match FINDERS.with_borrow(Clone::clone) {
        Some(finders) => finders,
        None => load().await?,
    };
    let seen_before = |last: &(Vec<u8>, SeenPerson)| (last.0 == pixels).then(|| last.1.clone());
    if let Some(seen) = LAST.with_borrow(|last| last.as_ref().and_then(seen_before)) {
        return Some(seen);
    }
    let picture = SourcePicture { pixels, width, zoom };
    let (face, mask) = (finders.face.find(&picture), finders.person.find(&picture));
    let blur = blur(photo, face.as_ref().ok()).unwrap_or_default();
    // A face is seen from the front.
    let image =
        || AnalysisImage { person: mask.clone().map(Rc::new), ..AnalysisImage::new(pixels.to_vec(), width, zoom) };
    let from_above = if face.is_ok() { None } else { head_from_above(&image(), &Parameters::default()) };
    let seen = SeenPerson { face, mask, blur, from_above };
    LAST.set(Some((pixels.to_vec(), seen.clone())));
    Some(seen)
}

/// How blurred the photo is: as it is, since what is finer than the pixels of one that was scaled down is not seen in them.
fn blur(photo: &ImageBitmap, face: Option<&FoundFace>) -> Result<PhotoPx, PictureError> {
    let area = blur_area(face, (photo.width().into(), photo.height().into()));
    let rect = PixelRect::covering(area, 1.0, photo.width() as usize, photo.height() as usize);
    let pixels = picture::pixels(photo, rect)?;
    Ok(photo_blur(&SourcePicture { pixels: &pixels, width: rect.width, zoom: 1.0 }))
}

async fn load() -> Option<Rc<Finders>> {
    let detector = site::model(&DETECTOR_FILE).await?;
    let mesh = site::model(&MESH_FILE).await?;
    let iris = site::model(&IRIS_FILE).await?;
    let person = site::model(&PERSON_FILE).await?;
    let files = FaceFiles { detector: &detector, mesh: &mesh, iris: &iris };
    let (face, person) = (FaceFinder::read(&files).ok()?, PersonFinder::read(&person).ok()?);
    let finders = Rc::new(Finders { face, person });
    FINDERS.set(Some(finders.clone()));
    Some(finders)
}
