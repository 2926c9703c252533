//! Decoded pictures: from bytes to bitmaps, turned, scaled, and in several sizes.

use super::files;
use crate::engine::geometry::Angle;
use crate::engine::render::PixelRect;
use js_sys::{Promise, Uint8ClampedArray};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, ImageBitmap, ImageData, ImageEncodeOptions, OffscreenCanvas, OffscreenCanvasRenderingContext2d, Window,
    WorkerGlobalScope,
};

/// Why there is no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureError {
    /// The browser cannot decode it.
    Undecodable,
    /// No memory, or the browser gives no canvas.
    NoCanvas,
}

impl From<JsValue> for PictureError {
    fn from(_: JsValue) -> Self {
        Self::NoCanvas
    }
}

/// A picture in its working size and in halves of it, so that any zoom is drawn from pixels near its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    levels: Vec<ImageBitmap>,
}

/// The smallest level has a longest side of at least this: no stage is smaller.
const SMALLEST_LEVEL: u32 = 640;

/// Decodes bytes upright, as the browser understands their orientation.
///
/// # Errors
/// When the browser cannot.
pub async fn decode(bytes: &[u8], mime: &str) -> Result<ImageBitmap, PictureError> {
    let blob = files::blob(bytes, mime)?;
    let promise = create_bitmap(&blob).map_err(|_| PictureError::Undecodable)?;
    JsFuture::from(promise).await.map(JsCast::unchecked_into).map_err(|_| PictureError::Undecodable)
}

fn create_bitmap(blob: &Blob) -> Result<Promise, JsValue> {
    let global = js_sys::global();
    if let Some(window) = global.dyn_ref::<Window>() {
        return window.create_image_bitmap_with_blob(blob);
    }
    global.unchecked_into::<WorkerGlobalScope>().create_image_bitmap_with_blob(blob)
}

/// Another bitmap of the same picture, to be handed to a worker: copying it is left to the browser, off the page's thread.
///
/// # Errors
/// When the bitmap was closed, or there is no memory.
pub async fn clone_bitmap(bitmap: &ImageBitmap) -> Result<ImageBitmap, PictureError> {
    let window = super::dom::window().ok_or(PictureError::NoCanvas)?;
    let promise = window.create_image_bitmap_with_image_bitmap(bitmap)?;
    JsFuture::from(promise).await.map(JsCast::unchecked_into).map_err(PictureError::from)
}

impl Picture {
    /// The picture scaled to that working size and turned clockwise by quarters, and then by degrees about its middle;
    /// transparent parts on white. `width` and `height` are its size before it is turned. Where a turn by degrees leaves
    /// corners empty they show the picture enlarged: a colour of what is beside them disturbs less than any other.
    ///
    /// # Errors
    /// When the browser has no memory for it.
    pub fn new(
        decoded: &ImageBitmap,
        width: u32,
        height: u32,
        quarter_turns: u8,
        level: f64,
    ) -> Result<Self, PictureError> {
        let upright = quarter_turns.is_multiple_of(2);
        let (across, down) = if upright { (width, height) } else { (height, width) };
        let (canvas, context) = canvas(across, down)?;
        context.set_fill_style_str("#fff");
        context.fill_rect(0.0, 0.0, across.into(), down.into());
        context.set_image_smoothing_enabled(true);
        context.translate(f64::from(across) / 2.0, f64::from(down) / 2.0)?;
        context.rotate((f64::from(quarter_turns) * 90.0 + level).to_radians())?;
        let (w, h) = (f64::from(width), f64::from(height));
        let draw = |k: f64| {
            let (w, h) = (w * k, h * k);
            context.draw_image_with_image_bitmap_and_dw_and_dh(decoded, -w / 2.0, -h / 2.0, w, h)
        };
        if level != 0.0 {
            let Angle { sine, cosine } = Angle::degrees(level.abs());
            draw(cosine + sine * (w / h).max(h / w))?;
        }
        draw(1.0)?;
        Ok(Self { levels: halves(canvas.transfer_to_image_bitmap()?)? })
    }

