//! Where the skin shines.
//!
//! Light that is mirrored by the skin's surface has the lamp's colour and has not been through the ink; light that comes
//! from within the skin has the skin's colour. So each place of a photo is some of the skin's colour and some white, in
//! linear light (Shafer 1985, the dichromatic model), and the white share is what ink cannot take.

use crate::engine::color::{byte_of, light_of, luminance};
use crate::engine::dots::Dot;
use crate::engine::geometry::{PhotoRect, median};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The share of each place's light that is mirrored, as a coarse smooth map over the photo: 0 on matte skin, 1 on a lamp's
/// image.
///
/// Light is taken to be white, as it is in a photo with its white balance right, and the skin to have one colour. What is
/// paler than the skin and as bright, such as a white wall or white hair, counts as a shine too. The default shines nowhere.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SpecularMap {
    columns: usize,
    rows: usize,
    /// Cells per photo pixel.
    cells_per_px: f32,
    #[serde(serialize_with = "to_bytes", deserialize_with = "from_bytes")]
    shares: Vec<f32>,
    skin: Option<[u8; 3]>,
}

/// Cells on a side at most: a shine on a head is some millimetres wide, pores and hairs are not to be seen.
const MAX_CELLS: usize = 256;
/// Pixels on a cell's side at least, so that the rounding of pixels is averaged away.
const MIN_SIDE: usize = 4;
/// Pixels that are looked at on a cell's side at most.
const SAMPLES: usize = 4;

/// How much a place's colour may differ from the skin's without a shine, as a share of its light (our estimate); rounding
/// to bytes adds [`ROUNDING`] levels. A share of white is believed from that much on where the skin's colour is at a right
/// angle to white, and later where it is nearly grey, within these bounds; from twice as much on it is believed fully.
const DOUBT: f32 = 0.012;
const ROUNDING: f32 = 0.25;
const DOUBT_BOUNDS: (f32, f32) = (0.05, 0.20);
/// A shine is at least about as bright as the skin around it: shares of the median luminance from which on one is
/// believed, and believed fully (our estimate). Below lie hair and shadow, which are pale too.
const BRIGHT: (f32, f32) = (0.8, 1.1);

/// Many numbers as bytes: between threads one by one they would take their time.
fn to_bytes<S: Serializer>(shares: &[f32], serializer: S) -> Result<S::Ok, S::Error> {
    let bytes: Vec<u8> = shares.iter().flat_map(|share| share.to_le_bytes()).collect();
    serde_bytes::serialize(&bytes, serializer)
}

