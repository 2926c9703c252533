//! Paints the stage: the photo, and the dots multiplied onto it.
//!
//! The overlay has the resolution of the screen, but never more than the photo's own: enlarged, dots are as coarse as the
//! photo around them. Painting with the brush works only on the part that changed.

use crate::app::state::Dirty;
use crate::app::state::preview::Finish;
use crate::engine::catalog::Parameters;
use crate::engine::design::Appearance;
use crate::engine::dots::{Dot, Field, Stubble};
use crate::engine::editor::Viewport;
use crate::engine::geometry::{Mm, PhotoPoint, PhotoRect};
use crate::engine::render::{Ink, PixelRect, Raster, SpecularMap};
use crate::platform::canvas::{DeviceRect, OverlayCanvas, StageCanvas};
use crate::platform::picture::{Picture, PictureError};

/// What is to be seen.
pub(crate) struct Scene<'a> {
    /// The photo.
    pub picture: &'a Picture,
    /// The same with the visitor's own hair clipped, where it was asked for.
    pub clipped: Option<&'a Picture>,
    /// Whether that hides all of the photo where it is drawn.
    pub hides_photo: bool,
    /// Its size in photo pixels.
    pub size: (f64, f64),
    /// The dots, once there are any.
    pub dots: Option<Layer<'a>>,
    /// The dots of what it is compared with on the left of the split; the bare photo where there are none.
    pub before: Option<Layer<'a>>,
    /// The part of it that is on the stage.
    pub viewport: Viewport,
    /// Device pixels per CSS pixel.
    pub ratio: f64,
    /// The left part of the photo that shows before, 0 to 1.
    pub split: f64,
}

/// Dots, and what they are of.
#[derive(Clone, Copy)]
pub(crate) struct Layer<'a> {
    /// The dots of the treatment.
    pub field: &'a Field,
    /// Makes their ink.
    pub maker: InkMaker<'a>,
    /// The stubble of hair that is shown clipped, and how dark its hairs are beside the dots.
    pub stubble: Option<(&'a Stubble, f32)>,
    /// Where the skin shines, and its colour, where the browser let the photo be read.
    pub specular_map: Option<&'a SpecularMap>,
}

/// Makes the ink for a resolution.
#[derive(Clone, Copy)]
pub(crate) struct InkMaker<'a> {
    /// The look.
    pub look: &'a Appearance,
    /// The parameters.
    pub parameters: &'a Parameters,
    /// Photo pixels per millimetre.
    pub px_per_mm: f64,
    /// Standard deviation of the photo's own blur.
    pub blur: Mm,
    /// How carefully.
    pub finish: Finish,
}

/// The stage's canvas and what it takes to paint it.
pub(crate) struct Painter {
    stage: StageCanvas,
    overlay: Option<OverlayCanvas>,
    before: Option<OverlayCanvas>,
    overlay_rect: PixelRect,
    /// The part of the overlay that may have ink.
    inked: PixelRect,
    raster: Raster,
    bytes: Vec<u8>,
    dots: Vec<Dot>,
}

/// Where the photo lies on the canvas and how fine the overlay is.
#[derive(Debug, Clone, Copy)]
struct PaintTransform {
    /// Device pixels per photo pixel.
    scale: f64,
    /// Overlay pixels per photo pixel.
    fineness: f64,
    x: f64,
    y: f64,
}

impl PaintTransform {
    fn new(scene: &Scene) -> Self {
        let scale = scene.viewport.zoom() * scene.ratio;
        let offset = scene.viewport.offset();
        // Whole device pixels: then an overlay as fine as the screen is not blurred by half a pixel.
        Self {
            scale,
            fineness: scale.min(1.0),
            x: (offset.x * scene.ratio).round(),
            y: (offset.y * scene.ratio).round(),
        }
    }

    fn photo(&self, size: (f64, f64)) -> DeviceRect {
        DeviceRect { x: self.x, y: self.y, width: size.0 * self.scale, height: size.1 * self.scale }
    }

    fn device(&self, rect: PixelRect) -> DeviceRect {
        let factor = self.scale / self.fineness;
        DeviceRect {
            x: self.x + f64::from(rect.x) * factor,
            y: self.y + f64::from(rect.y) * factor,
            width: rect.width as f64 * factor,
            height: rect.height as f64 * factor,
        }
    }
}

impl Painter {
    /// A painter for that canvas.
    #[must_use]
    pub(crate) fn new(stage: StageCanvas) -> Self {
        Self {
            stage,
            overlay: None,
            before: None,
            overlay_rect: PixelRect::default(),
            inked: PixelRect::default(),
            raster: Raster::new(PixelRect::default()),
            bytes: Vec::new(),
            dots: Vec::new(),
        }
    }

