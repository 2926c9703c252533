//! Eyebrows and lashes: short strokes, each a bent line that tapers, laid on the face along z.

use super::anatomy::PUPIL_X_MM;
use super::features::lid_margins;
use super::noise::{hash, unit};
use super::shapes::smoothstep;
use super::vector::Vec3;

/// A place on the face, mm: x to the right, y up.
type Place = (f32, f32);

/// One hair from its root over a bend to its tip.
#[derive(Clone, Copy)]
struct Stroke {
    root: Place,
    bend: Place,
    tip: Place,
    /// Half its thickness at the root, mm.
    half_mm: f32,
    /// How dark it is, 0 to 1.
    strength: f32,
}

/// Cells of the grid that strokes are sorted into, mm.
const CELL_MM: f32 = 1.5;
/// Lower left corner of the grid, mm.
const CORNER: Place = (-63.0, -12.0);
const COLUMNS: usize = 84;
const ROWS: usize = 34;

/// No hair lies behind this depth, mm.
const FRONT_Z_MM: f32 = 40.0;

/// The brow begins this far from the midline, mm, and is so long.
const BROW_START_MM: f32 = 10.5;
const BROW_LENGTH_MM: f32 = 43.0;
const BROW_HAIRS: usize = 680;
const UPPER_LASHES: usize = 74;
const LOWER_LASHES: usize = 36;

/// Every hair of the face.
pub(super) struct Hairs {
    strokes: Vec<Stroke>,
    /// For each cell, row by row from the lower left, the strokes that touch it.
    cells: Vec<Vec<u16>>,
}

/// Numbers that look random and are the same in every build.
struct Dice(u32);

impl Dice {
    /// Evenly in [0, 1).
    fn even(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9);
        unit(hash(self.0))
    }

    /// In (-1, 1), mostly near 0.
    fn middling(&mut self) -> f32 {
        (self.even() + self.even() + self.even()) * (2.0 / 3.0) - 1.0
    }
}

impl Hairs {
    pub(super) fn new() -> Self {
        let mut hairs = Self { strokes: Vec::new(), cells: vec![Vec::new(); COLUMNS * ROWS] };
        for (side, seed) in [(-1.0, 11), (1.0, 4711)] {
            let mut dice = Dice(seed);
            for _ in 0..BROW_HAIRS {
                hairs.add(side, brow_hair(side, &mut dice));
            }
            for i in 0..UPPER_LASHES {
                let dx = -11.5 + 28.0 * (i as f32 + dice.even()) / UPPER_LASHES as f32;
                hairs.add(side, upper_lash(dx, &mut dice));
            }
            for i in 0..LOWER_LASHES {
                let dx = -7.0 + 22.0 * (i as f32 + dice.even()) / LOWER_LASHES as f32;
                hairs.add(side, lower_lash(dx, &mut dice));
            }
        }
        hairs
    }

    /// Adds a stroke of the right half, mirrored where `side` is negative.
    fn add(&mut self, side: f32, stroke: Stroke) {
        const MARGIN_MM: f32 = 0.4;
        let mirrored = |(x, y): Place| (x * side, y);
        let Stroke { root, bend, tip, .. } = stroke;
        let (root, bend, tip) = (mirrored(root), mirrored(bend), mirrored(tip));
        let id = self.strokes.len() as u16;
        self.strokes.push(Stroke { root, bend, tip, ..stroke });
        let left = column(root.0.min(bend.0).min(tip.0) - MARGIN_MM);
        let right = column(root.0.max(bend.0).max(tip.0) + MARGIN_MM);
        let low = row(root.1.min(bend.1).min(tip.1) - MARGIN_MM);
        let high = row(root.1.max(bend.1).max(tip.1) + MARGIN_MM);
        for j in low..=high {
            for i in left..=right {
                if let Some(cell) = self.cells.get_mut(j * COLUMNS + i) {
                    cell.push(id);
                }
            }
        }
    }

    /// How much of a spot of the face, `spot_mm` across, is hidden by hairs and their shadow, 0 to 1.
    pub(super) fn cover(&self, p: Vec3, spot_mm: f32) -> f32 {
        let reach_x = -CORNER.0 - CELL_MM;
        let reach_y = CORNER.1 + (ROWS - 1) as f32 * CELL_MM;
        if p.z < FRONT_Z_MM || p.x.abs() > reach_x || p.y < CORNER.1 || p.y > reach_y {
            return 0.0;
        }
        let cell = self.cells.get(row(p.y) * COLUMNS + column(p.x)).map(Vec::as_slice).unwrap_or_default();
        let strokes = cell.iter().filter_map(|&id| self.strokes.get(usize::from(id)));
        let free = strokes.fold(1.0 - brow_shade(p.x, p.y), |free, s| free * (1.0 - s.cover((p.x, p.y), spot_mm)));
        1.0 - free
    }
}

fn column(x: f32) -> usize {
    (((x - CORNER.0) / CELL_MM) as usize).min(COLUMNS - 1)
}

fn row(y: f32) -> usize {
    (((y - CORNER.1) / CELL_MM) as usize).min(ROWS - 1)
}

/// Height of the brow's middle at the share `t` of its length. One brow sits half a millimetre higher.
fn brow_height(side: f32, t: f32) -> f32 {
    let lift = if side > 0.0 { 0.5 } else { 0.0 };
    19.3 + lift + 7.6 * t - 4.9 * t * t * t - 1.6 * t * t * t * t
}

