//! The fourth net: which part of a picture is a person.

use super::crop::Crop;
use super::face_error::FaceError;
use super::finder::checked;
use super::found_face::FoundFace;
use super::net::{Net, NetError};
use super::picture::{Point, SourcePicture};
use crate::engine::geometry::{PhotoPoint, PhotoPx};
use serde::{Deserialize, Serialize};

/// Pixels along a side of what the net looks at, and of the mask.
const SIDE: usize = 256;
/// What a square of the mask says where a person is seen for certain.
const SURE: f32 = 255.0;
/// The most looks along a way for a person's end.
const MAX_LOOKS: f64 = 1_000.0;

/// The net that parts a person from the background. It takes about 1 MB.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonFinder {
    net: Net,
}

impl PersonFinder {
    /// The net of a file.
    ///
    /// # Errors
    /// When the file is no net, or another one.
    pub fn read(bytes: &[u8]) -> Result<Self, NetError> {
        Ok(Self { net: checked(bytes, SIDE, [(SIDE * SIDE, 1)])? })
    }

    /// Where the person is in a picture; `None` when the picture is empty. Every person is kept: head, hair, clothes, and
    /// whoever else is there. Fails on heads that are seen from straight above. Costs one look at each pixel of the picture
    /// and 60 million operations. The same picture gives the same bits on every machine.
    #[must_use]
    pub fn find(&self, picture: &SourcePicture<'_>) -> Option<PersonMask> {
        let (width, height) = picture.size();
        if width < 1.0 || height < 1.0 {
            return None;
        }
        let crop = Crop::whole(picture, SIDE);
        let input = crop.values(picture).into_iter().map(|value| value / 255.0).collect();
        let shares = self.net.run(input)?.into_iter().next()?;
        let shares = shares.into_iter().map(|share| (share.clamp(0.0, 1.0) * SURE + 0.5) as u8).collect();
        let corner = crop.to_picture(Point::default());
        Some(PersonMask {
            shares,
            origin: picture.in_photo(corner),
            pitch: crop.scale() / picture.zoom,
            size: (width / picture.zoom, height / picture.zoom),
        })
    }
}

/// Who is seen in a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeenPerson {
    /// The one face that looks at the camera, or why none can be told.
    pub face: Result<FoundFace, FaceError>,
    /// Where a person is seen; `None` where that could not be looked for.
    pub mask: Option<PersonMask>,
    /// Standard deviation of the picture's blur at the head; none where that cannot be told.
    pub blur: PhotoPx,
    /// Where the head ends if it is seen from above, the forehead at the lower edge; `None` where nothing is met that looks like it.
    pub from_above: Option<SkullOutline>,
}

/// The outline of a skull as an upright ellipse, photo pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SkullOutline {
    /// Its middle.
    pub centre: PhotoPoint,
    /// Half its breadth.
    pub half_width: f64,
    /// Half its height.
    pub half_height: f64,
}

/// How surely a person is seen, in 256 x 256 squares that lie over the photo and beside its narrower direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonMask {
    /// 0 to 255, row by row.
    #[serde(with = "serde_bytes")]
    shares: Vec<u8>,
    /// Upper left corner of the first square.
    origin: PhotoPoint,
    /// Side of a square, photo pixels.
    pitch: f64,
    /// Width and height of the photo.
    size: (f64, f64),
}

impl PersonMask {
    /// The mask of whoever stands in a photo of that width and height, for tests.
    #[cfg(test)]
    pub(crate) fn drawn(size: (f64, f64), is_person: impl Fn(PhotoPoint) -> bool) -> Self {
        let pitch = size.0.max(size.1) / SIDE as f64;
        let mut mask = Self { shares: Vec::new(), origin: PhotoPoint::new(0.0, 0.0), pitch, size };
        let places = (0..SIDE * SIDE).map(|place| mask.middle(place % SIDE, place / SIDE));
        mask.shares = places.map(|at| if is_person(at) { 255 } else { 0 }).collect();
        mask
    }

    /// Squares in a row, and rows.
    pub const SIDE: usize = SIDE;
    /// A person ends where one is seen no surer than this.
    pub const EDGE: f64 = 0.5;

    /// How surely a person is seen in each square, 0 to 255, row by row.
    #[must_use]
    pub fn shares(&self) -> &[u8] {
        &self.shares
    }

