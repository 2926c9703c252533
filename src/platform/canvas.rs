//! The canvas of the stage.

use super::picture::{self, Picture, PictureError};
use js_sys::Uint8ClampedArray;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, ImageData, OffscreenCanvas, OffscreenCanvasRenderingContext2d,
};

/// A rectangle of the stage, in device pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeviceRect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl DeviceRect {
    /// The whole pixels of it, where it begins at one: what is multiplied onto a pixel where nothing is drawn is seen as it is.
    #[must_use]
    pub fn whole_pixels(self) -> Self {
        // A sum of fractions may fall short of a whole number.
        let whole = |length: f64| (length + 1e-6).floor();
        Self { width: whole(self.width), height: whole(self.height), ..self }
    }

    /// As high as it is, from one place to another.
    #[must_use]
    pub fn between(self, left: f64, right: f64) -> Self {
        Self { x: left, width: (right - left).max(0.0), ..self }
    }
}

/// A canvas on the page with its context.
#[derive(Debug, Clone)]
pub struct StageCanvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

/// A picture in memory that is multiplied onto the stage.
#[derive(Debug)]
pub struct OverlayCanvas {
    canvas: OffscreenCanvas,
    context: OffscreenCanvasRenderingContext2d,
    /// The picture that was put last: one of the same size is put through the same memory.
    put: RefCell<Option<PutImage>>,
}

/// A picture that a canvas takes, and the bytes that it is made of, both the browser's.
#[derive(Debug)]
struct PutImage {
    image: ImageData,
    bytes: Uint8ClampedArray,
}

impl PutImage {
    fn new(bytes: &[u8], width: u32, height: u32) -> Result<Self, PictureError> {
        let bytes = Uint8ClampedArray::new_from_slice(bytes);
        Ok(Self { image: ImageData::new_with_js_u8_clamped_array_and_sh(&bytes, width, height)?, bytes })
    }
}

impl StageCanvas {
    /// The canvas's context.
    ///
    /// # Errors
    /// When the browser gives none.
    pub fn new(element: HtmlCanvasElement) -> Result<Self, PictureError> {
        let context = element.get_context("2d")?.ok_or(PictureError::NoCanvas)?;
        Ok(Self { element, context: context.dyn_into().map_err(|_| PictureError::NoCanvas)? })
    }

    /// Gives the canvas so many device pixels; says whether that changed anything, for then it is empty.
    #[must_use]
    pub fn resize(&self, width: u32, height: u32) -> bool {
        let changed = self.element.width() != width || self.element.height() != height;
        if changed {
            self.element.set_width(width);
            self.element.set_height(height);
        }
        changed
    }

    /// Its size in device pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.element.width(), self.element.height())
    }

    /// Empties a part of the canvas and runs `paint` with painting bound to it.
    ///
    /// # Errors
    /// Those of `paint`.
    pub fn within(
        &self,
        part: DeviceRect,
        paint: impl FnOnce(&Self) -> Result<(), PictureError>,
    ) -> Result<(), PictureError> {
        self.context.save();
        self.context.begin_path();
        self.context.rect(part.x, part.y, part.width, part.height);
        self.context.clip();
        let painted = paint(self);
        self.context.restore();
        painted
    }

    /// Empties a part of the canvas.
    pub fn clear(&self, part: DeviceRect) {
        self.context.clear_rect(part.x, part.y, part.width, part.height);
    }

    /// Draws a picture at a place.
    ///
    /// # Errors
    /// When the picture was closed.
    pub fn draw(&self, picture: &Picture, zoom: f64, at: DeviceRect) -> Result<(), PictureError> {
        let level = picture.level_for(zoom).ok_or(PictureError::NoCanvas)?;
        self.context.set_image_smoothing_enabled(true);
        self.context.draw_image_with_image_bitmap_and_dw_and_dh(level, at.x, at.y, at.width, at.height)?;
        Ok(())
    }

    /// Multiplies an overlay onto what is there.
    ///
    /// # Errors
    /// When the overlay is gone.
    pub fn multiply(&self, overlay: &OverlayCanvas, at: DeviceRect) -> Result<(), PictureError> {
        self.context.set_global_composite_operation("multiply")?;
        self.context.set_image_smoothing_enabled(true);
        let drawn = self.context.draw_image_with_offscreen_canvas_and_dw_and_dh(
            &overlay.canvas,
            at.x,
            at.y,
            at.width,
            at.height,
        );
        self.context.set_global_composite_operation("source-over")?;
        Ok(drawn?)
    }
}

impl OverlayCanvas {
    /// An overlay of that size.
    ///
    /// # Errors
    /// When the browser has no memory for it.
    pub fn new(width: u32, height: u32) -> Result<Self, PictureError> {
        let (canvas, context) = picture::readable_canvas(width.max(1), height.max(1))?;
        Ok(Self { canvas, context, put: RefCell::default() })
    }

    /// Makes all of it white: multiplied, it changes nothing.
    pub fn blank(&self) {
        let (width, height) = self.size();
        self.context.set_fill_style_str("#fff");
        self.context.fill_rect(0.0, 0.0, width.into(), height.into());
    }

    /// Its size.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.canvas.width(), self.canvas.height())
    }

    /// Replaces a rectangle of it, whose left upper corner is given, by RGBA bytes, row by row.
    ///
    /// # Errors
    /// When the bytes do not fit the width.
    pub fn put(&self, bytes: &[u8], (x, y): (i32, i32), (width, height): (u32, u32)) -> Result<(), PictureError> {
        if width == 0 || height == 0 {
            return Ok(());
        }
        let before = self.put.take().filter(|put| (put.image.width(), put.image.height()) == (width, height));
        let put = match before.filter(|put| put.bytes.length() as usize == bytes.len()) {
            Some(put) => {
                put.bytes.copy_from(bytes);
                put
            }
            None => PutImage::new(bytes, width, height)?,
        };
        let is_put = self.context.put_image_data(&put.image, f64::from(x), f64::from(y));
        self.put.replace(Some(put));
        Ok(is_put?)
    }
}