    /// A picture of which there are such sizes, as [`halves`] makes them.
    #[must_use]
    pub fn of_levels(levels: Vec<ImageBitmap>) -> Self {
        Self { levels }
    }

    /// The working picture itself.
    #[must_use]
    pub fn whole(&self) -> Option<&ImageBitmap> {
        self.levels.first()
    }

    /// The smallest level that has at least `zoom` times the pixels of the whole along a side.
    #[must_use]
    pub fn level_for(&self, zoom: f64) -> Option<&ImageBitmap> {
        let whole = f64::from(self.whole()?.width());
        self.levels.iter().rev().find(|level| f64::from(level.width()) >= whole * zoom).or(self.whole())
    }

    /// The pixels of the smallest level, as RGBA bytes row by row, its width, and its pixels per pixel of the whole.
    ///
    /// # Errors
    /// When the browser has no canvas for it.
    pub fn smallest_pixels(&self) -> Result<(Vec<u8>, usize, f64), PictureError> {
        let (whole, smallest) = self.whole().zip(self.levels.last()).ok_or(PictureError::NoCanvas)?;
        let (width, height) = (smallest.width() as usize, smallest.height() as usize);
        let pixels = pixels(smallest, PixelRect { x: 0, y: 0, width, height })?;
        Ok((pixels, width, width as f64 / f64::from(whole.width().max(1))))
    }

    /// The picture so many pixels high, as a small JPEG.
    ///
    /// # Errors
    /// When the browser gives no canvas or no picture.
    pub async fn thumbnail(&self, height: u32) -> Result<Blob, PictureError> {
        let level = self.levels.last().ok_or(PictureError::NoCanvas)?;
        let width = (level.width() * height / level.height().max(1)).max(1);
        let (canvas, context) = canvas(width, height)?;
        context.draw_image_with_image_bitmap_and_dw_and_dh(level, 0.0, 0.0, width.into(), height.into())?;
        encode(&canvas, "image/jpeg", None).await
    }

    /// Gives the memory back at once; the picture shows nothing afterwards.
    pub fn close(&self) {
        self.levels.iter().for_each(ImageBitmap::close);
    }
}

/// A picture and its halves, from the largest to the smallest that a stage needs.
///
/// # Errors
/// When the browser has no memory for them.
pub fn halves(whole: ImageBitmap) -> Result<Vec<ImageBitmap>, PictureError> {
    let mut levels = vec![whole];
    while let Some(last) = levels.last().filter(|last| last.width().max(last.height()) / 2 >= SMALLEST_LEVEL) {
        let (width, height) = ((last.width() / 2).max(1), (last.height() / 2).max(1));
        let (canvas, context) = canvas(width, height)?;
        context.draw_image_with_image_bitmap_and_dw_and_dh(last, 0.0, 0.0, width.into(), height.into())?;
        levels.push(canvas.transfer_to_image_bitmap()?);
    }
    Ok(levels)
}

/// The pixels of a part of a picture, as RGBA bytes row by row.
///
/// # Errors
/// When the browser has no canvas for it.
pub fn pixels(picture: &ImageBitmap, part: PixelRect) -> Result<Vec<u8>, PictureError> {
    let (width, height) = (part.width as u32, part.height as u32);
    let (_canvas, context) = readable_canvas(width, height)?;
    context.draw_image_with_image_bitmap(picture, (-part.x).into(), (-part.y).into())?;
    Ok(context.get_image_data(0.0, 0.0, width.into(), height.into())?.data().0)
}

