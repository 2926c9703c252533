//! Hair that is drawn by code onto photos of bald heads, so that it is known where it is and where the head ends under it.

use crate::hair_photos::HairPhoto;
use hairline_designer::engine::calibration::{Head, Side};
use hairline_designer::engine::clipped::OwnHair;
use hairline_designer::engine::geometry::{PhotoPoint, Polygon};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Photos of bald heads, and from which side.
pub(crate) const BALD: [(&str, Side); 4] = [
    ("scan-front", Side::Front),
    ("scan-back-painted-strip-scar", Side::Back),
    ("scan-profile-left", Side::Right),
    ("scan-top-crown", Side::Top),
];
/// Hair: its name, its colour and how far it stands out before the background, mm.
pub(crate) const HAIRS: [(&str, [f64; 3], f64); 3] =
    [("dark", [48.0, 38.0, 33.0], 7.0), ("grey", [150.0, 148.0, 144.0], 4.0), ("blond", [168.0, 134.0, 88.0], 11.0)];
/// Rays around a head on which its edge is known.
const RAYS: usize = 720;
/// How rough the hair is, as a share of its light.
const ROUGH: f64 = 0.35;

/// A bald head on which hair is drawn.
pub(crate) struct DrawnHair {
    head: Head,
    outline: Polygon,
    /// How far from the head's middle it ends in each direction, in photo pixels.
    edge: Vec<f64>,
    /// How far hair stands out, photo pixels.
    thick: f64,
    px_per_mm: f64,
}

#[derive(Deserialize)]
struct Drawn {
    head: Vec<(f64, f64)>,
}

