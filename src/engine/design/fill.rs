//! What brings density and what takes it away.

use super::Hairline;
use crate::engine::geometry::{Mm, PhotoPoint, PhotoRect, Polyline, flatten_spline};
use serde::{Deserialize, Deserializer, Serialize};

/// One fill operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub enum FillOp {
    /// The area behind the line.
    ToHere(AreaFill),
    /// A stroke of the brush or the eraser.
    Stroke(Stroke),
    /// A part line, a scar or the edge of a temple.
    Band(Band),
    /// A patch with an outline of its own.
    Patch(Patch),
}

/// The area between the front line and an upper boundary. It follows the line when that is moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct AreaFill {
    /// Handles of the upper boundary, in the direction of the line; the boundary begins and ends where the line does. Or,
    /// when it is closed, corners of an outline around bare scalp: what of it lies behind the line is filled, all of it
    /// where there is no line.
    pub boundary: Vec<PhotoPoint>,
    /// Whether the boundary is a closed outline.
    #[serde(default)]
    pub closed: bool,
    /// Dots per cm2, at the line.
    pub density: f64,
    /// The share of that density at the farthest from the line, 0 to 1: 1 is even, as is a fill that says `null` or nothing.
    #[serde(default = "even", deserialize_with = "even_for_null")]
    #[cfg_attr(not(target_family = "wasm"), schemars(with = "Option<f64>"))]
    pub rear: f64,
    /// How deep along the skin the density falls to nothing within a closed outline, but at the line, where the edge is the look's.
    /// Where nothing is said it goes with the softness of that edge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blend: Option<Mm>,
}

/// The rear of an even fill.
fn even() -> f64 {
    1.0
}

fn even_for_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_else(even))
}

/// What a stroke does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub enum PaintKind {
    /// Brings the density to the stroke's own.
    Brush,
    /// Brings the density to nothing.
    Eraser,
}

/// One stroke, as it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Stroke {
    /// Brush or eraser.
    pub paint: PaintKind,
    /// Radius in photo pixels.
    pub radius: f64,
    /// Share of the radius over which the stroke fades out, 0 to 1.
    pub softness: f64,
    /// Dots per cm2 that a brush brings.
    pub density: f64,
    /// Whether it stays behind the front line.
    pub behind_line: bool,
    /// The way of its middle.
    pub points: Vec<PhotoPoint>,
}

/// What a band is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub enum BandKind {
    /// Scalp that shows along a parting between longer hair.
    PartLine,
    /// A scar, such as the strip of a transplant leaves.
    Scar,
    /// The edge of a temple or sideburn: the band lies behind its handles, not around them.
    Temple,
}

/// A strip of scalp along a centripetal Catmull-Rom spline through its handles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Band {
    /// Part line, scar or the edge of a temple.
    pub kind: BandKind,
    /// Along its middle, from one end to the other; along its front edge, the hair to the left of the way, at a temple.
    pub handles: Vec<PhotoPoint>,
    /// Its whole width, photo pixels.
    pub width: f64,
    /// Dots per cm2 that it brings.
    pub density: f64,
}

/// A patch of thin or bare scalp, such as alopecia areata leaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Patch {
    /// Corners of its outline in order; the last is joined to the first by a straight piece.
    pub outline: Vec<PhotoPoint>,
    /// Dots per cm2 that it brings.
    pub density: f64,
}

impl FillOp {
    /// The points that it was drawn by.
    #[must_use]
    pub fn points(&self) -> &[PhotoPoint] {
        match self {
            Self::ToHere(fill) => &fill.boundary,
            Self::Stroke(stroke) => &stroke.points,
            Self::Band(band) => &band.handles,
            Self::Patch(patch) => &patch.outline,
        }
    }

    /// The same points, to be moved.
    pub(super) fn points_mut(&mut self) -> &mut [PhotoPoint] {
        match self {
            Self::ToHere(fill) => &mut fill.boundary,
            Self::Stroke(stroke) => &mut stroke.points,
            Self::Band(band) => &mut band.handles,
            Self::Patch(patch) => &mut patch.outline,
        }
    }
}

