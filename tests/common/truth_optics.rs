//! What the pictures of ink are held against: sums of Gaussians in double precision, in linear light, without a grid, a
//! table or a byte. Each function returns figures; what they may be at most stands in the tests that ask for them.

use hairline_designer::engine::catalog::{Parameters, SHADES, Shade};
use hairline_designer::engine::design::{Appearance, Months};
use hairline_designer::engine::dots::{BlueNoiseTile, CARPET_DENSITY, CARPET_POINTS, CARPET_SIDE, Dot};
use hairline_designer::engine::geometry::Mm;
use hairline_designer::engine::render::{Ink, PixelRect, Raster};
use palette::color_difference::Ciede2000;
use palette::{IntoColor, Lab, LinSrgb};
use std::f64::consts::TAU;
use std::sync::LazyLock;

/// Skin tones of the Monk scale that the pictures are tried on, lightest first.
pub(crate) const TONES: [(u8, [u8; 3]); 5] = [
    (2, [0xf3, 0xe7, 0xdb]),
    (4, [0xea, 0xda, 0xba]),
    (6, [0xa0, 0x7e, 0x56]),
    (8, [0x60, 0x41, 0x34]),
    (10, [0x29, 0x24, 0x20]),
];

/// Pixels a millimetre of a photo at zoom 1: a phone's picture of a head.
const PX_PER_MM: f64 = 8.0;

/// An sRGB value from 0 to 255 as linear light (IEC 61966-2-1).
fn decode(byte: u8) -> f64 {
    let value = f64::from(byte) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

/// Linear light, 0 to 1 a channel, as CIE L*a*b* under D65.
pub(crate) fn lab(light: [f64; 3]) -> Lab<palette::white_point::D65, f64> {
    LinSrgb::from(light).into_color()
}

/// Numbers from 0 to 1 that look like chance (a linear congruence of 64 bits, Knuth's MMIX).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The usual look with that shade, so many months after the last session.
fn look(shade: &str, months: f64) -> Appearance {
    let mut look = Appearance::new(&Parameters::default());
    shade.clone_into(&mut look.shade);
    look.months = Months(months);
    look
}

/// An ink's Gaussians in double precision.
#[derive(Clone, Copy)]
struct Exact {
    core_sigma: f64,
    core_peak: f64,
    halo_sigma: f64,
    halo_mass: f64,
    tint: [f64; 3],
}

impl Exact {
    /// The ink of a look as it is in a picture so fine that no halo is smaller than a pixel, in pixels of a picture of so many
    /// pixels a millimetre.
    fn new(look: &Appearance, px_per_mm: f64) -> Self {
        const FINE: f64 = 64.0;
        let ink = Ink::new(look, &Parameters::default(), FINE, Mm(0.0));
        let coarser = px_per_mm / FINE;
        Self {
            core_sigma: f64::from(ink.core_sigma) * coarser,
            core_peak: ink.core_peak.into(),
            halo_sigma: f64::from(ink.halo_sigma) * coarser,
            halo_mass: f64::from(ink.halo_mass) * coarser * coarser,
            tint: ink.tint.map(f64::from),
        }
    }

    /// Optical density of a dot's halo, and the share of the light that its core takes, so far from its middle.
    fn at(&self, dot: &Dot, dx: f64, dy: f64) -> (f64, f64) {
        let [xx, xy, yy] = dot.shape.map(f64::from);
        let determinant = xx * yy - xy * xy;
        let (size2, strength) = (f64::from(dot.size).powi(2), f64::from(dot.strength));
        let halo_peak = self.halo_mass * strength * size2 * determinant.sqrt() / (TAU * self.halo_sigma.powi(2));
        let halo = halo_peak * (-(dx * dx + dy * dy) / (2.0 * self.halo_sigma.powi(2))).exp();
        let distance2 = (yy * dx * dx - 2.0 * xy * dx * dy + xx * dy * dy) / determinant;
        let core = self.core_peak * strength * (-distance2 / (2.0 * self.core_sigma.powi(2) * size2)).exp();
        (halo, core)
    }

    /// The light that one facing dot of usual size takes in green, in pixels of full darkness: the integral over its rings.
    fn taken(&self) -> f64 {
        let dot = Dot { x: 0.0, y: 0.0, size: 1.0, strength: 1.0, shape: [1.0, 0.0, 1.0] };
        let step = self.core_sigma / 50.0;
        let rings = (8.0 * self.halo_sigma / step) as usize;
        let ring = |ring: usize| {
            let radius = (ring as f64 + 0.5) * step;
            let (halo, core) = self.at(&dot, radius, 0.0);
            (1.0 - (-halo).exp() * (1.0 - core)) * TAU * radius * step
        };
        (0..rings).map(ring).sum()
    }
}

/// How far the light taken by a thousand dots is from what it should be, as a share of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Darkening {
    /// The dots' radius at half depth, pixels.
    pub(crate) radius_px: f64,
    /// In the transmittances.
    pub(crate) light: f64,
    /// In the bytes that a browser multiplies.
    pub(crate) overlay: f64,
    /// In the darkened bytes of light skin, and of the darkest.
    pub(crate) picture: [f64; 2],
}

