//! How the ink looks.

use crate::engine::catalog::{CLIPPED_LENGTH, DEFAULT_SHADE, Parameter, Parameters, Shade, shade};
use crate::engine::geometry::Mm;
use serde::{Deserialize, Serialize};

/// How the ink looks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Appearance {
    /// Key of a row of the catalogue's shades.
    pub shade: String,
    /// Diameter of a healed dot, mm.
    pub dot: Mm,
    /// The front edge from defined (0) to soft (1).
    pub softness: f64,
    /// How many months ago the last session was: 0 is the day itself, 1 is healed.
    pub months: Months,
    /// How much sun the scalp gets.
    #[serde(default)]
    pub sun: Sun,
    /// How oily the skin is.
    #[serde(default)]
    pub skin: SkinKind,
    /// After which session, 1 to 4.
    pub session: u8,
    /// What the picture takes the visitor's own hair to be.
    #[serde(default)]
    pub hair: Hair,
    /// How long it is where it is shown clipped, mm.
    #[serde(default = "clipped_length", skip_serializing_if = "is_clipped_length")]
    pub hair_length: Mm,
}

fn clipped_length() -> Mm {
    CLIPPED_LENGTH
}

fn is_clipped_length(length: &Mm) -> bool {
    *length == CLIPPED_LENGTH
}

/// Months since the last session: 0 is the day itself, 1 is healed, 72 is the most.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema), schemars(inline))]
pub struct Months(pub f64);

/// How much sun the scalp gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub enum Sun {
    /// Under a hat or sun cream.
    Little,
    /// As most people.
    #[default]
    Usual,
    /// Outdoors, uncovered.
    Much,
}

/// How oily the skin is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub enum SkinKind {
    /// Dry to usual.
    #[default]
    Usual,
    /// Oily: ink fades sooner.
    Oily,
}

/// What the picture takes the visitor's own hair to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub enum Hair {
    /// Shaved to stubble, as most treatments want it.
    #[default]
    Shaved,
    /// Kept long.
    Kept,
    /// Clipped to stubble, and shown so.
    Clipped,
}

impl Appearance {
    /// The look that a new design has: healed, all sessions done, the default shade, a fairly soft edge.
    #[must_use]
    pub fn new(parameters: &Parameters) -> Self {
        Self {
            shade: DEFAULT_SHADE.key.to_owned(),
            dot: Mm(parameters.get(Parameter::HealedDot)),
            softness: 0.7,
            months: Months::HEALED,
            sun: Sun::default(),
            skin: SkinKind::default(),
            session: 3,
            hair: Hair::default(),
            hair_length: CLIPPED_LENGTH,
        }
    }

    /// The row of its shade; that of the default shade where no row has its key.
    #[must_use]
    pub fn shade(&self) -> &'static Shade {
        shade(&self.shade).unwrap_or(&DEFAULT_SHADE)
    }
}

impl Months {
    /// The day of the session: larger, darker dots.
    pub const FRESH: Self = Self(0.0);
    /// After a month.
    pub const HEALED: Self = Self(1.0);
}
