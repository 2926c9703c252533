//! Which effect is carried out where.

use super::hair::ClippedBy;
use super::services::Services;
use super::{drafts, hair, photos, request, save, staff};
use crate::app::state::{DeliveryNews, Effect, PhotoAction, PreviewAction, SessionAction};
use crate::app::store::Store;
use crate::embed::Host;
use crate::engine::editor::AnalysisImage;
use crate::platform::{dom, site};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Carries an effect out. What takes time goes on in the background.
pub(crate) fn run(effect: Effect, services: &Services, store: &Store) {
    match effect {
        Effect::OpenWorker => open_worker(services, store),
        Effect::ReadConfiguration => read_configuration(store),
        Effect::RestrictConnections(origin) => dom::restrict_connections(origin.as_deref()),
        Effect::Warn(text) => dom::warn(&text),
        Effect::Focus(selector) => {
            services.focus.replace(Some(selector));
        }
        Effect::StartTimer(timer, ms) => services.timers.start(timer, ms, store),
        Effect::StopTimer(timer) => services.timers.stop(timer),
        Effect::OpenPhoto { load, source, orientation } => photos::open(services, store, load, (source, orientation)),
        Effect::ShowPicture(load) => services.pictures.show(load),
        Effect::DropPicture(load) => services.pictures.discard(load),
        Effect::HidePicture => services.pictures.hide(),
        Effect::ReadDesign(picked) => save::read_design(services, store, picked),
        Effect::FindPerson { load, pixels } => find_person(services, store, load, pixels),
        Effect::GrowDots(seed) => grow_dots(services, store, seed),
        Effect::Repaint(dirty) => services.stage.repaint(dirty),
        Effect::ClipHair { of, pixels, parameters, seed } => {
            let by = ClippedBy { view: of.view.clone(), parameters, seed };
            hair::clip_shown(services, store, of, pixels, by);
        }
        Effect::SavePicture { plan, dots, name, is_clipped } => {
            save::save_picture(services, store, save::Picture { plan, dots, name, is_clipped });
        }
        Effect::SaveFile { file, name, mime, bytes } => save::save_file(store, file, name, (mime, &bytes)),
        Effect::ShareFile { file, name, mime, bytes } => save::share_file(store, file, name, (mime, bytes)),
        Effect::LoadDraft => drafts::load(services, store),
        Effect::KeepDraft { design, photos } => drafts::keep(services, store, design, photos),
        Effect::DeleteDraft => drafts::delete(services, store),
        Effect::ForgetDraft => drafts::forget(services),
        Effect::RenderRequest { design, sides, field, parameters, max_bytes } => {
            request::render(services, store, request::Wanted { design, sides, field, parameters, max_bytes });
        }
        Effect::ShrinkRequest { id, pictures, max_bytes } => request::shrink(store, id, pictures, max_bytes),
        Effect::KeepRequest(request) => drafts::keep_request(services, request),
        Effect::RenewRequest => request::renew(store),
        Effect::Send { id, attempt, payload } => request::deliver(services, store, (id, attempt), payload),
        Effect::OpenRequest(link) => staff::open(store, &link),
        Effect::FetchPictures(pictures) => staff::fetch(store, pictures),
        Effect::CancelSend => services.transport.cancel(),
        Effect::Announce(news, id) => {
            if let Some(host) = services.host.borrow().as_ref() {
                announce(host, news, &id);
            }
        }
    }
}

fn announce(host: &Host, news: DeliveryNews, id: &str) {
    match news {
        DeliveryNews::Sending => host.request_sending(id),
        DeliveryNews::Sent => host.request_sent(id),
        DeliveryNews::Failed(reason) => host.request_failed(id, reason),
    }
}

fn open_worker(services: &Services, store: &Store) {
    let (worker, store) = (services.worker.clone(), store.clone());
    spawn_local(async move { store.dispatch(SessionAction::WorkerOpened(worker.open().await)) });
}

fn read_configuration(store: &Store) {
    let store = store.clone();
    spawn_local(async move { store.dispatch(SessionAction::Configured(site::configuration().await)) });
}

fn find_person(services: &Services, store: &Store, load: u32, pixels: Rc<AnalysisImage>) {
    let (services, store) = (services.clone(), store.clone());
    spawn_local(async move {
        let photo = services.pictures.shown().and_then(|picture| picture.whole().cloned());
        let person = match photo {
            Some(photo) => services.worker.find_person(&pixels, photo).await,
            None => None,
        };
        store.dispatch(PhotoAction::PersonSought(load, person.map(Box::new)));
    });
}

fn grow_dots(services: &Services, store: &Store, seed: u32) {
    let (worker, store) = (services.worker.clone(), store.clone());
    spawn_local(async move {
        let pairs = worker.tile(seed).await.unwrap_or_default();
        store.dispatch(PreviewAction::DotsGrown(seed, pairs.into()));
    });
}
