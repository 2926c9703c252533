//! The design as a file: versioned JSON, described by `docs/design.schema.json`.
//!
//! Reading trusts nothing: size, version, shape, every number and every count are checked before a [`Design`] exists.

use super::{DESIGN_LIMITS, Design, FillOp, Hairline, PhotoRef, Stroke, View};
use crate::engine::calibration::{Calibration, Reference};
use crate::engine::catalog::{Norm, Norms, shade};
use crate::engine::geometry::PhotoPoint;
use serde::Deserialize;

/// Version of the file format that this program writes.
pub const VERSION: u32 = 1;

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

#[derive(Deserialize)]
struct Envelope {
    version: u64,
}

/// The design as JSON.
///
/// # Errors
/// Never for a design that came through the editor; the error is the serialiser's.
pub fn write(design: &Design) -> Result<String, DesignFileError> {
    serde_json::to_string(design).map_err(|error| DesignFileError::NotADesign(error.to_string()))
}

/// Reads a design from a file's bytes.
///
/// # Errors
/// Says what is wrong, see [`DesignFileError`].
pub fn read(bytes: &[u8]) -> Result<Design, DesignFileError> {
    if bytes.len() > DESIGN_LIMITS.file_bytes {
        return Err(DesignFileError::TooLarge(bytes.len()));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| DesignFileError::NotADesign(error.to_string()))?;
    let envelope: Envelope = parse(text)?;
    if envelope.version > u64::from(VERSION) {
        return Err(DesignFileError::NewerVersion(envelope.version));
    }
    if envelope.version < u64::from(VERSION) {
        return Err(DesignFileError::BadNumber("version"));
    }
    let design: Design = parse(text)?;
    check(&design)?;
    Ok(design)
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, DesignFileError> {
    serde_json::from_str(text).map_err(|error| DesignFileError::NotADesign(error.to_string()))
}

fn check(design: &Design) -> Result<(), DesignFileError> {
    let look = &design.look;
    in_range("look.softness", look.softness, 0.0, 1.0)?;
    in_norm("look.dot", look.dot.0, Norm::HealedDot)?;
    in_range("look.session", f64::from(look.session), 1.0, 3.0)?;
    if shade(&look.shade).is_none() {
        return Err(DesignFileError::BadNumber("look.shade"));
    }
    at_most("notes", design.notes.chars().count(), DESIGN_LIMITS.notes_chars)?;
    check_view(&design.views.front)
}

fn check_view(view: &View) -> Result<(), DesignFileError> {
    if let Some(photo) = &view.photo {
        check_photo(photo)?;
    } else if view.calibration.is_some() || view.hairline.is_some() || !view.fill.is_empty() {
        return Err(DesignFileError::NotADesign("something is drawn on no photo".to_owned()));
    }
    if let Some(calibration) = &view.calibration {
        check_calibration(calibration)?;
    }
    points("glabella", view.glabella.as_slice(), 1)?;
    if let Some(Hairline { handles }) = &view.hairline {
        points("hairline.handles", handles, DESIGN_LIMITS.handles)?;
    }
    at_most("fill", view.fill.len(), DESIGN_LIMITS.fill_ops)?;
    let fills = view.fill.iter().filter(|op| matches!(op.as_ref(), FillOp::ToHere(_))).count();
    at_most("fill of kind to-here", fills, 1)?;
    view.fill.iter().try_for_each(|op| check_fill(op))
}

fn check_photo(photo: &PhotoRef) -> Result<(), DesignFileError> {
    in_range("photo.width", f64::from(photo.width), 1.0, FARTHEST_PX)?;
    in_range("photo.height", f64::from(photo.height), 1.0, FARTHEST_PX)?;
    in_range("photo.quarter_turns", f64::from(photo.quarter_turns), 0.0, 3.0)?;
    at_most("photo.digest", photo.digest.chars().count(), DESIGN_LIMITS.key_chars)
}

fn check_calibration(calibration: &Calibration) -> Result<(), DesignFileError> {
    points("calibration", &[calibration.a, calibration.b], 2)?;
    if let Reference::AveragePupils { least, most, .. } = calibration.reference {
        in_range("calibration.least", least.0, 5.0, 400.0)?;
        in_range("calibration.most", most.0, 5.0, 400.0)?;
    }
    calibration.scale(0.0).map(drop).map_err(|_| DesignFileError::BadNumber("calibration"))
}

fn check_fill(op: &FillOp) -> Result<(), DesignFileError> {
    match op {
        FillOp::ToHere(fill) => {
            points("fill.boundary", &fill.boundary, DESIGN_LIMITS.handles)?;
            in_norm("fill.density", fill.density, Norm::Density)
        }
        FillOp::Stroke(stroke) => check_stroke(stroke),
    }
}

fn check_stroke(stroke: &Stroke) -> Result<(), DesignFileError> {
    points("stroke.points", &stroke.points, DESIGN_LIMITS.stroke_points)?;
    in_range("stroke.radius", stroke.radius, 0.1, DESIGN_LIMITS.brush_radius_px)?;
    in_range("stroke.softness", stroke.softness, 0.0, 1.0)?;
    in_norm("stroke.density", stroke.density, Norm::Density)
}

/// No working picture is larger, and no point needs to lie further outside of one.
const FARTHEST_PX: f64 = 16_384.0;

fn points(field: &'static str, points: &[PhotoPoint], most: usize) -> Result<(), DesignFileError> {
    at_most(field, points.len(), most)?;
    points.iter().try_for_each(|point| {
        in_range(field, point.x, -FARTHEST_PX, FARTHEST_PX)?;
        in_range(field, point.y, -FARTHEST_PX, FARTHEST_PX)
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
    use crate::engine::design::{FillToHere, PaintKind};
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
        refused(|d| d.look.session = 9, &DesignFileError::BadNumber("look.session"));
        refused(|d| d.look.shade = "black".into(), &DesignFileError::BadNumber("look.shade"));
        refused(|d| d.views.front.glabella = Some(PhotoPoint::new(1e9, 0.0)), &DesignFileError::BadNumber("glabella"));
        refused(|d| d.notes = "x".repeat(5_000), &DesignFileError::TooMany("notes"));
        refused(|d| d.version = 2, &DesignFileError::NewerVersion(2));
        refused(|d| d.version = 0, &DesignFileError::BadNumber("version"));
    }

    #[test]
    fn what_is_no_design_is_refused() {
        for text in ["", "{", "[]", "null", r#"{"version":1}"#, r#"{"version":1,"__proto__":{}}"#, r#"{"version":-1}"#]
        {
            assert!(matches!(read(text.as_bytes()), Err(DesignFileError::NotADesign(_))), "{text}");
        }
        let huge = vec![b' '; DESIGN_LIMITS.file_bytes + 1];
        assert_eq!(read(&huge), Err(DesignFileError::TooLarge(huge.len())));
    }

    #[test]
    fn drawing_on_no_photo_is_refused() {
        let mut design = full();
        design.views.front.photo = None;
        assert!(matches!(read(write(&design).unwrap().as_bytes()), Err(DesignFileError::NotADesign(_))));
    }

    #[test]
    fn numbers_beyond_all_numbers_are_refused() {
        let text = write(&full()).unwrap().replace("650.25", "1e999");
        assert!(matches!(read(text.as_bytes()), Err(DesignFileError::NotADesign(_))));
        let text = write(&full()).unwrap().replace("650.25", "null");
        assert!(matches!(read(text.as_bytes()), Err(DesignFileError::NotADesign(_))));
    }
}
