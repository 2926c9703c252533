//! A request of the clinic's, asked for by its staff.

use crate::app::state::StaffAction;
use crate::app::store::Store;
use crate::engine::calibration::Side;
use crate::engine::consult::RequestLink;
use crate::platform::site;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

pub(super) fn open(store: &Store, link: &RequestLink) {
    let (store, address) = (store.clone(), link.address());
    spawn_local(async move { store.dispatch(StaffAction::Answered(site::of_staff(&address).await)) });
}

pub(super) fn fetch(store: &Store, pictures: Vec<(Side, String)>) {
    let store = store.clone();
    spawn_local(async move {
        let mut fetched = Vec::new();
        for (side, address) in pictures {
            let bytes: Option<Rc<[u8]>> = site::picture_of_staff(&address).await.map(Rc::from);
            fetched.extend(bytes.map(|bytes| (side, bytes)));
        }
        store.dispatch(StaffAction::PicturesFetched(fetched));
    });
}
