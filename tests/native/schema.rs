//! The design's file: `docs/design.schema.json` says what the program writes, and allows what it reads.
//!
//! The schema is interpreted here by the few keywords that it uses: a validator from outside brings some forty packages
//! for them. A keyword that is not known here fails the test, so that nothing of the schema goes unchecked.
#![cfg(test)]

use hairline_designer::engine::calibration::{Calibration, Reference};
use hairline_designer::engine::catalog::{Norms, SHADES};
use hairline_designer::engine::design::{
    Band, BandKind, DESIGN_LIMITS, Design, FillOp, FillToHere, Hair, Hairline, Head, Look, Months, PaintKind, Patch,
    PhotoRef, Probe, Side, SkinKind, Stroke, Sun, View, file,
};
use hairline_designer::engine::geometry::{Mm, PhotoPoint};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../docs/design.schema.json")).expect("the schema is valid JSON")
});

/// What keeps a value from fitting a schema, each with its place; nothing when it fits.
fn faults(schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let rules = schema.as_object().unwrap_or_else(|| panic!("{schema} at {at} is not a schema of rules"));
    let place = Place { rules, value, at };
    rules.iter().flat_map(|(keyword, rule)| place.faults(keyword, rule)).collect()
}

/// A value and the rules that it has to keep.
struct Place<'a> {
    rules: &'a Map<String, Value>,
    value: &'a Value,
    /// Where the value stands in the file.
    at: &'a str,
}

impl Place<'_> {
    fn faults(&self, keyword: &str, rule: &Value) -> Vec<String> {
        let keeps = match keyword {
            "$schema" | "$id" | "$defs" | "title" | "description" => true,
            "type" => is_of_type(self.value, text(rule)),
            "const" => self.value == rule,
            "enum" => list(rule).contains(self.value),
            "minimum" => self.value.as_f64().is_none_or(|number| number >= bound(rule)),
            "maximum" => self.value.as_f64().is_none_or(|number| number <= bound(rule)),
            "maxLength" => self.value.as_str().is_none_or(|words| words.chars().count() as f64 <= bound(rule)),
            "minItems" => self.value.as_array().is_none_or(|items| items.len() as f64 >= bound(rule)),
            "maxItems" => self.value.as_array().is_none_or(|items| items.len() as f64 <= bound(rule)),
            "contains" => self.contains(rule),
            "minContains" | "maxContains" => self.rules.contains_key("contains"),
            "required" => self.value.as_object().is_none_or(|object| list(rule).iter().all(|key| has(object, key))),
            "additionalProperties" => self.has_no_other_keys(rule),
            "anyOf" => list(rule).iter().any(|schema| fits(schema, self.value)),
            "oneOf" => list(rule).iter().filter(|schema| fits(schema, self.value)).count() == 1,
            "$ref" => return faults(definition(text(rule)), self.value, self.at),
            "items" => return self.faults_of_items(rule),
            "properties" => return self.faults_of_properties(rule),
            unknown => panic!("the schema's keyword {unknown} is not known to this test"),
        };
        if keeps { Vec::new() } else { vec![format!("{}: {} breaks {keyword} {rule}", self.at, self.value)] }
    }

    fn contains(&self, rule: &Value) -> bool {
        let count = |items: &Vec<Value>| items.iter().filter(|item| fits(rule, item)).count() as f64;
        let least = self.rules.get("minContains").map_or(1.0, bound);
        let most = self.rules.get("maxContains").map_or(f64::INFINITY, bound);
        self.value.as_array().is_none_or(|items| (least..=most).contains(&count(items)))
    }

    fn has_no_other_keys(&self, rule: &Value) -> bool {
        assert_eq!(rule, &json!(false), "{}: only false is known to this test", self.at);
        let named = |key: &String| self.rules.get("properties").is_some_and(|named| named.get(key).is_some());
        self.value.as_object().is_none_or(|object| object.keys().all(named))
    }

    fn faults_of_items(&self, rule: &Value) -> Vec<String> {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.flat_map(|(index, item)| faults(rule, item, &format!("{}/{index}", self.at))).collect()
    }

    fn faults_of_properties(&self, rule: &Value) -> Vec<String> {
        let pairs = self.value.as_object().into_iter().flatten();
        let named = pairs.filter_map(|(key, value)| Some((rule.get(key)?, value, format!("{}/{key}", self.at))));
        named.flat_map(|(schema, value, at)| faults(schema, value, &at)).collect()
    }
}

