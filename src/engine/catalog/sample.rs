//! The sample head: pictures that lie beside the program, for visitors without a photo at hand, and the marks that come
//! with them. The package `sample-head` draws them.

use crate::engine::calibration::{Calibration, Reference, Side};
use crate::engine::geometry::{Mm, PhotoPoint};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What is known of the pictures, as it was written with them.
const TRUTHS: &str = include_str!("../../../assets/sample/truth.json");

/// A skin tone of the sample head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleTone {
    /// Its place on the Monk Skin Tone Scale: 1 is the lightest, 10 the darkest.
    pub monk: u8,
    /// Its swatch on that scale, sRGB.
    pub swatch: [u8; 3],
    /// What designs call the picture from the front; never changes. A side's name follows for the other sides.
    key: &'static str,
}

/// The tones from light to dark. The first that there was has no tone in its key.
pub const SAMPLE_TONES: [SampleTone; 5] = [
    SampleTone { monk: 2, swatch: [0xf3, 0xe7, 0xdb], key: "sample-head-1-monk-2" },
    DEFAULT_TONE,
    SampleTone { monk: 5, swatch: [0xd7, 0xbd, 0x96], key: "sample-head-1-monk-5" },
    SampleTone { monk: 7, swatch: [0x82, 0x5c, 0x43], key: "sample-head-1-monk-7" },
    SampleTone { monk: 9, swatch: [0x3a, 0x31, 0x2a], key: "sample-head-1-monk-9" },
];

/// Medium-light.
const DEFAULT_TONE: SampleTone = SampleTone { monk: 4, swatch: [0xea, 0xda, 0xba], key: "sample-head-1" };

impl Default for SampleTone {
    fn default() -> Self {
        DEFAULT_TONE
    }
}

/// The sample head in a tone, seen from a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SampleHead {
    /// The skin tone.
    pub tone: SampleTone,
    /// The side that is seen.
    pub side: Side,
}

impl SampleHead {
    /// The picture that a design names by that digest; `None` for other photos.
    #[must_use]
    pub fn named(digest: &str) -> Option<Self> {
        let heads = SAMPLE_TONES.into_iter().flat_map(|tone| Side::ALL.map(|side| Self { tone, side }));
        heads.into_iter().find(|head| head.digest() == digest)
    }

    /// How a design names the picture. Not computed from the file: it stays when the file is encoded anew.
    #[must_use]
    pub fn digest(self) -> String {
        match self.side {
            Side::Front => self.tone.key.to_owned(),
            side => format!("{}-{}", self.tone.key, side_key(side)),
        }
    }

    /// Where the picture lies beside the page.
    #[must_use]
    pub fn path(self) -> String {
        format!("assets/sample/{}.webp", self.digest())
    }

    /// The marks on the picture: its size is known.
    #[must_use]
    pub fn marks(self) -> Option<SampleMarks> {
        let truths: Truths = serde_json::from_str(TRUTHS).ok()?;
        let Marks { between, distance_mm, a, b, glabella } = truths.sides.get(side_key(self.side))?.marks;
        let distance = Mm(distance_mm);
        let reference = match between {
            Between::Pupils => Reference::TypedPupils { distance },
            Between::Points => Reference::Points { distance },
        };
        let at = |(x, y): (f64, f64)| PhotoPoint::new(x, y).rounded();
        Some(SampleMarks { calibration: Calibration { reference, a: at(a), b: at(b) }, glabella: glabella.map(at) })
    }
}

/// What a visitor would mark on a picture of the sample head.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SampleMarks {
    /// Two places of known distance: the pupils, where they are seen.
    pub calibration: Calibration,
    /// The middle between the brows, where it is seen.
    pub glabella: Option<PhotoPoint>,
}

/// A side's name in the names of files.
fn side_key(side: Side) -> &'static str {
    match side {
        Side::Front => "front",
        Side::Top => "top",
        Side::Left => "left",
        Side::Right => "right",
        Side::Back => "back",
    }
}

#[derive(Deserialize)]
struct Truths {
    sides: BTreeMap<String, SideTruth>,
}

#[derive(Deserialize)]
struct SideTruth {
    marks: Marks,
}

#[derive(Deserialize, Clone, Copy)]
struct Marks {
    between: Between,
    distance_mm: f64,
    a: (f64, f64),
    b: (f64, f64),
    glabella: Option<(f64, f64)>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Between {
    Pupils,
    Points,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn designs_find_the_picture_that_they_name() {
        for (digest, monk, side) in [
            ("sample-head-1", 4, Side::Front),
            ("sample-head-1-back", 4, Side::Back),
            ("sample-head-1-monk-2", 2, Side::Front),
            ("sample-head-1-monk-5-top", 5, Side::Top),
            ("sample-head-1-monk-7-left", 7, Side::Left),
            ("sample-head-1-monk-9-right", 9, Side::Right),
        ] {
            let head = SampleHead::named(digest).unwrap_or_else(|| panic!("{digest} names nothing"));
            assert_eq!((head.tone.monk, head.side), (monk, side), "{digest}");
            assert_eq!(head.digest(), digest);
            assert_eq!(head.path(), format!("assets/sample/{digest}.webp"));
        }
    }

    #[test]
    fn other_names_are_no_sample() {
        for digest in [
            "",
            "sample-head",
            "sample-head-2",
            "sample-head-1-front",
            "sample-head-1-monk-4",
            "sample-head-1-monk-5-",
            "sample-head-1-top-top",
            "fnv1a64-6-85944171f73967e8",
        ] {
            assert_eq!(SampleHead::named(digest), None, "{digest}");
        }
    }

    #[test]
    fn the_face_comes_with_its_pupils_and_its_glabella() {
        for tone in SAMPLE_TONES {
            let marks = SampleHead { tone, side: Side::Front }.marks().expect("marks");
            let (a, b) = (PhotoPoint::new(442.5, 725.0), PhotoPoint::new(757.5, 725.0));
            let reference = Reference::TypedPupils { distance: Mm(63.0) };
            assert_eq!(marks.calibration, Calibration { reference, a, b });
            assert_eq!(marks.glabella, Some(PhotoPoint::new(600.0, 629.74)));
        }
    }

    #[test]
    fn other_sides_come_with_two_points_eight_centimetres_apart() {
        for (side, y) in [(Side::Top, 700.0), (Side::Left, 625.0), (Side::Right, 625.0), (Side::Back, 625.0)] {
            let marks = SampleHead { side, ..SampleHead::default() }.marks().expect("marks");
            let (a, b) = (PhotoPoint::new(400.0, y), PhotoPoint::new(800.0, y));
            let reference = Reference::Points { distance: Mm(80.0) };
            assert_eq!(marks, SampleMarks { calibration: Calibration { reference, a, b }, glabella: None }, "{side:?}");
        }
    }
}
