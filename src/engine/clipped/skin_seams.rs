//! Where new skin meets what stays beside it: ears, cheeks and beards lie in a light of their own, and new skin comes near to it.

use super::layer::{Layer, pooled, weighted_means};
use super::membrane::{Hold, Rest, membrane};
use super::sight::Sight;
use super::skin::times_of;
use crate::engine::color::luminance;
use crate::engine::geometry::PhotoPoint;

/// What stays tells of its light so deep inside of the head's outline, within so many mm of what is replaced, averaged over that radius, mm.
const INSIDE_MM: f64 = 1.5;
const BORDER_MM: f64 = 2.0;
const MEAN_MM: f64 = 1.0;
/// By which factors new skin may be darker or lighter for it, by which each colour may differ from that, and over which way it fades to some
/// third, mm. More is a beard, glasses, or the wall beside the head.
const WITHIN: (f32, f32) = (0.6, 1.5);
const COLOUR_WITHIN: (f32, f32) = (0.88, 1.14);
const FADES_MM: f64 = 6.0;

/// The light of new skin, which meets that of what stays beside it where ears and face are; of what is replaced.
pub(super) fn joined(sight: &Sight<'_>, skin: &Layer<[f32; 3]>, blend: &Layer<f32>) -> Layer<[f32; 3]> {
    let frame = sight.light.frame;
    let stays = sight.layer(|at, depth, _| depth > (INSIDE_MM * sight.mm) as f32 && blend.at(at) == 0.0);
    let times = (skin.frame.pitch / frame.pitch).round().max(1.0) as usize;
    let (light, counts) = pooled(&sight.light, &stays, times);
    let (light, _) = weighted_means(&light, &counts, skin.frame.cells_of(MEAN_MM * sight.mm));
    let from_new = Layer::distances(skin.frame, |column, row| counts.cell(column as isize, row as isize) < 0.5);
    let beyond = |at: PhotoPoint| sight.depth.at(at) < -(BORDER_MM * sight.mm) as f32;
    let holds = Layer::of(skin.frame, |column, row| {
        let (at, x, y) = (skin.frame.middle(column, row), column as isize, row as isize);
        let stays = counts.cell(x, y) >= 0.5;
        if stays && f64::from(from_new.cell(x, y)) <= BORDER_MM * sight.mm {
            let low = 1.0 - sight.on_skull(at) as f32;
            let factors = factors(light.cell(x, y), skin.cell(x, y)).map(|factor| 1.0 + (factor - 1.0) * low);
            Hold::Known(factors)
        } else if stays || beyond(at) {
            Hold::Outside
        } else {
            Hold::Free
        }
    });
    let rest = Rest { value: 1.0, within: (FADES_MM * sight.mm / skin.frame.pitch) as f32 };
    skin.with(&membrane(&holds, Some(rest)), |light, factors| times_of(light, factors.unwrap_or([1.0; 3])))
}

/// By which factors new skin becomes like that which is seen.
fn factors(seen: [f32; 3], new: [f32; 3]) -> [f32; 3] {
    let lighter = luminance(seen) / luminance(new).max(1e-4);
    let mut factors = [lighter.clamp(WITHIN.0, WITHIN.1); 3];
    for (factor, (seen, new)) in factors.iter_mut().zip(seen.into_iter().zip(new)) {
        *factor *= (seen / (new * lighter).max(1e-4)).clamp(COLOUR_WITHIN.0, COLOUR_WITHIN.1);
    }
    factors
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{self, PX_PER_MM};
    use super::super::layer::Frame;
    use super::*;
    use crate::engine::calibration::Side;
    use crate::engine::catalog::Parameters;

    /// The light of new skin of 0.5 so many mm from what stays in that light, so many halves of the head's outline up.
    fn new_skin(stays: [f32; 3], up: f64, far: &[f64]) -> Vec<[f32; 3]> {
        let (view, parameters) = (drawn::view(Side::Front, 0.0), Parameters::default());
        let head = view.head.as_ref().unwrap();
        let middle = head.on_outline(0.3, up);
        let frame = Frame { origin: middle.moved(-60.0, -20.0).rounded(), pitch: 1.0, columns: 120, rows: 40 };
        let is_new = |column: usize| column >= 60;
        let light = Layer::of(frame, |column, _| if is_new(column) { [0.02; 3] } else { stays });
        let blend = Layer::of(frame, |column, _| if is_new(column) { 1.0 } else { 0.0 });
        let surface = view.surface(&parameters);
        let sight = drawn::sight(head, &surface, (light.clone(), light.map(|_| 60.0), light.map(|_| 0.0)));
        let skin = joined(&sight, &Layer::of(frame.coarser(2), |_, _| [0.5; 3]), &blend);
        far.iter().map(|far| skin.at(frame.middle(60, 20).moved(far * PX_PER_MM, 0.0))).collect()
    }

    #[test]
    fn new_skin_meets_what_stays_and_is_its_own_farther_on() {
        let near: Vec<f32> = new_skin([0.4; 3], -0.3, &[0.5, 6.0, 24.0]).into_iter().map(|[red, ..]| red).collect();
        assert!((near[0] - 0.4).abs() < 0.025 && (0.43..0.48).contains(&near[1]), "{near:?}");
        assert!((near[2] - 0.5).abs() < 0.01, "{near:?}");
        assert_eq!(new_skin([0.4; 3], 0.4, &[0.5, 6.0]), [[0.5; 3]; 2], "over the brows shade of hair is none of skin");
    }

    #[test]
    fn neither_a_beard_nor_glasses_are_met() {
        let beard = new_skin([0.05; 3], -0.3, &[0.5])[0][0];
        assert!((0.28..0.34).contains(&beard), "{beard}");
        let [red, green, blue] = new_skin([0.45, 0.5, 0.9], -0.3, &[0.5])[0];
        assert!(blue / green < 1.15 && red / green > 0.87, "{red} {green} {blue}");
    }
}
