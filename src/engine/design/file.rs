//! The design as a file: versioned JSON, described by `docs/design.schema.json`.
//!
//! Reading trusts nothing: size, version, shape, every number and every count are checked before a [`Design`] exists.

pub use super::document::VERSION;

use super::version_1::Version1;
use super::{
    Appearance, Band, DESIGN_LIMITS, Design, Drawing, FillOp, HairStroke, Hairline, Head, PhotoRef, Probe, Side,
    Stroke, Variant, View,
};
use crate::engine::calibration::{Calibration, DISTANCES_MM, Landmark, Reference};
use crate::engine::catalog::{Parameter, Parameters, shade};
use crate::engine::geometry::PhotoPoint;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::rc::Rc;

/// The oldest version that is still read, see [`Version1`]. Version 2 knew only the front, which could hold any side's photo,
/// and no variants.
const OLDEST_VERSION: u64 = 1;

/// The first version in which each side has a place of its own.
const FIRST_WITH_SIDES: u64 = 3;

/// Why a file is no design.
#[derive(Debug, Clone, PartialEq)]
pub enum DesignFileError {
    /// Larger than the limit; holds its bytes.
    TooLarge(usize),
    /// Not JSON, or not the shape of a design; holds what is wrong where, for a developer.
    NotADesign(String),
    /// Written by a later program; holds its version.
    NewerVersion(u64),
    /// A number that is none or out of its range; holds the field.
    BadNumber(&'static str),
    /// More of something than the limit; holds the field.
    TooMany(&'static str),
}

/// The version of a design of any version.
#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

/// The design as JSON.
///
/// # Errors
/// None that a design can cause; JSON's writer may fail for other types.
pub fn write(design: &Design) -> Result<String, serde_json::Error> {
    serde_json::to_string(design)
}

/// Reads a design from a file's bytes. One of an older version becomes one of this.
///
/// # Errors
/// Says what is wrong, see [`DesignFileError`].
pub fn read(bytes: &[u8]) -> Result<Design, DesignFileError> {
    if bytes.len() > DESIGN_LIMITS.file_bytes {
        return Err(DesignFileError::TooLarge(bytes.len()));
    }
    let Versioned { version } = parse(bytes)?;
    if version > u64::from(VERSION) {
        return Err(DesignFileError::NewerVersion(version));
    }
    if version < OLDEST_VERSION {
        return Err(DesignFileError::BadNumber("version"));
    }
    let mut design: Design = if version == OLDEST_VERSION { parse::<Version1>(bytes)?.into() } else { parse(bytes)? };
    if version < FIRST_WITH_SIDES
        && let Some(head) = design.views.front.head
    {
        design.exchange(Side::Front, head.side);
    }
    check(&design)?;
    apply_to_history(&mut design);
    Ok(Design { version: VERSION, ..design })
}

/// What a JSON text says. No text can exhaust the stack: JSON that is nested deeper than 128 times is refused, and so are keys
/// that stand twice and numbers beyond all numbers.
fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DesignFileError> {
    serde_json::from_slice(bytes).map_err(|error| DesignFileError::NotADesign(error.to_string()))
}

/// What contradicts what stands elsewhere in the file gives way: a head is seen from the side whose view it is in, a variant
/// has one drawing a side and none where there is no photo, and the variant in the views is one of all.
fn apply_to_history(design: &mut Design) {
    for side in Side::ALL {
        let view = design.views.of_mut(side);
        view.head = view.head.map(|head| Head { side, ..head });
    }
    let mut others = std::mem::take(&mut design.others);
    for other in &mut others {
        let mut met = Vec::new();
        other.drawings.retain(|Drawing { side, .. }| {
            let is_kept = design.views.of(*side).photo.is_some() && !met.contains(side);
            met.push(*side);
            is_kept
        });
    }
    design.place = design.place.min(u8::try_from(others.len()).unwrap_or(u8::MAX));
    design.others = others;
}

fn check(design: &Design) -> Result<(), DesignFileError> {
    check_look(&design.look)?;
    at_most("notes", design.notes.chars().count(), DESIGN_LIMITS.notes_chars)?;
    check_name(&design.name)?;
    at_most("others", design.variants(), DESIGN_LIMITS.variants)?;
    Side::ALL.into_iter().try_for_each(|side| check_view(design.views.of(side)))?;
    design.others.iter().try_for_each(check_variant)
}

fn check_variant(variant: &Variant) -> Result<(), DesignFileError> {
    check_name(&variant.name)?;
    check_look(&variant.look)?;
    at_most("drawings", variant.drawings.len(), Side::ALL.len())?;
    variant.drawings.iter().try_for_each(|drawing| check_drawing(drawing.hairline.as_ref(), &drawing.fill))
}

fn check_name(name: &str) -> Result<(), DesignFileError> {
    at_most("name", name.chars().count(), DESIGN_LIMITS.name_chars)
}

fn check_look(look: &Appearance) -> Result<(), DesignFileError> {
    in_range("look.softness", look.softness, 0.0, 1.0)?;
    in_norm("look.dot", look.dot.0, Parameter::HealedDot)?;
    in_range("look.months", look.months.0, 0.0, DESIGN_LIMITS.months)?;
    in_range("look.hair_length", look.hair_length.0, 0.0, DESIGN_LIMITS.hair_mm)?;
    in_range("look.session", f64::from(look.session), 1.0, DESIGN_LIMITS.sessions.into())?;
    if shade(&look.shade).is_none() {
        return Err(DesignFileError::BadNumber("look.shade"));
    }
    Ok(())
}

fn check_view(view: &View) -> Result<(), DesignFileError> {
    if let Some(photo) = &view.photo {
        check_photo(photo)?;
    } else if view.has_work() || view.head.is_some() {
        return Err(DesignFileError::NotADesign("something is drawn on no photo".to_owned()));
    }
    if let Some(calibration) = &view.calibration {
        check_calibration(calibration)?;
    }
    points("glabella", view.glabella.as_slice(), 1)?;
    for landmark in Landmark::ALL {
        points("landmarks", view.landmarks.get(landmark).as_slice(), 1)?;
    }
    view.head.iter().try_for_each(check_head)?;
    view.probe.iter().try_for_each(check_probe)?;
    at_most("own_hair", view.own_hair.len(), DESIGN_LIMITS.hair_strokes)?;
    view.own_hair.iter().try_for_each(|stroke| check_hair_stroke(stroke))?;
    check_drawing(view.hairline.as_ref(), &view.fill)
}

fn check_drawing(hairline: Option<&Hairline>, fill: &[Rc<FillOp>]) -> Result<(), DesignFileError> {
    if let Some(line) = hairline {
        points("hairline.handles", &line.handles, DESIGN_LIMITS.handles)?;
    }
    at_most("fill", fill.len(), DESIGN_LIMITS.fill_ops)?;
    let fills = fill.iter().filter(|op| matches!(op.as_ref(), FillOp::ToHere(_))).count();
    at_most("fill of kind to-here", fills, 1)?;
    fill.iter().try_for_each(|op| check_fill(op))
}

fn check_photo(photo: &PhotoRef) -> Result<(), DesignFileError> {
    in_range("photo.width", f64::from(photo.width), 1.0, DESIGN_LIMITS.farthest_px)?;
    in_range("photo.height", f64::from(photo.height), 1.0, DESIGN_LIMITS.farthest_px)?;
    in_range("photo.quarter_turns", f64::from(photo.quarter_turns), 0.0, 3.0)?;
    in_range("photo.level", photo.level, -DESIGN_LIMITS.level_degrees, DESIGN_LIMITS.level_degrees)?;
    at_most("photo.digest", photo.digest.chars().count(), DESIGN_LIMITS.key_chars)
}

fn check_calibration(calibration: &Calibration) -> Result<(), DesignFileError> {
    points("calibration", &[calibration.a, calibration.b], 2)?;
    if let Reference::AveragePupils { least, most, .. } = calibration.reference {
        let (shortest, longest) = (*DISTANCES_MM.start(), *DISTANCES_MM.end());
        in_range("calibration.least", least.0, shortest, longest)?;
        in_range("calibration.most", most.0, shortest, longest)?;
    }
    calibration.scale().map(drop).map_err(|_| DesignFileError::BadNumber("calibration"))
}

fn check_head(head: &Head) -> Result<(), DesignFileError> {
    points("head.centre", &[head.centre], 1)?;
    let (least, most) = DESIGN_LIMITS.head_half_px;
    in_range("head.half_width", head.half_width, least, most)?;
    in_range("head.half_height", head.half_height, least, most)?;
    in_range("head.tilt", head.roll, -180.0, 180.0)?;
    in_range("head.turn", head.yaw, -DESIGN_LIMITS.head_degrees, DESIGN_LIMITS.head_degrees)?;
    in_range("head.nod", head.pitch, -DESIGN_LIMITS.head_degrees, DESIGN_LIMITS.head_degrees)?;
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
            in_range("fill.rear", fill.rear, 0.0, 1.0)?;
            in_range("fill.blend", fill.blend.map_or(0.0, |depth| depth.0), 0.0, DESIGN_LIMITS.blend_mm)?;
            in_norm("fill.density", fill.density, Parameter::Density)
        }
        FillOp::Stroke(stroke) => check_stroke(stroke),
        FillOp::Band(band) => check_band(band),
        FillOp::Patch(patch) => {
            points("patch.outline", &patch.outline, DESIGN_LIMITS.handles)?;
            in_norm("patch.density", patch.density, Parameter::Density)
        }
    }
}