impl Darkening {
    /// The largest of its errors.
    pub(crate) fn worst(&self) -> f64 {
        [self.light, self.overlay, self.picture[0], self.picture[1]].map(f64::abs).into_iter().fold(0.0, f64::max)
    }
}

/// A thousand single dots of each radius, each at another place within a pixel and of the picture.
pub(crate) fn mean_darkening() -> Vec<Darkening> {
    [0.05, 0.1, 0.2, 0.45, 0.9, 2.0, 4.0].map(thousand_dots).to_vec()
}

fn thousand_dots(radius_px: f64) -> Darkening {
    // A level is a sixteenth of dark skin's light, so dots far smaller than a pixel need more places until rounding evens out.
    let dots = if radius_px < 0.3 { 8000 } else { 1000 };
    let usual = look("grey", 1.0);
    let px_per_mm = radius_px / (usual.dot.0 / 2.0);
    let ink = Ink::new(&usual, &Parameters::default(), px_per_mm, Mm(0.0));
    // All channels alike, so that one picture shows two skins.
    let ink = Ink { tint: [1.0; 3], ..ink };
    let side = (2.0 * ink.reach()).ceil() as usize + 2;
    let (pale, dark) = (TONES[1].1[1], TONES[4].1[1]);
    let decoded: Vec<f64> = (0..=u8::MAX).map(decode).collect();
    let multiplied: Vec<f64> = (0..=255).map(|byte| 1.0 - (f64::from(byte) / 255.0).powf(2.2)).collect();
    let (mut chance, mut raster, mut bytes) = (Chance(7), Raster::new(PixelRect::default()), Vec::new());
    let mut sums = [0.0; 4];
    for _ in 0..dots {
        let corner = [chance.next(), chance.next()].map(|place| (place * 3000.0) as i32);
        let middle = corner.map(|corner| (f64::from(corner) + side as f64 / 2.0 + chance.next()) as f32);
        let dot = Dot { x: middle[0], y: middle[1], size: 1.0, strength: 1.0, shape: [1.0, 0.0, 1.0] };
        raster.restart(PixelRect { x: corner[0], y: corner[1], width: side, height: side });
        raster.draw_dots(std::iter::once(dot), &ink, 1.0);
        sums[0] += raster.light().iter().map(|light| 1.0 - f64::from(*light)).sum::<f64>();
        raster.overlay(&ink, &mut bytes);
        sums[1] += bytes.chunks(4).map(|pixel| multiplied[usize::from(pixel[1])]).sum::<f64>();
        let mut photo = [pale, pale, dark, 255].repeat(side * side);
        raster.darken(&ink, &mut photo);
        for (channel, skin) in [(1, pale), (2, dark)] {
            sums[channel + 1] +=
                photo.chunks(4).map(|pixel| 1.0 - decoded[usize::from(pixel[channel])] / decode(skin)).sum::<f64>();
        }
    }
    let exact = Exact::new(&usual, px_per_mm).taken() * f64::from(dots);
    let [light, overlay, pale, dark] = sums.map(|sum| sum / exact - 1.0);
    Darkening { radius_px, light, overlay, picture: [pale, dark] }
}

