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

#[cfg(test)]
mod tests {
    use super::super::patch_search::Pyramid;
    use super::super::wall_cells::WallCells;
    use super::*;

    /// A striped wall in cells of two photo pixels, with a hole.
    fn stripes() -> WallPixels {
        let frame = Frame { origin: PhotoPoint::new(40.0, 20.0), pitch: 2.0, columns: 180, rows: 120 };
        let light = Layer::of(frame, |column, _| if column % 16 < 8 { [0.2, 0.3, 0.4] } else { [0.7, 0.6, 0.5] });
        let is_hole = |column: usize, row: usize| (70..100).contains(&column) && (40..80).contains(&row);
        let known = Layer::of(frame, |column, row| if is_hole(column, row) { 0.0 } else { 1.0 });
        let pyramid = Pyramid::of(WallCells::new(&light, &known, 1));
        let hole = Layer::of(frame.coarser(2), |column, row| is_hole(2 * column, 2 * row));
        WallPixels::new(Patches::new(&pyramid, &hole), &light)
    }

    const MIDDLE: PhotoPoint = PhotoPoint::new(211.0, 141.0);

    #[test]
    fn what_is_shown_is_wanted_of_a_photo_that_has_more_to_show() {
        let wall = stripes();
        let wanted = wall.wanted((400, 260)).unwrap();
        assert_eq!((wanted.x % 2, wanted.width % 2, wanted.height % 2), (0, 0, 0));
        let (right, bottom) = (wanted.x as usize + wanted.width, wanted.y as usize + wanted.height);
        assert!(wanted.x >= 40 && wanted.y >= 20 && right <= 400 && bottom <= 260, "{wanted:?}");
        assert_eq!(wall.wanted((right - 1, 260)), None, "a photo that ends before");
        assert_eq!(wall.wanted((400, bottom - 1)), None, "a photo that ends before");
    }

    #[test]
    fn the_photos_own_pixels_take_the_place_of_what_was_looked_at() {
        let wall = stripes();
        let wanted = wall.wanted((400, 260)).unwrap();
        let before = wall.at(MIDDLE).unwrap();
        let column = (MIDDLE.x - 40.0) as usize / 2 % 16;
        assert!((before[0] - if column < 8 { 0.2 } else { 0.7 }).abs() < 0.02, "{before:?}");
        // Every other pixel black: the mean of two is seen between them.
        let pixel =
            |at: usize| if (at % wanted.width).is_multiple_of(2) { [0, 0, 0, 255] } else { [255, 255, 255, 255] };
        let pixels: Vec<u8> = (0..wanted.width * wanted.height).flat_map(pixel).collect();
        assert_eq!(wall.finer(&pixels[4..]), None, "another size");
        let finer = wall.finer(&pixels).unwrap();
        let lights: Vec<f32> =
            (0..8).map(|step| finer.at(MIDDLE.moved(f64::from(step) / 4.0, 0.0)).unwrap()[1]).collect();
        let (low, high) =
            lights.iter().fold((9.0_f32, 0.0_f32), |(low, high), light| (low.min(*light), high.max(*light)));
        assert!(low < 0.3 && high > 0.7 && high < 1.4, "{lights:?}");
        assert_eq!(finer.wanted((400, 260)), None, "there is nothing finer");
    }
}