fn check_stroke(stroke: &Stroke) -> Result<(), DesignFileError> {
    points("stroke.points", &stroke.points, DESIGN_LIMITS.stroke_points)?;
    let (least, most) = DESIGN_LIMITS.brush_radius_px;
    in_range("stroke.radius", stroke.radius, least, most)?;
    in_range("stroke.softness", stroke.softness, 0.0, 1.0)?;
    in_norm("stroke.density", stroke.density, Parameter::Density)
}

fn check_hair_stroke(stroke: &HairStroke) -> Result<(), DesignFileError> {
    points("own_hair.points", &stroke.points, DESIGN_LIMITS.stroke_points)?;
    let (least, most) = DESIGN_LIMITS.brush_radius_px;
    in_range("own_hair.radius", stroke.radius, least, most)
}

fn check_band(band: &Band) -> Result<(), DesignFileError> {
    points("band.handles", &band.handles, DESIGN_LIMITS.handles)?;
    let (least, most) = DESIGN_LIMITS.band_width_px;
    in_range("band.width", band.width, least, most)?;
    in_norm("band.density", band.density, Parameter::Density)
}

fn points(field: &'static str, points: &[PhotoPoint], most: usize) -> Result<(), DesignFileError> {
    at_most(field, points.len(), most)?;
    points.iter().try_for_each(|point| {
        in_range(field, point.x, -DESIGN_LIMITS.farthest_px, DESIGN_LIMITS.farthest_px)?;
        in_range(field, point.y, -DESIGN_LIMITS.farthest_px, DESIGN_LIMITS.farthest_px)
    })
}