fn from_bytes<'a, D: Deserializer<'a>>(deserializer: D) -> Result<Vec<f32>, D::Error> {
    let bytes: Vec<u8> = serde_bytes::deserialize(deserializer)?;
    Ok(bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
}

/// Mean linear light of a cell: red, green, blue.
type Light = [f32; 3];

impl SpecularMap {
    /// The map of a photo that is given at `zoom` pixels a photo pixel: RGBA bytes, row by row, of that width. `region`, in
    /// photo pixels, is where there is mostly skin; an empty one stands for the whole photo. Costs a million pixels at
    /// most.
    #[must_use]
    pub fn of(pixels: &[u8], width: usize, zoom: f64, region: PhotoRect) -> Self {
        let height = pixels.len() / 4 / width.max(1);
        let side = width.max(height).div_ceil(MAX_CELLS).max(MIN_SIDE);
        let (columns, rows) = (width.div_ceil(side), height.div_ceil(side));
        let cells: Vec<Light> =
            (0..columns * rows).map(|cell| mean_light(pixels, width, (cell % columns, cell / columns), side)).collect();
        let cells_per_px = (zoom / side as f64) as f32;
        let middle = |index: usize| (index as f64 + 0.5) * side as f64 / zoom;
        let within = |cell: usize| {
            let (x, y) = (middle(cell % columns), middle(cell / columns));
            region.is_empty() || (region.x0..=region.x1).contains(&x) && (region.y0..=region.y1).contains(&y)
        };
        let skin = Skin::of(
            &cells.iter().enumerate().filter(|(cell, _)| within(*cell)).map(|(_, light)| *light).collect::<Vec<_>>(),
        );
        let shares = cells.iter().map(|light| skin.as_ref().map_or(0.0, |skin| skin.shine(*light))).collect();
        let skin = skin.map(|skin| skin.colour.map(|share| byte_of(share * skin.usual)));
        let mut specular_map = Self { columns, rows, cells_per_px, shares, skin };
        specular_map.smooth();
        specular_map
    }

    /// The colour of the matte skin, as a pixel. `None` in a picture without light.
    #[must_use]
    pub fn skin(&self) -> Option<[u8; 3]> {
        self.skin
    }

    /// The mirrored share at a place of the photo, in photo pixels.
    #[must_use]
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let (columns, across) = self.between(x, self.columns);
        let (rows, down) = self.between(y, self.rows);
        let share = |column: usize, row: usize| self.shares.get(row * self.columns + column).copied().unwrap_or(0.0);
        let line = |row: usize| share(columns.0, row) * (1.0 - across) + share(columns.1, row) * across;
        line(rows.0) * (1.0 - down) + line(rows.1) * down
    }

    /// The two cells between whose middles a place lies, and how far it is from the first to the second.
    fn between(&self, place: f32, count: usize) -> ((usize, usize), f32) {
        let last = count.saturating_sub(1);
        let place = (place * self.cells_per_px - 0.5).clamp(0.0, last as f32);
        let first = place as usize;
        ((first, (first + 1).min(last)), place - first as f32)
    }

    /// A dot as the shine over it lets it be seen: what is mirrored has not been through the ink.
    #[must_use]
    pub fn over(&self, dot: Dot) -> Dot {
        Dot { strength: dot.strength * (1.0 - self.at(dot.x, dot.y)), ..dot }
    }

    /// Blurs the map by one to two cells.
    fn smooth(&mut self) {
        for _ in 0..2 {
            for (step, count) in [(1, self.columns), (self.columns, self.rows)] {
                let before = self.shares.clone();
                for (index, share) in self.shares.iter_mut().enumerate() {
                    let place = index / step % count;
                    let near = |index: usize| before.get(index).copied().unwrap_or(0.0);
                    let low = if place > 0 { near(index - step) } else { near(index) };
                    let high = if place + 1 < count { near(index + step) } else { near(index) };
                    *share = (low + 2.0 * near(index) + high) / 4.0;
                }
            }
        }
    }
}

/// The mean light of a cell, from a few of its pixels.
fn mean_light(pixels: &[u8], width: usize, (column, row): (usize, usize), side: usize) -> Light {
    let step = (side / SAMPLES).max(1);
    let mut sum = [0.0; 3];
    let mut count = 0.0_f32;
    for y in (row * side..(row + 1) * side).step_by(step) {
        for x in (column * side..((column + 1) * side).min(width)).step_by(step) {
            let Some([red, green, blue, _]) = pixels.get((y * width + x) * 4..).and_then(|rest| rest.first_chunk())
            else {
                continue;
            };
            let light = [red, green, blue].map(|byte| light_of(*byte));
            sum.iter_mut().zip(light).for_each(|(sum, light)| *sum += light);
            count += 1.0;
        }
    }
    sum.map(|value| value / count.max(1.0))
}

/// The colour of matte skin in a photo.
struct Skin {
    /// Its light at a luminance of 1.
    colour: Light,
    /// The median luminance.
    usual: f32,
    /// The share of white from which on it is believed.
    doubt: f32,
}

