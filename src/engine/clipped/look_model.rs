//! What skin, hair and background look like in one photo: a few clusters of looks each, with wide tails, so that a look between
//! clusters is unlikely and not impossible.

use super::cells::CellLook;

/// Clusters of a model, at most: light and shaded skin, hair of two colours.
const CLUSTERS: usize = 5;
/// Looks from which a model is made, at most: of more, each so many-th.
const MAX_LOOKS: usize = 6_000;
/// Looks that are worth a cluster.
const MIN_LOOKS: usize = 12;
/// Rounds in which the clusters settle.
const ROUNDS: usize = 6;
/// The least spread of a cluster, one standard deviation of each number of a look (our estimates, from noise in portraits).
const MIN_SPREAD: CellLook = [7.0, 2.0, 2.0, 1.2];
/// The tails of a cluster: degrees of freedom of Student's distribution; with it the exponent is a whole one.
const FREEDOM: f32 = 8.0;
/// Even the palest of the ten skin tones has 3.4 hundredths of red beside green; less than this, about three levels, is no colour.
const GREY: f32 = 1.5;

/// What something looks like.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LookModel {
    clusters: Vec<Cluster>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Cluster {
    mean: CellLook,
    /// One over each variance.
    narrow: CellLook,
    /// Its share of the looks over its volume.
    height: f32,
}

impl Cluster {
    fn squared_distance(&self, [light, red, blue, rough]: &CellLook) -> f32 {
        let ([mean_light, mean_red, mean_blue, mean_rough], [a, b, c, d]) = (self.mean, self.narrow);
        let squared = |off: f32| off * off;
        a * squared(light - mean_light)
            + b * squared(red - mean_red)
            + c * squared(blue - mean_blue)
            + d * squared(rough - mean_rough)
    }

    fn density(&self, look: &CellLook) -> f32 {
        let tail = 1.0 / (1.0 + self.squared_distance(look) / FREEDOM);
        let squared = tail * tail;
        self.height * squared * squared * squared
    }

    /// The cluster of some looks.
    fn of(looks: &[CellLook], all: usize) -> Option<Self> {
        let count = looks.len() as f32;
        if looks.len() < MIN_LOOKS {
            return None;
        }
        let mean: CellLook = sums(looks, |value, _| value).map(|sum| sum / count);
        let variance = sums(looks, |value, at| {
            let off = value - mean.get(at).unwrap_or(&0.0);
            off * off
        });
        let variances = std::array::from_fn::<f32, 4, _>(|at| {
            let least = MIN_SPREAD.get(at).unwrap_or(&1.0);
            (variance.get(at).unwrap_or(&0.0) / count).max(least * least)
        });
        let volume = variances.iter().product::<f32>().sqrt();
        Some(Self { mean, narrow: variances.map(|variance| 1.0 / variance), height: count / all as f32 / volume })
    }
}

fn sums(looks: &[CellLook], value: impl Fn(f32, usize) -> f32) -> CellLook {
    let mut sums = [0.0; 4];
    for look in looks {
        sums.iter_mut().zip(look).enumerate().for_each(|(at, (sum, seen))| *sum += value(*seen, at));
    }
    sums
}

impl LookModel {
    /// The model of some looks; `None` of too few. Costs up to a million operations.
    pub(super) fn of(looks: impl Iterator<Item = CellLook> + Clone) -> Option<Self> {
        let every = looks.clone().count() / MAX_LOOKS + 1;
        let mut looks: Vec<CellLook> = looks.step_by(every).collect();
        if looks.len() < MIN_LOOKS {
            return None;
        }
        // At first from dark to light, by equal parts.
        looks.sort_by(|[a, ..], [b, ..]| a.total_cmp(b));
        let parts = looks.chunks(looks.len().div_ceil(CLUSTERS).max(MIN_LOOKS));
        let mut model = Self { clusters: parts.filter_map(|part| Cluster::of(part, looks.len())).collect() };
        for _ in 0..ROUNDS {
            let mut parts = vec![Vec::new(); model.clusters.len()];
            for look in &looks {
                if let Some(part) = parts.get_mut(model.likeliest(look)) {
                    part.push(*look);
                }
            }
            model = Self { clusters: parts.iter().filter_map(|part| Cluster::of(part, looks.len())).collect() };
        }
        Some(model).filter(|model| !model.clusters.is_empty())
    }

    fn likeliest(&self, look: &CellLook) -> usize {
        let densities = self.clusters.iter().map(|cluster| cluster.density(look)).enumerate();
        densities.max_by(|(_, a), (_, b)| a.total_cmp(b)).map_or(0, |(place, _)| place)
    }

    /// How usual a look is, per volume of looks.
    pub(super) fn density(&self, look: &CellLook) -> f32 {
        self.clusters.iter().map(|cluster| cluster.density(look)).sum()
    }

    /// Whether it has no colour anywhere: skin is never so, but in a picture in grey.
    pub(super) fn is_grey(&self) -> bool {
        self.clusters.iter().all(|Cluster { mean: [_, red, blue, _], .. }| red.max(blue.abs()) < GREY)
    }

    /// The most flushed of its clusters.
    pub(super) fn flush(&self) -> f32 {
        self.clusters.iter().map(|cluster| flush(&cluster.mean)).fold(f32::NEG_INFINITY, f32::max)
    }
}

/// How red a look is beyond what goes with yellow, hundredths: blood, not pigment.
pub(super) fn flush([_, red, blue, _]: &CellLook) -> f32 {
    red + 1.5 * blue.min(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_knows_its_own_looks_from_others() {
        let skin = (0..400).map(|at| [120.0 + (at % 90) as f32, 25.0 + (at % 5) as f32, -12.0, 2.0 + (at % 3) as f32]);
        let model = LookModel::of(skin).unwrap();
        let [own, shaded, hair, wall] =
            [[160.0, 27.0, -12.0, 3.0], [126.0, 26.0, -12.0, 3.0], [45.0, 15.0, -8.0, 14.0], [130.0, -22.0, 12.0, 1.0]]
                .map(|look| model.density(&look));
        assert!(own > 100.0 * hair && own > 100.0 * wall, "{own} {hair} {wall}");
        assert!(shaded > own / 20.0, "{own} {shaded}");
    }

    #[test]
    fn the_darkest_skin_has_colour_and_a_grey_picture_has_none() {
        let of = |[red, green, blue]: [f32; 3]| {
            let light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
            let share = 100.0 / (light + 24.0);
            let look = [light, (red - green) * share, (blue - green) * share, 1.0];
            LookModel::of(std::iter::repeat_n(look, 100)).unwrap()
        };
        for skin in [[246.0, 237.0, 228.0], [160.0, 126.0, 86.0], [41.0, 36.0, 32.0]] {
            assert!(!of(skin).is_grey(), "{skin:?}");
        }
        for grey in [20.0, 120.0, 240.0] {
            assert!(of([grey; 3]).is_grey() && of([grey, grey + 0.5, grey]).is_grey(), "{grey}");
        }
    }

    #[test]
    fn a_handful_of_looks_is_no_model() {
        assert_eq!(LookModel::of(std::iter::repeat_n([1.0; 4], MIN_LOOKS - 1)), None);
        assert!(LookModel::of(std::iter::repeat_n([1.0; 4], 2 * MIN_LOOKS)).is_some(), "a plain wall is one look");
    }
}
