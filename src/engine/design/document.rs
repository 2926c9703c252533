//! The nouns of a design.

use crate::engine::calibration::{Calibration, FaceFrame, Scale};
use crate::engine::catalog::{Norm, Norms, shade_key_or_default};
use crate::engine::geometry::{Mm, PhotoPoint, PhotoRect, Polyline, flatten_spline};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// A whole design.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// Version of the file format, [`super::file::VERSION`] when written by this program.
    pub version: u32,
    /// Where the dots stand follows from this number alone.
    pub seed: u32,
    /// How the ink looks; shared by all views.
    pub look: Look,
    /// The sides of the head.
    pub views: Views,
    /// What the visitor wrote for the practitioner.
    #[serde(default)]
    pub notes: String,
}

/// The sides of the head that a design shows.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Views {
    /// The face from the front.
    pub front: View,
}

/// One side of the head: its photo and what was drawn on it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// The photo, by size and digest; never its pixels.
    #[serde(default)]
    pub photo: Option<PhotoRef>,
    /// How big the head is.
    #[serde(default)]
    pub calibration: Option<Calibration>,
    /// The point between the brows, from which heights are measured.
    #[serde(default)]
    pub glabella: Option<PhotoPoint>,
    /// The front line.
    #[serde(default)]
    pub hairline: Option<Hairline>,
    /// Fills and strokes, the later over the earlier.
    #[serde(default)]
    pub fill: Vec<Rc<FillOp>>,
}

/// Which photo a view was drawn on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhotoRef {
    /// Width of the working picture as it is shown, pixels.
    pub width: u32,
    /// Height of the working picture as it is shown, pixels.
    pub height: u32,
    /// Quarter turns clockwise that the visitor added, 0 to 3.
    pub quarter_turns: u8,
    /// Digest of the file's bytes, see [`photo_digest`].
    pub digest: String,
}

/// The front line: a smooth curve through its handles.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hairline {
    /// From one end to the other.
    pub handles: Vec<PhotoPoint>,
}

/// One deed of filling.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FillOp {
    /// The area behind the line.
    ToHere(FillToHere),
    /// A stroke of the brush or the eraser.
    Stroke(Stroke),
}

/// The area between the front line and an upper boundary. It follows the line when that is moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FillToHere {
    /// Handles of the upper boundary, in the direction of the line; the boundary begins and ends where the line does.
    pub boundary: Vec<PhotoPoint>,
    /// Dots per cm2.
    pub density: f64,
}

/// What a stroke does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaintKind {
    /// Brings the density to the stroke's own.
    Brush,
    /// Brings the density to nothing.
    Eraser,
}

/// One stroke, as it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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

/// How far the ink has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Age {
    /// The day it is made: larger, darker dots.
    Fresh,
    /// Healed, after a month.
    Healed,
}

/// How the ink looks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// Key of a row of the catalogue's shades.
    pub shade: String,
    /// Diameter of a healed dot.
    pub dot: Mm,
    /// The front edge from defined (0) to soft (1).
    pub softness: f64,
    /// Fresh or healed.
    pub age: Age,
    /// After which session, 1 to 3.
    pub session: u8,
}

impl Design {
    /// An empty design with a clinic's defaults.
    #[must_use]
    pub fn new(norms: &Norms, seed: u32) -> Self {
        Self {
            version: super::file::VERSION,
            seed,
            look: Look::new(norms),
            views: Views::default(),
            notes: String::new(),
        }
    }

    /// Whether there is anything that would be a loss.
    #[must_use]
    pub fn has_work(&self) -> bool {
        let view = &self.views.front;
        view.calibration.is_some() || view.hairline.is_some() || !view.fill.is_empty() || !self.notes.is_empty()
    }
}

impl Look {
    /// The look that a new design has: healed, all sessions done, a middle grey, a fairly soft edge.
    #[must_use]
    pub fn new(norms: &Norms) -> Self {
        Self {
            shade: shade_key_or_default("").to_owned(),
            dot: Mm(norms.get(Norm::HealedDot)),
            softness: 0.6,
            age: Age::Healed,
            session: 3,
        }
    }
}

