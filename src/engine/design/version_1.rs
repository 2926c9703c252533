//! A design as version 1 wrote it. It knew two ages of the ink by their names, the front alone, and neither sun, skin, hair nor
//! variants; heads, probes, bands and patches came later without another word.

use super::{Appearance, Design, Hair, Months, SkinKind, Sun, Views};
use crate::engine::catalog::CLIPPED_LENGTH;
use crate::engine::geometry::Mm;
use serde::Deserialize;

/// A design of version 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Version1 {
    version: u32,
    seed: u32,
    look: Look1,
    views: Views,
    #[serde(default)]
    notes: String,
}

/// Its look.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Look1 {
    shade: String,
    dot: Mm,
    softness: f64,
    age: Age,
    session: u8,
}

/// How old its ink is.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Age {
    Fresh,
    Healed,
}

impl From<Version1> for Design {
    fn from(Version1 { version, seed, look, views, notes }: Version1) -> Self {
        Self { version, seed, look: look.into(), views, name: String::new(), place: 0, others: Vec::new(), notes }
    }
}

impl From<Look1> for Appearance {
    fn from(Look1 { shade, dot, softness, age, session }: Look1) -> Self {
        let months = match age {
            Age::Fresh => Months::FRESH,
            Age::Healed => Months::HEALED,
        };
        Self {
            shade,
            dot,
            softness,
            months,
            sun: Sun::default(),
            skin: SkinKind::default(),
            session,
            hair: Hair::default(),
            hair_length: CLIPPED_LENGTH,
        }
    }
}