static TILE: LazyLock<BlueNoiseTile> = LazyLock::new(|| BlueNoiseTile::grow(1));

/// The tile's dots at a density, so many pixels a millimetre, differing as a hand's do. `shape` is how the skin is seen.
fn carpet_dots(density: f64, px_per_mm: f64, shape: [f32; 3]) -> Vec<Dot> {
    let count = (density / CARPET_DENSITY * CARPET_POINTS as f64).round() as usize;
    let mut chance = Chance(3);
    let mut spread = |by: f64| (1.0 + (chance.next() * 2.0 - 1.0) * by) as f32;
    let dot = |x: f32, y: f32, size, strength| Dot {
        x: (f64::from(x) * px_per_mm) as f32,
        y: (f64::from(y) * px_per_mm) as f32,
        size,
        strength,
        shape,
    };
    TILE.places().iter().take(count).map(|place| dot(place.x, place.y, spread(0.15), spread(0.20))).collect()
}

/// The mean share of light that a healed field takes, beside what it should be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldRow {
    /// The shade's key.
    pub(crate) shade: &'static str,
    /// Pixels a millimetre.
    pub(crate) px_per_mm: f64,
    /// The share of light lost in the mean of the field.
    pub(crate) lost: f64,
    /// What the shade's row says.
    pub(crate) row: f64,
}

/// Every shade at the density that its row speaks of, in a photo seen whole and from near.
pub(crate) fn fields() -> Vec<FieldRow> {
    let mut rows = Vec::new();
    for shade in SHADES {
        for px_per_mm in [1.5, 6.0] {
            let lost = mean_loss(&look(shade.key, 1.0), px_per_mm);
            rows.push(FieldRow { shade: shade.key, px_per_mm, lost, row: shade.darkening });
        }
    }
    rows
}

/// The mean share of light that a look's field takes, 5 mm off the tile's rim, where no dot is missing.
fn mean_loss(look: &Appearance, px_per_mm: f64) -> f64 {
    let ink = Ink::new(look, &Parameters::default(), px_per_mm, Mm(0.0));
    let corner = (5.0 * px_per_mm) as usize;
    let side = (f64::from(CARPET_SIDE) * px_per_mm) as usize - 2 * corner;
    let mut raster = Raster::new(PixelRect { x: corner as i32, y: corner as i32, width: side, height: side });
    let dots = carpet_dots(Shade::REFERENCE_DENSITY, px_per_mm, [1.0, 0.0, 1.0]);
    raster.draw_dots(dots.into_iter(), &ink, 1.0);
    raster.light().iter().map(|light| 1.0 - f64::from(*light)).sum::<f64>() / (side * side) as f64
}

/// How far single pixels of a repainted part are from those of the whole at most, in levels of the overlay's bytes: fields
/// from far and near, cut at places that no grid knows.
pub(crate) fn worst_of_parts() -> u8 {
    [0.7, 1.5, 6.0, 20.0].map(worst_part).into_iter().max().unwrap_or(u8::MAX)
}

fn worst_part(px_per_mm: f64) -> u8 {
    let ink = Ink::new(&look("soft-black", 0.0), &Parameters::default(), px_per_mm, Mm(0.0));
    let dots = carpet_dots(200.0, px_per_mm, [0.9, 0.25, 0.6]);
    let bytes = |rect: PixelRect| {
        let (mut raster, mut bytes) = (Raster::new(rect), Vec::new());
        raster.draw_dots(dots.iter().copied(), &ink, 1.0);
        raster.overlay(&ink, &mut bytes);
        bytes
    };
    let whole = PixelRect { x: 11, y: 7, width: 90, height: 80 };
    let of_whole = bytes(whole);
    let mut worst = 0;
    for part in [
        PixelRect { x: 34, y: 20, width: 37, height: 29 },
        PixelRect { x: 11, y: 86, width: 90, height: 1 },
        PixelRect { x: 55, y: 41, width: 1, height: 1 },
    ] {
        for (row, line) in bytes(part).chunks(part.width * 4).enumerate() {
            let start = ((part.y - whole.y) as usize + row) * whole.width + (part.x - whole.x) as usize;
            let same = &of_whole[start * 4..(start + part.width) * 4];
            worst = line.iter().zip(same).map(|(a, b)| a.abs_diff(*b)).fold(worst, u8::max);
        }
    }
    worst
}

