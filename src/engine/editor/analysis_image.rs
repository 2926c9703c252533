//! What can be seen in the photo: where the scalp ends, at the background or at hair.
//!
//! Finding hair lines by edges is known to fail; this only places the first upper boundary of a fill, which the visitor then
//! moves. It looks along a ray for the first lasting change of colour and says nothing when there is none.

use crate::engine::calibration::Side;
use crate::engine::color::light_of;
use crate::engine::face::{PersonMask, SkullOutline};
use crate::engine::geometry::PhotoPoint;
use std::rc::Rc;

/// The photo's pixels, scaled down.
#[derive(Debug, Clone, PartialEq)]
pub struct AnalysisImage {
    /// RGBA, row by row.
    pub pixels: Vec<u8>,
    /// Pixels of a row.
    pub width: usize,
    /// These pixels per photo pixel.
    pub zoom: f64,
    /// Where a person is seen in it, once that was looked for.
    pub person: Option<Rc<PersonMask>>,
    /// Where its head ends if it is seen from above, likewise.
    pub from_above: Option<SkullOutline>,
}

/// A change of colour that is more than shading, in levels (Euclidean, sRGB). Our estimate: skin against skin in shade
/// stays below 25 over some millimetres, skin against hair or a background is mostly above 45.
const CHANGE: f64 = 34.0;
/// How fast the idea of the scalp's colour follows the shading, a share a step.
const FOLLOWS: f64 = 0.10;
/// Steps over which a change must last: a mole or a highlight does not.
const LASTS: usize = 4;
/// Steps from which the first idea of the scalp's colour is taken.
const FIRST: usize = 6;

impl AnalysisImage {
    /// RGBA pixels, row by row, so many in a row and so many to a photo pixel, in which nobody has looked for a person yet.
    #[must_use]
    pub fn new(pixels: Vec<u8>, width: usize, zoom: f64) -> Self {
        Self { pixels, width, zoom, person: None, from_above: None }
    }

    /// The same at half the resolution; what is left over at its right and lower edge is cut off.
    #[must_use]
    pub fn halved(&self) -> Self {
        let (columns, rows) = (self.width / 2, self.pixels.len() / 4 / self.width.max(1) / 2);
        let pixel = |place: usize| {
            let (column, row) = (place % columns * 2, place / columns * 2);
            let at = |down: usize| (row + down) * self.width + column;
            let four = [at(0), at(0) + 1, at(1), at(1) + 1].map(|at| {
                self.pixels.get(at * 4..).and_then(|rest| rest.first_chunk::<4>()).copied().unwrap_or_default()
            });
            std::array::from_fn::<u8, 4, _>(|channel| {
                let sum: u16 = four.iter().filter_map(|pixel| pixel.get(channel)).map(|byte| u16::from(*byte)).sum();
                ((sum + 2) / 4) as u8
            })
        };
        let pixels = (0..columns * rows).flat_map(pixel).collect();
        Self { person: self.person.clone(), from_above: self.from_above, ..Self::new(pixels, columns, self.zoom / 2.0) }
    }

    /// Where a person is seen in a picture of that side of the head; `None` where that was not looked for, or cannot be told: heads
    /// that are seen from straight above are not known for persons.
    pub(super) fn person_on(&self, side: Side) -> Option<&PersonMask> {
        self.person.as_deref().filter(|_| side != Side::Top)
    }

    /// The linear light of the pixel at a place; `None` beyond the photo.
    pub(crate) fn light(&self, point: PhotoPoint) -> Option<[f32; 3]> {
        Some(self.colour(point)?.map(|level| light_of(level as u8)))
    }

    pub(super) fn colour(&self, point: PhotoPoint) -> Option<[f64; 3]> {
        let (x, y) = ((point.x * self.zoom) as i64, (point.y * self.zoom) as i64);
        let (x, y) = (usize::try_from(x).ok().filter(|x| *x < self.width)?, usize::try_from(y).ok()?);
        let at = (y * self.width + x) * 4;
        let pixel = self.pixels.get(at..at + 3)?;
        pixel.first_chunk::<3>().map(|rgb| rgb.map(f64::from))
    }

