//! The pictures of a request, and its way to the clinic.

use super::hair::{self, ClippedBy};
use super::photos;
use super::services::Services;
use crate::app::state::request::RequestStamp;
use crate::app::state::{RequestAction, SideRender};
use crate::app::store::Store;
use crate::engine::catalog::Parameters;
use crate::engine::clipped::ClippedHair;
use crate::engine::consult::{Pictures, picture_bytes};
use crate::engine::design::{Design, Hair};
use crate::engine::dots::{BlueNoiseTile, Dot, Field};
use crate::engine::editor::AnalysisImage;
use crate::engine::export::Format;
use crate::engine::ports::{Payload, Transport};
use crate::engine::render::SpecularMap;
use crate::platform::clock::{now_iso, random_id};
use crate::platform::files;
use crate::platform::picture::{self, Picture};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// The pictures that are wanted.
pub(super) struct Wanted {
    pub(super) design: Rc<Design>,
    pub(super) sides: Vec<SideRender>,
    /// The dots' pattern, where it has grown.
    pub(super) field: Option<Field>,
    pub(super) parameters: Parameters,
    /// Bytes that all pictures may have together.
    pub(super) max_bytes: usize,
}

/// How much smaller pictures are made in one go, and how often at most.
const SHRINK: (f64, usize) = (0.8, 6);

fn stamp() -> RequestStamp {
    RequestStamp { id: random_id(), made_at: now_iso() }
}

pub(super) fn renew(store: &Store) {
    store.dispatch(RequestAction::Renewed(stamp()));
}

pub(super) fn render(services: &Services, store: &Store, wanted: Wanted) {
    let (services, store) = (services.clone(), store.clone());
    spawn_local(async move {
        let (design, max_bytes) = (wanted.design.clone(), wanted.max_bytes);
        let pictures = match render_sides(&services, wanted).await {
            Some(pictures) => fitted(pictures, max_bytes).await,
            None => None,
        };
        store.dispatch(RequestAction::Rendered(design, pictures, stamp()));
    });
}

pub(super) fn shrink(store: &Store, id: String, pictures: Vec<Pictures>, max_bytes: usize) {
    let store = store.clone();
    spawn_local(async move { store.dispatch(RequestAction::Shrunk(id, fitted(pictures, max_bytes).await)) });
}

/// The pictures, made smaller until they have at most so many bytes together; `None` where they cannot be.
async fn fitted(mut pictures: Vec<Pictures>, max_bytes: usize) -> Option<Vec<Pictures>> {
    let first = pictures.clone();
    let mut share = 1.0;
    for _ in 0..SHRINK.1 {
        if picture_bytes(&pictures) <= max_bytes {
            return Some(pictures);
        }
        share *= SHRINK.0;
        pictures.clear();
        // Each time from the first ones: what is encoded again and again gets worse.
        for Pictures { side, before, after } in &first {
            let [before, after] = [smaller(before, share).await?, smaller(after, share).await?];
            pictures.push(Pictures { side: *side, before, after });
        }
    }
    (picture_bytes(&pictures) <= max_bytes).then_some(pictures)
}

async fn smaller(jpeg: &[u8], share: f64) -> Option<Rc<[u8]>> {
    let row = Format::Jpeg.row();
    let scaled = picture::scaled(jpeg, (row.mime, row.quality), share).await.ok()?;
    files::read(&scaled).await.ok()
}

/// `None` when a photo cannot be opened any more, or there is no memory.
async fn render_sides(services: &Services, wanted: Wanted) -> Option<Vec<Pictures>> {
    let Wanted { design, sides, field, parameters, .. } = wanted;
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
    let clipped = clipped(services, (&side, &picture), (design, parameters)).await;
    let look = &design.look;
    let dots = match &clipped {
        Some((_, hair)) => {
            let strength = hair.strength(look, parameters) as f32;
            hair.stubble(field).among(field.dots().into_iter(), strength).collect()
        }
        None => field.dots(),
    };
    let (clipped, of_clipped) = clipped.map(|(picture, hair)| (picture, hair.specular_map)).unzip();
    let of_photo = |(pixels, width, zoom): (Vec<u8>, usize, f64)| SpecularMap::of(&pixels, width, zoom, area);
    let specular_map = of_clipped.or_else(|| picture.smallest_pixels().ok().map(of_photo));
    let seen = |dot: Dot| specular_map.as_ref().map_or(dot, |specular_map| specular_map.over(dot));
    let dots: Vec<Dot> = dots.into_iter().map(seen).collect();
    let made = both(services, &side, (&picture, clipped.as_ref()), &dots).await;
    if !is_open {
        picture.close();
    }
    if let Some(clipped) = clipped {
        clipped.close();
    }
    let [before, after] = made?;
    Some(Pictures { side: side.side, before, after })
}

/// The picture with the visitor's own hair clipped, where the look asks for it and it can be done: what cannot be clipped is sent as it
/// is, as it was shown.
async fn clipped(
    services: &Services,
    (side, picture): (&SideRender, &Picture),
    (design, parameters): (&Design, &Parameters),
) -> Option<(Picture, ClippedHair)> {
    if design.look.hair != Hair::Clipped {
        return None;
    }
    let (pixels, width, zoom) = picture.smallest_pixels().ok()?;
    let pixels = AnalysisImage::new(pixels, width, zoom);
    let view = design.views.of(side.side).clone();
    let by = ClippedBy { view, parameters: parameters.clone(), seed: design.seed };
    hair::clip(services, (picture, &pixels), by, None).await.ok()
}

/// Before and after; the photo with the visitor's own hair clipped stands where there are dots, if there is one.
async fn both(
    services: &Services,
    side: &SideRender,
    (picture, clipped): (&Picture, Option<&Picture>),
    dots: &[Dot],
) -> Option<[Rc<[u8]>; 2]> {
    let mut made = Vec::new();
    for plan in side.plans.clone() {
        let clipped = clipped.and_then(|clipped| clipped.level_for(plan.zoom).cloned());
        let photos = (picture.level_for(plan.zoom)?.clone(), clipped);
        let blob = services.worker.compose(plan, photos, dots).await.ok()?;
        made.push(files::read(&blob).await.ok()?);
    }
    made.try_into().ok()
}

/// The only place from which anything leaves the device.
pub(super) fn deliver(services: &Services, store: &Store, (id, attempt): (String, u32), payload: Payload) {
    let (watching, of) = (store.clone(), id.clone());
    let on_progress = move |percent| watching.dispatch(RequestAction::Progressed(of.clone(), percent));
    let (sending, store) = (services.transport.send(payload, Box::new(on_progress)), store.clone());
    spawn_local(async move { store.dispatch(RequestAction::Answered(id, attempt, sending.await)) });
}