impl View {
    /// Width and height of the working picture; zero without a photo.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        self.photo.as_ref().map_or((0.0, 0.0), |photo| (f64::from(photo.width), f64::from(photo.height)))
    }

    /// The scale in force: from the marks, or the rough guess when there are none or they give none.
    #[must_use]
    pub fn scale(&self, norms: &Norms) -> Scale {
        let (width, height) = self.size();
        self.calibration
            .and_then(|calibration| calibration.scale(norms.get(Norm::PerspectiveLoss)).ok())
            .unwrap_or_else(|| Scale::rough(width, height))
    }

    /// The frame of the face, when the marks are its pupils.
    #[must_use]
    pub fn face(&self, norms: &Norms) -> Option<FaceFrame> {
        let calibration = self.calibration.filter(|calibration| calibration.reference.is_pupils())?;
        let pupils = (calibration.a, calibration.b);
        let scale = self.scale(norms);
        let above = Mm(norms.get(Norm::GlabellaAbovePupils));
        let glabella = self.glabella.unwrap_or_else(|| FaceFrame::glabella_guess(pupils, scale, above));
        Some(FaceFrame::new(pupils, glabella, scale, Mm(norms.get(Norm::HeadLength))))
    }

    /// Stretches everything drawn to a picture that is so many times wider and taller. Brushes keep their form.
    pub fn fit_to(&mut self, wider: f64, taller: f64) {
        let fit = |point: &mut PhotoPoint| *point = PhotoPoint::new(point.x * wider, point.y * taller).rounded();
        if let Some(calibration) = &mut self.calibration {
            fit(&mut calibration.a);
            fit(&mut calibration.b);
        }
        self.glabella.iter_mut().for_each(fit);
        self.hairline.iter_mut().flat_map(|line| &mut line.handles).for_each(fit);
        for op in &mut self.fill {
            let mut stretched = op.as_ref().clone();
            match &mut stretched {
                FillOp::ToHere(fill) => fill.boundary.iter_mut().for_each(fit),
                FillOp::Stroke(stroke) => {
                    stroke.points.iter_mut().for_each(fit);
                    stroke.radius *= (wider * taller).sqrt();
                }
            }
            *op = Rc::new(stretched);
        }
    }

    /// The fill that follows the line, with its place among the deeds.
    #[must_use]
    pub fn fill_to_here(&self) -> Option<(usize, &FillToHere)> {
        self.fill.iter().enumerate().find_map(|(index, op)| match op.as_ref() {
            FillOp::ToHere(fill) => Some((index, fill)),
            FillOp::Stroke(_) => None,
        })
    }
}

impl Hairline {
    /// The line as straight pieces.
    #[must_use]
    pub fn curve(&self) -> Polyline {
        flatten_spline(&self.handles)
    }
}

impl FillToHere {
    /// The upper boundary as straight pieces, from the line's first end to its last.
    #[must_use]
    pub fn boundary_curve(&self, line: &Hairline) -> Polyline {
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

/// Digest of a photo's bytes: their number and their FNV-1a hash of 64 bits (Fowler, Noll, Vo). It recognises the same file
/// again; it is no signature.
#[must_use]
pub fn photo_digest(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("fnv1a64-{}-{hash:016x}", bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_fnv_1a() {
        // Test vectors of the FNV reference: "" and "foobar".
        assert_eq!(photo_digest(b""), "fnv1a64-0-cbf29ce484222325");
        assert_eq!(photo_digest(b"foobar"), "fnv1a64-6-85944171f73967e8");
    }

    #[test]
    fn a_view_without_marks_is_rough() {
        let photo = PhotoRef { width: 1600, height: 2000, quarter_turns: 0, digest: String::new() };
        let view = View { photo: Some(photo), ..View::default() };
        assert!(view.scale(&Norms::default()).rough);
        assert!(view.face(&Norms::default()).is_none());
    }
}