/// How far pictures of a look on a tone are from exact light: CIEDE2000 of 99 pixels of 100 at most.
#[derive(Debug, Clone)]
pub(crate) struct PictureRow {
    /// Key of the shade.
    pub(crate) shade: &'static str,
    /// The tone's place on the Monk scale.
    pub(crate) tone: u8,
    /// Months since the last session.
    pub(crate) months: f64,
    /// Pixels per pixel of the photo.
    pub(crate) zoom: f64,
    /// The saved picture.
    pub(crate) saved: f64,
    /// The browser's: photo times overlay, in bytes, for an ink that knows the skin.
    pub(crate) shown: f64,
    /// The least that any picture in bytes can have: the exact light, rounded.
    pub(crate) rounded: f64,
}

/// One shade on every tone, fresh, healed and after four years, from far and near.
pub(crate) fn pictures(shade: &'static str) -> Vec<PictureRow> {
    let mut rows = Vec::new();
    for months in [0.0, 1.0, 48.0] {
        for zoom in [0.25, 1.0, 4.0] {
            let patch = Patch::new(shade, months, zoom);
            rows.extend(TONES.map(|(tone, skin)| patch.row(shade, (tone, skin), months, zoom)));
        }
    }
    rows
}

/// A square of inked skin: what the program makes of it, and the exact transmittance of each pixel in each channel.
struct Patch {
    side: usize,
    ink: Ink,
    raster: Raster,
    exact: Vec<[f64; 3]>,
}

impl Patch {
    fn new(shade: &str, months: f64, zoom: f64) -> Self {
        let px_per_mm = PX_PER_MM * zoom;
        let ink = Ink::new(&look(shade, months), &Parameters::default(), px_per_mm, Mm(0.0));
        // Skin that is turned away and leans, so that no easy case is tried alone.
        let dots = carpet_dots(120.0, px_per_mm, [0.9, 0.25, 0.6]);
        let side = if zoom < 1.0 { 40 } else { 72 };
        let rect = PixelRect { x: (5.0 * px_per_mm) as i32, y: (6.0 * px_per_mm) as i32, width: side, height: side };
        let mut raster = Raster::new(rect);
        raster.draw_dots(dots.iter().copied(), &ink, 1.0);
        let exact = exact_light(
            &dots,
            Exact::new(&look(shade, months), px_per_mm),
            rect,
            (4.0 / zoom).clamp(2.0, 16.0) as usize,
        );
        Self { side, ink, raster, exact }
    }

