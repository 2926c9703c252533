//! The JSON Schema of a design's file, made from the types. The types say the shape; this module says what
//! [`super::file::read`] checks besides: ranges, counts, and what belongs together.

use super::file::VERSION;
use super::{DESIGN_LIMITS, Design, Side};
use crate::engine::calibration::{CLOSEST_MARKS_PX, DISTANCES_MM};
use crate::engine::catalog::{Parameter, Parameters, SHADES};
use crate::engine::geometry::PhotoPoint;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema, schema_for};
use serde_json::{Value, json};
use std::borrow::Cow;

/// The schema of the version that this program writes.
///
/// # Errors
/// When a place of which a limit is known is not in the types any more; holds the place.
pub fn schema() -> Result<Value, &'static str> {
    let mut schema = schema_for!(Design).to_value();
    for (at, rules) in design_rules().into_iter().chain(view_rules()).chain(fill_rules()) {
        let place = schema.pointer_mut(at).and_then(Value::as_object_mut).ok_or(at)?;
        place.extend(rules.as_object().cloned().unwrap_or_default());
    }
    Ok(schema)
}

impl JsonSchema for PhotoPoint {
    fn schema_name() -> Cow<'static, str> {
        "Point".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let farthest = DESIGN_LIMITS.farthest_px;
        json_schema!({
            "description": "[x, y]",
            "type": "array",
            "minItems": 2,
            "maxItems": 2,
            "items": { "type": "number", "minimum": -farthest, "maximum": farthest }
        })
    }
}

