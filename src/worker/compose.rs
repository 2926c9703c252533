//! Pictures to save or send: the photo, darkened exactly in linear light where there are dots, with its caption, if it has one.

use crate::engine::dots::Dot;
use crate::engine::export::{Caption, PicturePlan, Placed, clean_png};
use crate::engine::geometry::PhotoRect;
use crate::engine::render::{PixelRect, Raster};
use crate::platform::files;
use crate::platform::picture::{self, PictureError};
use web_sys::{Blob, ImageBitmap, OffscreenCanvasRenderingContext2d};

/// Rows that are darkened in one go: 4 MB of the widest picture.
const STRIP_ROWS: u32 = 256;
/// Colours of the caption's strip and letters.
const STRIP_COLOUR: &str = "#1f2a30";
const LETTER_COLOUR: &str = "#ffffff";

/// Composes a picture of a photo, and of what stands for it where there are dots.
pub(super) async fn compose(
    plan: &PicturePlan,
    (photo, under_dots): (&ImageBitmap, &ImageBitmap),
    dots: &[f32],
) -> Result<Blob, PictureError> {
    let layout = plan.layout();
    let (canvas, context) = picture::readable_canvas(layout.width, layout.height)?;
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, layout.width.into(), layout.height.into());
    let dots = read_dots(dots);
    for (index, (placed, (text, dotted))) in layout.pictures.iter().zip(&plan.pictures).enumerate() {
        let [x, y, width, height] = [placed.x, placed.y, placed.width, placed.height].map(f64::from);
        let shown = if *dotted { under_dots } else { photo };
        context.draw_image_with_image_bitmap_and_dw_and_dh(shown, x, y, width, height)?;
        if *dotted {
            darken(&context, plan, *placed, &dots)?;
        }
        if let Some(caption) = layout.captions.get(index) {
            write_caption(&context, *caption, text.as_deref().unwrap_or_default())?;
        }
    }
    let blob = picture::encode(&canvas, &plan.mime, plan.quality).await?;
    // The canvas's memory is given back now and not when somebody finds the time.
    canvas.set_width(0);
    canvas.set_height(0);
    if plan.mime == "image/png" { cleaned(&blob, &plan.notes).await } else { Ok(blob) }
}

/// How many numbers a dot is in a message.
const DOT_NUMBERS: usize = 7;

/// Dots as runs of x, y, size, strength and shape.
pub(super) fn write_dots(dots: &[Dot]) -> Vec<f32> {
    let run = |dot: &Dot| {
        let Dot { x, y, size, strength, shape: [xx, xy, yy] } = *dot;
        [x, y, size, strength, xx, xy, yy]
    };
    dots.iter().flat_map(run).collect()
}

fn read_dots(runs: &[f32]) -> Vec<Dot> {
    let dot = |run: &[f32]| match *run {
        [x, y, size, strength, xx, xy, yy] => Some(Dot { x, y, size, strength, shape: [xx, xy, yy] }),
        _ => None,
    };
    runs.chunks_exact(DOT_NUMBERS).filter_map(dot).collect()
}

fn darken(
    context: &OffscreenCanvasRenderingContext2d,
    plan: &PicturePlan,
    placed: Placed,
    dots: &[Dot],
) -> Result<(), PictureError> {
    let zoom = plan.zoom as f32;
    let reach = plan.ink.reach();
    let mut raster = Raster::new(PixelRect::default());
    for top in (0..placed.height).step_by(STRIP_ROWS as usize) {
        let rows = STRIP_ROWS.min(placed.height - top);
        let (above, below) = (top as f32 - reach, (top + rows) as f32 + reach);
        let near: Vec<Dot> = dots.iter().copied().filter(|dot| (above..=below).contains(&(dot.y * zoom))).collect();
        if near.is_empty() {
            continue;
        }
        let strip = PixelRect { x: 0, y: top as i32, width: placed.width as usize, height: rows as usize };
        let strip = narrowed(strip, &near, reach, zoom);
        raster.restart(strip);
        raster.draw_dots(near.iter().copied(), &plan.ink, zoom);
        let (x, y) = (f64::from(placed.x) + f64::from(strip.x), f64::from(placed.y) + f64::from(strip.y));
        let image = context.get_image_data(x, y, strip.width as f64, strip.height as f64)?;
        let mut pixels = image.data().0;
        raster.darken(&plan.ink, &mut pixels);
        let image = picture::image_data(&pixels, strip.width as u32, strip.height as u32)?;
        context.put_image_data(&image, x, y)?;
    }
    Ok(())
}

/// The part of a strip that its dots can touch.
fn narrowed(strip: PixelRect, dots: &[Dot], reach: f32, zoom: f32) -> PixelRect {
    let reach = f64::from(reach / zoom);
    let around = dots.iter().fold(PhotoRect::EMPTY, |rect, dot| {
        rect.with(crate::engine::geometry::PhotoPoint::new(dot.x.into(), dot.y.into()))
    });
    let touched = PixelRect::covering(around.inflated(reach), zoom.into(), strip.width, usize::MAX >> 16);
    PixelRect { x: touched.x, width: touched.width.max(1), ..strip }
}

fn write_caption(
    context: &OffscreenCanvasRenderingContext2d,
    caption: Caption,
    text: &str,
) -> Result<(), PictureError> {
    let [x, y, width, height] = [caption.x, caption.y, caption.width, caption.height].map(f64::from);
    context.set_fill_style_str(STRIP_COLOUR);
    context.fill_rect(x, y, width, height);
    context.set_fill_style_str(LETTER_COLOUR);
    context.set_font(&format!("{}px system-ui, sans-serif", caption.letter));
    context.set_text_align("center");
    context.set_text_baseline("middle");
    // A caption that is too wide is pressed together rather than cut.
    context.fill_text_with_max_width(text, x + width / 2.0, y + height / 2.0, width * 0.96)?;
    Ok(())
}

async fn cleaned(png: &Blob, notes: &[(String, String)]) -> Result<Blob, PictureError> {
    let bytes = files::read(png).await.map_err(|_| PictureError::NoCanvas)?;
    let notes: Vec<(&str, &str)> = notes.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
    let clean = clean_png(&bytes, &notes).map_err(|_| PictureError::NoCanvas)?;
    Ok(files::blob(&clean, "image/png")?)
}
