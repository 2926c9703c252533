//! The light of the skin under the hair, without its fine texture: how skin that faces like that is lit, times what the bare skin
//! around differs from that.

use super::error::ClippedError;
use super::layer::{Frame, Layer, pooled, weighted_means};
use super::membrane::{Hold, Rest, membrane};
use super::shading::{Sample, Shading};
use super::sight::Sight;
use crate::engine::calibration::Side;
use crate::engine::color::luminance;
use crate::engine::geometry::median;

/// Side of the cells in which the light of skin is kept, mm: it is smooth.
const CELL_MM: f64 = 1.0;
/// Bare skin counts from so far inside the outline; to the shading from farther inside, and from so far beside hair, mm.
const INSIDE_MM: f64 = 1.5;
const WELL_INSIDE_MM: f64 = 3.0;
const BESIDE_HAIR_MM: f64 = 5.0;
/// From which height of the head (in halves of the outline) skin tells how skin is lit: above the brows, and above neck and jaw.
const FOREHEAD: f64 = 0.08;
const ABOVE_NECK: f64 = 0.0;
/// The least bare skin from which hair can be replaced, cm2 as it is seen.
const MIN_BARE_CM2: f64 = 12.0;
/// By which share bare skin may differ from the shading in light and in colour, on the face and on the skull; all else is ears,
/// brows, glasses, shadow.
const LIGHT_WITHIN: (f32, f32) = (2.0, 4.0);
const COLOUR_WITHIN: (f32, f32) = (0.22, 0.7);
/// What is left of a head from the front as bare skin over its brows may differ from the shading by these shares of light; of more than
/// so much that does, much is hair. Chosen on portraits of officials in the public domain, of which good ones had up to 5 cm2 and one
/// 6.4, and on drawn heads, which had up to 6.1.
const ODD_LIGHT: (f32, f32) = (0.6, 1.4);
const MAX_ODD_CM2: f64 = 6.5;
/// Skin near hair that is darker than the skin around by this share lies in its shadow, and hair is seen through what differs from it by
/// such a share in colour (our estimate); near and around are so many mm.
const SHADOW: f32 = 0.9;
const TINGED: f32 = 0.06;
const SHADOW_MM: f64 = 6.0;
const AROUND_MM: f64 = 9.0;
/// No bare skin is seen so far around hair that is left, mm.
const AROUND_LEFT_MM: f64 = 1.0;
/// Over which radius bare skin is averaged, mm, before it is continued.
const MEAN_MM: f64 = 2.0;
/// How deep the darkening towards the outline is measured, mm, and how many places each mm needs.
const RIM_MM: usize = 12;
const MIN_IN_RIM: usize = 12;
/// By which share skin is darker or lighter there than its shading at most: more is hair or the wall.
const RIM_WITHIN: (f32, f32) = (0.4, 1.5);
/// Over which way what bare skin differs from its shading fades to some third, mm: shine and shadow are of one place.
const FADES_MM: f64 = 80.0;
/// How far beyond the outline skin is continued, so that the new edge has skin under all of it, mm.
const BEYOND_MM: f64 = 4.0;

/// The light of clipped skin.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Skin {
    /// Linear light of the whole head, bare or not.
    pub(super) light: Layer<[f32; 3]>,
    /// 1 for each cell of what was looked at that shows bare skin.
    pub(super) bare: Layer<f32>,
}

impl Skin {
    pub(super) fn new(sight: &Sight<'_>) -> Result<Self, ClippedError> {
        Self::of(sight, bare_skin(sight))
    }

    /// The same where hair is left on some of what was taken for bare.
    pub(super) fn without(self, sight: &Sight<'_>, left: &Layer<bool>) -> Self {
        if !left.values.contains(&true) {
            return self;
        }
        let is_free = |(bare, left): (&f32, &f32)| if *left > (AROUND_LEFT_MM * sight.mm) as f32 { *bare } else { 0.0 };
        let far = Layer::distances(left.frame, |column, row| left.cell(column as isize, row as isize));
        let values = self.bare.values.iter().zip(&far.values).map(is_free).collect();
        Self::of(sight, Layer { frame: left.frame, values }).unwrap_or(self)
    }