/// A place in the schema, and the rules that hold there besides.
type Rules = (&'static str, Value);

fn design_rules() -> Vec<Rules> {
    let limits = DESIGN_LIMITS;
    let shades: Vec<&str> = SHADES.iter().map(|shade| shade.key).collect();
    vec![
        (
            "",
            json!({
                "$id": format!("urn:hairline-designer:design:{VERSION}"),
                "title": format!("Design of hairline-designer, version {VERSION}"),
                "description": description(),
            }),
        ),
        ("/properties/version", json!({ "const": VERSION })),
        ("/properties/seed", json!({ "maximum": u32::MAX })),
        ("/properties/name", json!({ "maxLength": limits.name_chars })),
        ("/properties/notes", json!({ "maxLength": limits.notes_chars })),
        ("/properties/others", json!({ "maxItems": limits.variants - 1 })),
        ("/$defs/Variant/properties/name", json!({ "maxLength": limits.name_chars })),
        ("/$defs/Variant/properties/drawings", json!({ "maxItems": Side::ALL.len() })),
        ("/$defs/Appearance/properties/shade", json!({ "enum": shades })),
        ("/$defs/Appearance/properties/dot", range(Parameters::range(Parameter::HealedDot))),
        ("/$defs/Appearance/properties/softness", range((0.0, 1.0))),
        ("/$defs/Appearance/properties/months", range((0.0, limits.months))),
        ("/$defs/Appearance/properties/hair_length", range((0.0, limits.hair_mm))),
        ("/$defs/Appearance/properties/session", json!({ "minimum": 1, "maximum": limits.sessions })),
    ]
}

fn view_rules() -> Vec<Rules> {
    let limits = DESIGN_LIMITS;
    let degrees = |most: f64| range((-most, most));
    let distance = || range((*DISTANCES_MM.start(), *DISTANCES_MM.end()));
    vec![
        ("/$defs/View", no_photo_no_drawing()),
        ("/$defs/View/properties/fill", fill_list()),
        ("/$defs/View/properties/own_hair", json!({ "maxItems": limits.hair_strokes })),
        ("/$defs/HairStroke/properties/radius", range(limits.brush_radius_px)),
        ("/$defs/HairStroke/properties/points", json!({ "maxItems": limits.stroke_points })),
        ("/$defs/PhotoRef/properties/width", json!({ "minimum": 1, "maximum": limits.farthest_px })),
        ("/$defs/PhotoRef/properties/height", json!({ "minimum": 1, "maximum": limits.farthest_px })),
        ("/$defs/PhotoRef/properties/quarter_turns", json!({ "maximum": 3 })),
        ("/$defs/PhotoRef/properties/level", degrees(limits.level_degrees)),
        ("/$defs/PhotoRef/properties/digest", json!({ "maxLength": limits.key_chars })),
        ("/$defs/Reference/oneOf/0/properties/average-pupils/properties/distance", distance()),
        ("/$defs/Reference/oneOf/0/properties/average-pupils/properties/least", distance()),
        ("/$defs/Reference/oneOf/0/properties/average-pupils/properties/most", distance()),
        ("/$defs/Reference/oneOf/1/properties/typed-pupils/properties/distance", distance()),
        ("/$defs/Reference/oneOf/2/properties/points/properties/distance", distance()),
        ("/$defs/Head/properties/half_width", range(limits.head_half_px)),
        ("/$defs/Head/properties/half_height", range(limits.head_half_px)),
        ("/$defs/Head/properties/tilt", degrees(180.0)),
        ("/$defs/Head/properties/turn", degrees(limits.head_degrees)),
        ("/$defs/Head/properties/nod", degrees(limits.head_degrees)),
        ("/$defs/Head/properties/camera", range(limits.camera_mm)),
        ("/$defs/Probe/properties/darkening", range((0.0, limits.darkening))),
        ("/$defs/Hairline/properties/handles", json!({ "maxItems": limits.handles })),
    ]
}

fn fill_rules() -> Vec<Rules> {
    let limits = DESIGN_LIMITS;
    let density = || range(Parameters::range(Parameter::Density));
    vec![
        ("/$defs/Drawing/properties/fill", fill_list()),
        ("/$defs/AreaFill/properties/boundary", json!({ "maxItems": limits.handles })),
        ("/$defs/AreaFill/properties/density", density()),
        ("/$defs/AreaFill/properties/rear", range((0.0, 1.0))),
        ("/$defs/AreaFill/properties/blend", range((0.0, DESIGN_LIMITS.blend_mm))),
        ("/$defs/Stroke/properties/radius", range(limits.brush_radius_px)),
        ("/$defs/Stroke/properties/softness", range((0.0, 1.0))),
        ("/$defs/Stroke/properties/density", density()),
        ("/$defs/Stroke/properties/points", json!({ "maxItems": limits.stroke_points })),
        ("/$defs/Band/properties/handles", json!({ "maxItems": limits.handles })),
        ("/$defs/Band/properties/width", range(limits.band_width_px)),
        ("/$defs/Band/properties/density", density()),
        ("/$defs/Patch/properties/outline", json!({ "maxItems": limits.handles })),
        ("/$defs/Patch/properties/density", density()),
    ]
}

fn range((least, most): (f64, f64)) -> Value {
    json!({ "minimum": least, "maximum": most })
}

/// How much may be filled on one side: at most one area follows the line.
fn fill_list() -> Value {
    json!({
        "maxItems": DESIGN_LIMITS.fill_ops,
        "contains": { "type": "object", "required": ["to-here"] },
        "minContains": 0,
        "maxContains": 1
    })
}

/// Without a photo nothing is calibrated or drawn.
fn no_photo_no_drawing() -> Value {
    json!({
        "anyOf": [
            { "required": ["photo"], "properties": { "photo": { "type": "object" } } },
            {
                "properties": {
                    "calibration": { "type": "null" },
                    "head": { "type": "null" },
                    "probe": { "type": "null" },
                    "own_hair": { "maxItems": 0 },
                    "hairline": { "type": "null" },
                    "fill": { "maxItems": 0 }
                }
            }
        ]
    })
}

/// What a reader of files has to know besides.
fn description() -> String {
    format!(
        "What a visitor drew on photos of a head. Points are in pixels of the working picture of their side, from its upper left \
         corner, y downwards; lengths on the head are in millimetres. The file holds no photo. Besides this schema a reader checks \
         four things: the file has at most {} bytes, no key stands twice in one object, integers are written without a decimal \
         point, and the marks of a calibration are at least {CLOSEST_MARKS_PX} pixels apart. It refuses every later version and \
         opens older files. Those of version 2 have no side but the front, whose view belongs to the side that its head names; no \
         name, place, others, landmarks, level, corners, closed or rear; and no band of kind temple. Those of version 1 moreover \
         say in look.age \"fresh\" or \"healed\" instead of look.months 0 or 1, and have neither look.sun, look.skin, look.hair, a \
         head, a probe, a band nor a patch.",
        DESIGN_LIMITS.file_bytes
    )
}