fn brow_hair(side: f32, dice: &mut Dice) -> Stroke {
    let t = dice.even();
    let t = t * (0.75 + 0.25 * t);
    let v = dice.middling() * 1.1;
    let thickness = 3.9 * (1.0 - 0.72 * t * t) * (0.52 + 0.48 * (t * 4.5).min(1.0));
    let (x, y) = (BROW_START_MM + BROW_LENGTH_MM * t, brow_height(side, t) + v * thickness);
    // hairs stand up at the inner end, lie along the middle, and turn down at the tail; both edges comb inwards
    let dy = 1.15 - 1.725 * t.sqrt() - 0.55 * t - 0.45 * v + 0.18 * dice.middling();
    let dx = 0.28 + 1.1 * (t * 2.0).min(1.0);
    let length = (5.2 + 2.6 * dice.even()) * (1.0 - 0.35 * t) / (dx * dx + dy * dy).sqrt();
    let (dx, dy) = (dx * length, dy * length);
    let curl = (0.10 + 0.12 * dice.even()) * (dx * dx + dy * dy).sqrt();
    Stroke {
        root: (x - 0.4 * dx, y - 0.4 * dy),
        bend: (x + 0.1 * dx + 0.15 * curl, y + 0.1 * dy + 0.5 * curl),
        tip: (x + 0.6 * dx, y + 0.6 * dy - 0.2 * curl),
        half_mm: 0.075 + 0.045 * dice.even(),
        strength: 0.45 + 0.4 * dice.even(),
    }
}

fn upper_lash(dx: f32, dice: &mut Dice) -> Stroke {
    let (margin, _) = lid_margins(dx);
    let length = 2.6 + 1.6 * dice.even() + 0.05 * dx.max(0.0);
    let lean = dx * 0.055 + 0.16 * dice.middling();
    let x = dx + PUPIL_X_MM as f32;
    Stroke {
        root: (x, margin - 0.15),
        bend: (x + 0.5 * lean * length, margin + 0.05 * length + 0.2),
        tip: (x + 1.3 * lean * length, margin + 0.55 * length),
        half_mm: 0.14,
        strength: 0.8,
    }
}

fn lower_lash(dx: f32, dice: &mut Dice) -> Stroke {
    let (_, margin) = lid_margins(dx);
    let length = 1.3 + 0.9 * dice.even();
    let lean = dx * 0.05 + 0.25 * dice.middling();
    let (x, y) = (dx + PUPIL_X_MM as f32, margin - 0.7);
    Stroke {
        root: (x, y),
        bend: (x + 0.4 * lean * length, y - 0.5 * length),
        tip: (x + lean * length, y - length),
        half_mm: 0.07,
        strength: 0.35,
    }
}

/// The soft shade of the hairs too fine to draw, 0 to 0.42.
fn brow_shade(x: f32, y: f32) -> f32 {
    let t = (x.abs() - BROW_START_MM) / BROW_LENGTH_MM;
    if !(-0.1..=1.1).contains(&t) {
        return 0.0;
    }
    let v = (y - brow_height(x, t) - 0.4) / (4.4 * (1.0 - 0.68 * t * t));
    let k = (1.0 - v * v).max(0.0);
    0.42 * smoothstep(-0.06, 0.10, t) * smoothstep(1.05, 0.8, t) * k * (2.0 - k)
}

impl Stroke {
    /// How much of a spot `spot_mm` across the hair covers, 0 to 1: a box filter across the hair.
    fn cover(&self, p: Place, spot_mm: f32) -> f32 {
        let (lower, t_lower) = nearest(p, self.root, self.bend);
        let (upper, t_upper) = nearest(p, self.bend, self.tip);
        let (away, t) = if lower < upper { (lower, 0.5 * t_lower) } else { (upper, 0.5 + 0.5 * t_upper) };
        let half = self.half_mm * (1.0 - 0.85 * t);
        let low = (away - 0.5 * spot_mm).max(-half);
        let high = (away + 0.5 * spot_mm).min(half);
        ((high - low) / spot_mm).clamp(0.0, 1.0) * self.strength * (1.0 - 0.4 * t)
    }
}

/// Distance of a place from a straight line between two, and at which share of it the nearest point lies.
fn nearest(p: Place, a: Place, b: Place) -> (f32, f32) {
    let (ux, uy) = (b.0 - a.0, b.1 - a.1);
    let (vx, vy) = (p.0 - a.0, p.1 - a.1);
    let t = ((vx * ux + vy * uy) / (ux * ux + uy * uy).max(1e-6)).clamp(0.0, 1.0);
    let (dx, dy) = (vx - ux * t, vy - uy * t);
    ((dx * dx + dy * dy).sqrt(), t)
}

#[cfg(test)]
mod tests {
    use super::super::vector::vec3;
    use super::*;

    #[test]
    fn brows_cover_the_ridge_and_leave_the_glabella_free() {
        let hairs = Hairs::new();
        let mean = |x: f32| {
            (0..40).map(|i| hairs.cover(vec3(x + 0.1 * i as f32, brow_height(x, 0.4), 85.0), 0.2)).sum::<f32>() / 40.0
        };
        assert!(mean(26.0) > 0.4 && mean(-30.0) > 0.4, "{} {}", mean(26.0), mean(-30.0));
        assert_eq!(hairs.cover(vec3(0.0, 19.0, 96.0), 0.2), 0.0);
    }

    #[test]
    fn every_stroke_fits_its_number() {
        assert!(Hairs::new().strokes.len() <= usize::from(u16::MAX));
    }
}