fn in_norm(field: &'static str, value: f64, parameter: Parameter) -> Result<(), DesignFileError> {
    let (least, most) = Parameters::range(parameter);
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
    use crate::engine::calibration::{HairOnTop, Landmarks};
    use crate::engine::design::{AreaFill, BandKind, Months, PaintKind, Patch, SkinKind, Sun};
    use crate::engine::geometry::Mm;

    fn full() -> Design {
        let mut design = Design::new(&Parameters::default(), 7);
        let at = PhotoPoint::new;
        design.views.front = View {
            photo: Some(PhotoRef {
                width: 1600,
                height: 2000,
                quarter_turns: 1,
                level: 2.5,
                digest: "fnv1a64-1-0".into(),
            }),
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
                roll: -3.5,
                yaw: 4.0,
                pitch: -12.0,
                camera: Mm(900.0),
                camera_told: true,
                by_hand: true,
                outline_unseen: true,
                hair_on_top: HairOnTop::Hair,
            }),
            probe: Some(Probe { stubble: at(300.0, 700.0), skin: at(380.0, 700.0), darkening: 0.4 }),
            own_hair: vec![Rc::new(HairStroke {
                paint: PaintKind::Eraser,
                radius: 24.5,
                points: vec![at(400.0, 600.0), at(420.5, 610.0)],
            })],
            hairline: Some(Hairline {
                handles: vec![at(400.0, 400.0), at(650.25, 300.5), at(900.0, 400.0)],
                corners: vec![1],
            }),
            landmarks: face(),
            fill: fill(),
        };
        design.views.top = top();
        design.name = "Lower".into();
        design.place = 2;
        design.others = vec![
            Variant { name: "As it was".into(), look: design.look.clone(), drawings: Vec::new() },
            Variant {
                name: String::new(),
                look: Appearance { softness: 0.25, session: 1, hair_length: Mm(1.5), ..design.look.clone() },
                drawings: vec![drawing(Side::Front, 350.0), drawing(Side::Top, 250.0)],
            },
        ];
        design
    }

    /// One of each kind of fill.
    fn fill() -> Vec<Rc<FillOp>> {
        let at = PhotoPoint::new;
        vec![
            Rc::new(FillOp::ToHere(AreaFill { rear: 0.5, ..AreaFill::even(vec![at(650.0, 200.0)], 120.0) })),
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
        ]
    }

    fn face() -> Landmarks {
        let mut landmarks = Landmarks::default();
        landmarks.set(Landmark::Chin, Some(PhotoPoint::new(651.0, 1_090.5)));
        landmarks.set(Landmark::TempleLeft, Some(PhotoPoint::new(410.0, 560.0)));
        landmarks
    }

    /// The crown with a fill within an outline, and the edge of a temple.
    fn top() -> View {
        let at = PhotoPoint::new;
        let fill = AreaFill {
            boundary: vec![at(300.0, 300.0), at(500.0, 310.0), at(400.0, 500.0)],
            closed: true,
            density: 110.0,
            rear: 0.75,
            blend: None,
        };
        let handles = vec![at(200.0, 400.0), at(210.0, 520.25)];
        View {
            photo: Some(PhotoRef {
                width: 800,
                height: 900,
                quarter_turns: 0,
                level: 0.0,
                digest: "fnv1a64-2-0".into(),
            }),
            fill: vec![
                Rc::new(FillOp::ToHere(fill)),
                Rc::new(FillOp::Band(Band { kind: BandKind::Temple, handles, width: 60.0, density: 80.0 })),
            ],
            ..View::default()
        }
    }

    /// A line at a height, and a patch.
    fn drawing(side: Side, y: f64) -> Drawing {
        let at = PhotoPoint::new;
        let outline = vec![at(300.0, 100.0), at(350.0, 100.0), at(325.0, 140.0)];
        Drawing {
            side,
            hairline: Some(Hairline::smooth(vec![at(100.0, y), at(500.0, y)])),
            fill: vec![Rc::new(FillOp::Patch(Patch { outline, density: 100.0 }))],
        }
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
        refused(|d| d.look.hair_length = Mm(3.1), &DesignFileError::BadNumber("look.hair_length"));
        let hair = |d: &mut Design, change: fn(&mut HairStroke)| change(Rc::make_mut(&mut d.views.front.own_hair[0]));
        refused(|d| hair(d, |stroke| stroke.radius = 0.0), &DesignFileError::BadNumber("own_hair.radius"));
        refused(
            |d| hair(d, |stroke| stroke.points = vec![PhotoPoint::new(1e9, 0.0)]),
            &DesignFileError::BadNumber("own_hair.points"),
        );
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
            (|head| head.centre = head.centre.moved(20_000.0, 0.0), "head.centre"),
            (|head| head.half_width = 7.9, "head.half_width"),
            (|head| head.half_height = 16_385.0, "head.half_height"),
            (|head| head.roll = 180.5, "head.tilt"),
            (|head| head.yaw = -45.5, "head.turn"),
            (|head| head.pitch = 45.5, "head.nod"),
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

    #[test]
    fn sides_and_their_details_out_of_range_are_refused() {
        type Change = fn(&mut Design);
        let photo = |d: &mut Design, level| d.views.front.photo.as_mut().unwrap().level = level;
        refused(|d| photo(d, 45.5), &DesignFileError::BadNumber("photo.level"));
        refused(|d| photo(d, -45.5), &DesignFileError::BadNumber("photo.level"));
        let cases: [(Change, &str); 6] = [
            (|d| d.views.top.fill = vec![faded(1.01)], "fill.rear"),
            (|d| d.views.top.fill = vec![blended(DESIGN_LIMITS.blend_mm + 0.1)], "fill.blend"),
            (|d| d.views.top.fill = vec![blended(-0.1)], "fill.blend"),
            (|d| d.views.back = View { photo: top().photo, fill: vec![faded(-0.01)], ..View::default() }, "fill.rear"),
            (|d| d.views.top.landmarks.set(Landmark::Vertex, Some(PhotoPoint::new(0.0, 20_000.0))), "landmarks"),
            (|d| d.views.top.photo.as_mut().unwrap().width = 0, "photo.width"),
        ];
        for (change, field) in cases {
            refused(change, &DesignFileError::BadNumber(field));
        }
    }

    fn blended(depth: f64) -> Rc<FillOp> {
        Rc::new(FillOp::ToHere(AreaFill { blend: Some(Mm(depth)), ..AreaFill::even(Vec::new(), 100.0) }))
    }

    fn faded(rear: f64) -> Rc<FillOp> {
        Rc::new(FillOp::ToHere(AreaFill { rear, ..AreaFill::even(Vec::new(), 100.0) }))
    }

    #[test]
    fn another_variant_is_checked_as_the_one_in_the_views() {
        let name = "頭".repeat(DESIGN_LIMITS.name_chars + 1);
        refused(|d| d.name.clone_from(&name), &DesignFileError::TooMany("name"));
        refused(|d| d.others[0].name.clone_from(&name), &DesignFileError::TooMany("name"));
        refused(|d| d.others[0].look.softness = 1.5, &DesignFileError::BadNumber("look.softness"));
        let drawn = |d: &mut Design, op: Rc<FillOp>| d.others[1].drawings[0].fill.push(op);
        refused(|d| drawn(d, faded(2.0)), &DesignFileError::BadNumber("fill.rear"));
        let two = |d: &mut Design| (0..2).for_each(|_| drawn(d, faded(0.5)));
        refused(two, &DesignFileError::TooMany("fill of kind to-here"));
        let far = |d: &mut Design| d.others[1].drawings[1].hairline = drawing(Side::Top, 1e6).hairline;
        refused(far, &DesignFileError::BadNumber("hairline.handles"));
        let many = |d: &mut Design| d.others[0].drawings = vec![drawing(Side::Left, 10.0); Side::ALL.len() + 1];
        refused(many, &DesignFileError::TooMany("drawings"));
        let variants = |d: &mut Design| d.others = vec![d.others[0].clone(); DESIGN_LIMITS.variants];
        refused(variants, &DesignFileError::TooMany("others"));
    }

    /// How `full` opens after a change to what is written of it.
    #[track_caller]
    fn settled(written: Design, expected: &Design) {
        assert_eq!(read(write(&written).unwrap().as_bytes()).as_ref(), Ok(expected));
    }

    #[test]
    fn what_contradicts_the_rest_of_the_file_is_settled() {
        let design = full();
        settled(Design { place: 200, ..design.clone() }, &design);
        let mut doubled = design.clone();
        doubled.others[1].drawings.push(drawing(Side::Front, 10.0));
        settled(doubled, &design);
        let mut on_no_photo = design.clone();
        on_no_photo.others[1].drawings.insert(0, drawing(Side::Back, 10.0));
        settled(on_no_photo, &design);
        let mut elsewhere = design.clone();
        elsewhere.views.front.head = design.views.front.head.map(|head| Head { side: Side::Left, ..head });
        settled(elsewhere, &design);
    }

    #[test]
    fn corners_are_inner_handles_in_order() {
        let design = full();
        let opens = |corners: &str| {
            let text = write(&design).unwrap().replace(r#""corners":[1]"#, &format!(r#""corners":{corners}"#));
            read(text.as_bytes()).map(|design| design.views.front.hairline.unwrap().corners)
        };
        assert_eq!(opens("[255, 2, 1, 0, 1]"), Ok(vec![1]), "there are three handles");
        assert_eq!(opens("[]"), Ok(Vec::new()));
        for corners in ["[256]", "[-1]", "[1.0]", "[null]", "null", "1"] {
            assert!(matches!(opens(corners), Err(DesignFileError::NotADesign(_))), "{corners}");
        }
    }

    #[test]
    fn a_fill_that_says_nothing_of_its_rear_is_even() {
        let text = write(&full()).unwrap();
        for said in ["", r#","rear":null"#, r#","rear":1"#] {
            let text = text.replace(r#","rear":0.5"#, said);
            let design = read(text.as_bytes()).unwrap();
            assert_eq!(design.views.front.area_fill().unwrap().1.rear, 1.0, "{said}");
            assert_eq!(design.views.top.area_fill().unwrap().1.rear, 0.75, "{said}");
        }
    }

    #[test]
    fn only_the_front_must_be_there() {
        let text = r#"{"version":3,"seed":1,"views":{"front":{}},
            "look":{"shade":"dark-grey","dot":0.12,"softness":0.7,"months":1,"session":3}}"#;
        assert_eq!(read(text.as_bytes()), Ok(Design::new(&Parameters::default(), 1)));
        for views in [r#"{"top":{}}"#, r#"{"front":null}"#, r#"{"front":{},"top":null}"#, r#"{"front":{},"side":{}}"#] {
            let text = text.replace(r#"{"front":{}}"#, views);
            assert!(matches!(read(text.as_bytes()), Err(DesignFileError::NotADesign(_))), "{views}");
        }
    }

    #[test]
    fn a_head_of_version_2_takes_its_view_to_its_side() {
        let text = r#"{"version":2,"seed":1,"look":{"shade":"grey","dot":0.12,"softness":0.6,"months":1,"session":3},
            "views":{"front":{"photo":{"width":800,"height":900,"quarter_turns":0,"digest":"d"},"head":{"side":"top",
            "centre":[400.0,450.0],"half_width":200.0,"half_height":250.0,"tilt":0.0,"turn":0.0,"nod":0.0,"camera":900.0,
            "by_hand":false},"fill":[{"to-here":{"boundary":[],"density":120.0}}]}}}"#;
        let views = read(text.as_bytes()).unwrap().views;
        assert_eq!(views.front, View::default());
        assert_eq!(views.top.head.map(|head| head.side), Some(Side::Top));
        assert_eq!((views.top.size(), views.top.fill.len()), ((800.0, 900.0), 1));
        let stays = read(text.replace(r#""version":2"#, r#""version":3"#).as_bytes()).unwrap().views;
        assert_eq!(stays.front.head.map(|head| head.side), Some(Side::Front), "a side has a view of its own since");
        assert_eq!(stays.top, View::default());
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
            assert!(written.contains(r#""version":3"#) && !written.contains(r#""age""#), "{written}");
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