    fn of(sight: &Sight<'_>, bare: Layer<f32>) -> Result<Self, ClippedError> {
        let times = sight.light.frame.cells_of(CELL_MM * sight.mm);
        let (light, counts) = pooled(&sight.light, &bare, times);
        let places = Places::new(sight, light.frame);
        let shading = places.shading(sight, &light, &counts)?;
        let model = places.model(sight, &shading, &light, &counts);
        let (ratio, is_skin) = ratios(sight, &light, &counts, &model);
        if odd_cm2(sight, (&ratio, &counts)) > MAX_ODD_CM2 {
            return Err(ClippedError::NoSkin);
        }
        let around = weighted(&ratio, &is_skin, &places, |from_hair| from_hair > SHADOW_MM * sight.mm);
        let (around, _) = weighted_means(&ratio, &around, light.frame.cells_of(AROUND_MM * sight.mm));
        let is_lit = lit(&ratio, &is_skin, (&around, &places), SHADOW_MM * sight.mm);
        let (near, sums) = weighted_means(&ratio, &is_lit, light.frame.cells_of(MEAN_MM * sight.mm));
        let known = |at: usize| {
            let is_known = is_lit.values.get(at).is_some_and(|weight| *weight > 0.0);
            let sum = sums.values.get(at).copied().unwrap_or(0.0);
            near.values.get(at).copied().filter(|_| is_known && sum > 0.0)
        };
        let beyond = -(BEYOND_MM * sight.mm) as f32;
        let columns = light.frame.columns;
        let holds = Layer::of(light.frame, |column, row| {
            let at = row * columns + column;
            match (known(at), places.depth.values.get(at)) {
                (Some(ratio), _) => Hold::Known(ratio),
                (None, Some(depth)) if *depth > beyond => Hold::Free,
                _ => Hold::Outside,
            }
        });
        let rest = Rest { value: 1.0, within: (FADES_MM * sight.mm / light.frame.pitch) as f32 };
        let spread = membrane(&holds, Some(rest));
        let product = |(model, ratio): (&[f32; 3], &Option<[f32; 3]>)| times_of(*model, ratio.unwrap_or([1.0; 3]));
        let values = model.values.iter().zip(&spread.values).map(product).collect();
        Ok(Self { light: Layer { frame: light.frame, values }, bare })
    }
}

/// 1 for each cell of what was looked at that shows bare skin.
fn bare_skin(sight: &Sight<'_>) -> Layer<f32> {
    sight
        .layer(|at, depth, from_hair| depth >= (INSIDE_MM * sight.mm) as f32 && from_hair >= sight.bare_from(at, depth))
}

/// What is known of each cell of the coarse grid.
struct Places {
    depth: Layer<f32>,
    from_hair: Layer<f32>,
    normals: Layer<glam::DVec3>,
}

impl Places {
    fn new(sight: &Sight<'_>, frame: Frame) -> Self {
        Self {
            depth: Layer::of(frame, |column, row| sight.depth.at(frame.middle(column, row))),
            from_hair: Layer::of(frame, |column, row| sight.from_hair.at(frame.middle(column, row))),
            normals: Layer::of(frame, |column, row| sight.surface.normal(frame.middle(column, row))),
        }
    }

    /// Whether a cell tells how skin is lit.
    fn tells(&self, sight: &Sight<'_>, counts: &Layer<f32>, (column, row): (usize, usize)) -> bool {
        let (x, y) = (column as isize, row as isize);
        let (_, up) = sight.axes.shares(self.depth.frame.middle(column, row));
        counts.cell(x, y) > 0.6
            && f64::from(self.from_hair.cell(x, y)) > BESIDE_HAIR_MM * sight.mm
            && match sight.head.side {
                Side::Front => up > FOREHEAD,
                Side::Left | Side::Right | Side::Back => up > ABOVE_NECK,
                Side::Top => true,
            }
    }