    /// Empties the stage.
    pub(crate) fn clear(&self) {
        let (width, height) = self.stage.size();
        self.stage.clear(DeviceRect { x: 0.0, y: 0.0, width: width.into(), height: height.into() });
    }

    /// Paints what must be painted again.
    ///
    /// # Errors
    /// When the browser has no memory for the canvas, or the photo was closed.
    pub(crate) fn paint(&mut self, scene: &Scene, dirty: Dirty) -> Result<(), PictureError> {
        let stage = scene.viewport.stage();
        let whole = DeviceRect {
            x: 0.0,
            y: 0.0,
            width: (stage.width * scene.ratio).round(),
            height: (stage.height * scene.ratio).round(),
        };
        let resized = self.stage.resize(whole.width as u32, whole.height as u32);
        let transform = PaintTransform::new(scene);
        let is_inked =
            scene.dots.is_some() == self.overlay.is_some() && scene.before.is_some() == self.before.is_some();
        match dirty {
            Dirty::Split if !resized && is_inked && !scene.is_sketch() => self.show(scene, transform, whole),
            Dirty::Ink if !resized && is_inked && scene.before.is_none() => self.paint_ink(scene, transform),
            Dirty::Dots(rect) if !resized && is_inked && scene.before.is_none() => {
                self.ink_part(scene, transform, rect)?;
                self.show(scene, transform, whole)
            }
            Dirty::Part(rect) if !resized && scene.before.is_none() => self.paint_part(scene, transform, rect),
            _ => {
                self.ink_all(scene, transform)?;
                self.show(scene, transform, whole)
            }
        }
    }

    fn ink_all(&mut self, scene: &Scene, transform: PaintTransform) -> Result<(), PictureError> {
        let seen = pixels(scene, transform, scene.viewport.visible());
        self.overlay_rect = seen;
        let size = (seen.width as u32, seen.height as u32);
        for (slot, dots) in [(&mut self.overlay, scene.dots), (&mut self.before, scene.before)] {
            if dots.is_none() || seen.is_empty() {
                *slot = None;
            } else if slot.as_ref().is_none_or(|overlay| overlay.size() != size) {
                *slot = Some(OverlayCanvas::new(size.0, size.1)?);
            }
        }
        self.ink_dots(scene, transform)?;
        let Some((before, overlay)) = scene.before.zip(self.before.take()) else { return Ok(()) };
        overlay.blank();
        let part = pixels(scene, transform, before.reach(transform).intersection(scene.viewport.visible()));
        let inked = self.ink_onto(before, transform, part, &overlay);
        self.before = Some(overlay);
        inked
    }

    /// Inks all dots that are seen anew.
    fn ink_dots(&mut self, scene: &Scene, transform: PaintTransform) -> Result<(), PictureError> {
        let Some((dots, overlay)) = scene.dots.zip(self.overlay.as_ref()) else { return Ok(()) };
        overlay.blank();
        self.inked = pixels(scene, transform, dots.reach(transform).intersection(scene.wanted(transform)));
        self.ink(scene, transform, self.inked)
    }

    /// Paints another ink of all dots, where they are and where they were.
    fn paint_ink(&mut self, scene: &Scene, transform: PaintTransform) -> Result<(), PictureError> {
        let before = self.inked;
        self.ink_dots(scene, transform)?;
        for part in [before, self.inked].into_iter().filter(|part| !part.is_empty()) {
            self.show_part(scene, transform, part)?;
        }
        Ok(())
    }

    fn ink(&mut self, scene: &Scene, transform: PaintTransform, part: PixelRect) -> Result<(), PictureError> {
        let Some((dots, overlay)) = scene.dots.zip(self.overlay.take()) else { return Ok(()) };
        let inked = self.ink_onto(dots, transform, part, &overlay);
        self.overlay = Some(overlay);
        inked
    }

    fn ink_onto(
        &mut self,
        Layer { field, maker, stubble, specular_map }: Layer,
        transform: PaintTransform,
        part: PixelRect,
        overlay: &OverlayCanvas,
    ) -> Result<(), PictureError> {
        if part.is_empty() {
            return Ok(());
        }
        let ink = maker.ink(transform.fineness);
        let ink = specular_map.and_then(SpecularMap::skin).map_or(ink, |skin| ink.on_skin(skin));
        self.raster.restart(part);
        match stubble {
            None => self.raster.draw(field, &ink, transform.fineness, specular_map),
            Some((stubble, strength)) => {
                let near = part.reached_from(ink.reach().into(), transform.fineness);
                self.dots.clear();
                field.each_dot(near, |dot| self.dots.push(dot));
                let dots = stubble.among(self.dots.drain(..), strength).filter(|dot| near.contains(dot.at()));
                let seen = |dot| specular_map.map_or(dot, |specular_map| specular_map.over(dot));
                self.raster.draw_dots(dots.map(seen), &ink, transform.fineness as f32);
            }
        }
        self.raster.overlay(&ink, &mut self.bytes);
        let corner = (part.x - self.overlay_rect.x, part.y - self.overlay_rect.y);
        overlay.put(&self.bytes, corner, (part.width as u32, part.height as u32))
    }