impl DrawnHair {
    /// A bald photo, and the same with hair.
    pub(crate) fn on(name: &'static str, side: Side, (color, thick): ([f64; 3], f64)) -> Option<(Self, HairPhoto)> {
        let bald = HairPhoto::read(name, side)?;
        let drawn: BTreeMap<String, Drawn> =
            serde_json::from_str(include_str!("../../benches/truth/masks.json")).ok()?;
        let corners = drawn.get(name)?.head.iter().map(|(x, y)| PhotoPoint::new(*x, *y)).collect();
        let head = bald.editor.view().head?;
        let outline = Polygon::new(corners);
        let px_per_mm = head.half_width / side.usual_outline(hairline_designer::engine::geometry::Mm(195.0)).0;
        let mut hair = Self { head, outline, edge: Vec::new(), thick: thick * px_per_mm, px_per_mm };
        hair.edge = (0..RAYS).map(|ray| hair.edge_at(ray)).collect();
        let image = &bald.image;
        let mut pixels = image.pixels.clone();
        for (place, pixel) in pixels.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let (x, y) = (place % image.width, place / image.width);
            let corners = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)].map(|(dx, dy)| {
                hair.is_hair(PhotoPoint::new((x as f64 + dx) / image.zoom, (y as f64 + dy) / image.zoom))
            });
            let share = corners.into_iter().filter(|is_hair| *is_hair).count() as f64 / 4.0;
            let strand = noise(x + y / 3, y / 12) - 0.5 + 0.5 * (noise(x, y) - 0.5);
            for (level, hair) in pixel.iter_mut().zip(color) {
                let hair = (hair * (1.0 + 2.0 * ROUGH * strand)).clamp(0.0, 255.0);
                *level = (f64::from(*level) * (1.0 - share) + hair * share) as u8;
            }
        }
        let size = bald.editor.view().photo.as_ref().map(|photo| (photo.width, photo.height))?;
        let photo = HairPhoto::looked_at(name, side, (pixels, image.width, image.zoom), size)?;
        Some((hair, photo))
    }

    fn direction(ray: usize) -> (f64, f64) {
        (std::f64::consts::TAU * ray as f64 / RAYS as f64).sin_cos()
    }

    fn edge_at(&self, ray: usize) -> f64 {
        let (sine, cosine) = Self::direction(ray);
        let most = 1.6 * self.head.half_width.max(self.head.half_height);
        let at = |far: f64| self.head.centre.moved(sine * far, -cosine * far);
        (0..4000)
            .map(|step| most * (1.0 - f64::from(step) / 4000.0))
            .find(|far| self.outline.contains(at(*far)))
            .unwrap_or(0.0)
    }

    /// Whether hair grows at a place of the head, or over a place of its edge.
    fn grows(&self, at: PhotoPoint) -> bool {
        let (right, up) = self.head.shares(at);
        match self.head.side {
            Side::Front => (0.06..0.55).contains(&up) && right.abs() > 0.76,
            Side::Back => up < 0.45,
            Side::Left | Side::Right => up < 0.5 && right < 0.30,
            Side::Top => up > -0.45 && (right * right / 0.36 + up * up / 0.55) > 1.0,
        }
    }

    /// Whether hair is at a place of the photo.
    pub(crate) fn is_hair(&self, at: PhotoPoint) -> bool {
        let (x, y) = (at.x - self.head.centre.x, at.y - self.head.centre.y);
        let ray = (x.atan2(-y) / std::f64::consts::TAU).rem_euclid(1.0) * RAYS as f64;
        let edge = self.edge.get(ray as usize).copied().unwrap_or(0.0);
        let far = (x * x + y * y).sqrt();
        if self.outline.contains(at) || far < edge {
            return self.outline.contains(at) && self.grows(at);
        }
        let on_edge = self.head.centre.lerp(at, (edge - 1.0) / far);
        far < edge + self.thick && self.is_before_wall(on_edge) && self.grows(on_edge)
    }

    /// Whether the outline ends there before the background, and not at an ear, a face or a neck.
    fn is_before_wall(&self, on_edge: PhotoPoint) -> bool {
        let (right, up) = self.head.shares(on_edge);
        let lowest = match self.head.side {
            Side::Front | Side::Back => 0.1,
            Side::Left | Side::Right => -0.2,
            Side::Top => -0.5,
        };
        up > lowest && (right * right + up * up).sqrt() > 0.9
    }

    /// How much of both the drawn and the found hair is in both, and how far the silhouette is off the bald head's edge where hair
    /// stands before the background: half of the places, and the worst, mm.
    pub(crate) fn fit(&self, photo: &HairPhoto, found: &OwnHair) -> (f64, f64, f64) {
        let (mut both, mut either) = (0.0, 0.0);
        let image = &photo.image;
        for place in 0..image.pixels.len() / 4 {
            let (x, y) = ((place % image.width) as f64 + 0.5, (place / image.width) as f64 + 0.5);
            let at = PhotoPoint::new(x / image.zoom, y / image.zoom);
            let (is_drawn, is_found) = (self.is_hair(at), found.hair.share(at) > 0.5);
            both += f64::from(u8::from(is_drawn && is_found));
            either += f64::from(u8::from(is_drawn || is_found));
        }
        let silhouette = Polygon::new(found.silhouette.clone());
        let mut off: Vec<f64> = (0..RAYS).filter_map(|ray| self.off(&silhouette, ray)).collect();
        off.sort_by(f64::total_cmp);
        let at = |place: usize| off.get(place).copied().unwrap_or(0.0);
        (both / either, at(off.len() / 2), at(off.len().saturating_sub(1)))
    }

    fn off(&self, silhouette: &Polygon, ray: usize) -> Option<f64> {
        let (sine, cosine) = Self::direction(ray);
        let edge = *self.edge.get(ray)?;
        let at = |far: f64| self.head.centre.moved(sine * far, -cosine * far);
        let on_edge = at(edge - 1.0);
        if !(self.is_before_wall(on_edge) && self.grows(on_edge)) {
            return None;
        }
        let end =
            (0..800).map(|step| edge * (1.3 - f64::from(step) / 1000.0)).find(|far| silhouette.contains(at(*far)))?;
        Some((end - edge).abs() / self.px_per_mm)
    }
}

/// A number from 0 to 1 that looks as if by chance.
fn noise(x: usize, y: usize) -> f64 {
    let mut hash = (x as u32).wrapping_mul(0x9e37_79b1) ^ (y as u32).wrapping_mul(0x85eb_ca77);
    hash ^= hash >> 15;
    hash = hash.wrapping_mul(0x2c1b_3c6d);
    f64::from((hash ^ (hash >> 13)) & 0xffff) / 65_535.0
}