    fn shading(
        &self,
        sight: &Sight<'_>,
        light: &Layer<[f32; 3]>,
        counts: &Layer<f32>,
    ) -> Result<Shading, ClippedError> {
        let inside = (WELL_INSIDE_MM * sight.mm) as f32;
        let samples: Vec<Sample> = cells(light.frame)
            .filter(|at| self.tells(sight, counts, *at))
            .map(|(column, row)| (column as isize, row as isize))
            .filter(|(column, row)| self.depth.cell(*column, *row) > inside)
            .map(|(column, row)| Sample { normal: self.normals.cell(column, row), light: light.cell(column, row) })
            .collect();
        let cell_cm = light.frame.pitch / sight.mm / 10.0;
        if (samples.len() as f64) * cell_cm * cell_cm < MIN_BARE_CM2 {
            return Err(ClippedError::NoSkin);
        }
        Shading::fitted(&samples).ok_or(ClippedError::NoSkin)
    }

    /// The light that skin of each cell is expected to have: by how it faces, and by how bare skin gets darker towards the outline.
    fn model(
        &self,
        sight: &Sight<'_>,
        shading: &Shading,
        light: &Layer<[f32; 3]>,
        counts: &Layer<f32>,
    ) -> Layer<[f32; 3]> {
        let lit = self.normals.map(|normal| shading.light(normal));
        let mut rim: Vec<Vec<f64>> = vec![Vec::new(); RIM_MM + 4];
        for (column, row) in cells(light.frame).filter(|at| self.tells(sight, counts, *at)) {
            let (column, row) = (column as isize, row as isize);
            let share = luminance(light.cell(column, row)) / luminance(lit.cell(column, row));
            if let Some(bin) = rim.get_mut((f64::from(self.depth.cell(column, row)) / sight.mm) as usize)
                && share.max(1.0 / share) < LIGHT_WITHIN.0
            {
                bin.push(f64::from(share));
            }
        }
        let darker = rim_shares(rim);
        let mm = sight.mm as f32;
        let share = |depth: f32| {
            let at = (depth / mm - 0.5).max(0.0).min((RIM_MM - 1) as f32);
            let (low, high) = (darker.get(at as usize), darker.get(at as usize + 1));
            let (low, high) = (low.copied().unwrap_or(1.0), high.copied().unwrap_or(1.0));
            low + (high - low) * (at - at.floor())
        };
        let darkened = |(lit, depth): (&[f32; 3], &f32)| lit.map(|light| light * share(*depth));
        Layer { frame: light.frame, values: lit.values.iter().zip(&self.depth.values).map(darkened).collect() }
    }
}

/// By which share skin is lighter than its shading in each mm from the outline, beside that farther in.
fn rim_shares(rim: Vec<Vec<f64>>) -> Vec<f32> {
    let middle = |values: Vec<f64>| {
        let is_enough = values.len() >= MIN_IN_RIM;
        median(values.into_iter()).filter(|_| is_enough)
    };
    let middles: Vec<Option<f64>> = rim.into_iter().map(middle).collect();
    let Some(inner) = middles.get(RIM_MM).copied().flatten() else { return vec![1.0; RIM_MM + 1] };
    // Skin is not seen clearly in the first mm: as in the next.
    let mut shares: Vec<f32> = Vec::new();
    let mut last = 1.0;
    for middle in middles.iter().take(RIM_MM + 1).rev() {
        last = middle.map_or(last, |middle| ((middle / inner) as f32).clamp(RIM_WITHIN.0, RIM_WITHIN.1));
        shares.push(last);
    }
    shares.reverse();
    shares
}

fn cells(frame: Frame) -> impl Iterator<Item = (usize, usize)> {
    (0..frame.cells()).map(move |at| (at % frame.columns, at / frame.columns))
}

/// One light times another, each colour by its own.
pub(super) fn times_of([a, b, c]: [f32; 3], [d, e, f]: [f32; 3]) -> [f32; 3] {
    [a * d, b * e, c * f]
}