    /// The middle of a square in the photo, from its column and row.
    #[must_use]
    pub fn middle(&self, column: usize, row: usize) -> PhotoPoint {
        self.origin.moved((column as f64 + 0.5) * self.pitch, (row as f64 + 0.5) * self.pitch)
    }

    /// Side of a square, photo pixels: what is finer is not seen.
    #[must_use]
    pub fn pitch(&self) -> f64 {
        self.pitch
    }

    /// How surely a person is seen at a place, 0 to 1, mixed of the four nearest squares; `None` outside of the photo.
    #[must_use]
    pub fn share(&self, at: PhotoPoint) -> Option<f64> {
        if !(0.0..=self.size.0).contains(&at.x) || !(0.0..=self.size.1).contains(&at.y) {
            return None;
        }
        let last = (SIDE - 1) as f64;
        let place = |at: f64, origin: f64| ((at - origin) / self.pitch - 0.5).clamp(0.0, last);
        let (x, y) = (place(at.x, self.origin.x), place(at.y, self.origin.y));
        let (left, top) = (x.floor(), y.floor());
        let square = |x: f64, y: f64| {
            let place = y.min(last) as usize * SIDE + x.min(last) as usize;
            self.shares.get(place).map_or(0.0, |share| f64::from(*share) / f64::from(SURE))
        };
        let row = |y: f64| square(left, y) + (square(left + 1.0, y) - square(left, y)) * (x - left);
        Some(row(top) + (row(top + 1.0) - row(top)) * (y - top))
    }

    /// The share of the way from a place on the person to another at which the person ends first; `None` where nobody is seen at
    /// the beginning, or the person goes on to the end of the way or out of the photo. Costs a look at each quarter of a square.
    #[must_use]
    pub fn end(&self, from: PhotoPoint, to: PhotoPoint) -> Option<f64> {
        let steps = (4.0 * from.distance(to) / self.pitch).ceil().clamp(1.0, MAX_LOOKS);
        let mut before = self.share(from).filter(|share| *share > Self::EDGE)?;
        for step in 1..=steps as u32 {
            let way = f64::from(step) / steps;
            let share = self.share(from.lerp(to, way))?;
            if share <= Self::EDGE {
                return Some(way - (Self::EDGE - share) / (before - share) / steps);
            }
            before = share;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_lies_over_its_photo() {
        // A photo of 200 x 100: the mask is as wide, and reaches 50 above and below. Its right half is a person.
        let shares = (0..SIDE * SIDE).map(|place| if place % SIDE >= SIDE / 2 { 255 } else { 0 }).collect();
        let pitch = 200.0 / SIDE as f64;
        let mask = PersonMask { shares, origin: PhotoPoint::new(0.0, -50.0), pitch, size: (200.0, 100.0) };
        let share = |x: f64, y: f64| mask.share(PhotoPoint::new(x, y));
        assert_eq!([share(0.0, 0.0), share(90.0, 99.0), share(110.0, 50.0)], [Some(0.0), Some(0.0), Some(1.0)]);
        assert_eq!([share(200.0, 100.0), share(100.0, 50.0)], [Some(1.0), Some(0.5)]);
        assert_eq!([share(-1.0, 50.0), share(50.0, 101.0), share(f64::NAN, 0.0)], [None; 3]);
        assert_eq!(mask.middle(128, 128), PhotoPoint::new(100.390_625, 50.390_625));
    }

    #[test]
    fn a_person_ends_where_nobody_is_seen_any_more() {
        let mask = PersonMask::drawn((256.0, 256.0), |at| at.x < 100.0 || at.x > 150.0);
        let end = |from: f64, to: f64| mask.end(PhotoPoint::new(from, 50.0), PhotoPoint::new(to, 50.0));
        assert!(end(60.0, 140.0).is_some_and(|end| (60.0 + 80.0 * end - 100.0).abs() < 0.1), "{:?}", end(60.0, 140.0));
        assert_eq!(end(60.0, 250.0).map(|end| (60.0 + 190.0 * end).round()), Some(100.0), "the first end counts");
        assert_eq!(end(120.0, 60.0), None, "nobody is seen at the beginning");
        assert_eq!(end(60.0, 90.0), None, "the person goes on");
        assert_eq!(end(60.0, -200.0), None, "the photo ends first");
    }
}
