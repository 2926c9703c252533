//! What is stored of the head for those who do not draw it: the names of its pictures, and what is known of each.

use super::camera::Camera;
use super::side::Side;
use super::tone::SampleTone;
use super::truth::SampleTruth;
use super::{SAMPLE_HEIGHT, SAMPLE_WIDTH, SampleScene};
use serde::Serialize;
use std::collections::BTreeMap;

/// What the pictures' names begin with. The number rises when the head becomes another one, on which what was drawn on this
/// one would not fit: a name stands for the same head for ever.
const NAME: &str = "sample-head-1";

/// How far from the middle of a picture without eyes its marks stand, mm.
const MARKS_BESIDE_MM: f64 = 40.0;

/// The name of a picture, without an ending. The first tone that there was has none of its own.
#[must_use]
pub fn picture_name(tone: SampleTone, side: Side) -> String {
    let of_tone = if tone == SampleTone::default() { String::new() } else { format!("-monk-{}", tone.monk()) };
    let of_side = if side == Side::Front { String::new() } else { format!("-{}", side.key()) };
    format!("{NAME}{of_tone}{of_side}")
}

/// The head in a tone from a side, as it is stored: 1200 x 1500 pixels.
#[must_use]
pub fn picture_scene(tone: SampleTone, side: Side) -> SampleScene {
    SampleScene::new(side.camera(), (SAMPLE_WIDTH, SAMPLE_HEIGHT), tone)
}

/// What is known of the pictures, which is the same in every tone, as JSON that ends in a line break.
///
/// # Errors
/// None that can happen: all keys are texts and all numbers are finite.
pub fn truths() -> Result<String, serde_json::Error> {
    let sides = Side::ALL.into_iter().map(|side| (side.key(), SideTruth::of(side))).collect();
    let truths = Truths { width: SAMPLE_WIDTH, height: SAMPLE_HEIGHT, sides };
    Ok(serde_json::to_string_pretty(&truths)? + "\n")
}

#[derive(Serialize)]
struct Truths {
    /// Pixels a row of every picture.
    width: u32,
    /// Rows of every picture.
    height: u32,
    /// By the sides' names.
    sides: BTreeMap<&'static str, SideTruth>,
}

#[derive(Serialize)]
struct SideTruth {
    camera: CameraTruth,
    marks: Marks,
    /// Places of the face, photo pixels; only where it is seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    landmarks: Option<Landmarks>,
}

impl SideTruth {
    fn of(side: Side) -> Self {
        let camera = side.camera();
        let truth = picture_scene(SampleTone::default(), side).truth();
        let landmarks = (side == Side::Front).then(|| Landmarks::from(&truth));
        Self { marks: Marks::of(side, &camera, &truth), camera: CameraTruth::from(&camera), landmarks }
    }
}

/// See [`Camera`].
#[derive(Serialize)]
struct CameraTruth {
    distance_mm: f64,
    target_mm: [f64; 3],
    toward: [f64; 3],
    up: [f64; 3],
    px_per_mm: f64,
    target_px: (f64, f64),
}

impl From<&Camera> for CameraTruth {
    fn from(camera: &Camera) -> Self {
        let Camera { distance_mm, target_mm, toward, up, px_per_mm, target_px } = *camera;
        Self { distance_mm, target_mm, toward, up, px_per_mm, target_px }
    }
}

/// Two places of known distance: the pupils, or two places in the picture plane where no eyes are seen. Photo pixels.
#[derive(Serialize)]
struct Marks {
    between: &'static str,
    distance_mm: f64,
    a: (f64, f64),
    b: (f64, f64),
    #[serde(skip_serializing_if = "Option::is_none")]
    glabella: Option<(f64, f64)>,
}

impl Marks {
    fn of(side: Side, camera: &Camera, truth: &SampleTruth) -> Self {
        if side == Side::Front {
            let (a, b) = (truth.pupil_left, truth.pupil_right);
            let distance_mm = (b.0 - a.0) / truth.px_per_mm;
            return Self { between: "pupils", distance_mm, a, b, glabella: Some(truth.glabella) };
        }
        let (x, y) = camera.target_px;
        let beside = |mm: f64| (x + mm * camera.px_per_mm, y);
        let (a, b) = (beside(-MARKS_BESIDE_MM), beside(MARKS_BESIDE_MM));
        Self { between: "points", distance_mm: 2.0 * MARKS_BESIDE_MM, a, b, glabella: None }
    }
}

/// See [`SampleTruth`].
#[derive(Serialize)]
struct Landmarks {
    nose_base: (f64, f64),
    chin: (f64, f64),
    vertex: (f64, f64),
    canthus_left: (f64, f64),
    canthus_right: (f64, f64),
    temple_left: (f64, f64),
    temple_right: (f64, f64),
    top: (f64, f64),
}

impl From<&SampleTruth> for Landmarks {
    fn from(truth: &SampleTruth) -> Self {
        Self {
            nose_base: truth.nose_base,
            chin: truth.chin,
            vertex: truth.vertex,
            canthus_left: truth.canthus_left,
            canthus_right: truth.canthus_right,
            temple_left: truth.temple_left,
            temple_right: truth.temple_right,
            top: truth.top,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_holds_the_tone_and_the_side_and_no_two_are_alike() {
        for (tone, side, name) in [
            (SampleTone::Monk4, Side::Front, "sample-head-1"),
            (SampleTone::Monk4, Side::Back, "sample-head-1-back"),
            (SampleTone::Monk5, Side::Top, "sample-head-1-monk-5-top"),
            (SampleTone::Monk9, Side::Front, "sample-head-1-monk-9"),
        ] {
            assert_eq!(picture_name(tone, side), name);
        }
        let mut names: Vec<String> =
            SampleTone::ALL.iter().flat_map(|tone| Side::ALL.map(|side| picture_name(*tone, side))).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 25, "{names:?}");
    }
}
