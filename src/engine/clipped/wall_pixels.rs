//! A wall that is continued by patches of the photo's own pixels.

use super::layer::{Frame, Layer};
use super::patches::Patches;
use crate::engine::color::{byte_of, light_of};
use crate::engine::geometry::PhotoPoint;
use crate::engine::render::PixelRect;

/// Patches of a wall, and the pixels that they show.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WallPixels {
    patches: Patches,
    /// sRGB bytes.
    pixels: Layer<[u8; 3]>,
    /// The part of the photo they show.
    shown: PixelRect,
}

impl WallPixels {
    /// Patches with the pixels of what was looked at.
    pub(super) fn new(patches: Patches, light: &Layer<[f32; 3]>) -> Self {
        let shown = patches.shown();
        let frame = light.frame;
        let (left, top) = frame.place(PhotoPoint::new(shown.x0, shown.y0));
        let (right, bottom) = frame.place(PhotoPoint::new(shown.x1, shown.y1));
        let low = |at: f64, count: usize| at.floor().clamp(0.0, count.saturating_sub(1) as f64) as usize;
        let high = |at: f64, count: usize| (at.floor() + 2.0).clamp(1.0, count.max(1) as f64) as usize;
        let (left, top) = (low(left, frame.columns), low(top, frame.rows));
        let (right, bottom) = (high(right, frame.columns), high(bottom, frame.rows));
        let origin = frame.origin.moved(left as f64 * frame.pitch, top as f64 * frame.pitch);
        let part = Frame { origin, columns: right.saturating_sub(left), rows: bottom.saturating_sub(top), ..frame };
        let pixels =
            Layer::of(part, |column, row| light.cell((left + column) as isize, (top + row) as isize).map(byte_of));
        let whole = |cells: usize| (cells as f64 * frame.pitch) as usize;
        let shown =
            PixelRect { x: origin.x as i32, y: origin.y as i32, width: whole(part.columns), height: whole(part.rows) };
        Self { patches, pixels, shown }
    }

    /// Which part of a photo of that size it shows, where the photo has more to show than what was looked at.
    pub(super) fn wanted(&self, (width, height): (usize, usize)) -> Option<PixelRect> {
        let PixelRect { x, y, width: columns, height: rows } = self.shown;
        let is_inside = x >= 0 && y >= 0 && x as usize + columns <= width && y as usize + rows <= height;
        (self.pixels.frame.pitch > 1.0 && is_inside).then_some(self.shown)
    }

    /// The same with the photo's own pixels there, RGBA row by row; `None` where they are of another size.
    pub(super) fn finer(&self, pixels: &[u8]) -> Option<Self> {
        let PixelRect { x, y, width, height } = self.shown;
        let colours = pixels.as_chunks::<4>().0;
        if colours.len() != width * height {
            return None;
        }
        let origin = PhotoPoint::new(f64::from(x), f64::from(y));
        let frame = Frame { origin, pitch: 1.0, columns: width, rows: height };
        let values = colours.iter().map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
        Some(Self { patches: self.patches.clone(), pixels: Layer { frame, values }, shown: self.shown })
    }

    /// Linear light of a place of the wall; `None` where no patch lies.
    pub(super) fn at(&self, place: PhotoPoint) -> Option<[f32; 3]> {
        self.patches.at(place, |place| self.seen(place))
    }

    /// Linear light of a place that is shown, between the middles of pixels in straight lines.
    fn seen(&self, place: PhotoPoint) -> [f32; 3] {
        let (x, y) = self.pixels.frame.place(place);
        let (column, row) = (x.floor(), y.floor());
        let (right, down) = ((x - column) as f32, (y - row) as f32);
        let (column, row) = (column as isize, row as isize);
        let mut light = [0.0; 3];
        for (across, along, share) in [
            (0, 0, (1.0 - right) * (1.0 - down)),
            (1, 0, right * (1.0 - down)),
            (0, 1, (1.0 - right) * down),
            (1, 1, right * down),
        ] {
            let seen = self.pixels.cell(column + across, row + along).map(light_of);
            light.iter_mut().zip(seen).for_each(|(light, seen)| *light += seen * share);
        }
        light
    }
}
