//! The texture of the preview beside that of real stubble: local contrast, octave by octave, of crops of one photo at one
//! scale. One crop shows closely shaved hair, the other bare skin of the same person with the preview's dots on it, so that the
//! skin's own texture, the camera's noise and the file's compression are in both.
//!
//! The photos lie in `../shared/photos` beside the repository; where they are missing nothing is measured. The halo's width and
//! the waves of uptake were chosen on the [`CROPS`] that are marked so; the other only judges. One of them is a shaved beard: among
//! these photos no light-skinned scalp is closely shaved. Lengths beyond a crop's fourth are left to the shading of the head.

use crate::shared_photo::{SharedPhoto, shared_photo};
use hairline_designer::engine::calibration::{Calibration, Reference};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::design::{Design, FillOp, Patch, PhotoRef};
use hairline_designer::engine::dots::{BlueNoiseTile, Field};
use hairline_designer::engine::geometry::{Mm, PhotoPoint, PhotoPx};
use hairline_designer::engine::render::{Ink, PixelRect, Raster};
use std::rc::Rc;

/// Two crops of a photo, each its left, upper corner, width and height in pixels.
struct Crops {
    photo: &'static str,
    pupils: [(f64, f64); 2],
    stubble: [usize; 4],
    skin: [usize; 4],
    /// Whether the preview's texture was chosen on it.
    chosen_on: bool,
}

const CROPS: [Crops; 2] = [
    Crops {
        photo: "gpo-bald-dark-skin-fringe",
        pupils: [(175.0, 221.0), (290.0, 239.0)],
        stubble: [95, 130, 24, 40],
        skin: [200, 100, 50, 35],
        chosen_on: false,
    },
    Crops {
        photo: "gpo-man-asian-short",
        pupils: [(163.0, 250.0), (264.0, 248.0)],
        stubble: [192, 415, 48, 25],
        skin: [150, 150, 60, 40],
        chosen_on: true,
    },
];

/// Standard deviations of the blurs between which an octave lies, pixels, and the pixels after which it repeats about.
const OCTAVES: [(f64, f64, f64); 3] = [(0.0, 0.7, 2.8), (0.7, 1.4, 4.6), (1.4, 2.8, 9.2)];
/// A photo that was enlarged does not show the finest octave: there its bare skin has so much less contrast than in the next.
const ENLARGED: f64 = 0.75;

/// The local contrast of one octave: root mean square of the logarithm of light.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StubbleRow {
    /// The photo.
    pub(crate) photo: &'static str,
    /// Whether the preview's texture was chosen on it.
    pub(crate) chosen_on: bool,
    /// The length after which the octave repeats about, mm.
    pub(crate) period_mm: f64,
    /// Of real stubble.
    pub(crate) stubble: f64,
    /// Of the preview on bare skin.
    pub(crate) preview: f64,
    /// Of the bare skin.
    pub(crate) skin: f64,
}

/// Every octave that a photo shows of every pair of crops, with the look of a new design; `None` where the photos are missing.
pub(crate) fn contrasts() -> Option<Vec<StubbleRow>> {
    let tile = Rc::new(BlueNoiseTile::grow(1));
    let mut rows = Vec::new();
    for crops in &CROPS {
        let photo = Photo::read(crops.photo)?;
        let (px_per_mm, inked) = photo.inked(crops, &tile);
        let [stubble, skin, preview] =
            [contrast(&photo, crops.stubble), contrast(&photo, crops.skin), contrast(&inked, crops.skin)];
        for (octave, (.., period)) in OCTAVES.iter().enumerate() {
            if octave == 0 && skin[0] < ENLARGED * skin[1] {
                continue;
            }
            rows.push(StubbleRow {
                photo: crops.photo,
                chosen_on: crops.chosen_on,
                period_mm: period / px_per_mm,
                stubble: stubble[octave],
                preview: preview[octave],
                skin: skin[octave],
            });
        }
    }
    Some(rows)
}