fn fits(schema: &Value, value: &Value) -> bool {
    faults(schema, value, "").is_empty()
}

fn is_of_type(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        unknown => panic!("the type {unknown} is not known to this test"),
    }
}

fn definition(reference: &str) -> &'static Value {
    let found = reference.strip_prefix('#').and_then(|pointer| SCHEMA.pointer(pointer));
    found.unwrap_or_else(|| panic!("{reference} leads nowhere"))
}

fn has(object: &Map<String, Value>, key: &Value) -> bool {
    object.contains_key(text(key))
}

fn text(rule: &Value) -> &str {
    rule.as_str().unwrap_or_else(|| panic!("{rule} is not a text"))
}

fn list(rule: &Value) -> &Vec<Value> {
    rule.as_array().unwrap_or_else(|| panic!("{rule} is not a list"))
}

fn bound(rule: &Value) -> f64 {
    rule.as_f64().unwrap_or_else(|| panic!("{rule} is not a number"))
}

const REFERENCES: [Reference; 3] = [
    Reference::AveragePupils { distance: Mm(63.0), least: Mm(50.0), most: Mm(75.0) },
    Reference::TypedPupils { distance: Mm(61.5) },
    Reference::Points { distance: Mm(85.6) },
];

/// A design in which everything is said that can be said, with marks of that kind.
fn full(reference: Reference) -> Design {
    let at = PhotoPoint::new;
    let stroke = |paint, behind_line, points| {
        let stroke = Stroke { paint, radius: 31.5, softness: 0.5, density: 140.0, behind_line, points };
        Rc::new(FillOp::Stroke(stroke))
    };
    let band = |kind, handles| Rc::new(FillOp::Band(Band { kind, handles, width: 24.5, density: 90.0 }));
    let patch = Patch { outline: vec![at(600.0, 300.0), at(650.0, 300.0), at(625.0, 340.25)], density: 100.0 };
    let boundary = vec![at(500.0, 250.0), at(650.0, 200.0), at(800.0, 250.0)];
    let mut design = Design::new(&Norms::default(), 7);
    design.look = Look {
        months: Months(17.5),
        sun: Sun::Much,
        skin: SkinKind::Oily,
        hair: Hair::Kept,
        session: 4,
        ..design.look
    };
    design.notes = "As soft as can be, please: \"<b>\" 頭".into();
    design.views.front = View {
        photo: Some(PhotoRef { width: 1600, height: 2000, quarter_turns: 1, digest: "fnv1a64-1-0".into() }),
        calibration: Some(Calibration { reference, a: at(500.0, 700.0), b: at(800.25, 700.0) }),
        glabella: Some(at(650.0, 600.0)),
        head: Some(Head {
            side: Side::Left,
            centre: at(650.0, 620.5),
            half_width: 310.0,
            half_height: 330.25,
            tilt: -3.5,
            turn: 4.0,
            nod: -12.0,
            camera: Mm(900.0),
            by_hand: true,
        }),
        probe: Some(Probe { stubble: at(300.0, 700.0), skin: at(380.0, 700.0), darkening: 0.4 }),
        hairline: Some(Hairline { handles: vec![at(400.0, 400.0), at(650.25, 300.5), at(900.0, 400.0)] }),
        fill: vec![
            Rc::new(FillOp::ToHere(FillToHere { boundary, density: 120.0 })),
            stroke(PaintKind::Brush, true, vec![at(-4.5, 2.0), at(3.0, 4.0)]),
            stroke(PaintKind::Eraser, false, vec![at(640.0, 260.0)]),
            band(BandKind::PartLine, vec![at(600.0, 300.0), at(610.0, 200.0)]),
            band(BandKind::Scar, vec![at(600.0, 900.0), at(700.0, 900.0), at(800.0, 910.0)]),
            Rc::new(FillOp::Patch(patch)),
        ],
    };
    design
}

fn written(design: &Design) -> Value {
    let json = file::write(design).expect("a design is written");
    serde_json::from_str(&json).expect("what is written is JSON")
}

/// Holds the program's verdict on a file against the schema's.
#[track_caller]
fn judge(design: &Value, what: &str) {
    let read = file::read(design.to_string().as_bytes());
    let faults = faults(&SCHEMA, design, "");
    assert_eq!(read.is_ok(), faults.is_empty(), "{what}: the program says {read:?}, the schema {faults:?}");
}