impl AreaFill {
    /// An even fill up to an open boundary.
    #[must_use]
    pub fn even(boundary: Vec<PhotoPoint>, density: f64) -> Self {
        Self { boundary, closed: false, density, rear: even(), blend: None }
    }

    /// The upper boundary as straight pieces: from the line's first end to its last, or all around.
    #[must_use]
    pub fn boundary_curve(&self, line: &Hairline) -> Polyline {
        if self.closed {
            return Polyline::new(self.boundary.iter().chain(self.boundary.first()).copied().collect());
        }
        let ends = line.handles.first().zip(line.handles.last());
        let Some((&first, &last)) = ends else { return Polyline::default() };
        let mut handles = vec![first];
        handles.extend(&self.boundary);
        handles.push(last);
        flatten_spline(&handles)
    }
}

impl Stroke {
    /// The rectangle in which the stroke can change anything.
    #[must_use]
    pub fn reach(&self) -> PhotoRect {
        PhotoRect::around(&self.points).inflated(self.radius)
    }

    /// The density that it brings where it covers fully.
    #[must_use]
    pub fn target_density(&self) -> f64 {
        match self.paint {
            PaintKind::Brush => self.density,
            PaintKind::Eraser => 0.0,
        }
    }
}

/// A little less than half, for what is rounded.
const NEARLY_HALF: f64 = 0.49;
/// What the way between two points counts as where they are one, photo pixels, so that nothing is divided by nothing.
const NO_WAY: f64 = 1e-6;

impl Band {
    /// A long edge: so many times half its width to the right of its way; below zero to the left.
    #[must_use]
    pub fn edge(&self, side: f64) -> Vec<PhotoPoint> {
        let curve = self.curve();
        let points = curve.points();
        let edge = |(index, point): (usize, &PhotoPoint)| {
            let before = points.get(index.saturating_sub(1)).unwrap_or(point);
            let after = points.get(index + 1).unwrap_or(point);
            let by = side * self.width / 2.0 / before.distance(*after).max(NO_WAY);
            point.moved((before.y - after.y) * by, (after.x - before.x) * by)
        };
        // Behind a bend the edge would cross itself: there the band is nearer to another part of its way.
        let is_edge = |point: &PhotoPoint| {
            curve.project(*point).is_some_and(|near| near.distance > side.abs() * self.width * NEARLY_HALF)
        };
        points.iter().enumerate().map(edge).filter(is_edge).collect()
    }

    /// Its middle as straight pieces.
    #[must_use]
    pub fn curve(&self) -> Polyline {
        flatten_spline(&self.handles)
    }

    /// The rectangle in which the band can change anything.
    #[must_use]
    pub fn reach(&self) -> PhotoRect {
        // A temple's band lies on one side of its handles, with all its width.
        let beside = if self.kind == BandKind::Temple { self.width } else { self.width / 2.0 };
        self.curve().bounds().inflated(beside)
    }
}

impl Patch {
    /// The rectangle in which the patch can change anything.
    #[must_use]
    pub fn reach(&self) -> PhotoRect {
        PhotoRect::around(&self.outline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_of_a_band_lie_half_its_width_beside_its_way() {
        let handles = [(0.0, 100.0), (100.0, 60.0), (200.0, 100.0)].map(|(x, y)| PhotoPoint::new(x, y)).to_vec();
        let band = Band { kind: BandKind::Scar, handles, width: 20.0, density: 100.0 };
        let curve = band.curve();
        for side in [1.0, -1.0, -2.0] {
            let edge = band.edge(side);
            assert!(edge.len() > 4, "{side}: {edge:?}");
            let distances = edge.iter().map(|point| curve.project(*point).unwrap().distance);
            for distance in distances {
                assert!((distance - 10.0 * side.abs()).abs() < 0.4, "{side}: {distance}");
            }
        }
        // The way runs to the right, so that its right is below.
        assert!(band.edge(1.0)[0].y > band.edge(-1.0)[0].y);
    }
}
