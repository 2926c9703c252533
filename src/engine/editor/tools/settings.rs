//! What is set of the tools.

use super::ToolKind;
use crate::engine::calibration::Reference;
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::geometry::{Mm, PhotoPx};

/// What a tool needs to know besides the design.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ToolSettings {
    /// The tool in hand.
    pub kind: ToolKind,
    /// How far from a handle the pointer may be to take it, photo pixels.
    pub reach: PhotoPx,
    /// Whether both sides of the line move together.
    pub mirrored: bool,
    /// The brush and the eraser.
    pub brush: BrushSettings,
    /// What two marks that are set by taps mean.
    pub reference: Reference,
    /// Whole width of a new part line or scar.
    pub band_width: Mm,
    /// Dots per cm2 of a new part line or scar.
    pub band_density: f64,
    /// Dots per cm2 of a new patch.
    pub patch_density: f64,
}

/// How the brush and the eraser paint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BrushSettings {
    /// Radius on the head.
    pub radius: Mm,
    /// Share of the radius over which it fades, 0 to 1.
    pub softness: f64,
    /// Dots per cm2.
    pub density: f64,
    /// Whether it stays behind the front line.
    pub behind_line: bool,
}

impl BrushSettings {
    /// A brush of a finger's width with the usual density (size and softness are our estimate).
    #[must_use]
    pub fn new(parameters: &Parameters) -> Self {
        Self { radius: Mm(8.0), softness: 0.5, density: parameters.get(Parameter::Density), behind_line: true }
    }
}

/// So far the pointer may tremble before a tap becomes a drag, as a share of the reach.
const TREMBLE: f64 = 0.25;

impl ToolSettings {
    /// So far the pointer may tremble before a tap becomes a drag, photo pixels.
    pub(super) fn tremble(&self) -> f64 {
        self.reach.0 * TREMBLE
    }
}