#[test]
fn every_written_design_fits_the_schema() {
    let designs = REFERENCES.map(full).into_iter().chain([Design::new(&Norms::default(), u32::MAX)]);
    for design in designs {
        let faults = faults(&SCHEMA, &written(&design), "");
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

#[test]
fn the_schema_knows_no_other_version() {
    let mut design = written(&full(REFERENCES[0]));
    for version in [file::VERSION - 1, file::VERSION + 1] {
        design["version"] = json!(version);
        judge(&design, &format!("version {version} with the fields of version {}", file::VERSION));
    }
}

#[test]
fn the_schema_names_every_shade_of_the_catalogue() {
    let named = definition("#/$defs/look/properties/shade/enum");
    assert_eq!(named, &json!(SHADES.iter().map(|shade| shade.key).collect::<Vec<_>>()));
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
        -16_384.5, -180.5, -45.5, 0.069, 0.07, 0.099, 0.1, 0.15, 0.151, 0.5, 0.95, 0.951, 0.99, 1.01, 4.99, 7.99, 45.5,
        59.9, 72.5, 180.5, 200.1, 249.9, 400.1, 6_000.5, 16_384.5,
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
    for reference in REFERENCES {
        let design = written(&full(reference));
        let mut changes = 0;
        visit(&design, "", &mut |at, value| {
            let mut change = |what: &str, deed: &dyn Fn(&mut Value)| {
                let mut changed = design.clone();
                deed(changed.pointer_mut(at).expect("the place is there"));
                judge(&changed, &format!("{at}: {what}"));
                changes += 1;
            };
            for other in replacements(value) {
                change(&format!("replaced by {other}"), &|place| *place = other.clone());
            }
            for key in value.as_object().into_iter().flat_map(Map::keys) {
                change(&format!("without {key}"), &|place| {
                    drop(place.as_object_mut().map(|object| object.remove(key)))
                });
            }
            if value.is_object() {
                change("with another key", &|place| place["other"] = json!(1));
            }
            if value.is_array() {
                let double = |place: &mut Value| place.as_array_mut().expect("a list").extend_from_within(..);
                change("doubled", &double);
            }
        });
        assert!(changes > 1_000, "{changes} changes");
    }
}

#[test]
fn program_and_schema_agree_on_what_may_stand_without_a_photo() {
    let design = written(&full(REFERENCES[0]));
    let drawn = ["calibration", "head", "probe", "hairline", "fill"].map(|kept| (kept, false));
    for (kept, allowed) in drawn.into_iter().chain([("glabella", true)]) {
        let mut alone = design.clone();
        alone["views"]["front"] = json!({ "photo": null, kept: design["views"]["front"][kept] });
        assert_eq!(file::read(alone.to_string().as_bytes()).is_ok(), allowed, "{kept} without a photo");
        judge(&alone, &format!("{kept} without a photo"));
    }
}

#[test]
fn program_and_schema_agree_on_how_much_a_design_may_hold() {
    let stroke = json!({ "stroke": {
        "paint": "brush", "radius": 1, "softness": 0, "density": 60, "behind_line": true, "points": []
    }});
    let cases = [
        ("/views/front/hairline/handles", json!([1, 2]), DESIGN_LIMITS.handles),
        ("/views/front/fill/0/to-here/boundary", json!([1, 2]), DESIGN_LIMITS.handles),
        ("/views/front/fill/1/stroke/points", json!([1, 2]), DESIGN_LIMITS.stroke_points),
        ("/views/front/fill/3/band/handles", json!([1, 2]), DESIGN_LIMITS.handles),
        ("/views/front/fill/5/patch/outline", json!([1, 2]), DESIGN_LIMITS.handles),
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
    for (at, most) in [("/notes", DESIGN_LIMITS.notes_chars), ("/views/front/photo/digest", DESIGN_LIMITS.key_chars)] {
        for count in [most, most + 1] {
            let mut design = written(&full(REFERENCES[0]));
            design.pointer_mut(at).map(|place| *place = json!("頭".repeat(count))).expect("the place is there");
            assert_eq!(file::read(design.to_string().as_bytes()).is_ok(), count == most, "{at}: {count}");
            judge(&design, &format!("{at}: {count} characters"));
        }
    }
}
