//! The design as a file: versioned JSON, described by `docs/design.schema.json`.
//!
//! Reading trusts nothing: size, version, shape, every number and every count are checked before a [`Design`] exists.

use super::{Band, DESIGN_LIMITS, Design, FillOp, Hairline, Head, PhotoRef, Probe, Stroke, View};
use crate::engine::calibration::{Calibration, Reference};
use crate::engine::catalog::{Norm, Norms, shade};
use crate::engine::geometry::PhotoPoint;
use crate::engine::json::{FromJson, Json, Misfit};

/// Version of the file format that this program writes.
pub const VERSION: u32 = 2;

/// The oldest version that is still read. It knew two ages of the ink by their names, and neither head, probe, band nor patch.
const OLDEST_VERSION: u64 = 1;

/// Why a file is no design.
#[derive(Debug, Clone, PartialEq)]
pub enum DesignFileError {
    /// Larger than the limit; holds its bytes.
    TooLarge(usize),
    /// Not JSON, or not the shape of a design; holds what the reader said, for a developer.
    NotADesign(String),
    /// Written by a later program; holds its version.
    NewerVersion(u64),
    /// A number that is none or out of its range; holds the field.
    BadNumber(&'static str),
    /// More of something than the limit; holds the field.
    TooMany(&'static str),
}

/// The design as JSON.
///
/// # Errors
/// Never for a design that came through the editor; the error is the serialiser's.
pub fn write(design: &Design) -> Result<String, DesignFileError> {
    serde_json::to_string(design).map_err(|error| DesignFileError::NotADesign(error.to_string()))
}

/// Reads a design from a file's bytes. One of an older version becomes one of this.
///
/// # Errors
/// Says what is wrong, see [`DesignFileError`].
pub fn read(bytes: &[u8]) -> Result<Design, DesignFileError> {
    if bytes.len() > DESIGN_LIMITS.file_bytes {
        return Err(DesignFileError::TooLarge(bytes.len()));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| DesignFileError::NotADesign(error.to_string()))?;
    let json = Json::parse(text).map_err(DesignFileError::NotADesign)?;
    let version: u64 = json.get("version")?;
    if version > u64::from(VERSION) {
        return Err(DesignFileError::NewerVersion(version));
    }
    if version < OLDEST_VERSION {
        return Err(DesignFileError::BadNumber("version"));
    }
    check_dating(&json, version)?;
    let design = Design::from_json(&json)?;
    check(&design)?;
    Ok(Design { version: VERSION, ..design })
}

impl From<Misfit> for DesignFileError {
    fn from(Misfit(what): Misfit) -> Self {
        Self::NotADesign(what.to_owned())
    }
}

/// A look says how old the ink is: by a word in version 1, in months since.
fn check_dating(json: &Json, version: u64) -> Result<(), DesignFileError> {
    let look = json.value("look")?.ok_or(Misfit("look"))?;
    let (age, months): (Option<String>, Option<f64>) = (look.get("age")?, look.get("months")?);
    if age.is_some() == (version == OLDEST_VERSION) && age.is_some() != months.is_some() {
        Ok(())
    } else {
        Err(Misfit("look.age or look.months is of another version").into())
    }
}

fn check(design: &Design) -> Result<(), DesignFileError> {
    let look = &design.look;
    in_range("look.softness", look.softness, 0.0, 1.0)?;
    in_norm("look.dot", look.dot.0, Norm::HealedDot)?;
    in_range("look.months", look.months.0, 0.0, DESIGN_LIMITS.months)?;
    in_range("look.session", f64::from(look.session), 1.0, DESIGN_LIMITS.sessions.into())?;
    if shade(&look.shade).is_none() {
        return Err(DesignFileError::BadNumber("look.shade"));
    }
    at_most("notes", design.notes.chars().count(), DESIGN_LIMITS.notes_chars)?;
    check_view(&design.views.front)
}

fn check_view(view: &View) -> Result<(), DesignFileError> {
    if let Some(photo) = &view.photo {
        check_photo(photo)?;
    } else if view.calibration.is_some()
        || view.head.is_some()
        || view.probe.is_some()
        || view.hairline.is_some()
        || !view.fill.is_empty()
    {
        return Err(DesignFileError::NotADesign("something is drawn on no photo".to_owned()));
    }
    if let Some(calibration) = &view.calibration {
        check_calibration(calibration)?;
    }
    points("glabella", view.glabella.as_slice(), 1)?;
    view.head.iter().try_for_each(check_head)?;
    view.probe.iter().try_for_each(check_probe)?;
    if let Some(Hairline { handles }) = &view.hairline {
        points("hairline.handles", handles, DESIGN_LIMITS.handles)?;
    }
    at_most("fill", view.fill.len(), DESIGN_LIMITS.fill_ops)?;
    let fills = view.fill.iter().filter(|op| matches!(op.as_ref(), FillOp::ToHere(_))).count();
    at_most("fill of kind to-here", fills, 1)?;
    view.fill.iter().try_for_each(|op| check_fill(op))
}

fn check_photo(photo: &PhotoRef) -> Result<(), DesignFileError> {
    in_range("photo.width", f64::from(photo.width), 1.0, DESIGN_LIMITS.farthest_px)?;
    in_range("photo.height", f64::from(photo.height), 1.0, DESIGN_LIMITS.farthest_px)?;
    in_range("photo.quarter_turns", f64::from(photo.quarter_turns), 0.0, 3.0)?;
    at_most("photo.digest", photo.digest.chars().count(), DESIGN_LIMITS.key_chars)
}

fn check_calibration(calibration: &Calibration) -> Result<(), DesignFileError> {
    points("calibration", &[calibration.a, calibration.b], 2)?;
    if let Reference::AveragePupils { least, most, .. } = calibration.reference {
        in_range("calibration.least", least.0, 5.0, 400.0)?;
        in_range("calibration.most", most.0, 5.0, 400.0)?;
    }
    calibration.scale().map(drop).map_err(|_| DesignFileError::BadNumber("calibration"))
}

fn check_head(head: &Head) -> Result<(), DesignFileError> {
    points("head.centre", &[head.centre], 1)?;
    let (least, most) = DESIGN_LIMITS.head_half_px;
    in_range("head.half_width", head.half_width, least, most)?;
    in_range("head.half_height", head.half_height, least, most)?;
    in_range("head.tilt", head.tilt, -180.0, 180.0)?;
    in_range("head.turn", head.turn, -DESIGN_LIMITS.head_degrees, DESIGN_LIMITS.head_degrees)?;
    in_range("head.nod", head.nod, -DESIGN_LIMITS.head_degrees, DESIGN_LIMITS.head_degrees)?;
    let (least, most) = DESIGN_LIMITS.camera_mm;
    in_range("head.camera", head.camera.0, least, most)
}

fn check_probe(probe: &Probe) -> Result<(), DesignFileError> {
    points("probe", &[probe.stubble, probe.skin], 2)?;
    in_range("probe.darkening", probe.darkening, 0.0, DESIGN_LIMITS.darkening)
}

fn check_fill(op: &FillOp) -> Result<(), DesignFileError> {
    match op {
        FillOp::ToHere(fill) => {
            points("fill.boundary", &fill.boundary, DESIGN_LIMITS.handles)?;
            in_norm("fill.density", fill.density, Norm::Density)
        }
        FillOp::Stroke(stroke) => check_stroke(stroke),
        FillOp::Band(band) => check_band(band),
        FillOp::Patch(patch) => {
            points("patch.outline", &patch.outline, DESIGN_LIMITS.handles)?;
            in_norm("patch.density", patch.density, Norm::Density)
        }
    }
}

fn check_stroke(stroke: &Stroke) -> Result<(), DesignFileError> {
    points("stroke.points", &stroke.points, DESIGN_LIMITS.stroke_points)?;
    in_range("stroke.radius", stroke.radius, 0.1, DESIGN_LIMITS.brush_radius_px)?;
    in_range("stroke.softness", stroke.softness, 0.0, 1.0)?;
    in_norm("stroke.density", stroke.density, Norm::Density)
}

fn check_band(band: &Band) -> Result<(), DesignFileError> {
    points("band.handles", &band.handles, DESIGN_LIMITS.handles)?;
    let (least, most) = DESIGN_LIMITS.band_width_px;
    in_range("band.width", band.width, least, most)?;
    in_norm("band.density", band.density, Norm::Density)
}

fn points(field: &'static str, points: &[PhotoPoint], most: usize) -> Result<(), DesignFileError> {
    at_most(field, points.len(), most)?;
    points.iter().try_for_each(|point| {
        in_range(field, point.x, -DESIGN_LIMITS.farthest_px, DESIGN_LIMITS.farthest_px)?;
        in_range(field, point.y, -DESIGN_LIMITS.farthest_px, DESIGN_LIMITS.farthest_px)
    })
}

fn in_norm(field: &'static str, value: f64, norm: Norm) -> Result<(), DesignFileError> {
    let (least, most) = Norms::range(norm);
    in_range(field, value, least, most)
}

fn in_range(field: &'static str, value: f64, least: f64, most: f64) -> Result<(), DesignFileError> {
    if (least..=most).contains(&value) { Ok(()) } else { Err(DesignFileError::BadNumber(field)) }
}

fn at_most(field: &'static str, count: usize, most: usize) -> Result<(), DesignFileError> {
    if count <= most { Ok(()) } else { Err(DesignFileError::TooMany(field)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::design::{BandKind, FillToHere, Months, PaintKind, Patch, Side, SkinKind, Sun};
    use crate::engine::geometry::Mm;
    use std::rc::Rc;

    fn full() -> Design {
        let mut design = Design::new(&Norms::default(), 7);
        let at = PhotoPoint::new;
        design.views.front = View {
            photo: Some(PhotoRef { width: 1600, height: 2000, quarter_turns: 1, digest: "fnv1a64-1-0".into() }),
            calibration: Some(Calibration {
                reference: crate::engine::calibration::Reference::TypedPupils { distance: Mm(63.0) },
                a: at(500.0, 700.0),
                b: at(800.0, 700.0),
            }),
            glabella: Some(at(650.0, 600.0)),
            head: Some(Head {
                side: Side::Front,
                centre: at(650.0, 620.5),
                half_width: 310.0,
                half_height: 330.0,
                tilt: -3.5,
                turn: 4.0,
                nod: -12.0,
                camera: Mm(900.0),
                by_hand: true,
            }),
            probe: Some(Probe { stubble: at(300.0, 700.0), skin: at(380.0, 700.0), darkening: 0.4 }),
            hairline: Some(Hairline { handles: vec![at(400.0, 400.0), at(650.25, 300.5), at(900.0, 400.0)] }),
            fill: vec![
                Rc::new(FillOp::ToHere(FillToHere { boundary: vec![at(650.0, 200.0)], density: 120.0 })),
                Rc::new(FillOp::Stroke(Stroke {
                    paint: PaintKind::Eraser,
                    radius: 30.0,
                    softness: 0.5,
                    density: 120.0,
                    behind_line: true,
                    points: vec![at(1.0, 2.0), at(3.0, 4.0)],
                })),
                Rc::new(FillOp::Band(Band {
                    kind: BandKind::Scar,
                    handles: vec![at(300.0, 900.0), at(500.5, 910.0)],
                    width: 24.0,
                    density: 90.0,
                })),
                Rc::new(FillOp::Patch(Patch {
                    outline: vec![at(600.0, 300.0), at(650.0, 300.0), at(625.0, 340.0)],
                    density: 100.0,
                })),
            ],
        };
        design
    }

    #[test]
    fn a_design_survives_its_file() {
        let design = full();
        assert_eq!(read(write(&design).unwrap().as_bytes()), Ok(design));
    }

    #[track_caller]
    fn refused(change: impl Fn(&mut Design), expected: &DesignFileError) {
        let mut design = full();
        change(&mut design);
        assert_eq!(read(write(&design).unwrap().as_bytes()).as_ref(), Err(expected));
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        refused(|d| d.look.softness = 1.5, &DesignFileError::BadNumber("look.softness"));
        refused(|d| d.look.dot = Mm(4.0), &DesignFileError::BadNumber("look.dot"));
        refused(|d| d.look.session = 5, &DesignFileError::BadNumber("look.session"));
        refused(|d| d.look.months = Months(72.5), &DesignFileError::BadNumber("look.months"));
        refused(|d| d.look.months = Months(-0.5), &DesignFileError::BadNumber("look.months"));
        refused(|d| d.look.shade = "black".into(), &DesignFileError::BadNumber("look.shade"));
        refused(|d| d.views.front.glabella = Some(PhotoPoint::new(1e9, 0.0)), &DesignFileError::BadNumber("glabella"));
        refused(|d| d.notes = "x".repeat(5_000), &DesignFileError::TooMany("notes"));
        refused(|d| d.version = VERSION + 1, &DesignFileError::NewerVersion(u64::from(VERSION) + 1));
        refused(|d| d.version = 0, &DesignFileError::BadNumber("version"));
    }

    #[test]
    fn a_head_or_probe_out_of_range_is_refused() {
        type Change = fn(&mut Head);
        let heads: [(Change, &str); 7] = [
            (|head| head.centre.x = 20_000.0, "head.centre"),
            (|head| head.half_width = 7.9, "head.half_width"),
            (|head| head.half_height = 16_385.0, "head.half_height"),
            (|head| head.tilt = 180.5, "head.tilt"),
            (|head| head.turn = -45.5, "head.turn"),
            (|head| head.nod = 45.5, "head.nod"),
            (|head| head.camera = Mm(249.0), "head.camera"),
        ];
        for (change, field) in heads {
            refused(|d| change(d.views.front.head.as_mut().unwrap()), &DesignFileError::BadNumber(field));
        }
        let probe = |d: &mut Design, darkening| d.views.front.probe.as_mut().unwrap().darkening = darkening;
        refused(|d| probe(d, 0.96), &DesignFileError::BadNumber("probe.darkening"));
    }

    #[test]
    fn bands_and_patches_out_of_range_are_refused() {
        let band = |width, count, density| {
            let handles = vec![PhotoPoint::new(1.0, 2.0); count];
            Rc::new(FillOp::Band(Band { kind: BandKind::PartLine, handles, width, density }))
        };
        let patch = |count, density| {
            let outline = vec![PhotoPoint::new(1.0, 2.0); count];
            Rc::new(FillOp::Patch(Patch { outline, density }))
        };
        let most = DESIGN_LIMITS.handles;
        let cases = [
            (band(0.5, 2, 90.0), DesignFileError::BadNumber("band.width")),
            (band(4_097.0, 2, 90.0), DesignFileError::BadNumber("band.width")),
            (band(24.0, 2, 10.0), DesignFileError::BadNumber("band.density")),
            (band(24.0, most + 1, 90.0), DesignFileError::TooMany("band.handles")),
            (patch(3, 500.0), DesignFileError::BadNumber("patch.density")),
            (patch(most + 1, 90.0), DesignFileError::TooMany("patch.outline")),
        ];
        for (op, expected) in cases {
            refused(|d| d.views.front.fill.push(op.clone()), &expected);
        }
    }

    /// A file as version 1 wrote it.
    const VERSION_1: &str = r#"{"version":1,"seed":7,"look":{"shade":"grey","dot":0.12,"softness":0.6,"age":"healed","session":3},
        "views":{"front":{"photo":{"width":1600,"height":2000,"quarter_turns":0,"digest":"fnv1a64-1-0"},"calibration":null,
        "glabella":null,"hairline":{"handles":[[400.0,400.0],[900.0,400.5]]},"fill":[]}},"notes":"low"}"#;

    #[test]
    fn a_file_of_version_1_opens_and_is_written_as_this_version() {
        for (age, months) in [("healed", 1.0), ("fresh", 0.0)] {
            let design = read(VERSION_1.replace("healed", age).as_bytes()).unwrap();
            assert_eq!((design.version, design.look.months), (VERSION, Months(months)), "{age}");
            assert_eq!((design.look.sun, design.look.skin), (Sun::Usual, SkinKind::Usual), "{age}");
            let written = write(&design).unwrap();
            assert!(written.contains(r#""version":2"#) && !written.contains(r#""age""#), "{written}");
            assert_eq!(read(written.as_bytes()), Ok(design), "{age}");
        }
    }

    #[test]
    fn each_version_says_the_age_in_its_own_way() {
        let months = VERSION_1.replace(r#""age":"healed""#, r#""months":3"#);
        assert_eq!(
            read(months.replace(r#""version":1"#, r#""version":2"#).as_bytes()).unwrap().look.months,
            Months(3.0)
        );
        let both = VERSION_1.replace(r#""age":"healed""#, r#""age":"healed","months":3"#);
        let word = VERSION_1.replace(r#""age":"healed""#, r#""months":"healed""#);
        let number = VERSION_1.replace(r#""age":"healed""#, r#""age":1"#);
        let old = VERSION_1.replace("healed", "old");
        let as_2 = |text: &str| text.replace(r#""version":1"#, r#""version":2"#);
        let mixed = [as_2(VERSION_1), as_2(&both), as_2(&word), months, both, word, number, old];
        for text in mixed {
            assert!(matches!(read(text.as_bytes()), Err(DesignFileError::NotADesign(_))), "{text}");
        }
    }

    #[test]
    fn what_is_no_design_is_refused() {
        for text in [
            "",
            "{",
            "[]",
            "null",
            r#"{"version":1}"#,
            r#"{"version":2}"#,
            r#"{"version":2,"__proto__":{}}"#,
            r#"{"version":-1}"#,
        ] {
            assert!(matches!(read(text.as_bytes()), Err(DesignFileError::NotADesign(_))), "{text}");
        }
        let huge = vec![b' '; DESIGN_LIMITS.file_bytes + 1];
        assert_eq!(read(&huge), Err(DesignFileError::TooLarge(huge.len())));
    }

    #[test]
    fn drawing_on_no_photo_is_refused() {
        let drawn = full().views.front;
        let alone = [
            View { calibration: drawn.calibration, ..View::default() },
            View { head: drawn.head, ..View::default() },
            View { probe: drawn.probe, ..View::default() },
            View { hairline: drawn.hairline.clone(), ..View::default() },
            View { fill: drawn.fill.clone(), ..View::default() },
        ];
        for view in alone {
            let mut design = full();
            design.views.front = view;
            let read = read(write(&design).unwrap().as_bytes());
            assert!(matches!(read, Err(DesignFileError::NotADesign(_))), "{design:?}: {read:?}");
        }
    }

    #[test]
    fn numbers_beyond_all_numbers_are_refused() {
        let text = write(&full()).unwrap().replace("650.25", "1e999");
        assert!(matches!(read(text.as_bytes()), Err(DesignFileError::NotADesign(_))));
        let text = write(&full()).unwrap().replace("650.25", "null");
        assert!(matches!(read(text.as_bytes()), Err(DesignFileError::NotADesign(_))));
    }
}