    fn row(&self, shade: &'static str, (tone, skin): (u8, [u8; 3]), months: f64, zoom: f64) -> PictureRow {
        let photo = [skin[0], skin[1], skin[2], 255].repeat(self.side * self.side);
        let (mut saved, mut overlay) = (photo.clone(), Vec::new());
        self.raster.darken(&self.ink, &mut saved);
        self.raster.overlay(&self.ink.on_skin(skin), &mut overlay);
        let multiplied = |(photo, overlay): (&u8, &u8)| ((u32::from(*photo) * u32::from(*overlay) + 127) / 255) as u8;
        let shown: Vec<u8> = photo.iter().zip(&overlay).map(multiplied).collect();
        let exact = |pixel: &[f64; 3]| std::array::from_fn(|channel| decode(skin[channel]) * pixel[channel]);
        let nearest = |light: f64| {
            let off = |byte: &u8| (decode(*byte) - light).abs();
            (0..=u8::MAX).min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(0)
        };
        let rounded = self.exact.iter().flat_map(|pixel| {
            let [red, green, blue] = exact(pixel).map(nearest);
            [red, green, blue, 255]
        });
        let far = |bytes: &[u8]| {
            let seen = bytes.chunks(4).map(|pixel| lab([decode(pixel[0]), decode(pixel[1]), decode(pixel[2])]));
            let mut differences: Vec<f64> =
                self.exact.iter().zip(seen).map(|(pixel, seen)| lab(exact(pixel)).difference(seen)).collect();
            differences.sort_by(f64::total_cmp);
            differences[differences.len() * 99 / 100]
        };
        let rounded: Vec<u8> = rounded.collect();
        PictureRow { shade, tone, months, zoom, saved: far(&saved), shown: far(&shown), rounded: far(&rounded) }
    }
}

/// The transmittance of each pixel in each channel, from so many points a side within each.
fn exact_light(dots: &[Dot], ink: Exact, rect: PixelRect, points: usize) -> Vec<[f64; 3]> {
    let reach = 6.0 * ink.halo_sigma;
    let mut all = Vec::new();
    for row in 0..rect.height {
        let y0 = f64::from(rect.y) + row as f64;
        let in_row: Vec<&Dot> = dots.iter().filter(|dot| (f64::from(dot.y) - y0).abs() < reach + 1.0).collect();
        for column in 0..rect.width {
            let x0 = f64::from(rect.x) + column as f64;
            let near: Vec<&&Dot> = in_row.iter().filter(|dot| (f64::from(dot.x) - x0).abs() < reach + 1.0).collect();
            let mut sum = [0.0; 3];
            for point in 0..points * points {
                let at = |index: usize| (index as f64 + 0.5) / points as f64;
                let (x, y) = (x0 + at(point % points), y0 + at(point / points));
                let mut logarithm = 0.0;
                for dot in &near {
                    let (halo, core) = ink.at(dot, x - f64::from(dot.x), y - f64::from(dot.y));
                    logarithm += (1.0 - core).ln() - halo;
                }
                for (sum, tint) in sum.iter_mut().zip(ink.tint) {
                    *sum += (tint * logarithm).exp();
                }
            }
            all.push(sum.map(|sum| sum / (points * points) as f64));
        }
    }
    all
}

/// How a shade looks on a tone, as the mean of a healed field at the density of its row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ToneRow {
    /// Key of the shade.
    pub(crate) shade: &'static str,
    /// The tone's place on the Monk scale.
    pub(crate) tone: u8,
    /// CIE L* of the bare skin.
    pub(crate) skin: f64,
    /// By how much the field is darker.
    pub(crate) darker: f64,
    /// By how much the darkest of closely shaved hair is darker: nine of ten heads take up to [`DARKEST_STUBBLE`].
    pub(crate) stubble: f64,
    /// By how much the field is bluer: the drop of b*.
    pub(crate) bluer: f64,
}

/// The share of the light that closely shaved hair takes at the 90th percentile of heads on portraits.
const DARKEST_STUBBLE: f64 = 0.40;

/// Every shade on every tone.
pub(crate) fn tones() -> Vec<ToneRow> {
    let row = |shade: &'static Shade, (tone, skin): (u8, [u8; 3])| {
        let light = skin.map(decode);
        let tint = Exact::new(&look(shade.key, 1.0), PX_PER_MM).tint;
        let without = |lost: f64| lab([0, 1, 2].map(|channel| light[channel] * (1.0 - lost).powf(tint[channel])));
        let (bare, inked) = (lab(light), without(shade.darkening));
        let stubble = bare.l - without(DARKEST_STUBBLE).l;
        ToneRow { shade: shade.key, tone, skin: bare.l, darker: bare.l - inked.l, stubble, bluer: bare.b - inked.b }
    };
    SHADES.iter().flat_map(|shade| TONES.map(|tone| row(shade, tone))).collect()
}