/// RGBA, row by row.
#[derive(Clone)]
struct Photo {
    /// Standard deviation of its own blur.
    blur: PhotoPx,
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Photo {
    fn read(name: &str) -> Option<Self> {
        let photo = shared_photo(&format!("{name}.jpg"))?;
        let blur = photo.blur(None);
        let SharedPhoto { pixels, width, height } = photo;
        Some(Self { blur, width, height, pixels })
    }

    /// Pixels per millimetre, and the photo with dots all over the skin's crop, as it is saved.
    fn inked(&self, crops: &Crops, tile: &Rc<BlueNoiseTile>) -> (f64, Self) {
        let parameters = Parameters::default();
        let mut design = Design::new(&parameters, 1);
        let view = &mut design.views.front;
        let (width, height) = (self.width as u32, self.height as u32);
        view.photo = Some(PhotoRef { width, height, quarter_turns: 0, level: 0.0, digest: String::new() });
        let [a, b] = crops.pupils.map(|(x, y)| PhotoPoint::new(x, y));
        view.calibration = Some(Calibration { reference: Reference::TypedPupils { distance: Mm(63.0) }, a, b });
        let scale = view.scale(&parameters).px_per_mm;
        let px_per_mm = scale.get();
        // A patch fades over 3 mm, so it is larger than the crop.
        let margin = 6.0 * px_per_mm;
        let [x, y, width, height] = crops.skin.map(|side| side as f64);
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        let corner = |(right, down): (f64, f64)| {
            let beyond = |share: f64| (2.0 * share - 1.0) * margin;
            PhotoPoint::new(x + right * width + beyond(right), y + down * height + beyond(down))
        };
        let outline = corners.map(corner).to_vec();
        view.fill = vec![Rc::new(FillOp::Patch(Patch { outline, density: 120.0 }))];
        let mut field = Field::new(tile.clone(), 1);
        field.sync(&design, &parameters);
        let ink = Ink::new(&design.look, &parameters, px_per_mm, scale.mm(self.blur));
        let whole = PixelRect { x: 0, y: 0, width: self.width, height: self.pixels.len() / 4 / self.width };
        let mut raster = Raster::new(whole);
        raster.draw(&field, &ink, 1.0, None);
        let mut inked = self.clone();
        raster.darken(&ink, &mut inked.pixels);
        (px_per_mm, inked)
    }
}

/// The contrast of each octave in a crop.
fn contrast(photo: &Photo, [x, y, width, height]: [usize; 4]) -> [f64; 3] {
    let light = |index: usize| {
        let pixel = &photo.pixels[((y + index / width) * photo.width + x + index % width) * 4..];
        let [r, g, b] = [0, 1, 2].map(|channel| decode(pixel[channel]));
        (0.2126 * r + 0.7152 * g + 0.0722 * b).max(1e-4).ln()
    };
    let mut values: Vec<f64> = (0..width * height).map(light).collect();
    flatten(&mut values, width);
    OCTAVES.map(|(fine, coarse, _)| {
        let (fine, coarse) = (blurred(&values, width, fine), blurred(&values, width, coarse));
        let squares: f64 = fine.iter().zip(&coarse).map(|(a, b)| (a - b).powi(2)).sum();
        (squares / values.len() as f64).sqrt()
    })
}

/// An sRGB value from 0 to 255 as linear light (IEC 61966-2-1).
fn decode(byte: u8) -> f64 {
    let value = f64::from(byte) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

/// Takes the shading off: the surface of second degree that is nearest to the values.
fn flatten(values: &mut [f64], width: usize) {
    let height = values.len() / width;
    let terms = |index: usize| {
        let x = (index % width) as f64 / width as f64 - 0.5;
        let y = (index / width) as f64 / height as f64 - 0.5;
        [1.0, x, y, x * x, x * y, y * y]
    };
    let mut rows = [[0.0; 7]; 6];
    for (index, value) in values.iter().enumerate() {
        let terms = terms(index);
        for (row, a) in rows.iter_mut().zip(terms) {
            row.iter_mut().zip(terms.iter().chain([value])).for_each(|(sum, b)| *sum += a * b);
        }
    }
    // Gauss and Jordan; the terms are far from alike, so no row has to be exchanged.
    for pivot in 0..6 {
        let lead = rows[pivot].map(|value| value / rows[pivot][pivot]);
        for (place, row) in rows.iter_mut().enumerate() {
            let factor = row[pivot];
            let take = |(value, lead): (&mut f64, &f64)| *value -= factor * lead;
            if place == pivot { *row = lead } else { row.iter_mut().zip(&lead).for_each(take) }
        }
    }
    for (index, value) in values.iter_mut().enumerate() {
        *value -= terms(index).iter().zip(&rows).map(|(term, row)| term * row[6]).sum::<f64>();
    }
}

/// A Gaussian blur that believes nothing beyond the rim.
fn blurred(values: &[f64], width: usize, sigma: f64) -> Vec<f64> {
    if sigma == 0.0 {
        return values.to_vec();
    }
    let reach = (3.0 * sigma).ceil() as isize;
    let along = |values: &[f64], (step, count): (usize, usize)| -> Vec<f64> {
        let at = |index: usize| {
            let place = (index / step % count) as isize;
            let near = (-reach..=reach).filter(|by| (0..count as isize).contains(&(place + by)));
            let (sum, weights) = near.fold((0.0, 0.0), |(sum, weights), by| {
                let weight = (-((by * by) as f64) / (2.0 * sigma * sigma)).exp();
                (sum + weight * values[(index as isize + by * step as isize) as usize], weights + weight)
            });
            sum / weights
        };
        (0..values.len()).map(at).collect()
    };
    along(&along(values, (1, width)), (width, values.len() / width))
}