impl Skin {
    /// The median of the cells that are neither among the lightest nor among the darkest quarter. `None` where there are
    /// none, or no light.
    fn of(cells: &[Light]) -> Option<Self> {
        let mut cells = cells.to_vec();
        cells.sort_by(|a, b| luminance(*a).total_cmp(&luminance(*b)));
        let middle = cells.get(cells.len() / 4..cells.len() - cells.len() / 4)?;
        let usual = luminance(*cells.get(cells.len() / 2)?);
        let share = |channel: fn(&Light) -> f32| {
            let shares = middle.iter().map(|light| channel(light) / luminance(*light).max(1e-6));
            median(shares.map(f64::from)).map(|share| share as f32)
        };
        let colour = [share(|light| light[0])?, share(|light| light[1])?, share(|light| light[2])?];
        let colour = colour.map(|value| value / luminance(colour).max(1e-6));
        let (length, sum) = (dot(colour, colour).sqrt(), colour.iter().sum::<f32>());
        let cosine = sum / (length * 3.0_f32.sqrt()).max(1e-6);
        let sine = (1.0 - cosine * cosine).max(0.0).sqrt();
        let byte = byte_of(usual);
        let level = (light_of(byte.saturating_add(1)) - light_of(byte)) / usual.max(1e-6);
        let doubt = ((DOUBT + ROUNDING * level) / sine.max(1e-6)).clamp(DOUBT_BOUNDS.0, DOUBT_BOUNDS.1);
        (usual > 0.0 && colour.iter().all(|value| value.is_finite())).then_some(Self { colour, usual, doubt })
    }

    /// The white share in the luminance of a light, as far as it can be believed.
    fn shine(&self, light: Light) -> f32 {
        // Least squares: light = a colour + b white.
        let (cc, cw, ww) = (dot(self.colour, self.colour), self.colour.iter().sum::<f32>(), 3.0);
        let (lc, lw) = (dot(light, self.colour), light.iter().sum::<f32>());
        let determinant = cc * ww - cw * cw;
        if determinant < 1e-9 {
            return 0.0;
        }
        let (skin, white) = ((lc * ww - lw * cw) / determinant, (lw * cc - lc * cw) / determinant);
        let share = white.max(0.0) / (skin.max(0.0) + white.max(0.0)).max(1e-6);
        let bright = luminance(light) / self.usual;
        share * rise(share, (self.doubt, 2.0 * self.doubt)) * rise(bright, BRIGHT)
    }
}