/// RGBA bytes, row by row, as something that a canvas takes.
///
/// The bytes are copied out of the program's memory. An `ImageData` made of them in place is a view that becomes empty as soon as
/// that memory grows, and it may grow before the canvas is given the view: a reference to it has to be kept, too.
///
/// # Errors
/// When the bytes do not fit the size, or there is no memory.
pub fn image_data(pixels: &[u8], width: u32, height: u32) -> Result<ImageData, PictureError> {
    let copy = Uint8ClampedArray::new_from_slice(pixels);
    Ok(ImageData::new_with_js_u8_clamped_array_and_sh(&copy, width, height)?)
}

/// A canvas that is on no page, with its context.
///
/// # Errors
/// When the browser has none to give.
pub fn canvas(width: u32, height: u32) -> Result<(OffscreenCanvas, OffscreenCanvasRenderingContext2d), PictureError> {
    let canvas = OffscreenCanvas::new(width, height)?;
    let context = canvas.get_context("2d")?.ok_or(PictureError::NoCanvas)?;
    Ok((canvas, context.dyn_into().map_err(|_| PictureError::NoCanvas)?))
}

/// A canvas whose pixels are read back often: kept in plain memory, where reading is cheap.
///
/// # Errors
/// When the browser has none to give.
pub fn readable_canvas(
    width: u32,
    height: u32,
) -> Result<(OffscreenCanvas, OffscreenCanvasRenderingContext2d), PictureError> {
    let canvas = OffscreenCanvas::new(width, height)?;
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"willReadFrequently".into(), &true.into())?;
    let context = canvas.get_context_with_context_options("2d", &options)?.ok_or(PictureError::NoCanvas)?;
    Ok((canvas, context.dyn_into().map_err(|_| PictureError::NoCanvas)?))
}

/// Encodes a canvas; the browser must give the kind that was asked for.
///
/// # Errors
/// When it gives nothing or another kind.
pub async fn encode(canvas: &OffscreenCanvas, mime: &str, quality: Option<f64>) -> Result<Blob, PictureError> {
    let options = ImageEncodeOptions::new();
    options.set_type(mime);
    if let Some(quality) = quality {
        options.set_quality(quality);
    }
    let promise = canvas.convert_to_blob_with_options(&options)?;
    let blob: Blob = JsFuture::from(promise).await.map_err(PictureError::from)?.unchecked_into();
    if blob.type_() == mime && blob.size() > 0.0 { Ok(blob) } else { Err(PictureError::NoCanvas) }
}

/// An encoded picture with that share of its width and height, encoded anew as the same kind.
///
/// # Errors
/// When the browser cannot decode it, or has no canvas for it.
pub async fn scaled(bytes: &[u8], (mime, quality): (&str, Option<f64>), share: f64) -> Result<Blob, PictureError> {
    let decoded = decode(bytes, mime).await?;
    let side = |whole: u32| ((f64::from(whole) * share).round() as u32).max(1);
    let (width, height) = (side(decoded.width()), side(decoded.height()));
    let (canvas, context) = canvas(width, height)?;
    context.set_image_smoothing_enabled(true);
    context.draw_image_with_image_bitmap_and_dw_and_dh(&decoded, 0.0, 0.0, width.into(), height.into())?;
    decoded.close();
    encode(&canvas, mime, quality).await
}

/// Whether what is drawn is read back unchanged: some browsers answer with noise to hinder tracking.
#[must_use]
pub fn reads_back() -> bool {
    const SIDE: u32 = 16;
    let pattern: Vec<u8> =
        (0..SIDE * SIDE).flat_map(|i| [(i * 7) as u8, (i * 13) as u8, (i * 29) as u8, 255]).collect();
    let read = || -> Result<Vec<u8>, PictureError> {
        let (_canvas, context) = readable_canvas(SIDE, SIDE)?;
        context.put_image_data(&image_data(&pattern, SIDE, SIDE)?, 0.0, 0.0)?;
        let seen = context.get_image_data(0.0, 0.0, SIDE.into(), SIDE.into())?;
        Ok(seen.data().0)
    };
    read().is_ok_and(|seen| seen == pattern)
}
