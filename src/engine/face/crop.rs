//! A square cut out of the picture, turned and scaled to what a net looks at.

use super::picture::{Point, SourcePicture};

/// Red, green and blue of a pixel.
const CHANNELS: usize = 3;

/// Where a square lies in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Crop {
    /// Its middle, in the picture's pixels.
    pub(super) centre: Point,
    /// Its side, in the picture's pixels.
    pub(super) side: f64,
    /// The direction of its rows, of length 1.
    pub(super) right: Point,
    /// Pixels along a side of what is cut out.
    pub(super) pixels: usize,
    /// Whether left and right change places.
    pub(super) is_mirrored: bool,
}

impl Crop {
    /// The whole picture with what it lacks to a square above and below, or to the left and right.
    pub(super) fn whole(picture: &SourcePicture<'_>, pixels: usize) -> Self {
        let (width, height) = picture.size();
        Self::upright(Point::new(width / 2.0, height / 2.0), picture.longer_side(), pixels)
    }

    /// A square whose sides run along the picture's.
    pub(super) const fn upright(centre: Point, side: f64, pixels: usize) -> Self {
        Self { centre, side, right: Point::new(1.0, 0.0), pixels, is_mirrored: false }
    }

    /// The place in the picture of a place in what is cut out; its pixels have their middles at halves.
    pub(super) fn to_picture(self, place: Point) -> Point {
        let half = self.pixels as f64 / 2.0;
        let across = if self.is_mirrored { half - place.x } else { place.x - half };
        let across = self.right.times(across * self.scale());
        let down = self.right.quarter_turn().times((place.y - half) * self.scale());
        self.centre.plus(across).plus(down)
    }

    /// The picture's pixels per pixel of what is cut out.
    pub(super) fn scale(self) -> f64 {
        self.side / self.pixels as f64
    }

    /// Red, green and blue of each pixel, row by row, 0 to 255 in sRGB as the nets learned it. Where pixels of the picture
    /// are finer they are averaged; what lies outside of it is black. Costs one look at each pixel of the picture there.
    pub(super) fn values(self, picture: &SourcePicture<'_>) -> Vec<f32> {
        let reduced = Reduced::around(self, picture);
        let mut values = Vec::with_capacity(self.pixels * self.pixels * CHANNELS);
        for y in 0..self.pixels {
            for x in 0..self.pixels {
                let at = self.to_picture(Point::new(x as f64 + 0.5, y as f64 + 0.5));
                values.extend(reduced.colour(at));
            }
        }
        values
    }
}

type Colour = [f32; CHANNELS];

/// A part of the picture, each of its pixels the mean of a block of the picture's.
struct Reduced {
    /// Pixels of the picture along a block's side.
    block: usize,
    /// Blocks to the left of and above the part.
    first: [usize; 2],
    /// Blocks in a row of the part, and rows.
    size: [usize; 2],
    colours: Vec<Colour>,
}

impl Reduced {
    /// The part that a crop needs, reduced as far as it leaves at least one block to a pixel.
    fn around(crop: Crop, picture: &SourcePicture<'_>) -> Self {
        // As a number too large becomes the largest and NaN becomes 0, any crop has a block.
        let block = (crop.scale() as usize).clamp(1, picture.width.max(picture.height()).max(1));
        let corner = crop.pixels as f64;
        let corners = [(0.0, 0.0), (corner, 0.0), (0.0, corner), (corner, corner)];
        let corners = corners.map(|(x, y)| crop.to_picture(Point::new(x, y)));
        let columns = blocks(corners.map(|corner| corner.x), picture.width, block);
        let rows = blocks(corners.map(|corner| corner.y), picture.height(), block);
        let mut colours = Vec::with_capacity(rows.len() * columns.len());
        for row in rows.clone() {
            means(picture, row, columns.clone(), block, &mut colours);
        }
        Self { block, first: [columns.start, rows.start], size: [columns.len(), rows.len()], colours }
    }

    /// The colour at a place of the picture, mixed of the four nearest blocks.
    fn colour(&self, at: Point) -> Colour {
        if !at.x.is_finite() || !at.y.is_finite() {
            return Colour::default();
        }
        let [(left, across), (top, down)] = [(at.x, self.first[0]), (at.y, self.first[1])].map(|(at, first)| {
            let at = at / self.block as f64 - 0.5 - first as f64;
            (at.floor(), (at - at.floor()) as f32)
        });
        let [a, b, c, d] =
            [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)].map(|(x, y)| self.block_at(left + x, top + y));
        std::array::from_fn(|channel| {
            let mix = |from: &Colour, to: &Colour, share: f32| match (from.get(channel), to.get(channel)) {
                (Some(from), Some(to)) => from + (to - from) * share,
                _ => 0.0,
            };
            let (above, below) = (mix(&a, &b, across), mix(&c, &d, across));
            above + (below - above) * down
        })
    }

    /// The mean of a block; black outside of the picture.
    fn block_at(&self, x: f64, y: f64) -> Colour {
        let [width, height] = self.size;
        let is_inside = (0.0..width as f64).contains(&x) && (0.0..height as f64).contains(&y);
        let place = (y as usize).saturating_mul(width).saturating_add(x as usize);
        self.colours.get(place).copied().filter(|_| is_inside).unwrap_or_default()
    }
}

/// The blocks of a picture's side that lie between places along it, and one beyond on both sides.
fn blocks(places: [f64; 4], side: usize, block: usize) -> std::ops::Range<usize> {
    let least = places.into_iter().fold(f64::INFINITY, f64::min) / block as f64 - 1.0;
    let most = places.into_iter().fold(f64::NEG_INFINITY, f64::max) / block as f64 + 2.0;
    let count = side.div_ceil(block);
    // What is below 0 or no number becomes 0.
    (least as usize).min(count)..(most as usize).min(count)
}

