//! The pictures of a request, and its way to the clinic.

use super::photos;
use super::services::Services;
use crate::app::state::request::RequestStamp;
use crate::app::state::{RequestAction, SideRender};
use crate::app::store::Store;
use crate::engine::catalog::Parameters;
use crate::engine::consult::Pictures;
use crate::engine::design::Design;
use crate::engine::dots::{BlueNoiseTile, Dot, Field};
use crate::engine::ports::{Payload, Transport};
use crate::engine::render::SpecularMap;
use crate::platform::clock::{now_iso, random_id};
use crate::platform::files;
use crate::platform::picture::Picture;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// The pictures that are wanted.
pub(super) struct Wanted {
    pub(super) design: Rc<Design>,
    pub(super) sides: Vec<SideRender>,
    /// The dots' pattern, where it has grown.
    pub(super) field: Option<Field>,
    pub(super) parameters: Parameters,
}

fn stamp() -> RequestStamp {
    RequestStamp { id: random_id(), made_at: now_iso() }
}

pub(super) fn renew(store: &Store) {
    store.dispatch(RequestAction::Renewed(stamp()));
}

pub(super) fn render(services: &Services, store: &Store, wanted: Wanted) {
    let (services, store) = (services.clone(), store.clone());
    spawn_local(async move {
        let design = wanted.design.clone();
        let pictures = render_sides(&services, wanted).await;
        store.dispatch(RequestAction::Rendered(design, pictures, stamp()));
    });
}

/// `None` when a photo cannot be opened any more, or there is no memory.
async fn render_sides(services: &Services, wanted: Wanted) -> Option<Vec<Pictures>> {
    let Wanted { design, sides, field, parameters } = wanted;
    // A visitor may be faster than the dots grow.
    let field = match field {
        Some(field) => field,
        None => {
            let pairs = services.worker.tile(design.seed).await.unwrap_or_default();
            let tile = BlueNoiseTile::from_pairs(&pairs).unwrap_or_else(|| BlueNoiseTile::grow(design.seed));
            Field::new(Rc::new(tile), design.seed)
        }
    };
    let mut made = Vec::new();
    for side in sides {
        let mut field = field.afresh();
        field.sync_side(&design, side.side, &parameters);
        made.push(render_side(services, side, &field, (&design, &parameters)).await?);
    }
    Some(made)
}

async fn render_side(
    services: &Services,
    side: SideRender,
    field: &Field,
    (design, parameters): (&Design, &Parameters),
) -> Option<Pictures> {
    let shown = services.pictures.shown().filter(|_| side.is_open);
    let is_open = shown.is_some();
    let picture = match shown {
        Some(picture) => picture,
        None => photos::decode(services, side.source.clone(), side.orientation).await.ok()?.0,
    };
    let area = design.views.of(side.side).head_in_force(parameters).upper_skull();
    let pixels = picture.smallest_pixels().ok();
    let specular_map = pixels.map(|(pixels, width, zoom)| SpecularMap::of(&pixels, width, zoom, area));
    let seen = |dot: Dot| specular_map.as_ref().map_or(dot, |specular_map| specular_map.over(dot));
    let dots: Vec<Dot> = field.dots().into_iter().map(seen).collect();
    let made = both(services, &side, &picture, &dots).await;
    if !is_open {
        picture.close();
    }
    let [before, after] = made?;
    Some(Pictures { side: side.side, before, after })
}

async fn both(services: &Services, side: &SideRender, picture: &Picture, dots: &[Dot]) -> Option<[Rc<[u8]>; 2]> {
    let mut made = Vec::new();
    for plan in side.plans.clone() {
        let level = picture.level_for(plan.zoom)?.clone();
        let blob = services.worker.compose(plan, level, dots).await.ok()?;
        made.push(files::read(&blob).await.ok()?);
    }
    made.try_into().ok()
}

/// The only place from which anything leaves the device.
pub(super) fn deliver(services: &Services, store: &Store, (id, attempt): (String, u32), payload: Payload) {
    let (sending, store) = (services.transport.send(payload), store.clone());
    spawn_local(async move { store.dispatch(RequestAction::Answered(id, attempt, sending.await)) });
}
