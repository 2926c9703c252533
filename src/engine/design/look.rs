//! How the ink looks.

use crate::engine::catalog::{Norm, Norms, shade_key_or_default};
use crate::engine::geometry::Mm;
use crate::engine::json::{FromJson, Json, Misfit, ToJson, to_json, word_from_json};

/// How the ink looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Key of a row of the catalogue's shades.
    pub shade: String,
    /// Diameter of a healed dot.
    pub dot: Mm,
    /// The front edge from defined (0) to soft (1).
    pub softness: f64,
    /// How long ago the last session was.
    pub months: Months,
    /// How much sun the scalp gets.
    pub sun: Sun,
    /// How oily the skin is.
    pub skin: SkinKind,
    /// After which session, 1 to 4.
    pub session: u8,
    /// What the picture takes the visitor's own hair to be.
    pub hair: Hair,
}

to_json!(Look { shade, dot, softness, months, sun, skin, session, hair });

/// Months since the last session: 0 is the day itself, 1 is healed, 72 is the most.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Months(pub f64);

/// How much sun the scalp gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SkinKind {
    /// Dry to usual.
    #[default]
    Usual,
    /// Oily: ink fades sooner.
    Oily,
}

/// What the picture takes the visitor's own hair to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hair {
    /// Shaved to stubble, as most treatments want it.
    #[default]
    Shaved,
    /// Kept long.
    Kept,
}

impl Look {
    /// The look that a new design has: healed, all sessions done, a middle grey, a fairly soft edge.
    #[must_use]
    pub fn new(norms: &Norms) -> Self {
        Self {
            shade: shade_key_or_default("").to_owned(),
            dot: Mm(norms.get(Norm::HealedDot)),
            softness: 0.6,
            months: Months::HEALED,
            sun: Sun::default(),
            skin: SkinKind::default(),
            session: 3,
            hair: Hair::default(),
        }
    }
}

impl Months {
    /// The day of the session: larger, darker dots.
    pub const FRESH: Self = Self(0.0);
    /// After a month.
    pub const HEALED: Self = Self(1.0);
}

/// A number, or one of the two words that files of version 1 had. Which of them a file may use is for its version to say: see
/// [`super::file::read`].
impl FromJson for Look {
    fn from_json(json: &Json) -> Result<Self, Misfit> {
        let json = json.of_keys(&["shade", "dot", "softness", "months", "age", "sun", "skin", "session", "hair"])?;
        let months = if json.value("age")?.is_some() { "age" } else { "months" };
        Ok(Self {
            shade: json.get("shade")?,
            dot: json.get("dot")?,
            softness: json.get("softness")?,
            months: json.get(months)?,
            sun: json.get_or_default("sun")?,
            skin: json.get_or_default("skin")?,
            session: json.get("session")?,
            hair: json.get_or_default("hair")?,
        })
    }
}

impl ToJson for Months {
    fn to_json(&self, out: &mut String) {
        self.0.to_json(out);
    }
}

impl FromJson for Months {
    fn from_json(json: &Json) -> Result<Self, Misfit> {
        match json {
            Json::Text(_) => json.one_of(&[("fresh", Self::FRESH), ("healed", Self::HEALED)]),
            _ => f64::from_json(json).map(Self),
        }
    }
}

word_from_json!(Sun { "little" => Little, "usual" => Usual, "much" => Much });
word_from_json!(SkinKind { "usual" => Usual, "oily" => Oily });
word_from_json!(Hair { "shaved" => Shaved, "kept" => Kept });