/// The mean colours of a row of blocks.
fn means(
    picture: &SourcePicture<'_>,
    row: usize,
    columns: std::ops::Range<usize>,
    block: usize,
    colours: &mut Vec<Colour>,
) {
    let pixels = columns.start * block..(columns.end * block).min(picture.width);
    let mut sums = vec![[0_u32; CHANNELS]; columns.len()];
    let rows = row * block..((row + 1) * block).min(picture.height());
    for y in rows.clone() {
        let blocks = picture.row(y, pixels.clone()).chunks(block);
        for (sum, block) in sums.iter_mut().zip(blocks) {
            for [red, green, blue, _] in block {
                *sum = [sum[0] + u32::from(*red), sum[1] + u32::from(*green), sum[2] + u32::from(*blue)];
            }
        }
    }
    for (column, sum) in columns.zip(sums) {
        let width = ((column + 1) * block).min(picture.width) - column * block;
        let share = 1.0 / (width * rows.len()).max(1) as f32;
        colours.push(sum.map(|sum| sum as f32 * share));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: usize = 12;

    /// Red counts columns, green counts rows.
    fn counted() -> Vec<u8> {
        (0..SIZE * SIZE).flat_map(|i| [(i % SIZE * 10) as u8, (i / SIZE * 10) as u8, 7, 255]).collect()
    }

    fn cut(crop: Crop) -> Vec<[f32; 3]> {
        let values = crop.values(&SourcePicture { pixels: &counted(), width: SIZE, zoom: 1.0 });
        assert_eq!(values.len(), crop.pixels * crop.pixels * CHANNELS);
        values.as_chunks().0.to_vec()
    }

    fn middle() -> Crop {
        Crop::upright(Point::new(6.0, 6.0), 4.0, 4)
    }

    #[test]
    fn pixels_of_one_size_are_taken_as_they_are() {
        let found = cut(middle());
        assert_eq!(found[0], [40.0, 40.0, 7.0]);
        assert_eq!(found[15], [70.0, 70.0, 7.0]);
    }

    #[test]
    fn finer_pixels_are_averaged() {
        let found = cut(Crop { pixels: 4, side: 12.0, ..middle() });
        assert_eq!(found[0], [10.0, 10.0, 7.0]);
        assert_eq!(found[5], [40.0, 40.0, 7.0]);
        let block = cut(Crop { pixels: 1, side: 4.0, ..middle() });
        assert_eq!(block, [[55.0, 55.0, 7.0]]);
        // Stripes finer than what is cut out become grey instead of one of their colours.
        let stripes: Vec<u8> = (0..SIZE * SIZE).flat_map(|i| [if i % 3 == 1 { 240 } else { 0 }; 4]).collect();
        let picture = SourcePicture { pixels: &stripes, width: SIZE, zoom: 1.0 };
        let grey = Crop { pixels: 4, side: 12.0, ..middle() }.values(&picture);
        assert!(grey.iter().all(|value| (value - 80.0).abs() < 1e-3), "{grey:?}");
    }

    #[test]
    fn coarser_pixels_are_mixed() {
        let found = cut(Crop { pixels: 8, side: 4.0, ..middle() });
        assert_eq!(found[0], [37.5, 37.5, 7.0]);
        assert_eq!(found[1], [42.5, 37.5, 7.0]);
    }

    #[test]
    fn a_crop_is_turned_and_mirrored() {
        let down = cut(Crop { right: Point::new(0.0, 1.0), ..middle() });
        assert_eq!([down[0], down[3]], [[70.0, 40.0, 7.0], [70.0, 70.0, 7.0]]);
        let mirrored = cut(Crop { is_mirrored: true, ..middle() });
        assert_eq!([mirrored[0], mirrored[3]], [[70.0, 40.0, 7.0], [40.0, 40.0, 7.0]]);
        let turned = Crop { right: Point::new(0.6, 0.8), is_mirrored: true, ..middle() };
        let corner = turned.to_picture(Point::default());
        assert!((corner.x - 8.8).abs() < 1e-12 && (corner.y - 6.4).abs() < 1e-12, "{corner:?}");
    }

    #[test]
    fn outside_of_the_picture_it_is_black() {
        let found = cut(Crop { centre: Point::new(0.0, 6.0), ..middle() });
        assert_eq!([found[0], found[1], found[2]], [[0.0; 3], [0.0; 3], [0.0, 40.0, 7.0]]);
        let picture = SourcePicture { pixels: &counted()[..SIZE * 6 * 4], width: SIZE, zoom: 1.0 };
        let whole = Crop::whole(&picture, SIZE).values(&picture);
        let whole = whole.as_chunks::<3>().0;
        assert_eq!([whole[2 * SIZE], whole[3 * SIZE], whole[9 * SIZE]], [[0.0; 3], [0.0, 0.0, 7.0], [0.0; 3]]);
    }

    #[test]
    fn a_crop_of_nothing_is_black() {
        let crops = [f64::NAN, f64::INFINITY, 0.0, -1.0, 1e300].map(|side| Crop { side, ..middle() });
        let far = Crop { centre: Point::new(f64::NAN, f64::INFINITY), ..middle() };
        for crop in crops.into_iter().chain([far]) {
            let empty = SourcePicture { pixels: &[], width: 0, zoom: 1.0 };
            assert!(crop.values(&empty).iter().all(|value| *value == 0.0), "{crop:?}");
            assert_eq!(cut(crop).len(), 16, "{crop:?}");
        }
    }
}
