//! What the visitor corrected of where their own hair is taken to be.

use super::PaintKind;
use crate::engine::geometry::{PhotoPoint, Polyline};
use serde::{Deserialize, Serialize};

/// A stroke that says what is hair, or what is not. The later lie over the earlier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct HairStroke {
    /// A brush says that there is hair, an eraser that there is none.
    pub paint: PaintKind,
    /// Radius in photo pixels.
    pub radius: f64,
    /// The way of its middle.
    pub points: Vec<PhotoPoint>,
}

/// The outermost share of its radius over which a stroke fades.
const FADE: f64 = 0.15;

impl HairStroke {
    /// The stroke, ready to be asked where it covers a place.
    pub fn cover(&self) -> impl Fn(PhotoPoint) -> f64 + use<> {
        // A dab is a way of one point.
        let way = match self.points.as_slice() {
            [only] => Polyline::new(vec![*only, only.moved(0.01, 0.0)]),
            points => Polyline::new(points.to_vec()),
        };
        let (radius, fade) = (self.radius, (self.radius * FADE).max(f64::MIN_POSITIVE));
        move |place| {
            let distance = way.project(place).map_or(f64::INFINITY, |near| near.distance);
            ((radius - distance) / fade).clamp(0.0, 1.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stroke_covers_its_way_and_fades_at_its_edge() {
        let at = PhotoPoint::new;
        let stroke = HairStroke { paint: PaintKind::Brush, radius: 20.0, points: vec![at(0.0, 0.0), at(100.0, 0.0)] };
        let cover = stroke.cover();
        let covers = [at(50.0, 0.0), at(50.0, 16.9), at(50.0, 18.5), at(50.0, 20.1), at(130.0, 0.0)].map(cover);
        assert_eq!(covers, [1.0, 1.0, 0.5, 0.0, 0.0]);
        let dab = HairStroke { points: vec![at(5.0, 5.0)], ..stroke }.cover();
        assert_eq!([at(5.0, 5.0), at(15.0, 5.0), at(30.0, 5.0)].map(dab), [1.0, 1.0, 0.0]);
    }
}
