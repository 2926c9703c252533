//! Files in and out.

use super::services::Services;
use crate::app::state::photos::PickedFile;
use crate::app::state::{SaveAction, SavedFile};
use crate::app::store::Store;
use crate::engine::dots::Dot;
use crate::engine::export::PicturePlan;
use crate::platform::{files, picture};
use wasm_bindgen_futures::spawn_local;

/// A picture that is to be saved.
pub(super) struct Picture {
    pub(super) plan: PicturePlan,
    /// In photo pixels.
    pub(super) dots: Vec<Dot>,
    /// The file's name.
    pub(super) name: String,
    /// Whether the visitor's own hair is clipped where there are dots.
    pub(super) is_clipped: bool,
}

pub(super) fn read_design(services: &Services, store: &Store, picked: PickedFile) {
    let (file, store) = (services.take_file(picked), store.clone());
    spawn_local(async move {
        let bytes = match file {
            Some(file) => files::read(&file).await.ok(),
            None => None,
        };
        store.dispatch(SaveAction::DesignRead(bytes));
    });
}

pub(super) fn save_file(store: &Store, file: SavedFile, name: String, (mime, bytes): (&str, &[u8])) {
    let blob = files::blob(bytes, mime).ok();
    let is_saved = blob.and_then(|blob| files::save(&blob, &name).ok()).is_some();
    store.dispatch(SaveAction::FileSaved(file, name, is_saved));
}

pub(super) fn share_file(store: &Store, file: SavedFile, name: String, (mime, bytes): (&'static str, Vec<u8>)) {
    let store = store.clone();
    spawn_local(async move {
        // Also a visitor who chose no program has the file then.
        if files::share(&bytes, mime, &name).await.is_err() {
            save_file(&store, file, name, (mime, &bytes));
        }
    });
}

pub(super) fn save_picture(services: &Services, store: &Store, wanted: Picture) {
    let shown = services.pictures.shown();
    let clipped = services.pictures.clipped().filter(|_| wanted.is_clipped);
    let (worker, store) = (services.worker.clone(), store.clone());
    spawn_local(async move {
        let Picture { plan, dots, name, .. } = wanted;
        let level =
            |picture: Option<&picture::Picture>| picture.and_then(|picture| picture.level_for(plan.zoom).cloned());
        let (photo, clipped) = (level(shown.as_ref()), level(clipped.as_ref()));
        let blob = match photo {
            Some(photo) => worker.compose(plan, (photo, clipped), &dots).await.ok(),
            None => None,
        };
        let is_saved = blob.and_then(|blob| files::save(&blob, &name).ok()).is_some();
        store.dispatch(SaveAction::PictureSaved(name, is_saved));
    });
}
