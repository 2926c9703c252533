//! A photo with its hair clipped.

use super::faces;
use super::job::{Aside, JobError};
use crate::engine::catalog::Parameters;
use crate::engine::clipped::{ClippedHair, ClippedPhoto, ClippedRefusal, clip_found, clip_roughly, find_hair};
use crate::engine::design::View;
use crate::engine::editor::AnalysisImage;
use crate::engine::render::PixelRect;
use crate::platform::picture::{self, PictureError};
use js_sys::Array;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use web_sys::ImageBitmap;

/// Rows that are replaced in one go: 4 MB of the widest picture.
const STRIP_ROWS: u32 = 256;

/// What hair is clipped by.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClipAsk {
    /// Pixels of a row.
    pub width: u32,
    /// These pixels per photo pixel.
    pub zoom: f64,
    /// Where the head is in the photo: a `View`, written as in a design's file.
    pub view: String,
    /// The parameters in force.
    pub parameters: Parameters,
    /// The design's seed.
    pub seed: u32,
    /// Whether a rough picture is wanted before.
    pub wants_first: bool,
}

/// What came of clipping hair.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum ClipOutcome {
    /// It was clipped.
    Clipped {
        /// The photo without it, in halves: `ImageBitmap`s, the largest first. Of a rough picture one, of what is replaced alone, to
        /// be laid over the photo.
        #[serde(with = "serde_wasm_bindgen::preserve")]
        levels: Array,
        /// What was clipped.
        hair: ClippedHair,
    },
    /// It cannot be.
    Refused(ClippedRefusal),
}

/// Clips the hair in a photo that was scaled down to these pixels. Who is in it is looked for again: most often the nets are there.
/// Where they cannot be had, in a worker that took the place of a lost one, colours alone may do, but refuse nothing.
pub(super) async fn clip(
    pixels: Vec<u8>,
    ask: ClipAsk,
    photo: &ImageBitmap,
    aside: &Aside,
) -> Result<ClipOutcome, JobError> {
    let ClipAsk { width, zoom, view, parameters, seed, wants_first } = ask;
    let view: View = serde_json::from_slice(view.as_bytes()).map_err(|_| JobError::BadMessage)?;
    let seen = faces::find(photo, &pixels, width as usize, zoom).await;
    let is_blind = seen.is_none();
    let refuse = |refusal| if is_blind { Err(JobError::NoNets) } else { Ok(ClipOutcome::Refused(refusal)) };
    let (face, mask) = seen.map_or((None, None), |seen| (seen.face.ok(), seen.mask));
    let image = AnalysisImage { person: mask.map(Rc::new), ..AnalysisImage::new(pixels, width as usize, zoom) };
    let ground = (&view, &parameters);
    let found = match find_hair(&image, face.as_ref(), ground) {
        Ok(found) => found,
        Err(refusal) => return refuse(refusal),
    };
    if wants_first && let Ok((clipped, hair)) = clip_roughly(&image, &found, ground, seed) {
        let levels = Array::of1(&cut_out(&clipped, &image)?.into());
        if let Ok(first) = serde_wasm_bindgen::to_value(&ClipOutcome::Clipped { levels: levels.clone(), hair }) {
            aside.tell(first, &levels);
        }
    }
    match clip_found(&image, found, ground, seed) {
        Ok((clipped, hair)) => {
            let levels: Array = picture::halves(replaced(clipped, photo)?)?.into_iter().collect();
            aside.hand_over(&levels);
            Ok(ClipOutcome::Clipped { levels, hair })
        }
        Err(refusal) => refuse(refusal),
    }
}

/// What is replaced, at the resolution that hair was found in; the rest is transparent.
fn cut_out(clipped: &ClippedPhoto, image: &AnalysisImage) -> Result<ImageBitmap, PictureError> {
    let (width, height) = (image.width, image.pixels.len() / 4 / image.width.max(1));
    let mut pixels = image.pixels.clone();
    clipped.cut_out(&mut pixels, PixelRect { x: 0, y: 0, width, height }, image.zoom);
    let (canvas, context) = picture::readable_canvas(width as u32, height as u32)?;
    let image = picture::image_data(&pixels, width as u32, height as u32)?;
    context.put_image_data(&image, 0.0, 0.0)?;
    Ok(canvas.transfer_to_image_bitmap()?)
}

fn replaced(clipped: ClippedPhoto, photo: &ImageBitmap) -> Result<ImageBitmap, PictureError> {
    let (width, height) = (photo.width(), photo.height());
    let (canvas, context) = picture::readable_canvas(width, height)?;
    context.draw_image_with_image_bitmap(photo, 0.0, 0.0)?;
    let read = |rect: PixelRect| {
        let (x, y) = (f64::from(rect.x), f64::from(rect.y));
        Some(context.get_image_data(x, y, rect.width as f64, rect.height as f64).ok()?.data().0)
    };
    let samples = clipped.samples((width as usize, height as usize)).map(|rect| rect.and_then(read));
    let clipped = clipped.with_texture(samples.each_ref().map(Option::as_deref));
    for top in (0..height).step_by(STRIP_ROWS as usize) {
        let rows = STRIP_ROWS.min(height - top);
        let strip = PixelRect { x: 0, y: top as i32, width: width as usize, height: rows as usize };
        let Some(strip) = clipped.touched(strip, 1.0) else { continue };
        let (x, y) = (f64::from(strip.x), f64::from(strip.y));
        let image = context.get_image_data(x, y, strip.width as f64, strip.height as f64)?;
        let mut pixels = image.data().0;
        clipped.apply(&mut pixels, strip, 1.0);
        let image = picture::image_data(&pixels, strip.width as u32, strip.height as u32)?;
        context.put_image_data(&image, x, y)?;
    }
    Ok(canvas.transfer_to_image_bitmap()?)
}