    /// Inks the dots of a part anew; says which pixels of the overlay are others now, if any.
    fn ink_part(
        &mut self,
        scene: &Scene,
        transform: PaintTransform,
        rect: PhotoRect,
    ) -> Result<Option<PixelRect>, PictureError> {
        let Some(Layer { maker, .. }) = scene.dots else { return Ok(None) };
        let rect = rect.inflated(maker.reach(transform)).intersection(scene.wanted(transform));
        let part = pixels(scene, transform, rect);
        if rect.is_empty() || part.is_empty() {
            return Ok(None);
        }
        if self.overlay.is_none() {
            self.ink_all(scene, transform)?;
        } else {
            self.ink(scene, transform, part)?;
            self.inked = self.inked.union(part);
        }
        Ok(Some(part))
    }

    fn paint_part(&mut self, scene: &Scene, transform: PaintTransform, rect: PhotoRect) -> Result<(), PictureError> {
        match self.ink_part(scene, transform, rect)? {
            Some(part) => self.show_part(scene, transform, part),
            None => Ok(()),
        }
    }

    /// Shows a part of the overlay's pixels.
    fn show_part(&self, scene: &Scene, transform: PaintTransform, part: PixelRect) -> Result<(), PictureError> {
        let shown = transform.device(part);
        // A pixel more on each side: what is enlarged is smoothed across its edge.
        let margin = (transform.scale / transform.fineness).ceil() + 1.0;
        let shown = DeviceRect {
            x: (shown.x - margin).floor(),
            y: (shown.y - margin).floor(),
            width: (shown.width + 2.0 * margin).ceil() + 1.0,
            height: (shown.height + 2.0 * margin).ceil() + 1.0,
        };
        self.show(scene, transform, shown)
    }

    fn show(&self, scene: &Scene, transform: PaintTransform, part: DeviceRect) -> Result<(), PictureError> {
        let photo = transform.photo(scene.size);
        self.stage.within(part, |stage| {
            stage.clear(part);
            let split = (photo.x + photo.width * scene.split).round();
            let before = DeviceRect { width: split - photo.x, ..photo };
            // At rest all of it is drawn: browsers round otherwise where they draw a part alone.
            if scene.is_sketch() && scene.hides_photo && scene.dots.is_some_and(|layer| layer.stubble.is_some()) {
                stage.within(before, |stage| stage.draw(scene.picture, transform.scale, photo))?;
            } else {
                stage.draw(scene.picture, transform.scale, photo)?;
            }
            let after = DeviceRect { x: split, width: photo.x + photo.width + 1.0 - split, ..photo };
            for (layer, part, is_seen) in
                [(scene.before, before, scene.split > 0.0), (scene.dots, after, scene.split < 1.0)]
            {
                let is_clipped = is_seen && layer.is_some_and(|layer| layer.stubble.is_some());
                if let Some(clipped) = scene.clipped.filter(|_| is_clipped) {
                    stage.within(part, |stage| stage.draw(clipped, transform.scale, photo))?;
                }
            }
            let at = transform.device(self.overlay_rect);
            let inked = photo.whole_pixels();
            if let Some(overlay) = self.before.as_ref().filter(|_| scene.split > 0.0) {
                stage.within(inked.between(photo.x, split), |stage| stage.multiply(overlay, at))?;
            }
            match &self.overlay {
                Some(overlay) if scene.split < 1.0 => {
                    stage.within(inked.between(split, inked.x + inked.width), |stage| stage.multiply(overlay, at))
                }
                _ => Ok(()),
            }
        })
    }
}

/// Shows the surroundings of a point of the photo on a small canvas, so many times larger than on the stage.
///
/// # Errors
/// When the canvas is gone or the photo was closed.
pub(crate) fn magnify(scene: &Scene, point: PhotoPoint, onto: &StageCanvas, factor: f64) -> Result<(), PictureError> {
    let (width, height) = onto.size();
    let (width, height) = (f64::from(width), f64::from(height));
    let scale = scene.viewport.zoom() * scene.ratio * factor;
    onto.clear(DeviceRect { x: 0.0, y: 0.0, width, height });
    let photo = DeviceRect {
        x: width / 2.0 - point.x * scale,
        y: height / 2.0 - point.y * scale,
        width: scene.size.0 * scale,
        height: scene.size.1 * scale,
    };
    onto.draw(scene.picture, scale, photo)
}

