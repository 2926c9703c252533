//! Pictures to look for faces in: portraits of `../shared/photos`, and what can be made of a picture.
#![cfg(test)]

use crate::shared_photo::{SharedPhoto, shared_photo};
use crate::skip::skip;
use hairline_designer::engine::geometry::{PhotoPoint, PhotoRect};

/// A decoded picture, RGBA, row by row.
#[derive(Clone)]
pub(super) struct Bitmap {
    pub(super) pixels: Vec<u8>,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// A portrait with its pupils.
pub(super) struct Portrait {
    pub(super) name: &'static str,
    pub(super) picture: Bitmap,
    pub(super) pupils: [PhotoPoint; 2],
}

/// Portraits with open eyes, and their pupils, marked by eye at 16 times their size. Where a pupil is hardly seen, the middle
/// of the iris by its rim.
const PORTRAITS: [(&str, [(f64, f64); 2]); 9] = [
    ("gpo-bald-dark-skin-fringe", [(173.4, 217.5), (292.2, 239.0)]),
    ("gpo-bald-nw6-dark-fringe", [(177.8, 202.0), (294.5, 195.1)]),
    ("gpo-bald-nw6-fringe-light", [(137.7, 218.0), (245.8, 214.0)]),
    ("gpo-man-asian-short", [(165.2, 250.7), (265.4, 246.0)]),
    ("gpo-receding-nw3-short", [(158.2, 219.7), (265.0, 213.8)]),
    ("gpo-receding-nw4-light", [(180.6, 240.8), (282.2, 241.7)]),
    ("gpo-shaved-dark-skin", [(178.0, 208.5), (294.0, 217.0)]),
    ("gpo-woman-centre-part", [(194.0, 206.3), (286.1, 207.5)]),
    ("gpo-woman-short-afro", [(224.5, 246.8), (331.2, 255.0)]),
];

/// All portraits; none, with a printed line, where they are missing.
pub(super) fn portraits() -> Vec<Portrait> {
    let read = |(name, pupils): (&'static str, [(f64, f64); 2])| {
        let picture = read(&format!("{name}.jpg"))?;
        Some(Portrait { name, picture, pupils: pupils.map(PhotoPoint::from) })
    };
    PORTRAITS.into_iter().map_while(read).collect()
}

/// A photo of `../shared/photos`; `None`, with a printed line, where it is missing.
pub(super) fn read(name: &str) -> Option<Bitmap> {
    let Some(SharedPhoto { pixels, width, height }) = shared_photo(name) else {
        skip(format_args!("no ../shared/photos/{name}"));
        return None;
    };
    Some(Bitmap { pixels, width, height })
}

impl Bitmap {
    fn at(&self, x: usize, y: usize) -> [u8; 4] {
        *self.pixels[(y * self.width + x) * 4..].first_chunk().unwrap()
    }

    fn redrawn(&self, (width, height): (usize, usize), pixel: impl Fn(usize, usize) -> [u8; 4]) -> Self {
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        Self { pixels: places.flat_map(|(x, y)| pixel(x, y)).collect(), width, height }
    }

    /// Turned clockwise about its middle; what was outside of the picture is its nearest edge.
    pub(super) fn turned(&self, degrees: f64) -> Self {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let middle = (self.width as f64 / 2.0, self.height as f64 / 2.0);
        let within = |at: f64, side: usize| (at.max(0.0) as usize).min(side - 1);
        self.redrawn((self.width, self.height), |x, y| {
            let (dx, dy) = (x as f64 + 0.5 - middle.0, y as f64 + 0.5 - middle.1);
            let from = (middle.0 + cosine * dx + sine * dy, middle.1 - sine * dx + cosine * dy);
            self.at(within(from.0, self.width), within(from.1, self.height))
        })
    }

    /// As large as that part of it, by the means of the pixels.
    pub(super) fn scaled(&self, factor: f64) -> Self {
        let size = |side: usize| (side as f64 * factor) as usize;
        let range = |at: usize, side: usize| {
            let start = (at as f64 / factor) as usize;
            start..((at + 1) as f64 / factor).ceil().min(side as f64) as usize
        };
        self.redrawn((size(self.width), size(self.height)), |x, y| {
            let (mut sum, mut count) = ([0; 4], 0);
            for (x, y) in range(y, self.height).flat_map(|y| range(x, self.width).map(move |x| (x, y))) {
                let pixel = self.at(x, y);
                sum = std::array::from_fn(|channel| sum[channel] + u32::from(pixel[channel]));
                count += 1;
            }
            sum.map(|sum| (sum / count) as u8)
        })
    }

    /// Cut to a rectangle from its left upper corner on.
    pub(super) fn cut(&self, (left, top): (usize, usize), size: (usize, usize)) -> Self {
        self.redrawn(size, |x, y| self.at(left + x, top + y))
    }

    /// In the corner at the left and below of a grey picture of that size.
    pub(super) fn on_grey(&self, (width, height): (usize, usize)) -> Self {
        self.redrawn((width, height), |x, y| match (y + self.height).checked_sub(height) {
            Some(y) if x < self.width => self.at(x, y),
            _ => [140, 140, 140, 255],
        })
    }

    /// With nearly black discs over both eyes, as wide as sunglasses.
    pub(super) fn with_sunglasses(&self, pupils: [PhotoPoint; 2]) -> Self {
        let radius = 0.42 * pupils[0].distance(pupils[1]);
        self.redrawn((self.width, self.height), |x, y| {
            let at = PhotoPoint::new(x as f64 + 0.5, y as f64 + 0.5);
            if pupils.iter().any(|pupil| pupil.distance(at) < radius) { [12, 12, 14, 255] } else { self.at(x, y) }
        })
    }

    /// With a light sheet before eyes, nose and mouth.
    pub(super) fn behind_sheet(&self, [one, other]: [PhotoPoint; 2]) -> Self {
        let (eyes, middle) = (one.distance(other), PhotoRect::around(&[one, other]).middle());
        self.redrawn((self.width, self.height), |x, y| {
            let (right, down) = ((x as f64 - middle.x) / eyes, (y as f64 - middle.y) / eyes);
            if right.abs() < 0.8 && (-0.4..1.0).contains(&down) { [200, 205, 210, 255] } else { self.at(x, y) }
        })
    }

    /// With another picture at its right.
    pub(super) fn beside(&self, other: &Self) -> Self {
        let height = self.height.max(other.height);
        self.redrawn((self.width + other.width, height), |x, y| match x.checked_sub(self.width) {
            None => self.at(x, y.min(self.height - 1)),
            Some(x) => other.at(x, y.min(other.height - 1)),
        })
    }
}