    /// As [`Self::end_of_scalp`], for a way that begins on a background: where the picture ends, the background goes on.
    #[must_use]
    pub fn end_of_plain(&self, from: PhotoPoint, to: PhotoPoint, steps: usize) -> Option<f64> {
        let inside = |step: &usize| self.colour(from.lerp(to, *step as f64 / steps as f64)).is_some();
        let first = (0..=steps).find(inside)? as f64 / steps as f64;
        let end = self.end_of_scalp(from.lerp(to, first), to, steps)?;
        Some(first + (1.0 - first) * end)
    }

    /// The share of the way from `from` to `to`, cut into so many steps, at which the scalp ends; `None` when it does not
    /// end on the way, or the way leaves the picture before it could be told.
    #[must_use]
    pub fn end_of_scalp(&self, from: PhotoPoint, to: PhotoPoint, steps: usize) -> Option<f64> {
        let way: Vec<[f64; 3]> =
            (0..=steps).map_while(|step| self.colour(from.lerp(to, step as f64 / steps as f64))).collect();
        let first = way.get(..FIRST)?;
        let mut scalp = [0, 1, 2].map(|c| first.iter().filter_map(|colour| colour.get(c)).sum::<f64>() / FIRST as f64);
        let mut lasted = 0;
        for (step, colour) in way.iter().enumerate().skip(FIRST) {
            let change = scalp.iter().zip(colour).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
            if change > CHANGE {
                lasted += 1;
                if lasted == LASTS {
                    return Some((step + 1 - LASTS) as f64 / steps as f64);
                }
                continue;
            }
            lasted = 0;
            scalp.iter_mut().zip(colour).for_each(|(known, seen)| *known += (seen - *known) * FOLLOWS);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_an_image_is_the_means_of_four_pixels() {
        // Three pixels by three: what is left over is cut off.
        let pixels = (0..9_u8).flat_map(|at| [at * 10, 7, 200, 255]).collect();
        let half = AnalysisImage::new(pixels, 3, 0.5).halved();
        assert_eq!((half.pixels, half.width, half.zoom), (vec![20, 7, 200, 255], 1, 0.25));
    }

    /// A disc of skin, darker towards its rim, on a blue wall; half the size of its photo.
    fn disc() -> AnalysisImage {
        let pixels = (0..200 * 200)
            .flat_map(|i| {
                let (x, y) = (f64::from(i % 200) - 100.0, f64::from(i / 200) - 100.0);
                let r = (x * x + y * y).sqrt();
                let shade = 1.0 - 0.3 * (r / 80.0).powi(2);
                if r < 80.0 {
                    [(210.0 * shade) as u8, (160.0 * shade) as u8, (140.0 * shade) as u8, 255]
                } else {
                    [140, 160, 172, 255]
                }
            })
            .collect();
        AnalysisImage::new(pixels, 200, 0.5)
    }

    #[test]
    fn the_rim_of_a_head_is_found_through_its_shading() {
        for (dx, dy) in [(0.0_f64, -200.0_f64), (140.0, -140.0), (-140.0, -140.0)] {
            let middle = PhotoPoint::new(200.0, 200.0);
            let end = disc().end_of_scalp(middle, middle.moved(dx, dy), 100).unwrap();
            let reach = end * (dx * dx + dy * dy).sqrt();
            assert!((reach - 160.0).abs() < 8.0, "towards {dx}, {dy}: {reach}");
        }
    }

    #[test]
    fn where_nothing_changes_nothing_is_said() {
        let middle = PhotoPoint::new(200.0, 200.0);
        assert_eq!(disc().end_of_scalp(middle, middle.moved(100.0, 0.0), 60), None);
        assert_eq!(disc().end_of_scalp(PhotoPoint::new(-900.0, 0.0), middle, 60), None);
    }
}