impl Scene<'_> {
    /// Whether it is soon painted again.
    fn is_sketch(&self) -> bool {
        self.dots.is_some_and(|layer| layer.maker.finish == Finish::Sketch)
    }

    /// The part of the photo whose ink is wanted: what is on the stage, of a sketch only what shows after.
    fn wanted(&self, transform: PaintTransform) -> PhotoRect {
        let visible = self.viewport.visible();
        if !self.is_sketch() {
            return visible;
        }
        // Two pixels more: what is enlarged is smoothed across its edge.
        let split = self.size.0 * self.split - 2.0 / transform.fineness;
        PhotoRect::new(visible.x0.max(split), visible.y0, visible.x1, visible.y1)
    }
}

impl Layer<'_> {
    /// The part of the photo that its ink may darken.
    fn reach(&self, transform: PaintTransform) -> PhotoRect {
        let hairs = self.stubble.map_or(PhotoRect::EMPTY, |(stubble, _)| stubble.reach());
        self.field.reach().union(hairs).inflated(self.maker.reach(transform))
    }
}

impl InkMaker<'_> {
    /// How far from its middle a dot can change the photo, photo pixels.
    fn reach(&self, transform: PaintTransform) -> f64 {
        f64::from(self.ink(transform.fineness).reach()) / transform.fineness
    }

    fn ink(&self, fineness: f64) -> Ink {
        let make = match self.finish {
            Finish::Whole => Ink::new,
            Finish::Sketch => Ink::sketch,
        };
        make(self.look, self.parameters, self.px_per_mm * fineness, self.blur)
    }
}

fn pixels(scene: &Scene, transform: PaintTransform, rect: PhotoRect) -> PixelRect {
    let side = |value: f64| (value * transform.fineness).ceil() as usize;
    PixelRect::covering(rect, transform.fineness, side(scene.size.0), side(scene.size.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::dots::BlueNoiseTile;
    use crate::engine::geometry::ScreenSize;
    use crate::platform::dom;
    use crate::platform::picture;
    use std::rc::Rc;
    use wasm_bindgen::JsCast;
    use wasm_bindgen_test::wasm_bindgen_test;
    use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

    const DARK: [u8; 4] = [30, 20, 10, 255];
    const SIZE: (u32, u32) = (45, 55);

    fn dark_picture() -> Picture {
        let (canvas, context) = picture::canvas(SIZE.0, SIZE.1).unwrap();
        let pixels = DARK.repeat((SIZE.0 * SIZE.1) as usize);
        context.put_image_data(&picture::image_data(&pixels, SIZE.0, SIZE.1).unwrap(), 0.0, 0.0).unwrap();
        Picture::of_levels(vec![canvas.transfer_to_image_bitmap().unwrap()])
    }

    #[wasm_bindgen_test]
    fn nothing_is_seen_of_the_ink_where_there_is_no_photo() {
        let (picture, parameters) = (dark_picture(), Parameters::default());
        let look = Appearance::new(&parameters);
        let field = Field::new(Rc::new(BlueNoiseTile::grow(1)), 1);
        let maker =
            InkMaker { look: &look, parameters: &parameters, px_per_mm: 1.0, blur: Mm(0.0), finish: Finish::Whole };
        let layer = Layer { field: &field, maker, stubble: None, specular_map: None };
        let size = (f64::from(SIZE.0), f64::from(SIZE.1));
        // The photo ends at other parts of a pixel on each stage.
        for (wide, split) in (30..60).flat_map(|wide| [(wide, 0.0), (wide, 0.5), (wide, 1.0)]) {
            let stage = ScreenSize::new(f64::from(wide), 64.0);
            let scene = Scene {
                picture: &picture,
                clipped: None,
                hides_photo: false,
                size,
                dots: Some(layer),
                before: Some(layer),
                viewport: Viewport::fitted(stage, size),
                ratio: 1.0,
                split,
            };
            let element: HtmlCanvasElement =
                dom::document().unwrap().create_element("canvas").unwrap().dyn_into().unwrap();
            let context: CanvasRenderingContext2d = element.get_context("2d").unwrap().unwrap().dyn_into().unwrap();
            Painter::new(StageCanvas::new(element).unwrap()).paint(&scene, Dirty::All).unwrap();
            let seen = context.get_image_data(0.0, 0.0, wide.into(), 64.0).unwrap().data();
            let lightest = seen.chunks_exact(4).filter(|pixel| pixel[3] > 0).map(|pixel| pixel[0]).max();
            assert!(lightest.is_some_and(|level| level <= DARK[0] + 2), "{wide} {split}: {lightest:?}");
        }
    }
}
