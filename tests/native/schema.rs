//! The design's file: `docs/design.schema.json` says what the program writes, and allows what it reads.
//!
//! The schema is made from the types; `UPDATE_SCHEMA=1` writes it anew.
#![cfg(test)]

use crate::files::{REFERENCES, full_design as full};
use hairline_designer::engine::calibration::Reference;
use hairline_designer::engine::catalog::{Parameters, SHADES};
use hairline_designer::engine::design::{DESIGN_LIMITS, Design, Side, file, schema};
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schema().expect("every limit has its place in the types"));

static VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::validator_for(&SCHEMA).expect("the schema is a JSON Schema"));

#[test]
fn the_schema_in_the_documents_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/design.schema.json");
    let made = serde_json::to_string_pretty(&*SCHEMA).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some_and(|value| value == "1") {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    let differs = kept.lines().zip(made.lines()).find(|(kept, made)| kept != made);
    assert!(
        kept == made,
        "docs/design.schema.json is not that of the types: {differs:?}. UPDATE_SCHEMA=1 writes it anew"
    );
}

/// What keeps a value from fitting the schema, each with its place; nothing when it fits.
fn faults(value: &Value) -> Vec<String> {
    VALIDATOR.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn fits(value: &Value) -> bool {
    VALIDATOR.is_valid(value)
}

fn written(design: &Design) -> Value {
    let json = file::write(design).expect("a design can be written");
    serde_json::from_str(&json).expect("what is written is JSON")
}

/// Holds the program's verdict on a file against the schema's.
#[track_caller]
fn judge(design: &Value, what: &str) {
    let read = file::read(design.to_string().as_bytes());
    assert_eq!(read.is_ok(), fits(design), "{what}: the program says {read:?}, the schema {:?}", faults(design));
}

#[test]
fn every_written_design_fits_the_schema() {
    let designs = REFERENCES.map(full).into_iter().chain([Design::new(&Parameters::default(), u32::MAX)]);
    for design in designs {
        let faults = faults(&written(&design));
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

#[test]
fn the_schema_names_what_is_written_and_nothing_else() {
    let mut named = BTreeSet::new();
    visit(&SCHEMA, "", &mut |_, node| {
        named.extend(node.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned());
    });
    let mut keys = BTreeSet::new();
    for reference in REFERENCES {
        visit(&written(&full(reference)), "", &mut |_, node| {
            keys.extend(node.as_object().into_iter().flat_map(Map::keys).cloned());
        });
    }
    assert_eq!(named, keys);
}

/// The schema is of one version alone. The program opens older files too. With the fields of this version it refuses version
/// 1, which says the age of the ink in another way; version 2 says nothing in another way.
#[test]
fn the_schema_knows_no_other_version() {
    let mut design = written(&full(REFERENCES[0]));
    for version in (0..=file::VERSION + 1).filter(|version| *version != file::VERSION) {
        design["version"] = json!(version);
        assert!(!fits(&design), "version {version}");
        let opens = file::read(design.to_string().as_bytes()).is_ok();
        assert_eq!(opens, version == 2, "version {version} with the fields of version {}", file::VERSION);
    }
}

#[test]
fn the_schema_names_every_shade_of_the_catalogue() {
    let named = SCHEMA.pointer("/$defs/Appearance/properties/shade/enum");
    assert_eq!(named, Some(&json!(SHADES.iter().map(|shade| shade.key).collect::<Vec<_>>())));
}

/// Calls for a value and everything in it, with its JSON pointer.
fn visit(value: &Value, at: &str, deed: &mut impl FnMut(&str, &Value)) {
    deed(at, value);
    match value {
        Value::Object(object) => object.iter().for_each(|(key, inner)| visit(inner, &format!("{at}/{key}"), deed)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, inner)| visit(inner, &format!("{at}/{index}"), deed));
        }
        _ => {}
    }
}

/// Numbers on both sides of every bound that a design has.
fn numbers() -> Vec<Value> {
    let fractions = [
        -16_384.5, -180.5, -45.5, -0.01, 0.069, 0.07, 0.099, 0.1, 0.15, 0.151, 0.5, 0.95, 0.951, 0.99, 1.01, 4.99,
        7.99, 45.5, 59.9, 72.5, 180.5, 200.1, 249.9, 400.1, 6_000.5, 16_384.5,
    ];
    let whole = [
        -16_384,
        -180,
        -45,
        -1,
        0,
        1,
        2,
        3,
        4,
        5,
        8,
        45,
        60,
        72,
        180,
        200,
        250,
        255,
        256,
        400,
        4_096,
        4_097,
        6_000,
        16_384,
        16_385,
        4_294_967_295,
        4_294_967_296,
    ];
    fractions.map(|number| json!(number)).into_iter().chain(whole.map(|number: i64| json!(number))).collect()
}

/// What may stand in place of a value. Lists are not put in place of objects: the program would fill an object from a list,
/// but nobody writes it so.
fn replacements(value: &Value) -> Vec<Value> {
    let others = vec![Value::Null, json!(true), json!(""), json!("x"), json!({})];
    match value {
        Value::Number(_) => others.into_iter().chain(numbers()).collect(),
        Value::Object(_) => others,
        _ => others.into_iter().chain([json!([]), json!(7)]).collect(),
    }
}

#[test]
fn program_and_schema_agree_on_every_single_change() {
    let everywhere = changes(REFERENCES[0], "");
    assert!(everywhere > 10_000, "{everywhere} changes");
    // Nothing but the calibration has another shape with other marks.
    for reference in &REFERENCES[1..] {
        let there = changes(*reference, "/views/front/calibration");
        assert!(there > 100, "{reference:?}: {there} changes");
    }
}

/// Judges every single change of a design's values at a place and below; says how many.
fn changes(reference: Reference, below: &str) -> usize {
    let design = written(&full(reference));
    let mut changes = 0;
    visit(&design, "", &mut |at, value| {
        let mut change = |what: &str, deed: &dyn Fn(&mut Value)| {
            let mut changed = design.clone();
            deed(changed.pointer_mut(at).expect("the place is there"));
            judge(&changed, &format!("{at}: {what}"));
            changes += 1;
        };
        if !at.starts_with(below) {
            return;
        }
        for other in replacements(value) {
            // An older version that the program opens is no fault of the schema's.
            if at != "/version" || other != json!(2) {
                change(&format!("replaced by {other}"), &|place| *place = other.clone());
            }
        }
        for key in value.as_object().into_iter().flat_map(Map::keys) {
            change(&format!("without {key}"), &|place| drop(place.as_object_mut().map(|object| object.remove(key))));
        }
        if value.is_object() {
            change("with another key", &|place| place["other"] = json!(1));
        }
        if value.is_array() {
            let double = |place: &mut Value| place.as_array_mut().expect("a list").extend_from_within(..);
            change("doubled", &double);
        }
    });
    changes
}

#[test]
fn program_and_schema_agree_on_what_may_stand_without_a_photo() {
    let design = written(&full(REFERENCES[0]));
    let drawn = ["calibration", "head", "probe", "hairline", "fill"].map(|kept| (kept, false));
    let cases = drawn.into_iter().chain([("glabella", true), ("landmarks", true)]);
    for (kept, allowed) in cases {
        for side in ["front", "top", "left", "right", "back"] {
            let mut alone = design.clone();
            alone["views"][side] = json!({ "photo": null, kept: design["views"]["front"][kept] });
            let read = file::read(alone.to_string().as_bytes());
            assert_eq!(read.is_ok(), allowed, "{side}: {kept} without a photo");
            judge(&alone, &format!("{side}: {kept} without a photo"));
        }
    }
}

#[test]
fn program_and_schema_agree_on_how_much_a_design_may_hold() {
    let stroke = json!({ "stroke": {
        "paint": "brush", "radius": 1, "softness": 0, "density": 60, "behind_line": true, "points": []
    }});
    let variant = written(&full(REFERENCES[0]))["others"][0].clone();
    let drawing = json!({ "side": "back", "fill": [] });
    let cases = [
        ("/others", variant, DESIGN_LIMITS.variants - 1),
        ("/others/0/drawings", drawing, Side::ALL.len()),
        ("/others/0/drawings/0/hairline/handles", json!([1, 2]), DESIGN_LIMITS.handles),
        ("/others/0/drawings/0/fill", stroke.clone(), DESIGN_LIMITS.fill_ops),
        ("/views/front/hairline/handles", json!([1, 2]), DESIGN_LIMITS.handles),
        ("/views/front/fill/0/to-here/boundary", json!([1, 2]), DESIGN_LIMITS.handles),
        ("/views/front/fill/1/stroke/points", json!([1, 2]), DESIGN_LIMITS.stroke_points),
        ("/views/front/fill/3/band/handles", json!([1, 2]), DESIGN_LIMITS.handles),
        ("/views/top/fill/6/patch/outline", json!([1, 2]), DESIGN_LIMITS.handles),
        ("/views/front/fill", stroke, DESIGN_LIMITS.fill_ops),
    ];
    for (at, item, most) in cases {
        for count in [most, most + 1] {
            let mut design = written(&full(REFERENCES[0]));
            design.pointer_mut(at).map(|place| *place = json!(vec![item.clone(); count])).expect("the place is there");
            assert_eq!(file::read(design.to_string().as_bytes()).is_ok(), count == most, "{at}: {count}");
            judge(&design, &format!("{at}: {count} items"));
        }
    }
    let texts = [
        ("/notes", DESIGN_LIMITS.notes_chars),
        ("/name", DESIGN_LIMITS.name_chars),
        ("/others/0/name", DESIGN_LIMITS.name_chars),
        ("/views/front/photo/digest", DESIGN_LIMITS.key_chars),
    ];
    for (at, most) in texts {
        for count in [most, most + 1] {
            let mut design = written(&full(REFERENCES[0]));
            design.pointer_mut(at).map(|place| *place = json!("頭".repeat(count))).expect("the place is there");
            assert_eq!(file::read(design.to_string().as_bytes()).is_ok(), count == most, "{at}: {count}");
            judge(&design, &format!("{at}: {count} characters"));
        }
    }
}