fn dot(a: Light, b: Light) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// From 0 below a range to 1 above it, by a cubic step.
fn rise(value: f32, (low, high): (f32, f32)) -> f32 {
    let t = ((value - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monk 2, 4, 6, 8 and 10.
    const TONES: [[u8; 3]; 5] =
        [[0xf3, 0xe7, 0xdb], [0xea, 0xda, 0xba], [0xa0, 0x7e, 0x56], [0x60, 0x41, 0x34], [0x29, 0x24, 0x20]];
    const SIDE: usize = 400;
    /// A square within the sphere.
    const REGION: PhotoRect = PhotoRect::new(160.0, 160.0, 640.0, 640.0);

    /// A sphere of skin lit from the upper left before a dark wall, at half the photo's size, and the mirrored share of its
    /// luminance.
    fn sphere(tone: [u8; 3], shine: f32) -> (Vec<u8>, Vec<f32>) {
        let (mut pixels, mut shares) = (Vec::new(), Vec::new());
        for index in 0..SIDE * SIDE {
            let at = |index: usize| (index as f32 + 0.5) / (SIDE as f32 / 2.0) - 1.0;
            let (x, y) = (at(index % SIDE) / 0.95, at(index / SIDE) / 0.95);
            let z = (1.0 - x * x - y * y).max(0.0).sqrt();
            let lit = (-0.4 * x - 0.5 * y + 0.768 * z).max(0.0);
            // Halfway between lamp and viewer.
            let mirrored = shine * ((-0.4 * x - 0.5 * y + 1.768 * z) / 1.88).max(0.0).powi(60);
            let wall = z == 0.0;
            let skin = tone.map(|byte| if wall { 0.02 } else { light_of(byte) * (0.12 + 0.88 * lit) });
            let mirrored = if wall { 0.0 } else { mirrored };
            pixels.extend(skin.map(|light| byte_of(light + mirrored)));
            pixels.push(255);
            shares.push(mirrored / (luminance(skin) + mirrored));
        }
        (pixels, shares)
    }

    fn map(pixels: &[u8]) -> SpecularMap {
        SpecularMap::of(pixels, SIDE, 0.5, REGION)
    }

    #[test]
    fn matte_skin_of_every_tone_has_no_shine() {
        for tone in TONES {
            let specular_map = map(&sphere(tone, 0.0).0);
            let skin = specular_map.skin().unwrap();
            assert!(
                skin.iter().zip(tone).all(|(seen, byte)| *seen <= byte && *seen >= byte / 2),
                "{tone:x?}: {skin:x?}"
            );
            let most = (0..480 * 480)
                .step_by(7)
                .map(|index| specular_map.at(160.0 + (index % 480) as f32, 160.0 + (index / 480) as f32))
                .fold(0.0, f32::max);
            assert!(most < 0.02, "{tone:x?}: {most}");
        }
    }

    #[test]
    fn a_shine_is_found_on_every_tone_and_dots_leave_it() {
        for tone in TONES {
            let (pixels, shares) = sphere(tone, 0.45);
            let specular_map = map(&pixels);
            let brightness =
                |index: usize| pixels[index * 4..index * 4 + 3].iter().map(|byte| light_of(*byte)).sum::<f32>();
            let mut order: Vec<usize> = (0..SIDE * SIDE).collect();
            order.sort_by(|a, b| brightness(*b).total_cmp(&brightness(*a)));
            for index in &order[..200] {
                let (x, y) = ((index % SIDE) as f32 * 2.0 + 1.0, (index / SIDE) as f32 * 2.0 + 1.0);
                let (share, exact) = (specular_map.at(x, y), shares[*index]);
                assert!(share > 0.75 * exact, "{tone:x?} at {x} {y}: {share}, exact {exact}");
                // The usual shade takes 12 % of the light.
                let kept = 1.0 - 0.12 * (1.0 - share);
                assert!(kept >= 0.9, "{tone:x?}: {kept}");
            }
            assert!(specular_map.at(600.0, 600.0) < 0.05, "{tone:x?}: the shaded side shines");
        }
    }

    #[test]
    fn a_dot_under_a_shine_takes_less() {
        let specular_map = map(&sphere(TONES[2], 0.45).0);
        let dot = |x: f32, y: f32| Dot { x, y, size: 1.0, strength: 1.0, shape: [1.0, 0.0, 1.0] };
        let shares: Vec<f32> = (0..60).map(|step| specular_map.at(step as f32 * 10.0, 320.0)).collect();
        assert!(shares.iter().any(|share| *share > 0.25));
        for (step, share) in shares.iter().enumerate() {
            let seen = specular_map.over(dot(step as f32 * 10.0, 320.0));
            assert_eq!(seen, Dot { strength: 1.0 - share, ..dot(step as f32 * 10.0, 320.0) });
        }
    }

    #[test]
    fn a_map_is_the_same_in_another_thread() {
        let specular_map = map(&sphere(TONES[2], 0.45).0);
        let sent = serde_json::to_vec(&specular_map).unwrap();
        assert_eq!(serde_json::from_slice::<SpecularMap>(&sent).unwrap(), specular_map);
    }

    #[test]
    fn grey_dark_and_empty_pictures_have_no_shine() {
        for pixel in [[0, 0, 0, 255], [120, 120, 120, 255]] {
            let specular_map = SpecularMap::of(&pixel.repeat(64 * 64), 64, 1.0, PhotoRect::EMPTY);
            assert_eq!(specular_map.at(30.0, 30.0), 0.0, "{pixel:?}");
        }
        assert_eq!(SpecularMap::of(&[], 0, 1.0, PhotoRect::EMPTY).at(3.0, 3.0), 0.0);
        assert_eq!(SpecularMap::default().at(3.0, 3.0), 0.0);
    }
}
