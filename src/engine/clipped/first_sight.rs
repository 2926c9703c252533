//! The first picture of a head whose hair is clipped: soon there, at half the resolution that hair was found in.

use super::clip::clip_in;
use super::{ClippedHair, ClippedPhoto, ClippedRefusal, Detail, HairMask, OwnHair};
use crate::engine::catalog::Parameters;
use crate::engine::design::View;
use crate::engine::editor::AnalysisImage;
use crate::engine::geometry::PhotoPoint;
use crate::engine::render::PixelRect;

/// Clips hair that was found, roughly: at half the resolution, in a third of the time. What is seen is what [`clip_found`](super::clip_found) shows but
/// for the finest texture.
///
/// # Errors
/// When it cannot be told what is under it, or hair stands out before a busy wall: that takes longer.
pub fn clip_roughly(
    image: &AnalysisImage,
    found: &OwnHair,
    ground: (&View, &Parameters),
    seed: u32,
) -> Result<(ClippedPhoto, ClippedHair), ClippedRefusal> {
    let own = OwnHair {
        mask: found.mask.halved(),
        hair: found.hair.halved(),
        silhouette: found.silhouette.clone(),
        ears: found.ears.halved(),
        hidden_ears: found.hidden_ears.halved(),
        arms: found.arms.clone(),
        possible: found.possible.halved(),
    };
    clip_in(Detail::Rough, (&image.halved(), own), ground, seed)
}

impl HairMask {
    /// The same in cells of twice the side.
    fn halved(&self) -> Self {
        let (columns, rows) = (self.columns / 2, self.rows / 2);
        let share = |place: usize| {
            let at = place / columns.max(1) * 2 * self.columns + place % columns.max(1) * 2;
            let four = [at, at + 1, at + self.columns, at + self.columns + 1];
            let sum: u16 = four.iter().filter_map(|at| self.shares.get(*at)).map(|share| u16::from(*share)).sum();
            ((sum + 2) / 4) as u8
        };
        Self { shares: (0..columns * rows).map(share).collect(), columns, rows, zoom: self.zoom / 2.0 }
    }
}

impl ClippedPhoto {
    /// Replaces hair in a part of the photo, as [`Self::apply`] does, and makes transparent what stays as it is: it can be laid
    /// over a finer picture of the same photo.
    pub fn cut_out(&self, pixels: &mut [u8], rect: PixelRect, zoom: f64) {
        self.apply(pixels, rect, zoom);
        for (place, pixel) in pixels.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let (column, row) = (place % rect.width.max(1), place / rect.width.max(1));
            let middle = |start: i32, at: usize| (f64::from(start) + at as f64 + 0.5) / zoom;
            if self.replaced(PhotoPoint::new(middle(rect.x, column), middle(rect.y, row))) <= 0.0 {
                *pixel = [0; 4];
            }
        }
    }
}