/// What is seen over what is expected, and 1 where that is bare skin.
fn ratios(
    sight: &Sight<'_>,
    light: &Layer<[f32; 3]>,
    counts: &Layer<f32>,
    model: &Layer<[f32; 3]>,
) -> (Layer<[f32; 3]>, Layer<f32>) {
    let ratio = |(light, model): (&[f32; 3], &[f32; 3])| {
        let mut ratio = [0.0; 3];
        ratio
            .iter_mut()
            .zip(light.iter().zip(model))
            .for_each(|(ratio, (light, model))| *ratio = light / model.max(1e-5));
        ratio
    };
    let values: Vec<[f32; 3]> = light.values.iter().zip(&model.values).map(ratio).collect();
    let columns = light.frame.columns;
    let is_skin = |(at, (ratio, count)): (usize, (&[f32; 3], &f32))| {
        let all = luminance(*ratio);
        let on_skull = sight.on_skull(light.frame.middle(at % columns, at / columns)) as f32;
        let within = |(face, skull): (f32, f32)| face + (skull - face) * on_skull;
        let is_coloured = ratio.iter().any(|share| (share / all.max(1e-5) - 1.0).abs() > within(COLOUR_WITHIN));
        let is_skin = *count > 0.4 && all.max(1.0 / all.max(1e-5)) < within(LIGHT_WITHIN) && !is_coloured;
        if is_skin { 1.0 } else { 0.0 }
    };
    let weights = values.iter().zip(&counts.values).enumerate().map(is_skin).collect();
    (Layer { frame: light.frame, values }, Layer { frame: light.frame, values: weights })
}

/// How much of what is left as bare skin over the brows of a head from the front is far too dark or too light to be that, cm2.
fn odd_cm2(sight: &Sight<'_>, (ratio, counts): (&Layer<[f32; 3]>, &Layer<f32>)) -> f64 {
    if sight.head.side != Side::Front {
        return 0.0;
    }
    let is_odd = |(column, row): &(usize, usize)| {
        let (x, y) = (*column as isize, *row as isize);
        let light = luminance(ratio.cell(x, y));
        let is_unlike = light < ODD_LIGHT.0 || light > ODD_LIGHT.1;
        is_unlike && counts.cell(x, y) > 0.4 && sight.axes.shares(ratio.frame.middle(*column, *row)).1 > FOREHEAD
    };
    let cell_cm = ratio.frame.pitch / sight.mm / 10.0;
    cells(ratio.frame).filter(is_odd).count() as f64 * cell_cm * cell_cm
}

fn weighted(
    ratio: &Layer<[f32; 3]>,
    is_skin: &Layer<f32>,
    places: &Places,
    is_far: impl Fn(f64) -> bool,
) -> Layer<f32> {
    let weight = |(weight, from_hair): (&f32, &f32)| if is_far(f64::from(*from_hair)) { *weight } else { 0.0 };
    let values = is_skin.values.iter().zip(&places.from_hair.values).map(weight).collect();
    Layer { frame: ratio.frame, values }
}

/// The skin that lies in no shadow of hair, and through which no hair is seen.
fn lit(
    ratio: &Layer<[f32; 3]>,
    is_skin: &Layer<f32>,
    (around, places): (&Layer<[f32; 3]>, &Places),
    near: f64,
) -> Layer<f32> {
    Layer::of(ratio.frame, |column, row| {
        let (column, row) = (column as isize, row as isize);
        let is_near = f64::from(places.from_hair.cell(column, row)) <= near;
        let is_off = is_near && is_by_hair(ratio.cell(column, row), around.cell(column, row));
        if is_off { 0.0 } else { is_skin.cell(column, row) }
    })
}

/// Whether skin near hair lies in its shadow or is seen between hairs: it is darker than the skin around, or has another colour.
fn is_by_hair(ratio: [f32; 3], around: [f32; 3]) -> bool {
    let (light, usual) = (luminance(ratio), luminance(around));
    let is_tinged =
        || ratio.iter().zip(around).any(|(own, around)| (own * usual / (around * light) - 1.0).abs() > TINGED);
    usual > 0.0 && (light < SHADOW * usual || is_tinged())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skin_is_as_light_along_the_outline_as_it_is_seen_there() {
        let at_edge = |light: f64| {
            rim_shares((0..RIM_MM + 1).map(|mm| vec![if mm < 3 { light } else { 1.0 }; MIN_IN_RIM]).collect())
        };
        for light in [0.6, 1.35] {
            let shares = at_edge(light);
            assert!((f64::from(shares[1]) - light).abs() < 1e-6 && shares[5] == 1.0, "{light}: {shares:?}");
        }
        assert_eq!([0.1, 4.0].map(|light| at_edge(light)[1]), [RIM_WITHIN.0, RIM_WITHIN.1], "hair, wall");
    }
}
